//! The reasons why a file, or a part of one, is not read.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

/// The kind of a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// There is no such file.
    Missing,
    /// The file may not be read.
    Denied,
    /// The system, or an argument of it, stands in the way.
    System,
    /// The content is damaged, cut off, or not of the form that it should be.
    Damaged,
    /// The content is over one of the limits of [`Options`](crate::Options).
    TooLarge,
    /// There is no text, or nothing that could have one.
    Empty,
    /// The format, the layout or the way of packing is none that is read.
    Unsupported,
    /// The words of the caller have no meaning: a date, a pattern, a column.
    Question,
}

/// The reason why a file, or a part of one, is not read, or why words of the caller have no meaning.
///
/// `Display` gives what is wrong and where; [`Fault::message`] adds cause and hint.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{what}{}", Place(.place.as_deref()))]
pub struct Fault {
    kind: FaultKind,
    what: String,
    place: Option<String>,
    #[source]
    cause: Option<Arc<dyn Error + Send + Sync>>,
    hint: Option<String>,
}

impl Fault {
    /// Returns a fault of a kind. `what` says what is wrong, without a full stop.
    pub(crate) fn new(kind: FaultKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: None, cause: None, hint: None }
    }

    /// Returns the fault of content that is damaged.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Damaged, what)
    }

    /// Returns the fault of content over a limit.
    pub(crate) fn too_large(what: impl Into<String>) -> Self {
        Self::new(FaultKind::TooLarge, what)
    }

    /// Returns the fault of content without a text.
    pub(crate) fn empty(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Empty, what)
    }

    /// Returns the fault of content in a form that is not read.
    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Unsupported, what)
    }

    /// Returns the fault of words of the caller.
    pub(crate) fn question(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Question, what)
    }

    /// Adds the place in the file, as in `at line 3 of the feed` or `(line 3)`.
    #[must_use]
    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Adds the error below.
    #[must_use]
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(Arc::from(cause.into()));
        self
    }

    /// Adds what helps, or what the fault costs.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the kind.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    /// Returns what helps, or what the fault costs, if anything is known.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Returns the fault as one sentence without a full stop: what is wrong, the cause in brackets, the place, and the hint.
    pub fn message(&self) -> String {
        let mut message = self.what.clone();
        // The words of the others say all that the system says.
        if let Some(cause) = &self.cause
            && !matches!(self.kind, FaultKind::Missing | FaultKind::Denied)
        {
            message += &format!(" ({cause})");
        }
        message += &Place(self.place.as_deref()).to_string();
        if let Some(hint) = &self.hint {
            message += &format!("; {hint}");
        }
        message
    }
}

/// Two faults are equal that say the same.
impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.message() == other.message()
    }
}

impl Eq for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        let (kind, what) = match error.kind() {
            io::ErrorKind::NotFound => (FaultKind::Missing, "does not exist"),
            io::ErrorKind::PermissionDenied => (FaultKind::Denied, "may not be read (permission denied)"),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                (FaultKind::Damaged, "damaged or cut off")
            }
            _ => (FaultKind::System, "cannot be read"),
        };
        Self::new(kind, what).because(error)
    }
}

/// A place after a blank, if there is one.
struct Place<'p>(Option<&'p str>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |place| write!(f, " {place}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_keeps_kind_cause_and_hint() {
        let below = io::Error::new(io::ErrorKind::UnexpectedEof, "three bytes are missing");
        let fault = Fault::from(below).at("at line 3").with_hint("save it anew");
        assert_eq!(fault.message(), "damaged or cut off (three bytes are missing) at line 3; save it anew");
        assert_eq!(fault.to_string(), "damaged or cut off at line 3");
        assert_eq!((fault.kind(), fault.hint()), (FaultKind::Damaged, Some("save it anew")));
        assert_eq!(fault.source().map(ToString::to_string).as_deref(), Some("three bytes are missing"));
    }

    #[test]
    fn the_system_is_told_once() {
        let missing = Fault::from(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!((missing.kind(), missing.message().as_str()), (FaultKind::Missing, "does not exist"));
        assert!(missing.source().is_some());
    }
}
