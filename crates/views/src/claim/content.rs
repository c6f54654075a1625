//! What a claim says: its words, whom it names, its direction and its polarity.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Factuality, RecordRef, Side, Statement};
use readout_text::{ByteSpan, CharSpan, Offsets};

use super::alike::Relation;
use super::bases::{base, says_something};
use super::forms::{BaseForms, DEGREES, DENYING, LIGHT, PIECES, REFUSING, REJECTING, SAYING, URGING};
use super::polarity::{
    compared, denied, favoured, gives_a_bound, is_negation, is_passive, number_of, numbers, opposed, places,
    restrictions, to_come, words_of,
};
use super::recorded::{
    ACTED_UPON, ACTING, deeds, factuality, is_between, is_denied, is_reversed, is_said_by_others,
};
use super::roles::{Role, first_verb, roles};
use super::row::{Bearing, ClaimRow};
use super::senses::{Meant, Term, keys_of, keys_of_phrase, meant, phrasal, senses_of, terms_of_claim};
use crate::cite::Citation;
use crate::contents::Contents;
use crate::words::{folded, spans_of_words};

/// The base form of `people`, who are anybody.
const ANYBODY: &str = "person";

/// The words before the name of the one who acts, at most: `On Monday Prime Minister Ann Lee`.
const BEFORE_ACTOR: usize = 4;

/// Auxiliaries, as they are written: how a deed is told is compared by trees, and no word of its own.
const MODALS_PLAIN: [&str; 4] = ["will", "would", "could", "should"];

/// Reasons of polarity for which a sentence is contrary.
const SAYS_SO: &str = "says that it is so";
const SAYS_NOT: &str = "says that it is not so";

/// Words that say something behind a denial, among which is what it denies.
const WIDELY: usize = 3;

/// Words of a claim beside its names by which a sentence on the same matter is known.
const SHORT: usize = 2;

/// Actors whom a claim names by one name.
struct Named {
    ids: Vec<ActorId>,
    /// The terms of the name.
    words: BTreeSet<Term>,
    /// The key of a person's surname.
    surname: Option<String>,
}

impl Named {
    /// Whether words with these keys name them: a person may be named by the surname alone.
    fn is_in(&self, keys: &BTreeSet<String>) -> bool {
        self.words.iter().all(|it| it.is_in(keys))
            || self.surname.as_ref().is_some_and(|it| keys.contains(it))
    }
}

/// The way in which it is told who does what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RolesBy {
    /// By the trees of claim and sentence.
    Trees,
    /// By the order of words and by records: the claim is of no deed.
    Words,
    /// By records alone: there is no parser.
    Records,
}

/// A claim, taken apart.
pub(super) struct Claim {
    /// The words that say something, without numbers and denials.
    pub(super) terms: BTreeSet<Term>,
    /// The senses of those words.
    pub(super) senses: Meant,
    /// The words that have a particle behind them, which says what they mean: `put off`.
    phrasal: BTreeSet<String>,
    /// The roles of those words.
    roles: BTreeMap<String, Role>,
    /// The numbers.
    numbers: BTreeSet<String>,
    /// The words that it denies, and those around them.
    denied: Vec<String>,
    denied_widely: Vec<String>,
    /// True if it begins with the name of an actor, who then is the one who acts.
    opens_with_actor: bool,
    /// True if the actor with whom it begins is acted upon.
    is_passive: bool,
    /// True if it says that the actor with whom it begins said something.
    is_of_saying: bool,
    /// The words of what somebody is said to be against, and to be for.
    against: BTreeSet<String>,
    favour: BTreeSet<String>,
    /// The keys of the words for what it says may come.
    to_come: BTreeSet<String>,
    /// The words of the places where it says that something is. A state's other names do not stand for them.
    pub(super) places: BTreeSet<String>,
    /// The words that make it hold for more, or for no others.
    restrictions: BTreeSet<String>,
    /// The base form of its first verb.
    first_verb: Option<String>,
    /// The words on both sides of a `than`.
    compared: Option<(Vec<String>, Vec<String>)>,
    /// The actors whom it names, in their order.
    actors: Vec<Named>,
    /// The bytes of all names in it, each with an actor who has it.
    pub(super) names: Vec<(ByteSpan, ActorId)>,
    /// The way in which it is told who does what.
    pub(super) roles_by: RolesBy,
}

