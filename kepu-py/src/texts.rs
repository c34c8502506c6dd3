//! A mapping of nothing but texts, as nearly every record is: its texts stay where they stand in Python.

use std::cell::Cell as Flag;
use std::sync::Arc;

use kepu_core::{Cell, Field, Kind, Record};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::last::{Keys, Last};
use crate::record::place;

/// The keys of a mapping, and the text that stands under each; none where None does, or where the key names no field.
pub(crate) struct Held {
    keys: Arc<Keys>,
    texts: Vec<Option<Py<PyString>>>,
    /// The mapping as it was, where more stands in it.
    mapping: Option<Py<PyDict>>,
}

impl Held {
    /// Takes the texts of a mapping. None where several keys name one field, or a field's value is neither a text nor None.
    pub(crate) fn of(mapping: &Bound<'_, PyDict>, kind: &Kind, last: &mut Last) -> PyResult<Option<Held>> {
        let (mut keys, mut texts) = (last.keys(kind), Vec::with_capacity(mapping.len()));
        for (key, value) in mapping.iter() {
            let Some(field) = keys.next(&key) else { return Ok(None) };
            texts.push(match value.cast_into_exact::<PyString>().map_err(CastIntoError::into_inner) {
                _ if field.is_none() => None,
                Ok(text) => Some(text.unbind()),
                Err(other) if other.is_none() => None,
                Err(_) => return Ok(None),
            });
        }
        let keys = keys.end(mapping.py());
        if !keys.are_distinct() {
            return Ok(None);
        }
        let mapping = if keys.are_fields() { None } else { Some(mapping.copy()?.unbind()) };
        Ok(Some(Held { keys, texts, mapping }))
    }

    /// A mapping as it was.
    pub(crate) fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        if let Some(mapping) = &self.mapping {
            return mapping.bind(py).copy();
        }
        let mapping = PyDict::new(py);
        for ((name, _), text) in self.keys.iter().zip(&self.texts) {
            mapping.set_item(name, text)?;
        }
        Ok(mapping)
    }

    /// What stands there, as a record of a kind.
    pub(crate) fn record<'a, 'py>(&'a self, kind: &'a Kind, py: Python<'py>) -> Texts<'a, 'py> {
        Texts { kind, held: self, py, is_broken: Flag::new(false) }
    }

    /// The texts that stand there, and in which field.
    fn iter(&self) -> impl Iterator<Item = (Field, &Py<PyString>)> {
        self.keys.iter().zip(&self.texts).filter_map(|((_, field), text)| Some((field?, text.as_ref()?)))
    }
}

/// A record of texts that are Python's.
pub(crate) struct Texts<'a, 'py> {
    kind: &'a Kind,
    held: &'a Held,
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
        let text = self.held.iter().find(|(of, _)| *of == field);
        text.map_or(Cell::Empty, |(_, text)| self.text(text))
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        for (field, text) in self.held.iter() {
            if let Some(cell) = cells.get_mut(place(field)) {
                *cell = self.text(text);
            }
        }
    }
}
