//! Every form on one small record, whose text has letters of every width.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use readout_exchange::{
    Cell, Delimited, Layout, Source, Tally, codebook, table, tables, write_brat, write_deadlines, write_dna,
    write_ftm, write_geojson, write_layout, write_timelinejs, write_web_annotations, write_webanno,
    write_workbook,
};
use readout_knowledge::Knowledge;
use readout_record::{
    Agreement, AgreementStatus, Bounds, Commitment, Deadline, Document, DocumentRecords, Event, Evidence,
    EvidenceSpan, Factuality, Grain, Happening, Incident, Meeting, Mention, Mode, PloverCode, Position,
    Quote, Sector, Stance, Statement, StatusStep, Story, Time, ids,
};
use readout_text::{CharSpan, Offsets};
use readout_views::{Contents, Picked};
use serde_json::Value;

const TEXT: &str = "🕊 Ann Bell met Carl Dorn in Kabul on 7 September 2016.\n\n“=We will leave by 1 October,” Bell said.\n\nA \
                    car bomb killed 12 to 14 people in Kabul.\nThe rebels may attack the port.";

/// Returns the span of `words` in the text, in code points.
fn at(words: &str) -> CharSpan {
    let start = TEXT.find(words).unwrap();
    let offsets = Offsets::new(TEXT);
    CharSpan::new(offsets.char_at(start as u32), offsets.char_at((start + words.len()) as u32))
}

fn evidence(kind: &str, words: &str) -> Evidence {
    Evidence {
        id: ids::record_id("doc:0123456789abcdef", kind, "", &[at(words)]),
        doc: "doc:0123456789abcdef".into(),
        spans: vec![at(words)],
        text: words.to_owned(),
        certainty: 0.5,
        rule: "verb:test".to_owned(),
        ..Evidence::default()
    }
}

fn seventh() -> Option<Time> {
    Some(Time {
        text: "7 September 2016".to_owned(),
        from: Some("2016-09-07".to_owned()),
        to: Some("2016-09-08".to_owned()),
        grain: Some(Grain::Day),
        ..Time::default()
    })
}

