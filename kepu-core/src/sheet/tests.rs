//! The sentences of the contract about sheets, one test each.

use proptest::prelude::*;

use super::*;
use crate::message::Lang;
use crate::record::CellBuf;

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

mod the_header {
    use super::*;

    #[test]
    fn is_the_row_that_names_the_most_fields_and_rows_above_are_its_title() {
        let sheet = sheet(grid(&[
            &["新乡市统计表"],
            &[],
            &["活动名称", "填报"],
            &["序号", "活动名称", "举办单位", "时间"],
            &["1", "讲座", "科协", "9月17日"],
        ]));
        assert_eq!(sheet.header_rows(), 4..=4);
        assert_eq!(sheet.titles().collect::<Vec<_>>(), ["新乡市统计表", "活动名称 填报"]);
        let record = sheet.record(0).unwrap();
        assert_eq!((record.number(), record.row(), text(&record, Field::Title)), (0, 5, "讲座"));
        assert_eq!(skipped(&sheet), []);
    }

    #[test]
    fn of_two_rows_that_name_as_many_is_the_first() {
        let sheet = sheet(grid(&[&["活动名称", "举办单位"], &["项目名称", "主办单位"], &["讲座", "科协"]]));
        assert_eq!(sheet.header_rows(), 1..=1);
        assert_eq!(sheet.len(), 2);
    }

    #[test]
    fn names_two_distinct_fields_at_least() {
        assert!(refused(grid(&[&["活动名称", "项目名称"], &["讲座", "讲座"]])).is_sheet());
        assert!(refused(grid(&[&["活动名称", "备忘"], &["讲座", "甲"]])).is_sheet());
        assert!(refused(grid(&[])).is_sheet());
        assert!(refused(grid(&[&["", ""], &[]])).is_sheet());
    }

    #[test]
    fn stands_among_the_first_twenty_rows() {
        let mut rows: Vec<&[&str]> = vec![&["说明"]; 19];
        rows.push(&["活动名称", "举办单位"]);
        rows.push(&["讲座", "科协"]);
        assert_eq!(sheet(grid(&rows)).header_rows(), 20..=20);
        rows.insert(0, &["说明"]);
        assert!(refused(grid(&rows)).is_sheet());
    }

    #[test]
    fn may_have_its_second_row_below_the_twentieth() {
        let mut rows: Vec<&[&str]> = vec![&[]; 19];
        rows.push(&["活动名称", "举办单位", "活动时间", ""]);
        rows.push(&["", "", "开始日期", "结束日期"]);
        let sheet = sheet(merged(&rows, &[[19, 0, 20, 0], [19, 1, 20, 1], [19, 2, 19, 3]]));
        assert_eq!(sheet.header_rows(), 20..=21);
    }

    #[test]
    fn is_refused_with_the_sheet_s_name_and_its_first_rows() {
        let rows: &[&[&str]] = &[&["开幕式", "新乡市科协"], &["讲\n座", &"长".repeat(50)]];
        let error = refused(Grid { name: Some("附件2".into()), ..grid(rows) });
        for lang in [Lang::Zh, Lang::En] {
            let message = error.message(lang);
            assert!(message.contains("附件2") && message.contains("1: 开幕式 | 新乡市科协"), "{message}");
            assert!(message.contains(&format!("2: 讲 座 | {}…", "长".repeat(20))), "{message}");
        }
    }

    #[test]
    fn a_row_number_is_never_an_id() {
        let sheet = sheet(grid(&[&["序 号", "活动名称", "举办单位"], &["1", "讲座", "科协"]]));
        assert_eq!(fields(&sheet)[0], ("序 号", ColumnRole::RowNumber));
        assert!(!sheet.has(Field::Id));
    }
}

mod a_two_row_header {
    use super::*;

