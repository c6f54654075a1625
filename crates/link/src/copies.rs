//! Copies: reports that are another report, or hold blocks of it.
//!
//! 1. **Furniture.** What one outlet prints under unrelated reports (notices, standing background) is learnt: runs of
//!    six words in several of its documents that share little else. It counts as no copy.
//! 2. **Candidates.** An inverted index of word triples. A list is read only at its head and just before the document,
//!    so that a new document costs the same in a collection of a million. Containment, not resemblance: a short
//!    excerpt of a long report shares few of the long one's triples.
//! 3. **Alignment** of the candidates by sentence (module `alignment`), which gives the share and the passages.
//!
//! Words in quotation marks alone make no copy: two reporters at one news conference quote the same sentences.

use std::collections::BTreeMap;

use readout_record::{CopyOf, Document, DocumentId};
use readout_text::Offsets;
use rustc_hash::FxHashMap;

use crate::alignment::{Shared, Side, Words, covered, gather, trusted};

/// The share of the one or the other text from which two documents are a copy and its origin.
const LEAST_SHARE: f64 = 0.09;
/// Shared words at least.
const LEAST_WORDS: u32 = 12;
/// Shared words outside quotation marks at least.
const LEAST_TOLD: u32 = 8;
/// How many of the first documents with a word triple are compared.
const HEAD: usize = 8;
/// How many of the documents just before.
const TAIL: usize = 24;
/// Documents compared with one document at most.
const MAX_CANDIDATES: usize = 48;
/// Documents of one outlet that must share a passage before it may be furniture.
const FURNITURE_DOCUMENTS: usize = 3;
/// Words in a row that make a passage; stock phrases are shorter.
const FURNITURE_WORDS: usize = 6;

/// Who copies whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// For each document in turn, what it copies, largest share first.
    pub of: Vec<Vec<CopyOf>>,
    /// For each document in turn, the first document of its group: what is told by documents of one group has one
    /// origin. A document stitched together from several origins is a group of its own.
    pub origin: Vec<DocumentId>,
}

/// Finds the copies among `documents`; the same in whatever order they come, but for the order of the answer.
pub fn find(documents: &[&Document]) -> Copies {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by(|&a, &b| sort_key(documents[a]).cmp(&sort_key(documents[b])));
    let sorted: Vec<&Document> = order.iter().map(|&at| documents[at]).collect();
    let mut words: Vec<Words> = sorted.iter().map(|document| Words::new(&document.text)).collect();
    let postings = Postings::new(&words);
    leave_out_furniture(&sorted, &mut words);
    let grams = (0..words.len()).map(|at| live_grams(&words[at])).collect::<Vec<_>>();
    let found = compare_candidates(&sorted, &words, &grams, &postings);

    let origins = group(&sorted, &found);
    let mut copies =
        Copies { of: vec![Vec::new(); documents.len()], origin: vec![String::new(); documents.len()] };
    for (at, (list, origin)) in found.into_iter().zip(origins).enumerate() {
        let place = order[at];
        copies.of[place] = list.into_iter().map(|(_, copy)| copy).collect();
        copies.origin[place] = sorted[origin].id.clone();
    }
    copies
}

/// Dated documents by day, then the undated; by id within.
fn sort_key(document: &Document) -> (bool, &str, &str) {
    let day = day(document);
    (day.is_none(), day.unwrap_or_default(), &document.id)
}

/// The day of publication, `YYYY-MM-DD`.
fn day(document: &Document) -> Option<&str> {
    document.published.as_deref().and_then(|published| published.get(..10))
}

/// All word triples of all documents, sorted: a triple in the upper 32 bits, a document in the lower.
struct Postings {
    entries: Vec<u64>,
    /// Where the entries of a triple start that more than one document has.
    lists: FxHashMap<u32, (u32, u32)>,
}

