//! Turning cells into typed values: tolerant of how people write, and never guessing.

use chrono::NaiveDate;

use crate::record::Cell;

pub(crate) mod count;
pub(crate) mod day;
pub(crate) mod decimal;
pub(crate) mod email;
pub(crate) mod fold;
pub(crate) mod link;
pub(crate) mod list;
mod mask;
#[cfg(any(feature = "arrow", all(feature = "simd", target_arch = "x86_64")))]
pub(crate) mod masks;
pub(crate) mod name;
pub(crate) mod near;
pub(crate) mod phone;
pub(crate) mod place;
pub(crate) mod range;
pub(crate) mod sweep;
pub(crate) mod text;
pub(crate) mod theme;

pub use count::{Count, Precision};
pub use mask::mask;
pub use phone::Phone;
pub(crate) use text::{is_empty, is_empty_text, text};

/// What became of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// The cell is empty, or there is none.
    #[default]
    Absent,
    /// It says this.
    Read(T),
    /// Something stands there that cannot be read.
    Failed,
}

impl<T> Reading<T> {
    /// What was read, if anything was.
    pub fn value(self) -> Option<T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::Absent | Reading::Failed => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Reading::Absent)
    }
}

/// A day as somebody wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) day: NaiveDate,
    /// Minutes after midnight, where a time is written.
    pub(crate) minute: Option<u16>,
    /// The weekday beside it, where one is written.
    pub(crate) weekday: Option<chrono::Weekday>,
    /// Whether the year came from the notice.
    pub(crate) inferred: bool,
}

/// One day or a range of days, as somebody wrote them; the last may come before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: Written,
    pub(crate) last: Written,
    /// Whether two halves were written.
    pub(crate) is_range: bool,
}

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayFault {
    /// Nobody can know which day is meant.
    Unreadable,
    /// A month, a year or a vague word: too little to know the day.
    Imprecise,
}

/// Which year a day without one is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Years {
    /// This one.
    Of(i32),
    /// The first in which the day is not earlier than this.
    From(NaiveDate),
}

/// The days that a cell says. The one door for every day field.
pub(crate) fn days(cell: Cell<'_>, years: Years) -> Result<Span, DayFault> {
    match cell {
        Cell::Day(day) => Ok(range::one(Written { day, minute: None, weekday: None, inferred: false })),
        Cell::Moment(moment) => Ok(range::one(day::of_moment(moment))),
        Cell::Int(number) => day::of_int(number).map(range::one).ok_or(DayFault::Unreadable),
        Cell::Float(number) => day::of_number(number).map(range::one).ok_or(DayFault::Unreadable),
        Cell::Text(text) => range::read(text, years),
        other => range::read(&text(other), years),
    }
}
