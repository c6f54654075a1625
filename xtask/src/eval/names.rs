//! `eval names`: how many of the names in raw reports are known before any is read. Input `{"id", "text"}` a line;
//! output `{"label", "name", "mentions", "reports", "known"}` a line, the most frequent names first.
//!
//! A mention counts as known if the whole name, without article and possessive, leads to an entry: by one of its names,
//! as what a person of public life is called (the recognizer takes many a surname for a place), or as what stands for an
//! entry that the report names otherwise too (`the North`). What is known by its parts only (`Aleppo, Syria`,
//! `pro-Russian`, `Northern Syria`) counts in a figure of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::ops::Range;

use anyhow::Context as _;
use readout_knowledge::{Knowledge, Sense};
use readout_syntax::{EntityLabel, Pos, Syntax};
use readout_text::ByteSpan;
use serde::Deserialize;
use serde_json::json;

use crate::trees::Trees;
use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

/// The counts of one name in the reports.
#[derive(Default)]
struct Seen {
    mentions: u64,
    reports: BTreeSet<u32>,
    known: bool,
}

/// The figures of one sort of names.
#[derive(Default)]
struct Share {
    mentions: u64,
    whole: u64,
    parts: u64,
}

/// Counts the names of the texts of `arguments.input`.
///
/// # Errors
/// When a file cannot be read or written, or is not of its form.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut trees = Trees::open(arguments)?;
    let mut out = lines::create(&arguments.output)?;
    #[expect(clippy::disallowed_methods, reason = "how quick it was goes to the person, not to the record")]
    let started = std::time::Instant::now();
    let knowledge = Knowledge::shipped();
    let loaded = started.elapsed().as_secs_f64() * 1e3;
    let mut seen: BTreeMap<(&'static str, String), Seen> = BTreeMap::new();
    let mut shares: BTreeMap<&'static str, Share> = BTreeMap::new();
    for (number, row) in lines::read::<Input>(&arguments.input)?.into_iter().enumerate() {
        let syntax = trees.of(&row.id, &row.text)?;
        let spans: Vec<_> = syntax.tokens().iter().map(|token| token.span).collect();
        let found = knowledge.names_in(syntax.text(), &spans);
        let named: BTreeSet<&str> = found
            .iter()
            .flat_map(|name| &name.readings)
            .filter(|(_, sense)| *sense != Sense::Short)
            .map(|(entry, _)| entry.id.as_str())
            .collect();
        for entity in syntax.entities() {
            let Some(label) = sort(entity.label) else { continue };
            let words = trimmed(&syntax, entity.start..entity.end);
            let name = syntax.passage(words.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
            if !name.chars().any(char::is_alphabetic) {
                continue;
            }
            let whole = !knowledge.named(&name).is_empty()
                || knowledge.persons_called(&name).next().is_some()
                || knowledge.shortened(&name).iter().any(|entry| named.contains(entry.id.as_str()));
            let share = shares.entry(label).or_default();
            share.mentions += 1;
            share.whole += u64::from(whole);
            share.parts += u64::from(whole || is_of_known_parts(&knowledge, &name));
            let seen = seen.entry((label, name)).or_default();
            seen.mentions += 1;
            seen.reports.insert(number as u32);
            seen.known = whole;
        }
    }
    let mut names: Vec<_> = seen.into_iter().collect();
    names.sort_by(|a, b| (b.1.mentions, &a.0).cmp(&(a.1.mentions, &b.0)));
    for ((label, name), seen) in names {
        let row = json!({
            "label": label, "name": name, "mentions": seen.mentions, "reports": seen.reports.len(),
            "known": seen.known,
        });
        writeln!(out, "{row}")?;
    }
    let mut err = std::io::stderr();
    for (label, share) in &shares {
        let of = |count: u64| count as f64 / share.mentions.max(1) as f64;
        let (whole, parts) = (of(share.whole), of(share.parts));
        writeln!(
            err,
            "{label:<14}{:>7} mentions   known {whole:.3}   whole or by parts {parts:.3}",
            share.mentions
        )?;
    }
    writeln!(err, "{} entries, loaded in {loaded:.1} ms", knowledge.entries().len())?;
    out.flush().with_context(|| format!("{}: cannot be written", arguments.output.display()))
}

/// Returns the sort of names that `label` marks, or `None` for persons, works, dates and other labels not counted.
fn sort(label: EntityLabel) -> Option<&'static str> {
    Some(match label {
        EntityLabel::Gpe | EntityLabel::Location => "places",
        EntityLabel::Norp => "nationalities",
        EntityLabel::Org => "organisations",
        _ => return None,
    })
}

/// Returns `words` without articles, marks and possessive endings at their ends.
fn trimmed(syntax: &Syntax, mut words: Range<u32>) -> Range<u32> {
    let loose = |at: u32| {
        matches!(syntax.token(at).pos, Pos::Det | Pos::Punct | Pos::Space) && !syntax.word(at).contains('.')
            || matches!(syntax.word(at), "the" | "The" | "'s" | "’s" | "'" | "’")
    };
    while words.len() > 1 && loose(words.start) {
        words.start += 1;
    }
    while words.len() > 1 && loose(words.end - 1) {
        words.end -= 1;
    }
    words
}

/// Words that are added to names and do not change whom they name.
const ADDED: &[&str] = &[
    "anti", "central", "eastern", "ex", "former", "greater", "inter", "intra", "mid", "non", "northern",
    "post", "pre", "pro", "province", "region", "southern", "state", "un", "upper", "western",
];

/// Whether every word with a capital belongs to a known name.
fn is_of_known_parts(knowledge: &Knowledge, name: &str) -> bool {
    // Words, hyphens parting them too.
    let mut spans: Vec<ByteSpan> = Vec::new();
    let mut start = None;
    for (at, letter) in name.char_indices().chain([(name.len(), ' ')]) {
        if letter.is_alphanumeric() || matches!(letter, '.' | '\'' | '’') {
            start.get_or_insert(at);
            continue;
        }
        spans.extend(start.take().map(|start| ByteSpan::new(start as u32, at as u32)));
        if !letter.is_whitespace() {
            spans.push(ByteSpan::new(at as u32, (at + letter.len_utf8()) as u32));
        }
    }
    let mut open: Vec<bool> = spans
        .iter()
        .map(|span| {
            let word = span.slice(name);
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
                && !ADDED.contains(&word.to_lowercase().as_str())
        })
        .collect();
    for known in knowledge.names_in(name, &spans) {
        if known.readings.iter().all(|(_, sense)| *sense == Sense::Short) {
            continue;
        }
        for at in known.start..known.end {
            if let Some(open) = open.get_mut(at as usize) {
                *open = false;
            }
        }
    }
    spans.len() > 1 && !open.contains(&true)
}
