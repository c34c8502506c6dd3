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
struct List(Vec<Named>);

/// The nodes of a tree, held against each other and against others that are built in.
pub(super) fn nodes(path: &str, nodes: &[Node], built_in: &[Node], tree: &Tree<'_>, faults: &mut Faults<'_>) {
    let (mut list, mut count) = (List::default(), 0);
    for node in built_in {
        count += 1;
        list.add(&node.id, String::new(), count, true);
        node.names.iter().for_each(|name| list.add(name, String::new(), count, false));
    }
    list.nodes(path, nodes, &mut count);
    list.report(tree, faults);
}

/// Names without ids.
pub(super) fn names<'n>(
    path: &str,
    names: impl Iterator<Item = (&'n [String], &'n [String])>,
    tree: &Tree<'_>,
    faults: &mut Faults<'_>,
) {
    let mut list = List::default();
    for (index, (names, aliases)) in names.enumerate() {
        list.names(&format!("{path}[{index}]"), names, aliases, index);
    }
    list.report(tree, faults);
}

/// Ids without names.
pub(super) fn ids<'n>(path: &str, ids: impl Iterator<Item = &'n str>, tree: &Tree<'_>, faults: &mut Faults<'_>) {
    let mut list = List::default();
    for (index, id) in ids.enumerate() {
        list.add(id, format!("{path}[{index}].id"), index, true);
    }
    list.report(tree, faults);
}

impl List {
    fn add(&mut self, name: &str, path: String, node: usize, is_id: bool) {
        if !name.is_empty() {
            let key = if is_id { name.to_owned() } else { name::key(name).as_str().to_owned() };
            self.0.push(Named { key, path, node, is_id });
        }
    }

    fn names(&mut self, path: &str, names: &[String], aliases: &[String], node: usize) {
        for (key, names) in [("names", names), ("aliases", aliases)] {
            for (index, name) in names.iter().enumerate() {
                self.add(name, format!("{path}.{key}[{index}]"), node, false);
            }
        }
    }

    fn nodes(&mut self, path: &str, nodes: &[Node], count: &mut usize) {
        for (index, node) in nodes.iter().enumerate() {
            *count += 1;
            let path = format!("{path}[{index}]");
            self.add(&node.id, format!("{path}.id"), *count, true);
            self.names(&path, &node.names, &node.aliases, *count);
            self.nodes(&format!("{path}.items"), &node.items, count);
        }
    }

    fn report(self, tree: &Tree<'_>, faults: &mut Faults<'_>) {
        // A heap: std's sorts weigh 4 KB each in the browser.
        let keys: BinaryHeap<(&str, usize)> = self.0.iter().enumerate().map(|(at, named)| (&*named.key, at)).collect();
        for same in keys.into_sorted_vec().chunk_by(|a, b| a.0 == b.0) {
            let mut alike = same.iter().filter_map(|(_, at)| self.0.get(*at));
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
                let (other_zh, other_en) = match &*first.path {
                    "" => ("内置的单位类型".to_owned(), "a built-in kind".to_owned()),
                    path => (path.to_owned(), format!("`{path}`")),
                };
                if !faults.has(&later.path) {
                    faults.add_at(
                        tree.place(&later.path),
                        later.path.clone(),
                        format!("{zh}：{other_zh}"),
                        format!("{en} {other_en}"),
                    );
                }
            }
        }
    }
}
