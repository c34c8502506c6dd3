//! What is to be said of a file that was read.

use super::Encoding;
use crate::message::Lang;
use crate::sheet::{Grid, address, column_name};

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
    pub(super) fn no_cells(name: &str) -> Note {
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

    /// Pages that we made ourselves, for people.
    pub(super) fn ours(pages: &[Grid]) -> Note {
        let names: Vec<&str> = pages.iter().filter_map(|page| page.name.as_deref()).collect();
        Note {
            sheet: None,
            zh: format!("“{}”是 kepu 生成的说明页，没有记录，未读取", names.join("”“")),
            en: format!("`{}` was made by kepu for people to read, holds no records and was not read", names.join("`, `")),
        }
    }

    /// It in words.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What a reader came across in a sheet and could not read.
#[derive(Debug, Default)]
pub(super) struct Unread {
    formulas: u64,
    first: Option<(u32, u32)>,
    pub(super) has_pictures: bool,
}

impl Unread {
    /// A formula of which the file holds no value: nothing that computes has saved it.
    pub(super) fn formula(&mut self, row: u32, column: u32) {
        self.formulas += 1;
        self.first.get_or_insert((row, column));
    }

    /// It in words.
    pub(super) fn say(&self, sheet: usize, name: &str, notes: &mut Vec<Note>) {
        if let Some((row, column)) = self.first {
            let (count, first) = (self.formulas, address(row, column));
            notes.push(Note {
                sheet: Some(sheet),
                zh: format!("工作表“{name}”有 {count} 个公式没有存下结果（从 {first} 起），按空格读取；请用 Excel 或 WPS 打开并保存一次再试"),
                en: format!("sheet `{name}` has {count} formulas without a stored value (from {first} on), read as empty: open and save it once in a spreadsheet program"),
            });
        }
        if self.has_pictures {
            notes.push(Note {
                sheet: Some(sheet),
                zh: format!("工作表“{name}”里有图片或图形，它们不在单元格中，未读取；图片请另附，并在单元格里写文件名或链接"),
                en: format!("sheet `{name}` holds pictures or shapes, which are in no cell and were not read: send pictures beside it, with their names or links in cells"),
            });
        }
    }
}

/// What is hidden in a sheet and was read all the same, and what of its layout was not.
pub(super) fn of_layout(sheet: usize, grid: &Grid, notes: &mut Vec<Note>) {
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
        let (count, first) = (grid.hidden_columns.len(), column_name(*first));
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
