//! The actors behind a phrase: the mention at its head, or else whose it is.

use std::collections::BTreeMap;

use readout_annotate::MentionForm;
use readout_knowledge::{Knowledge, Sense};
use readout_record::{ActorId, ActorKind, Mode};
use readout_syntax::{Dep, Tag};
use readout_text::ByteSpan;

use super::lexicon::Lexicon;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::bodies;

/// Dependents before a noun that say whose it is.
const BEFORE: &[Dep] = &[Dep::Poss, Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Npadvmod, Dep::Appos];

/// The actors behind the phrase headed by `head`: itself, or else whose it is (`Russian airliner`: Russia).
pub(crate) fn actors(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    let mut found = Vec::new();
    add_actors(reading, head, &mut found, 3, false);
    found
}

/// As [`actors`], but a seat of government that acts stands for its state: `Washington demanded`.
pub(crate) fn agents(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    // `the siege of Aleppo killed hundreds`: who besieged it did, not the town.
    let event =
        reading.named(head).is_empty() && Lexicon::shipped().names_act(&reading.lemma(head).to_lowercase());
    let found = if event {
        let mut whose = reading.after(head, &["by"]);
        whose.extend(reading.children_by(head, BEFORE).filter(|&word| !is_place_before(reading, word)));
        let mut found: Vec<ActorId> = Vec::new();
        add_once(&mut found, whose.into_iter().flat_map(|owner| actors(reading, owner)));
        found
    } else {
        actors(reading, head)
    };
    match reading.chain(head).and_then(|chain| chain.state.as_ref()) {
        Some(state) if found.is_empty() && is_seat(reading, head) => vec![ActorId::state(state)],
        _ => found,
    }
}

/// Whether `head` is a pronoun in quoted words that was taken for whoever speaks them: nobody calls himself `him`.
pub(super) fn is_taken_for_speaker(reading: &Reading<'_>, head: u32) -> bool {
    let third = reading.is(head, &["he", "she", "him", "her", "his", "they", "them", "their"]);
    third
        && reading.statement_of(head).is_some_and(|statement| {
            statement.mode == Mode::Direct
                && reading.named(head).iter().any(|actor| statement.speaker.contains(actor))
        })
}

/// Returns the noun that the relative clause of the verb `at` is about, where the parser gives the place behind that noun as its
/// subject, `head`: the attacks in `attacks in Libya that killed four`. Any other `head` is returned unchanged.
pub(super) fn beside_place(reading: &Reading<'_>, at: u32, head: u32) -> u32 {
    let place = reading.dep(at) == Dep::Relcl
        && reading.head(at) == Some(head)
        && !reading.is_passive(at)
        && reading.dep(head) == Dep::Pobj
        && reading.chain(head).is_some_and(|chain| chain.place || chain.kind == ActorKind::State);
    let prep =
        reading.head(head).filter(|&prep| place && reading.is(prep, &["in", "at", "near", "on", "outside"]));
    let noun = prep.and_then(|prep| reading.head(prep)).filter(|&noun| reading.is_noun(noun));
    // `attacks on two outposts in Libya that killed`: the deed above both.
    let deed = |noun: u32| Lexicon::shipped().names_act(&reading.lemma(noun).to_lowercase());
    match noun {
        Some(noun) if deed(noun) => noun,
        Some(noun) => {
            let above = reading.head(noun).and_then(|prep| reading.head(prep)).filter(|&above| deed(above));
            above.unwrap_or(noun)
        }
        None => head,
    }
}

/// Whether `at` is the name of a state or of something else as the place of a deed, before its noun: `the Libya attack`. States without an adjective
/// of their own, as `U.S.`, are who does it.
///
/// A noun before another says where or of what it is, an adjective of a people whose: Levi, *The Syntax and Semantics of Complex
/// Nominals* (1978).
pub(super) fn is_place_before(reading: &Reading<'_>, at: u32) -> bool {
    let name = reading.syntax.word(at);
    let before = matches!(reading.dep(at), Dep::Compound | Dep::Nmod) && reading.tag(at).is_proper();
    let Some(chain) = reading.chain(at).filter(|_| before) else { return false };
    let known = |name: &str| reading.knowledge.named(name);
    match chain.kind {
        ActorKind::State => {
            name.chars().any(char::is_lowercase)
                && known(name).iter().any(|(_, sense)| *sense == Sense::Itself)
        }
        // `the City Run bombing`: a body that nobody knows as one is what was hit. `U.S. Predator attacks` have whose they are.
        ActorKind::Organisation => reading.mention(at).is_some_and(|mention| {
            let words = mention.words.slice(reading.syntax.text());
            known(words).is_empty() && words.split(' ').all(|word| known(word).is_empty())
        }),
        _ => false,
    }
}

