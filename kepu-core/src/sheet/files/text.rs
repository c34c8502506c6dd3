//! Text between separators: which encoding, which separator, and the cells.

mod lines;
pub(super) mod stream;
pub(super) mod whole;

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE};
use simdutf8::compat::from_utf8;

use super::{Encoding, Format, Source, TOLD};
use crate::error::Error;
use crate::record::{Cell, CellBuf};
use crate::sheet::grid::{Span, Store, Writer};
use crate::sheet::{Grid, Sheet, SheetOptions};

use lines::{Lines, Piece, Unclosed};

/// In the order in which a tie is settled.
const SEPARATORS: [(u8, Format); 3] = [(b',', Format::Csv), (b'\t', Format::Tsv), (b';', Format::Semicolon)];

/// What may stand before UTF-8.
const MARK: &str = "\u{FEFF}";

/// The rows among which a header is looked for (design.md, part 4).
const HEADER_ROWS: usize = 20;

/// Characters beyond ASCII after which a text that began as UTF-8 is no GB18030 any more, but UTF-8 with a fault.
const SURELY_UTF8: usize = 16;

pub(super) fn read(source: &Source<'_>) -> Result<(Format, Encoding, Grid), Error> {
    let (text, from, encoding) = match source.text {
        Some(text) if text.starts_with(MARK) => (Arc::clone(text), MARK.len(), Encoding::Utf8Bom),
        Some(text) => (Arc::clone(text), 0, Encoding::Utf8),
        None => decode(source).map(|(text, encoding)| (Arc::new(text.into_owned()), 0, encoding))?,
    };
    let (separator, format) = separator(text.get(from..).unwrap_or_default());
    let cells = rows(text, from, separator, source)?.into();
    Ok((format, encoding, Grid { cells, merges_known: true, ..Grid::default() }))
}

/// What a text is that is no list of cells: a page or XML under the name of a table.
pub(super) fn markup(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let bytes = bytes.strip_prefix(MARK.as_bytes()).unwrap_or(bytes);
    let start = bytes.get(..bytes.len().min(4096))?.trim_ascii_start().to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start);
    if start.starts_with("mime-version:") || start.starts_with("from:") && start.contains("mime-version:") {
        return Some(("网页存档（MHT）", "a web archive (MHT)"));
    }
    if !start.starts_with('<') {
        return None;
    }
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        return Some(("XML 表格（Excel 2003）", "an XML spreadsheet (Excel 2003)"));
    }
    let page = ["<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<div", "<style"];
    if page.iter().any(|tag| start.contains(tag)) {
        return Some(("网页（HTML 表格）", "a web page (an HTML table)"));
    }
    start.starts_with("<?xml").then_some(("XML 文件", "an XML file"))
}

/// The characters: by the mark, else strict UTF-8, else strict GB18030; never the other way round.
fn decode<'a>(source: &Source<'a>) -> Result<(Cow<'a, str>, Encoding), Error> {
    let bytes = source.bytes;
    if let Some(rest) = bytes.strip_prefix(MARK.as_bytes()) {
        return match from_utf8(rest) {
            Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8Bom)),
            Err(fault) => Err(damaged_at(source, "UTF-8", fault.valid_up_to() + MARK.len())),
        };
    }
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(|text| (text, Encoding::Utf16)).ok_or_else(|| source.damaged());
        }
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(source.refuse(
            &format!("不是表格：第 {} 个字节起是二进制内容；请让对方发送 .xlsx、.xls、.ods 或 .csv 原文件", at + 1),
            &format!("is no table: it holds binary data from byte {} on; ask for the original .xlsx, .xls, .ods or .csv", at + 1),
        ));
    }
    let fault = match from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(fault) => fault.valid_up_to(),
    };
    let sound = bytes.get(..fault).and_then(|sound| std::str::from_utf8(sound).ok()).unwrap_or_default();
    if sound.chars().filter(|c| !c.is_ascii()).nth(SURELY_UTF8).is_some() {
        return Err(damaged_at(source, "UTF-8", fault));
    }
    match gb18030(bytes) {
        Ok(text) => Ok((Cow::Owned(text), Encoding::Gb18030)),
        Err(at) => Err(damaged_at(source, "GB18030", at)),
    }
}

