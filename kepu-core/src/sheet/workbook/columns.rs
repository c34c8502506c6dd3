//! The columns of a template: what stands above each, and what its cells take.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign, Formula, XlsxError,
};

use super::cells::{self, Shape, day_of, width};
use super::{example, look, names::cut, template};
use crate::checker::{Checker, plan};
use crate::form::{Ask, FormField};
use crate::message::{Lang, Text};
use crate::notice::model::{Modality, Moment, Node, Role};
use crate::reading::day::iso;
use crate::record::{CellBuf, Field, FieldType, Kind};
use crate::rules::period;
use crate::schema;
use crate::sheet::column_name;

/// UTF-16 units in the title and the text of an input message, or of a warning.
const TITLE: usize = 32;
const MESSAGE: usize = 255;

/// One column.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) is_required: bool,
    /// How it is filled in, in the sheet.
    pub(super) told: String,
    /// The same and more, beside a cell that is chosen.
    message: String,
    pub(super) example: CellBuf,
    pub(super) example_text: String,
    pub(super) choices: Vec<String>,
    /// Whether something else than a choice is asked about.
    is_closed: bool,
    ty: FieldType,
    days: Option<Bounds>,
    /// In digits.
    pub(super) width: u32,
}

/// The days that a cell of a column may hold without being asked about.
struct Bounds {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    what: String,
}

/// The columns of a kind of record.
pub(super) fn of(checker: &Checker, kind: &Kind, lang: Lang) -> Vec<Column> {
    let form = checker.form(kind);
    let example = example::record(checker, kind, &form);
    form.iter().map(|asked| Column::new(checker, asked, &example, lang)).collect()
}

impl Column {
    fn new(checker: &Checker, asked: &FormField, example: &example::Example, lang: Lang) -> Column {
        let zh = asked.field.label(&asked.kind, Lang::Zh);
        // A header is read by its Chinese name; a note in brackets is no part of it.
        let label = match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => format!("{zh} ({})", asked.field.label(&asked.kind, lang)),
        };
        let lines = told(asked, lang);
        let ours = Text { zh: "必填（填写要求）", en: "required (by the software)" };
        let told = if asked.is_required { joined(&[ours.get(lang), &lines]) } else { lines.clone() };
        let mut choices: Vec<String> = asked.choices.iter().map(|choice| choice.name.clone()).collect();
        // An activity shows all the marks: the first choice is all of them.
        if asked.field == Field::Marks && choices.len() > 1 {
            choices.insert(0, choices.join("；"));
        }
        let example = example.cell(asked.field);
        let example_text = crate::reading::text(example.cell()).into_owned();
        Column {
            is_required: asked.is_required,
            message: message(checker, asked, &lines, lang),
            is_closed: asked.is_closed,
            ty: asked.field.ty(),
            days: bounds(checker, asked),
            width: across(asked, &label, &choices, &example_text),
            label,
            told,
            example,
            example_text,
            choices,
        }
    }

    pub(super) fn header(&self) -> String {
        if self.is_required { format!("{} *", self.label) } else { self.label.clone() }
    }

    /// A look with the number format of what the column holds. A text stays what is typed: a phone keeps its nought.
    pub(super) fn format(&self, look: Format) -> Format {
        match self.ty {
            FieldType::Day => look::shaped(look, Shape::Day),
            FieldType::Moment => look::shaped(look, Shape::Moment),
            FieldType::Count => look.set_num_format("0").set_align(FormatAlign::Center),
            _ => look.set_num_format("@"),
        }
    }

    /// What is said beside a chosen cell, the drop-down, and what is asked about.
    pub(super) fn validation(&self, at: u16, lang: Lang) -> Result<DataValidation, XlsxError> {
        let (rule, doubt) = match &self.days {
            _ if !self.choices.is_empty() => {
                let letters = column_name(u32::from(at));
                let range = format!("='{}'!${letters}$1:${letters}${}", template::CHOICES.get(lang), self.choices.len());
                let not_listed =
                    Text { zh: "不在列表中。确定要这样填写吗？", en: "This is not on the list. Keep it?" };
                let doubt = self.is_closed.then(|| not_listed.get(lang).to_owned());
                (DataValidation::new().allow_list_formula(Formula::new(range)), doubt)
            }
            Some(days) => (days.rule(), Some(days.doubt(lang))),
            None => (DataValidation::new().allow_any_value(), None),
        };
        let rule = rule.set_input_title(cut(&self.label, TITLE))?.set_input_message(&*self.message)?;
        let Some(doubt) = doubt else { return Ok(rule.show_error_message(false)) };
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning).set_error_title(cut(&self.label, TITLE))?;
        rule.set_error_message(&*cells::bounded(&doubt, MESSAGE, lang))
    }
}

