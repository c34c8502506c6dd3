//! A tree of names made ready for look-up: nodes in preorder, folded names in order.

use super::model::Node;
use crate::reading::name;

/// A node of a [`NameList`], by its place in preorder.
pub(crate) type NodeIx = u32;

/// The place of a node in a slice.
pub(crate) fn at(node: NodeIx) -> usize {
    usize::try_from(node).unwrap_or(usize::MAX)
}

/// One node, without its tree.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// Official names, the first is shown.
    pub(crate) names: Vec<String>,
    /// The first place behind its subtree.
    pub(crate) end: NodeIx,
}

/// A name by its folded form.
#[derive(Debug, Clone)]
pub(crate) struct Folded {
    pub(crate) text: Box<str>,
    pub(crate) node: NodeIx,
    pub(crate) official: bool,
}

/// A list of names.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameList {
    entries: Vec<Entry>,
    folded: Vec<Folded>,
}

impl NameList {
    /// Flattens a tree.
    pub(crate) fn new(nodes: &[Node]) -> NameList {
        let mut list = NameList::default();
        nodes.iter().for_each(|node| list.add(node));
        list.folded.sort_by(|a, b| a.text.cmp(&b.text));
        list
    }

    fn add(&mut self, node: &Node) {
        let ix = NodeIx::try_from(self.entries.len()).unwrap_or(NodeIx::MAX);
        let mut fold =
            |text: &str, official| self.folded.push(Folded { text: name::key(text).as_str().into(), node: ix, official });
        node.names.iter().for_each(|name| fold(name, true));
        if !node.id.is_empty() {
            fold(&node.id, true);
        }
        node.aliases.iter().for_each(|name| fold(name, false));
        self.entries.push(Entry { id: node.id.clone(), names: node.names.clone(), end: ix });
        node.items.iter().for_each(|item| self.add(item));
        let end = NodeIx::try_from(self.entries.len()).unwrap_or(NodeIx::MAX);
        if let Some(entry) = self.entries.get_mut(at(ix)) {
            entry.end = end;
        }
    }

    /// The nodes in preorder.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One node.
    pub(crate) fn get(&self, node: NodeIx) -> Option<&Entry> {
        self.entries.get(at(node))
    }

    /// All nodes that a folded name means, with whether it is official.
    pub(crate) fn matches<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = &'a Folded> {
        let from = self.folded.partition_point(|name| &*name.text < folded);
        self.folded.iter().skip(from).take_while(move |name| &*name.text == folded)
    }

    /// Every folded name, in order.
    pub(crate) fn folded(&self) -> &[Folded] {
        &self.folded
    }

    /// Whether there is no name at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The node of an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<NodeIx> {
        self.entries.iter().position(|entry| entry.id == id).and_then(|ix| NodeIx::try_from(ix).ok())
    }

    /// The name by which a node is shown.
    pub(crate) fn shown(&self, node: NodeIx) -> &str {
        self.get(node).map_or("", |entry| entry.names.first().unwrap_or(&entry.id))
    }

    /// The names of the leaves below a node, in order.
    pub(crate) fn leaves(&self, node: NodeIx) -> Vec<String> {
        let below = self.get(node).map_or(0..0, |entry| node..entry.end);
        below.filter(|node| self.is_leaf(*node)).map(|node| self.shown(node).to_owned()).collect()
    }

    /// Whether nothing stands below a node.
    pub(crate) fn is_leaf(&self, node: NodeIx) -> bool {
        self.get(node).is_some_and(|entry| entry.end == node + 1)
    }

    /// Whether a node is another, or stands below it.
    pub(crate) fn is_under(&self, node: NodeIx, other: NodeIx) -> bool {
        self.get(other).is_some_and(|entry| (other..entry.end).contains(&node))
    }
}
