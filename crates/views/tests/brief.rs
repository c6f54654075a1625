//! The brief over two reports made by hand: lines in the reports' own words, and what a page leaves out.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use readout_record::{
    Actor, ActorKind, Agreement, Document, DocumentRecords, Event, Evidence, EvidenceSpan, Factuality,
    Incident, Meeting, Mention, Mode, PloverCode, Sector, Statement,
};
use readout_text::{ByteSpan, CharSpan, Offsets};
use readout_views::{Brief, BriefLength, Contents, Filter, ListKind, Rows, brief};

const A: &str = "TORVIK (Wire) — Norland and Sudland signed a ferry treaty in Torvik on Monday after talks.\n\n\
    Minister Ann Lee of Norland said the ferry treaty would open the strait to all ships.\n\n\
    She said that ferries of both states would sail within a week of the signing.\n\n\
    He never believed in ferries, and the strait is no place for them.\n\n\
    which limits the strait";
const B: &str = "Norland and Sudland have signed the ferry treaty in Torvik, the two ministries said on Monday.\n\n\
    Norland shelled the strait in 1998, when the treaty of that time fell apart.";

fn span(text: &str, words: &str) -> ByteSpan {
    let start = text.find(words).unwrap() as u32;
    ByteSpan::new(start, start + words.len() as u32)
}

fn evidence(doc: &str, text: &str, kind: &str, words: &str) -> Evidence {
    Evidence::new(&doc.into(), kind, "", text, &Offsets::new(text), &[span(text, words)])
}

fn mention(doc: &str, text: &str, words: &str, actor: &str, name: &str, kind: ActorKind) -> Mention {
    Mention {
        doc: doc.into(),
        span: Offsets::new(text).to_chars(span(text, words)),
        text: words.to_owned(),
        actor: actor.into(),
        name: name.to_owned(),
        actor_kind: kind,
        named: words != "She" && words != "He",
        ..Mention::default()
    }
}

fn document(id: &str, text: &str, outlet: &str, published: &str) -> Document {
    Document {
        id: id.into(),
        text: text.to_owned(),
        outlet: Some(outlet.to_owned()),
        title: Some("Norland and Sudland sign ferry treaty".to_owned()),
        published: Some(published.to_owned()),
        ..Document::default()
    }
}

fn contents() -> Contents {
    let both = |doc: &str, text: &str| {
        vec![
            mention(doc, text, "Norland", "state:NLD", "Norland", ActorKind::State),
            mention(doc, text, "Sudland", "state:SDL", "Sudland", ActorKind::State),
        ]
    };
    let signed = |doc: &str, text: &str, words: &str| Event {
        evidence: evidence(doc, text, "event", words),
        code: Some(PloverCode::Agree),
        actor: vec!["state:NLD".into(), "state:SDL".into()],
        factuality: Factuality::Happened,
        ..Event::default()
    };
    let said = |words: &str, source: CharSpan| Statement {
        evidence: evidence("doc:a", A, "statement", words),
        speaker: vec!["person:ann-lee".into()],
        source: Some(source),
        cue: Some(source),
        act: Some("say".to_owned()),
        content_text: words.to_owned(),
        mode: Mode::Indirect,
        ..Statement::default()
    };
    let mut a = DocumentRecords {
        mentions: both("doc:a", A),
        events: vec![
            signed("doc:a", A, "Norland and Sudland signed a ferry treaty in Torvik on Monday"),
            signed("doc:a", A, "which limits the strait"),
        ],
        statements: vec![
            said(
                "Minister Ann Lee of Norland said the ferry treaty would open the strait",
                CharSpan::new(0, 1),
            ),
            said("She said that ferries of both states would sail within a week", CharSpan::new(0, 1)),
            said("He never believed in ferries", CharSpan::new(0, 1)),
        ],
        ..DocumentRecords::default()
    };
    a.mentions.extend([
        mention("doc:a", A, "Ann Lee", "person:ann-lee", "Ann Lee", ActorKind::Person),
        mention("doc:a", A, "She", "person:ann-lee", "Ann Lee", ActorKind::Person),
    ]);
    let b = DocumentRecords {
        mentions: both("doc:b", B),
        events: vec![signed("doc:b", B, "Norland and Sudland have signed the ferry treaty in Torvik")],
        incidents: vec![Incident {
            evidence: evidence("doc:b", B, "incident", "Norland shelled the strait in 1998"),
            code: Some(PloverCode::Assault),
            actor: vec!["state:NLD".into()],
            factuality: Factuality::Happened,
            ..Incident::default()
        }],
        ..DocumentRecords::default()
    };
    Contents {
        documents: vec![
            document("doc:a", A, "Torvik Times", "2020-03-03"),
            document("doc:b", B, "Harbour Post", "2020-03-04"),
        ],
        records: vec![a, b],
        ..Contents::default()
    }
}

