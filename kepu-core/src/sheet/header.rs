//! Which row of a grid is the header, whether the row below belongs to it, and what each column is called.

use crate::error::{Error, What};
use crate::reading::near;
use crate::record::{Field, Kind, headers};

use super::grid::{Grid, Merge};

/// The header is looked for in so many rows; the last may have one more below it.
const SEARCHED: usize = 20;

/// Every name that a header may have under one kind of record.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    /// The caller's, in the caller's order.
    given: Vec<(String, Field)>,
    /// Ids, labels and aliases with their rank, by their key.
    names: Vec<(String, Field, usize)>,
}

impl Vocabulary {
    /// The names of a kind's fields, and what the caller adds for fields that the kind has.
    pub(super) fn new(kind: &Kind, columns: &[(String, String)]) -> Vocabulary {
        let given = columns.iter().filter_map(|(header, field)| Some((headers::key(header), Field::named(kind, field)?)));
        let of = |field: &Field| {
            let field = *field;
            headers::names(kind, field).enumerate().map(move |(rank, name)| (headers::key(name), field, rank))
        };
        let mut names: Vec<_> = kind.fields().iter().flat_map(of).collect();
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Vocabulary { given: given.collect(), names }
    }

    fn given(&self, key: &str) -> Option<Naming> {
        let at = self.given.iter().position(|(name, _)| name == key)?;
        self.given.get(at).map(|(_, field)| Naming { field: *field, rank: (How::Given, at) })
    }

    fn named(&self, key: &str, how: How) -> Option<Naming> {
        let at = self.names.binary_search_by(|(name, ..)| name.as_str().cmp(key)).ok()?;
        self.names.get(at).map(|(_, field, rank)| Naming { field: *field, rank: (how, *rank) })
    }

    /// The field with a name near to a header that names none.
    pub(super) fn nearest(&self, header: &str) -> Option<Field> {
        let key = headers::key(header);
        let near = |(name, field, rank): &(String, Field, usize)| Some((near::nearness(&key, name)?, *field, *rank));
        self.names.iter().filter_map(near).min().map(|(_, field, _)| field)
    }
}

/// That the caller's columns stand for fields of one of the kinds.
pub(super) fn are_fields(columns: &[(String, String)], kinds: &[Kind]) -> Result<(), Error> {
    let is_field = |field: &str| kinds.iter().any(|kind| Field::named(kind, field).is_some());
    match columns.iter().find(|(_, field)| !is_field(field)) {
        None => Ok(()),
        Some((header, field)) => Err(Error::other(
            What::Name,
            format!("表头“{header}”对应的“{field}”不是字段：请使用字段的编号、名称或别名，例如 title 或 活动名称"),
            format!("`{field}`, given for the header `{header}`, is no field: use a field's id, label or alias, such as `title`"),
        )),
    }
}

/// By which text a column is named: the caller's word comes first, the upper text of a two-row header last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Given,
    Own,
    Upper,
}

/// What a column's header names, and before which others of the same field it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming {
    pub(super) field: Field,
    pub(super) rank: (How, usize),
}

/// The header over one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    /// As it is written; both rows of two.
    pub(super) text: String,
    /// The upper text or the only one, the lower, and both, as they are matched; empty where there is none.
    pub(super) keys: [String; 3],
    pub(super) naming: Option<Naming>,
}

/// Where the header stands and what it says.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) first: usize,
    /// The first row behind it.
    pub(super) behind: usize,
    /// How many fields it names.
    pub(super) fields: usize,
    pub(super) headings: Vec<Heading>,
}

/// The first rows of a grid, in which the header is looked for.
#[derive(Debug)]
pub(super) struct Head<'g> {
    grid: &'g Grid,
    width: usize,
    /// The key of every cell, row by row; empty where the cell is.
    keys: Vec<Vec<String>>,
    /// The merge over every cell, row by row.
    merges: Vec<Vec<Option<&'g Merge>>>,
}

