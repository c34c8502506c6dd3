//! Whether a unit handed in what it owes, and in time.

use chrono::NaiveDate;

use super::names::unofficial;
use crate::as_of::minute_of;
use crate::checker::readings::DayRead;
use crate::checker::{Case, Plan};
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::{Deadline, Moment};
use crate::reading::{Reading, text};
use crate::record::{Field, Kind};
use crate::rule::{Basis, Judge, Of, Rule, Scope, Severity, Sink};

/// Handed in after the deadline.
pub static LATE_SUMMARY: Rule = Rule {
    id: "late-summary",
    can_block: false,
    basis: Basis::Deadline,
    fields: &[Field::SubmittedOn],
    args: &["value", "what", "submitted", "due"],
    about: Text {
        zh: "提交时间晚于通知规定的截止时间。已成事实，所以不阻止填报。",
        en: "Handed in after the deadline. Nobody can change that, so it never blocks a form.",
    },
    message: Text {
        zh: "{what}于{submitted}提交，晚于截止的{due}", en: "{what} was handed in on {submitted}, after {due}"
    },
    advice: Text {
        zh: "如提交时间填错了，请更正；否则请说明逾期的原因",
        en: "correct the time if it is wrong; else say why it came late",
    },
    ..Rule::BASE
};

/// In time, unless the deadline is read strictly.
pub static DEADLINE_DAY: Rule = Rule {
    id: "deadline-day",
    severity: Severity::Info,
    can_block: false,
    basis: Basis::Deadline,
    fields: &[Field::SubmittedOn],
    args: &["value", "what", "submitted", "due", "strict"],
    about: Text {
        zh: "在截止当天提交：“前”字包括当天时算按时，不包括时算逾期。",
        en: "Handed in on the deadline's day: in time, unless the notice's 前 leaves that day out.",
    },
    message: Text {
        zh: "{what}在截止的{due}当天提交：{submitted}",
        en: "{what} was handed in on {due}, the deadline's day: {submitted}",
    },
    advice: Text {
        zh: "按包括当天算是按时；如从严理解，应不晚于{strict}",
        en: "in time if that day counts; read strictly it was due by {strict}",
    },
    ..Rule::BASE
};

/// Not handed in, and the deadline has passed.
pub static MISSING_SUMMARY: Rule = Rule {
    id: "missing-summary",
    can_block: false,
    scope: Scope::Both,
    basis: Basis::Deadline,
    fields: &[Field::Unit, Field::SubmittedOn],
    args: &["unit", "what", "due"],
    about: Text {
        zh: "截止时间已过，这个单位还没有提交。", en: "The deadline has passed, and the unit has not handed in."
    },
    message: Text { zh: "{unit}没有提交{what}，截止时间是{due}", en: "{unit} has not handed in {what}, due {due}" },
    advice: Text {
        zh: "请尽快提交；如已提交，请补填提交时间", en: "hand it in now; if it was handed in, fill in when"
    },
    ..Rule::BASE
};

/// Not handed in yet, and there is time.
pub static PENDING_SUMMARY: Rule = Rule {
    id: "pending-summary",
    severity: Severity::Info,
    can_block: false,
    scope: Scope::Both,
    basis: Basis::Deadline,
    fields: &[Field::Unit, Field::SubmittedOn],
    args: &["unit", "what", "due"],
    about: Text { zh: "还没有提交，截止时间未到。", en: "Not handed in yet, and the deadline has not passed." },
    message: Text {
        zh: "{unit}还没有提交{what}，截止时间是{due}", en: "{unit} has not handed in {what} yet, due {due}"
    },
    advice: Text { zh: "请在截止时间以前提交", en: "hand it in before the deadline" },
};

