//! One worksheet: its cells, and in the same pass its merges, widths and what is hidden.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::super::cells::{Cells, Fault, LAST_COLUMN, LAST_ROW};
use super::super::number::{self, Shape};
use super::super::xml::{Broken, Xml, attribute, count, is_true};
use super::{Shared, layout, strings};
use crate::record::CellBuf;
use crate::sheet::Grid;

/// Reads a sheet and takes its extent off what is left.
pub(super) fn read(text: &str, shared: &Shared, left: &mut u64) -> Result<Grid, Fault> {
    let mut xml = Xml::new(text);
    let mut cells = Cells::new(*left, Arc::clone(&shared.texts));
    let mut grid = Grid { merges_known: true, ..Grid::default() };
    // Cells and rows may leave out their places: then they follow the one before.
    let (mut next_row, mut next_column) = (0_u32, 0_u32);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "c" => {
                    let at = next_row.saturating_sub(1);
                    next_column = cell(&mut xml, &e, (at, next_column), shared, &mut cells)?.saturating_add(1);
                }
                "row" => {
                    row(&e, &mut next_row, &mut grid)?;
                    next_column = 0;
                }
                // What people cannot see as cells; its `c`s and `row`s are no cells.
                "extLst" | "conditionalFormatting" | "dataValidations" | "sheetViews" => xml.skip(&e)?,
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                // A cell without a value still takes its place.
                "c" => {
                    let place = attribute(&e, "r").and_then(|address| layout::place(&address));
                    next_column = place.map_or(next_column, |(_, column)| column).saturating_add(1);
                }
                "row" => {
                    row(&e, &mut next_row, &mut grid)?;
                    next_column = 0;
                }
                "col" => columns(&e, &mut grid),
                "mergeCell" => grid.merges.extend(attribute(&e, "ref").and_then(|range| layout::merge(&range))),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    *left = left.saturating_sub(cells.extent());
    grid.cells = cells.finish();
    Ok(grid)
}

fn row(e: &BytesStart<'_>, next_row: &mut u32, grid: &mut Grid) -> Result<(), Fault> {
    let row = count(e, "r").and_then(|row| row.checked_sub(1)).unwrap_or(*next_row);
    if row > LAST_ROW {
        return Err(Fault::Broken);
    }
    *next_row = row + 1;
    if is_true(e, "hidden") && grid.hidden_rows.last() != Some(&row) {
        grid.hidden_rows.push(row);
    }
    Ok(())
}

fn columns(e: &BytesStart<'_>, grid: &mut Grid) {
    let (Some(first), Some(last)) = (count(e, "min"), count(e, "max")) else { return };
    let width = attribute(e, "width").and_then(|width| number::parse(&width));
    let hidden = is_true(e, "hidden");
    // A last column to the sheet's edge is a default, not 16,384 widths.
    let last = last.min(LAST_COLUMN + 1).min(first.saturating_add(255));
    for column in (first..=last).filter_map(|column| column.checked_sub(1)) {
        if hidden {
            grid.hidden_columns.push(column);
        }
        if let Some(width) = width {
            grid.widths.push((column, width));
        }
    }
}

/// Reads a cell up to its end; its column.
fn cell(xml: &mut Xml<'_>, start: &BytesStart<'_>, place: (u32, u32), shared: &Shared, cells: &mut Cells) -> Result<u32, Fault> {
    let (mut row, mut column) = place;
    let (mut kind, mut style) = (Kind::Number, None);
    let mut attributes = start.attributes();
    for one in attributes.with_checks(false).flatten() {
        match one.key.as_ref() {
            "r" => (row, column) = layout::place(&one.value).ok_or(Fault::Broken)?,
            "t" => kind = Kind::named(&one.value),
            "s" => style = one.value.parse::<usize>().ok(),
            _ => {}
        }
    }
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "v" if kind != Kind::Inline => {
                    let written = one_text(xml)?;
                    match kind {
                        Kind::Shared => {
                            let index = written.trim().parse::<usize>().map_err(|_| Broken);
                            let span = if written.is_empty() { None } else { Some(*shared.strings.get(index?).ok_or(Broken)?) };
                            span.map_or(Ok(()), |span| cells.put_shared(row, column, span))?;
                        }
                        _ => cells.put(row, column, &kind.value(&written, style, shared))?,
                    }
                }
                "is" => {
                    let mut text = String::new();
                    strings::rich(xml, &mut text)?;
                    cells.put_text(row, column, &text)?;
                }
                _ => xml.skip(&e)?,
            },
            Event::End(_) => return Ok(column),
            Event::Eof => return Err(Fault::Broken),
            _ => {}
        }
    }
}

/// The text up to the end, lent where it is one piece.
fn one_text<'a>(xml: &mut Xml<'a>) -> Result<Cow<'a, str>, Broken> {
    let first = match xml.next()? {
        Event::Text(text) => text.xml10_content(),
        Event::End(_) => return Ok(Cow::Borrowed("")),
        Event::GeneralRef(entity) => {
            let mut text = String::new();
            super::super::xml::push_entity(&entity, &mut text);
            Cow::Owned(text)
        }
        _ => return Err(Broken),
    };
    let mut whole = first;
    loop {
        match xml.next()? {
            Event::End(_) => return Ok(whole),
            Event::Text(text) => whole.to_mut().push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => super::super::xml::push_entity(&entity, whole.to_mut()),
            Event::Eof => return Err(Broken),
            _ => {}
        }
    }
}

/// What the value of a cell is (ECMA-376 part 1, 18.18.11).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Inline,
    Bool,
    Iso,
    /// A formula's text, an error, and whatever else: as it is written.
    Text,
}

impl Kind {
    fn named(name: &str) -> Kind {
        match name {
            "n" => Kind::Number,
            "s" => Kind::Shared,
            "inlineStr" => Kind::Inline,
            "b" => Kind::Bool,
            "d" => Kind::Iso,
            _ => Kind::Text,
        }
    }

    fn value(self, written: &str, style: Option<usize>, shared: &Shared) -> CellBuf {
        if written.is_empty() {
            return CellBuf::Empty;
        }
        match self {
            Kind::Number => match number::parse(written) {
                Some(value) => {
                    let shape = style.and_then(|style| shared.shapes.get(style)).copied().unwrap_or(Shape::Number);
                    number::cell(value, shape, shared.epoch_1904)
                }
                None => CellBuf::from(written),
            },
            Kind::Bool => match written.trim() {
                "1" | "true" | "TRUE" => CellBuf::Bool(true),
                "0" | "false" | "FALSE" => CellBuf::Bool(false),
                _ => CellBuf::from(written),
            },
            Kind::Iso => number::iso(written),
            Kind::Shared | Kind::Inline | Kind::Text => {
                let mut text = written.to_owned();
                strings::unescape(&mut text, 0);
                CellBuf::Text(text)
            }
        }
    }
}
