//! Merged cells below the header: a vertical merge is every row's value.

use super::columns::Columns;
use super::grid::Grid;
use super::number;

/// A part of a merge: what it is in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    column: u32,
    first_row: u32,
    last_row: u32,
    first_column: u32,
}

/// The merges by column and row.
#[derive(Debug, Clone, Default)]
pub(super) struct Merges {
    parts: Vec<Part>,
    /// Which columns have a part.
    columns: Vec<bool>,
}

impl Merges {
    /// The merges that begin below the header: in the column of their value, and in the columns that are read.
    pub(super) fn new(grid: &Grid, behind: usize, columns: &Columns) -> Merges {
        let (behind, rows) = (number(behind), number(grid.height()));
        let read: Vec<u32> =
            columns.all().iter().filter(|column| column.role.field().is_some()).map(|column| column.index).collect();
        let mut parts = Vec::new();
        for merge in grid.merges.iter().filter(|merge| (behind..rows).contains(&merge.first_row)) {
            let is_one_cell = merge.last_row <= merge.first_row && merge.last_column <= merge.first_column;
            if is_one_cell || merge.last_row < merge.first_row || merge.last_column < merge.first_column {
                continue;
            }
            let part =
                |column| Part { column, first_row: merge.first_row, last_row: merge.last_row, first_column: merge.first_column };
            parts.push(part(merge.first_column));
            let hidden = read.iter().filter(|column| **column > merge.first_column && **column <= merge.last_column);
            parts.extend(hidden.map(|column| part(*column)));
        }
        parts.sort_unstable();
        let mut with_parts = vec![false; columns.width()];
        for part in &parts {
            if let Some(has) = usize::try_from(part.column).ok().and_then(|column| with_parts.get_mut(column)) {
                *has = true;
            }
        }
        Merges { parts, columns: with_parts }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The first cell of the merge over a cell, row and column.
    pub(super) fn over(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        if !usize::try_from(column).is_ok_and(|column| self.columns.get(column).is_some_and(|has| *has)) {
            return None;
        }
        let behind = self.parts.partition_point(|part| (part.column, part.first_row) <= (column, row));
        let part = behind.checked_sub(1).and_then(|at| self.parts.get(at))?;
        (part.column == column && part.last_row >= row).then_some((part.first_row, part.first_column))
    }
}
