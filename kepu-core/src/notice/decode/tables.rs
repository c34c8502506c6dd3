//! The tables of the format (`notices/README.md`): a line each.

use super::super::model::*;
use super::super::tree::Node as Tree;
use super::{A_LIST, Filler, Place, Rest, Slot};

/// The required keys first, then the others; what the table's clause is for.
macro_rules! tables {
    ($( $name:ident { $($must:ident),* } { $($may:ident),* } $rest:ident; )*) => { $(
        impl Place for $name {
            fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
                filler.table(
                    node,
                    &mut [
                        $( (stringify!($must), true, &mut self.$must as &mut dyn Place), )*
                        $( (stringify!($may), false, &mut self.$may as &mut dyn Place), )*
                    ],
                    tables!(self $rest),
                );
            }
        }
    )* };
    ($self:ident on) => { Rest::On(&mut $self.fact) };
    ($self:ident around) => { Rest::Around(&mut $self.fact) };
    ($self:ident frame) => { Rest::Around(&mut Fact::default()) };
}

tables! {
    Hint { about, items } { open } on;
    ListOf {} { open } on;
    Lists {} { categories, content_areas } frame;
    Document {} { title, number, series, edition, issued, printed, issuers, addressees, cites } frame;
    Contact {} { department, phones, emails, address } around;
    Period { role } { start, end, what, tentative, when, unless } on;
    Platform { names, modality } { aliases, url, opens, closes } on;
    Requirement { modality } { record, any_of, all_of, min, max, max_chars, min_days, max_days, from, due, when, unless, what } on;
    Quota { per, modality } { max, min, among, due, when, unless, what } on;
    Deadline { id, what, due } { record, owed_by, to, from, strict, late } on;
    Commendation {} { objects, criteria, referral } around;
    Unchecked { reason } {} on;
}

/// Which list a node is of; they differ in what its table may have.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Categories,
    Marks,
    /// A roster's units: the id may be left out.
    Units,
    Others,
}

/// A list of nodes.
struct Nodes<'n>(Of, &'n mut Vec<Node>);

impl Place for Nodes<'_> {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let Nodes(of, nodes) = self;
        filler.list(node, A_LIST, &mut |tree, filler| {
            let mut node = Node::default();
            let Node { id, names, aliases, items, hints, organizers, modality, fact } = &mut node;
            let mut items = Nodes(*of, items);
            let mut slots: Vec<Slot<'_>> = vec![
                ("id", *of != Of::Units, id),
                ("names", true, names),
                ("aliases", false, aliases),
                ("items", false, &mut items),
                ("hints", false, hints),
            ];
            match of {
                Of::Categories => slots.push(("organizers", false, organizers)),
                Of::Marks => slots.push(("modality", true, modality)),
                Of::Units | Of::Others => {}
            }
            filler.table(tree, &mut slots, Rest::On(fact));
            nodes.push(node);
        });
    }
}

impl Place for Roster {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let mut items = Nodes(Of::Units, &mut self.items);
        let mut slots: [Slot<'_>; 4] = [
            ("id", true, &mut self.id),
            ("kinds", false, &mut self.kinds),
            ("items", false, &mut items),
            ("per_region", false, &mut self.per_region),
        ];
        filler.table(node, &mut slots, Rest::On(&mut self.fact));
    }
}

impl Place for Model {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let mut slots: [Slot<'_>; 22] = [
            ("format", true, &mut self.format),
            ("id", true, &mut self.id),
            ("year", true, &mut self.year),
            ("lists", false, &mut self.lists),
            ("document", false, &mut self.document),
            ("contacts", false, &mut self.contacts),
            ("themes", false, &mut self.themes),
            ("sub_theme", false, &mut self.sub_theme),
            ("periods", false, &mut self.periods),
            ("content_areas", false, &mut Nodes(Of::Others, &mut self.content_areas)),
            ("categories", false, &mut Nodes(Of::Categories, &mut self.categories)),
            ("organizers", false, &mut self.organizers),
            ("organizer_kinds", false, &mut Nodes(Of::Others, &mut self.organizer_kinds)),
            ("marks", false, &mut Nodes(Of::Marks, &mut self.marks)),
            ("platforms", false, &mut self.platforms),
            ("requirements", false, &mut self.requirements),
            ("quotas", false, &mut self.quotas),
            ("deadlines", false, &mut self.deadlines),
            ("rosters", false, &mut self.rosters),
            ("commendation", false, &mut self.commendation),
            ("regions", false, &mut Nodes(Of::Others, &mut self.regions)),
            ("unchecked", false, &mut self.unchecked),
        ];
        filler.table(node, &mut slots, Rest::None);
    }
}
