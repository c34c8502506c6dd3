//! A roster as callers keep it: one unit a line, a sheet with a column of units, or JSON.

use super::files::{Book, Limits};
use super::grid::Grid;
use crate::checker::Roster;
use crate::error::{Error, What};
use crate::reading::{is_empty, text};
use crate::record::{Cell, Field, Kind};

/// In how many rows the header of a roster is looked for.
const HEADER_ROWS: usize = 20;

impl Roster {
    /// A roster from the bytes of a file: one unit a line; a sheet of any format in which a column is called 报送单位, 单位 or
    /// the like, or in which only one column is filled; or, with the feature `json`, what stands in
    /// [`Options`](crate::Options): a list of units, or an object of such lists by the ids of the notice's rosters.
    ///
    /// ```
    /// use kepu_core::{Limits, Roster};
    /// let units = |text: &str| Roster::read(text.as_bytes(), "名单.txt", &Limits::default());
    /// assert_eq!(units("新乡市科协\n\n洛阳市科协\n")?, Roster::All(vec!["新乡市科协".into(), "洛阳市科协".into()]));
    /// assert_eq!(units("序号,单位,电话\n1,新乡市科协,0373-5550101\n")?, Roster::All(vec!["新乡市科协".into()]));
    /// assert_eq!(units(r#"{"societies": ["河南省化学学会"]}"#)?, Roster::Of(vec![("societies".into(), vec!["河南省化学学会".into()])]));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read, as [`Book::read`]; if nobody can know which column names the units, or if there is none
    /// ([`Error::is_sheet`]).
    pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<Roster, Error> {
        #[cfg(feature = "json")]
        if let Some(roster) = std::str::from_utf8(bytes).ok().and_then(of_json) {
            return roster.ok_or_else(|| no_lists(file));
        }
        let book = Book::read(bytes, file, limits)?;
        let units: Vec<String> = book.grids.iter().filter_map(units).flatten().collect();
        if units.is_empty() { Err(no_units(file)) } else { Ok(Roster::All(units)) }
    }
}

/// The units of a sheet; none where nobody can know which column names them.
fn units(grid: &Grid) -> Option<Vec<String>> {
    let names_units =
        |cell: Cell<'_>| matches!(cell, Cell::Text(text) if Field::named(&Kind::SUMMARY, text) == Some(Field::Unit));
    let header = (0..grid.height().min(HEADER_ROWS)).find_map(|row| Some((row + 1, grid.row(row).position(names_units)?)));
    let (from, column) = match header {
        Some(header) => header,
        None => {
            let mut filled = grid.rows().flat_map(|row| row.enumerate()).filter(|(_, cell)| !is_empty(*cell));
            let (column, _) = filled.next()?;
            if filled.any(|(other, _)| other != column) {
                return None;
            }
            (0, column)
        }
    };
    let cells = (from..grid.height()).filter_map(|row| grid.row(row).nth(column)).filter(|cell| !is_empty(*cell));
    Some(cells.map(|cell| text(cell).trim().to_owned()).collect())
}

/// A list, or lists by id: none where the text is no JSON object or list, nothing in it where it holds something else.
#[cfg(feature = "json")]
fn of_json(text: &str) -> Option<Option<Roster>> {
    use crate::notice::json;
    use crate::notice::tree::{Node, Value};

    fn list(node: &Node<'_>) -> Option<Vec<String>> {
        let Value::List(items) = &node.value else { return None };
        let unit = |item: &Node<'_>| match &item.value {
            Value::Text(text) => Some(text.as_ref().to_owned()),
            _ => None,
        };
        items.iter().map(unit).collect()
    }

    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let tree = json::parse(text).ok()?;
    Some(match &tree.value {
        Value::Table(entries) => {
            let lists: Option<Vec<_>> =
                entries.iter().map(|entry| Some((entry.key.as_ref().to_owned(), list(&entry.node)?))).collect();
            lists.map(Roster::Of)
        }
        _ => list(&tree).map(Roster::All),
    })
}

fn no_units(file: &str) -> Error {
    Error::other(
        What::Sheet,
        format!("名单“{file}”里看不出哪一列是单位；请一行写一个单位，或给那一列写上表头“报送单位”"),
        format!("no column of units in the roster `{file}`; write one unit a line, or head that column `报送单位`"),
    )
}

#[cfg(feature = "json")]
fn no_lists(file: &str) -> Error {
    Error::other(
        What::Sheet,
        format!("名单“{file}”应是单位的列表，例如 [\"新乡市科协\"]，或 {{\"societies\": [\"河南省化学学会\"]}}"),
        format!(
            "the roster `{file}` is to be a list of units, such as [\"新乡市科协\"], or {{\"societies\": [\"河南省化学学会\"]}}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    fn read(text: &str) -> Result<Roster, Error> {
        Roster::read(text.as_bytes(), "名单.csv", &Limits::default())
    }

    #[test]
    fn a_column_is_found_under_titles_and_empty_cells_are_no_units() {
        let units = read("全省学会名单,,\n序号,学会,单位名称\n1,甲,河南省化学学会\n2,乙,——\n3,丙, 河南省物理学会 \n").unwrap();
        assert_eq!(units, Roster::All(vec!["河南省化学学会".to_owned(), "河南省物理学会".to_owned()]));
    }

    #[test]
    fn a_list_headed_by_its_name_does_not_name_its_header() {
        assert_eq!(read("单位\n新乡市科协\n").unwrap(), Roster::All(vec!["新乡市科协".to_owned()]));
    }

    #[test]
    fn nobody_guesses_a_column_and_an_empty_roster_is_refused() {
        for text in ["1,河南省化学学会\n2,河南省物理学会\n", "单位\n", "单位\n无\n"] {
            let error = read(text).unwrap_err();
            assert!(error.is_sheet() && error.message(Lang::Zh).contains("报送单位"), "{text}: {error}");
        }
    }

    #[cfg(feature = "json")]
    #[test]
    fn json_is_what_stands_in_the_options() {
        assert_eq!(read(r#" ["新乡市科协"]"#).unwrap(), Roster::All(vec!["新乡市科协".to_owned()]));
        let error = read(r#"{"societies": "河南省化学学会"}"#).unwrap_err();
        assert!(error.is_sheet() && error.message(Lang::En).contains("societies"), "{error}");
    }
}
