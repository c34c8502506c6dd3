//! The corpus of verdicts (`tests/vectors`), which every language runs. `KEPU_VECTORS` names another folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{env, fs};

use kepu_core::{
    AsOf, CellBuf, Checker, Field, Grid, Kind, Lang, Merge, Notice, Options, Placed, Record, RecordBuf, Records, Report, Roster,
    RowKey, SetCheck, Severity, Sheet, SheetOptions, Table, TableCheck,
};
use serde_json::{Value, json};

#[test]
fn every_vector_gives_its_verdict() {
    let folder = env::var_os("KEPU_VECTORS").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors"), PathBuf::from);
    let (mut passed, mut failures) = (0, Vec::new());
    for file in files(&folder) {
        let vector: Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        let notice = notice(&file, vector["notice"].as_str().unwrap());
        for case in vector["cases"].as_array().unwrap() {
            match run(&notice, case) {
                Ok(()) => passed += 1,
                Err(why) => failures.push(format!("{}: {}: {why}", file.strip_prefix(&folder).unwrap().display(), case["name"])),
            }
        }
    }
    failures.iter().for_each(|failure| println!("FAILED {failure}"));
    println!("{passed} passed, {} failed", failures.len());
    assert!(failures.is_empty() && passed > 0, "{} of {} vectors failed", failures.len(), failures.len() + passed);
}

/// One case of the corpus, with what it is judged by.
pub(crate) struct Vector {
    pub(crate) file: PathBuf,
    pub(crate) named: String,
    pub(crate) checker: Checker,
    pub(crate) case: Value,
}

impl Vector {
    /// Where it stands, for people.
    pub(crate) fn place(&self) -> String {
        format!("{}: {}", self.file.display(), self.case["name"])
    }

    pub(crate) fn is_single(&self) -> bool {
        self.case["record"].is_object()
    }

    pub(crate) fn kind(&self) -> Kind {
        kind(&self.case)
    }

    pub(crate) fn as_of(&self) -> AsOf {
        as_of(&self.case).unwrap()
    }

    pub(crate) fn record(&self) -> RecordBuf {
        record(&self.case, &self.case["record"])
    }

    /// What is found, on the wire: in one record, in a list of records and over it; a grid is a sheet's, and gives nothing here.
    pub(crate) fn found(&self) -> Vec<Value> {
        let records = if self.is_single() { vec![self.case["record"].clone()] } else { items(&self.case["records"]) };
        let mut set = SetCheck::new(&self.checker, self.kind(), self.as_of());
        let mut found = Vec::new();
        for (row, fields) in (0_u64..).zip(&records) {
            let record = record(&self.case, fields);
            let report = self.checker.check(&record, self.as_of());
            set.add(RowKey { row, ..RowKey::default() }, &report);
            found.extend(report.findings().iter().map(|finding| json!(finding.wire(Lang::Zh, Some(row)))));
        }
        if !self.is_single() {
            found.extend(set.findings().iter().map(|shared| json!(shared.finding.wire(Lang::Zh, shared.row.map(|key| key.row)))));
        }
        found
    }

    /// The keys and cells of its record, in the order of the keys.
    pub(crate) fn pairs(&self) -> Vec<(String, CellBuf)> {
        self.case["record"].as_object().unwrap().iter().map(|(key, value)| (key.clone(), cell(value))).collect()
    }
}

/// Every case of the committed corpus, in the order of the files; read once, for the laws ask again and again.
pub(crate) fn corpus() -> &'static [Vector] {
    static CORPUS: LazyLock<Vec<Vector>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
        let mut corpus = Vec::new();
        for path in files(&folder) {
            let vector: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let named = vector["notice"].as_str().unwrap();
            let notice = notice(&path, named);
            let file = path.strip_prefix(&folder).unwrap();
            corpus.extend(vector["cases"].as_array().unwrap().iter().map(|case| Vector {
                file: file.to_owned(),
                named: named.to_owned(),
                checker: notice.checker_with(options(case)).unwrap(),
                case: case.clone(),
            }));
        }
        corpus
    });
    assert!(!CORPUS.is_empty(), "no vectors found");
    &CORPUS
}

fn items(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
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
    if case["record"].is_object() {
        return one(&checker, case);
    }
    if case["grid"].is_array() {
        return sheet(&checker, case);
    }
    let records = case["records"].as_array().unwrap().iter().map(|fields| record(case, fields)).collect::<Vec<_>>();
    set(&checker, case, &records.iter().map(|record| record as &dyn Record).collect::<Vec<_>>())?;
    table(&checker, case, Arc::new(Records::new(kind(case), records)))
}

fn kind(case: &Value) -> Kind {
    Kind::submission(match case["kind"].as_str().unwrap() {
        "activities" => "activity",
        "summaries" => "summary",
        kind => kind,
    })
}

fn record(case: &Value, fields: &Value) -> RecordBuf {
    RecordBuf::from_pairs(kind(case), fields.as_object().unwrap().iter().map(|(key, value)| (key, cell(value))))
}

fn as_of(case: &Value) -> Result<AsOf, String> {
    case["as_of"].as_str().unwrap().parse().map_err(|error: kepu_core::Error| error.to_string())
}

fn one(checker: &Checker, case: &Value) -> Result<(), String> {
    let record = record(case, &case["record"]);
    let report = checker.check(&record, as_of(case)?);
    compare(case, report.findings().iter().map(|finding| json!(finding.wire(Lang::Zh, None))).collect())?;
    read(&report, &case["read"])
}

