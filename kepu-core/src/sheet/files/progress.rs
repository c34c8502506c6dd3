//! How far a long read has come, and whether it shall go on.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use super::fault::Fault;

/// How far the reading of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that were read: of a zipped spreadsheet, unpacked ones.
    pub done: u64,
    /// Bytes that there are, by what the file says of itself; never less than `done`.
    pub of: u64,
}

impl Progress {
    /// The part that is done, from 0 to 1.
    ///
    /// ```
    /// use kepu_core::Progress;
    /// assert_eq!(Progress { done: 512, of: 2048 }.share(), 0.25);
    /// assert_eq!(Progress { done: 0, of: 0 }.share(), 1.0);
    /// ```
    pub fn share(self) -> f64 {
        #[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "a bar is drawn of it")]
        let (done, of) = (self.done as f64, self.of as f64);
        if self.of == 0 { 1.0 } else { done / of }
    }
}

/// Whoever watches a read.
pub(super) struct Watch<'w> {
    hook: RefCell<&'w mut dyn FnMut(Progress) -> ControlFlow<()>>,
    done: Cell<u64>,
    of: Cell<u64>,
}

impl<'w> Watch<'w> {
    pub(super) fn new(hook: &'w mut dyn FnMut(Progress) -> ControlFlow<()>) -> Watch<'w> {
        Watch { hook: RefCell::new(hook), done: Cell::new(0), of: Cell::new(0) }
    }

    /// What there is to read.
    pub(super) fn expect(&self, of: u64) {
        self.of.set(of);
    }

    /// So many bytes more were read; whether to go on.
    pub(super) fn advance(&self, more: u64) -> Result<(), Fault> {
        let done = self.done.get().saturating_add(more);
        self.done.set(done);
        // The hook is not entered again from within itself: nothing is read there.
        let Ok(mut hook) = self.hook.try_borrow_mut() else { return Ok(()) };
        match hook(Progress { done, of: self.of.get().max(done) }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Fault::Cancelled),
        }
    }
}
