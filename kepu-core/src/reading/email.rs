//! E-mail addresses.

/// The address that a text is, full-width ASCII folded; none where it is not one plain address with a dot in its domain.
pub(crate) fn read(_text: &str) -> Option<std::borrow::Cow<'_, str>> {
    None
}