impl Claim {
    pub(super) fn of(text: &str, contents: &Contents) -> Self {
        // A denial is in the polarity of a claim, and a number is compared as a number: neither is among its words.
        let plain = text.replace('’', "'");
        let kept = plain.split_whitespace().filter(|word| {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            !is_negation(&bare) && number_of(&bare).is_none() && !MODALS_PLAIN.contains(word)
        });
        let terms = terms_of_claim(&kept.collect::<Vec<_>>().join(" "));
        let mut actors: Vec<(usize, Vec<ActorId>, BTreeSet<Term>, usize)> = Vec::new();
        let said = folded(text);
        let spans = spans_of_words(text);
        let mut names: Vec<(ByteSpan, ActorId)> = Vec::new();
        for actor in &contents.actors {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let own = folded(name);
                let whole = !own.is_empty() && name.chars().next().is_some_and(char::is_uppercase);
                let at = said.windows(own.len().max(1)).position(|window| window == own);
                if let Some(at) = at.filter(|_| whole && !terms_of_claim(name).is_empty()) {
                    let last = (at + own.len()).checked_sub(1).and_then(|it| spans.get(it));
                    let span =
                        spans.get(at).zip(last).map(|(first, last)| ByteSpan::new(first.start, last.end));
                    names.extend(span.map(|it| (it, actor.id.clone())));
                    match actors.iter_mut().find(|(known, ..)| *known == at) {
                        Some((_, ids, ..)) => ids.push(actor.id.clone()),
                        None => actors.push((at, vec![actor.id.clone()], terms_of_claim(name), own.len())),
                    }
                    break;
                }
            }
        }
        actors.sort_by_key(|(at, ..)| *at);
        let modifying =
            modifiers(text, &actors.iter().map(|(at, .., long)| (*at, *long)).collect::<Vec<_>>());
        let actors: Vec<_> = actors.into_iter().skip(modifying).collect();
        let first = actors.first().map(|(at, .., long)| (*at, *long));
        let roles = roles(text);
        // `Orlo administration officials` are not Orlo.
        let is_with_noun = |(at, long): (usize, usize)| {
            let next = said.get(at + long).filter(|it| says_something(it));
            next.is_some_and(|it| roles.get(&base(it)) == Some(&Role::Thing))
        };
        let opens_with_actor =
            first.is_some_and(|it| it.0 <= BEFORE_ACTOR && !acts_before(&said, it.0) && !is_with_noun(it));
        let verbs = first.map(|(at, long)| said.iter().skip(at + long).take(3)).into_iter().flatten();
        let is_of_saying =
            opens_with_actor && verbs.into_iter().any(|it| SAYING.has(&base(it)) || URGING.has(&base(it)));
        let named = |(at, ids, words, long): (usize, Vec<ActorId>, BTreeSet<Term>, usize)| {
            let is_person = ids.iter().any(|it| it.starts_with("person:"));
            let last = (at + long).checked_sub(1).and_then(|it| said.get(it));
            Named { surname: last.filter(|_| is_person).map(|it| base(it)), ids, words }
        };
        let actors: Vec<Named> = actors.into_iter().map(named).collect();
        Self {
            denied: denied(text, 1),
            denied_widely: denied(text, WIDELY),
            compared: compared(text),
            restrictions: restrictions(text),
            first_verb: first_verb(text),
            opens_with_actor,
            is_passive: first.is_some_and(|(at, long)| is_passive(said.get(at + long..).unwrap_or_default())),
            is_of_saying,
            against: opposed(text),
            favour: favoured(text),
            to_come: to_come(text, true).iter().flat_map(|it| keys_of(it)).collect(),
            places: places(text),
            names: longest(&names),
            roles_by: RolesBy::Words,
            actors,
            numbers: numbers(text),
            senses: meant(text),
            phrasal: phrasal(&said),
            roles,
            terms,
        }
    }

    /// Whether it is so short that the sentence itself is to have each of its words.
    pub(super) fn is_short(&self) -> bool {
        let is_plain = |it: &&Term| matches!(self.role(it), Role::Act | Role::Quality | Role::Thing);
        self.terms.iter().filter(is_plain).count() < SHORT
    }

    /// Returns the role of a word of the claim as it is written.
    pub(super) fn role_of(&self, word: &str) -> Role {
        self.roles.get(&base(&word.to_lowercase())).copied().unwrap_or(Role::Thing)
    }

    /// Whether a word of a report, with the word or particle `behind` it, means the same as the word `own` of the claim.
    pub(super) fn means(&self, own: &str, word: &str, behind: &str) -> bool {
        let (own, stem) = (base(&own.to_lowercase()), base(&word.to_lowercase()));
        if own == stem {
            return true;
        }
        let Some(term) = self.terms.iter().find(|it| it.stem == own) else { return false };
        term.is_in(&keys_of(word))
            || term.is_in(&keys_of_phrase(word, behind))
            || term.relation(&self.senses, &senses_of(&stem, behind)) == Some(Relation::Alike)
    }

    /// Returns the role of a word of the claim.
    pub(super) fn role(&self, term: &Term) -> Role {
        let is_of_name = self.actors.iter().any(|it| it.words.contains(term));
        if is_of_name { Role::Name } else { self.roles.get(&term.stem).copied().unwrap_or(Role::Thing) }
    }

    /// Whether the claim begins with the name of this actor.
    pub(super) fn is_first(&self, id: &ActorId) -> bool {
        self.opens_with_actor && self.actors.first().is_some_and(|it| it.ids.contains(id))
    }

    /// Whether words with these keys have the term, or the surname of the person in whose name it is.
    pub(super) fn has(&self, term: &Term, keys: &BTreeSet<String>) -> bool {
        term.is_in(keys) || self.actors.iter().any(|it| it.words.contains(term) && it.is_in(keys))
    }

    /// Whether a sentence may lack this word and still say it: a plain word of saying, for which there are many; a verb that
    /// leaves what is done to its noun; `people`. Where the words of the one are given with whom the claim begins, a word that
    /// names their point may be missing too.
    pub(super) fn may_miss(&self, term: &Term, is_said_by_first: bool) -> bool {
        let is_in = |class: &BaseForms| class.has(&term.stem);
        let role = self.role(term);
        let is_first_verb = self.first_verb.as_ref() == Some(&term.stem);
        let is_denied_word =
            !self.denied.is_empty() && (is_in(&DENYING) || is_in(&REJECTING) || is_in(&REFUSING));
        matches!(role, Role::Manner | Role::Office)
            || role != Role::Name
                && (SAYING.has(&term.stem)
                    || is_denied_word
                    || is_in(&LIGHT) && !self.phrasal.contains(&term.stem)
                    || is_in(&PIECES)
                    || is_in(&DEGREES)
                    || term.stem == ANYBODY
                    || is_first_verb && is_said_by_first && is_in(&URGING))
    }

    /// Whether the sentence `words` names the claim's first actor behind its verb and the second before it, both in the active:
    /// `Dahl met Orlo`.
    fn is_turned(&self, words: &str) -> bool {
        let [one, other, ..] = self.actors.as_slice() else { return false };
        let verb = self.terms.iter().find(|it| self.role(it) == Role::Act && !SAYING.has(&it.stem));
        let (Some(verb), true, false) = (verb, self.opens_with_actor, self.is_passive) else { return false };
        let words = words_of(words);
        let place = |of: &Named| {
            words.iter().position(|it| {
                of.words.iter().all(|term| term.is_in(&keys_of(it))) || of.surname.as_ref() == Some(&base(it))
            })
        };
        let at = words.iter().position(|it| verb.is_in(&keys_of(it)));
        let (Some(one), Some(at), Some(other)) = (place(one), at, place(other)) else { return false };
        let between = words.get(at + 1..one).unwrap_or_default();
        other < at
            && at < one
            && !between.iter().any(|it| ["by", "who", "and", "that", "said"].contains(&it.as_str()))
    }

    /// Whether the verb by which a record was found is a word of the claim.
    fn has_verb_of(&self, record: RecordRef<'_>) -> bool {
        let rule = record.evidence().map(|it| it.rule.as_str()).unwrap_or_default();
        let verb = rule.strip_prefix("verb:").map(|it| [it.to_owned()]);
        verb.is_some_and(|verb| self.terms.iter().any(|it| it.touches(&self.senses, &verb)))
    }

    /// Whether a record of what happened has the claim's verb and two or more actors of it, the first among those who act.
    pub(super) fn is_recorded(&self, records: &[RecordRef<'_>]) -> bool {
        let [first, others @ ..] = self.actors.as_slice() else { return false };
        let happened = |it: &&RecordRef<'_>| factuality(**it) == Some(Factuality::Happened);
        let does = |it: &RecordRef<'_>| {
            self.has_verb_of(*it)
                || deeds(*it).iter().any(|verb| self.first_verb.as_ref() == Some(&base(verb)))
        };
        let names = |record: RecordRef<'_>, named: &Named, sides: &dyn Fn(Side) -> bool| {
            let mut found = false;
            record.each_side(&mut |side, ids| {
                found |= sides(side) && ids.iter().any(|id| named.ids.contains(id));
            });
            found
        };
        let (acts, is_acted_upon) = (|it: Side| !ACTED_UPON.contains(&it), |it: Side| !ACTING.contains(&it));
        let (one, other): (&dyn Fn(Side) -> bool, &dyn Fn(Side) -> bool) =
            if self.is_passive { (&is_acted_upon, &acts) } else { (&acts, &is_acted_upon) };
        !others.is_empty()
            && self.denied.is_empty()
            && records.iter().filter(happened).any(|it| {
                does(it) && names(*it, first, one) && others.iter().all(|named| names(*it, named, other))
            })
    }

    /// Returns the reason why the sentence `words` says the contrary: one denies what the other says. `is_denied` is true if a
    /// record of the sentence is of something that was not so.
    fn is_otherwise(&self, words: &str, is_denied: bool) -> Option<&'static str> {
        let (here, widely) = (denied(words, 1), denied(words, WIDELY));
        let all = words_of(words);
        let said: Vec<&Term> =
            self.terms.iter().filter(|it| !matches!(self.role(it), Role::Name | Role::Time)).collect();
        let touches = |term: &Term, words: &[String]| term.touches(&self.senses, words);
        let is_one = |term: &Term, words: &[String]| words.iter().any(|it| base(it) == term.stem);
        let says_so =
            said.iter().any(|it| is_one(it, &self.denied) && touches(it, &all) && !touches(it, &widely));
        if says_so || !self.denied.is_empty() && widely.is_empty() && !is_denied {
            return Some(SAYS_SO);
        }
        let says_not = here.iter().any(|word| {
            let mut touched = said.iter().filter(|it| touches(it, std::slice::from_ref(word))).peekable();
            touched.peek().is_some() && !touched.any(|it| is_one(it, &self.denied_widely))
        });
        (says_not || self.denied.is_empty() && is_denied && here.is_empty()).then_some(SAYS_NOT)
    }

    /// Returns the row of a sentence, with what its records and words say of its direction and polarity.
    pub(super) fn row(
        &self,
        citation: Citation,
        span: ByteSpan,
        offsets: &Offsets<'_>,
        records: &[RecordRef<'_>],
        mentions: &[(CharSpan, &ActorId)],
    ) -> ClaimRow {
        let text = offsets.text();
        let words = span.slice(text);
        let by_trees = self.roles_by == RolesBy::Trees;
        let row = ClaimRow { citation, bearing: Bearing::Supporting, ..ClaimRow::default() };
        let with =
            |bearing: Bearing, why: &str| ClaimRow { bearing, why: Some(why.to_owned()), ..row.clone() };
        let means = |stem: &str| {
            let keys = keys_of(stem);
            self.terms.iter().any(|it| it.stem == stem || it.is_in(&keys))
        };
        let tells = |it: &RecordRef<'_>| {
            let text = it.evidence().map(|it| it.text.as_str()).unwrap_or_default();
            words_of(text).iter().filter(|it| means(&base(it))).count() > 1
        };
        if let Some(Named { ids: first, .. }) = self.actors.first()
            && self.opens_with_actor
        {
            let others: Vec<&ActorId> = self.actors.iter().skip(1).flat_map(|it| &it.ids).collect();
            let telling = records
                .iter()
                .copied()
                .filter(|it| tells(it) && (is_between(*it, &others) || self.has_verb_of(*it)));
            let mut telling = telling.peekable();
            let is_told = telling.peek().is_some();
            if !by_trees && is_reversed(first, telling, self.is_passive) {
                return with(Bearing::Near, "the other way round: the one who acts is acted upon");
            }
            let is_source = |it: &Statement| {
                let is_known = it.speaker.iter().any(|it| !it.starts_with("unnamed:"));
                let (Some(source), false) = (it.source, is_known) else { return false };
                let keys = offsets.to_bytes(source).map(|it| keys_of(it.slice(text))).unwrap_or_default();
                let is_within = |it: &CharSpan| it.start >= source.start && it.end <= source.end;
                self.actors.first().is_some_and(|it| it.is_in(&keys))
                    || mentions.iter().any(|(span, id)| is_within(span) && first.contains(id))
            };
            if self.is_of_saying && is_said_by_others(first, records, is_source) {
                return with(Bearing::Near, "somebody else says it");
            }
            let keys = keys_of(words);
            if !mentions.iter().any(|(_, id)| first.contains(id))
                && !self.actors.first().is_some_and(|it| it.is_in(&keys))
            {
                return with(Bearing::Near, "does not name the one who acts");
            }
            if self.roles_by == RolesBy::Records && !self.is_of_saying && !is_told {
                return with(Bearing::Near, "no record tells who acts");
            }
        }
        if !self.restrictions.is_subset(&restrictions(words)) {
            return with(Bearing::Near, "does not say it of as many, or of no others");
        }
        if !by_trees && self.is_turned(words) {
            return with(Bearing::Near, "the other way round: the one who acts is acted upon");
        }
        if let Some(why) = self.is_otherwise(words, records.iter().any(|it| is_denied(*it) && tells(it))) {
            return with(Bearing::Contrary, why);
        }
        if let (Some((more, less)), Some((here_more, here_less))) = (&self.compared, compared(words)) {
            let is_name = |it: &&String| self.roles.get(&base(it)) == Some(&Role::Name);
            let turned = more.iter().filter(is_name).any(|it| here_less.contains(it))
                && less.iter().filter(is_name).any(|it| here_more.contains(it));
            if turned {
                return with(Bearing::Contrary, "compares them the other way round");
            }
        }
        let here = numbers(words);
        if !self.numbers.is_empty() && !self.numbers.is_subset(&here) {
            return match here.is_empty() {
                true => with(Bearing::Near, "gives no number"),
                false if gives_a_bound(words) => with(Bearing::Near, "gives a bound, not that number"),
                false => with(Bearing::Contrary, "gives another number"),
            };
        }
        let sooner = |it: &String| means(it) && keys_of(it).is_disjoint(&self.to_come);
        if !by_trees && to_come(words, false).iter().any(sooner) {
            return with(Bearing::Near, "tells as what may come, not as done");
        }
        let opposed = opposed(words);
        if self.against.iter().any(|it| means(it)) && self.against.is_disjoint(&opposed)
            || !self.favour.is_disjoint(&opposed)
        {
            return with(Bearing::Near, "for and against are not the claim's");
        }
        if by_trees {
            return row;
        }
        let states: BTreeSet<Factuality> = records.iter().filter_map(|it| factuality(*it)).collect();
        let done = states.is_empty()
            || states.iter().any(|it| matches!(it, Factuality::Happened | Factuality::Ongoing));
        let why = (!done).then(|| states.iter().map(|it| it.in_words()).collect::<Vec<_>>().join(", "));
        ClaimRow { why: why.map(|it| format!("told as {it}")), ..row }
    }
}

