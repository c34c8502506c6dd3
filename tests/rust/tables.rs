//! A table has the findings of its rows one by one, whatever its columns are and however it is cut.

mod columns;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Int64Array, LargeStringArray, ListArray, RecordBatch, RecordBatchIterator,
    StringArray, StringViewArray,
};
use arrow_schema::{Field as Column, Schema};
use kepu_core::arrow::{ArrowReport, TableOptions, findings_schema};
use kepu_core::{
    AsOf, Cell, CellBuf, Checker, Field, Finding, Kind, Lang, Notice, Record, RecordBuf, RowKey, SetCheck, SheetOptions,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::vectors::corpus;
use columns::{Type, as_type, column, sliced};

/// By what the findings of one record are ordered.
type Order = (usize, Option<u32>, usize);

/// A finding as a line of text, without its row.
fn line(finding: &Finding<'_>) -> String {
    let wire = serde_json::to_value(finding.wire(Lang::Zh, None)).unwrap();
    let of = |key: &str| if wire[key].is_null() { String::new() } else { wire[key].to_string() };
    let clause = finding.clause().map(|clause| (clause.number.as_str(), clause.quote.as_str())).unwrap_or_default();
    let (rule, severity, field) =
        (finding.rule().id(), finding.severity().id(), finding.path().of().map_or("", |field| field.id()));
    let (message, advice) = (finding.message(Lang::Zh), finding.advice(Lang::Zh));
    let blocking = finding.is_blocking();
    format!("{field} {rule} {severity} {blocking} {message} {advice} {clause:?} {} {}", of("args"), of("fix"))
}

/// The findings of records one by one, and of their set, in order.
fn one_by_one(checker: &Checker, kind: &Kind, as_of: AsOf, records: &[RecordBuf]) -> Vec<(Option<u64>, String)> {
    let mut set = SetCheck::new(checker, kind.clone(), as_of);
    let mut rows: BTreeMap<u64, Vec<(Order, String)>> = BTreeMap::new();
    for (row, record) in (0..).zip(records) {
        let report = checker.check(record, as_of);
        set.add(RowKey { row, ..RowKey::default() }, &report);
        rows.entry(row).or_default().extend(report.findings().iter().map(|finding| (finding.order(), line(finding))));
    }
    let mut own = Vec::new();
    let lend = |key: RowKey, take: &mut dyn FnMut(&dyn Record)| take(&records[usize::try_from(key.row).unwrap()]);
    for shared in set.findings_with(&lend) {
        let said = line(&shared.finding);
        match shared.row {
            Some(key) => rows.entry(key.row).or_default().push((shared.finding.order(), said)),
            None => own.push((None, said)),
        }
    }
    let mut lines = Vec::new();
    for (row, mut findings) in rows {
        findings.sort_by_key(|(order, _)| *order);
        lines.extend(findings.into_iter().map(|(_, said)| (Some(row), said)));
    }
    lines.extend(own);
    lines
}

/// The findings of a table, read back from Arrow.
fn of_table(report: &ArrowReport) -> Vec<(Option<u64>, String)> {
    let mut lines = Vec::new();
    for batch in report.findings(Lang::Zh) {
        let batch = batch.unwrap();
        assert_eq!(batch.schema(), findings_schema());
        let texts = |name: &str| batch.column_by_name(name).unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
        let of = |name: &str, at: usize| {
            let texts = texts(name);
            if texts.is_null(at) { String::new() } else { texts.value(at).to_owned() }
        };
        let rows = batch.column_by_name("row").unwrap().as_any().downcast_ref::<Int64Array>().unwrap();
        let blocking = batch.column_by_name("blocking").unwrap().as_any().downcast_ref::<BooleanArray>().unwrap();
        for at in 0..batch.num_rows() {
            let of = |name| of(name, at);
            // The order of keys aside, the JSON is the wire's.
            let json = |text: String| {
                if text.is_empty() { text } else { serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string() }
            };
            let clause = (of("clause"), of("quote"));
            let row = (!rows.is_null(at)).then(|| rows.value(at) as u64);
            lines.push((
                row,
                format!(
                    "{} {} {} {} {} {} {clause:?} {} {}",
                    of("field"),
                    of("rule"),
                    of("severity"),
                    blocking.value(at),
                    of("message"),
                    of("advice"),
                    json(of("args")),
                    json(of("fix")),
                ),
            ));
        }
    }
    lines
}

/// Checks batches of the same columns.
fn check(
    checker: &Checker,
    kind: &Kind,
    as_of: AsOf,
    batches: Vec<RecordBatch>,
    (threads, screened): (usize, bool),
) -> ArrowReport {
    let header = SheetOptions { kinds: vec![kind.clone()], required: Vec::new(), ..SheetOptions::default() };
    let options = TableOptions { header, threads, screened, ..TableOptions::default() };
    let schema = batches[0].schema();
    checker.check_table(RecordBatchIterator::new(batches.into_iter().map(Ok), schema), as_of, &options).unwrap()
}

/// Cells that no vector has: hostile ones.
fn hostile() -> Vec<CellBuf> {
    let many = "甲；".repeat(1_001);
    let long = "长".repeat(21_846);
    let texts = [
        "",
        " ",
        "\u{3000}",
        "——",
        "无",
        "n/a",
        "ＮＡ",
        "\u{0}",
        "科\u{FFFD}普",
        "=1+1",
        " =A1",
        "＝1",
        "+86",
        "-1+2",
        "@x",
        "\u{FEFF}甲",
        "'",
        "\"",
        "<b>",
        "2023-09-17",
        "2023-09-18",
        "2023-09-31",
        "2023-09-17T23:30:00Z",
        "20230919",
        "45188",
        "9月19日",
        "300",
        "1e308",
        "javascript:alert(1)",
        "https://a.cn/1.jpg\u{3000}https://b.cn",
        "a@b.cn",
        "13838381234",
        "0371-65709215",
        "𠮷野家",
        "é",
        "\u{7F}",
        "锟斤拷",
        "烫烫烫烫",
        "“走近湿地”",
        "\"走近湿地\"",
        "走近  湿地",
        "走近 湿地",
        "萬人",
        "万人",
        "二O二三",
        "二〇二三",
        "1",
        "１",
        "a",
        "Ａ",
        ";",
        "；、",
        "NA；无",
        &many,
        &long,
    ];
    let mut cells: Vec<CellBuf> = texts.iter().map(|text| CellBuf::from(*text)).collect();
    cells.push(CellBuf::List(vec![CellBuf::from("甲"); 1_001]));
    cells.push(CellBuf::from(["=1", "\u{1}", "https://a.cn", ""]));
    cells
}

/// A table to be made: for each field the type of its column and its cells.
#[derive(Debug, Clone)]
struct Plan {
    vector: Index,
    columns: Vec<(Field, Type, Vec<Index>)>,
    rows: usize,
    /// Where it is cut into batches.
    cuts: Vec<Index>,
    sliced: bool,
}

fn plan(rows: std::ops::Range<usize>) -> impl Strategy<Value = Plan> {
    let texts = prop_oneof![6 => Just(Type::Text), 3 => select(columns::ALL)];
    let column = (texts, prop::collection::vec(any::<Index>(), 12));
    let columns = prop::collection::vec(prop::option::weighted(0.8, column), Field::ALL.len());
    (any::<Index>(), columns, rows, prop::collection::vec(any::<Index>(), 0..4), any::<bool>()).prop_map(
        |(vector, columns, rows, cuts, sliced)| {
            let columns = Field::ALL.iter().zip(columns);
            let columns = columns.filter_map(|(field, column)| column.map(|(ty, cells)| (*field, ty, cells))).collect();
            Plan { vector, columns, rows, cuts, sliced }
        },
    )
}

/// Every cell that a vector has of a field; long ones are among the hostile.
fn pools() -> &'static BTreeMap<Field, Vec<CellBuf>> {
    static POOLS: LazyLock<BTreeMap<Field, Vec<CellBuf>>> = LazyLock::new(|| {
        let mut pools: BTreeMap<Field, BTreeMap<String, CellBuf>> = BTreeMap::new();
        for vector in corpus().iter().filter(|vector| vector.is_single()) {
            let record = vector.record();
            for field in Field::ALL {
                let cell = record.cell(*field).to_buf();
                let shown = format!("{cell:?}");
                if shown.len() < 1_000 {
                    pools.entry(*field).or_default().insert(shown, cell);
                }
            }
        }
        pools.into_iter().map(|(field, cells)| (field, cells.into_values().collect())).collect()
    });
    &POOLS
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_table_has_the_findings_of_its_rows_one_by_one(plan in plan(1..80)) {
        let vector = plan.vector.get(corpus());
        let (checker, kind, as_of) = (&vector.checker, vector.kind(), vector.as_of());
        let hostile = hostile();
        let mut records = vec![RecordBuf::new(kind.clone()); plan.rows];
        let (mut fields, mut arrays): (Vec<Column>, Vec<ArrayRef>) = (vec![], vec![]);
        for (at, (field, ty, picks)) in plan.columns.iter().enumerate().filter(|(_, (field, ..))| field.is_of(&kind)) {
            let pool = &pools()[field];
            let own = if vector.is_single() { vector.record().cell(*field).to_buf() } else { CellBuf::Empty };
            let cells: Vec<CellBuf> = (0..plan.rows).map(|row| {
                // Rows repeat after a while, at another pace in each column, so that some are there twice.
                let pick = picks[(row * (1 + at % 3)) % picks.len()];
                let cell = match (row + at) % 7 {
                    0 => pick.get(&hostile).clone(),
                    1..=3 => own.clone(),
                    _ => pick.get(pool).clone(),
                };
                as_type(*ty, &cell)
            }).collect();
            let array = if plan.sliced { sliced(*ty, &cells) } else { column(*ty, &cells) };
            let cells = held(&array, *ty, cells);
            records.iter_mut().zip(cells).for_each(|(record, cell)| record.set(*field, cell));
            fields.push(Column::new(field.id(), array.data_type().clone(), true));
            arrays.push(array);
        }
        prop_assume!(!arrays.is_empty());
        let whole = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap();
        let mut cuts: Vec<usize> = plan.cuts.iter().map(|cut| cut.index(plan.rows)).chain([0, plan.rows]).collect();
        cuts.sort_unstable();
        let batches: Vec<RecordBatch> = cuts.windows(2).map(|cut| whole.slice(cut[0], cut[1] - cut[0])).collect();
        let expected = one_by_one(checker, &kind, as_of, &records);
        for ways in [(1, true), (3, true), (1, false)] {
            let report = check(checker, &kind, as_of, Vec::clone(&batches), ways);
            prop_assert_eq!(of_table(&report), expected.clone(), "{} by {:?}", vector.place(), ways);
            prop_assert_eq!(report.count(), expected.len() as u64);
        }
    }
}

