//! ods: one part holds all sheets (OpenDocument 1.3, part 3, 9); rows and cells may stand for many.

mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{Cells, LAST_COLUMN, MERGES, SHEETS};
use super::fault::Fault;
use super::notes::Unread;
use super::number;
use super::package::Package;
use super::xml::{Tag, Token, Xml};
use super::{Note, Source};
use crate::record::CellBuf;
use crate::sheet::{Grid, Merge};

/// What the styles say of the layout, by their names.
type Styles = BTreeMap<String, Style>;

#[derive(Default)]
struct Style {
    hidden: bool,
    width: Option<f64>,
}

pub(super) fn read(source: &Source<'_>, mut package: Package<'_>) -> Result<(Vec<Grid>, Vec<Note>), Fault> {
    let mut xml = package.xml(source, "content.xml")?.ok_or(Fault::Broken)?;
    let (mut styles, mut named) = (Styles::new(), String::new());
    let (mut grids, mut notes, mut left) = (Vec::new(), Vec::new(), source.limits.cells);
    loop {
        let Token::Open(tag) = (match xml.next()? {
            Token::End => return Ok((grids, notes)),
            token => token,
        }) else {
            continue;
        };
        match tag.name() {
            b"style" => named = tag.attribute("name").unwrap_or_default().into_owned(),
            b"table-properties" => {
                let hidden = tag.attribute("display").is_some_and(|shown| shown == "false");
                styles.entry(named.clone()).or_default().hidden = hidden;
            }
            b"table-column-properties" => {
                let width = tag.attribute("column-width").and_then(|width| characters(&width));
                styles.entry(named.clone()).or_default().width = width;
            }
            b"table" if grids.len() >= SHEETS => return Err(Fault::Broken),
            b"table" => {
                let mut grid = Grid {
                    name: tag.attribute("name").map(|name| name.into_owned()),
                    hidden: styled(&styles, tag).is_some_and(|style| style.hidden),
                    merges_known: true,
                    ..Grid::default()
                };
                let unread = table(&mut xml, &styles, &mut left, &mut grid)?;
                unread.say(grids.len(), grid.name.as_deref().unwrap_or_default(), &mut notes);
                grids.push(grid);
            }
            // What was deleted is kept here, in cells.
            b"tracked-changes" => xml.skip()?,
            _ => {}
        }
    }
}

fn styled<'s>(styles: &'s Styles, tag: Tag<'_>) -> Option<&'s Style> {
    styles.get(&*tag.attribute("style-name")?)
}

/// A length as a number of characters, as xlsx counts widths: LibreOffice makes 0.247 cm of one.
fn characters(length: &str) -> Option<f64> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = number::parse(length.strip_suffix(unit)?)?;
    let centimetres = match unit {
        "cm" => number,
        "mm" => number / 10.0,
        "in" => number * 2.54,
        "pt" => number * 2.54 / 72.0,
        _ => return None,
    };
    Some((centimetres / 0.247 * 100.0).round() / 100.0)
}

fn table(xml: &mut Xml<'_>, styles: &Styles, left: &mut u64, grid: &mut Grid) -> Result<Unread, Fault> {
    let mut cells = Cells::new(*left, Arc::default());
    let (mut next_row, mut next_column) = (0_u32, 0_u32);
    let mut unread = Unread::default();
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                b"table-row" => {
                    let row = Row {
                        first: next_row,
                        behind: next_row.saturating_add(tag.count("number-rows-repeated").unwrap_or(1)),
                        is_hidden: is_collapsed(tag),
                    };
                    row.read(xml, &mut cells, grid, &mut unread)?;
                    next_row = row.behind;
                }
                b"table-column" => column(tag, styles, &mut next_column, grid),
                b"shapes" => {
                    unread.has_pictures = true;
                    xml.skip()?;
                }
                b"forms" | b"table-source" | b"named-expressions" | b"desc" | b"title" => xml.skip()?,
                _ => {}
            },
            Token::Close(b"table") => break,
            Token::End => return Err(Fault::Broken),
            _ => {}
        }
    }
    *left = left.saturating_sub(cells.extent());
    grid.cells = cells.finish().into();
    Ok(unread)
}

fn column(tag: Tag<'_>, styles: &Styles, next: &mut u32, grid: &mut Grid) {
    let repeated = tag.count("number-columns-repeated").unwrap_or(1);
    let width = styled(styles, tag).and_then(|style| style.width);
    // Beyond this it is the rest of the sheet, not a column that somebody made wide.
    if repeated <= 256 && *next <= LAST_COLUMN {
        for one in *next..next.saturating_add(repeated) {
            grid.widths.extend(width.map(|width| (one, width)));
            if is_collapsed(tag) {
                grid.hidden_columns.push(one);
            }
        }
    }
    *next = next.saturating_add(repeated);
}

fn is_collapsed(tag: Tag<'_>) -> bool {
    tag.attribute("visibility").is_some_and(|state| state == "collapse" || state == "filter")
}

/// A row, or many alike.
struct Row {
    first: u32,
    behind: u32,
    is_hidden: bool,
}

