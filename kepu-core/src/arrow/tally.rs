//! A table in numbers.

use super::engine::PIECE;
use super::report::ArrowReport;
use crate::error::Error;
use crate::tally::Tally;

impl ArrowReport {
    /// Activities, findings, people and submissions of the whole table: every row is looked at again, since a report keeps
    /// no numbers that nobody may want.
    ///
    /// # Errors
    /// If a batch cannot be read again; no batch that was checked is such a one.
    pub fn tally(&self) -> Result<Tally, Error> {
        let (whole, mut tally) = (&self.0, Tally::default());
        for batch in &whole.batches {
            let mut from = 0;
            while from < batch.num_rows() {
                let len = PIECE.min(batch.num_rows() - from);
                for row in whole.frame.batch(&batch.slice(from, len))?.rows() {
                    tally.add(&whole.checker.glance(&row, whole.as_of));
                }
                from += len;
            }
        }
        whole.twins.iter().for_each(|(_, rule)| tally.count((*rule).into(), 1));
        whole.own().iter().for_each(|finding| tally.count(finding.rule(), 1));
        if let Some(set) = whole.set() {
            tally.add_outstanding(set);
        }
        Ok(tally)
    }
}
