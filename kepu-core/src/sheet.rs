//! Sheets as people send them: the table that a grid of cells holds, found under its titles and read row by row.
//!
//! `design.md` part 4, “Sheets, as people send them”, and `reading.md`, “Fields and the headers that name them”.

mod columns;
#[cfg(feature = "files")]
mod files;
mod grid;
mod header;
mod merges;
mod rows;

use crate::error::{Error, What};
use crate::record::{Cell, Field, Kind, Record};

pub use columns::{Column, ColumnRole};
#[cfg(feature = "files")]
pub use files::{Book, Encoding, Format, Limits, Note};
pub use grid::{Grid, Merge};
pub use rows::{Reason, Skipped};

use columns::Columns;
use header::Vocabulary;
use merges::Merges;

/// What the caller knows of a sheet beforehand.
///
/// ```
/// use kepu_core::{Kind, SheetOptions};
/// let activities = SheetOptions { kinds: vec![Kind::ACTIVITY], ..SheetOptions::default() };
/// # let _ = activities;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOptions {
    /// The kinds of record that the sheet may hold. Of several, the one whose fields the header names most; the first
    /// of those that it names alike. None: activities, then work summaries.
    pub kinds: Vec<Kind>,
    /// Headers of the caller's and the fields they stand for, by id, label or alias: they win over every other name.
    pub columns: Vec<(String, String)>,
    /// The fields that every record needs: where the same header stands twice and names one, the sheet is refused.
    pub required: Vec<Field>,
}

impl SheetOptions {
    fn kinds(&self) -> &[Kind] {
        if self.kinds.is_empty() { const { &[Kind::ACTIVITY, Kind::SUMMARY] } } else { &self.kinds }
    }
}

impl Default for SheetOptions {
    fn default() -> SheetOptions {
        SheetOptions {
            kinds: vec![Kind::ACTIVITY, Kind::SUMMARY],
            columns: Vec::new(),
            required: vec![Field::Title, Field::Organizer, Field::Start, Field::Category, Field::Unit],
        }
    }
}

/// The table found in a grid: which column is which field, which rows are records, and which are not and why.
///
/// ```
/// use kepu_core::{Cell, CellBuf, Field, Grid, Record, Sheet, SheetOptions};
/// let text = |cells: &[&str]| cells.iter().map(|cell| CellBuf::from(*cell)).collect();
/// let grid = Grid::new(vec![
///     text(&["新乡市全国科普日活动统计表"]),
///     text(&["序号", "活动名称", "主办单位", "活动时间"]),
///     text(&["1", "走近湿地", "新乡市科协", "9月19日"]),
///     text(&["合计", "1"]),
/// ]);
/// let sheet = Sheet::new(grid, &SheetOptions::default())?;
/// let record = sheet.records().next().expect("one record");
/// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
/// assert_eq!((record.row(), record.address(Field::Title).as_deref()), (3, Some("B3")));
/// assert_eq!(sheet.skipped().len(), 1);
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sheet {
    grid: Grid,
    file: Option<String>,
    kind: Kind,
    vocabulary: Vocabulary,
    columns: Columns,
    merges: Merges,
    /// The first row of the header, and the first row behind it.
    header: (usize, usize),
    /// The grid's rows that are records.
    records: Vec<u32>,
    skipped: Vec<Skipped>,
}

impl Sheet {
    /// Finds the table in a grid.
    ///
    /// # Errors
    /// If no row among the first twenty names two fields; if the same header stands twice for a field that every record
    /// needs ([`Error::is_sheet`]); if a column of the caller's stands for no field ([`Error::is_name`]).
    pub fn new(grid: Grid, options: &SheetOptions) -> Result<Sheet, Error> {
        header::are_fields(&options.columns, options.kinds())?;
        let head = header::Head::of(&grid);
        let (mut best, mut best_kind): (Option<(Vocabulary, header::Place)>, _) = (None, None);
        for kind in options.kinds() {
            let vocabulary = Vocabulary::new(kind, &options.columns);
            if let Some(place) = head.find(&vocabulary)
                && best.as_ref().is_none_or(|(_, known)| place.fields > known.fields)
            {
                (best, best_kind) = (Some((vocabulary, place)), Some(kind.clone()));
            }
        }
        let (Some((vocabulary, place)), Some(kind)) = (best, best_kind) else {
            return Err(no_header(&grid));
        };
        let columns = Columns::new(&head, &place);
        if let Some(header) = columns.ambiguous(&options.required) {
            return Err(twice(&grid, header));
        }
        let merges = Merges::new(&grid, place.behind, &columns);
        let mut sheet = Sheet {
            grid,
            file: None,
            kind,
            vocabulary,
            columns,
            merges,
            header: (place.first, place.behind),
            records: Vec::new(),
            skipped: Vec::new(),
        };
        rows::sort_out(&mut sheet);
        Ok(sheet)
    }

