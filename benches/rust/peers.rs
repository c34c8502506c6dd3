//! The same rules by the validators that a Rust developer would reach for, each as its own documentation shows.
//!
//! What they are told is the notice of one province and one year, compiled in; who else is asked the same is told again.
//! None of them knows a clause, another form of a day than ISO, or a second record.

pub mod by_garde;
pub mod by_jsonschema;
pub mod by_validator;
mod said;
