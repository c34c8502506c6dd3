//! What a record has to have: pictures, news links, a report, labels; so many, so long, by then.

use crate::checker::{Case, Plan};
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::{Modality, Moment, Requirement};
use crate::notice::names;
use crate::reading::text;
use crate::record::{Field, Kind};
use crate::rule::{Basis, Judge, Of, Rule, RuleId, Severity, Sink};

const MISSING: &[&str] = &["fields", "min", "?due", "?what"];

/// The shape of the rules that say what is missing.
const ASKED: Rule = Rule {
    severity: Severity::Warning,
    basis: Basis::Requirement,
    args: MISSING,
    message: Text { zh: "还没有{fields}[（{what}）]", en: "{fields} missing[ ({what})]" },
    advice: Text { zh: "请补充{fields}，至少 {min} 项[，最晚{due}]", en: "add {fields}, {min} at least[, by {due}]" },
    ..Rule::BASE
};

/// No picture and no video.
pub static MISSING_MEDIA: Rule = Rule {
    id: "missing-media",
    fields: &[Field::Images, Field::Videos],
    about: Text {
        zh: "通知要求补充的活动图片或视频还没有。",
        en: "The pictures or videos that the notice asks for are not there.",
    },
    ..ASKED
};

/// No link to the news.
pub static MISSING_NEWS_LINK: Rule = Rule {
    id: "missing-news-link",
    fields: &[Field::NewsLinks],
    about: Text {
        zh: "通知要求补充的新闻报道链接还没有。", en: "The news links that the notice asks for are not there."
    },
    ..ASKED
};

/// No report.
pub static MISSING_REPORT: Rule = Rule {
    id: "missing-report",
    fields: &[Field::Report],
    about: Text { zh: "通知要求的总结还没有。", en: "The report that the notice asks for is not there." },
    ..ASKED
};

/// Something else that the notice asks for.
pub static MISSING_ITEM: Rule = Rule {
    id: "missing-item",
    about: Text { zh: "通知要求的其他内容还没有。", en: "Something else that the notice asks for is not there." },
    ..ASKED
};

/// Fewer than the notice asks for.
pub static TOO_FEW: Rule = Rule {
    id: "too-few",
    args: &["?fields", "?count", "?min", "?days", "?min_days", "?due", "?what"],
    about: Text {
        zh: "有，但少于通知要求的数量；或活动天数太少。",
        en: "Some, but fewer than the notice asks for; or too short an activity.",
    },
    message: Text {
        zh: "[{fields}只有 {count} 项，至少要 {min} 项][活动只有 {days} 天，至少要 {min_days} 天]",
        en: "[{count} of {fields}, {min} at least are asked for][the activity lasts {days} days, {min_days} at least are asked for]",
    },
    advice: Text { zh: "请按通知的要求补足[，最晚{due}]", en: "add what is missing[, by {due}]" },
    ..ASKED
};

/// More than the notice allows.
pub static TOO_MANY: Rule = Rule {
    id: "too-many",
    args: &["?fields", "?count", "?max", "?days", "?max_days", "?due", "?what"],
    about: Text {
        zh: "多于通知允许的数量；或活动天数太多。", en: "More than the notice allows; or too long an activity."
    },
    message: Text {
        zh: "[{fields}有 {count} 项，最多 {max} 项][活动长达 {days} 天，最多 {max_days} 天]",
        en: "[{count} of {fields}, {max} at most are allowed][the activity lasts {days} days, {max_days} at most are allowed]",
    },
    advice: Text { zh: "请按通知的要求减少[，最晚{due}]", en: "take some away[, by {due}]" },
    ..ASKED
};

/// A longer text than the notice allows.
pub static OVER_LENGTH: Rule = Rule {
    id: "over-length",
    args: &["fields", "count", "max_chars", "?due", "?what"],
    about: Text {
        zh: "字数超过通知的限制（空白不计）。",
        en: "More characters than the notice allows (white space not counted).",
    },
    message: Text {
        zh: "{fields}有 {count} 字，最多 {max_chars} 字",
        en: "{fields} has {count} characters, {max_chars} at most are allowed",
    },
    advice: Text {
        zh: "请压缩到 {max_chars} 字以内[，最晚{due}]", en: "shorten it to {max_chars} characters[, by {due}]"
    },
    ..ASKED
};