    /// How many fields the header of a grid names, 0 where none is found: what the separator of a CSV is chosen by.
    pub fn fields_named(grid: &Grid, options: &SheetOptions) -> usize {
        let head = header::Head::of(grid);
        let named = |kind| head.find(&Vocabulary::new(kind, &options.columns)).map(|place| place.fields);
        options.kinds().iter().filter_map(named).max().unwrap_or_default()
    }

    /// The sheet with the name of the file that it came from.
    #[must_use]
    pub fn of_file(mut self, file: impl Into<String>) -> Sheet {
        self.file = Some(file.into());
        self
    }

    /// The file, as the caller named it.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// What the spreadsheet calls the sheet.
    pub fn name(&self) -> Option<&str> {
        self.grid.name.as_deref()
    }

    /// The kind of record that the sheet holds: the caller's word, or what its header says.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The cells as they came.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The rows of the header as the spreadsheet shows them, from 1: one row, or two.
    pub fn header_rows(&self) -> std::ops::RangeInclusive<u32> {
        shown(self.header.0)..=number(self.header.1)
    }

    /// What stands above the header: the texts of each row that has some.
    pub fn titles(&self) -> impl Iterator<Item = String> {
        self.grid.rows.iter().take(self.header.0).filter_map(|row| {
            let mut line = String::new();
            for cell in row.iter().map(crate::record::CellBuf::cell).filter(|cell| !crate::reading::is_empty(*cell)) {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(crate::reading::text(cell).trim());
            }
            (!line.is_empty()).then_some(line)
        })
    }

    /// The columns that have a header, or values without one, from left to right.
    pub fn columns(&self) -> &[Column] {
        self.columns.all()
    }

    /// Whether some column is read as a field.
    pub fn has(&self, field: Field) -> bool {
        !self.columns.of(field).is_empty()
    }

    /// The field that the header of an unread column may have meant.
    pub fn nearest(&self, column: &Column) -> Option<Field> {
        self.vocabulary.nearest(&column.header)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// One record, by its number from 0.
    pub fn record(&self, number: usize) -> Option<Row<'_>> {
        self.records.get(number).map(|at| Row { sheet: self, number, at: *at })
    }

    /// The records in order.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.records.iter().enumerate().map(|(number, at)| Row { sheet: self, number, at: *at })
    }

    /// The rows below the header that are no records, and why.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The value of a cell: that of the merge that it begins a row of, nothing where a merge hides it.
    fn value(&self, row: u32, column: u32) -> Cell<'_> {
        match self.merges.over(row, column) {
            None => self.grid.cell(row, column),
            Some((first_row, first_column)) if first_column == column => self.grid.cell(first_row, column),
            Some(_) => Cell::Empty,
        }
    }
}

/// One record of a sheet. It borrows the sheet and remembers where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    number: usize,
    at: u32,
}

impl<'a> Row<'a> {
    /// Its number among the sheet's records, from 0.
    pub fn number(self) -> usize {
        self.number
    }

    /// Its row as the spreadsheet shows it, from 1.
    pub fn row(self) -> u32 {
        self.at.saturating_add(1)
    }

