//! What the core serialises, as Python's own dicts, lists, texts and numbers, in its order.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::ser::{self, Serialize};

/// A value on the wire as Python holds it.
pub(crate) fn plain<'py>(py: Python<'py>, value: &(impl Serialize + ?Sized)) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(Writer(py)).map_err(|Broken(error)| error)
}

#[derive(Debug)]
struct Broken(PyErr);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Broken {}

impl ser::Error for Broken {
    fn custom<T: std::fmt::Display>(message: T) -> Broken {
        Broken(pyo3::exceptions::PyValueError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Broken {
    fn from(error: PyErr) -> Broken {
        Broken(error)
    }
}

#[derive(Clone, Copy)]
struct Writer<'py>(Python<'py>);

type Written<'py> = Result<Bound<'py, PyAny>, Broken>;

macro_rules! scalars {
    ($($name:ident: $type:ty),* $(,)?) => { $(
        fn $name(self, value: $type) -> Written<'py> {
            let Ok(value) = value.into_pyobject(self.0).map(|value| value.to_owned().into_any());
            Ok(value)
        }
    )* };
}

impl<'py> ser::Serializer for Writer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = Items<'py>;
    type SerializeTupleStruct = Items<'py>;
    type SerializeTupleVariant = ser::Impossible<Bound<'py, PyAny>, Broken>;
    type SerializeMap = Entries<'py>;
    type SerializeStruct = Entries<'py>;
    type SerializeStructVariant = ser::Impossible<Bound<'py, PyAny>, Broken>;

    scalars! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_bytes(self, _: &[u8]) -> Written<'py> {
        Err(ser::Error::custom("nothing on the wire is bytes"))
    }

    fn serialize_none(self) -> Written<'py> {
        Ok(self.0.None().into_bound(self.0))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written<'py> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Written<'py> {
        let dict = PyDict::new(self.0);
        dict.set_item(PyString::intern(self.0, name), value.serialize(self)?)?;
        Ok(dict.into_any())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'py>, Broken> {
        Ok(Items(PyList::empty(self.0)))
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'py>, Broken> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Items<'py>, Broken> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Broken> {
        Err(ser::Error::custom(name))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'py>, Broken> {
        Ok(Entries { dict: PyDict::new(self.0), key: None })
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Entries<'py>, Broken> {
        self.serialize_map(Some(len))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Broken> {
        Err(ser::Error::custom(name))
    }
}

struct Items<'py>(Bound<'py, PyList>);

impl<'py> Items<'py> {
    fn push<T: Serialize + ?Sized>(&self, value: &T) -> Result<(), Broken> {
        Ok(self.0.append(value.serialize(Writer(self.0.py()))?)?)
    }
}

impl<'py> ser::SerializeSeq for Items<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Broken> {
        self.push(value)
    }

    fn end(self) -> Written<'py> {
        Ok(self.0.into_any())
    }
}

impl<'py> ser::SerializeTuple for Items<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Broken> {
        self.push(value)
    }

    fn end(self) -> Written<'py> {
        Ok(self.0.into_any())
    }
}

impl<'py> ser::SerializeTupleStruct for Items<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Broken> {
        self.push(value)
    }

    fn end(self) -> Written<'py> {
        Ok(self.0.into_any())
    }
}

struct Entries<'py> {
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

impl<'py> ser::SerializeMap for Entries<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Broken> {
        self.key = Some(key.serialize(Writer(self.dict.py()))?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Broken> {
        let value = value.serialize(Writer(self.dict.py()))?;
        Ok(self.dict.set_item(self.key.take(), value)?)
    }

    fn end(self) -> Written<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeStruct for Entries<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Broken;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Broken> {
        let py = self.dict.py();
        Ok(self.dict.set_item(PyString::intern(py, name), value.serialize(Writer(py))?)?)
    }

    fn end(self) -> Written<'py> {
        Ok(self.dict.into_any())
    }
}
