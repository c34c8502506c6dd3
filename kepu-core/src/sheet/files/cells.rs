//! The cells of one sheet as they arrive, within the bound on the used extent.

use super::xml::Broken;
use crate::record::CellBuf;

/// More cells than the limit allows, or a place that no spreadsheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutOfBounds;

/// Why a sheet cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Broken,
    OutOfBounds,
}

impl From<Broken> for Fault {
    fn from(_: Broken) -> Fault {
        Fault::Broken
    }
}

impl From<OutOfBounds> for Fault {
    fn from(_: OutOfBounds) -> Fault {
        Fault::OutOfBounds
    }
}

/// Excel's last row and column, from 0; ods may be as large.
pub(super) const LAST_ROW: u32 = 1_048_575;
/// XFD.
pub(super) const LAST_COLUMN: u32 = 16_383;

/// Rows that grow cell by cell. A far cell is refused before a row is made for it: two cells at A1 and XFD1048576
/// make a 1.4 KB file on which a dense grid asks for 512 GiB.
pub(super) struct Cells {
    rows: Vec<Vec<CellBuf>>,
    width: u64,
    left: u64,
}

impl Cells {
    /// A sheet that may take this many cells.
    pub(super) fn new(left: u64) -> Cells {
        Cells { rows: Vec::new(), width: 0, left }
    }

    /// Puts a cell at its place; an empty one is nothing.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: CellBuf) -> Result<(), OutOfBounds> {
        if matches!(cell, CellBuf::Empty) {
            return Ok(());
        }
        if row > LAST_ROW || column > LAST_COLUMN {
            return Err(OutOfBounds);
        }
        let index = usize::try_from(row).map_err(|_| OutOfBounds)?;
        let place = usize::try_from(column).map_err(|_| OutOfBounds)?;
        let height = (u64::from(row) + 1).max(u64::try_from(self.rows.len()).unwrap_or(u64::MAX));
        let width = (u64::from(column) + 1).max(self.width);
        if height.saturating_mul(width) > self.left {
            return Err(OutOfBounds);
        }
        self.width = width;
        if self.rows.len() <= index {
            let likely = self.rows.last().map_or(0, Vec::len);
            self.rows.resize_with(index, Vec::new);
            self.rows.push(Vec::with_capacity(likely.max(place + 1)));
        }
        let Some(cells) = self.rows.get_mut(index) else { return Err(OutOfBounds) };
        if cells.len() <= place {
            cells.resize_with(place, CellBuf::default);
            cells.push(cell);
        } else if let Some(old) = cells.get_mut(place) {
            *old = cell;
        }
        Ok(())
    }

    /// How many cells the extent has so far.
    pub(super) fn extent(&self) -> u64 {
        u64::try_from(self.rows.len()).unwrap_or(u64::MAX).saturating_mul(self.width)
    }

    /// The rows.
    pub(super) fn finish(self) -> Vec<Vec<CellBuf>> {
        self.rows
    }
}
