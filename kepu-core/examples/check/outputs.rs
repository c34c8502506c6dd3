//! Files that are written whole or not at all, and never over an input.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use kepu_core::{Lang, Text};

/// Writes a file under a name of its own and moves it to its place when it is whole.
pub(crate) fn write(path: &str, bytes: &[u8], inputs: &[&str], lang: Lang) -> Result<(), String> {
    let place = Path::new(path);
    if inputs.iter().any(|input| is_same(place, Path::new(input))) {
        let refused = Text {
            zh: "是要核对的文件，不会覆盖它；请换一个文件夹或文件名",
            en: " is an input and is not overwritten; name another folder or file",
        };
        return Err(format!("{path}{}", refused.get(lang)));
    }
    let mut part = OsString::from(place);
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, place));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        format!("{path}：{error}")
    })
}

/// Whether two names are of one file that is there.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// The name of a file's annotated copy; of files of one name in several folders each has its own.
pub(crate) fn beside(folder: &str, file: &str, taken: &[String]) -> String {
    let stem = Path::new(file).file_stem().map_or_else(|| "核对".into(), |stem| stem.to_string_lossy());
    let name = |end: String| Path::new(folder).join(format!("{stem}-核对{end}.xlsx")).to_string_lossy().into_owned();
    let free = |name: &String| !taken.contains(name);
    (1_u32..).map(|number| name(if number == 1 { String::new() } else { number.to_string() })).find(free).unwrap_or_default()
}
