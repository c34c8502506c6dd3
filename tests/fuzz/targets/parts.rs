//! One part of an xlsx or an ods, packed as it should be: no change of a zipped file gets through its checksums.
#![no_main]

use kepu_core::{Book, Limits, SheetOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, part)) = bytes.split_first() else { return };
    let limits = Limits { unpacked: 4 << 20, cells: 200_000 };
    match Book::read(&kepu_fuzz::packed(*choice, part), "上报.xlsx", &limits) {
        Ok(book) => {
            for grid in book.grids {
                kepu_fuzz::sheet(grid, &SheetOptions::of(&kepu_fuzz::NOTICE));
            }
        }
        Err(error) => assert!(error.is_sheet()),
    }
});
