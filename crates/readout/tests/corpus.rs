//! The pipeline from files to the export, with a parser that knows words only: what is read here does not depend on
//! the language model. The reading tests and the command's own tests use the model.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod words;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use readout::exchange::{Delimited, tables};
use readout::record::{ActorId, Document, DocumentId, DocumentRecords, Evidence, Statement, ids};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use readout::views::{Filter, ListKind, SourceRow};
use readout::{Corpus, Ending, ExportFormat, NameOf, Page, Scope, Shown};

use words::{export, read, samples};

#[test]
fn the_export_is_the_same_for_any_order_and_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<PathBuf> =
        fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    // A second name for the same text must not make a difference either.
    let copy = folder.path().join("again.txt");
    fs::copy(&files[0], &copy).unwrap();
    files.push(copy);

    let mut exports = Vec::new();
    for (run, threads) in [1, 2, 4].into_iter().enumerate() {
        for turn in [0, 1, files.len() / 2] {
            let mut files = files.clone();
            files.rotate_left(turn);
            if turn == 1 {
                files.reverse();
            }
            let mut corpus = Corpus::create(&folder.path().join(format!("{run}-{turn}.readout"))).unwrap();
            if turn == 1 {
                // Linked report by report.
                for file in &files {
                    assert_eq!(read(&mut corpus, std::slice::from_ref(file), threads).unread, 0);
                    corpus.link().unwrap();
                }
            } else {
                let reading = read(&mut corpus, &files, threads);
                assert_eq!((reading.unread, reading.known), (0, 1), "{:?}", reading.notes);
                corpus.link().unwrap();
            }
            assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
            let csv = Delimited { delimiter: ',', bom: false };
            let tables: Vec<String> =
                tables().iter().map(|it| export(&corpus, ExportFormat::Delimited(csv, it.name))).collect();
            exports.push((export(&corpus, ExportFormat::JsonLines), tables));
        }
    }
    assert!(exports[0].0.lines().count() >= files.len());
    for (table, written) in tables().iter().zip(&exports[0].1) {
        assert_eq!(written.lines().next().unwrap().split(',').count(), table.columns.len());
    }
    for other in &exports[1..] {
        assert!(*other == exports[0], "two runs over the same files gave different exports");
    }
}

#[test]
fn a_second_run_adds_nothing_and_a_changed_file_is_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    let write = |name: &str, text: &str| fs::write(reports.join(name), text).unwrap();
    write(
        "a.txt",
        "Talks begin\n\nMinisters from both states met in Geneva on Monday, and spoke for an hour.\n",
    );
    write(
        "b.txt",
        "Talks stall\n\nNobody came to the second round, which was to open in Geneva on Tuesday.\n",
    );
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    let first = read(&mut corpus, std::slice::from_ref(&reports), 2);
    assert_eq!((first.added, first.new_versions, first.known), (2, 0, 0));
    assert!(corpus.needs_link().unwrap());
    corpus.link().unwrap();
    let before = export(&corpus, ExportFormat::JsonLines);
    let log = corpus.store().operations().unwrap().len();

    let second = read(&mut corpus, std::slice::from_ref(&reports), 2);
    assert_eq!((second.added, second.new_versions, second.known), (0, 0, 2));
    assert!(!corpus.needs_link().unwrap());
    assert_eq!(corpus.store().operations().unwrap().len(), log);
    assert_eq!(export(&corpus, ExportFormat::JsonLines), before);

    write(
        "b.txt",
        "Talks resume\n\nThe second round opened a day late, in Geneva, after both sides had agreed.\n",
    );
    let third = read(&mut corpus, &[reports], 2);
    assert_eq!((third.added, third.new_versions, third.known), (0, 1, 1));
    corpus.link().unwrap();
    let contents = corpus.contents().unwrap();
    assert_eq!(contents.documents.len(), 2);
    let newer = contents.documents.iter().find(|it| it.path.as_deref() == Some("b.txt")).unwrap();
    let older = newer.replaces.clone().unwrap();
    assert!(matches!(corpus.show(&older).unwrap(), Shown::Document(it) if it.text.contains("Nobody")));
    let found = |words: &str| {
        let filter = readout::views::Filter::default();
        corpus.search(words, &filter, &Page::first(9)).unwrap().map_or(0, |it| it.found.rows.len())
    };
    assert_eq!(found("nobody came"), 0);
    assert_eq!(found("GENEVA \"second round\""), 1);
    assert_eq!(corpus.verify().unwrap().documents, 3);
}

