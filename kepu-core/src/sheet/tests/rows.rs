//! Merges below the header, and rows that are no records.

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
