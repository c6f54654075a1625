//! What a given mention says by itself: its words, the name in it, its head.

use std::collections::BTreeSet;

use readout_knowledge::{Gender, Knowledge, PersonWord, Sense, WordKind};
use rustc_hash::FxHashMap;

use super::document::{GivenDocument, GivenKind, GivenMention};
use super::lemmas::Lemmas;

/// The words, name and head of a mention, or its pronoun.
pub(super) struct Reading {
    /// Its words up to the first that only tells more of it, in lower case.
    pub(super) words: Vec<String>,
    /// The name in it, in lower case, without titles and legal forms.
    pub(super) name: Option<Vec<String>>,
    /// The lemma of its head.
    pub(super) head: String,
    /// The kind of its pronoun, if it is only a pronoun.
    pub(super) pronoun: Option<Pronoun>,
}

/// Reads `mention` of `document`. `small` counts the words that the collection writes with a small letter.
pub(super) fn read(
    document: &GivenDocument,
    mention: &GivenMention,
    knowledge: &Knowledge,
    small: &FxHashMap<&str, u32>,
    lemmas: &Lemmas,
) -> Reading {
    let empty = Vec::new();
    let sentence = document.sentences.get(mention.sentence).unwrap_or(&empty);
    let tokens: Vec<&str> =
        mention.tokens.iter().filter_map(|&at| sentence.get(at)).map(String::as_str).collect();
    if mention.kind == GivenKind::Event {
        let first = tokens.first().copied().unwrap_or_default();
        return Reading { words: Vec::new(), name: None, head: lemmas.of(first), pronoun: None };
    }
    let words = core(&tokens);
    let lower: Vec<String> =
        words.iter().map(|word| word.to_lowercase().trim_end_matches(['.', ',']).to_owned()).collect();
    let head = lower.last().map(|word| lemmas.of(word)).unwrap_or_default();
    let name = (mention.kind != GivenKind::Time).then(|| name(&words, &lower, knowledge, small)).flatten();
    let pronoun = match lower.as_slice() {
        [one] => pronoun(one),
        _ => None,
    };
    Reading { words: lower, name, head, pronoun }
}

pub(super) fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

pub(super) fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "at" | "in"
            | "on"
            | "of"
            | "for"
            | "from"
            | "by"
            | "with"
            | "to"
            | "near"
            | "inside"
            | "outside"
            | "into"
            | "within"
            | "around"
            | "after"
            | "before"
            | "during"
            | "over"
            | "under"
            | "between"
            | "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "your"
    )
}

/// Returns the words of the mention's own: without an owner before them (`Apple ’s`), an article, or what follows the
/// head.
fn core(tokens: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        let token = token.replace('’', "'");
        let more = number + 1 < tokens.len();
        if token == "'s" || token == "'" {
            if more {
                words.clear();
            }
            continue;
        }
        if !is_word(&token) {
            if !words.is_empty() && matches!(token.as_str(), "," | "(" | ":" | ";" | "--" | "-LRB-") {
                break;
            }
            continue;
        }
        let bare = token.strip_suffix("'s").or_else(|| token.strip_suffix('\''));
        words.push(bare.unwrap_or(&token).to_owned());
        if bare.is_some() && more {
            words.clear();
        }
    }
    let skip = words.iter().take_while(|word| is_particle(&word.to_lowercase())).count();
    words.drain(..skip.min(words.len().saturating_sub(1)));
    let mut end = words.len();
    for at in 1..words.len() {
        let word = words[at].to_lowercase();
        if !is_particle(&word) && !matches!(word.as_str(), "who" | "which" | "and" | "where") {
            continue;
        }
        // `Bank of England`, `Johnson and Johnson`: part of the name.
        let inside = matches!(word.as_str(), "of" | "for" | "and" | "the")
            && starts_large(&words[at - 1])
            && words
                .get(at + 1)
                .is_some_and(|next| starts_large(next) || matches!(next.as_str(), "the" | "and"));
        if !inside {
            end = at;
            break;
        }
    }
    words.truncate(end);
    words
}

/// Legal forms of companies, no part of their names.
const FORMS: [&str; 20] = [
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "inc",
    "jr",
    "limited",
    "llc",
    "ltd",
    "n.v",
    "nv",
    "plc",
    "s.a",
    "sa",
    "se",
    "spa",
    "sr",
];