/// Whether the phrase of `head` names a seat of government, as `Washington`, `the Kremlin`.
pub(crate) fn is_seat(reading: &Reading<'_>, head: u32) -> bool {
    reading
        .mention(head)
        .is_some_and(|mention| names_seat(reading.knowledge, mention.words.slice(reading.syntax.text())))
}

/// Whether `name` is one of a seat of government: `Moscow`, `the Kremlin`.
pub(crate) fn names_seat(knowledge: &Knowledge, name: &str) -> bool {
    knowledge.named(name).iter().any(|(_, sense)| *sense == Sense::Seat)
}

/// As [`actors`], but what is done to a town is done to its state.
pub(crate) fn patients(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    let mut found = Vec::new();
    add_actors(reading, head, &mut found, 3, true);
    found
}

/// The words that name or describe who `head` is: with what stands before it, without phrases and clauses after.
pub(crate) fn phrase(reading: &Reading<'_>, head: u32) -> ByteSpan {
    let first = reading
        .children(head)
        .iter()
        .copied()
        .filter(|&child| child < head && !matches!(reading.dep(child), Dep::Preconj | Dep::Punct | Dep::Cc))
        .map(|child| reading.syntax.token(child).left_edge)
        .min()
        .unwrap_or(head);
    // `KYIV - Russian missiles`: a dateline is no part of it.
    let first = (first..head)
        .rev()
        .find(|&at| matches!(reading.syntax.word(at), "-" | "–" | "—" | ":") && reading.tag(at) != Tag::Hyph)
        .map_or(first, |dash| dash + 1);
    // `inspectors of the agency`: whose they are is a part of who they are.
    let of = reading
        .children_by(head, &[Dep::Prep])
        .find(|&prep| prep == head + 1 && reading.is(prep, &["of"]))
        .and_then(|prep| reading.child(prep, Dep::Pobj))
        .filter(|&object| !reading.named(object).is_empty() && object < head + 12);
    let phrase = reading.trimmed(first..of.unwrap_or(head) + 1);
    reading.mention(head).map_or(phrase, |mention| phrase.cover(mention.words))
}

/// Whether the phrase headed by `head` is of a people by descent, `ethnic Greeks in Albania`: they stand neither for
/// the state of their name nor for the one where they live.
fn is_of_descent(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Amod]).any(|child| reading.is(child, &["ethnic"]))
        && reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::State)
}

/// Whether the plural `head` names people of a state who do together what no state does: `Chadians marched`.
fn is_crowd(reading: &Reading<'_>, head: u32) -> bool {
    reading.tag(head) == Tag::Nnps
        && reading.dep(head) == Dep::Nsubj
        && reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::State)
        && reading.head(head).is_some_and(|verb| reading.is(verb, &bodies::CROWD))
        // `the Netherlands voted`
        && reading.knowledge.named(reading.syntax.word(head)).iter().all(|(_, sense)| *sense != Sense::Itself)
}

/// Makes people of descent, and those who march or flee, actors of their own, with the state where they live, and gives their
/// mentions; `known` are the mentions of the document so far.
pub(crate) fn name_people_of_descent(
    reading: &mut Reading<'_>,
    known: &[readout_record::Mention],
) -> Vec<readout_record::Mention> {
    let prefix = format!("unnamed:{}:", reading.document.id.trim_start_matches("doc:"));
    let number = |mention: &readout_record::Mention| mention.actor.strip_prefix(&prefix)?.parse::<u32>().ok();
    let mut last = known.iter().filter_map(number).max().unwrap_or(0);
    let mut actors: BTreeMap<String, ActorId> = BTreeMap::new();
    let mut mentions = Vec::new();
    for head in 0..reading.syntax.len() {
        let is_crowd = is_crowd(reading, head) && !is_of_descent(reading, head);
        if reading.tag(head) != Tag::Nnps || !is_of_descent(reading, head) && !is_crowd {
            continue;
        }
        let first = reading.children_by(head, &[Dep::Amod]).find(|&word| reading.is(word, &["ethnic"]));
        let span = reading.trimmed(first.filter(|&first| first < head).unwrap_or(head)..head + 1);
        let words = span.slice(reading.syntax.text());
        let actor = actors.entry(words.to_lowercase()).or_insert_with(|| {
            last += 1;
            format!("{prefix}{last}").into()
        });
        mentions.push(readout_record::Mention {
            doc: reading.document.id.clone(),
            span: reading.offsets.to_chars(span),
            text: words.to_owned(),
            actor: actor.clone(),
            name: words.to_owned(),
            actor_kind: ActorKind::Unnamed,
            named: false,
            state: if is_crowd {
                reading.chain(head).and_then(|chain| chain.state.clone())
            } else {
                residence(reading, head)
            },
            sector: None,
            role: None,
        });
        let actor = actor.clone();
        reading.of_descent.insert(head, actor);
    }
    mentions
}

