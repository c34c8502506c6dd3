//! What is wrong with any text, and what is not there at all.

use crate::checker::{Case, Plan};
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::Model;
use crate::reading::{self, link};
use crate::record::{Cell, Field, FieldType, Kind};
use crate::rule::{Judge, Of, Rule, Severity, Sink};

/// A field without which a record says nothing is empty.
pub static MISSING_FIELD: Rule = Rule {
    id: "missing-field",
    fields: &[Field::Title, Field::Organizer, Field::Start, Field::Category, Field::Unit],
    args: &["field"],
    about: Text {
        zh: "没有这一项，记录就无法核对。这是本工具的要求，不是通知的规定。",
        en: "Without it a record cannot be checked. The software needs it; the notice does not ask for it.",
    },
    message: Text { zh: "没有填写{field}", en: "{field} is missing" },
    advice: Text { zh: "请填写{field}", en: "fill in {field}" },
    ..Rule::BASE
};

/// U+FFFD, control characters or mojibake.
pub static GARBLED_TEXT: Rule = Rule {
    id: "garbled-text",
    severity: Severity::Warning,
    args: &["field", "value"],
    about: Text {
        zh: "文字里有替换符、控制字符，或按错误的编码读出的字。",
        en: "The text holds replacement signs, control characters, or signs read in a wrong encoding.",
    },
    message: Text { zh: "{field}里有乱码：“{value}”", en: "{field} is garbled: `{value}`" },
    advice: Text { zh: "请从原文重新复制，或重新输入", en: "copy it again from the original, or type it anew" },
    ..Rule::BASE
};

/// A spreadsheet would run it.
pub static FORMULA_TEXT: Rule = Rule {
    id: "formula-text",
    severity: Severity::Warning,
    args: &["field", "value"],
    about: Text {
        zh: "文字以 =、+、@ 或像算式的 - 开头，电子表格打开时会当作公式运行。",
        en: "The text begins with =, +, @ or a - as of a sum: a spreadsheet would run it as a formula.",
    },
    message: Text {
        zh: "{field}会被电子表格当作公式：“{value}”", en: "a spreadsheet would run {field} as a formula: `{value}`"
    },
    advice: Text {
        zh: "请去掉开头的符号，或在前面写上文字", en: "drop the sign it begins with, or write words before it"
    },
    ..Rule::BASE
};

/// Over 64 KiB, or over 1,000 items.
pub static TOO_LONG: Rule = Rule {
    id: "too-long",
    args: &["field", "bytes", "items"],
    about: Text {
        zh: "一项超过 65,536 字节（约两万汉字），或超过 1,000 条，不再读取。",
        en: "A field over 65,536 bytes of UTF-8 or over 1,000 items is not read.",
    },
    message: Text {
        zh: "{field}太长，没有读取：最多 {bytes} 字节、{items} 条",
        en: "{field} is too long to be read: at most {bytes} bytes and {items} items",
    },
    advice: Text {
        zh: "请缩短；长文或大量附件请改放链接", en: "shorten it; put long texts and many files behind a link"
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge { rules: &[&MISSING_FIELD], fields: Field::ALL, needs: |_| true, of: Of::Lacking(needed), ask: required },
    Judge { rules: &[&TOO_LONG], fields: Field::ALL, needs: |_| true, of: Of::InDoubt, ask: length },
    Judge { rules: &[&GARBLED_TEXT], fields: Field::ALL, needs: |_| true, of: Of::InDoubt, ask: garbled },
    Judge { rules: &[&FORMULA_TEXT], fields: Field::ALL, needs: |_| true, of: Of::InDoubt, ask: formula },
];

/// The field as an argument.
pub(super) fn label(field: Field) -> Arg {
    Arg::Fields(vec![field])
}

/// The fields without which a record says nothing; no kind of activity is asked for where the notice knows none.
pub(crate) fn required_fields(model: &Model) -> impl Iterator<Item = Field> + '_ {
    MISSING_FIELD.fields.iter().copied().filter(|field| *field != Field::Category || !model.categories.is_empty())
}

fn required_of(plan: &Plan, kind: &Kind) -> impl Iterator<Item = Field> {
    required_fields(plan.model()).filter(move |field| field.is_of(kind))
}

fn needed(plan: &Plan, kind: &Kind) -> Option<Vec<Vec<Field>>> {
    Some(required_of(plan, kind).map(|field| vec![field]).collect())
}

fn required<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for field in required_of(case.plan, case.kind()) {
        let given = case.read.is_given(field) || (field == Field::Start && case.read.from_period);
        if given {
            sink.met(Path::field(field), None);
        } else {
            sink.found(&MISSING_FIELD, Path::field(field), None, &|| Details::default().with("field", label(field)));
        }
    }
}

fn length<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for field in case.kind().fields().iter().filter(|field| case.read.is_doubted(**field)) {
        let shown = shown(*field);
        if case.read.is_too_long(*field) {
            sink.found(&TOO_LONG, Path::field(shown), None, &|| {
                let limit = |n: usize| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
                let details = Details::default().with("field", label(shown));
                details.with("bytes", limit(reading::text::MOST_BYTES)).with("items", limit(reading::text::MOST_ITEMS))
            });
        } else {
            sink.met(Path::field(shown), None);
        }
    }
}

fn garbled<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    each_text(case, sink, &GARBLED_TEXT, &|_, text| reading::text::is_garbled(text));
}

fn formula<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    each_text(case, sink, &FORMULA_TEXT, &|field, text| {
        !matches!(field.ty(), FieldType::Phone | FieldType::Count) && reading::text::is_formula(text)
    });
}

/// Asks of every text, item by item; of an unsafe link nothing else is said.
fn each_text<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, rule: &'static Rule, is: &dyn Fn(Field, &str) -> bool) {
    for field in case.kind().fields().iter().copied().filter(|field| case.read.is_doubted(*field)) {
        let mut clean = true;
        let mut say = |path: Path, text: &str| {
            if is(field, text) && !is_unsafe(field, text) {
                clean = false;
                sink.found(rule, path, None, &|| {
                    Details::default().with("field", label(shown(field))).with("value", Arg::Text(text.to_owned()))
                });
            }
        };
        match case.record.cell(field) {
            Cell::List(_) if !field.is_list() => say(Path::field(shown(field)), &reading::text(case.record.cell(field))),
            Cell::Text(text) if !field.is_list() || case.read.is_too_long(field) => say(Path::field(shown(field)), text),
            Cell::Text(_) => case.items(field, &mut |index, text| say(Path::item(field, index), &text)),
            Cell::List(list) => {
                for (index, item) in (0..).zip(list.iter()) {
                    say(Path::item(field, index), &reading::text(item));
                }
            }
            _ => continue,
        }
        if clean {
            sink.met(Path::field(shown(field)), None);
        }
    }
}

fn is_unsafe(field: Field, text: &str) -> bool {
    matches!(field.ty(), FieldType::Link | FieldType::Media) && link::read(text) == link::Link::Unsafe
}

/// Findings about 活动时间 point at `start`.
fn shown(field: Field) -> Field {
    if field == Field::Period { Field::Start } else { field }
}
