//! Tokens, whatever the sizes in which a part arrives.

use super::*;

/// Hands on a few bytes at a time.
struct Dripping<'a>(&'a [u8], usize);

impl Input for Dripping<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let count = self.1.min(into.len()).min(self.0.len());
        let (now, later) = self.0.split_at(count);
        into.get_mut(..count).unwrap().copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

fn tokens(text: &str) -> Result<Vec<String>, Fault> {
    let mut xml = Xml::new(Dripping(text.as_bytes(), 3));
    xml.buffer = vec![0; 4]; // so that it must grow
    let mut all = Vec::new();
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    loop {
        all.push(match xml.next()? {
            Token::Open(tag) => {
                let attributes = tag.attributes().map(|(name, raw)| format!(" {}={}", shown(name), value(raw).unwrap()));
                format!("<{}{}>", shown(tag.name()), attributes.collect::<String>())
            }
            Token::Close(name) => format!("</{}>", shown(name)),
            Token::Text(raw) => {
                let mut text = String::new();
                raw.push_to(&mut text)?;
                text
            }
            Token::End => return Ok(all),
        });
    }
}

#[test]
fn elements_begin_and_end_and_their_prefixes_are_dropped() {
    let all = tokens("\u{feff}<?xml version='1.0'?><x:a  b=\"1\" r:c = '2>3' ><!-- <no> -->甲<d/></x:a >").unwrap();
    assert_eq!(all, ["\u{feff}", "<a b=1 r:c=2>3>", "甲", "<d>", "</d>", "</a>"]);
    assert_eq!(tokens("<a/>").unwrap(), ["<a>", "</a>"]);
    assert_eq!(tokens("<a b='/'/>").unwrap(), ["<a b=/>", "</a>"]);
}

#[test]
fn entities_and_line_ends_are_resolved_and_nothing_expands() {
    let all = tokens("<a b='&quot;&#20;\n&amp;'>1 &lt; 2\r\n&#x4E2D;\r&nosuch;&amp;lt;&#xD800;&</a>").unwrap();
    assert_eq!(all, ["<a b=\"\u{14} &>", "1 < 2\n中\n&nosuch;&lt;&#xD800;&", "</a>"]);
    assert_eq!(tokens("<a><![CDATA[<&amp;]]]]></a>").unwrap(), ["<a>", "<&amp;]]", "</a>"]);
    assert_eq!(tokens("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(Fault::Broken));
}

#[test]
fn what_breaks_off_or_does_not_fit_is_told() {
    for broken in ["<a>", "<a", "</a>", "<a/></a>", "<a b='>", "<!-- ", "<![CDATA[ ", "<", "<>", "< a>", "<:>", "</", "<!", "<?x"]
    {
        assert_eq!(tokens(broken), Err(Fault::Broken), "{broken}");
    }
}

#[test]
fn an_element_is_skipped_with_all_that_is_in_it() {
    let mut xml = Xml::new("<a><b><c/>1<b>2</b></b>3</a>".as_bytes());
    assert!(matches!(xml.next(), Ok(Token::Open(tag)) if tag.name() == b"a"));
    assert!(matches!(xml.next(), Ok(Token::Open(tag)) if tag.name() == b"b"));
    xml.skip().unwrap();
    let mut text = String::new();
    xml.text(&mut text).unwrap();
    assert_eq!(text, "3");
    assert!(matches!(xml.next(), Ok(Token::End)));
}
