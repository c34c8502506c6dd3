//! The late module: tables and spreadsheets, one job at a time, in a worker.
//!
//! A job begins, takes files or rows, and is finished or written; what it has found goes out in pieces, so that the page that
//! takes them stays awake.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;

use kepu_core::{
    AsOf, Book, CellBuf, Checker, Field, Grid, Kind, Lang, Limits, Merge, Placed, Progress, RecordBuf, Records, Sheet,
    SheetOptions, TableCheck, TableReport,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json::{self, Object};
use crate::reply::{Reply, reply};
use crate::{lang_of, store};

mod told {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        /// This part of a file is read, from 0 to 1.
        #[wasm_bindgen(js_name = kepuRead)]
        pub(super) fn read(share: f64);

        /// So many records are checked.
        #[wasm_bindgen(js_name = kepuChecked)]
        pub(super) fn checked(records: f64);

        /// Findings, as a list in JSON.
        #[wasm_bindgen(js_name = kepuFound)]
        pub(super) fn found(findings: &str);
    }
}

/// So many findings go out together.
const PIECE: usize = 1_000;

/// What is being checked.
struct Job {
    checker: Checker,
    options: SheetOptions,
    check: TableCheck,
    records: Vec<RecordBuf>,
    rows: Vec<Vec<CellBuf>>,
}

thread_local! {
    static JOB: RefCell<Option<Job>> = const { RefCell::new(None) };
    static WRITTEN: RefCell<VecDeque<Vec<u8>>> = const { RefCell::new(VecDeque::new()) };
}

/// Begins a check. `kind` may be empty; `columns` are lines, a header and a field with a tab between.
#[wasm_bindgen]
pub fn begin(checker: u32, as_of: &str, kind: &str, columns: &str) -> String {
    store::with(checker, |checker| {
        let as_of: AsOf = as_of.parse()?;
        let mut options = SheetOptions::of(checker.notice());
        if !kind.is_empty() {
            options.kinds = vec![Kind::submission(kind)];
        }
        let columns = columns.lines().filter_map(|line| line.split_once('\t'));
        options.columns = columns.map(|(header, field)| (header.to_owned(), field.to_owned())).collect();
        let check = TableCheck::new(checker, as_of).watched(|records| told::checked(wide(records)));
        let job = Job { checker: checker.clone(), options, check, records: Vec::new(), rows: Vec::new() };
        JOB.set(Some(job));
        Ok(String::new())
    })
}

#[expect(clippy::as_conversions, reason = "JavaScript has no other number, and nobody checks 2^53 records")]
fn wide(number: u64) -> f64 {
    number as f64
}

/// Checks every table of a file; one that cannot be read is listed in the result. Who wants it stopped ends the worker.
#[wasm_bindgen]
pub fn check_file(name: &str, bytes: &[u8]) -> String {
    with_job(|job| {
        let watch = &mut |progress: Progress| {
            told::read(progress.share());
            ControlFlow::Continue(())
        };
        match Book::read_watched(bytes, name, &Limits::default(), watch) {
            Ok(book) => job.check.book(book, &job.options)?,
            Err(error) => job.check.unreadable(name, error),
        }
        Ok(String::new())
    })
}

/// Takes one record of a list, on a tape.
#[wasm_bindgen]
pub fn add_record(record: &str) -> String {
    with_job(|job| {
        let kind = job.options.kinds.first().cloned().unwrap_or(Kind::ACTIVITY);
        job.records.push(RecordBuf::from_tape(kind, record)?);
        Ok(String::new())
    })
}

/// Checks the records that were taken.
#[wasm_bindgen]
pub fn check_records() -> String {
    with_job(|job| {
        let kind = job.options.kinds.first().cloned().unwrap_or(Kind::ACTIVITY);
        job.check.table(Arc::new(Records::new(kind, std::mem::take(&mut job.records))));
        Ok(String::new())
    })
}

/// Takes one row of cells, as a list on a tape.
#[wasm_bindgen]
pub fn add_cells(cells: &str) -> String {
    with_job(|job| {
        job.rows.push(match CellBuf::from_tape(cells)? {
            CellBuf::List(cells) => cells,
            cell => vec![cell],
        });
        Ok(String::new())
    })
}

