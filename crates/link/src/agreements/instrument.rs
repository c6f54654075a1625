//! One instrument as one report describes it: whom it binds, what it is on, what form it has.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

use readout_knowledge::{Knowledge, Sense};
use readout_lexicon::{WordClass, WordSet, stem};
use readout_record::{ActorId, ActorKind, Agreement, AgreementStatus};

use crate::background::rarity;
use crate::hash::word_key;
use crate::judged::{DECLARATIONS, FIRST_STAGE, INSTRUMENTS, LAST_STAGE, PLANS, RESOLUTIONS, TRUCES};
use crate::report::{Report, days};
use crate::words::{Words, capped};

/// The stems of the words for any agreement.
static GENERIC: LazyLock<BTreeSet<Cow<'static, str>>> =
    LazyLock::new(|| INSTRUMENTS.words().map(stem).collect());

/// The form of an instrument, where its name gives one. A deal or an agreement may have any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Truce,
    Plan,
    Declaration,
    Resolution,
}

impl Form {
    /// Whether an instrument of this form may be called a deal or an agreement.
    pub(super) fn is_deal(self) -> bool {
        self == Self::Truce
    }
}

/// One instrument as one report describes it.
pub(crate) struct Instrument {
    pub(super) report: Rc<Report>,
    pub(crate) agreement: Agreement,
    pub(super) parties: BTreeSet<ActorId>,
    /// Stems of the words of the name that are not words for any agreement.
    pub(super) core: BTreeSet<u32>,
    /// The stems in `core` that are of proper names or years.
    pub(super) proper: BTreeSet<u32>,
    /// Whether its name tells its parties: `deal between Chad and Mali`.
    pub(super) by_parties: bool,
    /// Its named parties, a person's state in place of the person, and the states that its name has if fewer than two
    /// parties are known.
    pub(super) sides: BTreeSet<String>,
    /// Whether one of its sides is several: a union, the people of an unnamed party.
    pub(super) several: bool,
    /// Stems of the words of its names that are neither sides nor words for any agreement, without proper names.
    pub(super) matter: BTreeSet<u32>,
    /// Stems of the proper names among them.
    pub(super) names: BTreeSet<u32>,
    /// The rarity of the rarest word for the matter.
    pub(super) rarity: f64,
    pub(super) form: Option<Form>,
    /// Whether its names say that it is the first of several or the last.
    pub(super) is_last: Option<bool>,
    /// Whether its names say that it is for peace.
    pub(super) peace: bool,
    /// The first and last day on which it was made, by the step that the report names.
    pub(super) made: Vec<(AgreementStatus, (i32, i32))>,
}

impl Instrument {
    pub(super) fn new(report: &Rc<Report>, agreement: &Agreement, knowledge: &Knowledge) -> Self {
        let (core, proper) = core(&agreement.name);
        let parties = report.actors(&agreement.parties);
        let mut agreement = agreement.clone();
        let resolved = |actors: &mut Vec<ActorId>| {
            *actors = report.actors(actors).into_iter().collect();
        };
        resolved(&mut agreement.brokers);
        resolved(&mut agreement.guarantors);
        for step in &mut agreement.status {
            resolved(&mut step.by);
            resolved(&mut step.claimed_by);
        }
        let name = &agreement.name;
        let by_parties = !parties.is_empty() && (name.contains(" between ") || name.contains(" with "));
        let named = parties.iter().filter(|party| !party.is_unnamed());
        let mut sides: BTreeSet<String> = named.map(|party| side(party, knowledge)).collect();
        let several = parties
            .iter()
            .any(|party| party.is_unnamed() || knowledge.kind_of(party) == Some(ActorKind::Organisation));
        let names = std::iter::once(name).chain(&agreement.aliases);
        let mut described = Described::default();
        for name in names.clone() {
            described.take(name, knowledge);
        }
        if sides.len() < 2 {
            sides.append(&mut described.states);
        }
        let is_last = match (described.first, described.last) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        };
        let steps = agreement.status.iter();
        let made = steps
            .filter(|step| matches!(step.status, AgreementStatus::Agreed | AgreementStatus::Signed))
            .filter_map(|step| Some((step.status, days(step.time.as_ref())?)))
            .collect();
        Self {
            report: Rc::clone(report),
            parties,
            core,
            proper,
            by_parties,
            sides,
            several,
            matter: described.matter,
            names: described.names,
            rarity: described.rarity,
            form: described.form,
            is_last,
            peace: described.peace,
            made,
            agreement,
        }
    }
}

/// Returns the state for which `party` acts, as far as every report knows it, or else the party itself.
fn side(party: &ActorId, knowledge: &Knowledge) -> String {
    let entry = knowledge.entry(party).filter(|entry| entry.kind == ActorKind::Person);
    match entry.and_then(|entry| entry.state.as_deref()) {
        Some(state) => ActorId::state(state).to_string(),
        None => party.to_string(),
    }
}

