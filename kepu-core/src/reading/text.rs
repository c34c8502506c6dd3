//! Text as it stands: whether a cell is empty, what a cell is as text, and what is wrong with any text.

use std::borrow::Cow;

use super::day::iso;
use super::decimal::{self, push_whole};
use super::fold::fold_char;
#[cfg(not(target_arch = "wasm32"))]
use super::sweep::is_within;
use super::sweep::{self, Span};
use crate::as_of::minute_of;
use crate::message::push_clock;
use crate::record::Cell;

/// The most bytes of UTF-8 that a field is read with (the contract, “too-long”).
pub(crate) const MOST_BYTES: usize = 65_536;
/// The most items that a field is read with.
pub(crate) const MOST_ITEMS: usize = 1_000;

/// Whether a cell says nothing: empty, NaN, white space, a run of dashes or slashes, 无 暂无 待定 NA N/A null NaN NaT.
pub(crate) fn is_empty(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Float(number) => number.is_nan(),
        Cell::Text(text) => is_empty_text(text),
        Cell::List(list) => list.iter().all(is_empty),
        _ => false,
    }
}

/// The same of a text.
pub(crate) fn is_empty_text(text: &str) -> bool {
    if begins_with_words(text) {
        return false;
    }
    let text = text.trim();
    match text.bytes().next() {
        None => true,
        Some(0xE5 | 0xE6) => matches!(text, "无" | "暂无" | "待定"),
        Some(b'-' | b'/' | b'~' | 0xE2 | 0xE3) => is_dashes(text),
        Some(b'n' | b'N' | 0xEF) => {
            let folded = || text.chars().map(|c| fold_char(c).to_ascii_lowercase());
            is_dashes(text) || ["na", "n/a", "null", "nan", "nat"].iter().any(|word| folded().eq(word.chars()))
        }
        Some(_) => false,
    }
}

/// Whether the first bytes of a text tell that it, and whatever it is cut to behind them, says something: neither white
/// space, a dash or slash, an n in either width, nor 无, 暂 or 待; “ and 《 do. So most texts are told.
pub(crate) fn begins_with_words(text: &str) -> bool {
    let first = text.bytes().next().unwrap_or_default();
    match BEGINS.get(usize::from(first)) {
        Some(Begins::Words) => true,
        Some(Begins::Perhaps) => match text.as_bytes() {
            [0xE5 | 0xE6, ..] => {
                !matches!(text.as_bytes(), [0xE6, 0x97, 0xA0, ..] | [0xE6, 0x9A, 0x82, ..] | [0xE5, 0xBE, 0x85, ..])
            }
            behind => matches!(behind, [0xE2, 0x80, 0x9C, ..] | [0xE3, 0x80, 0x8A, ..]),
        },
        Some(Begins::Not) | None => false,
    }
}

/// What the first byte of a text tells of it.
#[derive(Clone, Copy)]
enum Begins {
    Not,
    Words,
    /// By what follows.
    Perhaps,
}

static BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Not; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "a table made before the program runs")]
        match byte {
            0x30..=0x39 | 0x41..=0x4D | 0x4F..=0x5A | 0x61..=0x6D | 0x6F..=0x7A | 0xE4 | 0xE7..=0xE9 => {
                begins[byte] = Begins::Words;
            }
            0xE2 | 0xE3 | 0xE5 | 0xE6 => begins[byte] = Begins::Perhaps,
            _ => {}
        }
        byte += 1;
    }
    begins
};

fn is_dashes(text: &str) -> bool {
    text.chars().all(|c| matches!(fold_char(c), '-' | '/'))
}