impl<'g> Head<'g> {
    pub(super) fn of(grid: &'g Grid) -> Head<'g> {
        let rows = || grid.rows().take(SEARCHED + 1);
        let width = rows().map(|row| row.len()).max().unwrap_or_default();
        let key = |cell| match cell {
            cell if crate::reading::is_empty(cell) => String::new(),
            cell => headers::key(&crate::reading::text(cell)),
        };
        let keys: Vec<Vec<String>> = rows().map(|row| row.map(key).collect()).collect();
        let mut merges = vec![vec![None; width]; keys.len()];
        for merge in &grid.merges {
            cover(&mut merges, merge);
        }
        Head { grid, width, keys, merges }
    }

    pub(super) fn grid(&self) -> &'g Grid {
        self.grid
    }

    fn merge(&self, row: usize, column: usize) -> Option<&'g Merge> {
        self.merges.get(row)?.get(column).copied().flatten()
    }

    /// Where the value of a cell stands: in the first cell of its merge, else in the cell itself.
    fn origin(&self, row: usize, column: usize) -> (usize, usize) {
        let first = |merge: &Merge| Some((usize::try_from(merge.first_row).ok()?, usize::try_from(merge.first_column).ok()?));
        self.merge(row, column).and_then(first).unwrap_or((row, column))
    }

    fn key_at(&self, (row, column): (usize, usize)) -> &str {
        self.keys.get(row).and_then(|keys| keys.get(column)).map_or("", String::as_str)
    }

    /// What stands in a column of a row: of a merge over several columns only its first, of one over several rows each.
    fn standing(&self, row: usize, column: usize) -> &str {
        let origin = self.origin(row, column);
        if origin.1 == column { self.key_at(origin) } else { "" }
    }

    /// The row that names the most fields, at least two, with the row that belongs to it.
    pub(super) fn find(&self, vocabulary: &Vocabulary) -> Option<Place> {
        let mut best: Option<(usize, usize)> = None;
        for row in 0..self.keys.len().min(SEARCHED) {
            let fields = self.fields(row, vocabulary);
            if fields >= 2 && best.is_none_or(|(_, most)| fields > most) {
                best = Some((row, fields));
            }
        }
        let (row, _) = best?;
        let (first, last) = if self.hangs_down(row, vocabulary) {
            (row - 1, row)
        } else if self.has_lower(row, vocabulary) {
            (row, row + 1)
        } else {
            (row, row)
        };
        let headings = if first == last { self.one_row(first, vocabulary) } else { self.two_rows(first, last, vocabulary) };
        let fields = distinct(headings.iter().filter_map(|heading| heading.naming));
        Some(Place { first, behind: last + 1, fields, headings })
    }

    /// How many fields a row names by itself.
    fn fields(&self, row: usize, vocabulary: &Vocabulary) -> usize {
        distinct((0..self.width).filter_map(|column| own(vocabulary, self.standing(row, column))))
    }

    /// Whether a merge that names a field hangs down into a row: then the row above is the header's upper one, although
    /// its lower one names more.
    fn hangs_down(&self, row: usize, vocabulary: &Vocabulary) -> bool {
        let hangs = |column: usize| {
            let origin = self.origin(row, column);
            origin.0 < row && origin.1 == column && own(vocabulary, self.key_at(origin)).is_some()
        };
        row > 0 && (0..self.width).any(hangs)
    }

    /// Whether the row below belongs to the header: a header cell spans columns, or both rows, by a merge, and the row
    /// below names a field, by itself or joined.
    fn has_lower(&self, row: usize, vocabulary: &Vocabulary) -> bool {
        let below = row + 1;
        let is_under = |column: usize| self.origin(below, column) == self.origin(row, column);
        let spans = |column: usize| {
            let merge = self.merge(row, column).filter(|_| !self.key_at(self.origin(row, column)).is_empty());
            merge.is_some_and(|merge| merge.last_column > merge.first_column || is_under(column))
        };
        let names = |column: usize| {
            let lower = if is_under(column) { "" } else { self.standing(below, column) };
            let joined = [self.key_at(self.origin(row, column)), lower].concat();
            !lower.is_empty() && (own(vocabulary, lower).is_some() || own(vocabulary, &joined).is_some())
        };
        below < self.keys.len() && (0..self.width).any(spans) && (0..self.width).any(names)
    }

    fn one_row(&self, row: usize, vocabulary: &Vocabulary) -> Vec<Heading> {
        let heading = |column: usize| {
            let key = self.standing(row, column);
            let text = if key.is_empty() { String::new() } else { self.text(self.origin(row, column)) };
            Heading { text, keys: [key.to_owned(), String::new(), String::new()], naming: own(vocabulary, key) }
        };
        (0..self.width).map(heading).collect()
    }

    /// A column is matched by both texts joined, then by the lower, then by the upper.
    fn two_rows(&self, upper_row: usize, lower_row: usize, vocabulary: &Vocabulary) -> Vec<Heading> {
        let mut headings: Vec<Heading> =
            (0..self.width).map(|column| self.joined(upper_row, lower_row, column, vocabulary)).collect();
        // An upper text names the columns below it only where it is not the mere group of a column that has a name:
        // of 联系人 over 姓名 and 职务, the second is no contact.
        let mut groups: Vec<(usize, usize)> = Vec::new();
        for (column, heading) in headings.iter().enumerate() {
            if heading.naming.is_some() {
                groups.push(self.origin(upper_row, column));
            }
        }
        for (column, heading) in headings.iter_mut().enumerate() {
            let origin = self.origin(upper_row, column);
            let [upper, lower, _] = &heading.keys;
            let is_its_own = lower.is_empty() && origin.1 == column || !lower.is_empty() && !groups.contains(&origin);
            if heading.naming.is_none() && is_its_own {
                heading.naming = vocabulary.named(upper, How::Upper);
            }
        }
        headings
    }

    fn joined(&self, upper_row: usize, lower_row: usize, column: usize, vocabulary: &Vocabulary) -> Heading {
        let (above, below) = (self.origin(upper_row, column), self.origin(lower_row, column));
        let upper = self.key_at(above);
        let lower = if below == above { "" } else { self.standing(lower_row, column) };
        // Where nothing stands below a merge over several columns, it is the header of its first.
        let is_hidden = lower.is_empty() && above.1 != column;
        let upper = if is_hidden { "" } else { upper };
        let joined = if lower.is_empty() { String::new() } else { [upper, lower].concat() };
        let by_caller = [&*joined, lower, upper].into_iter().find_map(|key| vocabulary.given(key));
        let by_name = || [&*joined, lower].into_iter().find_map(|key| vocabulary.named(key, How::Own));
        let mut text = if upper.is_empty() { String::new() } else { self.text(above) };
        if !lower.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.text(below));
        }
        let naming = by_caller.or_else(by_name);
        Heading { text, keys: [upper.to_owned(), lower.to_owned(), joined], naming }
    }

    /// A header's text as it is written.
    fn text(&self, (row, column): (usize, usize)) -> String {
        crate::reading::text(self.grid.cells.cell(row, column)).trim().to_owned()
    }
}

