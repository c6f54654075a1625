//! A claim held against reports: sentences that say it, sentences that say the contrary, and the nearest of the others.

mod polarity;
mod senses;

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Actor, ActorId, Factuality, RecordRef, Side, Statement};
use readout_text::{ByteSpan, Offsets};
use serde::Serialize;

use crate::affair::content_words;
use crate::cite::{ActorName, Citation};
use crate::claim::polarity::{
    denies, favoured, is_negation, is_passive, number_of, numbers, opposed, places, to_come, words_of,
};
use crate::claim::senses::{Term, keys_of, terms_of_claim};
use crate::contents::Contents;
use crate::judged::SAYING;
use crate::sentences::sentences;
use crate::words::folded;

/// The least share of a claim's words that a sentence has to have to be near it.
const NEAR: f64 = 0.4;

/// Sentences of a report that are near a claim and are given at most.
const NEAREST: usize = 5;

/// Sides of a record that act, and sides that are acted upon.
const ACTING: [Side; 5] = [Side::Speaker, Side::Actor, Side::Debtor, Side::Setter, Side::Claimant];
const ACTED_UPON: [Side; 4] = [Side::Addressee, Side::Recipient, Side::Creditor, Side::Target];

/// The relation of a sentence to a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearing {
    /// The sentence says it.
    Supporting,
    /// The sentence says it is not so, or gives another number.
    Contrary,
    /// The sentence is on the same matter and does not say it.
    #[default]
    Near,
}

/// A sentence that bears on a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The sentence.
    #[serde(flatten)]
    pub citation: Citation,
    /// The relation to the claim.
    pub bearing: Bearing,
    /// The share of the claim's words that the sentence has, by weight, 0 to 1.
    pub share: f64,
    /// The words of the claim that the sentence does not have.
    pub missing: Vec<String>,
    /// The reason why it is contrary, or only near; `None` if the words alone say so.
    pub why: Option<String>,
    /// The actors whom the records of the sentence name.
    pub actor: Vec<ActorName>,
}

/// The base form of `people`, who are anybody.
const ANYBODY: &str = "person";

/// The words before the name of the one who acts, at most: `On Monday Prime Minister Ann Lee`.
const BEFORE_ACTOR: usize = 4;

/// A claim, taken apart.
struct Claim {
    /// The words that say something, without numbers and denials.
    terms: BTreeSet<Term>,
    /// The numbers.
    numbers: BTreeSet<String>,
    /// True if it says that something is not so.
    denies: bool,
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
    places: BTreeSet<String>,
    /// The actors whom it names, in their order, each with the terms of the name it uses.
    actors: Vec<(Vec<ActorId>, BTreeSet<Term>)>,
}

/// Returns the words of `claim` that say something, the longest first, as a search takes them: with any ending.
pub fn words_of_claim(claim: &str) -> Vec<String> {
    let mut words: Vec<String> =
        content_words(claim).into_iter().filter(|it| it.chars().count() > 2).collect();
    words.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
    words.into_iter().map(|it| format!("{it}*")).collect()
}

