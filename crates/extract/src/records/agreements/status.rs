//! What a sentence says of an instrument: the word beside it, its factuality, and whose step or claim it is.

use readout_record::{ActorId, AgreementStatus, Factuality};
use readout_syntax::{Dep, Tag};

use super::assertion::{
    charged, denied, factuality_of, has_perfect_past, is_asserted, is_disclaimed, is_feared, is_partial,
    is_told, is_topic, only_describes, supposed_gerund, tries,
};
use super::beside::{Where, is_part, relations, stands, whole};
use super::lexicon::{By, Effect, Lexicon, Part, Place, Sort, StatusRule};
use super::mentioned::{Form, Mention};
use super::parties::{parties_shown, takers};
use super::sides;
use crate::clause::reading::Reading;
use crate::clause::{factuality, premises};
use crate::records::commitments::actors;
use crate::words::agreements;

/// The most steps up the tree to a word that says what came of it: `failed to try to reach`.
const STEPS_TO_OUTCOME: usize = 3;
/// The most steps up the tree to a word of failing.
const STEPS_TO_FAILURE: usize = 2;

/// What a word says of an instrument.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The word.
    pub(super) word: u32,
    pub(super) effect: Effect,
    /// Who took the step.
    pub(super) by: Vec<ActorId>,
    /// Whose claim it is.
    pub(super) claimed_by: Vec<ActorId>,
    /// The actors whom the sentence shows as parties.
    pub(super) parties: Vec<ActorId>,
    /// Whether it is told beside the news: `the deal signed in May`.
    pub(super) background: bool,
    /// Whether no word says so: the instrument is only spoken of as what may come (`hopes to sign the deal`), or as what is
    /// there (`must respect the deal`).
    pub(super) implied: bool,
}

impl Told {
    /// Whether the instrument is made by what is told.
    pub(super) fn makes(&self) -> bool {
        !self.implied
            && matches!(self.effect, Effect::Status(AgreementStatus::Agreed | AgreementStatus::Signed))
    }
}

/// Returns what the sentence says of the instrument of `mention`, in the order of its words.
pub(super) fn of(reading: &Reading<'_>, mention: &Mention) -> Vec<Told> {
    of_noun(reading, mention.at, mention)
}

/// As [`of`], of the pronoun or noun `at` that stands for the instrument.
pub(super) fn of_noun(reading: &Reading<'_>, at: u32, mention: &Mention) -> Vec<Told> {
    let Some(node) = whole(reading, at) else { return Vec::new() };
    let mut found: Vec<Told> = Vec::new();
    for (word, place, background) in relations(reading, node) {
        let particle = reading.particle(word);
        let mut lemma = reading.lemma(word).to_lowercase();
        // `committed` is listed as it is written.
        let written = reading.word(word).to_lowercase();
        if Lexicon::shipped().statuses(&lemma, particle.as_deref()).is_empty() {
            lemma = written;
        }
        for rule in Lexicon::shipped().statuses(&lemma, particle.as_deref()) {
            // `the armistice that ended the war` ended something else.
            let ends_other = matches!((rule.effect, &place), (Effect::Status(_), Where::Subject))
                && reading.child(word, Dep::Dobj).is_some();
            let fits = is_part(reading, word, rule.part)
                && (!ends_other || rule.places.iter().any(|at| matches!(at, Place::SubjectWith(_))))
                && (rule.sorts.is_empty() || rule.sorts.contains(&mention.sort))
                && rule.places.iter().any(|at| stands(reading, word, &place, at));
            if !fits {
                continue;
            }
            if let Some(told) = told(reading, word, rule, background, mention)
                && !found.iter().any(|known| known.word == told.word && known.effect == told.effect)
            {
                found.push(told);
            }
        }
    }
    if let Some(under) = under(reading, node, mention) {
        found.push(under);
    }
    found.sort_by_key(|told| told.word);
    found
}

