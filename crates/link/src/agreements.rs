//! Agreements over reports: one instrument under all its names, with its terms and what became of it.
//!
//! `Minsk`, `the Minsk agreements` and `the Minsk accords` share what is left of the name without the words for any
//! agreement. A description without a name (`a truce on the river`) is joined by its words and parties only.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Agreement, EvidenceSpan, RecordId, StatusStep, ids};

use crate::alignment::{Words, key};
use crate::collection::{Clusters, Collection, Postings, days};
use crate::quotes::stem;

/// Instruments compared with one at most.
const MAX_CANDIDATES: usize = 48;

/// Words for any agreement; they tell no two apart.
const GENERIC: [&str; 30] = [
    "accord",
    "agreement",
    "arrangement",
    "bargain",
    "commitment",
    "compact",
    "convention",
    "covenant",
    "deal",
    "declaration",
    "document",
    "framework",
    "memorandum",
    "negotiation",
    "new",
    "old",
    "outcome",
    "package",
    "pact",
    "peace",
    "plan",
    "process",
    "proposal",
    "protocol",
    "resolution",
    "settlement",
    "talk",
    "term",
    "treaty",
    "understanding",
];

/// The merged agreements, and for the id of each agreement of one report the id of the merged one.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) ids: BTreeMap<RecordId, RecordId>,
}

/// One instrument as one report tells of it.
struct Instrument<'a> {
    agreement: &'a Agreement,
    report: usize,
    parties: BTreeSet<ActorId>,
    /// Stems of the words of the name that are not words for any agreement.
    core: BTreeSet<u32>,
    /// Those of them that are names or years.
    proper: BTreeSet<u32>,
}

/// Joins the instruments of all reports.
pub(crate) fn find(collection: &Collection<'_>) -> Merged {
    let mut instruments: Vec<Instrument<'_>> = Vec::new();
    for (number, report) in collection.reports.iter().enumerate() {
        let mut agreements: Vec<&Agreement> = report.records.agreements.iter().collect();
        agreements.sort_by(|a, b| a.id.cmp(&b.id));
        for agreement in agreements {
            let (core, proper) = core(&agreement.name);
            let parties = report.actors(&agreement.parties);
            instruments.push(Instrument { agreement, report: number, parties, core, proper });
        }
    }
    let mut clusters = Clusters::new(instruments.len());
    let mut postings = Postings::default();
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for at in 0..instruments.len() {
        votes.clear();
        for &word in &instruments[at].core {
            postings.visit(u64::from(word), at, |other| *votes.entry(other).or_default() += 1);
        }
        let mut found: Vec<(usize, usize)> = votes.iter().map(|(&other, &votes)| (votes, other)).collect();
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, other) in found.into_iter().take(MAX_CANDIDATES) {
            let (left, right) = (clusters.root(other), clusters.root(at));
            let fits = left != right
                && clusters
                    .members(left)
                    .iter()
                    .take(16)
                    .all(|&member| same(&instruments[member], &instruments[at]));
            if fits {
                clusters.join(left, right);
            }
        }
    }
    let mut merged = Merged::default();
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..instruments.len() {
        sets.entry(clusters.root(at)).or_default().push(at);
    }
    for members in sets.values() {
        let agreement = merge(collection, &instruments, members);
        for &member in members {
            merged.ids.insert(instruments[member].agreement.id.clone(), agreement.id.clone());
        }
        merged.agreements.push(agreement);
    }
    merged.agreements.sort_by(|a, b| a.id.cmp(&b.id));
    merged
}

/// What is left of the name without the words for any agreement, and what of it is a proper name or a year.
fn core(name: &str) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let words = Words::new(name);
    let (mut core, mut proper) = (BTreeSet::new(), BTreeSet::new());
    for (number, (span, content)) in words.spans.iter().zip(&words.content).enumerate() {
        let word = span.slice(name);
        let lower = word.to_lowercase();
        let stem = stem(&lower);
        if !content || GENERIC.iter().any(|generic| crate::quotes::stem(generic) == stem) {
            continue;
        }
        core.insert(key(stem));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        // The first word of a description may have a capital only because it stands first.
        if year
            || (capital
                && (number > 0
                    || words.keys.len() <= 2
                    || word.chars().nth(1).is_some_and(char::is_uppercase)))
        {
            proper.insert(key(stem));
        }
    }
    (core, proper)
}