/// What a single text names; the caller's word first.
pub(super) fn own(vocabulary: &Vocabulary, key: &str) -> Option<Naming> {
    if key.is_empty() {
        return None;
    }
    vocabulary.given(key).or_else(|| vocabulary.named(key, How::Own))
}

pub(super) fn distinct(namings: impl Iterator<Item = Naming>) -> usize {
    let mut fields: Vec<Field> = Vec::new();
    for Naming { field, .. } in namings {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields.len()
}

/// Lays a merge over the cells that no other lies over: each cell is visited once, however many merges a file claims.
fn cover<'g>(merges: &mut [Vec<Option<&'g Merge>>], merge: &'g Merge) {
    let Ok(first_row) = usize::try_from(merge.first_row) else { return };
    let Ok(first_column) = usize::try_from(merge.first_column) else { return };
    let last = |last: u32| usize::try_from(last).unwrap_or(usize::MAX);
    let (last_row, last_column) = (last(merge.last_row), last(merge.last_column));
    if last_row < first_row || last_column < first_column {
        return;
    }
    let rows = (last_row - first_row).saturating_add(1);
    let columns = (last_column - first_column).saturating_add(1);
    for row in merges.iter_mut().skip(first_row).take(rows) {
        for cell in row.iter_mut().skip(first_column).take(columns) {
            if cell.is_some() {
                return;
            }
            *cell = Some(merge);
        }
    }
}
