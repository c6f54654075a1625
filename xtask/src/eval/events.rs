//! Event coding, one sentence a line: `{"id", "date", "text"}` in, `{"id", "events": [{"event", "mode", "context",
//! "source", "source_sector", "target", "target_sector", "…_span", "…_spans"}]}` out.
//!
//! PLOVER's form has no factuality: acts that are denied or hang on a condition are left out, and a meeting that is only planned is an AGREE
//! ("future CONSULT"), as PLOVER's single-type rule has it.

use std::io::Write as _;

use readout_annotate::annotate;
use readout_extract::extract;
use readout_knowledge::Knowledge;
use readout_record::{
    ActorId, ActorKind, Document, DocumentRecords, Evidence, Factuality, Mention, PloverCode, Sector,
};
use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::trees::Trees;
use crate::{Arguments, lines};

/// Events less sure than this, told in passing or by a bare noun, are not written.
const LEAST: f64 = 0.45;
/// At most this many events of a sentence are written, the surest first.
const MOST: usize = 4;

#[derive(Deserialize)]
struct Sentence {
    id: String,
    date: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    events: Vec<Coded>,
}

#[derive(Serialize)]
struct Coded {
    event: PloverCode,
    mode: Option<String>,
    context: Vec<String>,
    source: Vec<String>,
    source_sector: Vec<String>,
    source_span: Option<(u32, u32)>,
    /// The words for each who acts, in code points; `source_span` is the first.
    source_spans: Vec<(u32, u32)>,
    target: Vec<String>,
    target_sector: Vec<String>,
    target_span: Option<(u32, u32)>,
    /// The words for each recipient, in code points; `target_span` is the first.
    target_spans: Vec<(u32, u32)>,
    event_span: Option<(u32, u32)>,
    #[serde(skip)]
    certainty: f64,
    #[serde(skip)]
    start: u32,
    rule: String,
    factuality: Factuality,
}

/// Codes the sentences of `arguments.input`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut trees = Trees::open(arguments)?;
    let mut output = lines::create(&arguments.output)?;
    let knowledge = Knowledge::shipped();
    for sentence in lines::read::<Sentence>(&arguments.input)? {
        let syntax = trees.of(&sentence.id, &sentence.text)?;
        let document = Document {
            id: format!("doc:{}", sentence.id).into(),
            text: sentence.text,
            published: sentence.date,
            ..Document::default()
        };
        let annotations = annotate(&document, syntax, &knowledge);
        let records = extract(&document, &annotations, &knowledge);
        let prediction = Prediction { id: sentence.id, events: code(&records) };
        serde_json::to_writer(&mut output, &prediction)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(())
}

/// Returns the records of one sentence as coded events, the surest first.
fn code(records: &DocumentRecords) -> Vec<Coded> {
    let mut found = Vec::new();
    let mut add = |evidence: &Evidence,
                   (code, mode, context): (Option<PloverCode>, &Option<String>, &[String]),
                   actor: Side<'_>,
                   recipient: Side<'_>,
                   factuality: Factuality| {
        let hypothetical = matches!(factuality, Factuality::Denied | Factuality::Conditional);
        let Some(code) = code.filter(|_| !hypothetical && evidence.certainty >= LEAST) else { return };
        let (source, source_sector) = actor.codes(&records.mentions);
        let (target, target_sector) = recipient.codes(&records.mentions);
        let span = evidence.spans.first();
        found.push(Coded {
            event: code,
            mode: mode.clone(),
            context: context.to_vec(),
            source,
            source_sector,
            source_span: actor.pairs().next(),
            source_spans: actor.pairs().collect(),
            target,
            target_sector,
            target_span: recipient.pairs().next(),
            target_spans: recipient.pairs().collect(),
            event_span: span.map(|span| (span.start, span.end)),
            certainty: evidence.certainty,
            start: span.map_or(0, |span| span.start),
            rule: evidence.rule.clone(),
            factuality,
        });
    };
    for it in &records.events {
        let actor = Side { actors: it.actor.clone(), spans: &it.actor_spans };
        let recipient = Side { actors: it.recipient.clone(), spans: &it.recipient_spans };
        add(&it.evidence, (it.code, &it.mode, &it.context), actor, recipient, it.factuality);
    }
    for it in &records.meetings {
        let planned = it.factuality == Factuality::Planned;
        let code = if planned { PloverCode::Agree } else { PloverCode::Consult };
        if planned && records.events.iter().any(|event| event.evidence.spans == it.evidence.spans) {
            continue;
        }
        // All who meet are actors; a host, or those between whom somebody mediates, are recipients.
        let others = |actor: &&ActorId| !it.recipient.contains(actor);
        let actors = it.participants.iter().filter(others).cloned().collect();
        let actor = Side { actors, spans: &it.participant_spans };
        let recipient = Side { actors: it.recipient.clone(), spans: &it.recipient_spans };
        let mode = if planned { &None } else { &it.mode };
        add(&it.evidence, (Some(code), mode, &[]), actor, recipient, it.factuality);
    }
    for it in &records.incidents {
        let actor = Side { actors: it.actor.clone(), spans: &it.actor_spans };
        let recipient = Side { actors: it.recipient.clone(), spans: &it.recipient_spans };
        add(&it.evidence, (it.code, &it.mode, &[]), actor, recipient, it.factuality);
    }
    found.sort_by(|a, b| b.certainty.total_cmp(&a.certainty).then(a.start.cmp(&b.start)));
    found.truncate(MOST);
    found
}

