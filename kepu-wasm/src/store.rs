//! What was opened, known to JavaScript by a number.

use std::cell::RefCell;

use kepu_core::{Checker, Error};

use crate::reply::{Reply, reply};

thread_local! {
    static OPENED: RefCell<Vec<Option<Checker>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a checker; a number that was given back is used again.
pub(crate) fn put(checker: Checker) -> usize {
    OPENED.with_borrow_mut(|opened| match opened.iter_mut().enumerate().find(|(_, place)| place.is_none()) {
        Some((number, place)) => {
            *place = Some(checker);
            number
        }
        None => {
            opened.push(Some(checker));
            opened.len() - 1
        }
    })
}

/// Forgets a checker.
pub(crate) fn drop(number: u32) {
    OPENED.with_borrow_mut(|opened| {
        if let Some(place) = usize::try_from(number).ok().and_then(|number| opened.get_mut(number)) {
            *place = None;
        }
    });
}

/// Asks a checker; a clone of it, so that a trap leaves nothing borrowed. One that is not open replies nothing: the wrapper
/// opens before it asks.
pub(crate) fn with(number: u32, ask: impl FnOnce(&Checker) -> Result<String, Error>) -> Reply {
    let checker =
        OPENED.with_borrow(|opened| usize::try_from(number).ok().and_then(|number| opened.get(number).cloned().flatten()));
    checker.map_or_else(Reply::new, |checker| reply(|| ask(&checker)))
}
