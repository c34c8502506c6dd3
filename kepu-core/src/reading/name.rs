//! A text held against a list of names (`reading.md`, Names).

use super::fold::{fold_char, is_chinese_digit};
use super::near::{Nearness, nearness};
use super::place;
use crate::notice::names::{Folded, NameList, NodeIx, Standing};

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
    let key = Key::of(signs(text));
    let whole = key.as_str();
    let rest = without_number(whole);
    let rest = rest.strip_suffix('。').unwrap_or(rest);
    if rest.len() == whole.len() { key } else { Key::of(rest.chars()) }
}

fn signs(text: &str) -> impl Iterator<Item = char> {
    let folded = text.chars().map(fold_char).filter(|sign| *sign != '"' && !sign.is_whitespace());
    folded.scan(' ', |before, sign| {
        let sign = if sign == 'O' && is_chinese_digit(*before) { '〇' } else { sign };
        *before = sign;
        Some(sign)
    })
}

/// A name without the number of a list before it: `4.` `4、` `1)` `(1)` `（四）` `四、` `①`.
fn without_number(name: &str) -> &str {
    let is_number = |sign| matches!(sign, '①'..='⒛' | '㈠'..='㈩');
    if let Some(rest) = name.strip_prefix(is_number) {
        return if rest.is_empty() { name } else { rest };
    }
    let (open, inner) = name.strip_prefix('(').map_or((false, name), |inner| (true, inner));
    let rest = inner.trim_start_matches(|sign: char| {
        sign.is_ascii_digit() || matches!(sign, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    });
    let ends: &[char] = if open { &[')'] } else { &['.', '、', ')'] };
    let behind = rest.strip_prefix(ends).filter(|behind| !behind.is_empty() && rest.len() < inner.len());
    // `3.15` is a name, not the third of a list.
    let is_decimal = |behind: &str| rest.starts_with('.') && behind.starts_with(|sign: char| sign.is_ascii_digit());
    behind.filter(|behind| !is_decimal(behind)).unwrap_or(name)
}

/// A text held against the official names, ids and aliases of a list.
pub(crate) fn read(text: &str, list: &NameList) -> NameRead {
    read_key(key(text).as_str(), list)
}

pub(super) fn read_key(key: &str, list: &NameList) -> NameRead {
    let mut meant = meant(key, list, &|_| true);
    let Some(name) = meant.next() else { return NameRead::Unknown };
    match (meant.any(|other| other.node != name.node), name.standing) {
        (true, _) => NameRead::Unknown,
        (false, Standing::Alias) => NameRead::Alias(name.node),
        (false, Standing::Official { .. } | Standing::Shortened) => NameRead::Official(name.node),
    }
}

/// What a folded name means among some nodes: an official name before an alias, an alias before a shortened name.
pub(super) fn meant<'a>(key: &'a str, list: &'a NameList, among: &dyn Fn(NodeIx) -> bool) -> impl Iterator<Item = &'a Folded> {
    let rank = |name: &Folded| match name.standing {
        Standing::Official { .. } => 0,
        Standing::Alias => 1,
        Standing::Shortened => 2,
    };
    let best = list.matches(key).filter(|name| among(name.node)).map(rank).min();
    list.matches(key).filter(move |name| among(name.node) && Some(rank(name)) == best)
}

/// At most three official names that a text may mean, nearest first; where a text fits several nodes, those.
pub(crate) fn candidates(text: &str, list: &NameList) -> Vec<String> {
    candidates_among(text, list, &|_| true)
}

/// The same among some of the nodes.
pub(crate) fn candidates_among(text: &str, list: &NameList, among: &dyn Fn(NodeIx) -> bool) -> Vec<String> {
    let key = key(text);
    let key = key.as_str();
    let mut fitting: Vec<NodeIx> = Vec::new();
    for name in meant(key, list, among) {
        insert(&mut fitting, name.node);
    }
    if list.are_places() && fitting.is_empty() {
        fitting = place::all_in(key, list);
    }
    if fitting.len() < 2 {
        let nearest = nearest(key, list, among);
        if fitting.is_empty() || !nearest.is_empty() {
            fitting = nearest;
        }
    }
    fitting.truncate(CANDIDATES);
    fitting.iter().map(|node| list.shown(*node).to_owned()).collect()
}

pub(super) const CANDIDATES: usize = 3;

/// Adds to a list in order what it does not hold yet.
fn insert(list: &mut Vec<NodeIx>, node: NodeIx) {
    let at = list.iter().take_while(|other| **other < node).count();
    if list.get(at) != Some(&node) {
        list.insert(at, node);
    }
}

/// The few nodes with an official name near to a text, nearest first, of those that are as near in their order. What is
/// suggested is an official name, so that is what the text is measured against.
fn nearest(key: &str, list: &NameList, among: &dyn Fn(NodeIx) -> bool) -> Vec<NodeIx> {
    let mut nearest: Vec<(Nearness, NodeIx)> = Vec::new();
    let is_name = |name: &&Folded| name.standing == Standing::Official { is_id: false };
    for name in list.folded().iter().filter(is_name).filter(|name| among(name.node)) {
        let Some(nearness) = nearness(key, &name.text) else { continue };
        let this = (nearness, name.node);
        if nearest.iter().any(|known| known.1 == this.1 && *known <= this) {
            continue;
        }
        nearest.retain(|known| known.1 != this.1);
        let at = nearest.iter().take_while(|known| **known < this).count();
        nearest.insert(at, this);
        nearest.truncate(CANDIDATES);
    }
    nearest.into_iter().map(|(_, node)| node).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::model::Node;

    fn node(id: &str, names: &[&str], aliases: &[&str], items: Vec<Node>) -> Node {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Node { id: id.into(), names: own(names), aliases: own(aliases), items, ..Node::default() }
    }

    fn kinds() -> NameList {
        let joint = vec![
            node("joint-bases", &["科普（教育）基地联合行动"], &["科普基地联合行动"], vec![]),
            node("joint-museums", &["科技馆联合行动"], &[], vec![]),
        ];
        NameList::new(&[
            node("province-main", &["省级主场活动"], &[], vec![]),
            node("local-main", &["地方主场活动"], &[], vec![]),
            node("joint", &["系列联合行动"], &[], joint),
            node("special-cloud", &["“云上科普日”专项行动"], &["云上科普日"], vec![]),
        ])
    }

    #[test]
    fn an_official_name_passes_an_alias_is_reported_an_id_is_its_name() {
        let list = kinds();
        let read = |text| read(text, &list);
        assert_eq!(read("科技馆联合行动"), NameRead::Official(4));
        assert_eq!(read("joint-museums"), NameRead::Official(4));
        assert_eq!(read("joint"), NameRead::Official(2));
        assert_eq!(read("科普基地联合行动"), NameRead::Alias(3));
        for text in [
            "科普(教育)基地 联合行动",
            "科普【教育】基地联合行动。",
            "（5）科普（教育）基地联合行动",
            "「科普（教育）基地」联合行动",
        ] {
            assert_eq!(read(text), NameRead::Official(3), "{text}");
        }
        for text in ["云上科普日专项行动", "\"云上科普日\"专项行动", "‘云上科普日’专项行动"] {
            assert_eq!(read(text), NameRead::Official(5), "{text}");
        }
        for text in ["科普教育基地联合行动", "全国科技馆联合行动", "JOINT", "", "1.", "科技馆联合行动、地方主场活动"]
        {
            assert_eq!(read(text), NameRead::Unknown, "{text}");
        }
    }

    #[test]
    fn an_official_name_counts_before_another_s_alias_and_two_aliases_are_unknown() {
        let list = NameList::new(&[
            node("a", &["学会"], &["协会"], vec![]),
            node("b", &["协会"], &["团体"], vec![]),
            node("c", &["社团"], &["团体"], vec![]),
        ]);
        assert_eq!(read("协会", &list), NameRead::Official(1));
        assert_eq!(read("团体", &list), NameRead::Unknown);
        assert_eq!(candidates("团体", &list), ["协会", "社团"]);
    }

    #[test]
    fn three_candidates_at_most_nearest_first_and_none_too_far() {
        let list = kinds();
        assert_eq!(candidates("省级主会场", &list), ["省级主场活动"]);
        assert_eq!(candidates("地方主场", &list), ["地方主场活动"]);
        assert!(candidates("量子力学", &list).is_empty());
        assert!(candidates(&"长".repeat(60_000), &list).is_empty());
        let leaves = candidates_among("系列科技馆联合行动", &list, &|node| list.is_leaf(node));
        assert_eq!(leaves, ["科技馆联合行动"]);
        assert_eq!(candidates("系列科技馆联合行动", &list), ["科技馆联合行动", "系列联合行动"]);
    }

    #[test]
    fn a_list_number_quote_marks_and_a_full_stop_are_dropped() {
        for text in [
            "4.省级主场活动",
            "4．省级主场活动",
            "4、省级主场活动",
            "12、省级主场活动",
            "1)省级主场活动",
            "１）省级主场活动",
            "( 1 ) 省级主场活动",
            "（四）省级主场活动",
            "（十一）省级主场活动",
            "四、“省级主场”活动。",
            "① 省级 主场活动",
            "⑴省级主场活动",
            "省级主场活动。”",
            "“省级主场活动”。",
        ] {
            assert_eq!(key(text).as_str(), "省级主场活动", "{text}");
        }
        assert_eq!(key("4、5G科普").as_str(), "5G科普");
        assert_eq!(key("二O二三").as_str(), key("二〇二三").as_str());
        for kept in ["3.15晚会", "一", "(一)", "1、", "二十大", "①", "()甲", "4省级"] {
            assert_eq!(key(kept).as_str(), kept);
        }
        assert_eq!(key(&"长".repeat(200)).as_str(), "长".repeat(200));
    }
}