/// What the names of an instrument say of it.
#[derive(Default)]
struct Described {
    states: BTreeSet<String>,
    matter: BTreeSet<u32>,
    names: BTreeSet<u32>,
    rarity: f64,
    form: Option<Form>,
    first: bool,
    last: bool,
    peace: bool,
}

impl Described {
    /// Takes in one of the names.
    fn take(&mut self, name: &str, knowledge: &Knowledge) {
        let name = with_truce(capped(name));
        // `deal between Chad and Mali on water`: the record has the parties.
        let between = name.contains(" between ") || name.contains(" with ");
        let head = without_parties(&name);
        let head = head.as_str();
        let words = Words::new(head);
        let mut known = BTreeSet::new();
        for found in knowledge.names_in(head, &words.spans) {
            let sides = found.readings.iter().filter(|(_, sense)| *sense != Sense::Short);
            let sides: BTreeSet<&str> = sides
                .filter(|(entry, _)| matches!(entry.kind, ActorKind::State | ActorKind::ArmedGroup))
                .map(|(entry, _)| entry.id.as_str())
                .collect();
            if sides.len() == 1 && !between {
                self.states.extend(sides.into_iter().map(str::to_owned));
                known.extend(found.start..found.end);
            }
        }
        for (number, (span, content)) in words.spans.iter().zip(&words.content).enumerate() {
            let word = span.slice(head);
            let lower = word.to_lowercase();
            let bare = stem(&lower);
            if !content || known.contains(&(number as u32)) {
                continue;
            }
            // `Joint Plan`: a capital makes it a name, not a form.
            if lower == word {
                let form = form(&lower);
                self.form = self.form.or(form);
                if form.is_some_and(|form| form != Form::Truce) {
                    continue;
                }
            }
            self.peace |= lower == "peace";
            let stage = (FIRST_STAGE.has(&lower), LAST_STAGE.has(&lower));
            self.first |= stage.0;
            self.last |= stage.1;
            if stage == (false, false) && !GENERIC.contains(&bare) {
                let truce = TRUCES.has(&lower);
                // The first word may have a capital only because it stands first.
                if lower != word && number > 0 && !truce {
                    self.names.insert(word_key(&bare));
                    continue;
                }
                self.rarity = self.rarity.max(rarity(&bare));
                self.matter.insert(word_key(if truce { "truce" } else { &bare }));
            }
        }
    }
}

/// Returns `name` without the parties that stand in it: `deal on water` of `deal between Chad and Mali on water`.
fn without_parties(name: &str) -> String {
    let start = head(name);
    let rest = name.get(start.len()..).unwrap_or_default();
    let matter = [" on ", " to ", " over ", " for "].iter().filter_map(|word| rest.find(word)).min();
    format!("{start}{}", matter.and_then(|at| rest.get(at..)).unwrap_or_default())
}

/// Returns the form that the word `lower` names.
fn form(lower: &str) -> Option<Form> {
    let forms: [(&WordClass, Form); 4] = [
        (&TRUCES, Form::Truce),
        (&PLANS, Form::Plan),
        (&DECLARATIONS, Form::Declaration),
        (&RESOLUTIONS, Form::Resolution),
    ];
    forms.into_iter().find(|(words, _)| words.has(lower)).map(|(_, form)| form)
}

/// Returns `name` with one word for a truce and a cease-fire.
fn with_truce(name: &str) -> String {
    [("cease-fire", "truce"), ("ceasefire", "truce"), ("Cease-fire", "Truce"), ("Ceasefire", "Truce")]
        .iter()
        .fold(name.to_owned(), |name, (word, truce)| name.replace(word, truce))
}

/// Returns the name without the parties after it. A name that is made of parties is told apart by them.
fn head(name: &str) -> &str {
    name.split_once(" between ").or_else(|| name.split_once(" with ")).map_or(name, |(head, _)| head)
}

/// Returns the stems of the name without the words for any agreement, and those of them that are of a proper name or a
/// year.
fn core(name: &str) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let head = head(name);
    let head = with_truce(capped(head));
    let name = head.as_str();
    let words = Words::new(name);
    let (mut core, mut proper) = (BTreeSet::new(), BTreeSet::new());
    for (number, (span, content)) in words.spans.iter().zip(&words.content).enumerate() {
        let word = span.slice(name);
        let lower = word.to_lowercase();
        let stem = stem(&lower);
        if !content || GENERIC.contains(&stem) {
            continue;
        }
        core.insert(word_key(&stem));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        // The first word of a description may have a capital only because it stands first.
        if year
            || (capital
                && (number > 0
                    || words.keys.len() <= 2
                    || word.chars().nth(1).is_some_and(char::is_uppercase)))
        {
            proper.insert(word_key(&stem));
        }
    }
    (core, proper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_any_agreement_name_none() {
        assert!(core("the new peace agreement").0.is_empty());
        assert!(core("Packages, Processes and Treaties").0.is_empty());
    }
}
