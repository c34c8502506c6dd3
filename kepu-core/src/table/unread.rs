//! What stands in a table and was not read, and what no column holds.

use super::findings::Findings;
use super::report::Checked;
use super::spot::Spot;
use super::{Table, TableRow};
use crate::finding::{Arg, Finding};
use crate::message::Lang;
use crate::notice::model::Clause;
use crate::record::{Field, Kind};
use crate::rule::Severity;
use crate::sheet::{Column, ColumnRole, column_name};

/// A column that no field is read from, in any record.
#[derive(Debug, Clone, Copy)]
pub struct UnreadColumn<'a> {
    column: &'a Column,
    kind: &'a Kind,
    nearest: Option<Field>,
}

impl<'a> UnreadColumn<'a> {
    /// The column.
    pub fn column(&self) -> &'a Column {
        self.column
    }

    /// Its letters: `F`.
    pub fn letters(&self) -> String {
        column_name(self.column.index)
    }

    /// The field that its header may have meant.
    pub fn nearest(&self) -> Option<Field> {
        self.nearest
    }

    /// That it was not read, and why.
    pub fn message(&self, lang: Lang) -> String {
        let (letters, header) = (self.letters(), self.column.header.trim());
        let label = |field: Field| field.label(self.kind, lang);
        match (lang, self.column.role, self.nearest) {
            (Lang::Zh, ColumnRole::Repeated(field), _) => {
                format!("{letters} 列“{header}”未读取：表头出现了两次，无法确定哪一列是{}", label(field))
            }
            (Lang::En, ColumnRole::Repeated(field), _) => {
                format!("column {letters} `{header}` was not read: its header stands twice for {}", label(field))
            }
            (Lang::Zh, ..) if header.is_empty() => format!("{letters} 列没有表头，未读取"),
            (Lang::En, ..) if header.is_empty() => format!("column {letters} has no header and was not read"),
            (Lang::Zh, _, None) => format!("{letters} 列“{header}”未读取"),
            (Lang::En, _, None) => format!("column {letters} `{header}` was not read"),
            (Lang::Zh, _, Some(field)) => format!("{letters} 列“{header}”未读取；最接近的字段是{}", label(field)),
            (Lang::En, _, Some(field)) => {
                format!("column {letters} `{header}` was not read; the nearest field is {}", label(field))
            }
        }
    }
}

/// Fields that records are asked for and that no column of their table holds: said once, whatever the number of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing<'a> {
    kind: &'a Kind,
    fields: Vec<Field>,
    rows: usize,
    severity: Severity,
    clause: Option<&'a Clause>,
}

impl<'a> Missing<'a> {
    /// The fields; any of them would do where the notice says so.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// How many rows have a finding for want of them.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How grave those findings are.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The clause that they rest on.
    pub fn clause(&self) -> Option<&'a Clause> {
        self.clause
    }

    /// It in words: 活动图片、活动视频两列都没有：300 行.
    pub fn message(&self, lang: Lang) -> String {
        let labels: Vec<&str> = self.fields.iter().map(|field| field.label(self.kind, lang)).collect();
        let rows = self.rows;
        match (lang, labels.len()) {
            (Lang::Zh, 1) => format!("没有{}这一列：{rows} 行", labels.concat()),
            (Lang::Zh, 2) => format!("{}两列都没有：{rows} 行", labels.join("、")),
            (Lang::Zh, count) => format!("{}这 {count} 列都没有：{rows} 行", labels.join("、")),
            (Lang::En, _) => {
                format!("no column for {}: {rows} {}", labels.join(" or "), if rows == 1 { "row" } else { "rows" })
            }
        }
    }
}

