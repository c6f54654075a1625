//! Happenings over reports.

use readout_knowledge::Knowledge;
use readout_record::{
    ActorKind, Anchor, Bounds, Document, DocumentRecords, Event, Evidence, Factuality, Happening, Incident,
    Meeting, Mention, PloverCode, RecordId, Time,
};
use readout_text::CharSpan;

fn mention(actor: &str, text: &str, kind: ActorKind, state: &str) -> Mention {
    Mention {
        actor: actor.into(),
        text: text.to_owned(),
        name: text.to_owned(),
        actor_kind: kind,
        named: true,
        state: Some(state.to_owned()),
        ..Mention::default()
    }
}

fn evidence(id: &str, text: &str) -> Evidence {
    let at = id.bytes().map(u32::from).sum::<u32>() * 100;
    Evidence {
        id: id.into(),
        text: text.to_owned(),
        spans: vec![CharSpan::new(at, at + 90)],
        ..Evidence::default()
    }
}

fn time(text: &str, from: &str, to: &str) -> Option<Time> {
    let some = |day: &str| (!day.is_empty()).then(|| day.to_owned());
    Some(Time { text: text.to_owned(), from: some(from), to: some(to), ..Time::default() })
}

fn talks(id: &str, text: &str, place: &str, occasion: &str, minutes: Option<Bounds>) -> Meeting {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Meeting {
        evidence: evidence(id, text),
        participants: vec!["person:ines-korda".into(), "person:marek-tosch".into()],
        place: some(place),
        occasion: some(occasion),
        minutes,
        ..Meeting::default()
    }
}

fn report(id: &str, meetings: Vec<Meeting>, incidents: Vec<Incident>) -> (Document, DocumentRecords) {
    let mentions = vec![
        mention("place:brenn", "Brenn", ActorKind::Place, "NOR"),
        mention("state:NOR", "Norway", ActorKind::State, "NOR"),
        mention("state:SWE", "Sweden", ActorKind::State, "SWE"),
    ];
    (
        Document { id: id.into(), ..Document::default() },
        DocumentRecords { meetings, incidents, mentions, ..DocumentRecords::default() },
    )
}

fn found(reports: &[(Document, DocumentRecords)]) -> Vec<Happening> {
    let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
    readout_link::link(&refs, &Knowledge::default()).happenings
}

#[test]
fn two_reports_of_one_meeting_are_one_happening_and_agree_on_half_an_hour() {
    let happenings = found(&[
        report(
            "a",
            vec![talks(
                "meeting:a",
                "talked for more than 30 minutes in Brenn",
                "Brenn",
                "river summit",
                Some(Bounds::at_least(30)),
            )],
            vec![],
        ),
        report(
            "b",
            vec![talks(
                "meeting:b",
                "a chat of about half an hour in Norway",
                "Norway",
                "river summit",
                Some(Bounds::between(25, 35)),
            )],
            vec![],
        ),
    ]);
    assert_eq!(happenings.len(), 1);
    assert_eq!(happenings[0].members, ["meeting:a", "meeting:b"]);
    assert_eq!(happenings[0].sources, 2);
    assert_eq!(happenings[0].participants, ["person:ines-korda", "person:marek-tosch"]);
    assert!(happenings[0].disagreements.is_empty(), "{:?}", happenings[0].disagreements);
}

#[test]
fn ninety_minutes_and_thirty_disagree() {
    let happenings = found(&[
        report(
            "a",
            vec![talks(
                "meeting:a",
                "talked for 90 minutes",
                "Norway",
                "river summit",
                Some(Bounds::exactly(90)),
            )],
            vec![],
        ),
        report(
            "b",
            vec![talks(
                "meeting:b",
                "talked for 30 minutes",
                "Norway",
                "river summit",
                Some(Bounds::exactly(30)),
            )],
            vec![],
        ),
    ]);
    let disagreement = &happenings[0].disagreements[0];
    assert_eq!(disagreement.field, "minutes");
    let values: Vec<(&str, &[RecordId])> =
        disagreement.values.iter().map(|it| (it.value.as_str(), it.members.as_slice())).collect();
    assert_eq!(values, [("90", &["meeting:a".into()][..]), ("30", &["meeting:b".into()][..])]);
}

