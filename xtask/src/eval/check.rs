//! `eval check`: the questions of `tests/check` on 500 reports of `shared/eval/stream`: whether what the reports say is found,
//! whether a false premise is answered by nobody, and whether every passage that is cited stands in its report.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;

use anyhow::{Context as _, ensure};
use readout_record::ids;
use readout_text::Offsets;

use crate::{Arguments, lines};

const QUESTIONS: &str = include_str!("../../../tests/check/questions.tsv");
const REPORTS: &str = include_str!("../../../tests/check/reports.txt");

/// The questions of one sort, and how they were answered.
#[derive(Default)]
struct Count {
    asked: usize,
    right: usize,
}

/// Asks the questions of a record of the reports in `--in` and prints how many are answered rightly. `--out` gets a line of
/// each answer that is wrong. If `--in` is a folder, it has questions of its own, `questions.tsv` on `reports.jsonl`, as a
/// person writes them who has read the reports and not the program.
///
/// # Errors
/// When a file cannot be read or written, or lacks a report that the questions are of.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no folder for the record can be made")?;
    let input = folder.path().join("reports.jsonl");
    let questions = if arguments.input.is_dir() {
        fs::copy(arguments.input.join("reports.jsonl"), &input).context("no reports.jsonl in the folder")?;
        fs::read_to_string(arguments.input.join("questions.tsv")).context("no questions.tsv in the folder")?
    } else {
        fs::write(&input, chosen(arguments)?)?;
        QUESTIONS.to_owned()
    };
    let own = Arguments { input, model: arguments.model.clone(), ..Arguments::default() };
    let corpus = super::corpus::corpus(&own, folder.path())?;
    let mut output = lines::create(&arguments.output)?;
    let mut counts: BTreeMap<(&str, &str), Count> = BTreeMap::new();
    let (mut cited, mut sound) = (0, 0);
    for line in questions.lines().filter(|it| !it.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [claim, truth, _, made] = cells.as_slice() else { continue };
        let found = corpus.check_claim(claim)?;
        for row in &found.rows {
            let Some(document) = corpus.document(&row.citation.doc)? else { continue };
            let offsets = Offsets::new(&document.text);
            let spans = row.citation.spans.iter().filter_map(|it| offsets.to_bytes(*it));
            let there: Vec<&str> = spans.map(|it| it.slice(&document.text)).collect();
            cited += 1;
            sound += usize::from(
                there.join(" … ") == row.citation.text
                    && ids::sha256(document.text.as_bytes()) == document.text_sha256,
            );
        }
        let is_right = (found.supporting > 0) == (*truth == "true");
        let count = counts.entry((truth, made)).or_default();
        count.asked += 1;
        count.right += usize::from(is_right);
        if !is_right {
            let first = found.rows.first();
            let row = serde_json::json!({
                "claim": claim, "truth": truth, "text": first.map(|it| &it.citation.text), "missing": first.map(|it| &it.missing),
                "why": first.and_then(|it| it.why.as_ref()), "share": first.map(|it| it.share),
            });
            writeln!(output, "{row}")?;
        }
    }
    let mut out = std::io::stdout();
    for ((truth, made), Count { asked, right }) in &counts {
        let answer = if *truth == "true" { "found" } else { "answered that nobody says so" };
        writeln!(out, "{truth} claims made by {made}: {right} of {asked} {answer}")?;
    }
    writeln!(out, "passages cited: {sound} of {cited} stand in their reports")?;
    Ok(())
}

/// Returns the lines of the reports that the questions are of.
fn chosen(arguments: &Arguments) -> anyhow::Result<String> {
    let wanted: BTreeSet<&str> = REPORTS.lines().collect();
    let mut rows: Vec<serde_json::Value> = lines::read(&arguments.input)?;
    rows.retain(|it| it["id"].as_str().is_some_and(|it| wanted.contains(it)));
    ensure!(rows.len() == wanted.len(), "{} of {} reports are in the input", rows.len(), wanted.len());
    Ok(rows.iter().map(|it| format!("{it}\n")).collect())
}
