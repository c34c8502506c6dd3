//! Telephone numbers.

use std::fmt;
use std::str::Chars;

use super::decimal::push_digits;
use super::fold::fold_char;
use super::sweep;

mod cell;

use cell::Cell;

/// One telephone number; shown as `0371-65709215`, `65709215`, `13838381234` or `4001234567`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Phone {
    /// The digits of an area code, `0` included, or 0 where there is none.
    area: u16,
    area_digits: u8,
    /// No number behind an area code begins with a 0, so nothing is lost.
    number: u64,
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits())
    }
}

impl Phone {
    /// As it is shown, without std's formatting.
    pub(crate) fn digits(self) -> String {
        let mut out = String::new();
        if self.area_digits > 0 {
            let powers = [10_000_u16, 1_000, 100, 10, 1];
            for power in powers.into_iter().skip(5 - usize::from(self.area_digits.min(5))) {
                out.extend(char::from_digit((self.area / power % 10).into(), 10));
            }
            out.push('-');
        }
        push_digits(self.number, &mut out);
        out
    }

    fn is_landline(self) -> bool {
        matches!(self.number, 2_000_000..=8_999_999 | 20_000_000..=89_999_999)
    }
}

/// Hands each number of a text to `found`; false, and nothing found, where the text as a whole is malformed.
pub(crate) fn read(text: &str, found: &mut dyn FnMut(Phone)) -> bool {
    let text = text.trim();
    if let Some(phone) = plain(text) {
        found(phone);
        return true;
    }
    // A number is handed on only when the whole is known to be sound.
    is_sound_cell(text) && Cell::new(without_fraction(text)).read(found)
}

fn is_sound_cell(text: &str) -> bool {
    Cell::new(without_fraction(text)).read(&mut |_| {})
}

/// Whether a text as a whole is sound: [`read`] without its numbers.
pub(crate) fn is_sound(text: &str) -> bool {
    is_common(text) || plain(text.trim()).is_some() || is_sound_cell(text.trim())
}

/// Whether a text is a mobile number, or one behind the four digits of an area: most cells hold these.
pub(crate) fn is_common(text: &str) -> bool {
    match text.as_bytes() {
        [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9 && sweep::are_digits(rest),
        [b'0', b'3'..=b'9', a, b, b'-', b'2'..=b'8', rest @ ..] => {
            matches!(rest.len(), 6 | 7) && a.is_ascii_digit() && b.is_ascii_digit() && sweep::are_digits(rest)
        }
        _ => false,
    }
}

/// Nearly every cell: `13838381234`, `0371-65709215`, `65709215`, in ASCII.
fn plain(text: &str) -> Option<Phone> {
    match text.bytes().position(|b| !b.is_ascii_digit()) {
        None => of_digits(text.bytes()),
        Some(place @ 3..=4) => {
            let (area, rest) = text.split_at_checked(place)?;
            let number = rest.strip_prefix('-')?;
            let is_sound = matches!(number.len(), 7 | 8) && number.bytes().all(|b| b.is_ascii_digit());
            let value = |digits: &str| digits.bytes().fold(0, |value, digit| value * 10 + u64::from(digit.wrapping_sub(b'0')));
            let area_digits = match (place, value(area)) {
                (3, 10 | 20..=29) => 3,
                (4, 300..=999) => 4,
                _ => return None,
            };
            if !is_sound {
                return None;
            }
            let phone = Phone { area: u16::try_from(value(area)).ok()?, area_digits, number: value(number) };
            phone.is_landline().then_some(phone)
        }
        Some(_) => None,
    }
}

/// A final `.0`, which a table of numbers leaves.
fn without_fraction(text: &str) -> &str {
    let mut chars = text.chars();
    let is_zero = chars.next_back().map(fold_char) == Some('0') && chars.next_back().map(fold_char) == Some('.');
    let rest = chars.as_str();
    if is_zero && rest.chars().next_back().is_some_and(|c| fold_char(c).is_ascii_digit()) { rest } else { text }
}

/// The number that some digits are, an area code among them.
fn of_digits(digits: impl Iterator<Item = u8>) -> Option<Phone> {
    let all = digits.take(MOST_DIGITS + 1);
    let (count, value) = all.fold((0, 0), |(count, value), digit| (count + 1, value * 10 + u64::from(digit.wrapping_sub(b'0'))));
    if !(3..=12).contains(&count) {
        return None;
    }
    let power = |digits: u32| 10_u64.pow(digits);
    let bare = Phone { area: 0, area_digits: 0, number: value };
    if value >= power(count - 1) {
        let is_phone = match count {
            3 => (100..200).contains(&value),
            5 => matches!(value, 10_000..20_000 | 95_000..96_000),
            7 | 8 => bare.is_landline(),
            10 => matches!(value / 10_000_000, 400 | 800),
            11 => (13_000_000_000..20_000_000_000).contains(&value),
            _ => false,
        };
        return is_phone.then_some(bare);
    }
    // 010 and 02x have three digits, all others four.
    let area_digits: u8 = match value / power(count - 3) {
        10 | 20..=29 => 3,
        30..=99 => 4,
        _ => return None,
    };
    let behind = count.checked_sub(area_digits.into()).filter(|behind| matches!(behind, 7 | 8))?;
    let local = Phone { number: value % power(behind), area: u16::try_from(value / power(behind)).ok()?, area_digits };
    local.is_landline().then_some(local)
}

/// One number at a place of a text, and what stands behind it.
pub(super) struct Token<'a> {
    pub(super) phone: Phone,
    pub(super) behind: Chars<'a>,
}

