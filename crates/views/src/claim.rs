//! A claim held against reports: sentences that say it, sentences that say the contrary, and the nearest of the others.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::WordSet as _;
use readout_record::{Actor, ActorId, Factuality, RecordRef, Side};
use readout_text::{ByteSpan, Offsets};
use serde::Serialize;

use crate::affair::content_words;
use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::judged::{DENYING, UTTERANCES};
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

/// A claim, taken apart.
struct Claim {
    /// The words that say something, as stems.
    words: BTreeSet<String>,
    /// The numbers.
    numbers: BTreeSet<String>,
    /// True if it says that something is not so.
    denies: bool,
    /// True if its first or second word names an actor, who then is the one who acts.
    opens_with_actor: bool,
    /// The actors whom it names, in their order, each with the stems of the name it uses.
    actors: Vec<(Vec<ActorId>, BTreeSet<String>)>,
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
/// No verdict on the claim: what reports say. A sentence is read with the names of those whom its pronouns and
/// descriptions mean.
pub fn bearing_on(claim: &str, contents: &Contents) -> Vec<ClaimRow> {
    let names = contents.names();
    let claim = Claim::of(claim, contents);
    if claim.words.is_empty() {
        return Vec::new();
    }
    let mut told: Vec<(ClaimRow, BTreeSet<String>)> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let aliases: BTreeMap<&ActorId, &Actor> = contents.actors.iter().map(|it| (&it.id, it)).collect();
    for (document, records) in contents.documents.iter().zip(&contents.records) {
        let offsets = Offsets::new(&document.text);
        for sentence in sentences(&document.text) {
            let span = offsets.to_chars(sentence.span);
            let within = |start: u32, end: u32| start >= span.start && end <= span.end;
            let mentions: Vec<&ActorId> = (records.mentions.iter())
                .filter(|it| within(it.span.start, it.span.end))
                .map(|it| &it.actor)
                .collect();
            let mut words = content_words(sentence.span.slice(&document.text));
            for id in &mentions {
                words.extend(content_words(names.of(id)));
                if let Some(actor) = aliases.get(id) {
                    words.extend(actor.aliases.iter().flat_map(|it| content_words(it)));
                }
            }
            for word in &claim.words {
                if words.contains(word) {
                    *seen.entry(word).or_default() += 1;
                }
            }
            if claim.words.iter().filter(|it| words.contains(*it)).count() * 3 < claim.words.len() {
                continue;
            }
            let of: Vec<RecordRef<'_>> = (records.passages())
                .filter(|it| {
                    let spans = it.evidence().map(|it| it.spans.as_slice()).unwrap_or_default();
                    spans.first().is_some_and(|it| it.start >= span.start && it.start < span.end)
                })
                .collect();
            let row = claim.row(
                Citation::of_span(document, sentence.span),
                sentence.span,
                &document.text,
                &of,
                &mentions,
            );
            let actors: BTreeSet<&ActorId> = mentions.into_iter().collect();
            let actor =
                actors.into_iter().map(|id| ActorName { id: id.clone(), name: names.of(id).to_owned() });
            told.push((ClaimRow { actor: actor.collect(), ..row }, words));
        }
    }
    // A word that few sentences have says more. One that none has says most.
    let weight = |word: &str| 1.0 / (1.0 + f64::from(seen.get(word).map_or(0, |many| many.ilog2())));
    let all: f64 = claim.words.iter().map(|word| weight(word)).sum();
    let mut rows: Vec<ClaimRow> = Vec::new();
    for (mut row, words) in told {
        row.missing = claim.words.iter().filter(|it| !words.contains(*it)).cloned().collect();
        let missing: f64 = row.missing.iter().map(|word| weight(word)).sum();
        row.share = 1.0 - missing / all;
        let bears = row.missing.iter().all(|word| claim.may_miss(word));
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
        // A negation is in the polarity of a claim, not among its words.
        let plain = text.replace('’', "'");
        let kept = plain.split_whitespace().filter(|word| {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            !is_negation(&bare)
        });
        let words = content_words(&kept.collect::<Vec<_>>().join(" "));
        let numbers = numbers(text);
        let mut actors: Vec<(usize, Vec<ActorId>, BTreeSet<String>)> = Vec::new();
        let said = folded(text);
        for actor in &contents.actors {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let own = folded(name);
                let whole = !own.is_empty() && name.chars().next().is_some_and(char::is_uppercase);
                let at = said.windows(own.len().max(1)).position(|window| window == own);
                if let Some(at) = at.filter(|_| whole && !content_words(name).is_empty()) {
                    match actors.iter_mut().find(|(known, ..)| *known == at) {
                        Some((_, ids, _)) => ids.push(actor.id.clone()),
                        None => actors.push((at, vec![actor.id.clone()], content_words(name))),
                    }
                    break;
                }
            }
        }
        actors.sort_by_key(|(at, ..)| *at);
        Self {
            denies: denies(text),
            opens_with_actor: actors.first().is_some_and(|(at, ..)| *at < 2),
            actors: actors.into_iter().map(|(_, ids, words)| (ids, words)).collect(),
            words,
            numbers,
        }
    }

