//! Many tables checked together: each record where it stands, and what only all of them show.
//!
//! Command line, Python and browser hand their sheets (or lists of records) to one [`TableCheck`], and show its
//! [`TableReport`]. A finding is kept as a few numbers; its words, arguments and fix are made again when somebody looks.

mod findings;
mod named;
mod records;
mod report;
mod spot;
mod unread;
mod wire;

use std::sync::Arc;

use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::Error;
use crate::record::{Kind, Record};
use crate::set::{RowKey, SetCheck};
use crate::sheet::Grid;
#[cfg(feature = "files")]
use crate::sheet::{Book, Note, Sheet, SheetOptions};
use crate::tally::Tally;

pub use findings::{Findings, Placed};
pub use named::NamedRows;
#[cfg(feature = "arrow")]
pub(crate) use named::no_field;
use records::{Reader, TableRow};
pub use records::{Records, Table};
#[cfg(feature = "files")]
pub use report::FileNote;
pub use report::{Checked, CheckedFile, CheckedSheet, SkippedRow, TableReport, Unread};
use spot::{Clauses, Own, Part, Spot, Twice};
pub use unread::{Missing, UnreadColumn};
pub use wire::TableWire;

/// What is called with the number of records that were checked.
type Watcher = Box<dyn FnMut(u64) + Send>;

/// How often the watcher is called, in records.
const STEP: usize = 1 << 12;

/// Checks tables together: every record of each, and what only all of them show.
///
/// ```
/// use std::sync::Arc;
/// use kepu_core::{CellBuf, Grid, Lang, Notice, Sheet, SheetOptions, TableCheck};
/// let text = |cells: &[&str]| cells.iter().map(|cell| CellBuf::from(*cell)).collect();
/// let grid = Grid::new(vec![
///     text(&["编号", "活动名称", "主办单位", "活动类别", "活动时间"]),
///     text(&["XX-1", "走近湿地", "新乡市科协", "地方主场活动", "9月31日"]),
///     text(&["XX-1", "科普大篷车", "新乡市科协", "地方主场活动", "9月20日"]),
/// ]);
/// let sheet = Sheet::new(grid, &SheetOptions::default())?.of_file("新乡.xlsx");
///
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let mut check = TableCheck::new(&checker, "2023-09-01".parse()?);
/// check.table(Arc::new(sheet));
/// let report = check.finish();
///
/// let found: Vec<_> = report.findings().map(|placed| (placed.row(), placed.cell(), placed.finding().rule().id())).collect();
/// assert_eq!(found, [
///     (Some(2), Some("E2".to_owned()), "unreadable-date"),
///     (Some(3), Some("A3".to_owned()), "duplicate-id"),
/// ]);
/// assert!(report.is_blocked());
/// # Ok::<(), kepu_core::Error>(())
/// ```
pub struct TableCheck {
    checker: Checker,
    as_of: AsOf,
    parts: Vec<Part>,
    clauses: Clauses,
    /// One for each kind of record that came.
    sets: Vec<SetCheck>,
    tally: Tally,
    unread: Vec<Unread>,
    #[cfg(feature = "files")]
    notes: Vec<FileNote>,
    /// The file that came last, where one has come.
    last_file: Option<Option<String>>,
    /// The place of the file that came last, and of the sheet that comes next in it.
    places: (u32, u32),
    watcher: Option<Watcher>,
    done: u64,
}

impl TableCheck {
    /// A check of no table yet.
    pub fn new(checker: &Checker, as_of: AsOf) -> TableCheck {
        TableCheck {
            checker: checker.clone(),
            as_of,
            parts: Vec::new(),
            clauses: Clauses::default(),
            sets: Vec::new(),
            tally: Tally::default(),
            unread: Vec::new(),
            #[cfg(feature = "files")]
            notes: Vec::new(),
            last_file: None,
            places: (0, 0),
            watcher: None,
            done: 0,
        }
    }

    /// Calls `watcher` now and then with the number of records that were checked, of all tables together.
    #[must_use]
    pub fn watched(mut self, watcher: impl FnMut(u64) + Send + 'static) -> TableCheck {
        self.watcher = Some(Box::new(watcher));
        self
    }

    /// Checks the records of one table. Tables of one file stand one behind the other.
    pub fn table(&mut self, table: Arc<dyn Table>) {
        if self.last_file.as_ref().map(Option::as_deref) != Some(table.file()) {
            self.begin(table.file());
        }
        self.add(table);
    }

    /// Checks every table of a file. What holds none is listed ([`TableReport::unread`]), but for empty sheets.
    ///
    /// # Errors
    /// If a column of the caller's stands for no field ([`Error::is_name`]).
    #[cfg(feature = "files")]
    pub fn book(&mut self, book: Book, options: &SheetOptions) -> Result<(), Error> {
        options.check()?;
        self.begin(Some(&book.file));
        let names: Vec<Option<String>> = book.grids.iter().map(|grid| grid.name.clone()).collect();
        let encoding = book.encoding.and_then(Note::of_encoding);
        for note in encoding.into_iter().chain(book.notes) {
            let sheet = note.sheet.and_then(|sheet| names.get(sheet).cloned().flatten());
            self.notes.push(FileNote { file: book.file.clone(), sheet, note });
        }
        let (from, is_empty) = (self.unread.len(), |grid: &Grid| grid.rows().flatten().all(crate::reading::is_empty));
        let all_are_empty = book.grids.iter().all(is_empty);
        let mut has_table = false;
        for grid in book.grids {
            if is_empty(&grid) && !all_are_empty {
                self.places.1 += 1;
                continue;
            }
            match Sheet::find(grid, options) {
                Ok(sheet) => {
                    has_table = true;
                    self.add(Arc::new(sheet.of_file(&book.file)));
                }
                Err(refused) => {
                    let (grid, error) = *refused;
                    let is_aside = Sheet::fields_named(&grid, options) == 0;
                    self.refuse(Some(book.file.clone()), Some(grid), error, is_aside);
                }
            }
        }
        for unread in self.unread.iter_mut().skip(from) {
            unread.is_aside &= has_table;
        }
        Ok(())
    }

