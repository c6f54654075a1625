//! Who is who over reports.

use readout_knowledge::Knowledge;
use readout_link::{Links, link};
use readout_record::{ActorId, ActorKind, Document, DocumentRecords, Mention};
use readout_text::CharSpan;

fn mention(actor: &str, name: &str, state: Option<&str>) -> Mention {
    Mention {
        span: CharSpan::new(0, name.len() as u32),
        text: name.to_owned(),
        actor: actor.into(),
        name: name.to_owned(),
        actor_kind: ActorKind::Person,
        named: true,
        state: state.map(str::to_owned),
        role: Some("envoy".to_owned()),
        ..Mention::default()
    }
}

fn linked(mentions: Vec<Mention>) -> Links {
    let reports: Vec<(Document, DocumentRecords)> = mentions
        .into_iter()
        .enumerate()
        .map(|(number, mention)| {
            let document = Document { id: format!("doc:{number}").into(), ..Document::default() };
            let mention = Mention { doc: document.id.clone(), ..mention };
            (document, DocumentRecords { mentions: vec![mention], ..DocumentRecords::default() })
        })
        .collect();
    let forward: Vec<_> = reports.iter().map(|(document, records)| (document, records)).collect();
    let backward: Vec<_> = forward.iter().rev().copied().collect();
    let (found, other) = (link(&forward, &Knowledge::default()), link(&backward, &Knowledge::default()));
    assert_eq!((&found.actors, &found.actor_ids), (&other.actors, &other.actor_ids));
    found
}

#[test]
fn a_surname_leads_to_its_only_bearer() {
    let found = linked(vec![
        mention("person:mara-velin", "Mara Velin", Some("NOR")),
        mention("person:velin", "Velin", None),
    ]);
    assert_eq!(found.actors.len(), 1);
    assert_eq!((found.actors[0].name.as_str(), found.actors[0].mentions), ("Mara Velin", 2));
    assert_eq!(found.actors[0].aliases, ["Velin"]);
    assert_eq!(found.actors[0].roles[0].evidence.len(), 2);
    let key = ("doc:1".into(), "person:velin".into());
    assert_eq!(found.actor_ids.get(&key).map(ActorId::as_str), Some("person:mara-velin"));
}

#[test]
fn namesakes_stay_apart() {
    let two = linked(vec![
        mention("person:mara-velin", "Mara Velin", None),
        mention("person:jon-velin", "Jon Velin", None),
        mention("person:velin", "Velin", None),
    ]);
    assert_eq!(two.actors.len(), 3);
    let abroad = linked(vec![
        mention("person:mara-velin", "Mara Velin", Some("NOR")),
        mention("person:velin", "Velin", Some("CHL")),
    ]);
    assert_eq!(abroad.actors.len(), 2);
}

#[test]
fn a_middle_name_parts_nobody() {
    let found = linked(vec![
        mention("person:mara-velin", "Mara Velin", None),
        mention("person:mara-k-velin", "Mara K. Velin", None),
    ]);
    assert_eq!(found.actors.len(), 1);
    assert_eq!(found.actors[0].id, "person:mara-k-velin");
}
