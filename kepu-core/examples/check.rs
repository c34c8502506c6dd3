//! Checks sheets of activities, or of submissions, against a notice: `cargo run --release --example check`.
#![expect(clippy::print_stderr, reason = "a program for the terminal")]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use kepu_core::{AsOf, Cell, CellBuf, Checker, Field, Finding, Kind, Lang, Notice, Record, RecordBuf, Report, Severity, Text};
use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const USAGE: &str = "check [FILE…] [--as-of DAY] [--kind KIND] [--notice ID|FILE] [--lang zh|en] [--json]
  FILE      CSV，UTF-8 或 GB18030；不写则核对示例表  CSV in UTF-8 or GB18030; none: the sample sheet
  --as-of   截至，例如 2023-10-08；不写为现在  the moment asked about; none: now, at UTC+8";
/// The sheet that is checked when none is named, how it is shown, and the day for which it was made.
const SAMPLE: (&str, &str) =
    (concat!(env!("CARGO_MANIFEST_DIR"), "/examples/activities.csv"), "kepu-core/examples/activities.csv");
const SAMPLE_DAY: &str = "2023-10-08";
const COLUMNS: usize = 80;
/// What may not begin a line, what may not end one, and what turns the direction of writing.
const CLOSING: &str = "，。、；：？！”’）》】…";
const OPENING: &str = "“‘（《【";
const TURNING: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

#[derive(Default)]
struct Args {
    files: Vec<String>,
    options: Vec<(String, String)>,
    json: bool,
}

/// The records of one file; a row has the number that a spreadsheet shows.
struct Table {
    kind: Kind,
    rows: Vec<(u64, RecordBuf)>,
    empty: Vec<u64>,
}

/// A file's name, what was in it, and what was found.
type Checked<'a> = (&'a str, &'a Table, Vec<(u64, Report<'a>)>);

