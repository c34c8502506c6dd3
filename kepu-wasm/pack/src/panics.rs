//! What a panic would say, left out of the modules.
//!
//! In a browser a panic is a trap, and the wrapper says what people need to know; nobody ever reads which index was out of
//! which bounds in which file of which builder's disk. The functions that word it become the trap itself, binaryen drops what
//! only they needed, and the places in the source give way to zeros.

use std::collections::HashSet;
use std::ops::Range;

use rustc_demangle::demangle;
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataId, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module, passes::gc};

use crate::Result;

/// Functions that never return; a module's name stands for all of it.
const NEVER_RETURN: [&str; 12] = [
    "core::panicking::",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
];

/// The bytes of a `core::panic::Location`: where a file's name is and how long, line and column, four bytes each.
const LOCATION: usize = 16;

/// Makes a trap of every panic.
pub(crate) fn silenced(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).map_err(|error| error.to_string())?;
    let silent: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).filter(|id| panics(&module, *id)).collect();
    if silent.is_empty() {
        return Err("no function panics: the compiler calls them otherwise now (pack/src/panics.rs)".into());
    }
    for id in silent {
        trap(&mut module, id);
    }
    gc::run(&mut module);
    for id in idle_formatters(&module) {
        trap(&mut module, id);
    }
    let segments: Vec<DataId> = module.data.iter().map(|data| data.id()).collect();
    for id in segments {
        let data = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } = data.kind {
            blank(usize::try_from(offset)?, &mut data.value);
        }
    }
    Ok(module.emit_wasm())
}

/// Whether a function only ever panics.
fn panics(module: &Module, id: FunctionId) -> bool {
    let (function, name) = (module.funcs.get(id), name(module, id));
    let is_named = NEVER_RETURN.iter().any(|never| name == *never || never.ends_with("::") && name.starts_with(never));
    is_named && module.types.get(function.ty()).results().is_empty()
}

/// A function's name as people read it.
fn name(module: &Module, id: FunctionId) -> String {
    module.funcs.get(id).name.as_deref().map(|name| format!("{:#}", demangle(name))).unwrap_or_default()
}

/// The formatters, where none of the other functions formats: only the words of panics, which nobody says, still know them.
fn idle_formatters(module: &Module) -> HashSet<FunctionId> {
    let formats = |id: &FunctionId| name(module, *id).contains("core::fmt::");
    let formatters: HashSet<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).filter(formats).collect();
    let mut calls = Calls { to: &formatters, any: false };
    for (_, function) in module.funcs.iter_local().filter(|(id, _)| !formatters.contains(id)) {
        dfs_in_order(&mut calls, function, function.entry_block());
    }
    if calls.any { HashSet::new() } else { formatters }
}

/// Whether some functions are called.
struct Calls<'f> {
    to: &'f HashSet<FunctionId>,
    any: bool,
}

impl<'instr> Visitor<'instr> for Calls<'_> {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.any |= self.to.contains(function);
    }
}

fn trap(module: &mut Module, id: FunctionId) {
    let ty = module.funcs.get(id).ty();
    let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    let arguments = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
    if let FunctionKind::Local(function) = &mut module.funcs.get_mut(id).kind {
        *function = body.local_func(arguments);
    }
}

/// Zeros in place of the locations in a segment that begins at `offset`, and of the names of files that they point to.
fn blank(offset: usize, data: &mut [u8]) {
    let mut names: Vec<Range<usize>> = Vec::new();
    for at in (offset.next_multiple_of(4) - offset..data.len()).step_by(4) {
        if let Some(name) = file_of(offset, data, at)
            && let Some(location) = data.get_mut(at..at + LOCATION)
        {
            location.fill(0);
            names.push(name);
        }
    }
    for name in names {
        data.get_mut(name).unwrap_or_default().fill(0);
    }
}

/// Where the name of the file stands, if there is a location at a place.
fn file_of(offset: usize, data: &[u8], at: usize) -> Option<Range<usize>> {
    let word = |at: usize| {
        data.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word)).and_then(|word| usize::try_from(word).ok())
    };
    let start = word(at)?.checked_sub(offset)?;
    let name = start..start.checked_add(word(at + 4)?)?;
    let text = str::from_utf8(data.get(name.clone())?).ok()?;
    (text.ends_with(".rs") && text.contains("src/") && !text.contains(char::is_whitespace)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_and_the_name_of_its_file_become_zeros_and_nothing_else_does() {
        let name = b"/home/me/kepu-core/src/set.rs";
        let location = |start: usize, length: usize| {
            [start, length, 7, 9].iter().flat_map(|word| u32::try_from(*word).unwrap().to_le_bytes()).collect::<Vec<u8>>()
        };
        let mut data = [name.as_slice(), b"\0kept", &[0; 2]].concat();
        let (at, end) = (data.len(), data.len() + LOCATION);
        data.extend(location(1_000, name.len()));
        data.extend(location(1_000 + name.len() + 1, 4));
        let kept = data[end..].to_vec();
        blank(1_000, &mut data);
        assert!(data[..name.len()].iter().chain(&data[at..end]).all(|byte| *byte == 0));
        assert_eq!((&data[name.len() + 1..name.len() + 5], &data[end..]), (b"kept".as_slice(), kept.as_slice()));
    }
}