impl Bounds {
    fn rule(&self) -> DataValidation {
        let any = DataValidation::new();
        match (self.first.and_then(day_of), self.last.and_then(end_of)) {
            (Some(first), Some(last)) => any.allow_date(DataValidationRule::Between(first, last)),
            (Some(first), None) => any.allow_date(DataValidationRule::GreaterThanOrEqualTo(first)),
            (None, Some(last)) => any.allow_date(DataValidationRule::LessThanOrEqualTo(last)),
            (None, None) => any.allow_any_value(),
        }
    }

    fn doubt(&self, lang: Lang) -> String {
        let (days, what) = (in_words(self.first, self.last, lang), &self.what);
        match lang {
            Lang::Zh => format!("不是日期，或不在“{what}”的日子里（{days}）。请核对年月日；确定要这样填写吗？"),
            Lang::En => format!("No day, or not within `{what}` ({days}). Check it. Keep it?"),
        }
    }
}

/// The last second of a day: a cell may hold a time.
fn end_of(day: NaiveDate) -> Option<ExcelDateTime> {
    day_of(day)?.and_hms(23, 59, 59.0).ok()
}

/// `2023-09-17 至 2023-09-23`, or one side of it: as a day is written into the column.
fn in_words(first: Option<NaiveDate>, last: Option<NaiveDate>, lang: Lang) -> String {
    match (first, last, lang) {
        (Some(first), Some(last), Lang::Zh) => format!("{} 至 {}", iso(first), iso(last)),
        (Some(first), None, Lang::Zh) => format!("{} 起", iso(first)),
        (None, Some(last), Lang::Zh) => format!("{} 止", iso(last)),
        (Some(first), Some(last), Lang::En) => format!("{} to {}", iso(first), iso(last)),
        (Some(first), None, Lang::En) => format!("from {}", iso(first)),
        (None, Some(last), Lang::En) => format!("until {}", iso(last)),
        (None, None, _) => String::new(),
    }
}

/// The days beyond which a cell is asked about: for an activity those of the limits, where the notice has some, since beside
/// the window it may be held too; else what the form names. Of several any will do: from the first day of all to the last.
fn bounds(checker: &Checker, asked: &FormField) -> Option<Bounds> {
    let day = |moment: Option<Moment>| moment.and_then(plan::day);
    let is_activity_day = matches!(asked.field, Field::Start | Field::End);
    let periods = checker.notice().model().periods.iter();
    let limits = periods.filter(|period| is_activity_day && period.role == Role::Limit);
    let mut spans: Vec<(String, Option<NaiveDate>, Option<NaiveDate>)> =
        limits.map(|limit| (period::name(limit), day(limit.start), day(limit.end))).collect();
    if spans.is_empty() {
        spans = asked.spans.iter().map(|span| (span.what.clone(), day(span.first), day(span.last))).collect();
    }
    // A side that one of them leaves open is open.
    let first = spans.iter().map(|(_, first, _)| *first).collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().min());
    let last = spans.iter().map(|(.., last)| *last).collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().max());
    let mut what: Vec<&str> = spans.iter().map(|(what, ..)| what.as_str()).collect();
    what.dedup();
    (first.is_some() || last.is_some()).then(|| Bounds { first, last, what: what.join("、") })
}

/// How a column is filled in, line by line.
fn told(asked: &FormField, lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    let form = match (asked.choices.is_empty(), asked.field.is_list(), asked.field.ty()) {
        (false, false, _) => Some(Text { zh: "从列表中选择", en: "choose from the list" }),
        (false, true, _) => {
            Some(Text { zh: "从列表中选择；多项用“；”隔开", en: "choose from the list; `；` between several" })
        }
        (true, true, FieldType::Media) => {
            Some(Text { zh: "文件名或链接；多个用“；”隔开", en: "file names or links; `；` between several" })
        }
        (true, true, FieldType::Link) => Some(Text {
            zh: "以 http:// 或 https:// 开头；多个用“；”隔开",
            en: "http:// or https://; `；` between several",
        }),
        (true, true, _) => Some(Text { zh: "多个用“；”隔开", en: "`；` between several" }),
        (true, false, FieldType::Day) => Some(Text { zh: "年-月-日", en: "year-month-day" }),
        (true, false, FieldType::Moment) => {
            Some(Text { zh: "年-月-日，可加 时:分", en: "year-month-day, may have hour:minute" })
        }
        (true, false, FieldType::Count) => Some(Text { zh: "填数字", en: "a number" }),
        (true, false, FieldType::Phone) => {
            Some(Text { zh: "手机，或带区号的座机", en: "mobile, or landline with its area code" })
        }
        (true, false, FieldType::Link) => Some(Text { zh: "以 http:// 或 https:// 开头", en: "http:// or https://" }),
        _ => None,
    };
    lines.extend(form.map(|form| form.get(lang).to_owned()));
    if asked.field == Field::End {
        lines.push(Text { zh: "只有一天的可以不填", en: "may be left out for a single day" }.get(lang).to_owned());
    }
    for span in asked.spans.iter().filter(|_| asked.field != Field::End) {
        let days = in_words(span.first.and_then(plan::day), span.last.and_then(plan::day), lang);
        if !days.is_empty() {
            lines.push(format!(
                "{}{}{days}{}",
                span.what,
                Text { zh: "：", en: ": " }.get(lang),
                clause(&span.clause.number, lang)
            ));
        }
    }
    lines.extend(asked.asks.iter().filter_map(|ask| asked_by_notice(ask, lang)));
    lines.join("\n")
}

