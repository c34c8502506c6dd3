//! ods: one part holds all sheets (OpenDocument 1.3, part 3, 9); rows and cells may stand for many.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::Source;
use super::cells::{Cells, Fault, LAST_COLUMN, LAST_ROW};
use super::number;
use super::package::Package;
use super::xml::{Xml, attribute, count, push_entity};
use crate::error::Error;
use crate::record::CellBuf;
use crate::sheet::{Grid, Merge};

/// What a style says of the layout.
struct Style {
    name: String,
    hidden: bool,
    width: Option<f64>,
}

pub(super) fn read(source: &Source<'_>, mut package: Package<'_>) -> Result<Vec<Grid>, Error> {
    let content = package.part(source, "content.xml")?.ok_or_else(|| source.damaged())?;
    sheets(&content, source.limits.cells).map_err(|fault| source.refused(fault))
}

fn sheets(content: &str, mut left: u64) -> Result<Vec<Grid>, Fault> {
    let (mut xml, mut styles, mut grids) = (Xml::new(content), Vec::new(), Vec::new());
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "style" => {
                    let name = attribute(&e, "name").unwrap_or_default().into_owned();
                    styles.push(Style { name, hidden: false, width: None });
                }
                "table" => grids.push(table(&mut xml, &e, &styles, &mut left)?),
                // What was deleted is kept here, in cells.
                "tracked-changes" => xml.skip(&e)?,
                _ => {}
            },
            Event::Empty(e) => {
                if let Some(style) = styles.last_mut() {
                    match e.local_name().as_ref() {
                        "table-properties" => style.hidden = attribute(&e, "display").is_some_and(|shown| shown == "false"),
                        "table-column-properties" => {
                            style.width = attribute(&e, "column-width").and_then(|width| characters(&width))
                        }
                        _ => {}
                    }
                }
            }
            Event::Eof => return Ok(grids),
            _ => {}
        }
    }
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

fn table(xml: &mut Xml<'_>, start: &BytesStart<'_>, styles: &[Style], left: &mut u64) -> Result<Grid, Fault> {
    let styled = |e: &BytesStart<'_>| {
        let name = attribute(e, "style-name")?;
        styles.iter().find(|style| style.name == name)
    };
    let mut grid = Grid {
        name: attribute(start, "name").map(|name| name.into_owned()),
        hidden: styled(start).is_some_and(|style| style.hidden),
        merges_known: true,
        ..Grid::default()
    };
    let mut cells = Cells::new(*left, Arc::default());
    let (mut next_row, mut next_column) = (0_u32, 0_u32);
    let column = |e: &BytesStart<'_>, next: &mut u32, grid: &mut Grid| {
        let repeated = count(e, "number-columns-repeated").unwrap_or(1);
        let width = styled(e).and_then(|style| style.width);
        // Beyond this it is the rest of the sheet, not a column that somebody made wide.
        if repeated <= 256 && *next <= LAST_COLUMN {
            for one in *next..next.saturating_add(repeated) {
                grid.widths.extend(width.map(|width| (one, width)));
                if is_collapsed(e) {
                    grid.hidden_columns.push(one);
                }
            }
        }
        *next = next.saturating_add(repeated);
    };
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "table-row" => row(xml, &e, &mut next_row, &mut cells, &mut grid)?,
                "table-column" => column(&e, &mut next_column, &mut grid),
                "shapes" | "forms" | "table-source" | "named-expressions" | "desc" | "title" => xml.skip(&e)?,
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "table-row" => next_row = next_row.saturating_add(count(&e, "number-rows-repeated").unwrap_or(1)),
                "table-column" => column(&e, &mut next_column, &mut grid),
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "table" => break,
            Event::Eof => return Err(Fault::Broken),
            _ => {}
        }
    }
    *left = left.saturating_sub(cells.extent());
    grid.cells = cells.finish();
    Ok(grid)
}

fn is_collapsed(e: &BytesStart<'_>) -> bool {
    attribute(e, "visibility").is_some_and(|state| state == "collapse" || state == "filter")
}

