//! One cell at a time: what was read, written back as it was.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::names::cut;
use crate::message::{Lang, Text};
use crate::reading;
use crate::record::Cell;

/// UTF-16 units in a cell; what is longer is cut, and says so within the bound.
const LONGEST: usize = 32_767;
const CUT: Text = Text { zh: "…（过长，以下未抄）", en: "… (too long, cut here)" };

/// Beyond fifteen digits a spreadsheet loses some: then it is a text.
const EXACT: u64 = 999_999_999_999_999;
/// From twelve digits on a spreadsheet shows 1.38E+11 unless told otherwise.
const SHORT: u64 = 99_999_999_999;

/// What a cell holds, as far as its look hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Number,
    LongNumber,
    Day,
    Moment,
}

pub(super) fn shape(cell: Cell<'_>) -> Shape {
    match cell {
        Cell::Int(number) if (SHORT + 1..=EXACT).contains(&number.unsigned_abs()) => Shape::LongNumber,
        Cell::Int(number) if number.unsigned_abs() <= SHORT => Shape::Number,
        Cell::Float(number) if number.is_finite() => Shape::Number,
        Cell::Day(day) if day_of(day).is_some() => Shape::Day,
        Cell::Moment(moment) if moment_of(moment).is_some() => Shape::Moment,
        _ => Shape::Text,
    }
}

/// Writes a cell as it was read.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell<'_>,
    look: &Format,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => _ = sheet.write_blank(row, column, look)?,
        Cell::Int(number) if number.unsigned_abs() <= EXACT => {
            #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "fifteen digits are exact")]
            let number = number as f64;
            sheet.write_number_with_format(row, column, number, look)?;
        }
        Cell::Float(number) if number.is_finite() => _ = sheet.write_number_with_format(row, column, number, look)?,
        Cell::Bool(yes) => _ = sheet.write_boolean_with_format(row, column, yes, look)?,
        other => match counted(other) {
            Some(moment) => _ = sheet.write_datetime_with_format(row, column, &moment, look)?,
            None => text(sheet, (row, column), &reading::text(other), look, lang)?,
        },
    }
    Ok(())
}

/// A day or a moment as a spreadsheet counts it.
fn counted(cell: Cell<'_>) -> Option<ExcelDateTime> {
    match cell {
        Cell::Day(day) => day_of(day),
        Cell::Moment(moment) => moment_of(moment),
        _ => None,
    }
}

/// Writes a text as a text.
pub(super) fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    look: &Format,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, bounded(text, LONGEST, lang), look)?;
    Ok(())
}

/// A text in so many UTF-16 units.
pub(super) fn bounded(text: &str, most: usize, lang: Lang) -> Cow<'_, str> {
    if cut(text, most).len() == text.len() {
        return Cow::Borrowed(text);
    }
    let end = CUT.get(lang);
    let room = most.saturating_sub(end.chars().count());
    Cow::Owned([cut(text, room), end].concat())
}

/// A day that every spreadsheet program counts alike: until the end of February 1900 they differ.
pub(super) fn day_of(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| (1901..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn moment_of(moment: NaiveDateTime) -> Option<ExcelDateTime> {
    let hour = u16::try_from(moment.hour()).ok()?;
    let minute = u8::try_from(moment.minute()).ok()?;
    day_of(moment.date())?.and_hms(hour, minute, f64::from(moment.second())).ok()
}

/// How wide a text stands, in the width of a digit: the widest of its lines, a Chinese sign as two.
pub(super) fn width(text: &str) -> u32 {
    let of_line = |line: &str| line.chars().map(|sign| if sign < '\u{1100}' { 1 } else { 2 }).sum::<u32>();
    text.lines().map(of_line).max().unwrap_or_default()
}

/// How many lines a text takes in a column so many digits wide.
pub(super) fn lines(text: &str, across: u32) -> u32 {
    text.lines().map(|line| width(line).div_ceil(across.max(1)).max(1)).sum::<u32>().max(1)
}

/// How high a row of so many lines stands, in points; none where it is as high as every row. A program that opens the file
/// may leave the rows as high as they are given.
pub(super) fn height(lines: u32, most: u32) -> Option<u32> {
    (lines > 1).then(|| lines.min(most) * 15 + 3)
}

/// How wide a cell stands.
pub(super) fn width_of(cell: Cell<'_>) -> u32 {
    match cell {
        Cell::Text(text) => width(text),
        Cell::Empty => 0,
        Cell::Moment(_) => 16,
        Cell::Int(number) => number.unsigned_abs().checked_ilog10().unwrap_or_default() + 1,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_longest_length_is_whole_and_one_sign_more_is_cut_within_the_bound() {
        let whole = "长".repeat(LONGEST);
        assert_eq!(bounded(&whole, LONGEST, Lang::Zh), whole);
        let cut = bounded(&"🎈".repeat(20_000), LONGEST, Lang::Zh).into_owned();
        assert!(cut.encode_utf16().count() <= LONGEST && cut.ends_with("🎈…（过长，以下未抄）"));
    }

    #[test]
    fn a_number_of_sixteen_digits_is_a_text_and_a_phone_a_number() {
        assert_eq!(shape(Cell::Int(4_101_001_990_010_112)), Shape::Text);
        assert_eq!(shape(Cell::Int(13_838_381_234)), Shape::Number);
        assert_eq!(shape(Cell::Int(371_657_092_151)), Shape::LongNumber);
        assert_eq!(shape(Cell::Int(i64::MIN)), Shape::Text);
        assert_eq!(shape(Cell::Float(f64::NAN)), Shape::Text);
    }

    #[test]
    fn a_chinese_sign_is_two_wide_and_lines_are_counted() {
        assert_eq!(width("走近湿地\nabc"), 8);
        assert_eq!(lines("走近湿地\nabc", 4), 3);
        assert_eq!(lines("", 4), 1);
    }
}
