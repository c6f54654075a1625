//! What speech says of others and of what they did: `Iran is responsible`, `Moscow was behind the raid`, `the raid was a crime`.

use readout_lexicon::rule;
use readout_record::{ActorId, Factuality, PloverCode};
use readout_syntax::{Dep, Pos};

use super::act::{Act, add_all};
use super::frame::{at_place, doers_of_noun, rule_of_noun};
use super::instruments::is_instrument;
use super::lexicon::{Lexicon, Sense};
use crate::clause::presupposition::is_definite;
use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;
use crate::clause::{factuality, premises};
use crate::words::{conditions, speech};

/// Returns the accusation that speech makes of guilt: `Iran is responsible`, `was to blame`, `was behind the raid`, `had lied`,
/// said by somebody else.
pub(super) fn of_blame(reading: &Reading<'_>, at: u32) -> Option<Act> {
    let guilty = is_misdeed(reading, at)
        || reading.is(at, &["be"])
            && (reading.children_by(at, &[Dep::Acomp, Dep::Xcomp, Dep::Attr]).any(|word| {
                reading.is(word, &speech::GUILTY) && (!reading.is_verb(word) || reading.is_infinitive(word))
            }) || reading.after(at, &["behind"]).iter().any(|&deed| is_deed(reading, deed)));
    let saying = if guilty { told(reading, at)? } else { return None };
    let accused = accused_of(reading, at);
    let own = actors_at(reading, &accused);
    if own.is_empty() || saying.is_by(&own) {
        return None;
    }
    Some(Act {
        mode: Some("allege"),
        cameo: Some("112"),
        recipients: accused,
        rule: rule!("speech").for_word("blame"),
        ..said(at, PloverCode::Accuse, saying)
    })
}

/// Returns the praise or blame that speech gives to what somebody did: `the raid was a crime`, `the vote is illegitimate`,
/// said by somebody else. Of a proposal or an agreement it is support or refusal.
pub(super) fn of_deed(reading: &Reading<'_>, at: u32) -> Option<Act> {
    if !reading.is(at, &["be", "represent", "constitute", "mark"]) {
        return None;
    }
    let complements = [Dep::Acomp, Dep::Attr, Dep::Dobj];
    let praises = reading.children_by(at, &complements).find_map(|word| praise(reading, word))?;
    // `it was a clear violation by Chad`: the complement itself says whose it was.
    let pointing = reading.subjects(at).iter().any(|&it| reading.is(it, &["it", "this", "that"]));
    let whose = reading
        .children_by(at, &complements)
        .find(|&word| pointing && reading.is_noun(word) && !at_place(reading, word, "by").is_empty());
    let deed = reading.subjects(at).into_iter().find(|&deed| is_judged(reading, deed)).or(whose)?;
    let saying = told(reading, at)?;
    let doers = doers_of_noun(reading, deed);
    if saying.is_by(&actors_at(reading, &doers)) {
        return None;
    }
    let offered = is_instrument(reading, deed) || Lexicon::shipped().is_in("proposal", reading.lemma(deed));
    let asserted = Lexicon::shipped().is_in("assertion_word", reading.lemma(deed));
    let (code, mode, cameo) = match (praises, offered || asserted) {
        (true, _) if asserted => return None,
        (true, _) => (PloverCode::Support, None, "051"),
        (false, true) => (PloverCode::Reject, None, "120"),
        (false, false) => (PloverCode::Accuse, Some("disapprove"), "111"),
    };
    Some(Act {
        mode,
        cameo: Some(cameo),
        recipients: doers,
        rule: rule!("speech").for_word(if praises { "praise" } else { "judge" }),
        ..said(at, code, saying)
    })
}

/// Returns the support of somebody whose right to fight back others declare: `Chad has the right to defend itself`, said by
/// somebody else.
pub(super) fn of_right(reading: &Reading<'_>, at: u32) -> Option<Act> {
    let right = reading.children_by(at, &[Dep::Dobj]).find(|&word| reading.is(word, &["right"]))?;
    let to_fight_back = reading.is(at, &["have"])
        && reading.children_by(right, &[Dep::Acl]).any(|act| {
            reading.is_infinitive(act) && reading.is(act, &["defend", "protect", "respond", "retaliate"])
        });
    let saying = if to_fight_back { told(reading, at)? } else { return None };
    let defended = reading.subjects(at);
    let own = actors_at(reading, &defended);
    if own.is_empty() || saying.is_by(&own) {
        return None;
    }
    Some(Act {
        cameo: Some("051"),
        recipients: defended,
        rule: rule!("speech").for_word("right"),
        ..said(at, PloverCode::Support, saying)
    })
}