/// What a column holds of some cells: a dictionary of few has no room for all.
fn held(array: &ArrayRef, ty: Type, cells: Vec<CellBuf>) -> Vec<CellBuf> {
    let is_lost = |row| ty == Type::DictionaryOfFew && array.is_null(row);
    cells.into_iter().enumerate().map(|(row, cell)| if is_lost(row) { CellBuf::Empty } else { cell }).collect()
}

/// A record of which nothing is to be said, in every field.
fn clean() -> RecordBuf {
    RecordBuf::activity()
        .with(Field::Title, "“走近湿地”自然观察")
        .with(Field::Organizer, "新乡市生态环境局")
        .with(Field::CoOrganizers, "新乡市科协；新乡学院")
        .with(Field::OrganizerKind, "机关")
        .with(Field::Region, "新乡市")
        .with(Field::Category, "主办单位联合行动")
        .with(Field::ContentAreas, "践行科普为民，共创美好生活")
        .with(Field::Theme, "提升全民科学素质，助力科技自立自强")
        .with(Field::SubTheme, "走近湿地")
        .with(Field::Start, "2023-09-18")
        .with(Field::End, "9月19日")
        .with(Field::Mode, "线下")
        .with(Field::Venue, "黄河湿地")
        .with(Field::Audience, "300")
        .with(Field::Description, "观鸟。")
        .with(Field::Contact, "李明")
        .with(Field::Phone, "0371-65709215")
        .with(Field::Email, "kp@xx.cn")
        .with(Field::Url, "https://www.example.cn/live")
        .with(Field::PublishedOn, "2023-09-01")
        .with(Field::Marks, "全国科普日；科普中国")
        .with(Field::Images, "湿地1.jpg；https://www.example.cn/2.jpg")
        .with(Field::Videos, "湿地.mp4")
        .with(Field::NewsLinks, "https://www.example.cn/2023/0919.html")
        .with(Field::Report, "观察活动按计划完成。")
}