/// Returns what the word says by `rule`, if the report asserts it.
fn told(
    reading: &Reading<'_>,
    word: u32,
    rule: &StatusRule,
    background: bool,
    mention: &Mention,
) -> Option<Told> {
    let (charge, by_charge) = charged(reading, word);
    let mut effect = rule.effect;
    if matches!(rule.effect, Effect::Status(_)) && is_disclaimed(reading, word) {
        return None;
    }
    match rule.effect {
        Effect::Status(status) => {
            let status = if charge.is_empty() {
                match asserted(reading, word, status, rule, mention, background) {
                    Some(status) => status,
                    // `Chad needs to reach an accord`: who would make it are its parties.
                    None => {
                        let step = implied(reading, word, status, mention)?;
                        let who = takers(reading, word, rule, mention);
                        let mut parties = parties_shown(reading, word, rule, step.effect, &who, mention);
                        parties.retain(|actor| sides::acts_for_power(reading, actor));
                        return Some(Told { parties, ..step });
                    }
                }
            } else if matches!(status, AgreementStatus::Violated | AgreementStatus::BrokenDown) {
                status
            } else {
                return None;
            };
            effect = Effect::Status(status);
        }
        Effect::Awaited => {
            let denied = reading.child(word, Dep::Neg).is_some() || premises::is_open(reading, word);
            // `Chad wants an accord with Mali`: both are to make it.
            let with = actors(reading, &reading.after(mention.at, &["with"]));
            let mut parties = if with.is_empty() { Vec::new() } else { takers(reading, word, rule, mention) };
            parties.retain(|actor| !with.contains(actor) && sides::acts_for_power(reading, actor));
            let step = implied_step(word, AgreementStatus::UnderNegotiation);
            return (!denied).then_some(Told { parties, ..step });
        }
        Effect::Stands => return as_told(reading, word, mention).map(|status| implied_step(word, status)),
        Effect::Broker | Effect::Guarantor => {
            if !matches!(
                factuality_of(reading, word),
                Factuality::Happened | Factuality::Ongoing | Factuality::Planned | Factuality::Possible
            ) {
                return None;
            }
        }
    }
    let mut who = takers(reading, word, rule, mention);
    if !by_charge.is_empty() {
        who = by_charge;
    }
    let parties = parties_shown(reading, word, rule, effect, &who, mention);
    let steps = matches!(rule.by, By::Doer | By::Possessor) && effect == rule.effect
        || effect == Effect::Status(AgreementStatus::Rejected);
    let mut claimed_by = charge;
    if claimed_by.is_empty()
        && let Some(statement) = reading.statement_of(word)
    {
        claimed_by.clone_from(&statement.speaker);
        claimed_by.retain(|actor| !actor.starts_with("outlet:"));
    }
    Some(Told {
        word,
        effect,
        by: if steps { who } else { Vec::new() },
        claimed_by,
        parties,
        background: background || has_perfect_past(reading, word),
        implied: false,
    })
}

/// Returns what `word` implies of the instrument where it does not tell its status: who may sign it works on it, and what
/// somebody must respect is there.
fn implied(reading: &Reading<'_>, word: u32, status: AgreementStatus, mention: &Mention) -> Option<Told> {
    use AgreementStatus as S;
    // `worried that Chad could sign the accord`
    if is_feared(reading, word) {
        return None;
    }
    let open = matches!(
        factuality_of(reading, word),
        Factuality::Planned | Factuality::Possible | Factuality::Demanded | Factuality::Conditional
    );
    let status = match status {
        S::Agreed | S::Signed if open || reading.is_infinitive(word) => S::UnderNegotiation,
        S::InForce
        | S::Reaffirmed
        | S::Extended
        | S::Suspended
        | S::Violated
        | S::Withdrawn
        | S::BrokenDown
            if mention.form == Form::Definite
                && mention.sort != Sort::Plan
                && !mention.open
                && !mention.principle
                && !premises::is_open(reading, word) =>
        {
            S::Agreed
        }
        _ => return None,
    };
    Some(implied_step(word, status))
}

/// Returns a step to `status` that `word` implies.
fn implied_step(word: u32, status: AgreementStatus) -> Told {
    Told {
        word,
        effect: Effect::Status(status),
        by: Vec::new(),
        claimed_by: Vec::new(),
        parties: Vec::new(),
        background: true,
        implied: true,
    }
}

