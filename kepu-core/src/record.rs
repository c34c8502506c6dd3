//! What comes in: a record is a view of cells by field, whatever it is kept in.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};

use crate::error::Error;
#[cfg(feature = "json")]
use crate::error::{Fault, What};
#[cfg(feature = "json")]
use crate::message::Lang;
use crate::notice::tree::{Node, Value};
use crate::notice::{json, tape};
use kept::{Cells, Kept, Pairs, no_tape};

pub(crate) mod fields;
pub(crate) mod headers;
mod kept;
mod lent;

pub use fields::{Field, FieldType};
pub use lent::TapeRecord;

/// Which kind of record is meant: an activity, or a submission named as the notice's deadline names it.
///
/// ```
/// use kepu_core::Kind;
/// assert!(Kind::ACTIVITY.is_activity());
/// assert_eq!(Kind::submission("plan").id(), "plan");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kind(Cow<'static, str>);

impl Kind {
    /// 活动.
    pub const ACTIVITY: Kind = Kind(Cow::Borrowed("activity"));
    /// 工作总结, the submission that most notices ask for.
    pub const SUMMARY: Kind = Kind(Cow::Borrowed("summary"));

    /// The kind of record that a deadline of this `record` is about.
    pub fn submission(record: impl Into<String>) -> Kind {
        Kind(Cow::Owned(record.into()))
    }

    /// Its name on the wire.
    pub fn id(&self) -> &str {
        &self.0
    }

    /// Whether it is an activity.
    pub fn is_activity(&self) -> bool {
        self.0 == "activity"
    }

    /// The fields that records of this kind have, in the order of findings.
    pub fn fields(&self) -> &'static [Field] {
        if self.is_activity() { fields::ACTIVITY } else { fields::SUBMISSION }
    }
}

static ACTIVITY: Kind = Kind::ACTIVITY;

/// One cell as it came, before anything is read from it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// Nothing stands there.
    Empty,
    /// A text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// Any other number; NaN is empty.
    Float(f64),
    /// A yes or no.
    Bool(bool),
    /// A civil day.
    Day(NaiveDate),
    /// A moment at UTC+8.
    Moment(NaiveDateTime),
    /// A list of cells.
    List(List<'a>),
}

/// Something that lends its items as cells; a [`Cell::List`] looks at a part of one.
pub trait Items {
    /// The item at a place; [`Cell::Empty`] beyond the end.
    fn item(&self, index: usize) -> Cell<'_>;
}

impl Items for Vec<CellBuf> {
    fn item(&self, index: usize) -> Cell<'_> {
        self.get(index).map_or(Cell::Empty, CellBuf::cell)
    }
}

impl Items for Vec<String> {
    fn item(&self, index: usize) -> Cell<'_> {
        self.get(index).map_or(Cell::Empty, |text| Cell::Text(text))
    }
}

/// A view of list items, wherever they are kept.
#[derive(Clone, Copy)]
pub struct List<'a> {
    items: &'a dyn Items,
    start: usize,
    len: usize,
}

impl<'a> List<'a> {
    /// `len` items of `items`, from `start` on.
    pub fn new(items: &'a dyn Items, start: usize, len: usize) -> List<'a> {
        List { items, start, len }
    }

    /// How many items there are, empty ones too.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The items in order.
    pub fn iter(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let List { items, start, len } = *self;
        (start..start + len).map(move |index| items.item(index))
    }
}

impl std::fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A view of one record. Implement it for your own struct and hand that in as it is.
///
/// ```
/// use kepu_core::{Cell, Field, Notice, Record};
///
/// struct Event { name: String, host: String, day: String }
///
/// impl Record for Event {
///     fn cell(&self, field: Field) -> Cell<'_> {
///         match field {
///             Field::Title => Cell::Text(&self.name),
///             Field::Organizer => Cell::Text(&self.host),
///             Field::Start => Cell::Text(&self.day),
///             _ => Cell::Empty,
///         }
///     }
/// }
///
/// let event = Event { name: "走近湿地".into(), host: "新乡市科协".into(), day: "9月31日".into() };
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let report = checker.check(&event, "2023-09-01".parse()?);
/// assert!(report.is_blocked());
/// # Ok::<(), kepu_core::Error>(())
/// ```
pub trait Record {
    /// Which kind of record it is; an activity unless said otherwise.
    fn kind(&self) -> &Kind {
        &ACTIVITY
    }

    /// The cell of a field; [`Cell::Empty`] where there is none.
    fn cell(&self, field: Field) -> Cell<'_>;

    /// Puts the cells of all fields where each has its place in the order of [`Field::ALL`], over [`Cell::Empty`] everywhere:
    /// one call instead of thirty.
    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        fields::each(|field| {
            if let Some(cell) = cells.get_mut(field.index()) {
                *cell = self.cell(field);
            }
        });
    }
}

