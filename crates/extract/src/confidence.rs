//! Compares what two readers found in one report.

use readout_record::{Confidence, DocumentRecords, RecordRef, Side};
use readout_text::CharSpan;

/// The least share of the words of two statements, in code points, that both must have.
const SAME_WORDS: f64 = 0.8;

/// Marks each record as agreed if `second`, read out of the same report by another reader, has it too, else as single.
///
/// Two records are the same if they are of one kind and type, stand on the same words and name the same actors. Nothing
/// is taken from the second reader but its agreement.
pub fn compare(records: &mut DocumentRecords, second: &DocumentRecords) {
    let confidence = |it: RecordRef<'_>| match second.passages().any(|other| is_same(it, other)) {
        true => Confidence::Agreed,
        false => Confidence::Single,
    };
    let found: Vec<Confidence> = records.passages().map(confidence).collect();
    let mut found = found.into_iter();
    records.each_evidence_mut(&mut |evidence| evidence.confidence = found.next());
}

/// Says if two records of one report are the same.
fn is_same(one: RecordRef<'_>, other: RecordRef<'_>) -> bool {
    let alike = match (one, other) {
        (RecordRef::Statement(a), RecordRef::Statement(b)) => shared(&a.content, &b.content) >= SAME_WORDS,
        (RecordRef::Event(a), RecordRef::Event(b)) => a.code == b.code && meet(one, other),
        (RecordRef::Incident(a), RecordRef::Incident(b)) => a.code == b.code && meet(one, other),
        _ => one.kind() == other.kind() && meet(one, other),
    };
    alike && sides(one) == sides(other)
}

/// Says if the passages of two records overlap.
fn meet(one: RecordRef<'_>, other: RecordRef<'_>) -> bool {
    let (Some(one), Some(other)) = (one.evidence(), other.evidence()) else { return false };
    one.spans.iter().any(|a| other.spans.iter().any(|b| a.overlaps(*b)))
}

/// Returns the code points that lie in both as a share of those that lie in either.
fn shared(one: &[CharSpan], other: &[CharSpan]) -> f64 {
    let length = |spans: &[CharSpan]| spans.iter().map(|it| it.end.saturating_sub(it.start)).sum::<u32>();
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let both: u32 = pairs.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum();
    match length(one) + length(other) - both {
        0 => 0.0,
        either => f64::from(both) / f64::from(either),
    }
}

/// Returns the actors of a record with their parts, in a fixed order.
///
/// The numbers of actors without a name are the reader's own, so that these are all alike.
fn sides(record: RecordRef<'_>) -> Vec<(Side, &str)> {
    let mut sides = Vec::new();
    record.each_side(&mut |side, actors| {
        sides.extend(actors.iter().map(|id| match id.starts_with("unnamed:") {
            true => (side, "unnamed"),
            false => (side, id.as_str()),
        }));
    });
    sides.sort_unstable();
    sides
}

#[cfg(test)]
mod tests {
    use readout_record::{Event, Evidence, Meeting, PloverCode, Statement};

    use super::*;

    fn at(start: u32, end: u32) -> Evidence {
        Evidence { spans: vec![CharSpan::new(start, end)], ..Evidence::default() }
    }

    fn statement(speaker: &str, start: u32, end: u32) -> Statement {
        Statement {
            evidence: at(0, 200),
            speaker: vec![speaker.into()],
            content: vec![CharSpan::new(start, end)],
            ..Statement::default()
        }
    }

    fn event(code: PloverCode, actor: &str, recipient: &str, start: u32) -> Event {
        Event {
            evidence: at(start, start + 10),
            code: Some(code),
            actor: vec![actor.into()],
            recipient: vec![recipient.into()],
            ..Event::default()
        }
    }

    fn confidence(one: &DocumentRecords, second: &DocumentRecords) -> Vec<Confidence> {
        let mut one = one.clone();
        compare(&mut one, second);
        one.passages().map(|it| it.evidence().unwrap().confidence.unwrap()).collect()
    }

    #[test]
    fn a_statement_is_agreed_with_its_words_and_its_speaker() {
        let second =
            DocumentRecords { statements: vec![statement("person:a", 0, 100)], ..Default::default() };
        let read = |statement| {
            confidence(&DocumentRecords { statements: vec![statement], ..Default::default() }, &second)
        };
        assert_eq!(read(statement("person:a", 0, 100)), [Confidence::Agreed]);
        assert_eq!(read(statement("person:a", 20, 100)), [Confidence::Agreed]);
        assert_eq!(read(statement("person:a", 21, 100)), [Confidence::Single]);
        assert_eq!(read(statement("person:b", 0, 100)), [Confidence::Single]);
        assert_eq!(read(statement("person:a", 0, 0)), [Confidence::Single]);
    }

    #[test]
    fn an_event_is_agreed_with_its_type_its_sides_and_its_place() {
        let second = DocumentRecords {
            events: vec![event(PloverCode::Accuse, "state:NOR", "unnamed:d:1", 50)],
            ..Default::default()
        };
        let read =
            |event| confidence(&DocumentRecords { events: vec![event], ..Default::default() }, &second);
        assert_eq!(read(event(PloverCode::Accuse, "state:NOR", "unnamed:d:7", 55)), [Confidence::Agreed]);
        assert_eq!(read(event(PloverCode::Reject, "state:NOR", "unnamed:d:1", 50)), [Confidence::Single]);
        assert_eq!(read(event(PloverCode::Accuse, "unnamed:d:1", "state:NOR", 50)), [Confidence::Single]);
        assert_eq!(read(event(PloverCode::Accuse, "state:NOR", "state:SWE", 50)), [Confidence::Single]);
        assert_eq!(read(event(PloverCode::Accuse, "state:NOR", "unnamed:d:1", 60)), [Confidence::Single]);
    }

    #[test]
    fn a_record_agrees_with_none_of_another_kind_and_keeps_all_else() {
        let meeting = Meeting { evidence: at(0, 10), code: Some(PloverCode::Consult), ..Meeting::default() };
        let event = Event { evidence: at(0, 10), code: Some(PloverCode::Consult), ..Event::default() };
        let one = DocumentRecords { meetings: vec![meeting], ..Default::default() };
        let mut marked = one.clone();
        compare(&mut marked, &DocumentRecords { events: vec![event], ..Default::default() });
        assert_eq!(marked.meetings[0].evidence.confidence, Some(Confidence::Single));
        marked.each_evidence_mut(&mut |evidence| evidence.confidence = None);
        assert_eq!(marked, one);
    }
}
