//! xls: the records of BIFF8 ([MS-XLS]), as Excel 97 to 2003, WPS and LibreOffice write them.

mod records;

use std::collections::BTreeMap;
use std::sync::Arc;

use records::{Records, Texts, double, error_text, rk};

use super::cells::{Cells, MERGES, SHEETS};
use super::fault::Fault;
use super::number::{self, Shape};
use super::ole::{long, word};
use super::sniff::old_excel;
use super::{Note, Source, TOLD};
use crate::error::Error;
use crate::record::CellBuf;
use crate::sheet::grid::Span;
use crate::sheet::{Grid, Merge};

/// What every sheet shares.
#[derive(Default)]
struct Shared {
    texts: Arc<String>,
    strings: Vec<Span>,
    shapes: Vec<Shape>,
    epoch_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    start: usize,
    hidden: bool,
    has_cells: bool,
}

pub(super) fn read(source: &Source<'_>, stream: &[u8]) -> Result<(Vec<Grid>, Vec<Note>), Error> {
    let mut begin = Records::new(stream, 0);
    match begin.next() {
        Some((0x0809, data)) if word(data, 0) == Some(0x0600) => {}
        Some((0x0809 | 0x0409 | 0x0209 | 0x0009, _)) => return Err(old_excel(source)),
        _ => return Err(source.damaged()),
    }
    if Records::new(stream, 0).take_while(|(kind, _)| *kind != 0x000a).any(|(kind, _)| kind == 0x002f) {
        return Err(source.encrypted());
    }
    let (shared, listed) = workbook(stream).ok_or_else(|| source.damaged())?;
    let (mut grids, mut notes, mut left) = (Vec::new(), Vec::new(), source.limits.cells);
    if listed.len() > SHEETS {
        return Err(source.damaged());
    }
    source.watch.expect(u64::try_from(stream.len()).unwrap_or(u64::MAX));
    for sheet in listed {
        if !sheet.has_cells {
            notes.push(Note::no_cells(&sheet.name));
            continue;
        }
        let mut cells = Cells::new(left, Arc::clone(&shared.texts));
        let mut grid = Grid { name: Some(sheet.name), hidden: sheet.hidden, merges_known: true, ..Grid::default() };
        read_sheet(source, stream, sheet.start, &shared, &mut cells, &mut grid).map_err(|fault| source.refused(fault))?;
        left = left.saturating_sub(cells.extent());
        grid.cells = cells.finish().into();
        grids.push(grid);
    }
    Ok((grids, notes))
}

/// What stands before the sheets.
fn workbook(stream: &[u8]) -> Option<(Shared, Vec<Listed>)> {
    let (mut shared, mut listed) = (Shared::default(), Vec::new());
    let (mut own_formats, mut styles) = (BTreeMap::new(), Vec::new());
    let mut records = Records::new(stream, 0);
    while let Some((kind, data)) = records.next() {
        match kind {
            0x0022 => shared.epoch_1904 = word(data, 0)? == 1,
            0x0085 => listed.push(Listed {
                start: usize::try_from(long(data, 0)?).ok()?,
                hidden: data.get(4)? & 3 != 0,
                has_cells: *data.get(5)? == 0,
                name: Texts::new(vec![data.get(7..)?]).characters(usize::from(*data.get(6)?))?,
            }),
            0x00e0 => styles.push(word(data, 2)?),
            0x00fc => {
                let (texts, strings) = records.with_continued(data).table()?;
                (shared.texts, shared.strings) = (Arc::new(texts), strings);
            }
            0x041e => {
                let code = records.with_continued(data.get(2..)?).text()?;
                own_formats.entry(word(data, 0)?).or_insert_with(|| number::shape(&code));
            }
            0x000a => {
                let shape = |id: &u16| own_formats.get(id).copied().unwrap_or_else(|| number::built_in((*id).into()));
                shared.shapes = styles.iter().map(shape).collect();
                return Some((shared, listed));
            }
            _ => {}
        }
    }
    None
}

impl Shared {
    fn number(&self, number: f64, style: u16) -> CellBuf {
        let shape = self.shapes.get(usize::from(style)).copied().unwrap_or(Shape::Number);
        number::cell(number, shape, self.epoch_1904)
    }
}

