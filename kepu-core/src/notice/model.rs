//! What a notice says, as plain data: one struct for each table of the format (`notices/README.md`).

use chrono::{NaiveDate, NaiveDateTime};

use crate::record::Field;
use crate::rule::Severity;

/// One place in the notice: its number and the quoted words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Clause {
    /// Where it stands: `四(三)`, `标题`, `版头`, `落款`, `版记`, `附件1`, `正文`.
    pub number: String,
    /// The notice's words.
    pub quote: String,
}

/// What is our reading of the notice, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// The key beside it.
    pub key: String,
    /// The reason.
    pub reason: String,
}

/// Where a table of the notice rests, and which of its keys are our reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    /// Its clause, the table's own or that of the table around.
    pub clause: Clause,
    /// Our readings.
    pub why: Vec<Why>,
}

/// A fact with a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Datum<T> {
    /// What it says.
    pub value: T,
    /// Where it rests.
    pub fact: Fact,
}

/// A day, a minute, or a day that follows from a record's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day: it begins a `from` or `start` at 00:00 and ends a `due`, `strict` or `end` at 24:00.
    Day(NaiveDate),
    /// A minute at UTC+8.
    Minute(NaiveDateTime),
    /// So many days after the day of a field, or (negative) before it.
    Relative {
        /// The field whose day counts.
        field: Field,
        /// How many days later.
        days: i32,
    },
}

/// All of the fields, any of the values of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Condition {
    /// Fields and the ids of values.
    pub terms: Vec<(Field, Vec<String>)>,
}

/// How binding the notice's words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Modality {
    /// 可.
    #[default]
    May,
    /// 请.
    Should,
    /// 须、应.
    Must,
}

impl Modality {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Modality::Must => "must",
            Modality::Should => "should",
            Modality::May => "may",
        }
    }

    /// How grave it is not to keep to words so binding, where nothing else softens them.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Modality::Must => Severity::Error,
            Modality::Should => Severity::Warning,
            Modality::May => Severity::Info,
        }
    }
}

/// A choice for forms; no finding rests on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hint {
    /// What it is about: topic, form, venue, series, theme, channel, field, organizer.
    pub about: String,
    /// The choices.
    pub items: Vec<String>,
    /// Whether the notice's list ends in 等.
    pub open: bool,
    /// Where it rests.
    pub fact: Fact,
}

/// A named thing of a list: a kind of activity, a content area, a mark, a kind of organiser, a unit, a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Its stable name; empty for a roster's unit that has none.
    pub id: String,
    /// Official names; the first is shown.
    pub names: Vec<String>,
    /// Names that are understood and reported.
    pub aliases: Vec<String>,
    /// Nodes below it; what has some is a group.
    pub items: Vec<Node>,
    /// Choices for forms.
    pub hints: Vec<Hint>,
    /// Only these kinds may organise it (categories only).
    pub organizers: Option<Datum<Vec<String>>>,
    /// How binding it is (marks only).
    pub modality: Modality,
    /// Where it rests.
    pub fact: Fact,
}

/// The sentence that a name outside a list is held against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListOf {
    /// Whether names outside the list are welcome too.
    pub open: bool,
    /// Where it rests.
    pub fact: Fact,
}

/// `[lists]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists {
    /// The list of kinds of activity.
    pub categories: Option<ListOf>,
    /// The list of content areas.
    pub content_areas: Option<ListOf>,
}

/// `[document]`: the paper; no finding rests on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// 标题.
    pub title: Option<Datum<String>>,
    /// 文号.
    pub number: Option<Datum<String>>,
    /// The campaign, such as 全国科普日.
    pub series: Option<Datum<String>>,
    /// Which edition of the campaign it is.
    pub edition: Option<Datum<i64>>,
    /// The day of issue.
    pub issued: Option<Datum<NaiveDate>>,
    /// The day of printing.
    pub printed: Option<Datum<NaiveDate>>,
    /// Who signed it.
    pub issuers: Option<Datum<Vec<String>>>,
    /// Whom it is sent to.
    pub addressees: Option<Datum<Vec<String>>>,
    /// The documents that it names.
    pub cites: Option<Datum<Vec<String>>>,
}

/// `[[contacts]]`: an office, never a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The office.
    pub department: Option<Datum<String>>,
    /// Its telephones.
    pub phones: Option<Datum<Vec<String>>>,
    /// Its mailboxes.
    pub emails: Option<Datum<Vec<String>>>,
    /// Its address.
    pub address: Option<Datum<String>>,
    /// Where it rests.
    pub fact: Fact,
}

/// What days a period is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Role {
    /// 集中开展: the days on which activities are concentrated.
    #[default]
    Window,
    /// The outer bound of the activities.
    Limit,
    /// A step of the timeline only.
    Phase,
}

