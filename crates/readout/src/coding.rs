//! Corrections as a person asks for them: a field with its value in words, a record at words of a report.

use readout_record::{
    ActorId, Agreement, Change, Commitment, Document, Event, Evidence, EvidenceSpan, Incident, Kind, Meeting,
    Mode, Position, Record, RecordId, Statement, Target, ids,
};
use readout_store::Scope;
use readout_text::{ByteSpan, CharSpan, Offsets};
use readout_views::locate;
use serde_json::json;

use crate::{Corpus, CorrectionError, Error, Result, Wanted};

/// The kinds of record that a person can add.
pub const BY_HAND: [Kind; 7] = [
    Kind::Statement,
    Kind::Event,
    Kind::Meeting,
    Kind::Incident,
    Kind::Commitment,
    Kind::Agreement,
    Kind::Position,
];

/// The part of the id by which a record that was added is told from one that was read at the same passage.
pub(crate) const PART: &str = "by-hand";

/// The longest passage that a record may be added at, in code points.
pub(crate) const LONGEST: usize = 2_000;

impl Corpus {
    /// Returns the change that sets the field `name` of the record `id`, which may be shortened, to the value that `words`
    /// name. Actors are named by ids or names, more than one with `;` between.
    ///
    /// # Errors
    /// As [`Corpus::id`] and [`Corpus::actor`]; [`Error::Correction`] when the record has no such field, or the field no
    /// such value.
    pub fn setting(&self, id: &str, name: &str, words: &str) -> Result<Change> {
        let target = self.target(id)?;
        let kind = Kind::from_name(&target.kind);
        let Some(field) = kind.and_then(|it| it.field(name)) else {
            let fields = kind.map(Kind::fields).unwrap_or_default().iter().map(|it| it.name).collect();
            let resting = self.resting_with(&target, name)?;
            let (id, field) = (target.id, name.to_owned());
            return Err(CorrectionError::NoField { id, field, fields, resting }.into());
        };
        let actors = if field.is_of_actors() { self.actors_in(words)? } else { Vec::new() };
        let value = field.read(words, &actors).map_err(CorrectionError::Value)?;
        Ok(Change::Set { target, field: name.to_owned(), value })
    }

    /// Returns the change that adds a record of `kind` at words of the report `id`, which may be shortened. `passage` are
    /// the words as the report has them once, or their place: `120-180` in code points. `fields` are names of fields with
    /// the words for their values, as [`Corpus::setting`] reads them.
    ///
    /// # Errors
    /// As [`Corpus::setting`]; and when the report does not have the words, or has them several times.
    pub fn adding(&self, kind: &str, id: &str, passage: &str, fields: &[(String, String)]) -> Result<Change> {
        let wrong = |reason: CorrectionError| Err(Error::Correction(reason));
        let Some(kind) = Kind::from_name(kind).filter(|it| BY_HAND.contains(it)) else {
            let known = BY_HAND.iter().map(|it| it.as_str()).collect();
            return wrong(CorrectionError::NotByHand { kind: kind.to_owned(), known });
        };
        let id = self.id(id, Wanted::Report)?;
        let Some(document) = self.document(&id)? else {
            return wrong(CorrectionError::NoId { what: "report", id });
        };
        let span = place(&document, passage)?;
        let mut records = made(kind, &document, span);
        for (name, words) in fields.iter().filter(|(_, words)| !words.trim().is_empty()) {
            let Some(field) = kind.field(name) else {
                let fields = kind.fields().iter().map(|it| it.name).collect();
                let id = records.first().map(|it| it.id().into()).unwrap_or_default();
                let (field, resting) = (name.clone(), Vec::new());
                return wrong(CorrectionError::NoField { id, field, fields, resting });
            };
            let actors = if field.is_of_actors() { self.actors_in(words)? } else { Vec::new() };
            let value = field.read(words, &actors).map_err(CorrectionError::Value)?;
            for record in records.iter_mut().filter(|it| it.kind() == kind) {
                if let Some(set) = record.with_field(name, &value) {
                    *record = set;
                }
            }
            // Whoever has a stance says so in the passage.
            if kind == Kind::Position && field.is_of_actors() {
                let speaker = json!(actors);
                for record in records.iter_mut().filter(|it| it.kind() == Kind::Statement) {
                    if let Some(set) = record.with_field("speaker", &speaker) {
                        *record = set;
                    }
                }
            }
        }
        if let Some(Record::Position(it)) = records.iter().find(|it| it.kind() == Kind::Position)
            && (it.actor.is_empty() || it.issue.is_empty())
        {
            return wrong(CorrectionError::Value(
                "a position needs an actor, an issue and a stance".to_owned(),
            ));
        }
        Ok(Change::Add { records })
    }

