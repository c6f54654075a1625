//! What people coded in Discourse Network Analyzer, and the spans that they marked in annotation programs: out, changed there, and
//! in again.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use readout::exchange::{read_brat, read_dna, read_web_annotations};
use readout::record::{
    ActorKind, Document, DocumentRecords, Evidence, Mention, Mode, Position, Stance, Statement, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use readout::{Comparison, Corpus, ExportFormat, Signature};
use rusqlite::{Connection, params};
use serde_json::json;
use tempfile::TempDir;

/// Its first letter is two units of UTF-16.
const TEXT: &str = "🕊 Harbour talks resume\n\n“We support the accord on the harbour,” Ann Lee said.\n\n“The toll at the bridge is \
                    a burden,” Bo Berg said.\n\nCarl Dorn turned down the plan for the canal.\n\n“We reject the levy on \
                    grain,” Ann Lee said.";

fn span(words: &str) -> ByteSpan {
    let start = TEXT.find(words).unwrap() as u32;
    ByteSpan::new(start, start + words.len() as u32)
}

/// Returns a file with one report, in which three stances were read. The second is a misreading.
fn corpus(folder: &TempDir) -> Corpus {
    let id = ids::document_id(TEXT.as_bytes());
    let offsets = Offsets::new(TEXT);
    let mut records = DocumentRecords::default();
    for (actor, name, words, issue, stance) in [
        (
            "person:ann-lee",
            "Ann Lee",
            "“We support the accord on the harbour,” Ann Lee said",
            "the accord on the harbour",
            Stance::For,
        ),
        (
            "person:bo-berg",
            "Bo Berg",
            "“The toll at the bridge is a burden,” Bo Berg said",
            "the toll at the bridge",
            Stance::For,
        ),
        (
            "person:ann-lee",
            "Ann Lee",
            "“We reject the levy on grain,” Ann Lee said",
            "the levy on grain",
            Stance::Against,
        ),
    ] {
        let whole = span(words);
        let at = whole.start + words.find(name).unwrap() as u32;
        records.mentions.push(Mention {
            doc: id.clone(),
            span: offsets.to_chars(ByteSpan::new(at, at + name.len() as u32)),
            text: name.to_owned(),
            actor: actor.into(),
            name: name.to_owned(),
            actor_kind: ActorKind::Person,
            named: true,
            ..Mention::default()
        });
        let evidence = Evidence::new(&id, "statement", "", TEXT, &offsets, &[whole]);
        records.positions.push(Position {
            id: ids::linked_id("position", [actor, evidence.id.as_str()]),
            actor: actor.into(),
            issue: issue.to_owned(),
            stance,
            since: Some("2020-03-02".to_owned()),
            evidence: vec![evidence.id.clone()],
        });
        records.statements.push(Statement {
            content: evidence.spans.clone(),
            content_text: words.to_owned(),
            evidence,
            speaker: vec![actor.into()],
            mode: Mode::Direct,
            ..Statement::default()
        });
    }
    let document = Document {
        id,
        title: Some("Harbour talks resume".to_owned()),
        outlet: Some("Coast News".to_owned()),
        published: Some("2020-03-02".to_owned()),
        text: TEXT.to_owned(),
        text_sha256: ids::sha256(TEXT.as_bytes()),
        ..Document::default()
    };
    let file = folder.path().join("t.readout");
    let mut store = Store::create(&file).unwrap();
    let origin = Origin { location: "/reports/1".to_owned(), path: None };
    store.add(&mut Operation::new("read", "0", json!({})), &origin, &document, &records).unwrap();
    drop(store);
    let mut corpus = Corpus::open(&file).unwrap();
    corpus.link().unwrap();
    corpus
}

fn write(corpus: &Corpus, path: &Path) {
    let mut bytes = Vec::new();
    corpus.export(ExportFormat::Dna, &mut bytes).unwrap();
    fs::write(path, bytes).unwrap();
}

fn compare(corpus: &Corpus, path: &Path) -> Comparison {
    corpus.compare_coded(&read_dna(path).unwrap()).unwrap()
}

fn apply(corpus: &mut Corpus, found: &Comparison, coder: &str) -> (usize, usize, Vec<String>) {
    let signature = Signature::default().by(Some(coder), None);
    let changes = found.changes.iter().map(|it| (it.clone(), signature.clone()));
    let applied = corpus.apply(changes).unwrap();
    (applied.applied, applied.known, applied.unfit)
}

fn of(found: &Comparison, outcome: &str) -> usize {
    found.rows.iter().filter(|it| it.outcome == outcome).count()
}

/// Adds a statement of the report `document` to the file of Discourse Network Analyzer.
fn code(file: &Connection, document: i64, words: &str, person: &str, concept: &str, agreement: bool) {
    let units = |bytes: u32| TEXT[..bytes as usize].encode_utf16().count() as i64;
    let span = span(words);
    file.execute(
        "INSERT INTO STATEMENTS(StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (1, ?, ?, ?, 1)",
        params![document, units(span.start), units(span.end)],
    )
    .unwrap();
    let id = file.last_insert_rowid();
    for (variable, value) in [(1, person), (2, ""), (3, concept)] {
        file.execute(
            "INSERT OR IGNORE INTO ENTITIES(VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)",
            params![variable, value],
        )
        .unwrap();
        file.execute(
            "INSERT INTO DATASHORTTEXT(StatementId, VariableId, Entity)
             SELECT ?, ?, ID FROM ENTITIES WHERE VariableId = ?2 AND Value = ?3",
            params![id, variable, value],
        )
        .unwrap();
    }
    file.execute(
        "INSERT INTO DATABOOLEAN(StatementId, VariableId, Value) VALUES (?, 4, ?)",
        params![id, agreement],
    )
    .unwrap();
}

/// Changes an export as a coder would: one stance turned round, one statement taken out, and more coded.
fn code_by_hand(path: &Path) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "PRAGMA foreign_keys = ON; DELETE FROM DATALONGTEXT; UPDATE DOCUMENTS SET Notes = '';
         UPDATE STATEMENTS SET Coder = 1",
    )
    .unwrap();
    let statement = |concept: &str| -> i64 {
        let query =
            "SELECT StatementId FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = Entity WHERE Value = ?";
        file.query_row(query, [concept], |row| row.get(0)).unwrap()
    };
    let turned = statement("the toll at the bridge");
    file.execute("UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = ?", [turned]).unwrap();
    file.execute("DELETE FROM STATEMENTS WHERE ID = ?", [statement("the levy on grain")]).unwrap();
    let words = "Carl Dorn turned down the plan for the canal";
    code(&file, 1, words, "Carl Dorn", "the plan for the canal", false);
    code(&file, 1, words, "Carl Dorn", "the canal", false);
    file.execute(
        "INSERT INTO DOCUMENTS(ID, Title, Text, Coder, Date) VALUES (9, 'Elsewhere', ?, 1, 0)",
        [format!("Other words. {TEXT}")],
    )
    .unwrap();
    code(&file, 9, words, "Carl Dorn", "the canal", true);
}