/// Returns the accusation of somebody whom a deed angers: `was outraged by Chad's raid`, `the raid angered Norway`.
pub(super) fn of_anger(reading: &Reading<'_>, at: u32) -> Option<Act> {
    if !Lexicon::shipped().is_in("outrage_word", &reading.lemma(at).to_lowercase())
        || factuality::of(reading, at) != Factuality::Happened
    {
        return None;
    }
    let (angry, causes) = match reading.is_passive(at) {
        true => (reading.subjects(at), reading.after(at, &["by", "at", "over"])),
        false => (reading.objects(at), reading.subjects(at)),
    };
    let doers = who_did(reading, causes);
    let (by, whom) = (actors_at(reading, &angry), actors_at(reading, &doers));
    if by.is_empty() || whom.is_empty() || whom.iter().any(|actor| by.contains(actor)) {
        return None;
    }
    Some(Act {
        mode: Some("disapprove"),
        cameo: Some("111"),
        recipients: doers,
        rule: rule!("speech").for_word("anger"),
        ..said(at, PloverCode::Accuse, Saying { heads: angry, speakers: Vec::new(), actors: by })
    })
}

/// Returns `heads` with those who did it for each noun of a harmful deed: whoever condemns a raid does not condemn those upon
/// whom it was.
pub(super) fn who_did(reading: &Reading<'_>, heads: Vec<u32>) -> Vec<u32> {
    heads.into_iter().flat_map(|head| doers_of_harm(reading, head).unwrap_or_else(|| vec![head])).collect()
}

/// Returns the heads of those who did the harmful deed that the noun `at` names by a rule of the lexicon; `None` if it names
/// somebody, or no such deed.
pub(super) fn doers_of_harm(reading: &Reading<'_>, at: u32) -> Option<Vec<u32>> {
    if !reading.named(at).is_empty() {
        return None;
    }
    let (_, rule) = rule_of_noun(reading, at)?;
    let is_harm = matches!(
        rule.sense,
        Sense::Act(
            PloverCode::Assault
                | PloverCode::Coerce
                | PloverCode::Mobilize
                | PloverCode::Protest
                | PloverCode::Sanction
        )
    );
    // `the American raid`, but not `the Berg killing`
    let before = rule.recipient.iter().all(|place| place.name != "adj").then_some("adj");
    let places = rule.actor.iter().map(|place| place.name).chain(before);
    is_harm.then(|| {
        places.map(|place| at_place(reading, at, place)).find(|it| !it.is_empty()).unwrap_or_default()
    })
}

/// Returns the heads of those to whom a participle beside the noun `at` puts its deed: `an attack blamed on Chad`, `claimed
/// by Chad`.
pub(super) fn held_responsible(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let found = reading.children_by(at, &[Dep::Acl]).find_map(|word| {
        let prep = match reading.lemma(word) {
            "attribute" | "ascribe" => "to",
            "blame" | "pin" => "on",
            "claim" | "commit" | "launch" | "orchestrate" | "perpetrate" => "by",
            _ => return None,
        };
        Some(reading.after(word, &[prep]))
    });
    found.unwrap_or_default()
}

/// Those who say something.
struct Saying {
    /// The heads of the words for them in the clause above.
    heads: Vec<u32>,
    /// The speakers of the statement around it, where no clause above names any.
    speakers: Vec<ActorId>,
    /// The actors of both.
    actors: Vec<ActorId>,
}

impl Saying {
    /// Whether one of `others` is among those who say it.
    fn is_by(&self, others: &[ActorId]) -> bool {
        others.iter().any(|actor| self.actors.contains(actor))
    }
}

/// Returns the actors that the words headed by `heads` name.
fn actors_at(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found = Vec::new();
    add_all(reading, heads, &mut found);
    found
}

/// Returns an act of those who say something that their words are.
fn said(at: u32, code: PloverCode, saying: Saying) -> Act {
    Act {
        doers: saying.heads,
        speakers: saying.speakers,
        operator: Some("speech"),
        factuality: Factuality::Happened,
        certainty: 0.6,
        ..Act::new(at, code)
    }
}

