//! What makes two rows of a set the same.

use chrono::{Datelike, NaiveDate};

use crate::reading::fold::fold_into;
use crate::reading::text;
use crate::record::{Field, Record};

/// Behind each part of a key; folded texts hold no control character but what garbles them.
const END: char = '\n';

/// Writes the folded id of a record; false where it has none.
pub(super) fn id(record: &dyn Record, is_given: &dyn Fn(Field) -> bool, out: &mut String) -> bool {
    out.clear();
    let given = is_given(Field::Id);
    if given {
        fold_into(&text(record.cell(Field::Id)), out);
    }
    given
}

/// Writes the folded title, first day, venue and organiser of an activity; false where no title or no first day was read.
pub(super) fn activity(record: &dyn Record, day: Option<NaiveDate>, is_given: &dyn Fn(Field) -> bool, out: &mut String) -> bool {
    out.clear();
    let Some(day) = day.filter(|_| is_given(Field::Title)) else { return false };
    for field in [Field::Title, Field::Venue, Field::Organizer] {
        if field == Field::Title || is_given(field) {
            fold_into(&text(record.cell(field)), out);
        }
        out.push(END);
    }
    // A day is a sign of its own: far fewer than there are signs lie in any calendar of activities; the others are told apart
    // by their cells.
    out.extend(char::from_u32(day.num_days_from_ce().unsigned_abs() % 0xD800));
    true
}
