//! Government: what the words above an act make of it, and which of them bear on it at all.

use readout_record::Factuality;
use readout_syntax::{Dep, Pos, Tag};

use crate::clause::governing::{ABOVE, governs, is_said_to_exist};
use crate::clause::purpose;
use crate::clause::reading::Reading;
use crate::words::{conditions, factuality, speech};

/// Whether the word above `below` bears on the factuality of `below`.
pub(crate) fn passes_up(reading: &Reading<'_>, below: u32, above: u32) -> bool {
    match reading.dep(below) {
        // `There may be efforts: the senators met`, `Chad attacked; it was not the first time`: a clause of its own.
        Dep::Ccomp => {
            let token = reading.syntax.token(below);
            let mark = if below > above { token.left_edge.saturating_sub(1) } else { token.right_edge + 1 };
            let parted = [mark, token.right_edge].into_iter().any(|at| matches!(reading.word(at), ":" | ";"));
            !(parted && reading.is_finite_clause(below))
        }
        Dep::Xcomp | Dep::Pcomp | Dep::Acomp => true,
        // `an agreement to withdraw`, `a chance that it was shot down`, but not `the agreement signed in May` or `a plan to
        // arm rebels fighting the junta`.
        Dep::Acl => {
            // `fear following the raid`: a participle for a preposition.
            if reading.tag(below) == Tag::Vbg
                && reading.is(below, &["follow", "include", "regard", "concern", "involve", "surround"])
            {
                return false;
            }
            let says_which = reading.tag(below) == Tag::Vbn
                || reading.tag(below) == Tag::Vbg && !reading.named(above).is_empty();
            // `the risk of rebels attacking`
            let feared = reading.tag(below) == Tag::Vbg
                && reading.dep(above) == Dep::Pobj
                && reading.head(above).is_some_and(|of| {
                    reading.is(of, &["of"]) && reading.head(of).is_some_and(|noun| governs(reading, noun))
                });
            !says_which
                || feared
                || reading.children_by(below, &[Dep::Nsubj, Dep::Nsubjpass]).next().is_some()
                || is_said_to_exist(reading, above)
        }
        // `the theory that they left`, taken for a relative clause
        Dep::Relcl => reading.is(above, &factuality::IDEA) && is_that_clause(reading, below),
        // `a plan for talks`, but not `a plan that he raised during talks`.
        Dep::Prep => {
            let gerund = reading.child(below, Dep::Pcomp).is_some();
            // `with rebels attacking the town, they decided to leave`: a scene of its own.
            let beside = reading.is(below, &["with"])
                && reading.child(below, Dep::Pcomp).is_some_and(|act| reading.own_subject(act).is_some());
            !beside && reading.is(below, &["of", "for", "to", "on", "about", "with", "against"])
                || reading.is(below, &["from"]) && hinders(reading, above)
                || reading.is(below, &["in"]) && gerund && reading.is(above, &factuality::INVOLVED)
                // `would break the deadlock by imposing a law`, `could take steps such as imposing a law`
                || gerund && (reading.is(below, &["by", "at", "toward", "towards"]) || is_such_as(reading, below))
                || is_time_of(reading, below)
        }
        // An act named by a noun takes its verb's word: `plans talks`, `talks on`.
        Dep::Dobj | Dep::Pobj | Dep::Nsubjpass | Dep::Attr => !reading.is_verb(below),
        Dep::Nsubj => !reading.is_verb(below),
        Dep::Conj => {
            // `agreed to meet and sign`: what holds of the first holds of the next, if the next has no tense. A bare form
            // behind an infinitive has none, whatever it looks like.
            let bare = reading.is_infinitive(above)
                && reading.tag(below) == Tag::Vbp
                && reading.finite_word(below) == Some(below)
                && reading.own_subject(below).is_none();
            !(reading.is_verb(below) && reading.is_verb(above) && reading.is_finite_clause(below)) || bare
        }
        Dep::Advcl => purpose::is_done_by_it(reading, below) || purpose::is_purpose(reading, below),
        _ => false,
    }
}

/// Whether `at` keeps somebody from what stands behind its `from`: `banned`, the `back` of `held back`.
fn hinders(reading: &Reading<'_>, at: u32) -> bool {
    let verb = reading.head(at).filter(|_| reading.is(at, &["back"]));
    reading.is(verb.unwrap_or(at), &factuality::HINDERING)
}

/// Whether the preposition `at` is the `as` of `such as`.
fn is_such_as(reading: &Reading<'_>, at: u32) -> bool {
    at > 0 && reading.is(at, &["as"]) && reading.is(at - 1, &["such"])
}

