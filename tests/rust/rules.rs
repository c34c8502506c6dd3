//! The list of rules: one id each, templates that use just their arguments, a vector that breaks each, and the page that is
//! generated from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kepu_core::{Field, Kind, Lang, rules};

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
            assert!(used.is_subset(&declared), "{} names {used:?} of {declared:?}", rule.id());
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
    let corpus = corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors"));
    for rule in rules::ALL {
        assert!(corpus.contains(&format!("\"rule\": \"{}\"", rule.id())), "no vector breaks {}", rule.id());
    }
}

fn corpus(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        text += &if path.is_dir() { corpus(&path) } else { fs::read_to_string(&path).unwrap() };
    }
    text
}

#[test]
fn the_page_of_rules_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kepu-core/RULES.md");
    if std::env::var_os("KEPU_RENEW").is_some() {
        fs::write(&path, page()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page(), "RULES.md is stale: run `tests/run renew`");
}

fn page() -> String {
    let mut page = String::from(
        "# 规则 · Rules\n\nGenerated from `kepu_core::rules::ALL`; renew it by `tests/run renew`. `{…}` is an argument, `[…]` stands only where \
         its arguments do, `?` marks an argument that may be missing.\n",
    );
    for rule in rules::ALL {
        let fields: Vec<&str> = rule.fields().iter().map(|field| field.id()).collect();
        let fields = if fields.is_empty() { "any text".to_owned() } else { fields.join(", ") };
        let (severity, basis, scope) = (rule.severity().id(), rule.basis(), rule.scope());
        let blocks = if rule.can_block() { "an error blocks a form" } else { "never blocks" };
        writeln!(page, "\n## `{}`\n\n{}\n\n{}\n", rule.id(), rule.about().zh, rule.about().en).unwrap();
        writeln!(page, "- {severity}; {blocks}; rests on: {basis:?}; shown by: {scope:?}").unwrap();
        writeln!(page, "- at: {fields}\n- args: {}", rule.args().join(", ")).unwrap();
        for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            writeln!(page, "- {name}: {} → {}", rule.message().get(lang), rule.advice().get(lang)).unwrap();
        }
    }
    page
}
