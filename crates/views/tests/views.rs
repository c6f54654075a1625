//! The views over a small story made by hand: filters, groups, order, deadlines, gaps, and the brief.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use readout_record::{
    Actor, ActorKind, Agreement, AgreementStatus, Bounds, Commitment, Deadline, Disagreement,
    DisagreementValue, Document, DocumentRecords, Event, Evidence, EvidenceSpan, Factuality, Happening,
    Incident, Meeting, Mention, Mode, PloverCode, Position, Quote, RecordId, Stance, Statement, StatusStep,
    Story, Time, WordDifference,
};
use readout_text::{ByteSpan, CharSpan, Offsets};
use readout_views::{
    BriefLength, Contents, DueState, Filter, Relation, actors, agreements, brief, commitments, compare,
    events, issues, meetings, positions, quotes, sources, statements, stories, timeline,
};

const A: &str =
    "Envoys met in Torvik on Monday.\n\n“We will pay,” Ann Lee said. Bo Dahl said no.\n\nShells killed 3.";
const B: &str = "The envoys held talks.\n\n“We will pay soon,” Lee said. They agreed to pay by 1 May.\n\nShells killed 5.";

fn evidence(doc: &str, text: &str, kind: &str, words: &str) -> Evidence {
    let start = text.find(words).unwrap() as u32;
    let span = ByteSpan::new(start, start + words.len() as u32);
    let mut made = Evidence::new(&doc.into(), kind, "", text, &Offsets::new(text), &[span]);
    made.id = format!("{kind}:{doc}-{}", words.len()).into();
    made
}

fn day(from: &str) -> Option<Time> {
    Some(Time { text: "then".to_owned(), from: Some(from.to_owned()), ..Time::default() })
}

