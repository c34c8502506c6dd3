//! What is wrong with a notice, collected: every fault with its place, and the nearest of what is known.

use super::tree::line_column;
use crate::error::Fault;
use crate::message::Text;
use crate::reading::decimal::push_whole;
use crate::reading::near::nearest;

/// A text with more faults than this is no notice: the rest is not kept, so that no text makes the decoder slow.
const MOST: usize = 1_000;

/// The faults of one text.
pub(crate) struct Faults<'t> {
    /// None where places in it say nothing to an author.
    text: Option<&'t str>,
    /// The keys that lead to where the decoder stands.
    path: String,
    found: Vec<(usize, Fault)>,
}

impl<'t> Faults<'t> {
    pub(super) fn new(text: Option<&'t str>) -> Faults<'t> {
        Faults { text, path: String::new(), found: Vec::new() }
    }

    /// Something wrong where the path leads.
    pub(super) fn add(&mut self, at: usize, zh: String, en: String) {
        let key = self.path.clone();
        self.add_at(at, key, zh, en);
    }

    /// Something wrong at another path.
    pub(super) fn add_at(&mut self, at: usize, key: String, zh: String, en: String) {
        if !self.is_full() {
            // In the order of the text; most come so already.
            let behind = self.found.iter().rposition(|(before, _)| *before <= at).map_or(0, |before| before + 1);
            self.found.insert(behind, (at, Fault { line: 0, column: 0, key, zh, en }));
        }
    }

    /// A fault of syntax, which belongs to no key.
    #[cfg_attr(not(feature = "toml"), expect(dead_code, reason = "JSON ends at its first fault of syntax"))]
    pub(super) fn syntax(&mut self, at: usize, zh: String, en: String) {
        self.add_at(at, String::new(), zh, en);
    }

    /// A value of another type.
    pub(super) fn wrong(&mut self, at: usize, expected: Text) {
        self.add(at, ["这里应为", expected.zh].concat(), ["expected ", expected.en].concat());
    }

    /// A word that is none of those known: the nearest, or all where none is near.
    pub(super) fn unknown(&mut self, at: usize, what: Text, word: &str, known: &[&str]) {
        if self.is_full() {
            return;
        }
        let mut zh = ["没有", what.zh, "“", word, "”"].concat();
        let mut en = ["no ", what.en, " `", word, "`"].concat();
        if let Some(near) = nearest(word, known.iter().copied()) {
            zh += &["，最接近的是 ", near].concat();
            en += &[", the nearest is `", near, "`"].concat();
        } else if !known.is_empty() {
            let list = known.get(..30).unwrap_or(known).join(", ");
            zh += &["，可以写：", &list].concat();
            en += &[", known: ", &list].concat();
        }
        self.add(at, zh, en);
    }

    /// Adds a key to the path; what it gives leads back, by [`Faults::leave`].
    pub(super) fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        length
    }

    /// The same with an item of the list that a key holds.
    pub(super) fn enter_item(&mut self, key: &str, index: usize) -> usize {
        let length = self.enter(key);
        self.enter_index(index);
        length
    }

    /// Adds an item of a list to the path.
    pub(super) fn enter_index(&mut self, index: usize) -> usize {
        let length = self.path.len();
        self.path.push('[');
        push_whole(i64::try_from(index).unwrap_or(i64::MAX), &mut self.path);
        self.path.push(']');
        length
    }

    /// Leads back to where the path was.
    pub(super) fn leave(&mut self, length: usize) {
        self.path.truncate(length);
    }

    /// The keys that lead to where the decoder or the check stands.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether something is wrong where the path leads, or below.
    pub(super) fn has_here(&self) -> bool {
        self.has(&self.path)
    }

    /// Whether something is wrong at this path or below it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.found
            .iter()
            .any(|(_, fault)| fault.key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// All of them in the order of the text. Where the syntax is at fault, what the decoder says of the same line only
    /// follows from it and is left out.
    pub(super) fn into_list(mut self) -> Vec<Fault> {
        if let Some(text) = self.text {
            place(text, &mut self.found);
        }
        let broken: Vec<u32> = self.found.iter().filter(|(_, fault)| fault.key.is_empty()).map(|(_, fault)| fault.line).collect();
        let kept = |fault: &Fault| fault.key.is_empty() || !broken.contains(&fault.line);
        self.found.into_iter().map(|(_, fault)| fault).filter(kept).collect()
    }
}

/// Gives each fault its line and column, from one to the next, so that many faults in a long text cost one pass.
fn place(text: &str, found: &mut [(usize, Fault)]) {
    let (mut from, mut line, mut column) = (0, 1, 1);
    for (at, fault) in found {
        let (lines, columns) = line_column(text.get(from..).unwrap_or_default(), at.saturating_sub(from));
        (line, column) = if lines > 1 { (line + lines - 1, columns) } else { (line, column + columns - 1) };
        from = (*at).max(from).min(text.len());
        while !text.is_char_boundary(from) {
            from += 1;
        }
        (fault.line, fault.column) = (line, column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_from_fault_to_fault() {
        let mut faults = Faults::new(Some("活动\n九月\n\n甲乙"));
        for at in [17, 10, 0, 7, 10] {
            faults.add_at(at, at.to_string(), String::new(), String::new());
        }
        let places: Vec<_> = faults.into_list().iter().map(|fault| (fault.line, fault.column)).collect();
        assert_eq!(places, [(1, 1), (2, 1), (2, 2), (2, 2), (4, 2)]);
    }
}
