//! A record read once, into small values that every judge looks at.

use chrono::NaiveDate;

use crate::checker::{Plan, screen};
use crate::notice::names::NodeIx;
use crate::notice::rosters::UnitIx;
use crate::reading::name::NameRead;
use crate::reading::theme::ThemeRead;
use crate::reading::{
    self, Count, DayFault, Reading, Span, Written, Years, count, is_empty, is_empty_text, list, name, place, text, theme,
};
use crate::record::{Cell, Field, FieldType, Record};

/// One day field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DayRead {
    #[default]
    Absent,
    Read(Written),
    /// What stands there is no day.
    Fault(DayFault),
    /// No day is known, and another field has the finding.
    Unknown,
}

impl DayRead {
    pub(crate) fn written(self) -> Option<Written> {
        match self {
            DayRead::Read(written) => Some(written),
            _ => None,
        }
    }

    pub(crate) fn day(self) -> Option<NaiveDate> {
        self.written().map(|written| written.day)
    }
}

/// One name field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named<N> {
    pub(crate) node: N,
    /// Whether an alias named it.
    pub(crate) by_alias: bool,
}

/// A record as it was read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Readings {
    /// A bit for each field in which something stands; by [`Field::index`].
    given: u64,
    /// A bit for each field in which an item surely stands, told without cutting the text of a list.
    held: u64,
    /// A bit for each field that is too long to be read.
    too_long: u64,
    /// A bit for each field of which no screen could say that there is nothing to say.
    doubted: u64,
    pub(crate) start: DayRead,
    pub(crate) end: DayRead,
    /// Whether both days came out of one text.
    pub(crate) one_text: bool,
    /// Whether the text of the first day is a range.
    pub(crate) is_range: bool,
    /// The field whose cell the first day came from: `start` or `period`.
    pub(crate) from_period: bool,
    pub(crate) published_on: DayRead,
    pub(crate) submitted_on: DayRead,
    pub(crate) category: Reading<Named<NodeIx>>,
    pub(crate) region: Reading<Named<NodeIx>>,
    pub(crate) organizer_kind: Reading<Named<NodeIx>>,
    pub(crate) unit_kind: Reading<Named<NodeIx>>,
    pub(crate) mode: Reading<Named<NodeIx>>,
    pub(crate) unit: Reading<Named<UnitIx>>,
    pub(crate) theme: Reading<usize>,
    pub(crate) audience: Reading<Count>,
}

impl Readings {
    /// What rules look at in a record.
    #[cfg(feature = "arrow")]
    pub(crate) fn of(record: &dyn Record, plan: &Plan) -> Readings {
        let mut read = Readings::default();
        read.take(record, plan);
        read
    }

    /// Takes it that texts stand in some fields, a bit each, that they are well, and that nothing is read of them.
    pub(crate) fn stand(&mut self, well: u64) {
        (self.given, self.held) = (well, well);
    }

    /// Reads what rules look at and is not known; lists and plain texts stay in the record.
    pub(crate) fn take(&mut self, record: &dyn Record, plan: &Plan) {
        let mut cells = [Cell::Empty; Field::ALL.len()];
        record.cells(&mut cells);
        for field in record.kind().fields().iter().copied() {
            match cells.get(field.index()) {
                None | Some(Cell::Empty) => {}
                _ if self.is_given(field) => {}
                Some(Cell::Text(text)) => self.text(field, text, plan),
                Some(cell) if is_empty(*cell) => {}
                Some(cell) => self.other(field, *cell, plan),
            }
        }
        if record.kind().is_activity() {
            self.days(&cells, plan);
        }
    }

    /// Reads a text, unless it says nothing.
    fn text(&mut self, field: Field, text: &str, plan: &Plan) {
        let has_words = text::begins_with_words(text);
        if !has_words && is_empty_text(text) {
            return;
        }
        let (bit, cell, ty) = (bit(field), Cell::Text(text), field.ty());
        self.given |= bit;
        if has_words || !field.is_list() {
            self.held |= bit;
        }
        if matches!(ty, FieldType::Name | FieldType::Theme) && self.is_verbatim(field, text, plan) {
            return;
        }
        if text::is_too_long(cell) || is_too_many(field, text, plan) {
            self.too_long |= bit;
            self.doubted |= bit;
            return;
        }
        let is_read = matches!(ty, FieldType::Name | FieldType::Theme | FieldType::Moment | FieldType::Count);
        if is_read || field == Field::PublishedOn {
            self.one(field, cell, plan);
        }
        if !screen::passes(field, text, has_words) {
            self.doubted |= bit;
        }
    }

    /// Reads a number, a day, a list.
    fn other(&mut self, field: Field, cell: Cell<'_>, plan: &Plan) {
        let bit = bit(field);
        self.given |= bit;
        if !field.is_list() {
            self.held |= bit;
        }
        if text::is_too_long(cell) {
            self.too_long |= bit;
        } else {
            self.one(field, cell, plan);
        }
        // A list is looked at item by item.
        let is_sure = matches!(field.ty(), FieldType::Text | FieldType::Day | FieldType::Moment | FieldType::Count);
        if !is_sure || matches!(cell, Cell::List(_)) {
            self.doubted |= bit;
        }
    }

