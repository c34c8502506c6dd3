//! What was found in many tables, and what was not read.

use super::Table;
use super::findings::Findings;
use super::spot::{Clauses, Own, Part, Spot};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::Error;
#[cfg(feature = "files")]
use crate::message::Lang;
use crate::record::Kind;
use crate::rule::{RuleId, Severity};
#[cfg(feature = "files")]
use crate::sheet::Note;
use crate::sheet::{Grid, Sheet, Skipped};
use crate::stamp::Stamp;
use crate::tally::Tally;

/// What was found in all tables: the findings where they stand, and all that was skipped or not read.
///
/// It owns the tables, so that it can be kept and handed between threads.
pub struct TableReport {
    pub(super) checker: Checker,
    pub(super) as_of: AsOf,
    pub(super) parts: Vec<Part>,
    pub(super) clauses: Clauses,
    pub(super) own: Vec<Own>,
    pub(super) tally: Tally,
    pub(super) unread: Vec<Unread>,
    #[cfg(feature = "files")]
    pub(super) notes: Vec<FileNote>,
}

/// A grid from which no table was read.
#[derive(Debug, Clone)]
pub struct Unread {
    pub(super) file: Option<String>,
    /// The place of its file among all files, and its own in the file.
    pub(super) place: (u32, u32),
    pub(super) grid: Option<Grid>,
    pub(super) error: Error,
    pub(super) is_aside: bool,
}

impl Unread {
    /// The file.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// What the spreadsheet calls the sheet; none where the file itself could not be read.
    pub fn sheet(&self) -> Option<&str> {
        self.grid.as_ref().and_then(|grid| grid.name.as_deref())
    }

    /// Its cells, where it has some.
    pub fn grid(&self) -> Option<&Grid> {
        self.grid.as_ref()
    }

    /// Why it was not read, and the way out.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Whether it only stands beside a table of the same file, such as a sheet of hints: nothing that looks like a table is
    /// lost.
    pub fn is_aside(&self) -> bool {
        self.is_aside
    }
}

/// Something about a file that its reader should know: how its characters were read, what was hidden.
#[cfg(feature = "files")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    pub(super) file: String,
    pub(super) sheet: Option<String>,
    pub(super) note: Note,
}

#[cfg(feature = "files")]
impl FileNote {
    /// The file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What the spreadsheet calls the sheet; none where it is about the file.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// It in words.
    pub fn message(&self, lang: Lang) -> &str {
        self.note.message(lang)
    }
}

/// One file: its sheets in its own order.
#[derive(Clone)]
pub struct CheckedFile<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// Its sheets.
    pub sheets: Vec<CheckedSheet<'a>>,
}

/// One sheet of a file.
#[derive(Clone, Copy)]
pub enum CheckedSheet<'a> {
    /// A table was found in it and checked.
    Table(Checked<'a>),
    /// No table was read from it, or the file itself could not be read.
    Unread(&'a Unread),
}

/// A row that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedRow<'a> {
    /// The file.
    pub file: Option<&'a str>,
    /// What the spreadsheet calls the sheet.
    pub sheet: Option<&'a str>,
    /// The row and the reason.
    pub skipped: Skipped,
}

/// One table that was checked.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    report: &'a TableReport,
    part: &'a Part,
}

impl<'a> CheckedSheet<'a> {
    /// The file.
    pub fn file(self) -> Option<&'a str> {
        match self {
            CheckedSheet::Table(table) => table.file(),
            CheckedSheet::Unread(unread) => unread.file(),
        }
    }

    /// Its cells; none where the file itself could not be read, or where it is no sheet.
    pub fn grid(self) -> Option<&'a Grid> {
        match self {
            CheckedSheet::Table(table) => table.as_sheet().map(Sheet::grid),
            CheckedSheet::Unread(unread) => unread.grid(),
        }
    }
}

