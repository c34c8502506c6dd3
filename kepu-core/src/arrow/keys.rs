//! What makes two rows of a set the same, and what tells most of those apart that are not.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::reading::fold::{fold, gist};
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

/// What a key leaves in memory of its own, which is used again: the same for keys that are the same, and nearly always another
/// for others.
#[derive(Debug, Default)]
pub(super) struct Gist {
    room: Vec<u8>,
    len: usize,
}

impl Gist {
    /// The gist of [`id`].
    pub(super) fn id(&mut self, words: &Words<'_>) -> Option<&[u8]> {
        self.len = 0;
        self.text(&words(Field::Id)?);
        self.room.get(..self.len)
    }

    /// The gist of [`activity`].
    pub(super) fn activity(&mut self, words: &Words<'_>, day: Option<NaiveDate>) -> Option<&[u8]> {
        self.len = 0;
        let (day, title) = (day?, words(Field::Title)?);
        self.put(&day.num_days_from_ce().to_le_bytes());
        self.text(&title);
        for field in [Field::Venue, Field::Organizer] {
            // No text holds it: where one ends is told.
            self.put(&[0xFF]);
            if let Some(text) = words(field) {
                self.text(&text);
            }
        }
        self.room.get(..self.len)
    }

    fn text(&mut self, text: &str) {
        self.make_room(text.len().saturating_add(2));
        let len = self.room.get_mut(self.len..).map_or(0, |room| gist(text, room));
        self.len = self.len.saturating_add(len);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.make_room(bytes.len());
        if let Some(room) = self.room.get_mut(self.len..).and_then(|room| room.get_mut(..bytes.len())) {
            room.copy_from_slice(bytes);
            self.len = self.len.saturating_add(bytes.len());
        }
    }

    fn make_room(&mut self, more: usize) {
        let needed = self.len.saturating_add(more);
        if self.room.len() < needed {
            self.room.resize(needed.saturating_mul(2), 0);
        }
    }
}
