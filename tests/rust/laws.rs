//! What holds of every verdict, over all the records of the corpus.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kepu_core::{Checker, Field, Kind, Lang, Notice, Outcome, RecordBuf, Report, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::vectors::{Vector, corpus};

fn singles() -> impl Iterator<Item = &'static Vector> {
    corpus().iter().filter(|vector| vector.is_single())
}

fn wire(report: &Report<'_>) -> Vec<Value> {
    let findings = report.findings().iter();
    findings.flat_map(|finding| [Lang::Zh, Lang::En].map(|lang| json!(finding.wire(lang, None)))).collect()
}

#[test]
fn findings_stand_in_order_and_once() {
    for vector in singles() {
        let (checker, record) = (&vector.checker, vector.record());
        let report = checker.check(&record, vector.as_of());
        let ordered = report.findings().windows(2).all(|pair| pair[0].order() < pair[1].order());
        assert!(ordered, "{}: {:?}", vector.place(), report.findings());
    }
}

#[test]
fn fixes_settle_and_cause_no_new_error() {
    let mut failures = Vec::new();
    for vector in singles() {
        let (checker, record) = (&vector.checker, vector.record());
        let before = checker.check(&record, vector.as_of());
        let fixed = before.fixed();
        let after = checker.check(&fixed, vector.as_of());
        let settled = before.findings().iter().filter(|finding| finding.fix().is_some());
        let settled: BTreeSet<_> = settled.map(|finding| (finding.rule().id(), finding.path().to_string())).collect();
        let errors = before.findings().iter().filter(|finding| finding.severity() == Severity::Error);
        let errors: BTreeSet<_> = errors.map(|finding| (finding.rule().id(), finding.path().to_string())).collect();
        for finding in after.findings() {
            let key = (finding.rule().id(), finding.path().to_string());
            if settled.contains(&key) {
                failures.push(format!("{}: {key:?} stays", vector.place()));
            } else if finding.severity() == Severity::Error && !errors.contains(&key) {
                failures.push(format!("{}: {key:?} is new", vector.place()));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_finding_has_the_arguments_that_its_rule_declares() {
    for vector in singles() {
        let (checker, record) = (&vector.checker, vector.record());
        for finding in checker.check(&record, vector.as_of()).findings() {
            let given: BTreeSet<&str> = finding.args().iter().map(|(name, _)| *name).collect();
            let rule = finding.rule();
            let declared: BTreeSet<&str> = rule.args().iter().map(|arg| arg.trim_start_matches('?')).collect();
            let sure: BTreeSet<&str> = rule.args().iter().copied().filter(|arg| !arg.starts_with('?')).collect();
            let place = || format!("{}: {} has {given:?}, declares {:?}", vector.place(), rule.id(), rule.args());
            assert_eq!(given.len(), finding.args().len(), "{}", place());
            assert!(given.is_subset(&declared) && sure.is_subset(&given), "{}", place());
        }
    }
}

#[test]
fn no_message_keeps_a_brace_that_nobody_wrote() {
    for vector in singles() {
        let (checker, record) = (&vector.checker, vector.record());
        if vector.case["record"].to_string().trim_matches(['{', '}']).contains(['{', '}']) {
            continue;
        }
        for finding in checker.check(&record, vector.as_of()).findings() {
            for lang in [Lang::Zh, Lang::En] {
                let said = finding.message(lang) + &finding.advice(lang);
                assert!(!said.contains(['{', '}']), "{}: {said}", vector.place());
            }
        }
    }
}

/// A text that looks like a template, in every field that is read as something else than a text.
#[test]
fn what_was_written_is_never_expanded() {
    let hostile = "{field}{value}{example}";
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let mut shown = BTreeSet::new();
    for field in Kind::ACTIVITY.fields() {
        let record = RecordBuf::activity().with(*field, hostile);
        for finding in checker.check(&record, "2023-10-08".parse().unwrap()).findings() {
            for lang in [Lang::Zh, Lang::En] {
                for said in [finding.message(lang), finding.advice(lang)] {
                    let left = said.replace(hostile, "");
                    assert!(!left.contains(['{', '}']), "{}: {said}", finding.path());
                    if left.len() < said.len() {
                        shown.insert(finding.path().to_string());
                    }
                }
            }
        }
    }
    for field in [Field::Start, Field::Category, Field::Phone, Field::Email] {
        assert!(shown.contains(field.id()), "{} is not among {shown:?}", field.id());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_keys_changes_nothing(ranks in prop::collection::vec(any::<u32>(), 40)) {
        for vector in singles() {
            let (checker, record) = (&vector.checker, vector.record());
            let mut pairs: Vec<_> = vector.pairs().into_iter().zip(ranks.iter().cycle()).collect();
            pairs.sort_by_key(|(_, rank)| **rank);
            let shuffled = RecordBuf::from_pairs(vector.kind(), pairs.into_iter().map(|(pair, _)| pair));
            let (one, other) = (checker.check(&record, vector.as_of()), checker.check(&shuffled, vector.as_of()));
            prop_assert_eq!(wire(&one), wire(&other), "{}", vector.place());
        }
    }
}

/// Texts that screens pass, texts that only look like those, and texts that are wrong, for any field.
const TEXTS: &[&str] = &[
    "",
    "无",
    "无人机",
    "暂无",
    "暂无；科普日.jpg",
    "——",
    "N/A",
    "nb",
    " 新乡市",
    "新乡市",
    "新乡",
    "河南省新乡市",
    "科技馆联合行动",
    "系列联合行动",
    "青少年科普活动",
    "践行科普为民，共创美好生活",
    "提升全民科学素质，助力科技自立自强",
    "提升全民科学素养，助力科技自立自强",
    "提升全民科学素质，助力科技自立自强——走进湿地",
    "科协",
    "某单位",
    "2023-09-18",
    "2023-09-31",
    "2023/9/18",
    "9月18日至20日",
    "9月18日（周三）",
    "2022-09-18",
    "国庆节",
    "300",
    "约300人",
    "-5",
    "13838381234",
    "0371-65709215",
    "0371-6570",
    "kepu@example.cn",
    "kepu@example",
    "k.e@a..cn",
    "https://www.example.cn/2023/0919.html",
    "https://www.example.cn/a https://b.cn/c",
    "http://a..cn/",
    "https://a.cn;javascript:x",
    "https://a.cn/科普",
    "javascript:alert(1)",
    "湿地1.jpg；湿地2.jpg",
    "湿地1.jpg\nwww.example.cn/1.jpg",
    "ww\tw.example.cn/1.jpg",
    "1.jpg、-2.jpg",
    "1.jpg、 =2.jpg",
    "a.cn:1.jpg",
    "全国科普日、科普中国",
    "=1+1",
    "\u{3000}=1+1",
    "@甲",
    "-甲",
    "锟斤拷",
    "走近湿\u{FFFD}地",
    "A\u{0}BCDEFGH",
    "2023-09-1\u{B}",
    "cafÃ©",
    "鏃ユ湡",
    "阿卜杜拉·买买提",
    "“走近湿地”自然观察",
    "  ",
];

#[test]
fn a_text_of_too_many_files_is_too_long_though_each_is_well() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let record = RecordBuf::activity().with(Field::Images, "1.jpg;".repeat(1_001));
    let report = checker.check(&record, "2023-10-08".parse().unwrap());
    let found = report.findings().iter().filter(|found| found.path().of() == Some(Field::Images));
    assert_eq!(found.map(|found| found.rule().id()).collect::<Vec<_>>(), ["too-long"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    /// A screen may only say that there is nothing to say; an explanation asks everything, screened or not.
    #[test]
    fn what_a_check_finds_is_what_an_explanation_calls_not_met(
        cells in prop::collection::vec((prop::sample::select(Field::ALL), prop::sample::select(TEXTS), any::<bool>()), 0..24),
        is_activity in prop::bool::weighted(0.9),
        notice in 0..4_usize,
        as_of in prop::sample::select(vec!["2017-09-20", "2023-08-30", "2023-10-08", "2031-10-08"]),
    ) {
        static CHECKERS: LazyLock<Vec<Checker>> = LazyLock::new(|| {
            let own = ["2017-env-society", "2025-shaanxi-normal", "invented-2031"].map(|name| {
                let path = format!("{}/data/notices/{name}.toml", env!("CARGO_MANIFEST_DIR"));
                Notice::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap().checker()
            });
            own.into_iter().chain([Notice::bundled("henan-2023").unwrap().checker()]).collect()
        });
        let checker = &CHECKERS[notice];
        let mut record = if is_activity { RecordBuf::activity() } else { RecordBuf::summary() };
        for (field, text, is_list) in cells {
            match is_list && field.is_list() {
                true => record.set(field, [text, "甲"]),
                false => record.set(field, text),
            }
        }
        let as_of = as_of.parse().unwrap();
        let report = checker.check(&record, as_of);
        let found: BTreeSet<_> = report.findings().iter().map(|found| (found.rule().id(), found.path().to_string())).collect();
        let explained = checker.explain(&record, as_of);
        let not_met = explained.answers().iter().filter(|answer| answer.outcome == Outcome::NotMet);
        let not_met: BTreeSet<_> = not_met.map(|answer| (answer.rules[0].id(), answer.path.unwrap().to_string())).collect();
        prop_assert_eq!(found, not_met);
    }
}
