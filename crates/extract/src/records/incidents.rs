//! Incidents: violence and disaster, with its toll, its means, and who claims, is blamed for or denies it.

use std::collections::BTreeSet;

use readout_annotate::{Dep, Pos, Tag};
use readout_record::{ActorId, Incident};
use readout_text::ByteSpan;

use crate::acts::Act;
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::clause::setting;

/// An interval of people: at least, at most.
type Toll = Option<(Option<u32>, Option<u32>)>;

/// Nouns that later sentences use for an incident told before.
const AGAIN: &[&str] = &[
    "attack",
    "bombing",
    "blast",
    "explosion",
    "shooting",
    "killing",
    "raid",
    "strike",
    "assault",
    "massacre",
    "violence",
    "incident",
    "downing",
    "murder",
    "kidnapping",
    "crash",
    "disaster",
    "hijacking",
    "ambush",
];
/// Disasters: incidents without a PLOVER type.
const DISASTERS: &[&str] = &[
    "earthquake",
    "quake",
    "flood",
    "flooding",
    "hurricane",
    "cyclone",
    "typhoon",
    "tsunami",
    "avalanche",
    "landslide",
    "wildfire",
    "crash",
    "explosion",
    "blast",
    "storm",
    "fire",
    "blaze",
    "heatwave",
    "stampede",
    "collision",
    "accident",
];
const MEANS: &[&str] = &[
    "bomb",
    "missile",
    "rocket",
    "gun",
    "rifle",
    "knife",
    "grenade",
    "mortar",
    "artillery",
    "drone",
    "warplane",
    "jet",
    "helicopter",
    "mine",
    "shell",
    "shrapnel",
    "tank",
    "airstrike",
    "poison",
    "gas",
    "machete",
    "car",
    "truck",
    "explosive",
    "device",
    "torpedo",
    "kalashnikov",
];
const MODES_OF_DEATH: &[&str] =
    &["kill", "die", "massacre", "murder", "slaughter", "claim", "perish", "execute"];
const INJURE: &[&str] = &["wound", "injure", "hurt", "maim"];

/// The incidents among `acts`, and disasters, each with its predicate, in order.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<(u32, Incident)> {
    let mut found: Vec<(u32, Incident)> = Vec::new();
    for act in acts.iter().filter(|act| act.is_incident(reading)) {
        let span = reading.clause(act.head);
        let mut actor = act.actors(reading);
        actor.extend(at_the_hands_of(reading, act.head));
        actor.dedup();
        let recipient: Vec<ActorId> = act
            .recipient_actors(reading)
            .into_iter()
            .filter(|other| !actor.contains(other) || act.is_within(reading, other))
            .collect();
        let (killed, injured) = tolls(reading, act.head, span);
        let place = setting::place(reading, act.head);
        if actor.is_empty()
            && recipient.is_empty()
            && killed.is_none()
            && injured.is_none()
            && place.is_none()
        {
            continue;
        }
        // `… hit the town, killing nine`: the deaths belong to the incident of the clause above.
        if is_result(reading, act.head)
            && let Some(above) = reading.syntax.head(act.head)
            && let Some((_, earlier)) = found.iter_mut().rev().take(8).find(|(head, _)| *head == above)
        {
            earlier.killed = earlier.killed.or(killed);
            earlier.injured = earlier.injured.or(injured);
            continue;
        }
        // `nine were killed and dozens hurt when rebels attacked a market`: one incident.
        let earlier = found.iter_mut().rev().take(6).find(|(head, it)| {
            is_same_told(reading, *head, act.head)
                && it.factuality == act.factuality
                && !(it.killed.is_some() && killed.is_some())
                && !(it.injured.is_some() && injured.is_some())
                && !(it.place.is_some() && place.is_some() && it.place != place)
                && (it.actor.is_empty() || actor.is_empty() || it.actor == actor)
        });
        if let Some((head, it)) = earlier {
            it.killed = it.killed.or(killed);
            it.injured = it.injured.or(injured);
            it.place = it.place.take().or(place);
            it.means = it.means.take().or_else(|| means(reading, act.head));
            it.time = it.time.take().or_else(|| setting::time(reading, act.head, span));
            it.mode = it.mode.take().or_else(|| act.mode.map(str::to_owned));
            if it.actor.is_empty() {
                it.actor = actor;
                it.actor_spans = act.actor_spans(reading);
            }
            add(&mut it.recipient, recipient);
            it.recipient_spans.extend(act.recipient_spans(reading));
            let whole = reading.clause(*head).cover(span);
            it.evidence = reading.evidence("incident", "", whole, &it.evidence.rule, it.evidence.certainty);
            continue;
        }
        found.push((
            act.head,
            Incident {
                evidence: reading.evidence("incident", "", span, &act.rule, act.certainty),
                code: act.code.to_owned(),
                mode: act.mode.map(str::to_owned),
                actor,
                recipient,
                actor_spans: act.actor_spans(reading),
                recipient_spans: act.recipient_spans(reading),
                killed,
                injured,
                means: means(reading, act.head),
                time: setting::time(reading, act.head, span),
                place,
                factuality: act.factuality,
                reported_by: reading.reported_by(act.head),
                ..Incident::default()
            },
        ));
    }
    disasters(reading, &mut found);
    found.sort_by_key(|(head, _)| *head);
    responsibility(reading, &mut found);
    found
}

