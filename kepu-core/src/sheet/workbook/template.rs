//! The blank sheet for cities to fill in.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::{self, lines};
use super::columns::Column;
use super::{COLUMNS, OURS, ROWS, column, look, names, reference, refused, workbook};
use crate::checker::Checker;
use crate::error::{Error, What};
use crate::message::{Lang, Text};
use crate::record::{Kind, headers};

/// The rows above the header, from 0: they are read as titles, so that the example never counts as a record, filled in or
/// forgotten.
const TOLD: u32 = 2;
const EXAMPLE: u32 = 3;
const HEADER: u32 = 4;
pub(super) const FIRST: u32 = HEADER + 1;
/// The rows that are drawn; what the columns say holds below them too.
const DRAWN: u32 = 200;
pub(super) const LAST: u32 = ROWS - 1;

pub(super) const CHOICES: Text = Text { zh: "选项", en: "Choices" };
const NOTICE: Text = Text { zh: "通知要点", en: "The notice" };
const LEAD: Text = Text {
    zh: "从表头下一行起填写，一行一条。带 * 的是填写要求（本工具需要，不是通知的规定）。表头以上各行（含示例）只供参考，不会读作记录，不必删除。",
    en: "Fill in from the row below the header, one record a row. * is asked for by the software, not by the notice. The rows above the header, the example too, are not read as records and may stay.",
};

impl Checker {
    /// A blank sheet for a kind of record, as xlsx: under a title and an example the header, `*` at what the software needs;
    /// below it columns with drop-downs, days and input messages from the notice. A second sheet says what the notice dates
    /// and what it lists, each with its clause. Units are those of the checker's rosters.
    ///
    /// What a cell holds that is on no list, or beyond the notice's days, is asked about and may stay. The example stands
    /// above the header, where nothing is read as a record.
    ///
    /// ```
    /// use kepu_core::{Book, Kind, Lang, Limits, Notice, Sheet, SheetOptions};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let xlsx = checker.template(&Kind::ACTIVITY, Lang::Zh)?;
    /// let mut book = Book::read(&xlsx, "填报表.xlsx", &Limits::default())?;
    /// let sheet = Sheet::new(book.grids.remove(0), &SheetOptions::default())?;
    /// assert!(sheet.is_empty() && book.grids.is_empty()); // no record yet, and no other table
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the notice asks for no such kind of record; ask with [`Error::is_name`].
    pub fn template(&self, kind: &Kind, lang: Lang) -> Result<Vec<u8>, Error> {
        if !self.notice().kinds().contains(kind) {
            let known: Vec<&str> = self.notice().kinds().iter().map(Kind::id).collect();
            let (id, known) = (kind.id(), known.join(", "));
            return Err(Error::other(
                What::Name,
                format!("通知没有要求“{id}”这类记录，可以写：{known}"),
                format!("the notice asks for no record of kind `{id}`, known: {known}"),
            ));
        }
        write(self, kind, lang).map_err(|fault| refused(&fault))
    }
}

fn write(checker: &Checker, kind: &Kind, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let title = title(checker, kind, lang);
    let issued = checker.notice().model().document.issued.as_ref().map(|issued| issued.value);
    let columns = super::columns::of(checker, kind, lang);
    let sheets = names::names([title.as_str(), NOTICE.get(lang)], CHOICES.get(lang));
    let [first, second] = sheets.as_slice() else { return Err(XlsxError::ParameterError(title)) };

    let mut book = workbook(&title, issued)?;
    fill(book.add_worksheet().set_name(first)?, &title, &columns, lang)?;
    reference::write(book.add_worksheet().set_name(second)?, checker, kind, lang)?;
    choices(book.add_worksheet(), &columns, lang)?;
    book.save_to_buffer()
}

