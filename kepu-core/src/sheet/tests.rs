//! The sentences of the contract about sheets, one test each.

mod columns;
mod header;
mod rows;

use proptest::prelude::*;

use super::*;
use crate::message::Lang;
use crate::record::{CellBuf, Record};

/// A grid of texts; an empty text is an empty cell, digits are a number.
fn grid(rows: &[&[&str]]) -> Grid {
    let cell = |text: &&str| match text.parse::<i64>() {
        Ok(number) => CellBuf::Int(number),
        Err(_) if text.is_empty() => CellBuf::Empty,
        Err(_) => CellBuf::from(*text),
    };
    Grid::new(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

fn merged(rows: &[&[&str]], merges: &[[u32; 4]]) -> Grid {
    let merge = |[first_row, first_column, last_row, last_column]: &[u32; 4]| Merge {
        first_row: *first_row,
        first_column: *first_column,
        last_row: *last_row,
        last_column: *last_column,
    };
    Grid { merges: merges.iter().map(merge).collect(), ..grid(rows) }
}

fn sheet(grid: Grid) -> Sheet {
    Sheet::new(grid, &SheetOptions::default()).unwrap()
}

fn refused(grid: Grid) -> Error {
    Sheet::new(grid, &SheetOptions::default()).unwrap_err()
}

/// What a field says in each record.
fn read(sheet: &Sheet, field: Field) -> Vec<String> {
    sheet.records().map(|record| crate::reading::text(record.cell(field)).into_owned()).collect()
}

fn text<'a>(record: &'a Row<'_>, field: Field) -> &'a str {
    match record.cell(field) {
        Cell::Text(text) => text,
        _ => "",
    }
}

fn skipped(sheet: &Sheet) -> Vec<(u32, &'static str)> {
    sheet.skipped().iter().map(|skipped| (skipped.row, skipped.reason.id())).collect()
}

fn fields(sheet: &Sheet) -> Vec<(&str, ColumnRole)> {
    sheet.columns().iter().map(|column| (&*column.header, column.role)).collect()
}

#[test]
fn a_record_remembers_file_and_sheet() {
    let named = Grid { name: Some("附件2".into()), ..grid(&[&["活动名称", "举办单位"], &["讲座", "科协"]]) };
    let sheet = sheet(named).of_file("新乡.xlsx");
    let record = sheet.record(0).unwrap();
    assert_eq!((record.file(), record.sheet().name()), (Some("新乡.xlsx"), Some("附件2")));
}

#[test]
fn addresses_are_written_as_spreadsheets_do() {
    for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
        assert_eq!(address(4, column), format!("{letters}5"));
    }
    assert_eq!(address(u32::MAX, u32::MAX), "MWLQKWV4294967296");
}

#[test]
fn the_separator_of_a_csv_is_told_by_the_fields_named() {
    let options = SheetOptions::default();
    assert_eq!(Sheet::fields_named(&grid(&[&["活动名称", "举办单位", "时间"]]), &options), 3);
    assert_eq!(Sheet::fields_named(&grid(&[&["活动名称;举办单位;时间"]]), &options), 0);
}

#[test]
fn ten_thousand_columns_are_found_at_once() {
    let mut header: Vec<CellBuf> = (0..10_000).map(|at| CellBuf::from(format!("指标{at}"))).collect();
    header[9_998] = "活动名称".into();
    header[9_999] = "举办单位".into();
    let rows = (0..30).map(|at| if at == 19 { header.clone() } else { vec![CellBuf::from("值"); 10_000] }).collect();
    let merges = (0..50_000).map(|at| Merge { first_row: 0, first_column: 0, last_row: u32::MAX, last_column: at }).collect();
    let sheet = sheet(Grid { merges, ..Grid::new(rows) });
    assert_eq!(sheet.record(0).unwrap().address(Field::Organizer).as_deref(), Some("NTP21"));
    assert_eq!((sheet.len(), sheet.columns().len()), (10, 10_000));
}

prop_compose! {
    fn any_merge()(corners in [0_u32..9, 0_u32..9, 0_u32..9, 0_u32..9], far in any::<bool>()) -> [u32; 4] {
        let [row, column, last_row, last_column] = corners;
        if far { [row, column, u32::MAX, u32::MAX - 1] } else { [row, column, last_row, last_column] }
    }
}

fn any_cell() -> impl Strategy<Value = String> {
    let words = [
        "活动名称",
        "举办单位",
        "活动时间",
        "开始日期",
        "活动",
        "名称",
        "序号",
        "合计",
        "注：",
        "",
        "7",
        "无",
        "单位",
        "报送单位",
    ];
    prop_oneof![8 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    /// Every row below the header is a record or is skipped, once, and no grid is too odd to be looked at.
    #[test]
    fn any_grid_is_read_or_refused(
        rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..8), 0..12),
        merges in proptest::collection::vec(any_merge(), 0..6),
    ) {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let count = rows.len();
        let grid = merged(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>(), &merges);
        match Sheet::new(grid, &SheetOptions::default()) {
            Err(error) => prop_assert!(error.is_sheet()),
            Ok(sheet) => {
                let behind = usize::try_from(*sheet.header_rows().end()).unwrap();
                prop_assert_eq!(sheet.len() + sheet.skipped().len(), count - behind);
                prop_assert!(sheet.titles().count() < behind);
                for record in sheet.records() {
                    for field in Field::ALL {
                        let is_there = sheet.has(*field);
                        prop_assert_eq!(record.address(*field).is_some(), is_there);
                        prop_assert!(is_there || matches!(record.cell(*field), Cell::Empty));
                    }
                    prop_assert!(record.others().count() <= sheet.columns().len());
                }
            }
        }
    }
}
