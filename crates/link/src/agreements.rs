//! Agreements over reports: one instrument under all its names, with its terms and its history.
//!
//! `Minsk`, `the Minsk agreements` and `the Minsk accords` share what is left of the name without the words for any
//! agreement. A description without a name (`a truce on the river`) is joined by its words and parties only.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use readout_lexicon::stem;
use readout_record::{ActorId, Agreement, AgreementStatus, EvidenceSpan, RecordId, StatusStep, ids};

use crate::blocks::{Component, LinkKind};
use crate::clusters::Clusters;
use crate::hash::{id_hash, mix, word_key};
use crate::judged::INSTRUMENTS;
use crate::report::{Report, days};
use crate::words::{Words, capped};

/// The most members of a cluster that another is compared with. Pairs grow with the square.
const COMPARED: usize = 16;

/// The stems of the words for any agreement.
static GENERIC: LazyLock<BTreeSet<Cow<'static, str>>> =
    LazyLock::new(|| INSTRUMENTS.words().map(stem).collect());

/// One instrument as one report describes it.
pub(crate) struct Instrument {
    report: Rc<Report>,
    pub(crate) agreement: Agreement,
    parties: BTreeSet<ActorId>,
    /// Stems of the words of the name that are not words for any agreement.
    core: BTreeSet<u32>,
    /// The stems in `core` that are of proper names or years.
    proper: BTreeSet<u32>,
    /// Whether its name tells its parties: `deal between Chad and Mali`.
    by_parties: bool,
}

/// Days within which two instruments that only their parties name are one.
const NEAR: i32 = 60;

/// Agreements of single reports as a kind of records to be linked.
pub(crate) struct Agreements;

impl LinkKind for Agreements {
    const NUMBER: u8 = 3;
    const VOTES: u32 = 1;
    const HEAD: usize = 4;
    const BRIEF: bool = true;
    type Record = Instrument;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Instrument> {
        let mut agreements: Vec<&Agreement> = report.records.agreements.iter().collect();
        agreements.sort_by(|a, b| a.id.cmp(&b.id));
        agreements
            .into_iter()
            .map(|agreement| {
                let (core, proper) = core(&agreement.name);
                let parties = report.actors(&agreement.parties);
                let mut agreement = agreement.clone();
                let resolved = |actors: &mut Vec<ActorId>| {
                    *actors = report.actors(actors).into_iter().collect();
                };
                resolved(&mut agreement.brokers);
                resolved(&mut agreement.guarantors);
                for step in &mut agreement.status {
                    resolved(&mut step.by);
                    resolved(&mut step.claimed_by);
                }
                let name = &agreement.name;
                let by_parties =
                    !parties.is_empty() && (name.contains(" between ") || name.contains(" with "));
                Instrument { report: Rc::clone(report), agreement, parties, core, proper, by_parties }
            })
            .collect()
    }

    fn keys(&self, instrument: &Instrument) -> Vec<(u64, u32)> {
        // By each word of the name, and by all of them: the same name is found among many that share a word.
        let whole = instrument.core.iter().fold(1, |hash, word| mix(hash ^ u64::from(*word)));
        let words = instrument.core.iter().map(|word| (u64::from(*word), 1));
        // By its parties, where they alone name it.
        let parties = instrument.parties.iter().fold(2, |hash, party| mix(hash ^ id_hash(party)));
        let by_parties = instrument.by_parties.then_some((parties, 1));
        words.chain(instrument.core.first().map(|_| (whole, 1))).chain(by_parties).collect()
    }

