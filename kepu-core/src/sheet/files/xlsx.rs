//! xlsx: the parts that hold the cells (ECMA-376), each sheet in one pass, cell by cell.

mod layout;
mod sheet;
mod strings;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::SHEETS;
use super::fault::Fault;
use super::number::{self, Shape};
use super::package::Package;
use super::xml::{Token, Xml};
use super::{Note, Source};
use crate::sheet::Grid;
use crate::sheet::grid::Span;

/// What every sheet of a workbook shares.
struct Shared {
    texts: Arc<String>,
    strings: Vec<Span>,
    shapes: Vec<Shape>,
    epoch_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// A part that another names.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

pub(super) fn read(source: &Source<'_>, mut package: Package<'_>) -> Result<(Vec<Grid>, Vec<Note>), Fault> {
    let root = package.xml(source, "_rels/.rels")?.map_or(Ok(Vec::new()), |xml| relations(xml, ""))?;
    let workbook = root
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let (listed, epoch_1904) = sheets(package.xml(source, &workbook)?.ok_or(Fault::Broken)?)?;
    let rels = package.xml(source, &format!("{folder}/_rels/{file}.rels"))?;
    let relations = rels.map_or(Ok(Vec::new()), |xml| relations(xml, folder))?;

    let (mut texts, mut strings) = (String::new(), Vec::new());
    let mut shapes = Vec::new();
    for relation in &relations {
        let is_strings = relation.kind.ends_with("/sharedStrings");
        if !is_strings && !relation.kind.ends_with("/styles") {
            continue;
        }
        let Some(xml) = package.xml(source, &relation.target)? else { continue };
        if is_strings {
            (texts, strings) = strings::table(xml)?;
        } else {
            shapes = styles(xml)?;
        }
    }
    let shared = Shared { texts: Arc::new(texts), strings, shapes, epoch_1904 };

    let (mut grids, mut notes) = (Vec::new(), Vec::new());
    let mut left = source.limits.cells;
    if listed.len() > SHEETS {
        return Err(Fault::Broken);
    }
    let by_id: BTreeMap<&str, &Relation> = relations.iter().rev().map(|relation| (&*relation.id, relation)).collect();
    for sheet in listed {
        let relation = by_id.get(&*sheet.relation).ok_or(Fault::Broken)?;
        if !relation.kind.ends_with("/worksheet") {
            notes.push(Note::no_cells(&sheet.name));
            continue;
        }
        let xml = package.xml(source, &relation.target)?.ok_or(Fault::Broken)?;
        let (mut grid, unread) = sheet::read(xml, &shared, &mut left)?;
        unread.say(grids.len(), &sheet.name, &mut notes);
        grid.name = Some(sheet.name);
        grid.hidden = sheet.hidden;
        grids.push(grid);
    }
    Ok((grids, notes))
}

/// The relations of a part; targets as names in the package.
fn relations(mut xml: Xml<'_>, folder: &str) -> Result<Vec<Relation>, Fault> {
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == b"Relationship" => {
                let target = tag.attribute("Target").ok_or(Fault::Broken)?.replace('\\', "/");
                relations.push(Relation {
                    id: tag.attribute("Id").unwrap_or_default().into_owned(),
                    kind: tag.attribute("Type").unwrap_or_default().into_owned(),
                    target: resolved(folder, &target),
                });
            }
            Token::End => return Ok(relations),
            _ => {}
        }
    }
}

/// A target seen from a folder: absolute, beside it, or above it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// The sheets in order, and whether days are counted from 1904.
fn sheets(mut xml: Xml<'_>) -> Result<(Vec<Listed>, bool), Fault> {
    let (mut listed, mut epoch_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                // Its own `workbookPr` is another one.
                b"extLst" => xml.skip()?,
                b"workbookPr" => epoch_1904 = tag.is_true("date1904"),
                b"sheet" => listed.push(Listed {
                    name: tag.attribute("name").unwrap_or_default().into_owned(),
                    relation: tag.attribute("id").unwrap_or_default().into_owned(),
                    hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                }),
                _ => {}
            },
            Token::End => return Ok((listed, epoch_1904)),
            _ => {}
        }
    }
}

/// What each cell style makes of a number.
fn styles(mut xml: Xml<'_>) -> Result<Vec<Shape>, Fault> {
    let (mut own, mut shapes, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                b"numFmt" => {
                    if let (Some(id), Some(code)) = (tag.count("numFmtId"), tag.attribute("formatCode")) {
                        own.entry(id).or_insert_with(|| number::shape(&code));
                    }
                }
                b"cellXfs" => in_cells = true,
                b"xf" if in_cells => {
                    let id = tag.count("numFmtId").unwrap_or_default();
                    shapes.push(own.get(&id).copied().unwrap_or_else(|| number::built_in(id)));
                }
                _ => {}
            },
            Token::Close(b"cellXfs") => in_cells = false,
            Token::End => return Ok(shapes),
            _ => {}
        }
    }
}
