//! One sheet of the annotated copy.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError};

use super::annotated::{Annotated, Mark, Source};
use super::cells::{self, Shape};
use super::look::{self, Part};
use super::{COLUMNS, ROWS, column};
use crate::message::{Lang, Text};
use crate::record::Cell;
use crate::rule::Severity;
use crate::sheet::{Merge, number};

/// Cells that may be part of merges; the workbook keeps each of them in memory.
const MERGED: u64 = 1 << 20;

/// Findings in one note; the first page has the rest.
const IN_ONE: usize = 10;

/// Rows by which a column without a width gets one.
const MEASURED: usize = 2_000;

/// Lines that a row shows; a longer text is all there, and seen when its cell is chosen.
const TALLEST: u32 = 8;

/// A cell's row and column, from 0.
type Place = (u32, u32);

/// A sheet on its way into the copy.
pub(super) struct Page<'a> {
    source: Source<'a>,
    name: &'a str,
    copy: &'a Annotated<'a>,
    merges: Vec<Merge>,
    /// The first cell of the merge over a cell.
    origins: HashMap<Place, Place>,
    marks: BTreeMap<Place, Vec<&'a Mark>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(source: Source<'a>, name: &'a str, copy: &'a Annotated<'a>) -> Page<'a> {
        let (merges, origins) = merges(source);
        Page { source, name, copy, merges, origins, marks: BTreeMap::new() }
    }

    pub(super) fn name(&self) -> &str {
        self.name
    }

    /// Whether some findings have no note for want of room.
    pub(super) fn lacks_notes(&self) -> bool {
        self.marks.len() > self.copy.most().notes
    }

    /// Takes a mark to the cell that shows it.
    pub(super) fn put(&mut self, mark: &'a Mark) {
        if let Some(cell) = self.cell_of(mark) {
            self.marks.entry(cell).or_default().push(mark);
        }
    }

    /// The cell that shows a mark: of a merge its first, of a row its first filled one.
    pub(super) fn cell_of(&self, mark: &Mark) -> Option<Place> {
        let row = mark.row.filter(|row| *row < ROWS)?;
        let first_filled = || {
            let mut cells = self.source.grid.row(usize::try_from(row).ok()?);
            cells.position(|cell| !crate::reading::is_empty(cell)).map(number)
        };
        let column = mark.column.or_else(first_filled).unwrap_or_default();
        let cell = (row, column);
        (column < COLUMNS).then(|| self.origins.get(&cell).copied().unwrap_or(cell))
    }

    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        // A hidden sheet with a finding has to be seen.
        sheet.set_hidden(self.source.grid.hidden && self.marks.is_empty());
        look::page(sheet)?;
        look::fit(sheet);
        if let Some((first, last)) = self.source.header {
            look::hold(sheet, first, last, 0)?;
        }
        for merge in &self.merges {
            let first = (merge.first_row, merge.first_column);
            let look = look::copied(self.part(merge.first_row), Shape::Text, self.severity(first));
            let (from, to) = (column(merge.first_column)?, column(merge.last_column)?);
            sheet.merge_range(merge.first_row, from, merge.last_row, to, "", &look)?;
        }
        self.cells(sheet)?;
        self.layout(sheet)?;
        for (cell, marks) in self.marks.iter().take(self.copy.most().notes) {
            sheet.insert_note(cell.0, column(cell.1)?, &self.note(marks))?;
        }
        Ok(())
    }

    fn part(&self, row: u32) -> Part {
        match self.source.header {
            Some((first, _)) if row < first => Part::Title,
            Some((_, last)) if row <= last => Part::Header,
            _ => Part::Body,
        }
    }

    fn severity(&self, cell: Place) -> Option<Severity> {
        self.marks.get(&cell)?.iter().map(|mark| mark.severity).max()
    }

    fn cells(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (width, lang) = (self.source.width(), self.copy.lang());
        let mut looks = Looks::default();
        for (row, cells) in (0_u32..).zip(self.source.grid.rows()) {
            let part = self.part(row);
            // Below a header every cell has its box, filled or not; above it only what is filled.
            let across = if part == Part::Title { number(cells.len()) } else { width };
            for (at, cell) in (0..across).zip(cells.chain(std::iter::repeat(Cell::Empty))) {
                let is_hidden = self.origins.get(&(row, at)).is_some_and(|first| *first != (row, at));
                if is_hidden || (part == Part::Title && matches!(cell, Cell::Empty)) {
                    continue;
                }
                let look = looks.of(part, cells::shape(cell), self.severity((row, at)));
                cells::write(sheet, (row, column(at)?), cell, look, lang)?;
            }
        }
        // What is missing may be missing beyond what is filled.
        let rows = number(self.source.grid.height());
        for (row, at) in self.marks.keys().filter(|(row, at)| *row >= rows || *at >= width) {
            sheet.write_blank(*row, column(*at)?, looks.of(Part::Body, Shape::Text, self.severity((*row, *at))))?;
        }
        Ok(())
    }

    /// Widths as they were, else by what stands in the column; hidden rows and columns stay hidden unless they hold a mark.
    fn layout(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let grid = self.source.grid;
        let widths = self.widths();
        for (at, width) in (0_u32..).zip(&widths) {
            sheet.set_column_width(column(at)?, *width)?;
        }
        self.heights(sheet, &widths)?;
        let rows: BTreeSet<u32> = self.marks.keys().map(|cell| cell.0).collect();
        let columns: BTreeSet<u32> = self.marks.keys().map(|cell| cell.1).collect();
        for row in grid.hidden_rows.iter().filter(|row| **row < ROWS && !rows.contains(row)) {
            sheet.set_row_hidden(*row)?;
        }
        for at in grid.hidden_columns.iter().filter(|at| **at < COLUMNS && !columns.contains(at)) {
            sheet.set_column_hidden(column(*at)?)?;
        }
        Ok(())
    }

    /// Each row as high as its lines; what is merged does not count, but for a title.
    fn heights(&self, sheet: &mut Worksheet, widths: &[f64]) -> Result<(), XlsxError> {
        for (row, cells) in (0_u32..).zip(self.source.grid.rows()) {
            let mut lines = 1;
            for ((at, cell), width) in (0_u32..).zip(cells).zip(widths) {
                if let Cell::Text(text) = cell
                    && !self.origins.contains_key(&(row, at))
                {
                    #[expect(
                        clippy::as_conversions,
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "2 to 120"
                    )]
                    let across = *width as u32;
                    lines = lines.max(cells::lines(text, across));
                }
            }
            if let Some(height) = cells::height(lines, TALLEST) {
                sheet.set_row_height(row, height)?;
            }
        }
        for merge in self.merges.iter().filter(|merge| self.part(merge.first_row) == Part::Title) {
            sheet.set_row_height(merge.first_row, 30)?;
        }
        Ok(())
    }

    /// The width of each column.
    fn widths(&self) -> Vec<f64> {
        let mut widths = self.measured();
        for (column, width) in &self.source.grid.widths {
            if let Some(own) = usize::try_from(*column).ok().and_then(|column| widths.get_mut(column)) {
                // A width of a program that counts otherwise is kept within what can be read.
                *own = width.clamp(2.0, 120.0);
            }
        }
        widths
    }

    fn measured(&self) -> Vec<f64> {
        let mut widths = vec![0_u32; usize::try_from(self.source.width()).unwrap_or_default()];
        let rows = (0_u32..).zip(self.source.grid.rows()).filter(|(row, _)| self.part(*row) != Part::Title);
        for (row, cells) in rows.take(MEASURED) {
            for ((at, cell), widest) in (0_u32..).zip(cells).zip(&mut widths) {
                if !self.origins.contains_key(&(row, at)) {
                    *widest = (*widest).max(cells::width_of(cell));
                }
            }
        }
        widths.into_iter().map(|widest| f64::from((widest + 2).clamp(8, 40))).collect()
    }

    /// What stands beside a faulty cell: each finding with its advice and its clause.
    fn note(&self, marks: &[&Mark]) -> Note {
        let lang = self.copy.lang();
        let mut text = String::new();
        for mark in marks.iter().take(IN_ONE) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            self.push_words(mark, &mut text);
        }
        if marks.len() > IN_ONE {
            text.push_str(Text { zh: "\n\n……其余见第一页", en: "\n\n… the rest is on the first page" }.get(lang));
        }
        let lines = cells::lines(&text, 42);
        Note::new(cells::bounded(&text, 32_000, lang))
            .set_author("kepu")
            .add_author_prefix(false)
            .set_font_name("宋体")
            .set_font_size(10)
            .set_width(320)
            .set_height((lines * 18 + 14).clamp(60, 480))
    }

    fn push_words(&self, mark: &Mark, text: &mut String) {
        let lang = self.copy.lang();
        let severity = mark.severity.label().get(lang);
        text.push_str(&match lang {
            Lang::Zh => format!("【{severity}】{}\n建议：{}", mark.message, mark.advice),
            Lang::En => format!("[{severity}] {}\nadvice: {}", mark.message, mark.advice),
        });
        if let Some(clause) = self.copy.clause(mark) {
            let (number, quote) = (&clause.number, &clause.quote);
            text.push_str(&match lang {
                Lang::Zh => format!("\n依据：通知“{number}”：“{quote}”"),
                Lang::En => format!("\nclause {number}: “{quote}”"),
            });
        }
    }
}

