//! JSON: read by serde_json where the feature `json` is on, written by our own routine.

use super::tree::{Node, Value};
use crate::reading::decimal::{self, push_whole};

#[cfg(feature = "json")]
mod read;

#[cfg(feature = "json")]
pub(crate) use read::{entries, parse};

/// The JSON text of a tree, without white space, keys in their order.
///
/// A fraction is written by our own routine: std's formatting of floats weighs 10 KB in the browser.
pub(crate) fn write(node: &Node<'_>) -> String {
    let mut json = String::new();
    value(node, &mut json);
    json
}

fn value(node: &Node<'_>, json: &mut String) {
    match &node.value {
        Value::Null => json.push_str("null"),
        Value::Float(number) => json.push_str(&decimal::shortest(*number)),
        Value::Bool(yes) => json.push_str(if *yes { "true" } else { "false" }),
        Value::Int(number) => push_whole(*number, json),
        Value::Text(text) => quoted(text, json),
        Value::List(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                comma(index, json);
                value(item, json);
            }
            json.push(']');
        }
        Value::Table(entries) => {
            json.push('{');
            for (index, entry) in entries.iter().enumerate() {
                comma(index, json);
                quoted(&entry.key, json);
                json.push(':');
                value(&entry.node, json);
            }
            json.push('}');
        }
    }
}

fn comma(index: usize, json: &mut String) {
    if index > 0 {
        json.push(',');
    }
}

fn quoted(text: &str, json: &mut String) {
    json.push('"');
    for sign in text.chars() {
        match sign {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\0'..='\u{1F}' => {
                json.push_str(if sign < '\u{10}' { "\\u000" } else { "\\u001" });
                json.extend(char::from_digit(u32::from(sign) % 16, 16));
            }
            _ => json.push(sign),
        }
    }
    json.push('"');
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let text = "{\"a\":[null,true,-1,\"\\\"\\\\\\n\\u0001活\"],\"b\":{}}";
        assert_eq!(write(&parse(text).unwrap()), text);
    }
}
