//! A sheet as it was read, before anything in it is understood.

mod store;

#[cfg(feature = "files")]
pub(super) use store::{Span, Writer};

pub(super) use store::{Lent, Store};

use std::sync::Arc;

use crate::record::{Cell, CellBuf};

/// One sheet as it was read: its cells from A1 on, and what a table needs to know of their layout.
///
/// Rows may be short: what stands beyond a row's end, or below the last row, is empty.
///
/// ```
/// use kepu_core::{Cell, Grid};
/// let grid = Grid::new(vec![vec!["活动名称".into(), "参与人次".into()], vec!["走近湿地".into(), 300.into()]]);
/// assert!(matches!(grid.cell(1, 1), Cell::Int(300)));
/// assert!(matches!(grid.cell(9, 9), Cell::Empty));
/// assert_eq!((grid.height(), grid.row(0).len()), (2, 2));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What the spreadsheet calls it; a CSV has no name.
    pub name: Option<String>,
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
    /// Shared, so that a copy costs nothing.
    pub(super) cells: Arc<Store>,
}

impl Grid {
    /// A sheet of these rows, without merges.
    pub fn new(rows: Vec<Vec<CellBuf>>) -> Grid {
        let mut grid = Grid { merges_known: true, ..Grid::default() };
        rows.iter().for_each(|row| grid.push(row.iter().map(CellBuf::cell)));
        grid
    }

    /// Puts a row behind the last.
    pub fn push<'c>(&mut self, row: impl IntoIterator<Item = Cell<'c>>) {
        let cells = Arc::make_mut(&mut self.cells);
        row.into_iter().for_each(|cell| cells.push(cell));
        cells.end_row();
    }

    /// The cell at a row and a column, from 0.
    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        match (usize::try_from(row), usize::try_from(column)) {
            (Ok(row), Ok(column)) => self.cells.cell(row, column),
            _ => Cell::Empty,
        }
    }

    /// The cells of a row, from 0, to be asked for one by one.
    pub(super) fn lent(&self, row: u32) -> Lent<'_> {
        self.cells.lent(usize::try_from(row).unwrap_or(usize::MAX))
    }

    /// How many rows there are, the last filled one included.
    pub fn height(&self) -> usize {
        self.cells.height()
    }

    /// The cells of a row, from 0, up to its last; none beyond the last row.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Cell<'_>> + DoubleEndedIterator + Clone {
        self.cells.row(row)
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = Cell<'_>> + Clone> {
        (0..self.height()).map(|row| self.row(row))
    }

    /// How many columns the longest row has.
    pub fn width(&self) -> usize {
        (0..self.height()).map(|row| self.cells.len(row)).max().unwrap_or_default()
    }
}

/// Two grids are equal that hold the same cells in the same layout.
impl PartialEq for Grid {
    fn eq(&self, other: &Grid) -> bool {
        let layout = |grid: &Grid| (grid.hidden, grid.merges_known);
        let same_rows = |row: usize| self.row(row).map(Cell::to_buf).eq(other.row(row).map(Cell::to_buf));
        layout(self) == layout(other)
            && self.name == other.name
            && self.merges == other.merges
            && self.hidden_rows == other.hidden_rows
            && self.hidden_columns == other.hidden_columns
            && self.widths == other.widths
            && self.height() == other.height()
            && (0..self.height()).all(same_rows)
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
