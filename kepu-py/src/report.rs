//! What a check of one record found.

use chrono::NaiveDate;
use kepu_core::{AsOf, Checker, Field, Finding, Lang, Verdict};
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
    verdict: Verdict,
}

impl Report {
    pub(crate) fn new(py: Python<'_>, checker: Checker, record: Given, as_of: AsOf, lang: Lang) -> PyResult<Report> {
        let of_texts = record.texts(py).and_then(|texts| Some(checker.verdict(&texts, as_of)).filter(|_| texts.are_whole()));
        let verdict = match of_texts {
            Some(verdict) => verdict,
            None => checker.verdict(&record.read(py, lang)?, as_of),
        };
        Ok(Report { checker, record, as_of, lang, verdict })
    }

    /// Asks again, and hands what is said to whoever wants to know.
    fn asked<T>(&self, py: Python<'_>, tell: impl FnOnce(&kepu_core::Report<'_>) -> PyResult<T>) -> PyResult<T> {
        if let Some(texts) = self.record.texts(py) {
            let report = self.checker.check(&texts, self.as_of);
            if texts.are_whole() {
                return tell(&report);
            }
        }
        tell(&self.checker.check(&self.record.read(py, self.lang)?, self.as_of))
    }
}

#[pymethods]
impl Report {
    /// Whether there is no error.
    #[getter]
    fn is_accepted(&self) -> bool {
        self.verdict.is_accepted
    }

    /// Whether a form should stop: an error that its sender can still put right.
    #[getter]
    fn is_blocked(&self) -> bool {
        self.verdict.is_blocked
    }

    /// What is wrong, in order: by field, then item, then rule.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        if self.verdict.is_clean {
            return Ok(PyList::empty(py));
        }
        self.asked(py, |report| {
            let findings = report.findings().iter().map(|finding| plain(py, &finding.wire(self.lang, None)));
            PyList::new(py, findings.collect::<PyResult<Vec<_>>>()?)
        })
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
        self.asked(py, |report| Ok(report.day(known)))
    }

    /// Every question of the notice and how it was answered.
    fn explain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.checker.explain(&self.record.read(py, self.lang)?, self.as_of).answers())
    }

    /// The record with every fix applied, under the keys that it came with.
    fn fixed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.asked(py, |report| {
            let fixes = report.findings().iter().filter_map(Finding::fix);
            let mut fields: Vec<Field> = fixes.filter_map(|fix| fix.path.of()).collect();
            fields.dedup();
            self.record.with(py, &report.fixed(), &fields)
        })
    }

    /// The moment at which the question was asked, at UTC+8.
    #[getter]
    fn as_of(&self) -> String {
        self.as_of.to_string()
    }

    /// All of it as plain data, with the version, the notice, the moment and the options, so that it can be repeated.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.asked(py, |report| plain(py, &report.wire(self.lang)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.asked(py, |report| {
            let counts = kepu_core::Severity::ALL.map(|severity| {
                let count = report.findings().iter().filter(|finding| finding.severity() == severity).count();
                format!("{count} {}", severity.id())
            });
            Ok(format!("<Report: {}>", counts.join(", ")))
        })
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Report>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("kepu.html")?.call_method1("record", (slf, slf.get().lang.id()))
    }
}
