//! Folding, for matching only: the different ways of writing one sign become one. Not NFKC, and without tables.

use std::borrow::Cow;

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
    let trimmed = text.trim();
    if is_folded(trimmed) { Cow::Borrowed(trimmed) } else { Cow::Owned(folded(trimmed)) }
}

/// Whether a text is ASCII in which nothing is folded. Without a branch, so that it is looked at many bytes at a time.
fn is_plain_ascii(text: &[u8]) -> bool {
    let odd = |b: u8| b >= 0x80 || b == b'\'' || b == b'~' || b.wrapping_sub(b'\t') < 5;
    let found = text.iter().fold(false, |found, b| found | odd(*b));
    !text.windows(2).fold(found, |found, pair| found | (pair == b"  "))
}

/// Whether folding would leave a trimmed text as it is.
fn is_folded(trimmed: &str) -> bool {
    if is_plain_ascii(trimmed.as_bytes()) {
        return true;
    }
    let mut before = 'x';
    for c in trimmed.chars() {
        let stays = match c {
            ' ' => before != ' ',
            'O' => !is_chinese_digit(before),
            '\'' | '~' | '\t'..='\r' => false,
            // The rest of ASCII, and most of what Chinese texts are made of, is not looked at twice.
            '\0'..='\u{7F}' => true,
            '\u{4E00}'..='\u{9FFF}' => fold_ideograph(c) == c,
            _ => !c.is_whitespace() && fold_char(c) == c,
        };
        if !stays {
            return false;
        }
        before = c;
    }
    true
}

fn folded(trimmed: &str) -> String {
    let mut folded = String::with_capacity(trimmed.len());
    let mut before = ' ';
    for c in trimmed.chars() {
        let c = match fold_char(c) {
            c if c.is_whitespace() => ' ',
            'O' if is_chinese_digit(before) => '〇',
            c => c,
        };
        if c != ' ' || before != ' ' {
            folded.push(c);
        }
        before = c;
    }
    folded
}

/// Writes the folded text behind what stands in `out`: for fingerprints of many texts, without memory of its own. What stays
/// as it is is copied in runs, told by one or two bytes of each sign.
#[cfg(feature = "arrow")]
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let text = text.trim();
    let bytes = text.as_bytes();
    let (mut run, mut at) = (0, 0);
    let begins = out.len();
    while let Some(lead) = bytes.get(at) {
        let width = match WIDTHS.get(usize::from(*lead)).copied().unwrap_or_default() {
            4 if may_fold(*lead, bytes.get(at + 1).copied().unwrap_or_default()) => 0,
            4 => 3,
            width => usize::from(width),
        };
        if width > 0 {
            at += width;
            continue;
        }
        out.push_str(text.get(run..at).unwrap_or_default());
        let Some(sign) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
        at += sign.len_utf8();
        run = at;
        let before = out.get(begins..).and_then(|written| written.chars().next_back()).unwrap_or(' ');
        match fold_char(sign) {
            sign if sign.is_whitespace() && before == ' ' => {}
            sign if sign.is_whitespace() => out.push(' '),
            'O' if is_chinese_digit(before) => out.push('〇'),
            sign => out.push(sign),
        }
    }
    out.push_str(text.get(run..).unwrap_or_default());
}

/// How many bytes a sign has that folds to itself, by its first; 0 where the sign has to be looked at, 4 where its second byte
/// tells. A table, since the leads of Chinese come in no order that a processor could foresee.
#[cfg(feature = "arrow")]
static WIDTHS: [u8; 256] = {
    let mut widths = [0; 256];
    let mut byte = 0;
    while byte < 0x80 {
        #[expect(clippy::indexing_slicing, reason = "a table made before the program runs")]
        if !matches!(byte, 9..=13 | 32 | 39 | 79 | 126) {
            widths[byte] = 1;
        }
        byte += 1;
    }
    [widths[0xE4], widths[0xE5], widths[0xE6], widths[0xE7], widths[0xE8], widths[0xE9]] = [3, 4, 4, 4, 4, 4];
    widths
};

/// Whether an ideograph that begins with these bytes may be one of the ten that have another form: a bit for each second
/// byte, a number for each lead from E5 on.
#[cfg(feature = "arrow")]
fn may_fold(lead: u8, next: u8) -> bool {
    const fn bits<const N: usize>(seconds: [u8; N]) -> u64 {
        let (mut bits, mut at) = (0, 0);
        while at < N {
            #[expect(clippy::indexing_slicing, reason = "made before the program runs")]
            let second = seconds[at];
            bits |= 1 << (second & 0x3F);
            at += 1;
        }
        bits
    }
    static SECONDS: [u64; 8] =
        [bits([0x84]), bits([0x95, 0x99]), bits([0xB4]), bits([0x90, 0x99]), bits([0x80, 0x81, 0xA4, 0xBB]), 0, 0, 0];
    let seconds = SECONDS.get(usize::from(lead.wrapping_sub(0xE5) & 7)).copied().unwrap_or_default();
    seconds >> (next & 0x3F) & 1 == 1
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
        #[cfg(feature = "arrow")]
        #[test]
        fn a_text_folds_into_a_buffer_as_it_folds_alone(text in "\\PC{0,12}|[萬億數餘約過時點號週O〇一○ \\t\u{3000}\u{a0}~'“”Ａ字]{0,12}") {
            let mut out = String::from("甲 ");
            fold_into(&text, &mut out);
            prop_assert_eq!(out, format!("甲 {}", fold(&text)));
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
