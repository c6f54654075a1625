//! Resolution: which instrument of the report a mention speaks of.

use std::collections::BTreeSet;

use readout_record::ActorId;
use readout_syntax::Dep;

use super::instrument::Instrument;
use super::known::Known;
use super::lexicon::Sort;
use super::mentioned::{Form, Mention};
use super::sides::state_or_self;
use super::status::Told;
use crate::clause::reading::Reading;

/// Sentences within which a short mention points back at the instrument last spoken of.
const NEAR: u32 = 10;
/// Sentences within which a word for an agreement points back at a treaty, truce or plan.
const BESIDE: u32 = 3;
/// The likeness of two mentions of one public instrument: above all others.
const KNOWN: usize = 100;
/// Parties of an instrument of which any tells it apart.
const FEW: usize = 3;
/// Instruments of a report that are looked through for the one that a mention points at.
const LOOK_BACK: usize = 24;

impl Instrument {
    /// Returns how much the mention has in common with the instrument; `None` if it speaks of another.
    fn likeness(&self, reading: &Reading<'_>, mention: &Mention) -> Option<usize> {
        if self.known.zip(mention.known).is_some_and(|(own, other)| own.name == other.name) {
            return Some(KNOWN);
        }
        let near = self.last + BESIDE >= reading.token(mention.at).sentence;
        // What was called a deal is `the deal` later on, whatever it is.
        let called = !mention.noun.is_empty() && self.nouns.contains(&mention.noun);
        let same_sort = self.sort == Some(mention.sort) || called;
        if self.is_act() || self.earlier != mention.earlier || !called && !self.is_sort(mention) {
            return None;
        }
        match (self.known, mention.known) {
            (Some(own), Some(other)) if own.name != other.name => return None,
            // `a new trade deal` is none that is known.
            (Some(_), None) if mention.form != Form::Definite => return None,
            // What is on other matter, or of others, was none that is known.
            (None, Some(known)) if !self.may_be(reading, known, mention) => return None,
            _ => {}
        }
        // `the hoped-for deals` are more than the one treaty.
        if mention.plural && mention.names.is_empty() && !self.plural {
            return None;
        }
        // `a deal to destroy the stocks` is none on trade.
        let about = if mention.form == Form::Definite { BTreeSet::new() } else { mention.about(reading) };
        if !about.is_empty() && !self.about.is_empty() && self.about.is_disjoint(&about) {
            return None;
        }
        let stages = self.stage.zip(mention.stage).is_some_and(|(a, b)| a != b);
        let years =
            !self.years.is_empty() && !mention.years.is_empty() && self.years.is_disjoint(&mention.years);
        if stages || years {
            return None;
        }
        let common = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).count();
        let names = common(&self.names, &mention.names);
        let matter = common(&self.matter, &mention.matter)
            + common(&self.names, &mention.matter)
            + common(&self.matter, &mention.names);
        if names == 0 && !self.names.is_empty() && !mention.names.is_empty() {
            return None;
        }
        // `the deal` stands for a treaty just named; `the nuclear deal` is none of the test ban treaty.
        if !same_sort && names == 0 && (mention.is_described() || !near) {
            return None;
        }
        if matter == 0 && names == 0 && !self.matter.is_empty() && !mention.matter.is_empty() {
            return None;
        }
        let states = |all: &[ActorId]| -> BTreeSet<ActorId> {
            all.iter().map(|actor| state_or_self(reading, actor)).collect()
        };
        let (own, theirs) = (states(&self.core), states(&mention.parties));
        let known = states(&self.parties);
        let parties = theirs.intersection(&known).count();
        // Parties of another: a deal with Iran is none with Cuba.
        if names == 0 && !theirs.is_empty() && parties == 0 && !own.is_empty() {
            return None;
        }
        let owners = if mention.sort == Sort::Plan { states(&mention.owners) } else { BTreeSet::new() };
        if !owners.is_empty() && self.sort == Some(Sort::Plan) && owners.is_disjoint(&known) {
            return None;
        }
        Some(4 * names + 2 * matter + 2 * parties + usize::from(self.nouns.contains(&mention.noun)))
    }

    /// Whether the instrument, whose mentions so far name none that is known, may be `known`, which `mention` names.
    fn may_be(&self, reading: &Reading<'_>, known: &Known, mention: &Mention) -> bool {
        let sides: Vec<ActorId> = self.parties.iter().map(|it| state_or_self(reading, it)).collect();
        let states = sides.iter().filter(|it| it.state_code().is_some());
        let (mut own, mut others) = (false, false);
        for state in states {
            let party = known.parties.contains(state);
            // The United States and Russia are in many: one of several sides must be the one that it is on.
            own |= party && (known.parties.len() <= FEW || known.parties.first() == Some(state));
            others |= !party && !known.parties.is_empty();
        }
        let names = !self.names.is_disjoint(&mention.names);
        let bare = self.names.is_empty() && self.matter.is_empty() && self.topic.is_none();
        !others && (names || own || bare && self.definite)
    }

    /// Whether the noun of the mention can stand for the instrument.
    fn is_sort(&self, mention: &Mention) -> bool {
        let Some(sort) = self.sort else { return false };
        match (sort, mention.sort) {
            (a, b) if a == b => a != Sort::Paper || self.nouns.contains(&mention.noun),
            // A treaty, truce or plan is an agreement, too; not any agreement is a treaty.
            (Sort::Treaty | Sort::Plan | Sort::Pause | Sort::Paper, Sort::Pact) => {
                mention.form != Form::Indefinite
            }
            (Sort::Pact, Sort::Treaty) => mention.form == Form::Definite && !mention.is_described(),
            _ => false,
        }
    }

    /// Whether the parties that a sentence shows may be those of the instrument.
    fn is_between(&self, reading: &Reading<'_>, told: &[Told]) -> bool {
        let states = |parties: &[ActorId]| -> BTreeSet<ActorId> {
            parties.iter().filter(|it| !it.is_unnamed()).map(|it| state_or_self(reading, it)).collect()
        };
        let own = states(&self.parties);
        let theirs: BTreeSet<ActorId> = told.iter().flat_map(|told| states(&told.parties)).collect();
        own.is_empty() || theirs.is_empty() || own.is_subset(&theirs) || theirs.is_subset(&own)
    }
}

