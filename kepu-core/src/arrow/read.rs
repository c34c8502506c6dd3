//! What was read in a table, as a table.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field as Column, Schema, SchemaRef};
use chrono::{DateTime, NaiveDate};

use super::report::{ArrowReport, Pieces, Whole};
use crate::record::{CellBuf, Field, FieldType, Kind};
use crate::report::Report;

/// The values of a table as they were read, by pieces: `row`, then each field of the kind by its id. Names are ids, the
/// theme is its official text, days are Date32, `audience` is Int64 beside `audience_precision`, lists and telephones are
/// lists of Utf8, all else is Utf8; null where nothing was read.
pub struct Readings {
    whole: Arc<Whole>,
    pieces: Pieces,
    schema: SchemaRef,
}

impl ArrowReport {
    /// The values as they were read, as a table of their own. Every row is read again, piece by piece.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
    /// use kepu_core::{Notice, arrow::TableOptions};
    /// let column = |cell: &str| Arc::new(StringArray::from(vec![cell])) as ArrayRef;
    /// let batch = RecordBatch::try_from_iter([("所在地", column("河南省洛阳市")), ("参与人次", column("约1200人"))]).unwrap();
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let table = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    /// let report = checker.check_table(table, "2023-09-01".parse()?, &TableOptions::default())?;
    /// let read = report.readings().next().unwrap().unwrap();
    /// let regions = read.column_by_name("region").unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
    /// assert_eq!(regions.value(0), "410300");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn readings(&self) -> Readings {
        let schema = Arc::new(schema(self.kind()));
        Readings { whole: Arc::clone(&self.0), pieces: Pieces::default(), schema }
    }
}

/// 活动时间 is read into the first day and the last.
fn fields(kind: &Kind) -> impl Iterator<Item = Field> {
    kind.fields().iter().copied().filter(|field| *field != Field::Period)
}

fn schema(kind: &Kind) -> Schema {
    let mut columns = vec![Column::new("row", DataType::Int64, false)];
    for field in fields(kind) {
        let ty = match field.ty() {
            FieldType::Day => DataType::Date32,
            FieldType::Count => DataType::Int64,
            FieldType::Phone => texts(),
            _ if field.is_list() => texts(),
            _ => DataType::Utf8,
        };
        columns.push(Column::new(field.id(), ty, true));
        if field == Field::Audience {
            columns.push(Column::new("audience_precision", DataType::Utf8, true));
        }
    }
    Schema::new(columns)
}

/// The type of lists of texts.
pub(super) fn texts() -> DataType {
    DataType::List(Arc::new(Column::new_list_field(DataType::Utf8, true)))
}

impl Iterator for Readings {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (first, batch) = self.pieces.next(&self.whole)?;
        Some(self.piece(first, &batch))
    }
}

impl Readings {
    fn piece(&self, first: u32, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let piece = self.whole.frame.batch(batch).map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
        let mut columns = Columns::new(self.whole.frame.kind(), piece.len());
        for (number, row) in (i64::from(first)..).zip(piece.rows()) {
            columns.push(number, &self.whole.checker.glance(&row, self.whole.as_of));
        }
        RecordBatch::try_new(Arc::clone(&self.schema), columns.finish())
    }
}

impl RecordBatchReader for Readings {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// Readings on their way into a batch.
struct Columns {
    row: Int64Builder,
    fields: Vec<(Field, Builder)>,
    precision: StringBuilder,
}

enum Builder {
    Day(Date32Builder),
    Number(Int64Builder),
    Texts(ListBuilder<StringBuilder>),
    Text(StringBuilder),
}

impl Columns {
    fn new(kind: &Kind, rows: usize) -> Columns {
        let builder = |field: Field| match field.ty() {
            FieldType::Day => Builder::Day(Date32Builder::with_capacity(rows)),
            FieldType::Count => Builder::Number(Int64Builder::with_capacity(rows)),
            FieldType::Phone => Builder::Texts(ListBuilder::new(StringBuilder::new())),
            _ if field.is_list() => Builder::Texts(ListBuilder::new(StringBuilder::new())),
            _ => Builder::Text(StringBuilder::new()),
        };
        let fields = fields(kind).map(|field| (field, builder(field))).collect();
        Columns { row: Int64Builder::with_capacity(rows), fields, precision: StringBuilder::new() }
    }

    fn push(&mut self, row: i64, report: &Report<'_>) {
        self.row.append_value(row);
        for (field, builder) in &mut self.fields {
            match builder {
                Builder::Day(days) => days.append_option(report.day(*field).and_then(since_1970)),
                Builder::Number(numbers) => numbers.append_option(match report.read(*field) {
                    CellBuf::Int(number) => Some(number),
                    _ => None,
                }),
                Builder::Texts(lists) => lists.append_option(match report.read(*field) {
                    CellBuf::List(items) => Some(items.into_iter().map(text).collect::<Vec<_>>()),
                    _ => None,
                }),
                Builder::Text(texts) => texts.append_option(text(report.read(*field))),
            }
        }
        self.precision.append_option(report.precision().map(|precision| precision.id()));
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.row.finish())];
        for (field, builder) in &mut self.fields {
            columns.push(match builder {
                Builder::Day(days) => Arc::new(days.finish()),
                Builder::Number(numbers) => Arc::new(numbers.finish()),
                Builder::Texts(lists) => Arc::new(lists.finish()),
                Builder::Text(texts) => Arc::new(texts.finish()),
            });
            if *field == Field::Audience {
                columns.push(Arc::new(self.precision.finish()));
            }
        }
        columns
    }
}

fn text(cell: CellBuf) -> Option<String> {
    match cell {
        CellBuf::Text(text) => Some(text),
        _ => None,
    }
}

fn since_1970(day: NaiveDate) -> Option<i32> {
    i32::try_from((day - DateTime::UNIX_EPOCH.date_naive()).num_days()).ok()
}
