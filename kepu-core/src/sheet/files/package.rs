//! The parts of a zipped spreadsheet, each unpacked once and counted while it is.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Source;
use crate::error::Error;

/// An xlsx or an ods, opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive. What it says of its size is believed where it says too much, and counted all the same.
    pub(super) fn open(source: &Source<'a>) -> Result<Package<'a>, Error> {
        let archive = ZipArchive::new(Cursor::new(source.bytes)).map_err(|_| source.damaged())?;
        if archive.decompressed_size().is_some_and(|size| size > u128::from(source.limits.unpacked)) {
            return Err(source.over_unpacked());
        }
        let names = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).replace('\\', "/")).collect();
        Ok(Package { archive, names, left: source.limits.unpacked })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Whether a part's name begins like this.
    pub(super) fn has_folder(&self, name: &str) -> bool {
        self.names.iter().any(|part| part.starts_with(name))
    }

    /// A part as text; none where there is no such part.
    pub(super) fn part(&mut self, source: &Source<'_>, name: &str) -> Result<Option<String>, Error> {
        let Some(index) = self.place(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => encrypted(source),
            _ => source.damaged(),
        })?;
        // What the entry claims is no reason to take so much memory at once.
        let claimed = usize::try_from(entry.size().min(self.left).min(64 << 20)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(claimed);
        entry.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| source.damaged())?;
        self.left =
            u64::try_from(bytes.len()).ok().and_then(|size| self.left.checked_sub(size)).ok_or_else(|| source.over_unpacked())?;
        match bytes.get(..2) {
            Some([0xff, 0xfe]) => Ok(Some(encoding_rs::UTF_16LE.decode(&bytes).0.into_owned())),
            Some([0xfe, 0xff]) => Ok(Some(encoding_rs::UTF_16BE.decode(&bytes).0.into_owned())),
            _ => String::from_utf8(bytes).map(Some).map_err(|_| source.damaged()),
        }
    }

    /// Names are compared as Windows would: other programs wrote `XL/Workbook.xml`.
    fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        let same = |part: &String| part == name;
        self.names.iter().position(same).or_else(|| self.names.iter().position(|part| part.eq_ignore_ascii_case(name)))
    }
}

/// A spreadsheet under a password, whatever its format.
pub(super) fn encrypted(source: &Source<'_>) -> Error {
    source.refuse(
        "设有打开密码，无法读取；请用 Excel 或 WPS 输入密码打开，取消密码后另存再试",
        "is protected by a password; open it with the password, remove the password and save it again",
    )
}
