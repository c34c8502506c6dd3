//! The list of rules: one id each, templates that use just their arguments, a vector that breaks each, and the page that is
//! generated from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kepu_core::{Cell, Field, Kind, Lang, Outcome, Record, Rule, Scope, rules};

use crate::vectors::{Vector, corpus};

/// The arguments that a template names.
fn named(template: &str) -> BTreeSet<&str> {
    template.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect()
}

#[test]
fn no_two_rules_share_an_id() {
    let ids: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), rules::ALL.len());
}

#[test]
fn templates_name_only_declared_arguments_and_every_sure_one_but_the_value_as_written() {
    for rule in rules::ALL {
        for lang in [Lang::Zh, Lang::En] {
            let (message, advice) = (rule.message().get(lang), rule.advice().get(lang));
            let used: BTreeSet<&str> = named(message).union(&named(advice)).copied().collect();
            let declared: BTreeSet<&str> = rule.args().iter().map(|arg| arg.trim_start_matches('?')).collect();
            let sure: BTreeSet<&str> =
                rule.args().iter().copied().filter(|arg| !arg.starts_with('?') && *arg != "value").collect();
            assert!(used.is_subset(&declared), "{} names {used:?} of {declared:?}", rule.id());
            assert!(sure.is_subset(&used), "{} names {used:?}, and not all of {sure:?}", rule.id());
            assert!(!message.is_empty() && !advice.is_empty() && !rule.about().get(lang).is_empty(), "{}", rule.id());
        }
    }
}

#[test]
fn both_languages_name_the_same_arguments() {
    for rule in rules::ALL {
        for text in [rule.message(), rule.advice()] {
            assert_eq!(named(text.zh), named(text.en), "{}", rule.id());
        }
    }
}

#[test]
fn no_header_names_two_fields_of_one_kind() {
    for kind in [Kind::ACTIVITY, Kind::SUMMARY] {
        let mut known = BTreeSet::new();
        for field in kind.fields() {
            let names = [field.id(), field.label(&kind, Lang::Zh)].into_iter().chain(field.aliases(&kind).iter().copied());
            for name in names {
                assert!(known.insert(name), "{name} names {} and another field", field.id());
                assert_eq!(Field::named(&kind, name), Some(*field), "{name}");
            }
        }
    }
}

#[test]
fn every_rule_is_broken_by_a_vector() {
    let corpus = corpus();
    for rule in rules::ALL {
        let single = rule.scope() != Scope::Set;
        let broken = corpus.iter().any(|vector| vector.is_single() == single && found(vector).contains(rule.id()));
        assert!(broken, "no vector breaks {}: add one to tests/vectors", rule.id());
    }
}

#[test]
fn every_rule_of_one_record_is_passed_by_a_vector() {
    let corpus = corpus();
    for rule in rules::ALL.iter().filter(|rule| rule.scope() != Scope::Set) {
        assert!(corpus.iter().any(|vector| passes(vector, rule)), "no vector passes {}: add one to tests/vectors", rule.id());
    }
}

#[test]
fn every_field_is_read_by_a_vector() {
    let corpus = corpus();
    for kind in [Kind::ACTIVITY, Kind::SUMMARY] {
        for field in kind.fields() {
            let read = |vector: &Vector| {
                vector.is_single() && vector.kind() == kind && {
                    // 活动时间 is read as the first day and the last.
                    let written = *field == Field::Period && !matches!(vector.record().cell(*field), Cell::Empty);
                    let shown = if written { Field::Start } else { *field };
                    vector.case["read"].get(shown.id()).is_some_and(|read| !read.is_null())
                }
            };
            assert!(corpus.iter().any(read), "no vector reads {} of {}: add one to tests/vectors", field.id(), kind.id());
        }
    }
}

/// The rules that a vector expects to be broken, which its runner holds true.
fn found(vector: &Vector) -> BTreeSet<&str> {
    vector.case["findings"].as_array().into_iter().flatten().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

/// Whether a record is asked the rule's question, and the answer is well. Of any text nothing is answered but a fault.
fn passes(vector: &Vector, rule: &'static Rule) -> bool {
    if !vector.is_single() || found(vector).contains(rule.id()) {
        return false;
    }
    let record = vector.record();
    let explanation = vector.checker.explain(&record, vector.as_of());
    let asked = explanation.answers().iter().filter(|answer| answer.rules.iter().any(|named| *named == *rule));
    let outcomes: Vec<Outcome> = asked.map(|answer| answer.outcome).collect();
    !outcomes.contains(&Outcome::Unknown) && (outcomes.contains(&Outcome::Met) || rule.fields().is_empty())
}

#[test]
fn the_page_of_rules_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kepu-core/RULES.md");
    if crate::renews() {
        fs::write(&path, page()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page(), "RULES.md is stale: run `tests/run renew` and commit it");
}

/// The shortest of some vectors, as JSON; of equals the first.
fn shortest<'v>(vectors: impl Iterator<Item = &'v Vector>) -> Option<&'v Vector> {
    vectors.filter(|vector| vector.case["ignore"].is_null()).min_by_key(|vector| input(vector).len())
}

