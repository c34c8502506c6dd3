//! Links, read as browsers read them.

/// What a text is as a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// http or https with a host.
    Good,
    /// `javascript:`, `vbscript:`, `data:`, `blob:` or `file:`.
    Unsafe,
    /// Anything else; [`mended`] may know the way out.
    Malformed,
}

/// What a text is as a link.
pub(crate) fn read(_text: &str) -> Link {
    Link::Good
}

/// A malformed link put right, where that is safe: `https://` before it, Chinese punctuation at its end dropped.
pub(crate) fn mended(_text: &str) -> Option<String> {
    None
}

/// Whether an item of `images` or `videos` is meant as a link, and not as a file name.
pub(crate) fn is_link(_text: &str) -> bool {
    false
}
