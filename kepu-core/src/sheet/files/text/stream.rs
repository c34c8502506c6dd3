//! A text of any size, sheet by sheet of a few thousand rows: no more than one of them is held.

use std::io::Read;
use std::ops::ControlFlow;

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::lines::{Lines, Piece};
use super::{MARK, SURELY_UTF8, cut, damaged, open_quote, separator};
use crate::error::Error;
use crate::record::{Cell, CellBuf};
use crate::sheet::files::progress::{Progress, Watch};
use crate::sheet::files::{Encoding, Format, Limits, Source, sniff};
use crate::sheet::{Grid, Sheet, SheetOptions};

/// So much decides the encoding and the separator, and so much is read at a time.
const BLOCK: usize = 1 << 20;

/// How many rows one piece has.
const ROWS: usize = 4_096;

/// A line that is longer is one whose quote was never closed.
const LONGEST: usize = 64 << 20;

/// A CSV of any size, as pieces of one sheet: each has the header and a few thousand rows with their own numbers.
///
/// From the first MiB the encoding is told; a later byte that is none of its characters is an error with its place. Nothing
/// is read ahead of the piece that is asked for, so that pipes work and memory stays bounded.
///
/// ```
/// use kepu_core::{CsvPieces, Kind, Notice, RowKey, SetCheck, SheetOptions};
/// let text = "活动名称,举办单位,活动类别,开始日期\n走近湿地,新乡市科协,地方主场活动,9月31日\n";
/// let checker = Notice::bundled("henan-2023")?.checker();
/// let as_of = "2023-09-01".parse()?;
/// let mut set = SetCheck::new(&checker, Kind::ACTIVITY, as_of);
/// for piece in CsvPieces::new(text.as_bytes(), "上报.csv", SheetOptions::default()) {
///     for row in piece?.records() {
///         let report = checker.check(&row, as_of);
///         for finding in report.findings() {
///             assert_eq!((row.row(), finding.rule().id()), (2, "unreadable-date"));
///         }
///         set.add(RowKey { row: row.row().into(), ..RowKey::default() }, &report);
///     }
/// }
/// assert!(set.findings().is_empty());
/// # Ok::<(), kepu_core::Error>(())
/// ```
pub struct CsvPieces<R> {
    read: R,
    file: String,
    options: SheetOptions,
    /// None before the first MiB was looked at.
    begun: Option<Begun>,
    is_done: bool,
}

/// What the first MiB told, and what was read and not handed on yet.
struct Begun {
    encoding: Encoding,
    format: Format,
    separator: u8,
    decoder: Decoder,
    /// Characters that are no line yet, or lines of the next piece.
    text: String,
    /// How many bytes were decoded, and how many lines end among them.
    bytes: usize,
    line_ends: usize,
    is_at_end: bool,
    /// The first piece, whose header the others share.
    first: Option<Sheet>,
    /// How many rows below the header were handed on.
    passed: u32,
}

impl<R: Read> CsvPieces<R> {
    /// The text that a reader gives, under the name that it came by.
    pub fn new(read: R, file: impl Into<String>, options: SheetOptions) -> CsvPieces<R> {
        CsvPieces { read, file: file.into(), options, begun: None, is_done: false }
    }

    /// How its characters are written; none before the first piece.
    pub fn encoding(&self) -> Option<Encoding> {
        self.begun.as_ref().map(|begun| begun.encoding)
    }

    /// Between which separators it stands; none before the first piece.
    pub fn format(&self) -> Option<Format> {
        self.begun.as_ref().map(|begun| begun.format)
    }

    fn piece(&mut self) -> Result<Option<Sheet>, Error> {
        let begun = match self.begun.take() {
            Some(begun) => self.begun.insert(begun),
            None => self.begun.insert(Begun::new(&mut self.read, &self.file)?),
        };
        let (mut rows, mut from) = (Vec::new(), 0);
        loop {
            match begun.lines(&mut rows, &mut from) {
                Ok(()) if rows.len() >= ROWS || begun.is_at_end => break,
                Ok(()) => {}
                Err(()) if begun.is_at_end || begun.text.len() - from > LONGEST => {
                    let row = begun.passed.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX)).saturating_add(1);
                    let row = begun.first.as_ref().map_or(row, |first| row.saturating_add(*first.header_rows().end()));
                    return Err(with_source(&self.file, &[], |source| {
                        open_quote(source, usize::try_from(row).unwrap_or(usize::MAX))
                    }));
                }
                Err(()) => {}
            }
            begun.text.drain(..from);
            from = 0;
            begun.more(&mut self.read, &self.file)?;
        }
        begun.text.drain(..from);
        if rows.is_empty() && begun.first.is_some() {
            return Ok(None);
        }
        begun.sheet(rows, &self.file, &self.options).map(Some)
    }
}

impl<R: Read> Iterator for CsvPieces<R> {
    type Item = Result<Sheet, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let piece = self.piece().transpose();
        self.is_done = !matches!(piece, Some(Ok(_)));
        piece
    }
}

