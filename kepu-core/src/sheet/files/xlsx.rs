//! xlsx: the parts that hold the cells (ECMA-376), each sheet in one pass, cell by cell.

mod layout;
mod sheet;
mod strings;

use std::sync::Arc;

use quick_xml::events::Event;

use super::number::{self, Shape};
use super::package::Package;
use super::xml::{Broken, Xml, attribute, count, is_true};
use super::{Note, Source};
use crate::error::Error;
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

pub(super) fn read(source: &Source<'_>, mut package: Package<'_>) -> Result<(Vec<Grid>, Vec<Note>), Error> {
    let root = relations(&part(source, &mut package, "_rels/.rels")?.unwrap_or_default(), "").map_err(|_| source.damaged())?;
    let workbook = root
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let text = part(source, &mut package, &workbook)?.ok_or_else(|| source.damaged())?;
    let (listed, epoch_1904) = sheets(&text).map_err(|_| source.damaged())?;
    let rels = part(source, &mut package, &format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
    let relations = relations(&rels, folder).map_err(|_| source.damaged())?;

    let (mut texts, mut strings) = (String::new(), Vec::new());
    let mut shapes = Vec::new();
    for relation in &relations {
        if relation.kind.ends_with("/sharedStrings") {
            let text = part(source, &mut package, &relation.target)?.unwrap_or_default();
            (texts, strings) = strings::table(&text).map_err(|_| source.damaged())?;
        } else if relation.kind.ends_with("/styles") {
            let text = part(source, &mut package, &relation.target)?.unwrap_or_default();
            shapes = styles(&text).map_err(|_| source.damaged())?;
        }
    }
    let shared = Shared { texts: Arc::new(texts), strings, shapes, epoch_1904 };

    let (mut grids, mut notes) = (Vec::new(), Vec::new());
    let mut left = source.limits.cells;
    for sheet in listed {
        let Some(relation) = relations.iter().find(|relation| relation.id == sheet.relation) else {
            return Err(source.damaged());
        };
        if !relation.kind.ends_with("/worksheet") {
            notes.push(Note::no_cells(&sheet.name));
            continue;
        }
        let text = part(source, &mut package, &relation.target)?.ok_or_else(|| source.damaged())?;
        let mut grid = sheet::read(&text, &shared, &mut left).map_err(|fault| source.refused(fault))?;
        grid.name = Some(sheet.name);
        grid.hidden = sheet.hidden;
        grids.push(grid);
    }
    Ok((grids, notes))
}

fn part(source: &Source<'_>, package: &mut Package<'_>, name: &str) -> Result<Option<String>, Error> {
    package.part(source, name)
}

/// The relations of a part; targets as names in the package.
fn relations(text: &str, folder: &str) -> Result<Vec<Relation>, Broken> {
    let (mut xml, mut relations) = (Xml::new(text), Vec::new());
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "Relationship" => {
                let target = attribute(&e, "Target").ok_or(Broken)?.replace('\\', "/");
                relations.push(Relation {
                    id: attribute(&e, "Id").unwrap_or_default().into_owned(),
                    kind: attribute(&e, "Type").unwrap_or_default().into_owned(),
                    target: resolved(folder, &target),
                });
            }
            Event::Eof => return Ok(relations),
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
fn sheets(text: &str) -> Result<(Vec<Listed>, bool), Broken> {
    let (mut xml, mut listed, mut epoch_1904) = (Xml::new(text), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "workbookPr" => epoch_1904 = is_true(&e, "date1904"),
                "sheet" => listed.push(Listed {
                    name: attribute(&e, "name").unwrap_or_default().into_owned(),
                    relation: attribute(&e, "id").unwrap_or_default().into_owned(),
                    hidden: attribute(&e, "state").is_some_and(|state| state != "visible"),
                }),
                _ => {}
            },
            Event::Eof => return Ok((listed, epoch_1904)),
            _ => {}
        }
    }
}

/// What each cell style makes of a number.
fn styles(text: &str) -> Result<Vec<Shape>, Broken> {
    let (mut xml, mut own, mut shapes, mut in_cells) = (Xml::new(text), Vec::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (count(&e, "numFmtId"), attribute(&e, "formatCode")) {
                        own.push((id, number::shape(&code)));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = count(&e, "numFmtId").unwrap_or_default();
                    let found = own.iter().find(|(known, _)| *known == id);
                    shapes.push(found.map_or_else(|| number::built_in(id), |(_, shape)| *shape));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(shapes),
            _ => {}
        }
    }
}