#[test]
fn a_slice_is_what_the_whole_has_of_its_reports() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    read(&mut corpus, &[samples()], 2);
    corpus.link().unwrap();
    let whole = corpus.contents().unwrap();
    assert!(!whole.actors.is_empty() && !whole.stories.is_empty());
    let at = |id: &str| whole.documents.iter().position(|it| it.id == id).unwrap();
    let same = |slice: &readout::views::Contents| {
        assert!(!slice.documents.is_empty());
        for (document, records) in slice.documents.iter().zip(&slice.records) {
            assert_eq!(document, &whole.documents[at(&document.id)]);
            assert_eq!(records, &whole.records[at(&document.id)]);
        }
        let ids: Vec<&DocumentId> = slice.documents.iter().map(|it| &it.id).collect();
        let mentioned = |id: &ActorId| {
            let mut mentions = slice.records.iter().flat_map(|it| &it.mentions);
            mentions.any(|it| it.actor == *id)
        };
        let actors: Vec<_> = whole.actors.iter().filter(|it| mentioned(&it.id)).cloned().collect();
        assert_eq!(slice.actors, actors);
        let stories: Vec<_> = whole
            .stories
            .iter()
            .filter(|it| it.documents.iter().any(|id| ids.contains(&id)))
            .cloned()
            .collect();
        assert_eq!(slice.stories, stories);
    };
    let story = &whole.stories[0];
    let slice = corpus.slice(&Scope::Story(story.id.clone())).unwrap();
    assert_eq!(
        slice.documents.iter().map(|it| &it.id).collect::<Vec<_>>(),
        story.documents.iter().collect::<Vec<_>>()
    );
    same(&slice);
    let one = vec![whole.documents[0].id.clone()];
    same(&corpus.slice(&Scope::Documents(one)).unwrap());
    let actor = whole.actors.iter().max_by_key(|it| it.mentions).unwrap();
    let slice = corpus.slice(&Scope::Actors(vec![actor.id.clone()])).unwrap();
    let speaks = |at: &usize| whole.records[*at].mentions.iter().any(|it| it.actor == actor.id);
    assert_eq!(slice.documents.len(), (0..whole.documents.len()).filter(speaks).count());
    same(&slice);
    assert_eq!(corpus.slice(&Scope::All).unwrap(), whole);
    assert_eq!(corpus.slice(&Scope::Story("story:none".into())).unwrap().documents.len(), 0);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("good.txt"), "Talks begin\n\nMinisters met in Geneva on Monday for an hour.\n")
        .unwrap();
    fs::write(reports.join("empty.txt"), "").unwrap();
    let mut binary = b"\x7fELF\x02\x01\x01\0".to_vec();
    binary.extend((0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8));
    fs::write(reports.join("binary.txt"), binary).unwrap();
    fs::write(reports.join("broken.txt"), b"Talks\n\nThe caf\xe9 \xff\xfe in Geneva was closed on Monday.\n")
        .unwrap();
    let large = fs::File::create(reports.join("large.txt")).unwrap();
    large.set_len(200 << 20).unwrap();
    let missing = folder.path().join("missing");

    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    let reading = read(&mut corpus, &[missing, reports], 2);
    let told = |name: &str| {
        let notes: Vec<_> = reading.notes.iter().filter(|note| note.about.contains(name)).collect();
        assert!(!notes.is_empty(), "nothing is told of {name}: {:?}", reading.notes);
    };
    ["missing", "empty.txt", "binary.txt", "large.txt"].into_iter().for_each(told);
    assert_eq!(reading.unread, 4, "{:?}", reading.notes);
    assert_eq!(reading.added, 2);
    assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
}

#[test]
fn a_passage_that_does_not_fit_its_text_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let text = "“We will talk,” she said.";
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(text);
    let evidence = Evidence::new(&id, "statement", "", text, &offsets, &[ByteSpan::new(0, 29)]);
    let sound = Statement { evidence: evidence.clone(), ..Statement::default() };
    let moved = Statement {
        evidence: Evidence {
            id: "statement:000000000000".into(),
            text: "We will not".to_owned(),
            ..evidence
        },
        parent: Some("statement:ffffffffffff".into()),
        ..Statement::default()
    };
    let document = Document { id, text: text.to_owned(), text_sha256: "0".repeat(64), ..Document::default() };
    let records = DocumentRecords { statements: vec![sound, moved], ..DocumentRecords::default() };
    let mut store = Store::create(&path).unwrap();
    let origin = Origin { location: "/a".to_owned(), path: Some("a".to_owned()) };
    store.add(&mut Operation::new("read", "0", serde_json::json!({})), &origin, &document, &records).unwrap();
    drop(store);

    let found = Corpus::open(&path).unwrap().verify().unwrap();
    assert_eq!(found.records, 2);
    let problems = found.problems.join("\n");
    for part in
        ["does not have its hash", "not what its text says", "statement:ffffffffffff, which is not there"]
    {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    assert_eq!(found.problems.len(), 3, "{problems}");
}

