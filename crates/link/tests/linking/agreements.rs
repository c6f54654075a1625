//! Agreements over reports.

use readout_knowledge::Knowledge;
use readout_link::{Links, link};
use readout_record::{Agreement, AgreementStatus, Document, DocumentRecords, StatusStep, Time};

type Row<'a> = (&'a str, &'a str, &'a [&'a str], AgreementStatus, &'a str);

fn found(rows: &[Row<'_>]) -> Links {
    reported(rows, |_| None)
}

/// Links `rows` as reports that were published on their days.
fn dated(rows: &[Row<'_>]) -> Links {
    reported(rows, |(.., day)| Some((*day).to_owned()))
}

fn reported(rows: &[Row<'_>], published: impl Fn(&Row<'_>) -> Option<String>) -> Links {
    let reports: Vec<(Document, DocumentRecords)> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let (doc, name, parties, status, day) = row;
            let published = published(row);
            let time = published.is_none().then(|| Time { from: Some((*day).to_owned()), ..Time::default() });
            let agreement = Agreement {
                id: format!("agreement:{number}").into(),
                name: (*name).to_owned(),
                parties: parties.iter().map(|party| (*party).into()).collect(),
                terms: vec![format!("commitment:{number}").into()],
                status: vec![StatusStep { status: *status, time, ..StatusStep::default() }],
                ..Agreement::default()
            };
            (
                Document { id: format!("{doc}{number}").into(), published, ..Document::default() },
                DocumentRecords { agreements: vec![agreement], ..DocumentRecords::default() },
            )
        })
        .collect();
    let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
    link(&refs, &Knowledge::default())
}

#[test]
fn one_instrument_has_many_names_and_one_history() {
    let merged = found(&[
        ("a", "the Brenn agreements", &["state:NOR", "state:SWE"], AgreementStatus::Violated, "2020-06-01"),
        ("b", "Brenn", &[], AgreementStatus::Reaffirmed, "2020-07-01"),
        ("c", "the Brenn accords", &["state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
        ("d", "the Velm agreements", &["state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
    ]);
    assert_eq!(merged.agreements.len(), 2);
    let brenn = merged.agreements.iter().find(|it| it.terms.len() == 3).unwrap();
    let history: Vec<AgreementStatus> = brenn.status.iter().map(|step| step.status).collect();
    assert_eq!(history, [AgreementStatus::Agreed, AgreementStatus::Violated, AgreementStatus::Reaffirmed]);
    assert_eq!(brenn.parties, ["state:NOR", "state:SWE"]);
    assert_eq!(brenn.name, "the Brenn agreements");
    assert_eq!(brenn.aliases, ["Brenn", "the Brenn accords"]);
    assert_eq!(merged.agreement_ids["agreement:1"], brenn.id);
}

#[test]
fn descriptions_need_the_same_parties() {
    let merged = found(&[
        (
            "a",
            "a cessation of hostilities",
            &["state:NOR", "state:SWE"],
            AgreementStatus::Agreed,
            "2020-05-01",
        ),
        ("b", "cessation of hostilities", &["state:SWE", "state:NOR"], AgreementStatus::Agreed, "2020-05-01"),
        (
            "c",
            "a cessation of hostilities",
            &["state:FIN", "state:EST"],
            AgreementStatus::Agreed,
            "2020-05-01",
        ),
        ("d", "an agreement", &["state:NOR", "state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
        ("e", "the deal", &["state:NOR", "state:SWE"], AgreementStatus::Agreed, "2020-05-01"),
    ]);
    assert_eq!(merged.agreements.len(), 4);
}

#[test]
fn a_described_instrument_is_one_by_sides_matter_and_weeks() {
    const SIDES: &[&str] = &["state:NOR", "state:SWE"];
    let merged = dated(&[
        ("a", "water deal between Norway and Sweden", SIDES, AgreementStatus::UnderNegotiation, "2020-05-01"),
        ("b", "a historic water accord", SIDES, AgreementStatus::Agreed, "2020-05-09"),
        // One side is known.
        ("c", "deal on water", &["state:SWE"], AgreementStatus::Violated, "2020-05-20"),
        // Another matter, another form, another season, other sides.
        ("d", "prisoner deal between Norway and Sweden", SIDES, AgreementStatus::Agreed, "2020-05-09"),
        ("e", "plan for water", SIDES, AgreementStatus::Proposed, "2020-05-09"),
        ("f", "deal on water", SIDES, AgreementStatus::Agreed, "2021-05-09"),
        ("g", "water deal", &["state:FIN", "state:EST"], AgreementStatus::Agreed, "2020-05-09"),
    ]);
    let water = merged.agreements.iter().find(|it| it.terms.len() > 1).unwrap();
    assert_eq!(water.terms, ["commitment:0", "commitment:1", "commitment:2"]);
    assert_eq!(merged.agreements.len(), 5);
    let history: Vec<AgreementStatus> = water.status.iter().map(|step| step.status).collect();
    let expected = [AgreementStatus::UnderNegotiation, AgreementStatus::Agreed, AgreementStatus::Violated];
    assert_eq!(history, expected);
}

#[test]
fn the_first_deal_and_the_final_one_are_two() {
    const SIDES: &[&str] = &["state:NOR", "state:SWE"];
    let merged = dated(&[
        ("a", "interim water deal", SIDES, AgreementStatus::Agreed, "2020-05-01"),
        ("b", "final water deal", SIDES, AgreementStatus::UnderNegotiation, "2020-05-02"),
        ("c", "preliminary water accord", SIDES, AgreementStatus::Agreed, "2020-05-03"),
    ]);
    assert_eq!(merged.agreements.len(), 2);
    assert_eq!(merged.agreement_ids["agreement:0"], merged.agreement_ids["agreement:2"]);
}

#[test]
fn an_unnamed_side_contradicts_nobody() {
    let merged = dated(&[
        ("a", "water deal", &["state:NOR", "unnamed:a:1"], AgreementStatus::Agreed, "2020-05-01"),
        ("b", "water accord", &["state:NOR", "state:SWE"], AgreementStatus::Agreed, "2020-05-02"),
        ("c", "water accord", &["state:FIN", "unnamed:c:1"], AgreementStatus::Agreed, "2020-05-02"),
    ]);
    assert_eq!(merged.agreements.len(), 2);
    assert_eq!(merged.agreement_ids["agreement:0"], merged.agreement_ids["agreement:1"]);
}
