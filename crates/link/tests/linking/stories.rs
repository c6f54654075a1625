//! Stories over reports.

use readout_link::stories;
use readout_record::{Document, DocumentId, DocumentRecords, Meeting, Mention, Mode, Statement, Story};

fn document(id: &str, published: Option<&str>, title: &str, text: &str) -> Document {
    Document {
        id: id.into(),
        published: published.map(Into::into),
        title: Some(title.into()),
        text: text.into(),
        ..Document::default()
    }
}

fn pool() -> Vec<Document> {
    vec![
        document(
            "a",
            Some("2031-03-02"),
            "Lava closes Hverfell road",
            "Lava from the Hverfell crater closed the coast road and rangers led hikers to Vik harbour.",
        ),
        document(
            "b",
            Some("2031-03-02T21:00:00Z"),
            "Rangers lead hikers off Hverfell",
            "Rangers led forty hikers off Hverfell after lava cut the coast road near Vik.",
        ),
        document(
            "c",
            Some("2031-03-03"),
            "Coast road near Vik buried",
            "The coast road near Vik lies under lava from Hverfell; hikers are safe in the harbour.",
        ),
        document(
            "d",
            Some("2031-03-02"),
            "Grain talks open in Tarrin",
            "Envoys of Ostia and Merania opened talks on grain prices in Tarrin under a truce.",
        ),
        document(
            "e",
            Some("2031-03-03"),
            "Ostia and Merania near grain deal",
            "Envoys in Tarrin said a grain deal between Ostia and Merania was near, the truce holding.",
        ),
        document(
            "f",
            Some("2031-03-02"),
            "Chess final drawn",
            "The chess final ended in a draw after nine hours of play.",
        ),
        document(
            "g",
            None,
            "Hverfell lava spares Vik",
            "Lava from the Hverfell crater spared Vik harbour, rangers told hikers on the coast road.",
        ),
    ]
}

fn found(documents: &[Document]) -> Vec<Story> {
    let none = DocumentRecords::default();
    stories(&documents.iter().map(|document| (document, &none)).collect::<Vec<_>>())
}

#[test]
fn reports_on_one_happening_are_one_story() {
    let mut stories = found(&pool());
    stories.sort_by(|a, b| a.documents.cmp(&b.documents));
    let members: Vec<Vec<&str>> =
        stories.iter().map(|story| story.documents.iter().map(DocumentId::as_str).collect()).collect();
    assert_eq!(members, [vec!["a", "b", "c", "g"], vec!["d", "e"]]);
    assert_eq!(
        (stories[0].from.as_deref(), stories[0].to.as_deref()),
        (Some("2031-03-02"), Some("2031-03-03"))
    );
    assert!(stories[0].keywords.iter().any(|word| word == "Hverfell"), "{:?}", stories[0].keywords);
    assert!(pool().iter().any(|document| document.title.as_deref() == Some(stories[0].title.as_str())));
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let forward = found(&pool());
    let mut documents = pool();
    documents.reverse();
    assert_eq!(forward, found(&documents));
    documents.rotate_left(3);
    assert_eq!(forward, found(&documents));
}

#[test]
fn what_a_small_folder_shares_binds_it() {
    // Within these four nothing is rarer than the summit, Tarrin and the two names; in the news at large all are rare.
    let folder = [
        document(
            "a",
            Some("2031-03-02"),
            "Why Korda is lowering hopes for Tarrin",
            "Before the Tarrin summit Korda told farmers that a deal with Tosch could take years, and that patience was a virtue.",
        ),
        document(
            "b",
            Some("2031-03-04"),
            "Tosch arrives by train",
            "Crowds with flags lined the tracks as Tosch came to Tarrin; cooks had prepared dumplings for Korda and the summit.",
        ),
        document(
            "c",
            Some("2031-03-05"),
            "No deal as leaders walk out",
            "Korda left Tarrin early. The summit with Tosch broke down over the mines, a spokeswoman told reporters at lunch.",
        ),
        document(
            "d",
            Some("2031-03-05"),
            "Markets shrug",
            "Shares in shipping hardly moved after the Tarrin summit failed; brokers said Korda and Tosch would meet again.",
        ),
    ];
    let stories = found(&folder);
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].documents.len(), 4);
}

