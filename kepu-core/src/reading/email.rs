//! E-mail addresses.

use std::borrow::Cow;

/// The address that a text is, full-width ASCII folded; none where it is not one plain address with a dot in its domain.
pub(crate) fn read(text: &str) -> Option<Cow<'_, str>> {
    if is_plain(text) {
        return Some(Cow::Borrowed(text));
    }
    let text = text.trim();
    if text.is_ascii() {
        return is_address(text).then_some(Cow::Borrowed(text));
    }
    // A dash or a quotation mark of another script is no ASCII one here: a mailbox is never guessed.
    let folded: String = text.chars().map(half_width).collect();
    is_address(&folded).then_some(Cow::Owned(folded))
}

/// Nearly every address: short, of letters and digits with single dots and underscores, and of nothing else.
pub(crate) fn is_plain(text: &str) -> bool {
    #[cfg(all(feature = "simd", target_arch = "x86_64"))]
    if super::masks::is_email(text.as_bytes()) {
        return true;
    }
    is_plain_by_bytes(text)
}

/// The same byte by byte.
pub(super) fn is_plain_by_bytes(text: &str) -> bool {
    let (mut before, mut in_domain, mut dots) = (b'.', false, false);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => before = byte,
            _ if before == b'.' => return false,
            b'_' if !in_domain => before = byte,
            b'@' if !in_domain => (in_domain, before) = (true, b'.'),
            b'.' => (dots, before) = (in_domain, b'.'),
            _ => return false,
        }
    }
    // The last two are letters: a top-level domain, and no number.
    let ends = matches!(text.as_bytes(), [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    text.len() <= 64 && dots && ends
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// Whether a byte may stand in a mailbox's name, dots aside.
pub(super) fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254
        && local.len() <= 64
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_local))
        && is_domain(domain)
}

/// Whether a text is a host with a dot whose last part is no number.
pub(super) fn is_domain(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    }) && text.rsplit_once(['.']).is_some_and(|(_, last)| last.len() >= 2 && last.bytes().any(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_address_with_a_dot_in_its_domain() {
        assert!(matches!(read(" kp.day+1@xx-kx.org.cn "), Some(Cow::Borrowed("kp.day+1@xx-kx.org.cn"))));
        assert_eq!(read("ｋｐ＠ｘｘ．cn").as_deref(), Some("kp@xx.cn"));
        for bad in [
            "",
            "kp",
            "kp@",
            "@xx.cn",
            "kp@localhost",
            "kp@xx..cn",
            "kp@.cn",
            "kp@xx.cn.",
            "a@b@xx.cn",
            "a b@xx.cn",
            "a@xx.cn;b@xx.cn",
            "邮箱kp@xx.cn",
            ".a@xx.cn",
            "a..b@xx.cn",
            "kp@-xx.cn",
            "kp@1.2",
            "<kp@xx.cn>",
            "kp—a@xx.cn",
            "mailto:kp@xx.cn",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