/// Each row but the first has one cell of its own, of every type that a column may have: what a screen lets pass, and the
/// one check would not, shows here.
#[test]
fn one_strange_cell_in_a_clean_row_is_seen_in_every_field_and_type() {
    let (kind, hostile) = (Kind::ACTIVITY, hostile());
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let mut seen = (0, 0);
    for as_of in ["2023-10-08", "2023-09-18"].map(|day| day.parse().unwrap()) {
        assert_eq!(checker.check(&clean(), as_of).findings().len(), 0);
        for field in kind.fields() {
            let all: Vec<&CellBuf> = hostile.iter().chain(&pools()[field]).collect();
            for ty in columns::ALL.iter().filter(|ty| as_of == "2023-10-08".parse().unwrap() || **ty == Type::Text) {
                // Every cell as a text, and every fourth as each other type.
                let pool = all.iter().step_by(if *ty == Type::Text { 1 } else { 4 });
                let cells: Vec<CellBuf> = pool.map(|cell| as_type(*ty, cell)).collect();
                let strange = column(*ty, &cells);
                let cells: Vec<CellBuf> = held(&strange, *ty, cells);
                let records: Vec<RecordBuf> = cells
                    .iter()
                    .enumerate()
                    .map(|(row, cell)| {
                        clean().with(Field::Id, row.to_string()).with(Field::Venue, row.to_string()).with(*field, cell.clone())
                    })
                    .collect();
                let fields: Vec<Field> =
                    kind.fields().iter().copied().filter(|other| *other != Field::Period || *field == Field::Period).collect();
                let column_of = |other: &Field| {
                    let cells: Vec<CellBuf> = records.iter().map(|record| record.cell(*other).to_buf()).collect();
                    (other.id(), if other == field { Arc::clone(&strange) } else { column(Type::Text, &cells) })
                };
                let batch = RecordBatch::try_from_iter(fields.iter().map(column_of)).unwrap();
                let expected = one_by_one(&checker, &kind, as_of, &records);
                let report = check(&checker, &kind, as_of, vec![batch], (1, true));
                let found = of_table(&report);
                // Counted where screens told what of a row is well, told again without them.
                assert_eq!(report.count(), expected.len() as u64, "{} as {ty:?}", field.id());
                let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
                assert!(found == expected, "{} as {ty:?}: {differs:?}, {} of {}", field.id(), found.len(), expected.len());
                seen.0 += records.len();
                seen.1 += expected.len();
            }
        }
    }
    assert!(seen.0 > 20_000 && seen.1 > 5_000, "{seen:?}");
}