#[test]
fn the_same_people_at_the_same_summit_in_another_country_met_twice() {
    let happenings = found(&[
        report("a", vec![talks("meeting:a", "met at the summit", "Norway", "river summit", None)], vec![]),
        report("b", vec![talks("meeting:b", "met at the summit", "Sweden", "river summit", None)], vec![]),
    ]);
    assert!(happenings.is_empty());
}

#[test]
fn two_sides_in_a_country_of_neither_met_once() {
    let abroad = |id: &str, place: &str| {
        let mut meeting = talks(id, "the two spoke", place, "", None);
        meeting.participants = vec!["state:SWE".into(), "state:FIN".into()];
        meeting
    };
    let reports = |a: &str, b: &str| {
        let mut reports = [
            report("a", vec![abroad("meeting:a", a)], vec![]),
            report("b", vec![abroad("meeting:b", b)], vec![]),
        ];
        for (_, records) in &mut reports {
            records.mentions.push(mention("state:FIN", "Finland", ActorKind::State, "FIN"));
        }
        found(&reports)
    };
    assert_eq!(reports("Norway", "Brenn").len(), 1);
}

#[test]
fn an_undated_report_gets_the_day_of_another() {
    let mut dated = talks("meeting:a", "met at the summit", "Norway", "river summit", None);
    dated.time = time("Monday", "2020-05-04", "2020-05-05");
    let mut undated = talks("meeting:b", "met at the summit", "Norway", "river summit", None);
    undated.time = time("Monday", "", "");
    let happenings = found(&[report("a", vec![dated], vec![]), report("b", vec![undated], vec![])]);
    let when = happenings[0].time.as_ref().unwrap();
    assert_eq!((when.from.as_deref(), when.anchor), (Some("2020-05-04"), Anchor::Linked));
}

#[test]
fn a_month_that_differs_from_a_day_is_told_as_a_month() {
    let mut month = talks("meeting:a", "met at the summit", "Norway", "river summit", None);
    month.time = time("in April", "2020-04-01", "2020-05-01")
        .map(|time| Time { grain: Some(readout_record::Grain::Month), ..time });
    let mut day = talks("meeting:b", "met at the summit", "Norway", "river summit", None);
    day.time = time("on Friday", "2020-05-01", "2020-05-02");
    let happenings = found(&[report("a", vec![month], vec![]), report("b", vec![day], vec![])]);
    let differ = happenings[0].disagreements.iter().find(|it| it.field == "time").unwrap();
    let values: Vec<&str> = differ.values.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["in April", "2020-05-01"]);
}

#[test]
fn copies_are_one_source_and_other_days_are_another_event() {
    let attack = |id: &str, from: &str, to: &str| Incident {
        evidence: evidence(id, "a bomb killed 40 people at the market"),
        code: Some(PloverCode::Assault),
        place: Some("Brenn".to_owned()),
        killed: Some(Bounds::exactly(40)),
        time: time("Monday", from, to),
        ..Incident::default()
    };
    let reports = [
        report("a", vec![], vec![attack("incident:a", "2020-05-04", "2020-05-05")]),
        report("b", vec![], vec![attack("incident:b", "2020-05-04", "2020-05-05")]),
        report("c", vec![], vec![attack("incident:c", "2020-05-11", "2020-05-12")]),
    ];
    let mut reports = reports;
    let text =
        "A bomb went off between the stalls of the fish market at noon, and the mayor asked for blood.";
    reports[0].0.text = text.to_owned();
    reports[1].0.text = text.to_owned();
    let happenings = found(&reports);
    assert_eq!(happenings.len(), 1);
    assert_eq!(happenings[0].members, ["incident:a", "incident:b"]);
    assert_eq!(happenings[0].sources, 1);
}

