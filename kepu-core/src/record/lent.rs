//! A record that is looked at where it lies: in the text of its tape.

use std::borrow::Cow;

use super::kept::{Cells, Kept, Pairs};
use super::{Cell, CellBuf, Field, Items, Kind, List, Record, RecordBuf};
use crate::error::{Error, Fault, What};
use crate::notice::tree::{Node, Value};
use crate::notice::{json, tape};

/// A record that somebody parsed already, on a tape ([`Notice::from_tape`](crate::Notice::from_tape)). Its texts are not
/// copied; [`RecordBuf::from_tape`] owns them.
///
/// ```
/// use kepu_core::{Cell, Field, Kind, Record, TapeRecord};
/// let record = TapeRecord::new(Kind::ACTIVITY, "{4:活动名称4:走近湿地6:images[5:1.jpg]}")?;
/// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug)]
pub struct TapeRecord<'t> {
    kind: Kind,
    cells: Cells<Lent<'t>>,
}

impl<'t> TapeRecord<'t> {
    /// A record of a kind; its keys as in [`RecordBuf::from_pairs`].
    ///
    /// # Errors
    /// If it is no tape of one object; ask with [`Error::is_record`].
    pub fn new(kind: Kind, tape: &'t str) -> Result<TapeRecord<'t>, Error> {
        let mut read = Pairs::of(&kind);
        let is_object = tape::entries(tape, &mut |key, node| read.add(key, Lent::of(node))).map_err(no_tape)?;
        if is_object { Ok(TapeRecord { cells: read.done(), kind }) } else { Err(no_object()) }
    }

    /// The record with texts of its own.
    pub(super) fn into_buf(self) -> RecordBuf {
        RecordBuf { kind: self.kind, cells: self.cells.map(Lent::into_buf) }
    }
}

impl Record for TapeRecord<'_> {
    fn kind(&self) -> &Kind {
        &self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.cells.cell(field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.cells.put(cells);
    }
}

/// A cell whose text lies elsewhere, where it can.
#[derive(Debug)]
pub(super) enum Lent<'t> {
    Cell(Cell<'t>),
    /// A text with escapes, an object's JSON.
    Own(String),
    List(Vec<Lent<'t>>),
}

impl<'t> Lent<'t> {
    /// The cell of a value that was parsed.
    pub(super) fn of(node: Node<'t>) -> Lent<'t> {
        Lent::Cell(match node.value {
            Value::Null => Cell::Empty,
            Value::Bool(yes) => Cell::Bool(yes),
            Value::Int(number) => Cell::Int(number),
            Value::Float(number) => Cell::Float(number),
            Value::Text(Cow::Borrowed(text)) => Cell::Text(text),
            Value::Text(Cow::Owned(text)) => return Lent::Own(text),
            Value::List(items) => return Lent::List(items.into_iter().map(Lent::of).collect()),
            Value::Table(_) => return Lent::Own(json::write(&node)),
        })
    }

    pub(super) fn into_buf(self) -> CellBuf {
        match self {
            Lent::Cell(cell) => cell.to_buf(),
            Lent::Own(text) => CellBuf::Text(text),
            Lent::List(items) => CellBuf::List(items.into_iter().map(Lent::into_buf).collect()),
        }
    }
}

impl Kept for Lent<'_> {
    fn cell(&self) -> Cell<'_> {
        match self {
            Lent::Cell(cell) => *cell,
            Lent::Own(text) => Cell::Text(text),
            Lent::List(items) => Cell::List(List::new(items, 0, items.len())),
        }
    }
}

impl Items for Vec<Lent<'_>> {
    fn item(&self, index: usize) -> Cell<'_> {
        self.get(index).map_or(Cell::Empty, Kept::cell)
    }
}

pub(super) fn no_object() -> Error {
    Error::other(
        What::Record,
        "记录应是一个 JSON 对象，例如 {\"title\": \"…\"}",
        "a record is one JSON object, such as {\"title\": \"…\"}",
    )
}

pub(super) fn no_tape(fault: Fault) -> Error {
    Error::other(What::Record, fault.zh, fault.en)
}
