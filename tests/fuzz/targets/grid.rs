//! A grid: rows at line breaks, cells at tabs; a line `~1,2,3,4` is a merge, `!header=field` a column of the caller's.
#![no_main]

use kepu_core::{CellBuf, Grid, Merge, SheetOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut options = SheetOptions::of(&kepu_fuzz::NOTICE);
    let (mut rows, mut merges) = (Vec::new(), Vec::new());
    for line in text.split('\n') {
        if let Some(corners) = line.strip_prefix('~') {
            let mut corners = corners.splitn(4, ',').map(|corner| corner.parse().unwrap_or(u32::MAX));
            let mut next = || corners.next().unwrap_or_default();
            merges.push(Merge { first_row: next(), first_column: next(), last_row: next(), last_column: next() });
        } else if let Some((header, field)) = line.strip_prefix('!').and_then(|line| line.split_once('=')) {
            options.columns.push((header.to_owned(), field.to_owned()));
        } else {
            rows.push(line.split('\t').map(cell).collect());
        }
    }
    let mut grid = Grid::new(rows);
    grid.merges = merges;
    kepu_fuzz::sheet(grid, &options);
});

fn cell(text: &str) -> CellBuf {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => CellBuf::Int(number),
        (_, Ok(number)) => CellBuf::Float(number),
        _ if text.is_empty() => CellBuf::Empty,
        _ => CellBuf::from(text),
    }
}