/// The merges that xlsx takes: within what is filled, none over another; and the first cell of every cell in one.
fn merges(source: Source<'_>) -> (Vec<Merge>, HashMap<Place, Place>) {
    let (mut kept, mut origins) = (Vec::new(), HashMap::new());
    let (rows, width) = (number(source.grid.height()), source.width());
    let mut left = MERGED;
    for merge in &source.grid.merges {
        let (last_row, last_column) =
            (merge.last_row.min(rows.saturating_sub(1)), merge.last_column.min(width.saturating_sub(1)));
        let merge = Merge { last_row, last_column, ..*merge };
        let sides = merge.last_row.checked_sub(merge.first_row).zip(merge.last_column.checked_sub(merge.first_column));
        let Some((down, across)) = sides else { continue };
        let area = (u64::from(down) + 1) * (u64::from(across) + 1);
        let cells = || {
            let columns = merge.first_column..=merge.last_column;
            (merge.first_row..=merge.last_row).flat_map(move |row| columns.clone().map(move |column| (row, column)))
        };
        if area < 2 || area > left {
            continue;
        }
        // What lies over another is looked at too: each cell is paid for, kept or not.
        left -= area;
        if cells().any(|cell| origins.contains_key(&cell)) {
            continue;
        }
        origins.extend(cells().map(|cell| (cell, (merge.first_row, merge.first_column))));
        kept.push(merge);
    }
    (kept, origins)
}

/// What the look of a cell hangs on.
type Look = (Part, Shape, Option<Severity>);

/// Each look is made once.
#[derive(Default)]
struct Looks(Vec<(Look, Format)>);

impl Looks {
    fn of(&mut self, part: Part, shape: Shape, severity: Option<Severity>) -> &Format {
        let key = (part, shape, severity);
        let at = self.0.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.0.push((key, look::copied(part, shape, severity)));
            self.0.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the place was just found or made")]
        &self.0[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::CellBuf;
    use crate::sheet::Grid;

    #[test]
    fn merges_that_meet_only_in_their_last_cells_take_no_time() {
        let mut rows = vec![vec![]; 999];
        rows.push(vec![CellBuf::from("末"); 1_000]);
        let mut grid = Grid::new(rows);
        let all = |first_row| Merge { first_row, first_column: 0, last_row: u32::MAX, last_column: u32::MAX };
        grid.merges = vec![Merge { first_row: 999, first_column: 998, last_row: 999, last_column: 999 }];
        grid.merges.extend((0..50_000).map(|at| all(at % 900)));
        let (kept, origins) = merges(Source { grid: &grid, header: None });
        assert_eq!((kept.len(), origins.len()), (1, 2));
    }
}
