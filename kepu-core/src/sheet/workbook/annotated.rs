//! The annotated copy: a file's sheets as they were read, and what was found where it stands.

use rust_xlsxwriter::XlsxError;

use super::page::Page;
use super::{COLUMNS, ROWS, findings, names, refused, workbook};
use crate::error::{Error, What};
use crate::message::{Lang, Text};
use crate::notice::model::Clause;
use crate::record::Field;
use crate::rule::{RuleId, Severity};
use crate::sheet::{Grid, number};
use crate::table::{CheckedFile, CheckedSheet, Placed, TableReport};

impl TableReport {
    /// A copy of one of the [files](TableReport::files) as xlsx: on a first page every finding, with a link to its cell;
    /// behind it each sheet as it was read, its merges and widths kept, the faulty cells coloured by severity and each with a
    /// note that says what is wrong, what settles it, and by which clause. A finding whose column a sheet lacks is marked at
    /// the row's first cell.
    ///
    /// What only all records show, such as a unit that has not handed in, is on the first page where there is no other file:
    /// a city's copy does not name the others.
    ///
    /// ```
    /// use kepu_core::{Book, Lang, Limits, Notice, SheetOptions, TableCheck};
    /// let notice = Notice::bundled("henan-2023")?;
    /// let book = Book::read("活动名称,举办单位\n走近湿地,\n".as_bytes(), "上报.csv", &Limits::default())?;
    /// let mut check = TableCheck::new(&notice.checker(), "2023-09-01".parse()?);
    /// check.book(book, &SheetOptions::of(&notice))?;
    /// let report = check.finish();
    /// for file in report.files() {
    ///     let xlsx = report.annotated(&file, Lang::Zh)?;
    ///     let again = Book::read(&xlsx, "上报.xlsx", &Limits::default())?;
    ///     assert_eq!(again.grids.len(), 1); // the page of findings is known as ours, and no table
    /// }
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the file could not be read, has no sheet of cells, or has more rows or columns than xlsx holds; ask with
    /// [`Error::is_sheet`].
    pub fn annotated(&self, file: &CheckedFile<'_>, lang: Lang) -> Result<Vec<u8>, Error> {
        let copy = Annotated::new(self, file, lang);
        let shown = copy.file;
        if copy.sheets.is_empty() {
            let unread = file.sheets.iter().find_map(|sheet| match sheet {
                CheckedSheet::Unread(unread) => Some(unread.error().clone()),
                CheckedSheet::Table(_) => None,
            });
            return Err(unread.unwrap_or_else(|| {
                Error::other(What::Sheet, format!("“{shown}”没有可抄写的工作表"), format!("`{shown}` has no sheet to be copied"))
            }));
        }
        if let Some(source) = copy.sheets.iter().find(|source| !source.fits()) {
            let name = source.grid.name.as_deref().unwrap_or(shown);
            return Err(Error::other(
                What::Sheet,
                format!("“{name}”超过 {ROWS} 行或 {COLUMNS} 列，.xlsx 装不下；请把原文件拆成几个再核对"),
                format!("`{name}` has more than {ROWS} rows or {COLUMNS} columns, which .xlsx does not hold; split the file"),
            ));
        }
        copy.write().map_err(|fault| refused(&fault))
    }
}

/// How much of what is slow to open is written; the first page has every finding all the same.
#[derive(Clone, Copy)]
pub(super) struct Most {
    /// Notes on a sheet: a program that opens the file makes a drawing of each.
    pub(super) notes: usize,
    /// Links on the first page: Excel opens no sheet with more.
    pub(super) links: u32,
}

const MOST: Most = Most { notes: 2_000, links: 65_530 };

/// The copy of one file.
pub(super) struct Annotated<'a> {
    report: &'a TableReport,
    file: &'a str,
    lang: Lang,
    sheets: Vec<Source<'a>>,
    marks: Vec<Mark>,
    /// The clauses that the marks rest on, each once.
    clauses: Vec<&'a Clause>,
    most: Most,
}

/// A sheet that is copied.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) grid: &'a Grid,
    /// The rows of the header from 0, both included; none where no table was found.
    pub(super) header: Option<(u32, u32)>,
}

/// One finding in words, and where it stands.
pub(super) struct Mark {
    /// From 0; none where it is about all records.
    pub(super) sheet: Option<usize>,
    /// From 0.
    pub(super) row: Option<u32>,
    /// From 0; none where the sheet has no such column.
    pub(super) column: Option<u32>,
    pub(super) severity: Severity,
    pub(super) rule: RuleId,
    /// The column's header, else the field's label.
    pub(super) header: String,
    pub(super) message: String,
    pub(super) advice: String,
    clause: Option<usize>,
}

