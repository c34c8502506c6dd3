//! JSON text of what serde is shown. A writer of our own and not serde_json's: it knows only what stands on our wire, and the
//! browser pays for nothing else. Objects and lists may also be put together by hand.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

/// A value as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// What cannot be written is null; nothing on our wire is of that sort.
fn write<T: Serialize + ?Sized>(value: &T, out: &mut String) {
    let begin = out.len();
    if value.serialize(Writer(out)).is_err() {
        out.truncate(begin);
        out.push_str("null");
    }
}

/// Text that is JSON already.
pub(crate) struct Raw<'a>(pub(crate) &'a str);

/// An object, entry by entry.
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Object {
        Object(String::from("{"))
    }

    pub(crate) fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        self.key(key);
        write(value, &mut self.0);
    }

    pub(crate) fn raw(&mut self, key: &str, json: Raw<'_>) {
        self.key(key);
        self.0.push_str(json.0);
    }

    fn key(&mut self, key: &str) {
        comma(&mut self.0, '{');
        quoted(key, &mut self.0);
        self.0.push(':');
    }

    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A list, item by item.
pub(crate) struct List(String);

impl List {
    pub(crate) fn new() -> List {
        List(String::from("["))
    }

    pub(crate) fn item<T: Serialize + ?Sized>(&mut self, value: &T) {
        comma(&mut self.0, '[');
        write(value, &mut self.0);
    }

    pub(crate) fn raw(&mut self, json: &str) {
        comma(&mut self.0, '[');
        self.0.push_str(json);
    }

    pub(crate) fn end(mut self) -> String {
        self.0.push(']');
        self.0
    }
}

/// A comma, but behind the bracket that opens.
fn comma(out: &mut String, open: char) {
    if !out.ends_with(open) {
        out.push(',');
    }
}

fn quoted(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\0'..='\u{1F}' => {
                let code = u32::from(sign);
                out.push_str("\\u00");
                for digit in [code >> 4, code & 15] {
                    let digit = usize::try_from(digit).ok().and_then(|at| HEX.get(at)).copied().unwrap_or(b'0');
                    out.push(char::from(digit));
                }
            }
            _ => out.push(sign),
        }
    }
    out.push('"');
}

/// Something that stands on no wire of ours.
#[derive(Debug)]
struct Foreign;

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not on the wire")
    }
}

impl std::error::Error for Foreign {}

impl ser::Error for Foreign {
    fn custom<T: fmt::Display>(_: T) -> Foreign {
        Foreign
    }
}

struct Writer<'o>(&'o mut String);

/// A list or an object that is being written, and what closes it.
struct Open<'o>(&'o mut String, char);

impl<'o> Writer<'o> {
    fn open(self, open: char, close: char) -> Open<'o> {
        self.0.push(open);
        Open(self.0, close)
    }
}

impl Open<'_> {
    fn close(self) -> Result<(), Foreign> {
        self.0.push(self.1);
        Ok(())
    }
}

macro_rules! foreign {
    ($($name:ident($($ty:ty),*) -> $ok:ty;)*) => { $(
        fn $name(self, $(_: $ty),*) -> Result<$ok, Foreign> {
            Err(Foreign)
        }
    )* };
}

macro_rules! numbers {
    ($($name:ident $ty:ty as $wide:ty),*) => { $(
        fn $name(self, number: $ty) -> Result<(), Foreign> {
            self.0.push_str(&<$wide>::from(number).to_string());
            Ok(())
        }
    )* };
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Foreign;
    type SerializeSeq = Open<'o>;
    type SerializeTuple = Impossible<(), Foreign>;
    type SerializeTupleStruct = Impossible<(), Foreign>;
    type SerializeTupleVariant = Impossible<(), Foreign>;
    type SerializeMap = Open<'o>;
    type SerializeStruct = Open<'o>;
    type SerializeStructVariant = Impossible<(), Foreign>;

    fn serialize_bool(self, yes: bool) -> Result<(), Foreign> {
        self.0.push_str(if yes { "true" } else { "false" });
        Ok(())
    }

    numbers!(serialize_i32 i32 as i64, serialize_i64 i64 as i64, serialize_u32 u32 as u64, serialize_u64 u64 as u64);

    fn serialize_str(self, text: &str) -> Result<(), Foreign> {
        quoted(text, self.0);
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Foreign> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Foreign> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Foreign> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'o>, Foreign> {
        Ok(self.open('[', ']'))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'o>, Foreign> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'o>, Foreign> {
        Ok(self.open('{', '}'))
    }

    foreign! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Foreign> {
        Err(Foreign)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Foreign> {
        Err(Foreign)
    }
}

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Foreign;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Foreign> {
        comma(self.0, '[');
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Result<(), Foreign> {
        self.close()
    }
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Foreign;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Foreign> {
        comma(self.0, '{');
        key.serialize(Writer(self.0))?;
        self.0.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Foreign> {
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Result<(), Foreign> {
        self.close()
    }
}

impl ser::SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Foreign;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Foreign> {
        ser::SerializeMap::serialize_entry(self, key, value)
    }

    fn end(self) -> Result<(), Foreign> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kepu_core::{Field, Lang, Notice, RecordBuf};

    #[test]
    fn a_report_is_written_as_serde_json_writes_it() {
        let checker = Notice::bundled("henan-2023").unwrap().checker();
        let record = RecordBuf::activity()
            .with(Field::Title, "a\"\\\n\u{1}活动\u{1F600}")
            .with(Field::Start, "9月16日")
            .with(Field::Audience, "约1200人")
            .with(Field::Images, ["1.jpg", ""])
            .with(Field::NewsLinks, ["javascript:alert(1)"])
            .with(Field::Category, "主场");
        let report = checker.check(&record, "2023-10-08".parse().unwrap());
        assert!(report.findings().len() > 3);
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(json(&report.wire(lang)), serde_json::to_string(&report.wire(lang)).unwrap());
        }
        let explanation = checker.explain(&record, "2023-10-08".parse().unwrap());
        assert_eq!(json(explanation.answers()), serde_json::to_string(explanation.answers()).unwrap());
    }

    #[test]
    fn lists_and_objects_are_put_together_by_hand() {
        let mut list = List::new();
        list.item("a");
        list.raw("{\"b\":[]}");
        let mut object = Object::new();
        object.entry("none", &None::<&str>);
        object.raw("list", Raw(&list.end()));
        assert_eq!(object.end(), r#"{"none":null,"list":["a",{"b":[]}]}"#);
    }
}
