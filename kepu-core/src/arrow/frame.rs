//! Which column of a table is which field, and the records in its batches.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use super::values::Values;
use super::{TableOptions, fault};
use crate::checker::readings::bit;
use crate::error::Error;
use crate::reading::is_empty;
use crate::record::{Cell, Field, Kind, Record};
use crate::sheet::{Column, Named};
use crate::table::no_field;

/// A table of Arrow record batches: which of its columns is which field.
///
/// Columns are found by id, label or alias as in sheets. Texts (Utf8, LargeUtf8, Utf8View, and dictionaries over them),
/// dates, timestamps, integers, floats, decimals, booleans, nulls, and lists of these are read; a column of another type
/// that is to be a field is an error, and one that is none is handed through.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray};
/// use kepu_core::{Cell, Field, Notice, Record, arrow::{Frame, TableOptions}};
/// let batch = RecordBatch::try_from_iter([
///     ("活动名称", Arc::new(StringArray::from(vec!["走近湿地"])) as ArrayRef),
///     ("开始日期", Arc::new(Date32Array::from(vec![19_619]))),
/// ]).unwrap();
/// let frame = Frame::new(batch.schema(), &TableOptions::default())?;
/// let rows = frame.batch(&batch)?;
/// let record = rows.row(0).expect("one row");
/// assert!(matches!(record.cell(Field::Title), Cell::Text("走近湿地")));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Frame {
    schema: SchemaRef,
    named: Named,
    /// The places of each field's columns in the order in which they are read; fields by their index.
    fields: Vec<Vec<usize>>,
    /// The place of the column of each field that has just one.
    alone: Vec<Option<usize>>,
}

impl Frame {
    /// Finds the fields among the columns of a schema.
    ///
    /// # Errors
    /// If no column names a field, if the same name stands twice for a field that every record needs, or if a column
    /// that names a field has a type that holds no cells ([`Error::is_sheet`]); if a column of the caller's stands for
    /// no field ([`Error::is_name`]).
    pub fn new(schema: SchemaRef, options: &TableOptions) -> Result<Frame, Error> {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let Some(named) = Named::new(&names, &options.header)? else { return Err(no_field(&names)) };
        let fields: Vec<Vec<usize>> = Field::ALL.iter().map(|field| named.of(*field).collect()).collect();
        let only = |places: &Vec<usize>| if let [at] = places.as_slice() { Some(*at) } else { None };
        let alone = fields.iter().map(only).collect();
        let frame = Frame { schema, named, fields, alone };
        for at in frame.fields.iter().flatten() {
            let field = frame.schema.field(*at);
            Values::can_read(field.name(), field.data_type())?;
        }
        Ok(frame)
    }

    /// The kind of record that it holds: the caller's word, or what its columns say.
    pub fn kind(&self) -> &Kind {
        &self.named.kind
    }

    /// The columns from left to right, and what each is read as.
    pub fn columns(&self) -> &[Column] {
        self.named.all()
    }

    /// Whether some column is read as a field.
    pub fn has(&self, field: Field) -> bool {
        !self.of(field).is_empty()
    }

    /// The field that the name of an unread column may have meant.
    pub fn nearest(&self, column: &Column) -> Option<Field> {
        self.named.nearest(column)
    }

    /// The columns and their types as they came.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The records of a batch of this table.
    ///
    /// # Errors
    /// If the batch has other columns than the table.
    pub fn batch(&self, batch: &RecordBatch) -> Result<Batch<'_>, Error> {
        self.batch_of(batch, Field::ALL)
    }

    /// The records of a batch, of which only some fields are read.
    pub(super) fn batch_of(&self, batch: &RecordBatch, fields: &[Field]) -> Result<Batch<'_>, Error> {
        let (has, needs) = (batch.num_columns(), self.schema.fields().len());
        if has != needs {
            return Err(fault(
                format!("一批数据有 {has} 列，而表有 {needs} 列：各批的列应当相同"),
                format!("a batch has {has} columns and the table {needs}: all batches need the same"),
            ));
        }
        let mut values: Vec<Values> = (0..has).map(|_| Values::Null).collect();
        for at in fields.iter().flat_map(|field| self.of(*field)) {
            if let Some(slot) = values.get_mut(*at) {
                *slot = Values::new(self.schema.field(*at).name(), batch.column(*at))?;
            }
        }
        Ok(Batch { frame: self, values, len: batch.num_rows() })
    }

    /// The places of a field's columns in the order in which they are read.
    pub(super) fn of(&self, field: Field) -> &[usize] {
        self.fields.get(field.index()).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Some rows of a table.
#[derive(Debug)]
pub struct Batch<'f> {
    frame: &'f Frame,
    /// By the place of the column; nothing for those that are not read.
    values: Vec<Values>,
    len: usize,
}

impl Batch<'_> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One row, by its number in this batch, from 0.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        (at < self.len).then_some(Row { batch: self, at })
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len).map(|at| Row { batch: self, at })
    }

    /// The cells of a column, where some field is read from it.
    pub(super) fn values(&self, place: usize) -> Option<&Values> {
        self.values.get(place).filter(|_| self.frame.fields.iter().any(|places| places.contains(&place)))
    }

    /// The cells of the columns of a field, in the order in which they are read.
    pub(super) fn of(&self, field: Field) -> impl Iterator<Item = &Values> + Clone {
        self.frame.of(field).iter().filter_map(|at| self.values.get(*at))
    }
}

/// One row of a batch as a record: its cells are lent by the batch.
#[derive(Debug, Clone, Copy)]
pub struct Row<'b> {
    batch: &'b Batch<'b>,
    at: usize,
}

impl<'b> Row<'b> {
    /// The name of the column that a field is read from in this row; of several the first that is filled here.
    pub fn header(self, field: Field) -> Option<&'b str> {
        let places = self.batch.frame.of(field);
        let filled = |at: &&usize| self.batch.values.get(**at).is_some_and(|values| !is_empty(values.cell(self.at)));
        let at = places.iter().find(filled).or(places.first())?;
        Some(self.batch.frame.schema.field(*at).name())
    }

    /// Puts the cells where each has its place, but for those of some fields, a bit each.
    fn cells_but<'r>(&'r self, well: u64, cells: &mut [Cell<'r>]) {
        let frame = self.batch.frame;
        for ((field, places), cell) in Field::ALL.iter().zip(&frame.fields).zip(cells) {
            if !places.is_empty() && well & bit(*field) == 0 {
                *cell = self.cell(*field);
            }
        }
    }
}

impl Record for Row<'_> {
    fn kind(&self) -> &Kind {
        self.batch.frame.kind()
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        // Nearly every field has one column, and nobody asks whether its cell is empty.
        if let Some(Some(at)) = self.batch.frame.alone.get(field.index()) {
            return self.batch.values.get(*at).map_or(Cell::Empty, |values| values.cell(self.at));
        }
        let mut cells = self.batch.of(field).map(|values| values.cell(self.at));
        let first = cells.clone().next().unwrap_or(Cell::Empty);
        cells.find(|cell| !is_empty(*cell)).unwrap_or(first)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.cells_but(0, cells);
    }
}

/// A row of which some texts are known to stand and to be well, a bit for the field of each: they are not fetched to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'b> {
    pub(super) row: Row<'b>,
    pub(super) well: u64,
}

impl Record for Known<'_> {
    fn kind(&self) -> &Kind {
        self.row.kind()
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.row.cell(field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.row.cells_but(self.well, cells);
    }
}