#[test]
fn one_outlet_or_one_sentence_is_one_source() {
    let caption =
        "Rescuers carry a man out of the fish market in Brenn, where a bomb killed 40 people on Monday.";
    let told = |id: &str, outlet: &str, text: &str| {
        let start = text.find("a bomb killed").unwrap() as u32;
        let incident = Incident {
            evidence: Evidence {
                spans: vec![CharSpan::new(start, start + 13)],
                ..evidence(&format!("incident:{id}"), "a bomb killed")
            },
            code: Some(PloverCode::Assault),
            place: Some("Brenn".to_owned()),
            killed: Some(Bounds::exactly(40)),
            time: time("Monday", "2020-05-04", "2020-05-05"),
            ..Incident::default()
        };
        let mut made = report(id, vec![], vec![incident]);
        made.0.text = text.to_owned();
        made.0.outlet = Some(outlet.to_owned());
        made
    };
    let page = |number: usize, sentence: &str| {
        let other = ["The river rose again", "Voters in Velm chose a mayor", "A choir sang for the harbour"];
        format!("{} and nobody minded {number}.\n\n{sentence}", other[number % 3])
    };
    let own = |number: usize| {
        let told = [
            "At dawn a bomb killed forty among the stalls, and nobody has owned to it.",
            "Doctors counted their dead all night after a bomb killed so many shoppers near the quay.",
            "It was noon, a fishwife recalls, when a bomb killed her neighbours and the roofs came down.",
        ];
        told[number].to_owned()
    };
    let sources = |pages: &[(&str, String)]| {
        let pages = pages.iter().enumerate();
        let reports: Vec<_> =
            pages.map(|(at, (outlet, text))| told(&format!("{at}"), outlet, &page(at, text))).collect();
        let happenings = found(&reports);
        assert_eq!(happenings.len(), 1);
        (happenings[0].members.len(), happenings[0].sources)
    };
    // An outlet that shows one picture in three galleries, and three outlets that have it of one agency.
    assert_eq!(sources(&[("A", own(0)), ("a ", own(1)), ("A", own(2))]), (3, 1));
    assert_eq!(sources(&[("A", caption.into()), ("B", caption.into()), ("C", caption.into())]), (3, 1));
    assert_eq!(sources(&[("A", own(0)), ("B", own(1)), ("C", own(2))]), (3, 3));
    // Joined by the one with the second, and by the other with the third.
    assert_eq!(sources(&[("A", own(0)), ("A", caption.into()), ("B", caption.into())]), (3, 1));
    // Few words, or words of somebody else, are written down alike by those who were there.
    let quoted =
        "“Listen to me, all of you at home: a bomb killed forty of our people this morning,” she said.";
    assert_eq!(sources(&[("A", quoted.into()), ("B", quoted.into())]), (2, 2));
}

#[test]
fn likeness_alone_is_possibly() {
    let happenings = found(&[
        report(
            "a",
            vec![
                talks("meeting:a", "met at the summit in Brenn", "Brenn", "river summit", None),
                talks("meeting:b", "the meeting", "", "", None),
            ],
            vec![],
        ),
        report(
            "b",
            vec![talks("meeting:c", "met for dinner in the capital of Norway", "Norway", "", None)],
            vec![],
        ),
    ]);
    assert_eq!(happenings.len(), 1);
    assert_eq!(happenings[0].members, ["meeting:a", "meeting:b"]);
    assert_eq!(happenings[0].possibly.len(), 1);
    assert_eq!(happenings[0].possibly[0].0, "meeting:c");
}

/// A report published on `day`.
fn dated(id: &str, day: &str, meetings: Vec<Meeting>) -> (Document, DocumentRecords) {
    let mut made = report(id, meetings, vec![]);
    made.0.published = Some(day.to_owned());
    made
}

#[test]
fn an_agreement_without_a_day_takes_the_days_of_its_report() {
    let agreed = |id: &str, text: &str, actor: &[&str], recipient: &[&str]| Event {
        evidence: evidence(id, text),
        code: Some(PloverCode::Agree),
        actor: actor.iter().map(|it| (*it).into()).collect(),
        recipient: recipient.iter().map(|it| (*it).into()).collect(),
        ..Event::default()
    };
    let with = |id: &str, day: &str, event: Event| {
        let mut made = dated(id, day, vec![]);
        made.1.events = vec![event];
        made
    };
    let both = agreed("event:a", "reached a deal on the strait", &["state:NOR", "state:SWE"], &[]);
    let other = agreed("event:b", "announced an accord", &["state:NOR"], &["state:SWE"]);
    let near = [with("a", "2020-05-04", both.clone()), with("b", "2020-05-06", other.clone())];
    assert_eq!(found(&near).len(), 1, "who agrees with whom has no direction");
    let far = [with("a", "2020-05-04", both), with("b", "2020-08-06", other)];
    assert!(found(&far).is_empty());
}

