//! A text held against a list of names.

use crate::notice::names::{NameList, NodeIx};

/// What a text is in a list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameRead {
    /// This node, by an official name or its id.
    Official(NodeIx),
    /// This node, by an alias.
    Alias(NodeIx),
    /// No node, or more than one.
    Unknown,
}

/// A text held against the official names, ids and aliases of a list.
pub(crate) fn read(_text: &str, _list: &NameList) -> NameRead {
    NameRead::Unknown
}

/// A text held against places: shortened names, a wider place before it, a narrower one behind it.
pub(crate) fn read_region(_text: &str, _list: &NameList) -> NameRead {
    NameRead::Unknown
}

/// At most three official names that a text may mean, nearest first; where a text fits several nodes, those.
pub(crate) fn candidates(_text: &str, _list: &NameList) -> Vec<String> {
    Vec::new()
}

/// A name as it is compared: without a leading list number, quote marks, inner white space and a final 。.
pub(crate) fn key(text: &str) -> std::borrow::Cow<'_, str> {
    text.into()
}
