//! The least that a form needs: a notice and a record in, a report out in one language.
//!
//! It is weighed, never shipped (`tests/weight/run`); bytes pass one by one, so that nothing here is unsafe and no
//! binding counts.

use std::cell::RefCell;

use kepu_core::{AsOf, Checker, Error, Kind, Lang, Notice, TapeRecord};

thread_local! {
    static IN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static CHECKER: RefCell<Option<Checker>> = const { RefCell::new(None) };
    static OUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Takes one byte: of the notice's tape, or of the moment, a line break, and the record's tape.
#[unsafe(no_mangle)]
pub extern "C" fn push(byte: u8) {
    IN.with_borrow_mut(|input| input.push(byte));
}

/// Lends one byte of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn answer(at: usize) -> u8 {
    OUT.with_borrow(|output| output.as_bytes().get(at).copied().unwrap_or_default())
}

/// Opens the notice; the length of what is wrong with it.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> usize {
    reply(Lang::Zh, || {
        CHECKER.replace(Some(Notice::from_tape(&input())?.checker()));
        Ok(String::new())
    })
}

/// Checks an activity or a work summary; the length of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn check(is_activity: bool, is_english: bool) -> usize {
    let kind = if is_activity { Kind::ACTIVITY } else { Kind::SUMMARY };
    let lang = if is_english { Lang::En } else { Lang::Zh };
    reply(lang, || {
        CHECKER.with_borrow(|checker| checker.as_ref().map_or(Ok(String::new()), |checker| report(checker, kind, lang)))
    })
}

fn report(checker: &Checker, kind: Kind, lang: Lang) -> Result<String, Error> {
    let text = input();
    let (as_of, tape) = text.split_once('\n').unwrap_or_default();
    let record = TapeRecord::new(kind, tape)?;
    let report = checker.check(&record, as_of.parse::<AsOf>()?);
    Ok(report.wire(lang).to_json())
}

fn input() -> String {
    String::from_utf8(IN.take()).unwrap_or_default()
}

fn reply(lang: Lang, ask: impl FnOnce() -> Result<String, Error>) -> usize {
    OUT.replace(ask().unwrap_or_else(|error| error.message(lang)));
    OUT.with_borrow(String::len)
}
