//! Folding, for matching only: the different ways of writing one sign become one. Not NFKC, and without tables.

use std::borrow::Cow;

/// One sign for all the ways of writing it.
///
/// Full-width ASCII, the ideographic space, dashes, quote marks, brackets, the Chinese zero and the traditional forms
/// that counts and times are written in.
pub(crate) const fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '～' | '~' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '〜' => '-',
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'' | '＂' | '＇' => '"',
        '【' => '(',
        '】' => ')',
        '○' => '〇',
        '萬' => '万',
        '億' => '亿',
        '數' => '数',
        '餘' => '余',
        '約' => '约',
        '過' => '过',
        '時' => '时',
        '點' => '点',
        '號' => '号',
        '週' => '周',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(ascii) => ascii,
            None => c,
        },
        _ => c,
    }
}

/// The folded text: each sign folded, and white space trimmed at both ends and run together inside.
///
/// Borrows where there is nothing to fold.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let plain = |bytes: &[u8]| {
        bytes.windows(2).all(|pair| pair != b"  ") && !bytes.iter().any(|b| matches!(b, b'\t'..=b'\r' | b'\'' | b'~'))
    };
    if plain(trimmed.as_bytes()) && trimmed.chars().all(|c| c.is_ascii() || (fold_char(c) == c && !c.is_whitespace())) {
        return Cow::Borrowed(trimmed);
    }
    let mut folded = String::with_capacity(trimmed.len());
    let mut space = false;
    for c in trimmed.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            folded.push(' ');
        }
        folded.push(fold_char(c));
    }
    Cow::Owned(folded)
}
