//! A story that very many outlets carry is packed without a table of all lines by all outlets.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::Cursor;

use readout::Corpus;
use readout::record::{
    ActorKind, Document, DocumentRecords, Event, Evidence, Mention, Mode, PloverCode, Statement, Time, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use serde_json::json;

const OUTLETS: usize = 500;
/// Sentences of a report, each of which tells of something.
const SENTENCES: [&str; 12] = [
    "Ann Lee opened the harbour of Brenn to every ship of the northern fleet",
    "Bo Dahl closed the customs house at noon and sent its clerks home",
    "Ann Lee praised the pilots who brought the first grain ships over the bar",
    "Bo Dahl fined eleven captains for sailing without a lamp at the mast",
    "Ann Lee sent bread and blankets to the families on the lower quay",
    "Bo Dahl ordered the mole repaired before the storms of the winter",
    "Ann Lee signed the register of ships in the old tower by the gate",
    "Bo Dahl blamed the ferry company for the loss of two barges in spring",
    "Ann Lee met the widows of the sailors in the chapel above the town",
    "Bo Dahl threatened to halt all traffic on the river until the dues are paid",
    "Ann Lee promised a new lighthouse to the villages along the coast",
    "Bo Dahl withdrew his guards from the island after a week of protest",
];

/// The report as one outlet prints it, with a line of its own.
fn report(number: usize) -> (Document, DocumentRecords) {
    let text = format!(
        "The harbour is open\n\n{}.\n\nThis is page {number} of the paper of ward {number}.",
        SENTENCES.join(".\n\n")
    );
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let mut records = DocumentRecords::default();
    for (at, sentence) in SENTENCES.iter().enumerate() {
        let start = text.find(sentence).unwrap() as u32;
        let span = ByteSpan::new(start, start + sentence.len() as u32);
        let evidence =
            |kind: &str| Evidence::new(&id, kind, "", &text, &offsets, &[span]).by_rule("test", 0.9);
        let (actor, name) = [("person:ann-lee", "Ann Lee"), ("person:bo-dahl", "Bo Dahl")][at % 2];
        records.mentions.push(Mention {
            doc: id.clone(),
            span: offsets.to_chars(ByteSpan::new(start, start + name.len() as u32)),
            text: name.to_owned(),
            actor: actor.into(),
            name: name.to_owned(),
            actor_kind: ActorKind::Person,
            named: true,
            ..Mention::default()
        });
        // Each event has a year of its own, so no two are one happening: every report has lines that it alone has.
        records.events.push(Event {
            evidence: evidence("event"),
            code: Some(PloverCode::Aid),
            time: Some(Time { from: Some(format!("{}-03-02", 1500 + number)), ..Time::default() }),
            actor: vec![actor.into()],
            ..Event::default()
        });
        records.statements.push(Statement {
            evidence: evidence("statement"),
            speaker: vec![actor.into()],
            content: vec![offsets.to_chars(span)],
            content_text: (*sentence).to_owned(),
            mode: Mode::Direct,
            ..Statement::default()
        });
    }
    let document = Document {
        id,
        title: Some("The harbour is open".to_owned()),
        outlet: Some(format!("Ward {number} Paper")),
        published: Some("2020-03-02".to_owned()),
        text_sha256: ids::sha256(text.as_bytes()),
        text,
        ..Document::default()
    };
    (document, records)
}

/// The most memory that the process has had, in megabytes; `None` where the system does not tell.
fn memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1000.0)
}

#[test]
fn a_story_of_many_outlets_is_packed_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut store = Store::create(&path).unwrap();
    let mut operation = Operation::new("read", "test", json!({}));
    for number in 0..OUTLETS {
        let (document, records) = report(number);
        let origin = Origin { location: document.id.to_string(), path: None };
        store.add(&mut operation, &origin, &document, &records).unwrap();
    }
    drop(store);
    let mut corpus = Corpus::open(&path).unwrap();
    corpus.link().unwrap();
    let stories = corpus.store().links(Some("story")).unwrap();
    assert_eq!(stories.len(), 1);
    let mut zip = Cursor::new(Vec::new());
    readout_serve::bundle(&corpus, stories[0].id(), false, &mut zip).unwrap();
    // By a table of 6,000 lines and 500 outlets it was two gigabytes.
    if let Some(memory) = memory() {
        assert!(memory < 700.0, "{memory:.0} MB");
    }
}
