//! Parts of a table that lies on many machines: how what only the whole shows travels between them.

use arrow_array::RecordBatchIterator;
use kepu_core::arrow::findings_schema;
use kepu_core::{Lang, SetCheck, Tally};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

use crate::capsule;
use crate::error::raised;
use crate::plain::plain;

/// Some rows of a table in numbers, to be merged with others.
#[pyclass(module = "kepu._kepu")]
pub(crate) struct Part {
    part: kepu_core::arrow::Part,
    checker: kepu_core::Checker,
    lang: Lang,
}

impl Part {
    pub(crate) fn new(part: kepu_core::arrow::Part, checker: kepu_core::Checker, lang: Lang) -> Part {
        Part { part, checker, lang }
    }
}

#[pymethods]
impl Part {
    /// Takes the rows that stand next, by `__arrow_c_array__`.
    fn add(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = batch.py();
        let batch = capsule::batch_of(batch)?.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let batch = batch.ok_or_else(|| PyValueError::new_err("no struct array"))?;
        let part = &mut self.part;
        py.detach(|| part.add(&batch)).map_err(|error| raised(py, &error, self.lang, None))
    }

    /// Takes what another part holds, whose rows stand behind those of this one.
    fn follow(&mut self, py: Python<'_>, rows: u64, set: &[u8], tally: &str) -> PyResult<()> {
        let tally: Tally = serde_json::from_str(tally).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let (part, checker) = (&mut self.part, &self.checker);
        let followed = py.detach(|| part.follow(rows, SetCheck::from_bytes(checker, set)?, &tally));
        followed.map_err(|error| raised(py, &error, self.lang, None))
    }

    #[getter]
    fn rows(&self) -> u64 {
        self.part.rows()
    }

    #[getter]
    fn kind(&self) -> &str {
        self.part.frame().kind().id()
    }

    /// The names of the columns that are read, and as which field.
    fn columns(&self) -> Vec<(&str, &str)> {
        let columns = self.part.frame().columns().iter();
        columns.filter_map(|column| Some((column.header.as_str(), column.role.field()?.id()))).collect()
    }

    /// What the set rules need of the rows.
    fn set<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| self.part.set().to_bytes()))
    }

    /// The rows in numbers, as JSON text.
    fn rows_tally(&self) -> String {
        self.part.rows_tally().to_json()
    }

    /// The table in numbers, once all rows are in.
    fn tally<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &py.detach(|| self.part.tally()))
    }

    /// What only the set shows, once all rows are in: a stream of Arrow.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has, whatever was asked for.
        drop(requested_schema);
        let findings = py.detach(|| self.part.findings(self.lang));
        capsule::exported(py, Box::new(RecordBatchIterator::new([findings], findings_schema())))
    }
}
