//! Which field a header or a key names.

use super::{Field, Kind};
use crate::reading::fold;

impl Field {
    /// The field that a header or a key names: by id, label or alias, with inner white space, `*`, a trailing colon
    /// and a bracketed unit or note at the end dropped, ASCII case aside.
    ///
    /// ```
    /// use kepu_core::{Field, Kind};
    /// assert_eq!(Field::named(&Kind::ACTIVITY, "*名 称："), Some(Field::Title));
    /// assert_eq!(Field::named(&Kind::ACTIVITY, "预计人数"), None);
    /// ```
    pub fn named(kind: &Kind, header: &str) -> Option<Field> {
        resolve(kind, header).map(|(field, _)| field)
    }
}

/// The field that a header names, and the rank of that name: 0 the id, 1 the label, then the aliases.
pub(crate) fn resolve(kind: &Kind, header: &str) -> Option<(Field, usize)> {
    let header = key(header);
    kind.fields().iter().find_map(|field| {
        let names = [field.id(), field.label(kind, crate::Lang::Zh)].into_iter().chain(field.aliases(kind).iter().copied());
        names.enumerate().find(|(_, name)| key(name) == header).map(|(rank, _)| (*field, rank))
    })
}

/// A header without what the match drops.
pub(crate) fn key(header: &str) -> String {
    let mut text: String =
        header.chars().map(fold::fold_char).filter(|c| !c.is_whitespace() && *c != '*').flat_map(char::to_lowercase).collect();
    loop {
        if text.ends_with(':') {
            text.pop();
        } else if text.ends_with(')') && text.find('(').is_some_and(|open| open > 0) {
            text.truncate(text.rfind('(').unwrap_or_default());
        } else {
            return text;
        }
    }
}
