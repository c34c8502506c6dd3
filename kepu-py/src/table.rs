//! Tables through the core's check: files, rows of mappings, anything that speaks Arrow.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use kepu_core::arrow::TableOptions;
use kepu_core::{AsOf, Error, Kind, Lang, Records, SheetOptions, TableCheck};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::asked::{self, Choices, Language};
use crate::error::{Class, raised, refused};
use crate::found::{Checked, Found};
use crate::notice::Notice;
use crate::part::Part;
use crate::sheets::Sheets;
use crate::watched::Listener;
use crate::{capsule, rows};

/// A notice with a caller's choices, ready for tables.
#[pyclass(frozen, module = "kepu._kepu")]
pub(crate) struct Checker {
    checker: kepu_core::Checker,
    as_of: AsOf,
    options: SheetOptions,
    lang: Lang,
}

#[pymethods]
impl Checker {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "one for each keyword of the Python method")]
    fn new(
        py: Python<'_>,
        notice: &Notice,
        as_of: &Bound<'_, PyAny>,
        kind: Option<&str>,
        columns: &Bound<'_, PyDict>,
        lang: Language,
        strict_deadlines: bool,
        roster: Option<&Bound<'_, PyAny>>,
        only: Option<&Bound<'_, PyAny>>,
        ignore: Option<&Bound<'_, PyAny>>,
        min_severity: Option<&str>,
    ) -> PyResult<Checker> {
        let lang = lang.0;
        let choices = Choices { strict_deadlines, roster, only, ignore, min_severity };
        let checker = notice.checker(py, choices.options(py, lang)?, lang)?;
        let mut options = SheetOptions::of(checker.notice());
        if let Some(kind) = kind {
            options.kinds = vec![notice.kind(py, kind, lang)?];
        }
        options.columns =
            columns.iter().map(|(header, field)| Ok((header.extract()?, field.extract()?))).collect::<PyResult<_>>()?;
        Ok(Checker { checker, as_of: asked::as_of(as_of, lang)?, options, lang })
    }

    /// Checks files. `watch` is called now and then with the number of rows that were checked; what it raises, and an
    /// interrupt, ends the check.
    fn check_sheets(&self, py: Python<'_>, sheets: &Sheets, watch: Option<Py<PyAny>>) -> PyResult<Checked> {
        let listener = Arc::new(Listener::new(watch));
        let report = py.detach(|| {
            let mut check = self.begin(&listener);
            sheets.check_in(&mut check, &self.options, &|| listener.goes_on()).map(|()| check.finish())
        });
        listener.ended(py)?;
        let report = report.map_err(|error| raised(py, &error, self.lang, None))?;
        Ok(Checked::new(Found::Tables(Arc::new(report)), self.lang))
    }

    /// Checks rows of mappings.
    fn check_rows(&self, py: Python<'_>, rows: &Bound<'_, PyAny>, watch: Option<Py<PyAny>>) -> PyResult<Checked> {
        let table = rows::table(rows, &self.options, self.lang)?;
        let listener = Arc::new(Listener::new(watch));
        let report = py.detach(|| {
            let mut check = self.begin(&listener);
            match table {
                Some(table) => check.table(Arc::new(table)),
                // No row, and no column: a table of nothing, of which a set may still say who has not handed in.
                None => check.table(Arc::new(Records::new(self.kind(), Vec::new()))),
            }
            check.finish()
        });
        listener.ended(py)?;
        Ok(Checked::new(Found::Tables(Arc::new(report)), self.lang))
    }

    /// Checks a table by `__arrow_c_stream__` or `__arrow_c_array__`.
    fn check_arrow(&self, table: &Bound<'_, PyAny>, threads: usize) -> PyResult<Checked> {
        self.arrow(table, threads, false)
    }

    /// Checks the rows of a part of a table; what only the whole shows is asked of a `Part`.
    fn check_rows_of_arrow(&self, table: &Bound<'_, PyAny>) -> PyResult<Checked> {
        self.arrow(table, 1, true)
    }

    /// A part of a table with the columns of a batch and no rows yet.
    fn part(&self, batch: &Bound<'_, PyAny>, key: [u8; 16]) -> PyResult<Part> {
        let py = batch.py();
        let part = kepu_core::arrow::Part::new(
            &self.checker,
            self.batch(batch)?.schema(),
            self.as_of,
            &TableOptions { header: self.options.clone(), ..TableOptions::default() },
            key,
        );
        Ok(Part::new(part.map_err(|error| raised(py, &error, self.lang, None))?, self.checker.clone(), self.lang))
    }
}

impl Checker {
    fn arrow(&self, table: &Bound<'_, PyAny>, threads: usize, rows_only: bool) -> PyResult<Checked> {
        let py = table.py();
        let options = TableOptions { header: self.options.clone(), threads, rows_only, ..TableOptions::default() };
        if table.hasattr("__arrow_c_stream__")? {
            let capsule = table.call_method0("__arrow_c_stream__")?;
            // A producer may need the interpreter to go on: it is not held while the stream is pulled.
            let report = capsule::stream(&capsule)?.map_err(|error| self.no_table(py, table, &error.to_string()))?;
            return self.report(py, py.detach(|| self.through(report, &options)));
        }
        let batch = self.batch(table)?;
        let schema = batch.schema();
        self.report(py, py.detach(|| self.through(RecordBatchIterator::new([Ok(batch)], schema), &options)))
    }

    /// A batch by `__arrow_c_array__`.
    fn batch(&self, table: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
        match capsule::batch_of(table)? {
            Ok(Some(batch)) => Ok(batch),
            Ok(None) => Err(self.no_table(table.py(), table, "no struct array")),
            Err(error) => Err(self.no_table(table.py(), table, &error.to_string())),
        }
    }

    fn begin(&self, listener: &Arc<Listener>) -> TableCheck {
        let listener = Arc::clone(listener);
        TableCheck::new(&self.checker, self.as_of).watched(move |rows| {
            // The table that is being checked comes to its end; the next one does not begin.
            listener.hears(rows);
        })
    }

    fn kind(&self) -> Kind {
        self.options.kinds.first().cloned().unwrap_or(Kind::ACTIVITY)
    }

    fn through(&self, batches: impl RecordBatchReader, options: &TableOptions) -> Result<kepu_core::arrow::ArrowReport, Error> {
        self.checker.check_table(batches, self.as_of, options)
    }

    fn report(&self, py: Python<'_>, report: Result<kepu_core::arrow::ArrowReport, Error>) -> PyResult<Checked> {
        match report {
            Ok(report) => Ok(Checked::new(Found::Arrow(report), self.lang)),
            Err(error) => Err(raised(py, &error, self.lang, None)),
        }
    }

    /// Arrow, but no table of columns.
    fn no_table(&self, py: Python<'_>, table: &Bound<'_, PyAny>, why: &str) -> PyErr {
        let name = table.get_type().name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        refused(
            py,
            Class::Sheet,
            self.lang,
            format!("{name} 只是一列，或不是表（{why}）；请先变成表，例如 series.to_frame()"),
            format!("a `{name}` is one column or no table ({why}); make a table of it, for instance series.to_frame()"),
        )
    }
}
