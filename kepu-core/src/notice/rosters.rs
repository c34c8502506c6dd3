//! Who owes: the units of the notice's rosters, or of the caller's.

use super::model::{Model, Node, Roster};
use super::names::{self, NameList, NodeIx};
use crate::checker::Roster as Given;
use crate::error::{Error, What};
use crate::reading::name::{self, NameRead};

/// A unit by its place in roster order.
pub(crate) type UnitIx = NodeIx;

/// One unit that owes.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// What it is read as: its region's id, its own id, or its first name.
    pub(crate) id: String,
    /// Its first official name.
    pub(crate) shown: String,
    /// The rosters that it is on, by their place in the notice; none on a list that replaces them all.
    pub(crate) rosters: Vec<usize>,
}

/// All units that owe.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rosters {
    units: Vec<Unit>,
    list: NameList,
    /// For each roster of the notice: its id, its kinds, and whether its units are known.
    known: Vec<(String, Vec<String>, bool)>,
    /// Whether the caller's list stands in place of all.
    replaced: bool,
}

impl Rosters {
    /// The notice's rosters.
    pub(crate) fn of_notice(model: &Model) -> Rosters {
        Rosters::build(model, &|_| None)
    }

    /// The notice's rosters, with what the caller gives.
    ///
    /// # Errors
    /// If the caller names a roster that there is none of.
    pub(crate) fn new(model: &Model, given: Option<&Given>) -> Result<Rosters, Error> {
        match given {
            None => Ok(Rosters::of_notice(model)),
            Some(Given::All(names)) => {
                let mut nodes = Vec::new();
                names.iter().for_each(|name| add(&mut nodes, named(name), None));
                Ok(Rosters { replaced: true, ..Rosters::default() }.finish(nodes))
            }
            Some(Given::Of(lists)) => {
                if let Some((id, _)) = lists.iter().find(|(id, _)| model.rosters.iter().all(|roster| roster.id != *id)) {
                    return Err(no_roster(id, model));
                }
                let list = |id: &str| lists.iter().find(|(other, _)| other == id).map(|(_, names)| names.as_slice());
                Ok(Rosters::build(model, &list))
            }
        }
    }

