//! Reports and explanations on the wire.

use super::{Explained, Report};
use crate::message::Lang;
use crate::notice::tree::Node;
use crate::record::{CellBuf, Field};
use crate::stamp::{self, Stamp};
use crate::wire::{self, OnWire, on_wire};

/// A report with its words in one language.
#[derive(Clone, Copy)]
pub struct ReportWire<'r, 'a> {
    report: &'r Report<'a>,
    lang: Lang,
}

impl<'a> Report<'a> {
    /// The report as it stands on the wire: its stamp, `kind`, `accepted`, `blocked`, the `findings`, and under `read` what
    /// each field was read as (null where nothing was), `audience_precision` beside `audience`.
    ///
    /// ```
    /// use kepu_core::{Field, Lang, Notice, RecordBuf};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let record = RecordBuf::activity().with(Field::Title, "走近湿地").with(Field::Start, "9月18日");
    /// let report = checker.check(&record, "2023-09-01".parse()?);
    /// let json = serde_json::to_value(report.wire(Lang::Zh)).unwrap();
    /// assert_eq!((&json["notice"], &json["blocked"]), (&"henan-2023".into(), &true.into()));
    /// assert_eq!(json["findings"][0]["message"], "没有填写举办单位");
    /// assert_eq!(json["read"]["start"], "2023-09-18");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn wire(&self, lang: Lang) -> ReportWire<'_, 'a> {
        ReportWire { report: self, lang }
    }

    /// Under what this verdict was given.
    pub fn stamp(&self) -> Stamp {
        Stamp::new(self.checker, self.as_of())
    }
}

impl OnWire for ReportWire<'_, '_> {
    fn tree(&self) -> Node<'_> {
        let report = self.report;
        let findings = report.findings().iter().map(|finding| finding.wire(self.lang, None).into_tree());
        let mut entries = stamp::entries(report.checker, report.as_of());
        entries.extend([
            ("kind", wire::text(report.case.kind().id())),
            ("accepted", wire::truth(report.is_accepted())),
            ("blocked", wire::truth(report.is_blocked())),
            ("findings", wire::list(findings)),
            ("read", read(report)),
        ]);
        wire::table(entries)
    }
}

/// What was read, field by field.
fn read<'n>(report: &Report<'_>) -> Node<'n> {
    let mut entries = Vec::new();
    for field in report.case.kind().fields().iter().filter(|field| **field != Field::Period) {
        entries.push((field.id(), cell(report.read(*field))));
        if *field == Field::Audience {
            let precision = report.precision().map(|precision| wire::text(precision.id()));
            entries.push(("audience_precision", wire::or_null(precision)));
        }
    }
    wire::table(entries)
}

/// A cell as JSON has it: days and moments as ISO text.
fn cell<'n>(cell: CellBuf) -> Node<'n> {
    match cell {
        CellBuf::Empty => wire::null(),
        CellBuf::Text(text) => wire::text(text),
        CellBuf::Int(number) => wire::number(number),
        CellBuf::Float(number) => wire::float(number),
        CellBuf::Bool(yes) => wire::truth(yes),
        CellBuf::Day(_) | CellBuf::Moment(_) => wire::text(crate::reading::text(cell.cell()).into_owned()),
        CellBuf::List(items) => wire::list(items.into_iter().map(self::cell)),
    }
}

impl OnWire for CellBuf {
    fn tree(&self) -> Node<'_> {
        cell(self.clone())
    }
}

/// An answer: `{"rules":[…],"path":[…],"outcome":"met","clause":{…}}`; `path` is null where the question does not arise.
impl OnWire for Explained<'_> {
    fn tree(&self) -> Node<'_> {
        wire::table(vec![
            ("rules", wire::texts(self.rules.iter().map(|rule| rule.id()))),
            ("path", wire::or_null(self.path.as_ref().map(OnWire::tree))),
            ("outcome", wire::text(self.outcome.id())),
            ("clause", wire::or_null(self.clause.map(OnWire::tree))),
        ])
    }
}

on_wire!(ReportWire<'_, '_>, CellBuf, Explained<'_>);
