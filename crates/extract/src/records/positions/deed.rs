//! Parts of the name of an act that is an issue: whose it is, what it is on, and whether it is one of politics.

use readout_record::ActorKind;
use readout_syntax::{Dep, Pos, Tag};

use super::again;
use super::name::noun_phrase;
use super::places::complement_of;
use super::told::{around, is_on_something};
use crate::clause::reading::Reading;
use crate::records::conditions::is_power;
use crate::records::matters::{is_fought_for, is_weighty};
use crate::words::{conditions, speech};

/// Whether a word takes sides on an act, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sides {
    /// None: only an act of politics is an issue.
    Open,
    /// A word takes sides on it: any act on a party or on what parties deal in will do.
    Taken,
    /// A party takes sides on it: any act that the words tell in full will do.
    OfParties,
}

/// Whether the words of the noun `at`, on which an act is, tell which it is: `the immigration system`, not `the idea`.
pub(super) fn is_told_in_full(reading: &Reading<'_>, at: u32) -> bool {
    let modified = || reading.children_by(at, &[Dep::Compound, Dep::Nmod, Dep::Poss]).next().is_some();
    reading.is_noun(at)
        && reading.pos(at) != Pos::Pron
        && !reading.is(at, &conditions::NO_ISSUE)
        && !again::is_thin(reading, at)
        && (reading.tag(at).is_proper() || modified() || is_on_something(reading, at))
}

/// Returns the names of those at `subject`, be they several: `Chad and Mali`.
pub(super) fn doers(reading: &Reading<'_>, subject: u32) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for head in reading.list(subject) {
        let name = match reading.chain(head) {
            Some(chain) if chain.actors.len() == 1 && chain.kind != ActorKind::Unnamed => chain.name.clone(),
            _ if reading.pos(head) == Pos::Pron => return None,
            _ => noun_phrase(reading, head),
        };
        names.push(name);
    }
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => Some(format!("{} and {last}", first.join(", "))),
        _ => names.pop(),
    }
}

/// Returns the verb of what the verb `at` has its `object` do: `direct the envoy to review it`.
pub(super) fn task(reading: &Reading<'_>, at: u32, object: Option<u32>) -> Option<u32> {
    let object = object.filter(|&object| !reading.named(object).is_empty())?;
    let mut below = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]);
    below.find(|&verb| verb > object && reading.is_infinitive(verb) && reading.own_subject(verb).is_none())
}

/// Returns the words for the infinitive of the verb `at` with what it is on; nothing if it says no thing.
pub(super) fn infinitive(reading: &Reading<'_>, at: u32) -> Option<Vec<String>> {
    let mut words = vec!["to".to_owned(), reading.lemma(at).to_lowercase()];
    words.extend(reading.particle(at));
    let object = reading.child(at, Dep::Dobj);
    words.extend(object.map(|object| noun_phrase(reading, object)));
    let (prep, complement) = complement_of(reading, at);
    if let Some((prep, object)) = prep.zip(complement).filter(|(_, it)| reading.pos(*it) != Pos::Pron) {
        words.push(reading.word(prep).to_lowercase());
        words.push(noun_phrase(reading, object));
    }
    let told = words.len() > 2 && object.is_none_or(|it| reading.pos(it) != Pos::Pron);
    told.then_some(words)
}

/// Whether the act of the verb `at` on `sides` is one of politics. `listed` says whether an event is made of it, `is_anothers`
/// whether it is wanted of somebody else.
pub(super) fn is_political(
    reading: &Reading<'_>,
    at: u32,
    sides: &[u32],
    listed: bool,
    is_anothers: bool,
) -> bool {
    let fought_for = |token: u32| is_fought_for(reading, token);
    if listed && is_anothers {
        let sides = sides.iter().copied().chain(reading.own_subject(at));
        let mut words = sides.flat_map(|side| reading.subtree(side));
        return words.any(|token| !reading.named(token).is_empty() || fought_for(token));
    }
    // Other verbs, and what somebody will do himself: only if a power or what it fights for suffers it.
    let suffers =
        |token: u32| fought_for(token) || reading.named(token).iter().any(|actor| is_power(reading, actor));
    let told = !reading.is(at, &speech::SPEECH) && (listed || is_anothers);
    told && sides.iter().flat_map(|&side| around(reading, side)).any(suffers)
}

/// Whether the phrase of `at` tells of a party, an act or what parties deal in: not `talks` alone.
pub(super) fn tells_of_parties(reading: &Reading<'_>, at: u32) -> bool {
    let words = around(reading, at);
    let alone = words.len() == 1 && again::is_thin(reading, at);
    !alone && words.into_iter().any(|word| is_weighty(reading, word))
}

/// Returns whose act the verb `at` names: `urged Iran to release them`.
pub(super) fn whose(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    // `wants Iran to stop arming them`: it is Iran that arms them.
    let stopped = reading.head(at).filter(|&up| {
        reading.dep(at) == Dep::Xcomp
            && reading.tag(at) == Tag::Vbg
            && reading.is(up, &["stop", "cease", "quit"])
    });
    match reading.own_subject(at).or_else(|| reading.own_subject(stopped?)) {
        Some(subject) => vec![subject],
        // `urged Iran to release`: the object of the verb above acts.
        None => {
            // `blamed Chad for breaking the truce`
            let gerund = reading.dep(at) == Dep::Pcomp;
            let above = reading.head(at).and_then(|up| if gerund { reading.head(up) } else { Some(up) });
            // `is committed to lifting it`: whoever is committed will.
            let own = |above: u32| {
                gerund
                    && reading.is_passive(above)
                    && reading.head(at).is_some_and(|prep| reading.is(prep, &["to"]))
            };
            let above = above.filter(|&above| reading.is_verb(above) && !own(above));
            let objects = above
                .map(|above| [reading.objects(above), reading.after(above, &["on", "upon"])].concat())
                .unwrap_or_default();
            if gerund {
                objects
            } else {
                reading.subjects(at).into_iter().filter(|subject| objects.contains(subject)).collect()
            }
        }
    }
}

/// Whether the verb `at` is what somebody will do himself: `vowed to end the siege`, `we will end the siege`.
pub(super) fn is_own_act(reading: &Reading<'_>, at: u32) -> bool {
    if !reading.is_verb(at) || reading.is_passive(at) {
        return false;
    }
    if reading.is_infinitive(at) {
        let above = reading.head(at).filter(|&above| reading.is_verb(above));
        let asked = above.is_some_and(|above| {
            !reading.objects(above).is_empty() || !reading.after(above, &["on", "for"]).is_empty()
        });
        return reading.own_subject(at).is_none() && !asked;
    }
    reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "would", "shall"]))
}
