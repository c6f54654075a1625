//! Agreements over reports: one instrument under all its names, with its terms and its history.
//!
//! `Minsk`, `the Minsk agreements` and `the Minsk accords` share what is left of the name without the words for any
//! agreement. What is only described (`a truce on the river`, `the deal with Norway`) is joined by the sides, the matter and
//! the form, among reports of a few weeks, where nothing that fixes an instrument speaks against it.

mod instrument;
mod likeness;
mod merged;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_knowledge::Knowledge;
use readout_record::{Agreement, RecordId};

pub(crate) use self::instrument::Instrument;
use self::likeness::{Likeness, NEAR, compare, contradict};
use self::merged::merge;
use crate::blocks::{Component, LinkKind, Reach};
use crate::clusters::Clusters;
use crate::hash::{id_hash, mix, word_key};
use crate::report::Report;

/// The most members of a cluster that another is compared with. Pairs grow with the square.
const COMPARED: usize = 16;
/// The most sides of an instrument that get block keys.
const MAX_SIDES: usize = 4;
/// The note of an edge that binds only within one story.
const IN_STORY: &str = "~";

/// Agreements of single reports as a kind of records to be linked.
pub(crate) struct Agreements<'k>(pub(crate) &'k Knowledge);

impl LinkKind for Agreements<'_> {
    const NUMBER: u8 = 3;
    const VOTES: u32 = 1;
    const HEAD: usize = 4;
    const BRIEF: bool = true;
    const BY_STORY: bool = true;
    type Record = Instrument;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Instrument> {
        let mut agreements: Vec<&Agreement> = report.records.agreements.iter().collect();
        agreements.sort_by(|a, b| a.id.cmp(&b.id));
        agreements.into_iter().map(|agreement| Instrument::new(report, agreement, self.0)).collect()
    }

    fn keys(&self, instrument: &Instrument) -> Vec<(u64, u32)> {
        // By each word of the name, and by all of them: the same name is found among many that share a word.
        let whole = instrument.core.iter().fold(1, |hash, word| mix(hash ^ u64::from(*word)));
        let words = instrument.core.iter().map(|word| (u64::from(*word), 1));
        // By its parties, where they alone name it.
        let parties = instrument.parties.iter().fold(2, |hash, party| mix(hash ^ id_hash(party)));
        let by_parties = instrument.by_parties.then_some((parties, 1));
        let described = described_keys(instrument).into_iter().map(|key| (key, 1));
        words.chain(instrument.core.first().map(|_| (whole, 1))).chain(by_parties).chain(described).collect()
    }

    fn compare(&self, earlier: &Instrument, later: &Instrument) -> Option<(f64, String)> {
        match compare(earlier, later) {
            Likeness::Same(points) => Some((points, String::new())),
            Likeness::InStory(points) => Some((points, IN_STORY.to_owned())),
            Likeness::None => None,
        }
    }

    fn reach(note: &str, one_story: Option<bool>) -> Reach {
        if note == IN_STORY && one_story != Some(true) { Reach::Nowhere } else { Reach::Together }
    }
}

/// Returns the block keys of an instrument by which others of the same weeks find it: two sides, a side with a word, a
/// word.
fn described_keys(instrument: &Instrument) -> BTreeSet<u64> {
    let mut keys = BTreeSet::new();
    let Some(day) = instrument.report.day else { return keys };
    let sides: Vec<u64> =
        instrument.sides.iter().take(MAX_SIDES).map(|side| u64::from(word_key(side))).collect();
    let peace = instrument.peace.then(|| word_key("peace"));
    let words = instrument.matter.iter().chain(&instrument.names).copied().chain(peace);
    let words: Vec<u64> = words.map(u64::from).collect();
    // Two windows of time, so that days that lie close share one.
    let window = day.div_euclid(NEAR);
    for window in [window, window + 1] {
        let hash = |sort: u64, parts: [u64; 2]| {
            parts.iter().fold(mix(sort << 40 ^ u64::from(window as u32)), |hash, part| mix(hash ^ part))
        };
        for (number, &side) in sides.iter().enumerate() {
            keys.extend(sides.iter().skip(number + 1).map(|&other| hash(1, [side, other])));
            keys.extend(words.iter().map(|&word| hash(2, [side, word])));
        }
        keys.extend(words.iter().map(|&word| hash(3, [word, 0])));
        if instrument.several {
            keys.extend(sides.iter().map(|&side| hash(4, [side, 0])));
        }
    }
    keys
}

/// Returns the instruments of a component, each with the ids that it has in single reports.
pub(crate) fn decide(component: &Component<Instrument>) -> Vec<(Agreement, Vec<RecordId>)> {
    let instruments: Vec<&Instrument> = component.records.iter().map(|member| &**member).collect();
    let mut clusters = Clusters::new(instruments.len());
    let mut edges: Vec<(usize, f64, usize)> =
        component.edges.iter().map(|(a, b, common, _)| (*b, *common, *a)).collect();
    // In the order of the reports; the likest first.
    edges.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
    for (at, _, other) in edges {
        let (left, right) = (clusters.root(other), clusters.root(at));
        let fits = left != right
            && clusters.members(left).iter().take(COMPARED).all(|&a| {
                clusters
                    .members(right)
                    .iter()
                    .take(COMPARED)
                    .all(|&b| !contradict(instruments[a], instruments[b]))
            });
        if fits {
            clusters.join(left, right);
        }
    }
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..instruments.len() {
        sets.entry(clusters.root(at)).or_default().push(at);
    }
    sets.values()
        .map(|members| {
            let group: Vec<&Instrument> = members.iter().map(|&at| instruments[at]).collect();
            let ids = group.iter().map(|it| it.agreement.id.clone()).collect();
            (merge(&group), ids)
        })
        .collect()
}
