//! A part of a table that lies on many machines: what of it is needed to say what only the whole shows.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

use super::TableOptions;
use super::engine::PIECE;
use super::findings::{Builder, Placed};
use super::frame::Frame;
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::Error;
use crate::message::Lang;
use crate::set::{RowKey, SetCheck};
use crate::tally::Tally;

/// Some rows of a table in numbers: its [`SetCheck`] and its [`Tally`], which travel and merge. The rows themselves are
/// checked by [`Checker::check_table`] with [`TableOptions::rows_only`]; the two together are the verdict on the whole table.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use kepu_core::{Lang, Notice, SetCheck, arrow::{Part, TableOptions}};
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let (as_of, options) = ("2023-09-01".parse()?, TableOptions::default());
/// let batch = |id: &str| {
///     let columns = [("编号", id), ("活动名称", id)].map(|(name, cell)| (name, Arc::new(StringArray::from(vec![cell])) as ArrayRef));
///     RecordBatch::try_from_iter(columns).unwrap()
/// };
/// let mut parts = Vec::new();
/// for id in ["HN-1", "HN-2", "ＨＮ－１"] {
///     let mut part = Part::new(&checker, batch(id).schema(), as_of, &options, [7; 16])?;
///     part.add(&batch(id))?;
///     parts.push(part);
/// }
/// // On the machine that asks: the parts in the order of their rows.
/// let mut whole = Part::new(&checker, batch("").schema(), as_of, &options, [7; 16])?;
/// for part in parts {
///     let travelled = SetCheck::from_bytes(&checker, &part.set().to_bytes())?;
///     whole.follow(part.rows(), travelled, part.rows_tally())?;
/// }
/// let findings = whole.findings(Lang::Zh).unwrap();
/// assert_eq!((whole.rows(), findings.num_rows()), (3, 1));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Part {
    checker: Checker,
    as_of: AsOf,
    frame: Frame,
    rows: u64,
    set: SetCheck,
    tally: Tally,
}

impl Part {
    /// No rows yet, of a table with these columns. Parts of one table need one key ([`SetCheck::keyed`]).
    ///
    /// # Errors
    /// As [`Frame::new`].
    pub fn new(checker: &Checker, schema: SchemaRef, as_of: AsOf, options: &TableOptions, key: [u8; 16]) -> Result<Part, Error> {
        let frame = Frame::new(schema, options)?;
        let set = SetCheck::keyed(checker, frame.kind().clone(), as_of, key);
        Ok(Part { checker: checker.clone(), as_of, frame, rows: 0, set, tally: Tally::default() })
    }

    /// Takes the rows that stand next.
    ///
    /// # Errors
    /// If the batch has other columns than the table.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let mut from = 0;
        while from < batch.num_rows() {
            let len = PIECE.min(batch.num_rows() - from);
            for row in self.frame.batch(&batch.slice(from, len))?.rows() {
                let report = self.checker.glance(&row, self.as_of);
                self.set.add(RowKey { row: self.rows, ..RowKey::default() }, &report);
                self.tally.add(&report);
                self.rows = self.rows.saturating_add(1);
            }
            from += len;
        }
        Ok(())
    }

    /// Takes what another part of the table holds, whose rows stand behind those of this one.
    ///
    /// # Errors
    /// As [`SetCheck::merge`].
    pub fn follow(&mut self, rows: u64, mut set: SetCheck, tally: &Tally) -> Result<(), Error> {
        set.shift(self.rows);
        self.set.merge(set)?;
        self.tally.merge(tally);
        self.rows = self.rows.saturating_add(rows);
        Ok(())
    }

    /// How many rows there are.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The columns, of which some are read as fields.
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    /// What the set rules need of the rows.
    pub const fn set(&self) -> &SetCheck {
        &self.set
    }

    /// The rows in numbers, without what only the set shows.
    pub const fn rows_tally(&self) -> &Tally {
        &self.tally
    }

    /// The table in numbers, once all rows are in.
    pub fn tally(&self) -> Tally {
        let mut tally = self.tally.clone();
        tally.add_set(&self.set);
        tally
    }

    /// What only the set shows, once all rows are in, as a table ([`super::findings_schema`]): by row, the set's own last.
    /// The cells are not at hand any more, so that no value is shown.
    ///
    /// # Errors
    /// If the findings have more text than a column of Arrow can hold.
    pub fn findings(&self, lang: Lang) -> Result<RecordBatch, ArrowError> {
        let mut into = Builder::new(lang);
        for shared in self.set.findings() {
            let at = shared.finding.path().of().filter(|_| shared.row.is_some());
            let column = at.and_then(|field| self.frame.of(field).first());
            into.push(&Placed {
                row: shared.row.map(|key| key.row),
                file: None,
                sheet: None,
                cell: None,
                id: None,
                header: column.map(|at| self.frame.schema().field(*at).name().as_str()),
                value: None,
                finding: &shared.finding,
            });
        }
        into.finish()
    }
}
