//! The examples of the lexicons: each event word's example gives an event by one of the row's words, its counter-example
//! none of that type; each word of stances and issues gives a position, or none.
//!
//! A row of the event lexicon that says that there is no act is turned round: its example gives nothing by the row's words,
//! and its counter-example, another use of one of them, gives something. Where no example or counter-example can be, a
//! reason in brackets stands for it: `(always: what goes on in a mind is done to nobody)`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it does not expect")]

use readout_annotate::{annotate, parse};
use readout_extract::Decision;
use readout_knowledge::Knowledge;
use readout_lexicon::table::rows;
use readout_record::{Document, DocumentRecords, PloverCode, Stance};
use readout_syntax::Worker;

/// The text of `data/{table}.tsv`.
fn text(table: &str) -> String {
    let path = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/{}.tsv"), table);
    std::fs::read_to_string(path).expect("the table is there")
}

/// The records of `sentence`.
fn records(sentence: &str, worker: &mut Worker, knowledge: &Knowledge) -> DocumentRecords {
    let document = Document { id: "doc:example".into(), text: sentence.to_owned(), ..Document::default() };
    let annotations = annotate(&document, parse(worker, sentence), knowledge);
    readout_extract::extract(&document, &annotations, knowledge)
}

/// Type and rule of every event, meeting and incident of `sentence`.
fn read(sentence: &str, worker: &mut Worker, knowledge: &Knowledge) -> Vec<(Option<PloverCode>, String)> {
    let read = records(sentence, worker, knowledge);
    (read.events.into_iter().map(|it| (it.code, it.evidence.rule)))
        .chain(read.meetings.into_iter().map(|it| (it.code, it.evidence.rule)))
        .chain(read.incidents.into_iter().map(|it| (it.code, it.evidence.rule)))
        .collect()
}

/// Whether one of the words that `rule` (`request:urge>verb:free`) names is among `lemmas`.
fn names(rule: &str, lemmas: &[&str]) -> bool {
    rule.split('>').any(|part| part.split_once(':').is_some_and(|(_, word)| lemmas.contains(&word)))
}

/// The sentence in which the example of a noun is read: what is no sentence is written of.
fn sentence_of(example: &str) -> String {
    if example.ends_with('.') { example.to_owned() } else { format!("Reporters wrote of {example}.") }
}

/// Whether `cell` is a reason that stands for an example.
fn is_reason(cell: &str) -> bool {
    cell.strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|inner| inner.split_once(": "))
        .is_some_and(|(kind, why)| matches!(kind, "always" | "never alone") && why.split(' ').count() > 2)
}

/// Reads the example and the counter-example of every row of `data/{table}.tsv`.
fn check_examples(table: &str) {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    let knowledge = Knowledge::shipped();
    let (mut examples, mut failures) = (0, Vec::new());
    for row in rows(&text(table)) {
        let lemmas: Vec<&str> = row.words("lemmas").collect();
        let sense = row.get("code");
        for (words, is_counter) in [(row.get("example"), false), (row.get("counter-example"), true)] {
            if is_reason(words) {
                continue;
            }
            if matches!(words, "" | "-") {
                failures.push(format!("{sense} {}: neither example nor reason", row.get("lemmas")));
                continue;
            }
            examples += 1;
            // A row of the sense `-` says that there is nothing.
            let wanted = is_counter == (sense == "-");
            let found = read(&sentence_of(words), &mut worker, &knowledge);
            let fits = |(code, rule): &(Option<PloverCode>, String)| {
                // Under an operator the word is a part of another act.
                names(rule, &lemmas)
                    && (sense.starts_with('=')
                        || sense == "-"
                        || code.is_some_and(|code| code.as_str() == sense)
                        || wanted && rule.contains('>'))
            };
            if found.iter().any(fits) != wanted {
                let not = if wanted { "" } else { "not " };
                failures.push(format!("{not}{sense} {} | {words} | {found:?}", row.get("lemmas")));
            }
        }
    }
    assert!(examples > 20, "only {examples} examples");
    assert!(failures.is_empty(), "{} of {examples} examples fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn examples_of_nouns_give_what_their_rows_say() {
    check_examples("events/nouns");
}

#[test]
fn examples_of_verbs_give_what_their_rows_say() {
    check_examples("events/verbs");
}

#[test]
fn coverage_tells_what_no_row_decides() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    let knowledge = Knowledge::shipped();
    let sentence = "Norway visited Chad. Norway yodelled at Chad. The shop sold a hat.";
    let document = Document { id: "doc:example".into(), text: sentence.to_owned(), ..Document::default() };
    let annotations = annotate(&document, parse(&mut worker, sentence), &knowledge);
    let found: Vec<(String, Decision)> = readout_extract::coverage(&document, &annotations, &knowledge, &[])
        .into_iter()
        .map(|it| (it.key, it.decision))
        .collect();
    // Nobody of politics stands beside `sold`.
    assert_eq!(found, [("visit".to_owned(), Decision::Decided), ("yodel".to_owned(), Decision::UnknownWord)]);
}