/// Returns the sentences of `contents` that support `claim` or are contrary to it, and the nearest of the others.
///
/// No verdict on the claim: what reports say. A sentence is read with the names and offices of those whom its names, pronouns
/// and descriptions mean.
pub fn bearing_on(claim: &str, contents: &Contents) -> Vec<ClaimRow> {
    let names = contents.names();
    let claim = Claim::of(claim, contents);
    if claim.terms.is_empty() {
        return Vec::new();
    }
    let mut told: Vec<(ClaimRow, BTreeSet<String>)> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut named: BTreeMap<&ActorId, BTreeSet<String>> = BTreeMap::new();
    let known: BTreeMap<&ActorId, &Actor> = contents.actors.iter().map(|it| (&it.id, it)).collect();
    for (document, records) in contents.documents.iter().zip(&contents.records) {
        let offsets = Offsets::new(&document.text);
        for sentence in sentences(&document.text) {
            let span = offsets.to_chars(sentence.span);
            let within = |start: u32, end: u32| start >= span.start && end <= span.end;
            let mentions: Vec<&ActorId> = (records.mentions.iter())
                .filter(|it| within(it.span.start, it.span.end))
                .map(|it| &it.actor)
                .collect();
            let mut keys = keys_of(sentence.span.slice(&document.text));
            for id in &mentions {
                let of_names = named.entry(id).or_insert_with(|| {
                    let known = known.get(id).into_iter();
                    let roles = known.clone().flat_map(|it| &it.roles).map(|it| it.text.as_str());
                    let others = known.flat_map(|it| &it.aliases).map(String::as_str);
                    others.chain(roles).chain([names.of(id)]).flat_map(keys_of).collect()
                });
                keys.extend(of_names.iter().filter(|it| !claim.places.contains(*it)).cloned());
            }
            let mut has = 0;
            for term in claim.terms.iter().filter(|it| it.is_in(&keys)) {
                *seen.entry(&term.stem).or_default() += 1;
                has += 1;
            }
            if has * 3 < claim.terms.len() {
                continue;
            }
            let of: Vec<RecordRef<'_>> = (records.passages())
                .filter(|it| {
                    let spans = it.evidence().map(|it| it.spans.as_slice()).unwrap_or_default();
                    spans.first().is_some_and(|it| it.start >= span.start && it.start < span.end)
                })
                .collect();
            // A record says in its own way what the sentence says in other words: `left 20 dead`.
            keys.extend(of.iter().flat_map(|it| deeds(*it)).flat_map(keys_of));
            let row = claim.row(
                Citation::of_span(document, sentence.span),
                sentence.span,
                &offsets,
                &of,
                &mentions,
            );
            let actors: BTreeSet<&ActorId> = mentions.into_iter().collect();
            let actor =
                actors.into_iter().map(|id| ActorName { id: id.clone(), name: names.of(id).to_owned() });
            told.push((ClaimRow { actor: actor.collect(), ..row }, keys));
        }
    }
    // A word that few sentences have says more. One that none has says most.
    let weight = |word: &str| 1.0 / (1.0 + f64::from(seen.get(word).map_or(0, |many| many.ilog2())));
    let all: f64 = claim.terms.iter().map(|term| weight(&term.stem)).sum();
    let mut rows: Vec<ClaimRow> = Vec::new();
    for (mut row, keys) in told {
        let missed: Vec<&Term> = claim.terms.iter().filter(|it| !it.is_in(&keys)).collect();
        row.missing = missed.iter().map(|it| it.stem.clone()).collect();
        let missing: f64 = row.missing.iter().map(|word| weight(word)).sum();
        row.share = 1.0 - missing / all;
        let bears = missed.iter().all(|term| claim.may_miss(term));
        if !bears {
            row.bearing = Bearing::Near;
        }
        if row.share >= NEAR {
            rows.push(row);
        }
    }
    rows.sort_by(|a, b| {
        let key = |it: &ClaimRow| (it.bearing, it.citation.published.clone());
        (a.bearing.cmp(&b.bearing).then(b.share.total_cmp(&a.share)).then_with(|| key(a).cmp(&key(b))))
            .then_with(|| a.citation.cmp(&b.citation))
    });
    let mut near = 0;
    rows.retain(|it| {
        near += usize::from(it.bearing == Bearing::Near);
        it.bearing != Bearing::Near || near <= NEAREST
    });
    rows
}

