//! What only a set of records shows: what is there twice, who has not handed in, how many there are of what.

use std::collections::{BTreeMap, BTreeSet};

use crate::as_of::AsOf;
use crate::checker::{Checker, plan};
use crate::finding::{Arg, Details, Finding, Path};
use crate::notice::model::{Deadline, Quota, Role};
use crate::reading::fold::fold;
use crate::reading::{is_empty, text};
use crate::record::{CellBuf, Field, Kind};
use crate::report::Report;
use crate::rule::{Rule, Severity};
use crate::rules::{self, set as own};

/// Where a record stands among all others, by the caller's order: file, sheet, row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RowKey {
    /// The file's place.
    pub file: u32,
    /// The sheet's place in it.
    pub sheet: u32,
    /// The record's row.
    pub row: u64,
}

/// A finding of a set: at a record's row, or of the set itself.
#[derive(Debug, Clone)]
pub struct SetFinding<'a> {
    /// The record; none for the set itself.
    pub row: Option<RowKey>,
    /// The record that said it first, where this one says it again.
    pub first: Option<RowKey>,
    /// What is wrong.
    pub finding: Finding<'a>,
}

/// Takes records in any order and any number of batches, merges with others of its kind, and says in the end what only the
/// set shows. “Later” follows the caller's keys, so the result never depends on how the records were split.
///
/// ```
/// use kepu_core::{Field, Kind, Notice, RecordBuf, RowKey, SetCheck, rules};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let as_of = "2023-10-08".parse()?;
/// let record = RecordBuf::activity().with(Field::Id, "HN-1");
/// let mut first = SetCheck::new(&checker, Kind::ACTIVITY, as_of);
/// let mut second = SetCheck::new(&checker, Kind::ACTIVITY, as_of);
/// first.add(RowKey { row: 0, ..RowKey::default() }, &checker.check(&record, as_of));
/// second.add(RowKey { row: 1, ..RowKey::default() }, &checker.check(&record, as_of));
/// second.merge(first);
/// let findings = second.findings();
/// assert!(findings[0].finding.rule() == rules::DUPLICATE_ID);
/// assert_eq!(findings[0].row.map(|key| key.row), Some(1));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SetCheck {
    checker: Checker,
    kind: Kind,
    as_of: AsOf,
    rows: Vec<Row>,
}

/// What a set keeps of a record.
#[derive(Debug, Clone)]
struct Row {
    key: RowKey,
    /// As written, and folded.
    id: Option<(String, String)>,
    /// The title as written; folded title, first day, venue and organiser.
    activity: Option<(String, String)>,
    unit: Option<u32>,
    /// For each quota that counts it: its group, as compared and as shown.
    groups: Vec<(usize, Group)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    values: Vec<String>,
    shown: String,
    /// The unit that the first value names, where it names one.
    unit: Option<u32>,
}

impl SetCheck {
    /// An empty set of records of one kind.
    pub fn new(checker: &Checker, kind: Kind, as_of: AsOf) -> SetCheck {
        SetCheck { checker: checker.clone(), kind, as_of, rows: Vec::new() }
    }

    /// The kind of its records.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Takes one record that was checked.
    pub fn add(&mut self, key: RowKey, report: &Report<'_>) {
        let quotas = self.checker.plan().model().quotas.iter().enumerate();
        let groups = quotas.filter_map(|(at, quota)| group(report, at, quota).map(|group| (at, group))).collect();
        let id = words(report, Field::Id).map(|id| (id.clone(), fold(&id).into_owned()));
        let unit = report.case.read.unit.value().map(|named| named.node);
        self.rows.push(Row { key, id, activity: activity(report), unit, groups });
    }

    /// Takes all that another set holds: in whatever order sets are merged, the result is the same.
    pub fn merge(&mut self, other: SetCheck) {
        self.rows.extend(other.rows);
    }

    /// What the set shows: by row, the set's own last.
    pub fn findings(&self) -> Vec<SetFinding<'_>> {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by_key(|row| row.key);
        let mut found = Found { set: self, findings: Vec::new() };
        found.twice(&rows, &own::DUPLICATE_ID, Field::Id, |row| row.id.as_ref());
        found.twice(&rows, &own::DUPLICATE_ACTIVITY, Field::Title, |row| row.activity.as_ref());
        found.findings.sort_by_key(|finding| finding.row);
        if self.kind.is_activity() {
            self.checker.plan().model().quotas.iter().enumerate().for_each(|(at, quota)| found.quota(&rows, at, quota));
        }
        rules::deadlines(self.checker.plan(), &self.kind).for_each(|deadline| found.outstanding(&rows, deadline));
        found.findings
    }
}

/// A text field as written, where something stands in it.
fn words(report: &Report<'_>, field: Field) -> Option<String> {
    let cell = report.case.cell(field);
    (report.case.read.is_readable(field) && !is_empty(cell)).then(|| text(cell).into_owned())
}

/// The title, and all that makes an activity the same: none without a title or a first day that was read.
fn activity(report: &Report<'_>) -> Option<(String, String)> {
    let title = words(report, Field::Title)?;
    let mut same = fold(&title).into_owned();
    same.push('\n');
    same.push_str(&crate::reading::day::iso(report.day(Field::Start)?));
    for field in [Field::Venue, Field::Organizer] {
        same.push('\n');
        same.push_str(&words(report, field).map(|words| fold(&words).into_owned()).unwrap_or_default());
    }
    Some((title, same))
}

