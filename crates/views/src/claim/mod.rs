//! A claim held against reports: sentences that say it, sentences that say the contrary, and the nearest of the others.

mod aligned;
mod alike;
mod bases;
mod content;
mod deed;
mod forms;
mod parts;
mod passage;
mod polarity;
mod recorded;
mod roles;
mod row;
mod senses;
mod told;
mod tree;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_record::{Actor, ActorId, Document, DocumentRecords, RecordRef};
use readout_syntax::Syntax;
use readout_text::{ByteSpan, CharSpan, Offsets};
pub use row::{Bearing, ClaimRow};

use self::aligned::{Deeds, Fit};
use self::content::{Claim, RolesBy, is_of_polarity};
use self::passage::{Passage, Words};
use self::recorded::deeds;
use self::senses::keys_of;
use self::tree::Tree;
use crate::affair::content_words;
use crate::cite::{ActorName, Citation};
use crate::contents::{Contents, Names};
use crate::sentences::{Sentence, sentences};

/// The least share of a claim's words that a sentence has to have to be near it.
const NEAR: f64 = 0.4;

/// Sentences of a report that are near a claim and are given at most.
const NEAREST: usize = 5;

/// Sentences whose trees are compared with that of a claim, at most: those that have most of its words.
const PARSED: usize = 24;
/// The longest sentence that is compared by its tree, in bytes.
const LONGEST: usize = 1500;
/// The reason why a sentence that was not compared by its tree is only near.
const UNREAD: &str = "not compared by who does what to whom";

/// A parser of single sentences.
pub type Parse<'p> = dyn FnMut(&str) -> Syntax + 'p;

