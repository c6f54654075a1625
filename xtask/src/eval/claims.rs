//! `eval claims`: claims made of the records of a file, half of them with a false premise, for a person to check. Printed is
//! a line of `tests/check/questions.tsv` each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use anyhow::Context as _;
use readout::Corpus;
use readout::views::Contents;
use readout_record::{ActorId, Factuality};

use crate::arguments::Arguments;

/// Claims of each form.
const OF_EACH: usize = 30;

/// The certainty below which a record makes no claim.
const CERTAIN: f64 = 0.7;

/// A claim of a record with its false twin.
struct Twins {
    /// The id of the record: a hash, and so an order that has nothing to do with what the record says.
    order: String,
    document: String,
    holds: String,
    fails: String,
}

/// Prints claims made of the file `--in`.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let corpus = Corpus::open(&arguments.input).context("claims are made of a file of Readout's")?;
    let contents = corpus.contents()?;
    let mut out = std::io::stdout();
    for mut twins in [meetings(&contents), deeds(&contents), tolls(&contents)] {
        twins.sort_by(|a, b| a.order.cmp(&b.order));
        for it in twins.into_iter().take(OF_EACH) {
            writeln!(out, "{}\ttrue\t{}\tscript", it.holds, it.document)?;
            writeln!(out, "{}\tfalse\t{}\tscript", it.fails, it.document)?;
        }
    }
    Ok(())
}

/// Returns the people and states that have a name, those of each report.
fn named(contents: &Contents) -> Vec<BTreeMap<ActorId, String>> {
    let is_sure = |id: &ActorId| id.starts_with("person:") || id.starts_with("state:");
    let of = contents.records.iter().map(|records| {
        let named = records.mentions.iter().filter(|it| it.named && is_sure(&it.actor));
        named.map(|it| (it.actor.clone(), it.name.clone())).collect()
    });
    of.collect()
}

/// Returns somebody who is not in the report: the first of the next report that names such a one.
fn stranger(all: &[BTreeMap<ActorId, String>], at: usize) -> Option<&str> {
    let here = all.get(at)?;
    let later = all.iter().skip(at + 1).chain(all.iter().take(at));
    let mut strangers =
        later.flatten().filter(|(id, _)| id.starts_with("person:") && !here.contains_key(*id));
    strangers.next().map(|(_, name)| name.as_str())
}

/// Returns the id that the set gave the report number `at`.
fn given_id(contents: &Contents, at: usize) -> String {
    let other = contents.documents.get(at).and_then(|it| it.other.get("id"));
    other.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// Returns claims that two met.
fn meetings(contents: &Contents) -> Vec<Twins> {
    let all = named(contents);
    let mut twins = Vec::new();
    for (at, (records, names)) in contents.records.iter().zip(&all).enumerate() {
        for it in records.meetings.iter().filter(|it| it.factuality == Factuality::Happened) {
            let both: Option<Vec<&String>> = it.participants.iter().map(|id| names.get(id)).collect();
            if let (Some([one, other]), Some(stranger)) = (both.as_deref(), stranger(&all, at)) {
                twins.push(Twins {
                    order: it.evidence.id.to_string(),
                    document: given_id(contents, at),
                    holds: format!("{one} met {other}."),
                    fails: format!("{one} met {stranger}."),
                });
            }
        }
    }
    twins
}

/// Returns claims that one did to another what the verb of the record says, and their reverse.
fn deeds(contents: &Contents) -> Vec<Twins> {
    let all = named(contents);
    let mut twins = Vec::new();
    for (at, (records, names)) in contents.records.iter().zip(&all).enumerate() {
        for it in records.events.iter().filter(|it| it.factuality == Factuality::Happened) {
            let verb = it
                .evidence
                .rule
                .strip_prefix("verb:")
                .filter(|it| it.bytes().all(|it| it.is_ascii_lowercase()));
            let side = |ids: &[ActorId]| match ids {
                [one] => names.get(one).cloned(),
                _ => None,
            };
            let sides = (side(&it.actor), side(&it.recipient));
            if let ((Some(one), Some(other)), Some(verb)) = (sides, verb)
                && it.evidence.certainty >= CERTAIN
            {
                let verb = past(verb);
                twins.push(Twins {
                    order: it.evidence.id.to_string(),
                    document: given_id(contents, at),
                    holds: format!("{one} {verb} {other}."),
                    fails: format!("{other} {verb} {one}."),
                });
            }
        }
    }
    twins
}

/// Returns claims on how many were killed where, and others with another number.
fn tolls(contents: &Contents) -> Vec<Twins> {
    let mut twins = Vec::new();
    let mut seen: BTreeSet<(u32, String)> = BTreeSet::new();
    for (at, records) in contents.records.iter().enumerate() {
        for it in records.incidents.iter().filter(|it| it.factuality == Factuality::Happened) {
            let number = it.killed.and_then(|it| it.least).filter(|it| *it > 2);
            let place = it.place.as_ref().map(|it| it.to_string());
            if let (Some(number), Some(place)) = (number, place)
                && seen.insert((number, place.clone()))
            {
                twins.push(Twins {
                    order: it.evidence.id.to_string(),
                    document: given_id(contents, at),
                    holds: format!("{number} people were killed in {place}."),
                    fails: format!("{} people were killed in {place}.", number * 2 + 1),
                });
            }
        }
    }
    twins
}

/// Returns the past tense of a verb as most verbs form it; a person mends the others.
fn past(verb: &str) -> String {
    match (verb.strip_suffix('e'), verb.strip_suffix('y')) {
        (Some(root), _) => format!("{root}ed"),
        (_, Some(root)) if !root.ends_with(['a', 'e', 'o']) => format!("{root}ied"),
        _ => format!("{verb}ed"),
    }
}
