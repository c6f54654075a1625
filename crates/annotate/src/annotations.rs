use readout_knowledge::Knowledge;
use readout_record::{Document, Note};
use readout_syntax::Syntax;

use crate::attribution::{self, Attribution};
use crate::mentions::{self, Mentions};
use crate::quotations::{self, Quotation};
use crate::times::{self, TimeExpression};

/// All that is seen in one document.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// Tokens, tags, tree, sentences, entities.
    pub syntax: Syntax,
    /// Passages in quotation marks, in order.
    pub quotations: Vec<Quotation>,
    /// The attributions, in the order of their first span: who is said to say, think or want what. They consist of
    /// spans; nobody is resolved.
    pub attributions: Vec<Attribution>,
    /// Dates, times, durations, in order.
    pub times: Vec<TimeExpression>,
    /// The mentions of people, states, organisations and groups, and the chains that they form.
    pub mentions: Mentions,
    /// Notes on what could not be done.
    pub notes: Vec<Note>,
}

/// Annotates `document`, whose text `syntax` was made of.
///
/// The order matters: attributions need quotation marks, and coreference lets both vote (`I` in a quotation is its
/// speaker).
pub fn annotate(document: &Document, syntax: Syntax, knowledge: &Knowledge) -> Annotations {
    let quotations = quotations::find(syntax.text());
    let attributions = attribution::find(&syntax, &quotations, knowledge);
    let mut times = times::find_by_parts(&syntax, document.published.as_deref(), &document.passage_times());
    let mentions = mentions::find(document, &syntax, &quotations, &attributions, knowledge);
    // `May, who was in Bath`: a person.
    let people = mentions.names_of_people();
    times.retain(|time| {
        let before = people.partition_point(|name| name.start <= time.span.start);
        let name = before.checked_sub(1).and_then(|last| people.get(last));
        name.is_none_or(|name| name.end < time.span.end)
    });
    Annotations { syntax, quotations, attributions, times, mentions, notes: Vec::new() }
}
