//! Explanations: why a word gave a record or gave none, and how much of a report the lexicon decides.

mod coverage;
mod lines;
mod reasons;

pub use coverage::{Decision, Predicate, PredicateKind, coverage};
pub use lines::{Fired, LexiconLine, fired_rules};
pub use reasons::{Explanation, Outcome, Reason, explain};
