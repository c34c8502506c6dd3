//! From a rule to the sentences of the notice that it may rest on.

use super::Notice;
use super::model::{Clause, Datum, Fact, Node, Quota, Role};
use crate::record::Field;
use crate::rule::{Basis, RuleId};
use crate::rules::{self, supplement};

impl Notice {
    /// The clauses of this notice that a rule may rest on, each once, in the notice's order; none for what is structural, or
    /// where the notice says nothing of it, so that the rule never speaks.
    ///
    /// ```
    /// use kepu_core::{Notice, RuleId};
    /// let notice = Notice::bundled("henan-2023")?;
    /// let numbers = |rule| notice.clauses(RuleId::from_id(rule).unwrap()).iter().map(|clause| clause.number.as_str()).collect::<Vec<_>>();
    /// assert_eq!(numbers("late-summary"), ["四(三)"]);
    /// assert!(numbers("missing-field").is_empty() && numbers("over-quota").is_empty());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn clauses(&self, rule: RuleId) -> Vec<&Clause> {
        let mut found = Found(Vec::new());
        self.rests(rule, &mut found);
        found.0
    }

    fn rests<'n>(&'n self, rule: RuleId, found: &mut Found<'n>) {
        let model = self.model();
        match rule.basis() {
            Basis::Structural | Basis::Requirement => {}
            Basis::Node => {
                rule.fields().iter().for_each(|field| found.nodes(self.nodes(*field)));
                if rule.fields().contains(&Field::Unit) {
                    for roster in &model.rosters {
                        found.fact(&roster.fact);
                        found.nodes(&roster.items);
                    }
                }
            }
            Basis::List => {
                let of = |field| match field {
                    Field::Category => model.lists.categories.as_ref(),
                    Field::ContentAreas => model.lists.content_areas.as_ref(),
                    _ => None,
                };
                rule.fields().iter().filter_map(|field| of(*field)).for_each(|list| found.fact(&list.fact));
            }
            Basis::Organizers => {
                found.datum(model.organizers.as_ref());
                found.organizers(&model.categories);
            }
            Basis::Theme => model.themes.iter().for_each(|theme| found.fact(&theme.fact)),
            Basis::Period => {
                let periods = model.periods.iter().filter(|period| period.role != Role::Phase);
                periods.for_each(|period| found.fact(&period.fact));
            }
            Basis::Platform => model.platforms.iter().for_each(|platform| found.fact(&platform.fact)),
            Basis::Marks => model.marks.iter().for_each(|mark| found.fact(&mark.fact)),
            Basis::Deadline => model.deadlines.iter().for_each(|deadline| found.fact(&deadline.fact)),
            Basis::Roster => model.rosters.iter().for_each(|roster| found.fact(&roster.fact)),
            Basis::Quota => {
                let limits = |quota: &&Quota| if rule == rules::OVER_QUOTA { quota.max.is_some() } else { quota.min.is_some() };
                model.quotas.iter().filter(limits).for_each(|quota| found.fact(&quota.fact));
            }
        }
        // A requirement may ask for anything, even for what another datum asks for too.
        let asked = model.requirements.iter().filter(|asked| supplement::may_break(asked, rule));
        asked.for_each(|asked| found.fact(&asked.fact));
    }

    fn nodes(&self, field: Field) -> &[Node] {
        let model = self.model();
        match field {
            Field::Category => &model.categories,
            Field::ContentAreas => &model.content_areas,
            Field::Region => &model.regions,
            Field::Marks => &model.marks,
            Field::OrganizerKind | Field::UnitKind => &model.organizer_kinds,
            _ => &[],
        }
    }
}

struct Found<'n>(Vec<&'n Clause>);

impl<'n> Found<'n> {
    fn fact(&mut self, fact: &'n Fact) {
        if !fact.clause.quote.is_empty() && !self.0.contains(&&fact.clause) {
            self.0.push(&fact.clause);
        }
    }

    fn datum<T>(&mut self, datum: Option<&'n Datum<T>>) {
        if let Some(datum) = datum {
            self.fact(&datum.fact);
        }
    }

    fn nodes(&mut self, nodes: &'n [Node]) {
        for node in nodes {
            self.fact(&node.fact);
            self.nodes(&node.items);
        }
    }

    fn organizers(&mut self, nodes: &'n [Node]) {
        for node in nodes {
            self.datum(node.organizers.as_ref());
            self.organizers(&node.items);
        }
    }
}