fn row(xml: &mut Xml<'_>, start: &BytesStart<'_>, next_row: &mut u32, cells: &mut Cells, grid: &mut Grid) -> Result<(), Fault> {
    let first = *next_row;
    let repeated = count(start, "number-rows-repeated").unwrap_or(1);
    let mut filled: Vec<(u32, u32, CellBuf)> = Vec::new();
    let mut column = 0_u32;
    loop {
        let (e, open) = match xml.next()? {
            Event::Start(e) => (e, true),
            Event::Empty(e) => (e, false),
            Event::End(_) => break,
            Event::Eof => return Err(Fault::Broken),
            _ => continue,
        };
        if !matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell") {
            if open {
                xml.skip(&e)?;
            }
            continue;
        }
        let times = count(&e, "number-columns-repeated").unwrap_or(1);
        let written = if open { text(xml)? } else { String::new() };
        let value = value(&e, written);
        // What a merge covers is not shown; its value, if any, is left from before.
        if e.local_name().as_ref() == "table-cell" {
            grid.merges.extend(merge(&e, first, column));
            if !matches!(value, CellBuf::Empty) {
                filled.push((column, times, value));
            }
        }
        column = column.saturating_add(times);
    }
    *next_row = first.saturating_add(repeated);
    if filled.is_empty() {
        return Ok(());
    }
    if first > LAST_ROW || *next_row > LAST_ROW + 1 {
        return Err(Fault::OutOfBounds);
    }
    for row in first..*next_row {
        for (column, times, value) in &filled {
            for one in *column..column.saturating_add(*times) {
                cells.put(row, one, value)?;
            }
        }
        if is_collapsed(start) {
            grid.hidden_rows.push(row);
        }
    }
    Ok(())
}

fn merge(e: &BytesStart<'_>, row: u32, column: u32) -> Option<Merge> {
    let (rows, columns) = (count(e, "number-rows-spanned").unwrap_or(1), count(e, "number-columns-spanned").unwrap_or(1));
    let last_row = row.checked_add(rows.checked_sub(1)?)?;
    let last_column = column.checked_add(columns.checked_sub(1)?)?;
    (rows > 1 || columns > 1).then_some(Merge { first_row: row, first_column: column, last_row, last_column })
}

fn value(e: &BytesStart<'_>, written: String) -> CellBuf {
    let text = |text: String| if text.is_empty() { CellBuf::Empty } else { CellBuf::Text(text) };
    let kind = e.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == "office:value-type");
    let kind = kind.map(|one| one.value.into_owned()).unwrap_or_default();
    if is_error(&written) {
        return text(written);
    }
    match (kind.as_str(), written.as_str()) {
        // LibreOffice keeps a yes without a format of its own as a number, and shows what it is.
        ("float", "TRUE") => return CellBuf::Bool(true),
        ("float", "FALSE") => return CellBuf::Bool(false),
        _ => {}
    }
    match kind.as_str() {
        "float" | "percentage" | "currency" => match attribute(e, "value").and_then(|value| number::parse(&value)) {
            Some(number) => number::plain(number),
            None => text(written),
        },
        "date" => attribute(e, "date-value").map_or_else(|| text(written), |value| number::iso(&value)),
        "time" => attribute(e, "time-value").map_or_else(|| text(written), |value| number::duration(&value)),
        "boolean" => match attribute(e, "boolean-value").as_deref() {
            Some("true" | "TRUE") => CellBuf::Bool(true),
            Some("false" | "FALSE") => CellBuf::Bool(false),
            _ => text(written),
        },
        _ => match attribute(e, "string-value").filter(|value| !value.is_empty()) {
            Some(value) => CellBuf::Text(value.into_owned()),
            None => text(written),
        },
    }
}

/// LibreOffice keeps an error as a number or an empty text, and shows what it is.
fn is_error(shown: &str) -> bool {
    matches!(shown, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || shown.strip_prefix("Err:").is_some_and(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()))
}

/// The paragraphs of a cell that has just begun, up to its end; a note on it is left out.
fn text(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let (mut whole, mut paragraphs, mut depth) = (String::new(), 0_u32, 0_u32);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "annotation" | "table" => xml.skip(&e)?,
                name if depth == 0 && name != "p" => xml.skip(&e)?,
                name => {
                    if name == "p" && depth == 0 {
                        if paragraphs > 0 {
                            whole.push('\n');
                        }
                        paragraphs += 1;
                    }
                    depth += 1;
                }
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "s" => {
                    let spaces = count(&e, "c").unwrap_or(1).min(1024);
                    whole.extend((0..spaces).map(|_| ' '));
                }
                "tab" => whole.push('\t'),
                "line-break" => whole.push('\n'),
                "p" if depth == 0 => {
                    if paragraphs > 0 {
                        whole.push('\n');
                    }
                    paragraphs += 1;
                }
                _ => {}
            },
            Event::Text(piece) if depth > 0 => whole.push_str(&piece.xml10_content()),
            Event::CData(piece) if depth > 0 => whole.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) if depth > 0 => push_entity(&entity, &mut whole),
            Event::End(_) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Ok(whole),
            },
            Event::Eof => return Err(Fault::Broken),
            _ => {}
        }
    }
}
