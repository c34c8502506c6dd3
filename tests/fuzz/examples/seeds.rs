//! Writes what each target begins with: `seeds FOLDER`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use kepu_core::{Kind, Notice};
use serde_json::Value;

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).expect("seeds FOLDER"));
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests");
    let put = |target: &str, name: &str, bytes: &[u8]| {
        let folder = out.join(target);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(name), bytes).expect("a seed");
    };
    for file in files(&tests.join("data/sheets")) {
        put("file", &name(&file), &fs::read(&file).expect("a sheet"));
    }
    for file in files(&tests.join("data/sheets")) {
        let Ok(mut archive) = zip::ZipArchive::new(fs::File::open(&file).expect("a sheet")) else { continue };
        for (choice, part) in (0_u8..).zip(kepu_fuzz::PARTS) {
            let mut bytes = vec![choice];
            if let Ok(entry) = archive.by_name(part) {
                let _ = entry.take(1 << 16).read_to_end(&mut bytes);
                put("parts", &format!("{}-{choice}", name(&file)), &bytes);
            }
        }
    }
    for file in files(&tests.join("data/notices")).iter().chain(&files(&tests.join("../kepu-core/notices"))) {
        put("notice", &name(file), &fs::read(file).expect("a notice"));
    }
    for id in Notice::ids() {
        put("notice", id, Notice::bundled(id).expect("it is bundled").to_json().as_bytes());
    }
    for file in files(&tests.join("vectors")) {
        let vector: Value = serde_json::from_slice(&fs::read(&file).expect("a vector")).expect("JSON");
        for (at, case) in vector["cases"].as_array().expect("cases").iter().enumerate() {
            let name = format!("{}-{at}", name(&file));
            let is_activity = case["kind"] == "activity";
            let kind = if is_activity { Kind::ACTIVITY } else { Kind::SUMMARY };
            if let Some(record) = case["record"].as_object() {
                put("record", &name, case["record"].to_string().as_bytes());
                put("record", &format!("{name}-tape"), tape(&case["record"]).as_bytes());
                for (place, field) in kind.fields().iter().enumerate() {
                    if let Some(text) = record.get(field.id()).and_then(Value::as_str) {
                        let choice = u8::try_from(place).expect("few fields") << 2 | u8::from(is_activity);
                        put("text", &format!("{name}-{}", field.id()), &[&[choice], text.as_bytes()].concat());
                    }
                }
            }
            if let Some(rows) = case["grid"].as_array() {
                let cell = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string().replace("null", ""), str::to_owned);
                let row = |row: &Value| row.as_array().expect("a row").iter().map(cell).collect::<Vec<_>>().join("\t");
                let mut lines: Vec<String> = rows.iter().map(row).collect();
                for merge in case["merges"].as_array().into_iter().flatten() {
                    lines.push(format!("~{}", merge.to_string().trim_matches(['[', ']'])));
                }
                for (header, field) in case["columns"].as_object().into_iter().flatten() {
                    lines.push(format!("!{header}={}", field.as_str().expect("a field")));
                }
                put("grid", &name, lines.join("\n").as_bytes());
            }
        }
    }
}

/// A record on a tape; fractions aside.
fn tape(value: &Value) -> String {
    let text = |text: &str| format!("{}:{text}", text.encode_utf16().count());
    match value {
        Value::Bool(yes) => String::from(if *yes { "t" } else { "f" }),
        Value::Number(number) if number.is_i64() => format!("i{number};"),
        Value::Null | Value::Number(_) => String::from("n"),
        Value::String(own) => text(own),
        Value::Array(items) => format!("[{}]", items.iter().map(tape).collect::<String>()),
        Value::Object(entries) => {
            format!("{{{}}}", entries.iter().map(|(key, own)| text(key) + &tape(own)).collect::<String>())
        }
    }
}

fn name(file: &Path) -> String {
    file.file_name().expect("a name").to_string_lossy().into_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found
}
