//! Corrections: laid over what is given out, taken back, and found again after new links and new versions.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::path::Path;

use readout::record::{
    ActorId, ActorKind, Change, Document, DocumentRecords, Event, Evidence, Mention, Mode, PloverCode,
    Position, Stance, Statement, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use readout::views::{ActorRow, Filter, SourceRow, quotes, statements};
use readout::{Corpus, ExportFormat, Page, Scope};
use serde_json::json;

/// A report whose first line in quotation marks is said by `speaker`, and whose last line is an event.
fn report(text: &str, outlet: &str, speaker: (&str, &str)) -> (Document, DocumentRecords) {
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(text);
    let span = |start: &str, end: &str| {
        let from = text.find(start).unwrap();
        let to = from + text[from..].find(end).unwrap() + end.len();
        ByteSpan::new(from as u32, to as u32)
    };
    let evidence = |kind: &str, span: ByteSpan| Evidence::new(&id, kind, "", text, &offsets, &[span]);
    let quoted = span("“", "”");
    let (actor, name) = speaker;
    let mention = |span: ByteSpan| Mention {
        doc: id.clone(),
        span: offsets.to_chars(span),
        text: name.to_owned(),
        actor: actor.into(),
        name: name.to_owned(),
        actor_kind: ActorKind::Person,
        named: true,
        ..Mention::default()
    };
    let statement = Statement {
        evidence: evidence("statement", quoted),
        speaker: vec![actor.into()],
        content: vec![offsets.to_chars(quoted)],
        content_text: quoted.slice(text).to_owned(),
        mode: Mode::Direct,
        ..Statement::default()
    };
    let event = Event {
        evidence: evidence("event", span("Envoys", ".")),
        code: Some(PloverCode::Consult),
        actor: vec![actor.into()],
        reported_by: Some(statement.evidence.id.clone()),
        ..Event::default()
    };
    let position = Position {
        id: ids::linked_id("position", [actor, &statement.evidence.id]),
        actor: actor.into(),
        issue: "gas supplies".to_owned(),
        stance: Stance::For,
        since: None,
        evidence: vec![statement.evidence.id.clone()],
    };
    let document = Document {
        id: id.clone(),
        outlet: Some(outlet.to_owned()),
        published: Some("2020-03-02".to_owned()),
        text: text.to_owned(),
        text_sha256: ids::sha256(text.as_bytes()),
        ..Document::default()
    };
    let records = DocumentRecords {
        mentions: vec![mention(span(name, name))],
        statements: vec![statement],
        events: vec![event],
        positions: vec![position],
        ..DocumentRecords::default()
    };
    (document, records)
}

const QUOTED: &str = "“The pipeline will carry gas to both harbours before the first snow falls,”";

fn add(path: &Path, place: &str, report: &(Document, DocumentRecords)) {
    let mut store = Store::create(path).unwrap();
    let origin = Origin { location: format!("/{place}"), path: Some(place.to_owned()) };
    store.add(&mut Operation::new("read", "0", json!({})), &origin, &report.0, &report.1).unwrap();
}

fn first(more: &str) -> (Document, DocumentRecords) {
    let text = format!("{QUOTED} Ann Lee said in Torvik.{more}\n\nEnvoys met in Torvik.");
    report(&text, "Torvik Times", ("person:ann-lee", "Ann Lee"))
}

fn second() -> (Document, DocumentRecords) {
    let text = format!("{QUOTED} Anna Lee told reporters.\n\nEnvoys met, and left.");
    report(&text, "Harbour Post", ("person:anna-lee", "Anna Lee"))
}

fn corpus(path: &Path) -> Corpus {
    add(path, "a", &first(""));
    add(path, "b", &second());
    let mut corpus = Corpus::open(path).unwrap();
    corpus.link().unwrap();
    corpus
}

fn export(corpus: &Corpus) -> String {
    let mut out = Vec::new();
    corpus.export(ExportFormat::JsonLines, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn speakers(corpus: &Corpus) -> Vec<ActorId> {
    let contents = corpus.contents().unwrap();
    let mut found: Vec<ActorId> = statements(&contents, &Filter::default())
        .into_iter()
        .flat_map(|it| it.speaker.into_iter().map(|it| it.id))
        .collect();
    found.sort();
    found
}

#[test]
fn two_actors_become_one_everywhere_until_that_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder.path().join("t.readout"));
    let before = export(&corpus);
    let merge = Change::Merge { actor: "person:anna-lee".into(), into: "person:ann-lee".into() };
    let operation = corpus.correct(&merge).unwrap();

    assert_eq!(speakers(&corpus), ["person:ann-lee", "person:ann-lee"]);
    let contents = corpus.contents().unwrap();
    assert!(contents.positions.iter().all(|it| it.actor == "person:ann-lee"));
    let actor = contents.actors.iter().find(|it| it.id == "person:ann-lee").unwrap();
    assert_eq!((actor.mentions, actor.aliases.as_slice()), (2, &["Anna Lee".to_owned()][..]));
    assert!(contents.actors.iter().all(|it| it.id != "person:anna-lee"));
    // A slice of either report, and of the actor, tells the same.
    let slice = corpus.slice(&Scope::Documents(vec![second().0.id])).unwrap();
    assert_eq!(slice.names().of("person:ann-lee"), "Ann Lee");
    assert_eq!(corpus.slice(&Scope::Actors(vec!["person:ann-lee".into()])).unwrap().documents.len(), 2);
    let listed = corpus.list_of::<ActorRow>(&Filter::default(), &Page::first(10)).unwrap().unwrap().rows;
    assert_eq!(
        listed.iter().map(|it| (it.id.as_str(), it.reports)).collect::<Vec<_>>(),
        [("person:ann-lee", 2)]
    );
    // The export has the correction as its last line.
    let line: serde_json::Value = serde_json::from_str(export(&corpus).lines().last().unwrap()).unwrap();
    assert_eq!(
        (&line["kind"], &line["change"], &line["order"]),
        (&json!("correction"), &json!("merge"), &json!(1))
    );
    corpus.link().unwrap();
    assert_eq!(speakers(&corpus), ["person:ann-lee", "person:ann-lee"]);

    assert!(
        corpus
            .correct(&Change::Merge { actor: "person:nobody".into(), into: "person:ann-lee".into() })
            .is_err()
    );
    assert!(corpus.undo(operation + 100).is_err());
    let undone = corpus.undo(operation).unwrap();
    assert!(corpus.undo(operation).is_err());
    assert_eq!(export(&corpus), before);
    assert!(!corpus.corrections().unwrap()[0].in_force);
    corpus.undo(undone).unwrap();
    assert_eq!(speakers(&corpus), ["person:ann-lee", "person:ann-lee"]);
    assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
}

#[test]
fn an_actor_is_split_by_reports() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder.path().join("t.readout"));
    let merge = Change::Merge { actor: "person:anna-lee".into(), into: "person:ann-lee".into() };
    corpus.correct(&merge).unwrap();
    let split = Change::Split {
        actor: "person:ann-lee".into(),
        into: "person:ann-lee-the-envoy".into(),
        name: "Ann Lee, the envoy".to_owned(),
        documents: vec![second().0.id],
    };
    corpus.correct(&split).unwrap();
    assert_eq!(speakers(&corpus), ["person:ann-lee", "person:ann-lee-the-envoy"]);
    let contents = corpus.contents().unwrap();
    let mentions = |id: &str| contents.actors.iter().find(|it| it.id == id).unwrap().mentions;
    assert_eq!((mentions("person:ann-lee"), mentions("person:ann-lee-the-envoy")), (1, 1));
    assert!(contents.positions.iter().any(|it| it.actor == "person:ann-lee-the-envoy"));
    let slice = corpus.slice(&Scope::Actors(vec!["person:ann-lee-the-envoy".into()])).unwrap();
    assert!(slice.documents.iter().any(|it| it.id == second().0.id));
}