/// Returns the factuality that the word `above` gives to what hangs on it, `below`, by its own meaning.
pub(crate) fn of_word_above(reading: &Reading<'_>, below: u32, above: u32) -> Factuality {
    // `set up a camp to protest`: what is done by the deed does not hang on the meaning of its verb. `declined to say whether
    // they left`: the clause itself leaves it open.
    let asks = || {
        reading.dep(below) == Dep::Ccomp
            && reading.children_by(below, &[Dep::Mark]).any(|mark| reading.is(mark, &["whether"]))
    };
    if is_time_of(reading, below) || reading.dep(below) == Dep::Advcl || asks() {
        return Factuality::Happened;
    }
    // `was planned and executed by rebels`: what is joined to a verb is not governed by it.
    let joined = reading.dep(below) == Dep::Conj && reading.is_verb(below) && reading.is_verb(above);
    let of_word = ABOVE.iter().find(|(_, words)| !joined && reading.is(above, *words));
    let mut found = of_word.map_or(Factuality::Happened, |(factuality, _)| *factuality);
    if let Some(of_judgement) = of_adjective_beside(reading, below, above) {
        found = of_judgement;
    }
    // `the raid threatens the talks`, `the strikes allow them to leave`: what acts is there. Talks that aim at something may
    // still be to come.
    let is_cause = reading.dep(below) == Dep::Nsubj
        && reading.is_verb(above)
        && !reading.is_passive(above)
        && !reading.is_verb(below)
        && !reading.is(below, &factuality::SCHEDULED)
        // `an attack risks a war`: any attack.
        && !reading.children_by(below, &[Dep::Det]).any(|det| reading.is(det, &["a", "an", "any"]));
    if is_cause && matches!(found, Factuality::Planned | Factuality::Possible) {
        found = Factuality::Happened;
    }
    for (factuality, holds) in USES {
        if holds(reading, below, above, found) {
            found = factuality;
        }
    }
    found
}

/// Returns the factuality of the clause `below` that the adjective behind the copula `above` judges: `it would be easy to
/// leave`, `it is wrong to leave`, `it was wrong to leave`.
fn of_adjective_beside(reading: &Reading<'_>, below: u32, above: u32) -> Option<Factuality> {
    let word = reading.child(above, Dep::Acomp).filter(|_| reading.is(above, &["be"]))?;
    let by_meaning = ABOVE.iter().find(|(_, words)| reading.is(word, *words));
    let tells = reading.dep(below) == Dep::Ccomp && reading.is_finite_clause(below);
    if tells && word < below {
        // `was skeptical that they left`; whoever calls it likely says so.
        return by_meaning.filter(|_| !reading.is(word, &["likely"])).map(|(factuality, _)| *factuality);
    }
    let judged = is_infinitive_of(reading, below) && word < below;
    let past = reading.finite_word(above).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    judged.then(|| match by_meaning {
        // `were able to leave` did
        Some(_) if past && reading.is(word, &["able"]) => Factuality::Happened,
        Some((factuality, _)) => *factuality,
        None if past => Factuality::Happened,
        None => Factuality::Possible,
    })
}

/// Whether a use of the word `above` holds for `below`, which has a factuality by what was looked at so far.
type Use = fn(&Reading<'_>, below: u32, above: u32, found: Factuality) -> bool;

/// Uses of words in which they give another factuality than by their meaning alone. A later one outweighs an earlier one.
const USES: [(Factuality, Use); 28] = [
    (Factuality::Possible, is_too_much),
    (Factuality::Happened, went_on),
    (Factuality::Happened, is_judged),
    (Factuality::Happened, is_denied_saying),
    (Factuality::Cancelled, is_called_off),
    (Factuality::Happened, is_compared),
    (Factuality::Planned, is_to),
    (Factuality::Possible, is_undecided),
    (Factuality::Denied, is_hindered),
    (Factuality::Demanded, is_needed),
    (Factuality::Demanded, is_due),
    (Factuality::Possible, is_near),
    (Factuality::Possible, is_sought),
    (Factuality::Denied, is_decided_against),
    (Factuality::Conditional, is_or_else),
    (Factuality::Possible, is_liked),
    (Factuality::Happened, is_called_to_say),
    (Factuality::Happened, is_only_told),
    (Factuality::Possible, is_idea),
    (Factuality::Demanded, is_warranted),
    (Factuality::Planned, is_looked_forward_to),
    (Factuality::Possible, is_justified),
    (Factuality::Planned, is_sent),
    (Factuality::Happened, was_able),
    (Factuality::Happened, is_due_to),
    (Factuality::Happened, is_committed_with),
    (Factuality::Planned, is_own_wish),
    (Factuality::Happened, is_told_of),
];

/// Whether it is as in `too costly to keep up`
fn is_too_much(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is_verb(below)
        && reading.dep(below) == Dep::Xcomp
        && reading.syntax.token(above).pos == Pos::Adj
        && reading.children_by(above, &[Dep::Advmod]).any(|word| reading.is(word, &["too"]))
}

/// Whether it is as in `went on to criticise`: it was done.
fn went_on(reading: &Reading<'_>, _: u32, above: u32, _: Factuality) -> bool {
    purpose::goes_on(reading, above)
}

/// Whether it is as in `called the strikes a mistake`: whoever judges an act says that there is one.
fn is_judged(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["call", "tell"])
        && matches!(reading.dep(below), Dep::Dobj | Dep::Nsubj | Dep::Ccomp)
        && !reading.is_verb(below)
        && reading.child(above, Dep::Prt).is_none()
}

