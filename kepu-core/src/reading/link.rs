//! Links, read as browsers read them.

use std::borrow::Cow;

use super::sweep;

/// What a text is as a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// http or https with a host.
    Good,
    /// `javascript:`, `vbscript:`, `data:`, `blob:` or `file:`.
    Unsafe,
    /// Anything else; [`mended`] may know the way out.
    Malformed,
}

/// What would run, or show what is not on the web.
const UNSAFE: [&str; 5] = ["javascript:", "vbscript:", "data:", "blob:", "file:"];
/// Hosts that people write without a scheme.
const BARE: [&str; 2] = ["www.", "mp.weixin.qq.com"];

/// What a text is as a link.
pub(crate) fn read(text: &str) -> Link {
    let stripped = strip(text);
    if is_plain(stripped) {
        return Link::Good;
    }
    match after_scheme(stripped) {
        None if UNSAFE.iter().any(|scheme| begins(stripped, scheme)) => Link::Unsafe,
        _ => read_with_breaks(stripped),
    }
}

/// Nearly every link: a scheme in small letters, a host, nothing or a slash behind it, visible ASCII without the signs at
/// which a list of links is split.
pub(crate) fn is_plain(text: &str) -> bool {
    #[cfg(all(feature = "simd", target_arch = "x86_64"))]
    if super::masks::is_link(text.as_bytes()) {
        return true;
    }
    is_plain_by_bytes(text)
}

/// The same byte by byte.
pub(super) fn is_plain_by_bytes(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let mut before = b'.';
    for byte in rest.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'.' if before != b'.' => {}
            b'-' if before != b'.' => {}
            b'/' if before != b'.' => return !sweep::any(rest.as_bytes(), is_odd),
            _ => return false,
        }
        before = byte;
    }
    before != b'.'
}

/// What stands in no link unasked.
fn is_odd(byte: u8) -> bool {
    let is_mark = (byte == b'"') | (byte == b'<') | (byte == b'>') | (byte == b'`');
    !(0x21..0x7F).contains(&byte) | is_mark | (byte == b';') | (byte == b'|')
}

/// The slow way: TAB, CR and LF removed, other scripts, ports and user names looked at.
fn read_with_breaks(stripped: &str) -> Link {
    let joined: Cow<'_, str> = if stripped.contains(is_break) {
        Cow::Owned(stripped.chars().filter(|c| !is_break(*c)).collect())
    } else {
        Cow::Borrowed(stripped)
    };
    match after_scheme(&joined) {
        Some(rest) if has_host(rest) && !rest.contains(never_in_a_link) && !rest.ends_with(is_closing) => Link::Good,
        _ => Link::Malformed,
    }
}

/// A malformed link put right, where that is safe: `https://` before it, Chinese punctuation at its end dropped.
pub(crate) fn mended(text: &str) -> Option<String> {
    let text = strip(text);
    if text.contains(is_break) {
        return None;
    }
    let cut = text.trim_end_matches(is_closing);
    let bare = BARE.iter().any(|host| begins(cut, host));
    if cut.len() == text.len() && !bare {
        return None;
    }
    let mended = [if bare { "https://" } else { "" }, cut].concat();
    (read(&mended) == Link::Good).then_some(mended)
}

/// Whether an item of `images` or `videos` is meant as a link, and not as a file name.
pub(crate) fn is_link(text: &str) -> bool {
    let stripped = strip(text);
    // All of them begin with a letter, and few names of files in Chinese do.
    if !stripped.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    UNSAFE.iter().chain(&BARE).any(|start| begins(stripped, start)) || has_scheme(stripped)
}

/// Whether a text begins with `scheme:/`, the scheme of two letters or more: `C:/` is a folder.
fn has_scheme(text: &str) -> bool {
    let mut letters = 0;
    let mut chars = text.chars().filter(|c| !is_break(*c));
    for c in chars.by_ref() {
        match c {
            'a'..='z' | 'A'..='Z' => letters += 1,
            '0'..='9' | '+' | '-' | '.' if letters > 0 => letters += 1,
            ':' => break,
            _ => return false,
        }
    }
    letters >= 2 && chars.next() == Some('/')
}

/// Browsers drop control characters and spaces around a link; a cell may have other white space there.
fn strip(text: &str) -> &str {
    text.trim_matches(|c: char| c <= ' ' || c.is_whitespace())
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\r' | '\n')
}

/// Whether a text begins so, in any case, TAB, CR and LF anywhere in it; the start is in small letters.
fn begins(text: &str, start: &str) -> bool {
    let mut chars = text.chars().filter(|c| !is_break(*c)).map(|c| c.to_ascii_lowercase());
    start.chars().all(|c| chars.next() == Some(c))
}

