//! The second sheet of a template: what the notice dates, and what it lists, each with its clause and words.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{OURS, cells, day_in_words, look};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::form::{Choice, FormField};
use crate::message::{Lang, Text};
use crate::notice::model::{Clause, Hint, Moment};
use crate::record::{Field, Kind};

const WIDTHS: [u32; 6] = [20, 34, 24, 46, 10, 60];

const DATES: Text = Text { zh: "时间节点", en: "What is dated" };
const DATES_HEAD: [Text; 6] = [
    Text { zh: "事项", en: "what" },
    Text { zh: "开始", en: "from" },
    Text { zh: "截止", en: "until" },
    Text { zh: "由谁报送", en: "owed by" },
    Text { zh: "条款", en: "clause" },
    Text { zh: "通知原文", en: "the notice's words" },
];

const LISTS: Text = Text { zh: "可选内容", en: "What may be chosen" };
const LISTS_HEAD: [Text; 6] = [
    Text { zh: "栏目", en: "column" },
    Text { zh: "名称", en: "name" },
    Text { zh: "所属", en: "under" },
    Text { zh: "通知提到的", en: "what the notice mentions" },
    Text { zh: "条款", en: "clause" },
    Text { zh: "通知原文", en: "the notice's words" },
];

pub(super) fn write(sheet: &mut Worksheet, checker: &Checker, kind: &Kind, lang: Lang) -> Result<(), XlsxError> {
    let notice = checker.notice();
    look::page(sheet)?;
    look::fit(sheet);
    for (at, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let mut lines = Lines { sheet, row: 0, lang, head: look::header(), text: look::boxed(), centred: look::centred() };
    let title = [notice.title().unwrap_or(notice.id()), OURS.get(lang)].concat();
    lines.heading(&title, &look::title(), 28)?;
    if let Some(number) = &notice.model().document.number {
        lines.heading(&number.value, &look::lead(), 20)?;
    }
    lines.dates(checker)?;
    lines.lists(&checker.form(kind))
}

struct Lines<'s> {
    sheet: &'s mut Worksheet,
    row: u32,
    lang: Lang,
    head: Format,
    text: Format,
    centred: Format,
}

impl Lines<'_> {
    fn heading(&mut self, text: &str, look: &Format, height: u32) -> Result<(), XlsxError> {
        cells::text(self.sheet, (self.row, 0), text, look, self.lang)?;
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn head(&mut self, name: Text, head: [Text; 6]) -> Result<(), XlsxError> {
        self.row += 1;
        self.heading(name.get(self.lang), &look::heading(), 24)?;
        for (at, name) in (0_u16..).zip(head) {
            cells::text(self.sheet, (self.row, at), name.get(self.lang), &self.head, self.lang)?;
        }
        self.sheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, texts: [&str; 4], clause: &Clause) -> Result<(), XlsxError> {
        for (at, text) in (0_u16..).zip(texts) {
            cells::text(self.sheet, (self.row, at), text, &self.text, self.lang)?;
        }
        let all = texts.into_iter().chain([clause.number.as_str(), &clause.quote]).zip(WIDTHS);
        if let Some(height) = cells::height(all.map(|(text, width)| cells::lines(text, width)).max().unwrap_or(1), 20) {
            self.sheet.set_row_height(self.row, height)?;
        }
        cells::text(self.sheet, (self.row, 4), &clause.number, &self.centred, self.lang)?;
        cells::text(self.sheet, (self.row, 5), &clause.quote, &self.text, self.lang)?;
        self.row += 1;
        Ok(())
    }

    fn dates(&mut self, checker: &Checker) -> Result<(), XlsxError> {
        // Where each stands today is not asked: a template is kept.
        let Some(any) = chrono::NaiveDate::from_ymd_opt(checker.notice().year(), 1, 1) else { return Ok(()) };
        let timeline = checker.notice().timeline(AsOf::from(any));
        if timeline.is_empty() {
            return Ok(());
        }
        self.head(DATES, DATES_HEAD)?;
        for milestone in timeline {
            let tentative =
                Text { zh: "（通知写的是“拟”，日期可能变动）", en: " (tentative in the notice: 拟)" };
            let end = if milestone.is_tentative() { tentative.get(self.lang) } else { "" };
            let what = [milestone.what(), end].concat();
            let (first, last) = (self.moment(milestone.first()), self.moment(milestone.last()));
            self.line([&what, &first, &last, &milestone.owed_by().join("\n")], milestone.clause())?;
        }
        Ok(())
    }

    /// A day, or a minute, in words.
    fn moment(&self, moment: Option<Moment>) -> String {
        match moment {
            Some(Moment::Day(day)) => day_in_words(day, self.lang),
            Some(Moment::Minute(minute)) => {
                let mut text = day_in_words(minute.date(), self.lang);
                text.push(' ');
                crate::message::push_clock(crate::as_of::minute_of(minute.time()), &mut text);
                text
            }
            _ => String::new(),
        }
    }

    /// What the notice itself lists; places are known without it, and what is built in rests on no clause.
    fn lists(&mut self, form: &[FormField]) -> Result<(), XlsxError> {
        let listed = |asked: &&FormField| asked.field != Field::Region && asked.choices.iter().any(|one| one.clause.is_some());
        let fields: Vec<&FormField> = form.iter().filter(listed).collect();
        if fields.is_empty() {
            return Ok(());
        }
        self.head(LISTS, LISTS_HEAD)?;
        for asked in fields {
            for choice in &asked.choices {
                self.choice(asked, choice)?;
            }
        }
        Ok(())
    }

    fn choice(&mut self, asked: &FormField, choice: &Choice) -> Result<(), XlsxError> {
        let Some(clause) = &choice.clause else { return Ok(()) };
        let label = asked.field.label(&asked.kind, self.lang);
        let hints: Vec<String> = choice.hints.iter().map(|hint| self.hint(hint)).collect();
        self.line([label, &choice.name, &choice.groups.join(" / "), &hints.join("\n")], clause)
    }

    fn hint(&self, hint: &Hint) -> String {
        let (between, end) = match self.lang {
            Lang::Zh => ("、", if hint.open { "等" } else { "" }),
            Lang::En => (", ", if hint.open { " …" } else { "" }),
        };
        [&hint.items.join(between), end].concat()
    }
}
