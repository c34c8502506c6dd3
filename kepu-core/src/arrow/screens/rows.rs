//! The rows of a piece, sifted.

use chrono::{Days, NaiveDate};

use super::cells::{self, State};
use super::memo::Memos;
use super::{How, Need, Screens};
use crate::arrow::frame::Batch;
use crate::arrow::texts::{Texts, Use};
use crate::arrow::values::Values;
use crate::reading::Years;
use crate::reading::text::{is_garbled, is_suspect};
use crate::record::{Cell, Field};

/// So many cells are swept for garbage at a time.
const BLOCK: usize = 256;

/// What was learned of the rows of a piece.
#[derive(Debug, Default)]
pub(in super::super) struct Sifted {
    doubts: Vec<bool>,
    /// For each need whether the row has it.
    met: Vec<Vec<bool>>,
    first: Vec<Option<NaiveDate>>,
    /// The last day of a range, or the day itself.
    last: Vec<Option<NaiveDate>>,
    is_range: Vec<bool>,
    category: Vec<Option<u32>>,
    organizer_kind: Vec<Option<u32>>,
}

impl Sifted {
    /// Whether a row has to be looked at.
    pub(in super::super) fn is_in_doubt(&self, row: usize) -> bool {
        self.doubts.get(row).copied().unwrap_or(true)
    }

    /// The first day of a row that is in no doubt.
    pub(in super::super) fn first_day(&self, row: usize) -> Option<NaiveDate> {
        self.first.get(row).copied().flatten()
    }

    fn reset(&mut self, rows: usize, needs: usize) {
        fn fill<T: Clone>(column: &mut Vec<T>, rows: usize, value: T) {
            column.clear();
            column.resize(rows, value);
        }
        fill(&mut self.doubts, rows, false);
        self.met.resize_with(needs, Vec::new);
        self.met.iter_mut().for_each(|met| fill(met, rows, false));
        fill(&mut self.first, rows, None);
        fill(&mut self.last, rows, None);
        fill(&mut self.is_range, rows, false);
        fill(&mut self.category, rows, None);
        fill(&mut self.organizer_kind, rows, None);
    }

    fn doubt(&mut self, row: usize) {
        if let Some(doubt) = self.doubts.get_mut(row) {
            *doubt = true;
        }
    }
}

impl Screens<'_> {
    /// Tells the rows of a piece in which there is surely nothing to say from the others.
    pub(in super::super) fn sift(&self, piece: &Batch<'_>, memos: &mut Memos, out: &mut Sifted) {
        out.reset(piece.len(), self.needs.len());
        for (field, how, is_alone) in &self.fields {
            let Some(values) = piece.of(*field).next() else { continue };
            let mut column = Column {
                screens: self,
                memos,
                out,
                field: *field,
                how: *how,
                rows: piece.len(),
                // Where it is empty another column is read.
                empty_is_doubt: !is_alone || self.required.contains(field),
                needs: (0..).zip(&self.needs).filter(|(_, need)| need.fields.contains(field)).map(|(at, _)| at).collect(),
            };
            column.sift(values);
        }
        for row in 0..piece.len() {
            if !out.is_in_doubt(row) && !self.is_row_well(row, memos, out) {
                out.doubt(row);
            }
        }
    }

    /// What hangs on several cells of a row.
    fn is_row_well(&self, row: usize, memos: &mut Memos, out: &Sifted) -> bool {
        fn at<T: Copy>(column: &[Option<T>], row: usize) -> Option<T> {
            column.get(row).copied().flatten()
        }
        let (Some(first), Some(last)) = (at(&out.first, row), at(&out.last, row)) else { return false };
        if !memos.span(self, first, last) {
            return false;
        }
        if let (Some(category), Some(kind)) = (at(&out.category, row), at(&out.organizer_kind, row))
            && !memos.pair(self, category, kind)
        {
            return false;
        }
        let met = |(need, met): (&Need, &Vec<bool>)| met.get(row) == Some(&true) || !self.has_begun(need, first, last);
        self.needs.iter().zip(&out.met).all(met)
    }

    fn has_begun(&self, need: &Need, first: NaiveDate, last: NaiveDate) -> bool {
        let Some((field, days)) = need.from else { return true };
        let day = if field == Field::Start { first } else { last };
        let shift = Days::new(days.unsigned_abs().into());
        let from = if days < 0 { day.checked_sub_days(shift) } else { day.checked_add_days(shift) };
        from.is_none_or(|from| self.as_of.day() >= from)
    }
}

