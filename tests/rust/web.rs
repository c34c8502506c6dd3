//! TypeScript's types of what the core's tables say: written into `kepu-wasm/js/generated.ts`, and held current here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use kepu_core::{CellBuf, Field, FieldType, Grid, Kind, Lang, Notice, Precision, Rule, Sheet, SheetOptions, TableCheck, rules};
use serde_json::Value;

use crate::vectors::corpus;

#[test]
fn the_types_of_typescript_say_what_the_core_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kepu-wasm/js/generated.ts");
    let current = generated();
    if crate::renews() {
        fs::write(&page, &current).unwrap();
    }
    let committed = fs::read_to_string(&page).unwrap_or_default();
    assert!(committed == current, "kepu-wasm/js/generated.ts is not current: run `tests/run renew`");
}

fn generated() -> String {
    let mut out = String::from(
        "// Generated from kepu-core's tables of rules and fields; renew it by `tests/run renew`.\n\nimport type { Cell } from \"./types.js\";\n",
    );
    let union = |out: &mut String, doc: &str, name: &str, ids: &mut dyn Iterator<Item = &str>| {
        let ids: Vec<String> = ids.map(|id| format!("\"{id}\"")).collect();
        writeln!(out, "\n/** {doc} */\nexport type {name} = {};", ids.join(" | ")).unwrap();
    };
    union(&mut out, "The notices that come with the package.", "BundledNotice", &mut Notice::ids());
    let (activity, summary) = (Kind::ACTIVITY, Kind::SUMMARY);
    record(&mut out, "Activity", "An activity: what may stand in each field.", &activity, |_| "?: Cell".into());
    record(&mut out, "Submission", "A submission, such as a work summary: what may stand in each field.", &summary, |_| {
        "?: Cell".into()
    });
    out.push_str("\n/** The id of a field. */\nexport type FieldId = keyof Activity | keyof Submission;\n");
    let mut types: Vec<&str> = Vec::new();
    for field in Field::ALL {
        if !types.contains(&field.ty().id()) {
            types.push(field.ty().id());
        }
    }
    union(&mut out, "What a field's cell is read as.", "FieldType", &mut types.into_iter());
    let precisions = Precision::ALL.iter().map(|precision| precision.id());
    union(&mut out, "How exactly a number of people is known.", "Precision", &mut precisions.into_iter());
    record(&mut out, "ActivityRead", READ, &activity, |field| format!(": {}", read(field)));
    record(&mut out, "SubmissionRead", READ, &summary, |field| format!(": {}", read(field)));
    arguments(&mut out);
    out.push_str("\n/** The stable id of a rule. */\nexport type RuleId = keyof RuleArgs;\n");
    out
}

const READ: &str = "The values as they were read; null where nothing was.";

fn record(out: &mut String, name: &str, doc: &str, kind: &Kind, ty: impl Fn(Field) -> String) {
    writeln!(out, "\n/** {doc} */\nexport interface {name} {{").unwrap();
    for field in kind.fields() {
        let (zh, en) = (field.label(kind, Lang::Zh), field.label(kind, Lang::En));
        writeln!(out, "  /** {zh} · {en} */\n  {}{};", field.id(), ty(*field)).unwrap();
        if *field == Field::Audience && doc == READ {
            writeln!(out, "  /** How exactly the number of people is known. */\n  audience_precision: Precision | null;")
                .unwrap();
        }
    }
    out.push_str("}\n");
}

fn read(field: Field) -> &'static str {
    match field.ty() {
        _ if field.is_list() => "(string | null)[] | null",
        FieldType::Count => "number | null",
        FieldType::Phone => "string[] | null",
        _ => "string | null",
    }
}

/// The arguments of each rule, with the types that they have in the corpus.
fn arguments(out: &mut String) {
    let seen = seen();
    out.push_str("\n/** What each rule's message is made of. */\nexport interface RuleArgs {\n");
    for rule in rules::ALL {
        writeln!(out, "  /** {}\n   *\n   * {} */", rule.about().zh, rule.about().en).unwrap();
        writeln!(out, "  \"{}\": {{", rule.id()).unwrap();
        for arg in rule.args() {
            let name = arg.trim_start_matches('?');
            let types: Vec<&str> = types(&seen, rule, name).into_iter().collect();
            writeln!(out, "    {name}{}: {};", if arg.starts_with('?') { "?" } else { "" }, types.join(" | ")).unwrap();
        }
        out.push_str("  };\n");
    }
    out.push_str("}\n");
}

/// By rule and argument, the types that stand in the corpus.
type Seen = BTreeMap<(String, String), BTreeSet<&'static str>>;

/// The types of an argument: those seen in this rule, else in the rules that have the same arguments, else in any.
fn types(seen: &Seen, rule: &Rule, name: &str) -> BTreeSet<&'static str> {
    let alike: [&dyn Fn(&Rule) -> bool; 3] = [&|other| other.id() == rule.id(), &|other| other.args() == rule.args(), &|_| true];
    for alike in alike {
        let rules = rules::ALL.iter().filter(|other| alike(other));
        let types: BTreeSet<&str> =
            rules.filter_map(|other| seen.get(&(other.id().to_owned(), name.to_owned()))).flatten().copied().collect();
        if !types.is_empty() {
            return types;
        }
    }
    panic!("no vector shows the argument {name} of {}: add one", rule.id());
}

fn seen() -> Seen {
    let mut seen = Seen::new();
    for finding in corpus().iter().flat_map(|vector| vector.found()).chain(twice_in_two_files()) {
        let rule = finding["rule"].as_str().unwrap();
        for (name, value) in finding["args"].as_object().unwrap() {
            let fields = name == "field" || name == "fields";
            let ty = match value {
                Value::Array(_) if fields => "FieldId[]",
                Value::Array(_) => "string[]",
                Value::Number(_) => "number",
                Value::String(_) if fields => "FieldId",
                Value::String(_) => "string",
                other => panic!("{rule}: {name} is {other}"),
            };
            seen.entry((rule.to_owned(), name.clone())).or_default().insert(ty);
        }
    }
    seen
}

/// What many tables say and no vector can: the same activity in two sheets of two files.
fn twice_in_two_files() -> Vec<Value> {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let mut check = TableCheck::new(&checker, "2023-10-08".parse().unwrap());
    for name in ["一", "二"] {
        let rows = [["编号", "活动名称", "活动时间"], ["HN-1", "走近湿地", "9月19日"]];
        let mut grid = Grid::new(rows.map(|row| row.map(CellBuf::from).to_vec()).to_vec());
        grid.name = Some(name.to_owned());
        let options = SheetOptions { required: Vec::new(), ..SheetOptions::default() };
        check.table(Arc::new(Sheet::new(grid, &options).unwrap().of_file(format!("{name}.xlsx"))));
    }
    let report = check.finish();
    report.findings().map(|placed| serde_json::from_str(&placed.to_json(Lang::Zh)).unwrap()).collect()
}
