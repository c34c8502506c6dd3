//! Rows under names: what an interpreter or a page holds, of which nobody has said yet what is which field.

use super::Table;
use crate::error::{Error, What};
use crate::reading::is_empty;
use crate::record::{Cell, Field, Kind};
use crate::sheet::{Column, Grid, Named, SheetOptions};

/// Rows whose cells stand under names, as in a list of objects. Names are read as the headers of a sheet are; a row's
/// number is its place, from 0.
///
/// ```
/// use kepu_core::{Cell, Field, Grid, NamedRows, SheetOptions, Table};
/// let mut rows = Grid::new(Vec::new());
/// rows.push([Cell::Text("走近湿地"), Cell::Text("新乡市科协")]);
/// rows.push([Cell::Text("科普大篷车")]);
/// let rows = NamedRows::new(&["名称", "主办单位"], rows, &SheetOptions::default())?;
/// assert_eq!((rows.len(), rows.header(1, Field::Title)), (2, Some("名称")));
/// assert!(matches!(rows.cell(1, Field::Organizer), Cell::Empty));
/// assert!(!rows.has(Field::Start));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NamedRows {
    named: Named,
    rows: Grid,
}

impl NamedRows {
    /// Finds the fields among the names of the columns. The grid has no row of headers.
    ///
    /// # Errors
    /// If no name is a field's, or if the same name stands twice for a field that every record needs
    /// ([`Error::is_sheet`]); if a column of the caller's stands for no field ([`Error::is_name`]).
    pub fn new(names: &[&str], rows: Grid, options: &SheetOptions) -> Result<NamedRows, Error> {
        match Named::new(names, options)? {
            Some(named) => Ok(NamedRows { named, rows }),
            None => Err(no_field(names)),
        }
    }

    /// The columns in order, and what each is read as.
    pub fn columns(&self) -> &[Column] {
        self.named.all()
    }

    /// The field that the name of an unread column may have meant.
    pub fn nearest(&self, column: &Column) -> Option<Field> {
        self.named.nearest(column)
    }

    /// The place of the column from which a field of a row is read: of several the first that is filled there.
    fn place(&self, record: usize, field: Field) -> Option<usize> {
        let filled = |at: &usize| !is_empty(self.at(record, *at));
        self.named.of(field).find(filled).or_else(|| self.named.of(field).next())
    }

    fn at(&self, record: usize, column: usize) -> Cell<'_> {
        match (u32::try_from(record), u32::try_from(column)) {
            (Ok(row), Ok(column)) => self.rows.cell(row, column),
            _ => Cell::Empty,
        }
    }
}

impl Table for NamedRows {
    fn kind(&self) -> &Kind {
        &self.named.kind
    }

    fn len(&self) -> usize {
        self.rows.height()
    }

    fn cell(&self, record: usize, field: Field) -> Cell<'_> {
        self.place(record, field).map_or(Cell::Empty, |column| self.at(record, column))
    }

    fn has(&self, field: Field) -> bool {
        self.named.of(field).next().is_some()
    }

    fn header(&self, record: usize, field: Field) -> Option<&str> {
        let column = self.place(record, field)?;
        self.named.all().get(column).map(|column| &*column.header)
    }
}

/// A table without any column that is a field.
pub(crate) fn no_field(names: &[&str]) -> Error {
    const SHOWN: usize = 8;
    let mut listed = String::new();
    for (at, name) in names.iter().enumerate().take(SHOWN) {
        listed.push_str(if at > 0 { ", " } else { "" });
        listed.extend(name.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(20));
    }
    if names.len() > SHOWN {
        listed.push_str(", …");
    }
    Error::other(
        What::Sheet,
        format!("没有一列以字段命名：至少要有一列，例如“活动名称”或 title；现有的列是：{listed}"),
        format!("no column is named by a field: at least one must be, such as `活动名称` or `title`; the columns are: {listed}"),
    )
}