/// Returns the status that the report gives the instrument where `word` says `status`.
fn asserted(
    reading: &Reading<'_>,
    word: u32,
    status: AgreementStatus,
    rule: &StatusRule,
    mention: &Mention,
    background: bool,
) -> Option<AgreementStatus> {
    use AgreementStatus as S;
    let makes = matches!(status, S::Agreed | S::Signed);
    // `seek peace years after the war ended in a truce`: what is past is no part of the wish.
    let past = reading.tag(word) == Tag::Vbd && reading.is_verb(word);
    let found = match factuality_of(reading, word) {
        Factuality::Demanded | Factuality::Planned if past => Factuality::Happened,
        found => found,
    };
    let gerund = supposed_gerund(reading, word);
    if is_left_open(reading, word, status, rule, mention, background) {
        return None;
    }
    let above: Vec<u32> = reading.ancestors(word).take(STEPS_TO_OUTCOME).collect();
    if makes && mention.form == Form::Negative && found != Factuality::Conditional {
        return is_told(reading, word).then_some(S::Failed);
    }
    let fails = gerund == Some("without")
        || reading.is_infinitive(word)
            && above.iter().take(STEPS_TO_FAILURE).any(|&up| {
                reading.is(up, &agreements::FAILING)
                    && matches!(factuality::of(reading, up), Factuality::Happened | Factuality::Ongoing)
            });
    if makes && fails {
        return Some(S::Failed);
    }
    // `the failure to keep the pact`
    if gerund.is_some() || fails {
        return None;
    }
    if makes && tries(reading, word) {
        return Some(S::UnderNegotiation);
    }
    if makes && is_no_making(reading, word, mention, found) {
        return None;
    }
    // `the deal being negotiated`
    let under_way =
        reading.children_by(word, &[Dep::Aux, Dep::Auxpass]).any(|aux| reading.tag(aux) == Tag::Vbg);
    if makes && under_way && found == Factuality::Happened {
        return Some(S::UnderNegotiation);
    }
    if found == Factuality::Happened && !is_asserted(reading, word) {
        return None;
    }
    match found {
        Factuality::Happened => {
            if mention.form == Form::Negative && status != S::Failed {
                return None;
            }
            // `signed a proposed accord`: its adjective says that it is not made.
            if makes && mention.principle {
                return Some(S::AgreedInPrinciple);
            }
            if status == S::InForce && is_partial(reading, word) {
                return Some(S::PartlyImplemented);
            }
            // Who announces a plan puts it forward.
            let announced = status == S::Agreed && mention.sort == Sort::Plan && rule.by == By::Nobody;
            Some(if announced { S::Proposed } else { status })
        }
        // `met to discuss a truce`
        Factuality::Planned if status == S::UnderNegotiation && reading.dep(word) == Dep::Advcl => {
            let met = reading.head(word).map(|above| factuality::of(reading, above));
            matches!(met, Some(Factuality::Happened | Factuality::Ongoing)).then_some(status)
        }
        Factuality::Ongoing if makes => Some(S::UnderNegotiation),
        Factuality::Ongoing => Some(status),
        Factuality::Planned if makes && rule.by == By::Parties => Some(S::UnderNegotiation),
        Factuality::Demanded if makes && mention.sort == Sort::Pause && mention.form == Form::Indefinite => {
            Some(S::Proposed)
        }
        Factuality::Denied => denied(reading, word, status),
        _ => None,
    }
}

/// Whether the phrase or the clause leaves open what `word` says of the instrument.
fn is_left_open(
    reading: &Reading<'_>,
    word: u32,
    status: AgreementStatus,
    rule: &StatusRule,
    mention: &Mention,
    background: bool,
) -> bool {
    use AgreementStatus as S;
    // `a written accord, signed by both, may be missing`: what is brought in is as real as its own clause.
    let unreal = background
        && mention.form == Form::Indefinite
        && !matches!(factuality::of(reading, mention.at), Factuality::Happened | Factuality::Ongoing);
    // `sees the vote as a violation of the pact`
    let described = rule.part == Part::Noun && (only_describes(reading, word) || is_feared(reading, word));
    // `the possible deal` is not made, and cannot be broken.
    let unmade =
        mention.open && !matches!(status, S::Proposed | S::UnderNegotiation | S::Rejected | S::Failed);
    unreal || described || unmade || premises::is_open(reading, word) || is_topic(reading, word, mention)
}

