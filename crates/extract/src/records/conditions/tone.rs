//! Tones of conditions: from who wants what of whom, never from a word anywhere in them.

use readout_record::{Factuality, PloverCode, Tone};
use readout_syntax::{Dep, Pos};

use super::extent::{has_modal, is_negated};
use super::parties::{Parties, is_first_person};
use super::parts::{Bond, Parts};
use crate::acts::Act;
use crate::clause::reading::Reading;
use crate::words::{commitments, conditions as words};

/// The most steps up the tree from an act to the modal of its clause: `may have no choice but to send aid`.
const STEPS_TO_MODAL: usize = 4;
/// The most tokens of a clause in which its speaker may welcome something: `that is something we would welcome`.
const WELCOME: usize = 24;

/// Returns the tone of `parts` as its parties put it.
///
/// A promise is of something good that its own side will do, a threat of something bad. A demand makes an act of its own side
/// depend on one of the other's, or asks for that. All else, and all that nobody of the parties says, is a dependency.
pub(super) fn of(reading: &Reading<'_>, acts: &[Act], parts: &Parts, parties: &Parties) -> Tone {
    match parts.bond {
        Bond::Dependent => return Tone::Dependency,
        Bond::Demanded(_) => return Tone::Demand,
        Bond::Offered(_) => return Tone::Promise,
        Bond::Answered if !is_met_with_harm(reading, parts.consequence_head) => return Tone::Dependency,
        Bond::OrElse | Bond::Answered => {
            // `protesters were told that they must leave or face arrest`
            let told = parties.voice.is_some_and(|verb| reading.is_verb(verb) && reading.is_passive(verb));
            return if parties.speaks || told { Tone::Threat } else { Tone::Dependency };
        }
        Bond::Necessary | Bond::Sufficient => {}
    }
    let core = core(reading, parts.consequence_head);
    // `a threat of force should Chad fail`
    let threat = core.iter().any(|&at| reading.is(at, &words::THREATENING));
    // `warned of consequences`
    let warned = !reading.is_verb(parts.consequence_head)
        && core.iter().any(|&at| reading.is(at, &words::HARM))
        && parties.voice.is_some_and(|verb| reading.is(verb, &words::WARNING));
    let voiced = warned || parties.voice.filter(|&verb| reading.is(verb, &words::THREATENING)).is_some();
    if threat || voiced {
        return Tone::Threat;
    }
    let due = is_due(reading, parts.consequence_head);
    // `he would be offered a seat if he agreed`
    let offered = reading.is(parts.consequence_head, &words::OFFERING)
        && reading.is_verb(parts.consequence_head)
        && reading.is_passive(parts.consequence_head)
        && has_modal(reading, parts.consequence_head);
    if offered && parties.speaks {
        return Tone::Promise;
    }
    // An editorial demands, too.
    if due && !parties.owns_consequence && !parties.by.is_empty() {
        return Tone::Demand;
    }
    if !parties.speaks {
        return Tone::Dependency;
    }
    // `it would face the full force of the alliance`
    let gets = reading.is(parts.consequence_head, &["receive", "get", "see"])
        && reading.objects(parts.consequence_head).iter().any(|&it| reading.is(it, &words::HARM));
    let suffers = (gets || reading.is(parts.consequence_head, &words::FACING))
        && has_modal(reading, parts.consequence_head);
    if suffers && parties.names_consequence && !parties.owns_consequence {
        return Tone::Threat;
    }
    if is_welcomed(reading, parts.consequence_head) {
        return Tone::Promise;
    }
    // `they can cooperate`, said to the other: both will.
    let both = parties.consequence.is_empty()
        && !parties.to.is_empty()
        && reading.is_verb(parts.consequence_head)
        && reading.subjects(parts.consequence_head).iter().any(|&it| reading.is(it, &["they", "both"]));
    let own = both || parties.owns_consequence || !parties.names_consequence && is_of_nobody(reading, parts);
    if parties
        .voice
        .is_some_and(|verb| reading.is(verb, &words::DEMANDING) || reading.is(verb, &words::URGING))
    {
        return Tone::Demand;
    }
    if parts.bond == Bond::Necessary {
        // Who will not do harm unless it is done to him demands nothing.
        let spares =
            is_negated(reading, parts.consequence_head) && is_good(reading, acts, &core) == Some(false);
        // `a deal might not be possible unless they leave` is a forecast.
        let foreseen = core.iter().any(|&at| {
            reading.children_by(at, &[Dep::Aux]).any(|aux| {
                reading.is(aux, &["might"]) || reading.is(aux, &["may"]) && reading.is(at, &["be"])
            })
        });
        let demands = !parties.owns_premise && !spares && !foreseen;
        return if demands { Tone::Demand } else { Tone::Dependency };
    }
    let ahead = core.iter().any(|&at| has_modal(reading, at))
        || reading.is_infinitive(parts.consequence_head)
        || core.iter().any(|&at| reading.is(at, &["ready", "willing", "prepared", "go"]))
        || parties.voice.is_some_and(|verb| reading.is(verb, &words::PROMISING))
        // `then we walk away`
        || parties.owns_consequence && walks_away(reading, parts.consequence_head);
    if !own || !ahead {
        return Tone::Dependency;
    }
    // `happy to host the talks`; `happy as long as they stop` promises nothing.
    let glad = |at: u32| reading.is(at, &["happy", "glad"]) && reading.child(at, Dep::Xcomp).is_some();
    let ready = || core.iter().any(|&at| reading.is(at, &["ready", "willing"]) || glad(at));
    // `have not agreed to cooperate`
    let refused = parties.voice.is_some_and(|verb| is_negated(reading, verb));
    match is_good(reading, acts, &core) {
        None if ready() && !refused && !core.iter().any(|&at| is_negated(reading, at)) => Tone::Promise,
        Some(_) if refused => Tone::Dependency,
        Some(good) => {
            let negated = core.iter().any(|&at| is_negated(reading, at));
            // Who may do something, or has no choice but to, promises nothing.
            let above = reading.ancestors(parts.consequence_head).take(STEPS_TO_MODAL);
            let above = above.take_while(|&up| !reading.is(up, &words::VOICING));
            let only_may = core.iter().copied().chain(above).any(|at| {
                reading.is(at, &words::UNHELD)
                    || reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["may", "might"]))
            });
            match good != negated {
                true if only_may => Tone::Dependency,
                true => Tone::Promise,
                false => Tone::Threat,
            }
        }
        None if !refused && is_undertaken(reading, parts, parties) => Tone::Promise,
        None => Tone::Dependency,
    }
}

