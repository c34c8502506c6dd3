//! The bytes of a file: read or refused with a sentence, within small bounds; then its sheets.
#![no_main]

use std::ops::ControlFlow;

use kepu_core::{Book, Error, Lang, Limits, SheetOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 4 << 20, cells: 200_000 };
    let book = Book::read(bytes, "上报.xlsx", &limits);
    let streamed = Book::from_reader(bytes, "上报.xlsx", &limits, &mut |_| ControlFlow::Continue(()));
    // As they are shown: no cell that is not a number equals itself.
    let said =
        |book: &Result<Book, Error>| book.as_ref().map_or_else(|error| error.message(Lang::Zh), |book| format!("{book:?}"));
    assert_eq!(said(&book), said(&streamed));
    match book {
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
