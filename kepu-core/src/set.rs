//! What only a set of records shows: what is there twice, who has not handed in, how many there are of what.

mod bytes;
mod groups;
mod prints;

use std::collections::BTreeSet;

use crate::as_of::AsOf;
use crate::checker::{Case, Checker};
use crate::error::{Error, What};
use crate::finding::{Arg, Details, Finding, Path};
use crate::notice::model::Deadline;
use crate::notice::rosters::{Unit, UnitIx};
use crate::reading::{is_empty, text};
use crate::record::{Field, Kind, Record};
use crate::report::Report;
use crate::rule::{Rule, RuleId, Severity};
use crate::rules::{self, Standing, set as own};

use groups::Groups;
use prints::{By, Prints, Same};
#[cfg(feature = "arrow")]
pub(crate) use prints::{place_mark, title_mark};

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

/// Hands a record to whoever asks for it by its key; to nobody, where it is not at hand.
pub type Lookup<'l> = dyn Fn(RowKey, &mut dyn FnMut(&dyn Record)) + 'l;

/// Takes records in any order and any number of batches, merges with others of its kind, and says in the end what only the
/// set shows. “Later” follows the caller's keys, so the result never depends on how the records were split.
///
/// Of each id, and of each activity that could be there twice, it keeps a fingerprint of 128 bits and the row: 24 bytes, and 8
/// more while the findings are made. Fingerprints are keyed: with [`SetCheck::keyed`] under a key that nobody else knows, no
/// sender can make two texts look alike. [`SetCheck::findings_with`] compares the texts themselves.
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
///
/// // From one machine to another.
/// let travelled = SetCheck::from_bytes(&checker, &first.to_bytes())?;
/// second.merge(travelled)?;
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
    key: [u8; 16],
    /// Whether the records are at hand when the findings are made, so that a mark of each is enough. Such a set never travels.
    at_hand: bool,
    ids: Prints,
    activities: Prints,
    /// The units that some record names.
    named: BTreeSet<UnitIx>,
    /// Of each quota, how many records count in which group.
    groups: Vec<Groups>,
}

/// The key of sets whose caller gives none.
const KEY: [u8; 16] = *b"kepu, no secret.";

impl SetCheck {
    /// An empty set of records of one kind.
    pub fn new(checker: &Checker, kind: Kind, as_of: AsOf) -> SetCheck {
        SetCheck::keyed(checker, kind, as_of, KEY)
    }

    /// An empty set whose fingerprints are made under this key. It travels with the set, and only sets of one key merge; what
    /// they find does not hang on it.
    pub fn keyed(checker: &Checker, kind: Kind, as_of: AsOf, key: [u8; 16]) -> SetCheck {
        let groups = vec![Groups::default(); if kind.is_activity() { checker.plan().model().quotas.len() } else { 0 }];
        let (ids, activities, named) = Default::default();
        SetCheck { checker: checker.clone(), kind, as_of, key, at_hand: false, ids, activities, named, groups }
    }

    /// An empty set whose caller lends every record again when the findings are made.
    pub(crate) fn at_hand(checker: &Checker, kind: Kind, as_of: AsOf) -> SetCheck {
        SetCheck { at_hand: true, ..SetCheck::new(checker, kind, as_of) }
    }

    /// The kind of its records.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Takes one record that was checked.
    pub fn add(&mut self, key: RowKey, report: &Report<'_>) {
        let (case, wanted) = (&report.case, self.checker.wanted());
        let by = if self.at_hand { By::Mark } else { By::Key(self.key) };
        // What nobody wants to know takes no memory, and does not travel.
        if wanted.has((&own::DUPLICATE_ID).into(), own::DUPLICATE_ID.severity) {
            self.ids.add(key, Same::Id, case, by);
        }
        if wanted.has((&own::DUPLICATE_ACTIVITY).into(), own::DUPLICATE_ACTIVITY.severity) {
            self.activities.add(key, Same::Activity, case, by);
        }
        self.count(key, report);
    }

    /// Takes of a record only what does not stand twice: its unit, and the groups in which it counts.
    pub(crate) fn count(&mut self, key: RowKey, report: &Report<'_>) {
        self.named.extend(report.case.read.unit.value().map(|named| named.node));
        for (at, (quota, groups)) in self.checker.plan().model().quotas.iter().zip(&mut self.groups).enumerate() {
            groups.add(key, report, at, quota);
        }
    }