    fn build<'g>(model: &Model, given: &dyn Fn(&str) -> Option<&'g [String]>) -> Rosters {
        let (mut rosters, mut nodes) = (Rosters::default(), Vec::new());
        for (at, roster) in model.rosters.iter().enumerate() {
            rosters.add(&mut nodes, at, roster, given(&roster.id), model);
        }
        rosters.finish(nodes)
    }

    fn finish(mut self, nodes: Vec<(Node, Vec<usize>)>) -> Rosters {
        let flat: Vec<Node> = nodes.iter().map(|(node, _)| node.clone()).collect();
        self.list = NameList::new(&flat);
        let unit = |(node, on): (Node, Vec<usize>)| {
            let shown = node.names.first().cloned().unwrap_or_default();
            Unit { id: if node.id.is_empty() { shown.clone() } else { node.id }, shown, rosters: on }
        };
        self.units = nodes.into_iter().map(unit).collect();
        self
    }

    fn add(&mut self, nodes: &mut Vec<(Node, Vec<usize>)>, at: usize, roster: &Roster, given: Option<&[String]>, model: &Model) {
        let is_known = given.is_some() || !roster.items.is_empty() || !roster.per_region.is_empty();
        self.known.push((roster.id.clone(), roster.kinds.clone(), is_known));
        if let Some(names) = given {
            return names.iter().for_each(|name| add(nodes, named(name), Some(at)));
        }
        roster.items.iter().for_each(|unit| add(nodes, unit.clone(), Some(at)));
        lowest(&model.regions, &mut |region| {
            if !roster.per_region.is_empty() {
                add(nodes, of_region(region, &roster.per_region), Some(at));
            }
        });
    }

    /// Whether nobody is known to owe anything: neither the notice nor the caller has a roster.
    pub(crate) fn is_empty(&self) -> bool {
        !self.replaced && self.known.is_empty()
    }

    /// The unit that a text names, and whether an alias named it.
    pub(crate) fn find(&self, text: &str) -> Option<(UnitIx, bool)> {
        match name::read(text, &self.list) {
            NameRead::Official(unit) => Some((unit, false)),
            NameRead::Alias(unit) => Some((unit, true)),
            NameRead::Unknown => None,
        }
    }

    /// One unit.
    pub(crate) fn unit(&self, unit: UnitIx) -> Option<&Unit> {
        self.units.get(names::at(unit))
    }

    /// The units in roster order.
    pub(crate) fn units(&self) -> impl Iterator<Item = (UnitIx, &Unit)> {
        (0..).zip(&self.units)
    }

    /// Whether a unit owes what rosters of these ids owe.
    pub(crate) fn owes(&self, unit: UnitIx, owed_by: Option<&[String]>) -> bool {
        let Some(owed_by) = owed_by.filter(|_| !self.replaced) else { return true };
        let is_on = |at: &usize| self.known.get(*at).is_some_and(|(id, ..)| owed_by.contains(id));
        self.unit(unit).is_some_and(|unit| unit.rosters.iter().any(is_on))
    }

    /// Whether every roster that a unit of this kind may be on is known; of no kind: every roster.
    pub(crate) fn is_known(&self, kind: Option<&str>) -> bool {
        let may_be = |kinds: &[String]| kinds.is_empty() || kind.is_none_or(|kind| kinds.iter().any(|other| other == kind));
        self.known.iter().all(|(_, kinds, known)| *known || !may_be(kinds))
    }

    /// At most three units that a text may mean.
    pub(crate) fn candidates(&self, text: &str) -> Vec<String> {
        name::candidates(text, &self.list)
    }
}

/// Adds a unit, or the roster to a unit of that name.
fn add(nodes: &mut Vec<(Node, Vec<usize>)>, node: Node, roster: Option<usize>) {
    let key = |node: &Node| node.names.first().map(|first| name::key(first).as_str().to_owned());
    match nodes.iter_mut().find(|(other, _)| key(other) == key(&node)) {
        Some((_, on)) => on.extend(roster),
        None => nodes.push((node, roster.into_iter().collect())),
    }
}

fn named(name: &str) -> Node {
    Node { names: vec![name.to_owned()], ..Node::default() }
}

/// Calls `each` with every region that has none below it.
fn lowest(regions: &[Node], each: &mut dyn FnMut(&Node)) {
    for region in regions {
        if region.items.is_empty() {
            each(region);
        }
        lowest(&region.items, each);
    }
}

/// The unit of a region: its first name with each ending is official; other and shortened names are understood.
fn of_region(region: &Node, endings: &[String]) -> Node {
    let with_endings = |name: &str| endings.iter().map(|ending| format!("{name}{ending}")).collect::<Vec<_>>();
    let first = region.names.first().map(String::as_str);
    let others = region.names.iter().skip(1).chain(&region.aliases).map(String::as_str);
    let all = region.names.iter().chain(&region.aliases).map(String::as_str);
    let short = all.filter_map(name::shortened);
    let mut aliases: Vec<String> = Vec::new();
    for name in others.chain(short).flat_map(with_endings) {
        if !aliases.contains(&name) {
            aliases.push(name);
        }
    }
    Node { id: region.id.clone(), names: first.map(with_endings).unwrap_or_default(), aliases, ..Node::default() }
}

fn no_roster(id: &str, model: &Model) -> Error {
    let mut known = String::new();
    for roster in &model.rosters {
        if !known.is_empty() {
            known.push_str(", ");
        }
        known.push_str(&roster.id);
    }
    Error::other(
        What::Name,
        format!("通知里没有名为“{id}”的报送名单；有：{known}"),
        format!("the notice has no roster `{id}`; it has: {known}"),
    )
}
