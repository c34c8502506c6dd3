//! What the benches share: the cases, the peers that are measured beside them, and how time is taken.

pub mod activity;
pub mod peers;
pub mod process;
pub mod stopwatch;
pub mod table;
