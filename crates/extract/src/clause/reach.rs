//! The reach of rules. Each bound is above what clauses of reports have, and keeps the work small on any text.

/// The most dependents of one word that are looked at.
pub(crate) const DEPENDENTS: usize = 32;
/// The most steps up the tree from a phrase to the verb that it belongs to.
pub(crate) const STEPS_TO_VERB: usize = 6;
/// The most steps up the tree from a word to the clause that it is within.
pub(crate) const STEPS_TO_CLAUSE: usize = 24;
/// The most tokens of a clause that are looked through for a word of a class.
pub(crate) const CLAUSE_TOKENS: usize = 60;
/// The most tokens of a passage that are looked through for somebody or something named.
pub(crate) const PASSAGE_TOKENS: usize = 80;
/// The most time expressions of a clause that are looked at.
pub(crate) const TIMES: usize = 16;
/// The most mentions of an actor that are looked at.
pub(crate) const MENTIONS: usize = 12;
/// The most records found before that are looked through for one that is told again.
pub(crate) const RECORDS_BACK: usize = 12;
