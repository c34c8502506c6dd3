//! What Python's `Notice` is made of.

use std::sync::OnceLock;

use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::asked::{Choices, Language};
use crate::notice::Notice;
use crate::report::Report;

/// The notice inside Python's class of that name, and what is called for every record: a function of Python's before it would
/// cost a third of a check.
#[pyclass(frozen, subclass, module = "kepu._kepu")]
pub(crate) struct Held(OnceLock<Py<Notice>>);

#[pymethods]
impl Held {
    /// Nothing yet: Python's `__init__` says which notice.
    #[new]
    #[pyo3(signature = (*_args, **_keywords))]
    fn new(_args: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> Held {
        Held(OnceLock::new())
    }

    #[getter(_core)]
    fn core(&self) -> PyResult<&Py<Notice>> {
        self.0.get().ok_or_else(|| PyAttributeError::new_err("_core"))
    }

    #[setter(_core)]
    fn hold(&self, notice: Py<Notice>) {
        // A notice that is held already stays.
        let _ = self.0.set(notice);
    }

    /// Checks one record. What is wrong with it is a finding, never an exception.
    ///
    /// Args:
    ///     record: Field → value. Keys are ids, labels or aliases (`title`, `活动名称`, `名称`); other keys are left alone.
    ///         Values are texts, numbers, booleans, dates, datetimes, decimals, numpy's and pandas' scalars, or lists of
    ///         them; `None`, NaN, `NaT` and `NA` are empty.
    ///     as_of: The moment of the question (截至): ISO text, a `date` or a `datetime`; without a zone it is UTC+8, and a bare
    ///         day is its first minute.
    ///     kind: One of `kinds`.
    ///     lang: The language of messages and advice.
    ///     strict_deadlines: Whether a deadline is what its strictest reading says: 9月28日前 ends on the 27th.
    ///     roster: Who owes: a list in place of every roster, or roster id → list.
    ///     only: Only these rules.
    ///     ignore: All but these rules.
    ///     min_severity: Nothing less grave.
    ///
    /// Raises:
    ///     RecordError: It is no mapping, or a value is none that a cell could hold (bytes).
    ///     NameUnknownError: An option names a rule, a roster, a kind or a moment that is none.
    ///
    /// >>> import kepu
    /// >>> report = kepu.Notice("henan-2023").check({"报送单位": "新乡市科协", "提交时间": "2023-09-28 16:00"},
    /// ...     kind="summary", as_of="2023-10-08", lang="en")
    /// >>> [(finding["rule"], finding["severity"]) for finding in report.findings]
    /// [('deadline-day', 'info')]
    /// >>> report.read["submitted_on"]
    /// '2023-09-28T16:00'
    #[pyo3(
        signature = (
            record, *, as_of, kind="activity", lang=Language::default(), strict_deadlines=false, roster=None, only=None,
            ignore=None, min_severity=None
        ),
        text_signature = "($self, record, *, as_of, kind='activity', lang='zh', strict_deadlines=False, roster=None, only=None, \
                          ignore=None, min_severity=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "one for each keyword of the Python method")]
    fn check(
        &self,
        record: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        kind: &str,
        lang: Language,
        strict_deadlines: bool,
        roster: Option<&Bound<'_, PyAny>>,
        only: Option<&Bound<'_, PyAny>>,
        ignore: Option<&Bound<'_, PyAny>>,
        min_severity: Option<&str>,
    ) -> PyResult<Report> {
        let choices = Choices { strict_deadlines, roster, only, ignore, min_severity };
        self.core()?.get().check(record, as_of, kind, lang.0, &choices)
    }
}
