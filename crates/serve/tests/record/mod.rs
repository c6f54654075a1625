//! Files of reports with their records, made by hand.

use std::path::Path;

use readout::Corpus;
use readout::record::{
    ActorId, ActorKind, Agreement, AgreementStatus, Bounds, Commitment, Condition, Deadline, Document,
    DocumentRecords, Event, Evidence, EvidenceSpan, Factuality, Incident, Meeting, MeetingFormat, Mention,
    Mode, Part, PloverCode, Position, Stance, Statement, StatusStep, Time, Tone, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use serde_json::json;

/// The text of a hostile report.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) const HOSTILE: &str =
    "<script>alert(1)</script>\" onmouseover=\"alert(2)\" '><img src=x onerror=alert(3)>";

fn time(words: &str, day: &str) -> Time {
    Time { text: words.to_owned(), from: Some(day.to_owned()), ..Time::default() }
}

/// A report with one record of every kind. `who` speaks to `other`.
fn report(
    outlet: Option<&str>,
    title: &str,
    who: (&str, &str),
    extra: &str,
    toll: u32,
) -> (Document, DocumentRecords) {
    let other = ("person:bo-berg", "Bo Berg");
    let text = format!(
        "{title}\n\n{} met {} in Oslo on Monday for talks on the harbour.\n\n\
         “We will open the harbour to all ships before the winter comes,” {} told {}. {extra}\n\n\
         If the shelling stops, the ships will sail. The harbour pact obliges both to clear the mines by Friday.\n\n\
         A shell killed {toll} people in the harbour on Tuesday.",
        who.1, other.1, who.1, other.1
    );
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let span = |words: &str| {
        let start = text.rfind(words).unwrap() as u32;
        ByteSpan::new(start, start + words.len() as u32)
    };
    let chars = |words: &str| offsets.to_chars(span(words));
    let evidence = |kind: &str, words: &str| {
        Evidence::new(&id, kind, "", &text, &offsets, &[span(words)]).by_rule("test", 0.9)
    };
    let mention = |(actor, name): (&str, &str)| Mention {
        doc: id.clone(),
        span: offsets.to_chars(span(name)),
        text: name.to_owned(),
        actor: actor.into(),
        name: name.to_owned(),
        actor_kind: ActorKind::Person,
        named: true,
        ..Mention::default()
    };
    let quoted = "“We will open the harbour to all ships before the winter comes,”";
    let whole = format!("{quoted} {} told {}", who.1, other.1);
    let statement = Statement {
        evidence: evidence("statement", &whole),
        speaker: vec![who.0.into()],
        source: Some(chars(&format!("{} told", who.1))),
        cue: Some(chars("told")),
        act: Some("say".to_owned()),
        content: vec![chars(quoted)],
        content_text: quoted.to_owned(),
        mode: Mode::Direct,
        addressee: vec![other.0.into()],
        time: Some(time("Monday", "2020-03-02")),
        ..Statement::default()
    };
    let both: Vec<ActorId> = vec![who.0.into(), other.0.into()];
    let meeting = Meeting {
        evidence: evidence("meeting", "in Oslo on Monday for talks on the harbour"),
        code: Some(PloverCode::Consult),
        participants: both.clone(),
        format: Some(MeetingFormat::Talks),
        minutes: Some(Bounds::at_least(20)),
        topics: vec![format!("the harbour {extra}")],
        time: Some(time("Monday", "2020-03-02")),
        place: Some("Oslo".to_owned()),
        ..Meeting::default()
    };
    let event = Event {
        evidence: evidence("event", "clear the mines"),
        code: Some(PloverCode::Cooperate),
        actor: both.clone(),
        factuality: Factuality::Planned,
        time: Some(time("Friday", "2020-03-06")),
        ..Event::default()
    };
    let incident = Incident {
        evidence: evidence("incident", &format!("A shell killed {toll} people")),
        code: Some(PloverCode::Assault),
        killed: Some(Bounds::exactly(toll)),
        blamed_on: vec![other.0.into()],
        time: Some(time("Tuesday", "2020-03-03")),
        place: Some("the harbour".to_owned()),
        ..Incident::default()
    };
    let part = |words: &str| Part { span: chars(words), text: words.to_owned(), ..Part::default() };
    let condition = Condition {
        evidence: evidence("condition", "If the shelling stops, the ships will sail"),
        premise: part("the shelling stops"),
        consequence: part("the ships will sail"),
        by: vec![who.0.into()],
        tone: Tone::Promise,
        ..Condition::default()
    };
    let passage = EvidenceSpan {
        doc: id.clone(),
        spans: vec![chars("The harbour pact")],
        text: "The harbour pact".to_owned(),
    };
    let agreement = Agreement {
        id: ids::record_id(&id, "agreement", "", &passage.spans),
        name: format!("harbour pact {extra}").trim().to_owned(),
        parties: both.clone(),
        status: vec![StatusStep {
            status: AgreementStatus::Agreed,
            time: None,
            evidence: passage.clone(),
            ..StatusStep::default()
        }],
        evidence: vec![passage],
        ..Agreement::default()
    };
    let commitment = Commitment {
        evidence: evidence("commitment", "obliges both to clear the mines by Friday"),
        debtor: both,
        action: chars("clear the mines"),
        deadline: Some(Deadline {
            text: "by Friday".to_owned(),
            due: Some("2020-03-06".to_owned()),
            from: None,
        }),
        agreement: Some(agreement.id.clone()),
        ..Commitment::default()
    };
    let position = Position {
        id: ids::linked_id("position", [who.0, &statement.evidence.id]),
        actor: who.0.into(),
        issue: format!("opening the harbour {extra}").trim().to_owned(),
        stance: Stance::For,
        since: Some("2020-03-02".to_owned()),
        evidence: vec![statement.evidence.id.clone()],
    };
    let records = DocumentRecords {
        mentions: vec![mention(who), mention(other)],
        statements: vec![statement],
        events: vec![event],
        meetings: vec![meeting],
        incidents: vec![incident],
        conditions: vec![condition],
        commitments: vec![commitment],
        agreements: vec![agreement],
        positions: vec![position],
    };
    let document = Document {
        id,
        title: Some(title.to_owned()),
        outlet: outlet.map(str::to_owned),
        published: Some("2020-03-03".to_owned()),
        language: Some("en".to_owned()),
        text_sha256: ids::sha256(text.as_bytes()),
        text,
        ..Document::default()
    };
    (document, records)
}

fn store(file: &Path, reports: &[(Document, DocumentRecords)]) {
    let mut store = Store::create(file).unwrap();
    let mut operation = Operation::new("read", "0", json!({}));
    for (number, (document, records)) in reports.iter().enumerate() {
        let origin = Origin { location: format!("/reports/{number}"), path: document.path.clone() };
        store.add(&mut operation, &origin, document, records).unwrap();
    }
    drop(store);
    Corpus::open(file).unwrap().link().unwrap();
}

/// Two reports of one meeting, which differ on a toll.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn two_reports(file: &Path) {
    let ann = ("person:ann-lee", "Ann Lee");
    let one = report(
        Some("The Harbour Post"),
        "Lee and Berg meet in Oslo over the harbour",
        ann,
        "They shook hands.",
        3,
    );
    let two = report(Some("Coast News"), "Harbour to open, Lee tells Berg in Oslo", ann, "", 5);
    store(file, &[one, two]);
}

