//! Who is said to say, think, want or deny what: source, cue and content spans.

mod clausal;
mod lexicon;
mod orphans;
mod quoted;
mod reader;
mod turns;
mod work;

use readout_knowledge::Knowledge;
use readout_text::ByteSpan;

use self::reader::Reader;
use self::work::Work;
use crate::quotations::Quotation;
use crate::syntax::Syntax;

/// A source, a cue and a content, and what goes with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The words for who says it; `None` where nobody is named.
    pub source: Option<ByteSpan>,
    /// The head token of the source.
    pub source_head: Option<u32>,
    /// The words of saying; `None` for a quotation that stands alone.
    pub cue: Option<ByteSpan>,
    /// The token that carries the cue: the verb of speech, the noun, `according`.
    pub cue_head: Option<u32>,
    /// What is said, in one or more parts.
    pub content: Vec<ByteSpan>,
    /// The speech act of the cue, as `say`, `deny`, `demand`; empty if unknown.
    pub act: &'static str,
    /// Whether the cue is one of reported speech (not of belief, wish or plan).
    pub speech: bool,
    /// Whether the report says that it was not said.
    pub negated: bool,
    /// Head tokens of those to whom it was said.
    pub addressees: Vec<u32>,
    /// Head tokens of those who are said to have quoted the source, outermost first.
    pub via: Vec<u32>,
    /// Words for where or how it was said, as `in an interview with Reuters`.
    pub medium: Option<ByteSpan>,
    /// Number of the attribution in whose content this one stands.
    pub parent: Option<u32>,
    /// How sure the reading is, 0 to 1.
    pub certainty: f64,
    /// The rule that fired.
    pub rule: &'static str,
}

/// The attributions of a text, in order of their first span.
pub fn find(syntax: &Syntax, quotations: &[Quotation], _knowledge: &Knowledge) -> Vec<Attribution> {
    let mut work = Work::new(Reader::new(syntax, quotations));
    work.read_quotations();
    work.read_turns();
    work.read_clauses();
    work.read_orphans();
    work.finish()
}
