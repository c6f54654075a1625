//! The words beside an instrument in the tree, and where it stands beside each.

use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{Lexicon, Modifier, Part, Place};
use crate::clause::reading::Reading;

/// Nouns that do not change what is said of what stands after them.
const WAYS: usize = 4;

/// The place of an instrument beside a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Object,
    Subject,
    Compound,
    After(String),
}

/// Returns the noun that stands for the whole phrase of `at`: itself, the first of its list, or the noun for a part of
/// the instrument (`the terms of the deal`). `None` where it is only named beside another: `rather than a treaty`.
pub(super) fn whole(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let mut node = at;
    for _ in 0..WAYS {
        let Some(above) = reading.head(node) else { break };
        let before = reading.token(node).left_edge.checked_sub(1);
        let contrast = before.is_some_and(|word| reading.is(word, &["than", "not", "instead"]));
        match reading.dep(node) {
            Dep::Conj if reading.is_noun(above) => {
                if contrast {
                    return None;
                }
                node = above;
            }
            Dep::Pobj if reading.is(above, &["of", "on", "for"]) => {
                let part = reading.head(above).filter(|&noun| {
                    reading.is_noun(noun)
                        && Lexicon::shipped().is(&reading.lemma(noun).to_lowercase(), Modifier::Part)
                });
                match part {
                    Some(noun) => node = noun,
                    None => break,
                }
            }
            _ => break,
        }
    }
    let before = reading.token(node).left_edge.checked_sub(1);
    let contrast = before.is_some_and(|word| reading.is(word, &["than", "not", "instead"]));
    (!contrast).then_some(node)
}

/// Returns the words beside the noun `at`, with its place beside each, and whether it is told in passing.
pub(super) fn relations(reading: &Reading<'_>, at: u32) -> Vec<(u32, Where, bool)> {
    let mut found: Vec<(u32, Where, bool)> = Vec::new();
    if let Some(above) = reading.head(at) {
        match reading.dep(at) {
            Dep::Dobj | Dep::Nsubjpass => {
                found.push((above, Where::Object, false));
                shared(reading, above, &mut found);
            }
            Dep::Nsubj => {
                found.push((above, Where::Subject, false));
                shared(reading, above, &mut found);
                for adjective in reading.children_by(above, &[Dep::Acomp]) {
                    found.push((adjective, Where::Subject, false));
                }
            }
            Dep::Poss => found.push((above, Where::After("of".to_owned()), false)),
            Dep::Compound => found.push((above, Where::Compound, false)),
            Dep::Pobj | Dep::Pcomp => {
                let name = reading.word(above).to_lowercase();
                let name = if name == "upon" { "on".to_owned() } else { name };
                if let Some(word) = reading.head(above) {
                    found.push((word, Where::After(name.clone()), false));
                    // `out of`, `away from`, `close to`
                    if matches!(reading.pos(word), Pos::Adp | Pos::Adv | Pos::Part)
                        && let Some(verb) = reading.head(word)
                    {
                        let outer = reading.word(word).to_lowercase();
                        found.push((verb, Where::After(format!("{outer}_{name}")), false));
                        found.push((verb, Where::After(name), false));
                    }
                }
            }
            _ => {}
        }
    }
    for &child in reading.children(at) {
        match reading.dep(child) {
            Dep::Acl if reading.tag(child) == Tag::Vbn => {
                found.push((child, Where::Object, true));
            }
            Dep::Relcl => {
                let subject = reading.children_by(child, &[Dep::Nsubj]).any(|word| reading.is_relative(word));
                if reading.objects(child).contains(&at) {
                    found.push((child, Where::Object, true));
                } else if subject {
                    found.push((child, Where::Subject, true));
                }
            }
            // `the US-brokered truce`
            Dep::Amod if child < at && reading.tag(child) == Tag::Vbn => {
                found.push((child, Where::Object, true));
            }
            _ => {}
        }
    }
    found
}

/// Adds the verbs that share the subject of the verb `at`: `is expected to be signed`, `was signed and took effect`.
fn shared(reading: &Reading<'_>, at: u32, found: &mut Vec<(u32, Where, bool)>) {
    let own = found.last().map(|(_, place, _)| place.clone());
    for child in reading.children_by(at, &[Dep::Xcomp, Dep::Conj]) {
        if !reading.is_verb(child) || reading.own_subject(child).is_some() {
            continue;
        }
        let is_subject = own == Some(Where::Subject) || reading.is_passive(at);
        if !is_subject || reading.dep(child) == Dep::Xcomp && reading.child(at, Dep::Dobj).is_some() {
            continue;
        }
        let passive = reading.child(child, Dep::Auxpass).is_some();
        found.push((child, if passive { Where::Object } else { Where::Subject }, false));
    }
}

/// Whether `at` is a word of the kind that a rule is for.
pub(super) fn is_part(reading: &Reading<'_>, at: u32, part: Part) -> bool {
    match part {
        Part::Verb => matches!(reading.pos(at), Pos::Verb | Pos::Aux) || reading.tag(at) == Tag::Vbn,
        Part::Noun => matches!(reading.pos(at), Pos::Noun | Pos::Propn),
        Part::Adjective => {
            reading.pos(at) == Pos::Adj || reading.dep(at) == Dep::Acomp || reading.tag(at) == Tag::Vbn
        }
    }
}

/// Whether the instrument stands beside `word` where `place` wants it.
pub(super) fn stands(reading: &Reading<'_>, word: u32, at: &Where, place: &Place) -> bool {
    match (place, at) {
        (Place::Object, Where::Object) => {
            // `left the deal hanging`
            !reading.is(word, &["leave"])
                || !reading.children(word).iter().any(|&child| {
                    child > word && matches!(reading.dep(child), Dep::Oprd | Dep::Ccomp | Dep::Acomp)
                })
        }
        (Place::Subject, Where::Subject) => !reading.is_passive(word),
        (Place::Compound, Where::Compound) => true,
        (Place::After(name), Where::After(found)) => name == found,
        (Place::SubjectWith(words), Where::Subject) => reading
            .objects(word)
            .iter()
            .chain(&reading.after(word, &["into"]))
            .any(|&object| reading.is(object, words.as_slice())),
        _ => false,
    }
}
