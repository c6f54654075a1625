//! The names under which the lexicon may have a verb or noun: with its particle, fixed object or modifier first.

use readout_syntax::{Dep, Tag};

use super::lexicon::Lexicon;
use crate::clause::reading::Reading;

/// The most dependents of a verb among which its particle is looked for.
const DEPENDENTS: usize = 64;
/// The most words before a noun that may make a compound with it.
const MODIFIERS: usize = 8;

/// Returns the names under which the lexicon may have the verb `at`: with its particle or its fixed object first.
pub(crate) fn keys(reading: &Reading<'_>, at: u32) -> Vec<String> {
    let mut lemma = reading.lemma(at).to_lowercase();
    // The lemmatizer's rules cut an `e` too many from verbs that it does not know: `staged`, `stag`.
    let whole = format!("{lemma}e");
    let cut = matches!(reading.tag(at), Tag::Vbd | Tag::Vbn | Tag::Vbg)
        && Lexicon::shipped().verb(&lemma).is_empty();
    if cut && !Lexicon::shipped().verb(&whole).is_empty() {
        lemma = whole;
    }
    let mut found = Vec::new();
    // `test-fired` is three tokens, of which the last is the verb.
    if at >= 2 && reading.tag(at - 1) == Tag::Hyph {
        let first = reading.syntax.word(at - 2).to_lowercase();
        found.push(format!("{first}-{lemma}"));
    }
    for &child in reading.children(at).iter().take(DEPENDENTS) {
        let joins = match reading.dep(child) {
            Dep::Prt | Dep::Dobj => true,
            Dep::Advmod | Dep::Prep => reading.is(
                child,
                &[
                    "out", "back", "up", "down", "off", "over", "in", "away", "aside", "ahead", "forward",
                    "home", "apart", "through", "together", "short",
                ],
            ),
            _ => false,
        };
        if joins && !(reading.dep(child) == Dep::Prep && reading.child(child, Dep::Pobj).is_some()) {
            found.push(format!("{lemma}_{}", reading.lemma(child).to_lowercase()));
        }
    }
    found.push(lemma);
    found
}

/// Returns the keys by which the lexicon may know the noun `at`, the one with its modifier first.
pub(crate) fn noun_keys(reading: &Reading<'_>, at: u32) -> Vec<String> {
    let lemma = reading.lemma(at).to_lowercase();
    let mut keys: Vec<String> = reading
        .children_by(at, &[Dep::Compound, Dep::Amod])
        .take(MODIFIERS)
        .map(|child| format!("{}_{lemma}", reading.lemma(child).to_lowercase()))
        .collect();
    // `pull-aside`, `cease-fire` are three tokens.
    let mut parts = reading.children_by(at, &[Dep::Compound, Dep::Amod, Dep::Prep, Dep::Punct, Dep::Advmod]);
    if at >= 2 && parts.any(|child| child + 1 == at) && reading.syntax.word(at - 1) == "-" {
        keys.push(format!("{}-{lemma}", reading.lemma(at - 2).to_lowercase()));
    }
    keys.push(lemma);
    keys
}