impl Postings {
    fn new(words: &[Words]) -> Self {
        let mut entries = Vec::with_capacity(words.iter().map(|words| words.keys.len()).sum());
        for (document, words) in words.iter().enumerate() {
            let start = entries.len();
            entries.extend(words.keys.windows(3).map(|three| pack(gram(three), document)));
            entries[start..].sort_unstable();
            let mut kept = start;
            for at in start..entries.len() {
                if kept == start || entries[kept - 1] != entries[at] {
                    entries[kept] = entries[at];
                    kept += 1;
                }
            }
            entries.truncate(kept);
        }
        entries.sort_unstable();
        // A triple of one document leads nowhere; most are.
        let mut shared = Vec::new();
        let mut lists = FxHashMap::default();
        for list in entries.chunk_by(|a, b| a >> 32 == b >> 32).filter(|list| list.len() > 1) {
            lists.insert((list[0] >> 32) as u32, (shared.len() as u32, (shared.len() + list.len()) as u32));
            shared.extend_from_slice(list);
        }
        Self { entries: shared, lists }
    }

    /// The documents that have the triple, ascending; empty where it is one at most.
    fn list(&self, gram: u32) -> &[u64] {
        self.lists.get(&gram).map_or(&[], |&(start, end)| &self.entries[start as usize..end as usize])
    }
}

fn pack(gram: u32, document: usize) -> u64 {
    u64::from(gram) << 32 | document as u64
}

fn gram(three: &[u32]) -> u32 {
    let mut hash = 0u32;
    for &word in three {
        hash = (hash.rotate_left(9) ^ word).wrapping_mul(0x9e37_79b1);
    }
    hash ^ hash >> 15
}

/// The outlet's name, or else the host of the address.
fn outlet(document: &Document) -> Option<String> {
    if let Some(name) = document.outlet.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        return Some(name.to_lowercase());
    }
    let host = document.url.as_deref()?.split_once("://")?.1.split(['/', ':']).next()?;
    Some(host.trim_start_matches("www.").to_lowercase())
}

/// Marks the units that the document's outlet repeats under unrelated reports.
///
/// A passage is furniture of an outlet if [`FURNITURE_WORDS`] words in a row stand in [`FURNITURE_DOCUMENTS`] of its
/// documents most of which is their own: versions of one report share nearly all their words, and that is no furniture.
fn leave_out_furniture(documents: &[&Document], words: &mut [Words]) {
    let mut outlets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        if let Some(name) = outlet(document) {
            outlets.entry(name).or_default().push(at);
        }
    }
    for members in outlets.values() {
        // An outlet's own reports of one affair share blocks too, and the more of them the more reports it has.
        let least = FURNITURE_DOCUMENTS.max((members.len() as f64).sqrt() as usize / 2 + 1) as u32;
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for &at in members {
            for run in distinct_runs(&words[at]) {
                *counts.entry(run).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= least);
        // How many of the documents with a run are mostly their own.
        let mut through: FxHashMap<u64, u32> = FxHashMap::default();
        for &at in members {
            if repeated(&words[at], &counts).iter().filter(|repeated| **repeated).count() * 2
                > words[at].keys.len()
            {
                continue;
            }
            for run in distinct_runs(&words[at]) {
                if counts.contains_key(&run) {
                    *through.entry(run).or_default() += 1;
                }
            }
        }
        through.retain(|_, count| *count >= least);
        for &at in members {
            let repeated = repeated(&words[at], &through);
            for unit in &mut words[at].units {
                let range = unit.start as usize..unit.end as usize;
                let own = repeated[range.clone()].iter().filter(|repeated| !**repeated).count();
                unit.used = own * 5 > range.len() * 2;
            }
        }
    }
}

