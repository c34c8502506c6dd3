//! A second reader of the same bytes, held against ours cell by cell: calamine.

use calamine::{Data, Reader};
use kepu_core::{CellBuf, Grid};
use proptest::prelude::*;

use super::made::Xlsx;
use super::{book, bytes, shown};

#[test]
fn another_reader_sees_the_same_cells() {
    for name in [
        "merged.xlsx",
        "dates.xlsx",
        "formulas.xlsx",
        "hidden.xlsx",
        "merged.xls",
        "dates.xls",
        "formulas.xls",
        "hidden.xls",
        "texts.xls",
    ] {
        let ours = book(name);
        let mut theirs = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes(name))).unwrap();
        assert_eq!(theirs.sheet_names(), ours.grids.iter().map(|grid| grid.name.clone().unwrap()).collect::<Vec<_>>());
        for grid in &ours.grids {
            let range = theirs.worksheet_range(grid.name.as_deref().unwrap()).unwrap();
            let start = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let ours = grid.cell(row as u32 + start.0, column as u32 + start.1).to_buf();
                match cell {
                    Data::String(text) => assert_eq!(&shown(&ours), text, "{name}"),
                    Data::Bool(yes) => assert_eq!(ours, CellBuf::Bool(*yes), "{name}"),
                    Data::Error(error) => assert_eq!(shown(&ours), error.to_string(), "{name}"),
                    // It knows no format that shows the weekday alone.
                    Data::Float(45186.0) | Data::Int(45186) if matches!(ours, CellBuf::Day(_)) => {}
                    Data::Float(number) => assert_eq!(shown(&ours), number.to_string(), "{name}"),
                    Data::Int(number) => assert_eq!(ours, CellBuf::Int(*number), "{name}"),
                    Data::DateTime(_) | Data::DateTimeIso(_) => {
                        let dated = matches!(ours, CellBuf::Day(_) | CellBuf::Moment(_)) || shown(&ours) == "9:00";
                        assert!(dated, "{name}: {ours:?}");
                    }
                    other => panic!("{name}: {other:?}"),
                }
            }
        }
    }
}

/// A cell as it is written, and its value as both should read it; none: nothing.
fn any_cell() -> impl Strategy<Value = (String, Option<String>)> {
    let text = "[a-zA-Z0-9科普活动讲座 &<>\"'_=+-]{1,12}";
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    prop_oneof![
        2 => Just(("<c/>".to_owned(), None)),
        4 => text.prop_map(move |text| {
            (format!("<c t='inlineStr'><is><t xml:space='preserve'>{}</t></is></c>", escaped(&text)), Some(text))
        }),
        2 => text.prop_map(move |text| (format!("<c t='str'><f>A1</f><v>{}</v></c>", escaped(&text)), Some(text))),
        2 => (0..2_usize).prop_map(|at| (format!("<c t='s'><v>{at}</v></c>"), Some(["活动名称", "举办单位"][at].to_owned()))),
        3 => (-99_999_i64..9_999_999).prop_map(|number| (format!("<c><v>{number}</v></c>"), Some(number.to_string()))),
        2 => (-999_i32..999, 1_i32..99).prop_map(|(whole, part)| {
            let number = f64::from(whole) + f64::from(part) / 100.0;
            (format!("<c><v>{number}</v></c>"), Some(number.to_string()))
        }),
        1 => any::<bool>().prop_map(|yes| (format!("<c t='b'><v>{}</v></c>", u8::from(yes)), Some(yes.to_string()))),
        1 => Just(("<c t='e'><v>#N/A</v></c>".to_owned(), Some("#N/A".to_owned()))),
        2 => (40_000_u32..50_000).prop_map(|serial| {
            (format!("<c s='4'><v>{serial}</v></c>"), Some(day(serial.into())))
        }),
    ]
}

fn day(serial: u64) -> String {
    (chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap() + chrono::Days::new(serial)).to_string()
}

fn theirs(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) => day(moment.as_f64() as u64),
        Data::Bool(yes) => yes.to_string(),
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_sheet_is_read_alike(rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 1..9), 1..12)) {
        let letter = |column: usize| char::from(b'A' + u8::try_from(column).unwrap());
        let placed = |row: usize, column: usize, cell: &str| cell.replacen("<c", &format!("<c r='{}{}'", letter(column), row + 1), 1);
        let mut data = String::new();
        for (at, row) in rows.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(column, (cell, _))| placed(at, column, cell));
            data.push_str(&format!("<row r='{}'>{}</row>", at + 1, cells.collect::<String>()));
        }
        let xlsx = Xlsx::rows(&data);
        let ours = &xlsx.read().grids[0];
        let mut other: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(xlsx.bytes())).unwrap();
        let range = other.worksheet_range("表一").unwrap();
        for (row, cells) in (0_u32..).zip(&rows) {
            for (column, (_, expected)) in (0_u32..).zip(cells) {
                let expected = expected.as_deref().unwrap_or_default();
                prop_assert_eq!(&shown(&ours.cell(row, column).to_buf()), expected);
                prop_assert_eq!(&range.get_value((row, column)).map(theirs).unwrap_or_default(), expected);
            }
        }
        // Cells without places are the same cells.
        let bare: String = rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(|(cell, _)| &**cell).collect::<String>())).collect();
        let bare: Grid = Xlsx::rows(&bare).read().grids.remove(0);
        prop_assert!(&bare == ours);
    }
}
