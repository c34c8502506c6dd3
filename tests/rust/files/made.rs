//! Spreadsheets made on the spot, of parts as no program, or only some, would write them.

use std::io::{Cursor, Write};

use kepu_core::{Book, Limits};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts under their names, zipped.
pub(super) fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        archive.start_file(name, options).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An xlsx of one sheet, part by part.
pub(super) struct Xlsx {
    pub(super) workbook: String,
    pub(super) sheet: String,
    pub(super) strings: String,
    pub(super) styles: String,
    pub(super) types: String,
}

impl Default for Xlsx {
    fn default() -> Xlsx {
        Xlsx {
            workbook: "<workbook><sheets><sheet name='表一' sheetId='1' r:id='r1'/></sheets></workbook>".to_owned(),
            sheet: String::new(),
            strings: "<sst><si><t>活动名称</t></si><si><t>举办单位</t></si></sst>".to_owned(),
            styles: "<styleSheet><numFmts><numFmt numFmtId='165' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/></numFmts>\
                     <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='46'/><xf numFmtId='165'/></cellXfs></styleSheet>"
                .to_owned(),
            types: TYPES.to_owned(),
        }
    }
}

impl Xlsx {
    /// What stands in the sheet's part, and all else as usual.
    pub(super) fn of(sheet: &str) -> Xlsx {
        Xlsx { sheet: sheet.to_owned(), ..Xlsx::default() }
    }

    /// Rows of cells, without more around them.
    pub(super) fn rows(rows: &str) -> Xlsx {
        Xlsx::of(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let types = &self.types;
        let related = |id, kind, target| format!("<Relationship Id='{id}' Type='{types}/{kind}' Target='{target}'/>");
        let root = format!("<Relationships>{}</Relationships>", related("r1", "officeDocument", "xl/workbook.xml"));
        let book = [
            related("r1", "worksheet", "worksheets/sheet1.xml"),
            related("r2", "sharedStrings", "sharedStrings.xml"),
            related("r3", "styles", "styles.xml"),
        ];
        zipped([
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &*root),
            ("xl/workbook.xml", &*self.workbook),
            ("xl/_rels/workbook.xml.rels", &format!("<Relationships>{}</Relationships>", book.concat())),
            ("xl/sharedStrings.xml", &*self.strings),
            ("xl/styles.xml", &*self.styles),
            ("xl/worksheets/sheet1.xml", &*self.sheet),
        ])
    }

    pub(super) fn read(&self) -> Book {
        Book::read(&self.bytes(), "上报.xlsx", &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The cells as people see them.
    pub(super) fn shown(&self) -> Vec<Vec<String>> {
        super::rows(&self.read().grids[0])
    }
}

/// An ods whose sheet holds this.
pub(super) fn ods(table: &str) -> Vec<u8> {
    zipped([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:spreadsheet><table:table table:name='表一'>{table}</table:table>\
                 </office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}
