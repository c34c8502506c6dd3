//! Findings as a table.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field as Column, Schema, SchemaRef};

use super::frame::Row;
use super::report::Whole;
use super::twins::Twin;
use crate::finding::{Arg, Details, Finding, Fix, Path, json_of_args};
use crate::message::Lang;
use crate::reading::{is_empty, text};
use crate::record::{Cell, Field, Record};
use crate::rule::Rule;
use crate::table::TableReport;

/// The columns of a table of findings. They are part of the interface: none is renamed, retyped or moved.
///
/// | column | type | |
/// |---|---|---|
/// | `row` | Int64 | the record's number from 0; for a sheet the row that the spreadsheet shows; null for the set itself |
/// | `file`, `sheet` | Utf8 | where the record stands; null where there is no such name |
/// | `cell` | Utf8 | the address of the cell in its sheet; null without such a column |
/// | `id` | Utf8 | the record's own id, as written |
/// | `field` | Utf8 | the field's id |
/// | `header` | Utf8 | the column's name as written; null without such a column |
/// | `value` | Utf8 | what was written, of a list the item; null where nothing was |
/// | `rule` | Utf8 | the rule's id |
/// | `severity` | Utf8 | `error`, `warning` or `info` |
/// | `blocking` | Boolean | whether a form would stop on it |
/// | `message`, `advice` | Utf8 | in the language that was asked for |
/// | `clause`, `quote` | Utf8 | the clause's number and words; null where the rule is structural |
/// | `args` | Utf8 | JSON: what the message is made of |
/// | `fix` | Utf8 | JSON: `{"path":["theme"],"value":"…"}`; null where there is none |
///
/// ```
/// let schema = kepu_core::arrow::findings_schema();
/// assert_eq!(schema.field(0).name(), "row");
/// assert!(schema.field_with_name("message").is_ok());
/// ```
pub fn findings_schema() -> SchemaRef {
    let text = |name: &str, nullable| Column::new(name, DataType::Utf8, nullable);
    Arc::new(Schema::new(vec![
        Column::new("row", DataType::Int64, true),
        text("file", true),
        text("sheet", true),
        text("cell", true),
        text("id", true),
        text("field", true),
        text("header", true),
        text("value", true),
        text("rule", false),
        text("severity", false),
        Column::new("blocking", DataType::Boolean, false),
        text("message", false),
        text("advice", false),
        text("clause", true),
        text("quote", true),
        text("args", false),
        text("fix", true),
    ]))
}

/// A finding and where it stands.
pub(super) struct Placed<'p, 'a> {
    pub(super) row: Option<u64>,
    pub(super) file: Option<&'p str>,
    pub(super) sheet: Option<&'p str>,
    pub(super) cell: Option<&'p str>,
    pub(super) id: Option<&'p str>,
    pub(super) header: Option<&'p str>,
    /// What stands in the cell.
    pub(super) value: Option<&'p str>,
    pub(super) finding: &'p Finding<'a>,
}

/// Findings on their way into a batch.
pub(super) struct Builder {
    lang: Lang,
    len: usize,
    row: Int64Builder,
    /// `file` to `value`.
    before: [StringBuilder; 7],
    /// `rule` and `severity`.
    rule: [StringBuilder; 2],
    blocking: BooleanBuilder,
    /// `message` to `fix`.
    behind: [StringBuilder; 6],
}

