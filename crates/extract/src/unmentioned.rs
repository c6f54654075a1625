//! States that take part in a record although the report never names them: `a bomb in Baghdad` is done to Iraq.

use readout_knowledge::Knowledge;
use readout_record::{ActorId, ActorKind, Document, DocumentRecords, Mention, RecordRef};
use readout_text::{CharSpan, Offsets};

/// Adds a mention for every state that is a side of an event, meeting or incident and that no mention names: the words of
/// that side, so that whoever a record names is an actor of the file.
pub(crate) fn add(document: &Document, knowledge: &Knowledge, records: &mut DocumentRecords) {
    let offsets = Offsets::new(&document.text);
    let mut added: Vec<Mention> = Vec::new();
    for record in records.iter() {
        for (actors, spans) in sides(record) {
            for actor in actors {
                let known = records.mentions.iter().chain(&added).any(|mention| mention.actor == *actor);
                let Some(state) = actor.strip_prefix("state:").filter(|_| !known) else { continue };
                let span = spans.first().or(record.evidence().and_then(|evidence| evidence.spans.first()));
                let Some((span, bytes)) = span.and_then(|&span| Some((span, offsets.to_bytes(span)?))) else {
                    continue;
                };
                added.push(Mention {
                    doc: document.id.clone(),
                    span,
                    text: bytes.slice(&document.text).to_owned(),
                    actor: actor.clone(),
                    name: knowledge.state_name(state).unwrap_or(state).to_owned(),
                    actor_kind: ActorKind::State,
                    named: false,
                    state: Some(state.to_owned()),
                    ..Mention::default()
                });
            }
        }
    }
    records.mentions.append(&mut added);
}

/// Returns the sides of a record with the words for them, in code points.
fn sides(record: RecordRef<'_>) -> Vec<(&[ActorId], &[CharSpan])> {
    match record {
        RecordRef::Event(it) => vec![(&it.actor, &it.actor_spans), (&it.recipient, &it.recipient_spans)],
        RecordRef::Incident(it) => vec![(&it.actor, &it.actor_spans), (&it.recipient, &it.recipient_spans)],
        RecordRef::Meeting(it) => {
            vec![(&it.participants, &it.participant_spans), (&it.recipient, &it.recipient_spans)]
        }
        _ => Vec::new(),
    }
}