/// Whether the acts of `one` and `other` are told as one: victims first, then `when` it happened; or the dead `and` the
/// hurt.
fn is_same_told(reading: &Reading<'_>, one: u32, other: u32) -> bool {
    if reading.syntax.token(one).sentence != reading.syntax.token(other).sentence {
        return false;
    }
    const TOLL: &[&str] = &["kill", "wound", "injure", "hurt", "maim"];
    let mut below = other;
    for above in reading.syntax.ancestors(other).take(4) {
        let joined = match reading.dep(below) {
            Dep::Conj => reading.is(below, TOLL) && reading.is(above, TOLL),
            Dep::Advcl => {
                reading.is(above, TOLL)
                    && reading
                        .children_by(below, &[Dep::Advmod, Dep::Mark])
                        .any(|mark| reading.is(mark, &["when", "as", "after"]))
            }
            _ => false,
        };
        if !joined {
            return false;
        }
        if above == one {
            return true;
        }
        below = above;
    }
    false
}

/// `killing nine` hung on the verb of the incident.
fn is_result(reading: &Reading<'_>, at: u32) -> bool {
    reading.tag(at) == Tag::Vbg && matches!(reading.dep(at), Dep::Advcl | Dep::Xcomp)
}

/// `at the hands of ISIS`, near the act or the verb above it.
fn at_the_hands_of(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let sentence = reading.syntax.sentence_of(at);
    for hands in at..sentence.end.min(at + 30) {
        if reading.is(hands, &["hand"])
            && reading.dep(hands) == Dep::Pobj
            && reading.syntax.head(hands).is_some_and(|prep| reading.is(prep, &["at"]))
        {
            return reading
                .after(hands, &["of"])
                .iter()
                .flat_map(|&head| sides::actors(reading, head))
                .collect();
        }
    }
    Vec::new()
}

/// Returns the words for the means that was used, if the sentence names one.
fn means(reading: &Reading<'_>, at: u32) -> Option<String> {
    let mut heads = reading.after(at, &["with", "by", "using", "in"]);
    heads.extend(reading.doers(at));
    heads.extend(reading.objects(at));
    heads.extend(reading.children_by(at, &[Dep::Compound, Dep::Amod]));
    heads.into_iter().find(|&head| reading.is(head, MEANS)).map(|head| {
        let from = reading
            .children_by(head, &[Dep::Compound, Dep::Amod])
            .filter(|&child| child < head)
            .map(|child| reading.syntax.token(child).left_edge)
            .min()
            .unwrap_or(head);
        reading.syntax.passage(from..head + 1).to_owned()
    })
}