impl<'a> Annotated<'a> {
    fn new(report: &'a TableReport, file: &CheckedFile<'a>, lang: Lang) -> Annotated<'a> {
        let name = file.name.unwrap_or(Text { zh: "表格", en: "table" }.get(lang));
        let (sheets, marks, clauses) = (Vec::new(), Vec::new(), Vec::new());
        let mut copy = Annotated { report, file: name, lang, sheets, marks, clauses, most: MOST };
        for sheet in &file.sheets {
            match sheet {
                CheckedSheet::Table(table) => {
                    let Some(sheet) = table.as_sheet() else { continue };
                    let (first, last) = sheet.header_rows().into_inner();
                    let header = Some((first.saturating_sub(1), last.saturating_sub(1)));
                    copy.sheets.push(Source { grid: sheet.grid(), header });
                    let place = copy.sheets.len() - 1;
                    table.findings().for_each(|placed| copy.mark(Some(place), &placed));
                }
                CheckedSheet::Unread(unread) => copy.sheets.extend(unread.grid().map(|grid| Source { grid, header: None })),
            }
        }
        if report.files().len() == 1 {
            report.set_findings().for_each(|placed| copy.mark(None, &placed));
        }
        copy
    }

    fn mark(&mut self, sheet: Option<usize>, placed: &Placed<'a>) {
        let (finding, place) = (placed.finding(), placed.place());
        let label = |field: Field| field.label(placed.kind(), self.lang);
        let header = placed.header().or_else(|| placed.field().map(label)).unwrap_or_default();
        let clause = finding.clause().map(|clause| {
            self.clauses.iter().position(|known| *known == clause).unwrap_or_else(|| {
                self.clauses.push(clause);
                self.clauses.len() - 1
            })
        });
        let own_row = placed.row().and_then(|row| u32::try_from(row).ok()?.checked_sub(1));
        self.marks.push(Mark {
            sheet,
            row: place.map(|(row, _)| row).or(own_row),
            column: place.map(|(_, column)| column),
            severity: finding.severity(),
            rule: finding.rule(),
            // A header in two lines is named in one.
            header: header.split_whitespace().collect::<Vec<_>>().join(" "),
            message: finding.message(self.lang),
            advice: finding.advice(self.lang),
            clause,
        });
    }

    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let first = findings::NAME.get(self.lang);
        let stem = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let names = names::names(self.sheets.iter().map(|source| source.grid.name.as_deref().unwrap_or(stem)), first);

        let mut book = workbook(first, Some(self.report.as_of().day()))?;
        let sheets = self.sheets.iter().zip(&names);
        let mut pages: Vec<Page<'_>> = sheets.map(|(source, name)| Page::new(*source, name, self)).collect();
        for mark in &self.marks {
            if let Some(page) = mark.sheet.and_then(|sheet| pages.get_mut(sheet)) {
                page.put(mark);
            }
        }
        findings::write(book.add_worksheet(), self, &pages)?;
        for page in &pages {
            page.write(book.add_worksheet())?;
        }
        book.save_to_buffer()
    }

    pub(super) fn most(&self) -> Most {
        self.most
    }

    pub(super) fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The clause that a mark rests on.
    pub(super) fn clause(&self, mark: &Mark) -> Option<&Clause> {
        mark.clause.and_then(|at| self.clauses.get(at)).copied()
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The file, and how much was found.
    pub(super) fn found(&self) -> String {
        let count = |severity| self.marks.iter().filter(|mark| mark.severity == severity).count();
        let ([errors, warnings, infos], file, all) = (Severity::ALL.map(count), self.file, self.marks.len());
        match self.lang {
            Lang::Zh if all == 0 => format!("“{file}”没有发现问题。"),
            Lang::Zh => format!("“{file}”共有 {all} 条：错误 {errors}、警告 {warnings}、提示 {infos}。"),
            Lang::En if all == 0 => format!("`{file}`: nothing was found."),
            Lang::En => format!("`{file}`: {all} findings: {errors} errors, {warnings} warnings, {infos} infos."),
        }
    }

    /// The sheets in which no table was found; empty where there is none.
    pub(super) fn without_table(&self, pages: &[Page<'_>]) -> String {
        let names = self.sheets.iter().zip(pages).filter(|(source, _)| source.header.is_none());
        let names: Vec<&str> = names.map(|(_, page)| page.name()).collect();
        match (names.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("没有找到表头、未核对的工作表：{}", names.join("、")),
            (false, Lang::En) => format!("sheets without a header, not checked: {}", names.join(", ")),
        }
    }

    /// What was looked for in columns that a sheet does not have, and how often; empty where nothing was.
    pub(super) fn without_column(&self) -> String {
        let mut missing: Vec<(&str, usize)> = Vec::new();
        for mark in self.marks.iter().filter(|mark| mark.row.is_some() && mark.column.is_none()) {
            match missing.iter_mut().find(|(header, _)| *header == mark.header) {
                Some((_, count)) => *count += 1,
                None => missing.push((&mark.header, 1)),
            }
        }
        let mut text = String::new();
        for (header, count) in missing {
            text.push_str(match (text.is_empty(), self.lang) {
                (true, Lang::Zh) => "表中没有这些栏目，问题标在各行的第一格：",
                (true, Lang::En) => "columns that are not there, marked at the first cell of each row: ",
                (false, Lang::Zh) => "、",
                (false, Lang::En) => ", ",
            });
            text.push_str(&match self.lang {
                Lang::Zh => format!("{header} {count} 条"),
                Lang::En => format!("{header}: {count}"),
            });
        }
        text
    }

    /// By what it was checked, so that the verdict can be repeated.
    pub(super) fn basis(&self) -> String {
        let notice = self.report.checker().notice();
        let title = notice.title().unwrap_or(notice.id());
        let mut text = [Text { zh: "核对依据：《", en: "checked by 《" }.get(self.lang), title, "》"].concat();
        if let Some(number) = &notice.model().document.number {
            let (open, close) = if self.lang == Lang::Zh { ("（", "）") } else { (" (", ")") };
            text.push_str(&[open, &number.value, close].concat());
        }
        let as_of = self.report.as_of().to_string();
        self.push(&mut text, Text { zh: "截至 ", en: "as of " }, as_of.strip_suffix("T00:00").unwrap_or(&as_of));
        self.push(&mut text, Text { zh: "kepu ", en: "kepu " }, env!("CARGO_PKG_VERSION"));
        self.push_options(&mut text);
        text
    }

    /// What the caller chose, where it differs from what everybody gets.
    fn push_options(&self, text: &mut String) {
        let options = self.report.checker().options();
        if options.strict_deadlines {
            self.push(text, Text { zh: "期限按最严的理解", en: "deadlines on their strictest reading" }, "");
        }
        if options.roster.is_some() {
            self.push(text, Text { zh: "报送名单由使用者提供", en: "with a roster of the caller's" }, "");
        }
        if !options.only.is_empty() {
            self.push(text, Text { zh: "只核对 ", en: "only " }, &options.only.join(", "));
        }
        if !options.ignore.is_empty() {
            self.push(text, Text { zh: "不核对 ", en: "without " }, &options.ignore.join(", "));
        }
        if let Some(severity) = options.min_severity.filter(|severity| *severity > Severity::Info) {
            self.push(text, Text { zh: "最轻只列到", en: "nothing less grave than " }, severity.label().get(self.lang));
        }
    }

    fn push(&self, text: &mut String, words: Text, more: &str) {
        text.push_str(Text { zh: "；", en: "; " }.get(self.lang));
        text.push_str(words.get(self.lang));
        text.push_str(more);
    }
}

impl Source<'_> {
    /// How many columns the longest row has.
    pub(super) fn width(&self) -> u32 {
        number(self.grid.width())
    }

    fn fits(&self) -> bool {
        number(self.grid.height()) <= ROWS && self.width() <= COLUMNS
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::notice::Notice;
    use crate::sheet::{Book, Limits, SheetOptions};
    use crate::table::TableCheck;

    #[test]
    fn beyond_what_a_program_can_draw_cells_are_coloured_and_the_first_page_is_complete_and_says_so() {
        let notice = Notice::bundled("henan-2023").unwrap();
        let rows: String = (0..9).map(|at| format!("活动{at},新乡市科协,地方主场活动,9月31日\n")).collect();
        let text = format!("活动名称,举办单位,活动类别,开始日期\n{rows}");
        let mut check = TableCheck::new(&notice.checker(), "2023-09-01".parse().unwrap());
        let book = Book::read(text.as_bytes(), "a.csv", &Limits::default()).unwrap();
        check.book(book, &SheetOptions::of(&notice)).unwrap();
        let report = check.finish();
        let most = Most { notes: 4, links: 6 };
        let xlsx = Annotated { most, ..Annotated::new(&report, &report.files()[0], Lang::Zh) }.write().unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
        let mut count = |part: &str, what: &str| {
            let mut text = String::new();
            archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
            text.matches(what).count()
        };
        assert_eq!(count("xl/comments1.xml", "<comment "), 4);
        assert_eq!(count("xl/worksheets/sheet1.xml", "<hyperlink "), 6);
        assert_eq!(count("xl/sharedStrings.xml", "批注只加到一部分单元格"), 1);
        assert_eq!(count("xl/worksheets/sheet1.xml", "<row "), 4 + 9 + 1);
    }
}