fn lines(page: &Brief) -> Vec<String> {
    let sections = page.sections.iter().filter(|it| it.heading != "WHO");
    sections
        .flat_map(|it| &it.lines)
        .map(|line| line.parts.iter().map(|it| it.text.as_str()).collect())
        .collect()
}

#[test]
fn a_page_is_whole_sentences_of_the_reports_each_once() {
    let page = brief(&contents(), &Filter::default(), BriefLength::PAGE);
    let told = lines(&page);
    let signed = "Norland and Sudland signed a ferry treaty in Torvik on Monday after talks. — Torvik Times, 2020-03-03";
    let same = "Norland and Sudland have signed the ferry treaty in Torvik";
    let tellings = told.iter().filter(|it| *it == signed || it.starts_with(same)).count();
    assert_eq!(tellings, 1, "one act, told once: {told:#?}");
    assert!(
        told.iter().any(|it| it.starts_with(
            "[Ann Lee] said that ferries of both states would sail within a week of the signing. — Torvik Times"
        )),
        "a name for the pronoun: {told:#?}"
    );
    for left_out in ["which limits", "1998", "He never"] {
        assert!(!told.iter().any(|it| it.contains(left_out)), "{left_out}: {told:#?}");
    }
    assert_eq!(page.news().len(), page.sections[0].lines.len(), "the news opens the page");
    assert!(page.news().iter().all(|it| it.told.is_some() && !it.references.is_empty()));
}

#[test]
fn a_plan_is_no_news_once_they_have_met() {
    const PLAN: &str =
        "Norland and Sudland will meet in Torvik on Monday to end the ferry dispute between them.";
    const HELD: &str =
        "Norland and Sudland met in Torvik on Monday and ended the ferry dispute between them.";
    let report = |doc: &str, text: &str, words: &str, factuality: Factuality| DocumentRecords {
        mentions: vec![
            mention(doc, text, "Norland", "state:NLD", "Norland", ActorKind::State),
            mention(doc, text, "Sudland", "state:SDL", "Sudland", ActorKind::State),
        ],
        meetings: vec![Meeting {
            evidence: evidence(doc, text, "meeting", words),
            participants: vec!["state:NLD".into(), "state:SDL".into()],
            factuality,
            ..Meeting::default()
        }],
        ..DocumentRecords::default()
    };
    let plan = report("doc:a", PLAN, "Norland and Sudland will meet in Torvik", Factuality::Planned);
    let held = report("doc:b", HELD, "Norland and Sudland met in Torvik", Factuality::Happened);
    let told = |documents: &[Document], records: &[DocumentRecords]| {
        let contents =
            Contents { documents: documents.to_vec(), records: records.to_vec(), ..Contents::default() };
        lines(&brief(&contents, &Filter::default(), BriefLength::PAGE)).join("\n")
    };
    let documents = [
        document("doc:a", PLAN, "Torvik Times", "2020-03-01"),
        document("doc:b", HELD, "Harbour Post", "2020-03-04"),
    ];
    assert!(told(&documents[..1], std::slice::from_ref(&plan)).contains("will meet"));
    let both = told(&documents, &[plan, held]);
    assert!(both.contains("met in Torvik") && !both.contains("will meet"), "{both}");
}

