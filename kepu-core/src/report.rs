//! What a check found, and what was read.

mod values;
mod wire;

use chrono::NaiveDate;

use crate::as_of::AsOf;
use crate::checker::readings::DayRead;
use crate::checker::{Case, Checker};
use crate::finding::{Finding, Fix, Path};
use crate::notice::model::Clause;
use crate::reading::list;
use crate::record::{Cell, CellBuf, Field, Record, RecordBuf};
use crate::rule::{Answer, Judge, RuleId, Severity, Sink};
pub use wire::ReportWire;

/// What a check of one record found, in order, and the values as they were read.
///
/// ```
/// use kepu_core::{Field, Notice, RecordBuf};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity()
///     .with(Field::Title, "走近湿地")
///     .with(Field::Organizer, "新乡市科协")
///     .with(Field::Category, "地方主场活动")
///     .with(Field::Start, "9月19日");
/// let report = checker.check(&record, "2023-09-01".parse()?);
/// assert!(report.is_accepted() && report.findings().is_empty());
/// assert_eq!(report.day(Field::Start).map(|day| day.to_string()).as_deref(), Some("2023-09-19"));
/// # Ok::<(), kepu_core::Error>(())
/// ```
pub struct Report<'a> {
    checker: &'a Checker,
    pub(crate) case: Case<'a>,
    pub(crate) findings: Vec<Finding<'a>>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(checker: &'a Checker, case: Case<'a>) -> Report<'a> {
        Report { checker, case, findings: Vec::new() }
    }

    /// Puts findings in order: field by field, what concerns the whole field before its items, then rule by rule. Of
    /// two that say the same of one place the graver stays.
    pub(crate) fn settle(&mut self) {
        let key = |finding: &Finding<'_>| (finding.order(), std::cmp::Reverse(finding.severity));
        for at in 1..self.findings.len() {
            let Some((this, before)) = self.findings.get(..=at).and_then(<[_]>::split_last) else { break };
            let this = key(this);
            let here = before.iter().rposition(|before| key(before) <= this).map_or(0, |last| last + 1);
            if let Some(tail) = self.findings.get_mut(here..=at) {
                tail.rotate_right(1);
            }
        }
        self.findings.dedup_by(|later, kept| later.order() == kept.order());
    }

    /// What is wrong, in order.
    pub fn findings(&self) -> &[Finding<'a>] {
        &self.findings
    }

    /// Whether there is no error.
    pub fn is_accepted(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity < Severity::Error)
    }

    /// Whether a form should stop: an error that the sender can still put right.
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(Finding::is_blocking)
    }

    /// The checker that made it, with its notice and options.
    pub fn checker(&self) -> &'a Checker {
        self.checker
    }

    /// The moment at which the question was asked.
    pub fn as_of(&self) -> AsOf {
        self.case.as_of
    }

    /// The day that a day field says; none where nothing stands there or nothing was read.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        match self.case.read.day(field) {
            DayRead::Read(written) => Some(written.day),
            _ => None,
        }
    }

    /// The record with every fix applied: none of the settled findings appears on it, and no new error.
    pub fn fixed(&self) -> RecordBuf {
        let mut record = RecordBuf::new(self.case.kind().clone());
        for field in Field::ALL {
            record.set(*field, self.case.record.cell(*field).to_buf());
        }
        for fix in self.findings.iter().filter_map(Finding::fix) {
            self.apply(&mut record, fix);
        }
        record
    }

    fn apply(&self, record: &mut RecordBuf, fix: &Fix) {
        let Some(field) = fix.path.of() else { return };
        let cell = match (fix.path.index(), record.cell(field)) {
            (None, _) => CellBuf::from(fix.value.as_str()),
            (Some(index), Cell::Text(text)) => {
                let whole = |name: &str| self.case.plan.is_name(field, name);
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                list::replaced(field, text, &whole, index, &fix.value).map_or_else(|| CellBuf::from(text), CellBuf::from)
            }
            (Some(index), cell) => {
                let mut cell = cell.to_buf();
                if let CellBuf::List(items) = &mut cell
                    && let Some(item) = usize::try_from(index).ok().and_then(|index| items.get_mut(index))
                {
                    *item = CellBuf::from(fix.value.as_str());
                }
                cell
            }
        };
        record.set(field, cell);
    }
}