fn contents() -> Contents {
    let mention = |actor: &str, words: &str| Mention {
        doc: "doc:0123456789abcdef".into(),
        span: at(words),
        text: words.to_owned(),
        actor: actor.into(),
        name: words.to_owned(),
        actor_kind: readout_record::ActorKind::Person,
        named: true,
        ..Mention::default()
    };
    let records = DocumentRecords {
        mentions: vec![mention("person:ann-bell", "Ann Bell"), mention("person:carl-dorn", "Carl Dorn")],
        statements: vec![Statement {
            evidence: evidence("statement", "“=We will leave by 1 October,” Bell said"),
            speaker: vec!["person:ann-bell".into()],
            source: Some(at("Bell said")),
            content: vec![at("“=We will leave by 1 October,”")],
            content_text: "=We will leave by 1 October".to_owned(),
            mode: Mode::Direct,
            ..Statement::default()
        }],
        meetings: vec![Meeting {
            evidence: evidence("meeting", "Ann Bell met Carl Dorn in Kabul on 7 September 2016"),
            code: PloverCode::from_name("CONSULT"),
            participants: vec!["person:ann-bell".into(), "person:carl-dorn".into()],
            participant_spans: vec![at("Ann Bell"), at("Carl Dorn")],
            time: seventh(),
            place: Some("Kabul".to_owned()),
            factuality: Factuality::Happened,
            ..Meeting::default()
        }],
        incidents: vec![Incident {
            evidence: evidence("incident", "A car bomb killed 12 to 14 people in Kabul"),
            code: PloverCode::from_name("ASSAULT"),
            mode: Some("explosives".to_owned()),
            killed: Some(Bounds::between(12, 14)),
            recipient: vec!["unnamed:0123456789abcdef:3".into()],
            place: Some("Kabul".to_owned()),
            factuality: Factuality::Happened,
            happening: Some("happening:0123456789ab".into()),
            ..Incident::default()
        }],
        events: vec![Event {
            evidence: evidence("event", "The rebels may attack the port"),
            code: PloverCode::from_name("ASSAULT"),
            factuality: Factuality::Possible,
            ..Event::default()
        }],
        commitments: vec![Commitment {
            evidence: evidence("commitment", "We will leave by 1 October"),
            debtor: vec!["person:ann-bell".into()],
            deadline: Some(Deadline {
                text: "by 1 October".to_owned(),
                due: Some("2016-10-01".to_owned()),
                from: None,
            }),
            ..Commitment::default()
        }],
        ..DocumentRecords::default()
    };
    let passage = EvidenceSpan {
        doc: "doc:0123456789abcdef".into(),
        spans: vec![at("leave by 1 October")],
        text: "leave by 1 October".to_owned(),
    };
    let statement = records.statements[0].evidence.id.clone();
    let incident = records.incidents[0].evidence.id.clone();
    let person = |id: &str, name: &str| readout_record::Actor {
        id: id.into(),
        name: name.to_owned(),
        actor_kind: readout_record::ActorKind::Person,
        state: Some("NOR".to_owned()),
        sector: Sector::from_name("GOV"),
        ..readout_record::Actor::default()
    };
    Contents {
        documents: vec![Document {
            id: "doc:0123456789abcdef".into(),
            title: Some("+Talks".to_owned()),
            outlet: Some("Island Courier".to_owned()),
            published: Some("2016-09-08T14:30+02:00".to_owned()),
            url: Some("https://www.example.org/talks".to_owned()),
            text: TEXT.to_owned(),
            text_sha256: ids::sha256(TEXT.as_bytes()),
            language: Some("en".to_owned()),
            ..Document::default()
        }],
        records: vec![records],
        actors: vec![person("person:ann-bell", "Ann Bell"), person("person:carl-dorn", "Carl Dorn")],
        agreements: vec![Agreement {
            id: "agreement:0123456789ab".into(),
            name: "the withdrawal".to_owned(),
            status: vec![StatusStep {
                status: AgreementStatus::Proposed,
                time: seventh(),
                by: vec!["person:ann-bell".into()],
                claimed_by: Vec::new(),
                evidence: passage.clone(),
            }],
            evidence: vec![passage],
            ..Agreement::default()
        }],
        positions: vec![Position {
            id: "position:0123456789ab".into(),
            actor: "person:ann-bell".into(),
            issue: "leave the port".to_owned(),
            stance: Stance::For,
            since: Some("2016-09-08".to_owned()),
            evidence: vec![statement.clone()],
        }],
        quotes: vec![Quote {
            id: "quote:0123456789ab".into(),
            members: vec![statement.clone()],
            best: "=We will leave".to_owned(),
            best_member: statement,
            ..Quote::default()
        }],
        happenings: vec![Happening {
            id: "happening:0123456789ab".into(),
            members: vec![incident],
            code: PloverCode::from_name("ASSAULT"),
            title: "A car bomb".to_owned(),
            sources: 1,
            ..Happening::default()
        }],
        stories: vec![Story {
            id: "story:0123456789ab".into(),
            title: "Talks".to_owned(),
            documents: vec!["doc:0123456789abcdef".into()],
            ..Story::default()
        }],
        ..Contents::default()
    }
}

/// Calls `work` with the record as a source.
fn with<T>(work: impl FnOnce(&Source<'_>) -> T) -> T {
    let (contents, picked) = (contents(), Picked::default());
    work(&Source::new(&contents, &picked))
}

fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap()
}

#[test]
fn a_place_that_the_gazetteer_knows_has_its_coordinates() {
    let (contents, picked) = (contents(), Picked::default());
    let knowledge = Knowledge::shipped();
    let degrees = |source: &Source<'_>| {
        let incidents = table("incidents").unwrap();
        let at = |name: &str| incidents.columns.iter().position(|it| it.name == name).unwrap();
        let (north, east) = (at("latitude"), at("longitude"));
        let mut found = Vec::new();
        incidents
            .rows(source, &mut |cells: &[Cell]| {
                found.push((cells[north].clone(), cells[east].clone()));
                Ok(())
            })
            .unwrap();
        found
    };
    let known = degrees(&Source::new(&contents, &picked).with(&knowledge));
    let Some((Cell::Number(north), Cell::Number(east))) = known.first() else { panic!("{known:?}") };
    assert!((north - 34.5).abs() < 0.5 && (east - 69.2).abs() < 0.5, "{known:?}");
    let unknown = degrees(&Source::new(&contents, &picked));
    assert_eq!(unknown.first(), Some(&(Cell::Null, Cell::Null)), "nobody to ask");
}

