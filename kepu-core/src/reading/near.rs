//! How near two names are: for suggestions only, a fuzzy match decides nothing (`reading.md`, Names).

use std::cmp::Ordering;

/// Edits over the length of the longer name; less is nearer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nearness {
    edits: usize,
    longer: usize,
}

/// How near two names are as they are compared; none where they are too far apart for a suggestion: from 0.6 on.
pub(crate) fn nearness(a: &str, b: &str) -> Option<Nearness> {
    let (longer, shorter) = match (a.chars().count(), b.chars().count()) {
        (a, b) if a < b => (b, a),
        lengths => lengths,
    };
    let is_near = |edits: usize| edits * 10 < longer * 6;
    // No fewer edits than the lengths differ: a long text is not measured against every name.
    if !is_near(longer - shorter) {
        return None;
    }
    let edits = edits(a, b);
    is_near(edits).then_some(Nearness { edits, longer })
}

/// How many signs have to be put in, left out or replaced for one text to become the other. Where one of them is short, as
/// names are, its whole column of the table of edits is two words of bits, a step up or down each (Myers 1999).
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut signs, mut len) = (['\0'; 64], 0);
    for sign in short.chars() {
        let Some(room) = signs.get_mut(len) else { return strsim::levenshtein(a, b) };
        (*room, len) = (sign, len + 1);
    }
    let Some(last) = len.checked_sub(1) else { return long.chars().count() };
    let (mut up, mut down, mut edits) = (u64::MAX, 0_u64, len);
    for sign in long.chars() {
        let signs = signs.iter().take(len).rev();
        let same = signs.fold(0_u64, |bits, other| bits << 1 | u64::from(*other == sign));
        let kept = (same & up).wrapping_add(up) ^ up | same;
        let (more, fewer) = (down | !(kept | up), up & kept);
        match (more >> last & 1, fewer >> last & 1) {
            (1, _) => edits += 1,
            (_, 1) => edits -= 1,
            _ => {}
        }
        let (more, seen) = (more << 1 | 1, same | down);
        (up, down) = (fewer << 1 | !(seen | more), more & seen);
    }
    edits
}

/// The nearest of some names; none where all are too far apart.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut nearest: Option<(Nearness, &str)> = None;
    for other in known {
        if let Some(nearness) = nearness(name, other).filter(|this| nearest.is_none_or(|(best, _)| *this < best)) {
            nearest = Some((nearness, other));
        }
    }
    nearest.map(|(_, name)| name)
}

impl Ord for Nearness {
    fn cmp(&self, other: &Nearness) -> Ordering {
        (self.edits * other.longer).cmp(&(other.edits * self.longer))
    }
}

impl PartialOrd for Nearness {
    fn partial_cmp(&self, other: &Nearness) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Nearness {
    fn eq(&self, other: &Nearness) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Nearness {}

#[cfg(test)]
mod tests {
    use super::{nearest, nearness};

    #[test]
    fn the_nearest_name_is_told_only_where_one_is_near() {
        assert_eq!(nearest("modalty", ["marks", "modality"].into_iter()), Some("modality"));
        assert_eq!(nearest("xyz", ["marks", "modality"].into_iter()), None);
    }

    #[test]
    fn three_edits_in_five_are_too_far() {
        assert!(nearness("一二三四五", "一二三").is_some());
        assert!(nearness("一二三四五", "一二").is_none());
        assert!(nearness("一二三四五", "一二六七八").is_none());
        assert!(nearness("", "").is_none());
        assert!(nearness(&"长".repeat(20_000), "长").is_none());
    }

    #[test]
    fn less_is_nearer_whatever_the_length() {
        assert!(nearness("一二三四", "一二三五") < nearness("一二三", "一二四"));
        assert_eq!(nearness("一二三四", "一二五六"), nearness("一二", "一三"));
    }
}
