//! One record of a sheet, and where it stands.

use super::{Column, Sheet, address};
use crate::record::{Cell, Field, Kind, Record};

/// One record of a sheet. It borrows the sheet and remembers where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) number: usize,
    pub(super) at: u32,
}

impl<'a> Row<'a> {
    /// Its number among the sheet's records, from 0.
    pub fn number(self) -> usize {
        self.number
    }

    /// Its row as the spreadsheet shows it, from 1.
    pub fn row(self) -> u32 {
        self.sheet.shown(self.at).saturating_add(1)
    }

    /// The sheet that it stands in.
    pub fn sheet(self) -> &'a Sheet {
        self.sheet
    }

    /// The file, as the caller named it.
    pub fn file(self) -> Option<&'a str> {
        self.sheet.file()
    }

    /// Where a field's cell stands: `C5`, of a merge its first cell; none without such a column.
    pub fn address(self, field: Field) -> Option<String> {
        self.column(field).map(|column| self.address_of(column))
    }

    /// Where a field's cell stands: row and column from 0, of a merge its first cell; none without such a column.
    #[cfg(feature = "files")]
    pub(crate) fn place(self, field: Field) -> Option<(u32, u32)> {
        self.column(field).map(|column| self.place_of(column))
    }

    /// The header over a field's cell, as it is written.
    pub fn header(self, field: Field) -> Option<&'a str> {
        self.column(field).map(|column| &*column.header)
    }

    /// Where the cell under a column stands, of a merge its first cell.
    pub fn address_of(self, column: &Column) -> String {
        let (row, column) = self.place_of(column);
        address(self.sheet.shown(row), column)
    }

    fn place_of(self, column: &Column) -> (u32, u32) {
        self.sheet.merges.over(self.at, column.index).unwrap_or((self.at, column.index))
    }

    /// The cell under any column, read as a field or not.
    pub fn value(self, column: &Column) -> Cell<'a> {
        self.sheet.value(self.at, column.index)
    }

    /// The columns that no field of this record is read from, with their cells; empty ones left out.
    pub fn others(self) -> impl Iterator<Item = (&'a Column, Cell<'a>)> {
        self.sheet.columns().iter().filter_map(move |column| {
            let is_read = column.role.field().and_then(|field| self.column(field)).is_some_and(|read| read.index == column.index);
            let cell = self.value(column);
            (!is_read && !crate::reading::is_empty(cell)).then_some((column, cell))
        })
    }

    /// The cell of a field.
    pub(crate) fn cell_of(self, field: Field) -> Cell<'a> {
        match self.sheet.columns.alone(field) {
            Some(column) => self.sheet.value(self.at, column),
            None if self.sheet.columns.of(field).is_empty() => Cell::Empty,
            None => self.column(field).map_or(Cell::Empty, |column| self.value(column)),
        }
    }

    /// Puts the cells of some fields where each has its place, by the index of the field.
    pub(crate) fn put(self, fields: &[Field], cells: &mut [Cell<'a>]) {
        let (lent, no_merges) = (self.sheet.grid.lent(self.at), self.sheet.merges.is_empty());
        for field in fields {
            let Some(cell) = cells.get_mut(field.index()) else { continue };
            *cell = match self.sheet.columns.alone(*field).and_then(|column| usize::try_from(column).ok()) {
                Some(column) if no_merges => lent.cell(column),
                _ => self.cell_of(*field),
            };
        }
    }

    /// Of the columns of a field the first that is filled here; the first of all where none is.
    fn column(self, field: Field) -> Option<&'a Column> {
        let columns = self.sheet.columns.of(field);
        let filled = |column: &&Column| !crate::reading::is_empty(self.value(column));
        let mut named = columns.iter().filter_map(|at| self.sheet.columns.all().get(*at));
        if columns.len() == 1 {
            return named.next();
        }
        named.clone().find(filled).or(named.next())
    }
}

impl Record for Row<'_> {
    fn kind(&self) -> &Kind {
        &self.sheet.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.cell_of(field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.put(self.kind().fields(), cells);
    }
}
