//! Sixteen bytes one by one, for every processor.

use std::ops::BitOr;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(crate) struct Chunk([u8; 16]);

/// Which of them are of a class.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(u64);

impl Chunk {
    /// Always some, as on processors where there may be none.
    pub(crate) fn new(low: &[u8; 8], high: &[u8; 8]) -> Option<Chunk> {
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(low.iter().chain(high)).for_each(|(room, byte)| *room = *byte);
        Some(Chunk(bytes))
    }

    /// Those that are a byte.
    pub(crate) fn is(self, byte: u8) -> Lanes {
        self.of(|other| other == byte)
    }

    /// Those from one byte to another, both among them.
    pub(crate) fn within(self, first: u8, last: u8) -> Lanes {
        self.of(|byte| (first..=last).contains(&byte))
    }

    /// The letters and digits of ASCII.
    pub(crate) fn signs(self) -> Lanes {
        self.of(|byte| byte.is_ascii_alphanumeric())
    }

    fn of(self, class: impl Fn(u8) -> bool) -> Lanes {
        Lanes(self.0.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(class(*byte))))
    }
}

impl Lanes {
    /// A bit for each, the first the lowest.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }
}

impl BitOr for Lanes {
    type Output = Lanes;

    fn bitor(self, other: Lanes) -> Lanes {
        Lanes(self.0 | other.0)
    }
}
