//! What spans kepu's crates, in one binary.

mod notices;
mod vectors;
