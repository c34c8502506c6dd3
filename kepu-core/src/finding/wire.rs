//! Findings on the wire: the same JSON in every language.

use super::{Arg, Finding, Fix, Path};
use crate::message::Lang;
use crate::notice::tree::Node;
use crate::reading::day::iso;
use crate::wire::{self, OnWire, on_wire};

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

impl<'f> Wire<'f, '_> {
    pub(crate) fn into_tree(self) -> Node<'f> {
        let finding = self.finding;
        wire::table(vec![
            ("rule", wire::text(finding.rule.id)),
            ("severity", wire::text(finding.severity.id())),
            ("blocking", wire::truth(finding.is_blocking())),
            ("path", finding.path.tree()),
            ("args", of_args(finding.args())),
            ("clause", wire::or_null(finding.clause.map(OnWire::tree))),
            ("message", wire::text(finding.message(self.lang))),
            ("advice", wire::text(finding.advice(self.lang))),
            ("fix", wire::or_null(finding.fix().map(OnWire::tree))),
            ("row", wire::or_null(self.row.map(wire::count))),
        ])
    }
}

fn of_args<'f>(args: &'f [(&'static str, Arg)]) -> Node<'f> {
    wire::table(args.iter().map(|(name, arg)| (*name, arg.tree())).collect())
}

/// Arguments as one JSON text.
#[cfg(feature = "arrow")]
pub(crate) fn json_of_args(args: &[(&'static str, Arg)]) -> String {
    crate::notice::json::write(&of_args(args))
}

impl OnWire for Wire<'_, '_> {
    fn tree(&self) -> Node<'_> {
        self.into_tree()
    }
}

impl OnWire for Path {
    fn tree(&self) -> Node<'_> {
        let field = self.of().map(|field| wire::text(field.id()));
        wire::list(field.into_iter().chain(self.index().map(|index| wire::number(index.into()))))
    }
}

impl OnWire for Fix {
    fn tree(&self) -> Node<'_> {
        wire::table(vec![("path", self.path.tree()), ("value", wire::text(&*self.value))])
    }
}

impl OnWire for Arg {
    fn tree(&self) -> Node<'_> {
        match self {
            Arg::Text(text) => wire::text(&**text),
            Arg::Texts(texts) => wire::texts(texts.iter().map(String::as_str)),
            Arg::Number(number) => wire::number(*number),
            Arg::Day(day) => wire::text(iso(*day)),
            Arg::Moment(day, minute) => {
                let mut text = iso(*day);
                text.push('T');
                crate::message::push_clock(*minute, &mut text);
                wire::text(text)
            }
            Arg::Weekday(day) => wire::text(crate::message::weekday_name(*day, Lang::En)),
            Arg::Fields(fields) => wire::texts(fields.iter().map(|field| field.id())),
        }
    }
}

on_wire!(Wire<'_, '_>, Path, Fix, Arg);
