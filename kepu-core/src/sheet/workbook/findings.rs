//! The first page of an annotated copy: every finding, with a link to its cell.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::annotated::{Annotated, Mark};
use super::page::Page;
use super::{OURS, ROWS, cells, look};
use crate::message::{Lang, Text};
use crate::rule::Severity;
use crate::sheet::{address, number};

pub(super) const NAME: Text = Text { zh: "问题清单", en: "Findings" };

const COLUMNS: [(Text, u32); 11] = [
    (Text { zh: "序号", en: "No." }, 6),
    (Text { zh: "程度", en: "severity" }, 8),
    (Text { zh: "工作表", en: "sheet" }, 12),
    (Text { zh: "单元格", en: "cell" }, 8),
    (Text { zh: "栏目", en: "column" }, 13),
    (Text { zh: "问题", en: "what is wrong" }, 38),
    (Text { zh: "建议", en: "advice" }, 32),
    (Text { zh: "条款", en: "clause" }, 8),
    (Text { zh: "通知原文", en: "the notice's words" }, 36),
    (Text { zh: "规则含义", en: "what the rule means" }, 36),
    (Text { zh: "规则", en: "rule" }, 20),
];

/// The last column that is printed: what the rules mean is for the screen.
const PRINTED: u16 = 8;

/// Lines that a row shows.
const TALLEST: u32 = 8;

/// The findings that a sheet has rows for, below its header and above a last row that says how many there are more.
const MOST: u32 = ROWS - 10;

const HOW: Text = Text {
    zh: "点“单元格”可跳到原处；原处的批注写有问题、建议和依据。没有条款的，是数据本身不能用，通知没有规定。",
    en: "`cell` is a link; the note there says what is wrong, what settles it and by which clause. Without a clause it is the data that cannot be used, not the notice that asks.",
};
const FEWER_NOTES: Text = Text {
    zh: "问题较多，批注只加到一部分单元格，其余只标颜色；本页齐全。",
    en: "There are many findings: some cells are coloured and have no note; this page is complete.",
};
const NO_CLAUSE: Text =
    Text { zh: "（通知没有规定，数据本身的要求）", en: "(not in the notice: needed for the data to be used)" };
const WHOLE: Text = Text { zh: "（全部记录）", en: "(all records)" };

pub(super) fn write(sheet: &mut Worksheet, copy: &Annotated<'_>, pages: &[Page<'_>]) -> Result<(), XlsxError> {
    let lang = copy.lang();
    sheet.set_name(NAME.get(lang))?;
    look::page(sheet)?;
    look::fit(sheet);
    cells::text(sheet, (0, 0), &[NAME.get(lang), OURS.get(lang)].concat(), &look::title(), lang)?;
    sheet.set_row_height(0, 28)?;
    let mut how = HOW.get(lang).to_owned();
    if pages.iter().any(Page::lacks_notes) {
        how.push_str(FEWER_NOTES.get(lang));
    }
    let mut header = 1;
    let lines = [copy.found(), copy.basis(), how, copy.without_column(), copy.without_table(pages)];
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let look = if header == 1 { look::plain() } else { look::lead() };
        cells::text(sheet, (header, 0), line, &look, lang)?;
        header += 1;
    }
    look::hold(sheet, header, header, 0)?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS) {
        cells::text(sheet, (header, column), name.get(lang), &look::header(), lang)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(header, 24)?;

    let (marks, looks) = (copy.marks(), Looks::new());
    for (number, mark) in (1..=MOST).zip(marks) {
        looks.row(sheet, header + number, (number, mark), copy, pages)?;
    }
    let count = number(marks.len());
    let last = header + count.min(MOST);
    if count > 0 {
        sheet.autofilter(header, 0, last, 10)?;
    }
    if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
        let words = match lang {
            Lang::Zh => format!("另有 {more} 条，一张工作表装不下，没有列出"),
            Lang::En => format!("{more} more, which a sheet has no rows for"),
        };
        cells::text(sheet, (last + 1, 5), &words, &look::boxed(), lang)?;
    }
    sheet.set_print_area(0, 0, (last + 1).min(ROWS - 1), PRINTED)?;
    Ok(())
}

/// The looks of the list, made once.
struct Looks {
    text: Format,
    centred: Format,
    link: Format,
    quiet: Format,
    severities: [(Severity, Format); 3],
}

impl Looks {
    fn new() -> Looks {
        let severities = Severity::ALL.map(|severity| (severity, look::severe(look::centred(), severity)));
        Looks { text: look::boxed(), centred: look::centred(), link: look::link(), quiet: look::quiet(), severities }
    }

    fn row(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        (number, mark): (u32, &Mark),
        copy: &Annotated<'_>,
        pages: &[Page<'_>],
    ) -> Result<(), XlsxError> {
        let lang = copy.lang();
        let page = mark.sheet.and_then(|sheet| pages.get(sheet));
        let known = |(severity, _): &&(Severity, Format)| *severity == mark.severity;
        let severe = self.severities.iter().find(known).map_or(&self.centred, |(_, look)| look);
        let (clause, quote, quoted) = match copy.clause(mark) {
            Some(clause) => (&*clause.number, &*clause.quote, &self.text),
            None => ("—", NO_CLAUSE.get(lang), &self.quiet),
        };
        let texts = [
            (1, mark.severity.label().get(lang), severe),
            (2, page.map_or(WHOLE.get(lang), Page::name), &self.text),
            (4, &mark.header, &self.text),
            (5, &mark.message, &self.text),
            (6, &mark.advice, &self.text),
            (7, clause, &self.centred),
            (8, quote, quoted),
            (9, mark.rule.about().get(lang), &self.quiet),
            (10, mark.rule.id(), &self.quiet),
        ];
        let mut lines = 1;
        for (column, text, look) in texts {
            cells::text(sheet, (row, column), text, look, lang)?;
            let width = COLUMNS.get(usize::from(column)).map_or(0, |(_, width)| *width);
            lines = lines.max(cells::lines(text, width));
        }
        if let Some(height) = cells::height(lines, TALLEST) {
            sheet.set_row_height(row, height)?;
        }
        sheet.write_number_with_format(row, 0, number, &self.centred)?;
        match page.and_then(|page| Some((page, page.cell_of(mark)?))) {
            None => _ = sheet.write_blank(row, 3, &self.centred)?,
            Some((page, cell)) => {
                let shown = address(cell.0, cell.1);
                if number <= copy.most().links {
                    let target = format!("internal:'{}'!{shown}", page.name().replace('\'', "''"));
                    sheet.write_url_with_options(row, 3, Url::new(target), shown, "", Some(&self.link))?;
                } else {
                    cells::text(sheet, (row, 3), &shown, &self.centred, lang)?;
                }
            }
        }
        Ok(())
    }
}
