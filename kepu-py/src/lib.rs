//! The Python package `kepu`: what comes from Python is converted, what the core says is handed back. Nothing is read,
//! judged or worded here.

mod asked;
mod capsule;
mod error;
mod explained;
mod found;
mod held;
mod last;
mod notice;
mod part;
mod plain;
mod record;
mod report;
mod rows;
mod sheets;
mod table;
mod texts;
mod value;
mod watched;

use pyo3::prelude::*;

/// The compiled half of `kepu`; its public names are those of the package.
#[pymodule(name = "_kepu")]
mod module {
    #[pymodule_export]
    use super::explained::{fields, mask, notices, roster, rules, severities, severity_labels};
    #[pymodule_export]
    use super::found::{Again, Checked, Findings};
    #[pymodule_export]
    use super::held::Held;
    #[pymodule_export]
    use super::notice::Notice;
    #[pymodule_export]
    use super::part::Part;
    #[pymodule_export]
    use super::report::Report;
    #[pymodule_export]
    use super::sheets::Sheets;
    #[pymodule_export]
    use super::table::Checker;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
