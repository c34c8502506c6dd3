use super::*;
use crate::message::Lang;
use crate::notice::Notice;
use crate::record::CellBuf;
use crate::sheet::{Limits, Merge};

const HEADER: [&str; 5] = ["编号", "活动名称", "举办单位", "活动类别", "活动时间"];

fn grid(name: &str, rows: &[&[&str]]) -> Grid {
    let row = |row: &&[&str]| row.iter().map(|cell| CellBuf::from(*cell)).collect();
    let mut grid = Grid::new(rows.iter().map(row).collect());
    grid.name = Some(name.to_owned());
    grid
}

fn row<'a>(id: &'a str, title: &'a str, days: &'a str) -> [&'a str; 5] {
    [id, title, "新乡市科协", "地方主场活动", days]
}

/// A file of these sheets.
fn book(file: &str, grids: Vec<Grid>) -> Book {
    let mut book = Book::read("活动名称,举办单位\n".as_bytes(), file, &Limits::default()).unwrap();
    book.grids = grids;
    book
}

fn checked(books: Vec<Book>) -> TableReport {
    let notice = Notice::bundled("henan-2023").unwrap();
    let mut check = TableCheck::new(&notice.checker(), "2023-09-01".parse().unwrap());
    for book in books {
        check.book(book, &SheetOptions::of(&notice)).unwrap();
    }
    check.finish()
}

/// File, sheet, row, cell and rule of each finding.
fn places(report: &TableReport) -> Vec<String> {
    let place = |placed: Placed<'_>| {
        let (file, sheet) = (placed.file().unwrap_or("-"), placed.sheet().unwrap_or("-"));
        let (row, cell) = (placed.row().unwrap_or(0), placed.cell().unwrap_or_default());
        format!("{file} {sheet} {row} {cell} {}", placed.finding().rule().id())
    };
    report.findings().map(place).collect()
}

#[test]
fn findings_stand_by_file_sheet_and_row_and_a_later_record_is_told_where_the_first_is() {
    let one = grid("一区", &[&HEADER, &row("A-1", "走近湿地", "9月20日"), &row("A-2", "讲座", "9月31日")]);
    let two = grid("二区", &[&HEADER, &row("A-1", "巡展", "9月20日"), &row("A-1", "展演", "9月20日")]);
    let three = grid("一区", &[&HEADER, &row("A-1", "走近湿地", "2023-09-20")]);
    let report = checked(vec![book("甲.xlsx", vec![one, two]), book("乙.xlsx", vec![three])]);
    assert_eq!(
        places(&report),
        [
            "甲.xlsx 一区 3 E3 unreadable-date",
            "甲.xlsx 二区 2 A2 duplicate-id",
            "甲.xlsx 二区 3 A3 duplicate-id",
            "乙.xlsx 一区 2 A2 duplicate-id",
            "乙.xlsx 一区 2 B2 duplicate-activity",
        ]
    );
    let said: Vec<String> = report.findings().skip(1).map(|placed| placed.finding().message(Lang::Zh)).collect();
    assert_eq!(said[0], "编号“A-1”与前面的记录（工作表“一区”，第 2 行）相同");
    assert_eq!(said[3], "“走近湿地”与前面的记录（甲.xlsx，工作表“一区”，第 2 行）是同一个活动");
    let last = report.findings().last().unwrap();
    assert_eq!((last.id().as_deref(), last.header(), last.value().as_deref()), (Some("A-1"), Some("活动名称"), Some("走近湿地")));
    assert_eq!((report.clean(), report.blocked(), report.records()), (1, 4, 5));
}

#[test]
fn a_finding_of_a_merged_cell_and_of_one_column_for_both_days_points_at_the_cell_that_was_read() {
    let mut merged =
        grid("表", &[&HEADER, &row("A-1", "走近湿地", "9月23日至9月21日"), &["A-2", "讲座", "新乡市科协", "地方主场活动"]]);
    merged.merges.push(Merge { first_row: 1, first_column: 4, last_row: 2, last_column: 4 });
    let report = checked(vec![book("甲.xlsx", vec![merged])]);
    assert_eq!(places(&report), ["甲.xlsx 表 2 E2 reversed-dates", "甲.xlsx 表 3 E2 reversed-dates"]);
    assert_eq!(report.findings().next().unwrap().header(), Some("活动时间"));
}

