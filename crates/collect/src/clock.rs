//! The clock: when a host was asked, and what time a capture has. No record depends on it.

use std::time::Instant;

use jiff::Timestamp;

/// Returns the time of day, for captures and the log.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns the instant by which pauses are measured.
#[expect(clippy::disallowed_methods, reason = "hosts are asked after a pause")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}
