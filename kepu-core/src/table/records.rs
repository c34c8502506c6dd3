//! What a table is: records that share their fields, wherever they are kept.

use crate::record::{Cell, Field, Kind, Record, RecordBuf};
use crate::sheet::{Sheet, Skipped};

/// Records that share their fields: a sheet, a list, the columns of a frame.
///
/// ```
/// use kepu_core::{Field, Kind, RecordBuf, Records, Table};
/// let list = Records::new(Kind::ACTIVITY, vec![RecordBuf::activity().with(Field::Title, "走近湿地")]);
/// assert_eq!((list.len(), list.row(0), list.address(0, Field::Title)), (1, 0, None));
/// ```
pub trait Table: Send + Sync {
    /// The kind of record that it holds.
    fn kind(&self) -> &Kind;

    /// How many records there are.
    fn len(&self) -> usize;

    /// Whether there is no record.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A cell by its record's number, from 0, and its field.
    fn cell(&self, record: usize, field: Field) -> Cell<'_>;

    /// Puts the cells of some fields of a record where each has its place, by the index of the field.
    fn cells<'t>(&'t self, record: usize, fields: &[Field], cells: &mut [Cell<'t>]) {
        for field in fields {
            if let Some(cell) = cells.get_mut(field.index()) {
                *cell = self.cell(record, *field);
            }
        }
    }

    /// Whether some column is read as a field.
    fn has(&self, _field: Field) -> bool {
        true
    }

    /// The row of a record as its senders know it: in a sheet from 1, else its number from 0.
    fn row(&self, record: usize) -> u64 {
        u64::try_from(record).unwrap_or(u64::MAX)
    }

    /// The file that it came from.
    fn file(&self) -> Option<&str> {
        None
    }

    /// What the spreadsheet calls its sheet.
    fn sheet(&self) -> Option<&str> {
        None
    }

    /// Where a field's cell stands: `C5`, of a merge its first cell; none without such a column.
    fn address(&self, _record: usize, _field: Field) -> Option<String> {
        None
    }

    /// The header over a field's cell, as it is written.
    fn header(&self, _record: usize, _field: Field) -> Option<&str> {
        None
    }

    /// The rows that are no records, and why.
    fn skipped(&self) -> &[Skipped] {
        &[]
    }

    /// The sheet, where it is one.
    fn as_sheet(&self) -> Option<&Sheet> {
        None
    }
}

impl Table for Sheet {
    fn kind(&self) -> &Kind {
        Sheet::kind(self)
    }

    fn len(&self) -> usize {
        Sheet::len(self)
    }

    fn cell(&self, record: usize, field: Field) -> Cell<'_> {
        self.record(record).map_or(Cell::Empty, |row| row.cell_of(field))
    }

    fn cells<'t>(&'t self, record: usize, fields: &[Field], cells: &mut [Cell<'t>]) {
        if let Some(row) = self.record(record) {
            row.put(fields, cells);
        }
    }

    fn has(&self, field: Field) -> bool {
        Sheet::has(self, field)
    }

    fn row(&self, record: usize) -> u64 {
        self.record(record).map_or(0, |row| u64::from(row.row()))
    }

    fn file(&self) -> Option<&str> {
        Sheet::file(self)
    }

    fn sheet(&self) -> Option<&str> {
        self.name()
    }

    fn address(&self, record: usize, field: Field) -> Option<String> {
        self.record(record)?.address(field)
    }

    fn header(&self, record: usize, field: Field) -> Option<&str> {
        self.record(record)?.header(field)
    }

    fn skipped(&self) -> &[Skipped] {
        Sheet::skipped(self)
    }

    fn as_sheet(&self) -> Option<&Sheet> {
        Some(self)
    }
}

/// A list of records of one kind, to be checked together. A record's row is its number, from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    kind: Kind,
    records: Vec<RecordBuf>,
}

impl Records {
    /// These records.
    pub fn new(kind: Kind, records: Vec<RecordBuf>) -> Records {
        Records { kind, records }
    }
}

impl Table for Records {
    fn kind(&self) -> &Kind {
        &self.kind
    }

    fn len(&self) -> usize {
        self.records.len()
    }

    fn cell(&self, record: usize, field: Field) -> Cell<'_> {
        self.records.get(record).map_or(Cell::Empty, |record| record.cell(field))
    }
}

/// The records of a table one after the other, the cells of each looked up once: whoever checks one asks for most of them
/// several times.
pub(crate) struct Reader<'t> {
    table: &'t dyn Table,
    /// The fields that have a column.
    fields: Vec<Field>,
    /// The cells of one record, by the index of the field.
    cells: Vec<Cell<'t>>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(table: &'t dyn Table) -> Reader<'t> {
        let fields = table.kind().fields().iter().copied().filter(|field| table.has(*field)).collect();
        Reader { table, fields, cells: vec![Cell::Empty; Field::ALL.len()] }
    }

    /// Turns to a record.
    pub(crate) fn turn_to(&mut self, record: usize) {
        self.table.cells(record, &self.fields, &mut self.cells);
    }
}

impl Record for Reader<'_> {
    fn kind(&self) -> &Kind {
        self.table.kind()
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.cells.get(field.index()).copied().unwrap_or(Cell::Empty)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        cells.iter_mut().zip(&self.cells).for_each(|(place, cell)| *place = *cell);
    }
}

/// One record of any table.
#[derive(Clone, Copy)]
pub(crate) struct TableRow<'t> {
    pub(crate) table: &'t dyn Table,
    pub(crate) record: usize,
}

impl Record for TableRow<'_> {
    fn kind(&self) -> &Kind {
        self.table.kind()
    }

    fn cell(&self, field: Field) -> Cell<'_> {
        self.table.cell(self.record, field)
    }

    fn cells<'r>(&'r self, cells: &mut [Cell<'r>]) {
        self.table.cells(self.record, self.kind().fields(), cells);
    }
}
