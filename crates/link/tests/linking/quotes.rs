//! Quotes over reports.

use std::collections::BTreeMap;

use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords, Evidence, Mode, Quote, Statement};
use readout_text::CharSpan;

struct Given(&'static str, &'static str, Mode, &'static str);

/// One statement a row: document, speaker (empty: unknown), mode, words.
fn quotes(rows: &[Given]) -> Vec<(Vec<usize>, Quote)> {
    quotes_of(rows, None)
}

/// As [`quotes`], in reports that were all published on `day`.
fn quotes_of(rows: &[Given], day: Option<&str>) -> Vec<(Vec<usize>, Quote)> {
    let mut documents: BTreeMap<&str, DocumentRecords> = BTreeMap::new();
    for (number, Given(doc, speaker, mode, words)) in rows.iter().enumerate() {
        let start = number as u32 * 1000;
        documents.entry(doc).or_default().statements.push(Statement {
            evidence: Evidence { id: format!("statement:{number}").into(), ..Evidence::default() },
            speaker: if speaker.is_empty() { vec![] } else { vec![(*speaker).into()] },
            content: vec![CharSpan::new(start, start + 900)],
            content_text: (*words).to_owned(),
            mode: *mode,
            ..Statement::default()
        });
    }
    let documents: Vec<(Document, DocumentRecords)> = documents
        .into_iter()
        .map(|(id, records)| {
            let published = day.map(str::to_owned);
            (Document { id: id.into(), published, ..Document::default() }, records)
        })
        .collect();
    let refs: Vec<(&Document, &DocumentRecords)> = documents.iter().map(|(a, b)| (a, b)).collect();
    readout_link::link(&refs, &Knowledge::default())
        .quotes
        .into_iter()
        .map(|quote| {
            let members =
                quote.members.iter().filter_map(|id| id.strip_prefix("statement:")?.parse().ok()).collect();
            (members, quote)
        })
        .collect()
}

const DIRECT: Mode = Mode::Direct;

#[test]
fn a_corrected_and_cut_quotation_is_one_utterance() {
    let found = quotes(&[
        Given(
            "a",
            "person:ines-korda",
            DIRECT,
            "The river have never been so high, and we was not warned by anybody",
        ),
        Given("b", "person:ines-korda", DIRECT, "The river has never been so high, and we were not warned"),
    ]);
    assert_eq!(found.len(), 1);
    let quote = &found[0].1;
    assert_eq!(quote.best_member, "statement:0");
    assert_eq!(quote.differences.len(), 1);
    assert_eq!(quote.differences[0].missing, "have … was … by anybody");
    assert_eq!(quote.differences[0].added, "has … were");
}

#[test]
fn a_quoted_fragment_belongs_to_the_sentence_it_is_from() {
    let found = quotes(&[
        Given(
            "a",
            "person:ines-korda",
            DIRECT,
            "Usually these meetings are stiff, formal, useless, and today was no better",
        ),
        Given("b", "person:ines-korda", Mode::Mixed, "“stiff, formal and useless”"),
        Given("b", "person:marek-tosch", Mode::Mixed, "“stiff, formal and useless”"),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, [0, 1]);
}

#[test]
fn a_retold_utterance_is_found_by_its_content() {
    let found = quotes(&[
        Given(
            "a",
            "person:ines-korda",
            DIRECT,
            "We had useful conversations about what a lasting truce on the river would look like that would allow \
             both towns to focus on the harvest",
        ),
        Given(
            "b",
            "person:ines-korda",
            Mode::Indirect,
            "they had useful talks on what a lasting truce would look like so both towns could focus on harvest",
        ),
        Given(
            "c",
            "person:ines-korda",
            Mode::Indirect,
            "both towns would get a truce commission of five judges",
        ),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, [0, 1]);
}

#[test]
fn a_pull_quote_without_a_speaker_joins_its_utterance() {
    let found = quotes(&[
        Given(
            "a",
            "person:ines-korda",
            DIRECT,
            "For two years the port has been an honest partner in building this new harbour",
        ),
        Given("a", "", DIRECT, "an honest partner in building this new harbour"),
        Given("a", "", DIRECT, "the harbour is new and the partner is honest"),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, [0, 1]);
}

#[test]
fn contradictions_stay_apart() {
    let pairs = [
        (
            "the port will be closed to tankers from Monday",
            "the port will not be closed to tankers from Monday",
        ),
        (
            "the strike cost firms 20 million crowns a week",
            "the strike cost all firms 35 million crowns per week",
        ),
    ];
    for (left, right) in pairs {
        let found = quotes(&[
            Given("a", "person:marek-tosch", Mode::Indirect, left),
            Given("b", "person:marek-tosch", Mode::Indirect, right),
        ]);
        assert!(found.is_empty(), "{left} | {right}");
    }
}

#[test]
fn a_not_outside_what_is_shared_is_no_contradiction() {
    let found = quotes(&[
        Given(
            "a",
            "person:ines-korda",
            DIRECT,
            "We had honest conversations about what a lasting truce would look like for both towns. But we have \
             not closed the gaps that remain after so many years of mistrust",
        ),
        Given(
            "b",
            "person:ines-korda",
            DIRECT,
            "We had honest talks about what a lasting truce would look like",
        ),
    ]);
    assert_eq!(found.len(), 1);
}

#[test]
fn what_is_said_in_a_statement_is_not_the_statement() {
    let outer = Statement {
        evidence: Evidence { id: "statement:outer".into(), ..Evidence::default() },
        content_text: "the mayor had promised to open the new school before the first of September"
            .to_owned(),
        content: vec![CharSpan::new(0, 80)],
        ..Statement::default()
    };
    let inner = Statement {
        evidence: Evidence { id: "statement:inner".into(), ..Evidence::default() },
        content_text: "to open the new school before the first of September".to_owned(),
        content: vec![CharSpan::new(25, 80)],
        parent: Some("statement:outer".into()),
        ..Statement::default()
    };
    let records = DocumentRecords { statements: vec![outer, inner], ..DocumentRecords::default() };
    let document = Document::default();
    assert!(readout_link::link(&[(&document, &records)], &Knowledge::default()).quotes.is_empty());
}

#[test]
fn a_quotation_that_was_translated_twice_is_one_utterance() {
    let rows = [
        Given(
            "a",
            "person:ines-korda",
            Mode::Mixed,
            "that “for seven winters the town has been the anchor of the river trade” and would stay so",
        ),
        Given(
            "b",
            "person:ines-korda",
            Mode::Mixed,
            "the town has been “the anchor of river commerce” by its “burden of years”",
        ),
    ];
    assert_eq!(quotes_of(&rows, Some("2020-05-01")).len(), 1);
    // Without a day they may be years apart.
    assert!(quotes(&rows).is_empty());
}

#[test]
fn a_restated_claim_is_one_utterance_and_a_warning_and_its_deed_are_two() {
    let claim = [
        Given(
            "a",
            "person:ines-korda",
            Mode::Indirect,
            "the poisoned wells near the harbour on May 3, which made forty fishermen ill, were the work of the militia",
        ),
        Given("b", "person:ines-korda", Mode::Indirect, "the militia poisoned the harbour wells on May 3"),
    ];
    assert_eq!(quotes_of(&claim, Some("2020-05-05")).len(), 1);
    let warning = [
        Given("a", "person:ines-korda", Mode::Indirect, "the militia would poison the harbour wells next"),
        Given("b", "person:ines-korda", Mode::Indirect, "the harbour wells had been poisoned by the militia"),
    ];
    assert!(quotes_of(&warning, Some("2020-05-05")).is_empty());
}

#[test]
fn other_words_bind_two_wordings_and_not_a_chain() {
    let given = |doc, words| Given(doc, "person:ines-korda", Mode::Indirect, words);
    let rows = [
        given("a", "the militia poisoned the harbour wells and burnt the granary by the river"),
        given("b", "the harbour wells were poisoned by the militia"),
        given("c", "the militia burnt a granary of the river towns"),
    ];
    let found = quotes_of(&rows, Some("2020-05-05"));
    assert!(found.iter().all(|(members, _)| members.len() == 2), "{found:?}");
}
