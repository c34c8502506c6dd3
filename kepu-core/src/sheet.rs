//! Sheets as people send them: the table that a grid of cells holds, found under its titles and read row by row.
//!
//! `design.md` part 4, “Sheets, as people send them”, and `reading.md`, “Fields and the headers that name them”.

mod columns;
#[cfg(feature = "files")]
mod files;
mod grid;
mod header;
mod merges;
mod named;
mod refused;
#[cfg(feature = "files")]
mod roster;
mod row;
mod rows;
#[cfg(feature = "files")]
mod workbook;

use crate::error::Error;
use crate::notice::Notice;
use crate::record::{Cell, Field, Kind};
use crate::rules::{MISSING_FIELD, required_fields};

pub use columns::{Column, ColumnRole};
#[cfg(feature = "files")]
pub use files::{Book, CsvPieces, Encoding, Format, Limits, Note, Progress};
pub use grid::{Grid, Merge};
pub(crate) use named::Named;
pub use row::Row;
pub use rows::{Reason, Skipped};

use columns::Columns;
use header::Vocabulary;
use merges::Merges;

/// What the caller knows of a sheet beforehand.
///
/// ```
/// use kepu_core::{Kind, Notice, SheetOptions};
/// let notice = Notice::bundled("henan-2023")?;
/// let activities = SheetOptions { kinds: vec![Kind::ACTIVITY], ..SheetOptions::of(&notice) };
/// # let _ = activities;
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOptions {
    /// The kinds of record that the sheet may hold. Of several, the one whose fields the header names most; the first
    /// of those that it names alike. None given: activities, then work summaries, as where nothing is known of the notice.
    pub kinds: Vec<Kind>,
    /// Headers of the caller's and the fields they stand for, by id, label or alias: they win over every other name.
    pub columns: Vec<(String, String)>,
    /// The fields that every record needs: where the same header stands twice and names one, the sheet is refused.
    pub required: Vec<Field>,
}

impl SheetOptions {
    /// What a notice says of the sheets that are sent for it: its kinds of record, and the fields that they need.
    ///
    /// ```
    /// use kepu_core::{Field, Kind, Notice, SheetOptions};
    /// let options = SheetOptions::of(&Notice::bundled("henan-2023")?);
    /// assert_eq!(options.kinds, [Kind::ACTIVITY, Kind::SUMMARY]);
    /// assert!(options.required.contains(&Field::Category));
    /// let options = SheetOptions::of(&Notice::from_json(r#"{ "format": 1, "id": "mine", "year": 2024 }"#)?);
    /// assert!(!options.required.contains(&Field::Category), "nothing is asked that the notice does not know");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn of(notice: &Notice) -> SheetOptions {
        let required = required_fields(notice.model()).collect();
        SheetOptions { kinds: notice.kinds().to_vec(), columns: Vec::new(), required }
    }

    /// That every column of the caller's stands for a field.
    #[cfg(feature = "files")]
    pub(crate) fn check(&self) -> Result<(), Error> {
        header::are_fields(&self.columns, self.kinds())
    }

    fn kinds(&self) -> &[Kind] {
        if self.kinds.is_empty() { const { &[Kind::ACTIVITY, Kind::SUMMARY] } } else { &self.kinds }
    }
}

impl Default for SheetOptions {
    fn default() -> SheetOptions {
        SheetOptions { kinds: vec![Kind::ACTIVITY, Kind::SUMMARY], columns: Vec::new(), required: MISSING_FIELD.fields.to_vec() }
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
    /// How many rows stood between the header and the first row below it here: pieces of one sheet share its header.
    passed: u32,
}

impl Sheet {
    /// Finds the table in a grid.
    ///
    /// # Errors
    /// If no row among the first twenty names two fields; if the same header stands twice for a field that every record
    /// needs ([`Error::is_sheet`]); if a column of the caller's stands for no field ([`Error::is_name`]).
    pub fn new(grid: Grid, options: &SheetOptions) -> Result<Sheet, Error> {
        Sheet::find(grid, options).map_err(|refused| refused.1)
    }

    /// Finds the table, or gives back the grid in which there is none that can be read.
    pub(crate) fn find(grid: Grid, options: &SheetOptions) -> Result<Sheet, Box<(Grid, Error)>> {
        match Sheet::without_cells(&grid, options) {
            Ok(mut sheet) => {
                sheet.grid = grid;
                rows::sort_out(&mut sheet);
                Ok(sheet)
            }
            Err(error) => Err(Box::new((grid, error))),
        }
    }

    fn without_cells(grid: &Grid, options: &SheetOptions) -> Result<Sheet, Error> {
        header::are_fields(&options.columns, options.kinds())?;
        let head = header::Head::of(grid);
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
            return Err(refused::no_header(grid));
        };
        let columns = Columns::new(&head, &place);
        if let Some(header) = columns.ambiguous(&options.required) {
            return Err(refused::twice(grid.name.as_deref(), header));
        }
        let merges = Merges::new(grid, place.behind, &columns);
        Ok(Sheet {
            grid: Grid::default(),
            file: None,
            kind,
            vocabulary,
            columns,
            merges,
            header: (place.first, place.behind),
            records: Vec::new(),
            skipped: Vec::new(),
            passed: 0,
        })
    }

    /// The next piece of the same sheet: the rows up to its header, and others behind as many as have passed.
    #[cfg(feature = "files")]
    fn continued(&self, grid: Grid, passed: u32) -> Sheet {
        let (file, kind, vocabulary) = (self.file.clone(), self.kind.clone(), self.vocabulary.clone());
        let (columns, merges, header) = (self.columns.clone(), self.merges.clone(), self.header);
        let (records, skipped) = (Vec::new(), Vec::new());
        let mut sheet = Sheet { grid, file, kind, vocabulary, columns, merges, header, records, skipped, passed };
        rows::sort_out(&mut sheet);
        sheet
    }

    /// The place of a row of the grid in the whole sheet, from 0.
    fn shown(&self, row: u32) -> u32 {
        let is_below = usize::try_from(row).is_ok_and(|row| row >= self.header.1);
        if is_below { row.saturating_add(self.passed) } else { row }
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
        self.grid.rows().take(self.header.0).filter_map(|row| {
            let mut line = String::new();
            for cell in row.filter(|cell| !crate::reading::is_empty(*cell)) {
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

#[cfg(test)]
mod tests;
