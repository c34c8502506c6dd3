//! What makes two rows of a set the same.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::reading::fold::fold_into;
use crate::record::Field;

/// Behind each part of a key; folded texts hold no line end.
const END: char = '\n';

/// The text of a field, where something stands there that can be read.
pub(super) type Words<'w> = dyn Fn(Field) -> Option<Cow<'w, str>> + 'w;

/// Writes the folded id of a record; false where it has none.
pub(super) fn id(words: &Words<'_>, out: &mut String) -> bool {
    out.clear();
    let id = words(Field::Id);
    if let Some(id) = &id {
        fold_into(id, out);
    }
    id.is_some()
}

/// Writes the folded title, first day, venue and organiser of an activity; false where no title or no first day was read.
pub(super) fn activity(words: &Words<'_>, day: Option<NaiveDate>, out: &mut String) -> bool {
    out.clear();
    let (Some(day), Some(title)) = (day, words(Field::Title)) else { return false };
    fold_into(&title, out);
    for field in [Field::Venue, Field::Organizer] {
        out.push(END);
        if let Some(text) = words(field) {
            fold_into(&text, out);
        }
    }
    out.push(END);
    // A day is a sign of its own: far fewer than there are signs lie in any calendar of activities; the others are told apart
    // by their cells.
    out.extend(char::from_u32(day.num_days_from_ce().unsigned_abs() % 0xD800));
    true
}
