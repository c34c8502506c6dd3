//! What tells most rows apart, made column by column: a number for each row and key, the same for rows that are the same.

use super::frame::Batch;
use super::screens::is_plainly_given;
use super::texts::{Texts, Use};
use crate::reading::fold::fold;
use crate::reading::text::MOST_BYTES;
use crate::reading::{is_empty, is_empty_text, text};
use crate::record::{Cell, Field, Record};
use crate::set::{place_mark, title_mark};

/// The marks of a piece's rows, written where those of the last piece stood. None where something is missing without which
/// a row is told from no other.
#[derive(Debug, Default)]
pub(super) struct Marks {
    ids: Vec<Option<u64>>,
    activities: Vec<Option<u64>>,
}

impl Marks {
    /// Marks the rows of a piece.
    pub(super) fn read(&mut self, piece: &Batch<'_>, hash: &impl Fn(&[u8]) -> u64) {
        let of_id = |id: &str| hash(fold(id).as_bytes());
        each(piece, Field::Id, &mut self.ids, |id| id.map(of_id));
        each(piece, Field::Title, &mut self.activities, |title| title.map(title_mark));
    }

    /// What the id of a row says.
    pub(super) fn id(&self, row: usize) -> Option<u64> {
        self.ids.get(row).copied().flatten()
    }

    /// What an activity says beside its first day.
    pub(super) fn activity(&self, row: usize) -> Option<u64> {
        self.activities.get(row).copied().flatten()
    }
}

/// What tells those activities apart that are alike by their titles and days: where they are, and whose.
pub(super) fn finer(row: &impl Record) -> u64 {
    let (venue, organizer) = (text(row.cell(Field::Venue)), text(row.cell(Field::Organizer)));
    place_mark(said(&venue).unwrap_or_default(), said(&organizer).unwrap_or_default())
}

fn each(piece: &Batch<'_>, field: Field, marks: &mut Vec<Option<u64>>, mark: impl Fn(Option<&str>) -> Option<u64>) {
    marks.clear();
    each_text(piece, field, &mut |text| marks.push(mark(text)));
}

/// The text of a field in each row; none where nothing stands there, or more than is read.
fn each_text(piece: &Batch<'_>, field: Field, with: &mut impl FnMut(Option<&str>)) {
    let mut columns = piece.of(field);
    if let (Some(only), None) = (columns.next(), columns.next())
        && only.as_texts(Each { rows: piece.len(), with })
    {
        return;
    }
    for row in piece.rows() {
        let cell = row.cell(field);
        match cell {
            Cell::Text(text) => with(said(text)),
            cell if is_empty(cell) => with(None),
            cell => with(said(&text(cell))),
        }
    }
}

struct Each<'w, W> {
    rows: usize,
    with: &'w mut W,
}

impl<W: FnMut(Option<&str>)> Use for Each<'_, W> {
    fn with(self, texts: &impl Texts) {
        (0..self.rows).for_each(|row| (self.with)(texts.text(row).and_then(said)));
    }
}

/// A text that says something and is short enough to be read.
fn said(text: &str) -> Option<&str> {
    (text.len() <= MOST_BYTES && (is_plainly_given(text) || !is_empty_text(text))).then_some(text)
}
