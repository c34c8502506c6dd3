//! Long work: how far it has come, and whether somebody has had enough of it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use kepu_core::Progress;
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;

/// Whoever watches from Python. The work hears of it when he interrupts.
pub(crate) struct Listener {
    watch: Option<Py<PyAny>>,
    /// What ended the work.
    raised: Mutex<Option<PyErr>>,
}

impl Listener {
    pub(crate) fn new(watch: Option<Py<PyAny>>) -> Listener {
        Listener { watch, raised: Mutex::default() }
    }

    /// Tells how far the work has come; whether it shall go on.
    pub(crate) fn hears<A>(&self, done: A) -> bool
    where
        (A,): for<'py> PyCallArgs<'py>,
    {
        if !self.goes_on() {
            return false;
        }
        let told = Python::attach(|py| {
            py.check_signals()?;
            self.watch.as_ref().map_or(Ok(()), |watch| watch.call1(py, (done,)).map(drop))
        });
        if let Err(error) = told {
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        self.goes_on()
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// Raises what ended the work, or an interrupt that came with its end.
    pub(crate) fn ended(&self, py: Python<'_>) -> PyResult<()> {
        match self.raised.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => Err(error),
            None => py.check_signals(),
        }
    }
}

/// How far several files have been read, each by its bytes.
pub(crate) struct Way {
    /// What was read of each, in parts of its own, and how long it is.
    files: Vec<(AtomicU64, u64)>,
    is_over: AtomicBool,
}

/// Into how many parts a file is divided.
const PARTS: u64 = 1 << 10;

impl Way {
    pub(crate) fn of(lengths: impl Iterator<Item = u64>) -> Way {
        let files = lengths.map(|length| (AtomicU64::new(0), length / PARTS));
        Way { files: files.collect(), is_over: AtomicBool::new(false) }
    }

    /// Notes how far a file was read; whether to go on.
    pub(crate) fn goes_on(&self, at: usize, progress: Progress) -> ControlFlow<()> {
        if let Some((done, _)) = self.files.get(at) {
            let parts = progress.done.saturating_mul(PARTS).checked_div(progress.of).unwrap_or(PARTS);
            done.store(parts, Ordering::Relaxed);
        }
        if self.is_over.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    pub(crate) fn stop(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// The part of all files that is read, from 0 to 1.
    pub(crate) fn share(&self) -> f64 {
        let (mut done, mut of) = (0, 0);
        for (parts, length) in &self.files {
            done += parts.load(Ordering::Relaxed).saturating_mul(*length);
            of += length.saturating_mul(PARTS);
        }
        Progress { done, of }.share()
    }
}