    /// Takes all that another set holds: in whatever order sets are merged, the result is the same.
    ///
    /// # Errors
    /// If the other was made for another kind of record, moment, notice or options, or under another key
    /// ([`Error::is_set`]).
    pub fn merge(&mut self, other: SetCheck) -> Result<(), Error> {
        let same_checker = self.checker.notice() == other.checker.notice() && self.checker.options() == other.checker.options();
        if !same_checker || self.kind != other.kind || self.as_of != other.as_of || self.key != other.key {
            return Err(unlike());
        }
        self.ids.merge(other.ids);
        self.activities.merge(other.activities);
        self.named.extend(other.named);
        self.groups.iter_mut().zip(other.groups).for_each(|(groups, other)| groups.merge(other));
        Ok(())
    }

    /// Moves every record so many rows down: a part that was counted by itself takes its place behind others.
    ///
    /// ```
    /// use kepu_core::{Field, Kind, Notice, RecordBuf, RowKey, SetCheck};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let as_of = "2023-10-08".parse()?;
    /// let record = RecordBuf::activity().with(Field::Id, "HN-1");
    /// let mut parts = [SetCheck::new(&checker, Kind::ACTIVITY, as_of), SetCheck::new(&checker, Kind::ACTIVITY, as_of)];
    /// parts.iter_mut().for_each(|part| part.add(RowKey::default(), &checker.check(&record, as_of)));
    /// let [mut first, mut behind] = parts;
    /// behind.shift(7);
    /// first.merge(behind)?;
    /// assert_eq!(first.findings()[0].row.map(|key| key.row), Some(7));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn shift(&mut self, rows: u64) {
        self.ids.shift(rows);
        self.activities.shift(rows);
        self.groups.iter_mut().for_each(|groups| groups.shift(rows));
    }

    /// What the set shows: by row, the set's own last.
    pub fn findings(&self) -> Vec<SetFinding<'_>> {
        self.findings_with(&|_, _| {})
    }

    /// What the set shows, with the records at hand: they are compared by their texts, not by fingerprints, and their findings
    /// have the value as it was written.
    ///
    /// ```
    /// use kepu_core::{Field, Kind, Lang, Notice, RecordBuf, RowKey, SetCheck};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let as_of = "2023-10-08".parse()?;
    /// let records = ["HN-1", "ＨＮ－１"].map(|id| RecordBuf::activity().with(Field::Id, id));
    /// let mut set = SetCheck::new(&checker, Kind::ACTIVITY, as_of);
    /// for (row, record) in (0..).zip(&records) {
    ///     set.add(RowKey { row, ..RowKey::default() }, &checker.check(record, as_of));
    /// }
    /// let findings = set.findings_with(&|key, take| {
    ///     if let Some(record) = usize::try_from(key.row).ok().and_then(|row| records.get(row)) {
    ///         take(record);
    ///     }
    /// });
    /// assert_eq!(findings[0].finding.message(Lang::Zh), "编号“ＨＮ－１”与前面的记录（第 0 行）相同");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn findings_with(&self, records: &Lookup<'_>) -> Vec<SetFinding<'_>> {
        let twice = self.twice(records).into_iter().map(|twice| {
            let path = twice.path();
            let mut value = None;
            records(twice.row, &mut |record| {
                let cell = path.of().map(|field| record.cell(field)).filter(|cell| !is_empty(*cell));
                value = cell.map(|cell| Arg::Text(text(cell).into_owned()));
            });
            let details = Details::default().maybe("value", value);
            let details = details.with("first", Arg::Number(i64::try_from(twice.first.row).unwrap_or(i64::MAX)));
            let (rule, severity) = (RuleId::from(twice.rule), twice.rule.severity);
            let (kind, year) = (&self.kind, self.checker.notice().year());
            let finding = Finding { rule, severity, path, clause: None, details, kind, year };
            SetFinding { row: Some(twice.row), first: Some(twice.first), finding }
        });
        let own = self.own().into_iter().map(|finding| SetFinding { row: None, first: None, finding });
        twice.chain(own).collect()
    }

    /// The records that say what an earlier one says, by row.
    pub(crate) fn twice(&self, records: &Lookup<'_>) -> Vec<Twice> {
        let mut twice = Vec::new();
        for (rule, same, prints) in
            [(&own::DUPLICATE_ID, Same::Id, &self.ids), (&own::DUPLICATE_ACTIVITY, Same::Activity, &self.activities)]
        {
            if self.checker.wanted().has(rule.into(), rule.severity) {
                let text = |key| self.text_of(key, same, records);
                prints.twice(&text, &mut |row, first| twice.push(Twice { rule, row, first }));
            }
        }
        // In a record's order: ids stand before titles.
        twice.sort_by_key(|twice| twice.row);
        twice
    }

    /// What makes a record the same as another, where the record is at hand.
    fn text_of(&self, key: RowKey, same: Same, records: &Lookup<'_>) -> Option<String> {
        let mut text = None;
        records(key, &mut |record| {
            let mut parts = String::new();
            let case = Case::new(record, self.checker.plan(), self.as_of);
            same.parts(&case, &mut |part| parts.push_str(part)).then(|| text = Some(std::mem::take(&mut parts)));
        });
        text
    }

    /// What the set itself shows, of no record: quotas by first appearance, then units in roster order.
    pub(crate) fn own(&self) -> Vec<Finding<'_>> {
        let (plan, mut findings) = (self.checker.plan(), Vec::new());
        for (quota, groups) in plan.model().quotas.iter().zip(&self.groups) {
            groups.judge(plan, quota, self.as_of, &mut |rule, severity, path, details| {
                self.say(&mut findings, rule, severity, path, &quota.fact.clause, details);
            });
        }
        for deadline in rules::deadlines(plan, &self.kind) {
            let Some(due) = rules::due(plan, deadline) else { continue };
            let (rule, severity) = rules::verdict(self.as_of.is_past(due) == Some(true), deadline);
            for unit in self.unnamed(deadline) {
                let details = rules::owed(unit.shown.clone(), deadline, due);
                self.say(&mut findings, rule, severity, Path::field(Field::Unit), &deadline.fact.clause, details);
            }
        }
        findings
    }

    /// Where the units stand that owe and that no record names, whatever findings the caller wants.
    pub(crate) fn outstanding(&self, each: &mut dyn FnMut(Standing)) {
        for deadline in rules::deadlines(self.checker.plan(), &self.kind) {
            let due = rules::due(self.checker.plan(), deadline);
            let standing = match due.and_then(|due| self.as_of.is_past(due)) {
                None => Standing::Unknown,
                Some(true) => Standing::Missing,
                Some(false) => Standing::Pending,
            };
            self.unnamed(deadline).for_each(|_| each(standing));
        }
    }

    /// The units that owe and that no record names, in roster order.
    fn unnamed<'s>(&'s self, deadline: &'s Deadline) -> impl Iterator<Item = &'s Unit> {
        let rosters = &self.checker.plan().rosters;
        let owes = move |unit: &UnitIx| rosters.owes(*unit, deadline.owed_by.as_deref());
        rosters.units().filter(move |(unit, _)| !self.named.contains(unit) && owes(unit)).map(|(_, unit)| unit)
    }

    fn say<'s>(
        &'s self,
        findings: &mut Vec<Finding<'s>>,
        rule: &'static Rule,
        severity: Severity,
        path: Path,
        clause: &'s crate::Clause,
        details: Details,
    ) {
        if self.checker.wanted().has(rule.into(), severity) {
            let (kind, year) = (&self.kind, self.checker.notice().year());
            findings.push(Finding { rule: rule.into(), severity, path, clause: Some(clause), details, kind, year });
        }
    }
}

/// A record that says what an earlier one says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Twice {
    pub(crate) rule: &'static Rule,
    pub(crate) row: RowKey,
    pub(crate) first: RowKey,
}

impl Twice {
    /// Where such a rule points: at its one field.
    pub(crate) fn path(&self) -> Path {
        self.rule.fields.first().map_or(Path::NONE, |field| Path::field(*field))
    }
}

fn unlike() -> Error {
    Error::other(
        What::Set,
        "两个集合的记录种类、截至时间、通知、选项或密钥不同，不能合并；请都由同一个通知、同样的选项建立",
        "two sets of another kind of record, moment, notice, options or key cannot be merged; make both from one notice and the same options",
    )
}