#[test]
fn a_plan_and_what_came_of_it_are_one_and_two_summits_are_two() {
    let mut plan = talks("meeting:a", "will meet for their second summit", "Brenn", "", None);
    plan.factuality = Factuality::Planned;
    let mut held = talks("meeting:b", "met for their second summit", "Brenn", "", None);
    held.time = time("Monday", "2020-05-18", "2020-05-19");
    let mut first = talks("meeting:c", "met for their first summit", "Brenn", "", None);
    first.time = time("Monday", "2020-05-18", "2020-05-19");
    let planned = || dated("a", "2020-05-04", vec![plan.clone()]);
    assert_eq!(found(&[planned(), dated("b", "2020-05-19", vec![held])]).len(), 1);
    assert!(found(&[planned(), dated("b", "2020-05-19", vec![first])]).is_empty());
}

#[test]
fn tolls_of_one_attack_are_versions_of_one() {
    let attack = |id: &str, killed: u32| Incident {
        evidence: evidence(id, "a bomb at the fish market in Brenn"),
        code: Some(PloverCode::Assault),
        place: Some("Brenn".to_owned()),
        killed: Some(Bounds::exactly(killed)),
        time: time("Monday", "2020-05-04", "2020-05-05"),
        ..Incident::default()
    };
    let happenings = found(&[
        report("a", vec![], vec![attack("incident:a", 9)]),
        report("b", vec![], vec![attack("incident:b", 40)]),
    ]);
    assert_eq!(happenings.len(), 1);
    let values: Vec<&str> =
        happenings[0].disagreements[0].values.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["9", "40"]);
}

#[test]
fn a_numbered_summit_and_one_of_a_remembered_month_need_no_participants() {
    // The number tells it from all others, whenever it is told of.
    let numbered = |id: &str, text: &str| talks(id, text, "", "", None);
    let reports = [
        dated("a", "2020-03-04", vec![numbered("meeting:a", "will meet for their second summit")]),
        dated("b", "2020-05-19", vec![numbered("meeting:b", "their second summit failed")]),
        dated("c", "2020-05-19", vec![numbered("meeting:c", "their third summit")]),
    ];
    assert_eq!(found(&reports).len(), 1);
    let month = |id: &str, text: &str, participants: &[&str]| {
        let mut summit = talks(id, text, "Brenn", "", None);
        summit.participants = participants.iter().map(|it| (*it).into()).collect();
        summit.time = time("last June", "2019-06-01", "2019-07-01");
        summit
    };
    let both =
        month("meeting:a", "the summit in Brenn last June", &["person:ines-korda", "person:marek-tosch"]);
    let nobody = month("meeting:b", "a first summit in Brenn last June", &[]);
    let others = month("meeting:c", "talks in Brenn last June", &["person:lena-orlo", "person:ada-frisk"]);
    let reports = [
        dated("a", "2020-03-04", vec![both]),
        dated("b", "2020-05-04", vec![nobody]),
        dated("c", "2020-05-05", vec![others]),
    ];
    let happenings = found(&reports);
    assert_eq!(happenings.len(), 1);
    assert_eq!(happenings[0].members, ["meeting:a", "meeting:b"]);
}

