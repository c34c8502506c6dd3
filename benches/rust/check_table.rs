//! kepu's process beside the peers': `check_table FILE.arrow THREADS`, or `floor FILE.arrow` for what the bytes alone cost.
//!
//! Prints one line of JSON, as the peers' runner does: nanoseconds of wall and of processor time, rows, findings, and the
//! most memory beside the table. The table is in memory before time is taken.

use std::error::Error;
use std::fs::File;
use std::hint::black_box;

use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::FileReader;
use kepu_benches::activity::as_of;
use kepu_benches::process::{Memory, timed};
use kepu_core::Notice;
use kepu_core::arrow::TableOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["floor", file] => floor(&read(file)?),
        ["rows", file, rows] => check(&read(file)?, 1, Some(rows.parse()?)),
        [file, threads] => check(&read(file)?, threads.parse()?, None),
        _ => Err("usage: check_table FILE THREADS | floor FILE | rows FILE ROWS".into()),
    }
}

fn read(file: &str) -> Result<Vec<RecordBatch>, Box<dyn Error>> {
    Ok(FileReader::try_new(File::open(file)?, None)?.collect::<Result<_, _>>()?)
}

/// The whole job: every finding, by row, as a table of Arrow; of some rows only, where a call is what is measured.
fn check(batches: &[RecordBatch], threads: usize, only: Option<usize>) -> Result<(), Box<dyn Error>> {
    let checker = Notice::bundled("henan-2023")?.checker();
    let options = TableOptions { threads, ..TableOptions::default() };
    let first = batches.first().ok_or("an empty table")?;
    let run = |batches: Vec<RecordBatch>| -> Result<(u64, u64), Box<dyn Error>> {
        let table = RecordBatchIterator::new(batches.into_iter().map(Ok), first.schema());
        let report = checker.check_table(table, as_of(), &options)?;
        Ok((report.rows(), report.count()))
    };
    let few = vec![first.slice(0, only.unwrap_or(100).min(first.num_rows()))];
    run(few.clone())?;
    let batches = only.map_or_else(|| batches.to_vec(), |_| few);
    let memory = Memory::now();
    let (wall, processor, (rows, findings)) = timed(only.map_or(1, |_| 50), || run(batches.clone()))?;
    println!(
        r#"{{"wall":{wall},"cpu":{processor},"rows":{rows},"findings":{findings},"table_kb":{},"extra_kb":{}}}"#,
        memory.before,
        memory.grown()
    );
    Ok(())
}

/// What reading and copying the same bytes costs, and nothing else.
fn floor(batches: &[RecordBatch]) -> Result<(), Box<dyn Error>> {
    let buffers: Vec<_> =
        batches.iter().flat_map(|batch| batch.columns()).flat_map(|column| column.to_data().buffers().to_vec()).collect();
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let bytes: usize = buffers.iter().map(|buffer| buffer.len()).sum();
    let most = buffers.iter().map(|buffer| buffer.len()).max().unwrap_or(0);
    let mut room = vec![0_u8; most];
    // A byte that no text of UTF-8 holds: every byte is looked at.
    let (look, _, _) = timed(5, || Ok(buffers.iter().filter(|buffer| memchr::memchr(0xFF, buffer).is_some()).count()))?;
    let (copy, _, ()) = timed(5, || {
        for buffer in &buffers {
            room[..buffer.len()].copy_from_slice(buffer);
            black_box(&mut room);
        }
        Ok(())
    })?;
    println!(r#"{{"rows":{rows},"bytes":{bytes},"memchr":{look},"memcpy":{copy}}}"#);
    Ok(())
}
