//! What holds of sets and tallies, however the records were split and in whatever order they came.

use std::path::Path;
use std::sync::LazyLock;

use kepu_core::{Checker, Field, Kind, Lang, Notice, Options, RecordBuf, Roster, RowKey, SetCheck, Tally, rules};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A notice with quotas, and rosters with units of their own.
static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/notices/invented-2031.toml");
    Notice::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap().checker()
});

const AS_OF: &str = "2031-12-01";

/// Few values of each, so that much is there twice.
fn activity() -> impl Strategy<Value = RecordBuf> {
    let title = prop::sample::select(vec!["观星", "观 星", "ＶＲ课", "VR课", "", "无"]);
    let organizer = prop::sample::select(vec!["云泽省天文学会", "北湖区科协", "另一家"]);
    let start = prop::sample::select(vec!["2031-09-10", "9月10日", "9月12日", "国庆节"]);
    let id = prop::sample::select(vec!["", "A-1", "Ａ－１", "A-2", "7"]);
    let category = prop::sample::select(vec!["科普讲座", "没有这一类"]);
    let audience = prop::sample::select(vec!["300", "约300人", "若干"]);
    let region = prop::sample::select(vec!["北湖区", "南湖区", ""]);
    (title, organizer, start, id, category, audience, region).prop_map(
        |(title, organizer, start, id, category, audience, region)| {
            RecordBuf::activity()
                .with(Field::Title, title)
                .with(Field::Organizer, organizer)
                .with(Field::Start, start)
                .with(Field::Id, id)
                .with(Field::Category, category)
                .with(Field::Audience, audience)
                .with(Field::Region, region)
        },
    )
}

/// Where each record goes: to one of four parts, and how early.
fn dealt() -> impl Strategy<Value = Vec<(RecordBuf, usize, u32)>> {
    prop::collection::vec((activity(), 0..4_usize, any::<u32>()), 0..24)
}

fn key(at: usize) -> RowKey {
    let at = u32::try_from(at).unwrap();
    RowKey { file: at / 10, sheet: at % 10 / 5, row: u64::from(at % 5) }
}

fn wire(set: &SetCheck) -> Vec<Value> {
    set.findings()
        .into_iter()
        .map(|shared| json!([format!("{:?} {:?}", shared.row, shared.first), shared.finding.wire(Lang::Zh, None)]))
        .collect()
}

fn empty(secret: [u8; 16]) -> SetCheck {
    SetCheck::keyed(&CHECKER, Kind::ACTIVITY, AS_OF.parse().unwrap(), secret)
}

/// A set and a tally of some records; each has its place among all.
fn counted<'r>(records: impl Iterator<Item = (usize, &'r RecordBuf)>, secret: [u8; 16]) -> (SetCheck, Tally) {
    let (mut set, mut tally) = (empty(secret), Tally::default());
    for (at, record) in records {
        let report = CHECKER.check(record, AS_OF.parse().unwrap());
        set.add(key(at), &report);
        tally.add(&report);
    }
    (set, tally)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_set_finds_the_same_however_it_was_split_in_whatever_order_and_under_whatever_key(
        dealt in dealt(),
        secret in any::<[u8; 16]>(),
    ) {
        let mut shuffled: Vec<_> = dealt.iter().enumerate().collect();
        shuffled.sort_by_key(|(_, (.., early))| *early);
        let part = |number: usize| {
            counted(shuffled.iter().filter(|(_, (_, part, _))| *part == number).map(|(at, (record, ..))| (*at, record)), secret)
        };
        let (whole, whole_tally) = counted(dealt.iter().map(|(record, ..)| record).enumerate(), *b"another key here");
        let [a, b, c, d] = [0, 1, 2, 3].map(part);

        // ((a b) (c d)), where b went over the wire.
        let (mut left, mut right) = (a.0.clone(), c.0.clone());
        left.merge(SetCheck::from_bytes(&CHECKER, &b.0.to_bytes()).unwrap()).unwrap();
        right.merge(d.0.clone()).unwrap();
        left.merge(right).unwrap();
        prop_assert_eq!(wire(&left), wire(&whole));

        // (d (c (b (a nothing)))).
        let mut chain = empty(secret);
        for part in [&a, &b, &c, &d] {
            let mut next = part.0.clone();
            next.merge(chain).unwrap();
            chain = next;
        }
        prop_assert_eq!(wire(&chain), wire(&whole));

        let (mut left, mut right) = (d.1.clone(), b.1.clone());
        left.merge(&serde_json::from_value(json!(c.1)).unwrap());
        right.merge(&a.1);
        right.merge(&Tally::default());
        left.merge(&right);
        prop_assert_eq!(&left, &whole_tally);
        let read: Tally = serde_json::from_str(&serde_json::to_string(&whole_tally).unwrap()).unwrap();
        prop_assert_eq!(read, whole_tally);
    }

    #[test]
    fn bytes_that_are_no_set_are_an_error_and_never_more(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        prop_assert!(SetCheck::from_bytes(&CHECKER, &bytes).is_err_and(|error| error.is_set()));
        let record = RecordBuf::activity().with(Field::Id, "A-1").with(Field::Title, "观星").with(Field::Start, "9月10日");
        let good = counted([(0, &record)].into_iter(), [1; 16]).0.to_bytes();
        let mut bad = good.clone();
        let at = at.index(bad.len());
        bad.splice(at.., bytes);
        // What reads back all the same is a set that can be asked.
        if let Ok(set) = SetCheck::from_bytes(&CHECKER, &bad) {
            set.findings();
        }
        prop_assert!(SetCheck::from_bytes(&CHECKER, &good[..at]).is_err_and(|error| error.is_set()));
    }
}