impl<R: Record + ?Sized> Record for &R {
    fn kind(&self) -> &Kind {
        (**self).kind()
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        (**self).cell(field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        (**self).cells(cells);
    }
}

/// An owned cell.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum CellBuf {
    /// Nothing stands there.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A yes or no.
    Bool(bool),
    /// A civil day.
    Day(NaiveDate),
    /// A moment at UTC+8.
    Moment(NaiveDateTime),
    /// A list of cells.
    List(Vec<CellBuf>),
}

impl CellBuf {
    /// A cell that somebody parsed already, on a tape ([`Notice::from_tape`](crate::Notice::from_tape)): a text, a number, a
    /// list of cells; an object is kept as its JSON.
    ///
    /// ```
    /// use kepu_core::CellBuf;
    /// assert_eq!(CellBuf::from_tape("[4:走近湿地i300;]")?, CellBuf::List(vec!["走近湿地".into(), CellBuf::Int(300)]));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If it is no whole tape; ask with [`Error::is_record`].
    pub fn from_tape(tape: &str) -> Result<CellBuf, Error> {
        tape::parse(tape).map(CellBuf::of).map_err(no_tape)
    }

    /// The cell of a value that was parsed.
    fn of(node: Node<'_>) -> CellBuf {
        match node.value {
            Value::Null => CellBuf::Empty,
            Value::Bool(yes) => CellBuf::Bool(yes),
            Value::Int(number) => CellBuf::Int(number),
            Value::Float(number) => CellBuf::Float(number),
            Value::Text(text) => CellBuf::Text(text.into_owned()),
            Value::List(items) => CellBuf::List(items.into_iter().map(CellBuf::of).collect()),
            Value::Table(_) => CellBuf::Text(json::write(&node)),
        }
    }

    /// The cell as a view.
    pub fn cell(&self) -> Cell<'_> {
        match self {
            CellBuf::Empty => Cell::Empty,
            CellBuf::Text(text) => Cell::Text(text),
            CellBuf::Int(number) => Cell::Int(*number),
            CellBuf::Float(number) => Cell::Float(*number),
            CellBuf::Bool(yes) => Cell::Bool(*yes),
            CellBuf::Day(day) => Cell::Day(*day),
            CellBuf::Moment(moment) => Cell::Moment(*moment),
            CellBuf::List(items) => Cell::List(List::new(items, 0, items.len())),
        }
    }
}

impl Cell<'_> {
    /// An owned copy.
    pub fn to_buf(self) -> CellBuf {
        match self {
            Cell::Empty => CellBuf::Empty,
            Cell::Text(text) => CellBuf::Text(text.to_owned()),
            Cell::Int(number) => CellBuf::Int(number),
            Cell::Float(number) => CellBuf::Float(number),
            Cell::Bool(yes) => CellBuf::Bool(yes),
            Cell::Day(day) => CellBuf::Day(day),
            Cell::Moment(moment) => CellBuf::Moment(moment),
            Cell::List(list) => CellBuf::List(list.iter().map(Cell::to_buf).collect()),
        }
    }
}

macro_rules! cell_from {
    ($($from:ty => |$value:ident| $into:expr),* $(,)?) => { $(
        impl From<$from> for CellBuf {
            fn from($value: $from) -> CellBuf { $into }
        }
    )* };
}

cell_from! {
    &str => |text| CellBuf::Text(text.to_owned()),
    String => |text| CellBuf::Text(text),
    i64 => |number| CellBuf::Int(number),
    i32 => |number| CellBuf::Int(number.into()),
    f64 => |number| CellBuf::Float(number),
    bool => |yes| CellBuf::Bool(yes),
    NaiveDate => |day| CellBuf::Day(day),
    NaiveDateTime => |moment| CellBuf::Moment(moment),
    Vec<CellBuf> => |items| CellBuf::List(items),
}

impl<T: Into<CellBuf>> From<Option<T>> for CellBuf {
    fn from(value: Option<T>) -> CellBuf {
        value.map_or(CellBuf::Empty, Into::into)
    }
}

impl<T: Into<CellBuf>, const N: usize> From<[T; N]> for CellBuf {
    fn from(items: [T; N]) -> CellBuf {
        CellBuf::List(items.into_iter().map(Into::into).collect())
    }
}

/// An owned record: fields and their cells, and what else the sender wrote.
///
/// ```
/// use kepu_core::{Field, RecordBuf};
/// let record = RecordBuf::activity().with(Field::Title, "走近湿地").with(Field::Images, ["1.jpg", "2.jpg"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RecordBuf {
    kind: Kind,
    cells: Cells<CellBuf>,
}

impl RecordBuf {
    /// An empty record of a kind.
    pub fn new(kind: Kind) -> RecordBuf {
        RecordBuf { kind, cells: Cells::new() }
    }

