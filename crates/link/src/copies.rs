//! Copies: reports that are another report, or hold blocks of it.
//!
//! 1. **Furniture.** What one outlet prints under unrelated reports (notices, standing background) is learnt: runs of
//!    six words in three of its documents that share little else. It counts as no copy.
//! 2. **Candidates.** Word triples as block keys (module `blocks`). Containment, not resemblance: a short excerpt of a
//!    long report shares few of the long one's triples.
//! 3. **Alignment** of the candidates by sentence (module `alignment`), which gives the share and the passages.
//!
//! Words in quotation marks alone make no copy: two reporters at one news conference quote the same sentences.

use std::collections::BTreeSet;
use std::rc::Rc;

use readout_record::{CopyOf, Document, DocumentId, calendar};
use readout_text::{CharSpan, Offsets};

use crate::alignment::{Shared, Side, covered, gather, trusted};
use crate::blocks::{Component, LinkKind};
use crate::clusters::Clusters;
use crate::hash::{id_hash, mix, mixed_words, run_of_words};
use crate::report::Report;
use crate::words::Words;

/// The share of the one or the other text from which two documents are a copy and its origin.
const LEAST_SHARE: f64 = 0.09;
/// The smallest number of shared words from which two documents are a copy and its origin.
const LEAST_WORDS: u32 = 12;
/// The smallest number of shared words outside quotation marks from which two documents are a copy and its origin.
pub(crate) const LEAST_TOLD: u32 = 8;
/// One in this many word triples becomes a block key.
const SAMPLE: u64 = 3;
/// Words in a row that make a passage of an outlet's furniture; stock phrases are shorter.
const FURNITURE_WORDS: usize = 6;

/// One document, prepared.
pub(crate) struct Text {
    report: Rc<Report>,
    words: Words,
    keys: Vec<u64>,
}

/// Documents as a kind of records to be linked.
pub(crate) struct Copies;

impl LinkKind for Copies {
    const NUMBER: u8 = 0;
    const VOTES: u32 = 2;
    // A run of words that more have is a phrase of the language.
    const HEAD: usize = 16;
    type Record = Text;

    fn marks(&self, report: &Rc<Report>) -> Vec<u64> {
        let Some(outlet) = outlet(&report.document) else { return Vec::new() };
        units(&outlet, report.words()).into_iter().flatten().collect::<BTreeSet<u64>>().into_iter().collect()
    }

    fn records(&self, report: &Rc<Report>, common: &BTreeSet<u64>) -> Vec<Text> {
        let mut words = report.words().clone();
        let keys = keys(&words);
        if let Some(outlet) = outlet(&report.document) {
            leave_out_furniture(&outlet, &mut words, common);
        }
        vec![Text { report: Rc::clone(report), words, keys }]
    }

    fn keys(&self, text: &Text) -> Vec<(u64, u32)> {
        text.keys.iter().map(|key| (*key, 1)).collect()
    }

    fn size(&self, text: &Text) -> Option<u32> {
        Some(text.keys.len() as u32)
    }

    fn enough(&self, votes: u32, smaller: u32) -> bool {
        votes.saturating_mul(33) >= smaller
    }

    fn compare(&self, earlier: &Text, later: &Text) -> Option<(f64, String)> {
        let (this, other) = (&later.report.document, &earlier.report.document);
        let pairs = trusted(Side::new(&later.words).align(&earlier.words), &later.words);
        if pairs.is_empty() {
            return None;
        }
        let (offsets, other_offsets) = (Offsets::new(&this.text), Offsets::new(&other.text));
        let shared = gather(&pairs, &later.words, &offsets, &earlier.words, &other_offsets);
        let here = f64::from(shared.here) / f64::from(offsets.len_chars().max(1));
        let there = f64::from(shared.there) / f64::from(other_offsets.len_chars().max(1));
        if here.max(there) < LEAST_SHARE || shared.words < LEAST_WORDS || shared.told < LEAST_TOLD {
            return None;
        }
        let copied = if later_is_copy(this, here, other, there) {
            Copied { by_later: true, share: share(here), spans: shared.spans }
        } else {
            Copied { by_later: false, share: share(there), spans: turned(shared).spans }
        };
        Some((copied.share, copied.written()))
    }
}

/// A copy between two documents: its direction, its share and its passages.
struct Copied {
    by_later: bool,
    share: f64,
    /// Passages of the copy with those of its origin.
    spans: Vec<(CharSpan, CharSpan)>,
}

impl Copied {
    /// Returns the note of the edge.
    fn written(&self) -> String {
        let mut out = String::from(if self.by_later { "later" } else { "earlier" });
        for (here, there) in &self.spans {
            out.push_str(&format!(" {} {} {} {}", here.start, here.end, there.start, there.end));
        }
        out
    }

    fn read(share: f64, note: &str) -> Self {
        let mut parts = note.split(' ');
        let by_later = parts.next() == Some("later");
        let numbers: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
        let (spans, _) = numbers.as_chunks::<4>();
        let spans = spans.iter().map(|[a, b, c, d]| (CharSpan::new(*a, *b), CharSpan::new(*c, *d))).collect();
        Self { by_later, share, spans }
    }
}

