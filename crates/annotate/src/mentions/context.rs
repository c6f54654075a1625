//! The surroundings of a token: quotation, attribution, clause.

use readout_lexicon::rule;
use readout_syntax::{Dep, PerToken, Pos, Syntax};

use crate::attribution::Attribution;
use crate::quotations::Quotation;

/// The most steps up the tree from a word to the verb of its clause.
const STEPS_TO_VERB: usize = 12;

/// The most attributions in one another that are followed outwards.
const ATTRIBUTIONS_ABOVE: usize = 64;

/// The part that a phrase plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Subject,
    Object,
    Owner,
    Other,
}

/// The quotations and attributions around each token.
pub(super) struct Context<'a> {
    pub(super) syntax: &'a Syntax,
    pub(super) attributions: &'a [Attribution],
    /// For each token the number of its outermost quotation plus one.
    quotation: PerToken<u32>,
    /// Whether each token is in a quotation within another.
    within: PerToken<bool>,
    /// For each token the number of the innermost attribution whose content contains it, plus one.
    content: PerToken<u32>,
    /// For each token the number of the attribution whose source it heads, plus one.
    source: PerToken<u32>,
}

impl<'a> Context<'a> {
    pub(super) fn new(syntax: &'a Syntax, quotations: &[Quotation], attributions: &'a [Attribution]) -> Self {
        let mut quotation = PerToken::<u32>::new(syntax.len());
        for (number, quoted) in quotations.iter().enumerate().filter(|(_, quoted)| quoted.within.is_none()) {
            for at in syntax.tokens_in(quoted.inner) {
                quotation[at] = number as u32 + 1;
            }
        }
        let mut within = PerToken::<bool>::new(syntax.len());
        for quoted in quotations.iter().filter(|quoted| quoted.within.is_some()) {
            for at in syntax.tokens_in(quoted.inner) {
                within[at] = true;
            }
        }
        let mut content = PerToken::<u32>::new(syntax.len());
        let mut source = PerToken::<u32>::new(syntax.len());
        // Children come after their parents, so that the innermost one stays.
        for (number, attribution) in attributions.iter().enumerate() {
            for span in &attribution.content {
                for at in syntax.tokens_in(*span) {
                    let slot = &mut content[at];
                    if *slot == 0 || attribution.parent.is_some() {
                        *slot = number as u32 + 1;
                    }
                }
            }
            if let Some(head) = attribution.source_head {
                source[head] = number as u32 + 1;
            }
        }
        Self { syntax, attributions, quotation, within, content, source }
    }

    /// Returns the outermost quotation that contains the token.
    pub(super) fn quotation(&self, at: u32) -> Option<u32> {
        self.quotation[at].checked_sub(1)
    }

    /// Whether the token is in a quotation within another.
    pub(super) fn is_quoted_within(&self, at: u32) -> bool {
        self.within[at]
    }

    /// Returns the innermost attribution whose content contains the token.
    pub(super) fn attribution(&self, at: u32) -> Option<&'a Attribution> {
        let number = self.content[at].checked_sub(1)?;
        self.attributions.get(number as usize)
    }

    /// Returns the attribution that gives the quotation around the token to its speaker. What the speaker says of others
    /// within it, as `You must remember that he …`, gives it to nobody else.
    pub(super) fn quoted_by(&self, at: u32) -> Option<&'a Attribution> {
        let quotation = self.quotation(at)?;
        let mut attribution = self.attribution(at)?;
        while attribution.cue_head.is_some_and(|cue| self.quotation(cue) == Some(quotation)) {
            attribution = self.attributions.get(attribution.parent? as usize)?;
        }
        Some(attribution)
    }

    /// Returns the attribution of the signed post that contains the token.
    pub(super) fn signed_by(&self, at: u32) -> Option<&'a Attribution> {
        let above = |attribution: &&'a Attribution| self.attributions.get(attribution.parent? as usize);
        std::iter::successors(self.attribution(at), above)
            .take(ATTRIBUTIONS_ABOVE)
            .find(|attribution| attribution.rule == rule!("quote.signed"))
    }

    /// Returns the attributions in which the quotation around the token is told in turn, from the inner to the outer one:
    /// `the office said that Lee spoke of “their wish”`.
    pub(super) fn relayed_by(&self, at: u32) -> impl Iterator<Item = &'a Attribution> + '_ {
        let above = |attribution: &&'a Attribution| self.attributions.get(attribution.parent? as usize);
        std::iter::successors(self.quoted_by(at).as_ref().and_then(above), above)
    }

    /// Whether the token heads the source of an attribution.
    pub(super) fn is_source(&self, at: u32) -> bool {
        self.source[at] > 0
    }

    /// Whether the token `at` is in what the source headed by `source` says: in a quotation, or in words before their cue, as
    /// `The envoy must go, he said`.
    pub(super) fn is_said_by(&self, source: u32, at: u32) -> bool {
        let number = self.source[source].checked_sub(1);
        let Some(attribution) = number.and_then(|number| self.attributions.get(number as usize)) else {
            return false;
        };
        let place = self.syntax.token(at).span;
        let before = at < source && attribution.speech && attribution.rule != rule!("clause.as");
        (before || self.quotation(at).is_some())
            && attribution.content.iter().any(|span| span.contains(place))
    }

    /// The part of the phrase headed by `at`; a member of a list plays the part of the first.
    pub(super) fn part(&self, mut at: u32) -> Part {
        // A list is headed by its `and`.
        if self.syntax.token(at).dep == Dep::Cc {
            at = self.syntax.token(at).head;
        }
        while self.syntax.token(at).dep == Dep::Conj && self.syntax.token(at).head < at {
            at = self.syntax.token(at).head;
        }
        match self.syntax.token(at).dep {
            Dep::Nsubj | Dep::Nsubjpass | Dep::Agent => Part::Subject,
            Dep::Dobj | Dep::Dative | Dep::Oprd | Dep::Attr => Part::Object,
            Dep::Poss => Part::Owner,
            Dep::Pobj => {
                let preposition = self.syntax.token(at).head;
                let verb = self.syntax.token(preposition).head;
                // "They counted on Lee": the verb and its preposition are one.
                let one = self.syntax.token(verb).pos == Pos::Verb && verb + 1 == preposition;
                match self.syntax.token(preposition).dep {
                    Dep::Agent => Part::Subject,
                    _ if one => Part::Object,
                    _ => Part::Other,
                }
            }
            _ => Part::Other,
        }
    }

    /// Returns the verb of the clause that contains `at`.
    pub(super) fn clause(&self, at: u32) -> Option<u32> {
        self.syntax.ancestors(at).take(STEPS_TO_VERB).find(|&above| {
            matches!(self.syntax.token(above).pos, Pos::Verb | Pos::Aux)
                && !matches!(self.syntax.token(above).dep, Dep::Aux | Dep::Auxpass)
        })
    }
}
