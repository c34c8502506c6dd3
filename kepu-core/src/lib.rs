//! A science-week notice held as data, a record checked against it, every finding with its clause.

mod error;
mod message;
mod notice;
mod reading;
mod record;
mod rule;
mod sheet;

pub use error::{Error, Fault};
pub use message::{Lang, Text};
pub use reading::{Count, Phone, Precision, Reading, mask};
pub use record::{Cell, CellBuf, Field, FieldType, Items, Kind, List, Record, RecordBuf};
pub use rule::Severity;
pub use sheet::{Grid, Merge};
