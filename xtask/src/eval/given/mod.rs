//! Mentions that are given: which of them, over documents, are of one event, person, organisation or place.
//!
//! For collections whose mentions somebody else has marked. Documents are first gathered into stories by their words
//! (average link over tf-idf), because within a story a word is nearly enough to tell an event: what keeps the events
//! of two shootings apart is that the reports on them have little else in common. Then
//! - an event is its story and its lemma;
//! - a name is the name itself, over all stories, once a surname has been led to the full name of its story;
//! - a description is whom the name beside it names (`the president, Ines Korda`), also wherever its report or its
//!   story says the same of nobody else; or else its story and its head word;
//! - a time is its story and its words;
//! - a pronoun, or `the company`, is the nearest mention before it that it may stand for.

mod document;
mod lemmas;
mod reading;
mod references;
mod stories;

use std::collections::BTreeMap;

use readout_knowledge::Knowledge;
use rustc_hash::FxHashMap;

pub(crate) use document::{GivenDocument, GivenKind, GivenMention};
use lemmas::Lemmas;
use reading::{Reading, read};
use references::Story;
use stories::stories;

/// For each mention of each document, a label that it shares with the mentions of the same event or entity.
pub(crate) fn link(documents: &[GivenDocument], knowledge: &Knowledge) -> Vec<Vec<String>> {
    let lemmas = Lemmas::new();
    let mut small: FxHashMap<&str, u32> = FxHashMap::default();
    for word in documents.iter().flat_map(|document| document.sentences.iter().flatten()) {
        if word.chars().all(char::is_lowercase) {
            *small.entry(word).or_default() += 1;
        }
    }
    let readings: Vec<Vec<Reading>> = documents
        .iter()
        .map(|document| {
            document.mentions.iter().map(|it| read(document, it, knowledge, &small, &lemmas)).collect()
        })
        .collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (document, story) in stories(documents, &lemmas).into_iter().enumerate() {
        members.entry(story).or_default().push(document);
    }
    let mut labels = vec![Vec::new(); documents.len()];
    for (number, members) in members {
        let reports = members.iter().map(|&at| (&documents[at], readings[at].as_slice())).collect();
        for (at, found) in members.iter().zip(Story::new(number, reports).labels(knowledge)) {
            labels[*at] = found;
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(sentences: &[&str], mentions: &[(usize, &[usize], GivenKind)]) -> GivenDocument {
        GivenDocument {
            sentences: sentences
                .iter()
                .map(|sentence| sentence.split_whitespace().map(str::to_owned).collect())
                .collect(),
            mentions: mentions
                .iter()
                .map(|(sentence, tokens, kind)| GivenMention {
                    sentence: *sentence,
                    tokens: tokens.to_vec(),
                    kind: *kind,
                })
                .collect(),
        }
    }

    #[test]
    fn surnames_and_pronouns_lead_to_the_full_name() {
        let documents = [document(
            &[
                "Mayor Ines Korda opened the new harbour .",
                "She thanked Korda ’s rival , Marek Tosch , in Velm .",
            ],
            &[
                (0, &[0, 1, 2], GivenKind::Person),
                (1, &[0], GivenKind::Person),
                (1, &[2], GivenKind::Person),
                (1, &[6, 7], GivenKind::Person),
            ],
        )];
        let labels = link(&documents, &Knowledge::shipped());
        assert_eq!(labels[0], ["name ines korda", "name ines korda", "name ines korda", "name marek tosch"]);
    }

    #[test]
    fn a_description_is_whom_the_name_beside_it_names() {
        let documents = [document(
            &[
                "The mayor , Ines Korda , met Harbour Minister Marek Tosch of Velm Lines .",
                "The mayor thanked the company ; a minister left .",
            ],
            &[
                (0, &[0, 1], GivenKind::Person),
                (0, &[3, 4], GivenKind::Person),
                (0, &[7, 8], GivenKind::Person),
                (0, &[9, 10], GivenKind::Person),
                (0, &[12, 13], GivenKind::Actor),
                (1, &[0, 1], GivenKind::Person),
                (1, &[3, 4], GivenKind::Actor),
            ],
        )];
        let labels = link(&documents, &Knowledge::shipped());
        let (mayor, minister, lines) = ("name ines korda", "name marek tosch", "name velm lines");
        assert_eq!(labels[0], [mayor, mayor, minister, minister, lines, mayor, lines]);
    }

    #[test]
    fn a_description_of_two_is_neither() {
        let documents = [document(
            &["Minister Ines Korda met Minister Marek Tosch , a sailor .", "The minister left ."],
            &[
                (0, &[0], GivenKind::Person),
                (0, &[1, 2], GivenKind::Person),
                (0, &[4], GivenKind::Person),
                (0, &[5, 6], GivenKind::Person),
                (1, &[0, 1], GivenKind::Person),
            ],
        )];
        let labels = link(&documents, &Knowledge::shipped());
        assert_eq!(labels[0][4], "description 0 minister");
        assert_eq!(labels[0][0], "name ines korda");
        assert_eq!(labels[0][2], "name marek tosch");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(link(&[], &Knowledge::default()).is_empty());
        let odd = document(&[""], &[(5, &[9], GivenKind::Other), (0, &[], GivenKind::Event)]);
        assert_eq!(link(&[odd], &Knowledge::default())[0].len(), 2);
    }
}
