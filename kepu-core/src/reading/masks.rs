//! Short texts that are surely well, told by bits: which of their bytes are of a class, a bit for each byte. What a loop would
//! learn sign by sign about neighbours and order, a few operations on such numbers learn at once.
//!
//! A no means nothing: the text is looked at in another way.

#[cfg(any(test, not(target_arch = "x86_64")))]
mod narrow;
#[cfg(target_arch = "x86_64")]
mod wide;

#[cfg(not(target_arch = "x86_64"))]
pub(crate) use narrow::{Chunk, Lanes};
#[cfg(target_arch = "x86_64")]
pub(crate) use wide::{Chunk, Lanes};

use std::ops::BitOr;

/// Whether a text is a mailbox, as `kepu27155@example.cn`.
pub(crate) fn is_email(text: &[u8]) -> bool {
    let classes = |chunk: Chunk| [chunk.signs(), chunk.is(b'.'), chunk.is(b'_'), chunk.is(b'@')];
    let Some([signs, dots, lines, at]) = bits(text, classes) else { return false };
    let (joins, domain) = (dots | lines | at, !(at | at.wrapping_sub(1)));
    // Behind a join there is a sign, and at the end there are two letters.
    let is_joined =
        joins & !(signs << 1) == 0 && matches!(text, [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    signs | joins == ones(text.len()) && is_joined && at.is_power_of_two() && dots & domain != 0 && lines & domain == 0
}

/// Whether a text is a link: a scheme in small letters, a host, nothing or a slash behind it, visible ASCII without the signs
/// at which a list of links is split.
pub(crate) fn is_link(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"https://").or_else(|| text.strip_prefix(b"http://")) else { return false };
    let classes = |chunk: Chunk| {
        let odd = [b'"', b'<', b'>', b'`', b';', b'|'].map(|mark| chunk.is(mark));
        let odd = odd.into_iter().fold(chunk.is(b'\\'), Lanes::bitor);
        [chunk.signs(), chunk.is(b'.') | chunk.is(b'-'), chunk.is(b'/'), odd, chunk.within(0x21, 0x7E)]
    };
    let Some([signs, joins, slashes, odd, visible]) = bits(rest, classes) else { return false };
    let all = ones(rest.len());
    // The bits below the lowest slash; all where there is none.
    let host = (slashes & slashes.wrapping_neg()).wrapping_sub(1) & all;
    let last = host ^ host >> 1;
    let is_host = (signs | joins) & host == host && joins & host & !(signs << 1) == 0 && signs & last != 0;
    is_host && odd == 0 && visible == all
}

/// The bytes of a text that are of each class, a bit each, the first byte's the lowest; none of an empty text, or one of more
/// bytes than a number has bits.
#[inline(always)]
pub(crate) fn bits<const N: usize>(text: &[u8], classes: impl Fn(Chunk) -> [Lanes; N]) -> Option<[u64; N]> {
    let of = |low: &[u8; 8], high: &[u8; 8]| Chunk::new(low, high).map(|chunk| classes(chunk).map(Lanes::bits));
    let halves = |chunk: &[u8; 16]| chunk.first_chunk().zip(chunk.last_chunk()).and_then(|(low, high)| of(low, high));
    let (len, mut bits) = (text.len(), [0; N]);
    if !(1..=64).contains(&len) {
        return None;
    }
    let mut put = |of: [u64; N], place: usize| bits.iter_mut().zip(of).for_each(|(bits, of)| *bits |= of << place);
    if let Some(last) = text.last_chunk::<16>() {
        for (at, chunk) in text.as_chunks::<16>().0.iter().enumerate() {
            put(halves(chunk)?, at * 16);
        }
        // It overlaps those before it.
        put(halves(last)?, len - 16);
    } else if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let both = of(first, last)?;
        put(both.map(|bits| bits & 0xFF), 0);
        put(both.map(|bits| bits >> 8), len - 8);
    } else {
        let mut few = [0; 8];
        few.iter_mut().zip(text).for_each(|(room, byte)| *room = *byte);
        put(of(&few, &few)?.map(|bits| bits & ones(len)), 0);
    }
    Some(bits)
}

/// So many bits, the lowest.
fn ones(len: usize) -> u64 {
    u32::try_from(len).ok().and_then(|len| u64::MAX.checked_shr(64_u32.saturating_sub(len))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::{email, link};

    proptest! {
        #[test]
        fn what_is_plain_is_read_so(text in "(https?://|)[a-c0-1@._/:;|<\\\\-]{0,70}|[a-c0-1]{1,3}[@._a-c0-1]{0,20}@[@._a-c0-1]{1,20}[a-c.]{2}|\\PC{0,30}") {
            prop_assert!(!is_email(text.as_bytes()) || email::is_plain_by_bytes(&text), "{text:?}");
            prop_assert!(!is_link(text.as_bytes()) || link::is_plain_by_bytes(&text), "{text:?}");
        }
    }

    #[test]
    fn sixteen_bytes_are_told_as_one_by_one() {
        for byte in 0..=u8::MAX {
            let (low, high) = (&[b'a', 0, 0xFF, byte, b'Z', b'/', 0x7F, byte], &[byte, b'0', 0x80, b'{', b'`', b'@', b':', byte]);
            let (one, other) = (Chunk::new(low, high).unwrap(), narrow::Chunk::new(low, high).unwrap());
            assert_eq!(one.signs().bits(), other.signs().bits());
            for first in 0..=u8::MAX {
                assert_eq!(one.is(first).bits(), other.is(first).bits());
                let (within, same) = (one.within(first, byte.max(first)), other.within(first, byte.max(first)));
                assert_eq!((within | one.is(0)).bits(), (same | other.is(0)).bits());
            }
        }
    }

    #[test]
    fn each_byte_has_its_bit() {
        for len in 0..70 {
            for at in 0..len {
                let mut text = vec![b'a'; len];
                text[at] = b'.';
                let wanted = (len <= 64).then(|| [1 << at, ones(len) & !(1 << at)]);
                assert_eq!(bits(&text, |chunk| [chunk.is(b'.'), chunk.signs()]), wanted, "{at} of {len}");
            }
        }
    }

    #[test]
    fn nearly_all_are_told_so() {
        for text in ["a@b.cn", "kepu_1.a@example.com.cn", "kp@kepu27155-is-a-long-name.example.cn"] {
            assert_eq!(is_email(text.as_bytes()), !text.contains('-'), "{text}");
        }
        for text in
            ["https://a", "http://www.example.cn", "https://www.example.cn/kepu/2023/0917/00000006.html?a=b#c", "https://a.cn/"]
        {
            assert!(is_link(text.as_bytes()), "{text}");
        }
    }
}
