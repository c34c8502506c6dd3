//! The report of many tables on the wire: one document, the same in every language.

use super::report::{Checked, TableReport};
use super::{Missing, Placed, SkippedRow, Unread, UnreadColumn};
use crate::message::Lang;
use crate::notice::json;
use crate::notice::tree::Node;
use crate::stamp;
use crate::wire::{self, OnWire};

/// A [`TableReport`] with its words in one language.
#[derive(Clone, Copy)]
pub struct TableWire<'r> {
    report: &'r TableReport,
    lang: Lang,
}

impl TableReport {
    /// The report as it stands on the wire: its stamp, `accepted`, `blocked`, `whole` (all was read), the `tables` that were checked, the `findings`
    /// (each with `row`, `file`, `sheet` and `cell` beside what every finding has), `skipped` rows, the `tally`, and what was not
    /// read: `columns`, `unread` sheets and files; `notes` on the files. Findings are made one row at a time.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use kepu_core::{Field, Kind, Lang, Notice, RecordBuf, Records, TableCheck};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let mut check = TableCheck::new(&checker, "2023-09-01".parse()?);
    /// check.table(Arc::new(Records::new(Kind::ACTIVITY, vec![RecordBuf::activity().with(Field::Title, "走近湿地")])));
    /// let report = check.finish();
    /// let json = serde_json::to_value(report.wire(Lang::Zh)).unwrap();
    /// assert_eq!((&json["notice"], &json["blocked"]), (&"henan-2023".into(), &true.into()));
    /// assert_eq!((&json["findings"][0]["row"], &json["findings"][0]["cell"]), (&0.into(), &serde_json::Value::Null));
    /// assert_eq!(json["tally"]["findings"]["missing-field"], 3);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn wire(&self, lang: Lang) -> TableWire<'_> {
        TableWire { report: self, lang }
    }
}

impl<'r> TableWire<'r> {
    /// The document without its findings, for who hands these over in pieces ([`Placed::to_json`]).
    ///
    /// ```
    /// use kepu_core::{Lang, Notice, TableCheck};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let report = TableCheck::new(&checker, "2023-09-01".parse()?).finish();
    /// let json = report.wire(Lang::Zh).to_json_without_findings();
    /// assert!(json.contains("\"accepted\":true") && !json.contains("\"findings\":["));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn to_json_without_findings(&self) -> String {
        let mut out = String::from("{");
        for (key, node) in self.head().into_iter().chain(self.tail()) {
            put(&mut out, key, &json::write(&node));
        }
        out.push('}');
        out
    }

    /// The same JSON that serde's `Serialize` gives, as text and without serde.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        for (key, node) in self.head() {
            put(&mut out, key, &json::write(&node));
        }
        put(&mut out, "findings", "[");
        for (at, placed) in self.report.findings().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&placed.to_json(self.lang));
        }
        out.push(']');
        for (key, node) in self.tail() {
            put(&mut out, key, &json::write(&node));
        }
        out.push('}');
        out
    }

    /// What stands before the findings.
    fn head(self) -> Vec<(&'r str, Node<'r>)> {
        let TableWire { report, lang } = self;
        let mut entries = stamp::entries(report.checker(), report.as_of());
        entries.extend([
            ("accepted", wire::truth(report.is_accepted())),
            ("blocked", wire::truth(report.is_blocked())),
            ("whole", wire::truth(report.is_whole())),
            ("tables", wire::list(report.tables().map(|checked| table(checked, lang)))),
        ]);
        entries
    }

    /// What stands behind the findings.
    fn tail(self) -> Vec<(&'r str, Node<'r>)> {
        let TableWire { report, lang } = self;
        let columns = report.tables().flat_map(|table| table.unread_columns().map(move |unread| column(table, unread, lang)));
        #[cfg(feature = "files")]
        let notes = report.notes().iter().map(|note| said(Some(note.file()), note.sheet(), note.message(lang)));
        #[cfg(not(feature = "files"))]
        let notes = [];
        vec![
            ("skipped", wire::list(report.skipped().map(skipped))),
            ("tally", report.tally().tree()),
            ("columns", wire::list(columns)),
            ("unread", wire::list(report.unread().iter().map(|sheet| unread(sheet, lang)))),
            ("notes", wire::list(notes)),
        ]
    }
}

