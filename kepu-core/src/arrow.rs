//! Tables of Arrow record batches, checked at the speed of columns: the same verdict as row by row.
//!
//! [`Checker::check_table`](crate::Checker::check_table) takes a stream of batches; [`ArrowReport`] hands its findings out as Arrow again, by pieces, so
//! that every engine takes them and memory stays bounded.

mod engine;
mod findings;
mod fixed;
mod frame;
mod keys;
mod marks;
mod part;
mod read;
mod report;
mod screens;
mod tally;
mod texts;
mod threads;
mod twins;
mod values;

pub use engine::TableOptions;
pub use findings::{Findings, SheetFindings, findings_schema};
pub use fixed::Fixed;
pub use frame::{Batch, Frame, Row};
pub use part::Part;
pub use read::Readings;
pub use report::ArrowReport;

use crate::error::{Error, What};

/// A table that cannot be used.
fn fault(zh: String, en: String) -> Error {
    Error::other(What::Sheet, zh, en)
}