/// One column on its way through its screen.
struct Column<'s> {
    screens: &'s Screens<'s>,
    memos: &'s mut Memos,
    out: &'s mut Sifted,
    field: Field,
    how: How,
    rows: usize,
    empty_is_doubt: bool,
    /// The places of the needs that the field meets.
    needs: Vec<usize>,
}

impl Column<'_> {
    fn sift(&mut self, values: &Values) {
        if values.as_texts(Sweep(self)) {
            return;
        }
        for row in 0..self.rows {
            let cell = values.cell(row);
            if self.how == How::Day {
                self.day_of(row, cell);
            } else {
                self.state(row, cells::of_cell(self.field, self.how, cell));
            }
        }
    }

    fn state(&mut self, row: usize, state: State) {
        match state {
            State::Given => {
                for need in &self.needs {
                    if let Some(met) = self.out.met.get_mut(*need).and_then(|met| met.get_mut(row)) {
                        *met = true;
                    }
                }
            }
            State::Empty if !self.empty_is_doubt => {}
            State::Empty | State::Doubt => self.out.doubt(row),
        }
    }

    fn name(&mut self, row: usize, text: &str) {
        let known = self.memos.name(self.screens, self.field, text);
        let node = match self.field {
            Field::Category => self.out.category.get_mut(row),
            Field::OrganizerKind => self.out.organizer_kind.get_mut(row),
            _ => None,
        };
        if let Some(node) = node {
            *node = known.node;
        }
        let state = match known {
            known if known.is_empty => State::Empty,
            known if known.is_silent => State::Given,
            _ => State::Doubt,
        };
        self.state(row, state);
    }

    fn day_of(&mut self, row: usize, cell: Cell<'_>) {
        let plan = self.screens.checker.plan();
        let years = match self.field {
            Field::PublishedOn => plan.recent_years(),
            _ => Years::Of(plan.notice.year()),
        };
        let state = match cells::of_day(cell, years) {
            Ok(Some(span)) => self.day(row, span),
            Ok(None) => State::Empty,
            Err(()) => State::Doubt,
        };
        self.state(row, state);
    }

    fn day(&mut self, row: usize, (first, last, is_range): (NaiveDate, NaiveDate, bool)) -> State {
        let out = &mut *self.out;
        let (Some(first_day), Some(last_day), Some(has_range)) =
            (out.first.get_mut(row), out.last.get_mut(row), out.is_range.get_mut(row))
        else {
            return State::Doubt;
        };
        match self.field {
            Field::PublishedOn if is_range || !self.memos.day(self.screens, first) => return State::Doubt,
            Field::PublishedOn => {}
            // Beside 活动时间 a last day makes the first missing; beside a range it has to be the range's.
            Field::End if is_range || *has_range || self.screens.first != Field::Start => return State::Doubt,
            Field::End => *last_day = Some(last),
            _ => {
                (*first_day, *has_range) = (Some(first), is_range);
                *last_day = last_day.or(Some(last));
            }
        }
        State::Given
    }
}

struct Sweep<'s, 'c>(&'s mut Column<'c>);

impl Use for Sweep<'_, '_> {
    fn with(self, texts: &impl Texts) {
        let column = self.0;
        let mut from = 0;
        while from < column.rows {
            let to = (from + BLOCK).min(column.rows);
            // Names are known by heart, and what is read is looked at when it is.
            let is_swept = matches!(column.how, How::Text | How::Items);
            let may_be_garbled = is_swept && texts.run(from, to).is_none_or(is_suspect);
            for row in from..to {
                let Some(text) = texts.text(row) else {
                    column.state(row, State::Empty);
                    continue;
                };
                match column.how {
                    How::Name => column.name(row, text),
                    How::Day => match cells::plain_day(text) {
                        Some(day) => {
                            let state = column.day(row, (day, day, false));
                            column.state(row, state);
                        }
                        None => column.day_of(row, Cell::Text(text)),
                    },
                    _ if may_be_garbled && is_garbled(text) => column.state(row, State::Doubt),
                    How::Text => column.state(row, cells::of_text(text)),
                    how => {
                        let state = cells::of_read(column.field, how, text, column.screens.checker.plan());
                        column.state(row, state);
                    }
                }
            }
            from = to;
        }
    }
}
