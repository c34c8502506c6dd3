//! The sweep for pairs where there are no vectors, as in a browser: two looks at a table for each byte.

use super::{Span, is_within};

/// Which bytes are odd behind which, told by classes, a bit each: a pair is odd where both of its bytes are of one class.
pub(crate) struct Tables {
    first: [u8; 256],
    second: [u8; 256],
}

/// The class of what is odd behind any byte, and behind none.
const ALONE: u8 = 1;

impl Tables {
    /// Of bytes that are odd by themselves, and of at most seven that make others odd behind them.
    #[expect(clippy::indexing_slicing, clippy::as_conversions, reason = "a table made before the program runs")]
    pub(crate) const fn of(alone: &[Span], pairs: &[(u8, Span)]) -> Tables {
        let mut tables = Tables { first: [ALONE; 256], second: [0; 256] };
        let mut at = 0;
        while at < alone.len() {
            tables.add(ALONE, alone[at]);
            at += 1;
        }
        let (mut at, mut class) = (0, ALONE);
        while at < pairs.len() {
            class <<= 1;
            let (lead, span) = pairs[at];
            tables.first[lead as usize] |= class;
            tables.add(class, span);
            at += 1;
        }
        tables
    }

    #[expect(clippy::indexing_slicing, clippy::as_conversions, reason = "a table made before the program runs")]
    const fn add(&mut self, class: u8, span: Span) {
        let mut byte = 0;
        while byte < 256 {
            if is_within(byte as u8, span) {
                self.second[byte] |= class;
            }
            byte += 1;
        }
    }

    /// Whether any byte is odd.
    pub(crate) fn hold(&self, bytes: &[u8]) -> bool {
        let (mut before, mut found) = (ALONE, 0);
        for place in bytes.iter().copied().map(usize::from) {
            found |= before & self.second.get(place).copied().unwrap_or_default();
            before = self.first.get(place).copied().unwrap_or_default();
        }
        found != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_odd_where_both_bytes_are_of_one_class() {
        let tables = Tables::of(&[(0, 8)], &[(0xEF, (0xBF, 0xBF)), (0xE9, (0x88, 0x91)), (0xE9, (0x94, 0x94))]);
        for (bytes, odd) in [
            (&b""[..], false),
            (&[8], true),
            (&[9], false),
            (&[9, 0], true),
            (&[0xEF, 0xBF], true),
            (&[0xEF, 0x94], false),
            (&[0xBF, 0xEF], false),
            (&[0xE9, 0x91, 0x94], true),
            (&[0xE9, 0x92, 0x94], false),
            (&[0xE9, 0x94], true),
        ] {
            assert_eq!(tables.hold(bytes), odd, "{bytes:x?}");
        }
    }
}
