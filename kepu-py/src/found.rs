//! What was found in a table, whatever it came from.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, DataType};
use kepu_core::arrow::{ArrowReport, findings_schema};
use kepu_core::{CellBuf, Field, Lang, RecordBuf, RuleId, Severity, TableReport};
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PyString};

use crate::asked::Language;
use crate::capsule;
use crate::error::{Class, raised, refused};
use crate::plain::plain;
use crate::record::Given;
use crate::report::Report;

/// The core's two reports on tables.
#[derive(Clone)]
pub(crate) enum Found {
    Arrow(ArrowReport),
    Tables(Arc<TableReport>),
}

impl Found {
    fn rows(&self) -> u64 {
        match self {
            Found::Arrow(report) => report.rows(),
            Found::Tables(report) => u64::try_from(report.records()).unwrap_or(u64::MAX),
        }
    }

    /// The findings in pieces.
    fn batches(&self, lang: Lang) -> Box<dyn RecordBatchReader + Send> {
        match self {
            Found::Arrow(report) => Box::new(report.findings(lang)),
            Found::Tables(report) => {
                let batches: Vec<Result<RecordBatch, ArrowError>> = report.findings_in_arrow(lang).collect();
                Box::new(RecordBatchIterator::new(batches, findings_schema()))
            }
        }
    }
}

/// What the check of a table found.
#[pyclass(frozen, module = "kepu._kepu")]
pub(crate) struct Checked {
    found: Found,
    lang: Lang,
}

impl Checked {
    pub(crate) fn new(found: Found, lang: Lang) -> Checked {
        Checked { found, lang }
    }
}

#[pymethods]
impl Checked {
    #[getter]
    fn rows(&self) -> u64 {
        self.found.rows()
    }

    #[getter]
    fn is_accepted(&self) -> bool {
        match &self.found {
            Found::Arrow(report) => report.is_accepted(),
            Found::Tables(report) => report.is_accepted(),
        }
    }

    #[getter]
    fn is_blocked(&self) -> bool {
        match &self.found {
            Found::Arrow(report) => report.is_blocked(),
            Found::Tables(report) => report.is_blocked(),
        }
    }

    /// Whether every file was read, and every table in it.
    #[getter]
    fn is_whole(&self) -> bool {
        match &self.found {
            Found::Arrow(_) => true,
            Found::Tables(report) => report.is_whole(),
        }
    }