/// Paragraphs between two sentences that support a claim together, at most, and what is told of each.
const APART: usize = 3;
const PART: &str = "says a part of it, and a sentence beside it the rest";

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
/// and descriptions mean. A claim of two things may be supported by two sentences. A claim of a deed is supported by a sentence
/// in whose tree the same ones do it to the same ones; without `parse`, by one whose records say who does it.
pub fn bearing_on(claim: &str, contents: &Contents, mut parse: Option<&mut Parse<'_>>) -> Vec<ClaimRow> {
    let texts: Vec<Text<'_>> = contents.documents.iter().map(Text::new).collect();
    let mut rows_of = |claim: &str| rows_of(claim, contents, &texts, parse.as_deref_mut());
    let mut rows = rows_of(claim);
    // Who denies the whole denies it, whoever says a part.
    if rows.iter().all(|it| it.bearing == Bearing::Near)
        && let Some(parts) = parts::parts(claim)
    {
        let [one, other] = parts.map(|it| rows_of(&it));
        let together = together(&one, &other);
        rows.retain(|it| !together.iter().any(|other| other.citation == it.citation));
        rows.extend(together);
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

/// Returns the rows of one claim, in the order of the reports.
fn rows_of(
    text: &str,
    contents: &Contents,
    texts: &[Text<'_>],
    mut parse: Option<&mut Parse<'_>>,
) -> Vec<ClaimRow> {
    let mut claim = Claim::of(text, contents);
    if claim.terms.is_empty() {
        return Vec::new();
    }
    let deeds = parse.as_deref_mut().map(|parse| {
        let names = claim.names.iter().map(|(span, id)| (*span, id, ""));
        Deeds::of(Tree::new(parse(text), names))
    });
    claim.roles_by = match &deeds {
        None => RolesBy::Records,
        Some(None) => RolesBy::Words,
        Some(Some(_)) => RolesBy::Trees,
    };
    let mut reader = Reader::new(&claim, contents);
    for (text, records) in texts.iter().zip(&contents.records) {
        reader.read(text, records);
    }
    let deeds = deeds.flatten();
    reader.rows(deeds.as_ref().zip(parse))
}

/// Returns the sentences that support the two parts of a claim side by side: in one report, at most [`APART`] paragraphs from
/// each other.
fn together(one: &[ClaimRow], other: &[ClaimRow]) -> Vec<ClaimRow> {
    let supports = |it: &&ClaimRow| it.bearing == Bearing::Supporting;
    let beside = |one: &ClaimRow, other: &ClaimRow| {
        one.citation.doc == other.citation.doc
            && one.citation.paragraph.abs_diff(other.citation.paragraph) <= APART
    };
    let of = |these: &[ClaimRow], those: &[ClaimRow]| {
        let found = these.iter().filter(supports);
        let found = found.filter(|it| those.iter().filter(supports).any(|that| beside(it, that)));
        found.cloned().collect::<Vec<_>>()
    };
    let mut all = of(one, other);
    for row in of(other, one) {
        if !all.iter().any(|it| it.citation == row.citation) {
            all.push(row);
        }
    }
    for row in &mut all {
        row.why = Some(PART.to_owned());
    }
    all
}

/// A report with the keys of its sentences.
struct Text<'c> {
    document: &'c Document,
    sentences: Vec<Sentence>,
    keys: Vec<BTreeSet<String>>,
}

impl<'c> Text<'c> {
    fn new(document: &'c Document) -> Self {
        let sentences = sentences(&document.text);
        let keys: Vec<BTreeSet<String>> =
            sentences.iter().map(|it| keys_of(it.span.slice(&document.text))).collect();
        Self { document, sentences, keys }
    }
}

/// The reading of reports for one claim.
struct Reader<'c> {
    claim: &'c Claim,
    names: Names,
    known: BTreeMap<&'c ActorId, &'c Actor>,
    /// The keys of the names and offices of each actor.
    named: BTreeMap<ActorId, Rc<BTreeSet<String>>>,
    /// The number of sentences that have each word of the claim.
    seen: BTreeMap<&'c str, usize>,
    /// The sentences that have words of the claim.
    told: Vec<(ClaimRow, Passage<'c>)>,
}

impl<'c> Reader<'c> {
    fn new(claim: &'c Claim, contents: &'c Contents) -> Self {
        Self {
            claim,
            names: contents.names(),
            known: contents.actors.iter().map(|it| (&it.id, it)).collect(),
            named: BTreeMap::new(),
            seen: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    /// Reads the sentences of a report.
    fn read(&mut self, text: &Text<'c>, records: &'c DocumentRecords) {
        let Text { document, sentences: all, keys, .. } = text;
        let offsets = Offsets::new(&document.text);
        for (at, sentence) in all.iter().enumerate() {
            let span = offsets.to_chars(sentence.span);
            let within = |start: u32, end: u32| start >= span.start && end <= span.end;
            let mentions = records.mentions.iter().filter(|it| within(it.span.start, it.span.end));
            let mut mentions: Vec<(CharSpan, &ActorId)> = mentions.map(|it| (it.span, &it.actor)).collect();
            let statements = records
                .statements
                .iter()
                .filter(|it| it.evidence.spans.iter().any(|it| it.start < span.end && it.end > span.start));
            let speakers: Vec<&ActorId> = statements.flat_map(|it| &it.speaker).collect();
            let mentioned = mentions.clone();
            mentions.extend(speakers.iter().map(|id| (span, *id)));
            let actors: BTreeSet<&ActorId> = mentions.iter().map(|(_, id)| *id).collect();
            let own = keys.get(at);
            let of_names: Vec<Rc<BTreeSet<String>>> =
                actors.iter().map(|it| self.keys_of_actor(it)).collect();
            // A place in a name is not the place that the claim speaks of.
            let named = |key: &String| {
                !self.claim.places.contains(key) && of_names.iter().any(|names| names.contains(key))
            };
            let mut has = 0;
            for term in &self.claim.terms {
                if term.is_had(|key| own.is_some_and(|own| own.contains(key)) || named(key)) {
                    *self.seen.entry(&term.stem).or_default() += 1;
                    has += 1;
                }
            }
            if has * 4 < self.claim.terms.len() {
                continue;
            }
            let of: Vec<RecordRef<'_>> = (records.passages())
                .filter(|it| {
                    let spans = it.evidence().map(|it| it.spans.as_slice()).unwrap_or_default();
                    spans.first().is_some_and(|it| it.start >= span.start && it.start < span.end)
                })
                .collect();
            let row = self.claim.row(
                Citation::of_span(document, sentence.span),
                sentence.span,
                &offsets,
                &of,
                &mentions,
            );
            let mut words = Words::of(sentence.span.slice(&document.text));
            words.keys.extend(of_names.iter().flat_map(|names| names.iter()).filter(|it| named(it)).cloned());
            // A record says in its own way what the sentence says in other words: `left 20 dead`.
            words.keys.extend(of.iter().flat_map(|it| deeds(*it)).flat_map(keys_of));
            let is_said_by_first = speakers.iter().any(|it| self.claim.is_first(it));
            let actor = actors
                .into_iter()
                .map(|id| ActorName { id: id.clone(), name: self.names.of(id).to_owned() })
                .collect();
            let names = mentioned.into_iter().filter_map(|(span, id)| {
                let span = offsets.to_bytes(span)?;
                let start = span.start.checked_sub(sentence.span.start)?;
                Some((ByteSpan::new(start, start + span.len()), id, self.names.of(id).to_owned()))
            });
            let passage = Passage {
                sentence: words,
                is_said_by_first,
                is_recorded: self.claim.is_recorded(&of),
                text: sentence.span.slice(&document.text),
                names: names.collect(),
            };
            self.told.push((ClaimRow { actor, ..row }, passage));
        }
    }

    fn keys_of_actor(&mut self, id: &ActorId) -> Rc<BTreeSet<String>> {
        if let Some(known) = self.named.get(id) {
            return Rc::clone(known);
        }
        let known = self.known.get(id).into_iter();
        let roles = known.clone().flat_map(|it| &it.roles).map(|it| it.text.as_str());
        let others = known.flat_map(|it| &it.aliases).map(String::as_str);
        let keys: Rc<BTreeSet<String>> =
            Rc::new(others.chain(roles).chain([self.names.of(id)]).flat_map(keys_of).collect());
        self.named.insert(id.clone(), Rc::clone(&keys));
        keys
    }

    /// Returns the rows of the sentences that have enough of the claim's words. With trees, those that would bear on it are
    /// held against its deeds.
    fn rows(self, trees: Option<(&Deeds, &mut Parse<'_>)>) -> Vec<ClaimRow> {
        // A word that few sentences have says more. One that none has says most.
        let weight = |word: &str| 1.0 / (1.0 + f64::from(self.seen.get(word).map_or(0, |many| many.ilog2())));
        let mut rows = Vec::new();
        for (mut row, passage) in self.told {
            let coverage = passage.coverage(self.claim, weight);
            row.missing = coverage.missing;
            row.share = coverage.share;
            if !coverage.bears {
                // What does not say all of it does not deny it either.
                row.why = row.why.filter(|_| row.bearing == Bearing::Near);
                row.bearing = Bearing::Near;
            }
            if coverage.is_opposed && row.why.is_none() {
                row.why = Some("has the contrary of a word".to_owned());
            }
            if row.share >= NEAR || row.bearing != Bearing::Near {
                rows.push((row, passage));
            }
        }
        if let Some((deeds, parse)) = trees {
            hold_against(self.claim, deeds, parse, &mut rows);
        }
        rows.into_iter().map(|(row, _)| row).collect()
    }
}

/// Leaves of the rows that would bear on a claim those that tell its deeds, and tells of the others why they do not.
fn hold_against(claim: &Claim, deeds: &Deeds, parse: &mut Parse<'_>, rows: &mut [(ClaimRow, Passage<'_>)]) {
    let mut bearing: Vec<_> = rows.iter_mut().filter(|(row, _)| row.bearing != Bearing::Near).collect();
    bearing.sort_by(|(one, _), (other, _)| other.share.total_cmp(&one.share));
    for (at, (row, passage)) in bearing.into_iter().enumerate() {
        if at >= PARSED || passage.text.len() > LONGEST {
            // What contradicts by its words is still told.
            if row.bearing == Bearing::Supporting && !passage.is_recorded {
                row.why = Some(UNREAD.to_owned());
                row.bearing = Bearing::Near;
            }
            continue;
        }
        let names = passage.names.iter().map(|(span, id, name)| (*span, *id, name.as_str()));
        let fit = deeds.fit(claim, &Tree::new(parse(passage.text), names));
        let bearing = match (row.bearing, fit) {
            (Bearing::Supporting, Fit::Same) => Bearing::Supporting,
            (Bearing::Supporting, Fit::Opposite) => Bearing::Contrary,
            (Bearing::Supporting, _)
                if passage.is_recorded || passage.is_said_by_first && deeds.is_of_words() =>
            {
                Bearing::Supporting
            }
            // What it rejects is not what the claim says.
            (Bearing::Contrary, Fit::Same) if row.why.as_deref().is_some_and(is_of_polarity) => {
                Bearing::Supporting
            }
            (Bearing::Contrary, Fit::Same | Fit::Opposite) => Bearing::Contrary,
            _ => Bearing::Near,
        };
        if bearing != row.bearing {
            row.why = (bearing != Bearing::Supporting).then(|| fit.why().to_owned());
            row.bearing = bearing;
        }
    }
}
