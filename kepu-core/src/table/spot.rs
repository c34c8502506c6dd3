//! What a table keeps of its findings: a few numbers each, sixteen bytes.

use std::sync::Arc;

use super::Table;
use crate::finding::{Details, Finding, Path};
use crate::notice::model::Clause;
use crate::record::{Field, Kind};
use crate::rule::{Rule, RuleId, Severity};
use crate::rules;
use crate::set::{self, RowKey};

/// One table with what was found in it.
pub(crate) struct Part {
    /// The place of its file among all files.
    pub(crate) file: u32,
    /// Its own place in its file.
    pub(crate) place: u32,
    pub(crate) table: Arc<dyn Table>,
    /// The findings of its records: by record, then in a record's order.
    pub(crate) spots: Vec<Spot>,
    /// Records that say what an earlier one says, by record.
    pub(crate) twice: Vec<Twice>,
}

impl Part {
    /// How many of its records have a finding of which something is true.
    pub(crate) fn rows(&self, is: &dyn Fn(RuleId, Severity) -> bool) -> usize {
        let spots = self.spots.iter().filter(|spot| is(spot.rule(), spot.severity)).map(|spot| spot.record);
        let twice = self.twice.iter().filter(|twice| is(twice.rule(), twice.severity)).map(|twice| twice.record);
        let mut records: Vec<u32> = spots.chain(twice).collect();
        records.sort_unstable();
        records.dedup();
        records.len()
    }
}

/// One finding of a record, without what checking the record again brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    record: u32,
    /// The item of a list; [`NONE`] for the whole field.
    item: u32,
    /// The clause's place; [`NO_CLAUSE`] where there is none.
    clause: u16,
    /// Its place in the one list of rules.
    rule: u8,
    /// None for the whole record.
    field: Option<Field>,
    pub(crate) severity: Severity,
}

const NONE: u32 = u32::MAX;
const NO_CLAUSE: u16 = u16::MAX;

impl Spot {
    pub(crate) fn new(record: usize, finding: &Finding<'_>, clauses: &mut Clauses) -> Spot {
        let path = finding.path();
        Spot {
            record: u32::try_from(record).unwrap_or(u32::MAX),
            item: path.index().unwrap_or(NONE),
            clause: finding.clause().map_or(NO_CLAUSE, |clause| clauses.place(clause)),
            rule: number(finding.rule().order()),
            field: path.of(),
            severity: finding.severity(),
        }
    }

    /// The number of its record.
    pub(crate) fn record(&self) -> usize {
        usize::try_from(self.record).unwrap_or(usize::MAX)
    }

    pub(crate) fn rule(&self) -> RuleId {
        rule(self.rule)
    }

    pub(crate) fn path(&self) -> Path {
        match self.field {
            None => Path::NONE,
            Some(field) if self.item == NONE => Path::field(field),
            Some(field) => Path::item(field, self.item),
        }
    }

    pub(crate) fn clause<'a>(&self, clauses: &'a Clauses) -> Option<&'a Clause> {
        clauses.get(self.clause)
    }
}

/// A record that says what an earlier one says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Twice {
    record: u32,
    rule: u8,
    pub(crate) severity: Severity,
    /// The earlier one: its table's place, and its number there.
    pub(crate) first: (u32, u32),
}

impl Twice {
    pub(crate) fn new(twice: &set::Twice) -> Twice {
        let record = |key: RowKey| u32::try_from(key.row).unwrap_or(u32::MAX);
        let (rule, row, first) = (twice.rule, twice.row, twice.first);
        let severity = rule.severity();
        Twice { record: record(row), rule: number(RuleId::from(rule).order()), severity, first: (first.sheet, record(first)) }
    }

    pub(crate) fn record(&self) -> usize {
        usize::try_from(self.record).unwrap_or(usize::MAX)
    }

    pub(crate) fn rule(&self) -> RuleId {
        rule(self.rule)
    }
}

/// A finding of the set itself: of no record.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    kind: Kind,
    rule: RuleId,
    pub(crate) severity: Severity,
    path: Path,
    clause: u16,
    details: Details,
    year: i32,
}

impl Own {
    pub(crate) fn new(finding: Finding<'_>, clauses: &mut Clauses) -> Own {
        let clause = finding.clause().map_or(NO_CLAUSE, |clause| clauses.place(clause));
        let Finding { rule, severity, path, details, kind, year, .. } = finding;
        Own { kind: kind.clone(), rule, severity, path, clause, details, year }
    }

    pub(crate) fn rule(&self) -> RuleId {
        self.rule
    }

    pub(crate) fn finding<'a>(&'a self, clauses: &'a Clauses) -> Finding<'a> {
        let Own { rule, severity, path, year, .. } = *self;
        let clause = clauses.get(self.clause);
        Finding { rule, severity, path, clause, details: self.details.clone(), kind: &self.kind, year }
    }
}

/// The clauses that findings rest on, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    list: Vec<Clause>,
}

impl Clauses {
    /// The place of a clause, taken up where it is new.
    pub(crate) fn place(&mut self, clause: &Clause) -> u16 {
        let known = self.list.iter().position(|other| other == clause);
        let place = known.unwrap_or_else(|| {
            self.list.push(clause.clone());
            self.list.len() - 1
        });
        u16::try_from(place).unwrap_or(NO_CLAUSE)
    }

    fn get(&self, place: u16) -> Option<&Clause> {
        self.list.get(usize::from(place))
    }
}

/// A place in the one list of rules, which are fewer than 256: a test holds it.
fn number(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}

fn rule(place: u8) -> RuleId {
    let rule: &'static Rule = rules::ALL.get(usize::from(place)).copied().unwrap_or(&rules::MISSING_FIELD);
    rule.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_kept_in_sixteen_bytes_and_every_rule_has_a_number() {
        assert_eq!(size_of::<Spot>(), 16);
        assert!(rules::ALL.len() < usize::from(u8::MAX));
        assert!(rules::ALL.iter().enumerate().all(|(place, known)| rule(number(place)) == **known));
    }
}