/// On no roster.
pub static UNKNOWN_UNIT: Rule = Rule {
    id: "unknown-unit",
    severity: Severity::Warning,
    can_block: false,
    basis: Basis::Roster,
    fields: &[Field::Unit],
    args: &["value", "?candidates"],
    about: Text { zh: "报送单位不在应当报送的名单中。", en: "The unit is on no roster of those that owe." },
    message: Text { zh: "“{value}”不在报送名单中", en: "`{value}` is on no roster" },
    advice: Text {
        zh: "请核对单位全称[，最接近的是{candidates}]",
        en: "check the unit's full name[; the nearest: {candidates}]",
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge {
        rules: &[&UNKNOWN_UNIT, &super::UNOFFICIAL_NAME],
        fields: &[Field::Unit],
        needs: |plan| !plan.rosters.is_empty(),
        of: Of::InDoubt,
        ask: unit,
    },
    Judge {
        rules: &[&LATE_SUMMARY, &DEADLINE_DAY, &MISSING_SUMMARY, &PENDING_SUMMARY],
        fields: &[Field::SubmittedOn],
        needs: |plan| !plan.model().deadlines.is_empty(),
        of: Of::All,
        ask: deadline,
    },
];

fn unit<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let path = Path::field(Field::Unit);
    let value = text(case.cell(Field::Unit));
    match case.read.unit {
        Reading::Absent => {}
        Reading::Read(named) => {
            let unit = case.plan.rosters.unit(named.node);
            let clause = unit.and_then(|unit| clause_of_roster(case.plan, unit.rosters.first().copied()));
            match unit {
                Some(unit) if named.by_alias => unofficial(sink, path, &value, &unit.shown, clause),
                _ => sink.met(path, clause),
            }
        }
        Reading::Failed => {
            let kind = case.read.unit_kind.value().and_then(|named| case.plan.organizer_kinds.get(named.node));
            let clause = case.plan.model().rosters.first().map(|roster| &roster.fact.clause);
            if !case.plan.rosters.is_known(kind.map(|kind| kind.id.as_str())) {
                return sink.unknown(path, clause);
            }
            sink.found(&UNKNOWN_UNIT, path, clause, &|| {
                let details = Details::default().with("value", Arg::Text(value.clone().into_owned()));
                details.with("candidates", Arg::Texts(case.plan.rosters.candidates(&value)))
            });
        }
    }
}

fn clause_of_roster(plan: &Plan, roster: Option<usize>) -> Option<&crate::notice::model::Clause> {
    roster.and_then(|at| plan.model().rosters.get(at)).or(plan.model().rosters.first()).map(|roster| &roster.fact.clause)
}

/// The deadlines of a kind of record.
pub(crate) fn deadlines<'p>(plan: &'p Plan, kind: &Kind) -> impl Iterator<Item = &'p Deadline> {
    let kind = kind.id().to_owned();
    plan.model().deadlines.iter().filter(move |deadline| deadline.record == kind)
}

/// Where a submission stands against one deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Handed in, and not too late.
    InTime,
    /// Handed in too late.
    Late,
    /// Not handed in, and the deadline has passed.
    Missing,
    /// Not handed in, and there is time.
    Pending,
    /// Nobody can know.
    Unknown,
}

/// Where a submission stands against each deadline that concerns it.
pub(crate) fn standings(case: &Case<'_>, each: &mut dyn FnMut(Standing)) {
    for deadline in deadlines(case.plan, case.kind()) {
        match is_owed(case, deadline) {
            Some(true) => each(due(case.plan, deadline).map_or(Standing::Unknown, |due| standing(case, due))),
            Some(false) => {}
            None => each(Standing::Unknown),
        }
    }
}

/// Whether the unit of a submission owes it; nobody can know of a unit on no roster.
fn is_owed(case: &Case<'_>, deadline: &Deadline) -> Option<bool> {
    if case.plan.rosters.is_empty() {
        return Some(true);
    }
    let unit = case.read.unit.value()?;
    Some(case.plan.rosters.owes(unit.node, deadline.owed_by.as_deref()))
}