    /// Lists a file that could not be opened or read.
    pub fn unreadable(&mut self, file: &str, error: Error) {
        self.begin(Some(file));
        self.refuse(Some(file.to_owned()), None, error, false);
    }

    /// Lists a file that could not be opened, with the system's word why.
    pub fn unopened(&mut self, file: &str, why: impl std::fmt::Display) {
        self.unreadable(file, Error::unopened(file, why));
    }

    /// A file begins.
    fn begin(&mut self, file: Option<&str>) {
        let next = if self.last_file.is_none() { 0 } else { self.places.0.saturating_add(1) };
        (self.places, self.last_file) = ((next, 0), Some(file.map(str::to_owned)));
    }

    /// The place of the next sheet of this file.
    fn next_place(&mut self) -> (u32, u32) {
        let place = self.places;
        self.places.1 = place.1.saturating_add(1);
        place
    }

    fn refuse(&mut self, file: Option<String>, grid: Option<Grid>, error: Error, is_aside: bool) {
        let place = self.next_place();
        self.unread.push(Unread { file, place, grid, error, is_aside });
    }

    fn add(&mut self, table: Arc<dyn Table>) {
        let ((file, place), number) = (self.next_place(), self.parts.len());
        self.set_of(table.kind());
        let mut part = Part { file, place, table: Arc::clone(&table), spots: Vec::new(), twice: Vec::new() };
        let mut row = Reader::new(&*table);
        for record in 0..table.len() {
            row.turn_to(record);
            self.record(&row, key(number, record), record, &mut part.spots);
            if record % STEP == STEP - 1 {
                self.tell(STEP);
            }
        }
        self.tell(table.len() % STEP);
        part.spots.shrink_to_fit();
        self.parts.push(part);
    }

    fn record(&mut self, row: &Reader<'_>, key: RowKey, record: usize, spots: &mut Vec<Spot>) {
        let report = self.checker.glance(row, self.as_of);
        for finding in &report.findings {
            spots.push(Spot::new(record, finding, &mut self.clauses));
        }
        if let Some(set) = self.sets.iter_mut().find(|set| set.kind() == row.kind()) {
            set.add(key, &report);
        }
        self.tally.add(&report);
    }

    /// The set of a kind, there from now on.
    fn set_of(&mut self, kind: &Kind) {
        if !self.sets.iter().any(|set| set.kind() == kind) {
            self.sets.push(SetCheck::at_hand(&self.checker, kind.clone(), self.as_of));
        }
    }

    fn tell(&mut self, records: usize) {
        self.done = self.done.saturating_add(u64::try_from(records).unwrap_or_default());
        if let Some(watcher) = &mut self.watcher {
            watcher(self.done);
        }
    }

    /// Lends a record that was checked.
    fn lend(&self, key: RowKey, take: &mut dyn FnMut(&dyn Record)) {
        let at = |place: u64| usize::try_from(place).ok();
        if let (Some(part), Some(record)) = (at(key.sheet.into()).and_then(|place| self.parts.get(place)), at(key.row)) {
            take(&TableRow { table: &*part.table, record });
        }
    }

    /// What was found in all of them.
    pub fn finish(mut self) -> TableReport {
        // The set's own findings stand in the order of the notice's kinds.
        let kinds = self.checker.notice().kinds();
        self.sets.sort_by_key(|set| kinds.iter().position(|kind| kind == set.kind()).unwrap_or(kinds.len()));
        let mut own = Vec::new();
        for set in &self.sets {
            let twice = set.twice(&|key, take| self.lend(key, take));
            self.tally.add_outstanding(set);
            own.extend(set.own().into_iter().map(|finding| Own::new(finding, &mut self.clauses)));
            for twice in twice {
                if let Some(part) = usize::try_from(twice.row.sheet).ok().and_then(|place| self.parts.get_mut(place)) {
                    part.twice.push(Twice::new(&twice));
                }
            }
        }
        own.iter().for_each(|own| self.tally.count(own.rule(), 1));
        self.parts.iter().flat_map(|part| &part.twice).for_each(|twice| self.tally.count(twice.rule(), 1));
        TableReport {
            checker: self.checker,
            as_of: self.as_of,
            parts: self.parts,
            clauses: self.clauses,
            own,
            tally: self.tally,
            unread: self.unread,
            #[cfg(feature = "files")]
            notes: self.notes,
        }
    }
}

/// The key of a record: tables stand in the order in which they came.
fn key(place: usize, record: usize) -> RowKey {
    RowKey { file: 0, sheet: u32::try_from(place).unwrap_or(u32::MAX), row: u64::try_from(record).unwrap_or(u64::MAX) }
}

#[cfg(test)]
#[cfg(feature = "files")]
mod tests;