/// Whether the consequence is what those who put it undertake to do: `I will pay for it`, `promised two more votes`.
fn is_undertaken(reading: &Reading<'_>, parts: &Parts, parties: &Parties) -> bool {
    let head = parts.consequence_head;
    if parties.voice.is_some_and(|verb| reading.is(verb, &words::PROMISING)) {
        return true;
    }
    let will =
        reading.children_by(head, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "shall", "'ll", "’ll"]));
    let first =
        reading.is_verb(head) && reading.subjects(head).iter().any(|&it| is_first_person(reading, it));
    // Who will be, see or lose something undertakes nothing.
    let does = !reading.is(head, &words::LIGHT)
        && !reading.is(head, &commitments::SUFFERING)
        && !reading.is_passive(head);
    will && first && does && !is_negated(reading, head)
}

/// Whether the verb `at` says that somebody goes away: `we walk away`.
fn walks_away(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &["walk"])
        && reading.children_by(at, &[Dep::Advmod, Dep::Prt]).any(|it| reading.is(it, &["away", "out"]))
}

/// Whether the verb `at` says what somebody must do: `must leave`, `will have to leave`.
fn is_due(reading: &Reading<'_>, at: u32) -> bool {
    let must = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["must", "should", "ought"]));
    let has_to = reading.is(at, &["have", "need"])
        && reading.children_by(at, &[Dep::Xcomp]).any(|act| reading.is_infinitive(act));
    // `may need to adjust`, `would have to fight`: somebody foresees it.
    let foreseen =
        reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["may", "might", "would", "could"]));
    must || has_to && !is_negated(reading, at) && !foreseen
}

/// Whether what an act will be met with is something bad: `will be met with force`, not `with applause`.
fn is_met_with_harm(reading: &Reading<'_>, at: u32) -> bool {
    reading.after(at, &["with", "by"]).iter().any(|&answer| {
        let mut core = vec![answer];
        core.extend(reading.children_by(answer, &[Dep::Amod, Dep::Compound]));
        core.into_iter().any(|word| reading.is(word, &words::HARM) || reading.is(word, &["military"]))
    })
}

/// The words that the consequence is about: its verb, the acts under it, what they are done with.
fn core(reading: &Reading<'_>, head: u32) -> Vec<u32> {
    let mut found = vec![head];
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        if found.len() > 12 {
            break;
        }
        for &child in reading.children(at) {
            let part = match reading.dep(child) {
                Dep::Xcomp | Dep::Acomp | Dep::Oprd | Dep::Attr | Dep::Dobj => true,
                Dep::Ccomp => !reading.is_finite_clause(child),
                Dep::Nsubjpass => true,
                Dep::Nsubj => reading.is(at, &["follow", "come"]) || reading.is(at, &words::LASTING),
                // `go ahead with a strike`, `be in talks`
                Dep::Prep => {
                    let with = reading.is(at, &["go", "proceed", "respond", "continue"])
                        && reading.is(child, &["with"]);
                    if with || reading.is(at, &["be"]) && reading.is(child, &["in"]) {
                        found.extend(reading.children_by(child, &[Dep::Pobj]));
                    }
                    false
                }
                Dep::Conj => reading.is_verb(child) && !reading.is_finite_clause(child),
                Dep::Amod => reading.is_noun(at) && reading.is(child, &["military"]),
                _ => false,
            };
            if part && !found.contains(&child) {
                found.push(child);
            }
        }
    }
    found
}