/// Whether a reason why a sentence is contrary is its polarity, by words.
pub(super) fn is_of_polarity(why: &str) -> bool {
    [SAYS_SO, SAYS_NOT].contains(&why)
}

/// Returns the names that are no part of a longer one.
fn longest(names: &[(ByteSpan, ActorId)]) -> Vec<(ByteSpan, ActorId)> {
    let is_within =
        |one: ByteSpan, other: ByteSpan| one != other && other.start <= one.start && one.end <= other.end;
    let is_part = |span: ByteSpan| names.iter().any(|(other, _)| is_within(span, *other));
    names.iter().filter(|(span, _)| !is_part(*span)).cloned().collect()
}

/// Returns how many of the names at the head of `text`, given as their first word and their number of words, only say whose
/// or from where the next one is: `Brenn` in `Brenn Mayor Ann Lee`, `Berg` in `Berg's lawyer Bo Dahl`.
fn modifiers(text: &str, names: &[(usize, usize)]) -> usize {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|it| !it.is_empty());
    let words: Vec<&str> = words.collect();
    let is_modifier = |pair: &&[(usize, usize)]| {
        let [(at, long), (next, _)] = **pair else { return false };
        match words.get(at + long..next).unwrap_or_default() {
            [] => false,
            ["s", owned @ ..] => {
                owned.len() < BEFORE_ACTOR && owned.iter().all(|it| says_something(&it.to_lowercase()))
            }
            between => between.iter().all(|it| it.starts_with(char::is_uppercase)),
        }
    };
    names.windows(2).take_while(is_modifier).count()
}

/// Whether a verb of the claim stands before the name at `at`: `Twenty were killed by Orlo`.
fn acts_before(said: &[String], at: usize) -> bool {
    said.iter()
        .take(at)
        .any(|it| ["was", "were", "is", "are", "been", "by", "of", "at", "in"].contains(&it.as_str()))
}
