//! Cells as a file brings them: most in order, some late, many with texts that others have too.

use std::sync::Arc;

use super::{Packed, Span, Store};
use crate::record::Cell;

impl Span {
    /// Whether the text is empty.
    pub(crate) fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A store that is being written.
pub(crate) struct Writer {
    store: Store,
    /// Cells that came after one that stands behind them.
    late: Vec<(usize, usize, Packed)>,
}

impl Writer {
    /// An empty store whose cells may be texts of a shared one.
    pub(crate) fn new(shared: Arc<String>) -> Writer {
        Writer { store: Store { shared, ..Store::default() }, late: Vec::new() }
    }

    /// How many rows have ended.
    pub(crate) fn height(&self) -> usize {
        self.store.height()
    }

    /// Puts a cell behind the last of the row that is being written.
    pub(crate) fn push(&mut self, cell: Cell<'_>) {
        self.store.push(cell);
    }

    /// The same with a text of the shared store.
    pub(crate) fn push_shared(&mut self, span: Span) {
        self.store.cells.push(Packed::Shared(span));
    }

    /// Ends the row that is being written.
    pub(crate) fn end_row(&mut self) {
        self.store.end_row();
    }

    /// Puts a cell at its place, in whatever order cells come; of two at one place the later counts.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: Cell<'_>) {
        let packed = self.store.packed(cell);
        self.place(row, column, packed);
    }

    /// The same with a text of the shared store.
    pub(crate) fn put_shared(&mut self, row: usize, column: usize, span: Span) {
        self.place(row, column, Packed::Shared(span));
    }

    fn place(&mut self, row: usize, column: usize, packed: Packed) {
        let store = &mut self.store;
        while store.ends.len() < row {
            store.end_row();
        }
        let begin = store.ends.last().copied().unwrap_or_default();
        if store.ends.len() > row || store.cells.len() - begin > column {
            self.late.push((row, column, packed));
            return;
        }
        store.cells.resize(begin + column, Packed::Empty);
        store.cells.push(packed);
    }

    /// Ends the last row, and brings cells that came late to their places.
    pub(crate) fn finish(self) -> Store {
        let Writer { mut store, late } = self;
        if store.cells.len() > store.ends.last().copied().unwrap_or_default() {
            store.end_row();
        }
        if late.is_empty() {
            return store;
        }
        let cells = |row| {
            let (from, to) = store.range(row);
            store.cells.get(from..to).unwrap_or_default().to_vec()
        };
        let mut rows: Vec<Vec<Packed>> = (0..store.height()).map(cells).collect();
        for (row, column, packed) in late {
            let Some(cells) = rows.get_mut(row) else { continue };
            if cells.len() <= column {
                cells.resize(column + 1, Packed::Empty);
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = packed;
            }
        }
        (store.cells, store.ends) = (Vec::new(), Vec::new());
        for row in rows {
            store.cells.extend(row);
            store.end_row();
        }
        store
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::CellBuf;

    #[test]
    fn cells_come_in_any_order_and_the_later_of_two_counts() {
        let mut writer = Writer::new(Arc::new("走近湿地".to_owned()));
        writer.put(2, 1, Cell::Int(21));
        writer.put(0, 0, Cell::Text("早"));
        writer.put_shared(2, 0, Span::new(6, 6).unwrap());
        writer.put(2, 1, Cell::Int(22));
        writer.put(2, 3, Cell::Bool(true));
        let store = writer.finish();
        let rows: Vec<Vec<CellBuf>> = (0..store.height()).map(|row| store.row(row).map(Cell::to_buf).collect()).collect();
        let third = vec![CellBuf::from("湿地"), CellBuf::from(22), CellBuf::Empty, CellBuf::from(true)];
        assert_eq!(rows, [vec![CellBuf::from("早")], vec![], third]);
    }

    #[test]
    fn a_gap_is_empty_and_nothing_stands_beyond_the_last_cell() {
        let mut writer = Writer::new(Arc::default());
        writer.put(1, 2, Cell::Int(1));
        let store = writer.finish();
        assert_eq!((store.height(), store.len(0), store.len(1), store.len(9)), (2, 0, 3, 0));
        assert!(matches!((store.cell(1, 0), store.cell(1, 3), store.cell(7, 7)), (Cell::Empty, Cell::Empty, Cell::Empty)));
    }
}
