//! Which rows below the header are records, and why the others are none.

use crate::message::Text;
use crate::record::{Cell, headers};

use super::{ColumnRole, Sheet, number};

/// Why a row below the header is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing stands in it, but perhaps its number.
    Empty,
    /// It is the header again.
    RepeatedHeader,
    /// It begins with 合计, 总计 or 小计.
    Total,
    /// It is a note, or says who filled the table in.
    Note,
}

impl Reason {
    /// Its name on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Reason::Empty => "empty",
            Reason::RepeatedHeader => "repeated-header",
            Reason::Total => "total",
            Reason::Note => "note",
        }
    }

    /// What people call such a row.
    pub const fn label(self) -> Text {
        match self {
            Reason::Empty => Text { zh: "空行", en: "empty" },
            Reason::RepeatedHeader => Text { zh: "重复的表头", en: "the header again" },
            Reason::Total => Text { zh: "合计行", en: "total" },
            Reason::Note => Text { zh: "说明行", en: "note" },
        }
    }
}

/// A row below the header that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Skipped {
    /// The row as the spreadsheet shows it, from 1.
    pub row: u32,
    /// Why it is none.
    pub reason: Reason,
}

const TOTALS: &[&str] = &["合计", "总计", "小计"];
const NOTES: &[&str] = &["注", "备注", "说明", "填表", "填报", "审核", "制表"];

/// Tells the records of a sheet from its other rows.
pub(super) fn sort_out(sheet: &mut Sheet) {
    let (mut records, mut skipped) = (Vec::new(), Vec::new());
    for row in sheet.header.1..sheet.grid.height() {
        match reason(sheet, row) {
            None => records.push(number(row)),
            Some(reason) => skipped.push(Skipped { row: sheet.shown(number(row)).saturating_add(1), reason }),
        }
    }
    (sheet.records, sheet.skipped) = (records, skipped);
}

fn reason(sheet: &Sheet, row: usize) -> Option<Reason> {
    let Some((_, first)) = filled(sheet, row).next() else { return Some(Reason::Empty) };
    if begins_with(first, TOTALS) {
        return Some(Reason::Total);
    }
    if begins_with(first, NOTES)
        && filled(sheet, row).all(|(column, cell)| !is_under_a_field(sheet, column) || begins_with(cell, NOTES))
    {
        return Some(Reason::Note);
    }
    if filled(sheet, row).all(|(column, cell)| repeats(sheet, column, cell)) {
        return Some(Reason::RepeatedHeader);
    }
    // A template's rows are numbered beforehand: a number alone is no record.
    let is_number = |column| matches!(sheet.columns.at(column), Some((column, _)) if column.role == ColumnRole::RowNumber);
    filled(sheet, row).all(|(column, _)| is_number(column)).then_some(Reason::Empty)
}

/// The cells of a row that say something of their own: what a merge hides, or hands down from above, does not count.
fn filled(sheet: &Sheet, row: usize) -> impl Iterator<Item = (usize, Cell<'_>)> {
    let at = number(row);
    sheet.grid.row(row).enumerate().filter(move |(column, cell)| {
        !crate::reading::is_empty(*cell) && {
            let place = (at, number(*column));
            sheet.merges.over(place.0, place.1).is_none_or(|first| first == place)
        }
    })
}

/// Whether a text begins with one of some words, white space aside.
fn begins_with(cell: Cell<'_>, words: &[&str]) -> bool {
    let Cell::Text(text) = cell else { return false };
    let first = text.chars().find(|sign| !sign.is_whitespace());
    words.iter().filter(|word| word.chars().next() == first).any(|word| {
        let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
        word.chars().all(|sign| signs.next() == Some(sign))
    })
}

fn is_under_a_field(sheet: &Sheet, column: usize) -> bool {
    matches!(
        sheet.columns.at(column),
        Some((column, _)) if matches!(column.role, ColumnRole::Field(_) | ColumnRole::Further(_) | ColumnRole::Repeated(_))
    )
}

fn repeats(sheet: &Sheet, column: usize, cell: Cell<'_>) -> bool {
    let (Cell::Text(text), Some((_, keys))) = (cell, sheet.columns.at(column)) else { return false };
    // Nearly every cell begins as no header does.
    let mut keys = keys.iter().filter(|key| !key.is_empty() && headers::may_be(text, key)).peekable();
    keys.peek().is_some() && keys.any(|key| *key == headers::key(text))
}
