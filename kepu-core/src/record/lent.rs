//! A record that is looked at where it lies: in the text of its tape.

use std::borrow::Cow;

use super::kept::{Cells, Kept};
use super::{Cell, Field, Items, Kind, List, Record};
use crate::error::Error;
use crate::notice::json;
use crate::notice::tree::{Node, Value};

/// A record that somebody parsed already, on a tape ([`Notice::from_tape`](crate::Notice::from_tape)). Its texts are not
/// copied; [`RecordBuf::from_tape`](crate::RecordBuf::from_tape) owns them.
///
/// ```
/// use kepu_core::{Cell, Field, Kind, Record, TapeRecord};
/// let record = TapeRecord::new(Kind::ACTIVITY, "{4:活动名称4:走近湿地6:images[5:1.jpg]}")?;
/// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug)]
pub struct TapeRecord<'t> {
    kind: Kind,
    cells: Cells<Lent<'t>>,
}

impl<'t> TapeRecord<'t> {
    /// A record of a kind; its keys as in [`RecordBuf::from_pairs`](crate::RecordBuf::from_pairs).
    ///
    /// # Errors
    /// If it is no tape of one object; ask with [`Error::is_record`].
    pub fn new(kind: Kind, tape: &'t str) -> Result<TapeRecord<'t>, Error> {
        Ok(TapeRecord { cells: Cells::of_tape(&kind, tape, Lent::of)?, kind })
    }
}

impl Record for TapeRecord<'_> {
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

/// A cell whose text lies elsewhere, where it can.
#[derive(Debug)]
pub(super) enum Lent<'t> {
    Cell(Cell<'t>),
    /// A text with escapes, an object's JSON.
    Own(String),
    List(Vec<Lent<'t>>),
}

impl<'t> Lent<'t> {
    /// The cell of a value that was parsed.
    pub(super) fn of(node: Node<'t>) -> Lent<'t> {
        Lent::Cell(match node.value {
            Value::Null => Cell::Empty,
            Value::Bool(yes) => Cell::Bool(yes),
            Value::Int(number) => Cell::Int(number),
            Value::Float(number) => Cell::Float(number),
            Value::Text(Cow::Borrowed(text)) => Cell::Text(text),
            Value::Text(Cow::Owned(text)) => return Lent::Own(text),
            Value::List(items) => return Lent::List(items.into_iter().map(Lent::of).collect()),
            Value::Table(_) => return Lent::Own(json::write(&node)),
        })
    }
}

impl Kept for Lent<'_> {
    fn cell(&self) -> Cell<'_> {
        match self {
            Lent::Cell(cell) => *cell,
            Lent::Own(text) => Cell::Text(text),
            Lent::List(items) => Cell::List(List::new(items, 0, items.len())),
        }
    }
}

impl Items for Vec<Lent<'_>> {
    fn item(&self, index: usize) -> Cell<'_> {
        self.get(index).map_or(Cell::Empty, Kept::cell)
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notice::tape;
    use crate::record::RecordBuf;

    const KEY: &str = "title|名称|活动名称|start|日期|images|图片|其他";
    const VALUE: &str =
        r#""([a-z无—；活动😀]|\\n){0,12}"|null|true|-?(0|[1-9][0-9]{0,2})(\.5)?|\[("a\.jpg",)?\[1\],null\]|\{"a":1\}"#;

    proptest! {
        /// Of its tape a record is what it is of its JSON, owned or lent; keys in any rank, values of any kind.
        #[test]
        fn a_record_of_a_tape_is_that_of_its_json(entries in prop::collection::vec((KEY, VALUE), 0..6)) {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            let json = format!("{{{}}}", entries.join(","));
            let of_json = RecordBuf::from_json(Kind::ACTIVITY, &json).unwrap();
            let tape = tape::write(&json::parse(&json).unwrap());
            let lent = TapeRecord::new(Kind::ACTIVITY, &tape).unwrap();
            for field in Field::ALL {
                prop_assert_eq!(lent.cell(*field).to_buf(), of_json.cell(*field).to_buf(), "{:?} of {}", field, &json);
            }
            prop_assert_eq!(RecordBuf::from_tape(Kind::ACTIVITY, &tape).unwrap(), of_json);
        }
    }

    #[test]
    fn what_is_no_object_is_said() {
        for tape in ["n", "2:{}", "[i1;]", "{", "{5:title", "{5:titlen}x", "", "{5:title{"] {
            let error = TapeRecord::new(Kind::ACTIVITY, tape).unwrap_err();
            assert!(error.is_record(), "{tape}");
        }
        assert!(TapeRecord::new(Kind::ACTIVITY, "{}").is_ok());
    }
}