fn after_scheme(text: &str) -> Option<&str> {
    [7, 8].into_iter().find_map(|len| {
        let (scheme, rest) = text.split_at_checked(len)?;
        ["http://", "https://"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
    })
}

/// Whether what stands behind `https://` begins with a host, perhaps with a user name before it and a port behind it.
fn has_host(rest: &str) -> bool {
    // A backslash is a slash to a browser.
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit(['@']).next().unwrap_or(authority);
    if let Some(address) = host.strip_prefix('[') {
        let Some((address, port)) = address.split_once(']') else { return false };
        let number = address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
        return address.contains([':']) && number && port.strip_prefix(':').map_or(port.is_empty(), is_port);
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || (!c.is_ascii() && !is_foreign_punctuation(c));
    is_port(port) && host.strip_suffix('.').unwrap_or(host).split('.').all(|label| !label.is_empty() && label.chars().all(sign))
}

fn is_port(text: &str) -> bool {
    text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
}

/// White space, control characters, and signs that only markup or a sentence puts beside a link.
fn never_in_a_link(c: char) -> bool {
    c <= ' ' || c == '\u{7F}' || matches!(c, '<' | '>' | '"' | '\u{FFFD}') || c.is_whitespace() || c.is_control()
}

/// The punctuation of Chinese, which no name of a host holds: general punctuation, its own block, full-width ASCII.
fn is_foreign_punctuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{FF00}'..='\u{FFEF}' | '\u{FFFD}')
}

/// Chinese punctuation that a sentence leaves at the end of a link.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '…'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '〕'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '“'
            | '‘'
            | '＂'
            | '＇'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_and_https_with_a_host_are_links() {
        for good in [
            "https://www.xxkx.org.cn/2023/0919.html",
            "HTTP://xx.cn",
            "https://xx.cn/a\\b",
            "http://xx.cn:80\\a@b.html",
            " http://xx.cn:8080/a?b=c&d=%E7#e ",
            "https://xx.cn/湿地",
            "https://科普.cn/a",
            "https://xx.cn?a=1",
            "https://xx.cn/a\n b/\tc".trim_end_matches(" b/\tc"),
            "ht\ttps://x\nx.cn/a",
            "https://xx.cn/a(b)",
            "https://[::1]/a",
            "https://a@xx.cn/b",
            "https://xx.cn/a/../b",
        ] {
            assert_eq!(read(good), Link::Good, "{good:?}");
        }
    }

    #[test]
    fn what_would_run_is_unsafe_however_it_is_dressed() {
        for bad in [
            "javascript:alert(1)",
            " \u{1}JavaScript:x",
            "java\tscript:x",
            "j\na\rvascript\n:x",
            "VBScript:x",
            "data:text/html,x",
            "blob:https://a.cn/1",
            "file:///c/1.jpg",
        ] {
            assert_eq!(read(bad), Link::Unsafe, "{bad:?}");
            assert!(is_link(bad));
            assert_eq!(mended(bad), None);
        }
    }

    #[test]
    fn a_bare_host_and_a_sentence_s_end_are_mended() {
        for (bad, fix) in [
            ("www.xx.cn/a", "https://www.xx.cn/a"),
            ("mp.weixin.qq.com/s/abc", "https://mp.weixin.qq.com/s/abc"),
            ("https://xx.cn/a。", "https://xx.cn/a"),
            ("https://xx.cn/a”）。", "https://xx.cn/a"),
            (" WWW.xx.cn， ", "https://WWW.xx.cn"),
        ] {
            assert_eq!(read(bad), Link::Malformed, "{bad}");
            assert_eq!(mended(bad).as_deref(), Some(fix));
        }
    }

    #[test]
    fn everything_else_is_malformed_and_left_alone() {
        for bad in [
            "",
            "见附件",
            "xx.cn/a",
            "https://",
            "https:///a",
            "https:/xx.cn",
            "https//xx.cn",
            "ftp://xx.cn",
            "https：//xx.cn",
            "https://xx.cn/a b",
            "https://xx.cn，点击",
            "https://?a",
            "https://xx..cn/a",
            "https://xx.cn:a/",
            "https://:80/",
            "https://a b.cn",
            "java script:x",
            "https://xx.cn/<b>",
            "https://%41.cn",
        ] {
            assert_eq!(read(bad), Link::Malformed, "{bad:?}");
            assert_eq!(mended(bad), None, "{bad:?}");
        }
        assert_eq!(mended("https://xx.cn/a"), None);
    }

    #[test]
    fn a_picture_is_a_link_or_a_file() {
        for link in
            ["https://xx.cn/1.jpg", "ftp:/a", "www.xx.cn/1.jpg", "MP.weixin.qq.com/s", "data:image/png;base64,AA", "svn+ssh://a"]
        {
            assert!(is_link(link), "{link}");
        }
        for file in ["湿地1.jpg", "C:/图/1.jpg", "C:\\1.jpg", "1:/a", "图:/1", "https：//a", "datasheet.jpg", ""] {
            assert!(!is_link(file), "{file}");
        }
    }
}
