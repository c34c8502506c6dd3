//! What people send by mistake, and what somebody might on purpose: a sentence with the way out, in bounded time and memory.

use kepu_core::{Book, Error, Lang, Limits, Sheet, SheetOptions};

use super::made::{Xlsx, ods, zipped};
use super::{bytes, read_both_ways, refused};

fn refused_bytes(bytes: &[u8], limits: &Limits) -> Error {
    let Err(error) = Book::read(bytes, "上报.xlsx", limits) else { panic!("it is read") };
    assert!(error.is_sheet(), "{error}");
    error
}

fn says(bytes: &[u8], sentence: &str) {
    let message = refused_bytes(bytes, &Limits::default()).message(Lang::Zh);
    assert!(message.starts_with("“上报.xlsx”") && message.contains(sentence), "{message}");
}

#[test]
fn two_far_cells_are_refused_before_they_fill_memory() {
    let message = refused("two-cells.xlsx").message(Lang::Zh);
    assert!(message.contains("已用区域超过 20000000 个单元格"), "{message}");
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_does() {
    let limits = Limits { unpacked: 16 << 20, ..Limits::default() };
    for name in ["bomb.xlsx", "lying-bomb.xlsx"] {
        let Err(error) = Book::read(&bytes(name), name, &limits) else { panic!("{name} is read") };
        let message = error.message(Lang::Zh);
        assert!(message.contains("解压后超过 16 MiB") || name == "lying-bomb.xlsx" && message.contains("已损坏"), "{message}");
    }
}

#[test]
fn nothing_that_is_cut_or_changed_brings_a_reader_down() {
    for name in ["merged.xls", "merged.ods", "merged.xlsx", "dates.xls", "quotes.csv", "gb18030.csv", "no-places.xlsx"] {
        let whole = bytes(name);
        for end in (0..whole.len()).step_by(whole.len() / 60 + 1) {
            read_both_ways(&whole[..end], name);
        }
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..300 {
            let mut changed = whole.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = state as usize % changed.len();
                changed[at] = (state >> 32) as u8;
            }
            read_both_ways(&changed, name);
        }
    }
}

#[test]
fn one_line_of_too_many_cells_and_a_place_named_over_and_over_are_refused_as_they_come() {
    let limits = Limits { cells: 1_000, ..Limits::default() };
    let over = "已用区域超过 1000 个单元格";
    let line = format!("活动名称,举办单位\n{}\n", ",".repeat(2_000));
    assert!(refused_bytes(line.as_bytes(), &limits).message(Lang::Zh).contains(over));
    let same = Xlsx::rows(&format!("<row>{}</row>", "<c r='A1'><v>1</v></c>".repeat(2_000))).bytes();
    assert!(refused_bytes(&same, &limits).message(Lang::Zh).contains(over));
    let cell = "<table:table-cell office:value-type='string' table:number-columns-repeated='16384'><text:p>甲</text:p></table:table-cell>";
    let rows = ods(&format!("<table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>"));
    says(&rows, "已用区域超过 20000000 个单元格");
}

#[test]
fn two_million_rows_are_read_or_refused_by_their_cells() {
    let rows = 2_000_000;
    let mut csv = String::from("活动名称,举办单位\n");
    csv.extend(std::iter::repeat_n("讲座,科协\n", rows));
    let mut book = Book::read(csv.as_bytes(), "上报.csv", &Limits::default()).unwrap();
    let sheet = Sheet::new(book.grids.remove(0), &SheetOptions::default()).unwrap();
    assert_eq!((sheet.len(), sheet.record(rows - 1).map(|record| record.row())), (rows, Some(2_000_001)));
    let wide = format!("<row r='2000000'>{}</row>", "<c><v>1</v></c>".repeat(16));
    says(&Xlsx::rows(&wide).bytes(), "已用区域超过 20000000 个单元格");
    let narrow = "<row r='2000000'><c><v>1</v></c></row>";
    assert_eq!(Xlsx::rows(narrow).read().grids[0].height(), rows);
}

