//! What a panic would say, left out of the modules.
//!
//! In a browser a panic is a trap, and the wrapper says what people need to know; nobody ever reads which index was out of
//! which bounds. The functions that word it become the trap itself, and binaryen drops what only they needed.

use rustc_demangle::demangle;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

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
    Ok(module.emit_wasm())
}

/// Whether a function only ever panics.
fn panics(module: &Module, id: FunctionId) -> bool {
    let function = module.funcs.get(id);
    let name = function.name.as_deref().map(|name| format!("{:#}", demangle(name))).unwrap_or_default();
    let is_named = NEVER_RETURN.iter().any(|never| name == *never || never.ends_with("::") && name.starts_with(never));
    is_named && module.types.get(function.ty()).results().is_empty()
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