#[test]
fn a_full_brief_leaves_out_nothing() {
    let told = lines(&brief(&contents(), &Filter::default(), BriefLength::FULL)).join("\n");
    for words in
        ["which limits", "in 1998", "He never", "signed a ferry treaty", "have signed the ferry treaty"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn the_weightiest_rows_are_the_news() {
    let contents = contents();
    let filter = Filter::default();
    let rows = Rows::list(ListKind::Events, &contents, &filter).weightiest(&contents, &filter, 2);
    let Rows::Events(rows) = rows else { panic!("another list") };
    assert!(rows.iter().all(|it| it.citation.text.contains("signed")), "{rows:#?}");
}

#[test]
fn deeds_stand_apart_from_words_and_a_meeting_has_two_sides() {
    const TEXT: &str = "The ferry dispute between Norland and Sudland went on in Torvik Strait.\n\n\
        Torvik Strait is narrow, and the ferry dispute of Norland and Sudland is old.\n\n\
        All ferries of Norland and Sudland cross Torvik Strait, dispute or not.\n\n\
        Norland blamed Sudland for the ferry dispute and for the lost trade of the islands.\n\n\
        Norland shelled the harbour of Sudland in the dispute over Torvik Strait before dawn.\n\n\
        Ann Lee met the ministry of Norland on how the ferry dispute with Sudland might be solved.\n\n\
        Minister Lee waited at home in Torvik, and Norland called Sudland on the ferry dispute.";
    let act = |words: &str, code| Event {
        evidence: evidence("doc:a", TEXT, "event", words),
        code: Some(code),
        actor: vec!["state:NLD".into()],
        recipient: vec!["state:SDL".into()],
        factuality: Factuality::Happened,
        ..Event::default()
    };
    let met = |words: &str, participants: &[&str]| Meeting {
        evidence: evidence("doc:a", TEXT, "meeting", words),
        participants: participants.iter().map(|it| (*it).into()).collect(),
        factuality: Factuality::Happened,
        ..Meeting::default()
    };
    let records = DocumentRecords {
        mentions: vec![
            mention("doc:a", TEXT, "Norland", "state:NLD", "Norland", ActorKind::State),
            mention("doc:a", TEXT, "Sudland", "state:SDL", "Sudland", ActorKind::State),
            mention("doc:a", TEXT, "Ann Lee", "person:ann-lee", "Ann Lee", ActorKind::Person),
        ],
        events: vec![
            act("Norland blamed Sudland for the ferry dispute", PloverCode::Accuse),
            act("Norland shelled the harbour of Sudland", PloverCode::Assault),
        ],
        meetings: vec![
            met("Ann Lee met the ministry of Norland", &["person:ann-lee", "state:NLD"]),
            met("Norland called Sudland on the ferry dispute", &["state:NLD", "state:SDL"]),
        ],
        ..DocumentRecords::default()
    };
    let lee = Actor {
        id: "person:ann-lee".into(),
        name: "Ann Lee".to_owned(),
        state: Some("NLD".to_owned()),
        ..Actor::default()
    };
    let contents = Contents {
        documents: vec![document("doc:a", TEXT, "Torvik Times", "2020-03-03")],
        records: vec![records],
        actors: vec![lee],
        ..Contents::default()
    };
    let page = brief(&contents, &Filter::default(), BriefLength::PAGE);
    let told = lines(&page);
    let section = |heading: &str| -> Vec<&str> {
        let found = page.sections.iter().filter(|it| it.heading == heading);
        found.flat_map(|it| it.lines.iter().map(|line| line.parts[0].text.as_str())).collect()
    };
    let (happened, said) = (section("WHAT HAPPENED"), section("WHAT WAS SAID"));
    assert!(happened.len() == 1 && happened[0].contains("shelled"), "{told:#?}");
    assert!(said.len() == 1 && said[0].contains("blamed"), "{told:#?}");
    let at = |words: &str| told.iter().position(|it| it.contains(words));
    assert!(at("called Sudland").is_some(), "{told:#?}");
    assert_eq!(at("met the ministry"), None, "both are of one state: {told:#?}");
}

#[test]
fn a_denial_is_told_once() {
    const TEXT: &str = "Norland denied the charge that its ferries carried arms, calling it a fable.\n\n\
        Norland denies that ferries of the state ever carried arms or men through the strait.";
    let denied = |words: &str| Statement {
        evidence: evidence("doc:a", TEXT, "statement", words),
        speaker: vec!["state:NLD".into()],
        source: Some(CharSpan::new(0, 7)),
        act: Some("deny".to_owned()),
        content_text: words.to_owned(),
        mode: Mode::Indirect,
        ..Statement::default()
    };
    let records = DocumentRecords {
        mentions: vec![mention("doc:a", TEXT, "Norland", "state:NLD", "Norland", ActorKind::State)],
        statements: vec![
            denied("Norland denied the charge that its ferries carried arms"),
            denied("Norland denies that ferries of the state ever carried arms or men"),
        ],
        ..DocumentRecords::default()
    };
    let contents = Contents {
        documents: vec![document("doc:a", TEXT, "Torvik Times", "2020-03-03")],
        records: vec![records],
        ..Contents::default()
    };
    let page = brief(&contents, &Filter::default(), BriefLength::PAGE);
    let denials = page.sections.iter().find(|it| it.heading == "WHAT IS DENIED");
    assert!(denials.is_none_or(|it| it.lines.len() == 1), "{:#?}", lines(&page));
    let told = lines(&page).iter().filter(|it| it.contains("carried arms")).count();
    assert_eq!(told, 1, "{:#?}", lines(&page));
}

#[test]
fn a_deal_is_told_where_deals_are() {
    const FIRST: &str = "The ferry dispute between Norland and Sudland went on in Torvik Strait.\n\n\
        Torvik Strait is narrow, and the ferry dispute of Norland and Sudland is old.\n\n\
        All ferries of Norland and Sudland cross Torvik Strait, dispute or not.\n\n\
        Norland and Sudland signed a ferry treaty in the harbour of Torvik after long talks.\n\n\
        Norland shelled the harbour of Sudland in the dispute over Torvik Strait before dawn.";
    let act = |words: &str, code, cameo: &str| Event {
        evidence: evidence("doc:a", FIRST, "event", words),
        code: Some(code),
        cameo: Some(cameo.to_owned()),
        actor: vec!["state:NLD".into(), "state:SDL".into()],
        factuality: Factuality::Happened,
        ..Event::default()
    };
    let signed = "Norland and Sudland signed a ferry treaty";
    let passage = evidence("doc:a", FIRST, "agreement", signed);
    let told = EvidenceSpan { doc: "doc:a".into(), spans: passage.spans.clone(), text: passage.text };
    let treaty = Agreement {
        id: "agreement:a".into(),
        name: "ferry treaty".to_owned(),
        parties: vec!["state:NLD".into(), "state:SDL".into()],
        evidence: vec![told],
        ..Agreement::default()
    };
    let records = DocumentRecords {
        mentions: vec![
            mention("doc:a", FIRST, "Norland", "state:NLD", "Norland", ActorKind::State),
            mention("doc:a", FIRST, "Sudland", "state:SDL", "Sudland", ActorKind::State),
        ],
        events: vec![
            act(signed, PloverCode::Support, "057"),
            act("Norland shelled the harbour of Sudland", PloverCode::Assault, "190"),
        ],
        ..DocumentRecords::default()
    };
    let contents = Contents {
        documents: vec![document("doc:a", FIRST, "Torvik Times", "2020-03-03")],
        records: vec![records],
        agreements: vec![treaty],
        ..Contents::default()
    };
    let page = brief(&contents, &Filter::default(), BriefLength::PAGE);
    let has = |heading: &str, words: &str| {
        let section = page.sections.iter().find(|it| it.heading == heading);
        section
            .is_some_and(|it| it.lines.iter().any(|line| line.parts.iter().any(|it| it.text.contains(words))))
    };
    assert!(has("WHAT WAS AGREED", "signed a ferry treaty"), "{:#?}", lines(&page));
    assert!(!has("WHAT HAPPENED", "signed a ferry treaty") && has("WHAT HAPPENED", "shelled"));
}

#[test]
fn officials_speak_for_their_state_and_a_description_gets_a_name() {
    const TEXT: &str = "The ferry dispute between Norland and Sudland went on in Torvik Strait.\n\n\
        Norland’s officials said that ferries of Sudland had rammed two boats in Torvik Strait.\n\n\
        President Ila Orr of Norland came to the harbour at noon. The president said the ferry dispute \
        with Sudland would end before winter.\n\n\
        The president said that no toll on fish was planned, and the guards of the harbour nodded.\n\n\
        Ole Dahl, a scholar in Norland, said that the ferry dispute with Sudland was a play.";
    let said = |words: &str, speaker: &str| {
        let start = TEXT.find(words).unwrap() as u32;
        let source = Offsets::new(TEXT).to_chars(ByteSpan::new(start, start + 3));
        Statement {
            evidence: evidence("doc:a", TEXT, "statement", words),
            speaker: vec![speaker.into()],
            source: Some(source),
            cue: Some(source),
            act: Some("say".to_owned()),
            content_text: words.to_owned(),
            mode: Mode::Indirect,
            ..Statement::default()
        }
    };
    let described = |words: &str| Mention {
        named: false,
        text: "The president".to_owned(),
        span: CharSpan::new(
            mention("doc:a", TEXT, words, "", "", ActorKind::Person).span.start,
            mention("doc:a", TEXT, words, "", "", ActorKind::Person).span.start + 13,
        ),
        ..mention("doc:a", TEXT, words, "person:ila-orr", "Ila Orr", ActorKind::Person)
    };
    let records = DocumentRecords {
        mentions: vec![
            mention("doc:a", TEXT, "Norland", "state:NLD", "Norland", ActorKind::State),
            mention("doc:a", TEXT, "Sudland", "state:SDL", "Sudland", ActorKind::State),
            mention("doc:a", TEXT, "Ila Orr", "person:ila-orr", "Ila Orr", ActorKind::Person),
            described("The president said the ferry"),
            described("The president said that no"),
        ],
        statements: vec![
            said("Norland’s officials said that ferries of Sudland had rammed two boats", "unnamed:a:1"),
            said("The president said the ferry dispute with Sudland would end", "person:ila-orr"),
            said("Ole Dahl, a scholar in Norland, said that the ferry dispute", "person:ole-dahl"),
        ],
        ..DocumentRecords::default()
    };
    let of_norland = |id: &str, name: &str, sector: Sector| Actor {
        id: id.into(),
        name: name.to_owned(),
        state: Some("NLD".to_owned()),
        sector: Some(sector),
        ..Actor::default()
    };
    let contents = Contents {
        documents: vec![document("doc:a", TEXT, "Torvik Times", "2020-03-03")],
        records: vec![records],
        actors: vec![
            of_norland("person:ila-orr", "Ila Orr", Sector::Government),
            of_norland("person:ole-dahl", "Ole Dahl", Sector::Education),
            of_norland("unnamed:a:1", "Norland’s officials", Sector::Government),
        ],
        ..Contents::default()
    };
    let told = lines(&brief(&contents, &Filter::default(), BriefLength::PAGE));
    let has = |words: &str| told.iter().any(|it| it.contains(words));
    assert!(has("Norland’s officials said"), "{told:#?}");
    assert!(has("The president [Ila Orr] said the ferry dispute"), "{told:#?}");
    assert!(!has("a scholar"), "who only lives there does not speak for a state: {told:#?}");
}

#[test]
fn what_lasts_is_no_deed_of_a_day() {
    const TEXT: &str = "The ferry dispute between Norland and Sudland went on in the strait.\n\n\
        The strait is narrow, and the ferry dispute of Norland and Sudland is old.\n\n\
        All ferries of Norland and Sudland cross the strait, dispute or not.\n\n\
        Fishing boats cross it too, and so do the swimmers of Torvik.\n\n\
        A tunnel was planned once.\n\n\
        Norland shelled the harbour of Sudland in the ferry dispute before dawn.\n\n\
        Norland jails the captains of Sudland in the dispute over the ferry trade.\n\n\
        Norland has jailed hundreds of captains of Sudland over the ferry trade.";
    let act = |words: &str, verb: &str| Event {
        evidence: Evidence { rule: format!("verb:{verb}"), ..evidence("doc:a", TEXT, "event", words) },
        code: Some(PloverCode::Coerce),
        actor: vec!["state:NLD".into()],
        recipient: vec!["state:SDL".into()],
        factuality: Factuality::Happened,
        ..Event::default()
    };
    let contents = Contents {
        documents: vec![document("doc:a", TEXT, "Torvik Times", "2020-03-03")],
        records: vec![DocumentRecords {
            mentions: vec![
                mention("doc:a", TEXT, "Norland", "state:NLD", "Norland", ActorKind::State),
                mention("doc:a", TEXT, "Sudland", "state:SDL", "Sudland", ActorKind::State),
            ],
            events: vec![
                act("Norland shelled the harbour of Sudland", "shell"),
                act("Norland jails the captains of Sudland", "jail"),
                act("Norland has jailed hundreds of captains of Sudland", "jail"),
            ],
            ..DocumentRecords::default()
        }],
        ..Contents::default()
    };
    let told = lines(&brief(&contents, &Filter::default(), BriefLength::PAGE));
    assert!(told.iter().any(|it| it.contains("shelled")), "{told:#?}");
    assert!(!told.iter().any(|it| it.contains("jail")), "{told:#?}");
}

#[test]
fn a_brief_on_two_tells_what_names_both_whoever_acts() {
    const TEXT: &str = "Norland signed the ferry treaty with Sudland in Torvik on Monday after long talks.\n\n\
        Norland signed a timber treaty with the island of Ost in Torvik on the same Monday.\n\n\
        Sudland signed an oil treaty with Norland in Torvik on Monday, hours before the ferry treaty.";
    let signed = |words: &str, actor: &str, recipient: &str| Event {
        evidence: evidence("doc:a", TEXT, "event", words),
        code: Some(PloverCode::Agree),
        actor: vec![actor.into()],
        recipient: vec![recipient.into()],
        factuality: Factuality::Happened,
        ..Event::default()
    };
    let at = |words: &str, name: &str| {
        let place = TEXT.find(words).unwrap() + words.find(name).unwrap();
        let chars = TEXT[..place].chars().count() as u32;
        Mention {
            span: CharSpan::new(chars, chars + name.chars().count() as u32),
            ..mention("doc:a", TEXT, name, &format!("state:{}", &name[..3]), name, ActorKind::State)
        }
    };
    let contents = Contents {
        documents: vec![document("doc:a", TEXT, "Torvik Times", "2020-03-03")],
        records: vec![DocumentRecords {
            mentions: vec![
                at("Norland signed the ferry", "Norland"),
                at("with Sudland in", "Sudland"),
                at("Norland signed a timber", "Norland"),
                at("Sudland signed an oil", "Sudland"),
                at("with Norland in", "Norland"),
            ],
            events: vec![
                signed("Norland signed the ferry treaty with Sudland", "state:Nor", "state:Sud"),
                signed("Norland signed a timber treaty", "state:Nor", "state:OST"),
                signed("Sudland signed an oil treaty with Norland", "state:Sud", "state:Nor"),
            ],
            ..DocumentRecords::default()
        }],
        ..Contents::default()
    };
    let filter =
        Filter { actor: vec!["state:Nor".to_owned()], to: vec!["state:Sud".to_owned()], ..Filter::default() };
    let told = lines(&brief(&contents, &filter, BriefLength::FULL)).join("\n");
    assert!(told.contains("the ferry treaty with Sudland") && told.contains("an oil treaty"), "{told}");
    assert!(!told.contains("timber"), "{told}");
}
