//! TOML, as authors write a notice: into the same tree, with every fault of syntax at its place.

use ::toml::de::{DeTable, DeValue};

use super::faults::Faults;
use super::tree::{Entry, MAX_DEPTH, Node, TOO_DEEP, Value};

/// The tree of a TOML text. Where the syntax has faults, what could be read of it all the same, so that an author sees
/// them beside the faults of what it says.
pub(super) fn parse<'a>(text: &'a str, faults: &mut Faults<'_>) -> Node<'a> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        faults.syntax(at, format!("不是合法的 TOML（{}）", error.message()), format!("not valid TOML ({})", error.message()));
    }
    Node { at: 0, value: entries(table.into_inner(), 0, 1, faults) }
}

/// A table's entries in the order of the text: the `toml` crate sorts them by key.
fn entries<'a>(table: DeTable<'a>, at: usize, depth: usize, faults: &mut Faults<'_>) -> Value<'a> {
    if too_deep(at, depth, faults) {
        return Value::Null;
    }
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (key, spanned) in table {
        let at = key.span().start;
        let place = place(&spanned.span(), at);
        let value = value(spanned.into_inner(), place, depth, faults);
        entries.push(Entry { at, key: key.into_inner(), node: Node { at: place, value } });
    }
    entries.sort_by_key(|entry| entry.at);
    Value::Table(entries)
}

fn value<'a>(value: DeValue<'a>, at: usize, depth: usize, faults: &mut Faults<'_>) -> Value<'a> {
    match value {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Float(f64::MAX), Value::Int)
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Datetime(day) => Value::Text(day.to_string().into()),
        DeValue::Array(items) => {
            if too_deep(at, depth + 1, faults) {
                return Value::Null;
            }
            let mut list = Vec::new();
            for spanned in items {
                let place = place(&spanned.span(), at);
                let value = self::value(spanned.into_inner(), place, depth + 1, faults);
                list.push(Node { at: place, value });
            }
            Value::List(list)
        }
        DeValue::Table(table) => entries(table, at, depth + 1, faults),
    }
}

/// Where a value stands: a table that stands only in dotted keys has no span of its own, but its key's.
fn place(span: &std::ops::Range<usize>, key: usize) -> usize {
    if span.is_empty() { key } else { span.start }
}

fn too_deep(at: usize, depth: usize, faults: &mut Faults<'_>) -> bool {
    if depth > MAX_DEPTH {
        faults.syntax(at, TOO_DEEP.zh.into(), TOO_DEEP.en.into());
    }
    depth > MAX_DEPTH
}
