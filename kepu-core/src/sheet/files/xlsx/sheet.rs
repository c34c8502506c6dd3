//! One worksheet: its cells, and in the same pass its merges, widths and what is hidden.

use std::sync::Arc;

use super::super::cells::{Cells, LAST_COLUMN, MERGES};
use super::super::fault::Fault;
use super::super::notes::Unread;
use super::super::number::{self, Shape};
use super::super::xml::{Tag, Token, Xml};
use super::{Shared, layout, strings};
use crate::record::CellBuf;
use crate::sheet::Grid;

/// Reads a sheet and takes its extent off what is left.
pub(super) fn read(mut xml: Xml<'_>, shared: &Shared, left: &mut u64) -> Result<(Grid, Unread), Fault> {
    let mut cells = Cells::new(*left, Arc::clone(&shared.texts));
    let mut grid = Grid { merges_known: true, ..Grid::default() };
    // Cells and rows may leave out their places: then they follow the one before.
    let (mut next_row, mut next_column) = (0_u32, 0_u32);
    let (mut scratch, mut unread) = (String::new(), Unread::default());
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                b"c" => {
                    let cell = Cell::of(tag, (next_row.saturating_sub(1), next_column))?;
                    next_column = cell.column.saturating_add(1);
                    if !cell.read(&mut xml, shared, &mut cells, &mut scratch)? {
                        unread.formula(cell.row, cell.column);
                    }
                }
                b"row" => {
                    next_row = row(tag, next_row, &mut grid)?;
                    next_column = 0;
                }
                b"col" => columns(tag, &mut grid),
                b"mergeCell" if grid.merges.len() >= MERGES => return Err(Fault::OverCells),
                b"mergeCell" => grid.merges.extend(tag.attribute("ref").and_then(|range| layout::merge(&range))),
                b"drawing" => unread.has_pictures = true,
                // What people cannot see as cells; its `c`s and `row`s are no cells.
                b"extLst" | b"conditionalFormatting" | b"dataValidations" | b"sheetViews" => xml.skip()?,
                _ => {}
            },
            Token::End => break,
            _ => {}
        }
    }
    *left = left.saturating_sub(cells.extent());
    grid.cells = cells.finish().into();
    Ok((grid, unread))
}

/// The row that begins; the next one.
fn row(tag: Tag<'_>, next_row: u32, grid: &mut Grid) -> Result<u32, Fault> {
    let row = tag.count("r").and_then(|row| row.checked_sub(1)).unwrap_or(next_row);
    if tag.is_true("hidden") && grid.hidden_rows.last() != Some(&row) {
        grid.hidden_rows.push(row);
    }
    row.checked_add(1).ok_or(Fault::OverCells)
}

fn columns(tag: Tag<'_>, grid: &mut Grid) {
    let (Some(first), Some(last)) = (tag.count("min"), tag.count("max")) else { return };
    let width = tag.attribute("width").and_then(|width| number::parse(&width));
    let hidden = tag.is_true("hidden");
    // A last column to the sheet's edge is a default, not 16,384 widths.
    let last = last.min(LAST_COLUMN + 1).min(first.saturating_add(255));
    for column in (first..=last).filter_map(|column| column.checked_sub(1)) {
        // Every column once: a file may claim each of them over and over.
        if grid.widths.len().max(grid.hidden_columns.len()) > usize::from(u16::MAX) {
            return;
        }
        if hidden {
            grid.hidden_columns.push(column);
        }
        if let Some(width) = width {
            grid.widths.push((column, width));
        }
    }
}

/// A cell that begins.
struct Cell {
    row: u32,
    column: u32,
    kind: Kind,
    style: Option<usize>,
}

impl Cell {
    fn of(tag: Tag<'_>, (row, column): (u32, u32)) -> Result<Cell, Fault> {
        let mut cell = Cell { row, column, kind: Kind::Number, style: None };
        for (name, value) in tag.attributes() {
            match name {
                b"r" => (cell.row, cell.column) = layout::place(value).ok_or(Fault::Broken)?,
                b"t" => cell.kind = Kind::named(value),
                b"s" => cell.style = number::digits(value).and_then(|style| usize::try_from(style).ok()),
                _ => {}
            }
        }
        Ok(cell)
    }

    /// Reads it up to its end; whether all of it is known: a formula may have no stored value.
    fn read(&self, xml: &mut Xml<'_>, shared: &Shared, cells: &mut Cells, scratch: &mut String) -> Result<bool, Fault> {
        let (row, column) = (self.row, self.column);
        // The result of a formula may be an empty text.
        let (mut is_formula, mut has_value) = (false, self.kind == Kind::Text);
        loop {
            match xml.next()? {
                Token::Open(tag) => {
                    let name = tag.name();
                    scratch.clear();
                    if name == b"v" && self.kind != Kind::Inline {
                        xml.text(scratch)?;
                        has_value |= !scratch.is_empty();
                        match self.kind {
                            Kind::Shared if scratch.is_empty() => {}
                            Kind::Shared => {
                                let index = number::digits(scratch.trim().as_bytes()).and_then(|at| usize::try_from(at).ok());
                                let span = index.and_then(|index| shared.strings.get(index)).ok_or(Fault::Broken)?;
                                cells.put_shared(row, column, *span)?;
                            }
                            Kind::Text => {
                                strings::unescape(scratch, 0);
                                cells.put_text(row, column, scratch)?;
                            }
                            kind => cells.put(row, column, &kind.value(scratch, self.style, shared))?,
                        }
                    } else if name == b"is" {
                        strings::rich(xml, scratch)?;
                        cells.put_text(row, column, scratch)?;
                    } else {
                        is_formula |= name == b"f";
                        xml.skip()?;
                    }
                }
                Token::Close(_) => return Ok(has_value || !is_formula),
                Token::Text(_) => {}
                Token::End => return Err(Fault::Broken),
            }
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
    fn named(name: &[u8]) -> Kind {
        match name {
            b"n" => Kind::Number,
            b"s" => Kind::Shared,
            b"inlineStr" => Kind::Inline,
            b"b" => Kind::Bool,
            b"d" => Kind::Iso,
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
            Kind::Shared | Kind::Inline | Kind::Text => CellBuf::from(written),
        }
    }
}
