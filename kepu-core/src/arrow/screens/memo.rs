//! What the one check said of a value that comes again and again.

use std::hash::{BuildHasher, Hash};

use chrono::NaiveDate;

use super::Screens;
use crate::finding::Finding;
use crate::reading::is_empty_text;
use crate::record::{Field, RecordBuf};

/// How many values of one field are remembered; each has one place, where the last comer stays.
const PLACES: usize = 512;

/// Values and what is known of them, each in its place; none at all before the first came.
type Places<K, V> = Vec<Option<(K, V)>>;

/// What was asked before, kept from batch to batch.
#[derive(Debug, Default)]
pub(in super::super) struct Memos {
    state: foldhash::fast::RandomState,
    /// By the index of the field.
    names: Vec<Places<Box<str>, Known>>,
    pairs: Places<(u32, u32), bool>,
    spans: Places<(NaiveDate, NaiveDate), bool>,
    days: Places<NaiveDate, bool>,
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) is_empty: bool,
    /// Nothing is said of it.
    pub(super) is_silent: bool,
    /// The node that it names.
    pub(super) node: Option<u32>,
}

impl Memos {
    fn place(&self, value: impl Hash) -> usize {
        usize::try_from(self.state.hash_one(value)).unwrap_or_default() % PLACES
    }

    /// What the one check says of a name alone.
    pub(super) fn name(&mut self, screens: &Screens<'_>, field: Field, text: &str) -> Known {
        let place = self.place(text);
        if self.names.is_empty() {
            self.names.resize_with(Field::ALL.len(), Vec::new);
        }
        let Some(of_field) = self.names.get_mut(field.index()) else { return known(screens, field, text) };
        if of_field.is_empty() {
            of_field.resize_with(PLACES, || None);
        }
        match of_field.get_mut(place) {
            Some(Some((same, known))) if **same == *text => *known,
            slot => {
                let known = known(screens, field, text);
                // A long text is no name, and is not kept.
                if let Some(slot) = slot.filter(|_| text.len() < 1_024) {
                    *slot = Some((text.into(), known));
                }
                known
            }
        }
    }

    /// Whether nothing is said of a category and a kind of organiser together.
    pub(super) fn pair(&mut self, screens: &Screens<'_>, category: u32, kind: u32) -> bool {
        let place = self.place((category, kind));
        remembered(&mut self.pairs, place, (category, kind), || {
            let plan = screens.checker.plan();
            let id =
                |list: &crate::notice::names::NameList, node| list.get(node).map(|entry| entry.id.clone()).unwrap_or_default();
            let record = RecordBuf::new(screens.kind.clone())
                .with(Field::Category, id(&plan.categories, category))
                .with(Field::OrganizerKind, id(&plan.organizer_kinds, kind));
            screens.is_silent(&record, &[Field::Category, Field::OrganizerKind])
        })
    }

    /// Whether nothing is said of a first and a last day.
    pub(super) fn span(&mut self, screens: &Screens<'_>, first: NaiveDate, last: NaiveDate) -> bool {
        let place = self.place((first, last));
        remembered(&mut self.spans, place, (first, last), || screens.are_days_silent(first, last))
    }

    /// Whether nothing is said of a day of publishing.
    pub(super) fn day(&mut self, screens: &Screens<'_>, day: NaiveDate) -> bool {
        let place = self.place(day);
        remembered(&mut self.days, place, day, || screens.is_day_silent(day))
    }
}

fn remembered<K: PartialEq>(known: &mut Places<K, bool>, place: usize, key: K, ask: impl FnOnce() -> bool) -> bool {
    if known.is_empty() {
        known.resize_with(PLACES, || None);
    }
    match known.get_mut(place) {
        Some(Some((same, silent))) if *same == key => *silent,
        Some(slot) => {
            let silent = ask();
            *slot = Some((key, silent));
            silent
        }
        None => ask(),
    }
}

fn known(screens: &Screens<'_>, field: Field, text: &str) -> Known {
    let record = RecordBuf::new(screens.kind.clone()).with(field, text);
    let report = screens.checker.glance(&record, screens.as_of);
    let says = |finding: &Finding<'_>| finding.path().of() == Some(field);
    // A field that has to be given is missed where it is empty: that is said of the row, not of the name.
    let is_silent = !report.findings.iter().any(says);
    Known {
        is_empty: is_empty_text(text),
        is_silent,
        node: report.case.read.name(field).and_then(|read| read.value()).map(|named| named.node),
    }
}