/// The state whose people live where the report says: `Bosnian Croats`, `Greeks in Albania`.
pub(crate) fn residence(reading: &Reading<'_>, head: u32) -> Option<String> {
    // `their forces`: as those for whom the pronoun stands.
    let mention = reading.mention(head)?;
    if mention.form == MentionForm::Pronoun {
        let mentions = &reading.annotations.mentions;
        let chain = mentions.chains.get(mention.chain as usize)?;
        let known = |number: &u32| mentions.mentions.get(*number as usize);
        let before = chain
            .mentions
            .iter()
            .rev()
            .filter_map(known)
            .find(|other| other.form == MentionForm::Name && other.head < head)?;
        return residence(reading, before.head);
    }
    let people = reading.tag(head) == Tag::Nnps
        && reading.mention(head).is_some_and(|mention| {
            mention.form == MentionForm::Name && mention.words.start == reading.syntax.token(head).span.start
        })
        && reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::State);
    if !people {
        return None;
    }
    let own = reading.chain(head).and_then(|chain| chain.state.as_ref());
    let state_of = |at: u32| reading.chain(at).and_then(|chain| chain.state.clone());
    let before = reading
        .children_by(head, &[Dep::Amod, Dep::Compound, Dep::Nmod])
        .filter(|&child| !reading.is(child, &["ethnic"]))
        .find_map(state_of);
    let places = ["in", "of", "from", "across", "throughout"];
    let beside = |at: u32| reading.after(at, &places).into_iter().find_map(state_of);
    let ethnic = reading.children_by(head, &[Dep::Amod]).any(|child| reading.is(child, &["ethnic"]));
    let above = || reading.syntax.head(head).filter(|&verb| ethnic && reading.is_verb(verb)).and_then(beside);
    before.or_else(|| beside(head)).or_else(above).filter(|state| Some(state) != own)
}

/// Whether the name at `at` only says whose friend a body is: `the Mali-backed group`.
fn is_bonded(reading: &Reading<'_>, at: u32) -> bool {
    let words = reading.mention(at).map(|mention| mention.words);
    let last = words.and_then(|words| reading.syntax.tokens_in(words).last()).unwrap_or(at);
    reading.tag(last + 1) == Tag::Hyph && reading.is(last + 2, &bodies::BOND)
}

/// A body that stands before a word for bodies: `the Polisario movement`, `the UNITA wing`.
fn body_before(reading: &Reading<'_>, head: u32) -> Option<u32> {
    if !reading.is(head, &bodies::BODY) {
        return None;
    }
    reading.children_by(head, &[Dep::Compound, Dep::Nmod, Dep::Appos]).find(|&child| {
        !is_bonded(reading, child)
            && reading.mention(child).is_some_and(|mention| mention.form == MentionForm::Name)
            && reading
                .chain(child)
                .is_some_and(|chain| matches!(chain.kind, ActorKind::Organisation | ActorKind::ArmedGroup))
    })
}

/// Returns the actors whose names stand in apposition to the noun `head`: one person or body, or the list for which a
/// plural stands.
fn apposed_names(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    let plural = reading.tag(head) == Tag::Nns;
    let fits = |&name: &u32| {
        reading.mention(name).is_some_and(|mention| mention.form == MentionForm::Name)
            && reading.chain(name).is_some_and(|chain| match chain.kind {
                ActorKind::Person => true,
                ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup => plural && !chain.place,
                _ => false,
            })
    };
    let apposed = reading.children_by(head, &[Dep::Appos]).find(fits);
    let names = match apposed {
        Some(name) if plural => reading.list(name),
        name => name.into_iter().collect(),
    };
    names.into_iter().filter(fits).flat_map(|name| reading.named(name).iter().cloned()).collect()
}

/// Returns the actors by name that the plural noun `head` has behind `including`, `such as` or `like`.
fn instances(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    if reading.tag(head) != Tag::Nns {
        return Vec::new();
    }
    let by_name = |&at: &u32| {
        reading.tag(at) == Tag::Nnp
            && reading.mention(at).is_some_and(|mention| mention.form == MentionForm::Name)
    };
    let heads: Vec<u32> =
        reading.after(head, &["include", "including", "as", "like"]).into_iter().filter(by_name).collect();
    heads.into_iter().flat_map(|at| reading.named(at).iter().filter(|it| !it.is_unnamed()).cloned()).collect()
}

