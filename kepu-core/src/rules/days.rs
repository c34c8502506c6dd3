//! Whether a day can be read, and whether it can be.

use chrono::Datelike;

use super::text::label;
use crate::checker::Case;
use crate::checker::readings::DayRead;
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::Role;
use crate::reading::DayFault;
use crate::reading::day::iso;
use crate::record::Field;
use crate::rule::{Judge, Of, Rule, Severity, Sink};

const DAYS: &[Field] = &[Field::Start, Field::End, Field::PublishedOn, Field::SubmittedOn];

/// Nobody can know which day is meant.
pub static UNREADABLE_DATE: Rule = Rule {
    id: "unreadable-date",
    fields: DAYS,
    args: &["field", "value", "?example"],
    about: Text {
        zh: "写的不是日期，或可以有两种读法；本工具不猜。",
        en: "It is no day, or can be read as two; the software does not guess.",
    },
    message: Text { zh: "{field}“{value}”看不出是哪一天", en: "{field} `{value}` cannot be read as a day" },
    advice: Text {
        zh: "请写成一个完整的日期[，例如 {example}]；起止两天用“至”连接",
        en: "write one full day[, such as {example}]; join a first and a last day by a dash",
    },
    ..Rule::BASE
};

/// A month, a year or a vague word.
pub static IMPRECISE_DATE: Rule = Rule {
    id: "imprecise-date",
    fields: DAYS,
    args: &["field", "value", "?example"],
    about: Text {
        zh: "只写了月份、年份或“上旬”“近期”之类的说法，没有写明是哪一天。",
        en: "A month, a year or a vague word, and no day.",
    },
    message: Text { zh: "{field}“{value}”没有写明是哪一天", en: "{field} `{value}` does not say which day" },
    advice: Text { zh: "请写明具体日期[，例如 {example}]", en: "write the day[, such as {example}]" },
    ..Rule::BASE
};

/// The weekday beside a day is another.
pub static WEEKDAY_MISMATCH: Rule = Rule {
    id: "weekday-mismatch",
    severity: Severity::Warning,
    fields: DAYS,
    args: &["value", "written", "day"],
    about: Text {
        zh: "日期旁边写的星期与日历不符，两者必有一错。",
        en: "The weekday written beside a day is not the calendar's.",
    },
    message: Text {
        zh: "“{value}”写的是{written}，而那一天是{day}", en: "`{value}` says {written}, but that day is {day}"
    },
    advice: Text {
        zh: "请核对日期和星期，改正写错的一个", en: "check both, and put right the one that is wrong"
    },
    ..Rule::BASE
};

/// Something done on a day that has not come.
pub static FUTURE_DAY: Rule = Rule {
    id: "future-day",
    severity: Severity::Warning,
    fields: &[Field::PublishedOn, Field::SubmittedOn],
    args: &["field", "value", "day", "as_of"],
    about: Text {
        zh: "发布或提交的日期晚于核对的日期。",
        en: "A day of publishing or submitting that is later than the day of the check.",
    },
    message: Text { zh: "{field}{day}还没有到（截至{as_of}）", en: "{field} {day} has not come yet (as of {as_of})" },
    advice: Text {
        zh: "请核对日期；这里应填已经发生的日期", en: "check the day; it has to be one that has passed"
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge {
        rules: &[&UNREADABLE_DATE, &IMPRECISE_DATE, &WEEKDAY_MISMATCH],
        fields: DAYS,
        needs: |_| true,
        of: Of::InDoubt,
        ask: readable,
    },
    Judge { rules: &[&FUTURE_DAY], fields: FUTURE_DAY.fields, needs: |_| true, of: Of::OtherDays, ask: future },
];

fn readable<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for field in DAYS {
        match case.read.day(*field) {
            DayRead::Fault(fault) => no_day(case, sink, *field, fault),
            DayRead::Read(written) => {
                // Of reversed days one finding is enough; a last day that nobody wrote has no weekday of its own.
                let reversed = case.read.is_reversed() && matches!(field, Field::Start | Field::End);
                let is_last = case.read.one_text && *field == Field::End;
                let asked = !reversed && (!is_last || case.read.is_range);
                match written.weekday {
                    Some(weekday) if asked && weekday != written.day.weekday() => {
                        let cell = if is_last { Field::Start } else { *field };
                        sink.found(&WEEKDAY_MISMATCH, Path::field(*field), None, &|| {
                            let details = Details::default().with("value", case.value(cell));
                            details.with("written", Arg::Weekday(weekday)).with("day", Arg::Day(written.day))
                        });
                    }
                    _ => sink.met(Path::field(*field), None),
                }
            }
            DayRead::Unknown => sink.unknown(Path::field(*field), None),
            DayRead::Absent => {}
        }
    }
}

fn no_day<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, field: Field, fault: DayFault) {
    let rule = match fault {
        DayFault::Unreadable => &UNREADABLE_DATE,
        DayFault::Imprecise => &IMPRECISE_DATE,
    };
    sink.found(rule, Path::field(field), None, &|| {
        let details = Details::default().with("field", label(field)).with("value", case.value(field));
        details.maybe("example", example(case).map(Arg::Text))
    });
}

/// A day of this notice, in the form that is never misread.
fn example(case: &Case<'_>) -> Option<String> {
    let window = case.plan.model().periods.iter().find(|period| period.role == Role::Window)?;
    window.start.and_then(crate::checker::plan::day).map(iso)
}

fn future<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for field in FUTURE_DAY.fields {
        let Some(day) = case.read.day(*field).day() else { continue };
        if day > case.as_of.day() {
            sink.found(&FUTURE_DAY, Path::field(*field), None, &|| {
                let details = Details::default().with("field", label(*field)).with("value", case.value(*field));
                details.with("day", Arg::Day(day)).with("as_of", Arg::Day(case.as_of.day()))
            });
        } else {
            sink.met(Path::field(*field), None);
        }
    }
}
