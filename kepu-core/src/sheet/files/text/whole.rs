//! A file read to its end, block by block: what is UTF-8 is a text at once, and its bytes are never held beside it.

use std::io::Read;
use std::sync::Arc;

use simdutf8::basic::from_utf8;

use crate::error::Error;
use crate::sheet::files::Source;

/// So much is read at a time.
const BLOCK: usize = 256 << 10;

/// A file to its end.
pub(in super::super) enum Whole {
    /// UTF-8 without a NUL, with the mark where it had one.
    Text(Arc<String>),
    /// Anything else.
    Bytes(Vec<u8>),
}

/// Reads to the end, and asks whoever watches after each block whether to go on.
pub(in super::super) fn read(from: &mut impl Read, source: &Source<'_>) -> Result<Whole, Error> {
    // How much will come nobody knows yet.
    source.watch.expect(u64::MAX);
    let (mut text, mut block) = (String::new(), Vec::with_capacity(BLOCK));
    loop {
        let more = u64::try_from(BLOCK - block.len()).unwrap_or_default();
        from.by_ref().take(more).read_to_end(&mut block).map_err(|error| source.broken(&error))?;
        let is_at_end = block.len() < BLOCK;
        let end = if is_at_end { block.len() } else { behind_last_sign(&block) };
        let sound = block.get(..end).and_then(|signs| from_utf8(signs).ok());
        let Some(sound) = sound.filter(|sound| memchr::memchr(0, sound.as_bytes()).is_none()) else {
            let mut bytes = text.into_bytes();
            bytes.append(&mut block);
            from.read_to_end(&mut bytes).map_err(|error| source.broken(&error))?;
            return Ok(Whole::Bytes(bytes));
        };
        text.push_str(sound);
        if is_at_end {
            return Ok(Whole::Text(Arc::new(text)));
        }
        block.drain(..end);
        source.advance(0)?;
    }
}

/// Where the last whole character of UTF-8 ends: one that has begun goes on in the next block.
fn behind_last_sign(bytes: &[u8]) -> usize {
    let lead = bytes.iter().rev().take(4).position(|byte| !(0x80..0xC0).contains(byte)).map(|behind| bytes.len() - 1 - behind);
    let len = |lead: u8| match lead {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    };
    match lead.and_then(|at| Some((at, *bytes.get(at)?))) {
        Some((at, byte)) if at + len(byte) > bytes.len() => at,
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::files::text::stream::with_source;

    fn whole(bytes: &[u8]) -> Whole {
        with_source("a.csv", &[], |source| read(&mut &*bytes, source)).unwrap()
    }

    #[test]
    fn a_character_may_lie_over_the_end_of_a_block() {
        for signs in ["a", "é", "走", "😀"] {
            for shift in 0..4 {
                let text = " ".repeat(shift) + &signs.repeat(3 * BLOCK / signs.len());
                assert!(matches!(whole(text.as_bytes()), Whole::Text(read) if *read == text), "{signs} {shift}");
            }
        }
    }

    #[test]
    fn what_is_no_text_comes_back_byte_for_byte() {
        let long = "走近湿地，".repeat(BLOCK / 10);
        for end in [&b"\xd7\xdf"[..], b"\0", b"\xe8\xb5", b"\xff\xff\xff\xff\xff"] {
            for bytes in [end.to_vec(), [long.as_bytes(), end].concat(), [long.as_bytes(), end, long.as_bytes()].concat()] {
                assert!(matches!(whole(&bytes), Whole::Bytes(read) if read == bytes), "{end:?} {}", bytes.len());
            }
        }
        assert!(matches!(whole(b""), Whole::Text(read) if read.is_empty()));
    }
}
