//! What a person looks at, as plain data: no HTML, no terminal, no I/O, and no line without the record behind it.
//!
//! [`Contents`] is what one file, or one slice of it, holds. The views are functions of it and of a [`Filter`]:
//! [`timeline`](fn@timeline), [`statements`], [`quotes`], [`events`], [`meetings`], [`conditions`], [`agreements`],
//! [`commitments`], [`positions`], [`issues`], [`compare`](fn@compare), [`differences`], [`actors`], [`stories`],
//! [`sources`]. Every line has the record's id, the report, the spans and their text. [`brief`](fn@brief) makes one
//! page, [`passage`](fn@passage) puts one record into its passage, [`marked`](fn@marked) all records into their report;
//! [`figures`] draws.

mod agreed;
mod brief;
mod compare;
mod contents;
mod corrections;
mod days;
mod done;
pub mod figures;
mod filter;
mod kinds;
mod lists;
mod marked;
mod passage;
mod rows;
mod said;
mod stances;
mod timeline;
pub mod when;
pub mod words;

pub use agreed::{agreements, commitments, conditions};
pub use brief::{Brief, BriefLength, BriefLine, BriefPart, BriefSection, Emphasis, Reference, brief};
pub use compare::{compare, differences};
pub use contents::{Contents, Names, Renames};
pub use done::{events, meetings};
pub use filter::{Filter, check_date};
pub use kinds::{ListKind, Row, Rows};
pub use lists::{actor_row, actors, find_actors, source_row, sources, stories, story_fits, story_row};
pub use marked::{Marked, MarkedParagraph, MarkedRecord, Piece, marked};
pub use passage::{Highlight, PartOfRecord, Passage, PassageParagraph, parts, passage};
pub use rows::{
    ActorName, ActorRow, AgreementRow, Citation, CommitmentRow, CompareRow, ConditionRow, CopyRow,
    DifferenceRow, DifferenceValue, DueState, EventRow, IssueCell, IssueRow, MeetingRow, OutletCell,
    PositionRow, QuoteRow, Relation, SourceRow, StatementRow, StatusRow, StoryRow, TimelineRow, Wording,
};
pub use said::{quotes, statements};
pub use stances::{issues, positions};
pub use timeline::timeline;