    const UPPER: &[&str] = &["活动名称", "举办单位", "活动时间", "", "图片"];
    const LOWER: &[&str] = &["", "", "开始日期", "结束日期", ""];
    const MERGES: &[[u32; 4]] = &[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 3], [0, 4, 1, 4]];

    #[test]
    fn joins_its_rows_where_a_merge_spans_columns_or_both_rows() {
        let sheet = sheet(merged(&[UPPER, LOWER, &["讲座", "科协", "9月17日", "9月18日", "1.jpg"]], MERGES));
        assert_eq!(sheet.header_rows(), 1..=2);
        let record = sheet.record(0).unwrap();
        assert_eq!((text(&record, Field::Start), text(&record, Field::End)), ("9月17日", "9月18日"));
        assert_eq!(record.header(Field::End), Some("活动时间 结束日期"));
        assert_eq!(record.header(Field::Title), Some("活动名称"));
        assert_eq!(record.row(), 3);
        assert!(!sheet.has(Field::Period));
    }

    #[test]
    fn whose_lower_row_names_more_begins_with_the_upper() {
        let sheet = sheet(merged(
            &[
                &["表"],
                &["活动名称", "举办单位", "情况"],
                &["", "", "时间", "地点", "人数"],
                &["讲座", "科协", "9月17日", "广场", "30"],
            ],
            &[[0, 0, 0, 4], [1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 1, 4]],
        ));
        assert_eq!(sheet.header_rows(), 2..=3);
        assert_eq!(read(&sheet, Field::Title), ["讲座"]);
        assert_eq!(sheet.record(0).unwrap().header(Field::Venue), Some("情况 地点"));
    }

    #[test]
    fn matches_both_texts_joined_then_the_lower_then_the_upper() {
        let sheet = sheet(merged(
            &[
                &["活动", "", "主办", "类别（请选填）"],
                &["名称", "地点", "单位", "必填"],
                &["讲座", "广场", "科协", "地方主场活动"],
            ],
            &[[0, 0, 0, 1]],
        ));
        let record = sheet.record(0).unwrap();
        assert_eq!(text(&record, Field::Title), "讲座");
        assert_eq!(text(&record, Field::Venue), "广场");
        assert_eq!(text(&record, Field::Organizer), "科协");
        assert_eq!(text(&record, Field::Category), "地方主场活动");
    }

    #[test]
    fn is_none_without_a_merge_or_without_a_name_below() {
        let plain = sheet(grid(&[UPPER, LOWER, &["讲座", "科协"]]));
        assert_eq!((plain.header_rows(), plain.len()), (1..=1, 2));
        let spread = sheet(merged(&[UPPER, &["讲座", "科协", "9月17日", "9月18日", "1.jpg"]], &[[0, 2, 0, 3]]));
        assert_eq!((spread.header_rows(), spread.len()), (1..=1, 1));
    }

    #[test]
    fn a_group_is_no_name_for_the_columns_beside_the_one_that_has_one() {
        let sheet = sheet(merged(
            &[
                &["活动名称", "举办单位", "联系人", "", ""],
                &["", "", "姓名", "职务", "电话"],
                &["讲座", "科协", "", "主任", "65709215"],
            ],
            &[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 4]],
        ));
        let record = sheet.record(0).unwrap();
        assert_eq!(text(&record, Field::Contact), "");
        assert_eq!(record.address(Field::Phone).as_deref(), Some("E3"));
    }

    #[test]
    fn a_title_merged_over_the_table_is_no_upper_row() {
        let sheet = sheet(merged(&[&["活动名称"], &["活动名称", "举办单位"], &["讲座", "科协"]], &[[0, 0, 0, 1]]));
        assert_eq!(sheet.header_rows(), 2..=2);
    }

    #[test]
    fn repeated_below_is_skipped_in_both_rows() {
        let sheet =
            sheet(merged(&[UPPER, LOWER, &["讲座", "科协", "9月17日"], UPPER, LOWER, &["课", "科协", "9月18日"]], MERGES));
        assert_eq!(skipped(&sheet), [(4, "repeated-header"), (5, "repeated-header")]);
    }
}

mod columns {
    use super::*;

    #[test]
    fn of_one_field_are_read_by_rank_record_by_record() {
        let sheet = sheet(grid(&[
            &["活动名称", "承办单位", "主办单位"],
            &["讲座", "林业局", "科协"],
            &["课", "林业局", "无"],
            &["展", "", ""],
        ]));
        assert_eq!(read(&sheet, Field::Organizer), ["科协", "林业局", ""]);
        let addresses = sheet.records().map(|record| record.address(Field::Organizer).unwrap());
        assert_eq!(addresses.collect::<Vec<_>>(), ["C2", "B3", "C4"]);
        assert_eq!(sheet.record(1).unwrap().header(Field::Organizer), Some("承办单位"));
        assert_eq!(fields(&sheet)[1].1, ColumnRole::Further(Field::Organizer));
        let others = sheet.record(0).unwrap().others().map(|(column, _)| column.header.clone()).collect::<Vec<_>>();
        assert_eq!(others, ["承办单位"]);
    }

