//! A mapping of Python's as a record: keys as people write them, values as they hold them.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use foldhash::fast::FixedState;
use kepu_core::{Cell, CellBuf, Field, Kind, Lang, Record, RecordBuf};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use crate::error::{Class, refused};
use crate::last::Last;
use crate::texts::{Held, Texts};
use crate::value::{Unfit, Value};

/// A record as it was handed in.
pub(crate) struct Given {
    kind: Kind,
    kept: Kept,
    /// What it says, once somebody has looked.
    cells: OnceLock<Cells>,
}

/// The mapping as it was.
enum Kept {
    /// Nothing but texts stands in its fields.
    Texts(Held),
    Whole(Py<PyDict>),
}

/// The same as it is read.
pub(crate) struct Read<'a> {
    kind: &'a Kind,
    cells: &'a Cells,
}

/// The cells of some fields.
struct Cells {
    values: Vec<(Field, Value)>,
    /// Where the cell of each field stands, counted from one; by the fields' own numbers.
    places: [u8; Field::ALL.len()],
}

impl Cells {
    fn with_capacity(capacity: usize) -> Cells {
        Cells { values: Vec::with_capacity(capacity), places: [0; Field::ALL.len()] }
    }

    /// Adds the cell of a field, unless it has one.
    fn add(&mut self, field: Field, value: Value) -> bool {
        let Some(place @ 0) = self.places.get_mut(place(field)) else { return false };
        self.values.push((field, value));
        *place = u8::try_from(self.values.len()).unwrap_or_default();
        true
    }

    fn of_mapping(mapping: &Bound<'_, PyDict>, kind: &Kind, lang: Lang) -> PyResult<Cells> {
        let mut cells = Cells::with_capacity(mapping.len().min(Field::ALL.len()));
        let mut is_twice = false;
        for (key, value) in mapping.iter() {
            let Ok(key) = key.cast_into::<PyString>() else { continue };
            let name = key.to_string_lossy();
            let Some(field) = named(kind, &name) else { continue };
            let value = Value::of(&value).map_err(|unfit| complaint(key.py(), Place::Key(&name), unfit, lang))?;
            is_twice |= !cells.add(field, value);
        }
        Ok(if is_twice { Cells::of(&ranked(mapping, kind)) } else { cells })
    }

    fn of(record: &RecordBuf) -> Cells {
        let mut cells = Cells::with_capacity(Field::ALL.len());
        for field in Field::ALL {
            cells.add(*field, Value::Cell(record.cell(*field).to_buf()));
        }
        cells
    }
}

impl Record for Read<'_> {
    fn kind(&self) -> &Kind {
        self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        let place = self.cells.places.get(place(field)).and_then(|place| usize::from(*place).checked_sub(1));
        place.and_then(|place| self.cells.values.get(place)).map_or(Cell::Empty, |(_, value)| value.cell())
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        for (field, value) in &self.cells.values {
            if let Some(cell) = cells.get_mut(place(*field)) {
                *cell = value.cell();
            }
        }
    }
}

impl Given {
    /// Takes a mapping as it is now; what becomes of it later changes nothing.
    pub(crate) fn new(record: &Bound<'_, PyAny>, kind: Kind, last: &mut Last, lang: Lang) -> PyResult<Given> {
        let texts = record.cast::<PyDict>().map_or(Ok(None), |dict| Held::of(dict, &kind, last))?;
        let kept = match texts {
            Some(texts) => Kept::Texts(texts),
            None => Kept::Whole(copied(record, None, lang)?.unbind()),
        };
        Ok(Given { kind, kept, cells: OnceLock::new() })
    }

    /// A record of the core's own, its keys by id.
    pub(crate) fn of(py: Python<'_>, record: RecordBuf) -> PyResult<Given> {
        let mapping = PyDict::new(py);
        for field in Field::ALL {
            let cell = record.cell(*field);
            if !matches!(cell, Cell::Empty) {
                mapping.set_item(field.id(), crate::value::shown(py, cell)?)?;
            }
        }
        Ok(Given { kind: record.kind().clone(), kept: Kept::Whole(mapping.unbind()), cells: Cells::of(&record).into() })
    }

    /// Its texts, where nothing else stands in its fields.
    pub(crate) fn texts<'a, 'py>(&'a self, py: Python<'py>) -> Option<Texts<'a, 'py>> {
        match &self.kept {
            Kept::Texts(texts) => Some(texts.record(&self.kind, py)),
            Kept::Whole(_) => None,
        }
    }

    /// A mapping as it was, which the caller may change.
    fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        match &self.kept {
            Kept::Texts(texts) => texts.mapping(py),
            Kept::Whole(mapping) => mapping.bind(py).copy(),
        }
    }

    /// What it says; read once, for a value of the caller's own may say something else each time.
    pub(crate) fn read(&self, py: Python<'_>, lang: Lang) -> PyResult<Read<'_>> {
        let cells = match self.cells.get() {
            Some(cells) => cells,
            None => {
                let cells = match &self.kept {
                    Kept::Texts(texts) => Cells::of_mapping(&texts.mapping(py)?, &self.kind, lang),
                    Kept::Whole(mapping) => Cells::of_mapping(mapping.bind(py), &self.kind, lang),
                }?;
                self.cells.get_or_init(|| cells)
            }
        };
        Ok(Read { kind: &self.kind, cells })
    }

    /// The mapping with some fields as another record has them. A field that the mapping does not name once is named by its
    /// id, which ranks before every other name.
    pub(crate) fn with<'py>(&self, py: Python<'py>, other: &RecordBuf, fields: &[Field]) -> PyResult<Bound<'py, PyDict>> {
        let mapping = self.mapping(py)?;
        for field in fields {
            let names = mapping.keys();
            let mut names = names.iter().filter(|key| {
                let key = key.cast::<PyString>().ok();
                key.and_then(|key| named(&self.kind, &key.to_string_lossy())) == Some(*field)
            });
            let key = match (names.next(), names.next()) {
                (Some(key), None) => key,
                _ => PyString::new(py, field.id()).into_any(),
            };
            mapping.set_item(key, crate::value::shown(py, other.cell(*field))?)?;
        }
        Ok(mapping)
    }
}