    /// How many findings there are of each rule and severity, in the order of the rules.
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let mut counts: Vec<(RuleId, Severity, u64)> = match &self.found {
            Found::Arrow(report) => report.by_rule().collect(),
            Found::Tables(report) => {
                let mut counts: Vec<(RuleId, Severity, u64)> = Vec::new();
                for (rule, severity) in report.rules() {
                    match counts.iter_mut().find(|(known, of, _)| *known == rule && *of == severity) {
                        Some((.., count)) => *count += 1,
                        None => counts.push((rule, severity, 1)),
                    }
                }
                counts
            }
        };
        let order = |rule: RuleId| kepu_core::rules::ALL.iter().position(|known| rule == **known);
        counts.sort_by_key(|(rule, severity, _)| (order(*rule), std::cmp::Reverse(*severity)));
        PyList::new(py, counts.into_iter().map(|(rule, severity, count)| (rule.id(), severity.id(), count)))
    }

    /// The findings as a table, in a language.
    #[pyo3(signature = (lang=None))]
    fn findings(&self, lang: Option<Language>) -> Findings {
        Findings { found: self.found.clone(), lang: lang.map_or(self.lang, |lang| lang.0) }
    }

    /// The table of Arrow again: with every fix applied, or as it was read.
    fn again(&self, py: Python<'_>, fixed: bool) -> PyResult<Again> {
        match &self.found {
            Found::Arrow(report) => Ok(Again { report: report.clone(), fixed }),
            Found::Tables(_) => {
                let (zh, en) = (
                    "只有数据框才有；文件请用 annotate，逐条请用 result[n].fixed() 和 result[n].read",
                    "only of frames; for files call annotate, record by record result[n].fixed() and result[n].read",
                );
                Err(refused(py, Class::Sheet, self.lang, zh.to_owned(), en.to_owned()))
            }
        }
    }

    /// One record, by its number over all tables from 0, checked alone.
    fn record(&self, py: Python<'_>, number: u64) -> PyResult<Report> {
        let out_of_range = || PyIndexError::new_err(format!("there are {} records, numbered from 0", self.found.rows()));
        let (record, checker, as_of) = match &self.found {
            Found::Arrow(report) => (report.record(number), report.checker(), report.as_of()),
            Found::Tables(report) => (record_of(report, number), report.checker(), report.as_of()),
        };
        let given = Given::of(py, record.ok_or_else(out_of_range)?)?;
        Report::new(py, checker.clone(), given, as_of, self.lang)
    }

    /// Activities by region and category, findings by rule, people, submissions.
    fn tally<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match &self.found {
            Found::Arrow(report) => {
                let tally = py.detach(|| report.tally()).map_err(|error| raised(py, &error, self.lang, None))?;
                plain(py, &tally)
            }
            Found::Tables(report) => plain(py, report.tally()),
        }
    }

    /// Version, notice, moment and options, so that the verdict can be repeated.
    fn stamp<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (checker, as_of) = match &self.found {
            Found::Arrow(report) => (report.checker(), report.as_of()),
            Found::Tables(report) => (report.checker(), report.as_of()),
        };
        plain(py, &kepu_core::Stamp::new(checker, as_of))
    }

    /// The tables: where each came from, its kind, its rows, its columns, and what no column holds.
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        match &self.found {
            Found::Arrow(report) => {
                let dict = PyDict::new(py);
                dict.set_item("file", py.None())?;
                dict.set_item("sheet", py.None())?;
                dict.set_item("kind", report.kind().id())?;
                dict.set_item("rows", report.rows())?;
                dict.set_item("unread_columns", PyList::empty(py))?;
                dict.set_item("missing", PyList::empty(py))?;
                list.append(dict)?;
            }
            Found::Tables(report) => {
                for table in report.tables() {
                    let dict = PyDict::new(py);
                    dict.set_item("file", table.file())?;
                    dict.set_item("sheet", table.sheet())?;
                    dict.set_item("kind", table.kind().id())?;
                    dict.set_item("rows", table.table().len())?;
                    let unread = table.unread_columns().map(|column| column.message(self.lang));
                    dict.set_item("unread_columns", unread.collect::<Vec<_>>())?;
                    let missing = table.missing().into_iter().map(|missing| missing.message(self.lang));
                    dict.set_item("missing", missing.collect::<Vec<_>>())?;
                    list.append(dict)?;
                }
            }
        }
        Ok(list)
    }

    /// The day on which each activity begins, as ISO text; nothing where none was read.
    fn starts(&self, py: Python<'_>) -> Vec<Option<String>> {
        py.detach(|| {
            let (checker, as_of) = match &self.found {
                Found::Arrow(report) => (report.checker(), report.as_of()),
                Found::Tables(report) => (report.checker(), report.as_of()),
            };
            let record = |number| match &self.found {
                Found::Arrow(report) => report.record(number),
                Found::Tables(report) => record_of(report, number),
            };
            let start = |record: RecordBuf| checker.check(&record, as_of).day(Field::Start).map(|day| day.to_string());
            (0..self.found.rows()).map(|number| record(number).and_then(start)).collect()
        })
    }

    /// Rows that are no records, and why.
    fn skipped<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let Found::Tables(report) = &self.found else { return Ok(list) };
        for skipped in report.skipped() {
            let dict = PyDict::new(py);
            dict.set_item("file", skipped.file)?;
            dict.set_item("sheet", skipped.sheet)?;
            dict.set_item("row", skipped.skipped.row)?;
            dict.set_item("reason", skipped.skipped.reason.id())?;
            dict.set_item("label", skipped.skipped.reason.label().get(self.lang))?;
            list.append(dict)?;
        }
        Ok(list)
    }

    /// Files and sheets from which no table was read, and why; `aside` where it only stands beside one.
    #[pyo3(signature = (lang=None))]
    fn unread<'py>(&self, py: Python<'py>, lang: Option<Language>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let Found::Tables(report) = &self.found else { return Ok(list) };
        for unread in report.unread() {
            let dict = PyDict::new(py);
            dict.set_item("file", unread.file())?;
            dict.set_item("sheet", unread.sheet())?;
            dict.set_item("message", unread.error().message(lang.map_or(self.lang, |lang| lang.0)))?;
            dict.set_item("aside", unread.is_aside())?;
            list.append(dict)?;
        }
        Ok(list)
    }

    /// What a reader of the files should know: how their characters were read, what was hidden.
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let Found::Tables(report) = &self.found else { return Ok(list) };
        for note in report.notes() {
            let dict = PyDict::new(py);
            dict.set_item("file", note.file())?;
            dict.set_item("sheet", note.sheet())?;
            dict.set_item("message", note.message(self.lang))?;
            list.append(dict)?;
        }
        Ok(list)
    }

    /// The files that were checked, in order; None for what came without one.
    fn files(&self) -> Vec<Option<String>> {
        match &self.found {
            Found::Arrow(_) => Vec::new(),
            Found::Tables(report) => report.files().iter().map(|file| file.name.map(str::to_owned)).collect(),
        }
    }

    /// The annotated copy of a file, by its place among `files`, as the bytes of an xlsx.
    fn annotated<'py>(&self, py: Python<'py>, number: usize) -> PyResult<Bound<'py, PyBytes>> {
        let Found::Tables(report) = &self.found else { return Err(PyIndexError::new_err("no files were checked")) };
        let copied = py.detach(|| report.files().get(number).map(|file| report.annotated(file, self.lang)));
        let copied = copied.ok_or_else(|| PyIndexError::new_err("there is no such file"))?;
        Ok(PyBytes::new(py, &copied.map_err(|error| raised(py, &error, self.lang, None))?))
    }

    /// The whole report as it stands on the wire, as JSON text; of files and rows of mappings only.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        match &self.found {
            Found::Tables(report) => Ok(py.detach(|| report.wire(self.lang).to_json())),
            Found::Arrow(_) => Err(PyValueError::new_err("a table of Arrow has its findings as Arrow")),
        }
    }

    /// The findings as on the wire, each with file, sheet, cell, and the record's number in its table; of files and rows of mappings only.
    #[pyo3(signature = (lang=None))]
    fn wire<'py>(&self, py: Python<'py>, lang: Option<Language>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let Found::Tables(report) = &self.found else {
            return Err(PyValueError::new_err("a table of Arrow has its findings as Arrow"));
        };
        for placed in report.findings() {
            let finding = plain(py, &placed.finding().wire(lang.map_or(self.lang, |lang| lang.0), placed.row()))?;
            finding.set_item("file", placed.file())?;
            finding.set_item("sheet", placed.sheet())?;
            finding.set_item("cell", placed.cell())?;
            finding.set_item("record", placed.record())?;
            list.append(finding)?;
        }
        Ok(list)
    }
}

