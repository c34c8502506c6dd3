//! A science-week notice held as data, a record checked against it, every finding with its clause.

#[cfg(feature = "arrow")]
pub mod arrow;
mod as_of;
mod calendar;
mod checker;
mod error;
mod finding;
mod form;
mod message;
mod notice;
mod reading;
mod record;
mod report;
mod rule;
pub mod rules;
mod schema;
mod set;
mod sheet;
mod stamp;
mod table;
mod tally;
mod timeline;
mod wire;

pub use as_of::AsOf;
pub use checker::{Checker, Options, Roster, Verdict};
pub use error::{Error, Fault};
pub use finding::{Arg, Finding, Fix, Path, Wire};
pub use form::{Ask, Choice, FormField, Span};
pub use message::{Lang, Text};
pub use notice::model::Clause;
pub use notice::{Notice, model};
pub use reading::{Count, Phone, Precision, Reading, mask};
pub use record::{Cell, CellBuf, Field, FieldType, Items, Kind, List, Record, RecordBuf, TapeRecord};
pub use report::{Explained, Explanation, Outcome, Report, ReportWire};
pub use rule::{Basis, Rule, RuleId, Scope, Severity};
pub use set::{Lookup, RowKey, SetCheck, SetFinding};
#[cfg(feature = "files")]
pub use sheet::{Book, CsvPieces, Encoding, Format, Limits, Note, Progress};
pub use sheet::{Column, ColumnRole, Grid, Merge, Reason, Row, Sheet, SheetOptions, Skipped};
pub use stamp::Stamp;
#[cfg(feature = "files")]
pub use table::FileNote;
pub use table::{
    Checked, CheckedFile, CheckedSheet, Findings, Missing, NamedRows, Placed, Records, SkippedRow, Table, TableCheck,
    TableReport, TableWire, Unread, UnreadColumn,
};
pub use tally::{People, Submissions, Tally};
pub use timeline::{Milestone, State};

/// The README's code, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