/// `[[periods]]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Period {
    /// What it is.
    pub role: Role,
    /// Its first moment; open where there is none.
    pub start: Option<Moment>,
    /// Its last moment, included; open where there is none.
    pub end: Option<Moment>,
    /// What it is called.
    pub what: Option<String>,
    /// 拟: not yet certain.
    pub tentative: bool,
    /// Whom it concerns.
    pub when: Option<Condition>,
    /// Whom it does not.
    pub unless: Option<Condition>,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[platforms]]`: where activities are published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Platform {
    /// Official names.
    pub names: Vec<String>,
    /// Names that are understood.
    pub aliases: Vec<String>,
    /// Its address.
    pub url: Option<String>,
    /// The first day for publishing.
    pub opens: Option<NaiveDate>,
    /// The last.
    pub closes: Option<NaiveDate>,
    /// Is publishing a must.
    pub modality: Modality,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[requirements]]`: what a record has to have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// The kind of record.
    pub record: String,
    /// Fields that are counted together.
    pub any_of: Vec<Field>,
    /// Fields that are counted each by itself.
    pub all_of: Vec<Field>,
    /// Fewest items.
    pub min: Option<u32>,
    /// Most items.
    pub max: Option<u32>,
    /// The longest text in Unicode scalar values, white space not counted.
    pub max_chars: Option<u32>,
    /// The shortest activity in days.
    pub min_days: Option<u32>,
    /// The longest.
    pub max_days: Option<u32>,
    /// Asked from then on.
    pub from: Option<Moment>,
    /// Overdue after it.
    pub due: Option<Moment>,
    /// Whom it concerns.
    pub when: Option<Condition>,
    /// Whom it does not.
    pub unless: Option<Condition>,
    /// How binding it is.
    pub modality: Modality,
    /// What it is called.
    pub what: Option<String>,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[quotas]]`: how many records there may or must be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quota {
    /// Records are counted for each of these; none: all together.
    pub per: Vec<Field>,
    /// Most records.
    pub max: Option<u32>,
    /// Fewest.
    pub min: Option<u32>,
    /// The roster whose members are counted for `min`.
    pub among: Option<String>,
    /// `min` is asked after it.
    pub due: Option<Moment>,
    /// Which records count.
    pub when: Option<Condition>,
    /// Which do not.
    pub unless: Option<Condition>,
    /// How binding it is.
    pub modality: Modality,
    /// What it is called.
    pub what: Option<String>,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[deadlines]]`: who owes what by when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deadline {
    /// Its stable name.
    pub id: String,
    /// The kind of record that shows it; its own id unless said otherwise.
    pub record: String,
    /// The thing owed.
    pub what: String,
    /// The rosters that owe it; all of them unless said otherwise.
    pub owed_by: Option<Vec<String>>,
    /// To whom and how.
    pub to: Vec<String>,
    /// It opens.
    pub from: Option<Moment>,
    /// The last moment; never [`Moment::Relative`].
    pub due: Option<Moment>,
    /// The last moment on the strictest reading.
    pub strict: Option<Moment>,
    /// What being late is.
    pub late: Severity,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[rosters]]`: a class of units that owe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// Its stable name.
    pub id: String,
    /// Kinds whose units may be of it.
    pub kinds: Vec<String>,
    /// Its units by name.
    pub items: Vec<Node>,
    /// Endings: a unit for each lowest region.
    pub per_region: Vec<String>,
    /// Where it rests.
    pub fact: Fact,
}

/// `[commendation]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commendation {
    /// Who may be commended.
    pub objects: Option<Datum<Vec<String>>>,
    /// For what.
    pub criteria: Option<Datum<Vec<String>>>,
    /// By whom further.
    pub referral: Option<Datum<Vec<String>>>,
    /// Where it rests.
    pub fact: Fact,
}

/// `[[unchecked]]`: a sentence that no record can show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unchecked {
    /// Why not.
    pub reason: String,
    /// Where it stands.
    pub fact: Fact,
}

/// The whole notice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    /// The version of the format: 1.
    pub format: i64,
    /// The notice's name.
    pub id: String,
    /// The year of days that have none.
    pub year: i32,
    /// The sentences that lists rest on.
    pub lists: Lists,
    /// The paper.
    pub document: Document,
    /// Offices.
    pub contacts: Vec<Contact>,
    /// Themes; any will do.
    pub themes: Vec<Datum<String>>,
    /// Units may add a sub-theme.
    pub sub_theme: Option<Fact>,
    /// Windows, limits and phases.
    pub periods: Vec<Period>,
    /// Headings of the activities' content.
    pub content_areas: Vec<Node>,
    /// Kinds of activity.
    pub categories: Vec<Node>,
    /// Only these kinds may take part at all.
    pub organizers: Option<Datum<Vec<String>>>,
    /// Kinds of organiser beside the built-in ones.
    pub organizer_kinds: Vec<Node>,
    /// Labels that an activity shows.
    pub marks: Vec<Node>,
    /// Where activities are published.
    pub platforms: Vec<Platform>,
    /// What records have to have.
    pub requirements: Vec<Requirement>,
    /// How many records there may or must be.
    pub quotas: Vec<Quota>,
    /// Who owes what by when.
    pub deadlines: Vec<Deadline>,
    /// Who owes.
    pub rosters: Vec<Roster>,
    /// Commendation.
    pub commendation: Option<Commendation>,
    /// Places.
    pub regions: Vec<Node>,
    /// Sentences that no record can show.
    pub unchecked: Vec<Unchecked>,
}