/// What a file of Discourse Network Analyzer says of the first report.
fn said(path: &Path) -> BTreeSet<(u32, u32, String, String, bool)> {
    let file = read_dna(path).unwrap();
    let of_first = file.statements.into_iter().filter(|it| it.report == 0);
    of_first.map(|it| (it.start, it.stop, it.person, it.concept, it.agreement)).collect()
}

#[test]
fn what_goes_out_comes_in_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder);
    let (out, again) = (folder.path().join("out.dna"), folder.path().join("again.dna"));
    write(&corpus, &out);
    let before = fs::read(&out).unwrap();
    let found = compare(&corpus, &out);
    // What the export wrote, and nobody looked at, is nobody's verdict.
    assert_eq!((of(&found, "untouched"), found.rows.len(), found.reports), (3, 3, 1), "{found:?}");
    assert!(found.agreeing.is_empty(), "{:?}", found.agreeing);
    assert_eq!(apply(&mut corpus, &found, "Ann"), (0, 0, vec![]));
    // Another coder took one of them over.
    Connection::open(&out).unwrap().execute("UPDATE STATEMENTS SET Coder = 1 WHERE ID = 1", []).unwrap();
    let found = compare(&corpus, &out);
    assert_eq!((of(&found, "alike"), of(&found, "untouched")), (1, 2), "{found:?}");
    assert_eq!(apply(&mut corpus, &found, "Ann"), (1, 0, vec![]));
    assert_eq!(corpus.score().unwrap()[0].right, 1);
    write(&corpus, &again);
    assert!(before == fs::read(&again).unwrap());
}

#[test]
fn what_a_person_coded_is_compared_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder);
    let (hand, again) = (folder.path().join("hand.dna"), folder.path().join("again.dna"));
    write(&corpus, &hand);
    let before = said(&hand);
    code_by_hand(&hand);
    let found = compare(&corpus, &hand);
    let counts = ["alike", "different", "coder", "machine"].map(|it| of(&found, it));
    assert_eq!((counts, &*found.missing), ([1, 1, 2, 1], &["Elsewhere".to_owned()][..]), "{found:?}");
    let different = found.rows.iter().find(|it| it.outcome == "different").unwrap();
    assert_eq!((&*different.differ, different.citation.paragraph), (&["stance"][..], 3));
    let alike: Vec<(&str, usize, usize)> =
        found.agreeing.iter().map(|it| (it.kind.as_str(), it.alike, it.records)).collect();
    assert_eq!(alike, [("actor", 2, 2), ("issue", 2, 2), ("stance", 1, 2), ("", 1, 2)]);
    // Three of the four values of two statements are `for`.
    assert_eq!(found.agreeing[2].alpha, Some(0.0));

    assert_eq!(apply(&mut corpus, &found, "Ann"), (4, 0, vec![]));
    let same = compare(&corpus, &hand);
    assert_eq!(apply(&mut corpus, &same, "Ann"), (0, 4, vec![]), "once is enough");
    write(&corpus, &again);
    // All that the person coded, and the stance that the person does not have.
    let levy = before.into_iter().filter(|it| it.3 == "the levy on grain");
    assert_eq!(said(&again), said(&hand).into_iter().chain(levy).collect());
    let contents = corpus.contents().unwrap();
    let dorn = contents.actors.iter().find(|it| it.name == "Carl Dorn").unwrap();
    assert_eq!(dorn.id, "person:carl-dorn");
    let passages = corpus.verify().unwrap();
    assert!(passages.problems.is_empty(), "{:?}", passages.problems);
    // Another person who turns the same stance round says so too, and the two are compared.
    let (applied, ..) = apply(&mut corpus, &same, "Bo");
    assert_eq!(applied, 2);
    let coders = corpus.coders().unwrap();
    assert_eq!((coders.agreeing[0].records, coders.disputes.len()), (2, 0), "{coders:?}");
}

