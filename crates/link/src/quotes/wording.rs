//! Statements prepared to be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_lexicon::stem;
use readout_record::{ActorId, RecordId, Statement};

use crate::background::rarity;
use crate::hash::word_key;
use crate::report::{Report, days};
use crate::words::{Words, capped};

/// Largest number of days between two reports of one utterance, unless it is given word for word.
pub(super) const MAX_DAYS: i32 = 10;

/// Largest weight of a name or a number.
const NAME: f64 = 1.0;

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
    /// The rarity of each content word, see [`rarity`]. A name or a number is in most utterances on an affair, and counts as
    /// a common word at most.
    pub(super) weight: Vec<f64>,
    /// The runs of content words that stand in quotation marks, first and one past the last.
    pub(super) quoted: Vec<(usize, usize)>,
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
        let (mut weight, mut quoted): (Vec<f64>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
        let (mut numbers, mut negations) = (Vec::new(), Vec::new());
        let mut inside = false;
        for (at, span) in words.spans.iter().enumerate() {
            let word = span.slice(text);
            let marked = words.quoted[at];
            if marked && !inside {
                quoted.push((content.len(), content.len()));
            }
            inside = marked;
            if is_negation(word) {
                negations.push(content.len());
                continue;
            }
            if word.contains(|letter: char| letter.is_ascii_digit()) {
                numbers.push((content.len(), words.keys[at]));
            }
            if words.content[at] {
                let lower = word.to_lowercase();
                let stem = stem(&lower);
                content.push(word_key(&stem));
                let small = word.chars().next().is_some_and(char::is_lowercase);
                plain.push(small);
                weight.push(rarity(&stem).min(if small { f64::MAX } else { NAME }));
                if let Some(run) = quoted.last_mut().filter(|_| marked) {
                    run.1 = content.len();
                }
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
            weight,
            quoted,
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
