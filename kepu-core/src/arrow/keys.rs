//! What makes two rows of a set the same.

use chrono::NaiveDate;

use crate::reading::day::iso;
use crate::reading::fold::fold;
use crate::reading::text;
use crate::record::{Field, Record};

/// The folded id of a record, where it has one.
pub(super) fn id<T>(record: &dyn Record, is_given: &dyn Fn(Field) -> bool, then: impl FnOnce(&str) -> T) -> Option<T> {
    is_given(Field::Id).then(|| then(&fold(&text(record.cell(Field::Id)))))
}

/// The folded title, first day, venue and organiser of an activity; none without a title or a first day that was read.
pub(super) fn activity<T>(
    record: &dyn Record,
    day: Option<NaiveDate>,
    is_given: &dyn Fn(Field) -> bool,
    then: impl FnOnce(&[&str; 4]) -> T,
) -> Option<T> {
    let day = day.filter(|_| is_given(Field::Title))?;
    let words = |field| if is_given(field) { text(record.cell(field)) } else { Default::default() };
    let (title, venue, organizer) = (words(Field::Title), words(Field::Venue), words(Field::Organizer));
    Some(then(&[&fold(&title), &iso(day), &fold(&venue), &fold(&organizer)]))
}