fn read_sheet(
    source: &Source<'_>,
    stream: &[u8],
    start: usize,
    shared: &Shared,
    cells: &mut Cells,
    grid: &mut Grid,
) -> Result<(), Fault> {
    let mut records = Records::new(stream, start);
    let mut told = start;
    // Charts stand inside a sheet as sheets of their own, with cells that are none.
    let mut depth = 0_u32;
    // A formula's text comes in a record of its own.
    let mut formula = None;
    while let Some((kind, data)) = records.next() {
        let is_over = kind == 0x000a && depth <= 1;
        if is_over || records.at() - told >= TOLD {
            source.watch.advance(u64::try_from(records.at() - told).unwrap_or(u64::MAX))?;
            told = records.at();
        }
        match kind {
            0x0809 => depth += 1,
            0x000a if is_over => return Ok(()),
            0x000a => depth -= 1,
            _ if depth > 1 => {}
            0x0207 => {
                if let Some((row, column)) = formula.take() {
                    let text = records.with_continued(data).text().ok_or(Fault::Broken)?;
                    cells.put_text(row, column, &text)?;
                }
            }
            _ => one(kind, data, &records, shared, cells, grid, &mut formula)?,
        }
    }
    Err(Fault::Broken)
}

type Place = Option<(u32, u32)>;

fn one(
    kind: u16,
    data: &[u8],
    records: &Records<'_>,
    shared: &Shared,
    cells: &mut Cells,
    grid: &mut Grid,
    formula: &mut Place,
) -> Result<(), Fault> {
    let at = |offset| word(data, offset).ok_or(Fault::Broken);
    let value = match kind {
        0x00fd => {
            let index = usize::try_from(long(data, 6).ok_or(Fault::Broken)?).map_err(|_| Fault::Broken)?;
            let span = shared.strings.get(index).ok_or(Fault::Broken)?;
            return cells.put_shared(at(0)?.into(), at(2)?.into(), *span);
        }
        0x0203 => shared.number(double(data, 6).ok_or(Fault::Broken)?, at(4)?),
        0x027e => shared.number(rk(long(data, 6).ok_or(Fault::Broken)?), at(4)?),
        0x0204 | 0x00d6 => filled(records.with_continued(data.get(6..).ok_or(Fault::Broken)?).text().ok_or(Fault::Broken)?),
        0x0205 => match data.get(6..8) {
            Some([code, 0]) => CellBuf::Bool(*code != 0),
            Some([code, _]) => CellBuf::Text(error_text(*code)),
            _ => return Err(Fault::Broken),
        },
        0x0006 => {
            *formula = None;
            match data.get(6..14).ok_or(Fault::Broken)? {
                [0, .., 0xff, 0xff] => {
                    *formula = Some((at(0)?.into(), at(2)?.into()));
                    return Ok(());
                }
                [1, _, code, .., 0xff, 0xff] => CellBuf::Bool(*code != 0),
                [2, _, code, .., 0xff, 0xff] => CellBuf::Text(error_text(*code)),
                [_, .., 0xff, 0xff] => return Ok(()),
                _ => shared.number(double(data, 6).ok_or(Fault::Broken)?, at(4)?),
            }
        }
        0x00bd => {
            let (row, mut column) = (at(0)?.into(), u32::from(at(2)?));
            let numbers = data.get(4..data.len().saturating_sub(2)).ok_or(Fault::Broken)?;
            for six in numbers.chunks_exact(6) {
                let (Some(style), Some(number)) = (word(six, 0), long(six, 2)) else { return Err(Fault::Broken) };
                cells.put(row, column, &shared.number(rk(number), style))?;
                column += 1;
            }
            return Ok(());
        }
        _ => return layout(kind, data, grid).ok_or(Fault::Broken),
    };
    cells.put(at(0)?.into(), at(2)?.into(), &value)
}

/// Merges, widths and what is hidden.
fn layout(kind: u16, data: &[u8], grid: &mut Grid) -> Option<()> {
    match kind {
        0x00e5 => {
            for eight in data.get(2..)?.chunks_exact(8).take(MERGES.saturating_sub(grid.merges.len())) {
                let at = |offset| word(eight, offset).map(u32::from);
                let merge = Merge { first_row: at(0)?, last_row: at(2)?, first_column: at(4)?, last_column: at(6)? };
                let (rows, columns) = (merge.first_row..=merge.last_row, merge.first_column..=merge.last_column);
                if !rows.is_empty() && !columns.is_empty() && (rows.start() < rows.end() || columns.start() < columns.end()) {
                    grid.merges.push(merge);
                }
            }
        }
        0x0208 if word(data, 12)? & 0x20 != 0 => grid.hidden_rows.push(word(data, 0)?.into()),
        // Every column once: a file may claim each of them over and over.
        0x007d if grid.widths.len() <= usize::from(u16::MAX) => {
            let (first, last) = (u32::from(word(data, 0)?), u32::from(word(data, 2)?));
            let (width, hidden) = (f64::from(word(data, 4)?) / 256.0, word(data, 8)? & 1 != 0);
            for column in first..=last.min(first.saturating_add(255)) {
                grid.widths.push((column, width));
                if hidden {
                    grid.hidden_columns.push(column);
                }
            }
        }
        _ => {}
    }
    Some(())
}

fn filled(text: String) -> CellBuf {
    if text.is_empty() { CellBuf::Empty } else { CellBuf::Text(text) }
}