/// The group of a quota that a record counts in; none where it does not, or where that was not read.
fn group(report: &Report<'_>, at: usize, quota: &Quota) -> Option<Group> {
    let case = &report.case;
    if !case.kind().is_activity() || case.plan.quotas.get(at)?.of(case) != Some(true) {
        return None;
    }
    let mut group = Group { values: Vec::new(), shown: String::new(), unit: None };
    for field in &quota.per {
        let CellBuf::Text(value) = report.read(*field) else { return None };
        if group.values.is_empty() {
            group.unit = case.plan.rosters.find(&value).map(|(unit, _)| unit);
        } else {
            group.shown.push('、');
        }
        group.shown.push_str(&text(case.cell(*field)));
        group.values.push(fold(&value).into_owned());
    }
    Some(group)
}

struct Found<'s> {
    set: &'s SetCheck,
    findings: Vec<SetFinding<'s>>,
}

impl<'s> Found<'s> {
    fn say(
        &mut self,
        (row, first): (Option<RowKey>, Option<RowKey>),
        rule: &'static Rule,
        severity: Severity,
        path: Path,
        clause: Option<&'s crate::Clause>,
        details: Details,
    ) {
        if self.set.checker.wanted().has(rule.into(), severity) {
            let year = self.set.checker.notice().year();
            let finding = Finding { rule: rule.into(), severity, path, clause, details, kind: &self.set.kind, year };
            self.findings.push(SetFinding { row, first, finding });
        }
    }

    /// Every later row that says the same as an earlier one.
    fn twice(&mut self, rows: &[&Row], rule: &'static Rule, field: Field, of: fn(&Row) -> Option<&(String, String)>) {
        let mut known: Vec<(&str, &str, RowKey)> =
            rows.iter().filter_map(|row| of(row).map(|(written, folded)| (folded.as_str(), written.as_str(), row.key))).collect();
        known.sort_unstable_by_key(|(folded, _, key)| (*folded, *key));
        let mut first: Option<(&str, RowKey)> = None;
        for (folded, written, key) in known {
            match first {
                Some((same, earlier)) if same == folded => {
                    let details = Details::default().with("value", Arg::Text(written.to_owned()));
                    let details = details.with("first", Arg::Number(i64::try_from(earlier.row).unwrap_or(i64::MAX)));
                    self.say((Some(key), Some(earlier)), rule, rule.severity, Path::field(field), None, details);
                }
                _ => first = Some((folded, key)),
            }
        }
    }

    fn quota(&mut self, rows: &[&Row], at: usize, quota: &'s Quota) {
        // Groups stand by their first appearance; the map says where.
        let mut groups: Vec<(&Group, u32)> = Vec::new();
        let mut places: BTreeMap<&[String], usize> = BTreeMap::new();
        for (_, group) in rows.iter().flat_map(|row| &row.groups).filter(|(other, _)| *other == at) {
            let place = *places.entry(&group.values).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => groups.push((group, 1)),
            }
        }
        let severity = quota.modality.severity();
        let path = quota.per.first().map_or(Path::NONE, |field| Path::field(*field));
        let clause = Some(&quota.fact.clause);
        let details = |group: Option<String>, limit: u32, count: u32| {
            let what = quota.what.clone().unwrap_or_else(|| "活动".to_owned());
            let details = Details::default().with("what", Arg::Text(what)).maybe("group", group.map(Arg::Text));
            details.with("limit", Arg::Number(limit.into())).with("count", Arg::Number(count.into()))
        };
        if let Some(max) = quota.max {
            for (group, count) in groups.iter().filter(|(_, count)| *count > max) {
                let shown = (!quota.per.is_empty()).then(|| group.shown.clone());
                self.say((None, None), &own::OVER_QUOTA, severity, path, clause, details(shown, max, *count));
            }
        }
        let (Some(min), Some(among)) = (quota.min, &quota.among) else { return };
        let plan = self.set.checker.plan();
        let windows = plan.model().periods.iter().filter(|period| period.role == Role::Window);
        let due = quota.due.or_else(|| windows.filter_map(|window| window.end).max_by_key(|end| plan::day(*end)));
        if due.and_then(|due| self.set.as_of.is_past(due)) != Some(true) {
            return;
        }
        let owed_by = std::slice::from_ref(among);
        for (ix, unit) in plan.rosters.units().filter(|(ix, _)| plan.rosters.owes(*ix, Some(owed_by))) {
            let count = groups.iter().filter(|(group, _)| group.unit == Some(ix)).map(|(_, count)| count).sum::<u32>();
            if count < min {
                self.say((None, None), &own::UNDER_QUOTA, severity, path, clause, details(Some(unit.shown.clone()), min, count));
            }
        }
    }

    /// Every unit that owes and that no record names.
    fn outstanding(&mut self, rows: &[&Row], deadline: &'s Deadline) {
        let plan = self.set.checker.plan();
        let Some(due) = rules::due(plan, deadline) else { return };
        let (rule, severity) = rules::verdict(self.set.as_of.is_past(due) == Some(true), deadline);
        let named: BTreeSet<u32> = rows.iter().filter_map(|row| row.unit).collect();
        for (ix, unit) in plan.rosters.units() {
            if !named.contains(&ix) && plan.rosters.owes(ix, deadline.owed_by.as_deref()) {
                let details = rules::owed(unit.shown.clone(), deadline, due);
                self.say((None, None), rule, severity, Path::field(Field::Unit), Some(&deadline.fact.clause), details);
            }
        }
    }
}
