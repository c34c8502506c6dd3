//! One value of Python's as a cell: what a person could have typed, and nothing else.

use chrono::{NaiveDate, NaiveDateTime};
use kepu_core::{Cell, CellBuf, Items, List};
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMemoryView, PySet,
    PyString, PyTuple, PyTzInfo,
};

/// A cell as Python holds it: a text stays where it is (Python's texts never change), everything else is small and copied.
pub(crate) enum Value {
    Text(PyBackedStr),
    List(Values),
    Cell(CellBuf),
}

/// The items of a list.
pub(crate) struct Values(Vec<Value>);

impl Items for Values {
    fn item(&self, index: usize) -> Cell<'_> {
        self.0.get(index).map_or(Cell::Empty, Value::cell)
    }
}

/// Why a value is no cell.
pub(crate) enum Unfit {
    /// Bytes: nobody says in which encoding.
    Bytes,
    /// Lists in lists in lists.
    Deep,
    /// Some other type, of this name.
    Type(String),
    /// Python's own complaint.
    Raised(PyErr),
}

impl From<PyErr> for Unfit {
    fn from(error: PyErr) -> Unfit {
        Unfit::Raised(error)
    }
}

/// How deep lists may stand in each other: one in a list's place is joined as a list in a text's place is.
const DEPTH: usize = 2;
/// How many items of a list are looked at: one more than a field may have.
const ITEMS: usize = 1_001;
/// UTC+8 in seconds.
const ZONE: i32 = 8 * 3600;

impl Value {
    pub(crate) const EMPTY: Value = Value::Cell(CellBuf::Empty);

    pub(crate) fn cell(&self) -> Cell<'_> {
        match self {
            Value::Text(text) => Cell::Text(text),
            Value::List(items) => Cell::List(List::new(items, 0, items.0.len())),
            Value::Cell(cell) => cell.cell(),
        }
    }

    pub(crate) fn of(value: &Bound<'_, PyAny>) -> Result<Value, Unfit> {
        Value::at(value, 0)
    }

    /// A text; half a surrogate is none, and U+FFFD in its place is what a finding is about.
    pub(crate) fn of_text(text: &Bound<'_, PyString>) -> Value {
        match PyBackedStr::try_from(text.clone()) {
            Ok(text) => Value::Text(text),
            Err(_) => Value::Cell(CellBuf::Text(text.to_string_lossy().into_owned())),
        }
    }

    fn at(value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Unfit> {
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Value::of_text(text));
        }
        if value.is_none() {
            return Ok(Value::EMPTY);
        }
        if let Ok(yes) = value.cast::<PyBool>() {
            return Ok(Value::Cell(CellBuf::Bool(yes.is_true())));
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return of_int(number).map(Value::Cell);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            return Ok(Value::Cell(CellBuf::Float(number.value())));
        }
        // pandas' NaT says that it is a datetime, and has a year that is no number.
        if is_missing(value)? {
            return Ok(Value::EMPTY);
        }
        if let Ok(moment) = value.cast::<PyDateTime>() {
            return of_moment(moment).map(Value::Cell);
        }
        if let Ok(day) = value.cast::<PyDate>() {
            return Ok(Value::Cell(CellBuf::Day(day.extract::<NaiveDate>()?)));
        }
        if let Ok(list) = value.cast::<PyList>() {
            return of_list(list.iter(), depth);
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return of_list(tuple.iter(), depth);
        }
        Value::of_other(value, depth)
    }

    /// What is neither Python's own scalar nor a list.
    fn of_other(value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Unfit> {
        let is_bytes = value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>();
        if is_bytes || value.is_instance_of::<PyMemoryView>() {
            return Err(Unfit::Bytes);
        }
        if let Ok(set) = value.cast::<PySet>() {
            return of_set(set.iter(), depth);
        }
        if let Ok(set) = value.cast::<PyFrozenSet>() {
            return of_set(set.iter(), depth);
        }
        if value.is_instance_of::<PyDict>() {
            return of_dict(value);
        }
        let (module, name) = type_name(value)?;
        match (root(&module), &*name) {
            ("decimal", "Decimal") => of_decimal(value),
            ("numpy", "datetime64") => {
                of_converted(&value.call_method1("astype", ("datetime64[us]",))?.call_method0("item")?, depth)
            }
            _ => match ["as_py", "tolist", "to_list", "__fspath__"].iter().find(|name| has(value, name)) {
                Some(method) if depth <= DEPTH => of_converted(&value.call_method0(*method)?, depth),
                Some(_) => Err(Unfit::Deep),
                None => Err(Unfit::Type(format!("{module}.{name}").trim_start_matches("builtins.").to_owned())),
            },
        }
    }
}