fn main() -> ExitCode {
    run().unwrap_or_else(|sentence| {
        eprintln!("{sentence}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode, String> {
    let args = arguments(std::env::args().skip(1))?;
    let option = |name| args.options.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let lang = match option("--lang") {
        None | Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        Some(other) => return Err(format!("--lang {other}：请写 zh 或 en / write zh or en")),
    };
    let checker = notice(option("--notice").unwrap_or("henan-2023"), lang)?.checker();
    let sample = args.files.is_empty().then_some(SAMPLE);
    let day = option("--as-of").or(sample.map(|_| SAMPLE_DAY));
    let as_of = day.map_or_else(|| Ok(now()), |day| day.parse().map_err(|error: kepu_core::Error| error.message(lang)))?;
    let kind = option("--kind").map(|id| kind(checker.notice(), id, lang)).transpose()?;
    let (mut tables, mut unread) = (Vec::new(), false);
    for (path, shown) in args.files.iter().map(|file| (file.as_str(), file.as_str())).chain(sample) {
        match table(path, checker.notice(), kind.as_ref()) {
            Ok(table) => tables.push((shown, table)),
            Err(sentence) => {
                eprintln!("{shown}{}{}", Text { zh: "：", en: ": " }.get(lang), sentence.get(lang));
                unread = true;
            }
        }
    }
    let mut checked: Vec<Checked<'_>> = Vec::new();
    for (file, table) in &tables {
        let reports = table.rows.iter().map(|(row, record)| (*row, checker.check(record, as_of)));
        checked.push((file, table, reports.collect()));
    }
    let out = if args.json {
        format!("{:#}\n", document(checker.notice(), as_of, &checked, lang)?)
    } else {
        Page { lang, colour: std::io::stdout().is_terminal(), out: String::new() }.all(&checker, as_of, day.is_none(), &checked)
    };
    // Whoever closes the pipe early has read enough.
    let _ = std::io::stdout().write_all(out.as_bytes());
    let blocked = checked.iter().any(|(.., reports)| reports.iter().any(|(_, report)| report.is_blocked()));
    Ok(ExitCode::from(if unread { 2 } else { u8::from(blocked) }))
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Args, String> {
    let mut args = Args::default();
    while let Some(arg) = given.next() {
        match arg.as_str() {
            "--json" => args.json = true,
            "--as-of" | "--kind" | "--notice" | "--lang" => {
                let value = given.next().ok_or_else(|| format!("{arg} 后面要写值 / needs a value\n{USAGE}"))?;
                args.options.push((arg, value));
            }
            _ if arg.starts_with('-') => return Err(format!("{arg}：没有这个选项 / no such option\n{USAGE}")),
            _ => args.files.push(arg),
        }
    }
    Ok(args)
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

fn kind(notice: &Notice, id: &str, lang: Lang) -> Result<Kind, String> {
    notice.kinds().iter().find(|kind| kind.id() == id).cloned().ok_or_else(|| {
        let known = notice.kinds().iter().map(Kind::id).collect::<Vec<_>>().join(", ");
        let unknown = Text { zh: "通知没有这种记录；可以写", en: "no such kind of record; write one of" };
        format!("{id}：{} {known}", unknown.get(lang))
    })
}

/// Reads a file, or says in one sentence what to do.
fn table(path: &str, notice: &Notice, kind: Option<&Kind>) -> Result<Table, Text> {
    let unopened = Text { zh: "打不开；请核对文件名和读取权限", en: "cannot be opened; check its name" };
    let no_text = Text { zh: "不是 CSV 文字；请另存为“CSV UTF-8”", en: "is no CSV text; save it as `CSV UTF-8`" };
    let no_header =
        Text { zh: "第一行不是表头；请在那里写各栏名称", en: "has no header; name the columns in row 1" };
    let no_records = Text { zh: "没有记录；请填写后再核对", en: "holds no records; fill it in first" };
    // Blank lines are rows of a spreadsheet, and the csv crate passes over them: they are counted here.
    let text = decoded(&std::fs::read(path).map_err(|_| unopened)?).ok_or(no_text)?.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut row, mut cells, mut empty, mut filled) = (0, csv::StringRecord::new(), Vec::new(), Vec::new());
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if !reader.read_record(&mut cells).map_err(|_| no_text)? {
            break;
        }
        let blank = text.get(from..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').map(|_| 1).sum::<u64>();
        empty.extend(row + 1..=row + blank);
        row += blank + 1;
        match cells.iter().all(|cell| cell.trim().is_empty()) {
            true => empty.push(row),
            false => filled.push((row, cells.clone())),
        }
    }
    let mut filled = filled.into_iter();
    let header = filled.next().map(|(_, header)| header).ok_or(no_records)?;
    let named = |kind: &Kind| header.iter().filter(|name| Field::named(kind, name).is_some()).count();
    // Of kinds that the header names alike the first stays: activities.
    let better = |best: Kind, kind: &Kind| if named(kind) > named(&best) { kind.clone() } else { best };
    let kind = kind.cloned().unwrap_or_else(|| notice.kinds().iter().fold(Kind::ACTIVITY, better));
    if named(&kind) < 2 {
        return Err(no_header);
    }
    let record =
        |cells: csv::StringRecord| RecordBuf::from_pairs(kind.clone(), header.iter().zip(cells.iter().map(CellBuf::from)));
    let rows: Vec<_> = filled.map(|(row, cells)| (row, record(cells))).collect();
    if rows.is_empty() { Err(no_records) } else { Ok(Table { kind, rows, empty }) }
}

/// By its mark, else strict UTF-8, else strict GB18030; never the other way round.
fn decoded(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let gb18030 = || encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into);
    let text = std::str::from_utf8(bytes).map(str::to_owned).ok().or_else(gb18030);
    text.filter(|text| !text.contains('\0'))
}

/// All of it as one JSON value; the findings as they stand on the wire everywhere.
fn document(notice: &Notice, as_of: AsOf, checked: &[Checked<'_>], lang: Lang) -> Result<Value, String> {
    let (mut findings, mut skipped) = (Vec::new(), Vec::new());
    for (file, table, reports) in checked {
        for (row, report) in reports {
            for finding in report.findings() {
                let mut wire = serde_json::to_value(finding.wire(lang, Some(*row))).map_err(|error| error.to_string())?;
                wire.as_object_mut().map(|wire| wire.insert("file".to_owned(), json!(file)));
                findings.push(wire);
            }
        }
        skipped.extend(table.empty.iter().map(|row| json!({ "file": file, "sheet": null, "row": row, "reason": "empty" })));
    }
    let asked = json!({ "kepu": env!("CARGO_PKG_VERSION"), "notice": notice.id(), "as_of": as_of.to_string() });
    Ok(json!({ "asked": asked, "findings": findings, "skipped": skipped, "tally": null }))
}

/// The page that people read.
struct Page {
    lang: Lang,
    colour: bool,
    out: String,
}

impl Page {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    fn all(mut self, checker: &Checker, as_of: AsOf, is_now: bool, checked: &[Checked<'_>]) -> String {
        let notice = checker.notice();
        self.put("", "1", notice.title().unwrap_or(notice.id()));
        let now = if is_now { self.say("（现在，UTC+8）", " (now, UTC+8)") } else { "" };
        self.put(self.say("截至 ", "as of "), "", &(as_of.to_string().replace('T', " ") + now));
        for (file, table, reports) in checked {
            let kind = if table.kind.is_activity() { self.say("活动", "activity") } else { table.kind.id() };
            self.put("\n", "1", &format!("{file}  {kind} × {}", reports.len()));
            for ((row, record), (_, report)) in table.rows.iter().zip(reports) {
                if !report.findings().is_empty() {
                    let name = match [record.cell(Field::Title), record.cell(Field::Unit)] {
                        [Cell::Text(name), _] | [_, Cell::Text(name)] if !name.trim().is_empty() => name,
                        _ => self.say("（未填名称）", "(no name)"),
                    };
                    self.put(&format!("\n{}  ", self.row(*row)), "1", name);
                }
                report.findings().iter().for_each(|finding| self.finding(finding));
            }
        }
        self.summary(checked);
        self.out
    }

    fn row(&self, row: u64) -> String {
        format!("{}{row}{}", self.say("第 ", "row "), self.say(" 行", ""))
    }

    fn finding(&mut self, finding: &Finding<'_>) {
        let colour = match finding.severity() {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Info => "36",
        };
        let label = format!("  {}  ", finding.severity().label().get(self.lang));
        self.put(&label, colour, &finding.message(self.lang));
        self.put("    → ", "", &finding.advice(self.lang));
        match finding.clause() {
            Some(clause) => self.put("    § ", "2", &format!("{}：“{}”", clause.number, clause.quote)),
            None => self.put("    § ", "2", self.say("数据本身的要求，不出自通知", "asked by the data, not by the notice")),
        }
    }

    fn summary(&mut self, checked: &[Checked<'_>]) {
        let reports = || checked.iter().flat_map(|(.., reports)| reports).map(|(_, report)| report);
        let (all, blocked) = (reports().count(), reports().filter(|report| report.is_blocked()).count());
        let clean = reports().filter(|report| report.findings().is_empty()).count();
        let sums = match self.lang {
            Lang::Zh => format!("{all} 条记录：{clean} 条没有问题，{blocked} 条有必须改正的错误"),
            Lang::En => format!("{all} records: {clean} with nothing to say, {blocked} with errors to put right"),
        };
        self.put("\n", "1", &sums);
        let count = |severity: Severity| {
            let found = reports().flat_map(|report| report.findings()).filter(|finding| finding.severity() == severity);
            format!("{} {}", severity.label().get(self.lang), found.count())
        };
        self.put("", "", &Severity::ALL.map(count).join(self.say("，", ", ")));
        for (file, table, _) in checked.iter().filter(|(_, table, _)| !table.empty.is_empty()) {
            let rows: Vec<_> = table.empty.iter().map(|row| self.row(*row)).collect();
            self.put(self.say("跳过空行：", "skipped, empty: "), "", &format!("{file} {}", rows.join(self.say("、", ", "))));
        }
    }

    /// A text behind its label, wrapped under itself; a line break before the label is a blank line.
    fn put(&mut self, label: &str, style: &str, text: &str) {
        let (on, off) = if self.colour && !style.is_empty() { (format!("\x1b[{style}m"), "\x1b[0m") } else { Default::default() };
        let indent = label.trim_start_matches('\n').width_cjk();
        for (at, line) in wrapped(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
            let label = if at == 0 { label.to_owned() } else { " ".repeat(indent) };
            self.out.push_str(&format!("{on}{label}{line}{off}\n"));
        }
    }
}

/// Lines of so many columns, with “” and their like taken as wide as Chinese terminals show them. What steers a terminal or
/// turns the direction of writing is shown as �: a cell may hold anything.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut line, mut word, mut before) = (Vec::new(), String::new(), String::new(), ' ');
    for c in text.chars().map(|c| if c.is_control() || TURNING.contains(c) { '�' } else { c }) {
        let joined = before.is_ascii() && before != ' ' && c.is_ascii() || CLOSING.contains(c) || OPENING.contains(before);
        if !joined || word.width_cjk() + c.width_cjk().unwrap_or(0) > columns {
            line.push_str(&std::mem::take(&mut word));
        }
        word.push(c);
        before = c;
        if line.width_cjk() + word.trim_end().width_cjk() > columns && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    line.push_str(&word);
    lines.push(line);
    lines
}
