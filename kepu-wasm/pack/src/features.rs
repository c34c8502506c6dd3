//! Which WebAssembly the package asks a browser for.
//!
//! binaryen refuses a module that uses more than what it is told is allowed: a compiler that begins to use a newer feature
//! fails the build here, and the oldest browser is a decision, not an accident.

use std::path::Path;

use crate::{Result, tools};

/// The features that the package may use, and the Chromium that brought each: the newest is the oldest browser that the wasm
/// runs in. JavaScript is written for the same (`?.`, and workers that are modules, ask for 80).
const ALLOWED: [(&str, u32); 4] = [
    ("--enable-mutable-globals", 74),
    ("--enable-sign-ext", 74),
    ("--enable-bulk-memory", 75),
    ("--enable-nontrapping-float-to-int", 75),
];

/// As esbuild writes it.
pub(crate) const OLDEST_BROWSER: &str = "chrome80";

/// The wasm, optimised for size, and refused where it uses what is not allowed.
pub(crate) fn optimise(house: &Path, from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
    let mut arguments =
        vec!["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features", "--mvp-features"];
    arguments.extend(ALLOWED.iter().map(|(flag, _)| *flag));
    arguments.extend([&*from, "-o", &*to]);
    tools::bin(house, "wasm-opt", &arguments)
}

/// A module without its section `target_features`, in which the compiler says what it may have used.
pub(crate) fn without_section(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut out = wasm.get(..8).ok_or("no wasm")?.to_vec();
    let mut rest = wasm.get(8..).unwrap_or_default();
    while let Some((kind, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        let content = body.get(..size).ok_or("a section breaks off")?;
        let behind = body.get(size..).unwrap_or_default();
        let is_dropped = *kind == 0 && {
            let (length, name) = leb(content)?;
            name.get(..length) == Some(b"target_features")
        };
        if !is_dropped {
            let whole = rest.len() - behind.len();
            out.extend_from_slice(rest.get(..whole).unwrap_or_default());
        }
        rest = behind;
    }
    Ok(out)
}

/// An unsigned LEB128, and what stands behind it.
fn leb(mut bytes: &[u8]) -> Result<(usize, &[u8])> {
    let (mut value, mut shift) = (0_usize, 0_u32);
    while let Some((byte, rest)) = bytes.split_first() {
        value |= usize::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
        (bytes, shift) = (rest, shift + 7);
        if byte & 0x80 == 0 {
            return Ok((value, bytes));
        }
    }
    Err("a number breaks off".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut section = vec![kind, u8::try_from(content.len()).unwrap()];
        section.extend_from_slice(content);
        section
    }

    #[test]
    fn only_the_section_of_features_is_dropped() {
        let head = b"\0asm\x01\0\0\0";
        let (named, code) = (section(0, b"\x04name\x01"), section(10, &[0; 120]));
        let wasm = [head.as_slice(), &named, &section(0, b"\x0ftarget_features\x01"), &code].concat();
        assert_eq!(without_section(&wasm).unwrap(), [head.as_slice(), &named, &code].concat());
        assert!(without_section(&wasm[..wasm.len() - 1]).is_err());
    }

    #[test]
    fn the_oldest_browser_has_every_feature_that_is_allowed() {
        let oldest: u32 = OLDEST_BROWSER.trim_start_matches("chrome").parse().unwrap();
        assert!(ALLOWED.iter().all(|(_, since)| *since <= oldest));
    }
}
