//! What spans kepu's crates, in one binary.

mod allocation;
mod calendar;
mod example;
mod files;
mod laws;
mod notices;
mod rules;
mod schema;
mod sets;
mod tables;
mod vectors;
mod web;
mod workbooks;

/// Whether what is generated is to be written anew (`tests/run renew`).
fn renews() -> bool {
    std::env::var("KEPU_RENEW").is_ok_and(|value| value == "1")
}