#[test]
fn a_passage_is_looked_up_and_held_against_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let text = "Talks go on.\n\nWe will talk, she said.";
    let id = DocumentId::from("doc:0000000000000001");
    let at = ByteSpan::new(14, 26);
    let sound = Evidence::new(&id, "statement", "", text, &Offsets::new(text), &[at]);
    let other = Evidence { id: "statement:000000000000".into(), text: "no".to_owned(), ..sound.clone() };
    let statements = [&sound, &other].map(|it| Statement { evidence: it.clone(), ..Statement::default() });
    let document = Document {
        id: id.clone(),
        title: Some("Talks".to_owned()),
        text: text.to_owned(),
        text_sha256: ids::sha256(text.as_bytes()),
        ..Document::default()
    };
    let records = DocumentRecords { statements: statements.to_vec(), ..DocumentRecords::default() };
    let mut store = Store::create(&path).unwrap();
    let origin = Origin { location: "/a".to_owned(), path: Some("a".to_owned()) };
    store.add(&mut Operation::new("read", "0", serde_json::json!({})), &origin, &document, &records).unwrap();
    drop(store);

    let corpus = Corpus::open(&path).unwrap();
    let checked = corpus.verify_passage(&sound.id).unwrap().unwrap();
    assert!(checked.holds);
    assert_eq!((checked.citation.text.as_str(), checked.citation.paragraph), ("We will talk", 2));
    assert!(!corpus.verify_passage(&other.id).unwrap().unwrap().holds);
    assert_eq!(corpus.verify_passage(&id).unwrap(), None, "a report is no record of one");
    assert_eq!(corpus.passages(&[sound.id, id.clone().into()]).unwrap(), [checked.citation]);

    let shown = corpus.find("0000000000000001").unwrap().unwrap();
    assert_eq!((shown.id(), corpus.find("ffff").unwrap()), (id.as_str(), None));
    assert_eq!(corpus.headline(&id).unwrap().as_deref(), Some("Talks"));
    let (_, span) = corpus.paragraph("0000000000000001 ¶2").unwrap().unwrap();
    assert_eq!((span.start, corpus.paragraph("talks go on").unwrap()), (14, None));
    assert!(corpus.paragraph(&format!("{id}:¶9")).unwrap_err().is_question());

    let located = |text: &str| {
        let found = corpus.locate(text, Some(&id)).unwrap();
        found.into_iter().map(|(it, exact)| (it.text, exact)).collect::<Vec<_>>()
    };
    assert_eq!(located("she said"), [("she said".to_owned(), true)]);
    assert_eq!(located("“WE WILL talk”"), [("We will talk".to_owned(), false)]);
    assert_eq!(located("we shall talk"), []);
    assert!(corpus.locate("talk", Some("doc:ffff")).unwrap_err().is_question());
}

#[test]
fn a_question_ends_when_its_time_has_come_or_nobody_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    read(&mut corpus, &[samples()], 2);
    corpus.link().unwrap();
    let list = |corpus: &Corpus| corpus.list(ListKind::Sources, &Filter::default(), &Page::first(3));
    let made = |corpus: &Corpus| corpus.list(ListKind::Timeline, &Filter::default(), &Page::first(3));
    assert!(corpus.until(&Ending::after(Duration::ZERO), made).is_err_and(|error| error.is_stopped()));
    let ending = Ending::after(Duration::from_secs(3600));
    assert!(corpus.until(&ending, list).is_ok());
    ending.call_off();
    assert!(corpus.until(&ending, made).is_err_and(|error| error.is_stopped()));
    assert!(made(&corpus).is_ok(), "the next question has no end of its own");
}

#[test]
fn what_is_in_no_story_and_who_is_unknown_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    read(&mut corpus, &[samples()], 2);
    corpus.link().unwrap();
    let sources = |story: Option<&str>| {
        let filter = Filter { story: story.map(str::to_owned), ..Filter::default() };
        corpus.list_of::<SourceRow>(&filter, &Page::all()).unwrap()
    };
    let all = sources(None).unwrap();
    let alone = sources(Some("none")).unwrap();
    let in_story = all.rows.iter().filter(|it| it.story.is_some()).count();
    assert_eq!((all.total, alone.total), (all.rows.len(), all.total - in_story));
    assert!(alone.rows.iter().all(|it| it.story.is_none()));
    let unknown = sources(Some("story:nowhere")).unwrap_err();
    assert_eq!((unknown.what, unknown.asked.as_str()), (NameOf::Story, "story:nowhere"));
    assert!(unknown.to_string().starts_with("no one story has the id story:nowhere, or"));
}
