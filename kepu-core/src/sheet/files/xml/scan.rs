//! Where the next piece of a part ends.

use super::Fault;

/// The next piece, by places in what was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Open {
        name: (usize, usize),
        attributes: (usize, usize),
        is_empty: bool,
        len: usize,
    },
    Close {
        name: (usize, usize),
        len: usize,
    },
    Text {
        text: (usize, usize),
        is_plain: bool,
        len: usize,
    },
    /// A comment, a declaration, an instruction.
    Passed(usize),
    /// It cannot be told yet.
    More,
    End,
}

const CDATA: &[u8] = b"<![CDATA[";

/// The piece that some bytes begin with; whether they are the part's last.
pub(super) fn piece(bytes: &[u8], is_last: bool) -> Result<Piece, Fault> {
    let more = || if is_last { Err(Fault::Broken) } else { Ok(Piece::More) };
    match bytes {
        [] => Ok(if is_last { Piece::End } else { Piece::More }),
        [b'<', b'/', name @ ..] => {
            let Some(end) = memchr::memchr(b'>', name) else { return more() };
            let from = 2 + behind_prefix(name.get(..end).unwrap_or_default());
            let to = 2 + name.iter().take(end).position(u8::is_ascii_whitespace).unwrap_or(end);
            Ok(Piece::Close { name: (from.min(to), to), len: end + 3 })
        }
        [b'<', b'?', rest @ ..] => found(memchr::memmem::find(rest, b"?>"), 4).map_or_else(more, |len| Ok(Piece::Passed(len))),
        [b'<', b'!', b'-', b'-', rest @ ..] => {
            found(memchr::memmem::find(rest, b"-->"), 7).map_or_else(more, |len| Ok(Piece::Passed(len)))
        }
        _ if bytes.starts_with(CDATA) => {
            let end = bytes.get(CDATA.len()..).and_then(|rest| memchr::memmem::find(rest, b"]]>"));
            let text = |end| (CDATA.len(), CDATA.len() + end);
            end.map_or_else(more, |end| Ok(Piece::Text { text: text(end), is_plain: true, len: CDATA.len() + end + 3 }))
        }
        // Perhaps the beginning of one of these.
        [b'<'] | [b'<', b'!', b'-'] if !is_last => Ok(Piece::More),
        [b'<', b'!', ..] if !is_last && CDATA.starts_with(bytes) => Ok(Piece::More),
        // A DTD: no spreadsheet has one, and its entities are what bombs are made of.
        [b'<', b'!', ..] => Err(Fault::Broken),
        [b'<', tag @ ..] => open(tag, more),
        _ => match memchr::memchr(b'<', bytes) {
            Some(end) => Ok(Piece::Text { text: (0, end), is_plain: false, len: end }),
            None if is_last => Ok(Piece::Text { text: (0, bytes.len()), is_plain: false, len: bytes.len() }),
            None => Ok(Piece::More),
        },
    }
}

fn found(end: Option<usize>, around: usize) -> Option<usize> {
    end.map(|end| end + around)
}

/// A tag that begins, from its name on. A `>` may stand in a value.
fn open(tag: &[u8], more: impl Fn() -> Result<Piece, Fault>) -> Result<Piece, Fault> {
    let (mut at, mut prefix, mut name) = (0, 0, None);
    loop {
        match tag.get(at) {
            None => return more(),
            Some(b'>') => break,
            Some(quote @ (b'"' | b'\'')) => {
                let behind = tag.get(at + 1..).unwrap_or_default();
                match behind.iter().position(|byte| byte == quote) {
                    Some(end) => at += end + 1,
                    None => return more(),
                }
            }
            Some(b':') if name.is_none() => prefix = at + 1,
            Some(byte) if name.is_none() && (byte.is_ascii_whitespace() || *byte == b'/') => name = Some(at),
            Some(_) => {}
        }
        at += 1;
    }
    let is_empty = at > 0 && tag.get(at - 1) == Some(&b'/');
    let end = if is_empty { at - 1 } else { at };
    let name = name.unwrap_or(end).min(end);
    if name <= prefix {
        return Err(Fault::Broken);
    }
    Ok(Piece::Open { name: (prefix + 1, name + 1), attributes: (name + 1, end + 1), is_empty, len: at + 2 })
}

/// Where a name begins behind its prefix.
pub(super) fn behind_prefix(name: &[u8]) -> usize {
    memchr::memchr(b':', name).map_or(0, |colon| colon + 1)
}
