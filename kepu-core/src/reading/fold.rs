//! Folding, for matching only: the different ways of writing one sign become one. Not NFKC, and without tables.

use std::borrow::Cow;

use super::sweep;

/// One sign for all the ways of writing it.
///
/// Full-width ASCII, the ideographic space, dashes, quote marks, brackets, the Chinese zero and the traditional forms
/// that counts and times are written in. What depends on its neighbours (an O among Chinese digits, runs of white
/// space) is [`fold`]'s.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '～' | '~' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '〜' => '-',
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'' | '＂' | '＇' => '"',
        '【' => '(',
        '】' => ')',
        '○' => '〇',
        '\u{4E00}'..='\u{9FFF}' => fold_ideograph(c),
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// The simplified form of the ten that counts and times are written in (reading.md, Folding).
fn fold_ideograph(c: char) -> char {
    match c {
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
        _ => c,
    }
}

/// Whether a folded sign is a digit behind which an O is a zero.
pub(crate) fn is_chinese_digit(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
}

/// The folded text: each sign folded, and white space trimmed at both ends and run together inside.
///
/// Borrows where there is nothing to fold.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    // Ids, telephones and numbers: no white space to trim, and nothing that folds.
    if !sweep::any(text.as_bytes(), |sign| (sign <= b' ') | (sign == b'\'') | (sign >= b'~')) {
        return Cow::Borrowed(text);
    }
    let trimmed = text.trim();
    if is_folded(trimmed) { Cow::Borrowed(trimmed) } else { Cow::Owned(folded(trimmed)) }
}

/// Whether folding would leave a trimmed text as it is.
fn is_folded(trimmed: &str) -> bool {
    let mut at = untouched(trimmed, 0);
    let mut before = last_of(trimmed, at);
    while let Some(c) = sign_at(trimmed, at) {
        if folded_behind(before, c) != Some(c) {
            return false;
        }
        let behind = at.saturating_add(c.len_utf8());
        at = untouched(trimmed, behind);
        before = if at == behind { Some(c) } else { last_of(trimmed, at) };
    }
    true
}

fn folded(trimmed: &str) -> String {
    let mut folded = String::with_capacity(trimmed.len());
    let mut at = 0;
    loop {
        let to = untouched(trimmed, at);
        folded.push_str(trimmed.get(at..to).unwrap_or_default());
        let Some(c) = sign_at(trimmed, to) else { return folded };
        if let Some(sign) = folded_behind(folded.chars().next_back(), c) {
            folded.push(sign);
        }
        at = to.saturating_add(c.len_utf8());
    }
}

/// What a sign folds to behind another that is folded; nothing where it is white space behind white space.
fn folded_behind(before: Option<char>, c: char) -> Option<char> {
    match fold_char(c) {
        c if c.is_whitespace() => before.is_some_and(|before| before != ' ').then_some(' '),
        'O' if before.is_some_and(is_chinese_digit) => Some('〇'),
        c => Some(c),
    }
}

fn sign_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn last_of(text: &str, to: usize) -> Option<char> {
    text.get(..to).and_then(|before| before.chars().next_back())
}

/// Where the signs end, from a place on, that surely fold to themselves wherever they stand: most of what texts are made of,
/// told by its bytes.
fn untouched(text: &str, from: usize) -> usize {
    let mut rest = text.as_bytes().get(from..).unwrap_or_default();
    loop {
        rest = match rest {
            [0xE4..=0xE9, b, c, behind @ ..] if !TRADITIONAL.has(*b, *c) => behind,
            [0x21..=0x26 | 0x28..=0x4E | 0x50..=0x7D, behind @ ..] => behind,
            rest => return text.len().saturating_sub(rest.len()),
        };
    }
}

/// A number for the last signs of a text, so many of them: without the signs of which there are several, so that texts that
/// fold to the same have the same number, and others nearly always another. Whoever looks for equals has to fold only those.
/// What tells a text from others, a number, a place, stands at its end oftener than where it begins.
pub(crate) fn gist(text: &str, mut signs: usize) -> u64 {
    // An odd number without a pattern: what comes earlier moves on with every sign.
    const TURN: u64 = 0x9E37_79B9_7F4A_7C15;
    let (mut rest, mut sum) = (text.as_bytes(), 0_u64);
    while signs > 0
        && let Some((sign, before)) = last_sign(rest)
    {
        if sign != 0 {
            sum = (sum ^ u64::from(sign)).wrapping_mul(TURN).rotate_left(29);
            signs -= 1;
        }
        rest = before;
    }
    sum
}

/// The last sign as a number, 0 where there are several that fold to it or where it is rare, and what stands before it.
fn last_sign(text: &[u8]) -> Option<(u32, &[u8])> {
    Some(match text {
        [before @ .., a @ 0xE4..=0xE9, b, c] => (ideograph(*a, *b, *c), before),
        [before @ .., sign @ 0..=0x7F] => (of_ascii(*sign), before),
        [before @ .., 0xEF, lead @ (0xBC | 0xBD), c] => (of_ascii(narrow(*lead, *c)), before),
        [before @ .., _] => (0, before),
        [] => return None,
    })
}

fn ideograph(a: u8, b: u8, c: u8) -> u32 {
    if OF_TWO_FORMS.has(b, c) { 0 } else { u32::from_le_bytes([a, b, c, 0]) }
}