    /// Reads a name or theme that is written as in the notice.
    fn is_verbatim(&mut self, field: Field, text: &str, plan: &Plan) -> bool {
        let Some(at) = plan.verbatim.find(field, text) else { return false };
        let named = Reading::Read(Named { node: at, by_alias: false });
        match field {
            Field::Category => self.category = named,
            Field::Region => self.region = named,
            Field::OrganizerKind => self.organizer_kind = named,
            Field::UnitKind => self.unit_kind = named,
            Field::Mode => self.mode = named,
            Field::Theme => self.theme = usize::try_from(at).map_or(Reading::Failed, Reading::Read),
            _ => {}
        }
        true
    }

    /// A day that was not read is in doubt, and one beside which a weekday stands.
    fn doubt_day(&mut self, field: Field) {
        let is_sure = match self.day(field) {
            DayRead::Absent => true,
            DayRead::Read(written) => written.weekday.is_none(),
            DayRead::Fault(_) | DayRead::Unknown => false,
        };
        if !is_sure {
            self.doubted |= bit(field);
        }
    }

    fn one(&mut self, field: Field, cell: Cell<'_>, plan: &Plan) {
        let named = || plan.names(field).map_or(Reading::Absent, |list| read_name(field, cell, list));
        match field {
            Field::Category => self.category = named(),
            Field::Region => self.region = named(),
            Field::OrganizerKind => self.organizer_kind = named(),
            Field::UnitKind => self.unit_kind = named(),
            Field::Mode => self.mode = named(),
            Field::Unit => {
                self.unit = match plan.rosters.find(&text(cell)) {
                    Some((node, by_alias)) => Reading::Read(Named { node, by_alias }),
                    None => Reading::Failed,
                }
            }
            Field::Theme => {
                self.theme = match theme::read(&text(cell), &plan.themes) {
                    ThemeRead::Theme(theme, _) => Reading::Read(theme),
                    ThemeRead::Other => Reading::Failed,
                }
            }
            Field::Audience => match count::read(cell) {
                Some(count) => self.audience = Reading::Read(count),
                None => {
                    self.audience = Reading::Failed;
                    self.doubted |= bit(field);
                }
            },
            Field::PublishedOn => {
                self.published_on = single(cell, plan.recent_years());
                self.doubt_day(field);
            }
            Field::SubmittedOn => {
                self.submitted_on = single(cell, plan.recent_years());
                self.doubt_day(field);
            }
            _ => {}
        }
    }

