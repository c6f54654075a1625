//! A long report costs as much a page as a short one, and every id means one thing.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fmt::Write as _;
use std::fs;

use readout::record::{
    Agreement, AgreementStatus, Document, DocumentRecords, Event, Evidence, EvidenceSpan, Factuality,
    Incident, Mention, PloverCode, Statement, StatusStep, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, CharSpan, Offsets};
use readout::views::{BriefLength, Filter, brief};
use readout::{Corpus, Error, Page, Shown, Wanted};
use serde_json::json;
use tempfile::TempDir;

/// A report with `paragraphs` paragraphs of four sentences, each with its records.
fn long(paragraphs: usize) -> (Document, DocumentRecords) {
    let mut text = String::from("The harbour of Brenn");
    for number in 0..paragraphs {
        write!(
            text,
            "\n\nEnvoy number {number} met the mayor of the harbour on quay {number}. Shells hit a pier and killed \
             {number} sailors. “The harbour stays open,” the mayor told envoy {number}. The harbour pact of quay \
             {number} was signed by Orlo Bent."
        )
        .unwrap();
    }
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let mut records = DocumentRecords::default();
    let mut line = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let start = line;
        line += paragraph.len();
        let span = |words: &str| {
            let at = paragraph.find(words)? + start;
            Some(ByteSpan::new(at as u32, (at + words.len()) as u32))
        };
        let evidence = |kind: &str, span: ByteSpan| {
            Evidence::new(&id, kind, "", &text, &offsets, &[span]).by_rule("test", 0.9)
        };
        let (Some(shelled), Some(said)) = (span("killed"), span("“The harbour stays open,” the mayor told"))
        else {
            continue;
        };
        records.incidents.push(Incident {
            evidence: evidence("incident", shelled),
            code: Some(PloverCode::Assault),
            factuality: Factuality::Happened,
            ..Incident::default()
        });
        let statement = Statement {
            evidence: evidence("statement", said),
            content_text: "“The harbour stays open,”".to_owned(),
            content: vec![CharSpan::new(
                offsets.to_chars(said).start,
                offsets.to_chars(said).start + "“The harbour stays open,”".chars().count() as u32,
            )],
            ..Statement::default()
        };
        records.mentions.push(Mention {
            doc: id.clone(),
            span: offsets.to_chars(said),
            text: "“The harbour stays open,” the mayor told".to_owned(),
            actor: "person:the-mayor".into(),
            name: "the mayor".to_owned(),
            ..Mention::default()
        });
        records.events.push(Event {
            evidence: evidence("event", span("was signed").unwrap()),
            code: Some(PloverCode::Cooperate),
            actor: vec!["person:the-mayor".into()],
            factuality: Factuality::Happened,
            reported_by: Some(statement.evidence.id.clone()),
            ..Event::default()
        });
        records.statements.push(statement);
        let passage = EvidenceSpan {
            doc: id.clone(),
            spans: vec![offsets.to_chars(span("The harbour pact").unwrap())],
            text: "The harbour pact".to_owned(),
        };
        records.agreements.push(Agreement {
            id: ids::record_id(&id, "agreement", "", &passage.spans),
            name: format!("Pact {}", records.agreements.len()),
            status: vec![StatusStep {
                status: AgreementStatus::Agreed,
                time: None,
                evidence: passage.clone(),
                ..StatusStep::default()
            }],
            evidence: vec![passage],
            ..Agreement::default()
        });
    }
    let text_sha256 = ids::sha256(text.as_bytes());
    (Document { id, text, text_sha256, ..Document::default() }, records)
}

fn file(reports: &[(Document, DocumentRecords)]) -> (TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut store = Store::create(&path).unwrap();
    let mut operation = Operation::new("read", "test", json!({}));
    for (document, records) in reports {
        let origin = Origin { location: document.id.to_string(), path: None };
        store.add(&mut operation, &origin, document, records).unwrap();
    }
    drop(store);
    let mut corpus = Corpus::open(&path).unwrap();
    corpus.link().unwrap();
    (folder, corpus)
}

/// Seconds of a processor that this thread has had; `None` where the system does not tell.
fn processor() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn seconds(work: impl Fn()) -> Option<f64> {
    let once = || {
        let before = processor()?;
        work();
        Some(processor()? - before)
    };
    let (first, second) = (once()?, once()?);
    Some(first.min(second))
}

#[test]
fn what_a_long_report_costs_grows_with_its_length_alone() {
    let costs = |paragraphs: usize| -> Option<Vec<(&str, f64)>> {
        let (_folder, corpus) = file(&[long(paragraphs)]);
        assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
        let contents = corpus.contents().unwrap();
        let search = || {
            let found =
                corpus.search("the mayor of the harbour", &Filter::default(), &Page::first(5)).unwrap();
            assert!(found.unwrap().found.rows[0].hit.snippet.iter().any(|it| it.found));
        };
        let page = || {
            assert!(!brief(&contents, &Filter::default(), BriefLength::PAGE).sections.is_empty());
        };
        Some(vec![
            ("find", seconds(search)?),
            ("verify", seconds(|| drop(corpus.verify().unwrap()))?),
            ("brief", seconds(page)?),
        ])
    };
    let (Some(short), Some(long)) = (costs(500), costs(2_000)) else { return };
    for ((name, short), (_, long)) in short.into_iter().zip(long) {
        // Four times as long: four times the work, not sixteen times.
        assert!(long < 9.0 * short + 0.05, "{name}: {short:.3} s, and {long:.3} s for four times as much");
    }
}

#[test]
fn an_id_that_may_be_several_things_says_which() {
    let report = |id: &str, title: &str| {
        let text = format!("{title} was told in Brenn.");
        let text_sha256 = ids::sha256(text.as_bytes());
        let title = Some(title.to_owned());
        let statement = Statement {
            evidence: Evidence { id: format!("statement:{}", &id[4..]).into(), ..Evidence::default() },
            content_text: format!("what {id} says"),
            ..Statement::default()
        };
        let records = DocumentRecords { statements: vec![statement], ..DocumentRecords::default() };
        (Document { id: id.into(), text, text_sha256, title, ..Document::default() }, records)
    };
    let (_folder, corpus) = file(&[report("doc:abc111", "A tale of ships"), report("doc:abc122", "A flood")]);
    // What is wanted counts: another sort of thing makes no id unclear.
    assert_eq!(corpus.id("abc11", Wanted::Report).unwrap(), "doc:abc111");
    assert_eq!(corpus.id("abc122", Wanted::Record).unwrap(), "statement:abc122");
    assert_eq!(corpus.id(" [statement:abc12] ", Wanted::Anything).unwrap(), "statement:abc122");
    assert!(matches!(corpus.show("doc:abc12").unwrap(), Shown::Document(it) if it.id == "doc:abc122"));
    let Err(Error::Id(unclear)) = corpus.id("abc1", Wanted::Report) else { panic!() };
    assert_eq!(
        unclear.to_string(),
        "several ids start with abc1:\n  doc:abc111  report: A tale of ships\n  doc:abc122  report: A flood"
    );
    let Err(Error::Id(unclear)) = corpus.id("abc11", Wanted::Anything) else { panic!() };
    assert_eq!(unclear.candidates.len(), 2);
    assert!(unclear.to_string().ends_with("statement:abc111  statement: what doc:abc111 says"), "{unclear}");
    let Err(Error::Id(unclear)) = corpus.id("abd", Wanted::Story) else { panic!() };
    assert_eq!(unclear.to_string(), "no story has an id that is or starts with abd");
}