/// Returns the number of the instrument that `mention` is said to be: `New START is an arms control deal`, `New START, an agreement
/// with Chad, is in force`.
pub(super) fn equated(reading: &Reading<'_>, mention: &Mention, found: &[Instrument]) -> Option<usize> {
    let above = reading.head(mention.at)?;
    let same = match reading.dep(mention.at) {
        Dep::Attr if reading.is(above, &["be"]) && reading.child(above, Dep::Neg).is_none() => {
            reading.subjects(above)
        }
        Dep::Appos => vec![above],
        _ => return None,
    };
    let is_same = |it: &Instrument| same.iter().any(|head| it.heads.contains(head));
    let number = found.iter().rev().take(LOOK_BACK).position(is_same).map(|back| found.len() - 1 - back)?;
    let it = found.get(number)?;
    // `NAFTA and its successor, the USMCA`; a final deal is no interim one.
    let known = it.known.zip(mention.known).is_none_or(|(own, other)| own.name == other.name);
    let stages = it.stage.zip(mention.stage).is_none_or(|(own, other)| own == other);
    // What has no name of its own may be said to be a step to another: `the plan is a deal in the making`.
    let named = !it.names.is_empty() || reading.dep(mention.at) == Dep::Appos;
    (named && known && stages && it.earlier == mention.earlier && !mention.plural).then_some(number)
}

/// Returns the number of the instrument among `found` that `mention` speaks of.
pub(super) fn resolve(
    reading: &Reading<'_>,
    mention: &Mention,
    told: &[Told],
    found: &[Instrument],
) -> Option<usize> {
    let sentence = reading.token(mention.at).sentence;
    if let Some(number) = equated(reading, mention, found) {
        return Some(number);
    }
    // The report's own chain of the thing, where it has one.
    let like = |number: usize| found.get(number)?.likeness(reading, mention);
    let numbers: Vec<usize> = (0..found.len()).rev().take(LOOK_BACK).collect();
    let compatible: Vec<(usize, usize)> =
        numbers.into_iter().filter_map(|number| Some((number, like(number)?))).collect();
    let near = |number: &usize| found.get(*number).is_some_and(|it| it.last + NEAR >= sentence);
    let best = compatible
        .iter()
        .filter(|(_, likeness)| *likeness >= 2)
        .max_by_key(|(number, likeness)| (*likeness, found.get(*number).map_or(0, |it| it.last)))
        .map(|(number, _)| *number);
    match mention.form {
        Form::Definite if mention.is_described() => best.or_else(|| {
            // `the trade deal` after `a deal with China`: nothing speaks against it.
            let only = compatible.as_slice();
            match only {
                [(number, _)]
                    if mention.names.is_empty()
                        && mention.parties.is_empty()
                        && near(number)
                        && found.get(*number).is_some_and(|it| it.names.is_empty()) =>
                {
                    Some(*number)
                }
                _ => None,
            }
        }),
        Form::Definite => {
            let fits = |number: &usize| found.get(*number).is_some_and(|it| it.is_between(reading, told));
            let last = compatible
                .iter()
                .map(|(number, _)| *number)
                .filter(|number| near(number) && fits(number))
                .max_by_key(|number| found.get(*number).map_or(0, |it| it.last));
            last.or_else(|| {
                compatible
                    .iter()
                    .map(|(number, _)| *number)
                    .max_by_key(|number| found.get(*number).map_or(0, |it| it.heads.len()))
            })
        }
        Form::Indefinite | Form::Negative if mention.is_described() => best,
        // All pauses of fire of a report are one, unless something tells them apart.
        Form::Indefinite | Form::Negative => compatible
            .iter()
            .map(|(number, _)| *number)
            .filter(|number| {
                found.get(*number).is_some_and(|it| {
                    let fits = it.is_between(reading, told);
                    // News is told again: `announced a deal`, where they have made one.
                    let again = fits && told.iter().any(Told::makes);
                    let unnamed = it.names.is_empty();
                    mention.sort == Sort::Pause
                        || near(number) && fits && unnamed && (again || !it.is_there())
                })
            })
            .max_by_key(|number| found.get(*number).map_or(0, |it| it.last)),
    }
}
