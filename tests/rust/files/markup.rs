//! Markup as some programs write it, and how it is read; one sentence each.

use kepu_core::{Book, Lang, Limits};

use super::made::{Xlsx, ods};
use super::{rows, shown};

fn notes(book: &Book) -> Vec<&str> {
    book.notes.iter().map(|note| note.message(Lang::Zh)).collect()
}

#[test]
fn prefixes_cdata_entities_and_comments_are_xml() {
    let xlsx = Xlsx::of(
        "<?xml version='1.0'?><x:worksheet xmlns:x='x'><!-- <x:c/> --><x:sheetData><x:row r='1'><x:c r='A1' t='inlineStr'>\
         <x:is><x:t xml:space='preserve'> 讲座 &amp; &#x5C55;</x:t></x:is></x:c><x:c r='B1' t='str'><x:v><![CDATA[<科协>]]></x:v>\
         </x:c></x:row></x:sheetData></x:worksheet>",
    );
    assert_eq!(xlsx.shown(), [[" 讲座 & 展", "<科协>"]]);
}

#[test]
fn rich_texts_are_joined_and_their_phonetic_hints_are_left_out() {
    let strings = "<sst><si><r><rPr><b/></rPr><t>走近</t></r><r><t>湿地</t></r><rPh sb='0' eb='2'><t>zoujin</t></rPh><phoneticPr/></si></sst>";
    let cells =
        "<row><c t='s'><v>0</v></c><c t='inlineStr'><is><r><t>星</t></r><r><t>空</t></r><rPh><t>xing</t></rPh></is></c></row>";
    assert_eq!(Xlsx { strings: strings.into(), ..Xlsx::rows(cells) }.shown(), [["走近湿地", "星空"]]);
}

