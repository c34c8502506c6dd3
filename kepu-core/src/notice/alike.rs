//! Ids and names of one list that cannot be told apart.

use std::collections::BinaryHeap;

use super::faults::Faults;
use super::model::Node;
use super::tree::Node as Tree;
use crate::reading::name;

/// One name as it is compared, and where it stands.
struct Named {
    key: String,
    /// Empty for what is built in.
    path: String,
    /// The node that it names; its id may well be its name.
    node: usize,
    is_id: bool,
}

/// In the order of the notice: of two that are alike the later is at fault.
#[derive(Default)]
struct List {
    names: Vec<Named>,
    /// Which node is being added, from 1.
    node: usize,
}

/// The nodes of a tree, held against each other and against others that are built in.
pub(super) fn nodes(key: &str, nodes: &[Node], built_in: &[Node], tree: &Tree<'_>, faults: &mut Faults<'_>) {
    let mut list = List::default();
    for node in built_in {
        list.node += 1;
        list.add(&node.id, "", true);
        node.names.iter().for_each(|name| list.add(name, "", false));
    }
    list.nodes(key, nodes, faults);
    list.report(tree, faults);
}

/// Names without ids.
pub(super) fn names<'n>(
    key: &str,
    names: impl Iterator<Item = (&'n [String], &'n [String])>,
    tree: &Tree<'_>,
    faults: &mut Faults<'_>,
) {
    let mut list = List::default();
    for (index, (names, aliases)) in names.enumerate() {
        list.node += 1;
        let length = faults.enter_item(key, index);
        list.names("names", names, faults);
        list.names("aliases", aliases, faults);
        faults.leave(length);
    }
    list.report(tree, faults);
}

/// Ids without names.
pub(super) fn ids<'n>(key: &str, ids: impl Iterator<Item = &'n str>, tree: &Tree<'_>, faults: &mut Faults<'_>) {
    let mut list = List::default();
    for (index, id) in ids.enumerate() {
        list.node += 1;
        let length = faults.enter_item(key, index);
        list.id(id, faults);
        faults.leave(length);
    }
    list.report(tree, faults);
}

impl List {
    fn add(&mut self, name: &str, path: &str, is_id: bool) {
        if !name.is_empty() {
            let key = if is_id { name.to_owned() } else { name::key(name).as_str().to_owned() };
            self.names.push(Named { key, path: path.to_owned(), node: self.node, is_id });
        }
    }

    fn id(&mut self, id: &str, faults: &mut Faults<'_>) {
        let length = faults.enter("id");
        self.add(id, faults.path(), true);
        faults.leave(length);
    }

    fn names(&mut self, key: &str, names: &[String], faults: &mut Faults<'_>) {
        for (index, name) in names.iter().enumerate() {
            let length = faults.enter_item(key, index);
            self.add(name, faults.path(), false);
            faults.leave(length);
        }
    }

    fn nodes(&mut self, key: &str, nodes: &[Node], faults: &mut Faults<'_>) {
        for (index, node) in nodes.iter().enumerate() {
            self.node += 1;
            let length = faults.enter_item(key, index);
            self.id(&node.id, faults);
            self.names("names", &node.names, faults);
            self.names("aliases", &node.aliases, faults);
            self.nodes("items", &node.items, faults);
            faults.leave(length);
        }
    }

    fn report(self, tree: &Tree<'_>, faults: &mut Faults<'_>) {
        // A heap: std's sorts weigh 4 KB each in the browser.
        let keys: BinaryHeap<(&str, usize)> = self.names.iter().enumerate().map(|(at, named)| (&*named.key, at)).collect();
        for same in keys.into_sorted_vec().chunk_by(|a, b| a.0 == b.0) {
            let mut alike = same.iter().filter_map(|(_, at)| self.names.get(*at));
            let Some(first) = alike.next() else {
                continue;
            };
            for later in alike {
                if later.path.is_empty() || (later.node == first.node && later.is_id != first.is_id) {
                    continue;
                }
                let (zh, en) = if later.is_id && first.is_id {
                    ("id 相同", "this id is also that of")
                } else {
                    ("名称读来相同", "this name reads the same as")
                };
                let is_built_in = first.path.is_empty();
                let other_zh = if is_built_in { "内置的单位类型" } else { &first.path };
                let other_en = if is_built_in { "a built-in kind" } else { &["`", &first.path, "`"].concat() };
                if !faults.has(&later.path) {
                    let (zh, en) = ([zh, "：", other_zh].concat(), [en, " ", other_en].concat());
                    faults.add_at(tree.place(&later.path), later.path.clone(), zh, en);
                }
            }
        }
    }
}