    #[test]
    fn an_id_ranks_first() {
        let sheet = sheet(grid(&[&["活动名称", "title", "举办单位"], &["甲", "乙", "科协"]]));
        assert_eq!(read(&sheet, Field::Title), ["乙"]);
    }

    #[test]
    fn the_same_header_twice_is_as_if_absent() {
        let sheet = sheet(grid(&[&["活动名称", "举办单位", "地点", "地 点", "活动地点"], &["讲座", "科协", "东", "西", "南"]]));
        assert!(!sheet.has(Field::Venue));
        assert_eq!(sheet.record(0).unwrap().address(Field::Venue), None);
        let repeated = sheet.columns().iter().filter(|column| column.role == ColumnRole::Repeated(Field::Venue)).count();
        assert_eq!(repeated, 3);
    }

    #[test]
    fn the_same_header_twice_for_a_required_field_is_an_error() {
        let twice = refused(grid(&[&["活动名称", "举办单位", "活动名称"], &["讲座", "科协", "课"]]));
        assert!(twice.is_sheet() && twice.message(Lang::Zh).contains("“活动名称”"));
        assert!(refused(grid(&[&["活动名称", "举办单位", "时间", "时间"], &[]])).is_sheet());
        assert!(
            Sheet::new(grid(&[&["活动名称", "举办单位", "时间", "时间", "开始日期"], &[]]), &SheetOptions::default()).is_ok()
        );
        assert!(Sheet::new(grid(&[&["活动名称", "举办单位", "备注", "备注"], &[]]), &SheetOptions::default()).is_ok());
    }

    #[test]
    fn with_unknown_headers_are_kept_with_the_nearest_field() {
        let sheet = sheet(grid(&[&["活动名称", "举办单位", "举办地址", "经费", ""], &["讲座", "科协", "广场", "三千元", "甲"]]));
        let unknown: Vec<_> = sheet.columns().iter().filter(|column| column.role == ColumnRole::Unknown).collect();
        assert_eq!(unknown.iter().map(|column| &*column.header).collect::<Vec<_>>(), ["举办地址", "经费", ""]);
        assert_eq!(sheet.nearest(unknown[0]), Some(Field::Venue));
        assert_eq!(sheet.nearest(unknown[1]), None);
        assert_eq!(sheet.record(0).unwrap().others().count(), 3);
    }