/// What a foreign scalar or array turned itself into; another foreign one counts as deeper, so that it ends.
fn of_converted(value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Unfit> {
    if let Ok(list) = value.cast::<PyList>() { of_list(list.iter(), depth) } else { Value::at(value, depth + 1) }
}

fn of_int(number: &Bound<'_, PyInt>) -> Result<CellBuf, Unfit> {
    if let Ok(number) = number.extract::<i64>() {
        return Ok(CellBuf::Int(number));
    }
    // Beyond some thousand digits Python writes no decimals: the hexadecimal ones are as much of no number of people.
    let written = number.call_method1("__format__", ("d",)).or_else(|_| number.call_method1("__format__", ("x",)))?;
    Ok(CellBuf::Text(written.extract()?))
}

fn of_decimal(value: &Bound<'_, PyAny>) -> Result<Value, Unfit> {
    if value.call_method0("is_nan")?.is_truthy()? {
        return Ok(Value::EMPTY);
    }
    let number: f64 = value.call_method0("__float__")?.extract()?;
    let is_whole = number.is_finite() && value.eq(value.call_method0("to_integral_value")?)?;
    // Ten to the thousandth would write a thousand digits.
    let cell = if is_whole && number.abs() < 1e300 {
        of_int(value.call_method0("__int__")?.cast::<PyInt>().map_err(PyErr::from)?)?
    } else {
        CellBuf::Float(number)
    };
    Ok(Value::Cell(cell))
}

/// A moment at UTC+8; one without a zone is already.
fn of_moment(moment: &Bound<'_, PyDateTime>) -> Result<CellBuf, Unfit> {
    if let Ok(moment) = moment.extract::<NaiveDateTime>() {
        return Ok(CellBuf::Moment(moment));
    }
    let py = moment.py();
    let zone = PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, ZONE, 0, false)?)?;
    let here = match moment.call_method1("astimezone", (zone,)) {
        // Beyond the years that Python counts: no day of any notice, and said as written.
        Err(error) if error.is_instance_of::<PyOverflowError>(py) => {
            return Ok(CellBuf::Text(moment.call_method0("isoformat")?.extract()?));
        }
        here => here?,
    };
    let without = PyDict::new(py);
    without.set_item("tzinfo", py.None())?;
    Ok(CellBuf::Moment(here.call_method("replace", (), Some(&without))?.extract()?))
}

fn of_list<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, depth: usize) -> Result<Value, Unfit> {
    if depth >= DEPTH {
        return Err(Unfit::Deep);
    }
    let values = items.take(ITEMS).map(|item| Value::at(&item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::List(Values(values)))
}

/// A set has no order of its own: its items stand in the order of their texts, so that a finding's path is always the same.
fn of_set<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, depth: usize) -> Result<Value, Unfit> {
    let Value::List(Values(mut values)) = of_list(items, depth)? else { return Ok(Value::EMPTY) };
    values.sort_by(|a, b| match (a.cell(), b.cell()) {
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        (Cell::Text(_), _) => std::cmp::Ordering::Greater,
        (_, Cell::Text(_)) => std::cmp::Ordering::Less,
        (a, b) => number(a).total_cmp(&number(b)),
    });
    Ok(Value::List(Values(values)))
}

fn number(cell: Cell<'_>) -> f64 {
    match cell {
        Cell::Float(number) => number,
        #[expect(clippy::as_conversions, reason = "an order needs no last digit")]
        Cell::Int(number) => number as f64,
        _ => f64::NEG_INFINITY,
    }
}

/// An object inside a record is kept as its JSON text, as the core keeps it.
fn of_dict(value: &Bound<'_, PyAny>) -> Result<Value, Unfit> {
    let options = PyDict::new(value.py());
    options.set_item("ensure_ascii", false)?;
    options.set_item("separators", (",", ":"))?;
    let text = value.py().import("json")?.call_method("dumps", (value,), Some(&options))?;
    Ok(Value::of_text(text.cast::<PyString>().map_err(PyErr::from)?))
}

/// pandas' words for nothing: `NaT` and `NA`.
fn is_missing(value: &Bound<'_, PyAny>) -> Result<bool, Unfit> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return Ok(false);
    }
    let name = value.get_type().name()?;
    let is_named = matches!(name.to_str().unwrap_or_default(), "NaTType" | "NAType");
    Ok(is_named && root(&type_name(value)?.0) == "pandas")
}

fn has(value: &Bound<'_, PyAny>, method: &str) -> bool {
    value.get_type().hasattr(method).unwrap_or(false)
}

/// The module and the name of a value's type.
fn type_name(value: &Bound<'_, PyAny>) -> PyResult<(String, String)> {
    let class = value.get_type();
    Ok((class.module()?.to_string_lossy().into_owned(), class.name()?.to_string_lossy().into_owned()))
}

fn root(module: &str) -> &str {
    module.split('.').next().unwrap_or_default()
}

/// A cell as Python shows it; days and moments as Python's own.
pub(crate) fn shown<'py>(py: Python<'py>, cell: Cell<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match cell {
        Cell::Text(text) => PyString::new(py, text).into_any(),
        Cell::Int(number) => number.into_pyobject(py)?.into_any(),
        Cell::Float(number) => PyFloat::new(py, number).into_any(),
        Cell::Bool(yes) => PyBool::new(py, yes).to_owned().into_any(),
        Cell::Day(day) => day.into_pyobject(py)?.into_any(),
        Cell::Moment(moment) => moment.into_pyobject(py)?.into_any(),
        Cell::List(items) => PyList::new(py, items.iter().map(|item| shown(py, item)).collect::<PyResult<Vec<_>>>()?)?.into_any(),
        _ => py.None().into_bound(py),
    })
}
