//! The texts that cells share.

use quick_xml::events::Event;

use super::super::xml::{Broken, Xml};

/// The table of shared strings.
pub(super) fn table(text: &str) -> Result<Vec<String>, Broken> {
    let (mut xml, mut strings) = (Xml::new(text), Vec::new());
    loop {
        match xml.next()? {
            Event::Start(e) if e.local_name().as_ref() == "si" => strings.push(rich(&mut xml)?),
            Event::Empty(e) if e.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// A text with its runs joined, up to the end of the element that has just begun; phonetic hints are left out.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<String, Broken> {
    let (mut text, mut depth) = (String::new(), 0_u32);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => xml.text(&mut text)?,
                "rPh" | "rPr" | "phoneticPr" => xml.skip(&e)?,
                _ => depth += 1,
            },
            Event::End(_) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Ok(unescaped(text)),
            },
            Event::Eof => return Err(Broken),
            _ => {}
        }
    }
}

/// Excel writes what XML cannot hold as `_x000D_` (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescaped(text: String) -> String {
    if !text.as_bytes().windows(2).any(|two| two == b"_x") {
        return text;
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some((before, behind)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = behind.split_at_checked(4).filter(|(_, more)| more.starts_with('_'));
        match code.and_then(|(hex, more)| Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, more.get(1..)?))) {
            Some((c, more)) => {
                plain.push(c);
                rest = more;
            }
            None => {
                plain.push_str("_x");
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_hints_left_out() {
        let table = table(
            "<sst><si><r><t>走近</t></r><r><rPr><b/></rPr><t>湿地</t></r><rPh><t>zou</t></rPh></si><si/><si><t>a&amp;b&#10;c</t></si></sst>",
        );
        assert_eq!(table.unwrap(), ["走近湿地", "", "a&b\nc"]);
    }

    #[test]
    fn escapes_of_excel_are_undone_and_nothing_else() {
        assert_eq!(unescaped("a_x000D_\nb".into()), "a\r\nb");
        assert_eq!(unescaped("_x005F_x000D_".into()), "_x000D_");
        assert_eq!(unescaped("my_xyz_x12".into()), "my_xyz_x12");
    }
}