/// Hashes of the runs of words, each once.
fn distinct_runs(words: &Words) -> Vec<u64> {
    let mut runs: Vec<u64> = words.keys.windows(FURNITURE_WORDS).map(run).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// For each word, whether it stands in one of `runs`.
fn repeated(words: &Words, runs: &FxHashMap<u64, u32>) -> Vec<bool> {
    let mut repeated = vec![false; words.keys.len()];
    for (at, window) in words.keys.windows(FURNITURE_WORDS).enumerate() {
        if runs.contains_key(&run(window)) {
            repeated[at..at + FURNITURE_WORDS].fill(true);
        }
    }
    repeated
}

fn run(window: &[u32]) -> u64 {
    window.iter().fold(0, |hash: u64, &word| {
        (hash.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}

/// The distinct triples of the units in use.
fn live_grams(words: &Words) -> Vec<u32> {
    let mut used = vec![false; words.keys.len()];
    for unit in words.units.iter().filter(|unit| unit.used) {
        used[unit.start as usize..unit.end as usize].fill(true);
    }
    let mut grams: Vec<u32> = words
        .keys
        .windows(3)
        .zip(used.windows(3))
        .filter(|(_, used)| used.iter().all(|used| *used))
        .map(|(three, _)| gram(three))
        .collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// For each document (numbers of the sorted list), what it copies.
type Found = Vec<Vec<(usize, CopyOf)>>;

fn compare_candidates(
    documents: &[&Document],
    words: &[Words],
    grams: &[Vec<u32>],
    postings: &Postings,
) -> Found {
    let mut found: Found = vec![Vec::new(); documents.len()];
    let mut weights: Vec<f32> = vec![0.0; documents.len()];
    let mut touched: Vec<usize> = Vec::new();
    for at in 0..documents.len() {
        for &gram in &grams[at] {
            let list = postings.list(gram);
            let before = list.partition_point(|&entry| (entry as u32 as usize) < at);
            // Rare triples say more. Many copies make a triple frequent too, but then all triples are shared.
            let weight = if list.len() <= 12 { 1.0 } else { 12.0 / list.len() as f32 }.max(0.1);
            let head = &list[..before.min(HEAD)];
            let tail = &list[before.saturating_sub(TAIL).max(head.len())..before];
            for &entry in head.iter().chain(tail) {
                let other = entry as u32 as usize;
                if weights[other] == 0.0 {
                    touched.push(other);
                }
                weights[other] += weight;
            }
        }
        let mut candidates: Vec<(f32, usize)> = Vec::new();
        for &other in &touched {
            let weight = weights[other];
            weights[other] = 0.0;
            let short = grams[at].len().min(grams[other].len());
            if weight >= (0.01 * short as f32).max(2.0) {
                candidates.push((weight, other));
            }
        }
        touched.clear();
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        candidates.truncate(MAX_CANDIDATES);
        if candidates.is_empty() {
            continue;
        }
        let side = Side::new(&words[at]);
        let offsets = Offsets::new(&documents[at].text);
        for (_, other) in candidates {
            let pairs = trusted(side.align(&words[other]), &words[at]);
            if pairs.is_empty() {
                continue;
            }
            let other_offsets = Offsets::new(&documents[other].text);
            let shared = gather(&pairs, &words[at], &offsets, &words[other], &other_offsets);
            let here = f64::from(shared.here) / f64::from(offsets.len_chars().max(1));
            let there = f64::from(shared.there) / f64::from(other_offsets.len_chars().max(1));
            if here.max(there) < LEAST_SHARE || shared.words < LEAST_WORDS || shared.told < LEAST_TOLD {
                continue;
            }
            if later_is_copy(documents[at], here, documents[other], there) {
                found[at].push((other, copy(documents[other], here, shared)));
            } else {
                found[other].push((at, copy(documents[at], there, turned(shared))));
            }
        }
    }
    for list in &mut found {
        list.sort_by(|a, b| b.1.share.total_cmp(&a.1.share).then(a.0.cmp(&b.0)));
    }
    found
}

/// Whether `this`, which comes after `other` in the sorted list, is the copy of the two.
fn later_is_copy(this: &Document, this_share: f64, other: &Document, other_share: f64) -> bool {
    match (day(this), day(other)) {
        (Some(this), Some(other)) if this != other => this > other,
        // The one that has more of its own text in the other is taken from it.
        _ => this_share >= other_share,
    }
}

fn copy(of: &Document, share: f64, shared: Shared) -> CopyOf {
    CopyOf { doc: of.id.clone(), share: (share.min(1.0) * 1000.0).round() / 1000.0, spans: shared.spans }
}

fn turned(mut shared: Shared) -> Shared {
    shared.spans = shared.spans.into_iter().map(|(here, there)| (there, here)).collect();
    shared.spans.sort_unstable();
    shared
}

/// The first document of each document's group. A document joins the group of the one that it has most from, if that
/// makes up two fifths of it and three fifths of all that it copies.
fn group(documents: &[&Document], found: &Found) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..documents.len()).collect();
    for (at, list) in found.iter().enumerate() {
        let Some((main, copy)) = list.first() else { continue };
        let all =
            covered(list.iter().flat_map(|(_, copy)| copy.spans.iter().map(|(here, _)| *here)).collect());
        let own = covered(copy.spans.iter().map(|(here, _)| *here).collect());
        if copy.share >= 0.4 && f64::from(own) >= 0.6 * f64::from(all) {
            let (a, b) = (root(&mut parent, at), root(&mut parent, *main));
            parent[a.max(b)] = a.min(b);
        }
    }
    (0..documents.len()).map(|at| root(&mut parent, at)).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use readout_text::CharSpan;

    use super::*;

    const FLOOD: &str = "The river Tamsel rose four metres in one night and flooded the lower town. \
        Rescue teams brought three hundred people to a school on the hill. \
        The mayor, Ines Korda, asked the army for boats and drinking water. \
        Two bridges were closed to traffic on Friday morning. \
        Meteorologists expect the rain to end on Sunday.";
    const STRIKE: &str = "Dockers at the port of Velm walked out on Monday over a new shift plan. \
        The port authority called the strike unlawful and went to court. \
        Forty ships waited in the roads outside the harbour. \
        Union leader Marek Tosch promised to talk as soon as the plan was withdrawn. \
        Shipping firms put their losses at two million a day.";

    fn document(id: &str, day: &str, outlet: &str, text: &str) -> Document {
        Document {
            id: id.to_owned(),
            published: (!day.is_empty()).then(|| day.to_owned()),
            outlet: (!outlet.is_empty()).then(|| outlet.to_owned()),
            text: text.to_owned(),
            ..Document::default()
        }
    }

    fn sources(documents: &[Document]) -> Vec<Vec<String>> {
        let refs: Vec<&Document> = documents.iter().collect();
        find(&refs).of.iter().map(|of| of.iter().map(|copy| copy.doc.clone()).collect()).collect()
    }

    #[test]
    fn the_later_report_is_the_copy() {
        let documents = [document("a", "2020-05-02", "", FLOOD), document("b", "2020-05-01", "", FLOOD)];
        let copies = find(&[&documents[0], &documents[1]]);
        assert_eq!(copies.of[0].len(), 1);
        assert_eq!((copies.of[0][0].doc.as_str(), copies.of[0][0].share), ("b", 1.0));
        let whole = CharSpan::new(0, FLOOD.chars().count() as u32);
        assert_eq!(copies.of[0][0].spans, [(whole, whole)], "{:?}", copies.of);
        assert_eq!(copies.origin, ["b", "b"]);
    }

    #[test]
    fn of_undated_reports_the_excerpt_is_the_copy() {
        let excerpt: String = FLOOD.split_inclusive(". ").take(2).collect();
        let documents = [document("a", "", "", &excerpt), document("b", "", "", FLOOD)];
        assert_eq!(sources(&documents), [vec!["b".to_owned()], vec![]]);
    }

    #[test]
    fn a_stitched_report_has_its_share_of_each_origin_and_a_group_of_its_own() {
        let half = |text: &str| text.split_inclusive(". ").take(3).collect::<String>();
        let stitched = format!("{}\n\n{}", half(FLOOD), half(STRIKE));
        let documents = [
            document("a", "2020-05-01", "", FLOOD),
            document("b", "2020-05-01", "", STRIKE),
            document("c", "2020-05-03", "", &stitched),
        ];
        let refs: Vec<&Document> = documents.iter().collect();
        let copies = find(&refs);
        assert_eq!(copies.of[2].len(), 2);
        assert!(copies.of[2].iter().all(|copy| (0.4..0.6).contains(&copy.share)), "{:?}", copies.of[2]);
        assert_eq!(copies.origin, ["a", "b", "c"]);
        for copy in &copies.of[2] {
            let origin = if copy.doc == "a" { FLOOD } else { STRIKE };
            for (here, there) in &copy.spans {
                assert_eq!(
                    stitched.get(here.start as usize..here.end as usize),
                    origin.get(there.start as usize..there.end as usize)
                );
            }
        }
    }

    #[test]
    fn what_an_outlet_prints_under_every_report_is_no_copy() {
        let notice = "The Velm Courier reserves all rights in its texts and pictures.";
        let bodies = [
            FLOOD,
            STRIKE,
            "A new comet can be seen with the naked eye this week. Astronomers at Brenn named it after a cat.
             Its tail will be brightest on Thursday.",
            "The city orchestra opened its season with a forgotten opera. Critics praised the young conductor.
             All four evenings are sold out.",
        ];
        let documents: Vec<Document> = bodies
            .iter()
            .enumerate()
            .map(|(n, body)| {
                document(&n.to_string(), "2020-05-01", "Velm Courier", &format!("{body}\n\n{notice}"))
            })
            .collect();
        assert!(sources(&documents).iter().all(Vec::is_empty));
        // The same outlet's versions of one report stay copies.
        let documents: Vec<Document> =
            (0..4).map(|n| document(&n.to_string(), "2020-05-01", "Velm Courier", FLOOD)).collect();
        assert_eq!(sources(&documents).iter().filter(|of| !of.is_empty()).count(), 3);
    }

    #[test]
    fn a_quotation_in_common_is_no_copy() {
        let quote = "“We have waited for eleven years, and this valley will not wait a single winter more for its \
            doctors, its road and its school,”";
        let documents = [
            document(
                "a",
                "",
                "",
                &format!("{quote} Korda told a crowd of farmers. Snow fell all day on the square."),
            ),
            document(
                "b",
                "",
                "",
                &format!("The governor was late. {quote} the mayor shouted from a balcony."),
            ),
        ];
        assert!(sources(&documents).iter().all(Vec::is_empty));
    }

    #[test]
    fn the_order_of_the_documents_does_not_matter() {
        let mut documents = vec![
            document("a", "2020-05-01", "", FLOOD),
            document("b", "", "", &FLOOD.replace("rose", "climbed")),
            document("c", "2020-05-01", "", STRIKE),
            document("d", "", "", &format!("{STRIKE} {FLOOD}")),
        ];
        let by_id = |documents: &[Document]| {
            let refs: Vec<&Document> = documents.iter().collect();
            let copies = find(&refs);
            let mut rows: Vec<_> = documents
                .iter()
                .map(|document| document.id.clone())
                .zip(copies.of.into_iter().zip(copies.origin))
                .collect();
            rows.sort_by(|a, b| a.0.cmp(&b.0));
            rows
        };
        let first = by_id(&documents);
        for turn in 0..documents.len() {
            documents.rotate_left(1);
            documents.swap(0, turn % 2 + 1);
            assert_eq!(by_id(&documents), first);
        }
    }

    #[test]
    fn empty_and_tiny_texts_are_fine() {
        let documents =
            [document("a", "", "", ""), document("b", "20", "", "One."), document("c", "", "", "\n\n“")];
        assert!(sources(&documents).iter().all(Vec::is_empty));
    }
}
