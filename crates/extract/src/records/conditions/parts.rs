//! The two sides of a condition and the bond between them.

use std::ops::Range;

use readout_lexicon::{RuleName, rule};
use readout_text::ByteSpan;

use crate::acts::instruments::is_instrument;
use crate::clause::reading::Reading;

/// The most words of either side.
pub(super) const LONGEST: u32 = 80;

/// The bond between the two sides of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// If the premise, then the consequence.
    Sufficient,
    /// Only if the premise, the consequence: `not until`, `must … before`, `without`.
    Necessary,
    /// The subject of this verb wants the premise for the consequence.
    Demanded(u32),
    /// The subject of this verb offers the consequence for the premise.
    Offered(u32),
    /// The consequence depends on the premise, whoever says so.
    Dependent,
    /// The consequence comes unless what is demanded is done.
    OrElse,
    /// The consequence is the answer to the premise: `any attack will be met with force`.
    Answered,
}

/// The two sides of a condition, by span and head token.
pub(super) struct Parts {
    pub(super) premise: ByteSpan,
    pub(super) premise_head: u32,
    pub(super) consequence: ByteSpan,
    pub(super) consequence_head: u32,
    /// The verb or noun whose words somebody says: mostly that of the consequence.
    pub(super) spoken: u32,
    /// Whether the consequence is what an instrument provides for.
    pub(super) of_instrument: bool,
    pub(super) bond: Bond,
    pub(super) rule: RuleName,
}

impl Parts {
    /// Whether what the consequence names may have been done already, or is put as done.
    pub(super) fn is_of_deeds(&self) -> bool {
        matches!(self.bond, Bond::Demanded(_) | Bond::Offered(_))
            || self.rule == rule!("condition.as-long-as")
            || self.rule == rule!("condition.exchange")
    }
}

pub(super) fn parts(
    reading: &Reading<'_>,
    premise: Range<u32>,
    premise_head: u32,
    consequence: Range<u32>,
    consequence_head: u32,
    bond: Bond,
    rule: RuleName,
) -> Option<Parts> {
    let short = |tokens: &Range<u32>| tokens.start < tokens.end && tokens.end - tokens.start <= LONGEST;
    (short(&premise) && short(&consequence)).then(|| Parts {
        premise: reading.trimmed(premise),
        premise_head,
        consequence: reading.trimmed(consequence),
        consequence_head,
        spoken: consequence_head,
        of_instrument: reading.is_verb(consequence_head)
            && reading.subjects(consequence_head).iter().any(|&it| is_instrument(reading, it)),
        bond,
        rule,
    })
}
