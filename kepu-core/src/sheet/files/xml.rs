//! XML of spreadsheets: events lent from the part, names without their prefix.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The XML cannot be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

impl From<quick_xml::Error> for Broken {
    fn from(_: quick_xml::Error) -> Broken {
        Broken
    }
}

/// A reader over a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(part);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = false;
        Xml { reader }
    }

    /// What comes next; [`Event::Eof`] at the end.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Broken> {
        Ok(self.reader.read_event()?)
    }

    /// Past the end of an element that has just begun.
    pub(super) fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Broken> {
        self.reader.read_to_end(start.name())?;
        Ok(())
    }

    /// The text up to the end of the element that has just begun; elements inside are skipped.
    pub(super) fn text(&mut self, into: &mut String) -> Result<(), Broken> {
        loop {
            match self.next()? {
                Event::Text(text) => into.push_str(&text.xml10_content()),
                Event::CData(text) => into.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => push_entity(&entity, into),
                Event::Start(inner) => self.skip(&inner)?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(Broken),
                _ => {}
            }
        }
    }
}

/// An entity as its character; an unknown one stays as it is written.
pub(super) fn push_entity(entity: &BytesRef<'_>, into: &mut String) {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        into.push(c);
    } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(entity) {
        into.push_str(text);
    } else {
        into.push('&');
        into.push_str(entity);
        into.push(';');
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(match found.value {
        Cow::Borrowed(value) => unescaped(value),
        Cow::Owned(value) => Cow::Owned(unescaped(&value).into_owned()),
    })
}

fn unescaped(value: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
}

/// A whole number in an attribute.
pub(super) fn count(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// A yes in an attribute.
pub(super) fn is_true(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}
