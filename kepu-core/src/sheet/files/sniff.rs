//! What a file is, told by its first bytes and its parts; what cannot be read is named, with the way out.

use super::ole::Ole;
use super::package::Package;
use super::{Source, text};
use crate::error::Error;

/// What there is to read.
pub(super) enum Content<'a> {
    Xlsx(Package<'a>),
    Ods(Package<'a>),
    /// The workbook's stream.
    Xls(Vec<u8>),
    Text,
}

/// The signatures of what people send instead of a table, and what they are called.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG", "一张图片（PNG）", "a picture (PNG)"),
    (b"\xff\xd8\xff", "一张图片（JPEG）", "a picture (JPEG)"),
    (b"GIF8", "一张图片（GIF）", "a picture (GIF)"),
    (b"II*\0", "一张图片（TIFF）", "a picture (TIFF)"),
    (b"MM\0*", "一张图片（TIFF）", "a picture (TIFF)"),
    (b"%PDF", "一份 PDF 文件", "a PDF file"),
    (b"{\\rtf", "一份 RTF 文档", "an RTF document"),
    (b"Rar!", "一个压缩包（RAR）", "an archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "一个压缩包（7z）", "an archive (7z)"),
    (b"\x1f\x8b", "一个压缩包（gzip）", "an archive (gzip)"),
    (b"PAR1", "一份 Parquet 数据", "Parquet data"),
    (b"ARROW1", "一份 Arrow 数据", "Arrow data"),
    (b"SQLite format 3", "一个数据库文件", "a database"),
    (b"%OFD", "一份 OFD 文件", "an OFD file"),
];

pub(super) fn content<'a>(source: &Source<'a>) -> Result<Content<'a>, Error> {
    let bytes = source.bytes;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(source.refuse("是空文件；请检查文件是否保存成功", "is empty; check that it was saved"));
    }
    if bytes.starts_with(b"PK") {
        return zipped(source);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(source);
    }
    if let Some((_, zh, en)) = OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(no_table(source, zh, en));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Err(no_table(source, "一张图片（WebP）", "a picture (WebP)"));
    }
    if bytes.starts_with(b"BM") && bytes.contains(&0) {
        return Err(no_table(source, "一张图片（BMP）", "a picture (BMP)"));
    }
    // A bare record stream: the beginning of a worksheet in Excel 2 to 4.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Err(old_excel(source));
    }
    if let Some((zh, en)) = text::markup(bytes) {
        return Err(source.refuse(
            &format!("其实是{zh}；请用 Excel 或 WPS 打开，另存为 .xlsx 再试"),
            &format!("is {en}; open it in a spreadsheet program and save it as .xlsx"),
        ));
    }
    Ok(Content::Text)
}

fn no_table(source: &Source<'_>, zh: &str, en: &str) -> Error {
    source.refuse(
        &format!("其实是{zh}，不是表格；请让对方发送 .xlsx、.xls、.ods 或 .csv 原文件"),
        &format!("is {en}, not a table; ask for the original .xlsx, .xls, .ods or .csv"),
    )
}

pub(super) fn old_excel(source: &Source<'_>) -> Error {
    source.refuse(
        "是 Excel 95 或更早的格式；请用 Excel 或 WPS 打开，另存为 .xlsx 再试",
        "was written by Excel 95 or earlier; open it in a spreadsheet program and save it as .xlsx",
    )
}

fn zipped<'a>(source: &Source<'a>) -> Result<Content<'a>, Error> {
    let refused = |fault| source.refused(fault);
    let mut package = Package::open(source).map_err(refused)?;
    if package.has("xl/workbook.bin") {
        return Err(source.refuse(
            "是 Excel 二进制工作簿（.xlsb）；请用 Excel 打开，另存为 .xlsx 再试",
            "is a binary workbook (.xlsb); open it in Excel and save it as .xlsx",
        ));
    }
    if package.has("xl/workbook.xml") {
        return Ok(Content::Xlsx(package));
    }
    if package.has("word/document.xml") {
        return Err(no_table(source, "一份 Word 文档", "a Word document"));
    }
    if package.has("ppt/presentation.xml") {
        return Err(no_table(source, "一份演示文稿", "a presentation"));
    }
    if package.has("OFD.xml") {
        return Err(no_table(source, "一份 OFD 文件", "an OFD file"));
    }
    let mime = package.short(source, "mimetype").map_err(refused)?;
    if mime.contains("opendocument.spreadsheet") {
        let manifest = package.short(source, "META-INF/manifest.xml").map_err(refused)?;
        return if manifest.contains("encryption-data") { Err(source.encrypted()) } else { Ok(Content::Ods(package)) };
    }
    if mime.contains("opendocument") {
        return Err(no_table(source, "一份 OpenDocument 文档", "an OpenDocument file of another kind"));
    }
    if package.has("_rels/.rels") && (package.has_folder("xl/") || package.has("[Content_Types].xml")) {
        return Ok(Content::Xlsx(package));
    }
    Err(source.refuse(
        "其实是一个压缩包（ZIP），不是表格；请解压后逐个读取其中的表格",
        "is an archive (ZIP), not a table; unpack it and read the tables in it",
    ))
}

fn compound<'a>(source: &Source<'a>) -> Result<Content<'a>, Error> {
    let ole = Ole::open(source.bytes).ok_or_else(|| source.damaged())?;
    if ole.has("EncryptedPackage") {
        return Err(source.encrypted());
    }
    if ole.has("Workbook") {
        return ole.stream("Workbook", source.limits.unpacked).map(Content::Xls).ok_or_else(|| source.damaged());
    }
    if ole.has("Book") {
        return Err(old_excel(source));
    }
    if ole.has("WordDocument") {
        return Err(no_table(source, "一份 Word 文档", "a Word document"));
    }
    if ole.has("PowerPoint Document") {
        return Err(no_table(source, "一份演示文稿", "a presentation"));
    }
    Err(source.damaged())
}
