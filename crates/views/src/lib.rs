//! What a person looks at, as plain data: no HTML, no terminal, no I/O, and no line without the record behind it.
//!
//! [`Contents`] is what one file holds; [`brief`](fn@brief) makes one page of it, [`passage`](fn@passage) puts one
//! record into its passage.

mod brief;
mod contents;
mod passage;

pub use brief::{
    ActorLine, AgreementLine, Brief, CommitmentLine, ConditionLine, DifferenceLine, IncidentLine,
    MeetingLine, Reference, SourceLine, StatementLine, brief,
};
pub use contents::{Contents, Names, Renames};
pub use passage::{Highlight, PartOfRecord, Passage, PassageParagraph, parts, passage};