#[test]
fn a_sheet_of_hints_stands_aside_but_a_file_without_a_table_is_a_failure() {
    let table = || grid("活动", &[&HEADER, &row("A-1", "走近湿地", "9月20日")]);
    let hints = || grid("填表说明", &[&["请逐项填写"], &["不明之处请来电"]]);
    let report = checked(vec![book("甲.xlsx", vec![hints(), grid("空", &[&["", ""]]), table()])]);
    assert!(report.is_whole());
    let unread: Vec<_> = report.unread().iter().map(|unread| (unread.sheet(), unread.is_aside())).collect();
    assert_eq!(unread, [(Some("填表说明"), true)], "an empty sheet is nothing");
    let sheets: Vec<bool> = report.files()[0].sheets.iter().map(|sheet| matches!(sheet, CheckedSheet::Unread(_))).collect();
    assert_eq!(sheets, [true, false], "in the file's own order");

    for lost in [hints(), grid("空", &[&["", ""]])] {
        let report = checked(vec![book("甲.xlsx", vec![table()]), book("乙.xlsx", vec![lost])]);
        assert!(!report.is_whole() && report.unread()[0].error().is_sheet() && report.records() == 1);
    }
    // A header that stands twice is a table that nobody can read, beside whatever else.
    let twice = grid("两遍", &[&["活动名称", "活动名称", "举办单位"], &["甲", "乙", "丙"]]);
    assert!(!checked(vec![book("甲.xlsx", vec![table(), twice])]).is_whole());
}

#[test]
fn a_file_that_could_not_be_opened_keeps_its_place() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let mut check = TableCheck::new(&checker, "2023-09-01".parse().unwrap());
    check.unopened("没有.xlsx", "no such file");
    let file = book("甲.xlsx", vec![grid("活动", &[&HEADER])]);
    check.book(file, &SheetOptions::default()).unwrap();
    let report = check.finish();
    let names: Vec<_> = report.files().iter().map(|file| file.name.map(str::to_owned)).collect();
    assert_eq!(names, [Some("没有.xlsx".to_owned()), Some("甲.xlsx".to_owned())]);
    assert!(!report.is_whole() && report.is_accepted());
}

#[test]
fn columns_that_are_not_read_are_named_with_the_nearest_field() {
    let sheet = grid("表", &[&["活动名称", "举办单位", "活动地址点", "备用", ""], &["甲", "乙", "丙", "丁", "戊"]]);
    let report = checked(vec![book("甲.xlsx", vec![sheet])]);
    let table = report.tables().next().unwrap();
    let told: Vec<String> = table.unread_columns().map(|column| column.message(Lang::Zh)).collect();
    assert_eq!(told, ["C 列“活动地址点”未读取；最接近的字段是活动地点", "D 列“备用”未读取", "E 列没有表头，未读取"]);
    let missing: Vec<String> = table.missing().iter().map(|missing| missing.message(Lang::En)).collect();
    assert_eq!(missing, ["no column for category: 1 row", "no column for first day: 1 row"]);
    assert_eq!((table.findings().count(), table.findings_in_columns().count()), (2, 0));
}

#[test]
fn a_watcher_is_told_of_every_record_in_the_end() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let (told, heard) = std::sync::mpsc::channel();
    let mut check = TableCheck::new(&checker, "2023-09-01".parse().unwrap()).watched(move |done| told.send(done).unwrap());
    let list = |count| Arc::new(Records::new(Kind::ACTIVITY, vec![crate::record::RecordBuf::activity(); count]));
    check.table(list(STEP + 1));
    check.table(list(2));
    drop(check.finish());
    let step = u64::try_from(STEP).unwrap();
    assert_eq!(heard.iter().collect::<Vec<_>>(), [step, step + 1, step + 3]);
}
