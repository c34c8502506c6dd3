//! Sixteen bytes together, by what every processor of x86-64 has; `pulp` makes its use safe.

use std::arch::x86_64::__m128i;
use std::ops::BitOr;

use pulp::core_arch::x86::Sse2;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(crate) struct Chunk(Sse2, __m128i);

/// Which of them are of a class.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(Sse2, __m128i);

impl Chunk {
    /// None on no processor that there is.
    #[inline(always)]
    pub(crate) fn new(low: &[u8; 8], high: &[u8; 8]) -> Option<Chunk> {
        let sse2 = Sse2::try_new()?;
        Some(Chunk(sse2, sse2._mm_set_epi64x(i64::from_le_bytes(*high), i64::from_le_bytes(*low))))
    }

    /// Those that are a byte.
    #[inline(always)]
    pub(crate) fn is(self, byte: u8) -> Lanes {
        Lanes(self.0, self.0._mm_cmpeq_epi8(self.1, self.all(byte)))
    }

    /// Those from one byte to another, both among them.
    #[inline(always)]
    pub(crate) fn within(self, first: u8, last: u8) -> Lanes {
        let above = self.0._mm_sub_epi8(self.1, self.all(first));
        Lanes(self.0, self.0._mm_cmpeq_epi8(self.0._mm_min_epu8(above, self.all(last.wrapping_sub(first))), above))
    }

    /// The letters and digits of ASCII.
    #[inline(always)]
    pub(crate) fn signs(self) -> Lanes {
        let small = Chunk(self.0, self.0._mm_or_si128(self.1, self.all(0x20)));
        small.within(b'a', b'z') | self.within(b'0', b'9')
    }

    #[inline(always)]
    fn all(self, byte: u8) -> __m128i {
        self.0._mm_set1_epi8(i8::from_ne_bytes([byte]))
    }
}

impl Lanes {
    /// A bit for each, the first the lowest.
    #[inline(always)]
    pub(crate) fn bits(self) -> u64 {
        self.0._mm_movemask_epi8(self.1).unsigned_abs().into()
    }
}

impl BitOr for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn bitor(self, other: Lanes) -> Lanes {
        Lanes(self.0, self.0._mm_or_si128(self.1, other.1))
    }
}
