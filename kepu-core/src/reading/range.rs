//! One day or two, joined.

use super::{DayFault, Span, Written, Years};

/// One day as a span.
pub(crate) fn one(day: Written) -> Span {
    Span { first: day, last: day, is_range: false }
}

/// The days that a text says.
pub(crate) fn read(_text: &str, _years: Years) -> Result<Span, DayFault> {
    Err(DayFault::Unreadable)
}
