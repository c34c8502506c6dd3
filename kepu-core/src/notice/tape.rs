//! The tape: a value that is parsed already, written so that whoever has it (a browser's `JSON.parse`) hands it over in a
//! few lines, and that reading it back costs next to nothing: 9 KB less in the browser than a parser of JSON. The format
//! stands at [`Notice::from_tape`](super::Notice::from_tape).

use std::borrow::Cow;

use super::tree::{Entry, MAX_DEPTH, Node, TOO_DEEP, Value};
use crate::error::Fault;
use crate::message::Text;

#[cfg(any(feature = "json", feature = "toml", test))]
mod write;

#[cfg(any(feature = "json", feature = "toml", test))]
pub(crate) use write::write;

/// The tree of a tape; a fault where it is none or too deep. Places are places in the tape: they keep faults in order, and
/// nobody is shown them.
pub(crate) fn parse(tape: &str) -> Result<Node<'_>, Fault> {
    let mut reader = Reader { tape, at: 0, is_too_deep: false };
    let node = reader.node(0);
    reader.whole(node)
}

/// Hands on the entries of the object that is on a tape, one by one as they are read; false where it is something else.
pub(crate) fn entries<'a>(tape: &'a str, each: &mut dyn FnMut(&str, Node<'a>)) -> Result<bool, Fault> {
    if !tape.starts_with('{') {
        return parse(tape).map(|_| false);
    }
    let mut reader = Reader { tape, at: 0, is_too_deep: false };
    let read = reader.entries(0, &mut |_, key, node| each(key, node));
    reader.whole(read).map(|()| true)
}

struct Reader<'a> {
    tape: &'a str,
    at: usize,
    is_too_deep: bool,
}

impl<'a> Reader<'a> {
    /// What was read, if it is all that is on the tape.
    fn whole<T>(&self, read: Option<T>) -> Result<T, Fault> {
        read.filter(|_| self.at == self.tape.len()).ok_or_else(|| {
            let no_tape = Text { zh: "不是完整的数据带", en: "is no whole tape" };
            Fault::without_place(if self.is_too_deep { TOO_DEEP } else { no_tape })
        })
    }

    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        let at = self.at;
        let value = match self.sign()? {
            b'0'..=b'9' => Value::Text(Cow::Borrowed(self.text()?)),
            b'n' => self.skipped(Value::Null),
            b't' => self.skipped(Value::Bool(true)),
            b'f' => self.skipped(Value::Bool(false)),
            b'i' => {
                self.at += 1;
                let is_negative = self.is_next(b'-');
                let number = self.number()?;
                Value::Int(if is_negative { number } else { number.checked_neg()? })
            }
            b'x' => {
                let from = self.at + 1;
                self.at = from + 16;
                let digits = self.tape.get(from..self.at)?;
                Value::Float(f64::from_bits(u64::from_str_radix(digits, 16).ok()?))
            }
            b'[' => {
                self.open(depth)?;
                let mut items = Vec::new();
                while !self.is_next(b']') {
                    items.push(self.node(depth + 1)?);
                }
                Value::List(items)
            }
            b'{' => {
                let mut entries = Vec::new();
                self.entries(depth, &mut |at, key, node| entries.push(Entry { at, key: Cow::Borrowed(key), node }))?;
                Value::Table(entries)
            }
            _ => return None,
        };
        Some(Node { at, value })
    }

    /// Hands on the entries of an object, with their places.
    fn entries(&mut self, depth: usize, each: &mut dyn FnMut(usize, &'a str, Node<'a>)) -> Option<()> {
        self.open(depth)?;
        while !self.is_next(b'}') {
            let at = self.at;
            let key = self.text()?;
            each(at, key, self.node(depth + 1)?);
        }
        Some(())
    }

    /// The sign that comes next.
    #[inline(always)]
    fn sign(&self) -> Option<u8> {
        self.tape.as_bytes().get(self.at).copied()
    }

    fn skipped(&mut self, value: Value<'a>) -> Value<'a> {
        self.at += 1;
        value
    }

    /// Passes a sign of ASCII, if it comes next.
    fn is_next(&mut self, sign: u8) -> bool {
        let is_next = self.sign() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes a digit.
    #[inline(always)]
    fn digit(&mut self) -> Option<u8> {
        let digit = self.sign()?.wrapping_sub(b'0');
        self.at += 1;
        (digit < 10).then_some(digit)
    }

    fn open(&mut self, depth: usize) -> Option<()> {
        self.at += 1;
        self.is_too_deep |= depth >= MAX_DEPTH;
        (!self.is_too_deep).then_some(())
    }

    /// Digits and the sign that ends them, as the number below zero: there is one more of those than above.
    fn number(&mut self) -> Option<i64> {
        let mut number = 0_i64;
        loop {
            number = number.checked_mul(10)?.checked_sub(self.digit()?.into())?;
            if self.is_next(b';') {
                return Some(number);
            }
        }
    }

    /// How long a text is that comes next: never longer than the tape.
    fn units(&mut self) -> Option<usize> {
        let mut units = 0;
        loop {
            units = usize::from(self.digit()?).checked_add(10_usize.checked_mul(units)?)?;
            if units > self.tape.len() {
                return None;
            }
            if self.sign() == Some(b':') {
                self.at += 1;
                return Some(units);
            }
        }
    }

    fn text(&mut self) -> Option<&'a str> {
        let mut left = self.units()?;
        let rest = self.tape.as_bytes().get(self.at..)?;
        let mut len = 0;
        for eight in rest.as_chunks().0 {
            if left < eight.len() {
                break;
            }
            left = left.checked_sub(units(*eight))?;
            len += eight.len();
        }
        for byte in rest.get(len..)? {
            // What behind the last unit still belongs to its character begins none.
            if left == 0 && !is_behind(*byte) {
                break;
            }
            left = left.checked_sub(units_of(*byte))?;
            len += 1;
        }
        let (from, to) = (self.at, self.at + len);
        self.at = to;
        self.tape.get(from..to).filter(|_| left == 0)
    }
}

