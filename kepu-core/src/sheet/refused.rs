//! Why a sheet is refused, with its name, what it begins with, and the way out.

use super::Grid;
use crate::error::{Error, What};

/// How much of a refused sheet its error shows.
const SHOWN: (usize, usize, usize) = (5, 8, 20);

pub(super) fn no_header(grid: &Grid) -> Error {
    let (rows, columns, signs) = SHOWN;
    let mut first = String::new();
    for (at, row) in grid.rows().enumerate().take(rows) {
        let width = row.len();
        first.push_str(&format!("\n{}: ", at + 1));
        for (column, cell) in row.enumerate().take(columns) {
            if column > 0 {
                first.push_str(" | ");
            }
            let text = crate::reading::text(cell);
            first.extend(text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(signs));
            if text.chars().nth(signs).is_some() {
                first.push('…');
            }
        }
        if width > columns {
            first.push_str(" | …");
        }
    }
    if first.is_empty() {
        first.push_str("\n-");
    }
    let name = grid.name.as_deref().unwrap_or("-");
    Error::other(
        What::Sheet,
        format!("工作表“{name}”前 20 行里没有表头：至少要有两列以字段命名，例如“活动名称”“举办单位”。开头几行是：{first}"),
        format!(
            "no header in the first 20 rows of sheet `{name}`: at least two columns must be named by fields, such as `活动名称` and `举办单位`. It begins:{first}"
        ),
    )
}

/// The fault of a sheet, or of a table without a name.
pub(super) fn twice(name: Option<&str>, header: &str) -> Error {
    let (zh, en) = name.map(|name| (format!("工作表“{name}”的"), format!(" in sheet `{name}`"))).unwrap_or_default();
    Error::other(
        What::Sheet,
        format!("{zh}表头“{header}”出现了两次，无法确定读取哪一列：请改名或删去其中一列"),
        format!("the header `{header}` stands twice{en}, so nobody can know which column is meant: rename or delete one of them"),
    )
}
