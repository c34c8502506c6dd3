//! A text held against a list of names (`reading.md`, Names).

use super::fold::fold_char;
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

/// A text as it is compared; short ones take no memory of their own.
pub(crate) struct Key {
    short: [u8; 192],
    len: usize,
    long: String,
}

impl Key {
    /// The signs in order.
    pub(crate) fn of(signs: impl Iterator<Item = char>) -> Key {
        let mut key = Key { short: [0; 192], len: 0, long: String::new() };
        for sign in signs {
            key.push(sign);
        }
        key
    }

    fn push(&mut self, sign: char) {
        if self.long.is_empty()
            && let Some(room) = self.short.get_mut(self.len..self.len + sign.len_utf8())
        {
            sign.encode_utf8(room);
            self.len += sign.len_utf8();
            return;
        }
        if self.long.is_empty() {
            self.long = self.as_str().to_owned();
        }
        self.long.push(sign);
    }

    pub(crate) fn as_str(&self) -> &str {
        if !self.long.is_empty() {
            return &self.long;
        }
        self.short.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// A name as it is compared: folded, without a leading list number, quote marks, white space and a final 。.
pub(crate) fn key(text: &str) -> Key {
    let signs = |text: &str| Key::of(text.chars().map(fold_char).filter(|sign| *sign != '"' && !sign.is_whitespace()));
    let whole = signs(text);
    let rest = without_number(whole.as_str());
    let rest = rest.strip_suffix('。').unwrap_or(rest);
    if rest.len() == whole.as_str().len() { whole } else { Key::of(rest.chars()) }
}

/// A name without the number of a list before it: `4.` `4、` `1)` `(1)` `（四）` `四、` `①`.
fn without_number(name: &str) -> &str {
    if let Some(rest) = name.strip_prefix(|sign| matches!(sign, '①'..='⑳')) {
        return if rest.is_empty() { name } else { rest };
    }
    let (open, inner) = name.strip_prefix('(').map_or((false, name), |inner| (true, inner));
    let rest = inner.trim_start_matches(|sign: char| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign));
    let ends: &[char] = if open { &[')'] } else { &['.', '、', ')'] };
    let behind = rest.strip_prefix(ends).filter(|behind| !behind.is_empty() && rest.len() < inner.len());
    // `3.15` is a name, not the third of a list.
    behind.filter(|behind| !behind.starts_with(|sign: char| sign.is_ascii_digit())).unwrap_or(name)
}

/// A text held against the official names, ids and aliases of a list.
pub(crate) fn read(text: &str, list: &NameList) -> NameRead {
    read_key(key(text).as_str(), list)
}

fn read_key(key: &str, list: &NameList) -> NameRead {
    let mut found = NameRead::Unknown;
    for name in list.matches(key) {
        found = match found {
            NameRead::Official(node) | NameRead::Alias(node) if node != name.node => return NameRead::Unknown,
            NameRead::Official(node) => NameRead::Official(node),
            _ if name.official => NameRead::Official(name.node),
            _ => NameRead::Alias(name.node),
        };
    }
    found
}

/// A name without its last 市 省 区 县 州, where two characters remain.
pub(crate) fn shortened(name: &str) -> Option<&str> {
    let short = name.strip_suffix(['市', '省', '区', '县', '州'])?;
    (short.chars().nth(1).is_some()).then_some(short)
}

/// A text held against places: shortened names, a wider place before it, words behind it.
pub(crate) fn read_region(text: &str, list: &NameList) -> NameRead {
    let key = key(text);
    let exact = read_key(key.as_str(), list);
    if exact != NameRead::Unknown {
        return exact;
    }
    let Some((mut node, mut rest)) = first_place(key.as_str(), list) else { return NameRead::Unknown };
    while let Some((below, behind)) = first_place(rest, list) {
        if below == node || !list.is_under(below, node) {
            return NameRead::Unknown;
        }
        (node, rest) = (below, behind);
    }
    if names_another(rest, node, list) { NameRead::Unknown } else { NameRead::Official(node) }
}

/// The place that a text begins with, by the longest of its names, and what stands behind it; none where two places
/// are called so.
fn first_place<'t>(text: &'t str, list: &NameList) -> Option<(NodeIx, &'t str)> {
    let (mut best, mut longest) = (None, 0);
    for name in list.folded() {
        let forms = [Some(&*name.text), shortened(&name.text)];
        let Some(form) = forms.into_iter().flatten().find(|form| text.starts_with(form)) else { continue };
        if form.len() > longest {
            (best, longest) = (Some(name.node), form.len());
        } else if form.len() == longest && best != Some(name.node) {
            best = None;
        }
    }
    best.and_then(|node| text.get(longest..).map(|rest| (node, rest)))
}