    #[test]
    fn of_the_caller_win() {
        let columns = [("主 讲题目", "title"), ("活动名称", "活动内容")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
        let options = SheetOptions { columns, ..SheetOptions::default() };
        let rows: &[&[&str]] = &[&["活动名称", "主讲题目*", "举办单位"], &["如何", "何事", "科协"]];
        let sheet = Sheet::new(grid(rows), &options).unwrap();
        assert_eq!((read(&sheet, Field::Title), read(&sheet, Field::Description)), (vec!["何事".into()], vec!["如何".into()]));
        let options = SheetOptions { columns: vec![("甲".into(), "乙".into())], ..SheetOptions::default() };
        assert!(Sheet::new(grid(rows), &options).unwrap_err().is_name());
    }

    #[test]
    fn of_the_caller_name_a_header_too() {
        let columns = [("题目", "title"), ("何时", "start")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
        let options = SheetOptions { columns, ..SheetOptions::default() };
        assert_eq!(Sheet::new(grid(&[&["题目", "何时"], &["讲座", "9月17日"]]), &options).unwrap().len(), 1);
    }
}

mod the_kind {
    use super::*;

    #[test]
    fn is_what_the_header_names_most_and_ties_are_activities() {
        assert!(sheet(grid(&[&["活动名称", "举办单位"]])).kind().is_activity());
        assert_eq!(sheet(grid(&[&["报送单位", "提交时间", "总结"]])).kind(), &Kind::SUMMARY);
        assert!(sheet(grid(&[&["联系人", "电话"]])).kind().is_activity());
    }

    #[test]
    fn is_the_caller_s_word() {
        let options = SheetOptions { kinds: vec![Kind::submission("plan")], ..SheetOptions::default() };
        let sheet = Sheet::new(grid(&[&["单位", "联系人", "活动名称"], &["科协", "李", "讲座"]]), &options).unwrap();
        assert_eq!(sheet.kind().id(), "plan");
        assert_eq!(sheet.record(0).unwrap().kind().id(), "plan");
        assert_eq!(read(&sheet, Field::Unit), ["科协"]);
    }
}

mod a_merge {
    use super::*;

    #[test]
    fn over_rows_is_every_row_s_value_at_its_first_cell() {
        let sheet = sheet(merged(
            &[&["活动名称", "举办单位"], &["讲座", "科协"], &["课", ""], &["展", ""], &["会", "学会"]],
            &[[1, 1, 3, 1]],
        ));
        assert_eq!(read(&sheet, Field::Organizer), ["科协", "科协", "科协", "学会"]);
        let addresses = sheet.records().map(|record| record.address(Field::Organizer).unwrap());
        assert_eq!(addresses.collect::<Vec<_>>(), ["B2", "B2", "B2", "B5"]);
    }

    #[test]
    fn over_columns_is_its_first_column_s_value() {
        let sheet = sheet(merged(&[&["活动名称", "开始日期", "结束日期"], &["讲座", "9月17日", ""]], &[[1, 1, 1, 2]]));
        let record = sheet.record(0).unwrap();
        assert_eq!((text(&record, Field::Start), text(&record, Field::End)), ("9月17日", ""));
        assert_eq!(record.address(Field::End).as_deref(), Some("B2"));
    }

    #[test]
    fn that_is_all_a_row_has_makes_no_record() {
        let sheet = sheet(merged(&[&["活动名称", "举办单位"], &["讲座", "科协"], &["", ""]], &[[1, 0, 2, 0], [1, 1, 2, 1]]));
        assert_eq!(skipped(&sheet), [(3, "empty")]);
    }

    #[test]
    fn of_the_header_reaches_no_record() {
        let sheet = sheet(merged(&[&["活动名称", "举办单位"], &["讲座", ""]], &[[0, 1, 1, 1]]));
        assert_eq!(read(&sheet, Field::Organizer), [""]);
    }
}

mod rows {
    use super::*;

    fn of(row: &[&str]) -> Option<&'static str> {
        let sheet = sheet(grid(&[&["序号", "活动名称", "举办单位", "备注"], row]));
        sheet.skipped().first().map(|skipped| skipped.reason.id())
    }

    #[test]
    fn that_are_empty_or_only_numbered_are_skipped() {
        for row in [&[][..], &["", " ", "　"], &["—", "/", "无"], &["3"], &["3", "", "", ""]] {
            assert_eq!(of(row), Some("empty"), "{row:?}");
        }
    }

    #[test]
    fn that_repeat_the_header_are_skipped() {
        assert_eq!(of(&["序号", "活动名称", "举办单位", "备注"]), Some("repeated-header"));
        assert_eq!(of(&["", "活动 名称*", "举办单位：", ""]), Some("repeated-header"));
        assert_eq!(of(&["", "活动名称", "科协", ""]), None);
    }

    #[test]
    fn that_begin_with_a_total_are_skipped() {
        for row in [&["合计", "", "2"][..], &["", "总　计", ""], &["小计：", "", "2"], &["合计（场）"]] {
            assert_eq!(of(row), Some("total"), "{row:?}");
        }
        assert_eq!(of(&["1", "合计", "科协"]), None);
        assert_eq!(of(&["", "讲座合计", "科协"]), None);
    }

    #[test]
    fn that_are_notes_throughout_are_skipped() {
        for row in [&["注：均已举办"][..], &["填表人：李", "审核人：王"], &["", "制 表：李", "", "9月"], &["备注"]]
        {
            assert_eq!(of(row), Some("note"), "{row:?}");
        }
        assert_eq!(of(&["", "注重家教讲座", "科协"]), None);
        assert_eq!(of(&["1", "说明文写作", "科协"]), None);
    }

    #[test]
    fn are_counted_without_the_skipped() {
        let sheet = sheet(grid(&[&["活动名称", "举办单位"], &["讲座", "科协"], &[], &["课", "科协"]]));
        let rows: Vec<_> = sheet.records().map(|record| (record.number(), record.row())).collect();
        assert_eq!(rows, [(0, 2), (1, 4)]);
        assert!(sheet.record(2).is_none());
    }
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
