//! Files as people send them, from their bytes to their cells; `tests/data/make_sheets.py` makes them.

mod hostile;
mod made;
mod markup;
mod peers;

use std::io::Read;
use std::ops::ControlFlow;

use kepu_core::{Book, CellBuf, Encoding, Error, Format, Grid, Lang, Limits, Sheet, SheetOptions};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/data/sheets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn book(name: &str) -> Book {
    Book::read(&bytes(name), name, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str) -> Error {
    let Err(error) = Book::read(&bytes(name), name, &Limits::default()) else { panic!("{name} is read") };
    assert!(error.is_sheet(), "{name}");
    error
}

/// Reads a file from its bytes and from a reader: it comes to the same.
fn read_both_ways(bytes: &[u8], name: &str) {
    let said = |book: Result<Book, Error>| book.map_err(|error| error.message(Lang::En));
    let streamed = Book::from_reader(bytes, name, &Limits::default(), &mut |_| ControlFlow::Continue(()));
    assert_eq!(said(streamed), said(Book::read(bytes, name, &Limits::default())), "{name}");
}

/// A cell as a reader of this test sees it.
fn shown(cell: &CellBuf) -> String {
    match cell {
        CellBuf::Empty => String::new(),
        CellBuf::Text(text) => text.clone(),
        CellBuf::Int(number) => number.to_string(),
        CellBuf::Float(number) => number.to_string(),
        CellBuf::Bool(yes) => yes.to_string(),
        CellBuf::Day(day) => day.to_string(),
        CellBuf::Moment(moment) => moment.to_string(),
        other => format!("{other:?}"),
    }
}

fn rows(grid: &Grid) -> Vec<Vec<String>> {
    grid.rows().map(|row| row.map(|cell| shown(&cell.to_buf())).collect()).collect()
}

#[test]
fn a_reader_gives_what_the_bytes_give() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/sheets")).unwrap() {
        let path = file.unwrap().path();
        read_both_ways(&std::fs::read(&path).unwrap(), path.file_name().unwrap().to_str().unwrap());
    }
    read_both_ways(b"\xef\xbb\xbf", "a.csv");
    read_both_ways(b"", "a.csv");
}

#[test]
fn a_reader_that_fails_or_is_stopped_is_told() {
    struct Fails(usize);
    impl Read for Fails {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or_else(|| std::io::Error::other("盘已拔出"))?;
            into.fill(b'a');
            Ok(into.len())
        }
    }
    let error = Book::from_reader(Fails(9), "上报.csv", &Limits::default(), &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.message(Lang::Zh), "“上报.csv”读到中途中断：盘已拔出；请重试");
    let mut shares = Vec::new();
    let endless = std::io::repeat(b'a');
    let error = Book::from_reader(endless, "上报.csv", &Limits::default(), &mut |progress| {
        shares.push(progress.share());
        if shares.len() < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(error.unwrap_err().is_cancelled() && shares == [0.0; 3], "nobody knows how much will come: {shares:?}");
}

#[test]
fn every_encoding_and_separator_gives_the_same_cells() {
    let expected = rows(&book("csv-named.xls").grids[0]);
    assert_eq!(expected[2], ["𠮷祥航天展，一场“看得见”的展览", "洛阳市科协", "9月18日", "约1.2万"]);
    for (name, format, encoding) in [
        ("csv-named.xls", Format::Csv, Encoding::Utf8),
        ("gb18030.csv", Format::Csv, Encoding::Gb18030),
        ("bom.csv", Format::Csv, Encoding::Utf8Bom),
        ("semicolon.csv", Format::Semicolon, Encoding::Utf8),
        ("tab.tsv", Format::Tsv, Encoding::Utf8),
        ("unicode-text.txt", Format::Tsv, Encoding::Utf16),
    ] {
        let book = book(name);
        assert_eq!((book.format, book.encoding), (format, Some(encoding)), "{name}");
        assert_eq!(rows(&book.grids[0]), expected, "{name}");
    }
}

#[test]
fn quotes_line_breaks_and_blank_lines_keep_every_row_where_a_spreadsheet_shows_it() {
    let book = book("quotes.csv");
    let rows = rows(&book.grids[0]);
    assert_eq!(rows[3], ["走近湿地", "新乡市科协", "观鸟；\n讲座，\"湿地\"与人"]);
    assert!(rows[1].is_empty() && rows[4].is_empty() && rows[5].is_empty());
    assert_eq!(rows[6][0], "星空");
}

#[test]
fn merges_widths_and_numbers_are_read_from_each_format() {
    for (name, format) in [("merged.xlsx", Format::Xlsx), ("merged.xls", Format::Xls), ("merged.ods", Format::Ods)] {
        let book = book(name);
        assert_eq!(book.format, format, "{name}");
        let grid = &book.grids[0];
        assert_eq!(grid.name.as_deref(), Some("活动汇总"));
        let mut merges: Vec<_> = grid.merges.iter().map(|m| (m.first_row, m.first_column, m.last_row, m.last_column)).collect();
        merges.sort_unstable();
        let expected = [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5), (3, 1, 4, 1)];
        assert_eq!(merges, expected, "{name}");
        let wide = grid.widths.iter().find(|(column, _)| *column == 2).unwrap();
        assert!((25.0..35.0).contains(&wide.1), "{name}: {wide:?}");
        let rows = rows(grid);
        assert_eq!(rows[3], ["1", "新乡市科协", "走近湿地", "2023-09-17", "2023-09-18", "300"], "{name}");
        assert_eq!(rows[4], ["2", "", "星空 & 望远镜\n（夜场）", "2023-09-19", "2023-09-19", "120.5"], "{name}");
    }
}

