//! The JSON Schema of a record, held against a validator that is not ours and against the checker.

use std::collections::BTreeMap;

use jsonschema::Validator;
use kepu_core::{AsOf, Checker, Kind, Lang, Notice, RecordBuf};
use serde_json::{Value, json};

use crate::vectors::corpus;

fn schema(checker: &Checker, kind: &Kind) -> (Value, Validator) {
    let schema: Value = serde_json::from_str(&checker.schema(kind, Lang::Zh)).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    (schema, validator)
}

fn henan() -> (Value, Validator) {
    schema(&Notice::bundled("henan-2023").unwrap().checker(), &Kind::ACTIVITY)
}

fn record() -> Value {
    json!({
        "title": "走近湿地", "organizer": "新乡市生态环境局", "category": "主办单位联合行动", "start": "2023-09-18",
        "audience": 1200, "images": ["1.jpg"], "url": "https://www.kepuri.cn/live", "主讲人": "张三"
    })
}

#[test]
fn a_record_as_a_portal_sends_it_is_valid_and_accepted() {
    let (_, validator) = henan();
    assert!(validator.is_valid(&record()));
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let buf = RecordBuf::from_json(Kind::ACTIVITY, &record().to_string()).unwrap();
    assert!(checker.check(&buf, "2023-09-01".parse().unwrap()).is_accepted());
}

#[test]
fn what_would_be_blocked_for_its_form_is_not_valid() {
    let (_, validator) = henan();
    for (key, value) in [
        ("title", Value::Null),
        ("organizer", json!(" ")),
        ("category", json!("系列联合行动")),
        ("category", json!("湿地观察")),
        ("start", json!("九月中旬")),
        ("audience", json!(-1)),
        ("images", json!("1.jpg")),
        ("images", json!(vec!["1.jpg"; 1001])),
        ("url", json!("javascript:alert(1)")),
    ] {
        let mut record = record();
        record[key] = value.clone();
        assert!(!validator.is_valid(&record), "{key}: {value}");
    }
    let mut without = record();
    without.as_object_mut().unwrap().remove("category");
    assert!(!validator.is_valid(&without));
}

#[test]
fn the_schema_says_what_a_form_shows() {
    let (schema, _) = henan();
    let property = |field: &str| schema["properties"][field].clone();
    assert_eq!(property("venue")["title"], "活动地点");
    assert_eq!(property("category")["enum"][0], "省级主场活动");
    assert_eq!(property("title")["$comment"], "必填是本工具的要求，不是通知的规定");
    assert!(property("start")["description"].as_str().unwrap().ends_with("（一）"), "{}", property("start")["description"]);
    assert_eq!(property("mode")["examples"], json!(["线上", "线下", "线上线下"]));
    assert_eq!(property("period"), Value::Null, "one column for both days is a table's way of writing");
}

/// Rules that a field breaks by its form alone, whatever else the record says.
const OF_FORM: &[&str] =
    &["unreadable-date", "imprecise-date", "unknown-category", "group-as-category", "unsafe-link", "too-long"];

#[test]
fn no_record_of_the_corpus_is_valid_and_blocked_for_its_form() {
    let (mut valid, mut invalid) = (0, 0);
    let mut validators: BTreeMap<String, Validator> = BTreeMap::new();
    for vector in corpus().iter().filter(|vector| vector.is_single()) {
        let text = vector.checker.schema(&vector.kind(), Lang::Zh);
        let validator = validators.entry(text).or_insert_with(|| schema(&vector.checker, &vector.kind()).1);
        if !validator.is_valid(&vector.case["record"]) {
            invalid += 1;
            continue;
        }
        valid += 1;
        let (record, as_of): (RecordBuf, AsOf) = (vector.record(), vector.as_of());
        let report = vector.checker.check(&record, as_of);
        let blocked = report.findings().iter().find(|finding| OF_FORM.contains(&finding.rule().id()));
        // A valid link may still be one that runs or deceives: a schema cannot say what reading.md says of links.
        let told = blocked.filter(|finding| finding.rule().id() != "unsafe-link");
        assert!(told.is_none(), "{}: {}", vector.place(), told.unwrap().message(Lang::Zh));
    }
    assert!(valid > 50 && invalid > 50, "{valid} valid, {invalid} not: the corpus exercises both");
}
