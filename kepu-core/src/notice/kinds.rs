//! What is built in beside a notice's own lists: the thirteen kinds of organiser, and the modes (`reading.md`, Names).

use super::model::Node;
use super::names::NameList;

/// Ids and names; all names are official.
const ORGANIZER_KINDS: &[(&str, &[&str])] = &[
    ("association", &["科协"]),
    ("issuer", &["主办单位"]),
    ("society", &["学会", "协会", "研究会", "学会、协会、研究会"]),
    ("enterprise", &["企业", "企业科协", "公司"]),
    ("museum", &["科技馆", "科学技术馆"]),
    ("base", &["科普（教育）基地", "科普教育基地", "科普基地"]),
    ("youth", &["青少年科技教育机构", "青少年科技教育协会"]),
    ("farmtech", &["农技协", "科技小院"]),
    ("seniors", &["老科协", "老龄协会", "老年协会"]),
    ("school", &["学校", "高校", "大学", "中学", "小学", "幼儿园"]),
    ("institute", &["科研院所", "科研机构"]),
    ("media", &["媒体"]),
    ("other", &["其他", "其它", "机关", "事业单位", "医院", "社区", "社会组织"]),
];

const MODES: &[(&str, &[&str])] =
    &[("online", &["线上"]), ("offline", &["线下"]), ("both", &["线上线下", "线上+线下", "线上线下结合"])];

/// The kinds of organiser under a notice: those built in, then its own.
pub(crate) fn organizer_kinds(own: &[Node]) -> NameList {
    let mut kinds = nodes(ORGANIZER_KINDS);
    kinds.extend_from_slice(own);
    NameList::new(&kinds)
}

/// The modes of an activity.
pub(crate) fn modes() -> NameList {
    NameList::new(&nodes(MODES))
}

/// The built-in kinds of organiser, for a notice's own to be held against.
pub(super) fn built_in_kinds() -> Vec<Node> {
    nodes(ORGANIZER_KINDS)
}

fn nodes(list: &[(&str, &[&str])]) -> Vec<Node> {
    let node = |(id, names): &(&str, &[&str])| Node {
        id: (*id).into(),
        names: names.iter().map(|name| (*name).into()).collect(),
        ..Node::default()
    };
    list.iter().map(node).collect()
}