#[test]
fn a_file_becomes_a_table_with_its_records() {
    for name in ["merged.xlsx", "merged.xls", "merged.ods"] {
        let mut book = book(name);
        let sheet = Sheet::new(book.grids.remove(0), &SheetOptions::default()).unwrap();
        assert_eq!(sheet.len(), 2, "{name}");
        assert_eq!(sheet.skipped().len(), 2, "{name}");
    }
}

#[test]
fn days_times_and_moments_are_what_their_format_says() {
    for name in ["dates.xlsx", "dates.xls", "dates.ods"] {
        let book = book(name);
        let grid = &book.grids[0];
        let at = |label: &str| {
            let row = (0..grid.height()).find(|row| grid.row(*row).next().is_some_and(|cell| shown(&cell.to_buf()) == label));
            grid.row(row.unwrap()).nth(1).unwrap().to_buf()
        };
        assert!(matches!(at("日"), CellBuf::Day(_)), "{name}: {:?}", at("日"));
        assert!(matches!(at("中文日"), CellBuf::Day(_)), "{name}");
        assert!(matches!(at("星期"), CellBuf::Day(_)), "{name}: {:?}", at("星期"));
        assert_eq!(at("序列号"), CellBuf::Int(45186), "{name}");
        assert_eq!(shown(&at("文字")), "9月17日", "{name}");
        assert_eq!(shown(&at("时刻")), "2023-09-17 14:30:00", "{name}");
        assert_eq!(shown(&at("时间")), "9:00", "{name}");
        assert_eq!(at("是否"), CellBuf::Bool(true), "{name}");
        assert_eq!(at("手机"), CellBuf::Int(13_800_000_000), "{name}");
        assert_eq!(at("小数"), CellBuf::Float(0.1), "{name}");
        assert_eq!(shown(&at("像公式")), "=1+1", "{name}");
        assert_eq!(shown(&at("两行")), "上\n下  尾", "{name}");
    }
}

#[test]
fn a_formula_is_its_stored_value_and_an_error_is_its_text() {
    for name in ["formulas.xlsx", "formulas.xls", "formulas.ods"] {
        let rows = rows(&book(name).grids[0]);
        let values: Vec<&str> = rows[1..].iter().map(|row| row[1].as_str()).collect();
        assert_eq!(values[..3], ["3", "#DIV/0!", "#N/A"], "{name}");
        assert_eq!(values[3], "#NAME?", "{name}");
        assert_eq!(values[4], "科普", "{name}");
        assert_eq!(values[5], "true", "{name}");
    }
}

#[test]
fn hidden_sheets_rows_and_columns_are_read_and_said() {
    for name in ["hidden.xlsx", "hidden.xls", "hidden.ods"] {
        let book = book(name);
        assert_eq!(book.grids.len(), 2, "{name}");
        assert!(book.grids[1].hidden && !book.grids[0].hidden, "{name}");
        assert_eq!(book.grids[0].hidden_rows, [3], "{name}");
        assert_eq!(book.grids[0].hidden_columns, [3], "{name}");
        assert_eq!(rows(&book.grids[0])[3][0], "藏起来的一行", "{name}");
        let notes: Vec<&str> = book.notes.iter().map(|note| note.message(Lang::Zh)).collect();
        let expected = [
            "工作表“看得见”有 1 行是隐藏的（从第 4 行起），已照常读取",
            "工作表“看得见”有 1 列是隐藏的（从 D 列起），已照常读取",
            "工作表“看不见”是隐藏的，已照常读取",
        ];
        assert_eq!(notes, expected, "{name}");
    }
}

#[test]
fn cells_without_places_and_errors_of_later_excels_are_read() {
    let rows = rows(&book("no-places.xlsx").grids[0]);
    assert_eq!(rows[0], ["活动名称", "举办单位"]);
    assert!(rows[1].is_empty());
    assert_eq!(rows[2], ["a\rb", "", "#SPILL!", "2023-09-17"]);
}

#[test]
fn what_cannot_be_read_is_named_with_the_way_out() {
    for (name, says) in [
        ("empty.xlsx", "是空文件"),
        ("picture.xlsx", "其实是一张图片（PNG），不是表格"),
        ("page-named.xls", "其实是网页（HTML 表格）"),
        ("truncated.xlsx", "已损坏或不完整"),
        ("truncated.xls", "已损坏或不完整"),
        ("locked.xlsx", "设有打开密码"),
        ("binary.xlsb", "Excel 二进制工作簿（.xlsb）"),
        ("archive.xlsx", "其实是一个压缩包（ZIP）"),
        ("broken.csv", "的第 133 个字节（第 3 行）不是 GB18030 文字"),
        ("open-quote.csv", "第 3 行的引号（\"）没有闭合"),
    ] {
        let error = refused(name);
        let (zh, en) = (error.message(Lang::Zh), error.message(Lang::En));
        assert!(zh.starts_with(&format!("“{name}”")) && zh.contains(says) && zh.contains('；'), "{name}: {zh}");
        assert!(en.starts_with(&format!("`{name}`")) && en.contains("; "), "{name}: {en}");
    }
}
