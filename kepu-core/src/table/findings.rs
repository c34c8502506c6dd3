//! The findings of many tables in order, each where it stands: made again row by row, as they are asked for.

use std::borrow::Cow;

use super::spot::{Own, Part, Spot, Twice};
use super::{TableReport, TableRow, unread};
use crate::finding::{Arg, Details, Finding, Path};
use crate::reading::{is_empty, text};
use crate::record::{Cell, Field, Kind};
use crate::rule::RuleId;
use crate::sheet::Sheet;

/// A finding with the place where it stands.
#[derive(Clone)]
pub struct Placed<'a> {
    finding: Finding<'a>,
    /// None for what the set itself shows.
    at: Option<(&'a Part, usize)>,
}

impl<'a> Placed<'a> {
    /// What is wrong.
    pub fn finding(&self) -> &Finding<'a> {
        &self.finding
    }

    /// The row as its senders know it: in a sheet from 1, in a list from 0; none for what the set itself shows.
    pub fn row(&self) -> Option<u64> {
        self.at.map(|(part, record)| part.table.row(record))
    }

    /// The record's number in its table, from 0.
    pub fn record(&self) -> Option<usize> {
        self.at.map(|(_, record)| record)
    }

    /// The file.
    pub fn file(&self) -> Option<&'a str> {
        self.at.and_then(|(part, _)| part.table.file())
    }

    /// What the spreadsheet calls the sheet.
    pub fn sheet(&self) -> Option<&'a str> {
        self.at.and_then(|(part, _)| part.table.sheet())
    }

    /// Where the cell stands: `C5`, of a merge its first cell; none without such a column.
    pub fn cell(&self) -> Option<String> {
        let (part, record) = self.at?;
        part.table.address(record, self.column()?)
    }

    /// The record's own id, as written.
    pub fn id(&self) -> Option<Cow<'a, str>> {
        self.written(Field::Id)
    }

    /// What the record is called: an activity's title, the unit of a submission.
    pub fn name(&self) -> Option<Cow<'a, str>> {
        let (part, record) = self.at?;
        let field = if part.table.kind().is_activity() { Field::Title } else { Field::Unit };
        written(part.table.cell(record, field))
    }

    /// What stands in any field of the record, as it is written.
    pub fn written(&self, field: Field) -> Option<Cow<'a, str>> {
        let (part, record) = self.at?;
        written(part.table.cell(record, field))
    }

    /// The field.
    pub fn field(&self) -> Option<Field> {
        self.finding.path().of()
    }

    /// The header over the cell, as it is written.
    pub fn header(&self) -> Option<&'a str> {
        let (part, record) = self.at?;
        part.table.header(record, self.column()?)
    }

    /// The value of the cell as it is written; of a list all of it.
    pub fn value(&self) -> Option<Cow<'a, str>> {
        let (part, record) = self.at?;
        written(part.table.cell(record, self.column()?))
    }

    /// Whether no column of the table holds what is missing: views say that once of the whole table, by
    /// [`Checked::missing`](super::Checked::missing).
    pub fn is_of_no_column(&self) -> bool {
        self.at.is_some_and(|(part, _)| unread::is_of_no_column(&*part.table, &self.finding))
    }

    /// The kind of record that is at fault.
    pub fn kind(&self) -> &'a Kind {
        self.finding.kind
    }

    /// The sheet in which it stands, where it is one.
    pub fn in_sheet(&self) -> Option<&'a Sheet> {
        self.at.and_then(|(part, _)| part.table.as_sheet())
    }

    /// Where the cell stands in its sheet: row and column from 0; none without such a column.
    #[cfg(feature = "files")]
    pub(crate) fn place(&self) -> Option<(u32, u32)> {
        let (_, record) = self.at?;
        self.in_sheet()?.record(record)?.place(self.column()?)
    }

    /// The field from whose cell the value came: the days may have come from 活动时间, or the last day from the cell of the
    /// first.
    fn column(&self) -> Option<Field> {
        let (field, (part, record)) = (self.field()?, self.at?);
        if !matches!(field, Field::Start | Field::End) {
            return Some(field);
        }
        let filled = |field| !is_empty(part.table.cell(record, field));
        Some(match () {
            () if !filled(Field::Start) && !filled(Field::End) && filled(Field::Period) => Field::Period,
            () if field == Field::End && !part.table.has(Field::End) => Field::Start,
            () => field,
        })
    }
}