/// Two reports of one story, with links over them.
fn contents() -> Contents {
    let document = |id: &str, text: &str, outlet: &str, published: Option<&str>| Document {
        id: id.into(),
        text: text.to_owned(),
        outlet: Some(outlet.to_owned()),
        title: Some(format!("Report {id}")),
        published: published.map(str::to_owned),
        story: Some("story:s".into()),
        ..Document::default()
    };
    let said = |doc: &str, text: &str, words: &str, speaker: &str, quote: Option<&str>| Statement {
        evidence: evidence(doc, text, "statement", words),
        speaker: vec![speaker.into()],
        content_text: words.to_owned(),
        mode: if words.starts_with('“') { Mode::Direct } else { Mode::Indirect },
        act: Some("say".to_owned()),
        quote: quote.map(RecordId::from),
        ..Statement::default()
    };
    let met = |doc: &str, text: &str, words: &str, time: Option<Time>| Meeting {
        evidence: evidence(doc, text, "meeting", words),
        participants: vec!["person:ann-lee".into(), "person:bo-dahl".into()],
        time,
        factuality: Factuality::Happened,
        happening: Some("happening:m".into()),
        ..Meeting::default()
    };
    let shelled = |doc: &str, text: &str, words: &str, dead: u32| Incident {
        evidence: evidence(doc, text, "incident", words),
        killed: Some(Bounds::exactly(dead)),
        factuality: Factuality::Happened,
        happening: Some("happening:i".into()),
        ..Incident::default()
    };
    let mention = |doc: &str, actor: &str, name: &str| Mention {
        doc: doc.into(),
        actor: actor.into(),
        name: name.to_owned(),
        text: name.to_owned(),
        span: CharSpan::new(0, 2),
        named: true,
        ..Mention::default()
    };
    let mut a = DocumentRecords {
        mentions: vec![
            mention("doc:a", "person:ann-lee", "Ann Lee"),
            mention("doc:a", "person:bo-dahl", "Bo Dahl"),
        ],
        statements: vec![
            said("doc:a", A, "“We will pay,”", "person:ann-lee", Some("quote:q")),
            said("doc:a", A, "no", "person:bo-dahl", None),
        ],
        meetings: vec![met("doc:a", A, "Envoys met in Torvik on Monday", day("2020-03-02"))],
        incidents: vec![shelled("doc:a", A, "Shells killed 3", 3)],
        ..DocumentRecords::default()
    };
    a.statements[1].parent = None;
    a.events.push(Event {
        evidence: evidence("doc:a", A, "event", "said no"),
        code: Some(PloverCode::Reject),
        actor: vec!["person:bo-dahl".into()],
        recipient: vec!["person:ann-lee".into()],
        factuality: Factuality::Happened,
        ..Event::default()
    });
    let b = DocumentRecords {
        mentions: vec![mention("doc:b", "person:ann-lee", "Ann Lee")],
        statements: vec![said("doc:b", B, "“We will pay soon,”", "person:ann-lee", Some("quote:q")), {
            let mut inner = said("doc:b", B, "We will", "person:ann-lee", None);
            inner.parent = Some("statement:doc:b-23".into());
            inner
        }],
        meetings: vec![met("doc:b", B, "The envoys held talks", None)],
        incidents: vec![shelled("doc:b", B, "Shells killed 5", 5)],
        commitments: vec![Commitment {
            evidence: evidence("doc:b", B, "commitment", "to pay by 1 May"),
            debtor: vec!["person:ann-lee".into()],
            action: CharSpan::new(0, 0),
            deadline: Some(Deadline {
                text: "by 1 May".to_owned(),
                due: Some("2020-05-01".to_owned()),
                from: None,
            }),
            agreement: Some("agreement:g".into()),
            ..Commitment::default()
        }],
        ..DocumentRecords::default()
    };
    let ids = |records: [&Evidence; 2]| records.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    let happening =
        |id: &str, title: &str, members: Vec<RecordId>, disagreements: Vec<Disagreement>| Happening {
            id: id.into(),
            title: title.to_owned(),
            members,
            disagreements,
            sources: 2,
            ..Happening::default()
        };
    let dead = Disagreement {
        field: "killed".to_owned(),
        values: [(&a, "3"), (&b, "5")]
            .map(|(records, value)| DisagreementValue {
                value: value.to_owned(),
                members: vec![records.incidents[0].evidence.id.clone()],
            })
            .to_vec(),
    };
    let agreed = evidence("doc:b", B, "agreement", "They agreed to pay by 1 May");
    let passage = EvidenceSpan { doc: "doc:b".into(), spans: agreed.spans, text: agreed.text };
    let position = |actor: &str, stance: Stance, of: &Evidence| Position {
        id: format!("position:{actor}").into(),
        actor: actor.into(),
        issue: "payment".to_owned(),
        stance,
        since: None,
        evidence: vec![of.id.clone()],
    };
    let actor = |id: &str, name: &str| Actor {
        id: id.into(),
        name: name.to_owned(),
        actor_kind: ActorKind::Person,
        aliases: vec![name.split(' ').next_back().unwrap().to_owned()],
        mentions: 1,
        ..Actor::default()
    };
    Contents {
        actors: vec![actor("person:ann-lee", "Ann Lee"), actor("person:bo-dahl", "Bo Dahl")],
        quotes: vec![Quote {
            id: "quote:q".into(),
            members: ids([&a.statements[0].evidence, &b.statements[0].evidence]),
            best: "“We will pay soon,”".to_owned(),
            best_member: b.statements[0].evidence.id.clone(),
            differences: vec![WordDifference {
                member: a.statements[0].evidence.id.clone(),
                missing: "soon".to_owned(),
                added: String::new(),
            }],
        }],
        happenings: vec![
            happening(
                "happening:i",
                "shells",
                ids([&a.incidents[0].evidence, &b.incidents[0].evidence]),
                vec![dead],
            ),
            happening("happening:m", "", ids([&a.meetings[0].evidence, &b.meetings[0].evidence]), vec![]),
        ],
        agreements: vec![Agreement {
            id: "agreement:g".into(),
            name: "the payment".to_owned(),
            parties: vec!["person:ann-lee".into(), "person:bo-dahl".into()],
            terms: vec![b.commitments[0].evidence.id.clone()],
            status: vec![StatusStep {
                status: AgreementStatus::Agreed,
                time: None,
                evidence: passage.clone(),
                ..StatusStep::default()
            }],
            evidence: vec![passage],
            ..Agreement::default()
        }],
        positions: vec![
            position("person:ann-lee", Stance::For, &a.statements[0].evidence),
            position("person:bo-dahl", Stance::Against, &a.statements[1].evidence),
        ],
        stories: vec![Story {
            id: "story:s".into(),
            title: "The payment".to_owned(),
            documents: vec!["doc:a".into(), "doc:b".into()],
            ..Story::default()
        }],
        documents: vec![
            document("doc:a", A, "Torvik Times", Some("2020-03-03")),
            document("doc:b", B, "Harbour Post", Some("2020-05-02T08:00:00Z")),
        ],
        records: vec![a, b],
        ..Contents::default()
    }
}

fn filter(change: impl Fn(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    change(&mut filter);
    filter
}

#[test]
fn what_several_reports_tell_is_one_line_with_all_passages() {
    let contents = contents();
    let all = Filter::default();
    let found = meetings(&contents, &all);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].day.as_deref(), found[0].sources, found[0].also.len()), (Some("2020-03-02"), 2, 1));
    assert_eq!((found[0].citation.paragraph, found[0].citation.outlet.as_deref()), (1, Some("Torvik Times")));
    let found = quotes(&contents, &all);
    assert_eq!(found.len(), 1, "what was only retold by one report is no quote");
    assert_eq!(found[0].best.content, "“We will pay soon,”");
    assert_eq!((found[0].wordings[0].missing.as_str(), found[0].outlets), ("soon", 2));
    assert_eq!(statements(&contents, &all).len(), 4);
    // Every line's words are those of its spans.
    for row in events(&contents, &all) {
        let text = if row.citation.doc == "doc:a" { A } else { B };
        let span = Offsets::new(text).to_bytes(row.citation.spans[0]).unwrap();
        assert_eq!(span.slice(text), row.citation.text);
    }
}

