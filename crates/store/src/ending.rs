//! The end of a question: a moment in time, or a cancellation.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// Number of steps of SQLite's machine between two checks of the end, some microseconds apart.
const STEPS: i32 = 2_000;

/// The end of a question. All copies are the same end: with any of them the question can be ended before its time.
///
/// Time decides only whether an answer comes, never what it says.
#[derive(Clone, Debug)]
pub struct Ending {
    at: Instant,
    called_off: Arc<AtomicBool>,
}

impl Ending {
    /// Returns an end after `time`, counted from now.
    pub fn after(time: Duration) -> Self {
        Self { at: now() + time, called_off: Arc::default() }
    }

    /// Ends the question now: nobody waits for the answer.
    pub fn call_off(&self) {
        self.called_off.store(true, Ordering::Relaxed);
    }

    /// Whether the question was called off by whoever asked it.
    pub fn is_called_off(&self) -> bool {
        self.called_off.load(Ordering::Relaxed)
    }

    /// Whether the end has come.
    pub fn has_come(&self) -> bool {
        self.is_called_off() || now() >= self.at
    }
}

#[allow(clippy::disallowed_methods, reason = "the clock decides whether an answer comes, never what it says")]
fn now() -> Instant {
    Instant::now()
}

/// The end of the question that a connection is answering; empty if the question has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch(Arc<Mutex<Option<Ending>>>);

impl Watch {
    /// Returns a watch that stops the queries of `connection` once their end has come.
    pub(crate) fn over(connection: &mut Connection) -> rusqlite::Result<Self> {
        let watch = Self::default();
        let watching = watch.clone();
        let come = move || watching.ending().is_some_and(|it| it.has_come());
        connection.progress_handler(STEPS, Some(come))?;
        Ok(watch)
    }

    /// Returns the end of the running work, if it has one.
    pub(crate) fn ending(&self) -> Option<Ending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the end of the work that begins, or none when it is done.
    pub(crate) fn set(&self, ending: Option<Ending>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = ending;
    }

    /// Puts off the end to at least `time` from now. The work can still be cancelled.
    pub(crate) fn put_off(&self, time: Duration) {
        let mut ending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ending) = ending.as_mut() {
            ending.at = ending.at.max(now() + time);
        }
    }
}
