//! CSV of any size: every row is checked when it comes, and its findings go out at once, a line of JSON each.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

use kepu_core::{AsOf, Checker, CsvPieces, Finding, Kind, Lang, Row, RowKey, SetCheck, SheetOptions, Text};
use serde_json::Value;

use crate::arguments::Arguments;

/// Checks what is named, one file behind the other; `-` is what comes through the pipe.
pub(crate) fn check(checker: &Checker, as_of: AsOf, columns: &SheetOptions, args: &Arguments) -> Result<ExitCode, String> {
    if args.json || args.annotate.is_some() || args.files.is_empty() {
        let text = Text {
            zh: "--lines 要写明文件（管道写 -），并且不与 --json、--annotate 同用",
            en: "--lines needs a file (- for a pipe), and neither --json nor --annotate",
        };
        return Err(text.get(args.lang).to_owned());
    }
    let mut stream = Stream {
        checker,
        as_of,
        args,
        out: BufWriter::new(io::stdout().lock()),
        sets: Vec::new(),
        is_blocked: false,
        counts: [0; 3],
    };
    for (place, name) in (0..).zip(&args.files) {
        let read: Box<dyn Read> = match name.as_str() {
            "-" => Box::new(io::stdin().lock()),
            name => Box::new(File::open(name).map_err(|error| format!("{name}：{error}"))?),
        };
        let is_read = stream.file(place, CsvPieces::new(read, name, columns.clone()));
        // What was found before a fault stands.
        is_read.map_err(|sentence| stream.broken(sentence))?;
    }
    stream.sets();
    let _ = stream.out.flush();
    let [records, findings, skipped] = stream.counts;
    match args.lang {
        Lang::Zh => eprintln!("{records} 条记录，{findings} 个问题；不是记录的行 {skipped} 行"),
        Lang::En => eprintln!("{records} records, {findings} findings; {skipped} rows that are no records"),
    }
    Ok(ExitCode::from(u8::from(stream.is_blocked)))
}

struct Stream<'c> {
    checker: &'c Checker,
    as_of: AsOf,
    args: &'c Arguments,
    out: BufWriter<io::StdoutLock<'c>>,
    /// One for each kind of record that came.
    sets: Vec<SetCheck>,
    is_blocked: bool,
    /// Records, findings, rows that are no records.
    counts: [u64; 3],
}

impl Stream<'_> {
    fn file(&mut self, place: u32, pieces: CsvPieces<Box<dyn Read>>) -> Result<(), String> {
        for piece in pieces {
            let piece = piece.map_err(|error| error.message(self.args.lang))?;
            let mut set = self.take_set(piece.kind());
            for row in piece.records() {
                self.row(place, row, &mut set);
            }
            self.sets.push(set);
            self.counts[2] += u64::try_from(piece.skipped().len()).unwrap_or_default();
        }
        Ok(())
    }

    /// The set of a kind, out of the list as long as its rows come.
    fn take_set(&mut self, kind: &Kind) -> SetCheck {
        let at = self.sets.iter().position(|set| set.kind() == kind);
        at.map_or_else(|| SetCheck::new(self.checker, kind.clone(), self.as_of), |at| self.sets.swap_remove(at))
    }

    fn row(&mut self, file: u32, row: Row<'_>, set: &mut SetCheck) {
        let report = self.checker.check(&row, self.as_of);
        self.counts[0] += 1;
        for finding in report.findings() {
            let cell = finding.path().of().and_then(|field| row.address(field));
            self.line(finding, row.file(), Some(row.row().into()), cell);
        }
        set.add(RowKey { file, sheet: 0, row: row.row().into() }, &report);
    }

    /// What only all rows show, at the end of them.
    fn sets(&mut self) {
        let args = self.args;
        let kinds = self.checker.notice().kinds();
        let mut sets = std::mem::take(&mut self.sets);
        sets.sort_by_key(|set| kinds.iter().position(|kind| kind == set.kind()));
        for found in sets.iter().flat_map(SetCheck::findings) {
            let file = found.row.and_then(|key| usize::try_from(key.file).ok()).and_then(|place| args.files.get(place));
            self.line(&found.finding, file.map(String::as_str), found.row.map(|key| key.row), None);
        }
    }

    fn line(&mut self, finding: &Finding<'_>, file: Option<&str>, row: Option<u64>, cell: Option<String>) {
        self.is_blocked |= finding.is_blocking();
        self.counts[1] += 1;
        let Ok(Value::Object(mut line)) = serde_json::to_value(finding.wire(self.args.lang, row)) else { return };
        line.insert("file".to_owned(), file.into());
        line.insert("cell".to_owned(), cell.into());
        // Whoever closes the pipe early has read enough.
        let _ = writeln!(self.out, "{}", Value::Object(line));
    }

    fn broken(&mut self, sentence: String) -> String {
        let _ = self.out.flush();
        sentence
    }
}