impl Row {
    fn read(&self, xml: &mut Xml<'_>, cells: &mut Cells, grid: &mut Grid, unread: &mut Unread) -> Result<(), Fault> {
        let mut filled: Vec<(u32, u32, CellBuf)> = Vec::new();
        let mut column = 0_u32;
        loop {
            let tag = match xml.next()? {
                Token::Open(tag) => tag,
                Token::Close(_) => break,
                Token::Text(_) => continue,
                Token::End => return Err(Fault::Broken),
            };
            // What a merge covers is not shown; its value, if any, is left from before.
            let is_shown = tag.name() == b"table-cell";
            if !is_shown && tag.name() != b"covered-table-cell" {
                xml.skip()?;
                continue;
            }
            let times = tag.count("number-columns-repeated").unwrap_or(1);
            let (kind, merge) = (Kind::of(tag), merge(tag, self.first, column));
            let is_unsaved = tag.attribute("formula").is_some() && matches!(kind, Kind::Untyped);
            let (shown, has_pictures) = text::read(xml)?;
            unread.has_pictures |= has_pictures;
            let value = kind.value(shown);
            if is_shown {
                if is_unsaved && matches!(value, CellBuf::Empty) {
                    unread.formula(self.first, column);
                }
                if grid.merges.len() >= MERGES {
                    return Err(Fault::OverCells);
                }
                grid.merges.extend(merge);
                if !matches!(value, CellBuf::Empty) {
                    filled.push((column, times, value));
                }
            }
            column = column.saturating_add(times);
        }
        if filled.is_empty() {
            return Ok(());
        }
        for row in self.first..self.behind {
            for (column, times, value) in &filled {
                for one in *column..column.saturating_add(*times) {
                    cells.put(row, one, value)?;
                }
            }
            if self.is_hidden {
                grid.hidden_rows.push(row);
            }
        }
        Ok(())
    }
}

fn merge(tag: Tag<'_>, row: u32, column: u32) -> Option<Merge> {
    let spanned = |name| tag.count(name).unwrap_or(1);
    let (rows, columns) = (spanned("number-rows-spanned"), spanned("number-columns-spanned"));
    let last_row = row.checked_add(rows.checked_sub(1)?)?;
    let last_column = column.checked_add(columns.checked_sub(1)?)?;
    (rows > 1 || columns > 1).then_some(Merge { first_row: row, first_column: column, last_row, last_column })
}

/// What a cell says that it holds, with the value that stands in an attribute.
enum Kind {
    Number(Option<f64>),
    Day(Option<String>),
    Time(Option<String>),
    Bool(Option<bool>),
    /// A text, or whatever else: as it is shown.
    Text(Option<String>),
    /// Nothing is said: an empty cell, or a formula that nobody computed.
    Untyped,
}

impl Kind {
    fn of(tag: Tag<'_>) -> Kind {
        // LibreOffice writes the type a second time, under `calcext:`, where it may be `error`.
        let is_type = |name: &[u8]| name.ends_with(b":value-type") && !name.starts_with(b"calcext:");
        let kind = tag.attributes().find(|(name, _)| is_type(name)).map(|(_, kind)| kind);
        let owned = |name| tag.attribute(name).map(|value| value.into_owned());
        match kind {
            Some(b"float" | b"percentage" | b"currency") => {
                Kind::Number(tag.attribute("value").and_then(|value| number::parse(&value)))
            }
            Some(b"date") => Kind::Day(owned("date-value")),
            Some(b"time") => Kind::Time(owned("time-value")),
            Some(b"boolean") => Kind::Bool(match tag.attribute("boolean-value").as_deref() {
                Some("true" | "TRUE") => Some(true),
                Some("false" | "FALSE") => Some(false),
                _ => None,
            }),
            Some(_) => Kind::Text(owned("string-value").filter(|value| !value.is_empty())),
            None => Kind::Untyped,
        }
    }

    /// The cell, with the text that it shows.
    fn value(self, shown: String) -> CellBuf {
        if is_error(&shown) {
            return CellBuf::Text(shown);
        }
        match (self, shown.as_str()) {
            // LibreOffice keeps a yes without a format of its own as a number, and shows what it is.
            (Kind::Number(_), "TRUE") => CellBuf::Bool(true),
            (Kind::Number(_), "FALSE") => CellBuf::Bool(false),
            (Kind::Number(Some(number)), _) => number::plain(number),
            (Kind::Day(Some(day)), _) => number::iso(&day),
            (Kind::Time(Some(time)), _) => number::duration(&time),
            (Kind::Bool(Some(yes)), _) => CellBuf::Bool(yes),
            (Kind::Text(Some(text)), _) => CellBuf::Text(text),
            (_, "") => CellBuf::Empty,
            _ => CellBuf::Text(shown),
        }
    }
}

/// LibreOffice keeps an error as a number or an empty text, and shows what it is.
fn is_error(shown: &str) -> bool {
    matches!(shown, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || shown.strip_prefix("Err:").is_some_and(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()))
}
