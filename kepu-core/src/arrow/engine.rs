//! A table's rows through the one check, batch by batch.

use arrow_array::{RecordBatch, RecordBatchReader};
use chrono::NaiveDate;

use super::frame::{Frame, Row};
use super::keys;
use super::report::{ArrowReport, Whole, broken, too_many};
use super::screens::{Memos, Screens, Sifted, begins_plainly};
use super::twins::{Prints, Twins};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::Error;
use crate::reading::{is_empty, is_empty_text};
use crate::record::{Cell, Field, Record};
use crate::rules;
use crate::set::{RowKey, SetCheck};
use crate::sheet::SheetOptions;

/// How a table is to be read and checked.
///
/// ```
/// use kepu_core::{SheetOptions, arrow::TableOptions};
/// let header = SheetOptions { columns: vec![("主讲内容".into(), "description".into())], ..SheetOptions::default() };
/// let options = TableOptions { header, ..TableOptions::default() };
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOptions {
    /// What the caller knows of the columns.
    pub header: SheetOptions,
    /// On how many threads; 0: on as many as there are cores. Without the feature `parallel` always on one. The results
    /// are the same.
    pub threads: usize,
    /// Whether rows are screened column by column before they are looked at one by one. The results are the same: off only
    /// for those who want to see that.
    pub screened: bool,
}

impl Default for TableOptions {
    fn default() -> TableOptions {
        TableOptions { header: SheetOptions::default(), threads: 0, screened: true }
    }
}

impl Checker {
    /// Checks a table: every row, and what only the whole set shows. Each row's verdict is the one that
    /// [`Checker::check`] gives of it alone.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
    /// use kepu_core::{Lang, Notice, arrow::TableOptions};
    /// let column = |cells: [&str; 2]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    /// let batch = RecordBatch::try_from_iter([
    ///     ("活动名称", column(["走近湿地", "科普大篷车"])),
    ///     ("举办单位", column(["新乡市科协", "新乡市科协"])),
    ///     ("活动类别", column(["地方主场活动", "地方主场活动"])),
    ///     ("活动时间", column(["9月19日", "9月31日"])),
    /// ]).unwrap();
    /// let table = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    ///
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let report = checker.check_table(table, "2023-09-01".parse()?, &TableOptions::default())?;
    /// assert_eq!((report.rows(), report.count()), (2, 1));
    /// let findings = report.findings(Lang::Zh).next().unwrap().unwrap();
    /// assert_eq!(findings.num_rows(), 1);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Frame::new`]; if the stream breaks off; if it has more than 4,294,967,295 rows.
    pub fn check_table(
        &self,
        batches: impl RecordBatchReader,
        as_of: AsOf,
        options: &TableOptions,
    ) -> Result<ArrowReport, Error> {
        let frame = Frame::new(batches.schema(), options)?;
        let mut engine = Engine::new(self, as_of, &frame, options.screened);
        let mut kept = Vec::new();
        for batch in batches {
            let batch = batch.map_err(|error| broken(&error))?;
            engine.take(&batch)?;
            kept.push(batch);
        }
        let Engine { rows, found, .. } = engine;
        Whole::settled(self.clone(), as_of, frame, kept, rows, found)
    }
}

/// What was found so far.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The rows that have findings of their own, in order.
    pub(super) rows: Vec<u32>,
    /// How many findings there are, by the order of the one list of rules and by severity, the gravest first.
    pub(super) counts: Vec<[u64; 3]>,
    pub(super) ids: Twins,
    pub(super) activities: Twins,
    /// Where the kind or the notice asks something of the whole set.
    pub(super) set: Option<SetCheck>,
}

/// Rows of a table before the check.
pub(super) struct Engine<'c> {
    checker: &'c Checker,
    as_of: AsOf,
    frame: &'c Frame,
    prints: Prints,
    /// None where every row has to be looked at.
    screens: Option<Screens<'c>>,
    memos: Memos,
    sifted: Sifted,
    /// The key of a row, written where the last one stood.
    key: String,
    rows: u32,
    found: Found,
}

/// How many rows are made ready at a time.
pub(super) const PIECE: usize = 4_096;

impl<'c> Engine<'c> {
    pub(super) fn new(checker: &'c Checker, as_of: AsOf, frame: &'c Frame, screened: bool) -> Engine<'c> {
        let plan = checker.plan();
        let asks = !plan.model().quotas.is_empty() || rules::deadlines(plan, frame.kind()).next().is_some();
        let set = asks.then(|| SetCheck::new(checker, frame.kind().clone(), as_of));
        let found =
            Found { rows: Vec::new(), counts: vec![[0; 3]; rules::ALL.len()], ids: Twins::new(), activities: Twins::new(), set };
        // What the whole set is asked is asked of every row.
        let screens = if screened && found.set.is_none() { Screens::new(checker, frame, as_of) } else { None };
        let (memos, sifted, key) = Default::default();
        Engine { checker, as_of, frame, prints: Prints::default(), screens, memos, sifted, key, rows: 0, found }
    }

    /// Checks the rows of a batch.
    fn take(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let mut from = 0;
        while from < batch.num_rows() {
            let len = PIECE.min(batch.num_rows() - from);
            let piece = self.frame.batch(&batch.slice(from, len))?;
            if let Some(screens) = &self.screens {
                screens.sift(&piece, &mut self.memos, &mut self.sifted);
            }
            for (at, row) in piece.rows().enumerate() {
                if self.screens.is_none() || self.sifted.is_in_doubt(at) {
                    self.row(&row);
                } else {
                    self.well(&row, self.sifted.first_day(at));
                }
                self.rows = self.rows.checked_add(1).ok_or_else(too_many)?;
            }
            from += len;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) {
        let report = self.checker.glance(row, self.as_of);
        let found = &mut self.found;
        if !report.findings.is_empty() {
            found.rows.push(self.rows);
        }
        for finding in &report.findings {
            found.say(finding.rule(), finding.severity(), 1);
        }
        let read = &report.case.read;
        let day = read.start.day();
        found.fingerprint(row, self.rows, day, &|field| read.is_readable(field), &self.prints, &mut self.key);
        if let Some(set) = &mut found.set {
            set.count(RowKey { row: self.rows.into(), ..RowKey::default() }, &report);
        }
    }

    /// A row of which there is nothing to say by itself.
    fn well(&mut self, row: &Row<'_>, day: Option<NaiveDate>) {
        let is_given = |field| match row.cell(field) {
            Cell::Text(text) => begins_plainly(text) || !is_empty_text(text),
            cell => !is_empty(cell),
        };
        self.found.fingerprint(row, self.rows, day, &is_given, &self.prints, &mut self.key);
    }
}

impl Found {
    /// Takes up what a row is told by from others.
    fn fingerprint(
        &mut self,
        row: &Row<'_>,
        number: u32,
        day: Option<NaiveDate>,
        is_given: &dyn Fn(Field) -> bool,
        prints: &Prints,
        key: &mut String,
    ) {
        if keys::id(row, is_given, key) {
            self.ids.add(prints.of(key), number);
        }
        if keys::activity(row, day, is_given, key) {
            self.activities.add(prints.of(key), number);
        }
    }
}
