//! Errors of the core, and of the caller's values, as exceptions of `kepu.errors`.

use kepu_core::{Error, Lang};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

/// The classes of `kepu/errors.py`, each by what the core's error is asked.
#[derive(Clone, Copy)]
pub(crate) enum Class {
    Notice,
    Name,
    Record,
    Sheet,
}

impl Class {
    fn of(error: &Error) -> Class {
        if error.is_notice() {
            Class::Notice
        } else if error.is_sheet() {
            Class::Sheet
        } else if error.is_record() {
            Class::Record
        } else {
            Class::Name
        }
    }

    fn get(self, py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
        static CLASSES: [PyOnceLock<Py<PyType>>; 4] = [const { PyOnceLock::new() }; 4];
        let (cell, name) = match (self, &CLASSES) {
            (Class::Notice, [cell, ..]) => (cell, "NoticeError"),
            (Class::Name, [_, cell, ..]) => (cell, "NameUnknownError"),
            (Class::Record, [_, _, cell, _]) => (cell, "RecordError"),
            (Class::Sheet, [.., cell]) => (cell, "SheetError"),
        };
        cell.import(py, "kepu.errors", name)
    }
}

/// A core error as an exception, worded in the caller's language. `file` is the file that it is about.
pub(crate) fn raised(py: Python<'_>, error: &Error, lang: Lang, file: Option<&str>) -> PyErr {
    let mut words = [Lang::Zh, Lang::En].map(|lang| error.message(lang));
    if let (Some(file), true) = (file, error.is_notice()) {
        words = words.map(|words| format!("{file}: {words}"));
    }
    let [zh, en] = words;
    let made = || -> PyResult<PyErr> {
        let faults = error.faults().iter().map(|fault| {
            let dict = PyDict::new(py);
            dict.set_item("line", fault.line)?;
            dict.set_item("column", fault.column)?;
            dict.set_item("key", &fault.key)?;
            dict.set_item("message", fault.message(lang))?;
            Ok(dict)
        });
        let faults = faults.collect::<PyResult<Vec<_>>>()?;
        let class = Class::of(error);
        let exception = new(py, class, &zh, &en, lang)?;
        if let Class::Notice = class {
            exception.setattr("faults", faults)?;
            exception.setattr("file", file)?;
        }
        Ok(PyErr::from_value(exception))
    };
    made().unwrap_or_else(|broken| broken)
}

/// An exception about what the caller handed in.
pub(crate) fn refused(py: Python<'_>, class: Class, lang: Lang, zh: String, en: String) -> PyErr {
    new(py, class, &zh, &en, lang).map_or_else(|broken| broken, PyErr::from_value)
}

fn new<'py>(py: Python<'py>, class: Class, zh: &str, en: &str, lang: Lang) -> PyResult<Bound<'py, PyAny>> {
    class.get(py)?.call1((zh, en, lang.id()))
}
