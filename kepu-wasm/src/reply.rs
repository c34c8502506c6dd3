//! What goes back: a text, or an error told apart by its first character.

use kepu_core::{Error, Lang};

use crate::json;

/// A text for the wrapper.
pub(crate) type Reply = String;

/// No other reply begins with it.
const ERROR: char = '!';

/// The text, or the error as `!{…}`.
pub(crate) fn reply(ask: impl FnOnce() -> Result<String, Error>) -> Reply {
    ask().unwrap_or_else(|error| {
        let mut out = json::Object::new();
        out.entry("code", code(&error));
        out.entry("zh", &error.message(Lang::Zh));
        out.entry("en", &error.message(Lang::En));
        let mut faults = json::List::new();
        for fault in error.faults() {
            let mut said = json::Object::new();
            said.entry("line", &fault.line);
            said.entry("column", &fault.column);
            said.entry("key", &fault.key);
            said.entry("zh", fault.message(Lang::Zh));
            said.entry("en", fault.message(Lang::En));
            faults.raw(&said.end());
        }
        out.raw("faults", json::Raw(&faults.end()));
        let mut text = String::from(ERROR);
        text.push_str(&out.end());
        text
    })
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