fn add_actors(reading: &Reading<'_>, head: u32, found: &mut Vec<ActorId>, reach: usize, towns: bool) {
    if let Some(people) = reading.of_descent.get(&head) {
        add_once(found, [people.clone()]);
        return;
    }
    if let Some(state) = residence(reading, head) {
        add_once(found, [ActorId::state(&state)]);
        return;
    }
    let own = body_before(reading, head).map_or_else(|| reading.named(head), |body| reading.named(body));
    // `the prime minister, Saad Hariri`, `its two allies, Chad and Mali`: the names say who.
    if own.iter().all(|actor| actor.is_unnamed()) {
        let apposed = apposed_names(reading, head);
        if !apposed.is_empty() {
            add_once(found, apposed);
            return;
        }
    }
    // `countries such as Chad and Mali`, `ministers including Ines Korda`: the names say who.
    if !own.is_empty() && own.iter().all(|actor| actor.is_unnamed()) {
        let listed = instances(reading, head);
        if !listed.is_empty() {
            add_once(found, listed);
            return;
        }
    }
    if !own.is_empty() {
        add_once(found, own.iter().cloned());
        return;
    }
    // `Nidal Hasan, the Army psychiatrist who shot them`: the description behind a name is of its bearer.
    let described = reading.head(head).filter(|&name| {
        reading.dep(head) == Dep::Appos
            && reading.chain(name).is_some_and(|chain| chain.kind == ActorKind::Person)
            && reading.mention(name).is_some_and(|mention| mention.form == MentionForm::Name)
    });
    if let Some(name) = described {
        add_once(found, reading.named(name).iter().cloned());
        return;
    }
    // What is done to a town is done to its state.
    if let Some(state) =
        reading.chain(head).filter(|chain| towns && chain.place).and_then(|chain| chain.state.as_ref())
    {
        add_once(found, [ActorId::state(state)]);
        return;
    }
    if reach == 0 {
        return;
    }
    // `U.S. enemies` are those whom the United States has, not the United States.
    if reading.is(head, &bodies::AGAINST) {
        return;
    }
    let before = found.len();
    // `the Obama-era pact` is of his time, not his; nor is `the Mali-backed group` Mali, nor `a Malian spy`.
    let is_private = reading.is(head, &bodies::PRIVATE);
    // `members of Emmanuel Macron's platoon` are not Emmanuel Macron.
    let is_body = reading
        .head(head)
        .filter(|_| reading.dep(head) == Dep::Pobj)
        .and_then(|prep| reading.head(prep))
        .is_some_and(|part| reading.is(part, &["member"]));
    let of_his_own = |word: u32| {
        is_body
            && reading.dep(word) == Dep::Poss
            && reading.chain(word).is_some_and(|chain| chain.kind == ActorKind::Person)
    };
    let says_who = |&word: &u32| {
        !reading.is(word, &bodies::BOND) && !is_bonded(reading, word) && !is_private && !of_his_own(word)
    };
    for modifier in reading.children_by(head, BEFORE).filter(says_who) {
        add_actors(reading, modifier, found, reach - 1, towns && reading.dep(modifier) == Dep::Appos);
        // `Moscow's efforts` are its state's; its residents are themselves.
        let seat = reading.dep(modifier) == Dep::Poss
            && found.len() == before
            && !reading.is_person(head)
            && is_seat(reading, modifier);
        let state = reading.chain(modifier).filter(|_| seat).and_then(|chain| chain.state.as_ref());
        add_once(found, state.map(|state| ActorId::state(state)));
    }
    if found.len() == before {
        add_once(found, instances(reading, head));
    }
    if found.len() == before {
        // `information on the envoy` is not his, and `the outposts in Chad` do nothing for Chad.
        let lexicon = Lexicon::shipped();
        let word = reading.lemma(head).to_lowercase();
        let acts = towns
            || ["state", "human", "police_word", "troops"].iter().any(|class| lexicon.is_in(class, &word));
        let places: &[&str] = match (lexicon.is_in("information_word", &word), acts) {
            (true, _) => &["from"],
            (_, true) => &["of", "in", "from", "on", "for"],
            _ => &["of", "from"],
        };
        for object in reading.after(head, places) {
            add_actors(reading, object, found, reach - 1, towns);
        }
    }
    // `abuses by the army`: what is done is theirs who do it.
    if towns && found.len() == before {
        for object in reading.after(head, &["by"]) {
            add_actors(reading, object, found, reach - 1, towns);
        }
    }
}
