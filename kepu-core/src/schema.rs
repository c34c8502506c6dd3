//! The JSON Schema (2020-12) of a record: the written form in which nothing has to be interpreted.

use crate::checker::Checker;
use crate::form::FormField;
use crate::message::{Lang, Text};
use crate::notice::json;
use crate::notice::tree::Node;
use crate::reading::text::{MOST_BYTES, MOST_ITEMS};
use crate::record::{FieldType, Kind};
use crate::wire;

/// Said of each required field: the notice asks for none of them.
pub(crate) const OURS: Text =
    Text { zh: "必填是本工具的要求，不是通知的规定", en: "required by the software, not by the notice" };

impl Checker {
    /// The [JSON Schema](https://json-schema.org/draft/2020-12) of a record of a kind, as JSON text: what a portal should send
    /// so that nothing has to be interpreted. Keys are the fields' ids; days are ISO text; a category is one of the notice's
    /// official names. Where the notice's list is open, or a name outside it is only reported, its names are `examples`.
    ///
    /// What is valid under it is never blocked for the form of a single field; what is not valid may still be read, since
    /// [`Checker::check`] reads much more than this (`9月19日`, `约1200人`). Further keys are allowed and handed through.
    ///
    /// ```
    /// use kepu_core::{Kind, Lang, Notice};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let schema: serde_json::Value = serde_json::from_str(&checker.schema(&Kind::ACTIVITY, Lang::Zh)).unwrap();
    /// assert_eq!(schema["$id"], "urn:kepu:henan-2023:activity");
    /// assert_eq!(schema["required"], serde_json::json!(["title", "organizer", "category", "start"]));
    /// assert_eq!(schema["properties"]["category"]["enum"].as_array().unwrap().len(), 12);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn schema(&self, kind: &Kind, lang: Lang) -> String {
        let form = self.form(kind);
        let notice = self.notice();
        let properties = form.iter().map(|asked| (asked.field.id(), property(asked, lang)));
        let required = form.iter().filter(|asked| asked.is_required).map(|asked| asked.field.id());
        let tree = wire::table(vec![
            ("$schema", wire::text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", wire::text(["urn:kepu:", notice.id(), ":", kind.id()].concat())),
            ("title", wire::text(notice.title().unwrap_or(notice.id()))),
            ("type", wire::text("object")),
            ("properties", wire::table(properties.collect())),
            ("required", wire::texts(required)),
        ]);
        json::write(&tree)
    }
}

fn property(asked: &FormField, lang: Lang) -> Node<'_> {
    let mut entries = vec![("title", wire::text(asked.field.label(&asked.kind, lang)))];
    if let Some(words) = described(asked, lang) {
        entries.push(("description", wire::text(words)));
    }
    if asked.is_required {
        entries.push(("$comment", wire::text(OURS.get(lang))));
    }
    if asked.field.is_list() {
        entries.push(("type", wire::text("array")));
        entries.push(("maxItems", wire::count(MOST_ITEMS)));
        entries.push(("items", wire::table(value(asked))));
    } else {
        entries.extend(value(asked));
    }
    wire::table(entries)
}

/// What one value looks like; a field that is not required may be null.
fn value(asked: &FormField) -> Vec<(&'static str, Node<'_>)> {
    let text = |more: Vec<(&'static str, Node<'static>)>| {
        let of_type = if asked.is_required || asked.field.is_list() { wire::text("string") } else { nullable("string") };
        let mut entries = vec![("type", of_type), ("maxLength", wire::count(MOST_BYTES / 4))];
        entries.extend(more);
        entries
    };
    let pattern = |pattern: &'static str| ("pattern", wire::text(pattern));
    let mut entries = match asked.field.ty() {
        FieldType::Day => text(vec![("format", wire::text("date")), pattern(r"^\d{4}-\d{2}-\d{2}$")]),
        FieldType::Moment => text(vec![pattern(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$")]),
        FieldType::Count => vec![("type", nullable("integer")), ("minimum", wire::number(0))],
        FieldType::Email => text(vec![("format", wire::text("email"))]),
        FieldType::Link => text(vec![("format", wire::text("uri")), pattern("^https?://")]),
        _ => text(Vec::new()),
    };
    if asked.is_required && !asked.is_closed && asked.field.ty() != FieldType::Day {
        entries.push(("pattern", wire::text(r"\S")));
    }
    let names = asked.choices.iter().map(|choice| choice.name.as_str());
    match (asked.choices.is_empty(), asked.is_closed) {
        (true, _) => {}
        (false, true) => entries.push(("enum", wire::texts(names))),
        (false, false) => entries.push(("examples", wire::texts(names))),
    }
    entries
}

fn nullable(of_type: &'static str) -> Node<'static> {
    wire::texts([of_type, "null"])
}

/// The clause of a closed list, and the days that the notice names, in its words.
fn described(asked: &FormField, lang: Lang) -> Option<String> {
    let clauses = asked.clause.iter().chain(asked.spans.iter().map(|span| &span.clause));
    let mut words = String::new();
    for clause in clauses {
        let (open, close, between) = match lang {
            Lang::Zh => ("（", "）", "；"),
            Lang::En => (" (", ")", "; "),
        };
        words.push_str(if words.is_empty() { "" } else { between });
        words.push_str(&[&*clause.quote, open, &clause.number, close].concat());
    }
    (!words.is_empty()).then_some(words)
}
