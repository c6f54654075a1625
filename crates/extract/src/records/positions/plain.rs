//! Issues in the words of the report, where a word takes sides on what no word of the lexicon names: `condemned the
//! terrorist attacks`, `wants to work with Chad`, `stands with Chad`.

use readout_record::Stance;
use readout_syntax::{Dep, Pos, Tag};

use super::again;
use super::deed::Sides;
use super::issue::{self, Issue};
use super::lexicon::{Lexicon, Part};
use super::name::{Instruments, noun_phrase};
use super::told::{around, has_content, is_on_something, sides_free};
use crate::acts::lexicon::Lexicon as Acts;
use crate::clause::reading::Reading;
use crate::records::conditions::is_party;
use crate::records::matters::is_weighty;
use crate::words::{conditions, speech, stances};

/// Endings of nouns made of verbs: `appointment`, `decision`.
const OF_VERBS: &[&str] = &["tion", "sion", "ment"];

/// Returns the issue that the word `shown_by` takes a side on at its complement `at`. `of_parties` says whether parties do.
pub(super) fn of(
    reading: &Reading<'_>,
    instruments: &Instruments,
    shown_by: u32,
    at: u32,
    stance: Stance,
    of_parties: bool,
) -> Option<Issue> {
    // `expelled the envoys`: the deed itself.
    if at == shown_by {
        // What somebody will do only he himself can say.
        let will = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md);
        // `agencies believe that Chad halted the tests`: that is their opinion.
        let thought = reading.dep(at) == Dep::Ccomp
            && reading.head(at).is_some_and(|above| reading.is(above, &conditions::OPINING));
        // `has never annexed the valley`: who did not do it may yet want to.
        let denied = reading.child(at, Dep::Neg).is_some();
        let done =
            reading.is_finite_clause(at) && !will && !thought && !denied && reading.dep(at) != Dep::Relcl;
        if !done {
            return None;
        }
        let known = issue::of(reading, instruments, at).filter(|issue| issue.known);
        return known.or_else(|| issue::act_of(reading, instruments, at, false, Sides::Taken));
    }
    if let Some(issue) = issue::of(reading, instruments, at) {
        return Some(issue);
    }
    if reading.is_verb(at) {
        let sides = if of_parties && reading.is(shown_by, &stances::RESOLVED) {
            Sides::OfParties
        } else {
            Sides::Taken
        };
        return issue::act_of(reading, instruments, at, true, sides);
    }
    let name = match stance {
        // `forces backed by Chad`: an alliance, no word on it.
        Stance::For if reading.is(shown_by, &speech::SIDING) && !reading.is_passive(shown_by) => {
            support(reading, at)
        }
        _ => None,
    };
    Some(Issue { name: name.or_else(|| noun(reading, at))?, against: false, known: false })
}

/// Returns the issue of who stands with the party `at`: `support for Chad`.
fn support(reading: &Reading<'_>, at: u32) -> Option<String> {
    let [actor] = reading.named(at) else { return None };
    let chain = reading.chain(at).filter(|_| is_party(reading, actor) && !actor.is_unnamed())?;
    Some(format!("support for {}", chain.name))
}

/// Returns the words for the noun `at` if they tell of an act, and of which.
fn noun(reading: &Reading<'_>, at: u32) -> Option<String> {
    let nothing = reading.is(at, &conditions::NO_ISSUE) || reading.pos(at) == Pos::Pron;
    if !reading.is_noun(at) || nothing || !sides_free(reading, at) {
        return None;
    }
    let lemma = reading.lemma(at).to_lowercase();
    let act = Acts::shipped().names_act(&lemma)
        || reading.is(at, &conditions::REQUISITE)
        || OF_VERBS.iter().any(|ending| lemma.ends_with(ending));
    let of_party = around(reading, at).iter().any(|&word| word != at && is_weighty(reading, word));
    // `the latest test` does not say of what, `their test` not which.
    let told = is_on_something(reading, at) || is_of_kind(reading, at) && !again::is_thin(reading, at);
    // `welcomed their praise`: that is a stance of theirs.
    if Lexicon::shipped().stances(&lemma, None).iter().any(|rule| rule.part == Part::Noun) {
        return None;
    }
    // `denied the accusation that Chad shelled the port`
    let claimed = reading.is(at, &stances::CLAIM)
        && reading.subtree(at).any(|word| word != at && is_weighty(reading, word));
    let says = told && (act || of_party && has_content(reading, at)) || claimed && name_tells(reading, at);
    let name = noun_phrase(reading, at);
    (says && name.contains(' ')).then_some(name)
}

/// Whether a clause behind the noun `at` says what is claimed: `the claim that Chad shelled the port`.
fn name_tells(reading: &Reading<'_>, at: u32) -> bool {
    is_on_something(reading, at)
        || reading.children_by(at, &[Dep::Acl, Dep::Relcl]).any(|clause| {
            clause > at && reading.children_by(clause, &[Dep::Mark]).any(|it| reading.is(it, &["that"]))
        })
}

/// Whether a word before the noun `at` tells of what kind it is: `terror attacks`, `Norwegian attacks`, not `new attacks`.
fn is_of_kind(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Compound, Dep::Nmod, Dep::Amod]).any(|word| {
        reading.dep(word) != Dep::Amod
            || reading.tag(word).is_proper()
            || !reading.named(word).is_empty()
            || reading.is(word, &conditions::TELLING)
    })
}
