//! Government: what the words above an act make of it, and which of them bear on it at all.

use readout_lexicon::WordClass;
use readout_record::Factuality;
use readout_syntax::{Dep, Pos, Tag};

use crate::clause::purpose;
use crate::clause::reading::Reading;
use crate::words::{conditions, factuality, speech};

/// Words above an act, by what they make of it. The first class that has the word counts.
static ABOVE: [(Factuality, &WordClass); 5] = [
    (Factuality::Demanded, &factuality::DEMANDED),
    (Factuality::Planned, &factuality::PLANNED),
    (Factuality::Denied, &factuality::DENIED),
    (Factuality::Cancelled, &factuality::CANCELLED),
    (Factuality::Possible, &factuality::POSSIBLE),
];

/// Whether the word `above` says of itself how its act stands to the world: `plan`, `refuse`, `fear`.
pub(crate) fn governs(reading: &Reading<'_>, above: u32) -> bool {
    ABOVE.iter().any(|(_, words)| reading.is(above, *words))
}

/// Whether the word above `below` bears on the factuality of `below`.
pub(crate) fn passes_up(reading: &Reading<'_>, below: u32, above: u32) -> bool {
    match reading.dep(below) {
        Dep::Xcomp | Dep::Ccomp | Dep::Pcomp | Dep::Acomp => true,
        // `an agreement to withdraw`, `a chance that it was shot down`, but not `the agreement signed in May` or `a plan to
        // arm rebels fighting the junta`.
        Dep::Acl => {
            let says_which = reading.tag(below) == Tag::Vbn
                || reading.tag(below) == Tag::Vbg && !reading.named(above).is_empty();
            !says_which || reading.children_by(below, &[Dep::Nsubj, Dep::Nsubjpass]).next().is_some()
        }
        // `a plan for talks`, but not `a plan that he raised during talks`.
        Dep::Prep => {
            let gerund = reading.child(below, Dep::Pcomp).is_some();
            reading.is(below, &["of", "for", "to", "on", "about", "with", "against"])
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
            // `agreed to meet and sign`: what holds of the first holds of the next, if the next has no tense.
            !(reading.is_verb(below) && reading.is_verb(above) && reading.is_finite_clause(below))
        }
        Dep::Advcl => purpose::is_done_by_it(reading, below),
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
    if is_time_of(reading, below) {
        return Factuality::Happened;
    }
    let of_above = ABOVE
        .iter()
        .find(|(_, words)| reading.is(above, *words))
        .map_or(Factuality::Happened, |(factuality, _)| *factuality);
    // `too costly to keep up`
    let too = reading.is_verb(below)
        && reading.dep(below) == Dep::Xcomp
        && reading.syntax.token(above).pos == Pos::Adj
        && reading.children_by(above, &[Dep::Advmod]).any(|word| reading.is(word, &["too"]));
    let of_above = if too { Factuality::Possible } else { of_above };
    // `went on to criticise`: it was done.
    let went_on = reading.is(above, &["go"])
        && reading
            .children_by(above, &[Dep::Prt, Dep::Advmod, Dep::Prep])
            .any(|child| reading.is(child, &["on"]));
    let of_above = if went_on { Factuality::Happened } else { of_above };
    // `called the strikes a mistake`: whoever judges an act says that there is one.
    let judges = reading.is(above, &["call", "tell"])
        && matches!(reading.dep(below), Dep::Dobj | Dep::Nsubj | Dep::Ccomp)
        && !reading.is_verb(below)
        && reading.child(above, Dep::Prt).is_none();
    let of_above = if judges { Factuality::Happened } else { of_above };
    // `denied the accusation`: it was made.
    let said =
        !reading.is_verb(below) && reading.is(below, &factuality::SAID) && of_above == Factuality::Denied;
    let of_above = if said { Factuality::Happened } else { of_above };
    // `called off the talks`, `pulled back a strike`
    let called_off = reading.particle(above).is_some_and(|particle| {
        reading.is(above, &["call"]) && particle == "off"
            || reading.is(above, &["pull"]) && particle == "back"
    });
    let of_above = if called_off { Factuality::Cancelled } else { of_above };
    // `stop short of`, `instead of`; not `a short war`.
    let compared = reading.is(above, &["short", "instead", "rather"])
        && !matches!(reading.dep(below), Dep::Prep | Dep::Pcomp);
    let of_above = if compared { Factuality::Happened } else { of_above };
    // `is to leave`
    let is_to = reading.is(above, &["be"])
        && reading.dep(below) == Dep::Xcomp
        && reading.is_verb(below)
        && reading.is_infinitive(below);
    let of_above = if is_to { Factuality::Planned } else { of_above };
    // `a decision on leaving` leaves it open.
    let undecided = reading.is_noun(above)
        && reading.is(above, &factuality::DELIBERATION)
        && reading.is(below, &["on", "about", "over"]);
    let of_above = if undecided { Factuality::Possible } else { of_above };
    // `banned them from leaving`, `held back from leaving`
    let hindered =
        reading.is(below, &["from"]) && hinders(reading, above) && of_above == Factuality::Happened;
    let of_above = if hindered { Factuality::Denied } else { of_above };
    // `Chad has to leave`; `Chad had to leave` did, and `Chad will have to leave` is as its modal says.
    let needed = reading.is(above, &["have", "need"])
        && reading.dep(below) == Dep::Xcomp
        && reading.is_verb(below)
        && reading.is_infinitive(below)
        && reading.finite_word(above) == Some(above)
        && reading.tag(above) != Tag::Vbd
        // `has yet to leave`
        && ![above, below].iter().any(|&verb| {
            reading.children_by(verb, &[Dep::Advmod]).any(|word| reading.is(word, &["yet"]))
        });
    let of_above = if needed { Factuality::Demanded } else { of_above };
    // `It is time for Chad to leave`
    let due = reading.is(above, &["time"])
        && reading.dep(above) == Dep::Attr
        && reading.is_verb(below)
        && reading.is_infinitive(below);
    let of_above = if due { Factuality::Demanded } else { of_above };
    // `close to leaving`, `on the brink of leaving`
    let near =
        reading.is(above, &factuality::NEAR) && !reading.is_verb(above) && reading.dep(below) == Dep::Prep;
    let of_above = if near { Factuality::Possible } else { of_above };
    // `advocated for the release`
    let sought = reading.is(below, &["for"])
        && reading.dep(below) == Dep::Prep
        && reading.is_verb(above)
        && reading.is(above, &factuality::SEEKING);
    let of_above = if sought { Factuality::Possible } else { of_above };
    // `decided against leaving`
    let against = reading.is(above, &["against"]) && reading.dep(below) == Dep::Pcomp;
    let of_above = if against { Factuality::Denied } else { of_above };
    // `must leave or face sanctions`: these come only if it does not.
    let or_else = reading.dep(below) == Dep::Conj
        && reading.is(below, &conditions::FACING)
        && reading.children_by(above, &[Dep::Cc]).any(|word| reading.is(word, &["or"]));
    let of_above = if or_else { Factuality::Conditional } else { of_above };
    // `opposes leaving`
    let liked = reading.is(above, &factuality::ATTITUDE)
        && reading.is_verb(below)
        && matches!(reading.dep(below), Dep::Xcomp | Dep::Ccomp);
    let of_above = if liked { Factuality::Possible } else { of_above };
    // `called to say he had been shot`
    let calls = reading.is(above, &["call", "phone"]) && reading.is(below, &speech::SPEECH);
    let of_above = if calls { Factuality::Happened } else { of_above };
    // `told him to leave` asks; `told him that they left` only says so.
    let tells = reading.is(above, &factuality::TELLING_OR_ASKING)
        && reading.is_verb(below)
        && reading.is_finite_clause(below);
    if tells && !reading.is(above, &["hope", "expect"]) { Factuality::Happened } else { of_above }
}

/// Whether the preposition `at` sets the act of its gerund beside that of the verb above: `will ask them before striking`.
pub(crate) fn is_time_of(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Prep
        && reading.is(at, &["before"])
        && reading.child(at, Dep::Pcomp).is_some_and(|act| reading.tag(act) == Tag::Vbg)
}