/// Two reports that tell the same.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn two_alike(file: &Path) {
    let ann = ("person:ann-lee", "Ann Lee");
    let one = report(Some("The Harbour Post"), "Lee and Berg meet in Oslo over the harbour", ann, "", 3);
    let two = report(Some("Coast News"), "Harbour to open, Lee tells Berg in Oslo", ann, "", 3);
    store(file, &[one, two]);
}

/// One report, and so no story.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn one_report(file: &Path) {
    let ann = ("person:ann-lee", "Ann Lee");
    store(file, &[report(Some("Coast News"), "Harbour to open, Lee tells Berg in Oslo", ann, "", 5)]);
}

/// So many reports, each of its own outlet, day and words, that speak of Ann Lee.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn many_reports(file: &Path, many: u32) {
    let ann = ("person:ann-lee", "Ann Lee");
    let reports: Vec<(Document, DocumentRecords)> = (0..many)
        .map(|number| {
            let extra = format!("Pier {number} and quay {}.", number * 7);
            let outlet = format!("Coast News {number:02}");
            let (mut document, mut records) =
                report(Some(&outlet), &format!("Harbour talks {number}"), ann, &extra, number);
            document.published = Some(format!("2020-{:02}-{:02}", 1 + number / 28, 1 + number % 28));
            // Each says something of its own.
            for it in &mut records.statements {
                it.content_text = format!("Pier {number} is number {} of the quay.", number * 31);
            }
            (document, records)
        })
        .collect();
    store(file, &reports);
}

/// The same, with a report whose every word is an attack.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn hostile_record(file: &Path) {
    let ann = ("person:ann-lee", "Ann Lee");
    let one = report(
        Some("The Harbour Post"),
        "Lee and Berg meet in Oslo over the harbour",
        ann,
        "They shook hands.",
        3,
    );
    let two = report(
        Some(HOSTILE),
        "Harbour to open, Lee tells Berg in Oslo \u{202e}txet\u{2066}",
        ann,
        HOSTILE,
        5,
    );
    let name = "Eve'); DROP TABLE documents;-- <script>alert(4)</script>";
    let actor = ("person:eve\" onfocus=\"alert(5)", name);
    let (mut document, records) =
        report(None, &format!("{HOSTILE} {{{{ 7*7 }}}} {{% raw %}}"), actor, "\u{202e}drow\u{202c} \u{0}", 5);
    document.url = Some("javascript:alert(6)".to_owned());
    document.authors = vec![HOSTILE.to_owned()];
    document.path = Some(format!("../{HOSTILE}"));
    document.other.insert(HOSTILE.to_owned(), json!(HOSTILE));
    store(file, &[one, two, (document, records)]);
}
