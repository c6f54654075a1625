//! The state of actors that no word beside them gives a state: `the president`, `protesters in Cairo`, `Baghdad
//! University`.
//!
//! In this order: what the phrase names (`rebels in Chad`), the place of what people do or suffer, whose court or
//! police acts on them, whose government a protest is against, the one state that the sentence speaks of, the one that
//! the report speaks of. The last two hold only of those who hold an office or belong to a state's institutions. Where
//! two states may be meant, none is.

use std::collections::{BTreeMap, BTreeSet};

use readout_annotate::{Chain, MentionForm};
use readout_knowledge::{Sense, WordKind};
use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind, PloverCode, Sector};
use readout_syntax::Dep;

use crate::acts::Act;
use crate::acts::sides;
use crate::clause::reach::MENTIONS;
use crate::clause::reading::Reading;
use crate::words::bodies;

/// The most tokens of a phrase in which a body is looked for.
const PHRASE: usize = 24;
/// The most words of a name in which a state is looked for.
const NAME: usize = 12;

/// Prepositions before the state in which somebody is or to which he belongs, in order.
const BELONGS: &[&[&str]] =
    &[&["of"], &["from"], &["in", "across", "throughout", "near", "at", "inside"], &["to", "by"]];
/// Prepositions before the place of an act.
const PLACES: &[&str] = &["in", "at", "near", "across", "throughout", "outside", "inside", "around"];
/// Sectors of those who hold an office of a state or belong to its institutions.
const OFFICIAL: &[Sector] = &[
    Sector::Government,
    Sector::Legislature,
    Sector::Judiciary,
    Sector::Police,
    Sector::Military,
    Sector::Opposition,
    Sector::Party,
    Sector::Elite,
    Sector::Intelligence,
];
/// A report has a home if it names states or their places at least as often as this …
const ENOUGH: usize = 3;

/// The states of actors that have none by name, by actor.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> BTreeMap<ActorId, String> {
    let spoken = Spoken::new(reading);
    let mut found = BTreeMap::new();
    for chain in &reading.annotations.mentions.chains {
        let [actor] = chain.actors.as_slice() else { continue };
        if is_open(reading, chain, actor)
            && let Some(state) = by_words(reading, chain)
        {
            found.insert(actor.clone(), state);
        }
    }
    for act in acts {
        by_act(reading, act, &mut found);
    }
    for chain in &reading.annotations.mentions.chains {
        let [actor] = chain.actors.as_slice() else { continue };
        if found.contains_key(actor) || !is_open(reading, chain, actor) || !is_official(reading, chain) {
            continue;
        }
        // Those of a body are where the body is.
        if let Some(body) = body_of(reading, chain) {
            let state = body.state.clone().or_else(|| found.get(body.actors.first()?).cloned());
            if let Some(state) = state {
                found.insert(actor.clone(), state);
            }
            continue;
        }
        let heads =
            chain.mentions.iter().filter_map(|&at| reading.annotations.mentions.mentions.get(at as usize));
        let near = heads.clone().take(MENTIONS).find_map(|mention| spoken.only_of(reading, mention.head));
        let of_report = || {
            let alone = heads.clone().all(|mention| mention.form != MentionForm::Name);
            spoken.home.clone().filter(|_| alone)
        };
        if let Some(state) = of_report().or(near) {
            found.insert(actor.clone(), state);
        }
    }
    found
}

/// Whether nothing gives the actor a state, and it may have one.
fn is_open(reading: &Reading<'_>, chain: &Chain, actor: &ActorId) -> bool {
    chain.state.is_none()
        && !chain.place
        && matches!(
            chain.kind,
            ActorKind::Person
                | ActorKind::Unnamed
                | ActorKind::Office
                | ActorKind::Organisation
                | ActorKind::ArmedGroup
        )
        && chain.sector != Some(Sector::BodyOfStates)
        && reading.knowledge.entry(actor).is_none()
}

/// Returns the body that is named in the phrases of `chain`: `UN peacekeepers`, `officials of the Arab League`.
fn body_of<'a>(reading: &Reading<'a>, chain: &Chain) -> Option<&'a Chain> {
    let body = |at: u32| {
        reading
            .chain(at)
            .filter(|chain| matches!(chain.kind, ActorKind::Organisation | ActorKind::ArmedGroup))
    };
    chain.mentions.iter().take(MENTIONS).find_map(|&number| {
        let mention = reading.annotations.mentions.mentions.get(number as usize)?;
        let phrase = reading.syntax.tokens_in(sides::phrase(reading, mention.head));
        phrase.take(PHRASE).filter(|&at| at != mention.head).find_map(body)
    })
}

/// Whether the unknown body `name` is by its name one of citizens: `Association of Jurists`, `World Water Forum`.
pub(crate) fn is_society(name: &str) -> bool {
    name.split_whitespace().any(|word| bodies::SOCIETY.has(word))
}

