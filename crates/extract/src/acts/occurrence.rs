//! Nouns of deeds below verbs that say of them no more than that they take place, or whence they come.

use readout_syntax::Dep;

use super::lexicon::Lexicon;
use crate::clause::reading::Reading;

/// Whether the noun `at` is what takes place: `riots broke out`, `talks continue`, `clashes took place in the north`.
pub(super) fn occurs(reading: &Reading<'_>, at: u32) -> bool {
    const WHERE: &[&str] =
        &["in", "at", "near", "around", "across", "outside", "along", "between", "throughout"];
    matches!(reading.dep(at), Dep::Nsubj | Dep::Nsubjpass)
        && reading.syntax.head(at).is_some_and(|verb| {
            Lexicon::shipped().is_in("occurring", reading.lemma(verb))
                && (reading.children(at).iter().any(|&child| {
                    matches!(reading.dep(child), Dep::Prep | Dep::Poss) || !reading.named(child).is_empty()
                }) || reading.children_by(verb, &[Dep::Prep]).any(|prep| reading.is(prep, WHERE)))
        })
}

/// Returns those who do something in protest, where `at` is that protest: `shut their shops in protest at the arrest`.
fn protesters(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let prep = reading.head(at).filter(|&prep| {
        reading.is(at, &["protest"]) && reading.dep(at) == Dep::Pobj && reading.is(prep, &["in"])
    });
    let bare = reading.children_by(at, &[Dep::Det, Dep::Poss, Dep::Amod, Dep::Compound]).next().is_none();
    let verb =
        prep.filter(|_| bare).and_then(|prep| reading.head(prep)).filter(|&verb| reading.is_verb(verb));
    verb.map(|verb| reading.doers(verb)).unwrap_or_default()
}

/// Returns those from whom the words or deed of the noun `at` come, by the verb above it: `criticism came from Chad`, `left in
/// protest`.
pub(super) fn source_of(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let verb = reading.head(at).filter(|&verb| {
        reading.dep(at) == Dep::Nsubj && reading.is_verb(verb) && reading.is(verb, &["come", "pour"])
    });
    let mut found = verb.map(|verb| reading.after(verb, &["from"])).unwrap_or_default();
    found.extend(protesters(reading, at));
    found.retain(|&head| !reading.named(reading.substance(head)).is_empty());
    found
}
