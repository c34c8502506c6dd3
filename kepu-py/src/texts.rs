//! A mapping of nothing but texts, as nearly every record is: read where they stand in Python, and nothing kept of them.

use kepu_core::{Cell, Field, Kind, Record};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::last::Keys;
use crate::record::place;

/// The texts of a mapping, by the fields' own numbers.
pub(crate) struct Texts<'py>([Option<Bound<'py, PyString>>; Field::ALL.len()]);

impl<'py> Texts<'py> {
    /// None where a field's value is neither a text nor None, or several keys name one field.
    pub(crate) fn of(mapping: &Bound<'py, PyDict>, mut keys: Keys<'_>) -> Option<Texts<'py>> {
        let mut texts = [const { None }; Field::ALL.len()];
        for (key, value) in mapping.iter() {
            let Ok(key) = key.cast::<PyString>() else { continue };
            let Some(field) = keys.next(key) else { continue };
            let text = texts.get_mut(place(field)).filter(|text| text.is_none())?;
            match value.cast_into::<PyString>().map_err(CastIntoError::into_inner) {
                Ok(value) => *text = Some(value),
                Err(other) if other.is_none() => {}
                Err(_) => return None,
            }
        }
        Some(Texts(texts))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &Bound<'py, PyString>)> {
        Field::ALL.iter().zip(&self.0).filter_map(|(field, text)| Some((*field, text.as_ref()?)))
    }

    /// The record that they make; none where one holds half a surrogate, which is no text.
    pub(crate) fn record<'a>(&'a self, kind: &'a Kind) -> Option<Lent<'a>> {
        let mut cells = [Cell::Empty; Field::ALL.len()];
        for (cell, text) in cells.iter_mut().zip(&self.0) {
            if let Some(text) = text {
                *cell = Cell::Text(text.to_str().ok()?);
            }
        }
        Some(Lent { kind, cells })
    }
}

/// A record whose texts are Python's.
pub(crate) struct Lent<'a> {
    kind: &'a Kind,
    cells: [Cell<'a>; Field::ALL.len()],
}

impl Record for Lent<'_> {
    fn kind(&self) -> &Kind {
        self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.cells.get(place(field)).copied().unwrap_or(Cell::Empty)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        cells.iter_mut().zip(&self.cells).for_each(|(place, cell)| *place = *cell);
    }
}