/// Returns the name in `words`, whose lower case is `lower`.
fn name(
    words: &[String],
    lower: &[String],
    knowledge: &Knowledge,
    small: &FxHashMap<&str, u32>,
) -> Option<Vec<String>> {
    let large = |word: &String| word.chars().any(char::is_uppercase);
    let figure = |word: &String| word.chars().next().is_some_and(|letter| letter.is_ascii_digit());
    if !words.iter().any(large)
        || !words.last().is_some_and(|last| large(last) || figure(last))
        || (words.len() == 1 && pronoun(&lower[0]).is_some())
    {
        return None;
    }
    let mut start = words.len();
    while start > 0 {
        let word = &lower[start - 1];
        let joins =
            matches!(word.as_str(), "of" | "and" | "for" | "the" | "de" | "al" | "bin" | "von" | "van");
        if large(&words[start - 1])
            || figure(&words[start - 1])
            || (joins && start > 1 && large(&words[start - 2]))
        {
            start -= 1;
        } else {
            break;
        }
    }
    let mut name = &lower[start..];
    if let Some(id) = known(&words[start..].join(" "), knowledge) {
        return Some(vec![id]);
    }
    // One person's: the force of `Air Force` is part of a name.
    let is_role = |word: &String| {
        let person = |word: &PersonWord| matches!(word.kind, WordKind::Person | WordKind::Kin);
        knowledge.title(word).is_some() || knowledge.person_word(word).is_some_and(person)
    };
    if let Some(role) = name.iter().rposition(is_role) {
        match name.get(role + 1).map(String::as_str) {
            // `Apple CEO` is a description.
            None => return None,
            Some("of" | "for") => {}
            Some(_) => name = &name[role + 1..],
        }
    }
    let is_form = |word: &String| FORMS.binary_search(&word.as_str()).is_ok();
    let (mut kept, written): (Vec<String>, Vec<&str>) = name
        .iter()
        .zip(&words[words.len() - name.len()..])
        .filter(|(word, _)| !is_form(word))
        .map(|(word, written)| (word.clone(), written.as_str()))
        .unzip();
    if kept.is_empty() {
        kept = name.to_vec();
    } else if kept.len() < name.len()
        && let Some(id) = known(&written.join(" "), knowledge)
    {
        return Some(vec![id]);
    }
    // A common word in capitals, as headlines have it.
    let common = kept.len() == 1
        && small.get(kept[0].as_str()).is_some_and(|&count| count > 20)
        && words.last().is_some_and(|last| last.chars().any(char::is_lowercase));
    (!common).then_some(kept)
}

/// Returns the id of the one known bearer of the name `written` as it stands.
fn known(written: &str, knowledge: &Knowledge) -> Option<String> {
    let itself = knowledge.named(written).into_iter().filter(|(_, sense)| *sense == Sense::Itself);
    let ids: BTreeSet<&str> = itself.map(|(entry, _)| entry.id.as_str()).collect();
    match ids.first() {
        Some(id) if ids.len() == 1 => Some((*id).to_owned()),
        _ => None,
    }
}

/// The kind of thing that a pronoun may refer to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    Person(Gender),
    Thing,
    Many,
    Relative,
    Place,
    /// Refers to somebody whom the words alone do not identify, as `I`.
    Speaker,
}

fn pronoun(word: &str) -> Option<Pronoun> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Pronoun::Person(Gender::Male),
        "she" | "her" | "hers" | "herself" => Pronoun::Person(Gender::Female),
        "it" | "its" | "itself" => Pronoun::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" | "we" | "us" | "our" | "ours" => Pronoun::Many,
        "who" | "whom" | "whose" | "which" | "that" => Pronoun::Relative,
        "where" | "there" => Pronoun::Place,
        "i" | "me" | "my" | "you" | "your" => Pronoun::Speaker,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_no_part_of_what_is_owned() {
        assert_eq!(core(&["Tosch", "'s", "old", "boat"]), ["old", "boat"]);
        assert_eq!(core(&["the", "Bank", "of", "Velm", ",", "a", "lender"]), ["Bank", "of", "Velm"]);
        assert_eq!(core(&["a", "strike", "in", "the", "port"]), ["strike"]);
    }

    #[test]
    fn forms_of_companies_are_sorted() {
        assert!(FORMS.is_sorted());
    }
}
