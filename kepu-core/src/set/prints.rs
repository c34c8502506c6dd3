//! Fingerprints: what makes two records the same, in 128 bits: under the set's key, or, where the records will be at hand to be
//! compared by their texts, a mark that tells most of them apart in a tenth of the time.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hasher;

use chrono::Datelike;

use siphasher::sip128::{Hasher128, SipHasher24};

use super::RowKey;
use crate::checker::Case;
use crate::reading::day::iso;
use crate::reading::fold::{fold, gist};
use crate::reading::text;
use crate::record::Field;

/// In what two records may be the same.
#[derive(Debug, Clone, Copy)]
pub(super) enum Same {
    /// The id.
    Id,
    /// Title, first day, venue and organiser.
    Activity,
}

impl Same {
    /// The folded texts that are compared, one after the other; false where the record is the same as none: it has no id, no
    /// title, or no first day that was read.
    pub(super) fn parts(self, case: &Case<'_>, part: &mut dyn FnMut(&str)) -> bool {
        let mut words = |field| {
            let given = case.read.is_readable(field);
            if given {
                part(&fold(&text(case.cell(field))));
            }
            given
        };
        match self {
            Same::Id => words(Field::Id),
            Same::Activity => {
                let Some(start) = case.read.start.day() else { return false };
                if !words(Field::Title) {
                    return false;
                }
                // Folding leaves no line break inside a text.
                part("\n");
                part(&iso(start));
                for field in [Field::Venue, Field::Organizer] {
                    part("\n");
                    if case.read.is_readable(field) {
                        part(&fold(&text(case.cell(field))));
                    }
                }
                true
            }
        }
    }

    /// A mark: the same for records that are the same, and for others nearly always another; none where the record is the same
    /// as none.
    fn mark(self, case: &Case<'_>) -> Option<[u64; 2]> {
        let words = |field| case.read.is_readable(field).then(|| text(case.cell(field)));
        match self {
            Same::Id => words(Field::Id).map(|id| [gist(&id, ID_SIGNS), 0]),
            Same::Activity => {
                let day = u64::from(case.read.start.day()?.num_days_from_ce().unsigned_abs());
                let title = title_mark(&words(Field::Title)?);
                let at = |field| words(field).unwrap_or_default();
                Some([title ^ place_mark(&at(Field::Venue), &at(Field::Organizer)).rotate_left(41) ^ day, title])
            }
        }
    }

    fn print(self, case: &Case<'_>, secret: [u8; 16]) -> Option<[u64; 2]> {
        let mut hasher = SipHasher24::new_with_key(&secret);
        self.parts(case, &mut |part| hasher.write(part.as_bytes())).then(|| {
            let hash = hasher.finish128();
            [hash.h1, hash.h2]
        })
    }
}

/// How many signs of an id, a title, a place a mark is made of.
const ID_SIGNS: usize = 20;
const TITLE_SIGNS: usize = 8;
const PLACE_SIGNS: usize = 5;

/// What tells activities apart first: what they are called.
pub(crate) fn title_mark(title: &str) -> u64 {
    gist(title, TITLE_SIGNS)
}

/// What tells those apart that are called alike: where they are, and whose; empty where it is not said.
pub(crate) fn place_mark(venue: &str, organizer: &str) -> u64 {
    gist(venue, PLACE_SIGNS).rotate_left(23) ^ gist(organizer, PLACE_SIGNS)
}

/// What fingerprints are made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The texts, under a key.
    Key([u8; 16]),
    /// Marks: the records will be at hand.
    Mark,
}

/// One fingerprint, and the row of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Print {
    pub(super) bits: [u64; 2],
    pub(super) row: u64,
}

/// The fingerprints of many records, by file and sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Prints {
    pub(super) tables: BTreeMap<(u32, u32), Vec<Print>>,
}

impl Prints {
    /// Takes a record, where it can be the same as another.
    pub(super) fn add(&mut self, key: RowKey, same: Same, case: &Case<'_>, by: By) {
        let bits = match by {
            By::Key(secret) => same.print(case, secret),
            By::Mark => same.mark(case),
        };
        if let Some(bits) = bits {
            let print = Print { bits, row: key.row };
            self.tables.entry((key.file, key.sheet)).or_default().push(print);
        }
    }