#[test]
fn a_speaker_is_set_and_a_record_rejected_in_all_links() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder.path().join("t.readout"));
    let contents = corpus.contents().unwrap();
    let quoted = quotes(&contents, &Filter::default());
    assert_eq!((quoted.len(), quoted[0].wordings.len()), (1, 1), "both reports give one utterance");
    let (a, b) = (first("").1.statements.remove(0), second().1.statements.remove(0));

    let target = corpus.target(&a.evidence.id[..18]).unwrap();
    assert_eq!(target.text, QUOTED);
    corpus.correct(&Change::Speaker { target, speaker: vec!["person:anna-lee".into()] }).unwrap();
    assert_eq!(speakers(&corpus), ["person:anna-lee", "person:anna-lee"]);

    let reject = corpus.correct(&Change::Reject { target: corpus.target(&b.evidence.id).unwrap() }).unwrap();
    let contents = corpus.contents().unwrap();
    assert_eq!(speakers(&corpus), ["person:anna-lee"]);
    assert!(contents.quotes.is_empty(), "one report alone gives it now");
    assert!(contents.positions.iter().all(|it| !it.evidence.contains(&b.evidence.id)));
    let all = export(&corpus);
    let others = all.lines().filter(|line| !line.contains(r#""kind":"correction""#));
    assert!(
        others.clone().all(|line| !line.contains(b.evidence.id.as_str())),
        "nothing rests on it any more"
    );
    assert!(corpus.records_of(&b.evidence.doc).unwrap().statements.is_empty());

    corpus.undo(reject).unwrap();
    assert_eq!(corpus.contents().unwrap().quotes.len(), 1);
    assert!(
        corpus
            .correct(&Change::Speaker {
                target: corpus.target(&first("").1.events[0].evidence.id).unwrap(),
                speaker: vec![]
            })
            .is_err()
    );
}

#[test]
fn a_correction_holds_for_a_new_version_of_the_report_and_new_links() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut corpus = corpus(&path);
    let statement = first("").1.statements.remove(0).evidence.id;
    let target = corpus.target(&statement).unwrap();
    corpus.correct(&Change::Speaker { target, speaker: vec!["person:anna-lee".into()] }).unwrap();
    let link = corpus.contents().unwrap().quotes[0].id.clone();
    corpus.correct(&Change::Reject { target: corpus.target(&link).unwrap() }).unwrap();
    let issue = Change::NameIssue { issue: "Gas Supplies".to_owned(), name: "the pipeline".to_owned() };
    corpus.correct(&issue).unwrap();
    assert!(corpus.contents().unwrap().quotes.is_empty());
    drop(corpus);

    // The report changes: other offsets, another document, other ids, and a third report joins the quote.
    add(&path, "a", &first(" It was raining."));
    let text = format!("{QUOTED} Ann Lee wrote.\n\nEnvoys went home again.");
    add(&path, "c", &report(&text, "Northern Wire", ("person:ann-lee", "Ann Lee")));
    let mut corpus = Corpus::open(&path).unwrap();
    corpus.link().unwrap();
    assert_eq!(speakers(&corpus), ["person:ann-lee", "person:anna-lee", "person:anna-lee"]);
    let contents = corpus.contents().unwrap();
    assert!(contents.positions.iter().all(|it| it.issue == "the pipeline"));
    assert!(!contents.positions.is_empty());
    // The new quote has the changed report's new statement for its old one: half of the members are the same.
    assert!(contents.quotes.is_empty(), "{:?}", contents.quotes);
    assert_eq!(contents.corrections.len(), 3);
}

