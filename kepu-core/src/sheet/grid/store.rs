//! The cells of a grid, packed: sixteen bytes each, their texts in two stores.

#[cfg(feature = "files")]
mod writer;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::record::{Cell, CellBuf, List};

#[cfg(feature = "files")]
pub(crate) use writer::Writer;

/// A cell; a text by its place in a store.
#[derive(Debug, Clone, Copy)]
enum Packed {
    Empty,
    /// In the sheet's own store.
    Own(Span),
    /// In the store that cells share: the workbook's table, or the text of the file itself.
    #[cfg_attr(not(feature = "files"), expect(dead_code, reason = "only files have texts that cells share"))]
    Shared(Span),
    Int(i64),
    Float(f64),
    Bool(bool),
    Day(NaiveDate),
    Moment(NaiveDateTime),
    List(u32),
}

const _: () = assert!(size_of::<Packed>() <= 16, "100,000 rows of 16 columns are to be 25 MB of cells");

/// The place of a text in a store; packed, or a cell would take twenty-four bytes.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(4))]
pub(crate) struct Span {
    from: usize,
    len: u32,
}

impl Span {
    /// A text of so many bytes from a place on; none if it is longer than any text may be.
    pub(crate) fn new(from: usize, len: usize) -> Option<Span> {
        Some(Span { from, len: u32::try_from(len).ok()? })
    }

    fn cut(self, store: &str) -> &str {
        let Span { from, len } = self;
        let to = usize::try_from(len).ok().and_then(|len| from.checked_add(len));
        to.and_then(|to| store.get(from..to)).unwrap_or_default()
    }
}

/// Rows of packed cells, each as long as its last cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store {
    cells: Vec<Packed>,
    /// Where each row ends in `cells`; what is behind the last is the row that is being written.
    ends: Vec<usize>,
    own: String,
    shared: Arc<String>,
    lists: Vec<Vec<CellBuf>>,
}

/// The cells of one row.
#[derive(Clone, Copy)]
pub(crate) struct Lent<'s> {
    store: &'s Store,
    packed: &'s [Packed],
}

impl<'s> Lent<'s> {
    /// The cell of a column; [`Cell::Empty`] where there is none.
    pub(crate) fn cell(self, column: usize) -> Cell<'s> {
        self.packed.get(column).map_or(Cell::Empty, |packed| self.store.unpacked(*packed))
    }
}

impl Store {
    /// How many rows there are.
    pub(crate) fn height(&self) -> usize {
        self.ends.len()
    }

    /// How many cells a row has, empty ones before its last too.
    pub(crate) fn len(&self, row: usize) -> usize {
        self.lent(row).packed.len()
    }

    /// The cell at a place; [`Cell::Empty`] where there is none.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.lent(row).cell(column)
    }

    /// The cells of a row.
    pub(crate) fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Cell<'_>> + DoubleEndedIterator + Clone {
        self.lent(row).packed.iter().map(|packed| self.unpacked(*packed))
    }

    /// The cells of a row to be asked for one by one.
    pub(crate) fn lent(&self, row: usize) -> Lent<'_> {
        let (from, to) = self.range(row);
        Lent { store: self, packed: self.cells.get(from..to).unwrap_or_default() }
    }

    fn range(&self, row: usize) -> (usize, usize) {
        let Some(to) = self.ends.get(row).copied() else { return (0, 0) };
        (row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default(), to)
    }

    fn unpacked(&self, packed: Packed) -> Cell<'_> {
        match packed {
            Packed::Empty => Cell::Empty,
            Packed::Own(span) => Cell::Text(span.cut(&self.own)),
            Packed::Shared(span) => Cell::Text(span.cut(&self.shared)),
            Packed::Int(number) => Cell::Int(number),
            Packed::Float(number) => Cell::Float(number),
            Packed::Bool(yes) => Cell::Bool(yes),
            Packed::Day(day) => Cell::Day(day),
            Packed::Moment(moment) => Cell::Moment(moment),
            Packed::List(index) => {
                let list = usize::try_from(index).ok().and_then(|index| self.lists.get(index));
                list.map_or(Cell::Empty, |items| Cell::List(List::new(items, 0, items.len())))
            }
        }
    }

    fn packed(&mut self, cell: Cell<'_>) -> Packed {
        match cell {
            Cell::Empty => Packed::Empty,
            Cell::Text(text) => {
                let span = Span::new(self.own.len(), text.len());
                if span.is_some() {
                    self.own.push_str(text);
                }
                span.map_or(Packed::Empty, Packed::Own)
            }
            Cell::Int(number) => Packed::Int(number),
            Cell::Float(number) => Packed::Float(number),
            Cell::Bool(yes) => Packed::Bool(yes),
            Cell::Day(day) => Packed::Day(day),
            Cell::Moment(moment) => Packed::Moment(moment),
            Cell::List(list) => {
                let index = u32::try_from(self.lists.len());
                self.lists.push(list.iter().map(Cell::to_buf).collect());
                index.map_or(Packed::Empty, Packed::List)
            }
        }
    }

    /// Puts a cell behind the last of the row that is being written.
    pub(crate) fn push(&mut self, cell: Cell<'_>) {
        let packed = self.packed(cell);
        self.cells.push(packed);
    }

    /// Ends the row that is being written.
    pub(crate) fn end_row(&mut self) {
        self.ends.push(self.cells.len());
    }
}
