//! What each column of a sheet is read as.

use crate::record::{Cell, Field, headers};

use super::header::{Head, Heading, How, Place};
use super::number;

/// What a column is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnRole {
    /// This field.
    Field(Field),
    /// This field too, in the records in which the columns that rank before it are empty.
    Further(Field),
    /// Nothing: the same header stands twice and names this field, so that nobody can know which column is meant.
    Repeated(Field),
    /// Nothing: it numbers the rows.
    RowNumber,
    /// Nothing: its header names no field.
    Unknown,
}

impl ColumnRole {
    /// The field that is read from it, in some records at least.
    pub fn field(self) -> Option<Field> {
        match self {
            ColumnRole::Field(field) | ColumnRole::Further(field) => Some(field),
            ColumnRole::Repeated(_) | ColumnRole::RowNumber | ColumnRole::Unknown => None,
        }
    }
}

/// One column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its place, from 0.
    pub index: u32,
    /// Its header as it is written, both rows of two; empty where values stand under no header.
    pub header: String,
    /// What it is read as.
    pub role: ColumnRole,
}

/// The columns that have a header or values, and those of each field.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    all: Vec<Column>,
    /// The header's texts as they are matched, beside `all`.
    keys: Vec<[String; 3]>,
    /// The places in `all` of each field's columns, in the order in which they are read; fields by their index.
    fields: Vec<Vec<usize>>,
    /// The column of the grid of each field that has just one.
    alone: Vec<Option<u32>>,
    /// The place in `all` of each column of the grid.
    places: Vec<Option<usize>>,
}

impl Columns {
    pub(super) fn new(head: &Head<'_>, place: &Place) -> Columns {
        let below = || head.grid().rows().skip(place.behind);
        let width = below().map(|row| row.len()).max().unwrap_or_default().max(place.headings.len());
        let has_values = values(below(), width, &place.headings);
        Columns::under(&place.headings, &has_values)
    }

    /// The columns under some headings; one without a heading counts where it has values.
    pub(super) fn under(headings: &[Heading], has_values: &[bool]) -> Columns {
        let width = has_values.len();
        let mut columns = Columns { places: vec![None; width], fields: vec![Vec::new(); Field::ALL.len()], ..Columns::default() };
        let mut named: Vec<(Field, (How, usize), usize)> = Vec::new();
        for (index, (slot, has_values)) in columns.places.iter_mut().zip(has_values).enumerate() {
            let heading = headings.get(index).cloned().unwrap_or_default();
            if heading.text.is_empty() && !has_values {
                continue;
            }
            *slot = Some(columns.all.len());
            if let Some(naming) = heading.naming {
                named.push((naming.field, naming.rank, columns.all.len()));
            }
            let role = match heading.naming {
                Some(naming) => ColumnRole::Field(naming.field),
                None if heading.keys.iter().any(|key| headers::is_row_number(key)) => ColumnRole::RowNumber,
                None => ColumnRole::Unknown,
            };
            columns.all.push(Column { index: number(index), header: heading.text, role });
            columns.keys.push(heading.keys);
        }
        named.sort_unstable();
        for of_field in named.chunk_by(|a, b| a.0 == b.0) {
            columns.rank(of_field);
        }
        let only = |places: &Vec<usize>| match places.as_slice() {
            [place] => columns.all.get(*place).map(|column| column.index),
            _ => None,
        };
        columns.alone = columns.fields.iter().map(only).collect();
        columns
    }

    /// Gives the columns of one field their order; where two are called the same, the field has none.
    fn rank(&mut self, of_field: &[(Field, (How, usize), usize)]) {
        let is_twice = of_field.windows(2).any(|pair| matches!(pair, [(_, a, _), (_, b, _)] if a == b));
        for (order, (field, _, place)) in of_field.iter().enumerate() {
            if let Some(column) = self.all.get_mut(*place) {
                column.role = match order {
                    _ if is_twice => ColumnRole::Repeated(*field),
                    0 => ColumnRole::Field(*field),
                    _ => ColumnRole::Further(*field),
                };
            }
        }
        let field = of_field.first().filter(|_| !is_twice).map(|(field, ..)| field.index());
        if let Some(places) = field.and_then(|index| self.fields.get_mut(index)) {
            places.extend(of_field.iter().map(|(.., place)| *place));
        }
    }

    /// From left to right.
    pub(super) fn all(&self) -> &[Column] {
        &self.all
    }

    /// The places in `all` of a field's columns, in the order in which they are read.
    pub(super) fn of(&self, field: Field) -> &[usize] {
        self.fields.get(field.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The column of the grid that a field is read from, where there is just one.
    pub(super) fn alone(&self, field: Field) -> Option<u32> {
        self.alone.get(field.index()).copied().flatten()
    }

    /// How many columns the grid has, with and without a header.
    pub(super) fn width(&self) -> usize {
        self.places.len()
    }

    /// A column of the grid, with its header's texts as they are matched.
    pub(super) fn at(&self, index: usize) -> Option<(&Column, &[String; 3])> {
        let place = self.places.get(index).copied().flatten()?;
        Some((self.all.get(place)?, self.keys.get(place)?))
    }

    /// The header of a column that a required field cannot be read from, since it stands twice.
    pub(super) fn ambiguous(&self, required: &[Field]) -> Option<&str> {
        let is_required = |field: Field| match field {
            // 活动时间 is how `start` comes where it has no column of its own.
            Field::Period => required.contains(&Field::Start) && self.of(Field::Start).is_empty(),
            field => required.contains(&field),
        };
        let repeated = |column: &&Column| matches!(column.role, ColumnRole::Repeated(field) if is_required(field));
        self.all.iter().find(repeated).map(|column| &*column.header)
    }
}

/// Which columns without a header hold values.
fn values<'a>(rows: impl Iterator<Item = impl Iterator<Item = Cell<'a>>>, width: usize, headings: &[Heading]) -> Vec<bool> {
    let mut found = vec![false; width];
    let mut open = (0..width).filter(|index| headings.get(*index).is_none_or(|heading| heading.text.is_empty())).count();
    for row in rows {
        if open == 0 {
            break;
        }
        for (index, (cell, found)) in row.zip(&mut found).enumerate() {
            let is_open = !*found && headings.get(index).is_none_or(|heading| heading.text.is_empty());
            if is_open && !crate::reading::is_empty(cell) {
                *found = true;
                open -= 1;
            }
        }
    }
    found
}
