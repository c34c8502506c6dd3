//! The same sweep with AVX2, five times as fast, where the processor has it: by four tables of sixteen places, as simdjson tells
//! UTF-8 and Hyperscan its literals. `pulp` makes its use safe.
//!
//! A pair of bytes falls into a class where all four halves of its bytes do; each class is a bit. Classes hold more than they
//! are to find: what falls into one is looked at again, 32 bytes of it.

use std::arch::x86_64::__m256i;
use std::sync::LazyLock;

use pulp::NullaryFnOnce;
use pulp::x86::V3;

/// The bytes of a class: the upper and the lower halves of the first, and of the second.
type Class = [&'static [u8]; 4];

const ANY: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// What [`super::super::text::is_narrowly_suspect`] looks for.
const CLASSES: [Class; 8] = [
    // Control characters, and the leads of what is below U+0400.
    [ANY, ANY, &[0, 1, 0xC], ANY],
    // DEL.
    [ANY, ANY, &[7], &[0xF]],
    // U+FFFD.
    [&[0xE], &[0xF], &[0xB], &[0xF]],
    // U+9200 to U+93FF; U+9400 to U+947F and 锟.
    [&[0xE], &[9], &[8], &[8, 9, 0xA, 0xB, 0xC, 0xD, 0xE, 0xF]],
    [&[0xE], &[9], &[9], &[0, 1, 4]],
    // 烫, 绉; 屯 and 娲 in one, which few signs share with them.
    [&[8], &[3], &[0xA], &[0xB]],
    [&[0xB], &[0xB], &[8], &[9]],
    [&[0xA, 0xB], &[1, 8], &[0xA, 0xB], &[0xF, 2]],
];

static FIRST_UPPER: [u8; 32] = table(0);
static FIRST_LOWER: [u8; 32] = table(1);
static SECOND_UPPER: [u8; 32] = table(2);
static SECOND_LOWER: [u8; 32] = table(3);

/// Which classes a half of a byte belongs to, by its value; twice, since each half of a register has its own table.
#[expect(clippy::indexing_slicing, clippy::as_conversions, reason = "a table made before the program runs")]
const fn table(of: usize) -> [u8; 32] {
    let (mut table, mut class) = ([0; 32], 0);
    while class < CLASSES.len() {
        let (halves, mut at) = (CLASSES[class][of], 0);
        while at < halves.len() {
            table[halves[at] as usize] |= 1 << class;
            table[halves[at] as usize + 16] |= 1 << class;
            at += 1;
        }
        class += 1;
    }
    table
}

/// How many bytes are looked at together.
const WIDTH: usize = 32;

/// The fewest bytes that are looked at so: two quarters of a register that may overlap.
const LEAST: usize = WIDTH / 4 + 1;

/// Whether some bytes are suspect, of which `is_suspect` knows each few; none where the processor has no AVX2, or a narrow
/// sweep is as fast.
pub(crate) fn any(bytes: &[u8], is_suspect: impl Fn(&[u8]) -> bool) -> Option<bool> {
    // Asked once: it is a dozen questions.
    static PROCESSOR: LazyLock<Option<V3>> = LazyLock::new(V3::try_new);
    let v3 = PROCESSOR.filter(|_| bytes.len() >= LEAST)?;
    Some(v3.vectorize(Sweep { v3, bytes, is_suspect }))
}

struct Sweep<'b, F> {
    v3: V3,
    bytes: &'b [u8],
    is_suspect: F,
}

impl<F: Fn(&[u8]) -> bool> NullaryFnOnce for Sweep<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        let Sweep { v3, bytes, is_suspect } = self;
        let (before, behind) = (bytes.split_last().map(|ends| ends.1), bytes.get(1..));
        let (Some(before), Some(behind)) = (before, behind) else { return is_suspect(bytes) };
        // The last window overlaps the one before it.
        let tables = Tables::load();
        let (Some(first), Some(second)) = (before.last_chunk(), behind.last_chunk()) else {
            let Some((first, second)) = ends(v3, before).zip(ends(v3, behind)) else { return is_suspect(bytes) };
            return tables.holds(v3, first, second) && is_suspect(bytes) || bytes.get(..1).is_some_and(is_suspect);
        };
        let windows = before.as_chunks().0.iter().zip(behind.as_chunks().0);
        for (at, (first, second)) in windows.enumerate() {
            let window = || bytes.get(at * WIDTH..=at.saturating_add(1) * WIDTH).unwrap_or_default();
            if tables.holds(v3, load(first), load(second)) && is_suspect(window()) {
                return true;
            }
        }
        let last = || bytes.last_chunk::<{ WIDTH + 1 }>().map_or(bytes, |last| last.as_slice());
        // Where nothing stands before it the first byte is a second of no pair.
        tables.holds(v3, load(first), load(second)) && is_suspect(last()) || bytes.get(..1).is_some_and(is_suspect)
    }
}

