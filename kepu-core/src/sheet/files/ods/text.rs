//! The text that a cell shows (OpenDocument 1.3, part 3, 6.1).

use super::super::fault::Fault;
use super::super::xml::{Token, Xml};

/// No cell has more spaces in one place, whatever the file claims.
const SPACES: u32 = 1024;

/// The paragraphs of a cell that has just begun, up to its end, and whether there are pictures in it; a note on it is left
/// out.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<(String, bool), Fault> {
    let (mut whole, mut paragraphs, mut depth, mut has_pictures) = (String::new(), 0_u32, 0_u32, false);
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                // A ruby hint is to its text what a phonetic run is in xlsx.
                b"annotation" | b"table" | b"note" | b"ruby-text" => xml.skip()?,
                b"frame" | b"custom-shape" | b"image" | b"g" => {
                    has_pictures = true;
                    xml.skip()?;
                }
                b"p" | b"h" if depth == 0 => {
                    if paragraphs > 0 {
                        whole.push('\n');
                    }
                    paragraphs += 1;
                    depth = 1;
                }
                _ if depth == 0 => xml.skip()?,
                b"s" => {
                    let spaces = tag.count("c").unwrap_or(1).min(SPACES);
                    whole.extend((0..spaces).map(|_| ' '));
                    depth += 1;
                }
                name => {
                    match name {
                        b"tab" => whole.push('\t'),
                        b"line-break" => whole.push('\n'),
                        _ => {}
                    }
                    depth += 1;
                }
            },
            Token::Text(text) if depth > 0 => text.push_to(&mut whole)?,
            Token::Text(_) => {}
            Token::Close(_) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Ok((whole, has_pictures)),
            },
            Token::End => return Err(Fault::Broken),
        }
    }
}