/// One side of an event: the actors, and the words for them.
struct Side<'r> {
    actors: Vec<ActorId>,
    spans: &'r [CharSpan],
}

impl Side<'_> {
    /// Returns where the words for this side begin and end, in code points.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.spans.iter().map(|span| (span.start, span.end))
    }

    /// Returns the country codes of this side, and the sectors that go with them.
    fn codes(&self, mentions: &[Mention]) -> (Vec<String>, Vec<String>) {
        let mut codes = Vec::new();
        let mut sectors = Vec::new();
        for actor in &self.actors {
            let of_actor = || mentions.iter().filter(|mention| mention.actor == *actor);
            let own = of_actor().find_map(|mention| mention.state.clone());
            let sector = self.sector(mentions, actor).or_else(|| of_actor().find_map(|it| it.sector));
            let code = match (actor.strip_prefix("state:"), own) {
                (Some(state), _) => state.to_owned(),
                (None, Some(state)) => state,
                (None, None) => {
                    match of_actor().find_map(international).or_else(|| self.body(mentions, actor)) {
                        Some(code) => code.to_owned(),
                        None => continue,
                    }
                }
            };
            if !codes.contains(&code) {
                codes.push(code);
                sectors.push(sector.map_or_else(String::new, |sector| sector.to_string()));
            }
        }
        (codes, sectors)
    }

    /// Returns the sector that the words of this side give `actor`: `Turkish police` is Turkey and COP.
    fn sector(&self, mentions: &[Mention], actor: &ActorId) -> Option<Sector> {
        mentions
            .iter()
            .filter(|mention| {
                mention.actor == *actor && self.spans.iter().any(|span| span.contains(mention.span))
            })
            .find_map(|mention| mention.sector)
    }

    /// Returns the code of the international body that the words of this side give `actor`: UN in `UN peacekeepers`.
    fn body(&self, mentions: &[Mention], actor: &ActorId) -> Option<&'static str> {
        let outer: Vec<CharSpan> =
            mentions.iter().filter(|mention| mention.actor == *actor).map(|mention| mention.span).collect();
        mentions
            .iter()
            .filter(|mention| mention.actor != *actor)
            .filter(|mention| self.spans.iter().chain(&outer).any(|span| span.contains(mention.span)))
            .find_map(international)
    }
}

/// Returns PLOVER's code for a body that belongs to no single state.
fn international(mention: &Mention) -> Option<&'static str> {
    match (mention.sector, mention.actor_kind) {
        (Some(Sector::BodyOfStates | Sector::NonGovernmental), _) => Some("IGO"),
        (_, ActorKind::ArmedGroup) if mention.state.is_none() => Some("IMG"),
        _ => None,
    }
}