/// How one question was answered at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// As the notice wants it.
    Met,
    /// Not as the notice wants it: there is a finding.
    NotMet,
    /// The question does not arise.
    NotApplicable,
    /// It hangs on a value that was not read.
    Unknown,
}

impl Outcome {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::NotMet => "not-met",
            Outcome::NotApplicable => "not-applicable",
            Outcome::Unknown => "unknown",
        }
    }
}

/// One question and its answer.
#[derive(Debug, Clone)]
pub struct Explained<'a> {
    /// The rules that may answer it; the one that did where it is not met.
    pub rules: Vec<RuleId>,
    /// Where; none where the question does not arise.
    pub path: Option<Path>,
    /// The answer.
    pub outcome: Outcome,
    /// The clause that it rests on.
    pub clause: Option<&'a Clause>,
}

/// Every question and how it was answered.
///
/// ```
/// use kepu_core::{Field, Notice, Outcome, RecordBuf, rules};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity().with(Field::Start, "9月19日");
/// let explanation = checker.explain(&record, "2023-09-01".parse()?);
/// let window = explanation.answers().iter().find(|answer| answer.rules.iter().any(|rule| *rule == rules::OUTSIDE_WINDOW)).unwrap();
/// assert_eq!(window.outcome, Outcome::Met);
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Explanation<'a> {
    answers: Vec<Explained<'a>>,
}

impl<'a> Explanation<'a> {
    pub(crate) fn new(checker: &'a Checker, case: Case<'a>) -> Explanation<'a> {
        let mut answers = Vec::new();
        for judge in crate::rules::judges() {
            let from = answers.len();
            let mut sink = Listen { judge, answers: &mut answers };
            if judge.concerns(case.kind(), checker.plan()) {
                (judge.ask)(&case, &mut sink);
            }
            if answers.len() == from {
                let rules = judge.rules.iter().map(|rule| RuleId::from(*rule)).collect();
                answers.push(Explained { rules, path: None, outcome: Outcome::NotApplicable, clause: None });
            }
        }
        Explanation { answers }
    }

    /// The answers, question by question.
    pub fn answers(&self) -> &[Explained<'a>] {
        &self.answers
    }
}

struct Listen<'s, 'a> {
    judge: &'static Judge,
    answers: &'s mut Vec<Explained<'a>>,
}

impl<'a> Sink<'a> for Listen<'_, 'a> {
    fn take(&mut self, answer: Answer<'a, '_>) {
        let all = || self.judge.rules.iter().map(|rule| RuleId::from(*rule)).collect();
        let explained = match answer {
            Answer::Met(path, clause) => Explained { rules: all(), path: Some(path), outcome: Outcome::Met, clause },
            Answer::Unknown(path, clause) => Explained { rules: all(), path: Some(path), outcome: Outcome::Unknown, clause },
            Answer::Not(found) => Explained {
                rules: vec![found.rule.into()],
                path: Some(found.path),
                outcome: Outcome::NotMet,
                clause: found.clause,
            },
        };
        self.answers.push(explained);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Notice, rules};

    #[test]
    fn clean_text_is_met_and_garbled_text_is_not() {
        let checker = Notice::bundled("henan-2023").unwrap().checker();
        let record = RecordBuf::activity().with(Field::Title, "走近湿地").with(Field::Venue, "新乡\u{FFFD}");
        let explanation = checker.explain(&record, "2023-09-01".parse().unwrap());
        let outcome = |field| {
            let about = |answer: &&Explained<'_>| {
                answer.path == Some(Path::field(field)) && answer.rules.iter().any(|rule| *rule == rules::GARBLED_TEXT)
            };
            explanation.answers().iter().find(about).map(|answer| answer.outcome)
        };
        assert_eq!(outcome(Field::Title), Some(Outcome::Met));
        assert_eq!(outcome(Field::Venue), Some(Outcome::NotMet));
        assert_eq!(outcome(Field::Contact), None);
    }
}