/// Whether it is as in `denied the accusation`: it was made.
fn is_denied_saying(reading: &Reading<'_>, below: u32, above: u32, found: Factuality) -> bool {
    // `rebuffed efforts to engage it`: they were made.
    let undertaken = || {
        reading.is(below, &["effort", "attempt", "overture"])
            && reading.is(above, &["reject", "rebuff", "spurn", "resist"])
    };
    !reading.is_verb(below)
        && (reading.is(below, &factuality::SAID) || undertaken())
        && found == Factuality::Denied
}

/// Whether it is as in `called off the talks`, `pulled back a strike`
fn is_called_off(reading: &Reading<'_>, _: u32, above: u32, _: Factuality) -> bool {
    reading.particle(above).is_some_and(|particle| {
        reading.is(above, &["call"]) && particle == "off"
            || reading.is(above, &["pull"]) && particle == "back"
    })
}

/// Whether it is as in `a short war`, and not `stop short of`, `instead of`.
fn is_compared(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["short", "instead", "rather"])
        && !matches!(reading.dep(below), Dep::Prep | Dep::Pcomp)
}

/// Whether `below` is the infinitive of a clause that completes the verb above.
fn is_infinitive_of(reading: &Reading<'_>, below: u32) -> bool {
    reading.dep(below) == Dep::Xcomp && reading.is_verb(below) && reading.is_infinitive(below)
}

/// Whether it is as in `is to leave`
fn is_to(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["be"])
        && is_infinitive_of(reading, below)
        && reading.children_by(above, &[Dep::Acomp, Dep::Attr]).all(|word| word > below)
}

/// Whether it is as in `a decision on leaving` leaves it open.
fn is_undecided(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is_noun(above)
        && reading.is(above, &factuality::DELIBERATION)
        && reading.is(below, &["on", "about", "over"])
}

/// Whether it is as in `banned them from leaving`, `held back from leaving`
fn is_hindered(reading: &Reading<'_>, below: u32, above: u32, found: Factuality) -> bool {
    reading.is(below, &["from"]) && hinders(reading, above) && found == Factuality::Happened
}

/// Whether it is as in `Chad has to leave`; `Chad had to leave` did, `Chad will have to leave` is as its modal says, and `has yet to leave` has not.
fn is_needed(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["have", "need"])
        && is_infinitive_of(reading, below)
        && reading.finite_word(above) == Some(above)
        && reading.tag(above) != Tag::Vbd
        && ![above, below]
            .iter()
            .any(|&verb| reading.children_by(verb, &[Dep::Advmod]).any(|word| reading.is(word, &["yet"])))
}

/// Whether it is as in `It is time for Chad to leave`
fn is_due(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["time"])
        && reading.dep(above) == Dep::Attr
        && reading.is_verb(below)
        && reading.is_infinitive(below)
}

/// Whether it is as in `close to leaving`, `on the brink of leaving`
fn is_near(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &factuality::NEAR) && !reading.is_verb(above) && reading.dep(below) == Dep::Prep
}

/// Whether it is as in `advocated for the release`
fn is_sought(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(below, &["for"])
        && reading.dep(below) == Dep::Prep
        && reading.is_verb(above)
        && reading.is(above, &factuality::SEEKING)
}

/// Whether it is as in `decided against leaving`
fn is_decided_against(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["against"]) && reading.dep(below) == Dep::Pcomp
}

/// Whether it is as in `must leave or face sanctions`: these come only if it does not.
fn is_or_else(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.dep(below) == Dep::Conj
        && reading.is(below, &conditions::FACING)
        && reading.children_by(above, &[Dep::Cc]).any(|word| reading.is(word, &["or"]))
}

