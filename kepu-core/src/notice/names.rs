//! A tree of names made ready for look-up: nodes in preorder, folded names in order.

use std::collections::BinaryHeap;

use super::model::Node;
use crate::reading::{name, place};

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

/// What a name is to its node; what comes first counts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// An official name, or the id, which is understood as the name.
    Official { is_id: bool },
    /// Understood and reported.
    Alias,
    /// A place's name without its last 市 or the like: understood in silence.
    Shortened,
}

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Folded {
    pub(crate) text: Box<str>,
    pub(crate) standing: Standing,
    pub(crate) node: NodeIx,
}

/// A list of names.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameList {
    entries: Vec<Entry>,
    folded: Vec<Folded>,
    /// Whether these are places, which may be shortened, and stand behind or before each other.
    are_places: bool,
}

impl NameList {
    /// Flattens a tree.
    pub(crate) fn new(nodes: &[Node]) -> NameList {
        NameList::default().filled(nodes)
    }

    /// Flattens a tree of places.
    pub(crate) fn of_places(nodes: &[Node]) -> NameList {
        NameList { are_places: true, ..NameList::default() }.filled(nodes)
    }

    fn filled(mut self, nodes: &[Node]) -> NameList {
        nodes.iter().for_each(|node| self.add(node));
        // A heap: std's sorts weigh 4 KB each in the browser.
        self.folded = BinaryHeap::from(self.folded).into_sorted_vec();
        self.folded.dedup();
        self
    }

    fn add(&mut self, node: &Node) {
        let ix = NodeIx::try_from(self.entries.len()).unwrap_or(NodeIx::MAX);
        self.fold(&node.id, Standing::Official { is_id: true }, ix);
        node.names.iter().for_each(|name| self.fold(name, Standing::Official { is_id: false }, ix));
        node.aliases.iter().for_each(|name| self.fold(name, Standing::Alias, ix));
        self.entries.push(Entry { id: node.id.clone(), names: node.names.clone(), end: ix });
        node.items.iter().for_each(|item| self.add(item));
        let end = NodeIx::try_from(self.entries.len()).unwrap_or(NodeIx::MAX);
        if let Some(entry) = self.entries.get_mut(at(ix)) {
            entry.end = end;
        }
    }

    fn fold(&mut self, name: &str, standing: Standing, node: NodeIx) {
        let key = name::key(name);
        let is_name = standing != Standing::Official { is_id: true };
        if let Some(short) = place::shortened(key.as_str()).filter(|_| self.are_places && is_name) {
            self.folded.push(Folded { text: short.into(), standing: Standing::Shortened, node });
        }
        if !key.as_str().is_empty() {
            self.folded.push(Folded { text: key.as_str().into(), standing, node });
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

    /// All that a folded name means, what counts first before the rest.
    pub(crate) fn matches<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = &'a Folded> {
        let from = self.folded.partition_point(|name| &*name.text < folded);
        self.folded.iter().skip(from).take_while(move |name| &*name.text == folded)
    }

    /// The longest of all names that a text begins with.
    pub(crate) fn longest_prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut bound = text;
        while !bound.is_empty() {
            // What the text begins with stands before it in the order, and so does all that lies between and begins so.
            let behind = self.folded.partition_point(|name| &*name.text <= bound);
            let name = behind.checked_sub(1).and_then(|at| self.folded.get(at))?;
            let alike = bound.chars().zip(name.text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            bound = bound.get(..alike)?;
            if bound.len() == name.text.len() {
                return Some(bound);
            }
        }
        None
    }

    /// Whether these are places.
    pub(crate) fn are_places(&self) -> bool {
        self.are_places
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
