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
    let node = reader.node(0).filter(|_| reader.at == tape.len());
    node.ok_or_else(|| {
        let no_tape = Text { zh: "不是完整的数据带", en: "is no whole tape" };
        Fault::without_place(if reader.is_too_deep { TOO_DEEP } else { no_tape })
    })
}

struct Reader<'a> {
    tape: &'a str,
    at: usize,
    is_too_deep: bool,
}

impl<'a> Reader<'a> {
    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        let at = self.at;
        let value = match self.sign()? {
            b'n' => self.skipped(Value::Null),
            b't' => self.skipped(Value::Bool(true)),
            b'f' => self.skipped(Value::Bool(false)),
            b'i' => {
                self.at += 1;
                let is_negative = self.is_next(b'-');
                let number = self.number(b';')?;
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
                self.open(depth)?;
                let mut entries = Vec::new();
                while !self.is_next(b'}') {
                    let (at, key) = (self.at, Cow::Borrowed(self.text()?));
                    entries.push(Entry { at, key, node: self.node(depth + 1)? });
                }
                Value::Table(entries)
            }
            _ => Value::Text(Cow::Borrowed(self.text()?)),
        };
        Some(Node { at, value })
    }

    /// The sign that comes next.
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

    fn open(&mut self, depth: usize) -> Option<()> {
        self.at += 1;
        self.is_too_deep |= depth >= MAX_DEPTH;
        (!self.is_too_deep).then_some(())
    }

    /// Digits and the sign that ends them, as the number below zero: there is one more of those than above.
    fn number(&mut self, end: u8) -> Option<i64> {
        let mut number = 0_i64;
        loop {
            let digit = self.sign()?.checked_sub(b'0').filter(|digit| *digit < 10)?;
            number = number.checked_mul(10)?.checked_sub(digit.into())?;
            self.at += 1;
            if self.is_next(end) {
                return Some(number);
            }
        }
    }

    fn text(&mut self) -> Option<&'a str> {
        let mut left = usize::try_from(self.number(b':')?.unsigned_abs()).ok()?;
        let (bytes, mut to) = (self.tape.as_bytes(), self.at);
        // A character tells by its first byte how long it is, and whether it is two of JavaScript's.
        while left > 0 {
            let (len, units) = match *bytes.get(to)? {
                0..0xC0 => (1, 1),
                0xC0..0xE0 => (2, 1),
                0xE0..0xF0 => (3, 1),
                0xF0.. => (4, 2),
            };
            to += len;
            left = left.checked_sub(units)?;
        }
        let text = self.tape.get(self.at..to);
        self.at = to;
        text
    }
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
        assert_eq!(parse("2:😀").unwrap().text(), Some("😀"));
        for cut in
            ["1:😀", "3:😀", "2:😀n", "2;😀", "-1:", ":", "i;;", "i1", "i9223372036854775808;", "x3ff", "[", "{n}", "{1:a}", ""]
        {
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
        fn any_text_may_be_a_tape(tape in "\\PC{0,30}|[\\[\\]{}ntfix0-9:;-]{0,40}") {
            if let Ok(tree) = parse(&tape) {
                let again = write(&tree);
                prop_assert_eq!(parse(&again).map(|tree| write(&tree)), Ok(again.clone()));
            }
        }
    }
}