/// Checks the table in the rows that were taken; merges are four numbers each.
#[wasm_bindgen]
pub fn check_cells(merges: &[u32]) -> String {
    with_job(|job| {
        let mut grid = Grid::new(std::mem::take(&mut job.rows));
        for merge in merges.chunks_exact(4) {
            if let [first_row, first_column, last_row, last_column] = *merge {
                grid.merges.push(Merge { first_row, first_column, last_row, last_column });
            }
        }
        job.check.table(Arc::new(Sheet::new(grid, &job.options)?));
        Ok(String::new())
    })
}

/// Ends the check: hands out the findings, and gives the rest of the result.
#[wasm_bindgen]
pub fn finish(lang: &str) -> String {
    let Some(job) = JOB.take() else { return Reply::new() };
    let lang = lang_of(lang);
    let report = job.check.finish();
    let mut regions = Regions { checker: &job.checker, as_of: report.as_of(), known: BTreeMap::new() };
    let mut piece = Vec::new();
    for placed in report.findings() {
        piece.push(finding(&placed, &mut regions, lang));
        if piece.len() == PIECE {
            told::found(&json::list(piece.drain(..)));
        }
    }
    told::found(&json::list(piece));
    let mut out = Object::of(report.wire(lang).to_json_without_findings());
    out.raw("reasons", &reasons(&report, lang));
    out.end()
}

/// Why rows were skipped: each reason once, in words.
fn reasons(report: &TableReport, lang: Lang) -> String {
    let mut out = Object::new();
    let words: BTreeMap<_, _> = report.skipped().map(|row| (row.skipped.reason.id(), row.skipped.reason.label())).collect();
    for (reason, label) in words {
        out.text(reason, label.get(lang));
    }
    out.end()
}

/// Ends the check and writes a copy of each file with its findings; gives the names, in the order of [`take`].
#[wasm_bindgen]
pub fn annotate(lang: &str) -> String {
    let Some(job) = JOB.take() else { return Reply::new() };
    let report = job.check.finish();
    reply(|| {
        let mut names = Vec::new();
        for file in report.files() {
            let written = report.annotated(&file, lang_of(lang))?;
            WRITTEN.with_borrow_mut(|all| all.push_back(written));
            names.push(json::quoted(file.name.unwrap_or_default()));
        }
        Ok(json::list(names))
    })
}

/// Writes a blank sheet for a kind of record.
#[wasm_bindgen]
pub fn template(checker: u32, kind: &str, lang: &str) -> String {
    store::with(checker, |checker| {
        let written = checker.template(&Kind::submission(kind), lang_of(lang))?;
        WRITTEN.with_borrow_mut(|all| all.push_back(written));
        Ok(String::new())
    })
}

/// Gives the next file that was written, once.
#[wasm_bindgen]
pub fn take() -> Vec<u8> {
    WRITTEN.with_borrow_mut(VecDeque::pop_front).unwrap_or_default()
}

fn with_job(work: impl FnOnce(&mut Job) -> Result<String, kepu_core::Error>) -> Reply {
    JOB.with_borrow_mut(|job| job.as_mut().map_or_else(Reply::new, |job| reply(|| work(job))))
}

fn finding(placed: &Placed<'_>, regions: &mut Regions<'_>, lang: Lang) -> String {
    let mut out = Object::of(placed.to_json(lang));
    match placed.record() {
        Some(record) => out.number("record", record),
        None => out.raw("record", "null"),
    }
    out.maybe("header", placed.header());
    out.maybe("id", placed.id().as_deref());
    out.maybe("name", placed.name().as_deref());
    out.truth("of_no_column", placed.is_of_no_column());
    out.maybe("region", regions.of(placed).as_deref());
    out.end()
}

/// The regions of records, read once for each way in which they are written.
struct Regions<'a> {
    checker: &'a Checker,
    as_of: AsOf,
    known: BTreeMap<String, Option<String>>,
}

impl Regions<'_> {
    fn of(&mut self, placed: &Placed<'_>) -> Option<String> {
        let written = placed.written(Field::Region)?.into_owned();
        let (checker, as_of) = (self.checker, self.as_of);
        let read = self.known.entry(written).or_insert_with_key(|written| {
            let record = RecordBuf::activity().with(Field::Region, written.as_str());
            match checker.check(&record, as_of).read(Field::Region) {
                CellBuf::Text(id) => Some(id),
                _ => None,
            }
        });
        read.clone()
    }
}
