//! A mapping of nothing but texts, as nearly every record is: read where they stand in Python, and nothing kept of them.

use std::cell::Cell as Flag;

use kepu_core::{Cell, Field, Kind, Record};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::last::Keys;
use crate::record::place;

/// A record of texts that are Python's.
pub(crate) struct Texts<'a, 'py> {
    kind: &'a Kind,
    /// By the fields' own numbers.
    texts: [Option<Bound<'py, PyString>>; Field::ALL.len()],
    /// Whether one holds half a surrogate, which is no text: it was read as nothing.
    is_broken: Flag<bool>,
}

impl<'a, 'py> Texts<'a, 'py> {
    pub(crate) fn new(kind: &'a Kind) -> Texts<'a, 'py> {
        Texts { kind, texts: [const { None }; Field::ALL.len()], is_broken: Flag::new(false) }
    }

    /// Takes the texts of a mapping. Not all of it where a field's value is neither a text nor None, or several keys name one
    /// field.
    pub(crate) fn take(&mut self, mapping: &Bound<'py, PyDict>, mut keys: Keys<'_>) -> bool {
        for (key, value) in mapping.iter() {
            let Some(field) = keys.next(&key) else { continue };
            let Some(text @ None) = self.texts.get_mut(place(field)) else { return false };
            match value.cast_into_exact::<PyString>().map_err(CastIntoError::into_inner) {
                Ok(value) => *text = Some(value),
                Err(other) if other.is_none() => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Whether all of them were texts, once they have been read.
    pub(crate) fn are_whole(&self) -> bool {
        !self.is_broken.get()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &Bound<'py, PyString>)> {
        Field::ALL.iter().zip(&self.texts).filter_map(|(field, text)| Some((*field, text.as_ref()?)))
    }

    fn text<'t>(&self, text: &'t Bound<'py, PyString>) -> Cell<'t> {
        text.to_str().map_or_else(
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
        for (cell, text) in cells.iter_mut().zip(&self.texts) {
            if let Some(text) = text {
                *cell = self.text(text);
            }
        }
    }
}
