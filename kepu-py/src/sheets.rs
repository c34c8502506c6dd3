//! Files as they were read: kept, so that they can be checked more than once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kepu_core::{Book, CellBuf, Error, Grid, Limits, Merge, Sheet, TableCheck};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyList;

use crate::asked::Language;
use crate::error::raised;
use crate::record::{Place, complaint};
use crate::value::Value;

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
    /// Hands a copy of every grid to a check.
    pub(crate) fn check_in(&self, check: &mut TableCheck, options: &kepu_core::SheetOptions) -> Result<(), Error> {
        for file in &self.0 {
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
    /// Reads files from their bytes, on as many threads; what cannot be read is kept with the reason.
    #[staticmethod]
    fn read(py: Python<'_>, files: Vec<(String, PyBackedBytes)>, threads: usize, most_unpacked: Option<u64>) -> Sheets {
        let mut limits = Limits::default();
        limits.unpacked = most_unpacked.unwrap_or(limits.unpacked);
        Sheets(py.detach(|| {
            shared(&files, threads, &|(name, bytes)| match Book::read(bytes, name, &limits) {
                Ok(book) => File::Read(book),
                Err(error) => File::Unread(name.clone(), error),
            })
        }))
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

/// Does a work for each item on several threads; the results stand in the order of the items.
fn shared<T: Sync, R: Send>(items: &[T], threads: usize, work: &(dyn Fn(&T) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(worker)).collect();
        let mut done = worker();
        // A thread that panicked has no results; the core does not panic.
        done.extend(helpers.into_iter().filter_map(|helper| helper.join().ok()).flatten());
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
