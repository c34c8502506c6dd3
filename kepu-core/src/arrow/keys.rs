//! What makes two rows of a set the same.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::reading::fold::fold;
use crate::record::Field;

/// What an activity is told by, beside its first day.
const ACTIVITY: [Field; 3] = [Field::Title, Field::Venue, Field::Organizer];

/// The text of a field, where something stands there that can be read.
pub(super) type Words<'w> = dyn Fn(Field) -> Option<Cow<'w, str>> + 'w;

/// All that has to agree in two records that are the same: their folded texts, and their first day where that counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    texts: [Option<String>; 3],
    day: Option<NaiveDate>,
}

/// The id of a record; none where it has none.
pub(super) fn id(words: &Words<'_>) -> Option<Key> {
    Some(Key { texts: [Some(fold(&words(Field::Id)?).into_owned()), None, None], day: None })
}

/// The title, first day, venue and organiser of an activity; none where no title or no first day was read.
pub(super) fn activity(words: &Words<'_>, day: Option<NaiveDate>) -> Option<Key> {
    words(Field::Title)?;
    let folded = |field| words(field).map(|text| fold(&text).into_owned());
    Some(Key { texts: ACTIVITY.map(folded), day: Some(day?) })
}
