//! What a person looks at, as plain data: no HTML, no terminal, no I/O, and no line without the record behind it.
//!
//! [`Contents`] is what one file, or one slice of it, holds. The views are functions of it and of a [`Filter`]:
//! [`timeline`](fn@timeline), [`statements`], [`quotes`], [`events`], [`meetings`], [`conditions`], [`agreements`],
//! [`commitments`], [`positions`], [`issues`], [`compare`](fn@compare), [`differences`], [`actors`], [`stories`],
//! [`sources`]. Every line has the record's id, the report, the spans and their text. [`brief`](fn@brief) makes one
//! page, [`passage`](fn@passage) puts one record into its passage, [`marked`](fn@marked) all records into their report;
//! [`figures`] draws.

mod actors;
mod affair;
mod agreements;
mod brief;
mod changes;
mod cite;
mod claim;
mod column;
mod compare;
mod contents;
mod corrections;
pub mod csv;
mod days;
mod differing;
mod events;
mod facts;
pub mod figures;
mod filter;
mod footnote;
mod grid;
mod highlights;
mod judged;
mod kinds;
mod locate;
mod marked;
mod nearest;
mod news;
mod overview;
mod passage;
mod picked;
mod positions;
mod readouts;
pub mod safe;
mod selection;
mod sentences;
mod sorting;
mod sources;
mod statements;
mod stories;
mod timeline;
mod weightiest;
pub mod when;
pub mod words;

pub use actors::{ActorRow, actor_row, actors, find_actors};
pub use agreements::{
    AgreementRow, CommitmentRow, ConditionRow, DueState, StatusRow, agreements, commitments, conditions,
};
pub use brief::{Brief, BriefLength, BriefLine, BriefPart, BriefSection, Emphasis, Reference, brief};
pub use changes::{ChangeNames, actors_of_change, change_in_words, judgement_in_words};
pub use cite::{ActorName, Citation};
pub use claim::{Bearing, ClaimRow, Parse, bearing_on, words_of_claim};
pub use compare::{CompareRow, DifferenceRow, DifferenceValue, OutletCell, compare, differences};
pub use contents::{Contents, Names, Renames};
pub use events::{EventRow, MeetingRow, events, meetings};
pub use facts::{ChainStep, Fact, chain, facts, line};
pub use filter::{Filter, check_date};
pub use footnote::{CitationStyle, CslItem, Footnote};
pub use grid::{Grid, GridCell, GridRow, grid};
pub use highlights::{Highlights, highlights};
pub use kinds::{ListKind, Row, Rows};
pub use locate::{best_paragraph, locate};
pub use marked::{Marked, MarkedParagraph, MarkedRecord, Piece, marked};
pub use nearest::{Nearest, nearest};
pub use news::{NewsKind, NewsRow, news};
pub use overview::{
    DifferingLine, LastReading, LedStory, ListCount, MonthCount, OddsLine, Overview, QuotedLine, at_odds,
    lead, whole_months,
};
pub use passage::{Highlight, PartOfRecord, Passage, PassageParagraph, parts, passage};
pub use picked::Picked;
pub use positions::{IssueCell, IssueRow, PositionRow, Relation, issues, positions};
pub use readouts::{Agreement, MOST_READOUTS, ReadoutCell, ReadoutReport, ReadoutRow, Readouts, readouts};
pub use sentences::sentence_ends;
pub use sorting::{SortColumn, Sorting};
pub use sources::{CopyRow, SourceRow, source_row, sources};
pub use statements::{NEGATED, QuoteRow, StatementRow, Wording, quotes, statements};
pub use stories::{StoryRow, stories, story_fits, story_row};
pub use timeline::{TimelineRow, opening, timeline};