/// Whether a byte of UTF-8 is not the first of its character.
const fn is_behind(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// How many of JavaScript's units begin with a byte: two with the first of four.
const fn units_of(byte: u8) -> usize {
    if is_behind(byte) {
        0
    } else if byte < 0xF0 {
        1
    } else {
        2
    }
}

/// The same of eight bytes, all at once.
fn units(bytes: [u8; 8]) -> usize {
    const LOWEST: u64 = u64::MAX / 255;
    let bits = u64::from_le_bytes(bytes);
    let (behind, of_four) = (bits >> 7 & !(bits >> 6), bits >> 7 & bits >> 6 & bits >> 5 & bits >> 4);
    let count = |bits: u64| (bits & LOWEST).count_ones();
    usize::try_from(8 + count(of_four) - count(behind)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let tape = "{5:titlen4:活动😀[tfi-9223372036854775808;x3ff8000000000000[0:i0;]{}]}";
        assert_eq!(parse(tape).map(|tree| write(&tree)).as_deref(), Ok(tape));
    }

    #[test]
    fn a_text_is_as_long_as_javascript_says() {
        for (tape, text) in [
            ("2:😀", "😀"),
            ("9:abcdefg😀", "abcdefg😀"),
            ("8:abcdef活动", "abcdef活动"),
            ("16:😀😀😀😀😀😀😀éa", "😀😀😀😀😀😀😀éa"),
        ] {
            assert_eq!(parse(tape).unwrap().text(), Some(text));
        }
        for cut in [
            "1:😀",
            "3:😀",
            "2:😀n",
            "8:abcdefg😀",
            "10:abcdefg😀",
            "16:😀😀😀😀😀😀😀é",
            "99999999999999999999999:a",
            "2;😀",
            "-1:",
            ":",
            "i;;",
            "i1",
            "i9223372036854775808;",
            "x3ff",
            "[",
            "{n}",
            "{1:a}",
            "",
        ] {
            assert!(parse(cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn thirty_two_levels_are_read_and_thirty_three_are_not() {
        let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(32)).is_ok());
        assert_eq!(parse(&nested(33)).unwrap_err().en, TOO_DEEP.en);
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_may_be_a_tape(tape in "\\PC{0,30}|[0-9]{1,2}:[a-c活é😀]{0,24}n?|[\\[\\]{}ntfix0-9:;-]{0,40}") {
            if let Ok(tree) = parse(&tape) {
                let again = write(&tree);
                prop_assert_eq!(parse(&again).map(|tree| write(&tree)), Ok(again.clone()));
            }
        }
    }
}
