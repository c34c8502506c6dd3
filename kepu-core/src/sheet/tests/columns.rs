//! What each column is read as, and which kind of record they make.

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
    assert!(Sheet::new(grid(&[&["活动名称", "举办单位", "时间", "时间", "开始日期"], &[]]), &SheetOptions::default()).is_ok());
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
