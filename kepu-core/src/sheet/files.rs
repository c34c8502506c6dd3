//! Bytes to grids: what a file holds is told by its content, never by its name. No file is opened here.

mod cells;
mod fault;
mod notes;
mod number;
mod ods;
mod ole;
mod package;
mod progress;
mod refused;
mod sniff;
mod text;
mod xls;
mod xlsx;
mod xml;

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::Grid;
use crate::error::Error;
use progress::Watch;
use text::whole::Whole;

pub use notes::Note;
pub use progress::Progress;
pub use text::stream::CsvPieces;

/// How much a file may ask for before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that a spreadsheet may unpack to: 1 GiB, 256 MiB in the browser.
    pub unpacked: u64,
    /// Cells of the used extent, from A1 to the last filled row and column, all sheets together.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        let unpacked = if cfg!(target_arch = "wasm32") { 256 << 20 } else { 1 << 30 };
        Limits { unpacked, cells: 20_000_000 }
    }
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Texts between commas.
    Csv,
    /// Texts between tabs.
    Tsv,
    /// Texts between semicolons.
    Semicolon,
    /// Excel since 2007, WPS.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument: LibreOffice.
    Ods,
}

impl Format {
    /// Its name on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Semicolon => "semicolon",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
        }
    }
}

/// How the characters of a text file were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 behind its mark.
    Utf8Bom,
    /// UTF-16 behind its mark, as Excel's “Unicode text”.
    Utf16,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// Its name on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-bom",
            Encoding::Utf16 => "utf-16",
            Encoding::Gb18030 => "gb18030",
        }
    }
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The name that it came under.
    pub file: String,
    /// Its sheets, in order, hidden ones too.
    pub grids: Vec<Grid>,
    /// What it is.
    pub format: Format,
    /// How its characters were written; none where the format leaves no choice.
    pub encoding: Option<Encoding>,
    /// What its reader should know.
    pub notes: Vec<Note>,
}

impl Book {
    /// Reads a file: CSV, TSV, xlsx, xls or ods, whatever it is called.
    ///
    /// ```
    /// use kepu_core::{Book, Format, Limits};
    /// let book = Book::read("活动名称,举办单位\n走近湿地,新乡市科协\n".as_bytes(), "上报.xls", &Limits::default())?;
    /// assert_eq!(book.format, Format::Csv);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is no spreadsheet, or a damaged, encrypted or over-large one; the message says the way out.
    pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<Book, Error> {
        Book::read_watched(bytes, file, limits, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, with a word from time to time of how far it has come, and the question whether to go on.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use kepu_core::{Book, Limits};
    /// let bytes = "活动名称,举办单位\n走近湿地,新乡市科协\n".repeat(10_000);
    /// let mut shown = 0.0;
    /// let book = Book::read_watched(bytes.as_bytes(), "上报.csv", &Limits::default(), &mut |progress| {
    ///     shown = progress.share();
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!((book.grids[0].height(), shown), (20_000, 1.0));
    /// let stop = &mut |_| ControlFlow::Break(());
    /// assert!(Book::read_watched(bytes.as_bytes(), "上报.csv", &Limits::default(), stop).unwrap_err().is_cancelled());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Book::read`]; and [`Error::is_cancelled`] where the answer was to stop.
    pub fn read_watched(
        bytes: &[u8],
        file: &str,
        limits: &Limits,
        watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Book, Error> {
        Book::of(&Source { bytes, text: None, file, limits, watch: Watch::new(watch) })
    }

    /// The same of what a reader gives to its end: an opened file. A text is never held beside its bytes, so that a large CSV
    /// takes a third less memory.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use kepu_core::{Book, Limits};
    /// # let folder = std::env::temp_dir().join(format!("kepu-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// # let path = folder.join("上报.csv");
    /// std::fs::write(&path, "活动名称,举办单位\n走近湿地,新乡市科协\n")?;
    /// let file = std::fs::File::open(&path)?;
    /// let book = Book::from_reader(file, "上报.csv", &Limits::default(), &mut |_| ControlFlow::Continue(()))?;
    /// assert_eq!(book.grids[0].height(), 2);
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Book::read_watched`]; and where the reader fails.
    pub fn from_reader(
        mut read: impl Read,
        file: &str,
        limits: &Limits,
        watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Book, Error> {
        let mut source = Source { bytes: &[], text: None, file, limits, watch: Watch::new(watch) };
        let whole = text::whole::read(&mut read, &source)?;
        (source.bytes, source.text) = match &whole {
            Whole::Text(text) => (text.as_bytes(), Some(text)),
            Whole::Bytes(bytes) => (bytes.as_slice(), None),
        };
        Book::of(&source)
    }

    fn of(source: &Source<'_>) -> Result<Book, Error> {
        let (format, encoding, mut grids, mut notes) = match sniff::content(source)? {
            sniff::Content::Xlsx(package) => {
                let (grids, notes) = xlsx::read(source, package).map_err(|fault| source.refused(fault))?;
                (Format::Xlsx, None, grids, notes)
            }
            sniff::Content::Ods(package) => {
                let (grids, notes) = ods::read(source, package).map_err(|fault| source.refused(fault))?;
                (Format::Ods, None, grids, notes)
            }
            sniff::Content::Xls(stream) => {
                let (grids, notes) = xls::read(source, &stream)?;
                (Format::Xls, None, grids, notes)
            }
            sniff::Content::Text => {
                let (format, encoding, grid) = text::read(source)?;
                (format, Some(encoding), vec![grid], Vec::new())
            }
        };
        let ours: Vec<Grid> = grids.extract_if(.., |grid| super::workbook::is_ours(grid)).collect();
        if !ours.is_empty() {
            notes.push(Note::ours(&ours));
        }
        for (index, grid) in grids.iter().enumerate() {
            notes::of_layout(index, grid, &mut notes);
        }
        Ok(Book { file: source.file.to_owned(), grids, format, encoding, notes })
    }
}

/// After so many bytes whoever watches is told of them.
const TOLD: usize = 256 << 10;

/// What is read, under which name and limits, and who watches.
struct Source<'a> {
    bytes: &'a [u8],
    /// The same as a text, where somebody has made one of it already.
    text: Option<&'a Arc<String>>,
    file: &'a str,
    limits: &'a Limits,
    watch: Watch<'a>,
}

impl Source<'_> {
    /// So many bytes more were read.
    fn advance(&self, more: usize) -> Result<(), Error> {
        self.watch.advance(u64::try_from(more).unwrap_or(u64::MAX)).map_err(|fault| self.refused(fault))
    }
}
