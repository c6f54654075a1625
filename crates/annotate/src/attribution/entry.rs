//! One attribution.

use readout_lexicon::RuleName;
use readout_text::ByteSpan;

/// A source, a cue and a content, and what goes with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words for who says it; `None` where nobody is named.
    pub source: Option<ByteSpan>,
    /// The head token of the source.
    pub source_head: Option<u32>,
    /// The words of saying; `None` for a quotation without a cue.
    pub cue: Option<ByteSpan>,
    /// The token that carries the cue: the verb of speech, the noun, `according`.
    pub cue_head: Option<u32>,
    /// The words that are given to the source, in one or more parts.
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
    /// Number of the attribution whose content contains this one.
    pub parent: Option<u32>,
    /// Certainty of the reading, 0 to 1.
    pub certainty: f64,
    /// The rule that fired.
    pub rule: RuleName,
}
