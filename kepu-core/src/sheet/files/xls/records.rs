//! Records, the texts that run over several of them, and numbers as BIFF packs them.

use super::super::ole::word;
use crate::sheet::grid::Span;

/// The records of a stream from a place on; it ends where the stream breaks off.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at }
    }

    /// Where the next record begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn peek(&self, at: usize) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (word(self.stream, at)?, usize::from(word(self.stream, at.checked_add(2)?)?));
        let from = at.checked_add(4)?;
        Some((kind, self.stream.get(from..from.checked_add(length)?)?))
    }

    /// A record's data with the records that continue it.
    pub(super) fn with_continued(&self, data: &'a [u8]) -> Texts<'a> {
        let (mut chunks, mut at) = (vec![data], self.at);
        while let Some((0x003c, more)) = self.peek(at) {
            chunks.push(more);
            at += 4 + more.len();
        }
        Texts::new(chunks)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, data) = self.peek(self.at)?;
        self.at += 4 + data.len();
        Some((kind, data))
    }
}

/// Texts over one or several pieces ([MS-XLS] 2.5.293): where the characters of a text run over, the next piece
/// says anew whether a character takes one byte or two.
pub(super) struct Texts<'a> {
    chunks: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

impl<'a> Texts<'a> {
    pub(super) fn new(chunks: Vec<&'a [u8]>) -> Texts<'a> {
        Texts { chunks: chunks.into_iter(), rest: &[] }
    }

    /// The table of shared strings: one store of all, and the place of each.
    pub(super) fn table(mut self) -> Option<(String, Vec<Span>)> {
        self.skip(4)?;
        let [a, b, c, d] = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        let count = u32::from_le_bytes([a, b, c, d]);
        let (mut texts, mut spans) = (String::new(), Vec::new());
        for _ in 0..count {
            let text = self.text()?;
            spans.push(Span::new(texts.len(), text.len())?);
            texts.push_str(&text);
        }
        Some((texts, spans))
    }

    /// A text with its length in two bytes.
    pub(super) fn text(&mut self) -> Option<String> {
        let length = usize::from(u16::from_le_bytes([self.byte()?, self.byte()?]));
        self.characters(length)
    }

    /// A text of this many units, from its flags on; what styles it is passed over.
    pub(super) fn characters(&mut self, length: usize) -> Option<String> {
        let mut flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16::from_le_bytes([self.byte()?, self.byte()?])) * 4 };
        let extension = if flags & 4 == 0 {
            0
        } else {
            let four = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
            usize::try_from(u32::from_le_bytes(four)).ok()?
        };
        let mut units: Vec<u16> = Vec::with_capacity(length);
        while units.len() < length {
            if self.rest.is_empty() {
                self.rest = self.chunks.next()?;
                flags = self.byte()?;
            }
            let wide = flags & 1 == 1;
            let size = if wide { 2 } else { 1 };
            let here = (length - units.len()).min(self.rest.len() / size);
            if here == 0 {
                return None;
            }
            let (now, later) = self.rest.split_at_checked(here * size)?;
            self.rest = later;
            if wide {
                units.extend(now.chunks_exact(2).filter_map(|two| word(two, 0)));
            } else {
                units.extend(now.iter().map(|byte| u16::from(*byte)));
            }
        }
        self.skip(runs)?;
        self.skip(extension)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.rest = self.chunks.next()?;
        }
        let (first, later) = self.rest.split_first()?;
        self.rest = later;
        Some(*first)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.rest.is_empty() {
                self.rest = self.chunks.next()?;
            }
            let here = count.min(self.rest.len());
            self.rest = self.rest.get(here..)?;
            count -= here;
        }
        Some(())
    }
}

/// Eight bytes as a number.
pub(super) fn double(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..)?.first_chunk().map(|eight| f64::from_le_bytes(*eight))
}

/// A number in 30 bits: a whole one or the upper half of a float, perhaps in hundredths.
pub(super) fn rk(packed: u32) -> f64 {
    let number =
        if packed & 2 == 0 { f64::from_bits(u64::from(packed & !3) << 32) } else { f64::from(packed.cast_signed() >> 2) };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

/// An error as Excel shows it.
pub(super) fn error_text(code: u8) -> String {
    let shown = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => return format!("#ERR{code}"),
    };
    shown.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_runs_over_into_the_next_record_and_changes_its_width() {
        let mut texts = Texts::new(vec![&[4, 0, 0, b'A', b'B'], &[1, 0xb0, 0x6e, 0x30, 0x57]]);
        assert_eq!(texts.text().as_deref(), Some("AB\u{6eb0}地"));
    }

    #[test]
    fn packed_numbers_are_unpacked() {
        assert_eq!(rk((300 << 2) | 2), 300.0);
        assert_eq!(rk((1234 << 2) | 3), 12.34);
        assert_eq!(rk((-5_i32 << 2).cast_unsigned() | 2), -5.0);
        assert_eq!(rk(0x3ff0_0000), 1.0);
    }
}
