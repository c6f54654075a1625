use std::io;

use readout_record::{ActorId, DocumentId, RecordId};
use readout_store::StoreError;
use readout_views::ActorName;

/// The most actors that a message names.
const NAMED: usize = 8;

/// The result of the methods of [`crate::Corpus`].
pub type Result<T> = std::result::Result<T, Error>;

/// The reason why something could not be done. Reports that cannot be read are no errors: see
/// [`crate::Reading::notes`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file of documents and records.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An id that means nothing, or more than one thing.
    #[error(transparent)]
    Id(crate::UnclearId),
    /// A correction that fits nothing.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    /// A correction that cannot be written into the log.
    #[error("the correction cannot be logged: {0}")]
    Log(#[from] serde_json::Error),
    /// A question that cannot be answered as it is put: says what is allowed.
    #[error("{message}")]
    Question {
        /// The reason, one sentence.
        message: String,
    },
    /// An export that cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl Error {
    /// Whether the question was put wrongly: another way of asking has an answer.
    pub const fn is_question(&self) -> bool {
        matches!(self, Self::Question { .. } | Self::Store(StoreError::Question { .. }))
    }

    /// Returns what may help; `None` if nothing that is known does.
    pub const fn hint(&self) -> Option<&'static str> {
        let Self::Store(error) = self else { return None };
        Some(match error {
            StoreError::Missing { .. } => "make it with: readout read PATH --into FILE",
            StoreError::NotReadout { .. } => "name another file; this one was left as it was",
            StoreError::Newer { .. } => "use the Readout that wrote it, or a newer one",
            StoreError::Older { .. } => "copy it to where it may be written, and open it there",
            StoreError::Replaced { .. } => "read the same again: what is there already is not read twice",
            StoreError::Full { .. } => {
                "make room and read the same again: what is there already is not read twice"
            }
            StoreError::Stopped { .. } => "fewer words, and more filters, are found faster",
            StoreError::Busy { .. } => "wait until the other run is done",
            StoreError::Damaged { .. } | StoreError::Form { .. } => {
                "read the reports into a new file; readout verify tells what is damaged"
            }
            _ => return None,
        })
    }

    /// Whether the question took too long, or was called off.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stopped { .. }))
    }
}

/// The reason why a correction cannot be made, or be taken back.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionError {
    /// Nothing has the id.
    #[error("no {what} has the id {id}")]
    NoId {
        /// `record`, `report` or `actor`.
        what: &'static str,
        /// The id.
        id: RecordId,
    },
    /// Nobody has the name.
    #[error("no actor is called {0}")]
    Nobody(String),
    /// Several actors have the name.
    #[error("{asked} may be {}", some(.actors))]
    Several {
        /// The name.
        asked: String,
        /// The actors who have it.
        actors: Vec<ActorName>,
    },
    /// The log has no correction of this number.
    #[error("no correction has the number {0}")]
    NoNumber(u64),
    /// The correction of this number is not in force.
    #[error("{0} is undone already")]
    Undone(u64),
    /// An actor cannot be merged into itself.
    #[error("{0} is that actor already")]
    SameActor(ActorId),
    /// A split without a name, without reports, or into the same actor.
    #[error("a split needs another name, and the reports that mean it")]
    Split,
    /// Only a statement has a speaker.
    #[error("{0} is no statement")]
    NoStatement(RecordId),
    /// The person said the same of the record already.
    #[error("that was said of {0} already")]
    Judged(RecordId),
    /// A report gets nothing that it does not have.
    #[error("{0} needs another date, outlet or title")]
    Document(DocumentId),
    /// An issue without a name, or with the one that it has.
    #[error("an issue needs another name")]
    IssueName,
    /// A field that records of the kind do not have, or that a person cannot set.
    #[error("{id} has no field {field} to set; it has {}{}", .fields.join(", "), meant(.resting))]
    NoField {
        /// The record.
        id: RecordId,
        /// The field that was asked for.
        field: String,
        /// The fields that can be set.
        fields: Vec<&'static str>,
        /// The records that rest on this one and have the field.
        resting: Vec<RecordId>,
    },
    /// A value that a field cannot have.
    #[error("{0}")]
    Value(String),
    /// A field that has the value already.
    #[error("{field} of {id} is that already")]
    SameValue {
        /// The record.
        id: RecordId,
        /// The field.
        field: String,
    },
    /// A record at the same passage is there.
    #[error("{0} is at this passage already: set its fields")]
    Known(RecordId),
    /// Words that the report does not have, or has several times.
    #[error("{0}")]
    Passage(String),
    /// A kind of record that cannot be added by hand.
    #[error("a {kind} cannot be added; what can are {}", .known.join(", "))]
    NotByHand {
        /// The kind that was asked for.
        kind: String,
        /// The kinds that can be added.
        known: Vec<&'static str>,
    },
    /// A form, or another message, that asks for no correction that there is.
    #[error("no correction is asked for")]
    Nothing,
}

/// Returns the end of a message that names the records that may be meant.
fn meant(records: &[RecordId]) -> String {
    match records {
        [] => String::new(),
        [one] => format!("; {one}, which rests on it, has it"),
        several => format!("; {}, which rest on it, have it", several.join(", ")),
    }
}

/// Returns the first of `actors` with their ids.
fn some(actors: &[ActorName]) -> String {
    let some: Vec<String> = actors.iter().take(NAMED).map(|it| format!("{} ({})", it.id, it.name)).collect();
    match actors.len().saturating_sub(NAMED) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}
