//! Cells kept by the field that they are of, whoever owns their texts.

use super::{Cell, Field, Kind, headers};
use crate::error::{Error, Fault, What};
use crate::notice::tape;
use crate::notice::tree::Node;
use crate::reading::is_empty;

/// What is kept of a cell.
pub(super) trait Kept {
    /// The cell as a view.
    fn cell(&self) -> Cell<'_>;
}

/// The cells of a record, at most one of each field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells<C> {
    cells: Vec<(Field, C)>,
    /// Where the cell of each field stands, counted from one; by [`Field::index`].
    places: [u8; Field::ALL.len()],
}

impl<C: Kept> Cells<C> {
    pub(super) fn new() -> Cells<C> {
        Cells { cells: Vec::new(), places: [0; Field::ALL.len()] }
    }

    fn at(&self, field: Field) -> Option<usize> {
        usize::from(self.places.get(field.index()).copied()?).checked_sub(1)
    }

    fn get_mut(&mut self, field: Field) -> Option<&mut C> {
        self.at(field).and_then(|at| self.cells.get_mut(at)).map(|(_, cell)| cell)
    }

    pub(super) fn set(&mut self, field: Field, cell: C) {
        match self.get_mut(field) {
            Some(old) => *old = cell,
            None => self.push(field, cell),
        }
    }

    /// Adds the cell of a field that has none.
    fn push(&mut self, field: Field, cell: C) {
        self.cells.push((field, cell));
        if let (Some(place), Ok(at)) = (self.places.get_mut(field.index()), u8::try_from(self.cells.len())) {
            *place = at;
        }
    }

    /// The cell of a field; [`Cell::Empty`] where there is none.
    pub(super) fn cell(&self, field: Field) -> Cell<'_> {
        self.at(field).and_then(|at| self.cells.get(at)).map_or(Cell::Empty, |(_, cell)| cell.cell())
    }

    /// Puts each cell at the place of its field.
    pub(super) fn put<'r>(&'r self, cells: &mut [Cell<'r>]) {
        for (field, cell) in &self.cells {
            if let Some(place) = cells.get_mut(field.index()) {
                *place = cell.cell();
            }
        }
    }

    /// The cells of the object that is on a tape.
    ///
    /// # Errors
    /// If it is no tape of one object.
    pub(super) fn of_tape<'t>(kind: &Kind, tape: &'t str, kept: impl Fn(Node<'t>) -> C) -> Result<Cells<C>, Error> {
        Cells::of_object(kind, kept, |each| tape::entries(tape, each).map_err(no_tape))
    }

    /// The cells of an object, kept as its entries are read; false from who reads them where it is something else.
    ///
    /// # Errors
    /// If it is no object, or cannot be read.
    pub(super) fn of_object<'t>(
        kind: &Kind,
        kept: impl Fn(Node<'t>) -> C,
        read: impl FnOnce(&mut dyn FnMut(&str, Node<'t>)) -> Result<bool, Error>,
    ) -> Result<Cells<C>, Error> {
        let mut pairs = Pairs::of(kind);
        if read(&mut |key, node| pairs.add(key, kept(node)))? { Ok(pairs.done()) } else { Err(no_object()) }
    }
}

/// Cells on their way from keys as people write them.
pub(super) struct Pairs<'k, C> {
    kind: &'k Kind,
    cells: Cells<C>,
    /// By which of its names each field was called; by [`Field::index`].
    ranks: [usize; Field::ALL.len()],
}

impl<C: Kept> Pairs<'_, C> {
    pub(super) fn of(kind: &Kind) -> Pairs<'_, C> {
        let mut cells = Cells::new();
        cells.cells.reserve(16);
        Pairs { kind, cells, ranks: [0; Field::ALL.len()] }
    }

    /// Adds the cell of a key. Of several keys of one field the id ranks first, then the order of the field's names, and the
    /// first that is not empty is read.
    pub(super) fn add(&mut self, key: &str, cell: C) {
        let Some((field, rank)) = headers::resolve(self.kind, key) else { return };
        let Some(best) = self.ranks.get_mut(field.index()) else { return };
        match self.cells.get_mut(field) {
            None => self.cells.push(field, cell),
            Some(old) if is_empty(old.cell()) || (rank < *best && !is_empty(cell.cell())) => *old = cell,
            Some(_) => return,
        }
        *best = rank;
    }

    pub(super) fn done(self) -> Cells<C> {
        self.cells
    }
}

fn no_object() -> Error {
    Error::other(
        What::Record,
        "记录应是一个 JSON 对象，例如 {\"title\": \"…\"}",
        "a record is one JSON object, such as {\"title\": \"…\"}",
    )
}

pub(super) fn no_tape(fault: Fault) -> Error {
    Error::other(What::Record, fault.zh, fault.en)
}
