//! Sums over any number of records: they add up whatever the split and the order.

mod wire;

use std::collections::BTreeMap;

use crate::reading::Precision;
use crate::report::Report;
use crate::rule::RuleId;
use crate::rules::{self, Standing};
use crate::set::SetCheck;

/// How many activities there are of what and where, how often each rule is broken, how many people came, and who handed in.
///
/// Tallies merge in any order and any split, an empty one changes nothing, and with the feature `serde` they travel.
///
/// ```
/// use kepu_core::{Field, Notice, RecordBuf, Tally};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity()
///     .with(Field::Region, "新乡市")
///     .with(Field::Category, "地方主场活动")
///     .with(Field::Audience, "约300人");
/// let report = checker.check(&record, "2023-09-01".parse()?);
/// let (mut one, mut other) = (Tally::default(), Tally::default());
/// one.add(&report);
/// other.add(&report);
/// one.merge(&other);
/// assert_eq!(one.activities().collect::<Vec<_>>(), [(Some("410700"), Some("local-main"), 2)]);
/// assert_eq!((one.people().exact, one.people().approximate), (0, 600));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By region, then category, as ids; empty where nothing was read.
    activities: BTreeMap<Box<str>, BTreeMap<Box<str>, u64>>,
    /// By the place of the rule in the one list; short where the rest is 0.
    findings: Vec<u64>,
    people: People,
    submissions: Submissions,
}

/// Sums of people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct People {
    /// Of the numbers that are known exactly: 300人.
    pub exact: u64,
    /// Of the others, as they are written: 约300人, 300余人, 近300人.
    pub approximate: u64,
}

/// Submissions against their deadlines, as the caller wants them read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Submissions {
    /// In time.
    pub on_time: u64,
    /// Too late.
    pub late: u64,
    /// The deadline has passed, and nothing was handed in. Units that no record names are known once a set was added.
    pub missing: u64,
}

impl Tally {
    /// Counts a record that was checked.
    pub fn add(&mut self, report: &Report<'_>) {
        let case = &report.case;
        for finding in report.findings() {
            self.count(finding.rule(), 1);
        }
        if case.kind().is_activity() {
            let region = case.read.region.value().and_then(|named| case.plan.regions.get(named.node));
            let category = case.read.category.value().filter(|named| case.plan.categories.is_leaf(named.node));
            let category = category.and_then(|named| case.plan.categories.get(named.node));
            self.activity(region.map_or("", |region| &region.id), category.map_or("", |category| &category.id), 1);
        } else {
            rules::standings(case, &mut |standing| self.submission(standing, 1));
        }
        if let Some(count) = case.read.audience.value() {
            let sum = if count.precision == Precision::Exact { &mut self.people.exact } else { &mut self.people.approximate };
            *sum = sum.saturating_add(count.value);
        }
    }

    /// Counts what only the set shows: its findings, and the units that owe and that no record names. Once, when all
    /// records are in the set.
    pub fn add_set(&mut self, set: &SetCheck) {
        for shared in set.findings() {
            self.count(shared.finding.rule(), 1);
        }
        self.add_outstanding(set);
    }

    /// Counts the units that owe and that no record names.
    pub(crate) fn add_outstanding(&mut self, set: &SetCheck) {
        set.outstanding(&mut |standing| self.submission(standing, 1));
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: &Tally) {
        for (region, categories) in &other.activities {
            for (category, count) in categories {
                self.activity(region, category, *count);
            }
        }
        for (rule, count) in other.findings() {
            self.count(rule, count);
        }
        let (people, submissions) = (other.people, other.submissions);
        self.people.exact = self.people.exact.saturating_add(people.exact);
        self.people.approximate = self.people.approximate.saturating_add(people.approximate);
        self.submission(Standing::InTime, submissions.on_time);
        self.submission(Standing::Late, submissions.late);
        self.submission(Standing::Missing, submissions.missing);
    }

    /// Activities by the ids of region and category, in the order of the ids; none where it was not read.
    pub fn activities(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>, u64)> {
        self.activities
            .iter()
            .flat_map(|(region, categories)| categories.iter().map(|(category, count)| (known(region), known(category), *count)))
    }

    /// How often each rule is broken, in the order of the rules; those that are not are left out.
    pub fn findings(&self) -> impl Iterator<Item = (RuleId, u64)> {
        let counts = rules::ALL.iter().zip(&self.findings);
        counts.filter(|(_, count)| **count > 0).map(|(rule, count)| (RuleId::from(*rule), *count))
    }

    /// How many people came.
    pub fn people(&self) -> People {
        self.people
    }

    /// How many submissions came in time, late, and not at all.
    pub fn submissions(&self) -> Submissions {
        self.submissions
    }

    fn activity(&mut self, region: &str, category: &str, count: u64) {
        match self.activities.get_mut(region) {
            Some(categories) => raise(categories, category, count),
            None => {
                let mut categories = BTreeMap::new();
                raise(&mut categories, category, count);
                self.activities.insert(region.into(), categories);
            }
        }
    }

    pub(crate) fn count(&mut self, rule: RuleId, count: u64) {
        let place = rule.order();
        if count > 0 && self.findings.len() <= place {
            self.findings.resize(place + 1, 0);
        }
        if let Some(sum) = self.findings.get_mut(place) {
            *sum = sum.saturating_add(count);
        }
    }

    fn submission(&mut self, standing: Standing, count: u64) {
        let sum = match standing {
            Standing::InTime => &mut self.submissions.on_time,
            Standing::Late => &mut self.submissions.late,
            Standing::Missing => &mut self.submissions.missing,
            Standing::Pending | Standing::Unknown => return,
        };
        *sum = sum.saturating_add(count);
    }
}

/// An id, where one was read.
fn known(id: &str) -> Option<&str> {
    (!id.is_empty()).then_some(id)
}

/// Adds to the sum of a key, which is copied only where it is new.
fn raise(sums: &mut BTreeMap<Box<str>, u64>, key: &str, count: u64) {
    match sums.get_mut(key) {
        Some(sum) => *sum = sum.saturating_add(count),
        None => {
            sums.insert(key.into(), count);
        }
    }
}
