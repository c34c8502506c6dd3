//! What a rule is, and how one is asked.

use crate::checker::{Case, Plan};
use crate::finding::{Details, Path};
use crate::message::Text;
use crate::notice::model::Clause;
use crate::notice::tree::Node;
use crate::record::{Field, Kind};
use crate::wire::{self, OnWire, on_wire};

/// How grave a finding is.
///
/// ```
/// use kepu_core::Severity;
/// assert!(Severity::Error > Severity::Warning);
/// assert_eq!(Severity::from_id("info"), Some(Severity::Info));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The notice asks (请), or a value contradicts it.
    Warning,
    /// The data cannot be used, or a stated obligation is broken.
    #[default]
    Error,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// What people call it.
    pub const fn label(self) -> Text {
        match self {
            Severity::Error => Text { zh: "错误", en: "error" },
            Severity::Warning => Text { zh: "警告", en: "warning" },
            Severity::Info => Text { zh: "提示", en: "info" },
        }
    }

    /// The severity of a name.
    pub fn from_id(id: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.id() == id)
    }
}

/// Whether a rule can be judged on one record, or only over a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One record shows it.
    Record,
    /// Only a set of records shows it.
    Set,
    /// One record may show it, and a set shows more of it.
    Both,
}

impl Scope {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Scope::Record => "record",
            Scope::Set => "set",
            Scope::Both => "both",
        }
    }
}

/// What in the notice a rule rests on. Never a clause number: that is the notice's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// No clause: only the software needs it.
    Structural,
    /// The named thing that was found.
    Node,
    /// `[lists]`.
    List,
    /// Who may organise.
    Organizers,
    /// `[[themes]]`.
    Theme,
    /// `[[periods]]`.
    Period,
    /// `[[platforms]]`.
    Platform,
    /// `[[requirements]]`.
    Requirement,
    /// `[[marks]]`.
    Marks,
    /// `[[deadlines]]`.
    Deadline,
    /// `[[rosters]]`.
    Roster,
    /// `[[quotas]]`.
    Quota,
}

impl Basis {
    /// Its name on the wire: the notice's table.
    pub const fn id(self) -> &'static str {
        match self {
            Basis::Structural => "structural",
            Basis::Node => "node",
            Basis::List => "lists",
            Basis::Organizers => "organizers",
            Basis::Theme => "themes",
            Basis::Period => "periods",
            Basis::Platform => "platforms",
            Basis::Requirement => "requirements",
            Basis::Marks => "marks",
            Basis::Deadline => "deadlines",
            Basis::Roster => "rosters",
            Basis::Quota => "quotas",
        }
    }
}

/// One thing that can be wrong: plain data, in one place.
#[derive(Debug)]
pub struct Rule {
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// False for an error that nobody can put right afterwards.
    pub(crate) can_block: bool,
    pub(crate) scope: Scope,
    pub(crate) basis: Basis,
    /// The fields it may point at; none for any text.
    pub(crate) fields: &'static [Field],
    /// The arguments of its messages; `?` before one that may be missing.
    pub(crate) args: &'static [&'static str],
    /// What it means, for people who look it up.
    pub(crate) about: Text,
    pub(crate) message: Text,
    pub(crate) advice: Text,
}

impl Rule {
    /// The usual shape: a structural error of one record; a rule says what differs.
    pub(crate) const BASE: Rule = Rule {
        id: "",
        severity: Severity::Error,
        can_block: true,
        scope: Scope::Record,
        basis: Basis::Structural,
        fields: &[],
        args: &[],
        about: Text { zh: "", en: "" },
        message: Text { zh: "", en: "" },
        advice: Text { zh: "", en: "" },
    };

    /// Its stable name; never renamed, never used again.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// How grave it is, where neither a modality, a deadline nor a limit says otherwise.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether a form may stop on it when it is an error.
    pub const fn can_block(&self) -> bool {
        self.can_block
    }

    /// Whether one record shows it, or only a set.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// What it rests on.
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// The fields that it may point at; none where any text may be at fault.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The names of its arguments; `?` stands before one that may be missing.
    pub const fn args(&self) -> &'static [&'static str] {
        self.args
    }

    /// What it means.
    pub const fn about(&self) -> &Text {
        &self.about
    }

    /// The template of its message.
    pub const fn message(&self) -> &Text {
        &self.message
    }

    /// The template of its advice.
    pub const fn advice(&self) -> &Text {
        &self.advice
    }
}

impl OnWire for Rule {
    fn tree(&self) -> Node<'_> {
        let words = |text: &Text| wire::table(vec![("zh", wire::text(text.zh)), ("en", wire::text(text.en))]);
        wire::table(vec![
            ("id", wire::text(self.id)),
            ("severity", wire::text(self.severity.id())),
            ("can_block", wire::truth(self.can_block)),
            ("scope", wire::text(self.scope.id())),
            ("basis", wire::text(self.basis.id())),
            ("fields", wire::texts(self.fields.iter().map(|field| field.id()))),
            ("args", wire::texts(self.args.iter().copied())),
            ("about", words(&self.about)),
            ("message", words(&self.message)),
            ("advice", words(&self.advice)),
        ])
    }
}

