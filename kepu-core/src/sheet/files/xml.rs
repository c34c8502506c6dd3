//! XML of spreadsheets, read in one pass while it is unpacked: a part is never in memory as a whole, and a cell costs
//! five short tokens. Names are without their prefix, since other programs write `x:c`; no DTD is read, so that no
//! entity expands.

mod scan;
mod tag;

use std::borrow::Cow;

use scan::{Piece, piece};
pub(super) use tag::Tag;

use super::fault::Fault;

/// Where the bytes of a part come from.
pub(super) trait Input {
    /// Fills a part of a buffer and says how much of it; 0 at the end.
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault>;
}

impl Input for &[u8] {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        std::io::Read::read(self, into).map_err(|_| Fault::Broken)
    }
}

/// What is read at once.
const CHUNK: usize = 64 << 10;

/// What comes next.
#[derive(Debug)]
pub(super) enum Token<'x> {
    /// An element begins; one without content ends at once.
    Open(Tag<'x>),
    /// An element ends; its name.
    Close(&'x [u8]),
    /// Characters, their entities not yet resolved.
    Text(Raw<'x>),
    /// The part is at its end, and every element is closed.
    End,
}

/// A reader over a part.
pub(super) struct Xml<'i> {
    input: Box<dyn Input + 'i>,
    buffer: Vec<u8>,
    /// What is in the buffer and not yet read.
    from: usize,
    to: usize,
    has_ended: bool,
    depth: usize,
    /// The name of an element without content, whose end comes next.
    closing: Option<(usize, usize)>,
}

impl<'i> Xml<'i> {
    pub(super) fn new(input: impl Input + 'i) -> Xml<'i> {
        let buffer = vec![0; CHUNK];
        Xml { input: Box::new(input), buffer, from: 0, to: 0, has_ended: false, depth: 0, closing: None }
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Result<Token<'_>, Fault> {
        if let Some((from, to)) = self.closing.take() {
            self.close()?;
            return Ok(Token::Close(self.at(0, (from, to))));
        }
        let (found, from) = loop {
            let rest = self.buffer.get(self.from..self.to).unwrap_or_default();
            match piece(rest, self.has_ended)? {
                Piece::More => self.fill()?,
                Piece::Passed(len) => self.from += len,
                found => break (found, self.from),
            }
        };
        match found {
            Piece::Open { name, attributes, is_empty, len } => {
                self.from = from + len;
                self.depth += 1;
                self.closing = is_empty.then_some((from + name.0, from + name.1));
                Ok(Token::Open(Tag::new(self.at(from, name), self.at(from, attributes))))
            }
            Piece::Close { name, len } => {
                self.from = from + len;
                self.close()?;
                Ok(Token::Close(self.at(from, name)))
            }
            Piece::Text { text, is_plain, len } => {
                self.from = from + len;
                Ok(Token::Text(Raw { bytes: self.at(from, text), is_plain }))
            }
            Piece::End if self.depth > 0 => Err(Fault::Broken),
            Piece::End | Piece::More | Piece::Passed(_) => Ok(Token::End),
        }
    }

    /// What stands at a place, counted from another.
    fn at(&self, from: usize, (begin, end): (usize, usize)) -> &[u8] {
        self.buffer.get(from + begin..from + end).unwrap_or_default()
    }

    fn close(&mut self) -> Result<(), Fault> {
        self.depth = self.depth.checked_sub(1).ok_or(Fault::Broken)?;
        Ok(())
    }

    /// Past the end of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around {
            if matches!(self.next()?, Token::End) {
                return Err(Fault::Broken);
            }
        }
        Ok(())
    }

    /// The text up to the end of the element that has just begun; elements inside are skipped.
    pub(super) fn text(&mut self, into: &mut String) -> Result<(), Fault> {
        loop {
            match self.next()? {
                Token::Text(text) => text.push_to(into)?,
                Token::Open(_) => self.skip()?,
                Token::Close(_) => return Ok(()),
                Token::End => return Err(Fault::Broken),
            }
        }
    }

    /// Makes room and reads on; a token may be longer than the buffer, which then grows.
    fn fill(&mut self) -> Result<(), Fault> {
        self.buffer.copy_within(self.from..self.to, 0);
        (self.from, self.to) = (0, self.to - self.from);
        if self.to == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        while let Some(room) = self.buffer.get_mut(self.to..).filter(|room| !room.is_empty()) {
            match self.input.read(room)? {
                0 => {
                    self.has_ended = true;
                    break;
                }
                read => self.to += read,
            }
        }
        Ok(())
    }
}

/// Characters as they are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'x> {
    bytes: &'x [u8],
    /// Nothing in it stands for something else: a CDATA section.
    is_plain: bool,
}

impl Raw<'_> {
    /// The characters: line ends as XML 1.0 has them, entities resolved.
    pub(super) fn push_to(self, into: &mut String) -> Result<(), Fault> {
        let mut rest = std::str::from_utf8(self.bytes).map_err(|_| Fault::Broken)?;
        while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
            let (before, behind) = rest.split_at_checked(at).ok_or(Fault::Broken)?;
            into.push_str(before);
            rest = if let Some(line_end) = behind.strip_prefix('\r') {
                into.push('\n');
                line_end.strip_prefix('\n').unwrap_or(line_end)
            } else if self.is_plain {
                into.push('&');
                behind.strip_prefix('&').unwrap_or(behind)
            } else {
                entity(behind, into)
            };
        }
        into.push_str(rest);
        Ok(())
    }
}

/// Resolves the entity that a text begins with; what follows it. An unknown one stays as it is written.
fn entity<'t>(text: &'t str, into: &mut String) -> &'t str {
    let behind = text.strip_prefix('&').unwrap_or(text);
    let known = behind.split_once(';').and_then(|(name, rest)| Some((meaning(name)?, rest)));
    let (sign, rest) = known.unwrap_or(('&', behind));
    into.push(sign);
    rest
}

fn meaning(name: &str) -> Option<char> {
    let digits = |digits: &str, radix| {
        let are_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| are_digits)?)
    };
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix("#x") {
            Some(hex) => digits(hex, 16),
            None => digits(name.strip_prefix('#')?, 10),
        },
    }
}

/// The value of an attribute: entities resolved, white space as spaces.
fn value(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !bytes.iter().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
        return Some(Cow::Borrowed(text));
    }
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(sign) = rest.chars().next() {
        rest = match sign {
            '&' => entity(rest, &mut whole),
            '\t' | '\n' | '\r' => {
                whole.push(' ');
                let behind = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(sign));
                behind.unwrap_or_default()
            }
            _ => {
                whole.push(sign);
                rest.strip_prefix(sign).unwrap_or_default()
            }
        };
    }
    Some(Cow::Owned(whole))
}

#[cfg(test)]
mod tests;