fn same(a: &Instrument<'_>, b: &Instrument<'_>) -> bool {
    if a.core.is_empty() || b.core.is_empty() {
        return false;
    }
    let parties_fit = a.parties.is_empty() || b.parties.is_empty() || !a.parties.is_disjoint(&b.parties);
    if a.core == b.core {
        return parties_fit && (!a.proper.is_empty() || a.core.len() >= 2 || a.report == b.report);
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

fn merge(collection: &Collection<'_>, instruments: &[Instrument<'_>], members: &[usize]) -> Agreement {
    let group: Vec<&Instrument<'_>> = members.iter().map(|&at| &instruments[at]).collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for agreement in group.iter().map(|it| it.agreement) {
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
            it.agreement.status.iter().map(|step| {
                (days(step.time.as_ref()).map(|days| days.0), collection.reports[it.report].day, step.clone())
            })
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
    let ids: Vec<&str> = group.iter().map(|it| it.agreement.id.as_str()).collect();
    let evidence: BTreeSet<&EvidenceSpan> = group.iter().flat_map(|it| &it.agreement.evidence).collect();
    let terms: BTreeSet<&RecordId> = group.iter().flat_map(|it| &it.agreement.terms).collect();
    let parties: BTreeSet<ActorId> = group.iter().flat_map(|it| it.parties.iter().cloned()).collect();
    Agreement {
        id: match ids.as_slice() {
            [one] => (*one).to_owned(),
            _ => ids::linked_id("agreement", ids.iter().copied()),
        },
        aliases: names.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect(),
        name,
        parties: parties.into_iter().collect(),
        terms: terms.into_iter().cloned().collect(),
        status: status.into_iter().map(|(_, _, step)| step).collect(),
        evidence: evidence.into_iter().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use readout_knowledge::Knowledge;
    use readout_record::{AgreementStatus, Document, DocumentRecords, Time};

    use super::*;
    use crate::collection::ActorIds;

    fn found(rows: &[(&str, &str, &[&str], AgreementStatus, &str)]) -> Merged {
        let reports: Vec<(Document, DocumentRecords)> = rows
            .iter()
            .enumerate()
            .map(|(number, (doc, name, parties, status, day))| {
                let agreement = Agreement {
                    id: format!("agreement:{number}"),
                    name: (*name).to_owned(),
                    parties: parties.iter().map(|party| (*party).to_owned()).collect(),
                    terms: vec![format!("commitment:{number}")],
                    status: vec![StatusStep {
                        status: *status,
                        time: Some(Time { from: Some((*day).to_owned()), ..Time::default() }),
                        ..StatusStep::default()
                    }],
                    ..Agreement::default()
                };
                (
                    Document { id: format!("{doc}{number}"), ..Document::default() },
                    DocumentRecords { agreements: vec![agreement], ..DocumentRecords::default() },
                )
            })
            .collect();
        let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
        let origins: Vec<String> = refs.iter().map(|(document, _)| document.id.clone()).collect();
        let ids = ActorIds::new();
        find(&Collection::new(&refs, &origins, &ids, &Knowledge::default()))
    }

    #[test]
    fn one_instrument_has_many_names_and_one_history() {
        let merged = found(&[
            (
                "a",
                "the Brenn agreements",
                &["state:NOR", "state:SWE"],
                AgreementStatus::Violated,
                "2020-06-01",
            ),
            ("b", "Brenn", &[], AgreementStatus::Reaffirmed, "2020-07-01"),
            ("c", "the Brenn accords", &["state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
            ("d", "the Velm agreements", &["state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
        ]);
        assert_eq!(merged.agreements.len(), 2);
        let brenn = merged.agreements.iter().find(|it| it.terms.len() == 3).unwrap();
        let history: Vec<AgreementStatus> = brenn.status.iter().map(|step| step.status).collect();
        assert_eq!(
            history,
            [AgreementStatus::Agreed, AgreementStatus::Violated, AgreementStatus::Reaffirmed]
        );
        assert_eq!(brenn.parties, ["state:NOR", "state:SWE"]);
        assert_eq!(brenn.name, "the Brenn agreements");
        assert_eq!(brenn.aliases, ["Brenn", "the Brenn accords"]);
        assert_eq!(merged.ids["agreement:1"], brenn.id);
    }

    #[test]
    fn descriptions_need_the_same_parties() {
        let merged = found(&[
            (
                "a",
                "a cessation of hostilities",
                &["state:NOR", "state:SWE"],
                AgreementStatus::Agreed,
                "2020-05-01",
            ),
            (
                "b",
                "cessation of hostilities",
                &["state:SWE", "state:NOR"],
                AgreementStatus::Agreed,
                "2020-05-01",
            ),
            (
                "c",
                "a cessation of hostilities",
                &["state:FIN", "state:EST"],
                AgreementStatus::Agreed,
                "2020-05-01",
            ),
            ("d", "an agreement", &["state:NOR", "state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
            ("e", "the deal", &["state:NOR", "state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
        ]);
        assert_eq!(merged.agreements.len(), 4);
    }

    #[test]
    fn words_for_any_agreement_name_none() {
        assert!(core("the new peace agreement").0.is_empty());
        assert!(core("Packages, Processes and Treaties").0.is_empty());
    }
}