/// Labels are given, and one is lacking.
pub static INCOMPLETE_MARKS: Rule = Rule {
    id: "incomplete-marks",
    severity: Severity::Warning,
    basis: Basis::Marks,
    fields: &[Field::Marks],
    args: &["value", "missing"],
    about: Text {
        zh: "填写了使用标识，但缺少通知要求的标识。",
        en: "The marks are given, and one that the notice asks for is lacking.",
    },
    message: Text { zh: "使用标识缺少{missing}", en: "the marks lack {missing}" },
    advice: Text {
        zh: "请按通知规范使用标识；如已使用，请补填", en: "use the marks as the notice asks; if it was used, add it"
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge {
        rules: &[&INCOMPLETE_MARKS],
        fields: &[Field::Marks],
        needs: |plan| !plan.marks.is_empty(),
        of: Of::Given,
        ask: marks,
    },
    Judge {
        rules: &[
            &MISSING_MEDIA,
            &MISSING_NEWS_LINK,
            &MISSING_REPORT,
            &super::MISSING_PUBLICATION,
            &MISSING_ITEM,
            &TOO_FEW,
            &TOO_MANY,
            &OVER_LENGTH,
        ],
        fields: Field::ALL,
        needs: |plan| !plan.model().requirements.is_empty(),
        of: Of::Lacking(asked_for),
        ask: requirements,
    },
];

fn marks<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    if !case.read.is_readable(Field::Marks) {
        return;
    }
    let (list, path) = (&case.plan.marks, Path::field(Field::Marks));
    let mut shown = vec![false; list.entries().len()];
    case.nodes(Field::Marks, &mut |node| {
        if let Some(shown) = node.and_then(|node| shown.get_mut(names::at(node))) {
            *shown = true;
        }
    });
    let model = case.plan.model().marks.iter().filter(|mark| {
        let at = list.by_id(&mark.id).map(names::at);
        !at.and_then(|at| shown.get(at)).copied().unwrap_or(true)
    });
    let Some(worst) = model.clone().rev().max_by_key(|mark| mark.modality) else {
        return sink.met(path, case.plan.model().marks.first().map(|mark| &mark.fact.clause));
    };
    sink.found_as(&INCOMPLETE_MARKS, worst.modality.severity(), path, Some(&worst.fact.clause), &|| {
        let missing = model.clone().filter_map(|mark| mark.names.first().cloned());
        Details::default().with("value", case.value(Field::Marks)).with("missing", Arg::Texts(missing.collect()))
    });
}

/// What is asked for of a family of kinds; none where there are limits too. Whom it concerns, and from when on, is no matter
/// to who has it.
fn asked_for(plan: &Plan, kind: &Kind) -> Option<Vec<Vec<Field>>> {
    let mut groups = Vec::new();
    let is_of = |asked: &&Requirement| (asked.record == Kind::ACTIVITY.id()) == kind.is_activity();
    for asked in plan.model().requirements.iter().filter(is_of) {
        if is_limited(asked) || asked.min.is_some_and(|min| min > 1) {
            return None;
        }
        groups.extend((!asked.any_of.is_empty()).then(|| asked.any_of.clone()));
        groups.extend(asked.all_of.iter().map(|field| vec![*field]));
    }
    Some(groups)
}

fn requirements<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for (asked, concern) in case.plan.model().requirements.iter().zip(&case.plan.requirements) {
        if asked.record != case.kind().id() {
            continue;
        }
        let concerns = concern.of(case);
        if concerns == Some(false) {
            continue;
        }
        let begun = asked.from.map_or(Some(true), |from| case.has_begun(from));
        let severity = severity(case, asked);
        match (concerns, begun, severity) {
            (_, Some(false), _) => {}
            (Some(true), Some(true), Some(severity)) => one(case, sink, asked, severity),
            _ => sink.unknown(first_path(asked), Some(&asked.fact.clause)),
        }
    }
}

/// Must and should are warnings until `due` has passed and errors after it; a must without `due` is an error.
fn severity(case: &Case<'_>, asked: &Requirement) -> Option<Severity> {
    if asked.modality == Modality::May {
        return Some(Severity::Info);
    }
    match asked.due {
        Some(due) => case.has_passed(due).map(|passed| if passed { Severity::Error } else { Severity::Warning }),
        None => Some(if asked.modality == Modality::Must { Severity::Error } else { Severity::Warning }),
    }
}

fn first_path(asked: &Requirement) -> Path {
    asked.any_of.first().or(asked.all_of.first()).map_or(Path::field(Field::End), |field| Path::field(*field))
}

/// Asks one requirement: its fields together, each field by itself, each text, the length of the activity.
fn one<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, asked: &'p Requirement, severity: Severity) {
    let mut say = Say { case, sink, asked, severity };
    if !asked.any_of.is_empty() {
        say.count(&asked.any_of);
    }
    for field in &asked.all_of {
        say.count(std::slice::from_ref(field));
    }
    if let Some(max) = asked.max_chars {
        asked.any_of.iter().chain(&asked.all_of).for_each(|field| say.length(*field, max));
    }
    if asked.min_days.is_some() || asked.max_days.is_some() {
        say.days();
    }
}

struct Say<'s, 'c, 'p> {
    case: &'c Case<'p>,
    sink: &'s mut dyn Sink<'p>,
    asked: &'p Requirement,
    severity: Severity,
}