    pub(super) fn merge(&mut self, other: Prints) {
        for (table, prints) in other.tables {
            self.tables.entry(table).or_default().extend(prints);
        }
    }

    pub(super) fn shift(&mut self, rows: u64) {
        self.tables.values_mut().flatten().for_each(|print| print.row = print.row.saturating_add(rows));
    }

    /// How many bytes the fingerprints take.
    pub(super) fn weight(&self) -> usize {
        self.tables.values().map(|prints| prints.len() * size_of::<Print>()).sum()
    }

    fn all(&self) -> impl Iterator<Item = (RowKey, [u64; 2])> {
        self.tables.iter().flat_map(|((file, sheet), prints)| {
            prints.iter().map(|print| (RowKey { file: *file, sheet: *sheet, row: print.row }, print.bits))
        })
    }

    /// Every later record of those that are the same, with the first of them. `text` gives what is compared, where the record
    /// is at hand.
    pub(super) fn twice(&self, text: &dyn Fn(RowKey) -> Option<String>, each: &mut dyn FnMut(RowKey, RowKey)) {
        // Few are there twice: half of each fingerprint, sorted, tells which could be, and only those are looked at.
        let mut halves: Vec<u64> = self.all().map(|(_, [half, _])| half).collect();
        halves.sort_unstable();
        let mut again: Vec<u64> = halves.chunk_by(|a, b| a == b).filter_map(|same| same.get(1)).copied().collect();
        drop(halves);
        again.shrink_to_fit();
        if again.is_empty() {
            return;
        }
        let mut known: Vec<([u64; 2], RowKey)> =
            self.all().filter(|(_, [half, _])| again.binary_search(half).is_ok()).map(|(key, bits)| (bits, key)).collect();
        known.sort_unstable();
        for same in known.chunk_by(|a, b| a.0 == b.0) {
            if let [(_, first), later @ ..] = same {
                told(*first, later.iter().map(|(_, key)| *key), text, each);
            }
        }
    }
}

/// The later records that are the same as one before, among those of one fingerprint: nearly always one text; others are told
/// apart by theirs, where both are at hand.
fn told(
    first: RowKey,
    later: impl Iterator<Item = RowKey>,
    text: &dyn Fn(RowKey) -> Option<String>,
    each: &mut dyn FnMut(RowKey, RowKey),
) {
    let mut firsts: HashMap<String, RowKey> = HashMap::new();
    let is_known = text(first).is_some_and(|text| firsts.insert(text, first).is_none());
    for key in later {
        match text(key).filter(|_| is_known).map(|text| firsts.entry(text)) {
            None => each(key, first),
            Some(Entry::Occupied(first)) => each(key, *first.get()),
            Some(Entry::Vacant(place)) => {
                place.insert(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(row: u64) -> RowKey {
        RowKey { row, ..RowKey::default() }
    }

    fn twice(text: &dyn Fn(RowKey) -> Option<String>) -> Vec<(u64, u64)> {
        let alike = (0..4).map(|row| Print { bits: [7, 7], row }).collect();
        let (prints, mut found) = (Prints { tables: BTreeMap::from([((0, 0), alike)]) }, Vec::new());
        prints.twice(text, &mut |row, first| found.push((row.row, first.row)));
        found
    }

    #[test]
    fn a_fingerprint_and_its_row_take_24_bytes() {
        assert_eq!(size_of::<Print>(), 24);
    }

    #[test]
    fn two_texts_of_one_fingerprint_are_told_apart_where_they_are_at_hand() {
        assert_eq!(twice(&|_| None), [(1, 0), (2, 0), (3, 0)]);
        assert_eq!(twice(&|key| Some((key.row % 2).to_string())), [(2, 0), (3, 1)]);
        assert_eq!(twice(&|key| (key == self::key(1)).then(String::new)), [(1, 0), (2, 0), (3, 0)]);
        assert_eq!(twice(&|key| (key != self::key(2)).then(|| key.row.min(1).to_string())), [(2, 0), (3, 1)]);
    }
}
