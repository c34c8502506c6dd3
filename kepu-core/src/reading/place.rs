//! A text held against a tree of places (`reading.md`, Names, Region).

use super::name::{CANDIDATES, NameRead, key, meant, read_key};
use crate::notice::names::{Folded, NameList, NodeIx, Standing};

/// A name without its last 市 省 区 县 州, where two characters remain.
pub(crate) fn shortened(name: &str) -> Option<&str> {
    let short = name.strip_suffix(['市', '省', '区', '县', '州'])?;
    (short.chars().nth(1).is_some()).then_some(short)
}

/// A text held against places: shortened names, a wider place before it, words behind it.
pub(crate) fn read(text: &str, list: &NameList) -> NameRead {
    let key = key(text);
    let exact = read_key(key.as_str(), list);
    if exact != NameRead::Unknown {
        return exact;
    }
    match place(key.as_str(), list, None) {
        Some((Some(node), rest)) if !names_another(rest, node, list) => NameRead::Official(node),
        _ => NameRead::Unknown,
    }
}

/// The place that a text begins with, the narrowest of those that follow each other, and what stands behind it; no node
/// where nobody can tell which of several is meant.
fn place<'t>(text: &'t str, list: &NameList, within: Option<NodeIx>) -> Option<(Option<NodeIx>, &'t str)> {
    let (name, rest) = first_name(text, list, within)?;
    let among = |node| is_within(node, within, list);
    let mut nodes = meant(name, list, &among).map(|name| name.node);
    let first = nodes.next()?;
    if nodes.all(|node| node == first) {
        return Some(place(rest, list, Some(first)).unwrap_or((Some(first), rest)));
    }
    // 吉林 is a province and a city; 吉林长春 is in the province.
    let mut narrower = None;
    for node in meant(name, list, &among).map(|name| name.node) {
        match (place(rest, list, Some(node)), &narrower) {
            (Some(_), Some(_)) => return Some((None, rest)),
            (Some(found), None) => narrower = Some(found),
            (None, _) => {}
        }
    }
    Some(narrower.unwrap_or((None, rest)))
}

/// The longest name of a place that a text begins with, and what stands behind it.
fn first_name<'t>(text: &'t str, list: &NameList, within: Option<NodeIx>) -> Option<(&'t str, &'t str)> {
    let mut bound = text;
    loop {
        let name = list.longest_prefix(bound)?;
        let is_meant = |name: &Folded| {
            // A code is understood only by itself: 4103001 is no place.
            name.standing != Standing::Official { is_id: true } && is_within(name.node, within, list)
        };
        if list.matches(name).any(is_meant) {
            return text.split_at_checked(name.len());
        }
        bound = name.get(..name.char_indices().next_back()?.0)?;
    }
}

fn is_within(node: NodeIx, within: Option<NodeIx>, list: &NameList) -> bool {
    within.is_none_or(|wider| node != wider && list.is_under(node, wider))
}

/// Whether a text names a place that is neither this one, nor above it, nor below.
fn names_another(text: &str, node: NodeIx, list: &NameList) -> bool {
    let is_same = |other| list.is_under(other, node) || list.is_under(node, other);
    text.char_indices().any(|(at, _)| {
        let name = text.get(at..).and_then(|rest| first_name(rest, list, None));
        name.is_some_and(|(name, _)| !meant(name, list, &|_| true).any(|name| is_same(name.node)))
    })
}