impl<'a> Checked<'a> {
    /// The columns that no field is read from; those that number the rows aside.
    pub fn unread_columns(self) -> impl Iterator<Item = UnreadColumn<'a>> {
        let sheet = self.as_sheet();
        sheet.into_iter().flat_map(|sheet| {
            let unread = sheet.columns().iter().filter_map(move |column| match column.role {
                ColumnRole::Unknown => Some((column, sheet.nearest(column))),
                ColumnRole::Repeated(field) => Some((column, Some(field))),
                ColumnRole::Field(_) | ColumnRole::Further(_) | ColumnRole::RowNumber => None,
            });
            unread.map(|(column, nearest)| UnreadColumn { column, kind: sheet.kind(), nearest })
        })
    }

    /// What records are asked for and no column holds.
    pub fn missing(self) -> Vec<Missing<'a>> {
        let mut missing: Vec<Missing<'a>> = Vec::new();
        for of_none in self.of_no_column() {
            match missing.iter_mut().find(|known| known.fields == of_none.fields) {
                Some(known) => known.rows = known.rows.max(of_none.rows),
                None => missing.push(Missing {
                    kind: self.kind(),
                    fields: of_none.fields,
                    rows: of_none.rows,
                    severity: of_none.spot.severity,
                    clause: of_none.spot.clause(&self.report().clauses),
                }),
            }
        }
        missing
    }

    /// The findings of its records but those for want of a column, which [`Checked::missing`] says once.
    pub fn findings_in_columns(self) -> Findings<'a> {
        let hidden = self.of_no_column().into_iter().map(|of_none| (of_none.spot.rule(), of_none.spot.path())).collect();
        self.findings().without(hidden)
    }

    /// The rules that are broken for want of a column, with the first row that shows it; the others are not looked at.
    fn of_no_column(self) -> Vec<OfNoColumn> {
        // Of each rule and field: a row that shows it, the last such row, and how many there are.
        let mut found: Vec<(&Spot, usize, usize)> = Vec::new();
        let table = self.table();
        for spot in self.spots().iter().filter(|spot| spot.path().of().is_some_and(|field| !is_held(table, field))) {
            let record = spot.record();
            match found.iter_mut().find(|(known, ..)| known.rule() == spot.rule() && known.path() == spot.path()) {
                Some((_, last, _)) if *last == record => {}
                Some((_, last, rows)) => (*last, *rows) = (record, *rows + 1),
                None => found.push((spot, record, 1)),
            }
        }
        let of_none = |(spot, _, rows): (&Spot, usize, usize)| {
            let row = TableRow { table, record: spot.record() };
            let again = self.report().checker().check(&row, self.report().as_of());
            let shown = again.findings().iter().find(|finding| finding.rule() == spot.rule() && finding.path() == spot.path());
            let fields = shown.filter(|finding| is_of_no_column(table, finding)).map(fields_of)?;
            Some(OfNoColumn { spot: *spot, fields, rows })
        };
        found.into_iter().filter_map(of_none).collect()
    }
}

/// A rule that is broken for want of a column.
struct OfNoColumn {
    spot: Spot,
    fields: Vec<Field>,
    rows: usize,
}

/// The fields that a finding names, any of which would do; else the one at which it points.
fn fields_of(finding: &Finding<'_>) -> Vec<Field> {
    let named = finding.args().iter().find_map(|(_, arg)| match arg {
        Arg::Fields(fields) => Some(fields.clone()),
        _ => None,
    });
    named.unwrap_or_else(|| finding.path().of().into_iter().collect())
}

/// Whether no column holds any of the fields that a finding is about.
pub(super) fn is_of_no_column(table: &dyn Table, finding: &Finding<'_>) -> bool {
    let fields = fields_of(finding);
    !fields.is_empty() && !fields.iter().any(|field| is_held(table, *field))
}

/// Whether a column holds a field; the days of an activity may come from 活动时间, the last from the cell of the first.
fn is_held(table: &dyn Table, field: Field) -> bool {
    let held = |fields: &[Field]| fields.iter().any(|field| table.has(*field));
    match field {
        Field::Start => held(&[Field::Start, Field::Period]),
        Field::End => held(&[Field::End, Field::Start, Field::Period]),
        field => table.has(field),
    }
}
