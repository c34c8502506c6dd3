//! What goes out as JSON: each public value says once, as a tree, what it is on the wire; our own writer makes text of the
//! tree (the browser), and serde hands it to any format.

use std::borrow::Cow;

use crate::notice::json;
use crate::notice::model::{Clause, Moment};
use crate::notice::tree::{Entry, Node, Value};
use crate::reading::day::iso;

/// A value that has a form on the wire.
pub(crate) trait OnWire {
    /// The value as a tree.
    fn tree(&self) -> Node<'_>;

    /// The tree as JSON text.
    fn json(&self) -> String {
        json::write(&self.tree())
    }
}

fn node(value: Value<'_>) -> Node<'_> {
    Node { at: 0, value }
}

pub(crate) fn null<'a>() -> Node<'a> {
    node(Value::Null)
}

pub(crate) fn text<'a>(text: impl Words<'a>) -> Node<'a> {
    text.into_node()
}

/// A text, lent or owned. In the browser its node is made in one place, not in each of 60 tables, which weighs less.
pub(crate) trait Words<'a> {
    fn into_node(self) -> Node<'a>;
}

impl<'a> Words<'a> for &'a str {
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn into_node(self) -> Node<'a> {
        node(Value::Text(Cow::Borrowed(self)))
    }
}

impl<'a> Words<'a> for String {
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn into_node(self) -> Node<'a> {
        node(Value::Text(Cow::Owned(self)))
    }
}

impl<'a> Words<'a> for Cow<'a, str> {
    fn into_node(self) -> Node<'a> {
        node(Value::Text(self))
    }
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn number<'a>(number: i64) -> Node<'a> {
    node(Value::Int(number))
}

/// A count; what is beyond all counting stays the greatest number.
pub(crate) fn count<'a>(count: impl TryInto<i64>) -> Node<'a> {
    number(count.try_into().unwrap_or(i64::MAX))
}

pub(crate) fn float<'a>(number: f64) -> Node<'a> {
    node(Value::Float(number))
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn truth<'a>(yes: bool) -> Node<'a> {
    node(Value::Bool(yes))
}

pub(crate) fn list<'a>(items: impl IntoIterator<Item = Node<'a>>) -> Node<'a> {
    gathered(&mut items.into_iter())
}

/// One gatherer for all lists: one for each kind of iterator weighs 1 KB more in the browser.
fn gathered<'a>(items: &mut dyn Iterator<Item = Node<'a>>) -> Node<'a> {
    node(Value::List(items.collect()))
}

pub(crate) fn texts<'a, T: Words<'a>>(items: impl IntoIterator<Item = T>) -> Node<'a> {
    list(items.into_iter().map(text))
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn or_null<'a>(value: Option<Node<'a>>) -> Node<'a> {
    value.unwrap_or_else(null)
}

/// A table, and its keys in order.
///
/// A list and no iterator: the code for each length of an array weighs more than what it holds.
pub(crate) fn table<'a>(entries: Vec<(&'a str, Node<'a>)>) -> Node<'a> {
    let entry = |(key, node): (&'a str, Node<'a>)| Entry { at: 0, key: Cow::Borrowed(key), node };
    node(Value::Table(entries.into_iter().map(entry).collect()))
}

/// A table with more entries behind its own.
pub(crate) fn with<'a>(mut node: Node<'a>, more: Vec<(&'a str, Node<'a>)>) -> Node<'a> {
    if let (Value::Table(entries), Value::Table(more)) = (&mut node.value, table(more).value) {
        entries.extend(more);
    }
    node
}

impl OnWire for Clause {
    fn tree(&self) -> Node<'_> {
        table(vec![("number", text(&*self.number)), ("quote", text(&*self.quote))])
    }
}

/// A day as ISO text, a minute at UTC+8 as `2023-09-28T17:00`, what hangs on a record's day as `{"field":"end","days":1}`.
pub(crate) fn moment<'a>(moment: Moment) -> Node<'a> {
    match moment {
        Moment::Day(day) => text(iso(day)),
        Moment::Minute(minute) => text(crate::as_of::AsOf::from(minute).iso()),
        Moment::Relative { field, days } => table(vec![("field", text(field.id())), ("days", number(days.into()))]),
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Node<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Table(entries) => serializer.collect_map(entries.iter().map(|entry| (&entry.key, &entry.node))),
        }
    }
}

/// [`OnWire`]'s text for everybody, and serde's `Serialize` where it is asked for.
macro_rules! on_wire {
    ($($name:ty),* $(,)?) => { $(
        impl $name {
            /// The same JSON that serde's `Serialize` gives, as text and without serde.
            pub fn to_json(&self) -> String {
                $crate::wire::OnWire::json(self)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::OnWire::tree(self).serialize(serializer)
            }
        }
    )* };
}
pub(crate) use on_wire;

on_wire!(Clause);