on_wire!(Rule);

/// A rule by reference: compared by its id, as cheap as a number.
///
/// ```
/// use kepu_core::{rules, RuleId};
/// let rule = RuleId::from_id("outside-window").unwrap();
/// assert!(rule == rules::OUTSIDE_WINDOW);
/// assert_eq!(rule.id(), "outside-window");
/// ```
#[derive(Clone, Copy)]
pub struct RuleId(&'static Rule);

impl RuleId {
    /// The rule of an id.
    pub fn from_id(id: &str) -> Option<RuleId> {
        crate::rules::ALL.iter().find(|rule| rule.id == id).map(|rule| RuleId(rule))
    }

    /// Its place in the one list, by which findings of one place are ordered.
    pub(crate) fn order(self) -> usize {
        crate::rules::ALL.iter().position(|rule| std::ptr::eq(*rule, self.0)).unwrap_or_default()
    }
}

impl From<&'static Rule> for RuleId {
    fn from(rule: &'static Rule) -> RuleId {
        RuleId(rule)
    }
}

impl std::ops::Deref for RuleId {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        self.0
    }
}

impl PartialEq for RuleId {
    fn eq(&self, other: &RuleId) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for RuleId {}

impl PartialEq<Rule> for RuleId {
    fn eq(&self, other: &Rule) -> bool {
        self.0.id == other.id
    }
}

impl std::hash::Hash for RuleId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl std::fmt::Debug for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.id)
    }
}

/// A question: the rules that may answer it, whom it concerns, and how it is answered. It gives at most one answer at a
/// place, so that one fault gives one finding.
#[derive(Debug)]
pub(crate) struct Judge {
    /// The rules it may answer with; the order of precedence is the judge's.
    pub(crate) rules: &'static [&'static Rule],
    /// The fields of which it needs one: a kind of record without any is not asked.
    pub(crate) fields: &'static [Field],
    /// Whether the notice has the datum that it needs.
    pub(crate) needs: fn(&Plan) -> bool,
    /// Which records it has something to ask of.
    pub(crate) of: Of,
    pub(crate) ask: for<'p> fn(&Case<'p>, &mut dyn Sink<'p>),
}

/// Which records a judge has something to ask of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of {
    /// Every one.
    All,
    /// Those that lack something: it asks for what is not there. Groups of fields of a kind of record, in any field of each
    /// of which something has to stand; none where it asks for more than that.
    Lacking(fn(&Plan, &Kind) -> Option<Vec<Vec<Field>>>),
    /// Those in which one of its fields is given.
    Given,
    /// Those in which one of its fields says a day beside those that the notice wants in any case.
    OtherDays,
    /// Those in which a screen has not passed one of its fields: it asks of each cell by itself.
    InDoubt,
}

/// One answer to a question, at one place.
pub(crate) enum Answer<'p, 'd> {
    /// It is as the notice wants it.
    Met(Path, Option<&'p Clause>),
    /// It is not.
    Not(Found<'p, 'd>),
    /// It hangs on a value that was not read.
    Unknown(Path, Option<&'p Clause>),
}

/// A rule broken, before anybody asked for words.
pub(crate) struct Found<'p, 'd> {
    pub(crate) rule: &'static Rule,
    pub(crate) severity: Severity,
    pub(crate) path: Path,
    pub(crate) clause: Option<&'p Clause>,
    /// Makes the arguments and the fix, for who wants them.
    pub(crate) details: &'d dyn Fn() -> Details,
}

/// What takes the answers: a report, an explanation, a tally, a table of findings. A judge that says nothing was not
/// applicable.
pub(crate) trait Sink<'p> {
    /// Takes one answer.
    fn take(&mut self, answer: Answer<'p, '_>);
}

/// In the browser each answer is put together in one place, not where it is given: 60 places weigh 1 KB more.
impl<'p> dyn Sink<'p> + '_ {
    /// A rule is broken, as gravely as it always is.
    pub(crate) fn found(&mut self, rule: &'static Rule, path: Path, clause: Option<&'p Clause>, details: &dyn Fn() -> Details) {
        self.found_as(rule, rule.severity, path, clause, details);
    }

    /// A rule is broken, as gravely as the notice says.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(crate) fn found_as(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        path: Path,
        clause: Option<&'p Clause>,
        details: &dyn Fn() -> Details,
    ) {
        self.take(Answer::Not(Found { rule, severity, path, clause, details }));
    }

    /// All is well there.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(crate) fn met(&mut self, path: Path, clause: Option<&'p Clause>) {
        self.take(Answer::Met(path, clause));
    }

    /// Nobody can know.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(crate) fn unknown(&mut self, path: Path, clause: Option<&'p Clause>) {
        self.take(Answer::Unknown(path, clause));
    }
}