#[test]
fn a_set_takes_24_bytes_an_id_and_24_an_activity_on_its_way() {
    let record = |at: usize| {
        RecordBuf::activity().with(Field::Id, format!("A-{at}")).with(Field::Title, "观星").with(Field::Start, "9月10日")
    };
    let records: Vec<RecordBuf> = (0..1000).map(record).collect();
    let weight = |count: usize| counted(records.iter().enumerate().take(count), [0; 16]).0.to_bytes().len();
    // Each fifth row begins another table here, which takes 16 bytes for each of the two.
    assert!((weight(1000) - weight(500)) / 500 <= 48 + 8, "{}", weight(1000));
}

#[test]
fn sets_of_other_keys_kinds_moments_and_options_do_not_merge() {
    let as_of = AS_OF.parse().unwrap();
    let strict = CHECKER.notice().checker_with(Options { strict_deadlines: true, ..Options::default() }).unwrap();
    let others = [
        empty([1; 16]),
        SetCheck::new(&CHECKER, Kind::SUMMARY, as_of),
        SetCheck::new(&CHECKER, Kind::ACTIVITY, "2031-01-01".parse().unwrap()),
        SetCheck::new(&strict, Kind::ACTIVITY, as_of),
        SetCheck::new(&Notice::bundled("henan-2023").unwrap().checker(), Kind::ACTIVITY, as_of),
    ];
    for other in others {
        let mut set = SetCheck::new(&CHECKER, Kind::ACTIVITY, as_of);
        assert!(set.merge(other).is_err_and(|error| error.is_set()));
    }
    assert!(SetCheck::from_bytes(&strict, &empty([1; 16]).to_bytes()).is_err_and(|error| error.is_set()));
}

fn summaries(as_of: &str, rows: &[(&str, &str)]) -> Tally {
    let roster = Roster::All(["新乡市科协", "洛阳市科协", "河南省化学学会"].map(str::to_owned).to_vec());
    // What is counted does not hang on what the caller wants to be told.
    let options = Options { roster: Some(roster), ignore: vec![rules::MISSING_SUMMARY.id().to_owned()], ..Options::default() };
    let checker = Notice::bundled("henan-2023").unwrap().checker_with(options).unwrap();
    let as_of = as_of.parse().unwrap();
    let (mut set, mut tally) = (SetCheck::new(&checker, Kind::SUMMARY, as_of), Tally::default());
    for (at, (unit, day)) in rows.iter().enumerate() {
        let record = RecordBuf::summary().with(Field::Unit, *unit).with(Field::SubmittedOn, *day).with(Field::Report, "总结");
        let report = checker.check(&record, as_of);
        set.add(key(at), &report);
        tally.add(&report);
    }
    tally.add_set(&set);
    tally
}

#[test]
fn submissions_are_on_time_late_or_missing_and_a_unit_is_missing_once_the_deadline_has_passed() {
    let rows = [("新乡市科协", "2023-09-28"), ("洛阳市科协", "2023-09-29"), ("另一个单位", "2023-09-20")];
    let after = summaries("2023-10-08", &rows).submissions();
    assert_eq!((after.on_time, after.late, after.missing), (1, 1, 1), "a unit on no roster is not judged");
    let before = summaries("2023-09-28", &[]).submissions();
    assert_eq!((before.on_time, before.late, before.missing), (0, 0, 0), "there is time");
    let none = summaries("2023-10-08", &[("新乡市科协", ""), ("洛阳市科协", "国庆节")]).submissions();
    assert_eq!((none.on_time, none.late, none.missing), (0, 0, 2), "nobody knows of the second, and the third has not come");
}

#[test]
fn a_tally_on_the_wire_is_what_the_contract_says() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let mut tally = Tally::default();
    for (region, people) in [("新乡市", "120"), ("新乡市", "约300人"), ("不知何处", "若干")] {
        let record = RecordBuf::activity().with(Field::Title, "走近湿地").with(Field::Organizer, "新乡市科协");
        let record = record.with(Field::Category, "地方主场活动").with(Field::Start, "9月20日");
        let record = record.with(Field::Region, region).with(Field::Audience, people);
        tally.add(&checker.check(&record, "2023-09-01".parse().unwrap()));
    }
    assert_eq!(
        json!(tally),
        json!({
            "activities": [
                { "region": null, "category": "local-main", "count": 1 },
                { "region": "410700", "category": "local-main", "count": 2 },
            ],
            "findings": { "unreadable-count": 1, "unknown-region": 1 },
            "people": { "exact": 120, "approximate": 300 },
            "submissions": { "on_time": 0, "late": 0, "missing": 0 },
        })
    );
    for wrong in [
        r#"{"findings":{}}"#,
        r#"{"activities":[],"findings":{"no-rule":1},"people":{"exact":0,"approximate":0},"submissions":{"on_time":0,"late":0,"missing":0}}"#,
    ] {
        assert!(serde_json::from_str::<Tally>(wrong).is_err(), "{wrong}");
    }
}
