//! Which WebAssembly the package asks a browser for.
//!
//! binaryen refuses a module that uses more than what it is told is allowed: a compiler that begins to use a newer feature
//! fails the build here, and the oldest browser is a decision, not an accident.

use std::path::Path;

use crate::{Result, tools};

const GLOBALS: Feature = Feature { section: "mutable-globals", flag: "--enable-mutable-globals", since: 74 };
const SIGN: Feature = Feature { section: "sign-ext", flag: "--enable-sign-ext", since: 74 };
const BULK: Feature = Feature { section: "bulk-memory", flag: "--enable-bulk-memory", since: 75 };
const TO_INT: Feature = Feature { section: "nontrapping-fptoint", flag: "--enable-nontrapping-float-to-int", since: 75 };
const REFERENCES: Feature = Feature { section: "reference-types", flag: "--enable-reference-types", since: 96 };

/// What the form's module may use.
pub(crate) const FORM: &[Feature] = &[GLOBALS, SIGN, BULK, TO_INT];

/// What the late module may use: a workbook asks JavaScript's clock, which wasm-bindgen hands over by reference.
pub(crate) const FILES: &[Feature] = &[GLOBALS, SIGN, BULK, TO_INT, REFERENCES];

/// One feature of WebAssembly.
#[derive(Clone, Copy)]
pub(crate) struct Feature {
    /// Its name in the section `target_features`.
    section: &'static str,
    /// How binaryen is told that it is allowed.
    flag: &'static str,
    /// The Chromium that brought it.
    since: u32,
}

/// What the JavaScript asks for: `?.`, and workers that are modules.
const SCRIPT: u32 = 80;

/// The oldest Chromium in which the script and a module with these features run.
pub(crate) fn oldest_chromium(features: &[Feature]) -> u32 {
    features.iter().map(|feature| feature.since).fold(SCRIPT, u32::max)
}

/// How binaryen makes the late module small. Nothing lies in the lowest KB of memory but the stack's last, and what gets there
/// is about to trap.
pub(crate) const SMALL: &[&str] = &["--low-memory-unused", "-Oz"];

/// How it makes the form's smaller still, by 1 % (gzip): branches are built anew of flat code, functions that differ in a few
/// numbers are one, and everything is done twice. Tables would take a sixth more time for it. What is called from one place
/// becomes a part of it only where it is small: an engine compiles a function when it is first called, and a form asks little of
/// the whole at first.
pub(crate) const SMALLEST: &[&str] = &[
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "--merge-similar-functions",
    "-Oz",
    "-Oz",
    "--always-inline-max-function-size=4",
    "--one-caller-inline-max-function-size=1000",
];

/// The wasm, optimised for size, and refused where it uses what is not allowed.
pub(crate) fn optimise(house: &Path, passes: &[&str], features: &[Feature], from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
    let mut arguments = passes.to_vec();
    arguments.extend(["--strip-debug", "--strip-producers", "--strip-target-features", "--mvp-features"]);
    arguments.extend(features.iter().map(|feature| feature.flag));
    arguments.extend([&*from, "-o", &*to]);
    tools::bin(house, "wasm-opt", &arguments)
}

/// A module whose section `target_features`, in which the compiler says what it may have used, names what is allowed. By what
/// the compiler wrote there wasm-bindgen would take leave to use reference types and several results of a function, which
/// Chromium knows only since 96 and 85.
pub(crate) fn declared(wasm: &[u8], features: &[Feature]) -> Result<Vec<u8>> {
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
    out.extend(section(features)?);
    Ok(out)
}

/// A section as `target_features` is written: how many there are, then `+` and the name of each.
fn section(features: &[Feature]) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    let text = |text: &str, out: &mut Vec<u8>| -> Result<()> {
        // Each is shorter than 128 bytes, and its length is one byte.
        out.push(u8::try_from(text.len())?);
        out.extend_from_slice(text.as_bytes());
        Ok(())
    };
    text("target_features", &mut content)?;
    content.push(u8::try_from(features.len())?);
    for feature in features {
        content.push(b'+');
        text(feature.section, &mut content)?;
    }
    Ok([&[0, u8::try_from(content.len())?], &*content].concat())
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

    fn part(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut part = vec![kind, u8::try_from(content.len()).unwrap()];
        part.extend_from_slice(content);
        part
    }

    #[test]
    fn what_the_compiler_may_have_used_gives_way_to_what_is_allowed() {
        let head = b"\0asm\x01\0\0\0";
        let (named, code) = (part(0, b"\x04name\x01"), part(10, &[0; 120]));
        let wasm = [head.as_slice(), &named, &part(0, b"\x0ftarget_features\x01+\x0freference-types"), &code].concat();
        assert_eq!(declared(&wasm, FORM).unwrap(), [head.as_slice(), &named, &code, &section(FORM).unwrap()].concat());
        assert!(declared(&wasm[..wasm.len() - 1], FORM).is_err());
        assert!(section(FORM).unwrap().ends_with(b"+\x13nontrapping-fptoint"));
    }

    #[test]
    fn it_runs_in_the_browsers_that_the_readme_names() {
        assert_eq!((oldest_chromium(FORM), oldest_chromium(FILES)), (80, 96));
        let readme = include_str!("../../README.md");
        assert!(readme.contains("Chromium 80") && readme.contains("Chromium 96"));
    }
}
