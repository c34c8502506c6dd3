//! A mapping of nothing but texts, as nearly every record is: its texts stay where they stand in Python.

use std::cell::Cell as Flag;
use std::sync::Arc;

use kepu_core::{Cell, Field, Kind, Record};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::last::{Keys, Last};
use crate::record::place;

/// The texts of a mapping, by the fields' own numbers, and the keys under which they stand there.
pub(crate) struct Held {
    keys: Arc<Keys>,
    texts: [Option<Py<PyString>>; Field::ALL.len()],
}

impl Held {
    /// Takes the texts of a mapping. None where several keys name one field, or a field's value is neither a text nor None.
    pub(crate) fn of(mapping: &Bound<'_, PyDict>, kind: &Kind, last: &mut Last) -> Option<Held> {
        let (mut keys, mut texts) = (last.keys(kind), [const { None }; Field::ALL.len()]);
        for (key, value) in mapping.iter() {
            let Some(field) = keys.next(&key)? else { continue };
            let text @ None = texts.get_mut(place(field))? else { return None };
            match value.cast_into_exact::<PyString>().map_err(CastIntoError::into_inner) {
                Ok(value) => *text = Some(value.unbind()),
                Err(other) if other.is_none() => {}
                Err(_) => return None,
            }
        }
        Some(Held { keys: keys.end(mapping.py()), texts })
    }

    /// Whether nothing else stands in the mapping.
    pub(crate) fn is_all(&self) -> bool {
        self.keys.are_fields()
    }

    /// The mapping again, where nothing else stands in it.
    pub(crate) fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let mapping = PyDict::new(py);
        for (name, field) in self.keys.iter() {
            mapping.set_item(name, self.texts.get(place(field)).and_then(Option::as_ref))?;
        }
        Ok(mapping)
    }

    /// What stands there, as a record of a kind.
    pub(crate) fn record<'a, 'py>(&'a self, kind: &'a Kind, py: Python<'py>) -> Texts<'a, 'py> {
        Texts { kind, texts: &self.texts, py, is_broken: Flag::new(false) }
    }
}

/// A record of texts that are Python's.
pub(crate) struct Texts<'a, 'py> {
    kind: &'a Kind,
    texts: &'a [Option<Py<PyString>>],
    py: Python<'py>,
    /// Whether one holds half a surrogate, which is no text: it was read as nothing.
    is_broken: Flag<bool>,
}

impl Texts<'_, '_> {
    /// Whether all of them were texts, once they have been read.
    pub(crate) fn are_whole(&self) -> bool {
        !self.is_broken.get()
    }

    fn text<'t>(&'t self, text: &'t Py<PyString>) -> Cell<'t> {
        text.bind(self.py).to_str().map_or_else(
            |_| {
                self.is_broken.set(true);
                Cell::Empty
            },
            Cell::Text,
        )
    }
}

impl Record for Texts<'_, '_> {
    fn kind(&self) -> &Kind {
        self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        let text = self.texts.get(place(field)).and_then(Option::as_ref);
        text.map_or(Cell::Empty, |text| self.text(text))
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        for (cell, text) in cells.iter_mut().zip(self.texts) {
            if let Some(text) = text {
                *cell = self.text(text);
            }
        }
    }
}