impl Builder {
    pub(super) fn new(lang: Lang) -> Builder {
        Builder {
            lang,
            len: 0,
            row: Int64Builder::new(),
            before: Default::default(),
            rule: Default::default(),
            blocking: BooleanBuilder::new(),
            behind: Default::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, placed: &Placed<'_, '_>) {
        let finding = placed.finding;
        let Placed { file, sheet, cell, id, header, .. } = *placed;
        // Of a list the item is what was written; of other fields the argument is the cell.
        let written = finding.args().iter().find_map(|(name, arg)| match arg {
            Arg::Text(value) if *name == "value" => Some(value.as_str()),
            _ => None,
        });
        let field = finding.path().of().map(Field::id);
        self.row.append_option(placed.row.and_then(|row| i64::try_from(row).ok()));
        let before = [file, sheet, cell, id, field, header, written.or(placed.value)];
        self.before.iter_mut().zip(before).for_each(|(builder, text)| builder.append_option(text));
        let [rule, severity] = &mut self.rule;
        rule.append_value(finding.rule().id());
        severity.append_value(finding.severity().id());
        self.blocking.append_value(finding.is_blocking());
        let (message, advice) = (finding.message(self.lang), finding.advice(self.lang));
        let clause = finding.clause();
        let (args, fix) = (json_of_args(finding.args()), finding.fix().map(Fix::to_json));
        let behind = [
            Some(message.as_str()),
            Some(&advice),
            clause.map(|clause| clause.number.as_str()),
            clause.map(|clause| clause.quote.as_str()),
            Some(&args),
            fix.as_deref(),
        ];
        self.behind.iter_mut().zip(behind).for_each(|(builder, text)| builder.append_option(text));
        self.len += 1;
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.row.finish())];
        let texts = |builders: &mut [StringBuilder]| -> Vec<ArrayRef> {
            builders.iter_mut().map(|builder| -> ArrayRef { Arc::new(builder.finish()) }).collect()
        };
        columns.extend(texts(&mut self.before));
        columns.extend(texts(&mut self.rule));
        columns.push(Arc::new(self.blocking.finish()));
        columns.extend(texts(&mut self.behind));
        RecordBatch::try_new(findings_schema(), columns)
    }
}

/// The findings of a table in pieces: in the order of the rows, what the set itself shows last. Rows with findings are
/// checked again one by one, so that no more than one piece is held at a time.
pub struct Findings {
    whole: Arc<Whole>,
    lang: Lang,
    /// How many rows with findings, and how many twins, have been handed out.
    rows: usize,
    twins: usize,
    is_done: bool,
}

/// A piece ends behind the row with which it has so many findings.
const ENOUGH: usize = 4_096;

impl Findings {
    pub(super) fn new(whole: Arc<Whole>, lang: Lang) -> Findings {
        Findings { whole, lang, rows: 0, twins: 0, is_done: false }
    }

    /// The next row that has a finding of its own or with others.
    fn next_row(&self) -> Option<u32> {
        let twin = self.whole.twins.get(self.twins).map(|(twin, _)| twin.row);
        self.whole.found_rows().get(self.rows).copied().into_iter().chain(twin).min()
    }

    /// The findings of the rows of one piece.
    fn rows(&mut self, into: &mut Builder) -> Result<(), ArrowError> {
        let whole = Arc::clone(&self.whole);
        let Some(first) = self.next_row() else { return Ok(()) };
        let Some(piece) = whole.piece_of(first) else { return Ok(()) };
        let (start, batch) = piece.map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
        while let Some(number) = self.next_row().filter(|_| into.len() < ENOUGH) {
            let Some(row) = usize::try_from(number - start).ok().and_then(|at| batch.row(at)) else { break };
            let is_own = whole.found_rows().get(self.rows) == Some(&number);
            let mut twins = VecDeque::new();
            while let Some((twin, rule)) = whole.twins.get(self.twins).filter(|(twin, _)| twin.row == number) {
                twins.push_back((*twin, *rule));
                self.twins += 1;
            }
            self.rows += usize::from(is_own);
            one_row(&whole, number, row, is_own, twins, into);
        }
        Ok(())
    }
}

