//! What the one check said of a value that comes again and again.

use chrono::{Datelike, NaiveDate};

use super::Screens;
use super::cells::{self, Said};
use crate::finding::Finding;
use crate::reading::{Years, is_empty_text};
use crate::record::{Cell, Field, RecordBuf};

/// What was asked before, kept from batch to batch. Nothing hangs on it but time.
#[derive(Debug, Default)]
pub(in super::super) struct Memos {
    /// By the index of the field.
    names: Vec<Texts<Known>>,
    days_said: Vec<Texts<Said>>,
    /// Days in the form that most tables have.
    plain: Places<[u8; 10], Option<NaiveDate>>,
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
    /// What the one check says of a name alone.
    pub(super) fn name(&mut self, screens: &Screens<'_>, field: Field, text: &str) -> Known {
        of_field(&mut self.names, field, text, || known(screens, field, text))
    }

    /// The days that a text says, other than by ten signs.
    pub(super) fn days_said(&mut self, field: Field, text: &str, years: Years) -> Said {
        of_field(&mut self.days_said, field, text, || cells::of_day(Cell::Text(text), years))
    }

    /// The day that ten signs say.
    pub(super) fn plain_day(&mut self, text: &[u8; 10]) -> Option<NaiveDate> {
        let place = text.last_chunk().map_or(0, |signs| mixed(u64::from_le_bytes(*signs)));
        self.plain.remembered(place, *text, || cells::plain_day(text))
    }

    /// Whether nothing is said of a category and a kind of organiser together.
    pub(super) fn pair(&mut self, screens: &Screens<'_>, category: u32, kind: u32) -> bool {
        self.pairs.remembered(mixed(u64::from(category) << 32 | u64::from(kind)), (category, kind), || {
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
        // Spans of up to a fortnight that begin within a month have places of their own.
        let (from, to) = (first.ordinal(), last.ordinal());
        let place = from.wrapping_mul(16) | to.wrapping_sub(from) & 15;
        self.spans.remembered(place.into(), (first, last), || screens.are_days_silent(first, last))
    }

    /// Whether nothing is said of a day of publishing.
    pub(super) fn day(&mut self, screens: &Screens<'_>, day: NaiveDate) -> bool {
        self.days.remembered(day.ordinal().into(), day, || screens.is_day_silent(day))
    }
}

/// How many values are remembered, a power of two; each has one place, where the last comer stays.
const PLACES: u64 = 1_024;

/// Values and what is known of them, each in its place; no places at all before the first came.
#[derive(Debug)]
struct Places<K, V>(Vec<Option<(K, V)>>);

impl<K, V> Default for Places<K, V> {
    fn default() -> Places<K, V> {
        Places(Vec::new())
    }
}

impl<K: PartialEq, V: Copy> Places<K, V> {
    fn remembered(&mut self, place: u64, key: K, ask: impl FnOnce() -> V) -> V {
        if self.0.is_empty() {
            self.0.resize_with(usize::try_from(PLACES).unwrap_or_default(), || None);
        }
        match usize::try_from(place % PLACES).ok().and_then(|place| self.0.get_mut(place)) {
            Some(Some((same, known))) if *same == key => *known,
            Some(slot) => {
                let known = ask();
                *slot = Some((key, known));
                known
            }
            None => ask(),
        }
    }
}

/// The texts of one field, each in the place of its ends or in the one beside it: those that come again and again are few,
/// but two of them with one place would drive each other out at every row.
#[derive(Debug)]
struct Texts<V>(Vec<Option<(u64, Box<str>, V)>>);

/// What is known of a text of a field.
fn of_field<V: Copy>(fields: &mut Vec<Texts<V>>, field: Field, text: &str, ask: impl FnOnce() -> V) -> V {
    if fields.is_empty() {
        fields.resize_with(Field::ALL.len(), || Texts(Vec::new()));
    }
    match fields.get_mut(field.index()) {
        Some(texts) => texts.remembered(text, ask),
        None => ask(),
    }
}

impl<V: Copy> Texts<V> {
    fn remembered(&mut self, text: &str, ask: impl FnOnce() -> V) -> V {
        let ends = ends(text.as_bytes());
        let place = usize::try_from(mixed(ends) % PLACES).unwrap_or_default();
        for place in [place, place ^ 1] {
            if let Some(Some((same_ends, same, known))) = self.0.get(place)
                && *same_ends == ends
                && **same == *text
            {
                return *known;
            }
        }
        let known = ask();
        // A long text is none that comes again, and is not kept.
        if text.len() < 1_024 {
            self.keep(place, (ends, text.into(), known));
        }
        known
    }

    /// Keeps a text in its place; who stood there moves to the one beside it.
    fn keep(&mut self, place: usize, text: (u64, Box<str>, V)) {
        if self.0.is_empty() {
            self.0.resize_with(usize::try_from(PLACES).unwrap_or_default(), || None);
        }
        let before = self.0.get_mut(place).and_then(|slot| slot.replace(text));
        if let Some(beside) = self.0.get_mut(place ^ 1).filter(|_| before.is_some()) {
            *beside = before;
        }
    }
}

/// A number for the ends of a text and its length: a sender who makes many alike makes his table slow, and nothing else.
fn ends(text: &[u8]) -> u64 {
    let ends = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => text.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    };
    ends ^ u64::try_from(text.len()).unwrap_or_default()
}

/// A number whose lowest bits hang on all bits of another.
fn mixed(number: u64) -> u64 {
    // An odd number without a pattern; of what it is multiplied with the highest bits would reach the highest only.
    (number ^ number >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48
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
