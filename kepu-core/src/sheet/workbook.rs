//! Workbooks out: a copy of the sheets that were read, with what was found in them, and a blank sheet to fill in.
//!
//! The same input gives the same bytes: no clock is read, no file is written. A text is written as a text, whatever it
//! begins with, so that nothing that came in can run as a formula.

mod annotated;
mod cells;
mod columns;
mod example;
mod findings;
mod look;
mod names;
mod page;
mod reference;
mod template;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Grid;
use crate::error::{Error, What};
use crate::message::Text;
use crate::record::Cell;

/// Rows and columns of a sheet of xlsx.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Ends the first cell of every page that is there to be read by people. It says so to them, and to us when the file
/// comes back.
const OURS: Text = Text { zh: "（本页由 kepu 生成，不读作记录）", en: " (made by kepu, not read as records)" };

/// Whether a sheet is a page of ours, whatever has become of its name and its format on the way.
pub(super) fn is_ours(grid: &Grid) -> bool {
    matches!(grid.cell(0, 0), Cell::Text(text) if text.ends_with(OURS.zh) || text.ends_with(OURS.en))
}

/// An empty workbook, made on a day that its content gives.
fn workbook(title: &str, day: Option<NaiveDate>) -> Result<Workbook, XlsxError> {
    let made = day.and_then(cells::day_of).map_or_else(|| ExcelDateTime::from_ymd(1970, 1, 1), Ok)?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title).set_author("kepu").set_creation_datetime(&made));
    Ok(book)
}

/// A column as the library counts it.
fn column(column: u32) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

/// What xlsx refuses although all its bounds were kept.
fn refused(fault: &XlsxError) -> Error {
    Error::other(What::Sheet, format!("无法写成 .xlsx：{fault}"), format!("cannot be written as .xlsx: {fault}"))
}

/// `2023年9月17日`, `2023-09-17`.
fn day_in_words(day: NaiveDate, lang: crate::Lang) -> String {
    match lang {
        crate::Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        crate::Lang::En => crate::reading::day::iso(day),
    }
}
