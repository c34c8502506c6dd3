//! A mapping of nothing but texts, as nearly every record is: read where they stand in Python, and nothing kept of them.

use kepu_core::{Cell, Field, Kind, Record};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::last::Keys;
use crate::record::place;

/// The texts of a mapping, by the fields' own numbers.
#[derive(Default)]
pub(crate) struct Texts<'py>([Option<Bound<'py, PyString>>; Field::ALL.len()]);

impl<'py> Texts<'py> {
    /// Takes the texts of a mapping. Not all of it where a field's value is neither a text nor None, or several keys name one
    /// field.
    pub(crate) fn take(&mut self, mapping: &Bound<'py, PyDict>, mut keys: Keys<'_>) -> bool {
        for (key, value) in mapping.iter() {
            let Ok(key) = key.cast::<PyString>() else { continue };
            let Some(field) = keys.next(key) else { continue };
            let Some(text @ None) = self.0.get_mut(place(field)) else { return false };
            match value.cast_into::<PyString>().map_err(CastIntoError::into_inner) {
                Ok(value) => *text = Some(value),
                Err(other) if other.is_none() => {}
                Err(_) => return false,
            }
        }
        true
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &Bound<'py, PyString>)> {
        Field::ALL.iter().zip(&self.0).filter_map(|(field, text)| Some((*field, text.as_ref()?)))
    }
}

/// A record whose texts are Python's. It is filled where it lies: to move it costs as much as to fill it.
pub(crate) struct Lent<'a> {
    kind: &'a Kind,
    texts: [Option<&'a str>; Field::ALL.len()],
}

impl<'a> Lent<'a> {
    pub(crate) fn new(kind: &'a Kind) -> Lent<'a> {
        Lent { kind, texts: [None; Field::ALL.len()] }
    }

    /// Takes these texts. Not all of them where one holds half a surrogate, which is no text.
    pub(crate) fn take(&mut self, texts: &'a Texts<'_>) -> bool {
        for (place, text) in self.texts.iter_mut().zip(&texts.0) {
            if let Some(text) = text {
                let Ok(text) = text.to_str() else { return false };
                *place = Some(text);
            }
        }
        true
    }
}

impl Record for Lent<'_> {
    fn kind(&self) -> &Kind {
        self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.texts.get(place(field)).copied().flatten().map_or(Cell::Empty, Cell::Text)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        for (cell, text) in cells.iter_mut().zip(&self.texts) {
            if let Some(text) = text {
                *cell = Cell::Text(text);
            }
        }
    }
}