fn input(vector: &Vector) -> String {
    vector.case[if vector.is_single() { "record" } else { "records" }].to_string()
}

/// An example as the page shows it: of a thousand items the first few.
fn cut(input: String) -> String {
    const SHOWN: usize = 600;
    match input.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &input[..at]),
        None => input,
    }
}

/// The shortest vector that breaks just this rule, and the shortest under the same notice that breaks none and is asked.
fn examples<'v>(corpus: &'v [Vector], rule: &'static Rule) -> [(&'static str, Option<&'v Vector>); 2] {
    let single = rule.scope() != Scope::Set;
    let usable = |vector: &&Vector| vector.is_single() == single && (single || vector.case["records"].is_array());
    let alone = |vector: &&Vector| {
        vector.case["findings"].as_array().is_some_and(|findings| findings.len() == 1 && findings[0]["rule"] == rule.id())
    };
    let bad = shortest(corpus.iter().filter(usable).filter(alone));
    let alike = |vector: &&Vector| {
        bad.is_some_and(|bad| {
            bad.named == vector.named && bad.kind() == vector.kind() && bad.case["options"] == vector.case["options"]
        })
    };
    let good = corpus.iter().filter(usable).filter(alike).filter(|vector| found(vector).is_empty());
    [("bad", bad), ("good", shortest(good.filter(|vector| !single || passes(vector, rule))))]
}

fn page() -> String {
    let corpus = corpus();
    let mut page = String::from(
        "# 规则 · Rules\n\nGenerated from `kepu_core::rules::ALL`; renew it by `tests/run renew`. `{…}` is an argument, `[…]` stands only where \
         its arguments do, `?` marks an argument that may be missing. The examples stand in `tests/vectors`, where they are run.\n",
    );
    for rule in rules::ALL {
        let fields: Vec<&str> = rule.fields().iter().map(|field| field.id()).collect();
        let fields = if fields.is_empty() { "any text".to_owned() } else { fields.join(", ") };
        let (severity, basis, scope) = (rule.severity().id(), rule.basis(), rule.scope());
        let blocks = if rule.can_block() { "blocks a form where it is an error" } else { "never blocks" };
        writeln!(page, "\n## `{}`\n\n{}\n\n{}\n", rule.id(), rule.about().zh, rule.about().en).unwrap();
        writeln!(page, "- {severity}; {blocks}; rests on: {basis:?}; shown by: {scope:?}").unwrap();
        writeln!(page, "- at: {fields}\n- args: {}", rule.args().join(", ")).unwrap();
        for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            writeln!(page, "- {name}: {} → {}", rule.message().get(lang), rule.advice().get(lang)).unwrap();
        }
        for (name, vector) in examples(corpus, rule) {
            let Some(vector) = vector else { continue };
            let options = vector.case["options"].as_object().map(|options| format!(", options `{}`", serde_json::json!(options)));
            let (notice, as_of) = (vector.named.rsplit('/').next().unwrap(), vector.case["as_of"].as_str().unwrap());
            let kind = vector.case["kind"].as_str().unwrap();
            writeln!(page, "- {name} ({kind}, `{notice}`, {as_of}{}): `{}`", options.unwrap_or_default(), cut(input(vector)))
                .unwrap();
        }
    }
    page
}

#[test]
fn the_clause_that_a_finding_cites_is_among_those_its_rule_may_rest_on() {
    let mut cited = 0;
    for vector in crate::vectors::corpus().iter().filter(|vector| vector.is_single()) {
        let record = vector.record();
        let report = vector.checker.check(&record, vector.as_of());
        for finding in report.findings() {
            let known = vector.checker.notice().clauses(finding.rule());
            match finding.clause() {
                Some(clause) => assert!(known.contains(&clause), "{}: {:?} cites {clause:?}", vector.place(), finding.rule()),
                None => continue,
            }
            cited += 1;
        }
    }
    assert!(cited > 100, "{cited} findings cite a clause");
}
