//! Phones and mailboxes in a text made unreadable, for what is passed on (design part 11).

use super::email::{is_domain, is_local};
use super::fold::fold_char;
use super::phone;

/// The text with every phone as `138****1234` or `0371-****9215` and every mailbox as `a***@x.cn`.
///
/// What only might be a telephone is masked too, a wrong one above all: any row of seven to thirteen digits that is no day.
/// Hotlines of three to five digits are nobody's own.
///
/// ```
/// assert_eq!(kepu_core::mask("王工 13838381234，kepu@example.cn"), "王工 138****1234，k***@example.cn");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    let mut before = None;
    loop {
        let here = rest.as_str();
        let Some(c) = rest.next() else { return out };
        // Each row of signs is looked at once, from its start.
        let after_sign = before.is_some_and(|c: char| u8::try_from(c).is_ok_and(|b| is_local(b) || b == b'.'));
        let after_letter = before.is_some_and(|c: char| c.is_ascii_alphanumeric() || c == '_');
        before = Some(fold_char(c));
        let mailbox = if after_sign { None } else { mailbox(here, &mut out) };
        let len = if after_letter { mailbox } else { mailbox.or_else(|| number(here, &mut out)) };
        match len.and_then(|len| here.split_at_checked(len)) {
            Some((masked, left)) => {
                before = masked.chars().next_back().map(fold_char);
                rest = left.chars();
            }
            None => out.push(c),
        }
    }
}

/// How many bytes a mailbox at the start of a text takes, written masked.
fn mailbox(text: &str, out: &mut String) -> Option<usize> {
    let folded = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => fold_char(c),
        _ => c,
    };
    let is_sign = |c: char| u8::try_from(folded(c)).is_ok_and(|b| is_local(b) || b == b'.');
    let at = text.find(|c| !is_sign(c)).filter(|at| *at > 0)?;
    let (local, behind) = text.split_at_checked(at)?;
    let mut domain = behind.chars();
    if domain.next().map(folded) != Some('@') {
        return None;
    }
    let domain = domain.as_str();
    let end = domain.find(|c| !matches!(folded(c), '.' | '-' | '0'..='9' | 'a'..='z' | 'A'..='Z')).unwrap_or(domain.len());
    let (domain, _) = domain.split_at_checked(end)?;
    let domain = domain.trim_end_matches(['.', '-', '．', '－']);
    let plain: String = domain.chars().map(folded).collect();
    if !is_domain(&plain) {
        return None;
    }
    out.extend(local.chars().next());
    out.push_str("***@");
    out.push_str(domain);
    Some(text.len() - behind.len() + behind.chars().next().map_or(0, char::len_utf8) + domain.len())
}

/// How many bytes a number at the start of a text takes, written masked.
fn number(text: &str, out: &mut String) -> Option<usize> {
    let first = fold_char(text.chars().next()?);
    if !first.is_ascii_digit() && !matches!(first, '+' | '(') {
        return None;
    }
    let row = text.chars().take_while(|c| fold_char(*c).is_ascii_digit());
    let digits = row.clone().count();
    let width: usize = row.map(char::len_utf8).sum();
    // A phone in pieces is masked where it can be nothing else: a mobile, or one with its area code.
    let spaced = phone::token(&text.chars()).map(|token| text.len() - token.behind.as_str().len()).filter(|len| {
        let whole = text.get(..*len).is_some_and(|text| text.chars().filter(|c| fold_char(*c).is_ascii_digit()).count() >= 10);
        // The row goes on behind it: an identity card, an order number.
        let ends = text.get(*len..).and_then(|left| left.chars().next()).is_none_or(|c| !fold_char(c).is_ascii_digit());
        whole && ends
    });
    let len = match spaced {
        Some(len) => len,
        None if (7..=13).contains(&digits) && !is_day(text, digits) => width,
        // Left as it is, so that none of its ends is taken for a phone.
        None if digits > 0 => {
            out.push_str(text.get(..width)?);
            return Some(width);
        }
        None => return None,
    };
    let masked = text.get(..len)?;
    let count = masked.chars().filter(|c| fold_char(*c).is_ascii_digit()).count();
    let area = if fold_char(masked.chars().find(|c| fold_char(*c).is_ascii_digit())?) == '0' { 4 } else { 3 };
    let shown = if masked.contains('+') {
        5
    } else if count >= 10 {
        area
    } else {
        0
    };
    let mut place = 0;
    for c in masked.chars() {
        let is_digit = fold_char(c).is_ascii_digit();
        out.push(if is_digit && place >= shown && place + 4 < count { '*' } else { c });
        place += usize::from(is_digit);
    }
    Some(len)
}

/// Whether eight digits are a day: 20230917.
fn is_day(text: &str, digits: usize) -> bool {
    let mut value = text.chars().map_while(|c| fold_char(c).to_digit(10));
    let mut part = |len| value.by_ref().take(len).fold(0, |value, digit| value * 10 + digit);
    digits == 8 && matches!(part(4), 1900..=2099) && matches!(part(2), 1..=12) && matches!(part(2), 1..=31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phones_and_mailboxes_are_masked_wherever_they_stand() {
        for (text, masked) in [
            ("“13838381234”不是电话", "“138****1234”不是电话"),
            ("0371-65709215", "0371-****9215"),
            ("联系人张三138 3838 1234，kpday@xx.org.cn。", "联系人张三138 **** 1234，k***@xx.org.cn。"),
            ("+86 13838381234", "+86 138****1234"),
            ("(0371)6570921；65709216", "(0371)***0921；****9216"),
            ("1383838123", "138***8123"),
            ("１３８３８３８１２３４", "１３８****１２３４"),
            ("ａ＠ｘ．ｃｎ", "ａ***@ｘ．ｃｎ"),
            ("a@x.cn b@y.cn", "a***@x.cn b***@y.cn"),
        ] {
            assert_eq!(mask(text), masked);
        }
    }

    #[test]
    fn days_counts_hotlines_and_links_stay() {
        for text in [
            "2023-09-17",
            "20230917",
            "9月17日300人",
            "拨打12345或110",
            "https://a.cn/t20230919_1234567.html",
            "微博@科普",
            "410105199001011234",
            "三(2)班",
            "",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once(text in "[0-9a-z@.+() ,，\\-张]{0,30}", any in "\\PC{0,30}") {
            prop_assert_eq!(mask(&mask(&text)), mask(&text));
            prop_assert!(mask(&any).len() >= any.chars().count().min(1));
        }
    }
}
