//! A finding: one rule broken at one place of one record.

mod wire;

use chrono::{NaiveDate, Weekday};

pub use wire::Wire;
#[cfg(feature = "arrow")]
pub(crate) use wire::json_of_args;

use crate::message::{Lang, Words};
use crate::notice::model::Clause;
use crate::record::{Field, Kind};
use crate::rule::{RuleId, Severity};

/// What a message needs to know; on the wire a text, a number or a list of texts.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Arg {
    /// A text, such as the value as written.
    Text(String),
    /// Texts, such as candidates.
    Texts(Vec<String>),
    /// A number.
    Number(i64),
    /// A day; ISO text on the wire.
    Day(NaiveDate),
    /// A day and the minutes after its midnight; ISO text on the wire.
    Moment(NaiveDate, u16),
    /// A day of the week; `Mon` … on the wire.
    Weekday(Weekday),
    /// Fields, any of which would do; ids on the wire.
    Fields(Vec<Field>),
}

/// Where in a record a finding points: a field, and for an item of a list its index.
///
/// ```
/// use kepu_core::{Field, Path};
/// assert_eq!(Path::item(Field::NewsLinks, 1).to_string(), "news_links[1]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    field: Option<Field>,
    item: Option<u32>,
}

impl Path {
    /// The whole record; only a set's own findings point there.
    pub const NONE: Path = Path { field: None, item: None };

    /// A field as a whole.
    pub const fn field(field: Field) -> Path {
        Path { field: Some(field), item: None }
    }

    /// One item of a list field.
    pub const fn item(field: Field, index: u32) -> Path {
        Path { field: Some(field), item: Some(index) }
    }

    /// The field.
    pub const fn of(self) -> Option<Field> {
        self.field
    }

    /// The item's index, from 0.
    pub const fn index(self) -> Option<u32> {
        self.item
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.field, self.item) {
            (None, _) => Ok(()),
            (Some(field), None) => f.write_str(field.id()),
            (Some(field), Some(item)) => write!(f, "{}[{item}]", field.id()),
        }
    }
}

/// A replacement for one field, or one item of it, that settles a finding safely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub path: Path,
    /// By what.
    pub value: String,
}

/// What a judge says beside the rule and the place, made only when somebody wants it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Details {
    pub(crate) args: Vec<(&'static str, Arg)>,
    pub(crate) fix: Option<Fix>,
}

impl Details {
    /// One argument more.
    pub(crate) fn with(mut self, name: &'static str, arg: Arg) -> Details {
        self.args.push((name, arg));
        self
    }

    /// One argument more, where there is one.
    pub(crate) fn maybe(self, name: &'static str, arg: Option<Arg>) -> Details {
        match arg {
            Some(arg) => self.with(name, arg),
            None => self,
        }
    }

    /// With a safe replacement.
    pub(crate) fn fixed(mut self, path: Path, value: impl Into<String>) -> Details {
        self.fix = Some(Fix { path, value: value.into() });
        self
    }
}

/// One rule broken at one place, with the clause it rests on.
///
/// ```
/// use kepu_core::{rules, Field, Lang, Notice, RecordBuf};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity()
///     .with(Field::Title, "走近湿地")
///     .with(Field::Organizer, "新乡市科协")
///     .with(Field::Category, "地方主场活动")
///     .with(Field::Start, "9月16日");
/// let report = checker.check(&record, "2023-09-01".parse()?);
/// let finding = &report.findings()[0];
/// assert!(finding.rule() == rules::OUTSIDE_WINDOW);
/// assert_eq!(finding.path().to_string(), "start");
/// assert_eq!(finding.clause().map(|clause| clause.number.as_str()), Some("一"));
/// assert!(finding.message(Lang::Zh).contains("9月16日（周六）"));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    pub(crate) rule: RuleId,
    pub(crate) severity: Severity,
    pub(crate) path: Path,
    pub(crate) clause: Option<&'a Clause>,
    pub(crate) details: Details,
    pub(crate) kind: &'a Kind,
    pub(crate) year: i32,
}

impl<'a> Finding<'a> {
    /// The rule that is broken.
    pub fn rule(&self) -> RuleId {
        self.rule
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether a form should stop on it: an error that its sender can still put right.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Error && self.rule.can_block()
    }

    /// By what findings of one record are ordered: the field, what concerns it as a whole first, the item, the rule.
    pub fn order(&self) -> (usize, Option<u32>, usize) {
        let fields = self.kind.fields();
        let field = fields.iter().position(|field| Some(*field) == self.path.of()).unwrap_or(fields.len());
        (field, self.path.index(), self.rule.order())
    }

    /// Where it points.
    pub fn path(&self) -> Path {
        self.path
    }

    /// The clause it rests on; none where the rule is structural.
    pub fn clause(&self) -> Option<&'a Clause> {
        self.clause
    }

    /// What the message is made of, by name; `value` is what was written.
    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.details.args
    }

    /// A replacement that settles it safely, where there is one.
    pub fn fix(&self) -> Option<&Fix> {
        self.details.fix.as_ref()
    }

    /// What is wrong.
    pub fn message(&self, lang: Lang) -> String {
        self.words(lang).expand(self.rule.message().get(lang))
    }

    /// What to do.
    pub fn advice(&self, lang: Lang) -> String {
        self.words(lang).expand(self.rule.advice().get(lang))
    }

    fn words(&self, lang: Lang) -> Words<'_> {
        Words { lang, kind: self.kind, year: self.year, args: &self.details.args }
    }
}