impl Begun {
    fn new(read: &mut impl Read, file: &str) -> Result<Begun, Error> {
        let mut head = Vec::new();
        block(read, &mut head, file)?;
        let is_at_end = head.len() < BLOCK;
        let (encoding, mark) = with_source(file, &head, |source| told(source, is_at_end))?;
        let decoder = match encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => UTF_8,
            Encoding::Gb18030 => GB18030,
            Encoding::Utf16 if head.starts_with(b"\xfe\xff") => UTF_16BE,
            Encoding::Utf16 => UTF_16LE,
        };
        let decoder = decoder.new_decoder_without_bom_handling();
        let (format, text) = (Format::Csv, String::new());
        let mut begun = Begun {
            encoding,
            format,
            separator: b',',
            decoder,
            text,
            bytes: mark,
            line_ends: 0,
            is_at_end,
            first: None,
            passed: 0,
        };
        begun.decode(head.get(mark..).unwrap_or_default(), file)?;
        (begun.separator, begun.format) = separator(&begun.text);
        Ok(begun)
    }

    /// Reads a block more.
    fn more(&mut self, read: &mut impl Read, file: &str) -> Result<(), Error> {
        let mut bytes = Vec::new();
        block(read, &mut bytes, file)?;
        self.is_at_end = bytes.len() < BLOCK;
        self.decode(&bytes, file)
    }

    fn decode(&mut self, bytes: &[u8], file: &str) -> Result<(), Error> {
        let most = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        self.text.reserve(most.unwrap_or_default());
        let (result, read) = self.decoder.decode_to_string_without_replacement(bytes, &mut self.text, self.is_at_end);
        let sound = match result {
            DecoderResult::InputEmpty => read,
            DecoderResult::Malformed(length, behind) => read.saturating_sub(usize::from(length) + usize::from(behind)),
            DecoderResult::OutputFull => read,
        };
        let ends = bytes.get(..sound).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        if result != DecoderResult::InputEmpty {
            let name = match self.encoding {
                Encoding::Gb18030 => "GB18030",
                Encoding::Utf16 => "UTF-16",
                Encoding::Utf8 | Encoding::Utf8Bom => "UTF-8",
            };
            let (at, line) = (self.bytes.saturating_add(sound), self.line_ends + ends);
            return Err(with_source(file, &[], |source| damaged(source, name, at, line)));
        }
        self.bytes = self.bytes.saturating_add(read);
        self.line_ends += ends;
        Ok(())
    }

    /// Takes the whole lines of the text from a place on, as many as a piece still needs; an error where a quote is open.
    fn lines(&self, rows: &mut Vec<Vec<CellBuf>>, from: &mut usize) -> Result<(), ()> {
        let text = self.text.get(*from..).unwrap_or_default();
        let mut lines = Lines::new(text, self.separator);
        while rows.len() < ROWS {
            let before = lines.at();
            let mut row = Vec::new();
            let take = &mut |piece: Piece<'_>| match cut(text, &piece) {
                "" => row.push(CellBuf::Empty),
                cell => row.push(CellBuf::from(cell)),
            };
            match lines.next(take) {
                Ok(false) => return Ok(()),
                // What ends with the text may go on in the next block.
                Ok(true) if lines.at() < text.len() || self.is_at_end => {
                    rows.push(row);
                    *from += lines.at() - before;
                }
                Ok(true) => return Ok(()),
                Err(_) => return Err(()),
            }
        }
        Ok(())
    }

    fn sheet(&mut self, rows: Vec<Vec<CellBuf>>, file: &str, options: &SheetOptions) -> Result<Sheet, Error> {
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let Some(first) = &self.first else {
            let sheet = Sheet::new(Grid::new(rows), options)?.of_file(file);
            self.passed = count.saturating_sub(*sheet.header_rows().end());
            self.first = Some(sheet.continued(up_to_header(&sheet), 0));
            return Ok(sheet);
        };
        let mut grid = up_to_header(first);
        rows.iter().for_each(|row| grid.push(row.iter().map(CellBuf::cell)));
        let sheet = first.continued(grid, self.passed);
        self.passed = self.passed.saturating_add(count);
        Ok(sheet)
    }
}