    /// `start`, `end` and 活动时间 together.
    fn days(&mut self, cells: &[Cell<'_>], plan: &Plan) {
        let plain = |field: Field| cells.get(field.index()).and_then(|cell| plain_day(*cell));
        if let (Some(start), Some(end)) = (plain(Field::Start), plain(Field::End)) {
            (self.start, self.end) = (DayRead::Read(start), DayRead::Read(end));
            return;
        }
        self.written_days(cells, plan);
        self.doubt_day(Field::Start);
        self.doubt_day(Field::End);
    }

    /// The same of days in any form.
    fn written_days(&mut self, cells: &[Cell<'_>], plan: &Plan) {
        let years = Years::Of(plan.notice.year());
        self.from_period = !self.is_given(Field::Start) && !self.is_given(Field::End) && self.is_given(Field::Period);
        if self.from_period {
            self.held |= bit(Field::Start);
        }
        let first = if self.from_period { Field::Period } else { Field::Start };
        let end = self.span(cells, Field::End, years);
        let Some(start) = self.span(cells, first, years) else {
            self.end = end.map_or(DayRead::Absent, single_of);
            return;
        };
        self.is_range = start.is_ok_and(|span| span.is_range);
        let (start, last) = match (start, end) {
            (Ok(span), None) => {
                self.one_text = true;
                (DayRead::Read(span.first), DayRead::Read(span.last))
            }
            (Ok(span), Some(end)) => {
                let end = single_of(end);
                let fits = !span.is_range || end.day() == Some(span.last.day);
                (if fits { DayRead::Read(span.first) } else { DayRead::Fault(DayFault::Unreadable) }, end)
            }
            (Err(fault), None) => (DayRead::Fault(fault), DayRead::Unknown),
            (Err(fault), Some(end)) => (DayRead::Fault(fault), single_of(end)),
        };
        (self.start, self.end) = (start, last);
        if self.is_too_long(first) {
            self.start = DayRead::Unknown;
        }
        if self.is_too_long(Field::End) {
            self.end = DayRead::Unknown;
        }
    }

    fn span(&self, cells: &[Cell<'_>], field: Field, years: Years) -> Option<Result<Span, DayFault>> {
        if !self.is_given(field) {
            return None;
        }
        let cell = cells.get(field.index()).copied().unwrap_or(Cell::Empty);
        Some(if self.is_too_long(field) { Err(DayFault::Unreadable) } else { reading::days(cell, years) })
    }

    /// The bits of the fields in which something stands.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// The bits of the fields in which an item surely stands.
    pub(crate) fn held(&self) -> u64 {
        self.held
    }

    /// Whether an item surely stands in a field.
    pub(crate) fn surely_has(&self, field: Field) -> bool {
        self.held & bit(field) != 0
    }

    /// The bits of the fields that are in doubt.
    pub(crate) fn doubted(&self) -> u64 {
        self.doubted
    }

    /// Whether something stands in a field of which no screen could say that there is nothing to say.
    pub(crate) fn is_doubted(&self, field: Field) -> bool {
        self.given & self.doubted & bit(field) != 0
    }

    /// Puts every field in doubt.
    pub(crate) fn doubt_all(&mut self) {
        self.doubted = u64::MAX;
    }

    /// Whether something stands in a field.
    pub(crate) fn is_given(&self, field: Field) -> bool {
        self.given & bit(field) != 0
    }

    /// Whether a field is too long to be read.
    pub(crate) fn is_too_long(&self, field: Field) -> bool {
        self.too_long & bit(field) != 0
    }

    /// The first and last day, where both were read and stand in order.
    pub(crate) fn span_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (start, end) = (self.start.day()?, self.end.day()?);
        (start <= end).then_some((start, end))
    }

    /// Whether both days were read and the last comes before the first.
    pub(crate) fn is_reversed(&self) -> bool {
        matches!((self.start.day(), self.end.day()), (Some(start), Some(end)) if end < start)
    }

    /// Whether something stands in a field that is short enough to be read.
    pub(crate) fn is_readable(&self, field: Field) -> bool {
        self.is_given(field) && !self.is_too_long(field)
    }

    /// A day field's reading; other fields have none.
    pub(crate) fn day(&self, field: Field) -> DayRead {
        match field {
            Field::Start => self.start,
            Field::End => self.end,
            Field::PublishedOn => self.published_on,
            Field::SubmittedOn => self.submitted_on,
            _ => DayRead::Absent,
        }
    }

    /// A single name's reading; `None` for other fields.
    pub(crate) fn name(&self, field: Field) -> Option<Reading<Named<NodeIx>>> {
        match field {
            Field::Category => Some(self.category),
            Field::Region => Some(self.region),
            Field::OrganizerKind => Some(self.organizer_kind),
            Field::UnitKind => Some(self.unit_kind),
            Field::Mode => Some(self.mode),
            _ => None,
        }
    }
}

const fn bit_of(index: usize) -> u64 {
    1 << (index % 64)
}

/// A field as one bit of many.
pub(crate) fn bit(field: Field) -> u64 {
    bit_of(field.index())
}

/// Some fields as bits of one number.
pub(crate) fn mask(fields: impl IntoIterator<Item = impl std::borrow::Borrow<Field>>) -> u64 {
    fields.into_iter().fold(0, |bits, field| bits | bit(*field.borrow()))
}

/// A text held against the list of its field.
pub(crate) fn read_name(field: Field, cell: Cell<'_>, names: &crate::notice::names::NameList) -> Reading<Named<NodeIx>> {
    let text = text(cell);
    let read = if field == Field::Region { place::read(&text, names) } else { name::read(&text, names) };
    match read {
        NameRead::Official(node) => Reading::Read(Named { node, by_alias: false }),
        NameRead::Alias(node) => Reading::Read(Named { node, by_alias: true }),
        NameRead::Unknown => Reading::Failed,
    }
}

/// A day field that holds one day; a range there is unreadable.
fn single(cell: Cell<'_>, years: Years) -> DayRead {
    plain_day(cell).map_or_else(|| single_of(reading::days(cell, years)), DayRead::Read)
}

/// The day of a text of ten signs, as nearly all of a program's are: the way through ranges is three times as long.
fn plain_day(cell: Cell<'_>) -> Option<Written> {
    let Cell::Text(text) = cell else { return None };
    let day = reading::day::of_ten(text.as_bytes())?;
    Some(Written { day, minute: None, weekday: None, inferred: false })
}

fn single_of(read: Result<Span, DayFault>) -> DayRead {
    match read {
        Ok(span) if !span.is_range => DayRead::Read(span.first),
        Ok(_) => DayRead::Fault(DayFault::Unreadable),
        Err(fault) => DayRead::Fault(fault),
    }
}

/// Whether a text of a list field has too many parts.
fn is_too_many(field: Field, text: &str, plan: &Plan) -> bool {
    field.is_list() && list::is_too_many(field, Cell::Text(text), &|text| plan.is_name(field, text))
}

/// The items of a list field that are not empty, with their index in paths.
pub(crate) fn items<'a>(field: Field, cell: Cell<'a>, plan: &Plan, each: &mut dyn FnMut(u32, std::borrow::Cow<'a, str>)) {
    list::items(field, cell, &|text| plan.is_name(field, text), &mut |index, text| {
        each(u32::try_from(index).unwrap_or(u32::MAX), text)
    });
}