#[test]
fn look_alikes_years_apart_are_kept_apart() {
    let mut documents = pool();
    documents.push(document(
        "h",
        Some("2035-08-20"),
        "Hverfell quiet",
        "Rangers at Hverfell counted seabirds near Vik this summer.",
    ));
    documents.push(document(
        "i",
        Some("2035-08-21"),
        "Seabirds back at Vik",
        "Seabirds counted by rangers at Hverfell are back near Vik this summer.",
    ));
    let stories = found(&documents);
    let of =
        |id: &str| stories.iter().position(|story| story.documents.iter().any(|document| document == id));
    assert_eq!(of("h"), of("i"));
    assert_ne!(of("h"), of("a"));
}

/// Undated reports on the same two envoys, who met in two places.
fn envoys() -> Vec<(Document, DocumentRecords)> {
    let report = |id: &str, title: &str, text: &str, place: Option<&str>, said: &str| {
        let statement =
            Statement { content_text: said.to_owned(), mode: Mode::Direct, ..Statement::default() };
        let meeting = place.map(|place| Meeting {
            participants: vec!["person:orla-brandt".into(), "person:ivo-kessen".into()],
            place: Some(place.to_owned()),
            ..Meeting::default()
        });
        let records = DocumentRecords {
            statements: vec![statement],
            meetings: meeting.into_iter().collect(),
            ..DocumentRecords::default()
        };
        (document(id, None, title, text), records)
    };
    vec![
        report(
            "a",
            "Brandt and Kessen talk in Velm",
            "Envoys Orla Brandt and Ivo Kessen spoke of the river truce in Velm, where a ferry sank on June 3. \
             Brandt wants fewer patrols upstream.",
            Some("Velm"),
            "",
        ),
        report(
            "b",
            "Kessen meets Brandt on the truce",
            "After the loss of the ferry the envoys Kessen and Brandt met over soup in Velm and promised a truce \
             along the river before winter.",
            Some("Velm"),
            "",
        ),
        report(
            "c",
            "Divers search for ferry",
            "Divers went down to the ferry that was lost on June 3; Brandt said the river must be kept safe.",
            None,
            "every ferry on this river needs lights, boats and trained pilots",
        ),
        report(
            "d",
            "Brandt, Kessen part without a treaty",
            "In Ostia the envoys Brandt and Kessen talked through the night about tariffs and the truce.",
            Some("Ostia"),
            "",
        ),
        report(
            "e",
            "Night talks of envoys fail",
            "Talks in Ostia between Kessen and Brandt ended at dawn; tariffs on timber kept the envoys apart.",
            Some("Ostia"),
            "",
        ),
    ]
}

fn members_of(reports: &[(Document, DocumentRecords)]) -> Vec<Vec<DocumentId>> {
    let stories = stories(&reports.iter().map(|(document, records)| (document, records)).collect::<Vec<_>>());
    let mut members: Vec<Vec<DocumentId>> = stories.into_iter().map(|story| story.documents).collect();
    members.sort();
    members
}

#[test]
fn undated_reports_on_two_meetings_of_the_same_people_are_two_stories() {
    let mut reports = envoys();
    reports.remove(2);
    assert_eq!(members_of(&reports), [["a", "b"], ["d", "e"]]);
    reports.reverse();
    assert_eq!(members_of(&reports), [["a", "b"], ["d", "e"]]);
}

#[test]
fn a_report_that_shares_a_quotation_and_a_day_joins_a_story() {
    let mut reports = envoys();
    reports[0].1.statements = reports[2].1.statements.clone();
    let members = members_of(&reports);
    assert_eq!(members, [vec!["a", "b", "c"], vec!["d", "e"]]);
    let alone = &reports[2..3];
    assert!(members_of(alone).is_empty());
}

#[test]
fn keywords_have_names_whole() {
    let said = |id: &str, text: &str| {
        let mut records = DocumentRecords::default();
        records.mentions.push(Mention {
            name: "Orla Brandt-Velin".to_owned(),
            named: true,
            ..Mention::default()
        });
        (document(id, None, "Velin and the truce", text), records)
    };
    let reports = [
        said("a", "Brandt-Velin spoke of the truce on the river. Orla Velin had come by ferry."),
        said("b", "The truce on the river will hold, Orla Brandt-Velin said on the ferry."),
    ];
    let stories = stories(&reports.iter().map(|(document, records)| (document, records)).collect::<Vec<_>>());
    assert_eq!(stories[0].keywords, ["Orla Brandt-Velin", "truce", "ferry", "river"]);
}

#[test]
fn odd_input_is_no_story() {
    assert!(found(&[]).is_empty());
    assert!(found(&[document("a", Some("no date"), "", ""), document("b", None, "", "")]).is_empty());
}
