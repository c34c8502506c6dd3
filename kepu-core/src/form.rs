//! What a form asks for: the fields of a kind of record, with the notice's choices, hints and days.
//!
//! The JSON Schema, the blank template and the browser's form are made from this, so that they ask the same.

use crate::checker::Checker;
use crate::message::Lang;
use crate::notice::model::{Clause, Hint, Modality, Moment, Node, Requirement, Role};
use crate::notice::tree::Node as Tree;
use crate::record::{Field, Kind};
use crate::rules::required_fields;
use crate::wire::{self, OnWire, on_wire};

/// One field of a form.
///
/// ```
/// use kepu_core::{Field, Kind, Notice};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let form = checker.form(&Kind::ACTIVITY);
/// let category = form.iter().find(|asked| asked.field == Field::Category).unwrap();
/// assert!(category.is_required && category.is_closed);
/// assert_eq!(category.choices.len(), 12);
/// assert_eq!((category.choices[2].id.as_str(), category.choices[2].groups[0].as_str()), ("joint-issuers", "系列联合行动"));
/// let start = form.iter().find(|asked| asked.field == Field::Start).unwrap();
/// assert_eq!(start.spans.len(), 1); // the window
/// let images = form.iter().find(|asked| asked.field == Field::Images).unwrap();
/// assert_eq!(images.asks[0].or, [Field::Videos]);
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormField {
    /// The field.
    pub field: Field,
    /// The kind of record, which decides what the field is called.
    pub kind: Kind,
    /// Whether a record says nothing without it. The software asks for it, not the notice.
    pub is_required: bool,
    /// Whether only the choices are accepted; otherwise they are a help.
    pub is_closed: bool,
    /// What may be chosen, in the notice's order.
    pub choices: Vec<Choice>,
    /// The days that the notice names for it.
    pub spans: Vec<Span>,
    /// What the notice itself asks of it.
    pub asks: Vec<Ask>,
    /// The sentence that a closed list rests on.
    pub clause: Option<Clause>,
}

/// One thing that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// Its stable name.
    pub id: String,
    /// Its official name: what is written into the record.
    pub name: String,
    /// The headings above it, the highest first.
    pub groups: Vec<String>,
    /// What the notice suggests for it: topics, venues, series.
    pub hints: Vec<Hint>,
    /// Where it rests; none for what is built in.
    pub clause: Option<Clause>,
}

/// Days that the notice names for a field: the window of an activity, the platform's days, the deadline of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// What the days are.
    pub what: String,
    /// The first moment.
    pub first: Option<Moment>,
    /// The last moment, included.
    pub last: Option<Moment>,
    /// Where they rest.
    pub clause: Clause,
}

/// What the notice asks of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ask {
    /// How binding it is.
    pub modality: Modality,
    /// From when on; a day after the record's own last day is something to add when all is over.
    pub from: Option<Moment>,
    /// By when.
    pub due: Option<Moment>,
    /// The longest text, in characters.
    pub max_chars: Option<u32>,
    /// Other fields that do as well.
    pub or: Vec<Field>,
    /// Where it rests.
    pub clause: Clause,
}

impl Checker {
    /// What a form for a kind of record asks, in the order of the fields; units are those of the checker's rosters.
    pub fn form(&self, kind: &Kind) -> Vec<FormField> {
        // 活动时间 is how tables write `start` and `end` in one column; a form asks for the two.
        let fields = kind.fields().iter().filter(|field| **field != Field::Period);
        fields.map(|field| self.asked(*field, kind)).collect()
    }

    fn asked(&self, field: Field, kind: &Kind) -> FormField {
        let model = self.notice().model();
        let list = model.lists.categories.as_ref().filter(|_| field == Field::Category);
        FormField {
            field,
            kind: kind.clone(),
            is_required: required_fields(model).any(|required| required == field),
            is_closed: field == Field::Category && !model.categories.is_empty() && list.is_none_or(|list| !list.open),
            choices: self.choices(field),
            spans: self.spans(field, kind),
            asks: self.asks(field, kind),
            clause: list.map(|list| list.fact.clause.clone()),
        }
    }

    fn choices(&self, field: Field) -> Vec<Choice> {
        let model = self.notice().model();
        let mut choices = Vec::new();
        match field {
            Field::Category => leaves(&model.categories, &mut Vec::new(), &mut choices),
            Field::ContentAreas => leaves(&model.content_areas, &mut Vec::new(), &mut choices),
            Field::Marks => leaves(&model.marks, &mut Vec::new(), &mut choices),
            Field::Region => places(&model.regions, &mut Vec::new(), &mut choices),
            Field::Theme => choices.extend(
                model
                    .themes
                    .iter()
                    .map(|theme| Choice { clause: Some(theme.fact.clause.clone()), ..Choice::named("", &theme.value) }),
            ),
            Field::Unit => choices.extend(self.plan().rosters.units().map(|(_, unit)| Choice::named(&unit.id, &unit.shown))),
            _ => {
                let names = self.plan().names(field).map_or(&[][..], |list| list.entries());
                choices.extend(names.iter().map(|entry| Choice::named(&entry.id, entry.names.first().unwrap_or(&entry.id))));
            }
        }
        choices
    }

    fn asks(&self, field: Field, kind: &Kind) -> Vec<Ask> {
        let asked = self.notice().model().requirements.iter();
        let asked = asked.filter(|asked| asked.record == kind.id());
        asked
            .filter(|asked| asked.any_of.contains(&field) || asked.all_of.contains(&field))
            .map(|asked| Ask::of(asked, field))
            .collect()
    }

