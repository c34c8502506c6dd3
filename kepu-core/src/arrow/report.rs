//! What the check of a table found, kept as a few numbers a row; its words are made again when somebody asks for them.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::engine::{Found, PIECE};
use super::findings::Findings;
use super::frame::{Batch, Frame};
use super::twins::{self, Twin};
use super::{fault, keys, marks, threads};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::checker::readings::Readings;
use crate::error::Error;
use crate::finding::Finding;
use crate::message::Lang;
use crate::reading::text;
use crate::record::Field;
use crate::record::{Kind, Record, RecordBuf};
use crate::rule::{Rule, RuleId, Severity};
use crate::rules::{self, set as own};
use crate::set::SetCheck;
use crate::sheet::Column;

/// What the check of a table found. Cheap to clone, and to be shared between threads.
///
/// It keeps the batches that it was made of, which share their memory with the caller's, and for each row with findings its
/// number.
#[derive(Debug, Clone)]
pub struct ArrowReport(pub(super) Arc<Whole>);

/// All of it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) checker: Checker,
    pub(super) as_of: AsOf,
    pub(super) frame: Frame,
    pub(super) batches: Vec<RecordBatch>,
    /// The first row of each batch.
    starts: Vec<u32>,
    rows: u32,
    found: Found,
    /// Rows that say what an earlier one says, in order: by their id, as an activity.
    pub(super) twins: Vec<(Twin, &'static Rule)>,
}

impl Whole {
    pub(super) fn settled(
        checker: Checker,
        as_of: AsOf,
        frame: Frame,
        batches: Vec<RecordBatch>,
        rows: u32,
        mut found: Found,
        threads: usize,
    ) -> Result<ArrowReport, Error> {
        let mut starts = Vec::with_capacity(batches.len());
        let mut start = 0_u32;
        for batch in &batches {
            starts.push(start);
            start = u32::try_from(batch.num_rows()).ok().and_then(|rows| start.checked_add(rows)).ok_or_else(too_many)?;
        }
        let (ids, activities) = (std::mem::take(&mut found.ids), std::mem::take(&mut found.activities));
        let mut whole = Whole { checker, as_of, frame, batches, starts, rows, found, twins: Vec::new() };
        whole.told(ids.into_parts(), &own::DUPLICATE_ID, Field::Id, threads)?;
        whole.told(activities.into_parts(), &own::DUPLICATE_ACTIVITY, Field::Title, threads)?;
        let own: Vec<_> = whole.own().iter().map(|finding| (finding.rule(), finding.severity())).collect();
        own.into_iter().for_each(|(rule, severity)| whole.found.say(rule, severity, 1));
        whole.twins.sort_unstable_by_key(|(twin, rule)| (twin.row, RuleId::from(*rule).order()));
        Ok(ArrowReport(Arc::new(whole)))
    }

    /// Takes up the twins of one key.
    fn told(&mut self, parts: Vec<Vec<Vec<u64>>>, rule: &'static Rule, field: Field, threads: usize) -> Result<(), Error> {
        if !self.checker.wanted().has(rule.into(), rule.severity) {
            return Ok(());
        }
        let fields: &[Field] = match field {
            Field::Id => &[Field::Id],
            _ => &[Field::Title, Field::Start, Field::End, Field::Period, Field::Venue, Field::Organizer],
        };
        let keyed = self.batches.iter().map(|batch| self.frame.batch_of(batch, fields)).collect::<Result<Vec<_>, _>>()?;
        let row = |row: u32| self.place(row).and_then(|(at, row)| keyed.get(at)?.row(row));
        let finer = |number: u32| row(number).filter(|_| field != Field::Id).map_or(0, |row| marks::finer(&row));
        let key = |number: u32| {
            let row = row(number)?;
            let read = Readings::of(&row, self.checker.plan());
            let words = |field| read.is_readable(field).then(|| text(row.cell(field)));
            if field == Field::Id { keys::id(&words) } else { keys::activity(&words, read.start.day()) }
        };
        let mut twins: Vec<(Twin, &'static Rule)> = Vec::new();
        let told = threads::each(threads, parts, || (), |(), part| twins::tell(part, &finer, &key));
        twins.extend(told.into_iter().flatten().map(|twin| (twin, rule)));
        self.found.say(rule.into(), rule.severity, u64::try_from(twins.len()).unwrap_or_default());
        self.twins.extend(twins);
        Ok(())
    }

    /// The batch of a row, and its number there.
    pub(super) fn place(&self, row: u32) -> Option<(usize, usize)> {
        let at = self.starts.partition_point(|start| *start <= row).checked_sub(1)?;
        // Batches without rows begin where the next one does; the last that begins at or before the row holds it.
        Some((at, usize::try_from(row.checked_sub(*self.starts.get(at)?)?).ok()?))
    }

    /// The rows around a row that are made ready together, and the first of them.
    pub(super) fn piece_of(&self, row: u32) -> Option<Result<(u32, Batch<'_>), Error>> {
        let (at, place) = self.place(row)?;
        let batch = self.batches.get(at)?;
        let from = place / PIECE * PIECE;
        let first = row.checked_sub(u32::try_from(place - from).ok()?)?;
        Some(self.frame.batch(&batch.slice(from, PIECE.min(batch.num_rows() - from))).map(|batch| (first, batch)))
    }

    /// What the set itself shows.
    pub(super) fn own(&self) -> Vec<Finding<'_>> {
        self.found.set.as_ref().map(SetCheck::own).unwrap_or_default()
    }

