//! Whether the days of an activity stand in order, and within the days of the notice.

use chrono::NaiveDate;

use crate::checker::Case;
use crate::checker::readings::DayRead;
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::{Period, Role};
use crate::record::Field;
use crate::rule::{Basis, Judge, Of, Rule, Severity, Sink};

const ARGS: &[&str] = &["value", "start", "?end", "what", "?from", "?to", "?limit", "?tentative"];

/// The last day comes before the first.
pub static REVERSED_DATES: Rule = Rule {
    id: "reversed-dates",
    fields: &[Field::End],
    args: &["value", "start", "end"],
    about: Text { zh: "结束日期早于开始日期。", en: "The last day comes before the first." },
    message: Text { zh: "结束日期{end}早于开始日期{start}", en: "the last day {end} comes before the first, {start}" },
    advice: Text {
        zh: "请核对两个日期，改正写错的一个", en: "check both days, and put right the one that is wrong"
    },
    ..Rule::BASE
};

/// Beside the concentrated days.
pub static OUTSIDE_WINDOW: Rule = Rule {
    id: "outside-window",
    severity: Severity::Info,
    basis: Basis::Period,
    fields: &[Field::Start],
    args: ARGS,
    about: Text {
        zh: "活动不在集中开展的日子里。通知另有更宽的活动期间并包括这些日子时，只是提示；否则是警告。",
        en: "The activity is beside the days of concentration: an info where a wider limit takes its days in, else a warning.",
    },
    message: Text {
        zh: "活动时间{start}[至{end}]不在“{what}”的日子里[，{from}起][，{to}止][（通知写的是“{tentative}”，日期可能变动）]",
        en: "{start}[ to {end}] is outside `{what}`[, from {from}][, until {to}][ (tentative in the notice: {tentative})]",
    },
    advice: Text {
        zh: "[“{limit}”期间也可以举办，不必修改；]如果日期写错了，请更正",
        en: "[it may be held during `{limit}` too, so nothing has to change; ]if the day is wrong, correct it",
    },
    ..Rule::BASE
};

/// Partly on the concentrated days.
pub static SPANS_WINDOW: Rule = Rule {
    id: "spans-window",
    severity: Severity::Info,
    basis: Basis::Period,
    fields: &[Field::Start, Field::End],
    args: ARGS,
    about: Text {
        zh: "活动有一部分在集中开展的日子里，一部分在外面。",
        en: "The activity touches the days of concentration and goes beyond them.",
    },
    message: Text {
        zh: "活动时间{start}[至{end}]有一部分不在“{what}”的日子里[，{from}起][，{to}止][（通知写的是“{tentative}”，日期可能变动）]",
        en: "{start}[ to {end}] is partly outside `{what}`[, from {from}][, until {to}][ (tentative in the notice: {tentative})]",
    },
    advice: Text {
        zh: "可以这样安排；如果日期写错了，请更正", en: "this is allowed; if a day is wrong, correct it"
    },
    ..Rule::BASE
};

/// Wholly outside the bound of the notice.
pub static OUTSIDE_PERIOD: Rule = Rule {
    id: "outside-period",
    basis: Basis::Period,
    fields: &[Field::Start],
    args: ARGS,
    about: Text {
        zh: "活动完全在通知的活动期间之外。", en: "The activity is wholly outside the period that the notice sets."
    },
    message: Text {
        zh: "活动时间{start}[至{end}]完全不在“{what}”期间[，{from}起][，{to}止][（通知写的是“{tentative}”，日期可能变动）]",
        en: "{start}[ to {end}] is wholly outside `{what}`[, from {from}][, until {to}][ (tentative in the notice: {tentative})]",
    },
    advice: Text {
        zh: "请核对年份和日期；不属于本次活动的请删去",
        en: "check the year and the day; leave out what is no part of this campaign",
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[Judge {
    rules: &[&REVERSED_DATES, &OUTSIDE_PERIOD, &OUTSIDE_WINDOW, &SPANS_WINDOW],
    fields: &[Field::Start],
    needs: |_| true,
    of: Of::OtherDays,
    ask: period,
}];

type Days = (NaiveDate, NaiveDate);

fn period<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (DayRead::Read(start), DayRead::Read(end)) = (case.read.start, case.read.end) else {
        if case.read.start != DayRead::Absent {
            sink.unknown(Path::field(Field::Start), None);
        }
        return;
    };
    if end.day < start.day {
        let cell = if case.read.one_text { Field::Start } else { Field::End };
        return sink.found(&REVERSED_DATES, Path::field(Field::End), None, &|| {
            let details = Details::default().with("value", case.value(cell));
            details.with("start", Arg::Day(start.day)).with("end", Arg::Day(end.day))
        });
    }
    let days = (start.day, end.day);
    match limits(case, days) {
        Limits::Outside(limit) => say(case, sink, &OUTSIDE_PERIOD, Severity::Error, Field::Start, limit, None),
        Limits::Unknown => sink.unknown(Path::field(Field::Start), None),
        Limits::None => windows(case, sink, days, None),
        Limits::Inside(limit) => windows(case, sink, days, Some(limit)),
    }
}

/// How the days stand to the limits that apply.
enum Limits<'p> {
    None,
    Inside(&'p Period),
    Outside(&'p Period),
    Unknown,
}

fn limits<'p>(case: &Case<'p>, days: Days) -> Limits<'p> {
    let mut result = Limits::None;
    for (limit, concerns) in of_role(case, Role::Limit) {
        match (concerns, touches(case, limit, days)) {
            (Some(false), _) => {}
            (Some(true), Some(true)) => return Limits::Inside(limit),
            (Some(true), Some(false)) => {
                if matches!(result, Limits::None) {
                    result = Limits::Outside(limit);
                }
            }
            (None, _) | (_, None) => result = Limits::Unknown,
        }
    }
    result
}

