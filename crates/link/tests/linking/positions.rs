//! Positions over reports.

use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords, Position, Stance};

#[test]
fn a_change_of_mind_shows() {
    let rows = [
        ("2020-05-03", "sanctions on Velm", Stance::For, "statement:1"),
        ("2020-05-01", "sanctions against Velm", Stance::For, "statement:2"),
        ("2020-06-01", "the Velm sanctions", Stance::Against, "statement:3"),
        ("2020-06-01", "aid to Velm", Stance::For, "statement:4"),
    ];
    let reports: Vec<(Document, DocumentRecords)> = rows
        .iter()
        .map(|(published, issue, stance, record)| {
            let position = Position {
                actor: "state:NOR".into(),
                issue: (*issue).to_owned(),
                stance: *stance,
                since: Some((*published).to_owned()),
                evidence: vec![(*record).into()],
                ..Position::default()
            };
            let published = Some((*published).to_owned());
            (
                Document { id: (*record).into(), published, ..Document::default() },
                DocumentRecords { positions: vec![position], ..DocumentRecords::default() },
            )
        })
        .collect();
    let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
    let mut found = readout_link::link(&refs, &Knowledge::default()).positions;
    found.sort_by(|a, b| a.since.cmp(&b.since).then(a.evidence.cmp(&b.evidence)));
    let rows: Vec<_> =
        found.iter().map(|it| (it.since.as_deref().unwrap(), it.stance, it.evidence.len())).collect();
    assert_eq!(
        rows,
        [("2020-05-01", Stance::For, 2), ("2020-06-01", Stance::Against, 1), ("2020-06-01", Stance::For, 1)]
    );
}
