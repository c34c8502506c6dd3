//! What the last record was asked with. The next one is mostly asked with the very same objects of Python's (the keys of a
//! program's dicts, the text of a moment), and a text never changes: what it means has not to be read again.

use kepu_core::{AsOf, Field, Kind, Lang};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::asked;
use crate::record::named;

/// How many keys are remembered: more than records have.
const MOST: usize = 64;

/// What the last record was asked with.
#[derive(Default)]
pub(crate) struct Last {
    /// The texts of its keys in order, and the field that each names.
    keys: Vec<(Py<PyString>, Option<Field>)>,
    /// Whether they were keys of an activity.
    is_activity: bool,
    as_of: Option<(Py<PyString>, AsOf)>,
}

impl Last {
    /// A moment to ask at.
    pub(crate) fn as_of(&mut self, given: &Bound<'_, PyAny>, lang: Lang) -> PyResult<AsOf> {
        if let Some((text, as_of)) = &self.as_of
            && text.is(given)
        {
            return Ok(*as_of);
        }
        let as_of = asked::as_of(given, lang)?;
        self.as_of = given.cast::<PyString>().ok().map(|text| (text.clone().unbind(), as_of));
        Ok(as_of)
    }

    /// The keys of a record of a kind, which come one after the other.
    pub(crate) fn keys<'a>(&'a mut self, kind: &'a Kind) -> Keys<'a> {
        if self.is_activity != kind.is_activity() {
            self.keys.clear();
            self.is_activity = kind.is_activity();
        }
        Keys { known: &mut self.keys, kind, place: 0 }
    }
}

/// The keys of a record, beside those of the last.
pub(crate) struct Keys<'a> {
    known: &'a mut Vec<(Py<PyString>, Option<Field>)>,
    kind: &'a Kind,
    place: usize,
}

impl Keys<'_> {
    /// The field that the next key names; none where it is no text.
    pub(crate) fn next(&mut self, key: &Bound<'_, PyAny>) -> Option<Field> {
        let place = self.place;
        if let Some((known, field)) = self.known.get(place)
            && known.is(key)
        {
            self.place += 1;
            return *field;
        }
        let key = key.cast::<PyString>().ok()?;
        let field = named(self.kind, &key.to_string_lossy());
        self.place += 1;
        let known = (key.clone().unbind(), field);
        match self.known.get_mut(place) {
            Some(old) => *old = known,
            None if place < MOST => self.known.push(known),
            None => {}
        }
        field
    }
}
