//! States and bodies that take part in a record although the report never names them: `a bomb in Baghdad` is done to Iraq, and
//! a public treaty has the parties that are known.

use std::collections::BTreeSet;

use readout_knowledge::Knowledge;
use readout_record::{ActorId, ActorKind, Document, DocumentRecords, Mention, RecordRef, Side};
use readout_text::{CharSpan, Offsets};

/// Adds a mention for every state or known body that is a side of a record and that no mention names: the words of that side, or else
/// the passage of the record. So whoever a record names is an actor of the file.
pub(crate) fn add(document: &Document, knowledge: &Knowledge, records: &mut DocumentRecords) {
    let mut sides: Vec<(RecordRef<'_>, Side, &ActorId)> = Vec::new();
    for record in records.iter() {
        record.each_side(&mut |side, actors| {
            sides.extend(actors.iter().map(|actor| (record, side, actor)));
        });
    }
    let offsets = Offsets::new(&document.text);
    let mut known: BTreeSet<&str> = records.mentions.iter().map(|mention| mention.actor.as_str()).collect();
    let mut added: Vec<Mention> = Vec::new();
    for (record, side, actor) in sides {
        if known.contains(actor.as_str()) {
            continue;
        }
        let (name, actor_kind, state) = match (actor.state_code(), knowledge.entry(actor)) {
            (Some(state), _) => {
                let name = knowledge.state_name(state).unwrap_or(state).to_owned();
                (name, ActorKind::State, Some(state.to_owned()))
            }
            (None, Some(entry)) => (entry.name.clone(), entry.kind, entry.state.clone()),
            (None, None) => continue,
        };
        let Some(span) = words(records, record, side) else { continue };
        let Some(bytes) = offsets.to_bytes(span) else { continue };
        known.insert(actor);
        added.push(Mention {
            doc: document.id.clone(),
            span,
            text: bytes.slice(&document.text).to_owned(),
            actor: actor.clone(),
            name,
            actor_kind,
            named: false,
            state,
            ..Mention::default()
        });
    }
    records.mentions.append(&mut added);
}

/// Returns the words for a side of `record`, in code points; where it does not say, the start of its passage.
fn words(records: &DocumentRecords, record: RecordRef<'_>, side: Side) -> Option<CharSpan> {
    let (actor, recipient): (&[CharSpan], &[CharSpan]) = match record {
        RecordRef::Event(it) => (&it.actor_spans, &it.recipient_spans),
        RecordRef::Incident(it) => (&it.actor_spans, &it.recipient_spans),
        RecordRef::Meeting(it) => (&it.participant_spans, &it.recipient_spans),
        _ => (&[], &[]),
    };
    let own = match side {
        Side::Actor | Side::Participant => actor.first(),
        Side::Recipient | Side::Host => recipient.first(),
        _ => None,
    };
    let passage = || match record {
        RecordRef::Agreement(it) => it.evidence.first()?.spans.first(),
        RecordRef::Position(it) => records.find(it.evidence.first()?)?.evidence()?.spans.first(),
        _ => record.evidence()?.spans.first(),
    };
    own.or_else(passage).copied()
}