/// How many digits a number may have at most, with its area code.
const MOST_DIGITS: usize = 12;

/// The longest run of digits from here on that is a phone; spaces, dashes and brackets may stand inside.
pub(super) fn token<'a>(text: &Chars<'a>) -> Option<Token<'a>> {
    let mut rest = text.clone();
    let mut digits = [0_u8; MOST_DIGITS];
    let mut len = 0;
    let mut longest = None;
    let abroad = match after(&rest, "+86") {
        Some(behind) => {
            rest = behind;
            skip_spaces(&mut rest);
            skip_one(&mut rest, &[')', '-']);
            skip_spaces(&mut rest);
            true
        }
        None => false,
    };
    let mut groups = 0;
    'groups: loop {
        skip_one(&mut rest, &['(']);
        let before = len;
        while let Some(c) = peek(&rest).filter(char::is_ascii_digit) {
            let Some(place) = digits.get_mut(len) else { break 'groups };
            *place = u8::try_from(c).unwrap_or(b'0');
            len += 1;
            rest.next();
        }
        if len == before || groups == 6 {
            break;
        }
        groups += 1;
        let read = digits.iter().copied().take(len);
        let phone = of_digits(read.clone()).or_else(|| {
            // Behind +86 an area code stands without its 0.
            let area = || std::iter::once(b'0').chain(read.clone());
            (abroad && digits.first() != Some(&b'0')).then(|| of_digits(area()))?
        });
        // Short numbers are never put together from pieces.
        if let Some(phone) = phone.filter(|_| len >= 7 || groups == 1) {
            longest = Some(Token { phone, behind: rest.clone() });
        }
        skip_spaces(&mut rest);
        skip_one(&mut rest, &[')']);
        skip_spaces(&mut rest);
        skip_one(&mut rest, &['-']);
        skip_spaces(&mut rest);
    }
    longest
}

/// The next sign, folded.
fn peek(rest: &Chars<'_>) -> Option<char> {
    rest.clone().next().map(fold_char)
}

fn skip_one(rest: &mut Chars<'_>, signs: &[char]) {
    if peek(rest).is_some_and(|c| signs.contains(&c)) {
        rest.next();
    }
}

/// Spaces stand inside numbers, line breaks do not.
fn skip_spaces(rest: &mut Chars<'_>) {
    while peek(rest).is_some_and(|c| c.is_whitespace() && !is_line_break(c)) {
        rest.next();
    }
}

