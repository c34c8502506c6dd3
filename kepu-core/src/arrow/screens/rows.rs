//! The rows of a piece, sifted.

use chrono::{Days, NaiveDate};

use super::cells::{self, Said, State};
use super::memo::Memos;
use super::{How, Need, Screens};
use crate::arrow::frame::Batch;
use crate::arrow::texts::{Texts, Use};
use crate::arrow::values::Values;
use crate::checker::readings::bit;
use crate::reading::Years;
use crate::reading::text::{is_garbled, is_suspect};
use crate::record::{Field, FieldType};

/// So many cells are swept for garbage at a time.
const BLOCK: usize = 256;

/// What was learned of the rows of a piece.
#[derive(Debug, Default)]
pub(in super::super) struct Sifted {
    doubts: Vec<bool>,
    /// The fields, a bit each, whose cells were looked at; those of texts of which nothing is read; and for each row those
    /// whose cell is empty or in doubt.
    looked_at: u64,
    unread: u64,
    unsure: Vec<u64>,
    days: Vec<Held>,
    category: Vec<Option<u32>>,
    organizer_kind: Vec<Option<u32>>,
}

/// When a row is held, as far as it was read.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    first: Option<NaiveDate>,
    /// The last day of a range, or the day itself.
    last: Option<NaiveDate>,
    is_range: bool,
}

impl Sifted {
    /// Whether a row has to be looked at.
    pub(in super::super) fn is_in_doubt(&self, row: usize) -> bool {
        self.doubts.get(row).copied().unwrap_or(true)
    }

    /// The fields of a row, a bit each, in which a text stands that is well and of which nothing is read.
    pub(in super::super) fn well(&self, row: usize) -> u64 {
        self.unread & !self.unsure.get(row).copied().unwrap_or(u64::MAX)
    }

    /// The first day of a row that is in no doubt.
    pub(in super::super) fn first_day(&self, row: usize) -> Option<NaiveDate> {
        self.days.get(row).and_then(|days| days.first)
    }

    fn reset(&mut self, rows: usize) {
        fn fill<T: Clone>(column: &mut Vec<T>, rows: usize, value: T) {
            column.clear();
            column.resize(rows, value);
        }
        fill(&mut self.doubts, rows, false);
        (self.looked_at, self.unread) = (0, 0);
        fill(&mut self.unsure, rows, 0);
        fill(&mut self.days, rows, Held::default());
        fill(&mut self.category, rows, None);
        fill(&mut self.organizer_kind, rows, None);
    }

    fn doubt(&mut self, row: usize) {
        if let Some(doubt) = self.doubts.get_mut(row) {
            *doubt = true;
        }
    }

    fn unsure(&mut self, row: usize, field: Field) {
        if let Some(fields) = self.unsure.get_mut(row) {
            *fields |= bit(field);
        }
    }
}

impl Screens<'_> {
    /// Tells the rows of a piece in which there is surely nothing to say from the others.
    pub(in super::super) fn sift(&self, piece: &Batch<'_>, memos: &mut Memos, out: &mut Sifted) {
        out.reset(piece.len());
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
            };
            column.sift(values);
            out.looked_at |= bit(*field);
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
        let Some(Held { first: Some(first), last: Some(last), .. }) = out.days.get(row).copied() else { return false };
        if !memos.span(self, first, last) {
            return false;
        }
        if let (Some(category), Some(kind)) = (at(&out.category, row), at(&out.organizer_kind, row))
            && !memos.pair(self, category, kind)
        {
            return false;
        }
        let given = out.looked_at & !out.unsure.get(row).copied().unwrap_or(u64::MAX);
        self.needs.iter().all(|need| need.fields & given != 0 || !self.has_begun(need, first, last))
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
}

