//! The bytes of a file: read or refused with a sentence, within small bounds; then its sheets.
#![no_main]

use kepu_core::{Book, Lang, Limits, SheetOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 4 << 20, cells: 200_000 };
    match Book::read(bytes, "上报.xlsx", &limits) {
        Ok(book) => {
            for note in &book.notes {
                assert!(!note.message(Lang::Zh).is_empty());
            }
            for grid in book.grids {
                kepu_fuzz::sheet(grid, &SheetOptions::of(&kepu_fuzz::NOTICE));
            }
        }
        Err(error) => assert!(error.is_sheet() && error.message(Lang::Zh).starts_with("“上报.xlsx”")),
    }
});
