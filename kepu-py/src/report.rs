//! What a check of one record found.

use chrono::NaiveDate;
use kepu_core::{AsOf, Checker, Field, Finding, Lang};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::error::{Class, refused};
use crate::plain::plain;
use crate::record::Given;

/// What a check of one record found, and what was read from it.
///
/// A report keeps the record as it was and asks the checker again when it is read: that is cheaper than to keep words
/// that nobody may want.
#[pyclass(frozen, module = "kepu")]
pub(crate) struct Report {
    checker: Checker,
    record: Given,
    as_of: AsOf,
    lang: Lang,
    accepted: bool,
    blocked: bool,
    /// Whether there is nothing to say, so that nobody has to be asked again.
    clean: bool,
}

impl Report {
    pub(crate) fn new(checker: Checker, record: Given, as_of: AsOf, lang: Lang) -> Report {
        let report = checker.check(&record, as_of);
        let (accepted, blocked, clean) = (report.is_accepted(), report.is_blocked(), report.findings().is_empty());
        drop(report);
        Report { checker, record, as_of, lang, accepted, blocked, clean }
    }

    fn asked(&self) -> kepu_core::Report<'_> {
        self.checker.check(&self.record, self.as_of)
    }
}

#[pymethods]
impl Report {
    /// Whether there is no error.
    #[getter]
    fn is_accepted(&self) -> bool {
        self.accepted
    }

    /// Whether a form should stop: an error that its sender can still put right.
    #[getter]
    fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// What is wrong, in order: by field, then item, then rule.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        if self.clean {
            return Ok(PyList::empty(py));
        }
        let report = self.asked();
        let findings = report.findings().iter().map(|finding| plain(py, &finding.wire(self.lang, None)));
        PyList::new(py, findings.collect::<PyResult<Vec<_>>>()?)
    }

    /// What each field was read as, by id; None where nothing was. Days are ISO text, names ids.
    #[getter]
    fn read<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.get_item("read")
    }

    /// The day that a day field says; None where nothing stands there or nothing was read.
    fn day(&self, py: Python<'_>, field: &str) -> PyResult<Option<NaiveDate>> {
        let known = Field::from_id(field).ok_or_else(|| {
            let (zh, en) = (format!("没有字段“{field}”"), format!("there is no field `{field}`"));
            refused(py, Class::Name, self.lang, zh, en)
        })?;
        Ok(self.asked().day(known))
    }

    /// Every question of the notice and how it was answered.
    fn explain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.checker.explain(&self.record, self.as_of).answers())
    }

    /// The record with every fix applied, under the keys that it came with.
    fn fixed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let report = self.asked();
        let mut fields: Vec<Field> = report.findings().iter().filter_map(Finding::fix).filter_map(|fix| fix.path.of()).collect();
        fields.dedup();
        self.record.with(py, &report.fixed(), &fields)
    }

    /// The moment at which the question was asked, at UTC+8.
    #[getter]
    fn as_of(&self) -> String {
        self.as_of.to_string()
    }

    /// All of it as plain data, with the version, the notice, the moment and the options, so that it can be repeated.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.asked().wire(self.lang))
    }

    fn __repr__(&self) -> String {
        let report = self.asked();
        let counts = kepu_core::Severity::ALL.map(|severity| {
            let count = report.findings().iter().filter(|finding| finding.severity() == severity).count();
            format!("{count} {}", severity.id())
        });
        format!("<Report: {}>", counts.join(", "))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Report>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("kepu.html")?.call_method1("record", (slf, slf.get().lang.id()))
    }
}