impl Column<'_> {
    fn sift(&mut self, values: &Values) {
        // By their types: a period beside a first day is looked at as a text, and read where that day is missing.
        let ty = self.field.ty();
        let is_unread = matches!(ty, FieldType::Text | FieldType::Phone | FieldType::Email | FieldType::Link | FieldType::Media);
        if values.as_texts(Sweep(self)) {
            self.out.unread |= if is_unread { bit(self.field) } else { 0 };
            return;
        }
        for row in 0..self.rows {
            let cell = values.cell(row);
            let state = match self.how {
                How::Day => self.said(row, cells::of_day(cell, self.years())),
                how => cells::of_cell(self.field, how, cell),
            };
            self.state(row, state);
        }
    }

    fn state(&mut self, row: usize, state: State) {
        if state == State::Given {
            return;
        }
        self.out.unsure(row, self.field);
        if state == State::Doubt || self.empty_is_doubt {
            self.out.doubt(row);
        }
    }

    fn name(&mut self, row: usize, text: &str) -> State {
        let known = self.memos.name(self.screens, self.field, text);
        let node = match self.field {
            Field::Category => self.out.category.get_mut(row),
            Field::OrganizerKind => self.out.organizer_kind.get_mut(row),
            _ => None,
        };
        if let Some(node) = node {
            *node = known.node;
        }
        match known {
            known if known.is_empty => State::Empty,
            known if known.is_silent => State::Given,
            _ => State::Doubt,
        }
    }

    fn day_of_text(&mut self, row: usize, text: &str) -> State {
        let plain = text.as_bytes().try_into().ok().and_then(|text| self.memos.plain_day(text));
        match plain {
            Some(day) => self.day(row, (day, day, false)),
            None => {
                let said = self.memos.days_said(self.field, text, self.years());
                self.said(row, said)
            }
        }
    }

    fn years(&self) -> Years {
        let plan = self.screens.checker.plan();
        match self.field {
            Field::PublishedOn => plan.recent_years(),
            _ => Years::Of(plan.notice.year()),
        }
    }

    fn said(&mut self, row: usize, said: Said) -> State {
        match said {
            Ok(Some(span)) => self.day(row, span),
            Ok(None) => State::Empty,
            Err(()) => State::Doubt,
        }
    }

    fn day(&mut self, row: usize, (first, last, is_range): (NaiveDate, NaiveDate, bool)) -> State {
        if self.field == Field::PublishedOn {
            return if is_range || !self.memos.day(self.screens, first) { State::Doubt } else { State::Given };
        }
        let Some(held) = self.out.days.get_mut(row) else { return State::Doubt };
        match self.field {
            // Beside 活动时间 a last day makes the first missing; beside a range it has to be the range's.
            Field::End if is_range || held.is_range || self.screens.first != Field::Start => return State::Doubt,
            Field::End => held.last = Some(last),
            _ => {
                (held.first, held.is_range) = (Some(first), is_range);
                held.last = held.last.or(Some(last));
            }
        }
        State::Given
    }
}

struct Sweep<'s, 'c>(&'s mut Column<'c>);

impl Use for Sweep<'_, '_> {
    fn with(self, texts: &impl Texts) {
        let (field, plan) = (self.0.field, self.0.screens.checker.plan());
        let column = self.0;
        // One loop for each way of looking, so that no cell is asked for its own.
        match column.how {
            How::Name => column.each(texts, 0, column.rows, Column::name),
            How::Day => column.each(texts, 0, column.rows, Column::day_of_text),
            How::Text => column.in_blocks(texts, cells::of_text),
            // Most of these are links, which are visible to the last byte.
            How::Items if field.ty() == FieldType::Link => {
                column.each(texts, 0, column.rows, |_, _, text| cells::of_links(field, text, plan));
            }
            How::Items => column.in_blocks(texts, |text| cells::of_items(field, text, plan)),
            How::Count => column.each(texts, 0, column.rows, |_, _, text| cells::of_count(text)),
            How::Phone => column.each(texts, 0, column.rows, |_, _, text| cells::of_phone(text)),
            How::Email => column.each(texts, 0, column.rows, |_, _, text| cells::of_email(text)),
            How::Link => column.each(texts, 0, column.rows, |_, _, text| cells::of_link(text)),
        }
    }
}

impl<'s> Column<'s> {
    /// Looks at the texts of some rows.
    fn each(&mut self, texts: &impl Texts, from: usize, to: usize, look: impl Fn(&mut Column<'s>, usize, &str) -> State) {
        for row in from..to {
            let state = texts.text(row).map_or(State::Empty, |text| look(self, row, text));
            self.state(row, state);
        }
    }

    /// The same of texts that garbage has to be looked for in, which a block of them seldom holds.
    fn in_blocks(&mut self, texts: &impl Texts, look: impl Fn(&str) -> State) {
        let mut from = 0;
        while from < self.rows {
            let to = (from + BLOCK).min(self.rows);
            if texts.run(from, to).is_none_or(is_suspect) {
                self.each(texts, from, to, |_, _, text| if is_garbled(text) { State::Doubt } else { look(text) });
            } else {
                self.each(texts, from, to, |_, _, text| look(text));
            }
            from = to;
        }
    }
}