    /// Returns the positions that rest on `target`, if positions have the field `name`.
    fn resting_with(&self, target: &Target, name: &str) -> Result<Vec<RecordId>> {
        if Kind::Position.field(name).is_none() || target.doc.is_empty() {
            return Ok(Vec::new());
        }
        let contents = self.slice(&Scope::Documents(vec![target.doc.clone()]))?;
        let resting = contents.positions.into_iter().filter(|it| it.evidence.contains(&target.id));
        Ok(resting.map(|it| it.id).collect())
    }

    /// Returns the actors that `words` name, parted by `;`.
    fn actors_in(&self, words: &str) -> Result<Vec<ActorId>> {
        words.split(';').map(str::trim).filter(|it| !it.is_empty()).map(|it| self.actor(it)).collect()
    }
}

/// Returns the place of `passage` in `document`.
fn place(document: &Document, passage: &str) -> Result<CharSpan> {
    let passage = passage.trim();
    let wrong = |message: String| Err(Error::Correction(CorrectionError::Passage(message)));
    let number = |text: &str| text.parse::<u32>().ok();
    if let Some((start, end)) = passage.split_once('-')
        && let (Some(start), Some(end)) = (number(start), number(end))
    {
        let span = CharSpan { start, end };
        let fits = start < end && Offsets::new(&document.text).to_bytes(span).is_some();
        return if fits { Ok(span) } else { wrong(format!("{} has no passage {passage}", document.id)) };
    }
    if passage.is_empty() || passage.chars().count() > LONGEST {
        return wrong(format!("the passage is to have 1 to {LONGEST} characters"));
    }
    let offsets = Offsets::new(&document.text);
    let places: Vec<CharSpan> = (document.text.match_indices(passage))
        .map(|(at, words)| offsets.to_chars(ByteSpan::new(at as u32, (at + words.len()) as u32)))
        .collect();
    match places.as_slice() {
        [one] => Ok(*one),
        [] => match locate(document, passage).and_then(|(it, _)| it.spans.first().copied()) {
            Some(span) => Ok(span),
            None => wrong(format!("{} does not have these words", document.id)),
        },
        several => {
            let places: Vec<String> = several.iter().map(|it| format!("{}-{}", it.start, it.end)).collect();
            wrong(format!(
                "{} has these words several times: say which of {}",
                document.id,
                places.join(", ")
            ))
        }
    }
}

/// Returns the records of `kind` at `span`: the record itself, before it the one that it rests on.
pub(crate) fn made(kind: Kind, document: &Document, span: CharSpan) -> Vec<Record> {
    let offsets = Offsets::new(&document.text);
    let bytes = offsets.to_bytes(span).unwrap_or(ByteSpan::new(0, 0));
    let evidence = |kind: Kind| {
        Evidence::new(&document.id, kind.as_str(), PART, &document.text, &offsets, &[bytes])
            .by_rule(PART, 1.0)
    };
    let words = bytes.slice(&document.text).to_owned();
    let quoted = words.starts_with(['“', '"']) && words.ends_with(['”', '"']);
    let statement = || Statement {
        evidence: evidence(Kind::Statement),
        content: vec![span],
        content_text: words.clone(),
        mode: if quoted { Mode::Direct } else { Mode::Indirect },
        ..Statement::default()
    };
    match kind {
        Kind::Event => vec![Event { evidence: evidence(kind), ..Event::default() }.into()],
        Kind::Meeting => vec![
            Meeting {
                evidence: evidence(kind),
                code: Some(readout_record::PloverCode::Consult),
                ..Meeting::default()
            }
            .into(),
        ],
        Kind::Incident => vec![
            Incident {
                evidence: evidence(kind),
                code: Some(readout_record::PloverCode::Assault),
                ..Incident::default()
            }
            .into(),
        ],
        Kind::Commitment => {
            vec![Commitment { evidence: evidence(kind), action: span, ..Commitment::default() }.into()]
        }
        Kind::Agreement => {
            let passage = EvidenceSpan { doc: document.id.clone(), spans: vec![span], text: words.clone() };
            let at = format!("{}-{}", span.start, span.end);
            let id = ids::linked_id("agreement", [PART, document.id.as_str(), at.as_str()]);
            vec![
                Agreement { id, name: words.clone(), evidence: vec![passage], ..Agreement::default() }.into(),
            ]
        }
        Kind::Position => {
            let statement = statement();
            let id = ids::linked_id("position", [PART, statement.evidence.id.as_str()]);
            let evidence = vec![statement.evidence.id.clone()];
            vec![statement.into(), Position { id, evidence, ..Position::default() }.into()]
        }
        _ => vec![statement().into()],
    }
}