/// Strict GB18030, or the place of the first byte that is none.
fn gb18030(bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).ok_or(0_usize)?;
    let mut text = String::with_capacity(most);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(length, behind), read) => Err(read.saturating_sub(usize::from(length) + usize::from(behind))),
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

fn damaged_at(source: &Source<'_>, encoding: &str, at: usize) -> Error {
    let line = source.bytes.get(..at).map_or(0, |before| before.iter().filter(|byte| **byte == b'\n').count());
    damaged(source, encoding, at, line)
}

/// A byte that is no character, behind so many bytes and lines.
fn damaged(source: &Source<'_>, encoding: &str, at: usize, line: usize) -> Error {
    let (at, line) = (at.saturating_add(1), line.saturating_add(1));
    source.refuse(
        &format!("的第 {at} 个字节（第 {line} 行）不是 {encoding} 文字，已损坏；请让对方重新导出，或另存为 .xlsx 再试"),
        &format!("is damaged: byte {at} (line {line}) is not {encoding}; ask for it again, or save it as .xlsx"),
    )
}

/// The separator that gives most header fields; where none gives any, the one that gives most cells.
fn separator(text: &str) -> (u8, Format) {
    let options = SheetOptions::default();
    let mut best = (SEPARATORS[0], (0, 0));
    for (separator, format) in SEPARATORS {
        let (mut rows, mut cells) = (Vec::new(), 0);
        let mut lines = Lines::new(text, separator);
        while rows.len() < HEADER_ROWS {
            let mut row = Vec::new();
            let more = lines.next(&mut |piece| row.push(CellBuf::from(cut(text, &piece))));
            // A quote that stays open is told where the whole is read.
            if more != Ok(true) {
                break;
            }
            cells += row.len();
            rows.push(row);
        }
        let worth = (Sheet::fields_named(&Grid::new(rows), &options), cells);
        if worth > best.1 {
            best = ((separator, format), worth);
        }
    }
    best.0
}

fn cut<'a>(text: &'a str, piece: &Piece<'a>) -> &'a str {
    match *piece {
        Piece::Plain(from, to) => text.get(from..to).unwrap_or_default(),
        Piece::Rewritten(cell) => cell,
    }
}

fn rows(text: Arc<String>, from: usize, separator: u8, source: &Source<'_>) -> Result<Store, Error> {
    let mut rows = Writer::new(Arc::clone(&text));
    let mut lines = Lines::from(&text, from, separator);
    let (mut width, mut told) = (0, from);
    source.watch.expect(u64::try_from(text.len() - from).unwrap_or(u64::MAX));
    let most = usize::try_from(source.limits.cells).unwrap_or(usize::MAX);
    let mut is_too_large = false;
    loop {
        let mut cells = 0_usize;
        let more = lines.next(&mut |piece| {
            cells += 1;
            // One line may hold more than the whole may.
            is_too_large |= cells > most;
            match piece {
                _ if is_too_large => {}
                Piece::Plain(from, to) if from == to => rows.push(Cell::Empty),
                Piece::Plain(from, to) => match Span::new(from, to - from) {
                    Some(span) => rows.push_shared(span),
                    None => is_too_large = true,
                },
                Piece::Rewritten(cell) => rows.push(if cell.is_empty() { Cell::Empty } else { Cell::Text(cell) }),
            }
        });
        match more {
            Ok(true) => rows.end_row(),
            Ok(false) => {
                source.advance(lines.at() - told)?;
                return Ok(rows.finish());
            }
            Err(Unclosed) => return Err(open_quote(source, rows.height() + 1)),
        }
        if lines.at() - told >= TOLD {
            source.advance(lines.at() - told)?;
            told = lines.at();
        }
        width = width.max(cells);
        let extent = u64::try_from(rows.height().saturating_mul(width)).unwrap_or(u64::MAX);
        if extent > source.limits.cells || is_too_large {
            return Err(source.over_cells());
        }
    }
}

fn open_quote(source: &Source<'_>, row: usize) -> Error {
    source.refuse(
        &format!("第 {row} 行的引号（\"）没有闭合，其后的内容都会落进这一格；请补上或删去这个引号"),
        &format!("has a quote (\") in row {row} that is never closed, so that all that follows would fall into one cell; close or delete it"),
    )
}
