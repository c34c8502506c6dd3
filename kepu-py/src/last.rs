//! What the last record was asked with. The next one is mostly asked with the very same objects of Python's (the keys of a
//! program's dicts, the text of a moment), and a text never changes: what it means has not to be read again.

use std::sync::Arc;

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
    keys: Arc<Keys>,
    as_of: Option<(Py<PyString>, AsOf)>,
}

/// The keys of a record in order, and the field that each names, if it names one.
#[derive(Default)]
pub(crate) struct Keys {
    names: Vec<(Py<PyString>, Option<Field>)>,
    /// Whether they are keys of an activity.
    is_activity: bool,
    /// Whether no two name one field.
    are_distinct: bool,
    /// Whether each names a field.
    are_fields: bool,
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
    pub(crate) fn keys<'a>(&'a mut self, kind: &'a Kind) -> Coming<'a> {
        if self.keys.is_activity != kind.is_activity() {
            self.keys = Arc::new(Keys::new(Vec::new(), kind));
        }
        Coming { last: &mut self.keys, kind, place: 0, others: None }
    }
}

impl Keys {
    fn new(names: Vec<(Py<PyString>, Option<Field>)>, kind: &Kind) -> Keys {
        let mut fields: Vec<Field> = names.iter().filter_map(|(_, field)| *field).collect();
        let are_fields = fields.len() == names.len();
        fields.sort_unstable();
        let are_distinct = fields.windows(2).all(|pair| !matches!(pair, [a, b] if a == b));
        Keys { names, is_activity: kind.is_activity(), are_distinct, are_fields }
    }

    pub(crate) fn are_distinct(&self) -> bool {
        self.are_distinct
    }

    pub(crate) fn are_fields(&self) -> bool {
        self.are_fields
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Py<PyString>, Option<Field>)> {
        self.names.iter().map(|(name, field)| (name, *field))
    }
}

/// The keys of a record, beside those of the last.
pub(crate) struct Coming<'a> {
    last: &'a mut Arc<Keys>,
    kind: &'a Kind,
    /// How many have come.
    place: usize,
    /// All that have come, once one is another than it was in the last record.
    others: Option<Vec<(Py<PyString>, Option<Field>)>>,
}

impl Coming<'_> {
    /// The field that the next key names, if it names one; none of what is no text.
    pub(crate) fn next(&mut self, key: &Bound<'_, PyAny>) -> Option<Option<Field>> {
        let place = self.place;
        self.place += 1;
        if self.others.is_none()
            && let Some((name, field)) = self.last.names.get(place)
            && name.is(key)
        {
            return Some(*field);
        }
        let key = key.cast::<PyString>().ok()?;
        let field = named(self.kind, &key.to_string_lossy());
        self.come(key.py(), place).push((key.clone().unbind(), field));
        Some(field)
    }

    /// Those that have come.
    fn come(&mut self, py: Python<'_>, place: usize) -> &mut Vec<(Py<PyString>, Option<Field>)> {
        let same = self.last.names.iter().take(place);
        self.others.get_or_insert_with(|| same.map(|(name, field)| (name.clone_ref(py), *field)).collect())
    }

    /// All of them, when none comes any more.
    pub(crate) fn end(mut self, py: Python<'_>) -> Arc<Keys> {
        let place = self.place;
        if self.others.is_some() || place != self.last.names.len() {
            let names = std::mem::take(self.come(py, place));
            let keys = Arc::new(Keys::new(names, self.kind));
            if place > MOST {
                return keys;
            }
            *self.last = keys;
        }
        Arc::clone(self.last)
    }
}
