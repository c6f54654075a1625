//! Coverage: the share of what a report tells of political actors that the event lexicon decides.

use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_lexicon::rule;
use readout_record::{ActorId, ActorKind, Document, Statement};
use readout_syntax::{Dep, Pos};
use readout_text::CharSpan;

use super::reasons::{Outcome, Reason, Told};
use crate::acts::keys::keys;
use crate::acts::lexicon::{Lexicon, Sense};
use crate::clause::reading::Reading;

/// A verb or noun that has a political actor as a side, and whether the lexicon decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Its clause, in code points.
    pub clause: CharSpan,
    /// The name under which the lexicon would have it: `visit`, `shoot_down`, `hold talk`.
    pub key: String,
    /// The sort of word.
    pub kind: PredicateKind,
    /// The decision of the lexicon.
    pub decision: Decision,
}

/// The sort of word that a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PredicateKind {
    /// A verb without a particle.
    Verb,
    /// A verb with its particle.
    ParticleVerb,
    /// A light verb with its noun.
    LightVerb,
    /// A noun that names an act.
    Noun,
}

/// The decision of the lexicon on a word in its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A row fits: it names an act, an operator, or a reasoned none.
    Decided,
    /// A row says that it is no act, or its complement names none, although two political actors stand beside it.
    SetAside,
    /// The lexicon has the word, but no row fits this use.
    UnknownUse,
    /// The lexicon does not have the word.
    UnknownWord,
}

/// Endings of nouns that name acts.
const DEED_ENDINGS: &str = "deed_ending";

/// Returns every verb, and every noun that may name an act, that has a political actor as a side, in the order of the
/// text.
///
/// `statements` are those of the document, as [`crate::extract`] gives them. Political actors are states,
/// organisations, armed groups, offices, and persons whose state or office is known.
pub fn coverage(
    document: &Document,
    annotations: &Annotations,
    knowledge: &Knowledge,
    statements: &[Statement],
) -> Vec<Predicate> {
    let reading = Reading::new(document, annotations, knowledge, statements);
    let told = Told::new(&reading);
    (0..reading.syntax.len())
        .filter_map(|at| {
            let (kind, key) = named(&reading, at)?;
            if !has_political_side(&reading, at) {
                return None;
            }
            let decision = match told.outcome(&reading, at) {
                Outcome::Nothing(Reason::UnknownWord) => Decision::UnknownWord,
                Outcome::Nothing(Reason::Unfit(_)) => Decision::UnknownUse,
                Outcome::Nothing(Reason::NoAct | Reason::NothingGoverned | Reason::OnlyBelowVerb)
                    if has_two_political_sides(&reading, at) =>
                {
                    Decision::SetAside
                }
                _ => Decision::Decided,
            };
            let clause = reading.offsets.to_chars(reading.clause(at));
            Some(Predicate { clause, key, kind, decision })
        })
        .collect()
}

/// Returns the sort of the word `at` and its name in the lexicon; nothing if it is neither a verb nor a noun that may
/// name an act.
fn named(reading: &Reading<'_>, at: u32) -> Option<(PredicateKind, String)> {
    let lexicon = Lexicon::shipped();
    let lemma = reading.lemma(at).to_lowercase();
    if reading.is_verb(at) {
        let keys = keys(reading, at);
        if let Some(particle) = reading.particle(at) {
            return Some((PredicateKind::ParticleVerb, format!("{lemma}_{particle}")));
        }
        let light = keys
            .iter()
            .flat_map(|key| lexicon.verb(key))
            .any(|rule| rule.sense == Sense::Operator(rule!("light")));
        let noun = reading.child(at, Dep::Dobj).filter(|&object| may_name_deed(reading, object));
        return Some(match noun.filter(|_| light) {
            Some(noun) => {
                (PredicateKind::LightVerb, format!("{lemma} {}", reading.lemma(noun).to_lowercase()))
            }
            None => (PredicateKind::Verb, lemma),
        });
    }
    may_name_deed(reading, at).then_some((PredicateKind::Noun, lemma))
}

/// Whether `at` is a common noun that the lexicon has, as noun or verb, or one with the ending of a noun of action.
fn may_name_deed(reading: &Reading<'_>, at: u32) -> bool {
    if reading.syntax.token(at).pos != Pos::Noun || !reading.named(at).is_empty() {
        return false;
    }
    let lexicon = Lexicon::shipped();
    let lemma = reading.lemma(at).to_lowercase();
    !lexicon.noun(&lemma).is_empty()
        || lexicon.verb(&lemma).iter().any(|rule| rule.sense != Sense::Nothing)
        || lexicon
            .words(DEED_ENDINGS)
            .iter()
            .any(|ending| lemma.len() > ending.len() + 2 && lemma.ends_with(ending))
}

/// Whether a political actor is the subject, the object or an oblique of the verb `at`, or whose the noun `at` is.
fn has_political_side(reading: &Reading<'_>, at: u32) -> bool {
    let political = |head: u32| is_political(reading, reading.substance(head));
    if reading.is_verb(at) {
        return reading.subjects(at).into_iter().any(political)
            || reading.doers(at).into_iter().any(political)
            || reading.objects(at).into_iter().any(political)
            || reading
                .children_by(at, &[Dep::Prep, Dep::Agent, Dep::Dative])
                .flat_map(|prep| reading.children_by(prep, &[Dep::Pobj]).collect::<Vec<_>>())
                .any(political);
    }
    reading.children_by(at, &[Dep::Poss]).any(political)
        || reading.after(at, &["of"]).into_iter().any(political)
        || reading.after(at, &["by", "between", "with", "on", "against"]).into_iter().any(political)
}

/// Whether different political actors are the doer of the verb or noun `at` and the one to whom it may be done.
fn has_two_political_sides(reading: &Reading<'_>, at: u32) -> bool {
    let political = |heads: Vec<u32>| -> Vec<ActorId> {
        let heads = heads.into_iter().map(|head| reading.substance(head));
        let heads = heads.filter(|&head| is_political(reading, head));
        heads.flat_map(|head| reading.named(head).to_vec()).collect()
    };
    let (doers, others) = if reading.is_verb(at) {
        let obliques = reading
            .children_by(at, &[Dep::Prep, Dep::Dative])
            .flat_map(|prep| reading.children_by(prep, &[Dep::Pobj]).collect::<Vec<_>>());
        let owners = reading.objects(at).into_iter().flat_map(|head| {
            reading.children_by(head, &[Dep::Poss, Dep::Amod, Dep::Compound]).collect::<Vec<_>>()
        });
        let others = reading.objects(at).into_iter().chain(obliques).chain(owners).collect();
        (political(reading.doers(at)), political(others))
    } else {
        let owners = reading.children_by(at, &[Dep::Poss, Dep::Amod, Dep::Compound]).collect();
        (political(owners), political(reading.after(at, &["of", "on", "against", "to", "with", "by", "in"])))
    };
    !doers.is_empty() && others.iter().any(|other| !doers.contains(other))
}

/// Whether the phrase of `head` names a state, an organisation, an armed group, an office, or a person of one of these.
fn is_political(reading: &Reading<'_>, head: u32) -> bool {
    reading.chain(head).is_some_and(|chain| match chain.kind {
        ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Office => {
            !chain.actors.is_empty()
        }
        ActorKind::Person => chain.state.is_some() || chain.sector.is_some() || !chain.roles.is_empty(),
        _ => false,
    })
}