/// The dead and the hurt that the clause `span` of `at` names.
fn tolls(reading: &Reading<'_>, at: u32, span: ByteSpan) -> (Toll, Toll) {
    let (mut killed, mut injured) = (None, None);
    let joined = (reading.dep(at) == Dep::Conj).then(|| reading.syntax.head(at)).flatten();
    let joined = joined.filter(|&verb| reading.is(verb, &["die", "perish"]));
    for verb in reading.syntax.tokens_in(span).take(80).chain(std::iter::once(at)).chain(joined) {
        if !reading.is_verb(verb) {
            continue;
        }
        let people = |verb| -> Vec<u32> {
            if reading.is(verb, &["die", "perish"]) { reading.subjects(verb) } else { reading.objects(verb) }
        };
        let dead = |verb| {
            reading
                .children_by(verb, &[Dep::Oprd, Dep::Acomp, Dep::Advmod, Dep::Ccomp, Dep::Xcomp])
                .any(|child| reading.is(child, &["dead"]))
                || reading.syntax.word(verb + 1) == "dead"
        };
        let kills = reading.is(verb, MODES_OF_DEATH)
            && (!reading.is(verb, &["claim"]) || claims_lives(reading, verb))
            || reading.is(verb, &["shoot", "leave", "beat"]) && dead(verb);
        if kills {
            killed = killed.or_else(|| people(verb).into_iter().find_map(|head| count(reading, head)));
        } else if reading.is(verb, INJURE) {
            injured = injured.or_else(|| people(verb).into_iter().find_map(|head| count(reading, head)));
        }
        if reading.is(verb, &["leave"]) {
            // `left nine dead`
            for clause in reading.children_by(verb, &[Dep::Ccomp, Dep::Xcomp, Dep::Oprd, Dep::Dobj]).take(4) {
                let number = || {
                    reading
                        .subjects(clause)
                        .into_iter()
                        .find_map(|head| count(reading, head))
                        .or_else(|| count(reading, clause))
                };
                if reading.is(clause, &["dead"]) {
                    killed = killed.or_else(number);
                } else if reading.is(clause, INJURE) {
                    injured = injured.or_else(number);
                }
            }
        }
    }
    (killed, injured)
}

fn claims_lives(reading: &Reading<'_>, verb: u32) -> bool {
    reading.objects(verb).iter().any(|&head| reading.is(head, &["life"]))
}

/// Returns the number of people that the phrase of `head` names, as a lower and an upper bound.
pub(crate) fn count(reading: &Reading<'_>, head: u32) -> Toll {
    let number_of = |at: u32| -> Option<u32> {
        let word = reading.syntax.word(at);
        word.replace(',', "").parse().ok().or_else(|| small_number(&word.to_lowercase()))
    };
    if reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["no"])) {
        return Some((Some(0), Some(0)));
    }
    if let Some(number) =
        reading.children_by(head, &[Dep::Nummod]).next().or((reading.tag(head) == Tag::Cd).then_some(head))
    {
        let low = number_of(number)?;
        // `between 10 and 15`, `10 to 15`
        let between = number > 0 && reading.is(number - 1, &["between"]);
        let joined = reading.syntax.word(number + 1).to_lowercase();
        let range = between && joined == "and" || matches!(joined.as_str(), "to" | "-" | "–");
        if range
            && reading.tag(number + 2) == Tag::Cd
            && let Some(high) = number_of(number + 2).filter(|high| *high >= low)
        {
            return Some((Some(low), Some(high)));
        }
        if number > 1
            && range_before(reading, number)
            && let Some(lowest) = number_of(number - 2).filter(|lowest| *lowest <= low)
        {
            return Some((Some(lowest), Some(low)));
        }
        let bound = reading.children(number).iter().chain(reading.children(head)).copied();
        let mut at_least = false;
        let mut at_most = false;
        for child in bound {
            if reading.is(child, &["least"]) || (reading.is(child, &["more", "over"]) && child < number) {
                at_least = true;
            }
            if (reading.is(child, &["most", "few", "less"]) && child < number && !at_least)
                || reading.is(child, &["up"])
            {
                at_most = true;
            }
        }
        return Some(match (at_least, at_most) {
            (true, _) => (Some(low), None),
            (_, true) => (None, Some(low)),
            _ => (Some(low), Some(low)),
        });
    }
    let singular = matches!(reading.tag(head), Tag::Nn)
        && reading.syntax.token(head).pos == Pos::Noun
        && reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["a", "an", "one", "another"]));
    let many = |low: u32| Some((Some(low), None));
    match reading.lemma(head) {
        "dozen" => many(24),
        "score" => many(40),
        "hundred" => many(200),
        "thousand" => many(2000),
        _ if singular => Some((Some(1), Some(1))),
        _ => None,
    }
}

