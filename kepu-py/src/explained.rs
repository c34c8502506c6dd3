//! What the core says of itself: its notices, its rules, its fields.

use kepu_core::{FieldType, Kind, Limits, Roster};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::asked::Language;

/// The notices that come with the software: id and title.
#[pyfunction]
pub(crate) fn notices(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let list = PyList::empty(py);
    for id in kepu_core::Notice::ids() {
        let notice =
            kepu_core::Notice::bundled(id).map_err(|error| crate::error::raised(py, &error, kepu_core::Lang::Zh, None))?;
        let dict = PyDict::new(py);
        dict.set_item("id", id)?;
        dict.set_item("title", notice.title())?;
        dict.set_item("year", notice.year())?;
        list.append(dict)?;
    }
    Ok(list)
}

/// A text with every telephone and mailbox made unreadable.
#[pyfunction]
pub(crate) fn mask(text: &str) -> String {
    kepu_core::mask(text)
}

/// Every rule, in the order of the core's list.
#[pyfunction]
pub(crate) fn rules(py: Python<'_>, lang: Language) -> PyResult<Bound<'_, PyList>> {
    let list = PyList::empty(py);
    for rule in kepu_core::rules::ALL {
        let dict = PyDict::new(py);
        dict.set_item("id", rule.id())?;
        dict.set_item("severity", rule.severity().id())?;
        dict.set_item("can_block", rule.can_block())?;
        dict.set_item("fields", rule.fields().iter().map(|field| field.id()).collect::<Vec<_>>())?;
        dict.set_item("args", rule.args())?;
        dict.set_item("about", rule.about().get(lang.0))?;
        dict.set_item("message", rule.message().get(lang.0))?;
        dict.set_item("advice", rule.advice().get(lang.0))?;
        list.append(dict)?;
    }
    Ok(list)
}

/// The fields of a family of records, activities or submissions, in the order of findings.
#[pyfunction]
pub(crate) fn fields<'py>(py: Python<'py>, kind: &str, lang: Language) -> PyResult<Bound<'py, PyList>> {
    let kind = Kind::submission(kind);
    let list = PyList::empty(py);
    for field in kind.fields() {
        let dict = PyDict::new(py);
        dict.set_item("id", field.id())?;
        dict.set_item("label", field.label(&kind, lang.0))?;
        dict.set_item("aliases", field.aliases(&kind))?;
        dict.set_item("is_list", field.is_list())?;
        dict.set_item("is_count", field.ty() == FieldType::Count)?;
        list.append(dict)?;
    }
    Ok(list)
}

/// The severities, the gravest first.
#[pyfunction]
pub(crate) fn severities() -> [&'static str; 3] {
    kepu_core::Severity::ALL.map(kepu_core::Severity::id)
}

/// What people call the severities, the gravest first.
#[pyfunction]
pub(crate) fn severity_labels(py: Python<'_>, lang: Language) -> PyResult<Bound<'_, PyDict>> {
    let labels = PyDict::new(py);
    for severity in kepu_core::Severity::ALL {
        labels.set_item(severity.id(), severity.label().get(lang.0))?;
    }
    Ok(labels)
}

/// Who owes, from the bytes of a file: a list of units, or roster id to list.
#[pyfunction]
pub(crate) fn roster<'py>(py: Python<'py>, bytes: &[u8], file: &str, lang: Language) -> PyResult<Bound<'py, PyAny>> {
    let roster = Roster::read(bytes, file, &Limits::default()).map_err(|error| crate::error::raised(py, &error, lang.0, None))?;
    match roster {
        Roster::All(units) => Ok(PyList::new(py, units)?.into_any()),
        Roster::Of(lists) => {
            let dict = PyDict::new(py);
            for (id, units) in lists {
                dict.set_item(id, units)?;
            }
            Ok(dict.into_any())
        }
        // A way that a later core may know, and this one cannot give.
        _ => Ok(PyList::empty(py).into_any()),
    }
}
