//! Arrow's C interface as Python hands it around: streams and arrays in capsules.

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// The stream in a capsule; what is in it belongs to us from now on.
pub(crate) fn stream(capsule: &Bound<'_, PyAny>) -> PyResult<Result<RecordBatchStreamReader, ArrowError>> {
    let pointer: NonNull<FFI_ArrowArrayStream> = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?.cast();
    // SAFETY: a capsule of this name holds an ArrowArrayStream by the Arrow PyCapsule interface; `from_raw` moves it out and
    // leaves a released one behind, which the capsule's destructor does not release again.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    Ok(RecordBatchStreamReader::try_new(stream))
}

/// The one batch in a pair of capsules; what is in them belongs to us from now on. None where it is no struct array.
fn batch(schema: &Bound<'_, PyAny>, array: &Bound<'_, PyAny>) -> PyResult<Result<Option<RecordBatch>, ArrowError>> {
    let schema: NonNull<FFI_ArrowSchema> = schema.cast::<PyCapsule>()?.pointer_checked(Some(SCHEMA))?.cast();
    let array: NonNull<FFI_ArrowArray> = array.cast::<PyCapsule>()?.pointer_checked(Some(ARRAY))?.cast();
    // SAFETY: capsules of these names hold an ArrowSchema and an ArrowArray by the Arrow PyCapsule interface; `from_raw` moves
    // them out and leaves released ones behind.
    let (schema, array) = unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr())) };
    // SAFETY: by the same interface the array is one of that schema, both live, and its buffers stay until it is released.
    let data = unsafe { from_ffi(array, &schema) };
    Ok(data.map(|data| match data.data_type() {
        DataType::Struct(_) => Some(RecordBatch::from(StructArray::from(data))),
        _ => None,
    }))
}

/// The one batch that something gives by `__arrow_c_array__`.
pub(crate) fn batch_of(given: &Bound<'_, PyAny>) -> PyResult<Result<Option<RecordBatch>, ArrowError>> {
    let pair = given.call_method0("__arrow_c_array__")?;
    let pair = pair.cast::<PyTuple>()?;
    batch(&pair.get_item(0)?, &pair.get_item(1)?)
}

/// A stream in a capsule of its own, which releases it if nobody takes it.
pub(crate) fn exported<'py>(py: Python<'py>, reader: Box<dyn RecordBatchReader + Send>) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

/// A schema in a capsule of its own.
pub(crate) fn exported_schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