    /// Whether a sentence may lack this word and still say it: a word of saying, for which there are many. Any other word
    /// may be the one that makes a claim wrong.
    fn may_miss(&self, word: &str) -> bool {
        let is_of_name = self.actors.iter().any(|(_, name)| name.contains(word));
        !is_of_name && UTTERANCES.words().any(|it| content_words(it).contains(word))
    }

    /// Returns the row of a sentence, with what its records and words say of its direction and polarity.
    fn row(
        &self,
        citation: Citation,
        span: ByteSpan,
        text: &str,
        records: &[RecordRef<'_>],
        mentions: &[&ActorId],
    ) -> ClaimRow {
        let words = span.slice(text);
        let row = ClaimRow { citation, bearing: Bearing::Supporting, ..ClaimRow::default() };
        let with =
            |bearing: Bearing, why: &str| ClaimRow { bearing, why: Some(why.to_owned()), ..row.clone() };
        if (denies(words) || records.iter().any(|it| is_denied(*it))) != self.denies {
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
        if let Some((first, _)) = self.actors.first()
            && (self.actors.len() > 1 || self.opens_with_actor)
            && is_reversed(first, records)
        {
            return with(Bearing::Near, "the other way round: the one who acts is acted upon");
        }
        if let Some((first, name)) = self.actors.first()
            && !records.is_empty()
            && !mentions.iter().any(|id| first.contains(id))
            && !name.is_subset(&content_words(words))
        {
            return with(Bearing::Near, "does not name the one who acts");
        }
        let states: BTreeSet<Factuality> = records.iter().filter_map(|it| factuality(*it)).collect();
        let done = states.is_empty()
            || states.iter().any(|it| matches!(it, Factuality::Happened | Factuality::Ongoing));
        let why = (!done).then(|| states.iter().map(|it| it.in_words()).collect::<Vec<_>>().join(", "));
        ClaimRow { why: why.map(|it| format!("told as {it}")), ..row }
    }
}

/// Whether in the records the actors `first` are acted upon, and never act.
fn is_reversed(first: &[ActorId], records: &[RecordRef<'_>]) -> bool {
    let (mut acts, mut is_acted_upon) = (false, false);
    for record in records {
        record.each_side(&mut |side, ids| {
            let is_in = ids.iter().any(|id| first.contains(id));
            acts |= is_in && !ACTED_UPON.contains(&side) && (ACTING.contains(&side) || side != Side::Via);
            is_acted_upon |= is_in && ACTED_UPON.contains(&side);
        });
    }
    is_acted_upon && !acts
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

/// Whether words of denial stand in `text` an odd number of times.
fn denies(text: &str) -> bool {
    let text = text.replace('’', "'");
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let is_denial = |word: &&str| {
        let word = word.to_lowercase();
        let stems = [
            word.as_str(),
            word.trim_end_matches('s'),
            word.trim_end_matches("ed"),
            word.trim_end_matches('d'),
        ];
        is_negation(&word)
            || word.strip_suffix("ied").is_some_and(|it| DENYING.has(&format!("{it}y")))
            || word.strip_suffix("ies").is_some_and(|it| DENYING.has(&format!("{it}y")))
            || stems.iter().any(|it| DENYING.has(it))
    };
    words.filter(is_denial).count() % 2 == 1
}

/// Whether a word in lower case negates what it stands with.
fn is_negation(word: &str) -> bool {
    ["not", "never", "no", "cannot", "neither", "nor", "without"].contains(&word) || word.ends_with("n't")
}

/// Returns the numbers of `text` in digits, without years.
fn numbers(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != ',' && letter != '.');
    let words = words.map(|it| it.trim_matches(['.', ',']).replace(',', ""));
    let is_year = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
    words.filter(|it| it.parse::<f64>().is_ok() && !is_year(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denial_is_counted_by_its_words() {
        for text in
            ["He did not sign.", "She denied it.", "They don’t talk.", "He rejects the offer.", "no deal"]
        {
            assert!(denies(text), "{text}");
        }
        for text in ["He signed.", "She did not deny it.", "Notable talks."] {
            assert!(!denies(text), "{text}");
        }
        assert_eq!(
            numbers("On 3 May 2015 some 1,200 people, 12.5 percent."),
            ["3", "1200", "12.5"].map(str::to_owned).into()
        );
    }
}