/// Both ends of some bytes, which may overlap: all of them where they are no more than [`WIDTH`]. Never by way of memory, where
/// what two halves wrote is not read as one without a wait.
#[inline(always)]
fn ends(v3: V3, bytes: &[u8]) -> Option<__m256i> {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<{ WIDTH / 2 }>(), bytes.last_chunk::<{ WIDTH / 2 }>()) {
        let first = v3.avx._mm256_castsi128_si256(pulp::cast(*first));
        return Some(v3.avx2._mm256_inserti128_si256::<1>(first, pulp::cast(*last)));
    }
    let (first, last) = (i64::from_le_bytes(*bytes.first_chunk()?), i64::from_le_bytes(*bytes.last_chunk()?));
    Some(v3.avx._mm256_set_epi64x(last, first, last, first))
}

struct Tables([__m256i; 4]);

impl Tables {
    #[inline(always)]
    fn load() -> Tables {
        Tables([load(&FIRST_UPPER), load(&FIRST_LOWER), load(&SECOND_UPPER), load(&SECOND_LOWER)])
    }

    /// Whether a pair of neighbours falls into a class.
    #[inline(always)]
    fn holds(&self, v3: V3, first: __m256i, second: __m256i) -> bool {
        let (avx, avx2) = (v3.avx, v3.avx2);
        let half = avx._mm256_set1_epi8(0xF);
        let Tables([first_upper, first_lower, second_upper, second_lower]) = *self;
        // Moved by four bits as words, so that bits of the next byte come along.
        let upper = avx2._mm256_and_si256(avx2._mm256_srli_epi16::<4>(first), half);
        let of_upper = avx2._mm256_shuffle_epi8(first_upper, upper);
        let of_lower = avx2._mm256_shuffle_epi8(first_lower, avx2._mm256_and_si256(first, half));
        let of_first = avx2._mm256_and_si256(of_upper, of_lower);
        let upper = avx2._mm256_and_si256(avx2._mm256_srli_epi16::<4>(second), half);
        let of_upper = avx2._mm256_shuffle_epi8(second_upper, upper);
        let of_lower = avx2._mm256_shuffle_epi8(second_lower, avx2._mm256_and_si256(second, half));
        avx._mm256_testz_si256(of_first, avx2._mm256_and_si256(of_upper, of_lower)) == 0
    }
}

#[inline(always)]
fn load(bytes: &[u8; WIDTH]) -> __m256i {
    pulp::cast(*bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::is_narrowly_suspect as is_suspect;

    /// Places in texts that fill no register.
    const SHORT: [(usize, usize); 12] =
        [(0, 9), (7, 9), (0, 16), (7, 16), (14, 16), (0, 17), (15, 17), (0, 27), (12, 27), (15, 32), (16, 32), (30, 32)];

    /// Every pair of bytes, at every place of a window and across two, is found where the narrow sweep finds it.
    #[test]
    fn every_pair_is_told_as_the_narrow_sweep_tells_it() {
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                for (at, len) in [0, 1, 30, 31, 32, 62, 63, 64, 70].map(|at| (at, 72)).into_iter().chain(SHORT) {
                    let mut bytes = [b'a'; 72];
                    bytes[at] = first;
                    bytes[at + 1] = second;
                    let bytes = &bytes[..len];
                    if let Some(found) = any(bytes, is_suspect) {
                        assert_eq!(found, is_suspect(bytes), "{first:#x} {second:#x} at {at} of {len}");
                    }
                }
            }
        }
    }

    #[test]
    fn short_runs_are_told_too() {
        for len in 0..70 {
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                bytes[at] = 0x7F;
                assert_ne!(any(&bytes, is_suspect), Some(false), "{at} of {len}");
            }
            assert_ne!(any(&vec![b'a'; len], is_suspect), Some(true), "{len}");
        }
    }
}
