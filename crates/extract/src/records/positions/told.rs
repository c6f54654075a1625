//! Nouns that tell enough to name an issue: of what, whose, on what or to what end.

use readout_record::ActorKind;
use readout_syntax::{Dep, Pos, Tag};

use super::again;
use crate::clause::reading::Reading;
use crate::words::{conditions, stances};

/// Returns the verb whose object `at` is and on which the parser hung what the noun is on: `launched strikes on Chad`.
pub(super) fn verb_beside(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let verb = reading.head(at).filter(|_| matches!(reading.dep(at), Dep::Dobj | Dep::Nsubjpass))?;
    let mut behind = reading.children_by(verb, &[Dep::Prep]).filter(|&prep| prep > at);
    let names = ["on", "against", "in", "from"];
    behind.any(|prep| reading.is(prep, &names) && prep == reading.subtree(at).end).then_some(verb)
}

/// Whether the noun `at` says on, of or for what it is: `strikes on Chad`, not `a joint strike`.
pub(super) fn is_on_something(reading: &Reading<'_>, at: u32) -> bool {
    let object = |prep: u32| reading.child(prep, Dep::Pobj).is_some_and(|it| reading.pos(it) != Pos::Pron);
    reading.children_by(at, &[Dep::Prep]).any(|prep| prep > at && object(prep))
        || reading.children_by(at, &[Dep::Acl]).any(|verb| reading.is_infinitive(verb))
        || verb_beside(reading, at).is_some()
}

/// Whether the noun `at` tells whose it is, or what it is on, for or against.
pub(super) fn is_told(reading: &Reading<'_>, at: u32) -> bool {
    reading.children(at).iter().any(|&child| match reading.dep(child) {
        Dep::Prep => {
            child > at
                && reading
                    .is(child, &["of", "on", "against", "with", "for", "to", "in", "between", "over", "from"])
                && reading.child(child, Dep::Pobj).is_some_and(|object| reading.pos(object) != Pos::Pron)
        }
        Dep::Acl => {
            reading.is_infinitive(child)
                || reading.tag(child) == Tag::Vbg && reading.is(at, &conditions::LAID_DOWN)
        }
        Dep::Compound | Dep::Nmod => true,
        Dep::Amod => {
            reading.tag(child).is_proper()
                || !reading.named(child).is_empty()
                || reading.is(child, &conditions::TELLING)
        }
        Dep::Poss => {
            reading.pos(child) != Pos::Pron
                && !reading.named(child).is_empty()
                && !again::is_thin(reading, at)
        }
        _ => false,
    })
}

/// Whether the noun `at` says what it is for: `a move to lift sanctions`, not `the president's move`.
pub(super) fn has_content(reading: &Reading<'_>, at: u32) -> bool {
    reading.children(at).iter().any(|&child| match reading.dep(child) {
        Dep::Prep => {
            child > at
                && reading.is(child, &["of", "on", "for", "to", "toward", "towards", "against"])
                && reading.child(child, Dep::Pobj).is_some_and(|object| reading.pos(object) != Pos::Pron)
        }
        Dep::Acl => reading.is_infinitive(child),
        _ => false,
    })
}

/// Returns the noun `at` and the words that say of what, whose or which it is.
pub(super) fn around(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let mut found = vec![at];
    found.extend(reading.children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Poss]));
    found.extend(reading.after(at, &["of", "on", "in", "against", "with", "to", "from", "for"]));
    found
}

/// Whether `at` names nobody who acts: to back a president is no stance on an act.
pub(super) fn sides_free(reading: &Reading<'_>, at: u32) -> bool {
    reading.named(at).is_empty() && !is_person(reading, at) || is_to_be_made(reading, at)
}

/// Whether `at` is a body that somebody may want made or sent, and none that there is: `a customs union`, `ground troops`.
pub(super) fn is_to_be_made(reading: &Reading<'_>, at: u32) -> bool {
    let mut words = reading.children_by(at, &[Dep::Det, Dep::Poss, Dep::Nummod]);
    let loose = words.all(|word| reading.is(word, &["a", "an", "any", "no", "more"]));
    let sent = reading.tag(at) == Tag::Nns && !reading.is(at, &["state", "union", "government"]);
    let many = sent || reading.children_by(at, &[Dep::Det]).next().is_some();
    reading.is(at, &stances::TO_BE_MADE)
        && loose
        && many
        && reading.named(at).iter().all(|actor| actor.is_unnamed())
}

/// Whether `head` is somebody who may hold power: a person with a name, or an office.
pub(super) fn is_person(reading: &Reading<'_>, head: u32) -> bool {
    let office = || reading.knowledge.office(&reading.lemma(head).to_lowercase()).is_some();
    reading.chain(head).is_some_and(|chain| {
        let person =
            chain.kind == ActorKind::Person && (chain.name.contains(' ') || reading.tag(head) != Tag::Nnp);
        chain.actors.len() == 1 && (person || chain.kind == ActorKind::Office || office())
    })
}