/// Whether `words` name a body that helps or watches: `a human rights group`.
pub(crate) fn is_charity(words: &str) -> bool {
    let words = words.to_lowercase();
    let Some(noun) = words.split(' ').next_back() else { return false };
    bodies::CHARITY.has(noun)
        || bodies::HELPING_BODY.has(noun) && words.split(' ').any(|word| bodies::HELP.has(word))
}

/// Whether `chain` holds an office or is an institution: `the president`, `Parliament`.
fn is_official(reading: &Reading<'_>, chain: &Chain) -> bool {
    let word = || reading.knowledge.person_word(&chain.name.to_lowercase());
    let sector = chain.sector.or_else(|| word()?.sector);
    sector.is_some_and(|sector| OFFICIAL.contains(&sector))
}

/// The state that the phrases of `chain` name.
fn by_words(reading: &Reading<'_>, chain: &Chain) -> Option<String> {
    chain.mentions.iter().take(MENTIONS).find_map(|&number| {
        let mention = reading.annotations.mentions.mentions.get(number as usize)?;
        // The body that they belong to says where they belong.
        if mention.form == MentionForm::Nominal && body_of(reading, chain).is_some() {
            return None;
        }
        match (mention.form, chain.kind) {
            (MentionForm::Name, ActorKind::Organisation | ActorKind::ArmedGroup) => {
                state_in_name(reading, mention.words.slice(reading.syntax.text()))
                    .or_else(|| state_below(reading, mention.head))
            }
            (MentionForm::Nominal, _) => state_below(reading, mention.head),
            _ => None,
        }
    })
}

/// `Baghdad University`, `Nigerian Bar Association`, `Bank of Ghana`.
fn state_in_name(reading: &Reading<'_>, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().take(NAME).collect();
    let known = |words: &str| {
        let capital = words.starts_with(char::is_uppercase);
        let readings = if capital { reading.knowledge.named(words) } else { Vec::new() };
        readings.into_iter().find_map(|(entry, sense)| {
            let names_state = entry.kind == ActorKind::State
                && matches!(sense, Sense::Itself | Sense::Adjective | Sense::People)
                || sense == Sense::Seat
                || entry.kind == ActorKind::Place;
            names_state.then(|| entry.state.clone()).flatten()
        })
    };
    // What stands after `of` says most.
    let of = words.iter().position(|word| *word == "of").map_or(0, |at| at + 1);
    (of..words.len()).chain(0..of).find_map(|from| {
        (from + 1..=words.len().min(from + 3)).rev().find_map(|to| known(&words.get(from..to)?.join(" ")))
    })
}

/// The state that the phrase of `head` names after it: `rebels in Chad`, `a paper based in Beirut`.
fn state_below(reading: &Reading<'_>, head: u32) -> Option<String> {
    let state = |at: u32| {
        sides::residence(reading, at).or_else(|| reading.chain(at).and_then(|chain| chain.state.clone()))
    };
    // Whose friend or neighbour somebody is says nothing of his own state.
    let kin = reading.knowledge.person_word(&reading.lemma(head).to_lowercase());
    let kin = kin.is_some_and(|word| word.kind == WordKind::Kin);
    let before = reading
        .children_by(head, &[Dep::Poss, Dep::Amod, Dep::Compound, Dep::Nmod])
        .filter(|&child| !kin || reading.dep(child) != Dep::Poss)
        .find_map(|child| {
            state(child).or_else(|| {
                reading.below(child, &["of"], 2, &|at| state(at).is_some()).first().copied().and_then(state)
            })
        });
    let after = || {
        BELONGS.iter().find_map(|names| {
            let named = |at: u32| {
                state(at).is_some()
                    || reading
                        .children_by(at, &[Dep::Poss, Dep::Amod, Dep::Compound])
                        .any(|child| state(child).is_some())
            };
            let of = |at: u32| {
                state(at).or_else(|| {
                    reading.children_by(at, &[Dep::Poss, Dep::Amod, Dep::Compound]).find_map(state)
                })
            };
            let here = std::iter::once(head)
                .chain(reading.children_by(head, &[Dep::Acl, Dep::Amod]).filter(|&child| child > head));
            let fled = reading.children_by(head, &[Dep::Acl]).flat_map(|clause| reading.objects(clause));
            here.chain(fled)
                .flat_map(|at| reading.after(at, names))
                .flat_map(|at| std::iter::once(at).chain(reading.after(at, &["of", "in"])))
                .filter(|&at| named(at))
                .find_map(of)
        })
    };
    before.or_else(after)
}

