//! One record before its judges: what it says, what the notice says, and when it is asked.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

use crate::as_of::AsOf;
use crate::checker::readings::{self, Named, Readings};
use crate::checker::{Plan, plan};
use crate::finding::Arg;
use crate::notice::model::Moment;
use crate::notice::names::NodeIx;
use crate::reading::{Reading, text};
use crate::record::{Cell, Field, Kind, Record};

/// One record before its judges.
pub(crate) struct Case<'p> {
    pub(crate) record: &'p dyn Record,
    pub(crate) plan: &'p Plan,
    pub(crate) read: Readings,
    pub(crate) as_of: AsOf,
}

impl<'p> Case<'p> {
    /// A record that is not read yet: [`Case::read`] does, where the case then lies. To move what was just written costs more
    /// than to write it.
    pub(crate) fn unread(record: &'p dyn Record, plan: &'p Plan, as_of: AsOf) -> Case<'p> {
        Case { record, plan, read: Readings::default(), as_of }
    }

    /// Reads the record.
    pub(crate) fn read(&mut self) {
        self.read.take(self.record, self.plan);
    }

    /// A record, read.
    pub(crate) fn new(record: &'p dyn Record, plan: &'p Plan, as_of: AsOf) -> Case<'p> {
        let mut case = Case::unread(record, plan, as_of);
        case.read();
        case
    }

    /// The same with every cell in doubt, screened or not: for who wants to hear every answer.
    pub(crate) fn in_doubt(record: &'p dyn Record, plan: &'p Plan, as_of: AsOf) -> Case<'p> {
        let mut case = Case::new(record, plan, as_of);
        case.read.doubt_all();
        case
    }

    pub(crate) fn kind(&self) -> &'p Kind {
        self.record.kind()
    }

    /// The cell that a field is read from: that of 活动时间 for a `start` that came from there.
    pub(crate) fn cell(&self, field: Field) -> Cell<'p> {
        let field = if field == Field::Start && self.read.from_period { Field::Period } else { field };
        self.record.cell(field)
    }

    /// What was written, as an argument.
    pub(crate) fn value(&self, field: Field) -> Arg {
        Arg::Text(text(self.cell(field)).into_owned())
    }

    /// The non-empty items of a list field; none of one that is too long.
    pub(crate) fn items(&self, field: Field, each: &mut dyn FnMut(u32, Cow<'p, str>)) {
        if self.read.is_readable(field) {
            readings::items(field, self.record.cell(field), self.plan, each);
        }
    }

    /// How many items stand in a field; one for a text that is not empty.
    pub(crate) fn count(&self, field: Field) -> u32 {
        if !self.read.is_given(field) {
            return 0;
        }
        if !field.is_list() || self.read.is_too_long(field) {
            return 1;
        }
        let mut count = 0;
        self.items(field, &mut |_, _| count += 1);
        count
    }

    /// The nodes that a name field names; `None` for each that was not read. Nothing where nothing stands.
    pub(crate) fn nodes(&self, field: Field, each: &mut dyn FnMut(Option<NodeIx>)) {
        let node = |read: Reading<Named<NodeIx>>| read.value().map(|named| named.node);
        if let Some(read) = self.read.name(field) {
            if !read.is_absent() {
                each(node(read));
            }
            return;
        }
        let Some(names) = self.plan.names(field) else { return };
        self.items(field, &mut |_, text| each(node(readings::read_name(field, Cell::Text(&text), names))));
        if self.read.is_too_long(field) {
            each(None);
        }
    }

    /// The day of a moment for this record; none where it hangs on a day that was not read.
    pub(crate) fn day_of(&self, moment: Moment) -> Option<NaiveDate> {
        let Moment::Relative { field, days } = moment else {
            return plan::day(moment);
        };
        if self.read.is_reversed() && matches!(field, Field::Start | Field::End) {
            return None;
        }
        let day = self.read.day(field).day()?;
        let shift = Days::new(days.unsigned_abs().into());
        if days < 0 { day.checked_sub_days(shift) } else { day.checked_add_days(shift) }
    }

    /// Whether it is that late already: the first minute of a `from`.
    pub(crate) fn has_begun(&self, from: Moment) -> Option<bool> {
        match from {
            Moment::Minute(minute) => Some(self.as_of >= AsOf::from(minute)),
            other => self.day_of(other).map(|day| self.as_of.day() >= day),
        }
    }

    /// Whether a `due` has passed.
    pub(crate) fn has_passed(&self, due: Moment) -> Option<bool> {
        match due {
            Moment::Relative { .. } => self.day_of(due).and_then(|day| self.as_of.is_past(Moment::Day(day))),
            own => self.as_of.is_past(own),
        }
    }
}
