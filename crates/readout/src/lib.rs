//! Readout as a library: what others embed, and what the command line calls.
//!
//! A [`Corpus`] is one file of reports and their records. [`Corpus::read`] takes files and folders through the whole
//! flow: sources make documents, the language model parses them, annotations become records, each document is stored
//! with its records in one transaction. [`Corpus::link`] finds what the documents share. [`Corpus::export`],
//! [`Corpus::search`], [`Corpus::show`], [`Corpus::slice`] and [`Corpus::list`] give it out again, and [`Corpus::verify`] checks
//! every passage. [`Corpus::correct`] lays what a person set right over all of it. Nothing here prints, or reads the environment.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use readout::{Corpus, ExportFormat, ReadOptions};
//! let model = readout::model::open(&readout::model::ModelSource::default())?;
//! let mut corpus = Corpus::create("talks.readout".as_ref())?;
//! let reading = corpus.read(&["reports".into()], &model, &ReadOptions::default(), &mut |_| {})?;
//! for note in &reading.notes {
//!     eprintln!("{}: {}", note.about, note.message);
//! }
//! corpus.link()?;
//! corpus.export(ExportFormat::JsonLines, &mut std::io::stdout())?;
//! # Ok(())
//! # }
//! ```

pub mod asking;
mod briefing;
mod carrying;
mod checking;
mod coded;
mod coding;
mod corpus;
mod correcting;
pub mod engine;
mod error;
mod excerpt;
mod exporting;
mod fitting;
mod gathering;
mod judgements;
mod judging;
mod kept;
mod linking;
mod listing;
mod logbook;
mod lookup;
mod marked;
mod naming;
mod newly;
mod origins;
mod overview;
mod picturing;
mod queue;
mod reading;
mod resolving;
mod signing;
mod unclear;
mod unknown;
mod verifying;
mod version;
mod why;

pub use briefing::Briefing;
pub use carrying::CarriedLine;
pub use checking::Checked;
pub use coded::{CodedRow, CodedStance, Comparison};
pub use coding::BY_HAND;
pub use corpus::{Corpus, Shown};
pub use correcting::{Applied, LoggedCorrection};
pub use error::{CorrectionError, Error, Result};
pub use exporting::{ExportFormat, FolderFormat, export, export_files, export_trees};
pub use gathering::TakenIn;
pub use judgements::Judgement;
pub use judging::{Agreeing, Coders, Dispute, Score};
pub use kept::KeptLists;
pub use listing::{Found, List, NO_STORY, Search};
pub use logbook::LogRow;
pub use lookup::CheckedPassage;
pub use marked::{MarkedComparison, MarkedRow};
pub use naming::NamedIssues;
pub use newly::{Newly, Since};
pub use picturing::Pictured;
pub use queue::{QueueRow, queue_kinds};
pub use reading::{Parse, Parser, Progress, ReadOptions, Readers, Reading, explain};
pub use readout_annotate as annotate;
#[cfg(feature = "watch")]
pub use readout_collect as collect;
pub use readout_exchange as exchange;
pub use readout_extract::{Explanation, Fired, LexiconLine, Outcome, Reason};
pub use readout_knowledge as knowledge;
pub use readout_model as model;
pub use readout_record as record;
pub use readout_sources as sources;
pub use readout_store as store;
pub use readout_store::{Ending, Listed, Page, Scope};
pub use readout_syntax as syntax;
pub use readout_text as text;
pub use readout_views as views;
pub use signing::Signature;
pub use unclear::{Candidate, UnclearId, Wanted};
pub use unknown::{NameOf, Near, Unknown};
pub use verifying::Verification;
pub use version::VERSION;
pub use why::{Side, Why};