/// Issue and stance of every position of `sentence`.
fn positions(sentence: &str, worker: &mut Worker, knowledge: &Knowledge) -> Vec<(String, Stance)> {
    records(sentence, worker, knowledge).positions.into_iter().map(|it| (it.issue, it.stance)).collect()
}

/// Whether an agreement of `sentence` has a step of `status`; of any status for `-`.
fn has_status(sentence: &str, status: &str, worker: &mut Worker, knowledge: &Knowledge) -> bool {
    let agreements = records(sentence, worker, knowledge).agreements;
    // What is wished for is worked on.
    let status = if status == "awaited" { "under-negotiation" } else { status };
    match status {
        "broker" => agreements.iter().any(|it| !it.brokers.is_empty()),
        "guarantor" => agreements.iter().any(|it| !it.guarantors.is_empty()),
        "stands" => agreements.iter().any(|it| !it.status.is_empty()),
        "-" => !agreements.is_empty(),
        _ => agreements.iter().flat_map(|it| &it.status).any(|step| step.status.as_str() == status),
    }
}

#[test]
fn examples_of_instruments_and_statuses_give_what_their_rows_say() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    let knowledge = Knowledge::shipped();
    let mut failures = Vec::new();
    for table in ["instruments", "statuses"] {
        for row in rows(&text(&format!("agreements/{table}"))) {
            let (lemmas, status) = (row.get("lemmas"), row.filled("effect").unwrap_or("-"));
            let (example, counter) = (row.get("example"), row.get("counter-example"));
            if !has_status(example, status, &mut worker, &knowledge) {
                failures.push(format!("{status} {lemmas} | {example}"));
            }
            if has_status(counter, status, &mut worker, &knowledge) {
                failures.push(format!("not {status} {lemmas} | {counter}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} examples fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn examples_of_stances_and_issues_give_what_their_rows_say() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    let knowledge = Knowledge::shipped();
    let (mut examples, mut failures) = (0, Vec::new());
    for table in ["stances", "issues", "evaluations", "effects", "proposals", "again"] {
        for row in rows(&text(&format!("positions/{table}"))) {
            let lemmas = if table == "evaluations" { row.get("words") } else { row.get("lemmas") };
            let (example, counter) = (row.get("example"), row.get("counter-example"));
            examples += 2;
            let found = positions(example, &mut worker, &knowledge);
            // A word that names an issue is no part of its name, unless the row says which act it proposes.
            let act = row.filled("act").unwrap_or("-");
            let named = |(issue, _): &(String, Stance)| {
                table != "issues"
                    || act == "own"
                    || act != "-" && issue.starts_with(act)
                    || !lemmas.split(' ').any(|lemma| issue.contains(&lemma[..lemma.len().min(4)]))
            };
            if !found.iter().any(named) {
                failures.push(format!("{lemmas} | {example} | {found:?}"));
            }
            let found = if counter == "-" { Vec::new() } else { positions(counter, &mut worker, &knowledge) };
            if !found.is_empty() {
                failures.push(format!("not {lemmas} | {counter} | {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {examples} examples fail\n{}", failures.len(), failures.join("\n"));
}
