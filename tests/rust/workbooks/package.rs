//! The parts of an xlsx, read and filled in as a spreadsheet program would.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn archive(xlsx: &[u8]) -> ZipArchive<Cursor<&[u8]>> {
    ZipArchive::new(Cursor::new(xlsx)).unwrap()
}

/// The names of the parts, all of them XML.
pub fn names(xlsx: &[u8]) -> Vec<String> {
    let names = archive(xlsx).file_names().map(|name| name.unwrap().into_owned()).collect::<Vec<_>>();
    names.into_iter().filter(|name| [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end))).collect()
}

/// A part as text.
pub fn part(xlsx: &[u8], name: &str) -> String {
    let mut text = String::new();
    archive(xlsx).by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The file with some blank cells of its first sheet filled in: digits as a number, all else as a text.
pub fn filled(xlsx: &[u8], cells: &[(String, &str)]) -> Vec<u8> {
    let first = "xl/worksheets/sheet1.xml";
    let mut sheet = part(xlsx, first);
    for (address, value) in cells {
        let open = format!(r#"<c r="{address}" s=""#);
        let at = sheet.find(&open).unwrap_or_else(|| panic!("no cell {address}")) + open.len();
        let end = at + sheet[at..].find("/>").unwrap();
        let style = sheet[at..end].trim_end_matches('"').to_owned();
        let is_number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
        let cell = if is_number {
            format!(r#"{style}"><v>{value}</v></c>"#)
        } else {
            format!(r#"{style}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>"#)
        };
        sheet.replace_range(at..end + 2, &cell);
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names(xlsx) {
        out.start_file(&name, SimpleFileOptions::default()).unwrap();
        let text = if name == first { sheet.clone() } else { part(xlsx, &name) };
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
