//! Checks sheets of activities, or of submissions, against a notice: `cargo run --release --example check`.
#![expect(clippy::print_stderr, reason = "a program for the terminal")]

mod arguments;
mod lines;
mod outputs;
mod page;
mod stream;

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use kepu_core::{AsOf, Book, Kind, Lang, Limits, Notice, Options, Roster, SheetOptions, TableCheck, TableReport, Text};

use arguments::Arguments;

/// The sheet that is checked when none is named, how it is shown, and the day for which it was made.
const SAMPLE: (&str, &str) =
    (concat!(env!("CARGO_MANIFEST_DIR"), "/examples/activities.xlsx"), "kepu-core/examples/activities.xlsx");
const SAMPLE_DAY: &str = "2023-10-08";

fn main() -> ExitCode {
    run().unwrap_or_else(|sentence| {
        eprintln!("{sentence}");
        ExitCode::from(2)
    })
}

/// Checks what the caller names: 0 nothing blocks, 1 something does, 2 a file could not be read.
fn run() -> Result<ExitCode, String> {
    let args = Arguments::of(std::env::args().skip(1))?;
    if args.help {
        let _ = std::io::stdout().write_all(arguments::USAGE.as_bytes());
        return Ok(ExitCode::SUCCESS);
    }
    let lang = args.lang;
    let say = |error: kepu_core::Error| error.message(lang);
    let checker = notice(&args.notice, lang)?.checker_with(options(&args)?).map_err(say)?;
    let kind = args.kind.as_deref().map(|id| kind(checker.notice(), id, lang)).transpose()?;
    if let Some(path) = &args.template {
        let xlsx = checker.template(kind.as_ref().unwrap_or(&Kind::ACTIVITY), lang).map_err(say)?;
        outputs::write(path, &xlsx, &args.inputs(), lang)?;
        eprintln!("{}{path}", Text { zh: "空白表已写到 ", en: "the blank sheet was written to " }.get(lang));
        return Ok(ExitCode::SUCCESS);
    }
    let sample = args.files.is_empty().then_some(SAMPLE);
    let day = args.as_of.as_deref().or(sample.map(|_| SAMPLE_DAY));
    let as_of = day.map_or_else(|| Ok(now()), |day| day.parse().map_err(say))?;
    let mut columns = SheetOptions::of(checker.notice());
    columns.columns = args.columns.clone();
    if let Some(kind) = kind {
        columns.kinds = vec![kind];
    }
    if args.lines {
        return stream::check(&checker, as_of, &columns, &args);
    }

    let mut check = watched(TableCheck::new(&checker, as_of), lang);
    for (path, shown) in args.files.iter().map(|file| (file.as_str(), file.as_str())).chain(sample) {
        match std::fs::File::open(path) {
            Err(error) => check.unopened(shown, &error),
            Ok(file) => match Book::from_reader(file, shown, &Limits::default(), &mut |_| ControlFlow::Continue(())) {
                Err(error) => check.unreadable(shown, error),
                Ok(book) => check.book(book, &columns).map_err(say)?,
            },
        }
    }
    let report = check.finish();
    clear_line();

    if let Some(folder) = &args.annotate {
        annotate(&report, folder, &args)?;
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if args.json {
        document(&mut out, &report, lang)?;
    } else {
        page::write(&mut out, &report, lang, day.is_none());
    }
    // Whoever closes the pipe early has read enough.
    let _ = out.flush();
    if args.json || !std::io::stdout().is_terminal() {
        for unread in report.unread().iter().filter(|unread| !unread.is_aside()) {
            // What is wrong with a file itself names it already.
            let file = unread.grid().and(unread.file()).map(|file| format!("{file}{}", Text { zh: "：", en: ": " }.get(lang)));
            eprintln!("{}{}", file.unwrap_or_default(), unread.error().message(lang));
        }
    }
    Ok(ExitCode::from(if report.is_whole() { u8::from(report.is_blocked()) } else { 2 }))
}

/// The core has no clock; a notice's days are those of UTC+8.
fn now() -> AsOf {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) + 8 * 3600;
    let moment = i64::try_from(seconds).ok().and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    AsOf::from(moment.unwrap_or_default().naive_utc())
}

/// A notice that comes with the software, or one in a file.
fn notice(name: &str, lang: Lang) -> Result<Notice, String> {
    let notice = match name.rsplit_once('.') {
        None => Notice::bundled(name),
        Some((_, end)) => {
            let text = std::fs::read_to_string(name).map_err(|error| format!("{name}：{error}"))?;
            if end == "json" { Notice::from_json(&text) } else { Notice::from_toml(&text) }
        }
    };
    notice.map_err(|error| error.message(lang))
}

fn options(args: &Arguments) -> Result<Options, String> {
    let roster = args.roster.as_deref().map(|path| roster(path, args.lang)).transpose()?;
    let (only, ignore) = (args.only.clone(), args.ignore.clone());
    Ok(Options { roster, only, ignore, strict_deadlines: args.strict, ..Options::default() })
}

fn roster(path: &str, lang: Lang) -> Result<Roster, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}：{error}"))?;
    Roster::read(&bytes, path, &Limits::default()).map_err(|error| error.message(lang))
}

fn kind(notice: &Notice, id: &str, lang: Lang) -> Result<Kind, String> {
    notice.kinds().iter().find(|kind| kind.id() == id).cloned().ok_or_else(|| {
        let known = notice.kinds().iter().map(Kind::id).collect::<Vec<_>>().join(", ");
        let unknown = Text { zh: "通知没有这种记录；可以写", en: "no such kind of record; write one of" };
        format!("{id}：{} {known}", unknown.get(lang))
    })
}

/// A check that says how far it is, on long work and where somebody looks.
fn watched(check: TableCheck, lang: Lang) -> TableCheck {
    if !std::io::stderr().is_terminal() {
        return check;
    }
    check.watched(move |records| match lang {
        Lang::Zh => eprint!("\r已核对 {records} 条…"),
        Lang::En => eprint!("\r{records} records checked…"),
    })
}

fn clear_line() {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}

/// All of it as one JSON value, as it stands on the wire everywhere.
fn document(out: &mut impl Write, report: &TableReport, lang: Lang) -> Result<(), String> {
    match serde_json::to_writer_pretty(&mut *out, &report.wire(lang)) {
        Err(error) if !error.is_io() => Err(error.to_string()),
        _ => {
            let _ = writeln!(out);
            Ok(())
        }
    }
}

/// Writes an annotated copy of every file that was read.
fn annotate(report: &TableReport, folder: &str, args: &Arguments) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{folder}：{error}"))?;
    let mut taken = Vec::new();
    for file in report.files().iter().filter(|file| file.sheets.iter().any(|sheet| sheet.grid().is_some())) {
        let path = outputs::beside(folder, file.name.unwrap_or_default(), &taken);
        let xlsx = report.annotated(file, args.lang).map_err(|error| error.message(args.lang))?;
        outputs::write(&path, &xlsx, &args.inputs(), args.lang)?;
        eprintln!("{}{path}", Text { zh: "标注副本已写到 ", en: "the annotated copy was written to " }.get(args.lang));
        taken.push(path);
    }
    Ok(())
}