/// What stands behind a word (folded and in small letters), where the text begins with it.
fn after<'a>(rest: &Chars<'a>, word: &str) -> Option<Chars<'a>> {
    let mut rest = rest.clone();
    word.chars().all(|c| rest.next().map(|sign| fold_char(sign).to_ascii_lowercase()) == Some(c)).then_some(rest)
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Option<String> {
        let mut phones = Vec::new();
        read(text, &mut |phone| phones.push(phone.to_string())).then(|| phones.join(" "))
    }

    /// The same in full width, so that every form is tried in both.
    fn wide(text: &str) -> String {
        text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c }).collect()
    }

    #[test]
    fn each_form_of_a_number_is_read() {
        for (text, read) in [
            ("13838381234", "13838381234"),
            ("138 3838 1234", "13838381234"),
            ("138-3838-1234", "13838381234"),
            ("+86 138 3838 1234", "13838381234"),
            ("(+86)13838381234", "13838381234"),
            ("+86-371-65709215", "0371-65709215"),
            ("+86 10 6570 9215", "010-65709215"),
            ("13838381234.0", "13838381234"),
            ("0371-65709215", "0371-65709215"),
            ("037165709215", "0371-65709215"),
            ("01065709215", "010-65709215"),
            ("(0371)65709215", "0371-65709215"),
            ("0371-(65709215)", "0371-65709215"),
            ("(0371) 6570 9215", "0371-65709215"),
            ("0371 - 65709215", "0371-65709215"),
            ("0371- 65709215", "0371-65709215"),
            ("0391-6570921", "0391-6570921"),
            ("65709215", "65709215"),
            ("6570921", "6570921"),
            ("0371-65709215-801", "0371-65709215"),
            ("65709215转8001", "65709215"),
            ("0371-65709215 转 801", "0371-65709215"),
            ("110", "110"),
            ("12345", "12345"),
            ("95588", "95588"),
            ("4001234567", "4001234567"),
            ("400-123-4567", "4001234567"),
            ("8001234567转2", "8001234567"),
            ("联系电话:13838381234", "13838381234"),
            ("张老师 13838381234", "13838381234"),
            ("(电话:13838381234)", "13838381234"),
            ("0371-65709215(周一至周五,9:00-17:00)", "0371-65709215"),
            ("13838381234(微信同号)", "13838381234"),
        ] {
            assert_eq!(all(text).as_deref(), Some(read), "{text}");
            assert_eq!(all(&wide(text)).as_deref(), Some(read), "{text} in full width");
        }
    }

    #[test]
    fn several_numbers_share_the_area_code_but_for_mobiles() {
        for (text, read) in [
            ("0371-65709215 13838381234", "0371-65709215 13838381234"),
            ("0371-65709215 65709216", "0371-65709215 0371-65709216"),
            ("0371-65709215、13838381234,65709216", "0371-65709215 13838381234 0371-65709216"),
            ("65709215/0371-65709216\n6570921", "65709215 0371-65709216 0371-6570921"),
            ("0371-65709215\n65709216", "0371-65709215 0371-65709216"),
            ("张三:13838381234；李四:13938381234", "13838381234 13938381234"),
            ("张三13838381234李四13938381234", "13838381234 13938381234"),
            ("120 13838381234", "120 13838381234"),
            ("6570 9215 6570 9216", "65709215 65709216"),
        ] {
            assert_eq!(all(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn what_follows_qq_or_fax_is_no_phone() {
        for (text, read) in [
            ("13838381234 QQ:23456789", Some("13838381234")),
            ("QQ:23456789 13838381234", Some("13838381234")),
            ("QQ群 23456789电话13838381234", Some("13838381234")),
            ("微信:kp_day88 13838381234", Some("13838381234")),
            ("13838381234 微信同号", Some("13838381234")),
            ("电话:0371-65709215 传真:0371 - 65709216", Some("0371-65709215")),
            ("传 真:65709216", None),
            ("QQ 123456789", None),
            ("微信", None),
        ] {
            assert_eq!(all(text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn everything_else_is_malformed() {
        for text in [
            "",
            "12",
            "1383838123",
            "138383812345",
            "138****1234",
            "12838381234",
            "0371",
            "0371-12345678",
            "0371-165709215",
            "16570921",
            "95709215",
            "编号:豫ICP备20035922号",
            "邮政编码:450000",
            "13838381234 张三",
            "聯系13838381234了解詳情",
            "65709215-13838381234",
            "0371-65709215、16",
            "65709215(未完",
            "无",
            "12 345",
            "1 3 8 3 8 3 8 1 2 3 4",
            "9月17日",
            "-13838381234-",
            "13838381234。",
            "+",
            "0000-65709215",
            "13838381234+1",
        ] {
            assert_eq!(all(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_handed_on_from_a_malformed_cell() {
        let mut found = 0;
        assert!(!read("13838381234 12", &mut |_| found += 1));
        assert_eq!(found, 0);
    }

    proptest! {
        #[test]
        fn a_text_is_sound_where_numbers_are_read_in_it(text in "[019][0-9]{9,11}|0[0-9]{2,3}[-—][0-9]{6,9}|1[2-9][0-9]{8}[0-9x]") {
            prop_assert_eq!(is_sound(&text), read(&text, &mut |_| {}));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}", forms in "[0-9０-９ ()（）+\\-－转、,/;\nQ:传真微信号张.]{0,24}") {
            all(&text);
            prop_assert_eq!(all(&forms), all(&wide(&forms)));
        }

        #[test]
        fn a_mobile_reads_back_however_it_is_spaced(number in 13_000_000_000_u64..20_000_000_000, sign in "[ -]?") {
            let digits = number.to_string();
            let spaced = format!("{}{sign}{:04}{sign}{:04}", number / 100_000_000, number / 10_000 % 10_000, number % 10_000);
            prop_assert_eq!(all(&spaced), Some(digits.clone()));
            prop_assert_eq!(all(&format!("手机:+86{spaced}(同微信)")), Some(digits));
        }

        #[test]
        fn a_landline_reads_back(area in 300_u32..1_000, number in 20_000_000_u32..90_000_000, sign in "[ -]?") {
            let read = format!("0{area}-{number}");
            prop_assert_eq!(all(&format!("0{area}{sign}{number}")), Some(read.clone()));
            prop_assert_eq!(all(&format!("(0{area}){number} {number}")), Some(format!("{read} {read}")));
            prop_assert_eq!(all(&read), Some(read));
        }
    }
}
