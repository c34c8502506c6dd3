//! A notice and a caller's options, made ready to check any number of records.

use std::sync::Arc;

use crate::as_of::AsOf;
use crate::error::{Error, What};
use crate::finding::Details;
use crate::notice::Notice;
use crate::notice::rosters::Rosters;
use crate::reading::near::nearest;
use crate::record::{Kind, Record};
use crate::report::{Explanation, Report};
use crate::rule::{Answer, Judge, Rule, RuleId, Severity, Sink};

mod asked;
pub(crate) mod case;
pub(crate) mod plan;
pub(crate) mod readings;
pub(crate) mod screen;

pub(crate) use case::Case;
pub(crate) use plan::Plan;

/// Which units owe, by the caller's word.
///
/// ```
/// use kepu_core::Roster;
/// let all = Roster::All(vec!["新乡市科协".into()]);
/// let some = Roster::Of(vec![("societies".into(), vec!["河南省化学学会".into()])]);
/// # let _ = (all, some);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roster {
    /// These units, in place of every roster of the notice.
    All(Vec<String>),
    /// These units for the rosters of these ids.
    Of(Vec<(String, Vec<String>)>),
}

/// What a caller may choose.
///
/// ```
/// use kepu_core::{Notice, Options};
/// let options = Options { strict_deadlines: true, ..Options::default() };
/// let checker = Notice::bundled("henan-2023")?.checker_with(options)?;
/// # let _ = checker;
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether a deadline is what the strictest reading says: 9月28日前 ends on the 27th.
    pub strict_deadlines: bool,
    /// Who owes, where the notice leaves it to the caller or the caller knows better.
    pub roster: Option<Roster>,
    /// Only these rules, by id; empty: all.
    pub only: Vec<String>,
    /// All but these rules, by id.
    pub ignore: Vec<String>,
    /// Nothing less grave.
    pub min_severity: Option<Severity>,
}

/// What comes of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether there is no error.
    pub is_accepted: bool,
    /// Whether a form should stop: an error that the sender can still put right.
    pub is_blocked: bool,
    /// Whether there is nothing to say.
    pub is_clean: bool,
}

/// Checks records against one notice. Cheap to clone, and to be shared between threads.
///
/// ```
/// use kepu_core::{Field, Notice, RecordBuf};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity().with(Field::Title, "走近湿地");
/// let report = checker.check(&record, "2023-09-01".parse()?);
/// assert!(report.is_blocked()); // no organiser, no category, no day
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Checker(Arc<Ready>);

#[derive(Debug)]
struct Ready {
    plan: Plan,
    options: Options,
    wanted: Wanted,
}

/// Which findings the caller wants.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// By the order of the one list.
    rules: Vec<bool>,
    min_severity: Severity,
}

impl Checker {
    /// A checker without a choice of the caller's.
    pub(crate) fn plain(notice: Notice) -> Checker {
        let wanted = Wanted { rules: Vec::new(), min_severity: Severity::Info };
        let rosters = Rosters::of_notice(notice.model());
        let plan = Plan::new(notice, rosters, false);
        Checker(Arc::new(Ready { plan, options: Options::default(), wanted }))
    }

    /// A checker with a caller's choices.
    ///
    /// # Errors
    /// If an option names a rule or a roster that there is none of; ask with [`Error::is_name`].
    pub(crate) fn new(notice: Notice, options: Options) -> Result<Checker, Error> {
        let wanted = Wanted::of(&options)?;
        let rosters = Rosters::new(notice.model(), options.roster.as_ref())?;
        let plan = Plan::new(notice, rosters, options.strict_deadlines);
        Ok(Checker(Arc::new(Ready { plan, options, wanted })))
    }

    /// The notice.
    pub fn notice(&self) -> &Notice {
        &self.0.plan.notice
    }

    /// What the caller chose.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// Checks one record. What is wrong with it is a finding, never an error.
    pub fn check<'a>(&'a self, record: &'a dyn Record, as_of: AsOf) -> Report<'a> {
        self.report(record, as_of, 0, true)
    }

