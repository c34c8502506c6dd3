//! A tag that begins: its name, and its attributes.

use std::borrow::Cow;

use super::scan::behind_prefix;
use super::value;

/// A tag that begins.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Tag<'x> {
    name: &'x [u8],
    attributes: &'x [u8],
}

impl<'x> Tag<'x> {
    pub(super) fn new(name: &'x [u8], attributes: &'x [u8]) -> Tag<'x> {
        Tag { name, attributes }
    }

    /// Its name without prefix.
    pub(in super::super) fn name(self) -> &'x [u8] {
        self.name
    }

    /// Its attributes in order: each name as it is written, each value before its entities are resolved.
    pub(in super::super) fn attributes(self) -> Attributes<'x> {
        Attributes { rest: self.attributes }
    }

    /// An attribute by its name without prefix.
    pub(in super::super) fn attribute(self, name: &str) -> Option<Cow<'x, str>> {
        let is = |written: &[u8]| written.get(behind_prefix(written)..) == Some(name.as_bytes());
        self.attributes().find(|(written, _)| is(written)).and_then(|(_, raw)| value(raw))
    }

    /// A whole number in an attribute.
    pub(in super::super) fn count(self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// A yes in an attribute.
    pub(in super::super) fn is_true(self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
    }
}

/// The attributes of a tag.
#[derive(Debug, Clone)]
pub(in super::super) struct Attributes<'x> {
    rest: &'x [u8],
}

impl<'x> Iterator for Attributes<'x> {
    type Item = (&'x [u8], &'x [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = memchr::memchr(b'=', rest)?;
        let (name, behind) = rest.split_at_checked(equals)?;
        let behind = behind.get(1..)?.trim_ascii_start();
        let (quote, behind) = behind.split_first()?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let end = behind.iter().position(|byte| byte == quote)?;
        let (value, behind) = behind.split_at_checked(end)?;
        self.rest = behind.get(1..)?;
        Some((name.trim_ascii_end(), value))
    }
}