/// Whether a text names a place that is neither this one, nor above it, nor below.
fn names_another(text: &str, node: NodeIx, list: &NameList) -> bool {
    text.char_indices().any(|(at, _)| {
        let place = text.get(at..).and_then(|rest| first_place(rest, list));
        place.is_some_and(|(other, _)| !list.is_under(other, node) && !list.is_under(node, other))
    })
}

/// At most three official names that a text may mean, nearest first; where a text fits several nodes, those.
pub(crate) fn candidates(text: &str, list: &NameList) -> Vec<String> {
    let key = key(text);
    let mut nearest: Vec<(f64, NodeIx)> = Vec::new();
    let mut add = |distance: f64, node: NodeIx| {
        if let Some(known) = nearest.iter_mut().find(|(_, other)| *other == node) {
            known.0 = known.0.min(distance);
        } else {
            nearest.push((distance, node));
        }
    };
    list.matches(key.as_str()).for_each(|name| add(0.0, name.node));
    for name in list.folded() {
        let distance = 1.0 - strsim::normalized_levenshtein(key.as_str(), &name.text);
        if distance < 0.6 {
            add(distance, name.node);
        }
    }
    nearest.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    nearest.iter().take(3).map(|(_, node)| list.shown(*node).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::model::Node;

    fn node(id: &str, names: &[&str], items: Vec<Node>) -> Node {
        Node { id: id.into(), names: names.iter().map(|name| (*name).into()).collect(), items, ..Node::default() }
    }

    fn places() -> NameList {
        let cities = vec![
            node("410300", &["洛阳市"], vec![]),
            node("410200", &["开封市"], vec![]),
            node("411200", &["三门峡市"], vec![]),
            node("419001", &["济源示范区", "济源市"], vec![]),
        ];
        NameList::new(&[node("410000", &["河南省"], cities)])
    }

    fn place(text: &str) -> Option<String> {
        let list = places();
        match read_region(text, &list) {
            NameRead::Official(node) | NameRead::Alias(node) => list.get(node).map(|entry| entry.id.clone()),
            NameRead::Unknown => None,
        }
    }

    #[test]
    fn a_place_may_be_shortened_and_have_a_wider_one_before_it() {
        for text in ["洛阳市", "洛阳", "河南省洛阳市", "河南洛阳", "洛阳市涧西区", "洛 阳 市", "410300", "洛阳市。"]
        {
            assert_eq!(place(text).as_deref(), Some("410300"), "{text}");
        }
        assert_eq!(place("三门峡陕州区").as_deref(), Some("411200"));
        assert_eq!(place("济源").as_deref(), Some("419001"));
        assert_eq!(place("河南省").as_deref(), Some("410000"));
    }

    #[test]
    fn two_places_or_none_are_unknown() {
        for text in ["洛阳、开封", "洛阳市和开封市", "老城区", "我区", "XX市", ""] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_number_quote_marks_and_a_full_stop_are_dropped() {
        for text in [
            "4.省级主场活动",
            "4、省级主场活动",
            "1)省级主场活动",
            "（四）省级主场活动",
            "四、“省级主场”活动。",
            "① 省级 主场活动",
        ] {
            assert_eq!(key(text).as_str(), "省级主场活动", "{text}");
        }
        assert_eq!(key("3.15晚会").as_str(), "3.15晚会");
        assert_eq!(key("一").as_str(), "一");
        assert_eq!(key(&"长".repeat(200)).as_str(), "长".repeat(200));
    }
}
