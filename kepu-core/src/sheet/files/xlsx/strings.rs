//! The texts that cells share.

use super::super::fault::Fault;
use super::super::xml::{Token, Xml};
use crate::sheet::grid::Span;

/// The table of shared strings: one store of all, and the place of each.
pub(super) fn table(mut xml: Xml<'_>) -> Result<(String, Vec<Span>), Fault> {
    let (mut store, mut spans) = (String::new(), Vec::new());
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == b"si" => {
                let from = store.len();
                rich(&mut xml, &mut store)?;
                spans.push(Span::new(from, store.len() - from).ok_or(Fault::Broken)?);
            }
            Token::End => return Ok((store, spans)),
            _ => {}
        }
    }
}

/// A text with its runs joined, up to the end of the element that has just begun; phonetic hints are left out.
pub(super) fn rich(xml: &mut Xml<'_>, into: &mut String) -> Result<(), Fault> {
    let (from, mut depth) = (into.len(), 0_u32);
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                b"t" => xml.text(into)?,
                b"r" => depth += 1,
                _ => xml.skip()?,
            },
            Token::Close(_) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => {
                    unescape(into, from);
                    return Ok(());
                }
            },
            Token::Text(_) => {}
            Token::End => return Err(Fault::Broken),
        }
    }
}

/// Excel writes what XML cannot hold as `_x000D_` (ECMA-376 part 1, 22.9.2.19). What stands from a place on is undone.
pub(super) fn unescape(text: &mut String, from: usize) {
    let tail = text.get(from..).unwrap_or_default();
    if memchr::memmem::find(tail.as_bytes(), b"_x").is_none() {
        return;
    }
    let written = tail.to_owned();
    text.truncate(from);
    let mut rest = written.as_str();
    while let Some((before, behind)) = rest.split_once("_x") {
        text.push_str(before);
        let is_code = |(hex, more): &(&str, &str)| more.starts_with('_') && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
        let code = behind.split_at_checked(4).filter(is_code);
        match code.and_then(|(hex, more)| Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, more.get(1..)?))) {
            Some((c, more)) => {
                text.push(c);
                rest = more;
            }
            None => {
                text.push_str("_x");
                rest = behind;
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_hints_left_out() {
        let (store, spans) = table(Xml::new(
            "<sst><si><r><t>走近</t></r><r><rPr><b/></rPr><t>湿地</t></r><rPh><t>zou</t></rPh></si><si/><si><t>a&amp;b&#10;c</t></si></sst>"
                .as_bytes(),
        ))
        .unwrap();
        assert_eq!((store.as_str(), spans.len()), ("走近湿地a&b\nc", 3));
        assert!(spans[1].is_empty() && !spans[2].is_empty());
    }

    #[test]
    fn escapes_of_excel_are_undone_and_nothing_else() {
        for (written, plain) in
            [("a_x000D_\nb", "a\r\nb"), ("_x005F_x000D_", "_x000D_"), ("my_xyz_x12", "my_xyz_x12"), ("_x+041_", "_x+041_")]
        {
            let mut text = format!("_x000D_{written}");
            unescape(&mut text, 7);
            assert_eq!(text, format!("_x000D_{plain}"));
        }
    }
}