#[test]
fn every_cell_is_what_the_codebook_says() {
    with(|source| {
        for table in tables() {
            let mut names: Vec<&str> = table.columns.iter().map(|it| it.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len(), "{}: a name twice", table.name);
            let mut rows = 0;
            table
                .rows(source, &mut |cells: &[Cell]| {
                    assert_eq!(cells.len(), table.columns.len());
                    for (column, cell) in table.columns.iter().zip(cells) {
                        let place = format!("{}.{}: {cell:?}", table.name, column.name);
                        assert!(column.cell_type.takes(cell), "{place}");
                        assert!(!column.null.is_empty() || *cell != Cell::Null, "{place}");
                        assert!(!column.meaning.ends_with('.'), "{place}");
                    }
                    rows += 1;
                    Ok(())
                })
                .unwrap();
            assert!(rows > 0 || table.name == "conditions", "{} has no row", table.name);
        }
    });
}

#[test]
fn the_codebook_is_the_page_of_the_reference() {
    let page = codebook::markdown(&tables());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/codebook.md");
    if std::env::var_os("READOUT_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page, "READOUT_UPDATE=1 writes it anew");
}

fn csv(name: &str, form: Delimited) -> Vec<String> {
    let mut out = Vec::new();
    with(|source| form.write(&table(name).unwrap(), source, &mut out)).unwrap();
    text(out).split("\r\n").map(str::to_owned).collect()
}

#[test]
fn delimited_rows_hold_passage_span_hour_and_no_formula() {
    let lines = csv("statements", Delimited { delimiter: ',', bom: true });
    assert!(lines[0].starts_with("\u{feff}id,speaker,speaker_name,"), "{}", lines[0]);
    for part in [",'=We will leave by 1 October,", ",2016-09-08,14,'+Talks,", ",direct,false,", ",2,56,96,"] {
        assert!(lines[1].contains(part), "{part}: {}", lines[1]);
    }
    let lines = csv("incidents", Delimited { delimiter: '\t', bom: false });
    let columns: Vec<&str> = lines[0].split('\t').collect();
    let cells: Vec<&str> = lines[1].split('\t').collect();
    let of = |name: &str| cells[columns.iter().position(|it| *it == name).unwrap()];
    assert_eq!((of("killed_min"), of("killed_max"), of("injured_min")), ("12", "14", ""));
    // A position has the document, passage and span of the record that shows it.
    let lines = csv("positions", Delimited { delimiter: ',', bom: false });
    assert!(lines[1].contains("leave the port,for,2016-09-08,statement:"), "{}", lines[1]);
    assert!(lines[1].contains(",doc:0123456789abcdef,Island Courier,"), "{}", lines[1]);
}

#[test]
fn a_workbook_has_a_sheet_a_table() {
    let mut out = Vec::new();
    let tally = with(|source| write_workbook(&tables(), source, &mut out)).unwrap();
    assert_eq!((tally, &out[..2]), (Tally::default(), b"PK".as_slice()));
}

fn layout(layout: Layout) -> (Vec<Vec<String>>, Tally) {
    let mut out = Vec::new();
    let knowledge = Knowledge::shipped();
    let tally = with(|source| write_layout(layout, source, &knowledge, &mut out)).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    (text(out).lines().map(cells).collect(), tally)
}

#[test]
fn layouts_have_the_columns_of_the_field() {
    for (layout, many, first, last) in [
        (Layout::Polecat, 40, "Event ID", "Version"),
        (Layout::Icews, 20, "Event ID", "Longitude"),
        (Layout::GdeltEvents, 61, "GlobalEventID", "SOURCEURL"),
        (Layout::GdeltMentions, 16, "GlobalEventID", "Extras"),
        (Layout::Acled, 31, "event_id_cnty", "timestamp"),
        (Layout::Ucdp, 49, "id", "gwnob"),
    ] {
        let columns: Vec<&str> = layout.columns().collect();
        assert_eq!((columns.len(), columns[0], columns[many - 1]), (many, first, last));
    }
}

#[test]
fn a_meeting_stands_in_the_layouts_of_event_data() {
    const NOT_DONE: &str = "events, meetings and incidents left out, since they did not take place: planned, \
                            possible, conditional, demanded, denied, cancelled or unclear";
    let (rows, tally) = layout(Layout::Polecat);
    assert_eq!(tally.count(NOT_DONE), 1);
    assert!(tally.empty().contains(&"GeoNames ID"));
    let meeting = &rows[1];
    assert_eq!(meeting[1..6], ["2016-09-07", "CONSULT", "", "1.0", "VERBAL COOPERATION"]);
    assert_eq!(meeting[7..14], ["Ann Bell;Carl Dorn", "NOR", "385", "GOV", "GOV", "", "Ann Bell;Carl Dorn"]);

    // Who meets, meets both ways.
    let (rows, _) = layout(Layout::Icews);
    let sides: Vec<[&str; 2]> = rows[1..].iter().map(|it| [it[2].as_str(), it[8].as_str()]).collect();
    assert_eq!(sides, [["Ann Bell", "Carl Dorn"], ["Carl Dorn", "Ann Bell"]]);
    assert_eq!(rows[1][3..8], ["Government", "Norway", "Consult", "040", "1.0"]);

    let (events, _) = layout(Layout::GdeltEvents);
    let event = &events[0];
    assert_eq!(event[1..5], ["20160907", "201609", "2016", "2016.7589"]);
    assert_eq!([&event[5], &event[6], &event[15]], ["NORGOV", "ANN BELL", "NORGOV"]);
    assert_eq!(event[25..34], ["1", "040", "040", "04", "1", "1.0", "1", "1", "1"]);
    assert_eq!(event[59..], ["20160908143000", "https://www.example.org/talks"]);
    let (mentions, _) = layout(Layout::GdeltMentions);
    let ids = |rows: &[Vec<String>]| rows.iter().map(|it| it[0].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&mentions), ids(&events));
    assert_eq!(mentions[0][4], "example.org");
    // Each side's words, and the act's.
    assert_eq!(mentions[0][7..10], ["2", "15", "2"]);
}