#[test]
fn a_file_of_another_form_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.dna");
    fs::write(&path, "no database").unwrap();
    assert!(read_dna(&path).unwrap_err().to_string().contains("x.dna: cannot be read as DNA"));
    let old = folder.path().join("old.dna");
    let file = Connection::open(&old).unwrap();
    file.execute_batch("CREATE TABLE STATEMENTS(ID INTEGER); CREATE TABLE DOCUMENTS(ID INTEGER)").unwrap();
    assert!(read_dna(&old).unwrap_err().to_string().contains("DNA 3, which converts it"));
}

/// Returns an annotation of brat: the label and the place of words in code points.
fn mark(number: usize, label: &str, words: &str) -> String {
    let span = Offsets::new(TEXT).to_chars(span(words));
    format!("T{number}\t{label} {} {}\t{words}\n", span.start, span.end)
}

#[test]
fn spans_that_a_person_marked_are_compared_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = corpus(&folder);
    let lines = [
        mark(1, "Statement", "We support the accord on the harbour"),
        mark(2, "statement", "Carl Dorn turned down the plan for the canal"),
        mark(3, "person", "Ann Lee"),
        mark(4, "person", "Carl Dorn"),
        mark(5, "trouble", "a burden"),
        "R1\tsaid Arg1:T3 Arg2:T1\n".to_owned(),
    ];
    let file = read_brat("page-1", TEXT, &lines.concat());
    let found = corpus.compare_marked(&file).unwrap();
    let counts = |label: &str| {
        ["alike", "coder", "machine"]
            .map(|it| found.rows.iter().filter(|row| row.label == label && row.outcome == it).count())
    };
    assert_eq!((counts("statement"), counts("mention")), ([1, 1, 2], [1, 1, 2]), "{found:?}");
    let agreeing: Vec<(&str, usize, usize)> =
        found.agreeing.iter().map(|it| (it.kind.as_str(), it.alike, it.records)).collect();
    assert_eq!(agreeing, [("mention", 1, 4), ("statement", 1, 4)]);
    let told: Vec<(&str, usize)> = found.tally.iter().collect();
    assert_eq!(
        told,
        [
            ("relations of brat left out: a marked span has none", 1),
            ("spans left out, since their label is no kind of record", 1)
        ]
    );
    let mention = found.rows.iter().find(|it| it.label == "mention" && it.outcome == "coder").unwrap();
    assert_eq!(mention.left_out.as_deref(), Some("a span alone makes no mention"));

    let take = |corpus: &mut Corpus, changes: &[readout::record::Change]| {
        let signature = Signature::default().by(Some("Ann"), None);
        let taken = corpus.apply(changes.iter().map(|it| (it.clone(), signature.clone()))).unwrap();
        (taken.applied, taken.known, taken.unfit)
    };
    assert_eq!(take(&mut corpus, &found.changes), (1, 0, vec![]), "a span confirms no record");
    let again = corpus.compare_marked(&file).unwrap();
    assert_eq!(take(&mut corpus, &again.changes), (0, 1, vec![]), "once is enough");
    let contents = corpus.contents().unwrap();
    let added = contents.records[0].statements.iter().find(|it| it.content_text.starts_with("Carl Dorn"));
    assert!(added.is_some());
    assert!(corpus.verify().unwrap().problems.is_empty());
    let elsewhere = read_brat("page-2", "Other words.", &mark(1, "statement", "Ann Lee"));
    let found = corpus.compare_marked(&elsewhere).unwrap();
    assert_eq!((found.reports, &*found.missing), (0, &["page-2".to_owned()][..]));
}

#[test]
fn web_annotations_come_in_as_they_went_out() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = corpus(&folder);
    let mut bytes = Vec::new();
    corpus.export(ExportFormat::WebAnnotation, &mut bytes).unwrap();
    let file = read_web_annotations(&serde_json::from_slice(&bytes).unwrap());
    let found = corpus.compare_marked(&file).unwrap();
    assert!(found.rows.iter().all(|it| it.outcome == "alike"), "{found:?}");
    assert_eq!((found.rows.len(), found.changes.len(), found.tally.iter().count()), (3, 0, 0));
}