/// Whether a lower number and `to` or `and` are before `number`: `between 10 and 15 people`.
fn range_before(reading: &Reading<'_>, number: u32) -> bool {
    let joined = reading.syntax.word(number - 1).to_lowercase();
    reading.tag(number - 2) == Tag::Cd
        && (matches!(joined.as_str(), "to" | "-" | "–")
            || joined == "and" && number > 2 && reading.is(number - 3, &["between"]))
}

/// The value of a number word up to twenty, and of the round tens.
fn small_number(word: &str) -> Option<u32> {
    const SMALL: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = SMALL.iter().position(|known| *known == word).map(|at| at as u32);
    small.or_else(|| TENS.iter().position(|known| *known == word).map(|at| at as u32 * 10 + 30))
}

/// Explosions, crashes, quakes and the like that are the subject of a clause.
fn disasters(reading: &Reading<'_>, found: &mut Vec<(u32, Incident)>) {
    let told: BTreeSet<u32> = found.iter().map(|(head, _)| *head).collect();
    for at in 0..reading.syntax.len() {
        if !reading.is(at, DISASTERS) || reading.syntax.token(at).pos != Pos::Noun {
            continue;
        }
        // `a series of blasts rocked the town`
        let mut subject = at;
        for _ in 0..3 {
            if reading.dep(subject) == Dep::Pobj
                && let Some(prep) = reading.syntax.head(subject)
                && let Some(measure) = reading.syntax.head(prep)
                && reading.substance(measure) == at
            {
                subject = measure;
            }
        }
        let Some(verb) = reading.syntax.head(subject) else { continue };
        // `nine were killed in an earthquake`
        let within = reading.dep(subject) == Dep::Pobj
            && reading.is(verb, &["in"])
            && reading
                .syntax
                .head(verb)
                .is_some_and(|above| reading.is(above, &["kill", "die", "injure", "hurt"]));
        let verb = if within { reading.syntax.head(verb).unwrap_or(verb) } else { verb };
        let tells = (within || matches!(reading.dep(subject), Dep::Nsubj | Dep::Nsubjpass))
            && reading.is(
                verb,
                &[
                    "rock",
                    "hit",
                    "strike",
                    "kill",
                    "shake",
                    "tear",
                    "rip",
                    "occur",
                    "happen",
                    "injure",
                    "wound",
                    "destroy",
                    "leave",
                    "claim",
                    "devastate",
                    "damage",
                    "shatter",
                    "sweep",
                    "die",
                    "hurt",
                ],
            );
        if !tells || told.contains(&verb) || told.contains(&at) {
            continue;
        }
        let span = reading.clause(verb);
        let (killed, injured) = tolls(reading, verb, span);
        let violent = reading.is(at, &["explosion", "blast"]);
        let place = setting::place(reading, verb).or_else(|| {
            reading
                .objects(verb)
                .into_iter()
                .find(|&head| setting::is_place(reading, head))
                .map(|head| reading.syntax.word(head).to_owned())
        });
        found.push((
            verb,
            Incident {
                evidence: reading.evidence(
                    "incident",
                    "",
                    span,
                    &format!("disaster:{}", reading.lemma(at)),
                    0.7,
                ),
                code: if violent { "ASSAULT".to_owned() } else { String::new() },
                mode: violent.then(|| "explosives".to_owned()),
                killed,
                injured,
                time: setting::time(reading, verb, span),
                place,
                factuality: crate::clause::factuality::of(reading, verb),
                reported_by: reading.reported_by(verb),
                ..Incident::default()
            },
        ));
    }
}