impl Claim {
    fn of(text: &str, contents: &Contents) -> Self {
        // A denial is in the polarity of a claim, and a number is compared as a number: neither is among its words.
        let plain = text.replace('’', "'");
        let kept = plain.split_whitespace().filter(|word| {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            !is_negation(&bare) && number_of(&bare).is_none()
        });
        let terms = terms_of_claim(&kept.collect::<Vec<_>>().join(" "));
        let mut actors: Vec<(usize, Vec<ActorId>, BTreeSet<Term>, usize)> = Vec::new();
        let said = folded(text);
        for actor in &contents.actors {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let own = folded(name);
                let whole = !own.is_empty() && name.chars().next().is_some_and(char::is_uppercase);
                let at = said.windows(own.len().max(1)).position(|window| window == own);
                if let Some(at) = at.filter(|_| whole && !terms_of_claim(name).is_empty()) {
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
        let opens_with_actor = first.is_some_and(|(at, _)| at <= BEFORE_ACTOR && !acts_before(&said, at));
        let verbs = first.map(|(at, long)| said.iter().skip(at + long).take(3)).into_iter().flatten();
        let is_of_saying = opens_with_actor && verbs.into_iter().any(|it| is_saying(&senses::base(it)));
        Self {
            denies: denies(text, |_| true),
            opens_with_actor,
            is_passive: first.is_some_and(|(at, long)| is_passive(said.get(at + long..).unwrap_or_default())),
            is_of_saying,
            against: opposed(text),
            favour: favoured(text),
            to_come: to_come(text, true).iter().flat_map(|it| keys_of(it)).collect(),
            places: places(text),
            actors: actors.into_iter().map(|(_, ids, words, _)| (ids, words)).collect(),
            numbers: numbers(text),
            terms,
        }
    }

    /// Whether a sentence may lack this word and still say it: a plain word of saying, for which there are many, or
    /// `people`. Any other word may be the one that makes a claim wrong.
    fn may_miss(&self, term: &Term) -> bool {
        let is_of_name = self.actors.iter().any(|(_, name)| name.contains(term));
        !is_of_name && (is_saying(&term.stem) || term.stem == ANYBODY)
    }

    /// Returns the row of a sentence, with what its records and words say of its direction and polarity.
    fn row(
        &self,
        citation: Citation,
        span: ByteSpan,
        offsets: &Offsets<'_>,
        records: &[RecordRef<'_>],
        mentions: &[&ActorId],
    ) -> ClaimRow {
        let text = offsets.text();
        let words = span.slice(text);
        let row = ClaimRow { citation, bearing: Bearing::Supporting, ..ClaimRow::default() };
        let with =
            |bearing: Bearing, why: &str| ClaimRow { bearing, why: Some(why.to_owned()), ..row.clone() };
        let means = |stem: &str| {
            let keys = keys_of(stem);
            self.terms.iter().any(|it| it.stem == stem || it.is_in(&keys))
        };
        let tells = |it: &RecordRef<'_>| {
            let text = it.evidence().map(|it| it.text.as_str()).unwrap_or_default();
            words_of(text).iter().filter(|it| means(&senses::base(it))).count() > 1
        };
        if let Some((first, name)) = self.actors.first()
            && self.opens_with_actor
        {
            let telling = records.iter().copied().filter(|it| tells(it));
            if is_reversed(first, telling, self.is_passive) {
                return with(Bearing::Near, "the other way round: the one who acts is acted upon");
            }
            let is_source = |it: &Statement| {
                let source = it.source.and_then(|it| offsets.to_bytes(it));
                let keys = source.map(|it| keys_of(it.slice(text))).unwrap_or_default();
                name.iter().all(|it| it.is_in(&keys))
            };
            if self.is_of_saying && is_said_by_others(first, records, is_source) {
                return with(Bearing::Near, "somebody else says it");
            }
            let keys = keys_of(words);
            if !records.is_empty()
                && !mentions.iter().any(|id| first.contains(id))
                && !name.iter().all(|it| it.is_in(&keys))
            {
                return with(Bearing::Near, "does not name the one who acts");
            }
        }
        let denied = records.iter().any(|it| is_denied(*it) && tells(it));
        if (denies(words, means) || denied) != self.denies {
            return with(
                Bearing::Contrary,
                if self.denies { "says that it is so" } else { "says that it is not so" },
            );
        }
        let here = numbers(words);
        if !self.numbers.is_empty() && !self.numbers.is_subset(&here) {
            return match here.is_empty() {
                true => with(Bearing::Near, "gives no number"),
                false => with(Bearing::Contrary, "gives another number"),
            };
        }
        if to_come(words, false).iter().any(|it| means(it) && keys_of(it).is_disjoint(&self.to_come)) {
            return with(Bearing::Near, "tells as what may come, not as done");
        }
        let opposed = opposed(words);
        if self.against.iter().any(|it| means(it)) && self.against.is_disjoint(&opposed)
            || !self.favour.is_disjoint(&opposed)
        {
            return with(Bearing::Near, "for and against are not the claim's");
        }
        let states: BTreeSet<Factuality> = records.iter().filter_map(|it| factuality(*it)).collect();
        let done = states.is_empty()
            || states.iter().any(|it| matches!(it, Factuality::Happened | Factuality::Ongoing));
        let why = (!done).then(|| states.iter().map(|it| it.in_words()).collect::<Vec<_>>().join(", "));
        ClaimRow { why: why.map(|it| format!("told as {it}")), ..row }
    }
}

/// Whether in the records the actors `first` are acted upon and never act; in those of a passive claim, the reverse.
fn is_reversed<'r>(first: &[ActorId], records: impl Iterator<Item = RecordRef<'r>>, passive: bool) -> bool {
    let (mut acts, mut is_acted_upon) = (false, false);
    for record in records {
        record.each_side(&mut |side, ids| {
            let is_in = ids.iter().any(|id| first.contains(id));
            acts |= is_in && !ACTED_UPON.contains(&side) && (ACTING.contains(&side) || side != Side::Via);
            is_acted_upon |= is_in && ACTED_UPON.contains(&side);
        });
    }
    if passive { acts && !is_acted_upon } else { is_acted_upon && !acts }
}

/// Whether the statements of the records have speakers, and none of them is one of `first` or one whose words `is_source`
/// knows.
fn is_said_by_others(
    first: &[ActorId],
    records: &[RecordRef<'_>],
    is_source: impl Fn(&Statement) -> bool,
) -> bool {
    let statements = records.iter().filter_map(|it| match it {
        RecordRef::Statement(it) if !it.speaker.is_empty() => Some(*it),
        _ => None,
    });
    let mut statements = statements.peekable();
    statements.peek().is_some()
        && statements.all(|it| !it.speaker.iter().any(|id| first.contains(id)) && !is_source(it))
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
                owned.len() < BEFORE_ACTOR
                    && owned.iter().all(|it| senses::says_something(&it.to_lowercase()))
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

/// Returns the verbs for what a record says was done.
fn deeds(record: RecordRef<'_>) -> Vec<&'static str> {
    match record {
        RecordRef::Meeting(it) if it.factuality == Factuality::Happened => vec!["met"],
        RecordRef::Incident(it) => {
            let told = [(it.killed, "killed"), (it.injured, "injured")];
            told.into_iter().filter_map(|(bounds, verb)| bounds.map(|_| verb)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a base form is a plain word of saying.
fn is_saying(base: &str) -> bool {
    SAYING.words().any(|it| senses::base(it) == base)
}

fn factuality(record: RecordRef<'_>) -> Option<Factuality> {
    match record {
        RecordRef::Event(it) => Some(it.factuality),
        RecordRef::Meeting(it) => Some(it.factuality),
        RecordRef::Incident(it) => Some(it.factuality),
        _ => None,
    }
}

/// Whether a record says that something is not so.
fn is_denied(record: RecordRef<'_>) -> bool {
    match record {
        RecordRef::Statement(it) => it.negated,
        _ => factuality(record).is_some_and(|it| matches!(it, Factuality::Denied | Factuality::Cancelled)),
    }
}