/// A cell as text: a number as its shortest decimal, a boolean as 是 or 否, a day as ISO, a moment to its minute, a list
/// joined by `；`.
pub(crate) fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Int(number) => {
            let mut text = String::new();
            push_whole(number, &mut text);
            Cow::Owned(text)
        }
        Cell::Float(number) => Cow::Owned(decimal::shortest(number)),
        Cell::Bool(yes) => Cow::Borrowed(if yes { "是" } else { "否" }),
        Cell::Day(day) => Cow::Owned(iso(day)),
        Cell::Moment(moment) => {
            let mut text = iso(moment.date());
            text.push('T');
            push_clock(minute_of(moment.time()), &mut text);
            Cow::Owned(text)
        }
        Cell::List(list) => {
            let mut filled = list.iter().filter(|item| !is_empty(*item));
            let Some(first) = filled.next() else { return Cow::Borrowed("") };
            let mut joined = text(first);
            for item in filled {
                let joined = joined.to_mut();
                joined.push('；');
                joined.push_str(&text(item));
            }
            joined
        }
    }
}

/// Whether a cell is too long to be read: over 64 KiB of UTF-8, a list's items together, or over 1,000 items of a list.
/// How many parts a text of a list field has is [`super::list::is_too_many`]'s to say.
pub(crate) fn is_too_long(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => text.len() > MOST_BYTES,
        Cell::List(list) => list.len() > MOST_ITEMS || list.iter().map(byte_len).fold(0, usize::saturating_add) > MOST_BYTES,
        _ => false,
    }
}

fn byte_len(cell: Cell<'_>) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::List(list) => list.iter().map(byte_len).fold(0, usize::saturating_add),
        other => text(other).len(),
    }
}

/// What UTF-8 looks like when it is read as GBK, and GBK when it was lost and read again: no word of these is ordinary.
/// 绉戞 and 绉戝 were 科普 and 科学, 娲诲 was 活动; one 烫 or three may be a cry of pain, four are unset memory.
const MOJIBAKE: [&str; 6] = ["锟斤拷", "烫烫烫烫", "屯屯屯屯", "绉戞", "绉戝", "娲诲"];

/// The same by a single sign: those that the leads of frequent Chinese (的 公 国 在 是 用 成 和 分 发 动 力 技 新 南 知 …)
/// become in GBK, without the ones that modern or traditional Chinese writes (鏈 鏃 鎬 鑰 锛 are words).
const MOJIBAKE_SIGNS: &str = "鐨鍏鍥鍦鏄鐢鎴銆鈥鍙鍔鍜鏂鍒鎶鐩鐪鐭鍗鍚鎺鏍鐜鐞鎻鏀鏅鐮";

/// Whether a text holds U+FFFD, control characters or mojibake.
pub(crate) fn is_garbled(text: &str) -> bool {
    is_suspect(text.as_bytes()) && holds_garbage(text)
}

/// Whether a text may be garbled; a no is sure. Also of the texts of many cells, one behind the other.
pub(crate) fn is_suspect(text: &[u8]) -> bool {
    #[cfg(all(feature = "simd", target_arch = "x86_64"))]
    if let Some(found) = sweep::wide::any(text, is_narrowly_suspect) {
        return found;
    }
    is_narrowly_suspect(text)
}

/// The same on any processor.
pub(crate) fn is_narrowly_suspect(text: &[u8]) -> bool {
    #[cfg(target_arch = "wasm32")]
    let holds_any = |text: &[u8]| {
        static ODD: sweep::Tables = sweep::Tables::of(&ALONE, &PAIRS);
        ODD.hold(text)
    };
    #[cfg(not(target_arch = "wasm32"))]
    let holds_any = |text: &[u8]| text.first().copied().is_some_and(is_odd) || sweep::any_pair(text, are_odd);
    !sweep::is_short_ascii(text) && holds_any(text)
}

/// Control characters, and the leads of those beyond ASCII and of Â to ï.
const ALONE: [Span; 5] = [(0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x7F), (0xC2, 0xC3)];

