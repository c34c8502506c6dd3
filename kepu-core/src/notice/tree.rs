//! The one small tree that a notice's text becomes, whatever it is written in; also what a record's JSON becomes.
//!
//! Every key and value knows where it stands, so that a fault can be shown there; a table keeps every key in order, so
//! that a key given twice is seen.

use std::borrow::Cow;

use crate::message::Text;

/// How deep tables and lists may stand in each other (design part 11).
pub(crate) const MAX_DEPTH: usize = 32;
pub(crate) const TOO_DEEP: Text = Text { zh: "嵌套超过 32 层", en: "is nested deeper than 32" };
/// How long a text may be, in bytes (design part 11).
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// A value and where it stands, in bytes from the start of the text; where only its key's place is known, that.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    pub(crate) at: usize,
    pub(crate) value: Value<'a>,
}

/// What JSON and TOML have in common. A day of TOML is its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Table(Vec<Entry<'a>>),
}

/// One key of a table, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub(crate) at: usize,
    pub(crate) key: Cow<'a, str>,
    pub(crate) node: Node<'a>,
}

impl<'a> Node<'a> {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A table's entries; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// A list's items; none of anything else.
    pub(crate) fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a table's key, the first where it stands twice.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Where a path such as `deadlines[0].due` leads, or as far along it as there is something.
    pub(crate) fn place(&self, path: &str) -> usize {
        let mut node = self;
        for step in path.split(['.', '[']) {
            let next = match step.strip_suffix(']') {
                Some(index) => index.parse().ok().and_then(|index: usize| node.items().get(index)),
                None => node.get(step),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node.at
    }
}

/// The line and the column of a place, both from 1, the column in characters.
pub(crate) fn line_column(text: &str, at: usize) -> (u32, u32) {
    let (mut line, mut column) = (1, 1);
    for (_, sign) in text.char_indices().take_while(|(start, _)| *start < at) {
        if sign == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_not_bytes() {
        assert_eq!(line_column("活动\n九月x", 0), (1, 1));
        assert_eq!(line_column("活动\n九月x", 7), (2, 1));
        assert_eq!(line_column("活动\n九月x", 13), (2, 3));
    }
}
