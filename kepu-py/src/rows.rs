//! Rows of mappings, one after the other, as one table.

use std::collections::HashMap;

use kepu_core::{Grid, Lang, NamedRows, SheetOptions};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::raised;
use crate::record::{Place, complaint, copied};
use crate::value::Value;

/// The columns under which values have come so far.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    /// Whether a column is read as a field; what is in another may be anything.
    are_read: Vec<bool>,
    places: HashMap<String, usize>,
}

impl Columns {
    fn place(&mut self, name: &str, options: &SheetOptions) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len();
        let one = NamedRows::new(&[name], Grid::default(), options);
        self.are_read.push(one.is_ok());
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

/// Takes rows while they come, none where none come; what the caller's iterator raises is raised.
pub(crate) fn table(rows: &Bound<'_, PyAny>, options: &SheetOptions, lang: Lang) -> PyResult<Option<NamedRows>> {
    let py = rows.py();
    let (mut columns, mut grid, mut values) = (Columns::default(), Grid::new(Vec::new()), Vec::new());
    for (number, row) in rows.try_iter()?.enumerate() {
        values.clear();
        for (key, value) in copied(&row?, Some(number), lang)?.iter() {
            let Ok(key) = key.cast_into::<PyString>() else { continue };
            let name = key.to_string_lossy();
            let place = columns.place(&name, options);
            if values.len() <= place {
                values.resize_with(place + 1, || Value::EMPTY);
            }
            if let (Some(true), Some(slot)) = (columns.are_read.get(place), values.get_mut(place)) {
                *slot = Value::of(&value).map_err(|unfit| complaint(py, Place::RowKey(number, &name), unfit, lang))?;
            }
        }
        grid.push(values.iter().map(Value::cell));
    }
    let names: Vec<&str> = columns.names.iter().map(String::as_str).collect();
    if grid.height() == 0 {
        return Ok(None);
    }
    NamedRows::new(&names, grid, options).map(Some).map_err(|error| raised(py, &error, lang, None))
}
