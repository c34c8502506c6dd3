//! What holds of every verdict, over all the records of the corpus.

use std::collections::BTreeSet;

use kepu_core::{Field, Kind, Lang, Notice, RecordBuf, Report, Severity};
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