    /// What comes of a check, for who wants no words yet: looking for what a name was meant to be, and for a fix, takes longer
    /// than all the rest.
    ///
    /// ```
    /// use kepu_core::{Notice, RecordBuf};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let verdict = checker.verdict(&RecordBuf::activity(), "2023-09-01".parse()?);
    /// assert!(verdict.is_blocked && !verdict.is_accepted && !verdict.is_clean);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn verdict(&self, record: &dyn Record, as_of: AsOf) -> Verdict {
        let mut report = Report::new(self, Case::unread(record, &self.0.plan, as_of));
        report.case.read();
        self.judge(&mut report, false);
        Verdict { is_accepted: report.is_accepted(), is_blocked: report.is_blocked(), is_clean: report.findings().is_empty() }
    }

    /// The same findings without their arguments and fixes: for tables, which ask for those when somebody looks.
    pub(crate) fn glance<'a>(&'a self, record: &'a dyn Record, as_of: AsOf) -> Report<'a> {
        self.report(record, as_of, 0, false)
    }

    /// The same of a record of which some texts are known to stand and to be well, a bit for the field of each.
    #[cfg(feature = "arrow")]
    pub(crate) fn glance_at_rest<'a>(&'a self, record: &'a dyn Record, as_of: AsOf, well: u64) -> Report<'a> {
        self.report(record, as_of, well, false)
    }

    fn report<'a>(&'a self, record: &'a dyn Record, as_of: AsOf, well: u64, detailed: bool) -> Report<'a> {
        let mut report = Report::new(self, Case::unread(record, &self.0.plan, as_of));
        report.case.read.stand(well);
        report.case.read();
        self.judge(&mut report, detailed);
        report.settle();
        report
    }

    /// Checks one record and says of every question how it was answered.
    pub fn explain<'a>(&'a self, record: &'a dyn Record, as_of: AsOf) -> Explanation<'a> {
        Explanation::new(self, Case::in_doubt(record, &self.0.plan, as_of))
    }

    fn judge<'a>(&'a self, report: &mut Report<'a>, detailed: bool) {
        let Report { case, findings, .. } = report;
        let (kind, year) = (case.kind(), self.0.plan.notice.year());
        let mut sink = Collect { findings, wanted: &self.0.wanted, kind, year, detailed };
        self.0.plan.judges(kind, &case.read, case.as_of, &mut |judge| (judge.ask)(case, &mut sink));
    }

    pub(crate) fn wanted(&self) -> &Wanted {
        &self.0.wanted
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.0.plan
    }
}

impl Judge {
    /// Whether records of a kind are asked under this notice.
    pub(crate) fn concerns(&self, kind: &Kind, plan: &Plan) -> bool {
        let fields = kind.fields();
        self.fields.iter().any(|field| fields.contains(field)) && (self.needs)(plan)
    }
}

impl Wanted {
    fn of(options: &Options) -> Result<Wanted, Error> {
        let find = |id: &String| RuleId::from_id(id).ok_or_else(|| unknown_rule(id));
        let only = options.only.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let ignore = options.ignore.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let wants = |rule: &&'static Rule| {
            let named = |rules: &[RuleId]| rules.iter().any(|other| *other == **rule);
            (only.is_empty() || named(&only)) && !named(&ignore)
        };
        let rules = crate::rules::ALL.iter().map(wants).collect();
        Ok(Wanted { rules, min_severity: options.min_severity.unwrap_or(Severity::Info) })
    }

    pub(crate) fn has(&self, rule: RuleId, severity: Severity) -> bool {
        severity >= self.min_severity && self.rules.get(rule.order()).copied().unwrap_or(true)
    }
}

fn unknown_rule(id: &str) -> Error {
    let mut zh = ["没有名为“", id, "”的规则"].concat();
    let mut en = ["there is no rule `", id, "`"].concat();
    if let Some(near) = nearest(id, crate::rules::ALL.iter().map(|rule| rule.id)) {
        zh += &["；最接近的是“", near, "”"].concat();
        en += &["; the nearest is `", near, "`"].concat();
    }
    Error::other(What::Name, zh, en)
}

/// Keeps the findings that the caller wants.
struct Collect<'s, 'a> {
    findings: &'s mut Vec<crate::finding::Finding<'a>>,
    wanted: &'s Wanted,
    kind: &'a Kind,
    year: i32,
    detailed: bool,
}

impl<'a> Sink<'a> for Collect<'_, 'a> {
    fn take(&mut self, answer: Answer<'a, '_>) {
        let Answer::Not(found) = answer else { return };
        let rule = RuleId::from(found.rule);
        if !self.wanted.has(rule, found.severity) {
            return;
        }
        self.findings.push(crate::finding::Finding {
            rule,
            severity: found.severity,
            path: found.path,
            clause: found.clause,
            details: if self.detailed { (found.details)() } else { Details::default() },
            kind: self.kind,
            year: self.year,
        });
    }
}
