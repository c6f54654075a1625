//! `readout show --why` and `readout why-not`: why a record is as it is, and why a clause gave none.

use readout::knowledge::Knowledge;
use readout::record::{Document, Record};
use readout::text::{CharSpan, Offsets};
use readout::views::words::shorten;
use readout::{Corpus, Error, Outcome as Became};

use crate::arguments::WhyNot;
use crate::file::{knowledge, open};
use crate::model;
use crate::outcome::Outcome;
use crate::page::{self, BOLD, DIM, PLAIN, Page, print, tell};

/// Explains why `record` is as it is, on a page of `width` columns.
pub(crate) fn page(record: &Record, corpus: &Corpus, width: usize) -> readout::Result<String> {
    let mut page = Page::new(width);
    let why = corpus.why(record)?;
    page.blank();
    page.paragraph("", &[(BOLD, "why")]);
    for fired in &why.rules {
        page.paragraph("  rule          ", &[(BOLD, &fired.rule), (PLAIN, "  "), (PLAIN, &fired.reads)]);
        if !fired.example.is_empty() {
            page.paragraph("                 as: ", &[(DIM, &fired.example)]);
        }
        for line in &fired.lines {
            let place = format!("{}:{}  ", line.file, line.line);
            page.paragraph("    line       ", &[(DIM, &place), (PLAIN, &line.says)]);
            if !line.example.is_empty() {
                page.paragraph("                 as: ", &[(DIM, &line.example)]);
            }
            if !line.counter_example.is_empty() {
                page.paragraph("                not: ", &[(DIM, &line.counter_example)]);
            }
        }
    }
    for side in &why.sides {
        let row = side.row.as_ref().map(|(file, line)| format!("  {file}:{line}")).unwrap_or_default();
        page.paragraph(&format!("  {:<14}", side.role), &[(BOLD, &side.actor), (DIM, &row)]);
        for (words, how) in &side.words {
            page.paragraph("                 ", &[(PLAIN, &format!("“{words}”: {how}"))]);
        }
    }
    if let Some(factuality) = why.factuality {
        page.paragraph("  factuality    ", &[(PLAIN, factuality)]);
    }
    if let Some(evidence) = record.evidence() {
        let certainty = format!("{:.2} of 1: how often such a reading is right", evidence.certainty);
        page.paragraph("  certainty     ", &[(PLAIN, &certainty)]);
        if let Some(confidence) = evidence.confidence {
            page.paragraph("  confidence    ", &[(PLAIN, confidence.in_words())]);
        }
    }
    Ok(page.into_text())
}

/// `readout why-not`.
pub(crate) fn why_not(arguments: &WhyNot) -> anyhow::Result<Outcome> {
    let wanted = arguments.passage.join(" ");
    let mut within = None;
    let mut document = Document { id: "doc:passage".into(), text: wanted.clone(), ..Document::default() };
    if wanted.contains('¶') {
        match open(&arguments.of)?.paragraph(&wanted) {
            Ok(Some((found, span))) => (document, within) = (found, Some(span)),
            Ok(None) => {}
            Err(Error::Question { message }) => {
                tell(&message);
                return Ok(Outcome::Nothing);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let known = knowledge(arguments.of.knowledge.as_deref())?.unwrap_or_else(Knowledge::shipped);
    let model = model::open(arguments.model.as_deref())?;
    let mut page = Page::new(page::width());
    let mut told = false;
    for explanation in readout::explain(&document, &model, &known) {
        if within.is_some_and(|within| !is_within(explanation.word, within)) {
            continue;
        }
        told = true;
        let offsets = Offsets::new(&document.text);
        let slice = |span| offsets.to_bytes(span).map_or("", |span| span.slice(&document.text));
        let (word, clause) = (slice(explanation.word), slice(explanation.clause));
        let became = match &explanation.outcome {
            Became::Record { id, rule } => format!("{id}, by {rule}"),
            Became::Nothing(reason) => format!("nothing: {reason}"),
        };
        page.paragraph("", &[(BOLD, word), (PLAIN, "  "), (PLAIN, &became)]);
        page.paragraph("    ", &[(DIM, &shorten(clause, 300))]);
    }
    if !told {
        tell("no verb, and no noun that names an act, stands there");
        return Ok(Outcome::Nothing);
    }
    print(&page.into_text())?;
    Ok(Outcome::Done)
}

fn is_within(span: CharSpan, outer: CharSpan) -> bool {
    outer.start <= span.start && span.end <= outer.end
}
