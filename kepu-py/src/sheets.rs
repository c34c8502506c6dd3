//! Files as they were read: kept, so that they can be checked more than once.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use kepu_core::{Book, CellBuf, Error, Grid, Limits, Merge, Sheet, TableCheck};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyList;

use crate::asked::Language;
use crate::error::raised;
use crate::record::{Place, complaint};
use crate::value::Value;
use crate::watched::{Listener, Way};

/// One file: its grids, or why it has none; or a grid that came without a file.
enum File {
    Read(Book),
    Unread(String, Error),
    Grid(Grid),
}

/// Files as they were read.
#[pyclass(frozen, module = "kepu._kepu")]
pub(crate) struct Sheets(Vec<File>);

impl Sheets {
    /// Hands a copy of every grid to a check, as long as it shall go on.
    pub(crate) fn check_in(
        &self,
        check: &mut TableCheck,
        options: &kepu_core::SheetOptions,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        for file in self.0.iter().take_while(|_| goes_on()) {
            match file {
                File::Read(book) => check.book(book.clone(), options)?,
                File::Unread(name, error) => check.unreadable(name, error.clone()),
                File::Grid(grid) => check.table(Arc::new(Sheet::new(grid.clone(), options)?)),
            }
        }
        Ok(())
    }
}

#[pymethods]
impl Sheets {
    /// Reads files from their bytes, or, without any, from the disk, where each is opened under its name; on as many threads.
    /// What cannot be read is kept with the reason. `watch` is called now and then with the part that is done; what it raises,
    /// and an interrupt, ends the reading.
    #[staticmethod]
    fn read(
        py: Python<'_>,
        files: Vec<(String, Option<PyBackedBytes>)>,
        threads: usize,
        most_unpacked: Option<u64>,
        watch: Option<Py<PyAny>>,
    ) -> PyResult<Sheets> {
        let mut limits = Limits::default();
        limits.unpacked = most_unpacked.unwrap_or(limits.unpacked);
        let length = |(name, bytes): &(String, Option<PyBackedBytes>)| match bytes {
            Some(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            None => fs::metadata(name).map_or(0, |file| file.len()),
        };
        let (way, listener) = (Way::of(files.iter().map(length)), Listener::new(watch));
        let read = |at: usize, (name, bytes): &(String, Option<PyBackedBytes>)| {
            let watch = &mut |progress| way.goes_on(at, progress);
            let book = match bytes {
                Some(bytes) => Book::read_watched(bytes, name, &limits, watch),
                None => fs::File::open(name)
                    .map_err(|why| Error::unopened(name, why))
                    .and_then(|file| Book::from_reader(file, name, &limits, watch)),
            };
            book.map_or_else(|error| File::Unread(name.clone(), error), File::Read)
        };
        let read = py.detach(|| {
            shared(&files, threads, &read, &|| {
                if !listener.hears(way.share()) {
                    way.stop()
                }
            })
        });
        listener.ended(py).map(|()| Sheets(read))
    }

    /// One sheet from its rows of cells; merges as first row, first column, last row, last column, from 0.
    #[staticmethod]
    fn grid(rows: &Bound<'_, PyList>, merges: Vec<(u32, u32, u32, u32)>, lang: Language) -> PyResult<Sheets> {
        let mut grid = Vec::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            let cell = |cell: PyResult<Bound<'_, PyAny>>| -> PyResult<CellBuf> {
                let value = Value::of(&cell?).map_err(|unfit| complaint(rows.py(), Place::Row(number), unfit, lang.0))?;
                Ok(value.cell().to_buf())
            };
            grid.push(row.try_iter()?.map(cell).collect::<PyResult<Vec<_>>>()?);
        }
        let mut grid = Grid::new(grid);
        grid.merges = merges
            .into_iter()
            .map(|(first_row, first_column, last_row, last_column)| Merge { first_row, first_column, last_row, last_column })
            .collect();
        Ok(Sheets(vec![File::Grid(grid)]))
    }

    /// The files, in order: name, format, encoding, and how many sheets; or the reason why it was not read.
    fn files<'py>(&self, py: Python<'py>, lang: Language) -> PyResult<Bound<'py, PyList>> {
        let file = |file: &File| {
            let dict = pyo3::types::PyDict::new(py);
            let (name, book, error) = match file {
                File::Read(book) => (Some(&book.file), Some(book), None),
                File::Unread(name, error) => (Some(name), None, Some(error.message(lang.0))),
                File::Grid(_) => (None, None, None),
            };
            dict.set_item("file", name)?;
            dict.set_item("format", book.map(|book| book.format.id()))?;
            dict.set_item("encoding", book.and_then(|book| book.encoding).map(kepu_core::Encoding::id))?;
            let sheets = book.map(|book| book.grids.iter().map(|grid| grid.name.clone()).collect::<Vec<_>>());
            dict.set_item("sheets", sheets.unwrap_or_default())?;
            dict.set_item("error", error)?;
            Ok(dict)
        };
        PyList::new(py, self.0.iter().map(file).collect::<PyResult<Vec<_>>>()?)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The exception of the first file that was not read, where none was.
    fn raise_if_none_was_read(&self, py: Python<'_>, lang: Language) -> PyResult<()> {
        match self.0.first() {
            Some(File::Unread(_, error)) if self.0.iter().all(|file| matches!(file, File::Unread(..))) => {
                Err(raised(py, error, lang.0, None))
            }
            _ => Ok(()),
        }
    }
}

/// How often whoever watches hears of the work.
const EVERY: Duration = Duration::from_millis(100);

/// Does a work for each item on several threads; the results stand in the order of the items. The calling thread, the only one
/// that Python interrupts, listens meanwhile.
fn shared<T: Sync, R: Send>(items: &[T], threads: usize, work: &(dyn Fn(usize, &T) -> R + Sync), listen: &dyn Fn()) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(at, item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let (busy, ended) = channel::<()>();
        let start = |_| {
            let busy = busy.clone();
            scope.spawn(move || (worker(), drop(busy)).0)
        };
        let helpers: Vec<_> = (0..threads.min(items.len())).map(start).collect();
        drop(busy);
        // At once too: what is short ends before anybody hears of it otherwise.
        listen();
        while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            listen();
        }
        // A thread that panicked has no results; the core does not panic.
        helpers.into_iter().filter_map(|helper| helper.join().ok()).flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