    /// What is asked of the whole set, where something is.
    pub(super) fn set(&self) -> Option<&SetCheck> {
        self.found.set.as_ref()
    }

    pub(super) fn found_rows(&self) -> &[u32] {
        &self.found.rows
    }
}

/// The way through a table's rows, piece by piece.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    batch: usize,
    from: usize,
}

impl Pieces {
    /// The next piece, with the number of its first row.
    pub(super) fn next(&mut self, whole: &Whole) -> Option<(u32, RecordBatch)> {
        loop {
            let batch = whole.batches.get(self.batch)?;
            let left = batch.num_rows().saturating_sub(self.from);
            if left == 0 {
                (self.batch, self.from) = (self.batch + 1, 0);
                continue;
            }
            let first = whole.starts.get(self.batch)?.checked_add(u32::try_from(self.from).ok()?)?;
            let piece = batch.slice(self.from, PIECE.min(left));
            self.from += piece.num_rows();
            return Some((first, piece));
        }
    }
}

impl ArrowReport {
    /// How many rows were checked. None is no good news: a stream that was read before has none.
    pub fn rows(&self) -> u64 {
        self.0.rows.into()
    }

    /// How many findings there are, those of the set among them.
    pub fn count(&self) -> u64 {
        self.0.found.counts.iter().flatten().sum()
    }

    /// How many findings each rule has at each severity, in the order of the list of rules; what has none is left out.
    pub fn by_rule(&self) -> impl Iterator<Item = (RuleId, Severity, u64)> {
        let counts = rules::ALL.iter().zip(&self.0.found.counts);
        let of_rule =
            counts.flat_map(|(rule, counts)| Severity::ALL.into_iter().zip(*counts).map(|of| (RuleId::from(*rule), of)));
        of_rule.filter(|(_, (_, count))| *count > 0).map(|(rule, (severity, count))| (rule, severity, count))
    }

    /// A row as a record of its own; none beyond the last.
    pub fn record(&self, row: u64) -> Option<RecordBuf> {
        let (at, row) = self.0.place(u32::try_from(row).ok()?)?;
        let batch = self.0.batches.get(at).filter(|batch| row < batch.num_rows())?;
        let piece = self.0.frame.batch(&batch.slice(row, 1)).ok()?;
        let row = piece.row(0)?;
        let mut record = RecordBuf::new(row.kind().clone());
        for field in row.kind().fields() {
            record.set(*field, row.cell(*field).to_buf());
        }
        Some(record)
    }

    /// Whether there is no error.
    pub fn is_accepted(&self) -> bool {
        self.by_rule().all(|(_, severity, _)| severity < Severity::Error)
    }

    /// Whether there is an error that its sender can still put right.
    pub fn is_blocked(&self) -> bool {
        self.by_rule().any(|(rule, severity, _)| severity == Severity::Error && rule.can_block())
    }

    /// The checker, with its notice and options.
    pub fn checker(&self) -> &Checker {
        &self.0.checker
    }

    /// The moment at which the question was asked.
    pub fn as_of(&self) -> AsOf {
        self.0.as_of
    }

    /// The kind of record that the table holds.
    pub fn kind(&self) -> &Kind {
        self.0.frame.kind()
    }

    /// The columns, and what each was read as.
    pub fn columns(&self) -> &[Column] {
        self.0.frame.columns()
    }

    /// The table, whose columns were found.
    pub fn frame(&self) -> &Frame {
        &self.0.frame
    }

    /// The findings as a table ([`super::findings_schema`]), by pieces: in the order of the rows, what the set itself shows
    /// last. Their words are made only now, in one language.
    pub fn findings(&self, lang: Lang) -> Findings {
        Findings::new(Arc::clone(&self.0), lang)
    }
}

impl Found {
    /// Counts findings of a rule.
    pub(super) fn say(&mut self, rule: RuleId, severity: Severity, count: u64) {
        let counts = self.counts.get_mut(rule.order());
        let place = Severity::ALL.iter().position(|known| *known == severity);
        if let Some(known) = counts.zip(place).and_then(|(counts, place)| counts.get_mut(place)) {
            *known += count;
        }
    }
}

/// A stream that breaks off.
pub(super) fn broken(error: &ArrowError) -> Error {
    fault(format!("读取数据时中断：{error}"), format!("the stream of batches broke off: {error}"))
}

/// A table with more rows than can be numbered.
pub(super) fn too_many() -> Error {
    fault(
        "表超过 4294967295 行：请分成几部分核对，再合并结果".to_owned(),
        "the table has more than 4,294,967,295 rows: check it in parts and merge the results".to_owned(),
    )
}
