//! The form of a mention of an instrument: what is known of one noun phrase.

use std::collections::BTreeSet;

use readout_record::ActorId;

use super::known::Known;
use super::lexicon::Sort;
use crate::clause::reading::Reading;

/// The way in which a phrase speaks of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It points at one that is known: `the deal`, `Minsk`.
    Definite,
    /// It brings one in: `a deal`.
    Indefinite,
    /// It says that there is none: `no deal`.
    Negative,
}

/// A stage of a negotiation that has an instrument of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Interim,
    Final,
}

/// A mention of an instrument.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The head noun.
    pub(super) at: u32,
    pub(super) sort: Sort,
    pub(super) form: Form,
    /// The head noun, in lower case.
    pub(super) noun: String,
    /// Words of a name of its own: `minsk`.
    pub(super) names: BTreeSet<String>,
    /// What it is about: `trade`, `nuclear`.
    pub(super) matter: BTreeSet<String>,
    /// The years in which it was made, as the phrase has them.
    pub(super) years: BTreeSet<String>,
    pub(super) stage: Option<Stage>,
    /// Whether it is before the one that is spoken of.
    pub(super) earlier: bool,
    /// Whether it is more than one.
    pub(super) plural: bool,
    /// Whether it is not made yet.
    pub(super) open: bool,
    /// Whether it is agreed in principle only.
    pub(super) principle: bool,
    /// The actors whom the phrase names as its parties.
    pub(super) parties: Vec<ActorId>,
    /// Those of them whom the words before the noun name.
    pub(super) worded: Vec<ActorId>,
    /// The actors whose it is: `Iran's deal`.
    pub(super) owners: Vec<ActorId>,
    /// The words that name it, without article and praise.
    pub(super) words: String,
    /// What it is on or for, in words, with the word before: `on trade`.
    pub(super) topic: Option<String>,
    /// Where it holds.
    pub(super) place: Option<String>,
    /// The public instrument that it names.
    pub(super) known: Option<&'static Known>,
}

impl Mention {
    /// Returns a mention at `at` of which nothing else is known.
    pub(super) fn of(at: u32, sort: Sort) -> Self {
        Self {
            at,
            sort,
            form: Form::Indefinite,
            noun: String::new(),
            names: BTreeSet::new(),
            matter: BTreeSet::new(),
            years: BTreeSet::new(),
            stage: None,
            earlier: false,
            plural: false,
            open: false,
            principle: false,
            parties: Vec::new(),
            worded: Vec::new(),
            owners: Vec::new(),
            words: String::new(),
            topic: None,
            place: None,
            known: None,
        }
    }

    /// Whether the phrase says more than `the deal`.
    pub(super) fn is_described(&self) -> bool {
        !self.names.is_empty()
            || !self.matter.is_empty()
            || !self.parties.is_empty()
            || !self.years.is_empty()
    }

    /// Has the instrument not made yet where `made` does not hold.
    pub(super) fn unmake_unless(&mut self, made: bool) {
        self.open |= !made;
    }

    /// Returns the words, in lower case, that tell what the instrument is about and with whom.
    pub(super) fn about(&self, reading: &Reading<'_>) -> BTreeSet<String> {
        let topic = self.topic.iter().flat_map(|topic| topic.split_whitespace().skip(1));
        let long = topic.filter(|word| word.chars().count() > 3).map(str::to_lowercase);
        let mut about: BTreeSet<String> = long.chain(self.matter.iter().cloned()).collect();
        for party in &self.parties {
            if let Some(chain) = reading.chain_of(party) {
                about.extend(chain.name.split_whitespace().map(str::to_lowercase));
            }
        }
        about.iter().map(|word| word.trim_end_matches("’s").trim_end_matches("'s").to_owned()).collect()
    }
}
