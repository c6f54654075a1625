//! What several reports share, in the fields that pages name.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords, Record, RecordId};
use serde_json::{Value as Json, json};

/// Links the reports; gives the links as JSON by kind.
pub(crate) fn linked(
    documents: &[Document],
    records: &[DocumentRecords],
    knowledge: &Knowledge,
) -> BTreeMap<String, Vec<Json>> {
    let pairs: Vec<(&Document, &DocumentRecords)> = documents.iter().zip(records).collect();
    let links = readout_link::link(&pairs, knowledge);
    let name = |doc: &str| doc.trim_start_matches("doc:").to_owned();
    // The report of each record, by id.
    let mut homes: BTreeMap<RecordId, String> = BTreeMap::new();
    for (document, records) in &pairs {
        homes.extend(records.passages().map(|record| (record.id().into(), name(&document.id))));
    }
    let of = |members: &[RecordId]| -> BTreeSet<String> {
        members.iter().filter_map(|member| homes.get(member).cloned()).collect()
    };
    let mut found: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    let mut add = |record: Record, reports: BTreeSet<String>| {
        let kind = record.kind().to_string();
        let mut line = serde_json::to_value(record).unwrap();
        line["reports"] = json!(reports);
        if let Some(fields) = line["disagreements"].as_array() {
            line["differ"] = fields.iter().map(|it| it["field"].clone()).collect();
        }
        found.entry(kind).or_default().push(line);
    };
    for it in &links.actors {
        let names = |(document, records): &&(&Document, &DocumentRecords)| {
            records.mentions.iter().any(|mention| {
                let own = (document.id.clone(), mention.actor.clone());
                links.actor_ids.get(&own).unwrap_or(&mention.actor) == &it.id
            })
        };
        let reports = pairs.iter().filter(names).map(|(document, _)| name(&document.id)).collect();
        add(Record::Actor(it.clone()), reports);
    }
    for it in &links.quotes {
        add(Record::Quote(it.clone()), of(&it.members));
    }
    for it in &links.happenings {
        add(Record::Happening(it.clone()), of(&it.members));
    }
    for it in &links.agreements {
        add(Record::Agreement(it.clone()), it.evidence.iter().map(|it| name(&it.doc)).collect());
    }
    for it in &links.positions {
        add(Record::Position(it.clone()), of(&it.evidence));
    }
    for it in &links.stories {
        add(Record::Story(it.clone()), it.documents.iter().map(|it| name(it)).collect());
    }
    let copies = documents.iter().zip(&links.copies).flat_map(|(document, of)| {
        of.iter().map(|it| {
            json!({
                "kind": "copy",
                "reports": [name(&document.id)],
                "of": name(&it.doc),
                "share": it.share,
            })
        })
    });
    found.insert("copy".to_owned(), copies.collect());
    found
}