#[test]
fn who_signs_a_deal_makes_it_and_a_person_acts_for_the_state() {
    let event = |id: &str, text: &str, code, cameo: &str, actor: &[&str]| Event {
        evidence: evidence(id, text),
        code: Some(code),
        cameo: Some(cameo.to_owned()),
        actor: actor.iter().map(|it| (*it).into()).collect(),
        ..Event::default()
    };
    let of = |id: &str, day: &str, event: Event| {
        let mut made = dated(id, day, vec![]);
        made.1.events = vec![event];
        made.1.mentions.push(mention("person:ines-korda", "Ines Korda", ActorKind::Person, "NOR"));
        made
    };
    let cut = event(
        "event:a",
        "Korda cut a deal with the rebels",
        PloverCode::Agree,
        "030",
        &["person:ines-korda", "group:rebels"],
    );
    let signed = event(
        "event:b",
        "the two sides signed a pact",
        PloverCode::Support,
        "057",
        &["state:NOR", "group:rebels"],
    );
    assert_eq!(found(&[of("a", "2020-05-04", cut.clone()), of("b", "2020-05-05", signed)]).len(), 1);
    let backed = event(
        "event:c",
        "the two sides support the mayor",
        PloverCode::Support,
        "051",
        &["state:NOR", "group:rebels"],
    );
    assert!(found(&[of("a", "2020-05-04", cut), of("b", "2020-05-05", backed)]).is_empty());
}

#[test]
fn a_killing_and_a_campaign_are_one_in_many_words() {
    let attack = |id: &str, text: &str, actor: &[&str], recipient: &[&str]| Incident {
        evidence: evidence(id, text),
        code: Some(PloverCode::Assault),
        actor: actor.iter().map(|it| (*it).into()).collect(),
        recipient: recipient.iter().map(|it| (*it).into()).collect(),
        ..Incident::default()
    };
    let of = |id: &str, day: &str, incident: Incident| {
        let mut made = dated(id, day, vec![]);
        made.1.incidents = vec![incident];
        made
    };
    let killed = attack("incident:a", "the killing of Marek Tosch", &[], &["person:marek-tosch"]);
    let murdered =
        attack("incident:b", "soldiers murdered Tosch at dawn", &["state:NOR"], &["person:marek-tosch"]);
    assert_eq!(found(&[of("a", "2020-05-04", killed.clone()), of("b", "2020-06-24", murdered)]).len(), 1);
    let beaten = attack("incident:b", "soldiers beat Tosch at dawn", &["state:NOR"], &["person:marek-tosch"]);
    assert!(found(&[of("a", "2020-05-04", killed), of("b", "2020-06-24", beaten)]).is_empty());
    let invasion = attack("incident:a", "Norway’s invasion of the valley", &["state:NOR"], &[]);
    let offensive = || attack("incident:b", "a Norwegian offensive", &["state:NOR"], &[]);
    let reports = [of("a", "2020-05-04", invasion.clone()), of("b", "2020-05-08", offensive())];
    assert_eq!(found(&reports).len(), 1);
    assert!(found(&[of("a", "2020-05-04", invasion), of("b", "2020-09-08", offensive())]).is_empty());
}

#[test]
fn a_journey_and_the_talks_at_its_end_are_two() {
    let talks = |id: &str, mode: Option<&str>| {
        let mut meeting = talks(id, "went to Brenn for talks", "Brenn", "", None);
        meeting.mode = mode.map(str::to_owned);
        meeting.time = time("Monday", "2020-05-18", "2020-05-19");
        meeting
    };
    let reports = |mode: Option<&str>| {
        [
            dated("a", "2020-05-19", vec![talks("meeting:a", Some("visit"))]),
            dated("b", "2020-05-19", vec![talks("meeting:b", mode)]),
        ]
    };
    assert_eq!(found(&reports(Some("visit"))).len(), 1);
    assert!(found(&reports(None)).is_empty());
}

#[test]
fn what_a_report_says_was_not_is_no_dispute_with_what_it_says_was() {
    let met = |id: &str, text: &str, factuality| {
        let mut meeting = talks(id, text, "Brenn", "", None);
        meeting.factuality = factuality;
        meeting.time = time("Monday", "2020-05-18", "2020-05-19");
        meeting
    };
    let was = || met("meeting:a", "met in Brenn on Monday", Factuality::Happened);
    let not = || met("meeting:b", "did not meet again in Brenn on Monday", Factuality::Denied);
    assert!(found(&[dated("a", "2020-05-19", vec![was(), not()])]).is_empty());
    let happenings = found(&[dated("a", "2020-05-19", vec![was()]), dated("b", "2020-05-19", vec![not()])]);
    assert_eq!(happenings[0].disagreements[0].field, "factuality", "two reports may differ");
}
