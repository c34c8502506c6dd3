//! When an activity is published on the platform.

use crate::checker::readings::DayRead;
use crate::checker::{Case, Plan};
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::{Modality, Platform};
use crate::record::Field;
use crate::rule::{Basis, Judge, Of, Rule, Severity, Sink};

/// Before the platform opened.
pub static PUBLISHED_EARLY: Rule = Rule {
    id: "published-early",
    severity: Severity::Warning,
    basis: Basis::Platform,
    fields: &[Field::PublishedOn],
    args: &["value", "day", "platform", "opens"],
    about: Text {
        zh: "平台发布日期早于平台开放发布的日期。", en: "The day of publishing is before the platform opened."
    },
    message: Text {
        zh: "平台发布日期{day}早于{platform}开放发布的{opens}",
        en: "published on {day}, before {platform} opened on {opens}",
    },
    advice: Text { zh: "请核对平台发布日期", en: "check the day of publishing" },
    ..Rule::BASE
};

/// After the platform closed.
pub static PUBLISHED_LATE: Rule = Rule {
    id: "published-late",
    severity: Severity::Warning,
    basis: Basis::Platform,
    fields: &[Field::PublishedOn],
    args: &["value", "day", "platform", "closes"],
    about: Text {
        zh: "平台发布日期晚于平台停止发布的日期。", en: "The day of publishing is after the platform closed."
    },
    message: Text {
        zh: "平台发布日期{day}晚于{platform}停止发布的{closes}",
        en: "published on {day}, after {platform} closed on {closes}",
    },
    advice: Text { zh: "请核对平台发布日期", en: "check the day of publishing" },
    ..Rule::BASE
};

/// Publishing is asked for, and the activity has begun.
pub static MISSING_PUBLICATION: Rule = Rule {
    id: "missing-publication",
    severity: Severity::Warning,
    basis: Basis::Platform,
    fields: &[Field::PublishedOn],
    args: &["?platform", "?fields", "?min", "?due", "?what"],
    about: Text {
        zh: "通知要求在平台发布，活动已经开始，还没有平台发布日期。",
        en: "The notice asks for publishing, the activity has begun, and there is no day of publishing.",
    },
    message: Text { zh: "还没有填写平台发布日期", en: "the day of publishing is missing" },
    advice: Text {
        zh: "请在平台[（{platform}）]发布活动，并填写发布日期[，最晚{due}]",
        en: "publish it on the platform[ ({platform})] and fill in the day[, by {due}]",
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge {
        rules: &[&PUBLISHED_EARLY, &PUBLISHED_LATE],
        fields: &[Field::PublishedOn],
        needs: has_platforms,
        of: Of::OtherDays,
        ask: published,
    },
    Judge {
        rules: &[&MISSING_PUBLICATION],
        fields: &[Field::PublishedOn],
        needs: has_platforms,
        of: Of::Lacking(|plan, _| Some(asking(plan).map(|_| vec![Field::PublishedOn]).into_iter().collect())),
        ask: publication,
    },
];

fn has_platforms(plan: &Plan) -> bool {
    !plan.model().platforms.is_empty()
}

/// A platform's name as an argument.
fn shown(platform: &Platform) -> Arg {
    Arg::Text(platform.names.first().cloned().unwrap_or_default())
}

/// Any platform that takes the day will do; before the first opens it is early, else late.
fn published<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let path = Path::field(Field::PublishedOn);
    let platforms = &case.plan.model().platforms;
    let Some(day) = case.read.published_on.day() else {
        if case.read.published_on != DayRead::Absent {
            sink.unknown(path, None);
        }
        return;
    };
    let takes = |platform: &&Platform| {
        platform.opens.is_none_or(|opens| opens <= day) && platform.closes.is_none_or(|closes| day <= closes)
    };
    if let Some(platform) = platforms.iter().find(takes) {
        return sink.met(path, Some(&platform.fact.clause));
    }
    let details = |platform: &Platform| {
        let details = Details::default().with("value", case.value(Field::PublishedOn));
        details.with("day", Arg::Day(day)).with("platform", shown(platform))
    };
    let first = platforms.iter().min_by_key(|platform| platform.opens);
    if let Some((platform, opens)) =
        first.and_then(|platform| platform.opens.filter(|opens| day < *opens).map(|opens| (platform, opens)))
    {
        return sink
            .found(&PUBLISHED_EARLY, path, Some(&platform.fact.clause), &|| details(platform).with("opens", Arg::Day(opens)));
    }
    // Between two platforms it is late for the one that closed last before the day.
    let closed = platforms.iter().filter(|platform| platform.closes.is_some_and(|closes| closes < day));
    if let Some((platform, closes)) =
        closed.max_by_key(|platform| platform.closes).and_then(|platform| Some((platform, platform.closes?)))
    {
        sink.found(&PUBLISHED_LATE, path, Some(&platform.fact.clause), &|| details(platform).with("closes", Arg::Day(closes)));
    }
}

/// The platform on which publishing is asked for, where it is.
fn asking(plan: &Plan) -> Option<&Platform> {
    let strictest = plan.model().platforms.iter().rev().max_by_key(|platform| platform.modality);
    strictest.filter(|platform| platform.modality != Modality::May)
}

fn publication<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let Some(platform) = asking(case.plan) else { return };
    let (path, clause) = (Path::field(Field::PublishedOn), Some(&platform.fact.clause));
    if case.read.is_given(Field::PublishedOn) {
        return sink.met(path, clause);
    }
    match case.read.start {
        DayRead::Read(start) if start.day <= case.as_of.day() && !case.read.is_reversed() => {
            sink.found_as(&MISSING_PUBLICATION, platform.modality.severity(), path, clause, &|| {
                Details::default().with("platform", shown(platform))
            });
        }
        DayRead::Read(start) if start.day > case.as_of.day() => {}
        DayRead::Absent => {}
        _ => sink.unknown(path, clause),
    }
}
