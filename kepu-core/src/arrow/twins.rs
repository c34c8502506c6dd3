//! Which rows say the same as an earlier one, told by fingerprints that are dealt into parts.
//!
//! One table of a million keys misses the cache at every row (125 ns); tables of a few thousand stay in it (`limits.md`:
//! 31 ns). A row and key take 8 bytes: its number, and as much of its fingerprint as its part does not say. Where two agree,
//! the cells decide.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash};

use chrono::{Datelike, NaiveDate};

/// How many bits of a fingerprint say the part.
const PART_BITS: u32 = 8;

/// Makes fingerprints; no sender of a table can foresee them.
#[derive(Debug, Clone, Default)]
pub(super) struct Prints(foldhash::quality::RandomState);

impl Prints {
    /// The fingerprint of a text.
    pub(super) fn of(&self, text: &[u8]) -> u64 {
        self.0.hash_one(text)
    }

    /// The fingerprint of an activity, by what its texts and its day say.
    pub(super) fn of_activity(&self, texts: u64, day: NaiveDate) -> u64 {
        self.0.hash_one((texts, day.num_days_from_ce()))
    }
}

/// The fingerprints of one key.
#[derive(Debug, Clone, Default)]
pub(super) struct Twins {
    parts: Vec<Vec<u64>>,
    /// What others took, as it came: it is joined part by part, on all threads.
    others: Vec<Vec<Vec<u64>>>,
}

/// A row that says the same as an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Twin {
    pub(super) row: u32,
    pub(super) first: u32,
}

impl Twins {
    pub(super) fn new() -> Twins {
        Twins { parts: vec![Vec::new(); 1 << PART_BITS], others: Vec::new() }
    }

    /// Takes a row with its fingerprint.
    pub(super) fn add(&mut self, print: u64, row: u32) {
        let part = usize::try_from(print >> (64 - PART_BITS)).ok().and_then(|part| self.parts.get_mut(part));
        if let Some(part) = part {
            part.push(((print << PART_BITS) >> 32 << 32) | u64::from(row));
        }
    }

    /// Takes the rows of others.
    pub(super) fn extend(&mut self, others: Twins) {
        self.others.push(others.parts);
        self.others.extend(others.others);
    }

    /// The parts, each to be told by itself, in the pieces that were taken.
    pub(super) fn into_parts(self) -> Vec<Vec<Vec<u64>>> {
        let mut parts: Vec<Vec<Vec<u64>>> = self.parts.into_iter().map(|part| vec![part]).collect();
        for others in self.others {
            parts.iter_mut().zip(others).for_each(|(part, other)| part.push(other));
        }
        parts
    }
}

/// The twins among the rows of one part, in whatever order they come. Where fingerprints agree `finer` tells more of a row,
/// and where that agrees too `key` makes its whole key: of many rows that a sender made alike each is looked at once.
pub(super) fn tell<K: Eq + Hash>(part: Vec<Vec<u64>>, finer: &impl Fn(u32) -> u64, key: &impl Fn(u32) -> Option<K>) -> Vec<Twin> {
    let (mut twins, mut told) = (Vec::new(), Vec::new());
    let alike = alike(&part.concat());
    drop(part);
    for alike in alike.chunk_by(|a, b| print(*a) == print(*b)) {
        let rows = alike.iter().filter_map(|print| u32::try_from(print & u64::from(u32::MAX)).ok());
        told.clear();
        told.extend(rows.map(|row| (finer(row), row)));
        told.sort_unstable();
        for alike in told.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
            tell_by_key(alike.iter().map(|(_, row)| *row), key, &mut twins);
        }
    }
    twins
}

/// Those of a part whose fingerprints come more than once, in order.
fn alike(part: &[u64]) -> Vec<u64> {
    // Of the first of each fingerprint the number, from 1, stands in its place or in the next that is free; half of all are.
    let places = (part.len() * 2).next_power_of_two();
    let (mut firsts, mut alike) = (vec![0_u32; places], Vec::new());
    for (number, one) in (1..).zip(part) {
        let mut place = usize::try_from(print(*one)).unwrap_or_default() & (places - 1);
        while let Some(first) = firsts.get_mut(place) {
            match usize::try_from(*first).ok().and_then(|first| part.get(first.checked_sub(1)?)) {
                None => {
                    *first = number;
                    break;
                }
                Some(first) if print(*first) == print(*one) => {
                    alike.extend([*first, *one]);
                    break;
                }
                Some(_) => place = (place + 1) & (places - 1),
            }
        }
    }
    alike.sort_unstable();
    alike.dedup();
    alike
}

/// What a part does not say of a fingerprint.
fn print(one: u64) -> u64 {
    one >> 32
}

fn tell_by_key<K: Eq + Hash>(rows: impl Iterator<Item = u32>, key: &impl Fn(u32) -> Option<K>, twins: &mut Vec<Twin>) {
    let mut firsts: HashMap<K, u32> = HashMap::new();
    for row in rows {
        match key(row).map(|key| firsts.entry(key)) {
            Some(Entry::Occupied(first)) => twins.push(Twin { row, first: *first.get() }),
            Some(Entry::Vacant(none)) => {
                none.insert(row);
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rows_point_at_the_first_and_only_where_the_cells_agree() {
        let mut twins = Twins::new();
        let said = ["甲", "乙", "甲", "丙", "乙", "甲"];
        // One fingerprint for all: the cells alone tell them apart.
        (0..6).for_each(|row| twins.add(7, row));
        let mut found: Vec<Twin> = twins
            .into_parts()
            .into_iter()
            .flat_map(|part| tell(part, &|_| 0, &|row| said.get(usize::try_from(row).unwrap())))
            .collect();
        found.sort_unstable();
        let rows: Vec<_> = found.iter().map(|twin| (twin.row, twin.first)).collect();
        assert_eq!(rows, [(2, 0), (4, 1), (5, 0)]);
    }
}
