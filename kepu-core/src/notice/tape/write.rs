//! A tree on the tape.

use super::super::tree::{Node, Value};
use crate::reading::decimal::push_whole;

/// The tape of a tree.
pub(crate) fn write(node: &Node<'_>) -> String {
    let mut tape = String::new();
    value(node, &mut tape);
    tape
}

fn value(node: &Node<'_>, tape: &mut String) {
    match &node.value {
        Value::Null => tape.push('n'),
        Value::Bool(yes) => tape.push(if *yes { 't' } else { 'f' }),
        Value::Int(number) => {
            tape.push('i');
            push_whole(*number, tape);
            tape.push(';');
        }
        Value::Float(number) => {
            tape.push('x');
            let bits = number.to_bits();
            let digits = (0..16).rev().map(|place| u32::try_from(bits >> (place * 4) & 0xF).unwrap_or_default());
            tape.extend(digits.filter_map(|digit| char::from_digit(digit, 16)));
        }
        Value::Text(own) => text(own, tape),
        Value::List(items) => {
            tape.push('[');
            items.iter().for_each(|item| value(item, tape));
            tape.push(']');
        }
        Value::Table(entries) => {
            tape.push('{');
            for entry in entries {
                text(&entry.key, tape);
                value(&entry.node, tape);
            }
            tape.push('}');
        }
    }
}

fn text(text: &str, tape: &mut String) {
    let units: usize = text.chars().map(char::len_utf16).sum();
    push_whole(i64::try_from(units).unwrap_or(i64::MAX), tape);
    tape.push(':');
    tape.push_str(text);
}