/// The places that a text names, from left to right, the wider ones of two left out.
pub(super) fn all_in(key: &str, list: &NameList) -> Vec<NodeIx> {
    let mut found: Vec<NodeIx> = Vec::new();
    let mut rest = key;
    while !rest.is_empty() && found.len() <= CANDIDATES {
        let Some((name, behind)) = first_name(rest, list, None) else {
            rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            continue;
        };
        for name in meant(name, list, &|_| true) {
            if !found.iter().any(|other| list.is_under(*other, name.node)) {
                found.retain(|other| !list.is_under(name.node, *other));
                found.push(name.node);
            }
        }
        rest = behind;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notice::model::Node;
    use crate::reading::name::{self, candidates};

    fn node(id: &str, names: &[&str], aliases: &[&str], items: Vec<Node>) -> Node {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Node { id: id.into(), names: own(names), aliases: own(aliases), items, ..Node::default() }
    }

    fn places() -> NameList {
        let henan = vec![
            node("410300", &["洛阳市"], &[], vec![]),
            node("410200", &["开封市"], &[], vec![node("410204", &["鼓楼区"], &[], vec![])]),
            node("410700", &["新乡市"], &[], vec![]),
            node("411200", &["三门峡市"], &[], vec![]),
            node("419001", &["济源示范区", "济源市"], &["济源产城融合示范区"], vec![]),
        ];
        let jilin = vec![node("220100", &["长春市"], &[], vec![]), node("220200", &["吉林市"], &[], vec![])];
        let jiangsu = vec![node("320106", &["鼓楼区"], &[], vec![])];
        NameList::of_places(&[
            node("410000", &["河南省", "全省"], &[], henan),
            node("220000", &["吉林省"], &[], jilin),
            node("320000", &["江苏省"], &[], jiangsu),
        ])
    }

    fn place(text: &str) -> Option<String> {
        let list = places();
        match read(text, &list) {
            NameRead::Official(node) => list.get(node).map(|entry| entry.id.clone()),
            NameRead::Alias(node) => list.get(node).map(|entry| format!("alias of {}", entry.id)),
            NameRead::Unknown => None,
        }
    }

    #[test]
    fn a_place_may_lack_its_last_character_where_two_remain() {
        for text in ["洛阳市", "洛阳", "洛 阳 市", "410300", "洛阳市。", "3.洛阳市", "“洛阳”"] {
            assert_eq!(place(text).as_deref(), Some("410300"), "{text}");
        }
        assert_eq!(place("济源").as_deref(), Some("419001"));
        assert_eq!(place("济源示范").as_deref(), Some("419001"));
        assert_eq!(place("河南").as_deref(), Some("410000"));
        assert_eq!((shortened("沙市"), shortened("郑州市"), shortened("海州区")), (None, Some("郑州"), Some("海州")));
    }

    #[test]
    fn a_wider_place_before_it_is_skipped() {
        for text in ["河南省洛阳市", "河南洛阳", "河南省 洛阳", "全省洛阳市", "河南省河南省洛阳市"] {
            let expected = if text == "河南省河南省洛阳市" { "410000" } else { "410300" };
            assert_eq!(place(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(place("河南省开封市鼓楼区").as_deref(), Some("410204"));
        assert_eq!(place("江苏鼓楼").as_deref(), Some("320106"));
    }

    #[test]
    fn a_text_that_begins_with_a_place_is_that_place_by_the_longest_name() {
        for (text, id) in [
            ("洛阳市涧西区", "410300"),
            ("三门峡陕州区", "411200"),
            ("河南省洛阳市涧西区", "410300"),
            ("新乡市新乡县", "410700"),
            ("新乡县", "410700"),
            ("济源市示范区", "419001"),
            ("河南省罗山县", "410000"),
            ("洛阳市河南科技大学", "410300"),
            ("洛阳市（河南省）", "410300"),
        ] {
            assert_eq!(place(text).as_deref(), Some(id), "{text}");
        }
    }

    #[test]
    fn two_places_or_none_are_unknown() {
        for text in [
            "洛阳、开封",
            "洛阳市和开封市",
            "河南洛阳、河南开封",
            "开封市洛阳市",
            "洛阳市南阳路、新乡",
            "老城区",
            "我区",
            "各省辖市",
            "XX市",
            "",
            "。",
            "4103",
            "4103001",
            "洛\u{200B}阳市",
        ] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn a_place_is_reported_only_by_an_alias_that_is_the_whole_text() {
        assert_eq!(place("济源产城融合示范区").as_deref(), Some("alias of 419001"));
        assert_eq!(place("济源产城融合示范区轵城镇").as_deref(), Some("419001"));
        assert_eq!(place("河南省济源产城融合示范区").as_deref(), Some("419001"));
    }

    #[test]
    fn a_name_of_two_places_is_unknown_until_the_text_tells_them_apart() {
        assert_eq!(place("鼓楼区"), None);
        assert_eq!(place("开封市鼓楼区").as_deref(), Some("410204"));
        assert_eq!(place("吉林"), None);
        assert_eq!(place("吉林市").as_deref(), Some("220200"));
        assert_eq!(place("吉林长春").as_deref(), Some("220100"));
        assert_eq!(place("吉林吉林市").as_deref(), Some("220200"));
    }

    #[test]
    fn the_places_that_a_text_fits_are_its_candidates() {
        let candidates = |text| candidates(text, &places());
        assert_eq!(candidates("洛阳、开封"), ["洛阳市", "开封市"]);
        assert_eq!(candidates("河南洛阳、河南开封"), ["洛阳市", "开封市"]);
        assert_eq!(candidates("吉林"), ["吉林省", "吉林市"]);
        assert_eq!(candidates("鼓楼区"), ["鼓楼区", "鼓楼区"]);
        assert_eq!(candidates("洛阴市"), ["洛阳市"]);
        assert_eq!(candidates("位于洛阳市涧西区的科技馆"), ["洛阳市"]);
        assert!(candidates("老城").is_empty());
        assert!(candidates("410301").is_empty());
    }

    fn any_text() -> impl Strategy<Value = String> {
        let parts =
            ["河南", "省", "洛阳", "市", "吉林", "鼓楼区", "、", "410300", "全省", " ", "（四）", "。", "济源", "产城融合示范区"];
        proptest::collection::vec(
            prop_oneof![9 => proptest::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => any::<String>()],
            0..7,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        /// A name is read as its key is; the longest name that a text begins with is found without looking at all.
        #[test]
        fn any_text_is_read_as_its_key(text in any_text()) {
            let list = places();
            let key = key(&text);
            prop_assert_eq!(name::read(&text, &list), read_key(key.as_str(), &list));
            prop_assert!(candidates(&text, &list).len() <= 3);
            let all = list.folded().iter().filter(|name| key.as_str().starts_with(&*name.text));
            let longest = all.map(|name| name.text.len()).max();
            prop_assert_eq!(list.longest_prefix(key.as_str()).map(str::len), longest);
            if read(&text, &list) == NameRead::Unknown {
                prop_assert_eq!(name::read(&text, &list), NameRead::Unknown);
            }
        }
    }
}
