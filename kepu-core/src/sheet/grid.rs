//! A sheet as it was read, before anything in it is understood.

use crate::record::{Cell, CellBuf};

/// One sheet as it was read: its cells from A1 on, and what a table needs to know of their layout.
///
/// Rows may be short: what stands beyond a row's end, or below the last row, is empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What the spreadsheet calls it; a CSV has no name.
    pub name: Option<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<CellBuf>>,
    /// Cells that are shown as one; the value stands in the first.
    pub merges: Vec<Merge>,
    /// Whether the sheet itself is hidden. It is read all the same, and said.
    pub hidden: bool,
    /// Rows that are hidden, from 0. They are read all the same, and said.
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden, from 0.
    pub hidden_columns: Vec<u32>,
    /// Columns with a width of their own, from 0, in characters.
    pub widths: Vec<(u32, f64)>,
    /// Whether the merges were read: where they were not, a merged value stands in its first cell only.
    pub merges_known: bool,
}

impl Grid {
    /// A sheet of these rows, without merges.
    pub fn new(rows: Vec<Vec<CellBuf>>) -> Grid {
        Grid { rows, merges_known: true, ..Grid::default() }
    }

    /// The cell at a row and a column, from 0.
    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else { return Cell::Empty };
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or(Cell::Empty, CellBuf::cell)
    }
}

/// A rectangle of cells that are shown as one; rows and columns from 0, the last ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The upper row.
    pub first_row: u32,
    /// The left column.
    pub first_column: u32,
    /// The lower row.
    pub last_row: u32,
    /// The right column.
    pub last_column: u32,
}
