//! Event coding, one sentence a line: `{"id", "date", "text"}` in, `{"id", "events": [{"event", "mode", "context",
//! "source", "source_sector", "target", "target_sector", "…_span"}]}` out.
//!
//! PLOVER's form has no factuality: acts that are denied or hang on a condition are left out, and a meeting that is only planned is an AGREE
//! ("future CONSULT"), as PLOVER's single-type rule has it.

use std::io::Write as _;

use readout_annotate::{Annotations, annotate};
use readout_extract::extract;
use readout_knowledge::Knowledge;
use readout_record::{ActorId, ActorKind, Document, Evidence, Factuality};
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
    event: String,
    mode: Option<String>,
    context: Vec<String>,
    source: Vec<String>,
    source_sector: Vec<String>,
    target: Vec<String>,
    target_sector: Vec<String>,
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
            id: format!("doc:{}", sentence.id),
            text: sentence.text,
            published: sentence.date,
            ..Document::default()
        };
        let annotations = annotate(&document, syntax, &knowledge);
        let records = extract(&document, &annotations, &knowledge);
        let prediction = Prediction { id: sentence.id, events: code(&annotations, &records) };
        serde_json::to_writer(&mut output, &prediction)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(())
}

/// The records of one sentence as coded events, the surest first.
fn code(annotations: &Annotations, records: &readout_record::DocumentRecords) -> Vec<Coded> {
    let mut found = Vec::new();
    let mut add = |evidence: &Evidence,
                   code: &str,
                   mode: &Option<String>,
                   context: &[String],
                   actor: &[ActorId],
                   recipient: &[ActorId],
                   factuality: Factuality| {
        let hypothetical = matches!(factuality, Factuality::Denied | Factuality::Conditional);
        if hypothetical || code.is_empty() || evidence.certainty < LEAST {
            return;
        }
        let (source, source_sector) = sides(annotations, actor);
        let (target, target_sector) = sides(annotations, recipient);
        let span = evidence.spans.first();
        found.push(Coded {
            event: code.to_owned(),
            mode: mode.clone(),
            context: context.to_vec(),
            source,
            source_sector,
            target,
            target_sector,
            event_span: span.map(|span| (span.start, span.end)),
            certainty: evidence.certainty,
            start: span.map_or(0, |span| span.start),
            rule: evidence.rule.clone(),
            factuality,
        });
    };
    for event in &records.events {
        let it = event;
        add(&it.evidence, &it.code, &it.mode, &it.context, &it.actor, &it.recipient, it.factuality);
    }
    for meeting in &records.meetings {
        let planned = meeting.factuality == Factuality::Planned;
        let code = if planned { "AGREE" } else { "CONSULT" };
        if planned && records.events.iter().any(|event| event.evidence.spans == meeting.evidence.spans) {
            continue;
        }
        add(&meeting.evidence, code, &None, &[], &meeting.participants, &[], meeting.factuality);
    }
    for incident in &records.incidents {
        let it = incident;
        add(&it.evidence, &it.code, &it.mode, &[], &it.actor, &it.recipient, it.factuality);
    }
    found.sort_by(|a, b| b.certainty.total_cmp(&a.certainty).then(a.start.cmp(&b.start)));
    found.truncate(MOST);
    found
}

/// The state that the words of a mention of `chain` name: `the king of Morocco`, `Chile's supreme court`.
fn words_state(annotations: &Annotations, chain: &readout_annotate::Chain) -> Option<String> {
    let mentions = &annotations.mentions;
    chain.mentions.iter().filter_map(|&number| mentions.mentions.get(number as usize)).find_map(|outer| {
        mentions
            .mentions
            .iter()
            .filter(|inner| outer.span.contains(inner.span))
            .find_map(|inner| mentions.chains.get(inner.chain as usize)?.state.clone())
    })
}

/// Whether a body's sector says that it belongs to no one state.
fn is_international(sector: Option<&str>) -> bool {
    matches!(sector, Some("IGO" | "NGO" | "UNO"))
}

/// Country codes, and the sectors that go with them, of `actors`.
fn sides(annotations: &Annotations, actors: &[ActorId]) -> (Vec<String>, Vec<String>) {
    let mut codes = Vec::new();
    let mut sectors = Vec::new();
    for actor in actors {
        let chain = annotations.mentions.chains.iter().find(|chain| chain.actors.contains(actor));
        let own = chain.and_then(|chain| chain.state.clone().or_else(|| words_state(annotations, chain)));
        let code = match (actor.strip_prefix("state:"), chain) {
            (Some(state), _) => state.to_owned(),
            (None, Some(chain)) => match (&own, chain.kind) {
                (Some(state), _) => state.clone(),
                (None, ActorKind::Organisation) if is_international(chain.sector.as_deref()) => {
                    "IGO".to_owned()
                }
                (None, ActorKind::ArmedGroup) => "IMG".to_owned(),
                _ => continue,
            },
            (None, None) => continue,
        };
        if !codes.contains(&code) {
            codes.push(code);
            sectors.push(chain.and_then(|chain| chain.sector.clone()).unwrap_or_default());
        }
    }
    (codes, sectors)
}
