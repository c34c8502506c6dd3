//! The notice, and what it is asked.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use kepu_core::{Checker, Field, Kind, Lang, Options};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

use crate::asked::{self, Choices, Language};
use crate::error::raised;
use crate::last::Last;
use crate::plain::plain;
use crate::record::Given;
use crate::report::Report;

/// How many checkers with options are kept: a caller seldom has more than one set of them.
const KEPT: usize = 8;

/// A notice held as data, ready to be asked.
#[pyclass(frozen, module = "kepu._kepu")]
pub(crate) struct Notice {
    notice: kepu_core::Notice,
    checker: Checker,
    /// Checkers with options, the last made first.
    others: Mutex<Vec<Checker>>,
    last: Mutex<Last>,
}

impl Notice {
    /// Checks one record of Python's.
    pub(crate) fn check(
        &self,
        record: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        kind: &str,
        lang: Lang,
        choices: &Choices<'_, '_>,
    ) -> PyResult<Report> {
        let py = record.py();
        let checker = self.checker(py, choices.options(py, lang)?, lang)?;
        // A value may be asked for its text by code of the caller's, which may check a record itself: it asks with its own.
        let (mut shared, mut own) = (self.last.try_lock(), None);
        let last = shared.as_deref_mut().unwrap_or_else(|_| own.get_or_insert_default());
        let as_of = last.as_of(as_of, lang)?;
        let record = Given::new(record, self.kind(py, kind, lang)?, last, lang)?;
        Report::new(py, checker, record, as_of, lang)
    }

    fn of(notice: kepu_core::Notice) -> Notice {
        Notice { checker: notice.checker(), notice, others: Mutex::default(), last: Mutex::default() }
    }

    /// The checker of some options, made once.
    pub(crate) fn checker(&self, py: Python<'_>, options: Option<Options>, lang: Lang) -> PyResult<Checker> {
        let Some(options) = options else { return Ok(self.checker.clone()) };
        let others = || self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others().iter().find(|other| *other.options() == options) {
            return Ok(known.clone());
        }
        // Not under the lock: whoever waits for it may hold the interpreter that an exception needs.
        let checker = self.notice.checker_with(options).map_err(|error| raised(py, &error, lang, None))?;
        let mut others = others();
        others.truncate(KEPT - 1);
        others.insert(0, checker.clone());
        Ok(checker)
    }

    pub(crate) fn kind(&self, py: Python<'_>, id: &str, lang: Lang) -> PyResult<Kind> {
        asked::kind(py, self.notice.kinds(), id, lang)
    }
}

#[pymethods]
impl Notice {
    #[staticmethod]
    fn bundled(py: Python<'_>, id: &str, lang: Language) -> PyResult<Notice> {
        kepu_core::Notice::bundled(id).map(Notice::of).map_err(|error| raised(py, &error, lang.0, None))
    }

    /// A notice in TOML or JSON, told by its first sign; `file` is what its faults are said of.
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str, file: Option<&str>, lang: Language) -> PyResult<Notice> {
        let is_json = text.trim_start().starts_with('{');
        let notice = if is_json { kepu_core::Notice::from_json(text) } else { kepu_core::Notice::from_toml(text) };
        notice.map(Notice::of).map_err(|error| raised(py, &error, lang.0, file))
    }

    fn to_json(&self) -> String {
        self.notice.to_json()
    }

    #[getter]
    fn id(&self) -> &str {
        self.notice.id()
    }

    #[getter]
    fn year(&self) -> i32 {
        self.notice.year()
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.notice.title()
    }

    #[getter]
    fn kinds(&self) -> Vec<&str> {
        self.notice.kinds().iter().map(Kind::id).collect()
    }

    /// What something of one of the notice's lists is called, by the id of its field and its own.
    fn name(&self, field: &str, id: &str) -> Option<&str> {
        self.notice.name(Field::from_id(field)?, id)
    }

    /// What people call records of a kind.
    fn label(&self, py: Python<'_>, kind: &str, lang: Language) -> PyResult<String> {
        let kind = self.kind(py, kind, lang.0)?;
        Ok(self.notice.kind_label(&kind, lang.0).to_owned())
    }

    fn timeline<'py>(&self, as_of: &Bound<'py, PyAny>, lang: Language) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(as_of.py());
        for milestone in self.notice.timeline(asked::as_of(as_of, lang.0)?) {
            let dict = plain(as_of.py(), &milestone)?;
            dict.set_item("when", milestone.when(&self.notice, lang.0))?;
            dict.set_item("label", milestone.state().label().get(lang.0))?;
            list.append(dict)?;
        }
        Ok(list)
    }

    fn calendar(&self, as_of: &Bound<'_, PyAny>, lang: Language) -> PyResult<String> {
        Ok(self.notice.calendar(asked::as_of(as_of, lang.0)?))
    }

    /// The JSON Schema of a record, as JSON text.
    fn schema(&self, py: Python<'_>, kind: &str, lang: Language) -> PyResult<String> {
        Ok(self.checker.schema(&self.kind(py, kind, lang.0)?, lang.0))
    }

    /// A blank workbook to fill in, as the bytes of an xlsx.
    fn template<'py>(
        &self,
        py: Python<'py>,
        kind: &str,
        roster: Option<&Bound<'py, PyAny>>,
        lang: Language,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let choices = Choices { strict_deadlines: false, roster, only: None, ignore: None, min_severity: None };
        let checker = self.checker(py, choices.options(py, lang.0)?, lang.0)?;
        let kind = self.kind(py, kind, lang.0)?;
        let xlsx = py.detach(|| checker.template(&kind, lang.0));
        Ok(PyBytes::new(py, &xlsx.map_err(|error| raised(py, &error, lang.0, None))?))
    }

    fn __eq__(&self, other: &Notice) -> bool {
        self.notice == other.notice
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.notice.id().hash(&mut hasher);
        hasher.finish()
    }
}
