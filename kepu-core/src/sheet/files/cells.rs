//! The cells of one sheet as they arrive, within the bound on the used extent.

use std::sync::Arc;

use super::fault::Fault;
use crate::record::{Cell, CellBuf};
use crate::sheet::grid::{Span, Store, Writer};

/// Excel's last column, XFD, from 0.
pub(super) const LAST_COLUMN: u32 = 16_383;
/// Nobody merges so many, and a file may claim more.
pub(super) const MERGES: usize = 1_000_000;
/// No program makes so many sheets.
pub(super) const SHEETS: usize = 10_000;

/// Rows that grow cell by cell, as many as fit into the bound: a CSV or a program's xlsx may have more than Excel shows. A
/// far cell is refused before a row is made for it: two cells at A1 and XFD1048576
/// make a 1.4 KB file on which a dense grid asks for 512 GiB.
pub(super) struct Cells {
    writer: Writer,
    height: u64,
    width: u64,
    /// Cells that the extent may have, and cells that may still be put: a file may name one place over and over.
    bound: u64,
    left: u64,
}

impl Cells {
    /// A sheet that may take this many cells, whose texts may stand in a store shared with others.
    pub(super) fn new(bound: u64, shared: Arc<String>) -> Cells {
        Cells { writer: Writer::new(shared), height: 0, width: 0, bound, left: bound }
    }

    /// Puts a cell at its place; an empty one is nothing.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: &CellBuf) -> Result<(), Fault> {
        match cell.cell() {
            Cell::Empty => Ok(()),
            cell => self.place(row, column).map(|(row, column)| self.writer.put(row, column, cell)),
        }
    }

    /// Puts a text as a cell; an empty one is nothing.
    pub(super) fn put_text(&mut self, row: u32, column: u32, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        self.place(row, column).map(|(row, column)| self.writer.put(row, column, Cell::Text(text)))
    }

    /// Puts a text of the shared store.
    pub(super) fn put_shared(&mut self, row: u32, column: u32, span: Span) -> Result<(), Fault> {
        if span.is_empty() {
            return Ok(());
        }
        self.place(row, column).map(|(row, column)| self.writer.put_shared(row, column, span))
    }

    /// A place that the sheet may still fill.
    fn place(&mut self, row: u32, column: u32) -> Result<(usize, usize), Fault> {
        self.height = self.height.max(u64::from(row) + 1);
        self.width = self.width.max(u64::from(column) + 1);
        if self.extent() > self.bound {
            return Err(Fault::OverCells);
        }
        self.left = self.left.checked_sub(1).ok_or(Fault::OverCells)?;
        let place = |at: u32| usize::try_from(at).map_err(|_| Fault::OverCells);
        Ok((place(row)?, place(column)?))
    }

    /// How many cells the extent has so far.
    pub(super) fn extent(&self) -> u64 {
        self.height.saturating_mul(self.width)
    }

    /// The rows.
    pub(super) fn finish(self) -> Store {
        self.writer.finish()
    }
}
