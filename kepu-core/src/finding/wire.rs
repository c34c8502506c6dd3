//! Findings on the wire: the same JSON in every language.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::{Arg, Finding, Fix, Path};
use crate::message::Lang;
use crate::reading::day::iso;

/// A finding with its words in one language, and the record's row where there is one.
///
/// ```
/// use kepu_core::{Field, Lang, Notice, RecordBuf};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let record = RecordBuf::activity().with(Field::Title, "走近湿地").with(Field::Start, "9月18日").with(Field::Category, "省级主场活动");
/// let report = checker.check(&record, "2023-09-01".parse()?);
/// let json = serde_json::to_value(report.findings()[0].wire(Lang::Zh, Some(3))).unwrap();
/// assert_eq!(json["rule"], "missing-field");
/// assert_eq!(json["path"], serde_json::json!(["organizer"]));
/// assert_eq!(json["row"], 3);
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Wire<'f, 'a> {
    finding: &'f Finding<'a>,
    lang: Lang,
    row: Option<u64>,
}

impl<'a> Finding<'a> {
    /// The finding as it stands on the wire.
    pub fn wire(&self, lang: Lang, row: Option<u64>) -> Wire<'_, 'a> {
        Wire { finding: self, lang, row }
    }
}

impl Serialize for Wire<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.finding;
        let mut out = serializer.serialize_struct("Finding", 10)?;
        out.serialize_field("rule", finding.rule().id())?;
        out.serialize_field("severity", finding.severity().id())?;
        out.serialize_field("blocking", &finding.is_blocking())?;
        out.serialize_field("path", &finding.path())?;
        out.serialize_field("args", &Args(finding.args()))?;
        out.serialize_field("clause", &finding.clause())?;
        out.serialize_field("message", &finding.message(self.lang))?;
        out.serialize_field("advice", &finding.advice(self.lang))?;
        out.serialize_field("fix", &finding.fix())?;
        out.serialize_field("row", &self.row)?;
        out.end()
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(None)?;
        if let Some(field) = self.of() {
            out.serialize_element(field.id())?;
        }
        if let Some(index) = self.index() {
            out.serialize_element(&index)?;
        }
        out.end()
    }
}

impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Fix", 2)?;
        out.serialize_field("path", &self.path)?;
        out.serialize_field("value", &self.value)?;
        out.end()
    }
}

struct Args<'f>(&'f [(&'static str, Arg)]);

impl Serialize for Args<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(self.0.len()))?;
        for (name, arg) in self.0 {
            out.serialize_entry(name, arg)?;
        }
        out.end()
    }
}

/// Arguments as one JSON text.
#[cfg(feature = "arrow")]
pub(crate) fn json_of_args(args: &[(&'static str, Arg)]) -> String {
    // Texts, numbers and lists of them are always written.
    serde_json::to_string(&Args(args)).unwrap_or_default()
}

/// A fix as one JSON text.
#[cfg(feature = "arrow")]
pub(crate) fn json_of_fix(fix: &Fix) -> String {
    serde_json::to_string(fix).unwrap_or_default()
}

impl Serialize for Arg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Arg::Text(text) => serializer.serialize_str(text),
            Arg::Texts(texts) => serializer.collect_seq(texts),
            Arg::Number(number) => serializer.serialize_i64(*number),
            Arg::Day(day) => serializer.serialize_str(&iso(*day)),
            Arg::Moment(day, minute) => {
                let mut text = iso(*day);
                text.push('T');
                crate::message::push_clock(*minute, &mut text);
                serializer.serialize_str(&text)
            }
            Arg::Weekday(day) => serializer.serialize_str(crate::message::weekday_name(*day, Lang::En)),
            Arg::Fields(fields) => serializer.collect_seq(fields.iter().map(|field| field.id())),
        }
    }
}
