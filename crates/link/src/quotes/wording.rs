//! Statements prepared to be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_lexicon::stem;
use readout_record::{ActorId, RecordId, Statement};

use crate::hash::word_key;
use crate::report::{Report, days};
use crate::words::{Words, capped};

/// Largest number of days between two reports of one utterance, unless it is given word for word.
pub(super) const MAX_DAYS: i32 = 10;

/// One statement, prepared.
pub(crate) struct Wording {
    pub(super) report: Rc<Report>,
    /// Its place among the statements of the report.
    pub(super) at: usize,
    /// The named speakers, by their ids over all documents.
    pub(super) speakers: BTreeSet<ActorId>,
    pub(super) words: Words,
    /// Stems of the content words, in order.
    pub(super) content: Vec<u32>,
    /// Whether each content word starts with a small letter.
    pub(super) plain: Vec<bool>,
    /// Words with a digit, each with the number of the content word that it is.
    pub(super) numbers: Vec<(usize, u32)>,
    /// The numbers of the content words after a `not`.
    pub(super) negations: Vec<usize>,
    pub(super) day: Option<i32>,
    /// The statements around it, itself first.
    pub(super) chain: Vec<RecordId>,
}

impl Wording {
    /// Returns the statement itself.
    pub(crate) fn statement(&self) -> &Statement {
        &self.report.records.statements[self.at]
    }
}

/// Returns the statements of `report` with at least three content words, sorted by their ids.
pub(super) fn wordings(report: &Rc<Report>) -> Vec<Wording> {
    let mut out = Vec::new();
    let statements = &report.records.statements;
    let parents: BTreeMap<&RecordId, &RecordId> = statements
        .iter()
        .filter_map(|statement| Some((&statement.evidence.id, statement.parent.as_ref()?)))
        .collect();
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by(|&a, &b| statements[a].evidence.id.cmp(&statements[b].evidence.id));
    for at in order {
        let statement = &statements[at];
        let text = capped(&statement.content_text);
        let words = Words::new(text);
        let mut content = Vec::new();
        let mut plain = Vec::new();
        let (mut numbers, mut negations) = (Vec::new(), Vec::new());
        for (at, span) in words.spans.iter().enumerate() {
            let word = span.slice(text);
            if is_negation(word) {
                negations.push(content.len());
                continue;
            }
            if word.contains(|letter: char| letter.is_ascii_digit()) {
                numbers.push((content.len(), words.keys[at]));
            }
            if words.content[at] {
                content.push(word_key(&stem(&word.to_lowercase())));
                plain.push(word.chars().next().is_some_and(char::is_lowercase));
            }
        }
        if content.len() < 3 {
            continue;
        }
        out.push(Wording {
            report: Rc::clone(report),
            at,
            speakers: report
                .actors(&statement.speaker)
                .into_iter()
                .filter(|speaker| !speaker.is_unnamed())
                .collect(),
            words,
            content,
            plain,
            numbers,
            negations,
            day: days(statement.time.as_ref()).map(|(from, _)| from).or(report.day),
            chain: chain(&statement.evidence.id, &parents).into_iter().cloned().collect(),
        });
    }
    out
}

/// Whether `word` negates what comes after it.
fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    matches!(word.as_str(), "not" | "no" | "never" | "neither" | "nor" | "cannot" | "without")
        || word.ends_with("n't")
}

/// Returns the record ids of `statement` and of all statements around it, innermost first.
fn chain<'a>(statement: &'a RecordId, parents: &BTreeMap<&'a RecordId, &'a RecordId>) -> Vec<&'a RecordId> {
    let mut out = vec![statement];
    let mut at = statement;
    while let Some(&parent) = parents.get(at) {
        if out.contains(&parent) {
            break;
        }
        out.push(parent);
        at = parent;
    }
    out
}