    fn compare(&self, earlier: &Instrument, later: &Instrument) -> Option<(f64, String)> {
        let common = earlier.core.intersection(&later.core).count();
        same(earlier, later).then_some((common as f64, String::new()))
    }
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
                clusters.members(right).iter().take(COMPARED).all(|&b| same(instruments[a], instruments[b]))
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

/// Returns the stems of the name without the words for any agreement, and those of them that are of a proper name or a
/// year.
fn core(name: &str) -> (BTreeSet<u32>, BTreeSet<u32>) {
    // A name that is made of parties is told apart by them.
    let (head, _) = name.split_once(" between ").or_else(|| name.split_once(" with ")).unwrap_or((name, ""));
    // A truce and a cease-fire are one.
    let head =
        [("cease-fire", "truce"), ("ceasefire", "truce"), ("Cease-fire", "Truce"), ("Ceasefire", "Truce")]
            .iter()
            .fold(capped(head).to_owned(), |name, (word, truce)| name.replace(word, truce));
    let name = head.as_str();
    let words = Words::new(name);
    let (mut core, mut proper) = (BTreeSet::new(), BTreeSet::new());
    for (number, (span, content)) in words.spans.iter().zip(&words.content).enumerate() {
        let word = span.slice(name);
        let lower = word.to_lowercase();
        let stem = stem(&lower);
        if !content || GENERIC.contains(&stem) {
            continue;
        }
        core.insert(word_key(&stem));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        // The first word of a description may have a capital only because it stands first.
        if year
            || (capital
                && (number > 0
                    || words.keys.len() <= 2
                    || word.chars().nth(1).is_some_and(char::is_uppercase)))
        {
            proper.insert(word_key(&stem));
        }
    }
    (core, proper)
}

fn same(a: &Instrument, b: &Instrument) -> bool {
    if a.by_parties && b.by_parties && a.core.is_empty() && b.core.is_empty() {
        let near = a.report.day.zip(b.report.day).is_none_or(|(a, b)| (a - b).abs() <= NEAR);
        return near && a.parties == b.parties;
    }
    if a.core.is_empty() || b.core.is_empty() {
        return false;
    }
    let parties_fit = a.parties.is_empty() || b.parties.is_empty() || !a.parties.is_disjoint(&b.parties);
    if a.core == b.core {
        return parties_fit
            && (!a.proper.is_empty()
                || a.core.len() >= 2
                || a.report.document.id == b.report.document.id
                // `nuclear deal with Iran`, `nuclear deal between Iran and France`
                || a.by_parties
                    && b.by_parties
                    && (a.parties.is_subset(&b.parties) || b.parties.is_subset(&a.parties)));
    }
    // `Minsk` and `the 2015 Minsk peace deal`: the names of the one are all in the other.
    if !a.proper.is_empty() && !b.proper.is_empty() {
        let (short, long) = if a.core.len() <= b.core.len() { (a, b) } else { (b, a) };
        return parties_fit && short.proper.is_subset(&long.proper) && short.core.is_subset(&long.core);
    }
    // Descriptions: most words in common, and the same parties.
    let common = a.core.intersection(&b.core).count();
    let parties = a.parties.intersection(&b.parties).count();
    common >= 2 && common * 3 >= a.core.len().max(b.core.len()) * 2 && parties >= 2
}

/// Returns how far an instrument with the status has come, from 1; 0 for what may become of one at any time.
fn stage(status: AgreementStatus) -> u8 {
    match status {
        AgreementStatus::Proposed | AgreementStatus::UnderNegotiation => 1,
        AgreementStatus::AgreedInPrinciple => 2,
        AgreementStatus::Agreed => 3,
        AgreementStatus::Signed => 4,
        AgreementStatus::InForce => 5,
        _ => 0,
    }
}

fn merge(group: &[&Instrument]) -> Agreement {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for agreement in group.iter().map(|it| &it.agreement) {
        *names.entry(&agreement.name).or_default() += 1;
        for alias in &agreement.aliases {
            names.entry(alias).or_default();
        }
    }
    // The name that most reports use; of those the fullest.
    let name = names
        .iter()
        .max_by_key(|(name, count)| (**count, name.chars().count(), std::cmp::Reverse(**name)))
        .map(|(name, _)| (*name).to_owned())
        .unwrap_or_default();
    let mut status: Vec<(Option<i32>, Option<i32>, StatusStep)> = group
        .iter()
        .flat_map(|it| {
            it.agreement
                .status
                .iter()
                .map(|step| (days(step.time.as_ref()).map(|days| days.0), it.report.day, step.clone()))
        })
        .collect();
    // In order of time; what has none by the day of its report; the undated last.
    status.sort_by(|a, b| {
        let key = |it: &(Option<i32>, Option<i32>, StatusStep)| {
            let day = it.0.or(it.1);
            (day.is_none(), day, it.2.evidence.clone(), it.2.status)
        };
        key(a).cmp(&key(b))
    });
    status.dedup_by(|a, b| a.2 == b.2);
    // An undated step towards an agreement that has been made by then is told in passing.
    let (mut last, mut gone) = (0, false);
    status.retain(|(day, _, step)| {
        let stage = stage(step.status);
        let back = day.is_none() && stage > 0 && (stage < last || gone && stage == last);
        last = last.max(stage);
        gone |= stage == 0 && last > 0;
        !back
    });
    let ids: Vec<&RecordId> = group.iter().map(|it| &it.agreement.id).collect();
    let evidence: BTreeSet<&EvidenceSpan> = group.iter().flat_map(|it| &it.agreement.evidence).collect();
    let terms: BTreeSet<&RecordId> = group.iter().flat_map(|it| &it.agreement.terms).collect();
    let parties: BTreeSet<ActorId> = group.iter().flat_map(|it| it.parties.iter().cloned()).collect();
    let all = |side: fn(&Agreement) -> &Vec<ActorId>| -> Vec<ActorId> {
        let actors: BTreeSet<&ActorId> = group.iter().flat_map(|it| side(&it.agreement)).collect();
        actors.into_iter().cloned().collect()
    };
    Agreement {
        id: match ids.as_slice() {
            [one] => (*one).clone(),
            _ => ids::linked_id("agreement", ids.iter().map(|id| id.as_str())),
        },
        aliases: names.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect(),
        name,
        parties: parties.into_iter().collect(),
        brokers: all(|it| &it.brokers),
        guarantors: all(|it| &it.guarantors),
        terms: terms.into_iter().cloned().collect(),
        status: status.into_iter().map(|(_, _, step)| step).collect(),
        evidence: evidence.into_iter().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_any_agreement_name_none() {
        assert!(core("the new peace agreement").0.is_empty());
        assert!(core("Packages, Processes and Treaties").0.is_empty());
    }
}
