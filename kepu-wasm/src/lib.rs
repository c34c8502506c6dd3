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

use kepu_core::{Checker, Error, Field, Finding, Kind, Lang, Milestone, Notice, Record, Report, RuleId, TapeRecord, rules};
use wasm_bindgen::prelude::wasm_bindgen;

use json::Object;
use reply::{Reply, reply};

/// Tables ask for much memory and keep std's, which is the faster one.
#[cfg(all(target_arch = "wasm32", not(feature = "files")))]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Asks one question. Every question has the same arguments, and leaves empty what it does not need, so that the script which
/// stands between has one function to carry instead of a dozen. What opens a notice takes its tape as the text, and a caller's
/// options in the place of a kind; it says what the notice is called, and the number by which the other questions know it.
#[wasm_bindgen]
pub fn ask(what: &str, checker: u32, kind: &str, text: &str, as_of: &str, lang: &str) -> String {
    match what {
        "open" => open(text, kind),
        "close" => {
            store::drop(checker);
            Reply::new()
        }
        "version" => env!("CARGO_PKG_VERSION").to_owned(),
        "rules" => json::list(rules::ALL.iter().map(|rule| rule.to_json())),
        _ => store::with(checker, |checker| {
            let (kind, lang) = (Kind::submission(kind), lang_of(lang));
            match what {
                "check" | "report" | "fixed" | "explain" => of_record(what, checker, kind, text, as_of, lang),
                _ => of_notice(what, checker, kind, text, as_of, lang),
            }
        }),
    }
}

/// What is asked of a notice that is open.
#[inline(never)]
fn of_notice(what: &str, checker: &Checker, kind: Kind, text: &str, as_of: &str, lang: Lang) -> Result<String, Error> {
    Ok(match what {
        "data" => checker.notice().to_json(),
        "field" => Field::named(&kind, text).map_or("", Field::id).to_owned(),
        // What people call records of a kind; what something of one of the notice's lists is called, by its field and its id.
        "label" => checker.notice().kind_label(&kind, lang).to_owned(),
        "name" => Field::from_id(kind.id()).and_then(|field| checker.notice().name(field, text)).unwrap_or_default().to_owned(),
        "form" => json::list(checker.form(&kind).iter().map(|field| field.to_json())),
        "schema" => checker.schema(&kind, lang),
        // Those that a rule may rest on.
        "clauses" => {
            let clauses = RuleId::from_id(text).map_or_else(Vec::new, |rule| checker.notice().clauses(rule));
            json::list(clauses.iter().map(|clause| clause.to_json()))
        }
        "timeline" => json::list(checker.notice().timeline(as_of.parse()?).iter().map(|milestone| dated(milestone, lang))),
        "calendar" => checker.notice().calendar(as_of.parse()?),
        // An event, of one milestone, by its number.
        _ => checker.notice().calendar_of(text.parse().unwrap_or_default(), as_of.parse()?),
    })
}

/// The bundled notices too come from outside: a page that brings its own does not pay for them.
#[inline(never)]
fn open(tape: &str, options: &str) -> Reply {
    reply(|| {
        let checker = Notice::from_tape(tape)?.checker_with(options::read(options))?;
        let mut out = described(checker.notice());
        out.number("checker", store::put(checker));
        Ok(out.end())
    })
}

/// What is asked of a record.
#[inline(never)]
fn of_record(what: &str, checker: &Checker, kind: Kind, text: &str, as_of: &str, lang: Lang) -> Result<String, Error> {
    let (record, as_of) = (TapeRecord::new(kind, text)?, as_of.parse()?);
    if what == "explain" {
        return Ok(json::list(checker.explain(&record, as_of).answers().iter().map(|answer| answer.to_json())));
    }
    let report = checker.check(&record, as_of);
    Ok(match what {
        "fixed" => fixed(&report),
        "report" => report.wire(lang).to_json(),
        _ => json::list(report.findings().iter().map(|finding| finding.wire(lang, None).to_json())),
    })
}

/// What a notice is called, and which kinds of record it asks for.
fn described(notice: &Notice) -> Object {
    let mut out = Object::new();
    out.text("id", notice.id());
    out.number("year", notice.year());
    out.maybe("title", notice.title());
    out.raw("kinds", &json::list(notice.kinds().iter().map(|kind| json::quoted(kind.id()))));
    out
}

/// A milestone, with what people call where it stands.
fn dated(milestone: &Milestone, lang: Lang) -> String {
    let mut out = Object::of(milestone.to_json());
    out.text("label", milestone.state().label().get(lang));
    out.end()
}

/// The fields that the fixes change, with their new values.
fn fixed(report: &Report<'_>) -> String {
    let record = report.fixed();
    let fixes = report.findings().iter().filter_map(Finding::fix);
    let mut fields: Vec<Field> = fixes.filter_map(|fix| fix.path.of()).collect();
    fields.dedup(); // findings stand in the order of fields
    let mut out = Object::new();
    for field in fields {
        out.raw(field.id(), &record.cell(field).to_buf().to_json());
    }
    out.end()
}

fn lang_of(lang: &str) -> Lang {
    if lang == "en" { Lang::En } else { Lang::Zh }
}