/// Fills in who claims, is blamed for, or denies the incidents: `claimed responsibility for the attack`, `blamed the
/// rebels for the blast`, a group that says that it downed the jet.
fn responsibility(reading: &Reading<'_>, found: &mut [(u32, Incident)]) {
    for (head, incident) in found.iter_mut() {
        if let Some(statement) = reading.statement_of(*head)
            && !statement.speaker.is_empty()
            && statement.speaker.iter().any(|speaker| incident.actor.contains(speaker))
            && !statement.negated
        {
            incident.claimed_by.clone_from(&statement.speaker);
            incident.claimed_in.push(statement.evidence.id.clone());
        }
    }
    for at in 0..reading.syntax.len() {
        if !reading.is_verb(at) {
            continue;
        }
        let claims = reading.is(at, &["claim", "accept", "assume", "admit"])
            && reading.objects(at).iter().any(|&head| reading.is(head, &["responsibility", "blame"]));
        let denies = reading.is(at, &["deny", "reject"])
            && (reading
                .objects(at)
                .iter()
                .any(|&head| reading.is(head, &["responsibility", "involvement", "role", "blame"]))
                || denies_deed(reading, at));
        let blames = reading.is(at, &["blame", "accuse"]);
        if !(claims || denies || blames) {
            continue;
        }
        let Some(incident) = referred(reading, at, denies_deed(reading, at), found) else { continue };
        let statement = reading.reported_by(at);
        let doers: Vec<ActorId> =
            reading.doers(at).iter().flat_map(|&head| sides::actors(reading, head)).collect();
        if claims && reading.child(at, Dep::Neg).is_none() {
            add(&mut incident.claimed_by, doers);
            incident.claimed_in.extend(statement);
        } else if denies {
            add(&mut incident.denied_by, doers);
        } else if blames {
            let mut whom: Vec<ActorId> = Vec::new();
            let mut heads = reading.after(at, &["on"]);
            if heads.is_empty() {
                heads = reading.objects(at);
            }
            for head in heads {
                whom.extend(sides::actors(reading, head));
            }
            add(&mut incident.blamed_on, whom);
            incident.blamed_in.extend(statement);
        }
    }
}

/// `denied that it had attacked the port`
fn denies_deed(reading: &Reading<'_>, at: u32) -> bool {
    const DEEDS: &[&str] = &[
        "attack", "bomb", "shell", "strike", "hit", "kill", "fire", "carry", "shoot", "down", "target",
        "cause",
    ];
    reading.is(at, &["deny"])
        && reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp, Dep::Dobj])
            .any(|clause| reading.is_verb(clause) && reading.is(clause, DEEDS))
}

fn add(list: &mut Vec<ActorId>, more: Vec<ActorId>) {
    for actor in more {
        if !list.contains(&actor) {
            list.push(actor);
        }
    }
}

/// The incident that the complement of the verb `at` speaks of: the nearest one told before (or in the sentence).
fn referred<'f>(
    reading: &Reading<'_>,
    at: u32,
    named: bool,
    found: &'f mut [(u32, Incident)],
) -> Option<&'f mut Incident> {
    let clause = reading.syntax.subtree(at);
    let named = named
        || (clause.start..clause.end.min(clause.start + 80)).any(|token| {
            token > at && reading.syntax.token(token).pos == Pos::Noun && reading.is(token, AGAIN)
        });
    if !named {
        return None;
    }
    let sentence = reading.syntax.token(at).sentence;
    let to = found.partition_point(|(head, _)| reading.syntax.token(*head).sentence <= sentence);
    // The last one told, at most five sentences ago.
    found
        .iter_mut()
        .take(to)
        .next_back()
        .filter(|(head, _)| reading.syntax.token(*head).sentence + 5 >= sentence)
        .map(|(_, incident)| incident)
}
