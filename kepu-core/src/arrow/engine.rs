//! A table's rows through the one check, batch by batch.

use arrow_array::{RecordBatch, RecordBatchReader};
use chrono::NaiveDate;

use super::frame::{Frame, Known};
use super::marks::Marks;
use super::report::{ArrowReport, Whole, broken, too_many};
use super::screens::{Memos, Screens, Sifted};
use super::threads;
use super::twins::{Prints, Twins};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::Error;
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
    /// Whether only the rows are asked, each for itself: for a part of a table, whose whole is asked by [`super::Part`].
    pub rows_only: bool,
}

impl Default for TableOptions {
    fn default() -> TableOptions {
        TableOptions { header: SheetOptions::default(), threads: 0, screened: true, rows_only: false }
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
        let engine = Engine::new(self, as_of, &frame, options);
        let (mut kept, mut found, mut rows) = (Vec::new(), engine.nothing(), 0_u32);
        let (mut worker, mut waiting, mut waits) = (Worker::default(), Vec::new(), 0);
        for batch in batches {
            let batch = batch.map_err(|error| broken(&error))?;
            let first = rows;
            rows = u32::try_from(batch.num_rows()).ok().and_then(|more| rows.checked_add(more)).ok_or_else(too_many)?;
            if is_alone(options.threads) {
                engine.take(&mut worker, &batch, first, &mut found)?;
            } else {
                cut(&batch, first, &mut waiting)?;
                waits += batch.num_rows();
                if waits >= WAITING {
                    engine.share(options.threads, std::mem::take(&mut waiting), &mut found)?;
                    waits = 0;
                }
            }
            kept.push(batch);
        }
        engine.share(options.threads, waiting, &mut found)?;
        Whole::settled(self.clone(), as_of, frame, kept, rows, found, options.threads)
    }
}

/// Whether there is only one thread.
fn is_alone(threads: usize) -> bool {
    threads == 1 || cfg!(not(feature = "parallel"))
}

/// How many rows a thread takes at a time, and how many wait until they are shared out.
const SHARE: usize = 32_768;
const WAITING: usize = 1 << 20;

/// Cuts a batch into shares, each with the number of its first row.
fn cut(batch: &RecordBatch, first: u32, shares: &mut Vec<(u32, RecordBatch)>) -> Result<(), Error> {
    let mut from = 0;
    while from < batch.num_rows() {
        let len = SHARE.min(batch.num_rows() - from);
        let row = u32::try_from(from).ok().and_then(|from| first.checked_add(from)).ok_or_else(too_many)?;
        shares.push((row, batch.slice(from, len)));
        from += len;
    }
    Ok(())
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

/// The check of a table's rows, shared by all threads.
pub(super) struct Engine<'c> {
    checker: &'c Checker,
    as_of: AsOf,
    frame: &'c Frame,
    prints: Prints,
    /// None where every row has to be looked at.
    screens: Option<Screens<'c>>,
    /// Whether something is asked of the whole set.
    asks_the_set: bool,
    /// Whether rows are held beside each other.
    tells_twins: bool,
}

/// What one thread keeps from piece to piece.
#[derive(Default)]
struct Worker {
    memos: Memos,
    sifted: Sifted,
    marks: Marks,
}

/// How many rows are made ready at a time.
pub(super) const PIECE: usize = 2_048;

impl<'c> Engine<'c> {
    fn new(checker: &'c Checker, as_of: AsOf, frame: &'c Frame, options: &TableOptions) -> Engine<'c> {
        let plan = checker.plan();
        let concerns_it = !plan.model().quotas.is_empty() || rules::deadlines(plan, frame.kind()).next().is_some();
        let (tells_twins, asks_the_set) = (!options.rows_only, !options.rows_only && concerns_it);
        // What the whole set is asked is asked of every row.
        let screens = if options.screened && !asks_the_set { Screens::new(checker, frame, as_of) } else { None };
        Engine { checker, as_of, frame, prints: Prints::default(), screens, asks_the_set, tells_twins }
    }

    /// What is found in no row.
    fn nothing(&self) -> Found {
        let set = self.asks_the_set.then(|| SetCheck::new(self.checker, self.frame.kind().clone(), self.as_of));
        Found { rows: Vec::new(), counts: vec![[0; 3]; rules::ALL.len()], ids: Twins::new(), activities: Twins::new(), set }
    }

    /// Checks shares of the table on several threads.
    fn share(&self, threads: usize, shares: Vec<(u32, RecordBatch)>, found: &mut Found) -> Result<(), Error> {
        let parts = threads::each(threads, shares, Worker::default, |worker, (first, batch)| {
            let mut part = self.nothing();
            self.take(worker, &batch, first, &mut part).map(|()| part)
        });
        parts.into_iter().try_for_each(|part| found.extend(part?))
    }

    /// Checks the rows of a batch.
    fn take(&self, worker: &mut Worker, batch: &RecordBatch, first: u32, found: &mut Found) -> Result<(), Error> {
        let (mut from, mut number) = (0, first);
        while from < batch.num_rows() {
            let len = PIECE.min(batch.num_rows() - from);
            let piece = self.frame.batch(&batch.slice(from, len))?;
            if let Some(screens) = &self.screens {
                screens.sift(&piece, &mut worker.memos, &mut worker.sifted);
            }
            if self.tells_twins {
                worker.marks.read(&piece, &|text| self.prints.of(text));
            }
            for (at, row) in piece.rows().enumerate() {
                // Where nothing was sifted every row is in doubt, and nothing of it is known.
                let day = if worker.sifted.is_in_doubt(at) {
                    self.row(&Known { row, well: worker.sifted.well(at) }, number, found)
                } else {
                    worker.sifted.first_day(at)
                };
                if self.tells_twins {
                    found.mark(number, worker.marks.id(at), worker.marks.activity(at), day, &self.prints);
                }
                number = number.saturating_add(1);
            }
            from += len;
        }
        Ok(())
    }

    /// Asks the one check about a row, and says its first day.
    fn row(&self, row: &Known<'_>, number: u32, found: &mut Found) -> Option<NaiveDate> {
        let report = self.checker.glance_at_rest(row, self.as_of, row.well);
        if !report.findings.is_empty() {
            found.rows.push(number);
        }
        for finding in &report.findings {
            found.say(finding.rule(), finding.severity(), 1);
        }
        if let Some(set) = &mut found.set {
            set.count(RowKey { row: number.into(), ..RowKey::default() }, &report);
        }
        report.case.read.start.day()
    }
}

impl Found {
    /// Takes up what was found in the rows behind.
    fn extend(&mut self, behind: Found) -> Result<(), Error> {
        self.rows.extend(behind.rows);
        for (counts, more) in self.counts.iter_mut().zip(behind.counts) {
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
        self.ids.extend(behind.ids);
        self.activities.extend(behind.activities);
        match (&mut self.set, behind.set) {
            (Some(set), Some(more)) => set.merge(more),
            _ => Ok(()),
        }
    }

    /// Takes up what a row is told by from others.
    fn mark(&mut self, number: u32, id: Option<u64>, activity: Option<u64>, day: Option<NaiveDate>, prints: &Prints) {
        if let Some(id) = id {
            self.ids.add(id, number);
        }
        if let (Some(texts), Some(day)) = (activity, day) {
            self.activities.add(prints.of_activity(texts, day), number);
        }
    }
}