/// A screen looks at 活动时间 as at any text where the first day has a column of its own; where that is empty, it is read.
#[test]
fn a_period_is_read_where_no_first_day_stands_beside_it() {
    let (kind, as_of) = (Kind::ACTIVITY, "2023-10-08".parse().unwrap());
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let records: Vec<RecordBuf> = [("9月18日", ""), ("", "9月18日"), ("", "9月31日"), ("9月18日", "见附件"), ("", "")]
        .iter()
        .enumerate()
        .map(|(row, (start, period))| {
            let days = clean().with(Field::Start, *start).with(Field::End, "").with(Field::Period, *period);
            days.with(Field::Id, row.to_string()).with(Field::Venue, row.to_string())
        })
        .collect();
    let column_of = |field: &Field| {
        let cells: Vec<CellBuf> = records.iter().map(|record| record.cell(*field).to_buf()).collect();
        (field.id(), column(Type::Text, &cells))
    };
    let batch = RecordBatch::try_from_iter(kind.fields().iter().map(column_of)).unwrap();
    let (report, expected) =
        (check(&checker, &kind, as_of, vec![batch], (1, true)), one_by_one(&checker, &kind, as_of, &records));
    assert_eq!(of_table(&report), expected);
    assert_eq!((report.count(), expected.is_empty()), (expected.len() as u64, false));
}

