//! Stances that nouns and adjectives show: `support for a truce`, `is opposed to talks`.

use readout_record::{Factuality, Stance};
use readout_syntax::{Dep, Pos, Tag};

use super::held::{Held, turned};
use super::lexicon::StanceRule;
use super::name::Instruments;
use super::shown::{complements, shifted, stances as stances_on};
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::words::{speech, stances};

/// `Iran’s support for a truce`.
pub(super) fn by_noun(
    reading: &Reading<'_>,
    instruments: &Instruments,
    at: u32,
    rule: &StanceRule,
) -> Vec<Held> {
    if reading.syntax.token(at).pos != Pos::Noun {
        return Vec::new();
    }
    if is_given_up(reading, at) {
        return Vec::new();
    }
    let mut holders: Vec<u32> = reading.children_by(at, &[Dep::Poss]).collect();
    if holders.is_empty() && reading.dep(at) == Dep::Dobj {
        let verb = reading.syntax.head(at).filter(|&verb| reading.is(verb, &speech::VOICING));
        holders = verb.map(|verb| reading.subjects(verb)).unwrap_or_default();
    }
    // `opposition from many countries`
    if holders.is_empty() {
        holders = ["from", "by", "among"].iter().flat_map(|prep| reading.after(at, &[prep])).collect();
    }
    // `is in favor of`
    if holders.is_empty() && reading.dep(at) == Dep::Pobj {
        let verb =
            reading.head(at).filter(|&prep| reading.is(prep, &["in"])).and_then(|prep| reading.head(prep));
        let verb = verb.filter(|&verb| reading.is(verb, &speech::TAKING_SIDES));
        holders = verb.map(|verb| reading.subjects(verb)).unwrap_or_default();
    }
    let mut complements = complements(reading, at, &rule.places);
    // `the strikes drew support from Chad`, `the strikes were met with opposition from Chad`
    let met = || {
        let prep = reading.head(at).filter(|&prep| reading.is(prep, &["with", "into"]))?;
        reading.head(prep).filter(|&verb| reading.is(verb, &["meet", "run"]))
    };
    let drawn = match reading.dep(at) {
        Dep::Dobj => reading.head(at).filter(|&verb| reading.is(verb, &speech::DRAWING)),
        Dep::Pobj => met(),
        _ => None,
    };
    if complements.is_empty()
        && let Some(verb) = drawn
    {
        complements = reading.subjects(verb);
        if holders.is_empty() {
            holders = reading.after(verb, &["from"]);
        }
    }
    // `has no intention to lift the sanctions`
    let none = reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["no"]));
    let stance = match rule.stance {
        Stance::Against if none => return Vec::new(),
        stance => turned(stance, none),
    };
    stances_on(reading, instruments, at, &holders, &complements, stance)
}

/// Whether those who have the stance that the noun `at` names gave it up: `dropped its opposition`.
fn is_given_up(reading: &Reading<'_>, at: u32) -> bool {
    let verb = reading.head(at).filter(|_| reading.dep(at) == Dep::Dobj);
    let own = reading.children_by(at, &[Dep::Poss]).any(|whose| reading.pos(whose) == Pos::Pron);
    own && verb.is_some_and(|verb| {
        let gives_up = reading.is(verb, &stances::GIVING_UP)
            || reading.is(verb, &["give"]) && reading.particle(verb).as_deref() == Some("up");
        gives_up && matches!(factuality::of(reading, verb), Factuality::Happened | Factuality::Ongoing)
    })
}

/// `Qatar is interested in talks`.
pub(super) fn by_adjective(
    reading: &Reading<'_>,
    instruments: &Instruments,
    at: u32,
    rule: &StanceRule,
) -> Vec<Held> {
    // `is committed`: the parser may take the participle for the verb.
    let participle = reading.tag(at) == Tag::Vbn && reading.child(at, Dep::Auxpass).is_some();
    // `is happy and impressed with`
    let first =
        reading.head(at).filter(|&first| reading.dep(at) == Dep::Conj && reading.pos(first) == Pos::Adj);
    let verb = if participle { Some(at) } else { reading.head(first.unwrap_or(at)) };
    let adjective = participle || reading.syntax.token(at).pos == Pos::Adj || reading.dep(at) == Dep::Acomp;
    let Some(verb) =
        verb.filter(|&verb| adjective && (participle || reading.is(verb, &["be", "remain", "seem"])))
    else {
        return Vec::new();
    };
    // `less willing to lift the sanctions`
    let compared = reading
        .children_by(at, &[Dep::Advmod])
        .any(|word| reading.is(word, &["less", "least", "too", "hardly", "little"]));
    if compared {
        return Vec::new();
    }
    let complements = complements(reading, at, &rule.places);
    let mut found = stances_on(reading, instruments, at, &reading.subjects(verb), &complements, rule.stance);
    for held in found.iter_mut().filter(|_| verb != at) {
        held.stance = shifted(reading, verb, held.stance);
    }
    found
}
