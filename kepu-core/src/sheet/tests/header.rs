//! Which row is the header, and whether the one below belongs to it.

use super::*;

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
