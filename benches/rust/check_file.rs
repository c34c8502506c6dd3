//! kepu from bytes to verdict: `check_file FILE` prints one line of JSON, as the peers' readers do.

use std::error::Error;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use kepu_benches::activity::as_of;
use kepu_benches::process::{Memory, timed};
use kepu_core::{Book, Limits, Notice, SheetOptions, TableCheck};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: check_file FILE")?;
    let name = Path::new(&file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let checker = Notice::bundled("henan-2023")?.checker();
    let memory = Memory::now();
    let (wall, cpu, findings) = timed(1, || {
        let watch = &mut |_| ControlFlow::Continue(());
        let book = Book::from_reader(File::open(&file)?, name, &Limits::default(), watch)?;
        let mut check = TableCheck::new(&checker, as_of());
        check.book(book, &SheetOptions::of(checker.notice()))?;
        Ok(check.finish().findings().count())
    })?;
    println!(r#"{{"wall":{wall},"cpu":{cpu},"findings":{findings},"extra_kb":{}}}"#, memory.grown());
    Ok(())
}