/// The findings of one row, made again.
fn one_row(whole: &Whole, number: u32, row: Row<'_>, is_own: bool, twins: VecDeque<(Twin, &'static Rule)>, into: &mut Builder) {
    let report = is_own.then(|| whole.checker.check(&row, whole.as_of));
    let mut findings = report.map(|report| report.findings).unwrap_or_default();
    let (kind, year) = (row.kind(), whole.checker.notice().year());
    for (twin, rule) in twins {
        let path = rule.fields.first().map_or(Path::NONE, |field| Path::field(*field));
        let value = path.of().and_then(|field| written(row.cell(field)));
        let details = Details::default().maybe("value", value.map(Arg::Text)).with("first", Arg::Number(twin.first.into()));
        findings.push(Finding { rule: rule.into(), severity: rule.severity, path, clause: None, details, kind, year });
    }
    findings.sort_by_key(Finding::order);
    let id = written(row.cell(Field::Id));
    for finding in &findings {
        let column = finding.path().of().map(|field| column(row, field));
        let value = column.and_then(|field| written(row.cell(field)));
        into.push(&Placed {
            row: Some(number.into()),
            file: None,
            sheet: None,
            cell: None,
            id: id.as_deref(),
            header: column.and_then(|field| row.header(field)),
            value: value.as_deref(),
            finding,
        });
    }
}

/// A cell's text; none where nothing stands there.
fn written(cell: Cell<'_>) -> Option<String> {
    (!is_empty(cell)).then(|| text(cell).into_owned())
}

/// The field from whose cell a value came: the days may have come from 活动时间, or the last day from the cell of the first.
fn column(row: Row<'_>, field: Field) -> Field {
    let filled = |field| !is_empty(row.cell(field));
    match field {
        Field::Start | Field::End if !filled(Field::Start) && !filled(Field::End) && filled(Field::Period) => Field::Period,
        Field::End if row.header(Field::End).is_none() => Field::Start,
        field => field,
    }
}

/// The findings of sheets in pieces, as those of a table.
pub struct SheetFindings<'r> {
    findings: crate::table::Findings<'r>,
    lang: Lang,
}

impl TableReport {
    /// The findings as a table of Arrow ([`findings_schema`]), by pieces and in their order. Their words are made only now,
    /// in one language.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use kepu_core::{Kind, Lang, Notice, RecordBuf, Records, TableCheck};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let mut check = TableCheck::new(&checker, "2023-09-01".parse()?);
    /// check.table(Arc::new(Records::new(Kind::ACTIVITY, vec![RecordBuf::activity()])));
    /// let report = check.finish();
    /// let batch = report.findings_in_arrow(Lang::Zh).next().unwrap().unwrap();
    /// assert_eq!(batch.num_rows(), report.findings().count());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn findings_in_arrow(&self, lang: Lang) -> SheetFindings<'_> {
        SheetFindings { findings: self.findings(), lang }
    }
}

impl Iterator for SheetFindings<'_> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut into = Builder::new(self.lang);
        for placed in self.findings.by_ref() {
            let (cell, id, value) = (placed.cell(), placed.id(), placed.value());
            into.push(&Placed {
                row: placed.row(),
                file: placed.file(),
                sheet: placed.sheet(),
                cell: cell.as_deref(),
                id: id.as_deref(),
                header: placed.header(),
                value: value.as_deref(),
                finding: placed.finding(),
            });
            if into.len() >= ENOUGH {
                break;
            }
        }
        (into.len() > 0).then(|| into.finish())
    }
}

impl RecordBatchReader for SheetFindings<'_> {
    fn schema(&self) -> SchemaRef {
        findings_schema()
    }
}

impl Iterator for Findings {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let mut into = Builder::new(self.lang);
        while into.len() < ENOUGH && self.next_row().is_some() {
            if let Err(error) = self.rows(&mut into) {
                self.is_done = true;
                return Some(Err(error));
            }
        }
        if self.next_row().is_none() {
            self.is_done = true;
            for finding in self.whole.own() {
                into.push(&Placed {
                    row: None,
                    file: None,
                    sheet: None,
                    cell: None,
                    id: None,
                    header: None,
                    value: None,
                    finding: &finding,
                });
            }
        }
        (into.len() > 0).then(|| into.finish())
    }
}

impl RecordBatchReader for Findings {
    fn schema(&self) -> SchemaRef {
        findings_schema()
    }
}
