//! A table with every safe fix applied.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, RecordBatchReader, StringArray, StringViewArray};
use arrow_schema::{ArrowError, DataType, Field as Column, Schema, SchemaRef};

use super::read::texts;
use super::report::{ArrowReport, Pieces, Whole};
use super::values::Values;
use crate::finding::{Finding, Fix};
use crate::reading::{is_empty, text};
use crate::record::{Cell, CellBuf, Field, Record};

/// The caller's table by pieces, all of its columns, with every safe fix applied, and one column more: `kepu_fixed` holds
/// the fixes of the row as a JSON list, null where there was none. Texts in a dictionary that a field is read from come out
/// as Utf8 and lists as lists of Utf8; all other types are the caller's.
pub struct Fixed {
    whole: Arc<Whole>,
    pieces: Pieces,
    schema: SchemaRef,
    /// How many of the rows with findings are behind.
    rows: usize,
}

/// The name of the column that says what was changed.
const FIXED: &str = "kepu_fixed";

impl ArrowReport {
    /// The caller's table with every safe fix applied. The caller's own cells stay as they are.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
    /// use kepu_core::{Notice, arrow::TableOptions};
    /// let column = |cell: &str| Arc::new(StringArray::from(vec![cell])) as ArrayRef;
    /// let batch = RecordBatch::try_from_iter([("活动名称", column("走近湿地")), ("线上活动链接", column("www.xx.cn/a"))]).unwrap();
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let table = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    /// let report = checker.check_table(table, "2023-09-01".parse()?, &TableOptions::default())?;
    /// let fixed = report.fixed().next().unwrap().unwrap();
    /// let texts = |at: usize| fixed.column(at).as_any().downcast_ref::<StringArray>().unwrap().value(0).to_owned();
    /// assert_eq!(texts(1), "https://www.xx.cn/a");
    /// assert_eq!(texts(2), r#"[{"path":["url"],"value":"https://www.xx.cn/a"}]"#);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn fixed(&self) -> Fixed {
        let frame = &self.0.frame;
        let is_read = |at: usize| Field::ALL.iter().any(|field| frame.of(*field).contains(&at));
        let mut columns: Vec<Column> = Vec::new();
        for (at, column) in frame.schema().fields().iter().enumerate() {
            let ty = if is_read(at) { fixable(column.data_type()) } else { column.data_type().clone() };
            columns.push(column.as_ref().clone().with_data_type(ty));
        }
        columns.push(Column::new(FIXED, DataType::Utf8, true));
        let schema = Arc::new(Schema::new_with_metadata(columns, frame.schema().metadata().clone()));
        Fixed { whole: Arc::clone(&self.0), pieces: Pieces::default(), schema, rows: 0 }
    }
}

/// The type of a column in which a text may be replaced.
fn fixable(ty: &DataType) -> DataType {
    match ty {
        DataType::Dictionary(_, values) if values.is_string() => DataType::Utf8,
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => texts(),
        ty => ty.clone(),
    }
}

/// A cell that is replaced: its column, its row, and what stands there now.
type Change = (usize, usize, CellBuf);

impl Fixed {
    fn piece(&mut self, first: u32, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let whole = Arc::clone(&self.whole);
        let external = |error| ArrowError::ExternalError(Box::new(error));
        let piece = whole.frame.batch(batch).map_err(external)?;
        let (mut changes, mut said): (Vec<Change>, _) = (Vec::new(), StringBuilder::new());
        for (at, row) in piece.rows().enumerate() {
            let number = u32::try_from(at).ok().and_then(|at| first.checked_add(at));
            if number.is_none() || whole.found_rows().get(self.rows).copied() != number {
                said.append_null();
                continue;
            }
            self.rows += 1;
            let report = whole.checker.check(&row, whole.as_of);
            let fixes: Vec<_> = report.findings().iter().filter_map(Finding::fix).collect();
            if fixes.is_empty() {
                said.append_null();
                continue;
            }
            let fixed = report.fixed();
            let mut fields: Vec<Field> = fixes.iter().filter_map(|fix| fix.path.of()).collect();
            fields.dedup();
            for field in fields {
                let places = whole.frame.of(field);
                let is_filled = |place: &&usize| piece.values(**place).is_some_and(|values| !is_empty(values.cell(at)));
                if let Some(place) = places.iter().find(is_filled) {
                    changes.push((*place, at, fixed.cell(field).to_buf()));
                }
            }
            let fixes: Vec<String> = fixes.into_iter().map(Fix::to_json).collect();
            said.append_value(format!("[{}]", fixes.join(",")));
        }
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns() + 1);
        for (at, array) in batch.columns().iter().enumerate() {
            let of_column: Vec<&Change> = changes.iter().filter(|(place, ..)| *place == at).collect();
            let is_kept = of_column.is_empty() && self.schema.field(at).data_type() == array.data_type();
            columns.push(match piece.values(at).filter(|_| !is_kept) {
                Some(values) => replaced(array, values, &of_column),
                None => Arc::clone(array),
            });
        }
        columns.push(Arc::new(said.finish()));
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}

/// A column with some of its cells replaced.
fn replaced(array: &ArrayRef, values: &Values, changes: &[&Change]) -> ArrayRef {
    let cell = |row: usize| match changes.iter().find(|(_, changed, _)| *changed == row) {
        Some((.., cell)) => cell.cell(),
        None => values.cell(row),
    };
    let rows = 0..array.len();
    let one = |row| match cell(row) {
        Cell::Empty => None,
        cell => Some(text(cell)),
    };
    match array.data_type() {
        DataType::LargeUtf8 => Arc::new(LargeStringArray::from_iter(rows.map(one))),
        DataType::Utf8View => Arc::new(StringViewArray::from_iter(rows.map(one))),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for row in rows {
                lists.append_option(match cell(row) {
                    Cell::List(list) => Some(
                        list.iter()
                            .map(|item| match item {
                                Cell::Empty => None,
                                item => Some(text(item).into_owned()),
                            })
                            .collect::<Vec<_>>(),
                    ),
                    _ => None,
                });
            }
            Arc::new(lists.finish())
        }
        _ => Arc::new(StringArray::from_iter(rows.map(one))),
    }
}

impl Iterator for Fixed {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let whole = Arc::clone(&self.whole);
        let (first, batch) = self.pieces.next(&whole)?;
        Some(self.piece(first, &batch))
    }
}

impl RecordBatchReader for Fixed {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