impl Say<'_, '_, '_> {
    fn found(&mut self, rule: &'static Rule, path: Path, args: &dyn Fn(Details) -> Details) {
        let (case, asked) = (self.case, self.asked);
        self.sink.found_as(rule, self.severity, path, Some(&asked.fact.clause), &|| {
            let due = asked.due.and_then(|due| match due {
                Moment::Minute(minute) => Some(Arg::Moment(minute.date(), crate::as_of::minute_of(minute.time()))),
                other => case.day_of(other).map(Arg::Day),
            });
            args(Details::default()).maybe("due", due).maybe("what", asked.what.clone().map(Arg::Text))
        });
    }

    fn count(&mut self, fields: &[Field]) {
        let asked = self.asked;
        let min = fewest(asked);
        let Some(first) = fields.first() else { return };
        let path = if fields.contains(&Field::Images) { Path::field(Field::Images) } else { Path::field(*first) };
        if min <= 1 && asked.max.is_none() && fields.iter().any(|field| self.case.read.surely_has(*field)) {
            return self.sink.met(path, Some(&asked.fact.clause));
        }
        let count: u32 = fields.iter().map(|field| self.case.count(*field)).sum();
        let number = |details: Details, name, number: u32| details.with(name, Arg::Number(number.into()));
        let named = |details: Details| details.with("fields", Arg::Fields(fields.to_vec()));
        if count == 0 && min > 0 {
            self.found(missing(fields), path, &|details| number(named(details), "min", min));
        } else if count < min {
            self.found(&TOO_FEW, path, &|details| number(number(named(details), "count", count), "min", min));
        } else if let Some(max) = asked.max.filter(|max| count > *max) {
            self.found(&TOO_MANY, path, &|details| number(number(named(details), "count", count), "max", max));
        } else {
            self.sink.met(path, Some(&asked.fact.clause));
        }
    }

    fn length(&mut self, field: Field, max: u32) {
        if self.case.read.is_too_long(field) {
            return self.sink.unknown(Path::field(field), Some(&self.asked.fact.clause));
        }
        if !field.is_list() {
            return self.one_length(Path::field(field), field, &text(self.case.cell(field)), max);
        }
        let case = self.case;
        case.items(field, &mut |index, text| self.one_length(Path::item(field, index), field, &text, max));
    }

    fn one_length(&mut self, path: Path, field: Field, text: &str, max: u32) {
        let count = u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX);
        if count > max {
            self.found(&OVER_LENGTH, path, &|details| {
                let details = details.with("fields", Arg::Fields(vec![field])).with("count", Arg::Number(count.into()));
                details.with("max_chars", Arg::Number(max.into()))
            });
        }
    }

    fn days(&mut self) {
        let path = Path::field(Field::End);
        let Some((start, end)) = self.case.read.span_days() else {
            return self.sink.unknown(path, Some(&self.asked.fact.clause));
        };
        let days = (end - start).num_days() + 1;
        let (min, max) = (self.asked.min_days.map(i64::from), self.asked.max_days.map(i64::from));
        let counted = |details: Details| details.with("days", Arg::Number(days));
        if let Some(min) = min.filter(|min| days < *min) {
            self.found(&TOO_FEW, path, &|details| counted(details).with("min_days", Arg::Number(min)));
        } else if let Some(max) = max.filter(|max| days > *max) {
            self.found(&TOO_MANY, path, &|details| counted(details).with("max_days", Arg::Number(max)));
        } else {
            self.sink.met(path, Some(&self.asked.fact.clause));
        }
    }
}

/// How many items a requirement asks for: one, unless it says how many or only limits what there is.
fn fewest(asked: &Requirement) -> u32 {
    asked.min.unwrap_or(if is_limited(asked) { 0 } else { 1 })
}

/// Whether it says how many there may be at most, how long, or how many days apart.
pub(crate) fn is_limited(asked: &Requirement) -> bool {
    asked.max.is_some() || asked.max_chars.is_some() || asked.min_days.is_some() || asked.max_days.is_some()
}

/// Whether a record can break a requirement by a rule.
pub(crate) fn may_break(asked: &Requirement, rule: RuleId) -> bool {
    let min = fewest(asked);
    let lacks = |fields: &[Field]| min > 0 && !fields.is_empty() && rule == *missing(fields);
    lacks(&asked.any_of)
        || asked.all_of.iter().any(|field| lacks(std::slice::from_ref(field)))
        || (rule == TOO_FEW && (min > 1 || asked.min_days.is_some()))
        || (rule == TOO_MANY && (asked.max.is_some() || asked.max_days.is_some()))
        || (rule == OVER_LENGTH && asked.max_chars.is_some())
}

/// Which rule reports that nothing stands in these fields.
fn missing(fields: &[Field]) -> &'static Rule {
    let only = |allowed: &[Field]| fields.iter().all(|field| allowed.contains(field));
    if only(MISSING_MEDIA.fields) {
        &MISSING_MEDIA
    } else if only(MISSING_NEWS_LINK.fields) {
        &MISSING_NEWS_LINK
    } else if only(MISSING_REPORT.fields) {
        &MISSING_REPORT
    } else if only(super::MISSING_PUBLICATION.fields) {
        &super::MISSING_PUBLICATION
    } else {
        &MISSING_ITEM
    }
}
