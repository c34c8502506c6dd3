//! What spans kepu's crates, in one binary.

mod allocation;
mod files;
mod laws;
mod notices;
mod rules;
mod vectors;
