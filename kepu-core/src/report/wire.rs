//! Reports and explanations on the wire.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Explained, Report};
use crate::message::Lang;
use crate::record::{CellBuf, Field};
use crate::stamp::Stamp;
use crate::wire::OnWire;

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

impl Serialize for ReportWire<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let stamp = report.stamp();
        let mut out = serializer.serialize_map(None)?;
        for entry in stamp.tree().entries() {
            out.serialize_entry(&entry.key, &entry.node)?;
        }
        out.serialize_entry("kind", report.case.kind().id())?;
        out.serialize_entry("accepted", &report.is_accepted())?;
        out.serialize_entry("blocked", &report.is_blocked())?;
        let findings: Vec<_> = report.findings().iter().map(|finding| finding.wire(self.lang, None)).collect();
        out.serialize_entry("findings", &findings)?;
        out.serialize_entry("read", &Read(report))?;
        out.end()
    }
}

/// What was read, field by field.
struct Read<'r, 'a>(&'r Report<'a>);

impl Serialize for Read<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        for field in self.0.case.kind().fields().iter().filter(|field| **field != Field::Period) {
            out.serialize_entry(field.id(), &self.0.read(*field))?;
            if *field == Field::Audience {
                out.serialize_entry("audience_precision", &self.0.precision().map(|precision| precision.id()))?;
            }
        }
        out.end()
    }
}

/// A cell as JSON has it: days and moments as ISO text.
impl Serialize for CellBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CellBuf::Empty => serializer.serialize_unit(),
            CellBuf::Text(text) => serializer.serialize_str(text),
            CellBuf::Int(number) => serializer.serialize_i64(*number),
            CellBuf::Float(number) => serializer.serialize_f64(*number),
            CellBuf::Bool(yes) => serializer.serialize_bool(*yes),
            CellBuf::Day(_) | CellBuf::Moment(_) => serializer.serialize_str(&crate::reading::text(self.cell())),
            CellBuf::List(items) => serializer.collect_seq(items),
        }
    }
}

/// An answer: `{"rules":[…],"path":[…],"outcome":"met","clause":{…}}`; `path` is null where the question does not arise.
impl Serialize for Explained<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(4))?;
        let rules: Vec<&str> = self.rules.iter().map(|rule| rule.id()).collect();
        out.serialize_entry("rules", &rules)?;
        out.serialize_entry("path", &self.path)?;
        out.serialize_entry("outcome", self.outcome.id())?;
        out.serialize_entry("clause", &self.clause)?;
        out.end()
    }
}
