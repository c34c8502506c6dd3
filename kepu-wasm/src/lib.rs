//! `kepu-core` as WebAssembly: texts in, texts out.
//!
//! Nothing here is public to JavaScript. The wrapper in `js/` is the one caller: it checks every argument's type, tells a
//! reply from an error by its first character, and makes a new instance after a trap. Records and notices come on a tape
//! ([`Notice::from_tape`]), since JavaScript has parsed them; what goes back is JSON.

#![deny(unsafe_code)]

#[cfg(feature = "files")]
pub mod files;
mod json;
mod options;
mod reply;
mod store;

use kepu_core::{AsOf, Error, Field, Finding, Kind, Lang, Notice, Record, RecordBuf, Report, rules};
use wasm_bindgen::prelude::wasm_bindgen;

use json::Object;
use reply::{Reply, reply};

/// The version and the names of the bundled notices.
#[wasm_bindgen]
pub fn about() -> String {
    let mut out = Object::new();
    out.text("version", env!("CARGO_PKG_VERSION"));
    out.raw("notices", &json::list(Notice::ids().map(json::quoted)));
    out.end()
}

/// Opens a bundled notice by its name, or one given on a tape, under a caller's options; gives the number by which the other
/// functions know it.
#[wasm_bindgen]
pub fn open(notice: &str, is_tape: bool, options: &str) -> String {
    reply(|| {
        let notice = if is_tape { Notice::from_tape(notice)? } else { Notice::bundled(notice)? };
        let checker = notice.checker_with(options::read(options))?;
        Ok(store::put(checker).to_string())
    })
}

/// Forgets what was opened.
#[wasm_bindgen]
pub fn close(checker: u32) {
    store::drop(checker);
}

/// What a notice is called, which kinds of record it asks for, and all that it says.
#[wasm_bindgen]
pub fn describe(checker: u32) -> String {
    store::with(checker, |checker| {
        let notice = checker.notice();
        let mut out = Object::new();
        out.text("id", notice.id());
        out.number("year", notice.year());
        out.maybe("title", notice.title());
        out.raw("kinds", &json::list(notice.kinds().iter().map(|kind| json::quoted(kind.id()))));
        out.raw("data", &notice.to_json());
        Ok(out.end())
    })
}

/// The findings of one record.
#[wasm_bindgen]
pub fn check(checker: u32, kind: &str, values: &str, as_of: &str, lang: &str) -> String {
    reported(checker, kind, values, as_of, &|report| {
        json::list(report.findings().iter().map(|finding| finding.wire(lang_of(lang), None).to_json()))
    })
}

/// The whole report: its stamp, the findings, and what was read.
#[wasm_bindgen]
pub fn report(checker: u32, kind: &str, values: &str, as_of: &str, lang: &str) -> String {
    reported(checker, kind, values, as_of, &|report| report.wire(lang_of(lang)).to_json())
}

/// The fields that the fixes change, with their new values.
#[wasm_bindgen]
pub fn fixed(checker: u32, kind: &str, values: &str, as_of: &str) -> String {
    reported(checker, kind, values, as_of, &|report| {
        let record = report.fixed();
        let fixes = report.findings().iter().filter_map(Finding::fix);
        let mut fields: Vec<Field> = fixes.filter_map(|fix| fix.path.of()).collect();
        fields.dedup(); // findings stand in the order of fields
        let mut out = Object::new();
        for field in fields {
            out.raw(field.id(), &record.cell(field).to_buf().to_json());
        }
        out.end()
    })
}

/// How every question was answered.
#[wasm_bindgen]
pub fn explain(checker: u32, kind: &str, values: &str, as_of: &str) -> String {
    store::with(checker, |checker| {
        let (record, as_of) = asked(kind, values, as_of)?;
        Ok(json::list(checker.explain(&record, as_of).answers().iter().map(|answer| answer.to_json())))
    })
}

/// What a form for a kind of record asks.
#[wasm_bindgen]
pub fn form(checker: u32, kind: &str) -> String {
    store::with(checker, |checker| Ok(json::list(checker.form(&Kind::submission(kind)).iter().map(|field| field.to_json()))))
}

/// The JSON Schema of a record.
#[wasm_bindgen]
pub fn schema(checker: u32, kind: &str, lang: &str) -> String {
    store::with(checker, |checker| Ok(checker.schema(&Kind::submission(kind), lang_of(lang))))
}

/// What the notice dates, as it stands at a moment.
#[wasm_bindgen]
pub fn timeline(checker: u32, as_of: &str) -> String {
    store::with(checker, |checker| {
        Ok(json::list(checker.notice().timeline(as_of.parse()?).iter().map(|milestone| milestone.to_json())))
    })
}

/// The timeline as an iCalendar file; of one milestone where its number is not 0.
#[wasm_bindgen]
pub fn calendar(checker: u32, as_of: &str, number: u32) -> String {
    store::with(checker, |checker| {
        let (notice, as_of) = (checker.notice(), as_of.parse()?);
        Ok(match usize::try_from(number) {
            Ok(number @ 1..) => notice.calendar_of(number, as_of),
            _ => notice.calendar(as_of),
        })
    })
}

/// The field that a key of a kind of record names, by id, label or alias; empty where it names none.
#[wasm_bindgen]
pub fn field(kind: &str, key: &str) -> String {
    Field::named(&Kind::submission(kind), key).map_or("", Field::id).to_owned()
}

/// Every rule.
#[wasm_bindgen]
pub fn rule_list() -> String {
    json::list(rules::ALL.iter().map(|rule| rule.to_json()))
}

fn lang_of(lang: &str) -> Lang {
    if lang == "en" { Lang::En } else { Lang::Zh }
}

fn asked(kind: &str, values: &str, as_of: &str) -> Result<(RecordBuf, AsOf), Error> {
    Ok((RecordBuf::from_tape(Kind::submission(kind), values)?, as_of.parse()?))
}

fn reported(checker: u32, kind: &str, values: &str, as_of: &str, say: &dyn Fn(&Report<'_>) -> String) -> Reply {
    store::with(checker, |checker| {
        let (record, as_of) = asked(kind, values, as_of)?;
        Ok(say(&checker.check(&record, as_of)))
    })
}