/// Returns true if the words `core` name something good for the other side, and `None` if they do not tell.
fn is_good(reading: &Reading<'_>, acts: &[Act], core: &[u32]) -> Option<bool> {
    let of_act = |at: u32| {
        let act = acts.get(acts.partition_point(|act| act.head < at)).filter(|act| act.head == at)?;
        let denied = act.factuality == Factuality::Denied && !is_negated(reading, at);
        match act.code {
            // `will not lift the ban` refuses something good.
            PloverCode::Reject if is_negated(reading, at) => Some(true),
            PloverCode::Sanction
            | PloverCode::Assault
            | PloverCode::Coerce
            | PloverCode::Mobilize
            | PloverCode::Threaten
            | PloverCode::Reject
            | PloverCode::Protest => Some(denied),
            PloverCode::Aid
            | PloverCode::Cooperate
            | PloverCode::Support
            | PloverCode::Agree
            | PloverCode::Consult
            | PloverCode::Concede
            | PloverCode::Retreat => Some(!denied),
            _ => None,
        }
    };
    // To stop what is bad is good: `suspend the sanctions`, `put strikes on hold`.
    let harm = |at: u32| reading.is(at, &words::HARM) || of_act(at) == Some(false);
    let stops = |at: u32| {
        reading.is(at, &words::STOPPING)
            || reading.is(at, &["put"])
                && reading.after(at, &["on"]).iter().any(|&it| reading.is(it, &["hold"]))
    };
    if let Some(&stopped) = core.iter().find(|&&at| reading.is_verb(at) && stops(at)) {
        let objects = reading.objects(stopped);
        if objects.iter().any(|&it| harm(it)) {
            return Some(true);
        }
        if objects.iter().any(|&it| reading.is(it, &words::GOOD)) {
            return Some(false);
        }
    }
    // `sanctions will return`: what comes is good or bad, not its coming. `Sanctions will come off`: its going.
    let head = core.first().copied().unwrap_or_default();
    if reading.is(head, &words::COMING) {
        let subjects = reading.subjects(head);
        let goes =
            reading.children_by(head, &[Dep::Prt, Dep::Prep, Dep::Advmod]).any(|it| reading.is(it, &["off"]));
        if goes && subjects.iter().any(|&it| harm(it)) {
            return Some(true);
        }
        if subjects.iter().any(|&it| harm(it)) {
            return Some(false);
        }
        if subjects.iter().any(|&it| reading.is(it, &words::GOOD)) {
            return Some(true);
        }
    }
    // `promised to destroy the city`: what is promised counts.
    let told = core.iter().filter(|&&at| core.len() == 1 || !reading.is(at, &words::PROMISING));
    told.copied().find_map(|at| {
        of_act(at).or_else(|| {
            let military = reading.pos(at) == Pos::Adj && reading.is(at, &["military"]);
            if reading.is(at, &words::HARM) || military || walks_away(reading, at) {
                Some(false)
            } else {
                reading.is(at, &words::GOOD).then_some(true)
            }
        })
    })
}

/// Whether the consequence is an act that nobody is named for: `sanctions will be lifted`, `there will be no talks`.
fn is_of_nobody(reading: &Reading<'_>, parts: &Parts) -> bool {
    let head = parts.consequence_head;
    !reading.is_verb(head)
        || (reading.is_passive(head)
            || reading.is(head, &words::COMING)
            || reading.children_by(head, &[Dep::Expl]).next().is_some()
            || reading.subjects(head).iter().any(|&it| super::extent::is_requisite(reading, it)))
}

/// Returns the tone of what an instrument provides for: a threat if it is bad, else a dependency.
pub(super) fn of_term(reading: &Reading<'_>, acts: &[Act], parts: &Parts) -> Tone {
    let mut core = core(reading, parts.consequence_head);
    core.extend(reading.after(parts.consequence_head, &["for"]));
    match is_good(reading, acts, core.get(1..).unwrap_or_default()) {
        Some(false) if !is_negated(reading, parts.consequence_head) => Tone::Threat,
        _ => Tone::Dependency,
    }
}

/// Whether the consequence only says that the speaker would be glad of the premise: `that is something we welcome`.
fn is_welcomed(reading: &Reading<'_>, head: u32) -> bool {
    let points_back = (reading.is(head, &["be"]) || reading.pos(head) == Pos::Aux)
        && reading.subjects(head).iter().any(|&it| reading.is(it, &["that", "this", "it"]));
    let tokens = reading.syntax.tokens_in(reading.clause(head));
    points_back
        && tokens.take(WELCOME).any(|at| {
            reading.is(at, &["want", "welcome", "appreciate"])
                // `something we welcome`, where the verb is taken for an adjective: the pronoun is right before it.
                && (reading.subjects(at).iter().any(|&it| is_first_person(reading, it))
                    || at > 0 && is_first_person(reading, at - 1))
        })
}