impl Placed<'_> {
    /// The finding as it stands in a report's document.
    pub fn to_json(&self, lang: Lang) -> String {
        json::write(&finding(self, lang))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for TableWire<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;

        let mut out = serializer.serialize_map(None)?;
        for (key, node) in self.head() {
            out.serialize_entry(key, &node)?;
        }
        out.serialize_entry("findings", &All(*self))?;
        for (key, node) in self.tail() {
            out.serialize_entry(key, &node)?;
        }
        out.end()
    }
}

/// The findings, which are made while they are written.
#[cfg(feature = "serde")]
struct All<'r>(TableWire<'r>);

#[cfg(feature = "serde")]
impl serde::Serialize for All<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;

        let mut out = serializer.serialize_seq(None)?;
        for placed in self.0.report.findings() {
            out.serialize_element(&finding(&placed, self.0.lang))?;
        }
        out.end()
    }
}

/// Writes one entry of the document behind those before it.
fn put(out: &mut String, key: &str, value: &str) {
    if out.len() > 1 {
        out.push(',');
    }
    out.push('"');
    out.push_str(key);
    out.push_str("\":");
    out.push_str(value);
}

fn or_null<'n>(text: Option<&'n str>) -> Node<'n> {
    wire::or_null(text.map(wire::text))
}

fn finding<'n>(placed: &'n Placed<'_>, lang: Lang) -> Node<'n> {
    let place = [
        ("file", or_null(placed.file())),
        ("sheet", or_null(placed.sheet())),
        ("cell", wire::or_null(placed.cell().map(wire::text))),
    ];
    wire::with(placed.finding().wire(lang, placed.row()).into_tree(), place.into())
}

fn table(checked: Checked<'_>, lang: Lang) -> Node<'_> {
    wire::table(vec![
        ("file", or_null(checked.file())),
        ("sheet", or_null(checked.sheet())),
        ("kind", wire::text(checked.kind().id())),
        ("records", wire::count(checked.table().len())),
        ("missing", wire::list(checked.missing().iter().map(|of_none| missing(of_none, lang)))),
    ])
}

fn missing<'n>(missing: &Missing<'_>, lang: Lang) -> Node<'n> {
    wire::table(vec![
        ("fields", wire::texts(missing.fields().iter().map(|field| field.id()))),
        ("rows", wire::count(missing.rows())),
        ("message", wire::text(missing.message(lang))),
    ])
}

fn column<'n>(table: Checked<'n>, unread: UnreadColumn<'n>, lang: Lang) -> Node<'n> {
    wire::table(vec![
        ("file", or_null(table.file())),
        ("sheet", or_null(table.sheet())),
        ("column", wire::text(unread.letters())),
        ("header", wire::text(&*unread.column().header)),
        ("nearest", or_null(unread.nearest().map(|field| field.id()))),
        ("message", wire::text(unread.message(lang))),
    ])
}

fn skipped(skipped: SkippedRow<'_>) -> Node<'_> {
    wire::table(vec![
        ("file", or_null(skipped.file)),
        ("sheet", or_null(skipped.sheet)),
        ("row", wire::number(skipped.skipped.row.into())),
        ("reason", wire::text(skipped.skipped.reason.id())),
    ])
}

fn unread(unread: &Unread, lang: Lang) -> Node<'_> {
    said(unread.file(), unread.sheet(), unread.error().message(lang))
}

fn said<'n>(file: Option<&'n str>, sheet: Option<&'n str>, message: impl wire::Words<'n>) -> Node<'n> {
    wire::table(vec![("file", or_null(file)), ("sheet", or_null(sheet)), ("message", wire::text(message))])
}
