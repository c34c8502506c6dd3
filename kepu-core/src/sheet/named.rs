//! The columns of a table that has names and no grid: a frame, a record batch.

use crate::error::Error;
use crate::record::{Field, Kind, headers};

use super::columns::{Column, Columns};
use super::header::{self, Heading, Vocabulary};
use super::{SheetOptions, refused};

/// What each named column is read as.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) kind: Kind,
    vocabulary: Vocabulary,
    columns: Columns,
}

impl Named {
    /// Reads the names as a header of one row; none where no name is a field's.
    ///
    /// # Errors
    /// As [`super::Sheet::new`].
    pub(crate) fn new(names: &[&str], options: &SheetOptions) -> Result<Option<Named>, Error> {
        header::are_fields(&options.columns, options.kinds())?;
        let mut best: Option<(usize, Named)> = None;
        for kind in options.kinds() {
            let vocabulary = Vocabulary::new(kind, &options.columns);
            let headings: Vec<Heading> = names.iter().map(|name| heading(name, &vocabulary)).collect();
            let fields = header::distinct(headings.iter().filter_map(|heading| heading.naming));
            if fields > best.as_ref().map_or(0, |(most, _)| *most) {
                let columns = Columns::under(&headings, &vec![true; names.len()]);
                best = Some((fields, Named { kind: kind.clone(), vocabulary, columns }));
            }
        }
        let Some((_, named)) = best else { return Ok(None) };
        match named.columns.ambiguous(&options.required) {
            Some(header) => Err(refused::twice(None, header)),
            None => Ok(Some(named)),
        }
    }

    /// The columns in order.
    pub(crate) fn all(&self) -> &[Column] {
        self.columns.all()
    }

    /// The places of a field's columns in the order in which they are read.
    pub(crate) fn of(&self, field: Field) -> impl Iterator<Item = usize> {
        self.columns.of(field).iter().copied()
    }

    /// The field that the name of an unread column may have meant.
    pub(crate) fn nearest(&self, column: &Column) -> Option<Field> {
        self.vocabulary.nearest(&column.header)
    }
}

fn heading(name: &str, vocabulary: &Vocabulary) -> Heading {
    let key = headers::key(name);
    let naming = header::own(vocabulary, &key);
    Heading { text: name.to_owned(), keys: [key, String::new(), String::new()], naming }
}