fn standing(case: &Case<'_>, due: Moment) -> Standing {
    match case.read.submitted_on {
        DayRead::Read(written) => match is_after((written.day, written.minute), due) {
            None => Standing::Unknown,
            Some(true) => Standing::Late,
            Some(false) => Standing::InTime,
        },
        DayRead::Absent if !case.read.is_given(Field::SubmittedOn) => match case.has_passed(due) {
            Some(true) => Standing::Missing,
            _ => Standing::Pending,
        },
        _ => Standing::Unknown,
    }
}

fn deadline<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for deadline in deadlines(case.plan, case.kind()) {
        match is_owed(case, deadline) {
            Some(true) => judge(case, sink, deadline),
            Some(false) => {}
            None => sink.unknown(Path::field(Field::SubmittedOn), Some(&deadline.fact.clause)),
        }
    }
}

fn judge<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, deadline: &'p Deadline) {
    let (path, clause) = (Path::field(Field::SubmittedOn), Some(&deadline.fact.clause));
    let Some(due) = due(case.plan, deadline) else { return };
    let written = case.read.submitted_on.written();
    let details = || {
        let shown = written.map(|written| match written.minute {
            Some(minute) => Arg::Moment(written.day, minute),
            None => Arg::Day(written.day),
        });
        let details =
            Details::default().with("value", case.value(Field::SubmittedOn)).with("what", Arg::Text(deadline.what.clone()));
        details.maybe("submitted", shown).with("due", shown_moment(due))
    };
    match standing(case, due) {
        Standing::Unknown => sink.unknown(path, clause),
        Standing::Late => sink.found_as(&LATE_SUMMARY, deadline.late, path, clause, &details),
        Standing::InTime => match (written, deadline.strict.filter(|_| !case.plan.strict_deadlines)) {
            (Some(written), Some(strict)) if is_after((written.day, written.minute), strict) == Some(true) => {
                sink.found(&DEADLINE_DAY, path, clause, &|| details().with("strict", shown_moment(strict)));
            }
            _ => sink.met(path, clause),
        },
        standing => {
            let (rule, severity) = verdict(standing == Standing::Missing, deadline);
            sink.found_as(rule, severity, path, clause, &|| owed(text(case.cell(Field::Unit)).into_owned(), deadline, due));
        }
    }
}

/// What not having handed in is, before and after the deadline.
pub(crate) fn verdict(passed: bool, deadline: &Deadline) -> (&'static Rule, Severity) {
    if passed { (&MISSING_SUMMARY, deadline.late) } else { (&PENDING_SUMMARY, PENDING_SUMMARY.severity) }
}

/// The words of who owes what by when.
pub(crate) fn owed(unit: String, deadline: &Deadline, due: Moment) -> Details {
    let details = Details::default().with("unit", Arg::Text(unit)).with("what", Arg::Text(deadline.what.clone()));
    details.with("due", shown_moment(due))
}

/// The last moment, as the caller wants it read.
pub(crate) fn due(plan: &Plan, deadline: &Deadline) -> Option<Moment> {
    if plan.strict_deadlines { deadline.strict.or(deadline.due) } else { deadline.due }
}

/// Whether something came after a moment; unknown on that very day where the moment has a minute and it has none.
fn is_after((day, minute): (NaiveDate, Option<u16>), due: Moment) -> Option<bool> {
    match due {
        Moment::Day(last) => Some(day > last),
        Moment::Minute(last) if day != last.date() => Some(day > last.date()),
        Moment::Minute(last) => minute.map(|minute| minute > minute_of(last.time())),
        Moment::Relative { .. } => None,
    }
}

fn shown_moment(moment: Moment) -> Arg {
    match moment {
        Moment::Day(day) => Arg::Day(day),
        Moment::Minute(minute) => Arg::Moment(minute.date(), minute_of(minute.time())),
        Moment::Relative { days, .. } => Arg::Number(days.into()),
    }
}
