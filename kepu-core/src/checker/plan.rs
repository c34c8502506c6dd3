//! A notice made ready for checking: its lists for look-up, its conditions as nodes, its moments for comparison.

use chrono::{Days, NaiveDate};

use crate::as_of::AsOf;
use crate::checker::Case;
use crate::checker::asked::Asked;
use crate::checker::readings::Readings;
use crate::checker::screen::Verbatim;
use crate::notice::model::{Condition, Model, Moment};
use crate::notice::names::{NameList, NodeIx};
use crate::notice::rosters::Rosters;
use crate::notice::{Notice, kinds};
use crate::reading::Years;
use crate::reading::name::{self, NameRead};
use crate::reading::theme::Theme;
use crate::record::{Field, Kind};
use crate::rule::Judge;

/// A compiled notice with a caller's options.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) notice: Notice,
    pub(crate) categories: NameList,
    pub(crate) content_areas: NameList,
    pub(crate) regions: NameList,
    pub(crate) marks: NameList,
    pub(crate) organizer_kinds: NameList,
    pub(crate) modes: NameList,
    pub(crate) rosters: Rosters,
    pub(crate) themes: Vec<Theme>,
    /// Names and themes as the notice writes them.
    pub(crate) verbatim: Verbatim,
    /// Who is asked of an activity, and of a submission.
    activity: Asked,
    submission: Asked,
    /// Whom each period concerns, beside the model's periods; so for requirements and quotas.
    pub(crate) periods: Vec<Concern>,
    pub(crate) requirements: Vec<Concern>,
    pub(crate) quotas: Vec<Concern>,
    /// Days of `published_on` and `submitted_on` without a year are not earlier than this.
    pub(crate) recent: Option<NaiveDate>,
    pub(crate) strict_deadlines: bool,
}

/// Whom something concerns: `when` and `unless`, as nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Concern {
    when: Vec<Term>,
    unless: Vec<Term>,
}

/// Any of these nodes of one field.
#[derive(Debug, Clone)]
struct Term {
    field: Field,
    nodes: Vec<NodeIx>,
}

/// How long before the first platform, window or the day of issue a day of publication may lie.
const RECENT: Days = Days::new(90);

impl Plan {
    pub(crate) fn new(notice: Notice, rosters: Rosters, strict_deadlines: bool) -> Plan {
        let model = notice.model();
        let mut plan = Plan {
            categories: NameList::new(&model.categories),
            content_areas: NameList::new(&model.content_areas),
            regions: NameList::of_places(&model.regions),
            marks: NameList::new(&model.marks),
            organizer_kinds: kinds::organizer_kinds(&model.organizer_kinds),
            modes: kinds::modes(),
            rosters,
            themes: model.themes.iter().map(|theme| Theme::new(&theme.value)).collect(),
            verbatim: Verbatim::default(),
            activity: Asked::default(),
            submission: Asked::default(),
            periods: Vec::new(),
            requirements: Vec::new(),
            quotas: Vec::new(),
            recent: recent(model),
            strict_deadlines,
            notice: notice.clone(),
        };
        plan.periods = model.periods.iter().map(|period| plan.concern(&period.when, &period.unless)).collect();
        plan.requirements = model.requirements.iter().map(|asked| plan.concern(&asked.when, &asked.unless)).collect();
        plan.quotas = model.quotas.iter().map(|quota| plan.concern(&quota.when, &quota.unless)).collect();
        plan.verbatim = Verbatim::of(&plan);
        plan.activity = Asked::new(&plan, &Kind::ACTIVITY);
        plan.submission = Asked::new(&plan, &Kind::SUMMARY);
        plan
    }

    /// Hands on the judges that have something to ask of a record as it was read.
    pub(crate) fn judges(&self, kind: &Kind, read: &Readings, as_of: AsOf, each: &mut dyn FnMut(&'static Judge)) {
        let asked = if kind.is_activity() { &self.activity } else { &self.submission };
        asked.judges(read, as_of, each);
    }

    /// What the notice says.
    pub(crate) fn model(&self) -> &Model {
        self.notice.model()
    }

    /// The year of days of `published_on` and `submitted_on` that have none.
    pub(crate) fn recent_years(&self) -> Years {
        self.recent.map_or(Years::Of(self.notice.year()), Years::From)
    }

    /// The list of names that a field is read against.
    pub(crate) fn names(&self, field: Field) -> Option<&NameList> {
        match field {
            Field::Category => Some(&self.categories),
            Field::ContentAreas => Some(&self.content_areas),
            Field::Region => Some(&self.regions),
            Field::Marks => Some(&self.marks),
            Field::OrganizerKind | Field::UnitKind => Some(&self.organizer_kinds),
            Field::Mode => Some(&self.modes),
            _ => None,
        }
    }

    /// Whether a text is a name of a field's list, as it stands.
    pub(crate) fn is_name(&self, field: Field, text: &str) -> bool {
        self.names(field).is_some_and(|names| name::read(text, names) != NameRead::Unknown)
    }

    fn concern(&self, when: &Option<Condition>, unless: &Option<Condition>) -> Concern {
        Concern { when: self.terms(when), unless: self.terms(unless) }
    }

    fn terms(&self, condition: &Option<Condition>) -> Vec<Term> {
        let terms = condition.iter().flat_map(|condition| &condition.terms);
        terms
            .map(|(field, ids)| {
                let list = self.names(*field);
                Term { field: *field, nodes: ids.iter().filter_map(|id| list.and_then(|list| list.by_id(id))).collect() }
            })
            .collect()
    }
}

/// 90 days before the earliest of platform openings, window starts and the day of issue.
fn recent(model: &Model) -> Option<NaiveDate> {
    let opens = model.platforms.iter().filter_map(|platform| platform.opens);
    let windows = model.periods.iter().filter(|period| period.role == crate::notice::model::Role::Window);
    let starts = windows.filter_map(|window| window.start.and_then(day));
    let issued = model.document.issued.as_ref().map(|issued| issued.value);
    opens.chain(starts).chain(issued).min().and_then(|first| first.checked_sub_days(RECENT))
}

/// The day of a moment that hangs on no record.
pub(crate) fn day(moment: Moment) -> Option<NaiveDate> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::Minute(minute) => Some(minute.date()),
        Moment::Relative { .. } => None,
    }
}

impl Concern {
    /// Whether it concerns a record; none where that hangs on a value that was not read.
    pub(crate) fn of(&self, case: &Case<'_>) -> Option<bool> {
        let when = all(self.when.iter().map(|term| term.holds(case)));
        if when == Some(false) || self.unless.is_empty() {
            return when;
        }
        let unless = all(self.unless.iter().map(|term| term.holds(case)));
        all([when, unless.map(|holds| !holds)].into_iter())
    }
}

/// Three-valued and: a no decides, else what is unknown makes it unknown.
fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

impl Term {
    fn holds(&self, case: &Case<'_>) -> Option<bool> {
        let list = case.plan.names(self.field)?;
        let mut result = None;
        case.nodes(self.field, &mut |node| {
            let inside = node.map(|node| self.nodes.iter().any(|other| list.is_under(node, *other)));
            result = match (result, inside) {
                (Some(Some(true)), _) | (_, Some(true)) => Some(Some(true)),
                (Some(None), _) | (_, None) => Some(None),
                (_, Some(false)) => Some(Some(false)),
            };
        });
        result.flatten()
    }
}
