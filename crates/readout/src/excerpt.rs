//! A report without its full text: the passages that its records cite, each where it stood.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Document, DocumentRecords, Mention, ids};
use readout_text::CharSpan;
use serde_json::Value;

/// The key under which a cut report keeps the SHA-256 of its full text.
pub(crate) const FULL_TEXT: &str = "full_text_sha256";

/// Fields of records that are two numbers and no span.
const BOUNDS: [&str; 3] = ["killed", "injured", "minutes"];

/// Returns the report with nothing but the passages of its records and of those that are `shown`, and its records.
///
/// What no record cites is blanked: its first code point becomes `…` and the others spaces, while line ends stay. So every
/// span still slices to its words. Mentions outside the passages are left out but for one of each actor of a record, and so
/// is what was dropped from the page.
pub(crate) fn excerpt(
    mut document: Document,
    mut records: DocumentRecords,
    shown: &DocumentRecords,
) -> serde_json::Result<(Document, DocumentRecords)> {
    let mut spans: Vec<CharSpan> = Vec::new();
    for record in records.iter().chain(shown.iter()) {
        collect(&serde_json::to_value(record)?, &mut spans);
    }
    let mut kept = vec![false; document.text.chars().count()];
    for span in spans {
        let (start, end) = (span.start as usize, (span.end as usize).min(kept.len()));
        kept.get_mut(start..end).into_iter().flatten().for_each(|it| *it = true);
    }
    // Whoever has a part in a record keeps a name, though it stands outside its passage.
    let mut actors: BTreeSet<&ActorId> = BTreeSet::new();
    for record in records.iter() {
        record.each_side(&mut |_, ids| actors.extend(ids));
    }
    let is_kept = |kept: &[bool], it: &Mention| {
        let of = kept.get(it.span.start as usize..it.span.end as usize);
        of.is_some_and(|it| it.iter().all(|kept| *kept))
    };
    let stand = |it: &&Mention| is_kept(&kept, it);
    let standing: BTreeSet<&ActorId> = records.mentions.iter().filter(stand).map(|it| &it.actor).collect();
    let mut first: BTreeMap<&ActorId, CharSpan> = BTreeMap::new();
    for it in &records.mentions {
        if actors.contains(&it.actor) && !standing.contains(&it.actor) {
            first.entry(&it.actor).or_insert(it.span);
        }
    }
    for span in first.into_values().collect::<Vec<_>>() {
        kept.get_mut(span.start as usize..span.end as usize).into_iter().flatten().for_each(|it| *it = true);
    }
    records.mentions.retain(|it| is_kept(&kept, it));
    let mut cut = String::with_capacity(document.text.len());
    let mut is_blank = false;
    for (letter, kept) in document.text.chars().zip(kept) {
        cut.push(match (kept, letter, is_blank) {
            (true, ..) | (_, '\n', _) => letter,
            (false, _, false) => '…',
            (false, _, true) => ' ',
        });
        is_blank = !kept && letter != '\n';
    }
    document.other.insert(FULL_TEXT.to_owned(), Value::String(document.text_sha256));
    document.text_sha256 = ids::sha256(cut.as_bytes());
    document.text = cut;
    document.dropped.clear();
    Ok((document, records))
}

/// Adds every span of a record: two numbers below a field that is not one of [`BOUNDS`].
fn collect(value: &Value, spans: &mut Vec<CharSpan>) {
    match value {
        Value::Array(values) => {
            let number =
                |at: usize| values.get(at).and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok());
            match (values.len(), number(0), number(1)) {
                (2, Some(start), Some(end)) if start <= end => spans.push(CharSpan::new(start, end)),
                _ => values.iter().for_each(|it| collect(it, spans)),
            }
        }
        Value::Object(fields) => {
            fields
                .iter()
                .filter(|(name, _)| !BOUNDS.contains(&name.as_str()))
                .for_each(|(_, it)| collect(it, spans));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Evidence, Statement};
    use readout_text::{ByteSpan, Offsets};

    use super::*;

    #[test]
    fn passages_stay_where_they_stood_and_nothing_else_does() {
        let text = "Ünder a grey sky.\n\nAnn Lee spoke: “We will talk.” Bo Berg left.";
        let start = text.find("Ann").unwrap() as u32;
        let end = text.find(" Bo").unwrap() as u32;
        let (offsets, span) = (Offsets::new(text), ByteSpan::new(start, end));
        let mention = |name: &str, actor: &str| {
            let at = text.find(name).unwrap() as u32;
            Mention {
                actor: actor.into(),
                span: offsets.to_chars(ByteSpan::new(at, at + name.len() as u32)),
                ..Mention::default()
            }
        };
        let document = Document {
            id: "doc:1".into(),
            text: text.to_owned(),
            text_sha256: ids::sha256(text.as_bytes()),
            ..Document::default()
        };
        let evidence = Evidence::new(&document.id, "statement", "", text, &offsets, &[span]);
        let records = DocumentRecords {
            mentions: vec![
                mention("Ann Lee", "person:ann-lee"),
                mention("Bo Berg", "person:bo-berg"),
                mention("sky", "unnamed:1:1"),
            ],
            statements: vec![Statement {
                evidence: evidence.clone(),
                addressee: vec!["person:bo-berg".into()],
                ..Statement::default()
            }],
            ..DocumentRecords::default()
        };
        let (cut, kept) = excerpt(document.clone(), records, &DocumentRecords::default()).unwrap();
        assert_eq!(
            cut.text.split_whitespace().collect::<Vec<_>>().join(" "),
            "… Ann Lee spoke: “We will talk.”…Bo Berg…"
        );
        assert_eq!(cut.text.chars().count(), text.chars().count());
        assert_eq!(
            Offsets::new(&cut.text).to_bytes(evidence.spans[0]).unwrap().slice(&cut.text),
            evidence.text
        );
        assert_eq!(kept.mentions.len(), 2, "the sky has no part in a record");
        assert_eq!(cut.text_sha256, ids::sha256(cut.text.as_bytes()));
        assert_eq!(cut.other[FULL_TEXT], document.text_sha256);
    }
}
