//! A notice: the document that says what is asked, held as data.

pub(crate) mod model;
pub(crate) mod names;
