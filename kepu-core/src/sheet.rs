//! Sheets as people send them.

mod grid;

pub use grid::{Grid, Merge};
