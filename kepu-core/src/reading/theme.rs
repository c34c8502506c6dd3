//! The theme of an activity held against the notice's.

/// What a text is as a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ThemeRead<'a> {
    /// One of the themes, by its place in the list, with the words behind it as sub-theme.
    Theme(usize, Option<&'a str>),
    /// Within one edit for every eight characters of this theme.
    Near(usize),
    /// Something else.
    Other,
}

/// A text held against the themes (as written; compared without separators, quote marks, 《》, a leading 主题： and a
/// final 。).
pub(crate) fn read<'a>(_text: &'a str, _themes: &[String]) -> ThemeRead<'a> {
    ThemeRead::Other
}