#[test]
fn an_incident_stands_in_the_layouts_of_incidents() {
    let (rows, tally) = layout(Layout::Acled);
    assert_eq!(tally.count("events and meetings left out: the layout is of incidents"), 2);
    let line = rows[1].concat();
    let day = ",08 September 2016,2016,3,Political violence,Explosions/Remote violence,Remote explosive/landmine/IED,";
    assert!(line.contains(day), "{line}");
    assert!(line.contains(",Afghanistan,,,,Kabul,"), "{line}");
    assert!(line.contains(",A car bomb killed 12 to 14 people in Kabul,12,"), "{line}");
    let (rows, _) = layout(Layout::Ucdp);
    // Reports tell no one number: the best is open, the bounds are not.
    assert!(rows[1].concat().contains(",2016-09-08,2016-09-08,,,,,,14,12,,"), "{}", rows[1].concat());
}

#[test]
fn deadlines_lines_of_time_and_maps_are_written() {
    let mut out = Vec::new();
    with(|source| write_deadlines(source, &mut out)).unwrap();
    let calendar = text(out);
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
    for line in [
        "DTSTART;VALUE=DATE:20161001",
        "DTEND;VALUE=DATE:20161002",
        "SUMMARY:Ann Bell: We will leave by 1 October",
    ] {
        assert!(calendar.lines().any(|it| it == line), "{line}: {calendar}");
    }

    let mut out = Vec::new();
    let tally = with(|source| write_timelinejs(source, &mut out)).unwrap();
    let timeline: Value = serde_json::from_slice(&out).unwrap();
    let groups: Vec<&str> =
        timeline["events"].as_array().unwrap().iter().map(|it| it["group"].as_str().unwrap()).collect();
    assert_eq!(groups, ["agreements", "what happened", "due"]);
    assert_eq!(tally.iter().map(|(_, number)| number).sum::<usize>(), 2);

    let mut out = Vec::new();
    let knowledge = Knowledge::shipped();
    with(|source| write_geojson(source, &knowledge, &mut out)).unwrap();
    let map: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(map["features"][0]["properties"]["state"], "AFG");
    let east = map["features"][0]["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((69.0..70.0).contains(&east), "{east}");
}

#[test]
fn annotations_point_at_their_words() {
    let mut out = Vec::new();
    with(|source| write_web_annotations(source, &mut out)).unwrap();
    let page: Value = serde_json::from_slice(&out).unwrap();
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    for item in items {
        let target = &item["target"][0];
        let (position, quotation) = (&target["selector"][0], &target["selector"][1]);
        let [start, end] = ["start", "end"].map(|it| position[it].as_u64().unwrap() as usize);
        let words: String = TEXT.chars().skip(start).take(end - start).collect();
        assert_eq!(quotation["exact"], words);
        assert_eq!(target["readout:sha256"], ids::sha256(TEXT.as_bytes()));
    }

    let (files, _) = with(write_brat);
    assert_eq!((files[0].name.as_str(), files[0].content.as_str()), ("doc-0123456789abcdef.txt", TEXT));
    assert!(files[1].content.contains("T1\tperson 2 10\tAnn Bell\n"), "{}", files[1].content);
    for line in files[1].content.lines().filter(|it| it.starts_with('T')) {
        let parts: Vec<&str> = line.split('\t').collect();
        let span: Vec<usize> = parts[1].split(' ').skip(1).map(|it| it.parse().unwrap()).collect();
        let words: String = TEXT.chars().skip(span[0]).take(span[1] - span[0]).collect();
        assert_eq!(parts[2], words);
    }

    // The dove takes two units of UTF-16.
    let (files, _) = with(write_webanno);
    let lines: Vec<&str> = files[0].content.lines().collect();
    let ann = "1-2\t3-6\tAnn\tperson:ann-bell[1]\tperson[1]\tmeeting[3]\tmeeting:";
    assert!(lines.iter().any(|it| it.starts_with(ann)), "{lines:?}");

    let mut out = Vec::new();
    let tally = with(|source| write_ftm(source, &mut out)).unwrap();
    let entities: Vec<Value> = text(out).lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let schemas: Vec<&str> = entities.iter().map(|it| it["schema"].as_str().unwrap()).collect();
    assert_eq!(
        schemas,
        ["Person", "Person", "Article", "Mention", "Mention", "Note", "Event", "Event", "Event"]
    );
    assert_eq!(entities[3]["properties"]["resolved"][0], entities[0]["id"]);
    assert_eq!(entities[0]["id"], "person.ann-bell");
    assert!(tally.iter().count() > 0);
}

#[test]
fn a_stance_is_a_statement_of_dna() {
    let mut out = Vec::new();
    with(|source| write_dna(source, &mut out)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.dna");
    std::fs::write(&path, out).unwrap();
    let file = rusqlite::Connection::open(path).unwrap();
    let (start, stop, agreement, record): (u32, u32, i64, String) = file
        .query_row(
            "SELECT Start, Stop, B.Value, L.Value FROM STATEMENTS S JOIN DATABOOLEAN B ON B.StatementId = S.ID JOIN \
             DATALONGTEXT L ON L.StatementId = S.ID",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let words = String::from_utf16(&units[start as usize..stop as usize]).unwrap();
    assert_eq!((words.as_str(), agreement), ("“=We will leave by 1 October,” Bell said", 1));
    assert!(record.starts_with("position:0123456789ab statement:"), "{record}");
    let mut values = file
        .prepare("SELECT Variable, Value FROM DATASHORTTEXT D JOIN ENTITIES E ON E.ID = D.Entity JOIN VARIABLES V ON V.ID = D.VariableId ORDER BY V.ID")
        .unwrap();
    let values: Vec<(String, String)> =
        values.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let told: Vec<[&str; 2]> = values.iter().map(|(variable, value)| [variable.as_str(), value]).collect();
    assert_eq!(told, [["person", "Ann Bell"], ["organization", "NOR"], ["concept", "leave the port"]]);
    let date: i64 = file.query_row("SELECT Date FROM DOCUMENTS", [], |row| row.get(0)).unwrap();
    assert_eq!(date, 1_473_345_000);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_and_arrow_are_read_again() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    let statements = table("statements").unwrap();
    let mut out = Vec::new();
    with(|source| readout_exchange::write_parquet(&statements, source, &mut out)).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(out)).unwrap();
    let field = builder.schema().field_with_name("published_day").unwrap().clone();
    assert_eq!(field.data_type().to_string(), "Date32");
    assert_eq!(field.metadata()["meaning"], "The day of publication");
    let parquet: Vec<_> = builder.build().unwrap().map(Result::unwrap).collect();

    let mut out = Vec::new();
    with(|source| readout_exchange::write_arrow(&statements, source, &mut out)).unwrap();
    let reader = arrow_ipc::reader::FileReader::try_new(std::io::Cursor::new(out), None).unwrap();
    let arrow: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(parquet[0].columns(), arrow[0].columns());
    assert_eq!((arrow.len(), arrow[0].num_rows(), arrow[0].num_columns()), (1, 1, statements.columns.len()));
}
