//! What goes back: a text, or an error told apart by its first character.

use kepu_core::{Error, Lang};

use crate::json::{self, Object};

/// A text for the wrapper.
pub(crate) type Reply = String;

/// No other reply begins with it.
const ERROR: &str = "!";

/// The text, or the error as `!{…}`.
pub(crate) fn reply(ask: impl FnOnce() -> Result<String, Error>) -> Reply {
    match ask() {
        Ok(text) => text,
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> Reply {
    let mut out = Object::new();
    out.text("code", code(error));
    out.text("zh", &error.message(Lang::Zh));
    out.text("en", &error.message(Lang::En));
    let faults = error.faults().iter().map(|fault| {
        let mut said = Object::new();
        said.number("line", fault.line);
        said.number("column", fault.column);
        said.text("key", &fault.key);
        said.text("zh", fault.message(Lang::Zh));
        said.text("en", fault.message(Lang::En));
        said.end()
    });
    out.raw("faults", &json::list(faults));
    [ERROR, &out.end()].concat()
}

fn code(error: &Error) -> &'static str {
    if error.is_notice() {
        "notice"
    } else if error.is_record() {
        "record"
    } else if error.is_sheet() {
        "sheet"
    } else {
        "name"
    }
}
