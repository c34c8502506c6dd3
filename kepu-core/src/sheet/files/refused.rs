//! Why a file is refused, in words. Every sentence follows the file's name and ends with the way out.

use super::Source;
use super::fault::Fault;
use crate::error::{Error, What};

impl Source<'_> {
    /// This file, refused.
    pub(super) fn refuse(&self, zh: &str, en: &str) -> Error {
        let file = self.file;
        Error::other(What::Sheet, format!("“{file}”{zh}"), format!("`{file}` {en}"))
    }

    /// Why a reader stopped, said to people.
    pub(super) fn refused(&self, fault: Fault) -> Error {
        match fault {
            Fault::Broken => self.damaged(),
            Fault::OverUnpacked => self.over_unpacked(),
            Fault::OverCells => self.over_cells(),
            Fault::Encrypted => self.encrypted(),
            Fault::Cancelled => {
                let file = self.file;
                Error::other(What::Cancelled, format!("“{file}”的读取已取消"), format!("reading `{file}` was cancelled"))
            }
        }
    }

    /// A file that breaks off or contradicts itself.
    pub(super) fn damaged(&self) -> Error {
        self.refuse(
            "已损坏或不完整，无法读取；请让对方重新发送，或用 Excel、WPS 打开后另存为 .xlsx 再试",
            "is damaged or cut short; ask for it again, or open it in a spreadsheet program and save it as .xlsx",
        )
    }

    /// A file whose bytes stop coming.
    pub(super) fn broken(&self, error: &std::io::Error) -> Error {
        self.refuse(&format!("读到中途中断：{error}；请重试"), &format!("could not be read to its end: {error}; try again"))
    }

    /// A spreadsheet under a password, whatever its format.
    pub(super) fn encrypted(&self) -> Error {
        self.refuse(
            "设有打开密码，无法读取；请用 Excel 或 WPS 输入密码打开，取消密码后另存再试",
            "is protected by a password; open it with the password, remove the password and save it again",
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
    pub(super) fn over_cells(&self) -> Error {
        let cells = self.limits.cells;
        self.refuse(
            &format!("已用区域超过 {cells} 个单元格，未读取；请删去远处的零星内容（按 Ctrl+End 可找到最后一格），或拆成几个文件"),
            &format!("uses an extent of more than {cells} cells and was not read; delete what stands far out (Ctrl+End finds the last cell), or split it"),
        )
    }
}
