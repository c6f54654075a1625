//! Words beside a name: titles, offices, states.

use std::collections::BTreeSet;
use std::ops::Range;

use readout_knowledge::{Gender, Knowledge, Sense, WordKind};
use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, PerToken, Pos, Syntax, Tag};

use crate::mentions::candidate::Candidate;
use crate::mentions::words;

/// Adds titles and offices to the name of every person, with the state, sector and gender that they show.
pub(super) fn attach(syntax: &Syntax, knowledge: &Knowledge, names: &mut [Candidate<'_>]) {
    let persons: BTreeSet<u32> =
        names.iter().filter(|name| name.kind == ActorKind::Person).map(|name| name.head).collect();
    for name in names.iter_mut().filter(|name| name.kind == ActorKind::Person) {
        if name.phrase.start < name.words.start {
            read_before(syntax, knowledge, name);
        }
        read_after(syntax, knowledge, &persons, name);
    }
}

/// `French Foreign Minister` before `Laurent Fabius`.
fn read_before(syntax: &Syntax, knowledge: &Knowledge, name: &mut Candidate<'_>) {
    let mut start = name.phrase.start;
    while start < name.words.start && matches!(syntax.token(start).pos, Pos::Det | Pos::Num) {
        start += 1;
    }
    take_role(syntax, knowledge, start..name.words.start, name);
}

/// `, a Kremlin adviser` after it, or `president of France`.
/// The name of another person among `persons`, by head token, is no role.
fn read_after(syntax: &Syntax, knowledge: &Knowledge, persons: &BTreeSet<u32>, name: &mut Candidate<'_>) {
    let end = syntax.token(name.head).right_edge.min(name.words.end + 40);
    for at in name.words.end..=end.min(syntax.len().saturating_sub(1)) {
        let token = syntax.token(at);
        if token.head != name.head {
            continue;
        }
        match token.dep {
            Dep::Appos => {
                let (from, to) = (token.left_edge.max(name.words.end), end_of_phrase(syntax, at) + 1);
                let from = (from..to).find(|&at| syntax.token(at).pos != Pos::Det).unwrap_or(from);
                // "Martti Lehto, Anna Nowak's minister" tells of him; a name run into it from elsewhere does not.
                let named = syntax.token(from).tag == Tag::Nnp
                    && syntax.token(from + 1).tag == Tag::Nnp
                    && knowledge.gender_of_given_name(syntax.word(from)).is_some();
                let named = named || persons.contains(&at);
                if !named && (syntax.token(at).pos == Pos::Noun || syntax.token(at).pos == Pos::Propn) {
                    take_role(syntax, knowledge, from..to, name);
                }
            }
            Dep::Prep if syntax.word(at) == "of" && at == name.words.end => {
                // "President Hollande of France"
                for inner in at + 1..=token.right_edge {
                    if let Some(state) = state_at(syntax, knowledge, inner) {
                        name.state.get_or_insert(state);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Marks what is told of a person in apposition: it is no mention of its own.
pub(super) fn mark_appositions(syntax: &Syntax, name: &Candidate<'_>, marks: &mut PerToken<bool>) {
    if name.kind != ActorKind::Person {
        return;
    }
    let end = syntax.token(name.head).right_edge.min(name.words.end + 40);
    for at in name.words.end..=end.min(syntax.len().saturating_sub(1)) {
        let token = syntax.token(at);
        if token.head == name.head && token.dep == Dep::Appos && token.pos == Pos::Noun {
            marks[at] = true;
        }
    }
}

/// The last token of the noun phrase headed by `at`, with `of` and `to` phrases, without relative clauses.
fn end_of_phrase(syntax: &Syntax, at: u32) -> u32 {
    let mut end = at;
    for next in at + 1..=syntax.token(at).right_edge.min(at + 12) {
        let token = syntax.token(next);
        let stops = matches!(token.dep, Dep::Relcl | Dep::Acl | Dep::Appos | Dep::Advcl)
            || token.pos == Pos::Verb
            || token.pos == Pos::Punct && token.tag != Tag::Hyph
            || matches!(syntax.word(next), "who" | "which" | "that" | "in" | "during" | "on" | "at");
        if stops {
            break;
        }
        end = next;
    }
    end
}

/// The state that the token `at` names or is an adjective of.
pub(super) fn state_at(syntax: &Syntax, knowledge: &Knowledge, at: u32) -> Option<String> {
    // "United States", "North Korean": two words first.
    let pair = (at + 1 < syntax.len()).then(|| syntax.passage(at..at + 2));
    pair.into_iter().chain([syntax.word(at)]).find_map(|words| {
        if !words.starts_with(|letter: char| letter.is_uppercase()) {
            return None;
        }
        let readings = knowledge.named(words);
        let (entry, sense) = readings.first()?;
        match (entry.kind, sense) {
            (ActorKind::State, Sense::Itself | Sense::Adjective | Sense::People) => entry.state.clone(),
            (ActorKind::Organisation, Sense::Itself | Sense::Adjective) => entry
                .state
                .clone()
                .filter(|_| entry.sector != Some(Sector::Party) || stands_alone(syntax, knowledge, at)),
            _ => None,
        }
    })
}

/// Whether the name of a party at `at` is no part of another's: `Republican senator`, and not `Social Democratic
/// Party`, `Democratic Union Party`.
fn stands_alone(syntax: &Syntax, knowledge: &Knowledge, at: u32) -> bool {
    let first = at == syntax.sentence_of(at).start;
    let next = knowledge.person_word(&syntax.word(at + 1).to_lowercase());
    (first || !syntax.word(at - 1).starts_with(char::is_uppercase))
        && next.is_none_or(|next| next.kind == WordKind::Person || syntax.word(at + 1) == "Party")
}

/// Reads the words `role` as an office or title of `name`, if they are one.
fn take_role(syntax: &Syntax, knowledge: &Knowledge, role: Range<u32>, name: &mut Candidate<'_>) {
    let mut known = false;
    let mut plain = true;
    for at in role.clone() {
        let (word, lemma) = (syntax.word(at), syntax.lemma(at).to_lowercase());
        if let Some(title) = knowledge.title(word) {
            known = true;
            plain &= title.plain;
            name.gender = name.gender.or(title.gender);
            if title.sector.is_some() && name.sector.is_none() {
                name.sector = title.sector;
            }
        } else if let Some(noun) =
            knowledge.person_word(&lemma).or_else(|| knowledge.person_word(&word.to_lowercase()))
            && matches!(noun.kind, WordKind::Person | WordKind::Kin)
        {
            known = true;
            plain = false;
            // "Queen's Speech writer": only the head noun tells the gender.
            if at + 1 == role.end || syntax.token(at).pos == Pos::Noun {
                name.gender = name.gender.or(noun.gender);
            }
            if noun.sector.is_some() && name.sector.is_none() {
                name.sector = noun.sector;
            }
        }
        if name.state.is_none() {
            name.state = state_at(syntax, knowledge, at);
        }
    }
    if known && !plain {
        let speaks_for = spoken_for(syntax, knowledge, role.clone(), name.state.as_deref());
        name.speaks_for = name.speaks_for.take().or(speaks_for);
        let words = syntax.passage(role).trim_matches([',', ' ']).to_owned();
        if !words.is_empty() && !words.contains('\n') && !name.roles.contains(&words) {
            name.roles.push(words);
        }
    }
}

/// Returns the body or state for which the bearer of `role` speaks: `WFP spokesman`, `a spokesman for the Turkish
/// army`.
fn spoken_for(
    syntax: &Syntax,
    knowledge: &Knowledge,
    role: Range<u32>,
    state: Option<&str>,
) -> Option<(ActorId, ActorKind)> {
    let is_spokesman = |at: u32| syntax.lemma(at).to_lowercase().starts_with("spokes");
    let former = |at: u32| matches!(syntax.word(at).to_lowercase().as_str(), "former" | "ex" | "then");
    if !role.clone().any(is_spokesman) || role.clone().any(former) {
        return None;
    }
    let spans: Vec<_> = role.clone().map(|at| syntax.token(at).span).collect();
    let names = knowledge.names_in(syntax.text(), &spans);
    let body = names.iter().find_map(|name| {
        let (entry, _) = name.readings.first().filter(|(_, sense)| *sense == Sense::Itself)?;
        let acts = matches!(entry.kind, ActorKind::Organisation | ActorKind::ArmedGroup);
        (acts && entry.sector != Some(Sector::Government)).then(|| (entry.id.clone(), entry.kind))
    });
    let of_state = || {
        let acts = role.clone().any(|at| words::STATE_BODY.has(&syntax.word(at).to_lowercase()));
        state.filter(|_| acts).map(|state| (ActorId::state(state), ActorKind::State))
    };
    body.or_else(of_state)
}

/// The other gender never fits; an unknown one always does.
pub(super) fn genders_fit(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}