/// The pairs of U+FFFD, of the single signs and 锟, and of 烫, 屯, 绉, 娲.
const PAIRS: [(u8, Span); 7] = [
    (0xEF, (0xBF, 0xBF)),
    (0xE9, (0x88, 0x91)),
    (0xE9, (0x94, 0x94)),
    (0x83, (0xAB, 0xAB)),
    (0xB1, (0xAF, 0xAF)),
    (0xBB, (0x89, 0x89)),
    (0xA8, (0xB2, 0xB2)),
];

#[cfg(not(target_arch = "wasm32"))]
fn is_odd(byte: u8) -> bool {
    ALONE.iter().fold(false, |odd, span| odd | is_within(byte, *span))
}

#[cfg(not(target_arch = "wasm32"))]
fn are_odd(first: u8, second: u8) -> bool {
    PAIRS.iter().fold(is_odd(second), |odd, (lead, span)| odd | ((first == *lead) & is_within(second, *span)))
}

fn holds_garbage(text: &str) -> bool {
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let garbage = match c {
            '\t' | '\n' | '\r' => false,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFD}' => true,
            'Â'..='ï' => is_utf8_as_latin(c, rest.clone()),
            '锟' | '烫' | '屯' | '绉' | '娲' => MOJIBAKE.iter().any(|marker| {
                let mut marker = marker.chars();
                marker.next() == Some(c) && rest.as_str().starts_with(marker.as_str())
            }),
            '\u{9200}'..='\u{947F}' => MOJIBAKE_SIGNS.chars().any(|sign| sign == c),
            _ => false,
        };
        if garbage {
            return true;
        }
    }
    false
}

/// `Ã©`, `Â·`, `â€™`, `ç§‘`: the bytes of UTF-8, each shown as its sign of Windows-1252. An é before closing quotation
/// marks, dashes and dots (“café”——) is none of these.
fn is_utf8_as_latin(lead: char, mut behind: std::str::Chars<'_>) -> bool {
    let latin = |c: char| matches!(c, '\u{A0}'..='\u{BF}');
    let windows = |c: char| "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ".chars().any(|sign| sign == c);
    let punctuation = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '–' | '•' | '·' | '«' | '»');
    let Some(first) = behind.next() else { return false };
    match lead {
        'Â' => latin(first),
        'Ã' => latin(first) || windows(first),
        'â'..='ï' => behind.next().is_some_and(|second| {
            let byte = |c: char| latin(c) || windows(c) || punctuation(c);
            byte(first) && byte(second) && !(punctuation(first) && punctuation(second))
        }),
        _ => false,
    }
}