/// Numbers from a seed, the same on every machine (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

/// A million rows take minutes without optimisation: `tests/run` checks a seeded part of them, and all of them come with
/// `KEPU_TABLE_ROWS=1000000 cargo test --release -p kepu-tests --test kepu -- a_long_table`.
fn long() -> usize {
    std::env::var("KEPU_TABLE_ROWS").map_or(10_000, |rows| rows.parse().expect("KEPU_TABLE_ROWS is a number"))
}

/// Rows of every vector, and clean ones with a cell or two of the vectors' or of the hostile: whatever rule an activity can
/// break is broken somewhere among rows that break none.
#[test]
fn a_long_table_in_which_every_rule_is_broken_has_the_findings_of_its_rows() {
    let (kind, as_of, hostile): (_, AsOf, _) = (Kind::ACTIVITY, "2023-10-08".parse().unwrap(), hostile());
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let vectors: Vec<RecordBuf> =
        corpus().iter().filter(|vector| vector.is_single() && vector.kind() == kind).map(|vector| vector.record()).collect();
    let fields: Vec<Field> = kind.fields().iter().copied().filter(|field| *field != Field::Period).collect();
    let mut seed = Seeded(20_230_917);
    let mut record = |row: usize| {
        let fresh = clean().with(Field::Id, format!("HN-{row}")).with(Field::Venue, format!("湿地{row}号"));
        let mut record = match seed.below(8) {
            0 => vectors[seed.below(vectors.len())].clone(),
            1 | 2 => (0..=seed.below(2)).fold(fresh, |record, _| {
                let field = fields[seed.below(fields.len())];
                let pool = &pools()[&field];
                let at = seed.below(pool.len() + hostile.len() / 8);
                record.with(field, pool.get(at).or_else(|| hostile.get(at * 7 % hostile.len())).cloned().unwrap_or_default())
            }),
            3 if row > 0 => fresh.with(Field::Id, format!("HN-{}", row - 1 - seed.below(row.min(9_000)))),
            _ => fresh,
        };
        for field in kind.fields() {
            let text = as_type(Type::Text, &record.cell(*field).to_buf());
            record.set(*field, if *field == Field::Period { CellBuf::Empty } else { text });
        }
        record
    };
    let records: Vec<RecordBuf> = (0..long()).map(&mut record).collect();
    let batches: Vec<RecordBatch> = records
        .chunks(4_999)
        .map(|records| {
            let cells = |field: &Field| records.iter().map(|record| record.cell(*field).to_buf()).collect::<Vec<_>>();
            RecordBatch::try_from_iter(fields.iter().map(|field| (field.id(), column(Type::Text, &cells(field))))).unwrap()
        })
        .collect();

    // Row, field, rule: the words are compared on small tables.
    let mut set = SetCheck::new(&checker, kind.clone(), as_of);
    let mut expected: Vec<(u64, Order, &str)> = Vec::new();
    for (row, record) in (0..).zip(&records) {
        let report = checker.check(record, as_of);
        set.add(RowKey { row, ..RowKey::default() }, &report);
        expected.extend(report.findings().iter().map(|finding| (row, finding.order(), finding.rule().id())));
    }
    let of_set = set.findings();
    expected.extend(of_set.iter().map(|shared| (shared.row.unwrap().row, shared.finding.order(), shared.finding.rule().id())));
    expected.sort();

    for threads in [1, 2] {
        let report = check(&checker, &kind, as_of, batches.clone(), (threads, true));
        let found: Vec<(u64, String)> = report
            .findings(Lang::Zh)
            .flat_map(|batch| {
                let batch = batch.unwrap();
                let rows = batch.column_by_name("row").unwrap().as_any().downcast_ref::<Int64Array>().unwrap().clone();
                let rules = batch.column_by_name("rule").unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
                (0..batch.num_rows()).map(move |at| (rows.value(at) as u64, rules.value(at).to_owned())).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(found.len(), expected.len());
        let differs = found.iter().zip(&expected).find(|((row, rule), (other, _, id))| row != other || rule != id);
        assert_eq!(differs, None);
    }
    let broken: std::collections::BTreeSet<&str> = expected.iter().map(|(_, _, rule)| *rule).collect();
    let broken_by_vectors = vectors.iter().flat_map(|record| {
        let report = checker.check(record, as_of);
        report.findings().iter().map(|finding| finding.rule().id()).collect::<Vec<_>>()
    });
    let all: std::collections::BTreeSet<&str> =
        broken_by_vectors.chain(of_set.iter().map(|shared| shared.finding.rule().id())).collect();
    assert!(broken.is_superset(&all) && all.len() > 30, "{:?} are broken nowhere of {}", all.difference(&broken), all.len());
}

/// The texts of a column, of a list its items; nothing where nothing stands.
fn texts(array: &dyn Array) -> Vec<String> {
    let shown = |array: &dyn Array, row: usize| {
        let any = array.as_any();
        match array {
            _ if array.is_null(row) => String::new(),
            _ if any.is::<StringArray>() => any.downcast_ref::<StringArray>().unwrap().value(row).to_owned(),
            _ if any.is::<LargeStringArray>() => any.downcast_ref::<LargeStringArray>().unwrap().value(row).to_owned(),
            _ if any.is::<StringViewArray>() => any.downcast_ref::<StringViewArray>().unwrap().value(row).to_owned(),
            _ => format!("{:?}", any.downcast_ref::<Date32Array>().unwrap().value_as_date(row).unwrap()),
        }
    };
    let lists = array.as_any().downcast_ref::<ListArray>();
    let items = |list: ArrayRef| (0..list.len()).map(|item| shown(&*list, item)).collect::<Vec<_>>().join("|");
    (0..array.len()).map(|row| lists.map_or_else(|| shown(array, row), |lists| items(lists.value(row)))).collect()
}

#[test]
fn what_was_read_is_a_table_and_so_is_what_was_fixed_in_columns_of_every_kind_of_text() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let bare = "www.example.cn/a";
    for ty in [Type::Text, Type::LargeText, Type::TextView, Type::Dictionary, Type::List, Type::LargeList, Type::Pairs] {
        let links = [CellBuf::from(bare), CellBuf::Empty, CellBuf::from("https://example.cn/b")].map(|cell| as_type(ty, &cell));
        let other: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
        let batch = RecordBatch::try_from_iter([
            ("开始日期", column(Type::Text, &["9月18日".into(), "九月".into(), CellBuf::Empty])),
            ("新闻报道链接", column(ty, &links)),
            ("别的列", Arc::clone(&other)),
        ])
        .unwrap();
        let batches: Vec<RecordBatch> = vec![batch.slice(0, 1), batch.slice(1, 2)];
        let report = check(&checker, &Kind::ACTIVITY, "2023-09-01".parse().unwrap(), batches, (1, true));
        let fixed: Vec<RecordBatch> = report.fixed().map(Result::unwrap).collect();
        let of = |at: usize| fixed.iter().flat_map(|batch| texts(batch.column(at))).collect::<Vec<_>>();
        let empty = if ty == Type::Pairs { "|" } else { "" };
        let item = usize::from(ty == Type::Pairs);
        let mended: Vec<String> = ["https://www.example.cn/a", "", "https://example.cn/b"]
            .map(|link| if link.is_empty() || item == 0 { link.to_owned() } else { format!("{}{link}", &empty[..1]) })
            .to_vec();
        assert_eq!(of(1), mended, "{ty:?}");
        let said = format!("[{{\"path\":[\"news_links\",{item}],\"value\":\"https://www.example.cn/a\"}}]");
        assert_eq!(of(3), [said.as_str(), "", ""], "{ty:?}");
        assert_eq!(fixed[1].column(2).as_ref(), other.slice(1, 2).as_ref());

        let read: Vec<RecordBatch> = report.readings().map(Result::unwrap).collect();
        let of = |name: &str| read.iter().flat_map(|batch| texts(batch.column_by_name(name).unwrap())).collect::<Vec<_>>();
        assert_eq!(of("start"), ["2023-09-18", "", ""]);
        // An empty item of a list is none.
        assert_eq!(of("news_links")[2], mended[2].trim_start_matches('|'));
        assert_eq!(of("title"), ["", "", ""]);
    }
}

#[test]
fn a_column_is_found_by_any_name_and_the_first_that_is_filled_is_read() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let texts = |cells: [&str; 2]| -> ArrayRef { Arc::new(StringArray::from(cells.to_vec())) };
    let batch = RecordBatch::try_from_iter([
        ("名 称", texts(["湿地", ""])),
        ("*活动名称（必填）", texts(["", "大篷车"])),
        ("我的列", texts(["", ""])),
    ]);
    let batch = batch.unwrap();
    let frame = kepu_core::arrow::Frame::new(batch.schema(), &TableOptions::default()).unwrap();
    let rows = frame.batch(&batch).unwrap();
    let titles: Vec<String> = rows
        .rows()
        .map(|row| match row.cell(Field::Title) {
            Cell::Text(text) => text.to_owned(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(titles, ["湿地", "大篷车"]);
    assert_eq!(rows.row(0).unwrap().header(Field::Title), Some("名 称"));
    let report = checker.check_table(
        RecordBatchIterator::new([Ok(batch.clone())], batch.schema()),
        "2023-09-01".parse().unwrap(),
        &TableOptions::default(),
    );
    let findings = report.unwrap().findings(Lang::En).next().unwrap().unwrap();
    assert_eq!(findings.column_by_name("header").unwrap().null_count(), findings.num_rows(), "what is missing has no column");
}

#[test]
fn a_table_without_a_field_or_with_a_type_that_holds_no_cells_is_refused_with_the_way_out() {
    let named = |name: &str, array: ArrayRef| RecordBatch::try_from_iter([(name, array)]).unwrap().schema();
    let refused = |schema| kepu_core::arrow::Frame::new(schema, &TableOptions::default()).unwrap_err();
    let error = refused(named("价格", Arc::new(Int64Array::from(vec![1]))));
    assert!(
        error.is_sheet() && error.message(Lang::Zh).contains("价格") && error.message(Lang::En).contains("`title`"),
        "{error}"
    );
    let error = refused(named("title", Arc::new(arrow_array::BinaryArray::from(vec![&b"a"[..]]))));
    assert!(error.message(Lang::En).contains("`title` is of type Binary") && error.message(Lang::Zh).contains("Utf8"), "{error}");
}
