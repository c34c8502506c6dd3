//! Workbooks out: what is written is read back, by us, by calamine and by LibreOffice.

mod office;
mod package;

use std::collections::BTreeSet;

use calamine::Reader;
use kepu_core::{
    AsOf, Book, Cell, CellBuf, Checker, ColumnRole, Field, Grid, Kind, Lang, Limits, Merge, Notice, Roster, Sheet, SheetOptions,
    TableCheck, TableReport,
};

use crate::notices::notices;

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

fn file(name: &str) -> Book {
    let bytes = std::fs::read(format!("{}/data/sheets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    read(&bytes, name)
}

fn read(bytes: &[u8], name: &str) -> Book {
    Book::read(bytes, name, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn henan() -> Notice {
    Notice::bundled("henan-2023").unwrap()
}

fn day(day: &str) -> AsOf {
    day.parse().unwrap()
}

/// A book as if it had been read, of these sheets.
fn book(name: &str, sheets: Vec<(&str, Vec<Vec<CellBuf>>)>) -> Book {
    let mut book = read(b"a,b\n", name);
    let named = |(name, rows): (&str, _)| {
        let mut grid = Grid::new(rows);
        grid.name = Some(name.into());
        grid
    };
    book.grids = sheets.into_iter().map(named).collect();
    book
}

fn checked(book: Book) -> TableReport {
    let notice = henan();
    let mut check = TableCheck::new(&notice.checker(), day("2023-10-08"));
    check.book(book, &SheetOptions::of(&notice)).unwrap();
    check.finish()
}

/// The annotated copy of the only file.
fn copied(report: &TableReport, lang: Lang) -> Vec<u8> {
    report.annotated(&report.files()[0], lang).unwrap()
}

fn row(grid: &Grid, row: usize) -> Vec<CellBuf> {
    grid.row(row).map(Cell::to_buf).collect()
}

/// The rows, without what is empty at their ends.
fn rows(grid: &Grid) -> Vec<Vec<CellBuf>> {
    let cut = |mut cells: Vec<CellBuf>| {
        while cells.last() == Some(&CellBuf::Empty) {
            cells.pop();
        }
        cells
    };
    (0..grid.height()).map(|at| cut(row(grid, at))).collect()
}

fn merges(grid: &Grid) -> BTreeSet<(u32, u32, u32, u32)> {
    grid.merges.iter().map(|merge| (merge.first_row, merge.first_column, merge.last_row, merge.last_column)).collect()
}

/// Every kind of record of every notice in the house, with its checker.
fn kinds() -> Vec<(Checker, Kind)> {
    let notices = notices().into_iter().map(|(_, toml, _)| Notice::from_toml(&toml).unwrap());
    notices.flat_map(|notice| notice.kinds().to_vec().into_iter().map(move |kind| (notice.checker(), kind))).collect()
}

/// The sheet of a template as the reader finds it.
fn blank(checker: &Checker, kind: &Kind, lang: Lang) -> Sheet {
    let mut book = read(&checker.template(kind, lang).unwrap(), "填报表.xlsx");
    assert_eq!(book.grids.len(), 1, "the notice's page and the hidden lists are no tables");
    Sheet::new(book.grids.remove(0), &SheetOptions::of(checker.notice())).unwrap()
}

#[test]
fn a_blank_template_has_a_column_for_each_field_and_no_record() {
    for (checker, kind) in kinds() {
        for lang in LANGS {
            let sheet = blank(&checker, &kind, lang);
            let asked = kind.fields().iter().filter(|field| **field != Field::Period);
            let expected: Vec<_> =
                [ColumnRole::RowNumber].into_iter().chain(asked.map(|field| ColumnRole::Field(*field))).collect();
            let roles: Vec<_> = sheet.columns().iter().map(|column| column.role).collect();
            assert_eq!(roles, expected, "{} {}", checker.notice().id(), kind.id());
            assert!(sheet.is_empty() && sheet.skipped().is_empty(), "the example stands above the header");
        }
    }
}

#[test]
fn the_example_of_a_template_put_under_its_header_is_read_without_a_finding() {
    for (checker, kind) in kinds() {
        let sheet = blank(&checker, &kind, Lang::Zh);
        let header = usize::try_from(*sheet.header_rows().start()).unwrap() - 1;
        let example = row(sheet.grid(), header - 1);
        assert_eq!(example[0], CellBuf::from("示例"));
        let grid = Grid::new(vec![row(sheet.grid(), header), [vec![CellBuf::Empty], example[1..].to_vec()].concat()]);
        let sheet = Sheet::new(grid, &SheetOptions { kinds: vec![kind.clone()], ..SheetOptions::of(checker.notice()) }).unwrap();
        let as_of = day(&format!("{}-12-31", checker.notice().year() + 1));
        let record = sheet.record(0).unwrap();
        let report = checker.check(&record, as_of);
        let found: Vec<String> = report.findings().iter().map(|finding| finding.message(Lang::Zh)).collect();
        assert_eq!(found, [""; 0], "{} {}", checker.notice().id(), kind.id());
    }
}

#[test]
fn a_template_offers_the_notice_s_names_and_a_caller_s_units() {
    let notice = henan();
    let options =
        kepu_core::Options { roster: Some(Roster::All(vec!["河南省化学学会".into()])), ..kepu_core::Options::default() };
    let checker = notice.checker_with(options).unwrap();
    let shown = |xlsx: &[u8], page: usize| package::part(xlsx, &format!("xl/worksheets/sheet{page}.xml"));
    let activities = checker.template(&Kind::ACTIVITY, Lang::Zh).unwrap();
    let strings = package::part(&activities, "xl/sharedStrings.xml");
    for name in ["“云上科普日”专项行动", "科普助力“双减”", "三(四)5", "全国科普日；科普中国", "419001"]
    {
        assert_eq!(strings.contains(name), name != "419001", "{name}: names are offered, ids are not");
    }
    let rules = shown(&activities, 1);
    assert!(rules.contains(r#"errorStyle="warning""#) && !rules.contains(r#"errorStyle="stop""#), "nothing is forbidden");
    assert!(rules.contains("选项") && rules.contains("必填是本工具的要求，不是通知的规定"));
    assert!(rules.contains("44927") && rules.contains("45291"), "beyond 2023 a day is asked about");
    let summaries = checker.template(&Kind::SUMMARY, Lang::Zh).unwrap();
    let strings = package::part(&summaries, "xl/sharedStrings.xml");
    assert!(strings.contains("河南省化学学会") && !strings.contains("郑州市科协"));
}

#[test]
fn a_kind_that_the_notice_does_not_ask_for_has_no_template() {
    let error = henan().checker().template(&Kind::submission("plan"), Lang::Zh).unwrap_err();
    assert!(error.is_name());
    assert_eq!(error.message(Lang::En), "the notice asks for no record of kind `plan`, known: activity, summary");
}

#[test]
fn the_same_is_written_to_the_byte() {
    let checker = henan().checker();
    assert_eq!(checker.template(&Kind::ACTIVITY, Lang::Zh).unwrap(), checker.template(&Kind::ACTIVITY, Lang::Zh).unwrap());
    let copy = || copied(&checked(file("merged.xlsx")), Lang::Zh);
    assert_eq!(copy(), copy());
}

#[test]
fn a_copy_keeps_cells_merges_widths_and_what_is_hidden() {
    for name in ["merged.xlsx", "merged.xls", "hidden.xlsx", "dates.xls", "formulas.ods", "quotes.csv", "no-places.xlsx"] {
        let book = file(name);
        let report = checked(file(name));
        let again = read(&copied(&report, Lang::Zh), name);
        assert!(again.notes.iter().any(|note| note.message(Lang::Zh).starts_with("“问题清单”是 kepu 生成的说明页")));
        let full = |grid: &&Grid| grid.rows().flatten().any(|cell| !matches!(cell, Cell::Empty));
        let (old, new): (Vec<&Grid>, Vec<&Grid>) = (book.grids.iter().filter(full).collect(), again.grids.iter().collect());
        assert_eq!(new.len(), old.len(), "{name}");
        for (old, new) in old.into_iter().zip(new) {
            assert_eq!(rows(new), rows(old), "{name}");
            assert_eq!(merges(new), merges(old), "{name}");
            for (column, width) in &old.widths {
                let kept = new.widths.iter().find(|(other, _)| other == column).map(|(_, width)| *width);
                assert!(kept.is_none_or(|kept| (kept - width.clamp(2.0, 120.0)).abs() < 1.0), "{name}: {width} {kept:?}");
            }
        }
    }
}

#[test]
fn the_first_page_has_every_finding_with_its_clause_and_a_link() {
    let report = checked(file("merged.xlsx"));
    let xlsx = copied(&report, Lang::Zh);
    let list = calamine_rows(&xlsx, "问题清单");
    let from = list.iter().position(|row| row[0] == "序号").unwrap() + 1;
    let expected = report.findings().map(|placed| {
        let finding = placed.finding();
        let clause = finding.clause();
        [
            finding.severity().label().get(Lang::Zh).to_owned(),
            placed.sheet().unwrap_or("（全部记录）").to_owned(),
            finding.message(Lang::Zh),
            finding.advice(Lang::Zh),
            clause.map_or("—", |clause| &clause.number).to_owned(),
            clause.map_or("（通知没有规定，数据本身的要求）", |clause| &clause.quote).to_owned(),
            finding.rule().about().get(Lang::Zh).to_owned(),
        ]
    });
    let shown = list[from..].iter().map(|row| [1, 2, 5, 6, 7, 8, 9].map(|column| row[column].clone()));
    assert_eq!(shown.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let words = list[..from].concat().concat();
    for said in ["豫科协发〔2023〕50号", "截至 2023-10-08", "表中没有这些栏目", "活动类别 2 条"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let page = package::part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(page.contains(r#"location="'活动汇总'!F5""#) || page.contains(r#"location="活动汇总!F5""#), "a link to the cell");
    let notes = package::part(&xlsx, "xl/comments1.xml");
    assert!(notes.contains("建议：") && notes.contains("依据：通知“四(三)”：“活动举办后请及时补充完善活动信息"));
}

fn calamine_rows(xlsx: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(xlsx)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

const HEADER: [&str; 5] = ["活动名称", "举办单位", "活动类别", "开始日期", "活动内容"];

fn texts(cells: [&str; 5]) -> Vec<CellBuf> {
    cells.map(CellBuf::from).to_vec()
}

/// What would run, break the file, or be lost, if it were not written as the text that it is.
fn hostile() -> Book {
    let long = "长".repeat(40_000);
    let rows = vec![
        texts(HEADER),
        texts(["=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1:A9)", "\t=1+1"]),
        texts(["{=1}", "=HYPERLINK(\"http://example.com\",\"点我\")", "http://example.com/", "mailto:a@example.com", "'=1"]),
        texts(["\u{0}\u{1}\u{b}\u{1f}", "\u{fffe}\u{ffff}\u{fffd}", "_x0041_ _x005F_", "a\r\nb\rc", "\u{202e}gnp.exe"]),
        texts([&long, "🎈👩‍👩‍👧‍👦", "&lt;b&gt;<b>&amp;", "]]>", " 前后空格 "]),
        vec![i64::MAX.into(), 4_101_001_990_010_112_i64.into(), f64::NAN.into(), f64::INFINITY.into(), true.into()],
    ];
    let mut one = rows.clone();
    one.truncate(2);
    let forty = "新乡市及所属各县（市、区）全国科普日活动汇总统计表之一（含学会、协会、研究会）（一）";
    book(
        "=1+1.csv",
        vec![
            (forty, rows),
            (forty, one.clone()),
            ("问题清单", one.clone()),
            ("a/b:c*?[1]\\", one.clone()),
            ("'甲'", one.clone()),
            ("HISTORY", one),
        ],
    )
}

#[test]
fn hostile_texts_stay_texts_and_hostile_names_become_names() {
    for lang in LANGS {
        let old = hostile();
        let xlsx = copied(&checked(hostile()), lang);
        for part in package::names(&xlsx) {
            let text = package::part(&xlsx, &part);
            assert!(!text.contains("<f>") && !text.contains("<f "), "{part} has a formula");
        }
        let again = read(&xlsx, "a.xlsx");
        assert_eq!(again.grids.len(), 6);
        let names: BTreeSet<String> = again.grids.iter().map(|grid| grid.name.clone().unwrap().to_lowercase()).collect();
        assert_eq!(names.len(), 6);
        assert!(
            names.iter().all(|name| name.encode_utf16().count() <= 31 && !name.contains(['/', ':', '*', '?', '[', ']', '\\']))
        );
        let (was, is) = (rows(&old.grids[0]), rows(&again.grids[0]));
        assert_eq!(is[..4], was[..4], "to the sign");
        let CellBuf::Text(cut) = &is[4][0] else { panic!("{:?}", is[4][0]) };
        assert!(cut.encode_utf16().count() <= 32_767 && cut.ends_with(if lang == Lang::Zh { "以下未抄）" } else { "cut here)" }));
        assert_eq!(is[4][1..], was[4][1..]);
        let numbers = ["9223372036854775807", "4101001990010112"].map(CellBuf::from);
        assert_eq!(is[5][..2], numbers, "no digit is lost");
    }
}

#[test]
fn merges_that_lie_over_each_other_or_over_everything_do_no_harm() {
    let merge = |first_row, first_column, last_row, last_column| Merge { first_row, first_column, last_row, last_column };
    let mut book = file("gb18030.csv");
    book.grids[0].merges =
        vec![merge(0, 0, 0, 16_383), merge(0, 1, 2, 1), merge(1, 0, u32::MAX, u32::MAX), merge(2, 2, 1, 1), merge(1, 1, 1, 1)];
    let again = read(&copied(&checked(book), Lang::Zh), "a.xlsx");
    assert_eq!(merges(&again.grids[0]), BTreeSet::from([(0, 0, 0, 3), (1, 0, 2, 3)]));
}

#[test]
fn a_sheet_without_a_table_is_copied_and_said_and_a_file_without_one_is_an_error() {
    let rows = vec![texts(HEADER), texts(["走近湿地", "新乡市科协", "地方主场活动", "9月18日", ""])];
    let other = vec![vec!["联系人".into(), "科普部".into()]];
    let xlsx = copied(&checked(book("a.xlsx", vec![("活动", rows), ("备注", other)])), Lang::Zh);
    assert_eq!(read(&xlsx, "a.xlsx").grids[1].name.as_deref(), Some("备注"));
    assert!(calamine_rows(&xlsx, "问题清单").concat().concat().contains("未核对的工作表：备注"));

    let mut check = TableCheck::new(&henan().checker(), day("2023-10-08"));
    check.unreadable("坏.xlsx", Book::read(b"", "坏.xlsx", &Limits::default()).unwrap_err());
    let report = check.finish();
    assert!(report.annotated(&report.files()[0], Lang::Zh).unwrap_err().is_sheet());
}

#[test]
fn who_has_not_handed_in_is_on_the_copy_of_the_only_file_and_on_no_city_s() {
    let notice = henan();
    let summaries = |name: &str| {
        let rows = vec![vec!["报送单位".into(), "提交时间".into()], vec!["新乡市科协".into(), "2023-09-20".into()]];
        book(name, vec![("总结", rows)])
    };
    let copies = |names: &[&str]| -> Vec<String> {
        let mut check = TableCheck::new(&notice.checker(), day("2023-10-08"));
        names.iter().for_each(|name| check.book(summaries(name), &SheetOptions::of(&notice)).unwrap());
        let report = check.finish();
        let files = report.files();
        files.iter().map(|file| calamine_rows(&report.annotated(file, Lang::Zh).unwrap(), "问题清单").concat().concat()).collect()
    };
    assert!(copies(&["全省.xlsx"])[0].contains("济源示范区科协"));
    assert!(copies(&["新乡.xlsx", "洛阳.xlsx"]).iter().all(|copy| !copy.contains("济源示范区科协")));
}

/// The template as a city sends it back: two records, typed as people do.
fn filled() -> Vec<u8> {
    use Field::*;
    let columns: Vec<Field> = Kind::ACTIVITY.fields().iter().copied().filter(|field| *field != Period).collect();
    let address = |row: u32, field: Field| {
        let at = columns.iter().position(|other| *other == field).unwrap() + 1;
        let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap());
        let high = (at >= 26).then(|| letter(at / 26 - 1)).map(String::from).unwrap_or_default();
        format!("{high}{}{row}", letter(at % 26))
    };
    let first = [
        (Title, "走近湿地"),
        (Organizer, "新乡市科学技术协会"),
        (OrganizerKind, "科协"),
        (Region, "新乡市"),
        (Category, "地方主场活动"),
        (ContentAreas, "践行科普为民，共创美好生活"),
        (Start, "45186"),
        (Mode, "线下"),
        (Audience, "1200"),
        (Marks, "全国科普日；科普中国"),
        (Images, "湿地1.jpg；湿地2.jpg"),
        (NewsLinks, "https://example.com/1"),
        (Report, "观鸟、讲座，群众踊跃参加"),
    ];
    let second = [
        (Title, "“5·12”防灾减灾讲座"),
        (Organizer, "河南省化学学会"),
        (Category, "“云上科普日”专项行动"),
        (Start, "45187"),
        (End, "45188"),
        (Contact, "科普部"),
        (Phone, "037165709215"),
        (Videos, "云讲堂.mp4"),
        (NewsLinks, "https://example.com/2"),
        (Report, "直播"),
    ];
    let cells = first.map(|(field, value)| (address(6, field), value)).into_iter();
    let cells: Vec<_> = cells.chain(second.map(|(field, value)| (address(7, field), value))).collect();
    package::filled(&henan().checker().template(&Kind::ACTIVITY, Lang::Zh).unwrap(), &cells)
}

#[test]
fn a_template_that_is_filled_in_and_passed_through_an_office_program_reads_back_without_a_finding() {
    let folder = office::folder("filled");
    let copy = copied(&checked(file("merged.xlsx")), Lang::Zh);
    let hostile = copied(&checked(hostile()), Lang::Zh);
    let summary = henan().checker().template(&Kind::SUMMARY, Lang::Zh).unwrap();
    for (name, bytes) in [("filled", &filled()), ("copy", &copy), ("hostile", &hostile), ("summary", &summary)] {
        std::fs::write(folder.join(name).with_extension("xlsx"), bytes).unwrap();
    }
    office::convert(&folder, "ods", &["filled.xlsx", "copy.xlsx", "hostile.xlsx"]);
    office::convert(&folder, "pdf", &["filled.xlsx", "copy.xlsx", "summary.xlsx"]);

    for name in ["filled.xlsx", "filled.ods"] {
        let book = read(&std::fs::read(folder.join(name)).unwrap(), name);
        assert_eq!(book.grids.len(), 1, "{name}");
        let sheet = Sheet::new(book.grids[0].clone(), &SheetOptions::of(&henan())).unwrap();
        assert_eq!(sheet.len(), 2, "{name}");
        let (checker, as_of) = (henan().checker(), day("2023-10-08"));
        for row in sheet.records() {
            let report = checker.check(&row, as_of);
            let found: Vec<_> = report.findings().iter().map(|finding| finding.rule().id()).collect();
            assert_eq!(found, [""; 0], "{name}");
        }
    }
    let copy = read(&std::fs::read(folder.join("copy.ods")).unwrap(), "copy.ods");
    let old = file("merged.xlsx");
    assert_eq!((rows(&copy.grids[0]), merges(&copy.grids[0])), (rows(&old.grids[0]), merges(&old.grids[0])));
    let hostile = read(&std::fs::read(folder.join("hostile.ods")).unwrap(), "hostile.ods");
    assert_eq!(row(&hostile.grids[0], 1), texts(["=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1:A9)", "\t=1+1"]));

    for (name, words) in [
        ("copy", &["问题清单", "错误", "2023年全国科普日活动汇总表"][..]),
        ("filled", &["活动填报表", "走近湿地", "时间节点"]),
        ("summary", &["科普日活动工作总结报送表", "济源示范区"]),
    ] {
        let shown = office::text(&folder, name);
        for word in words {
            assert!(shown.contains(word), "{name} does not show {word}: {shown}");
        }
    }
    office::pictures(&folder, &["copy", "filled", "summary"]);
}