/// Returns, for each document of a component, the documents that it copies, largest share first, and the first document
/// of its group. The order is that of the component's records.
///
/// The documents of one group have one origin. A document stitched together from several origins is a group of its own.
pub(crate) fn decide(component: &Component<Text>) -> Vec<(Vec<CopyOf>, DocumentId)> {
    let documents: Vec<&Document> = component.records.iter().map(|it| &it.report.document).collect();
    let mut found: Vec<Vec<(usize, CopyOf)>> = vec![Vec::new(); documents.len()];
    for (earlier, later, share, note) in &component.edges {
        let copied = Copied::read(*share, note);
        let (copy, of) = if copied.by_later { (*later, *earlier) } else { (*earlier, *later) };
        let of_it = CopyOf { doc: documents[of].id.clone(), share: copied.share, spans: copied.spans };
        found[copy].push((of, of_it));
    }
    for list in &mut found {
        list.sort_by(|a, b| b.1.share.total_cmp(&a.1.share).then(a.0.cmp(&b.0)));
    }
    let origins = group(&found);
    found
        .into_iter()
        .zip(origins)
        .map(|(list, origin)| {
            (list.into_iter().map(|(_, copy)| copy).collect(), documents[origin].id.clone())
        })
        .collect()
}

/// Returns the day of publication, `YYYY-MM-DD`.
fn day(document: &Document) -> Option<&str> {
    document.published.as_deref().and_then(calendar::date_of)
}

/// Returns the keys of some of the word triples with two words of meaning. Texts with one triple get one key for it.
fn keys(words: &Words) -> Vec<u64> {
    let mut keys: Vec<u64> = words
        .keys
        .windows(3)
        .zip(words.content.windows(3))
        .filter(|(_, content)| content.iter().filter(|content| **content).count() >= 2)
        .map(|(three, _)| mixed_words(three))
        .filter(|hash| (hash >> 7).is_multiple_of(SAMPLE))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the outlet's name, or else the host of the address.
pub(crate) fn outlet(document: &Document) -> Option<String> {
    if let Some(name) = document.outlet.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        return Some(name.to_lowercase());
    }
    let host = document.url.as_deref()?.split_once("://")?.1.split(['/', ':']).next()?;
    Some(host.trim_start_matches("www.").to_lowercase())
}

/// Returns, for each unit of `words`, the key by which an outlet's furniture is recognised: that of one of its runs of
/// [`FURNITURE_WORDS`] words, so that a name or a date elsewhere in the unit may differ.
fn units(outlet: &str, words: &Words) -> Vec<Option<u64>> {
    let outlet = mix(id_hash(outlet));
    words
        .units
        .iter()
        .map(|unit| {
            let runs = words.keys[unit.start as usize..unit.end as usize].windows(FURNITURE_WORDS);
            runs.map(|window| mix(outlet ^ run_of_words(window))).min()
        })
        .collect()
}

/// Leaves out the units that the document's outlet repeats: those with a key of `common`. Nothing is left out of a
/// document that consists mostly of repeated units: it is a version of another report.
fn leave_out_furniture(outlet: &str, words: &mut Words, common: &BTreeSet<u64>) {
    let repeated: Vec<bool> =
        units(outlet, words).iter().map(|unit| unit.is_some_and(|unit| common.contains(&unit))).collect();
    let count: usize = words
        .units
        .iter()
        .zip(&repeated)
        .filter(|(_, repeated)| **repeated)
        .map(|(unit, _)| unit.len())
        .sum();
    if count * 2 > words.keys.len() {
        return;
    }
    for (unit, repeated) in words.units.iter_mut().zip(repeated) {
        unit.used = !repeated;
    }
}

/// Whether `this`, which comes after `other` in the sorted list, is the copy of the two.
fn later_is_copy(this: &Document, this_share: f64, other: &Document, other_share: f64) -> bool {
    match (day(this), day(other)) {
        (Some(this), Some(other)) if this != other => this > other,
        // The one that has more of its own text in the other is taken from it.
        _ => this_share >= other_share,
    }
}

fn share(share: f64) -> f64 {
    (share.min(1.0) * 1000.0).round() / 1000.0
}

fn turned(mut shared: Shared) -> Shared {
    shared.spans = shared.spans.into_iter().map(|(here, there)| (there, here)).collect();
    shared.spans.sort_unstable();
    shared
}

/// Returns the first document of each document's group. A document joins the group of the document from which it copies
/// most, if that copy is two fifths of the document and three fifths of all that it copies.
fn group(found: &[Vec<(usize, CopyOf)>]) -> Vec<usize> {
    let mut groups = Clusters::new(found.len());
    for (at, list) in found.iter().enumerate() {
        let Some((main, copy)) = list.first() else { continue };
        let all =
            covered(list.iter().flat_map(|(_, copy)| copy.spans.iter().map(|(here, _)| *here)).collect());
        let own = covered(copy.spans.iter().map(|(here, _)| *here).collect());
        if copy.share >= 0.4 && f64::from(own) >= 0.6 * f64::from(all) {
            let (a, b) = (groups.root(at), groups.root(*main));
            groups.join(a, b);
        }
    }
    (0..found.len()).map(|at| groups.root(at)).collect()
}