/// Where several keys name one field, the core says which is read.
fn ranked(mapping: &Bound<'_, PyDict>, kind: &Kind) -> RecordBuf {
    let mut pairs: Vec<(String, CellBuf)> = Vec::new();
    for (key, value) in mapping.iter() {
        // Every key and value of a field was taken before.
        if let (Ok(key), Ok(value)) = (key.cast::<PyString>(), Value::of(&value)) {
            pairs.push((key.to_string_lossy().into_owned(), value.cell().to_buf()));
        }
    }
    RecordBuf::from_pairs(kind.clone(), pairs)
}

#[expect(clippy::as_conversions, reason = "a field is its place in the table, and this is asked for every cell")]
pub(crate) fn place(field: Field) -> usize {
    field as usize
}

/// A mapping that nobody else changes. `row` is its number among others, from 0.
pub(crate) fn copied<'py>(record: &Bound<'py, PyAny>, row: Option<usize>, lang: Lang) -> PyResult<Bound<'py, PyDict>> {
    if let Ok(dict) = record.cast::<PyDict>() {
        return dict.copy();
    }
    let (py, class) = (record.py(), record.get_type());
    let is_table = class.hasattr("columns")? || record.is_instance_of::<PyList>();
    if !is_table && class.hasattr("keys")? && class.hasattr("__getitem__")? {
        let dict = PyDict::new(py);
        dict.as_any().call_method1("update", (record,))?;
        return Ok(dict);
    }
    let name = class.name()?.to_string_lossy().into_owned();
    let (zh, en) = match row {
        Some(row) => (
            format!("第 {} 条记录应是字典，例如 {{\"title\": \"…\"}}，得到的是 {name}", row + 1),
            format!("record {} is to be a mapping such as {{\"title\": \"…\"}}, not a `{name}`", row + 1),
        ),
        None if is_table => (
            format!("check 只核对一条记录，得到的是 {name}；整张表请用 notice.check_table(…)"),
            format!("check takes one record and got a `{name}`; for a table call notice.check_table(…)"),
        ),
        None => (
            format!(
                "记录应是字典，例如 {{\"title\": \"…\"}}，得到的是 {name}；JSON 文字请先用 json.loads 读成字典，数据类请用 dataclasses.asdict"
            ),
            format!(
                "a record is a mapping such as {{\"title\": \"…\"}}, not a `{name}`; read JSON text with json.loads, turn a dataclass into one with dataclasses.asdict"
            ),
        ),
    };
    Err(refused(py, Class::Record, lang, zh, en))
}

/// Where a value stands, for who has to find it.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// Under this key of one record.
    Key(&'a str),
    /// In this row of a grid, from 0.
    Row(usize),
    /// In this row of several records, from 0, under this key.
    RowKey(usize, &'a str),
}

impl Place<'_> {
    fn words(self) -> [String; 2] {
        match self {
            Place::Key(key) => [format!("“{key}”的值"), format!("`{key}`")],
            Place::Row(row) => [format!("第 {} 行有一格", row + 1), format!("row {}", row + 1)],
            Place::RowKey(row, key) => [format!("第 {} 条记录的“{key}”", row + 1), format!("`{key}` of record {}", row + 1)],
        }
    }
}

/// What is wrong with a value, and the way out.
pub(crate) fn complaint(py: Python<'_>, place: Place<'_>, unfit: Unfit, lang: Lang) -> PyErr {
    let [zh, en] = place.words();
    let (zh, en) = match unfit {
        Unfit::Raised(error) => return error,
        Unfit::Bytes => (
            format!("{zh}是 bytes，不知道是什么编码；请先用 .decode(…) 变成文字"),
            format!("{en} holds bytes of an unknown encoding; make a text of them with .decode(…)"),
        ),
        Unfit::Deep => (
            format!("{zh}里列表套得太深；请给一个列表，每项一个值"),
            format!("{en} holds lists in lists in lists; give one list of values"),
        ),
        Unfit::Type(of) => (
            format!("{zh}是 {of}，单元格里不会有；请换成文字、数字、日期或列表，例如 str(…)"),
            format!("{en} holds a `{of}`, which no cell does; give a text, a number, a date or a list, for instance str(…)"),
        ),
    };
    refused(py, Class::Record, lang, zh, en)
}

/// The field that a key names. Ids, labels and aliases as the table writes them are looked up; other spellings are asked.
pub(crate) fn named(kind: &Kind, key: &str) -> Option<Field> {
    static NAMES: LazyLock<[Names; 2]> = LazyLock::new(|| [Kind::ACTIVITY, Kind::SUMMARY].map(names));
    let [activity, submission] = &*NAMES;
    let known = if kind.is_activity() { activity } else { submission };
    known.get(key).copied().or_else(|| Field::named(kind, key))
}

/// Fields by their names; no stranger chooses what is in it.
type Names = HashMap<&'static str, Field, FixedState>;

fn names(kind: Kind) -> Names {
    let mut names = Names::default();
    // The first field of a name is the one that the core finds: later ones do not take it over.
    for field in kind.fields() {
        for name in [field.id(), field.label(&kind, Lang::Zh)].into_iter().chain(field.aliases(&kind).iter().copied()) {
            names.entry(name).or_insert(*field);
        }
    }
    names
}