/// Whether it is as in `opposes leaving`, `opposes a strike`
fn is_liked(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    let act = reading.is_verb(below) && matches!(reading.dep(below), Dep::Xcomp | Dep::Ccomp);
    let any_such = || {
        reading.dep(below) == Dep::Dobj
            && !reading.is_verb(below)
            && reading.children_by(below, &[Dep::Det]).any(|det| reading.is(det, &["a", "an", "any"]))
    };
    // `spoke in favor of leaving`
    let in_favor = reading.dep(below) == Dep::Prep
        && reading.child(below, Dep::Pcomp).is_some()
        && reading.is(above, &["favor", "favour"]);
    in_favor || reading.is(above, &factuality::ATTITUDE) && (act || any_such())
}

/// Whether it is as in `called to say he had been shot`
fn is_called_to_say(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["call", "phone"]) && reading.is(below, &speech::SPEECH)
}

/// Whether it is as in `told him to leave` asks; `told him that they left` only says so.
fn is_only_told(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &factuality::TELLING_OR_ASKING)
        && reading.is_verb(below)
        && reading.is_finite_clause(below)
        && !reading.is(above, &["hope", "expect"])
}

/// Whether it is as in `a theory that they left`
fn is_idea(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    matches!(reading.dep(below), Dep::Acl | Dep::Relcl)
        && reading.is_finite_clause(below)
        && reading.is(above, &factuality::IDEA)
        && (reading.dep(below) == Dep::Acl || is_that_clause(reading, below))
}

/// Whether the clause of the verb `at` has its `that` for a conjunction and lacks nothing: `the theory that they left`.
pub(crate) fn is_that_clause(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Mark]).any(|mark| reading.is(mark, &["that"]))
}

/// Whether it is as in `a warrant for the arrest`
fn is_warranted(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["warrant", "subpoena"]) && reading.is(below, &["for"])
}

/// Whether it is as in `were able to leave`: in the past, who could did (Karttunen, *Implicative Verbs*, 1971).
fn was_able(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["able"])
        && is_infinitive_of(reading, below)
        && reading.head(above).is_some_and(|copula| {
            reading.is(copula, &["be"])
                && reading.finite_word(copula) == Some(copula)
                && reading.tag(copula) == Tag::Vbd
        })
}

/// Whether it is as in `died due to the raid`; not `due to leave`
fn is_due_to(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["due"])
        && !reading.is_verb(below)
        && (reading.dep(below) == Dep::Pobj || reading.is(below, &["to"]))
}

/// Whether it is as in `committed a crime with the raid`; not `committed to the withdrawal`, `committed itself to leave`
fn is_committed_with(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["commit"])
        && !reading.is_verb(below)
        && (reading.dep(below) == Dep::Dobj || reading.dep(below) == Dep::Prep && !reading.is(below, &["to"]))
}

/// Whether it is as in `tells of flying there to meet them`: whoever tells of it asks nobody.
fn is_told_of(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["tell"])
        && reading.is(below, &["of", "about"])
        && matches!(reading.dep(below), Dep::Prep | Dep::Dative)
}

/// Whether it is as in `wants to punish them`: what somebody wishes to do himself he asks of nobody.
fn is_own_wish(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["want", "wish"])
        && is_infinitive_of(reading, below)
        && reading.own_subject(below).is_none()
        && reading.child(above, Dep::Dobj).is_none()
}

/// Whether it is as in `sent the envoy to meet them`
fn is_sent(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["send", "dispatch", "deploy"]) && is_infinitive_of(reading, below)
}

/// Whether it is as in `justifies an attack`: any such attack; not `justified the attack`
fn is_justified(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["justify", "warrant", "excuse", "merit"])
        && reading.dep(below) == Dep::Dobj
        && !reading.is_verb(below)
        && reading
            .children_by(below, &[Dep::Det, Dep::Poss])
            .all(|word| reading.is(word, &["a", "an", "any", "such"]))
}

/// Whether it is as in `looks forward to the withdrawal`
fn is_looked_forward_to(reading: &Reading<'_>, below: u32, above: u32, _: Factuality) -> bool {
    reading.is(above, &["look"])
        && reading.is(below, &["to"])
        && reading.children_by(above, &[Dep::Advmod]).any(|word| reading.is(word, &["forward"]))
}

/// Whether the preposition `at` sets the act of its gerund beside that of the verb above: `will ask them before striking`.
pub(crate) fn is_time_of(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Prep
        && reading.is(at, &["before"])
        && reading.child(at, Dep::Pcomp).is_some_and(|act| reading.tag(act) == Tag::Vbg)
}