/// Whether a spreadsheet would run a text as a formula: the first sign after white space, unfolded, is `=`, `+`, `@`, or a
/// `-` before an ASCII letter, a bracket, another sign, or a number with more behind it.
pub(crate) fn is_formula(text: &str) -> bool {
    let text = text.trim();
    match text.bytes().next() {
        Some(b'=' | b'+' | b'@') => true,
        Some(b'-') => {
            let behind = text.strip_prefix('-').unwrap_or(text);
            match behind.bytes().next() {
                Some(b'+' | b'-' | b'=' | b'@') => !is_empty_text(text),
                Some(b'(' | b'[' | b'{') => true,
                Some(b'0'..=b'9' | b'.' | b',') => behind.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'.' | b',')),
                Some(byte) => byte.is_ascii_alphabetic(),
                None => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::record::CellBuf;

    #[test]
    fn by_tables_every_pair_is_as_odd_as_by_its_bytes() {
        let tables = sweep::Tables::of(&ALONE, &PAIRS);
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let odd = is_odd(first) || are_odd(first, second);
                assert_eq!(tables.hold(&[first, second]), odd, "{first:#x} {second:#x}");
            }
        }
    }

    #[test]
    fn what_says_nothing_is_empty_folded_and_case_aside() {
        for nothing in [
            "",
            "  ",
            "\u{3000}",
            "-",
            "——",
            "－－",
            "~",
            "〜",
            "/",
            "／／",
            "无",
            "暂无",
            "待定",
            "NA",
            "ｎａ",
            "N/A",
            "ｎ／ａ",
            "NULL",
            "NaN",
            "nat",
            " 无 ",
        ] {
            assert!(is_empty_text(nothing), "{nothing:?}");
        }
        for something in ["0", "无人机", "暂无。", "nail", "-1", "待定时间", "\u{200B}", "- -", "否"] {
            assert!(!is_empty_text(something), "{something:?}");
        }
        assert!(is_empty(CellBuf::from(["", "无"]).cell()) && is_empty(Cell::Float(f64::NAN)) && !is_empty(Cell::Bool(false)));
    }

    #[test]
    fn a_cell_as_text_is_what_a_clerk_would_have_typed() {
        let as_text = |cell: CellBuf| text(cell.cell()).into_owned();
        assert_eq!(as_text(13_838_381_234.0.into()), "13838381234");
        assert_eq!(as_text((-12_i64).into()), "-12");
        assert_eq!(as_text(true.into()) + &as_text(false.into()), "是否");
        let day = NaiveDate::from_ymd_opt(2023, 9, 7).unwrap_or_default();
        assert_eq!(as_text(day.into()), "2023-09-07");
        assert_eq!(as_text(day.and_hms_opt(16, 5, 9).unwrap_or_default().into()), "2023-09-07T16:05");
        assert_eq!(as_text(["甲", "", "乙"].into()), "甲；乙");
    }

    #[test]
    fn sixty_four_kib_pass_and_a_byte_more_does_not() {
        let full = "普".repeat(21_845) + "1";
        assert!(!is_too_long(Cell::Text(&full)));
        assert!(is_too_long(Cell::Text(&(full.clone() + "1"))));
        assert!(!is_too_long(CellBuf::from([full.as_str()]).cell()) && is_too_long(CellBuf::from([full.as_str(), "1"]).cell()));
        let items = |n| CellBuf::List(vec![CellBuf::Int(1); n]);
        assert!(!is_too_long(items(1_000).cell()) && is_too_long(items(1_001).cell()));
    }

    #[test]
    fn garbage_is_seen_and_ordinary_writing_is_not() {
        for garbled in [
            "科\u{FFFD}普",
            "a\u{0}b",
            "a\u{7F}",
            "x\u{85}y",
            "锟斤拷锟斤拷",
            "cafÃ©",
            "Â·",
            "donâ€™t",
            "ç§‘æ™®",
            "绉戞櫘娲诲姩",
            "浠婂勾鐨勬椿",
            "鍏ㄥ浗",
        ] {
            assert!(is_garbled(garbled), "{garbled}");
        }
        for fine in [
            "走近湿地\t第一场\r\n第二场",
            "“café”——咖啡里的科学",
            "阿卜杜拉·买买提",
            "好烫烫烫！烫伤急救",
            "女娲补天，东瀛，涓涓细流，浠水县，沙家浜",
            "鑫鎏金鏖战，木工锛子",
            "鏈接與鑰匙，鐘錶鋼鐵錢鏡鍵錄",
            "NÃO",
            "××××年",
            "São Paulo « Évasion »",
            "½ °C ±3 × ÷",
            "𠮷野家",
            "屯屯有科普",
        ] {
            assert!(!is_garbled(fine), "{fine}");
        }
    }

    #[test]
    fn a_formula_is_what_a_spreadsheet_would_run() {
        for formula in ["=1+1", " \t=A1", "+1", "@SUM(A1)", "-A1", "-(1)", "--1", "-1+2", "-5月", "-=1", "-1.5%"] {
            assert!(is_formula(formula), "{formula}");
        }
        for fine in ["-5", "-1.5", "-1,200", "——", "--", "- 甲", "-甲", "＝1", "a=b", "", "-"] {
            assert!(!is_formula(fine), "{fine}");
        }
    }
}
