//! Bytes to grids: what a file holds is told by its content, never by its name. No file is opened here.

mod cells;
mod number;
mod ods;
mod ole;
mod package;
mod sniff;
mod text;
mod xls;
mod xlsx;
mod xml;

use super::Grid;
use crate::error::{Error, What};
use crate::message::Lang;

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

/// Something about a file that its reader should know: what was hidden and read all the same, what was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The sheet it is about, from 0 among the grids; none for the file.
    pub sheet: Option<usize>,
    zh: String,
    en: String,
}

impl Note {
    /// A sheet of another kind than cells.
    fn no_cells(name: &str) -> Note {
        Note {
            sheet: None,
            zh: format!("“{name}”是图表或宏表，没有单元格，未读取"),
            en: format!("`{name}` is a chart or a macro sheet without cells and was not read"),
        }
    }

    /// How the characters were read, where that is worth a word.
    pub(crate) fn of_encoding(encoding: Encoding) -> Option<Note> {
        let name = match encoding {
            Encoding::Gb18030 => "GB18030",
            Encoding::Utf16 => "UTF-16",
            Encoding::Utf8 | Encoding::Utf8Bom => return None,
        };
        Some(Note { sheet: None, zh: format!("按 {name} 编码读取"), en: format!("read as {name}") })
    }

    /// It in words.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
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
        let source = Source { bytes, file, limits };
        let (format, encoding, grids, mut notes) = match sniff::content(&source)? {
            sniff::Content::Xlsx(package) => {
                let (grids, notes) = xlsx::read(&source, package)?;
                (Format::Xlsx, None, grids, notes)
            }
            sniff::Content::Ods(package) => (Format::Ods, None, ods::read(&source, package)?, Vec::new()),
            sniff::Content::Xls(stream) => {
                let (grids, notes) = xls::read(&source, &stream)?;
                (Format::Xls, None, grids, notes)
            }
            sniff::Content::Text => {
                let (format, encoding, grid) = text::read(&source)?;
                (format, Some(encoding), vec![grid], Vec::new())
            }
        };
        for (index, grid) in grids.iter().enumerate() {
            hidden_notes(index, grid, &mut notes);
        }
        Ok(Book { file: file.to_owned(), grids, format, encoding, notes })
    }
}

/// What is read, and under which name and limits.
struct Source<'a> {
    bytes: &'a [u8],
    file: &'a str,
    limits: &'a Limits,
}

impl Source<'_> {
    /// Why this file is refused. Both sentences follow the file's name and end with the way out.
    fn refuse(&self, zh: &str, en: &str) -> Error {
        let file = self.file;
        Error::other(What::Sheet, format!("“{file}”{zh}"), format!("`{file}` {en}"))
    }

    /// A file of which one sheet cannot be read.
    fn refused(&self, fault: cells::Fault) -> Error {
        match fault {
            cells::Fault::Broken => self.damaged(),
            cells::Fault::OutOfBounds => self.over_cells(),
        }
    }

    /// A file that breaks off or contradicts itself.
    fn damaged(&self) -> Error {
        self.refuse(
            "已损坏或不完整，无法读取；请让对方重新发送，或用 Excel、WPS 打开后另存为 .xlsx 再试",
            "is damaged or cut short; ask for it again, or open it in a spreadsheet program and save it as .xlsx",
        )
    }

    /// A file that unpacks to more than its reader allows.
    fn over_unpacked(&self) -> Error {
        let mib = self.limits.unpacked >> 20;
        self.refuse(
            &format!("解压后超过 {mib} MiB，未读取；请删去图片和无用的工作表，或拆成几个文件"),
            &format!(
                "unpacks to more than {mib} MiB and was not read; remove pictures and sheets that are not needed, or split it"
            ),
        )
    }

    /// A file whose used extent is larger than its reader allows.
    fn over_cells(&self) -> Error {
        let cells = self.limits.cells;
        self.refuse(
            &format!("已用区域超过 {cells} 个单元格，未读取；请删去远处的零星内容（按 Ctrl+End 可找到最后一格），或拆成几个文件"),
            &format!("uses an extent of more than {cells} cells and was not read; delete what stands far out (Ctrl+End finds the last cell), or split it"),
        )
    }
}

fn hidden_notes(sheet: usize, grid: &Grid, notes: &mut Vec<Note>) {
    let name = grid.name.as_deref().unwrap_or_default();
    if grid.hidden {
        notes.push(Note {
            sheet: Some(sheet),
            zh: format!("工作表“{name}”是隐藏的，已照常读取"),
            en: format!("sheet `{name}` is hidden and was read all the same"),
        });
    }
    if let Some(first) = grid.hidden_rows.first() {
        let (count, first) = (grid.hidden_rows.len(), u64::from(*first) + 1);
        notes.push(Note {
            sheet: Some(sheet),
            zh: format!("工作表“{name}”有 {count} 行是隐藏的（从第 {first} 行起），已照常读取"),
            en: format!("sheet `{name}` has {count} hidden rows (from row {first} on), which were read all the same"),
        });
    }
    if let Some(first) = grid.hidden_columns.first() {
        let (count, first) = (grid.hidden_columns.len(), super::column_name(*first));
        notes.push(Note {
            sheet: Some(sheet),
            zh: format!("工作表“{name}”有 {count} 列是隐藏的（从 {first} 列起），已照常读取"),
            en: format!("sheet `{name}` has {count} hidden columns (from column {first} on), which were read all the same"),
        });
    }
    if !grid.merges_known {
        notes.push(Note {
            sheet: Some(sheet),
            zh: format!("工作表“{name}”的合并单元格没有读出，合并的内容只算在第一格"),
            en: format!("the merged cells of sheet `{name}` were not read: a merged value counts for its first cell only"),
        });
    }
}