/// A cell's text; none where nothing stands there.
fn written(cell: Cell<'_>) -> Option<Cow<'_, str>> {
    (!is_empty(cell)).then(|| text(cell))
}

/// The findings of a [`TableReport`], or of one of its tables: by file, sheet and row, then in a record's order; what the
/// set itself shows comes last. Rows are checked again one by one, so that only the words of one row are held at a time.
#[derive(Clone)]
pub struct Findings<'a> {
    report: &'a TableReport,
    parts: std::slice::Iter<'a, Part>,
    part: Option<&'a Part>,
    /// What of that part is still to come.
    spots: &'a [Spot],
    twice: &'a [Twice],
    /// The findings of one row.
    ready: std::vec::IntoIter<Placed<'a>>,
    own: std::slice::Iter<'a, Own>,
    /// What is left out.
    hidden: Vec<(RuleId, Path)>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(report: &'a TableReport, parts: &'a [Part], own: &'a [Own]) -> Findings<'a> {
        Findings {
            report,
            parts: parts.iter(),
            part: None,
            spots: &[],
            twice: &[],
            ready: Vec::new().into_iter(),
            own: own.iter(),
            hidden: Vec::new(),
        }
    }

    /// The same but for these rules at these places; a row with nothing else is not looked at again.
    pub(super) fn without(mut self, hidden: Vec<(RuleId, Path)>) -> Findings<'a> {
        self.hidden = hidden;
        self
    }

    fn is_hidden(&self, rule: RuleId, path: Path) -> bool {
        self.hidden.iter().any(|(other, at)| *other == rule && *at == path)
    }

    /// Makes the findings of the next row that has some; false behind the last.
    fn next_row(&mut self) -> bool {
        loop {
            let next = [self.spots.first().map(Spot::record), self.twice.first().map(Twice::record)];
            if let (Some(part), Some(record)) = (self.part, next.into_iter().flatten().min()) {
                let spots = leading(&mut self.spots, |spot| spot.record() == record);
                let twice = leading(&mut self.twice, |twice| twice.record() == record);
                if twice.is_empty()
                    && !self.hidden.is_empty()
                    && spots.iter().all(|spot| self.is_hidden(spot.rule(), spot.path()))
                {
                    continue;
                }
                self.ready = self.report.of_row(part, record, spots, twice).into_iter();
                return true;
            }
            let Some(part) = self.parts.next() else { return false };
            (self.part, self.spots, self.twice) = (Some(part), &part.spots, &part.twice);
        }
    }
}

/// Takes the items at the front of which something is true.
fn leading<'a, T>(items: &mut &'a [T], is: impl Fn(&T) -> bool) -> &'a [T] {
    let (front, rest) = items.split_at(items.iter().take_while(|item| is(item)).count());
    *items = rest;
    front
}

impl<'a> Iterator for Findings<'a> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        loop {
            if let Some(placed) = self.ready.next() {
                if self.is_hidden(placed.finding.rule(), placed.finding.path()) {
                    continue;
                }
                return Some(placed);
            }
            if !self.next_row() {
                let own = self.own.next()?;
                return Some(Placed { finding: own.finding(&self.report.clauses), at: None });
            }
        }
    }
}

impl TableReport {
    /// The findings of one row, with all that they say.
    fn of_row<'a>(&'a self, part: &'a Part, record: usize, spots: &[Spot], twice: &[Twice]) -> Vec<Placed<'a>> {
        let row = TableRow { table: &*part.table, record };
        let place = |finding| Placed { finding, at: Some((part, record)) };
        let (kind, year) = (part.table.kind(), self.checker.notice().year());
        let mut placed = Vec::with_capacity(spots.len() + twice.len());
        if !spots.is_empty() {
            let again = self.checker.check(&row, self.as_of);
            for (spot, finding) in spots.iter().zip(again.findings) {
                let (rule, path, clause) = (spot.rule(), spot.path(), spot.clause(&self.clauses));
                let details = finding.details;
                placed.push(place(Finding { rule, severity: spot.severity, path, clause, details, kind, year }));
            }
        }
        for shared in twice {
            let (rule, severity) = (shared.rule(), shared.severity);
            let path = rule.fields().first().map_or(Path::NONE, |field| Path::field(*field));
            let details = self.twice_details(part, record, path, shared.first);
            placed.push(place(Finding { rule, severity, path, clause: None, details, kind, year }));
        }
        if !twice.is_empty() {
            placed.sort_by_key(|placed| placed.finding.order());
        }
        placed
    }

    /// What is there twice, and where the first of it stands: the row, and the sheet and file where they are others.
    fn twice_details(&self, part: &Part, record: usize, path: Path, first: (u32, u32)) -> Details {
        let value = path.of().and_then(|field| written(part.table.cell(record, field)));
        let details = Details::default().maybe("value", value.map(|value| Arg::Text(value.into_owned())));
        let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        let Some(other) = self.parts.get(at(first.0)) else { return details };
        let row = i64::try_from(other.table.row(at(first.1))).unwrap_or(i64::MAX);
        let details = details.with("first", Arg::Number(row));
        let said = |text: Option<&str>, is_other: bool| text.filter(|_| is_other).map(|text| Arg::Text(text.to_owned()));
        let is_other_file = other.file != part.file;
        let is_other_sheet = is_other_file || !std::ptr::eq(other, part);
        details.maybe("file", said(other.table.file(), is_other_file)).maybe("sheet", said(other.table.sheet(), is_other_sheet))
    }
}
