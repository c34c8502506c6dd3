//! JSON read: nothing else of serde_json shows. A visitor of our own and not `serde_json::Value`, which loses a key given
//! twice and knows no places. A form does without (`tape`): its browser has a parser of JSON.
//!
//! Places cost nothing: a text that serde_json lends is a slice of the input, so that its address minus the input's is
//! where it stands.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use super::super::tree::{Entry, MAX_DEPTH, Node, TOO_DEEP, Value, line_column};
use crate::error::Fault;

/// The tree of a JSON text; a fault with its place where it is none or too deep.
pub(crate) fn parse(text: &str) -> Result<Node<'_>, Fault> {
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = Seed { text, at: 0, depth: 0 };
    seed.deserialize(&mut json).and_then(|node| json.end().map(|()| node)).map_err(|error| fault(text, &error))
}

/// Hands on the entries of the object that a JSON text is, one by one as they are read; false where it is something else.
pub(crate) fn entries<'a>(text: &'a str, each: &mut dyn FnMut(&str, Node<'a>)) -> Result<bool, Fault> {
    if !text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('{') {
        return parse(text).map(|_| false);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let entries = Entries { seed: Seed { text, at: 0, depth: 0 }, each };
    let read = serde_core::Deserializer::deserialize_map(&mut json, entries);
    read.and_then(|()| json.end()).map(|()| true).map_err(|error| fault(text, &error))
}

struct Entries<'e, 'a> {
    seed: Seed<'a>,
    each: &'e mut dyn FnMut(&str, Node<'a>),
}

impl<'a> Visitor<'a> for Entries<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        let below = self.seed.below()?;
        while let Some((at, key)) = entries.next_key_seed(Key(self.seed))? {
            (self.each)(&key, entries.next_value_seed(Seed { at, ..below })?);
        }
        Ok(())
    }
}

fn fault(text: &str, error: &serde_json::Error) -> Fault {
    // serde_json counts the column in bytes: turned into a place and back it is one in characters.
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let (line, column) = line_column(text, line_start + error.column().saturating_sub(1));
    let said = error.to_string();
    let said = said.rfind(" at line ").and_then(|end| said.get(..end)).unwrap_or(&said);
    let (zh, en) = match said {
        said if said == TOO_DEEP.en => (TOO_DEEP.zh.into(), TOO_DEEP.en.into()),
        said => (format!("不是合法的 JSON（{said}）"), format!("not valid JSON ({said})")),
    };
    Fault { line, column, key: String::new(), zh, en }
}

/// What reads one value: the whole text, the place to fall back on, and how deep it stands.
#[derive(Clone, Copy)]
struct Seed<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Seed<'a> {
    fn node(self, value: Value<'a>) -> Node<'a> {
        Node { at: self.at, value }
    }

    /// Where a lent text stands.
    fn place(self, lent: &str) -> usize {
        lent.as_ptr().addr().saturating_sub(self.text.as_ptr().addr())
    }

    fn below<E: serde_core::de::Error>(self) -> Result<Seed<'a>, E> {
        if self.depth < MAX_DEPTH { Ok(Seed { depth: self.depth + 1, ..self }) } else { Err(E::custom(TOO_DEEP.en)) }
    }
}

impl<'a> DeserializeSeed<'a> for Seed<'a> {
    type Value = Node<'a>;

    fn deserialize<D: serde_core::Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Seed<'a> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'a>, E> {
        Ok(self.node(Value::Null))
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Node<'a>, E> {
        Ok(self.node(Value::Bool(yes)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node<'a>, E> {
        Ok(self.node(Value::Int(number)))
    }

    #[expect(clippy::as_conversions, reason = "beyond i64 the nearest float is what JSON means")]
    fn visit_u64<E>(self, number: u64) -> Result<Node<'a>, E> {
        Ok(self.node(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node<'a>, E> {
        Ok(self.node(Value::Float(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'a>, E> {
        Ok(self.node(Value::Text(Cow::Owned(text.to_owned()))))
    }

    /// The place of a lent text is that of its quote mark.
    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Node<'a>, E> {
        Ok(Node { at: self.place(text).saturating_sub(1), value: Value::Text(Cow::Borrowed(text)) })
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<Node<'a>, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(node) = items.next_element_seed(below)? {
            list.push(node);
        }
        Ok(self.node(Value::List(list)))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<Node<'a>, A::Error> {
        let below = self.below()?;
        let mut table = Vec::new();
        while let Some(key) = entries.next_key_seed(Key(self))? {
            let (at, key) = key;
            let node = entries.next_value_seed(Seed { at, ..below })?;
            table.push(Entry { at, key, node });
        }
        Ok(self.node(Value::Table(table)))
    }
}

/// What reads a key and its place.
struct Key<'a>(Seed<'a>);

impl<'a> DeserializeSeed<'a> for Key<'a> {
    type Value = (usize, Cow<'a, str>);

    fn deserialize<D: serde_core::Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for Key<'a> {
    type Value = (usize, Cow<'a, str>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok((self.0.at, Cow::Owned(key.to_owned())))
    }

    fn visit_borrowed_str<E>(self, key: &'a str) -> Result<Self::Value, E> {
        Ok((self.0.place(key).saturating_sub(1), Cow::Borrowed(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::too_long;
    use super::super::super::tree::MAX_BYTES;
    use super::*;

    #[test]
    fn keys_and_texts_know_their_places() {
        let text = "{\n  \"年\": 2023,\n  \"names\": [\"甲\", \"a\\u0062\"]\n}";
        let tree = parse(text).unwrap();
        let entries = tree.entries();
        assert_eq!(line_column(text, entries[0].at), (2, 3));
        assert_eq!(entries[0].node, Node { at: entries[0].at, value: Value::Int(2023) });
        assert_eq!(line_column(text, entries[1].node.items()[0].at), (3, 13));
        assert_eq!(entries[1].node.items()[1], Node { at: entries[1].at, value: Value::Text("ab".into()) });
    }

    #[test]
    fn a_key_given_twice_is_kept_twice() {
        assert_eq!(parse(r#"{"a":1,"a":2}"#).unwrap().entries().len(), 2);
    }

    #[test]
    fn half_a_surrogate_is_an_error_and_no_panic() {
        for text in [r#"{"title":"\ud800"}"#, r#"{"\udc00":1}"#, r#"["\ud800\ud800"]"#, r#"["\ud800x"]"#] {
            let fault = parse(text).unwrap_err();
            assert!(fault.en.starts_with("not valid JSON"), "{fault}");
        }
        assert!(parse(r#"["\ud83d\ude00"]"#).is_ok());
    }

    #[test]
    fn a_fault_has_its_place_in_characters() {
        let fault = parse("{\"活动\": 1,\n \"日期\": }").unwrap_err();
        assert_eq!((fault.line, fault.column), (2, 8), "{fault}");
        assert!(parse("").is_err() && parse("{} {}").is_err() && parse("[1").is_err());
    }

    #[test]
    fn thirty_two_levels_are_read_and_thirty_three_are_not() {
        let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(32)).is_ok());
        assert_eq!(parse(&nested(33)).unwrap_err().en, TOO_DEEP.en);
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn a_mebibyte_is_read_and_a_byte_more_is_not() {
        let text = format!("\"{}\"", "x".repeat(MAX_BYTES - 2));
        assert!(parse(&text).is_ok());
        assert!(too_long(&text).is_ok() && too_long(&format!("{text} ")).is_err());
    }
}
