//! Readout's own chores.
//!
//! - `cargo xtask diff OLD NEW [--out PAGE]` shows how two exports of the same reports differ.
//! - `cargo xtask coverage --in REPORTS.jsonl --out TABLE.tsv` counts the verbs and nouns of reports that have a
//!   political actor as a side, and lists those that the event lexicon does not decide.
//! - `cargo xtask bench link --out FILE [--size REPORTS]` measures the cost of linking as a file grows.
//! - `cargo xtask wordnet --in FOLDER --out data/wordnet/words.tsv` makes the table of words that mean alike of WordNet's
//!   database files.
//! - `cargo xtask compare-tokens A B` counts how two files of annotations differ.
//! - `cargo xtask eval NAME --in IN --out OUT [--syntax FILE] [--model PATH]` runs Readout's own library on a set of
//!   evaluation data and writes the predictions that the set's `score.py` reads. `IN` holds only what the set's README
//!   calls input.

mod arguments;
mod bench;
mod compare_tokens;
mod coverage;
mod diff;
mod eval;
mod hold;
mod lines;
mod pace;
mod trees;
mod wordnet;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use arguments::Arguments;

const USAGE: &str = "usage: cargo xtask eval NAME --in IN --out OUT [--syntax FILE] [--model PATH]
       cargo xtask bench link --out FILE [--size REPORTS]
       cargo xtask coverage --in TEXTS.jsonl[.gz] --out TABLE.tsv [--model PATH]
       cargo xtask wordnet --in FOLDER --out TABLE.tsv
       cargo xtask compare-tokens A.jsonl B.jsonl
       cargo xtask hold kill|disk --in REPORTS --out FOLDER [--size ROUNDS]
       cargo xtask diff OLD.jsonl NEW.jsonl [--out PAGE.html]";

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let Some(command) = words.next() else { bail!(USAGE) };
    let name = if command == "coverage" || command == "wordnet" { Some(String::new()) } else { words.next() };
    let Some(name) = name else { bail!(USAGE) };
    if command == "compare-tokens" {
        return compare_tokens::run(name.as_ref(), words.next().context(USAGE)?.as_ref());
    }
    if command == "diff" {
        let new = words.next().context(USAGE)?;
        let page = match (words.next().as_deref(), words.next()) {
            (None, None) => None,
            (Some("--out"), Some(page)) => Some(PathBuf::from(page)),
            _ => bail!(USAGE),
        };
        return diff::run(name.as_ref(), new.as_ref(), page.as_deref());
    }
    let mut arguments = Arguments { size: 10_000, ..Arguments::default() };
    while let Some(flag) = words.next() {
        let value = words.next().with_context(|| format!("{flag} wants a value\n{USAGE}"))?;
        match flag.as_str() {
            "--in" => arguments.input = value.into(),
            "--out" => arguments.output = value.into(),
            "--syntax" => arguments.syntax = Some(value.into()),
            "--model" => arguments.model = Some(value.into()),
            "--size" => {
                arguments.size = value.parse().with_context(|| format!("{value} is no number of reports"))?;
            }
            _ => bail!("unknown option {flag}\n{USAGE}"),
        }
    }
    match command.as_str() {
        "eval" => eval::run(&name, &arguments),
        "coverage" => coverage::run(&arguments),
        "wordnet" => wordnet::run(&arguments),
        "bench" => bench::run(&name, &arguments),
        "hold" => hold::run(&name, &arguments),
        _ => bail!("unknown chore {command}\n{USAGE}"),
    }
}
