//! The corpus of verdicts (`tests/vectors`), which every language runs. `KEPU_VECTORS` names another folder.

use std::path::{Path, PathBuf};
use std::{env, fs};

use kepu_core::{CellBuf, Checker, Field, Kind, Lang, Notice, Options, RecordBuf, Roster, Severity};
use serde_json::{Value, json};

#[test]
fn every_vector_gives_its_verdict() {
    let folder = env::var_os("KEPU_VECTORS").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors"), PathBuf::from);
    let (mut passed, mut not_run, mut failures) = (0, 0, Vec::new());
    for file in files(&folder) {
        let vector: Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        let notice = notice(&file, vector["notice"].as_str().unwrap());
        for case in vector["cases"].as_array().unwrap() {
            // Said aloud below, until the core checks sets and sheets.
            if !case["record"].is_object() {
                not_run += 1;
                continue;
            }
            match run(&notice, case) {
                Ok(()) => passed += 1,
                Err(why) => failures.push(format!("{}: {}: {why}", file.strip_prefix(&folder).unwrap().display(), case["name"])),
            }
        }
    }
    failures.iter().for_each(|failure| println!("FAILED {failure}"));
    println!("{not_run} cases of sets and sheets are not run: the core checks single records only so far");
    println!("{passed} passed, {} failed", failures.len());
    assert!(failures.is_empty() && passed > 0, "{} of {} vectors failed", failures.len(), failures.len() + passed);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}")) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn notice(vector: &Path, name: &str) -> Notice {
    if let Ok(notice) = Notice::bundled(name) {
        return notice;
    }
    let path = vector.parent().unwrap().join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let read = if name.ends_with(".toml") { Notice::from_toml(&text) } else { Notice::from_json(&text) };
    read.unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn options(case: &Value) -> Options {
    let given = &case["options"];
    let texts =
        |value: &Value| value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    Options {
        strict_deadlines: given["strict_deadlines"] == json!(true),
        roster: match &given["roster"] {
            Value::Array(_) => Some(Roster::All(texts(&given["roster"]))),
            Value::Object(lists) => Some(Roster::Of(lists.iter().map(|(id, units)| (id.clone(), texts(units))).collect())),
            _ => None,
        },
        only: texts(&given["only"]),
        ignore: texts(&given["ignore"]),
        min_severity: given["min_severity"].as_str().and_then(Severity::from_id),
    }
}

fn cell(value: &Value) -> CellBuf {
    match value {
        Value::Null => CellBuf::Empty,
        Value::Bool(yes) => CellBuf::Bool(*yes),
        Value::Number(number) => number.as_i64().map_or_else(|| CellBuf::Float(number.as_f64().unwrap()), CellBuf::Int),
        Value::String(text) => CellBuf::from(text.as_str()),
        Value::Array(items) => CellBuf::List(items.iter().map(cell).collect()),
        Value::Object(_) => CellBuf::from(value.to_string()),
    }
}

fn plain(cell: &CellBuf) -> Value {
    match cell {
        CellBuf::Int(number) => json!(number),
        CellBuf::Text(text) => json!(text),
        CellBuf::List(items) if items.is_empty() => Value::Null,
        CellBuf::List(items) => items.iter().map(plain).collect(),
        _ => Value::Null,
    }
}

fn run(notice: &Notice, case: &Value) -> Result<(), String> {
    let checker = notice.checker_with(options(case)).map_err(|error| error.to_string())?;
    one(&checker, case)
}

fn one(checker: &Checker, case: &Value) -> Result<(), String> {
    let kind = Kind::submission(case["kind"].as_str().unwrap());
    let pairs = case["record"].as_object().unwrap().iter().map(|(key, value)| (key, cell(value)));
    let record = RecordBuf::from_pairs(kind, pairs);
    let report =
        checker.check(&record, case["as_of"].as_str().unwrap().parse().map_err(|error: kepu_core::Error| error.to_string())?);
    let ignore = case["ignore"].as_array().cloned().unwrap_or_default();
    let found: Vec<Value> = report
        .findings()
        .iter()
        .map(|finding| json!(finding.wire(Lang::Zh, None)))
        .filter(|finding| !ignore.contains(&finding["rule"]))
        .collect();
    let expected: Vec<&Value> =
        case["findings"].as_array().unwrap().iter().filter(|finding| !ignore.contains(&finding["rule"])).collect();
    let brief = |finding: &Value| format!("{} {} {}", finding["rule"], finding["path"], finding["severity"]);
    if found.len() != expected.len() || !found.iter().zip(&expected).all(|(found, expected)| agrees(found, expected)) {
        let list = |findings: &mut dyn Iterator<Item = String>| findings.collect::<Vec<_>>().join("; ");
        let (found, wanted) = (list(&mut found.iter().map(brief)), list(&mut expected.iter().map(|finding| brief(finding))));
        return Err(format!("found [{found}], expected [{wanted}]"));
    }
    for (field, expected) in case["read"].as_object().into_iter().flatten() {
        let read = match field.as_str() {
            "audience_precision" => report.precision().map_or(Value::Null, |precision| json!(precision.id())),
            id => plain(&report.read(Field::from_id(id).ok_or(format!("no field {id}"))?)),
        };
        if read != *expected && !(expected == &json!([]) && read.is_null()) {
            return Err(format!("{field} read as {read}, expected {expected}"));
        }
    }
    Ok(())
}

/// What is expected, key by key; of `args` and `clause` the keys that are named.
fn agrees(found: &Value, expected: &Value) -> bool {
    expected.as_object().unwrap().iter().all(|(key, value)| match (key.as_str(), value) {
        ("row", _) => true,
        ("args" | "clause", Value::Object(named)) => named.iter().all(|(name, value)| found[key][name] == *value),
        _ => found[key] == *value,
    })
}
