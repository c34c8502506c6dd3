//! What makes two rows of a set the same.

use crate::checker::readings::Readings;
use crate::reading::day::iso;
use crate::reading::fold::fold;
use crate::reading::text;
use crate::record::{Field, Record};

/// The folded id of a record, where it has one.
pub(super) fn id<T>(record: &dyn Record, read: &Readings, then: impl FnOnce(&str) -> T) -> Option<T> {
    read.is_readable(Field::Id).then(|| then(&fold(&text(record.cell(Field::Id)))))
}

/// The folded title, first day, venue and organiser of an activity; none without a title or a first day that was read.
pub(super) fn activity<T>(record: &dyn Record, read: &Readings, then: impl FnOnce(&[&str; 4]) -> T) -> Option<T> {
    let start = read.start.day().filter(|_| read.is_readable(Field::Title))?;
    let words = |field| if read.is_readable(field) { text(record.cell(field)) } else { Default::default() };
    let (title, venue, organizer) = (words(Field::Title), words(Field::Venue), words(Field::Organizer));
    Some(then(&[&fold(&title), &iso(start), &fold(&venue), &fold(&organizer)]))
}