/// Gives the sides of `act` the state of its place, or of the government that a protest is against.
fn by_act(reading: &Reading<'_>, act: &Act, found: &mut BTreeMap<ActorId, String>) {
    let mut place: Option<Option<String>> = None;
    let sides =
        act.doers.iter().map(|&head| (head, true)).chain(act.recipients.iter().map(|&head| (head, false)));
    for (head, does) in sides {
        let measure = head;
        let head = reading.substance(head);
        let Some(chain) = reading.chain(head) else { continue };
        let [actor] = chain.actors.as_slice() else { continue };
        if found.contains_key(actor) || !is_open(reading, chain, actor) {
            continue;
        }
        // `hundreds of students throughout Chad`: the place may hang on the number.
        if measure != head
            && let Some(state) = state_below(reading, measure)
        {
            found.insert(actor.clone(), state);
            continue;
        }
        // Courts and police act on people of their own state.
        let lawful = matches!(
            act.code,
            PloverCode::Request | PloverCode::Coerce | PloverCode::Accuse | PloverCode::Sanction
        ) && chain.kind == ActorKind::Person;
        if !does && lawful {
            let court = act.doers.iter().find_map(|&doer| {
                let doer = reading.chain(reading.substance(doer))?;
                let of_law = matches!(doer.sector, Some(Sector::Judiciary | Sector::Police));
                doer.state.clone().filter(|_| of_law)
            });
            if let Some(state) = court {
                found.insert(actor.clone(), state);
                continue;
            }
        }
        let of_state = matches!(chain.sector, Some(Sector::Government | Sector::Military));
        let rules_there = act.code == PloverCode::Coerce
            && matches!(act.mode, Some("curfew" | "martial-law" | "censor" | "arrest"));
        // Soldiers and statesmen act in other people's countries.
        let unnamed = matches!(chain.kind, ActorKind::Unnamed);
        let at_home = unnamed && !of_state
            || !does && act.code == PloverCode::Coerce && chain.kind == ActorKind::Organisation
            || rules_there
            || !does && unnamed && !of_state;
        if !at_home
            || !matches!(
                act.code,
                PloverCode::Protest
                    | PloverCode::Coerce
                    | PloverCode::Assault
                    | PloverCode::Retreat
                    | PloverCode::Aid
                    | PloverCode::Request
                    | PloverCode::Agree
            )
        {
            continue;
        }
        let here = place.get_or_insert_with(|| place_of(reading, act)).clone();
        let government = || {
            let whose = |head: u32| {
                let owners = reading.children_by(head, &[Dep::Poss]);
                std::iter::once(head).chain(owners).chain(reading.after(head, &["of"])).collect::<Vec<_>>()
            };
            let against =
                act.recipients.iter().flat_map(|&head| whose(reading.substance(head))).find_map(|head| {
                    let chain = reading.chain(head)?;
                    let governs =
                        chain.sector == Some(Sector::Government) && chain.kind != ActorKind::Organisation;
                    chain.state.clone().filter(|_| governs)
                });
            against.filter(|_| act.code == PloverCode::Protest && does)
        };
        if let Some(state) = here.or_else(government) {
            found.insert(actor.clone(), state);
        }
    }
}

/// The state where `act` takes place.
fn place_of(reading: &Reading<'_>, act: &Act) -> Option<String> {
    let state = |at: u32| {
        reading
            .chain(at)
            .filter(|chain| chain.place || chain.kind == ActorKind::State)
            .and_then(|chain| chain.state.clone())
    };
    let fits = |at: u32| state(at).is_some() && !reading.is_person(at);
    let anchors = std::iter::once(act.head).chain(act.content.map(|(head, _)| head));
    let near = anchors
        .chain(reading.children_by(act.head, &[Dep::Advcl]))
        .find_map(|at| reading.below(at, PLACES, 5, &fits).first().copied());
    // What is acted on may itself be a place or stand in one: `blocked streets in Lima`.
    near.or_else(|| act.recipients.iter().copied().find(|&at| fits(at))).and_then(state)
}

/// The states that the report speaks of.
struct Spoken {
    /// States by number of the sentence, without those that are named in the phrase of a person.
    of_sentence: BTreeMap<u32, BTreeSet<String>>,
    /// The state that the whole report is about.
    home: Option<String>,
}

impl Spoken {
    fn new(reading: &Reading<'_>) -> Self {
        let mentions = &reading.annotations.mentions;
        let mut of_sentence: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        // Outer mentions come first, so one look back at where the last person's phrase ends is enough.
        let mut person = 0;
        for mention in &mentions.mentions {
            let Some(chain) = mentions.chains.get(mention.chain as usize) else { continue };
            if chain.kind == ActorKind::Person {
                person = person.max(mention.span.end);
            }
            let Some(state) = chain.state.as_deref() else { continue };
            *counts.entry(state).or_default() += 1;
            if chain.kind != ActorKind::Person && mention.span.start >= person {
                let sentence = reading.syntax.token(mention.head).sentence;
                of_sentence.entry(sentence).or_default().insert(state.to_owned());
            }
        }
        let all: usize = counts.values().sum();
        let most = counts.iter().max_by_key(|(state, count)| (**count, std::cmp::Reverse(**state)));
        let home = most
            .filter(|(_, count)| **count >= ENOUGH && **count * 4 >= all * 3)
            .map(|(state, _)| (*state).to_owned());
        Self { of_sentence, home }
    }

    /// The one state of the sentence of `head`.
    fn only_of(&self, reading: &Reading<'_>, head: u32) -> Option<String> {
        let states = self.of_sentence.get(&reading.syntax.token(head).sentence)?;
        states.first().filter(|_| states.len() == 1).cloned()
    }
}