#[test]
fn ten_thousand_columns_are_a_table() {
    let mut header: Vec<String> = (0..10_000).map(|at| format!("指标{at}")).collect();
    header[9_998] = "活动名称".to_owned();
    header[9_999] = "举办单位".to_owned();
    let csv = format!("{}\n{}\n", header.join(","), vec!["值"; 10_000].join(","));
    let mut book = Book::read(csv.as_bytes(), "上报.csv", &Limits::default()).unwrap();
    let sheet = Sheet::new(book.grids.remove(0), &SheetOptions::default()).unwrap();
    assert_eq!((sheet.len(), sheet.columns().len()), (1, 10_000));
    let unread = sheet.columns().iter().filter(|column| sheet.nearest(column).is_none()).count();
    assert!(unread >= 9_998, "{unread}");
}

#[test]
fn tables_of_a_million_styles_and_formats_take_no_time() {
    let formats: String = (0..60_000).map(|id| format!("<numFmt numFmtId='{id}' formatCode='0'/>")).collect();
    let styles = format!(
        "<styleSheet><numFmts>{formats}</numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf numFmtId='59999'/>".repeat(60_000)
    );
    let columns = "<col min='1' max='16384' width='9' hidden='1'/>".repeat(60_000);
    let sheet =
        format!("<worksheet><cols>{columns}</cols><sheetData><row><c s='59999'><v>1</v></c></row></sheetData></worksheet>");
    let began = std::time::Instant::now();
    let book = Xlsx { styles, ..Xlsx::of(&sheet) }.read();
    assert!(book.grids[0].widths.len() < 70_000 && began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_password_is_named_in_every_format() {
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let locked = zipped([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    says(&locked, "设有打开密码");
    // Who wrote the file, said anew: from here on it is encrypted.
    let mut old = bytes("merged.xls");
    let record = old.windows(4).position(|four| four == [0x5c, 0, 0x70, 0]).expect("LibreOffice says who wrote it");
    old[record] = 0x2f;
    says(&old, "设有打开密码");
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    says(b"BM\0\0\0\0", "一张图片（BMP）");
    says(b"RIFF\0\0\0\0WEBP", "一张图片（WebP）");
    says(b"%PDF-1.7", "一份 PDF 文件");
    says(&zipped([("word/document.xml", "<w/>")]), "一份 Word 文档");
    says("活动名称,举办单位\n讲\0座,科协\n".as_bytes(), "第 30 个字节起是二进制内容");
    says(b" \r\n\t", "是空文件");
    says(b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "XML 表格（Excel 2003）");
    says(b"\x09\x00\x04\x00\x02\x00\x10\x00", "Excel 95 或更早的格式");
}

#[test]
fn parts_that_break_off_lie_or_are_missing_are_damage() {
    for sheet in [
        "<worksheet><sheetData><row><c><v>1</v>",
        "<worksheet><sheetData></worksheet",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>",
        "</worksheet>",
    ] {
        says(&Xlsx::of(sheet).bytes(), "已损坏或不完整");
    }
    says(&Xlsx::rows("<row><c t='s'><v>99</v></c></row>").bytes(), "已损坏或不完整");
    says(&Xlsx::rows("<row><c r='1A'><v>1</v></c></row>").bytes(), "已损坏或不完整");
    says(&zipped([("_rels/.rels", "<Relationships/>"), ("[Content_Types].xml", "<Types/>")]), "已损坏或不完整");
    // One byte of a cell, and the checksum knows.
    let mut changed = Xlsx::rows("<row><c><v>1</v></c></row>").bytes();
    let place = changed.len() / 2;
    changed[place] ^= 0x40;
    let _ = Book::read(&changed, "上报.xlsx", &Limits::default());
}

#[test]
fn an_open_quote_is_told_by_its_row_even_where_a_later_quote_closes_it() {
    says("活动名称,举办单位\n讲座,\"科协\n星空,学会\n古建筑,\"安阳\"\n".as_bytes(), "第 2 行的引号（\"）没有闭合");
}

#[test]
fn a_text_that_began_as_utf_8_is_never_taken_for_gb18030() {
    let mut text = "活动名称,举办单位\n走近湿地与星空,新乡市科协\n".repeat(3).into_bytes();
    let place = text.len() - 4;
    text[place] = 0xff;
    says(&text, "（第 6 行）不是 UTF-8 文字");
    says(&[b"\xef\xbb\xbf", &*text].concat(), "不是 UTF-8 文字");
}