    /// The sheet that it stands in.
    pub fn sheet(self) -> &'a Sheet {
        self.sheet
    }

    /// The file, as the caller named it.
    pub fn file(self) -> Option<&'a str> {
        self.sheet.file()
    }

    /// Where a field's cell stands: `C5`, of a merge its first cell; none without such a column.
    pub fn address(self, field: Field) -> Option<String> {
        self.column(field).map(|column| self.address_of(column))
    }

    /// The header over a field's cell, as it is written.
    pub fn header(self, field: Field) -> Option<&'a str> {
        self.column(field).map(|column| &*column.header)
    }

    /// Where the cell under a column stands, of a merge its first cell.
    pub fn address_of(self, column: &Column) -> String {
        let (row, column) = self.sheet.merges.over(self.at, column.index).unwrap_or((self.at, column.index));
        address(row, column)
    }

    /// The cell under any column, read as a field or not.
    pub fn value(self, column: &Column) -> Cell<'a> {
        self.sheet.value(self.at, column.index)
    }

    /// The columns that no field of this record is read from, with their cells; empty ones left out.
    pub fn others(self) -> impl Iterator<Item = (&'a Column, Cell<'a>)> {
        self.sheet.columns().iter().filter_map(move |column| {
            let is_read = column.role.field().and_then(|field| self.column(field)).is_some_and(|read| read.index == column.index);
            let cell = self.value(column);
            (!is_read && !crate::reading::is_empty(cell)).then_some((column, cell))
        })
    }

    /// Of the columns of a field the first that is filled here; the first of all where none is.
    fn column(self, field: Field) -> Option<&'a Column> {
        let columns = self.sheet.columns.of(field);
        let filled = |column: &&Column| !crate::reading::is_empty(self.value(column));
        let mut named = columns.iter().filter_map(|at| self.sheet.columns.all().get(*at));
        if columns.len() == 1 {
            return named.next();
        }
        named.clone().find(filled).or(named.next())
    }
}

impl Record for Row<'_> {
    fn kind(&self) -> &Kind {
        &self.sheet.kind
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.column(field).map_or(Cell::Empty, |column| self.value(column))
    }
}

/// A cell's place as spreadsheets write it; row and column from 0.
pub(crate) fn address(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// A column's letters; from 0.
pub(crate) fn column_name(column: u32) -> String {
    let (mut letters, mut rest) = ([b'A'; 7], u64::from(column) + 1);
    let mut from = letters.len();
    while rest > 0 && from > 0 {
        from -= 1;
        if let (Some(letter), Ok(digit)) = (letters.get_mut(from), u8::try_from((rest - 1) % 26)) {
            *letter = b'A' + digit;
        }
        rest = (rest - 1) / 26;
    }
    letters.get(from..).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or_default().to_owned()
}

/// A number of rows or columns; what does not fit is beyond every spreadsheet.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A row as the spreadsheet shows it, from 1.
fn shown(row: usize) -> u32 {
    number(row).saturating_add(1)
}

/// How much of a refused sheet its error shows.
const SHOWN: (usize, usize, usize) = (5, 8, 20);

fn no_header(grid: &Grid) -> Error {
    let (rows, columns, signs) = SHOWN;
    let mut first = String::new();
    for (at, row) in grid.rows.iter().enumerate().take(rows) {
        first.push_str(&format!("\n{}: ", at + 1));
        for (column, cell) in row.iter().enumerate().take(columns) {
            if column > 0 {
                first.push_str(" | ");
            }
            let text = crate::reading::text(cell.cell());
            first.extend(text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(signs));
            if text.chars().nth(signs).is_some() {
                first.push('…');
            }
        }
        if row.len() > columns {
            first.push_str(" | …");
        }
    }
    if first.is_empty() {
        first.push_str("\n-");
    }
    let name = grid.name.as_deref().unwrap_or("-");
    Error::other(
        What::Sheet,
        format!("工作表“{name}”前 20 行里没有表头：至少要有两列以字段命名，例如“活动名称”“举办单位”。开头几行是：{first}"),
        format!(
            "no header in the first 20 rows of sheet `{name}`: at least two columns must be named by fields, such as `活动名称` and `举办单位`. It begins:{first}"
        ),
    )
}

fn twice(grid: &Grid, header: &str) -> Error {
    let name = grid.name.as_deref().unwrap_or("-");
    Error::other(
        What::Sheet,
        format!("工作表“{name}”的表头“{header}”出现了两次，无法确定读取哪一列：请改名或删去其中一列"),
        format!(
            "the header `{header}` stands twice in sheet `{name}`, so nobody can know which column is meant: rename or delete one of them"
        ),
    )
}

#[cfg(test)]
mod tests;