fn of_ascii(sign: u8) -> u32 {
    if stays(sign) { sign.into() } else { 0 }
}

/// The sign of ASCII that is written in full width with these two bytes; none of it for what stands beside them there.
fn narrow(lead: u8, third: u8) -> u8 {
    match (lead, third) {
        (0xBC, 0x81..) => third.wrapping_sub(0x60),
        (0xBD, ..=0x9E) => third.wrapping_sub(0x20),
        _ => 0,
    }
}

/// Whether a sign of ASCII is the only one that folds to it, and folds to itself wherever it stands.
fn stays(sign: u8) -> bool {
    static STAYS: [bool; 128] = {
        let mut stays = [true; 128];
        let mut at = 0;
        while at < 128 {
            #[expect(clippy::indexing_slicing, reason = "a table made before the program runs")]
            if matches!(at, 0..=0x20 | 0x7F | 0x22 | 0x27..=0x29 | 0x2D | 0x4F | 0x7E) {
                stays[at] = false;
            }
            at += 1;
        }
        stays
    };
    STAYS.get(usize::from(sign)).copied().unwrap_or_default()
}

/// Ideographs by the last two bytes of each: a bit for each pair. Others that end so are taken for them.
struct Ends([u64; 64]);

/// The ten that have a simplified form, and those with their forms.
static TRADITIONAL: Ends = Ends::of("萬億數餘約過時點號週");
static OF_TWO_FORMS: Ends = Ends::of("萬億數餘約過時點號週万亿数余约过时点号周");

impl Ends {
    const fn of(signs: &str) -> Ends {
        let (mut pairs, mut signs) = ([0; 64], signs.as_bytes());
        while let [_, second, third, behind @ ..] = signs {
            #[expect(clippy::indexing_slicing, clippy::as_conversions, reason = "a table made before the program runs")]
            {
                pairs[(*second & 0x3F) as usize] |= 1 << (*third & 0x3F);
            }
            signs = behind;
        }
        Ends(pairs)
    }

    fn has(&self, second: u8, third: u8) -> bool {
        self.0.get(usize::from(second & 0x3F)).copied().unwrap_or_default() >> (third & 0x3F) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_borrowed(text: &str) -> bool {
        matches!(fold(text), Cow::Borrowed(_))
    }

    #[test]
    fn full_width_signs_are_their_ascii() {
        assert_eq!(fold("２０２３－０９－１７（Ａ）：，"), "2023-09-17(A):,");
        assert_eq!(fold("！～＂＇"), "!-\"\"");
    }

    #[test]
    fn every_dash_is_one_dash() {
        for dash in ["-", "‐", "‑", "‒", "–", "—", "―", "−", "－", "〜", "～", "~"] {
            assert_eq!(fold(dash), "-", "{dash}");
        }
    }

    #[test]
    fn every_quote_mark_is_one_and_every_bracket() {
        assert_eq!(fold("“”‘’「」『』\"'"), "\"\"\"\"\"\"\"\"\"\"");
        assert_eq!(fold("（一）【二】"), "(一)(二)");
    }

    #[test]
    fn a_zero_is_a_zero_and_an_o_only_among_chinese_digits() {
        assert_eq!(fold("二〇二三 二○二三 二OO七 二Ｏ二三"), "二〇二三 二〇二三 二〇〇七 二〇二三");
        assert_eq!(fold("O2O与GO"), "O2O与GO");
    }

    #[test]
    fn the_traditional_forms_of_counts_and_times_are_simplified() {
        assert_eq!(fold("萬億數餘約過時點號週"), "万亿数余约过时点号周");
        assert_eq!(fold("雙"), "雙", "no other character is touched");
    }

    #[test]
    fn white_space_is_unicodes_and_runs_together() {
        assert_eq!(fold("\u{3000} 甲\u{A0}\t\n乙\u{2003}丙\u{85} "), "甲 乙 丙");
        assert_eq!(fold("甲\u{200B}乙\u{FEFF}"), "甲\u{200B}乙\u{FEFF}", "zero-width characters are none");
        assert_eq!(fold(" \u{3000}"), "");
    }

    #[test]
    fn what_needs_no_folding_is_borrowed() {
        for text in ["", "2023-09-17", "9月17日至23日", "OK", "第一 二", "全国科普日，河南", " 两端 "] {
            assert_eq!(is_borrowed(text), !text.contains('，'), "{text}");
        }
        assert!(!is_borrowed("a  b") && !is_borrowed("9：00"));
    }

    proptest! {
        #[test]
        fn texts_that_fold_to_the_same_have_one_gist(text in "\\PC{0,12}|[萬億數餘約過時點號週O〇一○ \\t\u{3000}\u{a0}~'“”【（Ａ１Ｏ～字-]{0,12}") {
            for signs in [1, 3, 20] {
                prop_assert_eq!(gist(&text, signs), gist(&fold(&text), signs));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[ 　\tO○Ｏ二九～'“【，週a-c\u{A0}]{0,12}|\\PC{0,20}") {
            let text = text.as_str();
            let once = fold(text).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once.clone());
            prop_assert!(is_borrowed(&once));
            prop_assert_eq!(folded(text.trim()), once, "the borrow is no other text");
        }
    }
}