/// Whether `word`, which could make the instrument, does not tell that it was made.
fn is_no_making(reading: &Reading<'_>, word: u32, mention: &Mention, found: Factuality) -> bool {
    // `by the time the deal is signed`, `it is vital that we reach a deal`: the present tells no signing, but in a headline.
    let now = reading.finite_word(word).is_some_and(|it| {
        matches!(reading.tag(it), Tag::Vbz | Tag::Vbp) && (it == word || !reading.is(it, &["have"]))
    });
    let below = reading.dep(word) != Dep::Root || reading.statement_of(word).is_some();
    let present = now && (below || reading.is_passive(word));
    // `began negotiating a deal`
    let at_it = reading.is(word, &["negotiate"]) && !matches!(reading.tag(word), Tag::Vbd | Tag::Vbn);
    // `a permanent, negotiated peace accord`: of what kind one should be.
    let of_kind = reading.dep(word) == Dep::Amod && mention.form == Form::Indefinite;
    present && found == Factuality::Happened || of_kind || at_it
}

/// Returns the status of an instrument of which `word` tells what it does: agreed, or put forward if it only would.
fn as_told(reading: &Reading<'_>, word: u32, mention: &Mention) -> Option<AgreementStatus> {
    if mention.form != Form::Definite || !reading.is_finite_clause(word) || reading.is_asked(word) {
        return None;
    }
    let would = reading
        .children_by(word, &[Dep::Aux])
        .any(|aux| ["would", "could", "might", "may"].contains(&reading.word(aux).to_lowercase().as_str()));
    if would || mention.open || mention.sort == Sort::Plan {
        return Some(AgreementStatus::Proposed);
    }
    // `Under the tentative deal both will leave`: it is not made yet.
    if mention.principle {
        return Some(AgreementStatus::UnderNegotiation);
    }
    let found = factuality::of(reading, word);
    matches!(found, Factuality::Happened | Factuality::Ongoing | Factuality::Planned)
        .then_some(AgreementStatus::Agreed)
}

/// Returns that the instrument is implied to be agreed where something was done under it: `were freed under a deal`.
fn done_under(reading: &Reading<'_>, at: u32) -> Option<Told> {
    let prep = reading.head(at).filter(|_| reading.dep(at) == Dep::Pobj)?;
    let verb = reading.head(prep).filter(|&verb| reading.is_verb(verb) && !reading.is(verb, &["be"]))?;
    let done = reading.is(prep, &["under", "through"])
        && matches!(factuality::of(reading, verb), Factuality::Happened | Factuality::Ongoing)
        && !premises::is_open(reading, verb)
        && !reading.is_asked(verb);
    done.then(|| implied_step(verb, AgreementStatus::Agreed))
}

/// Returns that the instrument is implied to be agreed where something is told to be so under it: `Under the deal, Iran must …`.
fn under(reading: &Reading<'_>, at: u32, mention: &Mention) -> Option<Told> {
    let made = !mention.open && !mention.principle && !matches!(mention.sort, Sort::Plan | Sort::Paper);
    if made && mention.form == Form::Indefinite {
        return done_under(reading, at);
    }
    if mention.form != Form::Definite || !made {
        return None;
    }
    let prep = reading.head(at).filter(|_| reading.dep(at) == Dep::Pobj)?;
    if !reading.is(prep, &["under", "after", "since", "following", "despite"]) {
        return None;
    }
    let verb = reading.head(prep).filter(|&verb| reading.is_verb(verb) && !reading.is(verb, &["be"]))?;
    let open = reading
        .children_by(verb, &[Dep::Aux])
        .any(|aux| reading.tag(aux) == Tag::Md && !["must", "shall", "will"].contains(&reading.word(aux)));
    let told = !open && !reading.is_asked(verb) && reading.is_finite_clause(verb);
    told.then(|| implied_step(verb, AgreementStatus::Agreed))
}
