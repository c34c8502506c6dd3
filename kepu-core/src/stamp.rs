//! What every report names, so that its verdict can be repeated.

use crate::as_of::AsOf;
use crate::checker::{Checker, Options, Roster};
use crate::notice::tree::Node;
use crate::wire::{self, OnWire, on_wire};

/// The version of kepu, the notice, the moment and the options under which a verdict was given.
///
/// ```
/// use kepu_core::{Notice, RecordBuf};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity();
/// let report = checker.check(&record, "2023-10-08".parse()?);
/// let stamp = serde_json::to_value(report.stamp()).unwrap();
/// assert_eq!(stamp["notice"], "henan-2023");
/// assert_eq!(stamp["as_of"], "2023-10-08T00:00");
/// assert_eq!(stamp["options"]["strict_deadlines"], false);
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Stamp {
    notice: String,
    as_of: AsOf,
    options: Options,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Stamp {
    /// The stamp of what a checker says at a moment.
    pub fn new(checker: &Checker, as_of: AsOf) -> Stamp {
        Stamp { notice: checker.notice().id().to_owned(), as_of, options: checker.options().clone() }
    }

    /// The version of kepu.
    pub const fn version(&self) -> &'static str {
        VERSION
    }

    /// The notice's id.
    pub fn notice(&self) -> &str {
        &self.notice
    }

    /// The moment at which the question was asked.
    pub const fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// What the caller chose.
    pub const fn options(&self) -> &Options {
        &self.options
    }
}

/// What a stamp says, for a report that goes on behind it.
pub(crate) fn entries(checker: &Checker, as_of: AsOf) -> Vec<(&'static str, Node<'_>)> {
    written(checker.notice().id(), as_of, checker.options())
}

fn written<'n>(notice: &'n str, as_of: AsOf, options: &'n Options) -> Vec<(&'static str, Node<'n>)> {
    vec![
        ("kepu", wire::text(VERSION)),
        ("notice", wire::text(notice)),
        ("as_of", wire::text(as_of.iso())),
        ("options", options.tree()),
    ]
}

impl OnWire for Stamp {
    fn tree(&self) -> Node<'_> {
        wire::table(written(&self.notice, self.as_of, &self.options))
    }
}

impl OnWire for Options {
    fn tree(&self) -> Node<'_> {
        let names = |names: &'_ [String]| wire::texts(names.iter().cloned());
        let roster = self.roster.as_ref().map(|roster| match roster {
            Roster::All(units) => names(units),
            Roster::Of(rosters) => wire::table(rosters.iter().map(|(id, units)| (id.as_str(), names(units))).collect()),
        });
        wire::table(vec![
            ("strict_deadlines", wire::truth(self.strict_deadlines)),
            ("roster", wire::or_null(roster)),
            ("only", names(&self.only)),
            ("ignore", names(&self.ignore)),
            ("min_severity", wire::or_null(self.min_severity.map(|severity| wire::text(severity.id())))),
        ])
    }
}

on_wire!(Stamp, Options);
