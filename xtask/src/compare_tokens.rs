//! The differences between two files of annotations, field by field: `cargo xtask compare-tokens A.jsonl B.jsonl`.
//!
//! The form of the files is that of `readout_syntax::StoredTree`. `xtask/spacy_tokens.py` writes one with spaCy itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;

const FIELDS: [&str; 9] =
    ["start", "end", "tag", "pos", "lemma", "head", "label", "sentence_start", "entity"];
/// Differences that are shown, of each field.
const SHOWN: usize = 5;

/// Prints the differences.
///
/// # Errors
/// When a file cannot be read, or there is any difference.
pub(crate) fn run(first: &Path, second: &Path) -> anyhow::Result<()> {
    let (first, second) = (read(first)?, read(second)?);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut documents, mut tokens) = (0, 0);
    for (id, (text, rows)) in &second {
        let Some((_, expected)) = first.get(id) else {
            note(&mut counts, "document", || format!("{id} is only in the second file"));
            continue;
        };
        documents += 1;
        tokens += rows.len();
        let place = |row: &[Value]| (row.first().cloned(), row.get(1).cloned());
        if let Some(at) = (0..rows.len().max(expected.len()))
            .find(|&at| rows.get(at).map(|row| place(row)) != expected.get(at).map(|row| place(row)))
        {
            note(&mut counts, "tokens", || {
                format!("{id}, token {at}: {:?}, {:?}", expected.get(at), rows.get(at))
            });
            continue;
        }
        for (at, (row, expected)) in rows.iter().zip(expected).enumerate() {
            for (field, (found, expected)) in FIELDS.into_iter().zip(row.iter().zip(expected)) {
                if found != expected {
                    note(&mut counts, field, || {
                        let word = text.chars().skip(row[0].as_u64().unwrap_or(0) as usize).take(20);
                        format!("{id}, token {at} ({:?}…): {expected}, {found}", word.collect::<String>())
                    });
                }
            }
        }
    }
    for id in first.keys().filter(|id| !second.contains_key(*id)) {
        note(&mut counts, "document", || format!("{id} is only in the first file"));
    }
    #[expect(clippy::print_stdout, reason = "the chore's answer")]
    {
        println!("{documents} documents, {tokens} tokens, differences: {counts:?}");
    }
    if !counts.is_empty() {
        bail!("the files differ");
    }
    Ok(())
}

fn note<'f>(counts: &mut BTreeMap<&'f str, usize>, field: &'f str, what: impl FnOnce() -> String) {
    let count = counts.entry(field).or_default();
    *count += 1;
    if *count <= SHOWN {
        #[expect(clippy::print_stdout, reason = "the chore's answer")]
        {
            println!("{field}: {}", what());
        }
    }
}

type Documents = BTreeMap<String, (String, Vec<Vec<Value>>)>;

fn read(path: &Path) -> anyhow::Result<Documents> {
    let file = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    file.lines()
        .map(|line| {
            let mut row: Value = serde_json::from_str(line)?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let (id, text) = (text("id"), text("text"));
            Ok((id, (text, serde_json::from_value(row["tokens"].take())?)))
        })
        .collect::<anyhow::Result<_>>()
        .with_context(|| format!("{}: not a file of annotations", path.display()))
}
