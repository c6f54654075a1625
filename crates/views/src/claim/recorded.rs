//! What the records of a sentence tell of a claim's deed: who acts, who speaks, and whether it was so.

use readout_record::{ActorId, Factuality, RecordRef, Side, Statement};

/// Sides of a record that act, and sides that are acted upon.
pub(super) const ACTING: [Side; 5] = [Side::Speaker, Side::Actor, Side::Debtor, Side::Setter, Side::Claimant];
pub(super) const ACTED_UPON: [Side; 4] = [Side::Addressee, Side::Recipient, Side::Creditor, Side::Target];

/// Whether a record names one of `others`, or there are none.
pub(super) fn is_between(record: RecordRef<'_>, others: &[&ActorId]) -> bool {
    let mut found = others.is_empty();
    record.each_side(&mut |_, ids| found |= ids.iter().any(|id| others.contains(&id)));
    found
}

/// Whether in the records the actors `first` are acted upon and never act; in those of a passive claim, the reverse.
pub(super) fn is_reversed<'r>(
    first: &[ActorId],
    records: impl Iterator<Item = RecordRef<'r>>,
    passive: bool,
) -> bool {
    let (mut acts, mut is_acted_upon) = (false, false);
    for record in records {
        record.each_side(&mut |side, ids| {
            let is_in = ids.iter().any(|id| first.contains(id));
            acts |= is_in && !ACTED_UPON.contains(&side) && (ACTING.contains(&side) || side != Side::Via);
            is_acted_upon |= is_in && ACTED_UPON.contains(&side);
        });
    }
    if passive { acts && !is_acted_upon } else { is_acted_upon && !acts }
}

/// Whether the records have statements, and no speaker of them is one of `first` or one whose words `is_source` knows.
pub(super) fn is_said_by_others(
    first: &[ActorId],
    records: &[RecordRef<'_>],
    is_source: impl Fn(&Statement) -> bool,
) -> bool {
    let statements = records.iter().filter_map(|it| match it {
        RecordRef::Statement(it) => Some(*it),
        _ => None,
    });
    let mut statements = statements.peekable();
    statements.peek().is_some()
        && statements.all(|it| !it.speaker.iter().any(|id| first.contains(id)) && !is_source(it))
}

/// Returns the verbs for what a record says was done.
pub(super) fn deeds(record: RecordRef<'_>) -> Vec<&'static str> {
    match record {
        RecordRef::Meeting(it) if it.factuality == Factuality::Happened => vec!["met"],
        RecordRef::Incident(it) => {
            let told = [(it.killed, "killed"), (it.injured, "injured")];
            told.into_iter().filter_map(|(bounds, verb)| bounds.map(|_| verb)).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn factuality(record: RecordRef<'_>) -> Option<Factuality> {
    match record {
        RecordRef::Event(it) => Some(it.factuality),
        RecordRef::Meeting(it) => Some(it.factuality),
        RecordRef::Incident(it) => Some(it.factuality),
        _ => None,
    }
}

/// Whether a record says that something is not so.
pub(super) fn is_denied(record: RecordRef<'_>) -> bool {
    match record {
        RecordRef::Statement(it) => it.negated,
        _ => factuality(record).is_some_and(|it| matches!(it, Factuality::Denied | Factuality::Cancelled)),
    }
}
