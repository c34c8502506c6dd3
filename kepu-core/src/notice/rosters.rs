//! Who owes: the units of the notice's rosters, or of the caller's.

use super::model::{Model, Node, Roster};
use super::names::{self, NameList, NodeIx};
use crate::checker::Roster as Given;
use crate::error::{Error, What};
use crate::reading::name::{self, NameRead};
use crate::reading::{is_empty_text, place};

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
                let mut gathered = Gathered::default();
                gathered.given(names, None);
                Ok(Rosters { replaced: true, ..Rosters::default() }.finish(gathered))
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
        let (mut rosters, mut gathered) = (Rosters::default(), Gathered::default());
        for (at, roster) in model.rosters.iter().enumerate() {
            rosters.add(&mut gathered, at, roster, given(&roster.id), model);
        }
        rosters.finish(gathered)
    }

    fn finish(mut self, gathered: Gathered) -> Rosters {
        self.list = NameList::new(&gathered.nodes);
        let unit = |(node, on): (Node, Vec<usize>)| {
            let shown = node.names.first().cloned().unwrap_or_default();
            Unit { id: if node.id.is_empty() { shown.clone() } else { node.id }, shown, rosters: on }
        };
        self.units = gathered.nodes.into_iter().zip(gathered.on).map(unit).collect();
        self
    }

    fn add(&mut self, gathered: &mut Gathered, at: usize, roster: &Roster, given: Option<&[String]>, model: &Model) {
        let is_known = given.is_some() || !roster.items.is_empty() || !roster.per_region.is_empty();
        self.known.push((roster.id.clone(), roster.kinds.clone(), is_known));
        if let Some(names) = given {
            return gathered.given(names, Some(at));
        }
        lowest(&roster.items, &mut |unit| gathered.add(unit.clone(), Some(at)));
        lowest(&model.regions, &mut |region| {
            if !roster.per_region.is_empty() {
                gathered.add(of_region(region, &roster.per_region), Some(at));
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

/// Units as they are gathered: one that several rosters name is one unit.
#[derive(Default)]
struct Gathered {
    nodes: Vec<Node>,
    /// The rosters of each.
    on: Vec<Vec<usize>>,
    /// The official names as they are compared, in order, and whose they are.
    names: Vec<(String, usize)>,
}

impl Gathered {
    /// A caller's list; what is empty in it is no unit.
    fn given(&mut self, names: &[String], roster: Option<usize>) {
        for name in names.iter().map(|name| name.trim()).filter(|name| !is_empty_text(name)) {
            self.add(Node { names: vec![name.to_owned()], ..Node::default() }, roster);
        }
    }

    fn add(&mut self, node: Node, roster: Option<usize>) {
        let keys: Vec<String> = node.names.iter().map(|name| name::key(name).as_str().to_owned()).collect();
        let whose = |key: &String| self.names.binary_search_by(|(name, _)| name.cmp(key)).ok();
        let known = keys.iter().find_map(whose).and_then(|at| self.names.get(at)).map(|(_, unit)| *unit);
        let unit = known.unwrap_or(self.nodes.len());
        match self.nodes.get_mut(unit) {
            Some(other) => {
                other.names.extend(node.names);
                other.aliases.extend(node.aliases);
                if other.id.is_empty() {
                    other.id = node.id;
                }
            }
            None => {
                self.nodes.push(node);
                self.on.push(Vec::new());
            }
        }
        if let Some(on) = self.on.get_mut(unit) {
            on.extend(roster.filter(|at| !on.contains(at)));
        }
        for key in keys {
            if let Err(at) = self.names.binary_search_by(|(name, _)| name.cmp(&key)) {
                self.names.insert(at, (key, unit));
            }
        }
    }
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
    let with_endings = |name: &str| endings.iter().map(|ending| [name, ending].concat()).collect::<Vec<_>>();
    let first = region.names.first().map(String::as_str);
    let others = region.names.iter().skip(1).chain(&region.aliases).map(String::as_str);
    let all = region.names.iter().chain(&region.aliases).map(String::as_str);
    let short = all.filter_map(place::shortened);
    let mut aliases: Vec<String> = Vec::new();
    for name in others.chain(short).flat_map(with_endings) {
        if !aliases.contains(&name) {
            aliases.push(name);
        }
    }
    Node { id: region.id.clone(), names: first.map(with_endings).unwrap_or_default(), aliases, ..Node::default() }
}

fn no_roster(id: &str, model: &Model) -> Error {
    let known = model.rosters.iter().map(|roster| &*roster.id).collect::<Vec<_>>().join(", ");
    Error::other(
        What::Name,
        ["通知里没有名为“", id, "”的报送名单；有：", &known].concat(),
        ["the notice has no roster `", id, "`; it has: ", &known].concat(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn node(id: &str, names: &[&str], aliases: &[&str], items: Vec<Node>) -> Node {
        Node { id: id.into(), names: texts(names), aliases: texts(aliases), items, ..Node::default() }
    }

    fn model() -> Model {
        let cities = vec![
            node("410700", &["新乡市"], &[], vec![]),
            node("419001", &["济源示范区", "济源市"], &["济源产城融合示范区"], vec![]),
        ];
        let roster = |id: &str, kind: &str| Roster { id: id.into(), kinds: texts(&[kind]), ..Roster::default() };
        Model {
            regions: vec![node("410000", &["河南省"], &[], cities)],
            rosters: vec![
                Roster { per_region: texts(&["科协", "科学技术协会"]), ..roster("prefectures", "association") },
                roster("societies", "society"),
            ],
            ..Model::default()
        }
    }

    fn of(lists: &[(&str, &[&str])]) -> Rosters {
        let lists = lists.iter().map(|(id, names)| ((*id).to_owned(), texts(names))).collect();
        Rosters::new(&model(), Some(&Given::Of(lists))).unwrap()
    }

    /// The id that a text is read as, and whether by an alias.
    fn read(rosters: &Rosters, text: &str) -> Option<(String, bool)> {
        let (unit, by_alias) = rosters.find(text)?;
        rosters.unit(unit).map(|unit| (unit.id.clone(), by_alias))
    }

    #[test]
    fn each_lowest_region_has_a_unit_by_its_first_name_and_every_ending() {
        let rosters = Rosters::of_notice(&model());
        let shown: Vec<_> = rosters.units.iter().map(|unit| &*unit.shown).collect();
        assert_eq!(shown, ["新乡市科协", "济源示范区科协"]);
        for text in ["新乡市科协", "新乡市科学技术协会", "410700"] {
            assert_eq!(read(&rosters, text), Some(("410700".into(), false)), "{text}");
        }
        assert_eq!(read(&rosters, "河南省科协"), None);
    }

    #[test]
    fn other_and_shortened_names_are_aliases() {
        let rosters = Rosters::of_notice(&model());
        assert_eq!(read(&rosters, "新乡科协"), Some(("410700".into(), true)));
        for text in ["济源市科协", "济源科学技术协会", "济源示范科协", "济源产城融合示范区科协"] {
            assert_eq!(read(&rosters, text), Some(("419001".into(), true)), "{text}");
        }
    }

    #[test]
    fn a_plain_list_replaces_all_and_counts_each_unit_once() {
        let list = Given::All(texts(&["新乡市科协", " 河南省化学学会 ", "新乡市 科协", "", "—"]));
        let rosters = Rosters::new(&model(), Some(&list)).unwrap();
        let ids: Vec<_> = rosters.units.iter().map(|unit| &*unit.id).collect();
        assert_eq!(ids, ["新乡市科协", "河南省化学学会"]);
        assert!(rosters.is_known(None) && rosters.is_known(Some("society")));
        assert!(rosters.owes(0, Some(&texts(&["societies"]))));
    }

    #[test]
    fn a_list_fills_the_roster_of_its_id() {
        let rosters = of(&[("societies", &["河南省化学学会"])]);
        assert_eq!(rosters.units.len(), 3);
        assert_eq!(read(&rosters, "河南省化学学会"), Some(("河南省化学学会".into(), false)));
        let (society, _) = rosters.find("河南省化学学会").unwrap();
        assert!(rosters.owes(society, Some(&texts(&["societies"]))) && !rosters.owes(society, Some(&texts(&["prefectures"]))));
        assert!(rosters.owes(society, None));
    }

    #[test]
    fn a_roster_that_is_not_given_may_hold_a_unit_of_its_kinds_or_of_no_kind() {
        let rosters = Rosters::of_notice(&model());
        assert!(rosters.is_known(Some("association")));
        assert!(!rosters.is_known(Some("society")) && !rosters.is_known(None));
        assert!(of(&[("societies", &[])]).is_known(None));
    }

    #[test]
    fn a_unit_on_two_rosters_is_one_unit() {
        let rosters = of(&[("societies", &["新乡市科学技术协会"])]);
        assert_eq!(rosters.units.len(), 2);
        let (unit, by_alias) = rosters.find("新乡市科学技术协会").unwrap();
        assert_eq!((rosters.unit(unit).unwrap().rosters.clone(), by_alias), (vec![0, 1], false));
    }

    #[test]
    fn a_group_of_units_owes_by_its_units() {
        let groups =
            vec![node("north", &["豫北"], &[], vec![node("", &["甲学会"], &[], vec![]), node("b", &["乙学会"], &[], vec![])])];
        let rosters = Rosters::of_notice(&Model {
            rosters: vec![Roster { id: "societies".into(), items: groups, ..Roster::default() }],
            ..Model::default()
        });
        let ids: Vec<_> = rosters.units.iter().map(|unit| &*unit.id).collect();
        assert_eq!((ids, read(&rosters, "豫北")), (vec!["甲学会", "b"], None));
        assert_eq!(read(&rosters, "乙学会"), Some(("b".into(), false)));
    }

    #[test]
    fn a_roster_that_there_is_none_of_is_an_error() {
        let lists = Given::Of(vec![("society".into(), vec![])]);
        let error = Rosters::new(&model(), Some(&lists)).unwrap_err();
        assert!(error.is_name() && error.message(crate::Lang::Zh).contains("societies"));
    }

    #[test]
    fn ten_thousand_units_are_gathered_at_once() {
        let names: Vec<String> = (0..10_000).map(|at| format!("第{at}学会")).collect();
        assert_eq!(Rosters::new(&model(), Some(&Given::All(names))).unwrap().units.len(), 10_000);
    }
}