#[test]
fn a_report_gets_another_date_outlet_and_title() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut corpus = corpus(&path);
    let document = first("").0.id;
    let change = |published: Option<&str>, title: Option<&str>| Change::Document {
        document: document.clone(),
        published: published.map(str::to_owned),
        outlet: Some("The Right Wire".to_owned()),
        title: title.map(str::to_owned),
    };
    let told = |corpus: &Corpus| {
        let contents = corpus.contents().unwrap();
        let it = contents.documents.into_iter().find(|it| it.id == document).unwrap();
        (it.published, it.outlet, it.title)
    };
    let before = told(&corpus);
    let number = corpus.correct(&change(Some("2016-09-05"), None)).unwrap();
    let right = (Some("2016-09-05".to_owned()), Some("The Right Wire".to_owned()), before.2);
    assert_eq!(told(&corpus), right);
    // It is found by what is right, and by nothing else: in lists, search, facets and the lists of outlets and days.
    let found = |corpus: &Corpus, filter: &Filter| {
        let listed = corpus.list_of::<SourceRow>(filter, &Page::all()).unwrap();
        let listed =
            listed.map(|it| it.rows.into_iter().any(|it| it.outlet.as_deref() == Some("The Right Wire")));
        let searched = corpus.search("Envoys", filter, &Page::all()).unwrap();
        let searched = searched.map(|it| {
            let facet = it.facets.outlets.iter().any(|it| it.name == "The Right Wire");
            let hit = it.found.rows.iter().any(|it| it.hit.outlet.as_deref() == Some("The Right Wire"));
            assert_eq!(facet, hit);
            hit
        });
        (listed.unwrap_or_default(), searched.unwrap_or_default())
    };
    let right_wire = Filter { outlet: vec!["the right wire".to_owned()], ..Filter::default() };
    let on_the_day = Filter {
        since: Some("2016-09-05".to_owned()),
        until: Some("2016-09-06".to_owned()),
        ..Filter::default()
    };
    let yes = (true, true);
    assert_eq!((found(&corpus, &right_wire), found(&corpus, &on_the_day)), (yes, yes));
    assert!(corpus.outlets().unwrap().contains(&"The Right Wire".to_owned()));
    // The export has it too, with the correction.
    let export = export(&corpus);
    assert!(export.contains("The Right Wire") && export.contains("\"change\":\"document\""), "{export}");
    // The new version of the report has the correction of the old one.
    add(&path, "a", &first(" It was raining."));
    let contents = Corpus::open(&path).unwrap().contents().unwrap();
    assert!(contents.documents.iter().any(|it| it.outlet.as_deref() == Some("The Right Wire")));
    corpus.link().unwrap();
    assert_eq!(found(&corpus, &right_wire), yes, "the new version");
    corpus.undo(number).unwrap();
    assert_eq!(found(&corpus, &right_wire), (false, false));
    assert!(!corpus.outlets().unwrap().contains(&"The Right Wire".to_owned()));
    for nothing in [
        Change::Document { document: document.clone(), published: None, outlet: None, title: None },
        Change::Document {
            document: "doc:none".into(),
            published: None,
            outlet: None,
            title: Some("x".to_owned()),
        },
    ] {
        assert!(corpus.correct(&nothing).is_err());
    }
}