    fn spans(&self, field: Field, kind: &Kind) -> Vec<Span> {
        let model = self.notice().model();
        let span = |what: String, first, last, clause: &Clause| Span { what, first, last, clause: clause.clone() };
        match field {
            Field::Start | Field::End => {
                let windows = model.periods.iter().filter(|period| period.role == Role::Window);
                let name = crate::rules::period::name;
                windows.map(|period| span(name(period), period.start, period.end, &period.fact.clause)).collect()
            }
            Field::PublishedOn => {
                let dated = model.platforms.iter().filter(|platform| platform.opens.or(platform.closes).is_some());
                dated
                    .map(|platform| {
                        let what = platform.names.first().cloned().unwrap_or_default();
                        let (opens, closes) = (platform.opens.map(Moment::Day), platform.closes.map(Moment::Day));
                        span(what, opens, closes, &platform.fact.clause)
                    })
                    .collect()
            }
            Field::SubmittedOn => {
                let owed = model.deadlines.iter().filter(|deadline| deadline.record == kind.id());
                owed.map(|deadline| span(deadline.what.clone(), deadline.from, deadline.due, &deadline.fact.clause)).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Ask {
    fn of(asked: &Requirement, field: Field) -> Ask {
        Ask {
            modality: asked.modality,
            from: asked.from,
            due: asked.due,
            max_chars: asked.max_chars,
            or: asked.any_of.iter().copied().filter(|other| *other != field && asked.any_of.contains(&field)).collect(),
            clause: asked.fact.clause.clone(),
        }
    }
}

impl Choice {
    fn named(id: &str, name: &str) -> Choice {
        Choice { id: id.into(), name: name.into(), groups: Vec::new(), hints: Vec::new(), clause: None }
    }

    fn of(node: &Node, groups: &[String]) -> Choice {
        Choice {
            groups: groups.to_vec(),
            hints: node.hints.clone(),
            clause: Some(node.fact.clause.clone()),
            ..Choice::named(&node.id, node.names.first().unwrap_or(&node.id))
        }
    }
}

/// The leaves of a tree: a group is no choice, but a heading.
fn leaves(nodes: &[Node], groups: &mut Vec<String>, choices: &mut Vec<Choice>) {
    for node in nodes {
        if node.items.is_empty() {
            choices.push(Choice::of(node, groups));
        } else {
            groups.push(node.names.first().unwrap_or(&node.id).clone());
            leaves(&node.items, groups, choices);
            groups.pop();
        }
    }
}

/// Every place of a tree: a province may be meant as well as its cities.
fn places(nodes: &[Node], groups: &mut Vec<String>, choices: &mut Vec<Choice>) {
    for node in nodes {
        let choice = Choice::of(node, groups);
        let name = choice.name.clone();
        choices.push(choice);
        groups.push(name);
        places(&node.items, groups, choices);
        groups.pop();
    }
}

impl OnWire for FormField {
    fn tree(&self) -> Tree<'_> {
        let label = |lang| wire::text(self.field.label(&self.kind, lang));
        wire::table(vec![
            ("field", wire::text(self.field.id())),
            ("label", wire::table(vec![("zh", label(Lang::Zh)), ("en", label(Lang::En))])),
            ("type", wire::text(self.field.ty().id())),
            ("list", wire::truth(self.field.is_list())),
            ("required", wire::truth(self.is_required)),
            ("closed", wire::truth(self.is_closed)),
            ("choices", wire::list(self.choices.iter().map(OnWire::tree))),
            ("spans", wire::list(self.spans.iter().map(OnWire::tree))),
            ("asks", wire::list(self.asks.iter().map(OnWire::tree))),
            ("clause", wire::or_null(self.clause.as_ref().map(OnWire::tree))),
        ])
    }
}

impl OnWire for Ask {
    fn tree(&self) -> Tree<'_> {
        wire::table(vec![
            ("modality", wire::text(self.modality.id())),
            ("from", wire::or_null(self.from.map(wire::moment))),
            ("due", wire::or_null(self.due.map(wire::moment))),
            ("max_chars", wire::or_null(self.max_chars.map(|most| wire::number(most.into())))),
            ("or", wire::texts(self.or.iter().map(|field| field.id()))),
            ("clause", self.clause.tree()),
        ])
    }
}

impl OnWire for Choice {
    fn tree(&self) -> Tree<'_> {
        wire::table(vec![
            ("id", wire::text(&*self.id)),
            ("name", wire::text(&*self.name)),
            ("groups", wire::texts(self.groups.iter().map(String::as_str))),
            ("hints", wire::list(self.hints.iter().map(OnWire::tree))),
            ("clause", wire::or_null(self.clause.as_ref().map(OnWire::tree))),
        ])
    }
}

impl OnWire for Hint {
    fn tree(&self) -> Tree<'_> {
        wire::table(vec![
            ("about", wire::text(&*self.about)),
            ("items", wire::texts(self.items.iter().map(String::as_str))),
            ("open", wire::truth(self.open)),
            ("clause", self.fact.clause.tree()),
        ])
    }
}

impl OnWire for Span {
    fn tree(&self) -> Tree<'_> {
        wire::table(vec![
            ("what", wire::text(&*self.what)),
            ("first", wire::or_null(self.first.map(wire::moment))),
            ("last", wire::or_null(self.last.map(wire::moment))),
            ("clause", self.clause.tree()),
        ])
    }
}

on_wire!(FormField, Choice, Span, Ask);
