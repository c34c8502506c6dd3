//! A table of activities as a province gathers them, made from a seed: `generate ROWS FILE [--all-faulty] [--truth FILE]`.
//!
//! The file's ending says what is written: csv, arrow (IPC file), ndjson or xlsx. Every row is a function of the seed and its
//! number, so that a million rows begin as ten thousand do.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use kepu_benches::table::{HEADERS, KEYS, Row, Table};

/// Rows of one batch: what readers of Parquet and IPC usually hand on.
const BATCH: usize = 65_536;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let all_faulty = take(&mut args, "--all-faulty").is_some();
    let truth = take(&mut args, "--truth").map(|at| args.remove(at));
    let [rows, file] = args.as_slice() else { return Err("usage: generate ROWS FILE [--all-faulty] [--truth FILE]".into()) };
    let (table, file) = (Table { rows: rows.parse()?, all_faulty }, Path::new(file));
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => csv(&table, file)?,
        Some("arrow") => arrow(&table, file)?,
        Some("ndjson") => ndjson(&table, file)?,
        Some("xlsx") => xlsx(&table, file)?,
        _ => return Err("the file ends in csv, arrow, ndjson or xlsx".into()),
    }
    if let Some(truth) = truth {
        write_truth(&table, Path::new(&truth))?;
    }
    Ok(())
}

fn take(args: &mut Vec<String>, name: &str) -> Option<usize> {
    let at = args.iter().position(|arg| arg == name)?;
    args.remove(at);
    Some(at)
}

fn csv(table: &Table, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_path(file)?;
    csv.write_record(HEADERS)?;
    for row in table.rows() {
        csv.write_record(&row.cells)?;
    }
    Ok(csv.flush()?)
}

fn arrow(table: &Table, file: &Path) -> Result<(), Box<dyn Error>> {
    let schema = Arc::new(Schema::new(HEADERS.map(|header| Field::new(header, DataType::Utf8, true)).to_vec()));
    let mut ipc = arrow_ipc::writer::FileWriter::try_new(BufWriter::new(File::create(file)?), &schema)?;
    let mut rows = table.rows();
    loop {
        let batch: Vec<Row> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        // What nobody wrote is null, as a reader of spreadsheets leaves it.
        let cell = |row: &Row, at: usize| Some(row.cells[at].clone()).filter(|cell| !cell.is_empty());
        let column = |at| Arc::new(batch.iter().map(|row| cell(row, at)).collect::<StringArray>()) as ArrayRef;
        ipc.write(&RecordBatch::try_new(schema.clone(), (0..HEADERS.len()).map(column).collect())?)?;
    }
    Ok(ipc.finish()?)
}

/// Keys are field ids, as a service writes them.
fn ndjson(table: &Table, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(file)?);
    for row in table.rows() {
        let object: serde_json::Map<_, _> = KEYS.iter().zip(row.cells).map(|(key, cell)| ((*key).into(), cell.into())).collect();
        serde_json::to_writer(&mut out, &object)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn xlsx(table: &Table, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in (0..).zip(HEADERS) {
        sheet.write(0, at, header)?;
    }
    for (row, cells) in (1..).zip(table.rows()) {
        for (at, cell) in (0..).zip(cells.cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, at, cell)?;
        }
    }
    Ok(book.save(file)?)
}

/// What is wrong with which row, and which rows are written in which other form: `row,rule`, the form behind a `~`.
fn write_truth(table: &Table, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_path(file)?;
    csv.write_record(["row", "rule"])?;
    for (at, row) in table.rows().enumerate() {
        for said in row.broken.into_iter().chain(row.form) {
            csv.write_record([&at.to_string(), said])?;
        }
    }
    Ok(csv.flush()?)
}