fn sheet(checker: &Checker, case: &Value) -> Result<(), String> {
    let rows = case["grid"].as_array().unwrap().iter().map(|row| row.as_array().unwrap().iter().map(cell).collect()).collect();
    let mut grid = Grid::new(rows);
    for merge in case["merges"].as_array().into_iter().flatten() {
        let at = |side: usize| u32::try_from(merge[side].as_u64().unwrap()).unwrap();
        grid.merges.push(Merge { first_row: at(0), first_column: at(1), last_row: at(2), last_column: at(3) });
    }
    let named = case["columns"].as_object().into_iter().flatten();
    let columns = named.map(|(header, field)| (header.clone(), field.as_str().unwrap().to_owned())).collect();
    let options = SheetOptions { kinds: vec![kind(case)], columns, ..SheetOptions::of(checker.notice()) };
    let sheet = match (Sheet::new(grid, &options), case["error"] == json!(true)) {
        (Ok(_), true) => return Err("the sheet is not refused".to_owned()),
        (Err(_), true) => return Ok(()),
        (Err(error), false) => return Err(error.to_string()),
        (Ok(sheet), false) => sheet,
    };
    let skipped: Value = sheet.skipped().iter().map(|skipped| skipped.row - 1).collect();
    if case["skipped"].is_array() && skipped != case["skipped"] {
        return Err(format!("skipped {skipped}, expected {}", case["skipped"]));
    }
    let records: Vec<_> = sheet.records().collect();
    set(checker, case, &records.iter().map(|record| record as &dyn Record).collect::<Vec<_>>())?;
    table(checker, case, Arc::new(sheet))
}

/// The same verdict by the one piece that checks tables together.
fn table(checker: &Checker, case: &Value, table: Arc<dyn Table>) -> Result<(), String> {
    let mut check = TableCheck::new(checker, as_of(case)?);
    check.table(table);
    let report = check.finish();
    let number = |placed: &Placed<'_>| placed.record().map(|record| u64::try_from(record).unwrap());
    let found: Vec<_> = report.findings().map(|placed| json!(placed.finding().wire(Lang::Zh, number(&placed)))).collect();
    let mut counted = BTreeMap::<&str, u64>::new();
    report.findings().for_each(|placed| *counted.entry(placed.finding().rule().id()).or_default() += 1);
    let tallied: BTreeMap<&str, u64> = report.tally().findings().map(|(rule, count)| (rule.id(), count)).collect();
    if counted != tallied || report.rules().count() != found.len() {
        return Err(format!("findings {counted:?} are tallied as {tallied:?}"));
    }
    compare(case, found).map_err(|why| format!("as a table: {why}"))
}

fn set(checker: &Checker, case: &Value, records: &[&dyn Record]) -> Result<(), String> {
    let as_of = as_of(case)?;
    // The last half first: nothing may depend on the order of arrival, nor on how a set was split.
    let (mut early, mut late) = (SetCheck::new(checker, kind(case), as_of), SetCheck::new(checker, kind(case), as_of));
    let mut found = Vec::new();
    for (at, record) in records.iter().enumerate().rev() {
        let row = u64::try_from(at).unwrap();
        let report = checker.check(*record, as_of);
        let key = RowKey { row, ..RowKey::default() };
        if row % 2 == 0 {
            early.add(key, &report)
        } else {
            late.add(key, &report)
        }
        let own = report.findings().iter();
        found.extend(own.map(|finding| ((false, row, finding.order()), json!(finding.wire(Lang::Zh, Some(row))))));
        read(&report, &case["read"][at])?;
    }
    // By another machine.
    let early = SetCheck::from_bytes(checker, &early.to_bytes()).map_err(|error| error.to_string())?;
    late.merge(early).map_err(|error| error.to_string())?;
    let mut findings: Vec<Value> = Vec::new();
    for shared in late.findings() {
        let row = shared.row.map(|key| key.row);
        let wire = json!(shared.finding.wire(Lang::Zh, row));
        match row {
            Some(row) => found.push(((false, row, shared.finding.order()), wire)),
            None => findings.push(wire),
        }
    }
    found.sort_by_key(|(order, _)| *order);
    compare(case, found.into_iter().map(|(_, wire)| wire).chain(findings).collect())
}

fn compare(case: &Value, found: Vec<Value>) -> Result<(), String> {
    let ignore = case["ignore"].as_array().cloned().unwrap_or_default();
    let found: Vec<Value> = found.into_iter().filter(|finding| !ignore.contains(&finding["rule"])).collect();
    let expected: Vec<&Value> =
        case["findings"].as_array().unwrap().iter().filter(|finding| !ignore.contains(&finding["rule"])).collect();
    let brief = |finding: &Value| format!("{} {} {} {}", finding["rule"], finding["path"], finding["severity"], finding["row"]);
    if found.len() != expected.len() || !found.iter().zip(&expected).all(|(found, expected)| agrees(found, expected)) {
        let found: Vec<String> = found.iter().map(brief).collect();
        let expected: Vec<String> = expected.into_iter().map(brief).collect();
        return Err(format!("found {found:?}, expected {expected:?}"));
    }
    Ok(())
}

fn read(report: &Report<'_>, expected: &Value) -> Result<(), String> {
    for (field, expected) in expected.as_object().into_iter().flatten() {
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
        ("args" | "clause", Value::Object(named)) => named.iter().all(|(name, value)| found[key][name] == *value),
        _ => found[key] == *value,
    })
}