#[test]
fn filters_narrow_by_every_field() {
    let contents = contents();
    let count = |change: &dyn Fn(&mut Filter)| statements(&contents, &filter(change)).len();
    let one = |text: &str| vec![text.to_owned()];
    assert_eq!(count(&|it| it.actor = one("person:bo-dahl")), 1);
    assert_eq!(count(&|it| it.actor = one("lee")), 3, "an alias in full");
    assert_eq!(count(&|it| it.actor = one("ann")), 3, "a word of a name");
    assert_eq!(count(&|it| it.actor = one("nobody")), 0);
    assert_eq!(count(&|it| it.outlet = one("torvik TIMES")), 2);
    assert_eq!(count(&|it| it.kind = one("direct")), 2);
    assert_eq!(count(&|it| it.text = Some("pay SOON".to_owned())), 1);
    assert_eq!(count(&|it| it.issue = Some("payment".to_owned())), 2, "records that show a position on it");
    assert_eq!(count(&|it| it.story = Some("story:s".to_owned())), 4);
    assert_eq!(count(&|it| it.story = Some("story:t".to_owned())), 0);
    // Dates are half-open: the day itself is in with `since`, and out with `until`.
    assert_eq!(count(&|it| it.since = Some("2020-03-03".to_owned())), 4);
    assert_eq!(count(&|it| it.until = Some("2020-03-03".to_owned())), 0);
    assert_eq!(count(&|it| it.until = Some("2020-03-04".to_owned())), 2);
    assert_eq!(count(&|it| it.since = Some("2020-04".to_owned())), 2);
    let events = |change: &dyn Fn(&mut Filter)| events(&contents, &filter(change)).len();
    assert_eq!(events(&|it| it.kind = one("incident")), 1);
    assert_eq!(events(&|it| it.kind = one("reject")), 1);
    assert_eq!(
        events(&|it| (it.actor, it.to) = (one("Bo Dahl"), one("Ann Lee"))),
        2,
        "a meeting is with each other"
    );
    assert_eq!(events(&|it| (it.actor, it.to) = (one("Ann Lee"), one("Ann Lee"))), 1);
}

#[test]
fn time_runs_forward_and_the_undated_come_last() {
    let rows = timeline(&contents(), &Filter::default());
    let days: Vec<Option<&str>> = rows.iter().map(|it| it.day.as_deref()).collect();
    assert_eq!(&days[..2], [Some("2020-03-02"), Some("2020-05-01")]);
    assert!(days[2..].iter().all(Option::is_none));
    let kinds: Vec<&str> = rows.iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&"agreement") && !kinds.contains(&"statement"), "{kinds:?}");
    let said = timeline(&contents(), &filter(|it| it.kind = vec!["statement".to_owned()]));
    assert!(said.iter().all(|it| it.kind == "statement") && said.len() == 3, "{said:?}");
}

#[test]
fn deadlines_are_overdue_against_a_given_day_or_the_newest_report() {
    let contents = contents();
    let state = |as_of: Option<&str>| {
        let filter = filter(|it| it.as_of = as_of.map(str::to_owned));
        let of_agreement = agreements(&contents, &filter)[0].terms[0].state;
        assert_eq!(commitments(&contents, &filter)[0].state, of_agreement);
        of_agreement
    };
    assert_eq!(state(None), DueState::Overdue, "the newest report is of 2 May");
    assert_eq!(state(Some("2020-05-01")), DueState::Due, "the last day is not over");
    assert_eq!(state(Some("2020-05-02")), DueState::Overdue);
    let row = &agreements(&contents, &Filter::default())[0];
    assert_eq!((row.status, row.citation.id.as_str()), (Some(AgreementStatus::Agreed), "agreement:g"));
}

#[test]
fn stances_show_a_gap_between_two() {
    let contents = contents();
    assert_eq!(positions(&contents, &Filter::default()).len(), 2);
    let rows = issues(&contents, &Filter::default(), Some(("Dahl", "person:ann-lee")));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].relation, Relation::Gap);
    let cells: Vec<&str> = rows[0].cells.iter().map(|it| it.actor.name.as_str()).collect();
    assert_eq!(cells, ["Bo Dahl", "Ann Lee"]);
    assert!(rows[0].cells.iter().all(|it| it.positions[0].citation.doc == "doc:a"));
    let alone = issues(&contents, &filter(|it| it.outlet = vec!["Harbour Post".to_owned()]), None);
    assert!(alone.is_empty(), "no passage of that outlet shows a stance");
}