#[test]
fn a_number_kept_as_text_stays_a_text() {
    let cells =
        "<row><c t='inlineStr'><is><t>00123</t></is></c><c t='str'><v>300</v></c><c><v>300</v></c><c><v>1.5E3</v></c></row>";
    let book = Xlsx::rows(cells).read();
    let kinds: Vec<_> = book.grids[0].row(0).map(|cell| format!("{cell:?}")).collect();
    assert_eq!(kinds, ["Text(\"00123\")", "Text(\"300\")", "Int(300)", "Int(1500)"]);
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so_and_an_extension_does_not_unsay_it() {
    let workbook = "<workbook><workbookPr date1904='1'/><sheets><sheet name='表一' r:id='r1'/></sheets>\
                    <extLst><ext><x15:workbookPr chartTrackingRefBase='1'/></ext></extLst></workbook>";
    let cells = "<row><c s='1'><v>43724</v></c><c s='4'><v>43724</v></c><c><v>43724</v></c></row>";
    let xlsx = Xlsx { workbook: workbook.into(), ..Xlsx::rows(cells) };
    assert_eq!(xlsx.shown(), [["2023-09-17", "2023-09-17", "43724"]]);
}

#[test]
fn times_are_kept_and_hours_may_run_past_a_day() {
    let cells = "<row><c s='2'><v>45186.604166666664</v></c><c s='3'><v>1.25</v></c><c s='1'><v>0.375</v></c><c t='d'><v>2023-09-17T14:30:00Z</v></c></row>";
    assert_eq!(Xlsx::rows(cells).shown(), [["2023-09-17 14:30:00", "30:00", "9:00", "2023-09-17 14:30:00"]]);
}

#[test]
fn strict_relations_and_a_sheet_without_dimension_places_or_order_are_read() {
    let types = "http://purl.oclc.org/ooxml/officeDocument/relationships".to_owned();
    let cells = "<row r='3'><c r='B3'><v>3</v></c></row><row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>0</v></c></row><row><c><v>2</v></c></row>";
    let none: [&str; 0] = [];
    let sheet = Xlsx { types, ..Xlsx::rows(cells) };
    assert_eq!(sheet.shown(), [&["0", "1"][..], &["2"], &["", "3"]]);
    assert_eq!(Xlsx::of("<worksheet/>").shown(), [none; 0]);
}

#[test]
fn errors_are_their_texts_and_a_formula_is_its_stored_value() {
    let cells = "<row><c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='str'><f>A2</f><v></v></c><c><f>1+2</f><v>3</v></c><c t='b'><f>TRUE</f><v>1</v></c></row>";
    let book = Xlsx::rows(cells).read();
    assert_eq!(rows(&book.grids[0]), [["#DIV/0!", "", "3", "true"]]);
    assert!(book.notes.is_empty(), "an empty text is a value: {:?}", notes(&book));
}

#[test]
fn a_formula_without_a_stored_value_and_pictures_are_said() {
    let sheet = "<worksheet><sheetData><row r='2'><c r='B2'><f>1+2</f><v/></c><c r='C2'><f>A1</f></c></row></sheetData><drawing r:id='d'/></worksheet>";
    let said = "工作表“表一”有 2 个公式没有存下结果（从 B2 起），按空格读取；请用 Excel 或 WPS 打开并保存一次再试";
    let book = Xlsx::of(sheet).read();
    assert_eq!(notes(&book)[0], said);
    assert!(notes(&book)[1].starts_with("工作表“表一”里有图片或图形"), "{:?}", notes(&book));
    let row = "<table:table-row><table:table-cell table:formula='of:=[.A9]'/><table:table-cell><draw:frame/></table:table-cell></table:table-row>";
    let book = Book::read(&ods(row), "上报.ods", &Limits::default()).unwrap();
    assert!(notes(&book)[0].contains("有 1 个公式没有存下结果（从 A1 起）"), "{:?}", notes(&book));
    assert!(notes(&book)[1].contains("图片或图形"), "{:?}", notes(&book));
}

#[test]
fn an_ods_repeats_rows_and_cells_to_the_end_of_the_sheet_and_hides_what_a_merge_covers() {
    let table = "<table:table-column table:number-columns-repeated='16384'/>\
        <table:table-row table:number-rows-repeated='2'><table:table-cell office:value-type='string' table:number-columns-repeated='2'><text:p>甲<text:s text:c='2'/>乙</text:p><text:p>丙</text:p></table:table-cell><table:table-cell table:number-columns-repeated='16382'/></table:table-row>\
        <table:table-row><table:table-cell office:value-type='float' office:value='7' table:number-columns-spanned='2'><text:p>七</text:p></table:table-cell><table:covered-table-cell office:value-type='string'><text:p>旧</text:p></table:covered-table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='1048573'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    let book = Book::read(&ods(table), "上报.ods", &Limits::default()).unwrap();
    let twice = ["甲  乙\n丙", "甲  乙\n丙"];
    assert_eq!(rows(&book.grids[0]), [&twice[..], &twice, &["7"]]);
    assert_eq!(book.grids[0].merges.len(), 1);
}

#[test]
fn a_long_read_is_watched_and_can_be_stopped() {
    let row = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>";
    let bytes = Xlsx::rows(&row.repeat(50_000)).bytes();
    let mut heard = Vec::new();
    let mut go_on = |progress: kepu_core::Progress| {
        heard.push(progress.share());
        std::ops::ControlFlow::Continue(())
    };
    let book = Book::read_watched(&bytes, "上报.xlsx", &Limits::default(), &mut go_on).unwrap();
    assert_eq!(book.grids[0].height(), 50_000);
    assert!(heard.len() > 20 && heard.is_sorted() && heard.iter().all(|share| *share <= 1.0), "{heard:?}");
    let mut calls = 0;
    let mut stop = |_| {
        calls += 1;
        if calls > 10 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let error = Book::read_watched(&bytes, "上报.xlsx", &Limits::default(), &mut stop).unwrap_err();
    assert!(error.is_cancelled() && !error.is_sheet(), "{error}");
    assert_eq!(calls, 11);
}

#[test]
fn unicode_text_of_either_end_is_read_and_half_a_character_is_damage() {
    let text = "活动名称,举办单位\r\n𠮷祥,科协\r\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes: Vec<u8> = vec![0xfe, 0xff];
    bytes.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
    let book = Book::read(&bytes, "上报.csv", &Limits::default()).unwrap();
    assert_eq!(book.grids[0].row(1).map(|cell| shown(&cell.to_buf())).collect::<Vec<_>>(), ["𠮷祥", "科协"]);
    bytes.pop();
    assert!(Book::read(&bytes, "上报.csv", &Limits::default()).unwrap_err().message(Lang::Zh).contains("已损坏"));
}