    /// An empty activity.
    pub fn activity() -> RecordBuf {
        RecordBuf::new(Kind::ACTIVITY)
    }

    /// An empty work summary.
    pub fn summary() -> RecordBuf {
        RecordBuf::new(Kind::SUMMARY)
    }

    /// The record with one cell set.
    #[must_use]
    pub fn with(mut self, field: Field, cell: impl Into<CellBuf>) -> RecordBuf {
        self.set(field, cell);
        self
    }

    /// Sets one cell.
    pub fn set(&mut self, field: Field, cell: impl Into<CellBuf>) {
        self.cells.set(field, cell.into());
    }

    /// A record from keys as people write them: ids, labels and aliases. A key that names no field is left out;
    /// where several name one field, the id ranks first, then the order of the field's names, and the first that
    /// is not empty is read.
    pub fn from_pairs<K: AsRef<str>>(kind: Kind, pairs: impl IntoIterator<Item = (K, CellBuf)>) -> RecordBuf {
        let mut read = Pairs::of(&kind);
        pairs.into_iter().for_each(|(key, cell)| read.add(key.as_ref(), cell));
        RecordBuf { cells: read.done(), kind }
    }

    /// A record from the text of one JSON object; its keys as in [`RecordBuf::from_pairs`]. An object inside it is kept as
    /// its text.
    ///
    /// ```
    /// use kepu_core::{Cell, Field, Kind, Record, RecordBuf};
    /// let record = RecordBuf::from_json(Kind::ACTIVITY, r#"{"活动名称": "走近湿地", "images": ["1.jpg"]}"#)?;
    /// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
    /// assert!(RecordBuf::from_json(Kind::ACTIVITY, "[1]").is_err());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the text is no JSON object; ask with [`Error::is_record`].
    #[cfg(feature = "json")]
    pub fn from_json(kind: Kind, text: &str) -> Result<RecordBuf, Error> {
        let no_json = |fault: Fault| {
            let (zh, en) = (fault.message(Lang::Zh), fault.message(Lang::En));
            let (line, column) = (fault.line, fault.column);
            Error::other(
                What::Record,
                format!("记录的 JSON 第 {line} 行第 {column} 列：{zh}"),
                format!("the record's JSON, line {line}, column {column}: {en}"),
            )
        };
        let cells = Cells::of_object(&kind, CellBuf::of, |each| json::entries(text, each).map_err(no_json))?;
        Ok(RecordBuf { cells, kind })
    }

    /// A record that somebody parsed already, on a tape ([`Notice::from_tape`](crate::Notice::from_tape)); its keys as in
    /// [`RecordBuf::from_pairs`].
    ///
    /// ```
    /// use kepu_core::{Cell, Field, Kind, Record, RecordBuf};
    /// let record = RecordBuf::from_tape(Kind::ACTIVITY, "{4:活动名称4:走近湿地6:images[5:1.jpg]}")?;
    /// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If it is no tape of one object; ask with [`Error::is_record`].
    pub fn from_tape(kind: Kind, tape: &str) -> Result<RecordBuf, Error> {
        Ok(RecordBuf { cells: Cells::of_tape(&kind, tape, CellBuf::of)?, kind })
    }
}

impl Kept for CellBuf {
    fn cell(&self) -> Cell<'_> {
        CellBuf::cell(self)
    }
}

impl Record for RecordBuf {
    fn kind(&self) -> &Kind {
        &self.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.cells.cell(field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.cells.put(cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(json: &str) -> Result<CellBuf, Error> {
        RecordBuf::from_json(Kind::ACTIVITY, json).map(|record| record.cell(Field::Title).to_buf())
    }

    #[test]
    fn what_stands_in_an_object_is_kept_as_its_text() {
        assert_eq!(title(r#"{"title": {"a": [1.5, null]}}"#).unwrap(), CellBuf::from(r#"{"a":[1.5,null]}"#));
    }

    #[test]
    fn a_record_of_two_megabytes_is_read_and_half_a_surrogate_is_an_error_with_its_place() {
        let long = format!(r#"{{"title": "{}"}}"#, "长".repeat(700_000));
        assert!(matches!(title(&long).unwrap(), CellBuf::Text(text) if text.len() == 2_100_000));
        let error = title("{\n\"title\": \"\\ud800\"}").unwrap_err();
        assert!(error.is_record() && error.message(Lang::En).contains("line 2"), "{error}");
    }

    #[test]
    fn of_several_keys_of_one_field_the_id_ranks_first_and_an_empty_one_gives_way() {
        assert_eq!(title(r#"{"名称": "b", "title": "a"}"#).unwrap(), CellBuf::from("a"));
        assert_eq!(title(r#"{"名称": "b", "title": "——"}"#).unwrap(), CellBuf::from("b"));
    }
}