impl TableReport {
    /// The checker, with its notice and the caller's options.
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// The moment at which the question was asked.
    pub fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// The tables that were checked, in order.
    pub fn tables(&self) -> impl ExactSizeIterator<Item = Checked<'_>> {
        self.parts.iter().map(|part| Checked { report: self, part })
    }

    /// Every finding, in order; what the set itself shows comes last.
    pub fn findings(&self) -> Findings<'_> {
        Findings::new(self, &self.parts, &self.own)
    }

    /// What the set itself shows, of no record: who has not handed in, quotas.
    pub fn set_findings(&self) -> Findings<'_> {
        Findings::new(self, &[], &self.own)
    }

    /// How many records were checked.
    pub fn records(&self) -> usize {
        self.parts.iter().map(|part| part.table.len()).sum()
    }

    /// How many records have nothing to say of.
    pub fn clean(&self) -> usize {
        let found: usize = self.parts.iter().map(|part| part.rows(&|_, _| true)).sum();
        self.records().saturating_sub(found)
    }

    /// How many records have an error that can still be put right.
    pub fn blocked(&self) -> usize {
        self.parts.iter().map(|part| part.rows(&|rule, severity| severity == Severity::Error && rule.can_block())).sum()
    }

    /// The rule and the gravity of every finding, in no particular order: counted without a word being made.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, Severity)> {
        let spots = self.parts.iter().flat_map(|part| part.spots.iter().map(|spot| (spot.rule(), spot.severity)));
        let twice = self.parts.iter().flat_map(|part| part.twice.iter().map(|twice| (twice.rule(), twice.severity)));
        spots.chain(twice).chain(self.own.iter().map(|own| (own.rule(), own.severity)))
    }

    /// How many findings are so grave.
    pub fn count(&self, severity: Severity) -> usize {
        self.rules().filter(|(_, other)| *other == severity).count()
    }

    /// Whether there is no error.
    pub fn is_accepted(&self) -> bool {
        self.rules().all(|(_, severity)| severity < Severity::Error)
    }

    /// Whether some error can still be put right by its sender.
    pub fn is_blocked(&self) -> bool {
        self.rules().any(|(rule, severity)| severity == Severity::Error && rule.can_block())
    }

    /// The sums of all tables, with what only the set shows.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Under what the verdict was given.
    pub fn stamp(&self) -> Stamp {
        Stamp::new(&self.checker, self.as_of)
    }

    /// The rows that are no records, and why.
    pub fn skipped(&self) -> impl Iterator<Item = SkippedRow<'_>> {
        self.tables().flat_map(|table| {
            table.table().skipped().iter().map(move |skipped| SkippedRow {
                file: table.file(),
                sheet: table.sheet(),
                skipped: *skipped,
            })
        })
    }

    /// The grids and files from which no table was read, and why.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Whether every file was read, and every table in it.
    pub fn is_whole(&self) -> bool {
        self.unread.iter().all(Unread::is_aside)
    }

    /// What the readers of the files should know.
    #[cfg(feature = "files")]
    pub fn notes(&self) -> &[FileNote] {
        &self.notes
    }

    /// The files in the order in which they came, each with its sheets.
    pub fn files<'a>(&'a self) -> Vec<CheckedFile<'a>> {
        let tables = self.tables().map(|table| ((table.part.file, table.part.place), CheckedSheet::Table(table)));
        let unread = self.unread.iter().map(|unread| (unread.place, CheckedSheet::Unread(unread)));
        let mut sheets: Vec<_> = tables.chain(unread).collect();
        sheets.sort_by_key(|(place, _)| *place);
        let file = |sheets: &[((u32, u32), CheckedSheet<'a>)]| CheckedFile {
            name: sheets.first().and_then(|(_, sheet)| sheet.file()),
            sheets: sheets.iter().map(|(_, sheet)| *sheet).collect(),
        };
        sheets.chunk_by(|(a, _), (b, _)| a.0 == b.0).map(file).collect()
    }
}

impl<'a> Checked<'a> {
    pub(super) fn report(self) -> &'a TableReport {
        self.report
    }

    pub(super) fn spots(self) -> &'a [Spot] {
        &self.part.spots
    }

    /// The table.
    pub fn table(self) -> &'a dyn Table {
        &*self.part.table
    }

    /// The sheet, where it is one.
    pub fn as_sheet(self) -> Option<&'a Sheet> {
        self.part.table.as_sheet()
    }

    /// The file.
    pub fn file(self) -> Option<&'a str> {
        self.part.table.file()
    }

    /// What the spreadsheet calls the sheet.
    pub fn sheet(self) -> Option<&'a str> {
        self.part.table.sheet()
    }

    /// The kind of its records.
    pub fn kind(self) -> &'a Kind {
        self.part.table.kind()
    }

    /// The findings of its records, in order.
    pub fn findings(self) -> Findings<'a> {
        Findings::new(self.report, std::slice::from_ref(self.part), &[])
    }
}
