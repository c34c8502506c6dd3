//! JSON put together of parts that are JSON already: the core writes each value that has a form on the wire.

use kepu_core::CellBuf;

/// An object, entry by entry.
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Object {
        Object(String::from("{"))
    }

    /// The entries of an object that is written, to which more are added.
    pub(crate) fn of(mut written: String) -> Object {
        written.pop();
        Object(written)
    }

    /// An entry whose value is JSON. Keys are ours and need no escapes.
    pub(crate) fn raw(&mut self, key: &str, json: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(key);
        self.0.push_str("\":");
        self.0.push_str(json);
    }

    pub(crate) fn text(&mut self, key: &str, text: &str) {
        self.raw(key, &quoted(text));
    }

    /// A text, or null.
    pub(crate) fn maybe(&mut self, key: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(key, text),
            None => self.raw(key, "null"),
        }
    }

    pub(crate) fn number(&mut self, key: &str, number: impl TryInto<i64>) {
        self.raw(key, &CellBuf::Int(number.try_into().unwrap_or(i64::MAX)).to_json());
    }

    #[cfg(feature = "files")]
    pub(crate) fn truth(&mut self, key: &str, yes: bool) {
        self.raw(key, if yes { "true" } else { "false" });
    }

    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A list of texts that are JSON.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("[");
    for item in items {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&item);
    }
    out.push(']');
    out
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    CellBuf::from(text).to_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_put_together_of_json() {
        let mut object = Object::new();
        object.text("text", "“活动”\"\n");
        object.maybe("none", None);
        object.number("number", 3_u32);
        object.raw("list", &list([quoted("a"), Object::new().end(), list([])]));
        assert_eq!(object.end(), "{\"text\":\"“活动”\\\"\\n\",\"none\":null,\"number\":3,\"list\":[\"a\",{},[]]}");
    }
}
