//! Agreements over reports.

use readout_knowledge::Knowledge;
use readout_link::{Links, link};
use readout_record::{Agreement, AgreementStatus, Document, DocumentRecords, StatusStep, Time};

fn found(rows: &[(&str, &str, &[&str], AgreementStatus, &str)]) -> Links {
    let reports: Vec<(Document, DocumentRecords)> = rows
        .iter()
        .enumerate()
        .map(|(number, (doc, name, parties, status, day))| {
            let agreement = Agreement {
                id: format!("agreement:{number}").into(),
                name: (*name).to_owned(),
                parties: parties.iter().map(|party| (*party).into()).collect(),
                terms: vec![format!("commitment:{number}").into()],
                status: vec![StatusStep {
                    status: *status,
                    time: Some(Time { from: Some((*day).to_owned()), ..Time::default() }),
                    ..StatusStep::default()
                }],
                ..Agreement::default()
            };
            (
                Document { id: format!("{doc}{number}").into(), ..Document::default() },
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