/// A record of several tables, numbered through.
fn record_of(report: &TableReport, number: u64) -> Option<RecordBuf> {
    let mut number = usize::try_from(number).ok()?;
    for table in report.tables() {
        let table = table.table();
        if number < table.len() {
            let mut record = RecordBuf::new(table.kind().clone());
            for field in table.kind().fields() {
                match table.cell(number, *field).to_buf() {
                    CellBuf::Empty => {}
                    cell => record.set(*field, cell),
                }
            }
            return Some(record);
        }
        number -= table.len();
    }
    None
}

/// The findings of a table: a table again, for whatever speaks Arrow, and rows for who only wants to look.
#[pyclass(frozen, module = "kepu")]
pub(crate) struct Findings {
    found: Found,
    lang: Lang,
}

#[pymethods]
impl Findings {
    /// A fresh stream of record batches (the Arrow PyCapsule interface). Its columns are always the same.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has, whatever was asked for.
        drop(requested_schema);
        let reader = py.detach(|| self.found.batches(self.lang));
        capsule::exported(py, reader)
    }

    /// The columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::exported_schema(py, &findings_schema())
    }

    fn __len__(&self) -> PyResult<usize> {
        let count = match &self.found {
            Found::Arrow(report) => usize::try_from(report.count())?,
            Found::Tables(report) => report.rules().count(),
        };
        Ok(count)
    }

    /// The findings one by one, as dicts.
    fn __iter__(&self, py: Python<'_>) -> Rows {
        let batches = py.detach(|| self.found.batches(self.lang));
        Rows(std::sync::Mutex::new(Ahead { batches, rows: Vec::new().into_iter() }))
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("<Findings: {} rows>", self.__len__()?))
    }
}

/// A table that was checked, as a table again.
#[pyclass(frozen, module = "kepu")]
pub(crate) struct Again {
    report: ArrowReport,
    fixed: bool,
}

#[pymethods]
impl Again {
    /// A fresh stream of record batches (the Arrow PyCapsule interface).
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let reader: Box<dyn RecordBatchReader + Send> =
            if self.fixed { Box::new(self.report.fixed()) } else { Box::new(self.report.readings()) };
        capsule::exported(py, reader)
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(usize::try_from(self.report.rows())?)
    }
}

/// Findings on their way.
struct Ahead {
    batches: Box<dyn RecordBatchReader + Send>,
    rows: std::vec::IntoIter<Py<PyDict>>,
}

/// The findings of a table one by one.
#[pyclass(frozen, module = "kepu._kepu")]
pub(crate) struct Rows(std::sync::Mutex<Ahead>);

#[pymethods]
impl Rows {
    fn __iter__(slf: Bound<'_, Rows>) -> Bound<'_, Rows> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyDict>>> {
        let mut guard = self.0.lock_py_attached(py).unwrap_or_else(std::sync::PoisonError::into_inner);
        let ahead = &mut *guard;
        loop {
            if let Some(row) = ahead.rows.next() {
                return Ok(Some(row));
            }
            let batches = &mut ahead.batches;
            let Some(batch) = py.detach(|| batches.next()) else { return Ok(None) };
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            ahead.rows = dicts(py, &batch)?.into_iter();
        }
    }
}

/// The rows of a batch of findings.
fn dicts(py: Python<'_>, batch: &RecordBatch) -> PyResult<Vec<Py<PyDict>>> {
    let mut rows = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let dict = PyDict::new(py);
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let value = match field.data_type() {
                _ if column.is_null(row) => py.None().into_bound(py),
                DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
                DataType::Boolean => column.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
                _ => PyString::new(py, column.as_string::<i32>().value(row)).into_any(),
            };
            dict.set_item(PyString::intern(py, field.name()), value)?;
        }
        rows.push(dict.unbind());
    }
    Ok(rows)
}