/// What the sheet is called: after the thing owed, where it is one.
fn title(checker: &Checker, kind: &Kind, lang: Lang) -> String {
    let owed = crate::rules::deadlines(checker.plan(), kind).next();
    match (owed, lang) {
        (Some(deadline), Lang::Zh) => format!("{}报送表", deadline.what),
        (Some(deadline), Lang::En) => format!("{}: submissions", deadline.what),
        (None, Lang::Zh) => "活动填报表".to_owned(),
        (None, Lang::En) => "Activities".to_owned(),
    }
}

fn fill(sheet: &mut Worksheet, title: &str, columns: &[Column], lang: Lang) -> Result<(), XlsxError> {
    look::page(sheet)?;
    // The first columns up to what a record is called stay in sight.
    let held = columns.iter().position(|column| column.is_required).map_or(0, |at| at + 2);
    let held = u16::try_from(held).unwrap_or_default();
    look::hold(sheet, HEADER, HEADER, held)?;
    // Too wide for one page: the held columns stand on each.
    sheet.set_repeat_columns(0, held.saturating_sub(1))?.set_print_scale(75);
    cells::text(sheet, (0, 0), title, &look::title(), lang)?;
    sheet.set_row_height(0, 28)?;
    cells::text(sheet, (1, 0), LEAD.get(lang), &look::lead(), lang)?;
    sheet.set_row_height(1, 20)?;

    let names = [(TOLD, Text { zh: "说明", en: "notes" }), (EXAMPLE, Text { zh: "示例", en: "example" })];
    for (row, name) in names {
        cells::text(sheet, (row, 0), name.get(lang), &look::told().set_align(rust_xlsxwriter::FormatAlign::Center), lang)?;
    }
    cells::text(sheet, (HEADER, 0), headers::ROW_NUMBER.get(lang), &look::header(), lang)?;
    sheet.set_column_width(0, 8)?;
    let number = look::centred();
    for row in FIRST..FIRST + DRAWN {
        sheet.write_blank(row, 0, &number)?;
    }

    for (at, column) in (1_u16..).zip(columns) {
        write_column(sheet, at, column, lang)?;
    }
    let tallest =
        |text: fn(&Column) -> &str| columns.iter().map(|column| lines(text(column), column.width + 2)).max().unwrap_or(1);
    sheet.set_row_height(TOLD, 12 * tallest(|column| &column.told).min(8) + 6)?;
    sheet.set_row_height(EXAMPLE, 12 * tallest(|column| &column.example_text).min(6) + 6)?;
    sheet.set_row_height(HEADER, 30)?;
    Ok(())
}

fn write_column(sheet: &mut Worksheet, at: u16, column: &Column, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_column_width(at, column.width)?;
    // Below what is drawn a text stays a text and a day a day.
    sheet.set_column_format(at, &column.format(look::plain()))?;
    cells::text(sheet, (TOLD, at), &column.told, &look::told(), lang)?;
    cells::write(sheet, (EXAMPLE, at), column.example.cell(), &column.format(look::example()), lang)?;
    let header = if column.is_required { look::required() } else { look::header() };
    cells::text(sheet, (HEADER, at), &column.header(), &header, lang)?;
    let blank = column.format(look::boxed());
    for row in FIRST..FIRST + DRAWN {
        sheet.write_blank(row, at, &blank)?;
    }
    sheet.add_data_validation(FIRST, at, LAST, at, &column.validation(at, lang)?)?;
    Ok(())
}

/// The drop-downs' lists, hidden: what a rule itself can hold ends at 255 signs.
fn choices(sheet: &mut Worksheet, columns: &[Column], lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(CHOICES.get(lang))?.set_hidden(true);
    let plain = look::plain();
    cells::text(sheet, (0, 0), &[CHOICES.get(lang), OURS.get(lang)].concat(), &plain, lang)?;
    for (at, of) in (1..COLUMNS).zip(columns) {
        for (row, choice) in (0_u32..).zip(&of.choices) {
            cells::text(sheet, (row, column(at)?), choice, &plain, lang)?;
        }
    }
    Ok(())
}