#[test]
fn outlets_stand_side_by_side() {
    let rows = compare(&contents(), &Filter::default());
    assert!(rows.iter().all(|it| it.cells.len() + it.lacking == 2 && it.lack.len() == it.lacking));
    let of = |id: &str| rows.iter().find(|it| it.id == id).unwrap();
    assert_eq!(of("happening:i").differences[0].values.len(), 2);
    assert_eq!(of("quote:q").differences[0].field, "wording");
    let has: Vec<&str> = of("agreement:g").cells.iter().map(|it| it.outlet.as_str()).collect();
    assert_eq!(
        (has, of("agreement:g").lack.as_slice()),
        (vec!["Harbour Post"], &["Torvik Times".to_owned()][..])
    );
    assert!(!rows[0].differences.is_empty(), "what differs comes first");
}

#[test]
fn of_many_outlets_a_line_names_few_and_counts_all() {
    let mut contents = contents();
    for number in 0..300 {
        contents.documents.push(Document {
            id: format!("doc:c{number:03}").into(),
            outlet: Some(format!("Paper {number:03}")),
            ..Document::default()
        });
        contents.records.push(DocumentRecords::default());
    }
    for row in compare(&contents, &Filter::default()) {
        assert_eq!(row.cells.len() + row.lacking, 302);
        assert!(row.lack.len() < 30 && row.lack.is_sorted());
    }
}

#[test]
fn lists_of_actors_stories_and_sources() {
    let contents = contents();
    let rows = actors(&contents, &Filter::default());
    let told: Vec<(&str, usize, Option<usize>)> =
        rows.iter().map(|it| (it.name.as_str(), it.reports, it.statements)).collect();
    assert_eq!(told, [("Ann Lee", 2, Some(3)), ("Bo Dahl", 1, Some(1))]);
    assert_eq!(rows[0].first.as_ref().unwrap().doc, "doc:a");
    assert_eq!(stories(&contents, &Filter::default())[0].outlets, ["Harbour Post", "Torvik Times"]);
    let late = sources(&contents, &filter(|it| it.since = Some("2020-05".to_owned())));
    assert_eq!(late.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["doc:b"]);
}

#[test]
fn every_line_of_a_brief_cites_its_passages() {
    let contents = contents();
    let page = brief(&contents, &Filter::default(), BriefLength::FULL);
    assert_eq!(page.title, "The payment");
    assert_eq!(page.summary, "2 reports · 2 outlets · 2020-03-03 to 2020-05-02");
    let headings: Vec<&str> = page.sections.iter().map(|it| it.heading).collect();
    assert_eq!(
        headings,
        [
            "WHAT HAPPENED",
            "WHO MET",
            "WHAT WAS AGREED",
            "WHERE THEY STAND",
            "WHAT WAS SAID",
            "WHERE REPORTS DIFFER",
            "WHO"
        ]
    );
    for line in page.sections.iter().flat_map(|it| &it.lines) {
        assert!(!line.references.is_empty(), "{line:?}");
        assert!(line.references.iter().all(|it| (1..=2).contains(&it.source) && it.paragraph > 0));
    }
    let text = |heading: &str| -> Vec<String> {
        let section = page.sections.iter().find(|it| it.heading == heading).unwrap();
        section.lines.iter().map(|it| it.parts.iter().map(|it| it.text.as_str()).collect()).collect()
    };
    assert_eq!(
        text("WHAT WAS SAID"),
        [
            "Bo Dahl: Bo Dahl said no. — Torvik Times, 2020-03-03",
            "Ann Lee: “We will pay soon,” Lee said. — Harbour Post, 2020-05-02; also Torvik Times"
        ],
        "what stands in another is not told twice"
    );
    assert_eq!(
        text("WHAT WAS AGREED"),
        [
            "the payment — Ann Lee and Bo Dahl: They agreed to pay by 1 May. — Harbour Post, 2020-05-02",
            "agreed: They agreed to pay by 1 May. — Harbour Post, 2020-05-02",
            "Ann Lee: They agreed to pay by 1 May. — due 2020-05-01, overdue — Harbour Post, 2020-05-02"
        ]
    );
    assert_eq!(text("WHERE REPORTS DIFFER")[0], "killed: 3 or 5");
}

#[test]
fn rows_are_flat_json() {
    let row = serde_json::to_value(&meetings(&contents(), &Filter::default())[0]).unwrap();
    for key in ["id", "doc", "spans", "text", "paragraph", "participants", "day", "also"] {
        assert!(row.get(key).is_some(), "{key}: {row}");
    }
    assert_eq!(row["participants"][0]["id"], "person:ann-lee");
}