/// The rows of a sheet up to its header.
fn up_to_header(sheet: &Sheet) -> Grid {
    let mut grid = Grid { merges_known: true, ..Grid::default() };
    let rows = usize::try_from(*sheet.header_rows().end()).unwrap_or(usize::MAX);
    for row in sheet.grid().rows().take(rows) {
        grid.push(row.map(|cell: Cell<'_>| cell));
    }
    grid
}

/// Reads until a block is full or nothing more comes.
fn block(read: &mut impl Read, into: &mut Vec<u8>, file: &str) -> Result<(), Error> {
    let most = u64::try_from(BLOCK).unwrap_or(u64::MAX);
    read.by_ref().take(most).read_to_end(into).map(|_| ()).map_err(|error| with_source(file, &[], |source| source.broken(&error)))
}

/// How the characters are written, and how long the mark before them is.
fn told(source: &Source<'_>, is_whole: bool) -> Result<(Encoding, usize), Error> {
    if !matches!(sniff::content(source)?, sniff::Content::Text) {
        return Err(
            source.refuse("是电子表格文件，不是 CSV 文本；请按表格文件读取", "is a spreadsheet and no CSV; read it as a file")
        );
    }
    let bytes = source.bytes;
    if bytes.starts_with(MARK.as_bytes()) {
        return Ok((Encoding::Utf8Bom, MARK.len()));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Ok((Encoding::Utf16, 2));
    }
    if bytes.contains(&0) {
        // What a whole file says of such bytes.
        return super::decode(source).map(|(_, encoding)| (encoding, 0));
    }
    let Err(fault) = std::str::from_utf8(bytes) else { return Ok((Encoding::Utf8, 0)) };
    // The last character may go on behind the block.
    if !is_whole && fault.error_len().is_none() {
        return Ok((Encoding::Utf8, 0));
    }
    let sound = bytes.get(..fault.valid_up_to()).and_then(|sound| std::str::from_utf8(sound).ok()).unwrap_or_default();
    let is_utf8 = sound.chars().filter(|sign| !sign.is_ascii()).nth(SURELY_UTF8).is_some();
    Ok((if is_utf8 { Encoding::Utf8 } else { Encoding::Gb18030 }, 0))
}

pub(super) fn with_source<T>(file: &str, bytes: &[u8], then: impl FnOnce(&Source<'_>) -> T) -> T {
    let limits = Limits::default();
    let mut nobody = |_: Progress| ControlFlow::Continue(());
    then(&Source { bytes, text: None, file, limits: &limits, watch: Watch::new(&mut nobody) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;
    use crate::record::{Field, Record};

    /// Hands out a few bytes at a time, as pipes do.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let len = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(len);
            into[..len].copy_from_slice(now);
            self.0 = later;
            Ok(len)
        }
    }

    fn titles(bytes: &[u8]) -> Vec<(u32, String, String)> {
        let mut found = Vec::new();
        for piece in CsvPieces::new(Trickle(bytes, 777), "a.csv", SheetOptions::default()) {
            let sheet = piece.unwrap();
            for row in sheet.records() {
                let title = crate::reading::text(row.cell(Field::Title)).into_owned();
                found.push((row.row(), row.address(Field::Title).unwrap(), title));
            }
        }
        found
    }

    fn table(rows: usize) -> String {
        let mut text = String::from("统计表\r\n编号,活动名称,举办单位\r\n");
        for row in 0..rows {
            text.push_str(&format!("{row},\"第{row}场，\"\"走近\r\n湿地\"\"\",新乡市科协\r\n"));
        }
        text
    }

    #[test]
    fn pieces_have_the_rows_that_the_whole_file_has() {
        let text = table(ROWS * 2 + 100) + "\r\n合计,3,\r\n最后,尾,科协";
        let book = crate::Book::read(text.as_bytes(), "a.csv", &Limits::default()).unwrap();
        let sheet = Sheet::new(book.grids.into_iter().next().unwrap(), &SheetOptions::default()).unwrap();
        let whole: Vec<_> = sheet
            .records()
            .map(|row| (row.row(), row.address(Field::Title).unwrap(), crate::reading::text(row.cell(Field::Title)).into_owned()))
            .collect();
        assert_eq!(titles(text.as_bytes()), whole);
        let skipped: Vec<_> = CsvPieces::new(text.as_bytes(), "a.csv", SheetOptions::default())
            .flat_map(|piece| piece.unwrap().skipped().to_vec())
            .collect();
        assert_eq!(skipped, sheet.skipped());
    }

    #[test]
    fn the_first_mib_tells_the_encoding_and_a_later_byte_that_is_none_of_it_is_an_error_with_its_place() {
        let text = table(60_000);
        assert!(text.len() > 2 * BLOCK);
        let (gbk, _, _) = GB18030.encode(&text);
        assert_eq!(titles(&gbk), titles(text.as_bytes()));
        let mut broken = text.clone().into_bytes();
        let at = 2 * BLOCK + 5;
        broken[at] = 0xFF;
        let error = CsvPieces::new(&broken[..], "a.csv", SheetOptions::default()).find_map(Result::err).unwrap();
        // The fault is told at the byte, or at the character that it breaks.
        let told: usize = error.message(Lang::En).split("byte ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!((at - 2..=at + 1).contains(&told), "{at}: {error}");
    }

    #[test]
    fn an_open_quote_and_what_is_no_text_are_errors() {
        let open = table(3) + "9,\"开,科协\r\n";
        let error = CsvPieces::new(open.as_bytes(), "a.csv", SheetOptions::default()).find_map(Result::err).unwrap();
        assert!(error.is_sheet() && error.message(Lang::En).contains("never closed"), "{error}");
        let error = CsvPieces::new(&b"%PDF-1.7"[..], "a.csv", SheetOptions::default()).find_map(Result::err).unwrap();
        assert!(error.message(Lang::En).contains("PDF"), "{error}");
        assert!(CsvPieces::new(&b""[..], "a.csv", SheetOptions::default()).next().unwrap().is_err());
    }
}