/// What the notice itself asks of the field, in its own degree: 可 asks for nothing.
fn asked_by_notice(ask: &Ask, lang: Lang) -> Option<String> {
    let is_afterwards = matches!(ask.from, Some(Moment::Relative { field: Field::Start | Field::End, .. }));
    let words = match (ask.modality, is_afterwards) {
        (Modality::Must, true) => Text { zh: "活动举办后应补充", en: "must be added after the activity" },
        (Modality::Must, false) => Text { zh: "应填写", en: "must be filled in" },
        (Modality::Should, true) => Text { zh: "活动举办后请补充", en: "please add after the activity" },
        (Modality::Should, false) => Text { zh: "请填写", en: "please fill in" },
        (Modality::May, _) => return None,
    };
    let mut text = words.get(lang).to_owned();
    if let Some(most) = ask.max_chars {
        text.push_str(&match lang {
            Lang::Zh => format!("，{most} 字以内"),
            Lang::En => format!(", up to {most} characters"),
        });
    }
    if let Some(due) = ask.due.and_then(plan::day) {
        text.push_str(Text { zh: "，最晚 ", en: ", by " }.get(lang));
        text.push_str(&iso(due));
    }
    text.push_str(&clause(&ask.clause.number, lang));
    Some(text)
}

/// `（通知四(三)）`.
fn clause(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（通知{number}）"),
        Lang::En => format!(" (notice {number})"),
    }
}

/// What the notice suggests for a field without a list of its own, by what its hints are about.
const SUGGESTED: &[(Field, &[&str])] =
    &[(Field::Title, &["series"]), (Field::Venue, &["venue"]), (Field::Description, &["form", "topic"])];

/// Lines, without the empty ones.
fn joined(lines: &[&str]) -> String {
    lines.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join("\n")
}

/// What stands beside a chosen cell: how it is filled in, and as many of the notice's suggestions as there is room for.
fn message(checker: &Checker, asked: &FormField, told: &str, lang: Lang) -> String {
    let model = checker.notice().model();
    let about = SUGGESTED.iter().find(|(field, _)| *field == asked.field).map_or(&[][..], |(_, about)| *about);
    let mut suggested: Vec<&str> = Vec::new();
    collect(&model.categories, about, &mut suggested);
    collect(&model.content_areas, about, &mut suggested);
    let mut text = joined(&[if asked.is_required { schema::OURS.get(lang) } else { "" }, told]);
    if text.is_empty() && suggested.is_empty() {
        asked.field.label(&asked.kind, lang).clone_into(&mut text);
    }
    if suggested.is_empty() {
        return cells::bounded(&text, MESSAGE, lang).into_owned();
    }
    text.push_str(if text.is_empty() { "" } else { "\n" });
    text.push_str(Text { zh: "通知提到的有：", en: "the notice mentions: " }.get(lang));
    let (between, end) = (Text { zh: "、", en: ", " }.get(lang), Text { zh: "等", en: " …" }.get(lang));
    let units = |text: &str| text.encode_utf16().count();
    let mut room = MESSAGE.saturating_sub(units(&text) + units(end));
    for (index, item) in suggested.iter().enumerate() {
        let before = if index > 0 { between } else { "" };
        let Some(rest) = room.checked_sub(units(before) + units(item)) else { break };
        room = rest;
        text.push_str(before);
        text.push_str(item);
    }
    text.push_str(end);
    text
}

/// The items of hints about some things, over a whole tree, each once.
fn collect<'n>(nodes: &'n [Node], about: &[&str], items: &mut Vec<&'n str>) {
    for node in nodes {
        for item in node.hints.iter().filter(|hint| about.contains(&&*hint.about)).flat_map(|hint| &hint.items) {
            if !items.contains(&item.as_str()) {
                items.push(item);
            }
        }
        collect(&node.items, about, items);
    }
}

/// How wide a column is: its header and its choices fit, a long text takes several lines.
fn across(asked: &FormField, label: &str, choices: &[String], example: &str) -> u32 {
    let longest = choices.iter().map(|choice| width(choice)).max().unwrap_or_default();
    let text = match asked.field {
        Field::Description | Field::Report => 40,
        Field::Title | Field::Organizer | Field::Unit => 26,
        Field::Start | Field::SubmittedOn | Field::PublishedOn => 18,
        _ => width(example) + 2,
    };
    (width(label) + 4).max(longest + 2).max(text).clamp(13, 40)
}