fn windows<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, days: Days, limit: Option<&'p Period>) {
    let (mut touched, mut first, mut unknown) = (None, None, false);
    for (window, concerns) in of_role(case, Role::Window) {
        match (concerns, bounds(case, window)) {
            (Some(false), _) => {}
            (None, _) | (_, None) => unknown = true,
            (Some(true), Some((from, to))) => {
                first = first.or(Some(window));
                if from.is_none_or(|from| from <= days.0) && to.is_none_or(|to| days.1 <= to) {
                    return sink.met(Path::field(Field::Start), Some(&window.fact.clause));
                }
                if touched.is_none() && touches(case, window, days) == Some(true) {
                    touched = Some((window, from.is_some_and(|from| days.0 < from)));
                }
            }
        }
    }
    if unknown {
        return sink.unknown(Path::field(Field::Start), first.map(|window| &window.fact.clause));
    }
    if let Some((window, early)) = touched {
        let field = if early { Field::Start } else { Field::End };
        say(case, sink, &SPANS_WINDOW, SPANS_WINDOW.severity, field, window, limit);
    } else if let Some(window) = first {
        let severity = if limit.is_some() { Severity::Info } else { Severity::Warning };
        say(case, sink, &OUTSIDE_WINDOW, severity, Field::Start, window, limit);
    }
}

/// The periods of a role, with whether each concerns the record.
fn of_role<'p>(case: &Case<'p>, role: Role) -> impl Iterator<Item = (&'p Period, Option<bool>)> {
    let periods = case.plan.model().periods.iter().zip(&case.plan.periods);
    periods.filter(move |(period, _)| period.role == role).map(|(period, concern)| (period, concern.of(case)))
}

/// The first and last day of a period; none where a side hangs on a day that was not read.
fn bounds(case: &Case<'_>, period: &Period) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    let side = |moment| match moment {
        None => Some(None),
        Some(moment) => case.day_of(moment).map(Some),
    };
    Some((side(period.start)?, side(period.end)?))
}

fn touches(case: &Case<'_>, period: &Period, days: Days) -> Option<bool> {
    let (from, to) = bounds(case, period)?;
    Some(from.is_none_or(|from| from <= days.1) && to.is_none_or(|to| days.0 <= to))
}

fn say<'p>(
    case: &Case<'p>,
    sink: &mut dyn Sink<'p>,
    rule: &'static Rule,
    severity: Severity,
    field: Field,
    period: &'p Period,
    limit: Option<&'p Period>,
) {
    sink.found_as(rule, severity, Path::field(field), Some(&period.fact.clause), &|| {
        let cell = if case.read.one_text { Field::Start } else { field };
        let (from, to) = bounds(case, period).unwrap_or_default();
        let days = (case.read.start.day(), case.read.end.day());
        Details::default()
            .with("value", case.value(cell))
            .maybe("start", days.0.map(Arg::Day))
            .maybe("end", days.1.filter(|_| days.0 != days.1).map(Arg::Day))
            .with("what", Arg::Text(name(period)))
            .maybe("from", from.map(Arg::Day))
            .maybe("to", to.map(Arg::Day))
            .maybe("limit", limit.map(|limit| Arg::Text(name(limit))))
            .maybe("tentative", period.tentative.then(|| Arg::Text("拟".to_owned())))
    });
}

/// What a period is called.
pub(crate) fn name(period: &Period) -> String {
    let by_role = match period.role {
        Role::Window => "集中开展",
        Role::Limit => "活动期间",
        Role::Phase => "阶段安排",
    };
    period.what.clone().unwrap_or_else(|| by_role.to_owned())
}
