//! Looks at a text many bytes at a time: loops of a fixed length without a branch, which compilers turn into vectors.

#[cfg(any(test, target_arch = "wasm32"))]
mod tables;
#[cfg(all(feature = "simd", target_arch = "x86_64"))]
pub(crate) mod wide;

#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) use tables::Tables;

/// Bytes from one to another, both of them too.
pub(crate) type Span = (u8, u8);

/// Whether a byte is one of a span.
pub(crate) const fn is_within(byte: u8, (from, to): Span) -> bool {
    byte.wrapping_sub(from) <= to - from
}

/// How many bytes are looked at together.
const WIDTH: usize = 16;

/// Whether a text is up to 16 visible signs of ASCII, as most days, telephones and numbers are: its ends as two numbers.
pub(crate) fn is_short_ascii(bytes: &[u8]) -> bool {
    let is_visible = |part: &[u8; 8]| are_within(u64::from_le_bytes(*part), b' ', b'~');
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => bytes.len() <= 16 && is_visible(first) && is_visible(last),
        _ => bytes.iter().all(|byte| (0x20..0x7F).contains(byte)),
    }
}

/// Whether some bytes, from four to sixteen, are digits of ASCII: their ends as two numbers.
pub(crate) fn are_digits(bytes: &[u8]) -> bool {
    let are = |part: u64| are_within(part, b'0', b'9');
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => bytes.len() <= 16 && are(u64::from_le_bytes(*first)) && are(u64::from_le_bytes(*last)),
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => are(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))),
            _ => false,
        },
    }
}

/// Whether all eight bytes of a number stand from one sign of ASCII to another.
#[inline(always)]
fn are_within(bytes: u64, first: u8, last: u8) -> bool {
    const ONES: u64 = u64::MAX / 255;
    // Of bytes below 0x80 only those behind the last reach it by so much more, and only those before the first lose it.
    let (over, under) = (u64::from(0x7F_u8.saturating_sub(last)), u64::from(first));
    (bytes | bytes.wrapping_add(ONES * over) | !(bytes | ONES << 7).wrapping_sub(ONES * under)) & ONES << 7 == 0
}

/// Whether any byte is odd.
pub(crate) fn any(bytes: &[u8], odd: impl Fn(u8) -> bool) -> bool {
    if bytes.is_empty() {
        return false;
    }
    let mut found = [false; WIDTH];
    let mut look = |chunk: &[u8; WIDTH]| found.iter_mut().zip(chunk).for_each(|(found, byte)| *found |= odd(*byte));
    match bytes.last_chunk() {
        // The last bytes overlap those before them: a remainder byte by byte would cost more than all the rest.
        Some(last) => {
            bytes.as_chunks().0.iter().for_each(&mut look);
            look(last);
        }
        None => look(&filled(bytes)),
    }
    found.iter().fold(false, |any, found| any | found)
}

/// Whether any two neighbours are odd together.
pub(crate) fn any_pair(bytes: &[u8], odd: impl Fn(u8, u8) -> bool) -> bool {
    let Some((_, behind @ [_, ..])) = bytes.split_first() else { return false };
    let before = bytes.get(..behind.len()).unwrap_or_default();
    let mut found = [false; WIDTH];
    let mut look = |a: &[u8; WIDTH], b: &[u8; WIDTH]| {
        found.iter_mut().zip(a.iter().zip(b)).for_each(|(found, (a, b))| *found |= odd(*a, *b));
    };
    match (before.last_chunk(), behind.last_chunk()) {
        (Some(a), Some(b)) => {
            before.as_chunks().0.iter().zip(behind.as_chunks().0).for_each(|(a, b)| look(a, b));
            look(a, b);
        }
        _ => look(&filled(before), &filled(behind)),
    }
    found.iter().fold(false, |any, found| any | found)
}

/// A few bytes, some of them twice.
fn filled(bytes: &[u8]) -> [u8; WIDTH] {
    let mut chunk = [bytes.first().copied().unwrap_or_default(); WIDTH];
    // Two halves that overlap: byte by byte costs more than what is then done with them.
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            let (room, behind) = chunk.split_at_mut(8);
            room.copy_from_slice(first);
            behind.copy_from_slice(last);
        }
        _ => chunk.iter_mut().zip(bytes).for_each(|(room, byte)| *room = *byte),
    }
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_visible_ascii_byte_by_byte() {
        for len in 0..20 {
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'~'; len];
                    bytes[at] = byte;
                    let visible = (0x20..0x7F).contains(&byte) && len <= 16;
                    assert_eq!(is_short_ascii(&bytes), visible, "{byte:#x} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn digits_are_told_byte_by_byte() {
        for len in 0..20 {
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'9'; len];
                    bytes[at] = byte;
                    assert_eq!(
                        are_digits(&bytes),
                        byte.is_ascii_digit() && (4..=16).contains(&len),
                        "{byte:#x} at {at} of {len}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_odd_byte_or_pair_is_seen_wherever_it_stands() {
        for len in 0..70 {
            let mut bytes = vec![b'a'; len];
            assert!(!any(&bytes, |byte| byte == b'x') && !any_pair(&bytes, |a, b| a == b'x' && b == b'y'));
            for at in 0..len {
                bytes[at] = b'x';
                assert!(any(&bytes, |byte| byte == b'x'), "{at} of {len}");
                if at + 1 < len {
                    bytes[at + 1] = b'y';
                    assert!(any_pair(&bytes, |a, b| a == b'x' && b == b'y'), "{at} of {len}");
                    bytes[at + 1] = b'a';
                }
                bytes[at] = b'a';
            }
        }
    }
}