/// Returns who says the clause of `at`, if it says that something is so and somebody is known to say it.
fn told(reading: &Reading<'_>, at: u32) -> Option<Saying> {
    let is_said = reading.child(at, Dep::Neg).is_none()
        && !is_not_held(reading, at)
        && !reading.is_asked(at)
        && !premises::is_open(reading, at)
        && reading
            .statement_of(at)
            .is_none_or(|statement| !statement.negated && statement.act.as_deref() != Some("deny"))
        && factuality::of(reading, at) == Factuality::Happened;
    let (heads, speakers) = if is_said { sayer(reading, at) } else { return None };
    let mut actors = speakers.clone();
    add_all(reading, &heads, &mut actors);
    (!actors.is_empty()).then_some(Saying { heads, speakers, actors })
}

/// Whether a verb above `at` says that something is not so, or that nobody holds it to be: `did not hold Chad responsible for
/// lying`, `do not believe that Chad lied`.
fn is_not_held(reading: &Reading<'_>, at: u32) -> bool {
    let mut below = at;
    for above in reading.syntax.ancestors(at).take(STEPS_TO_VERB) {
        let inside = [Dep::Ccomp, Dep::Xcomp, Dep::Pcomp, Dep::Prep, Dep::Acomp, Dep::Oprd, Dep::Attr];
        if !inside.contains(&reading.dep(below)) {
            return false;
        }
        if reading.child(above, Dep::Neg).is_some() && !reading.is(above, &speech::DENYING) {
            return true;
        }
        below = above;
    }
    false
}

/// Returns the heads of those who are said to be guilty by the verb `at`.
fn accused_of(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let accused = reading.subjects(at);
    // `appears to be behind it`
    let above = reading.head(at).filter(|&above| reading.is(above, &["appear", "seem"]));
    if accused.is_empty() { above.map(|above| reading.subjects(above)).unwrap_or_default() } else { accused }
}

/// Whether the verb `at` is one for what nobody should do: `lied`, `meddled`, `failed to pay`.
fn is_misdeed(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let word = reading.lemma(at).to_lowercase();
    !reading.is_passive(at)
        && (lexicon.is_in("misdeed_word", &word)
            || lexicon.is_in("failing_word", &word) && reading.child(at, Dep::Xcomp).is_some())
}

/// Whether the noun `at` is one for what somebody does.
fn is_deed(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let word = reading.lemma(at).to_lowercase();
    reading.pos(at) == Pos::Noun && (lexicon.is_in("action_word", &word) || lexicon.names_act(&word))
}

/// Whether the noun `at` is a certain deed, proposal or agreement, which a speaker may praise or blame.
fn is_judged(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let offered = || lexicon.is_in("proposal", reading.lemma(at)) || is_instrument(reading, at);
    // `Chad's claim is false`
    let asserted =
        || lexicon.is_in("assertion_word", reading.lemma(at)) && !doers_of_noun(reading, at).is_empty();
    is_definite(reading, at) && (is_deed(reading, at) || offered() || asserted())
}

/// Whether the complement `at` praises (true) or blames (false): `unacceptable`, `a crime`, `a positive step`.
fn praise(reading: &Reading<'_>, at: u32) -> Option<bool> {
    let lexicon = Lexicon::shipped();
    let of_word = |at: u32| {
        let word = reading.lemma(at).to_lowercase();
        let blames = lexicon.is_in("blame_word", &word) || lexicon.is_in("untrue_word", &word);
        match (blames, lexicon.is_in("approval_word", &word)) {
            (true, _) => Some(false),
            (_, true) => Some(true),
            _ => None,
        }
    };
    let step = || reading.is(at, &conditions::STEP);
    of_word(at).or_else(|| {
        let before = reading.children_by(at, &[Dep::Amod, Dep::Compound]).filter(|_| step());
        before.into_iter().find_map(of_word)
    })
}

/// Returns who says the clause of `at`: the subject of the verb of saying above it, or else the speaker of its
/// statement.
pub(super) fn sayer(reading: &Reading<'_>, at: u32) -> (Vec<u32>, Vec<ActorId>) {
    let mut below = at;
    for above in reading.syntax.ancestors(at).take(STEPS_TO_VERB) {
        if reading.is(above, &speech::SPEECH) && reading.dep(below) == Dep::Ccomp {
            return (reading.subjects(above), Vec::new());
        }
        if !matches!(reading.dep(below), Dep::Ccomp | Dep::Conj | Dep::Acomp | Dep::Xcomp) {
            break;
        }
        below = above;
    }
    let statement = reading.statement_of(at);
    (Vec::new(), statement.map(|statement| statement.speaker.clone()).unwrap_or_default())
}
