//! A record that stands above a template's header: made of the notice's own names and days, so that under the header it
//! would be read without a finding.

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::checker::{Checker, plan};
use crate::form::{Choice, FormField};
use crate::notice::model::{Moment, Node, Role};
use crate::record::{CellBuf, Field, Kind};

/// The example of a kind of record.
pub(super) struct Example(Vec<(Field, CellBuf)>);

impl Example {
    pub(super) fn cell(&self, field: Field) -> CellBuf {
        self.0.iter().find(|(known, _)| *known == field).map_or(CellBuf::Empty, |(_, cell)| cell.clone())
    }
}

/// What is written where the notice has no name of its own. Nobody's person, phone or page.
const WORDS: &[(Field, &str)] = &[
    (Field::Id, "示例-01"),
    (Field::Title, "（示例）科学实验秀进校园"),
    (Field::Organizer, "××市科学技术协会"),
    (Field::CoOrganizers, "××市教育局；××市科技馆"),
    (Field::Unit, "××（单位全称）"),
    (Field::Venue, "××市第一小学操场"),
    (Field::Description, "科学实验演示、动手体验和问答，面向小学生"),
    (Field::Contact, "科普部"),
    (Field::Phone, "13800000000"),
    (Field::Email, "kepu@example.com"),
    (Field::Url, "https://example.com/live"),
    (Field::Report, "活动按计划举办，学生踊跃参加"),
];

/// The example, as far as the notice gives it.
pub(super) fn record(checker: &Checker, kind: &Kind, form: &[FormField]) -> Example {
    let fields = form.iter().map(|asked| (asked.field, cell(checker, kind, asked, form)));
    Example(fields.filter(|(_, cell)| *cell != CellBuf::Empty).collect())
}

fn cell(checker: &Checker, kind: &Kind, asked: &FormField, form: &[FormField]) -> CellBuf {
    let first = |wanted: &dyn Fn(&Choice) -> bool| asked.choices.iter().find(|choice| wanted(choice)).or(asked.choices.first());
    let name = |choice: Option<&Choice>| choice.map_or(CellBuf::Empty, |choice| choice.name.as_str().into());
    match asked.field {
        Field::Start => start(checker).into(),
        Field::End => CellBuf::Empty,
        Field::PublishedOn => {
            asked.spans.iter().find_map(|span| span.first.and_then(plan::day)).or_else(|| start(checker)).into()
        }
        Field::SubmittedOn => submitted(checker, kind).into(),
        Field::Audience => 300_i64.into(),
        Field::Category => name(category(checker, asked)),
        Field::OrganizerKind => name(first(&|choice| may_organize(checker, form, &choice.id))),
        Field::UnitKind => name(first(&|choice| is_kind_of_units(checker, &choice.id))),
        // Of places the first that lies under another: a city rather than its province.
        Field::Region => name(first(&|choice| !choice.groups.is_empty())),
        Field::Mode => name(first(&|choice| choice.id == "offline")),
        Field::Marks => {
            let names: Vec<&str> = asked.choices.iter().map(|choice| choice.name.as_str()).collect();
            if names.is_empty() { CellBuf::Empty } else { names.join("；").into() }
        }
        Field::Images => several(checker, asked, "现场", ".jpg"),
        Field::Videos => several(checker, asked, "实验秀", ".mp4"),
        Field::NewsLinks => several(checker, asked, "https://example.com/news/", ""),
        field if asked.choices.is_empty() => {
            WORDS.iter().find(|(known, _)| *known == field).map_or(CellBuf::Empty, |(_, words)| (*words).into())
        }
        _ => name(asked.choices.first()),
    }
}

/// As many numbered items as the notice asks for.
fn several(checker: &Checker, asked: &FormField, before: &str, behind: &str) -> CellBuf {
    let requirements = checker.notice().model().requirements.iter().filter(|one| one.record == asked.kind.id());
    let of_field = requirements.filter(|one| one.any_of.contains(&asked.field) || one.all_of.contains(&asked.field));
    let count = of_field.filter_map(|one| one.min).max().unwrap_or(1).clamp(1, 10);
    let items: Vec<String> = (1..=count).map(|number| format!("{before}{number}{behind}")).collect();
    items.join("；").into()
}

/// The first day of the first window, else of the first limit, else of the notice's year.
fn start(checker: &Checker) -> Option<NaiveDate> {
    let periods = &checker.notice().model().periods;
    let of_role = |role| periods.iter().filter(move |period| period.role == role);
    let day = |moment: Option<Moment>| moment.and_then(plan::day);
    let mut days = of_role(Role::Window).chain(of_role(Role::Limit)).filter_map(|period| day(period.start).or(day(period.end)));
    days.next().or_else(|| NaiveDate::from_ymd_opt(checker.notice().year(), 9, 1))
}

/// The day before the deadline: on the day itself there would be something to say.
fn submitted(checker: &Checker, kind: &Kind) -> Option<NaiveDateTime> {
    let mut deadlines = crate::rules::deadlines(checker.plan(), kind);
    let due = deadlines.find_map(|deadline| crate::rules::due(checker.plan(), deadline)).and_then(plan::day)?;
    due.checked_sub_days(Days::new(1))?.and_hms_opt(10, 0, 0)
}

/// A category that any kind of organiser may have, where there is one.
fn category<'f>(checker: &Checker, asked: &'f FormField) -> Option<&'f Choice> {
    let is_open = |choice: &&Choice| organizers(checker, choice).is_none();
    asked.choices.iter().find(is_open).or(asked.choices.first())
}

/// The kinds that may organise a category, where only some may.
fn organizers<'c>(checker: &'c Checker, category: &Choice) -> Option<&'c [String]> {
    let node = node(&checker.notice().model().categories, &category.id)?;
    node.organizers.as_ref().map(|kinds| kinds.value.as_slice())
}

fn node<'n>(nodes: &'n [Node], id: &str) -> Option<&'n Node> {
    nodes.iter().find_map(|one| if one.id == id { Some(one) } else { node(&one.items, id) })
}

fn may_organize(checker: &Checker, form: &[FormField], kind: &str) -> bool {
    let general = checker.notice().model().organizers.as_ref().map(|kinds| kinds.value.as_slice());
    let category = form.iter().find(|asked| asked.field == Field::Category).and_then(|asked| category(checker, asked));
    let own = category.and_then(|category| organizers(checker, category));
    own.into_iter().chain(general).all(|kinds| kinds.iter().any(|other| other == kind))
}

/// Whether units of a kind may be on the roster of the first unit; on the first roster, where no unit is known.
fn is_kind_of_units(checker: &Checker, kind: &str) -> bool {
    let unit = checker.plan().rosters.units().next();
    let roster = unit.map_or(Some(0), |(_, unit)| unit.rosters.first().copied());
    let roster = roster.and_then(|at| checker.notice().model().rosters.get(at));
    roster.is_some_and(|roster| roster.kinds.iter().any(|other| other == kind))
}
