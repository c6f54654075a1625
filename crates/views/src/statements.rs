//! Statements, and the utterances that several reports give.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, ActorKind, Mode, RecordId, Statement, Time};
use readout_text::CharSpan;
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::when::day_of;

/// A statement of one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StatementRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The speakers, as far as they can be named.
    pub speaker: Vec<ActorName>,
    /// The report's words for the speaker; empty if there are none.
    pub source: String,
    /// True if the speaker has a name.
    pub named: bool,
    /// The words of saying.
    pub cue: Option<String>,
    /// The speech act, such as `say`, `deny`, `demand`.
    pub act: Option<String>,
    /// The actors to whom it was said.
    pub addressee: Vec<ActorName>,
    /// The actors through whom the statement reached the outlet, outermost first.
    pub via: Vec<ActorName>,
    /// The form of the content: quoted, retold, or both.
    pub mode: Mode,
    /// True if the report says that it was not said.
    pub negated: bool,
    /// The words that are given to the speaker.
    pub content: String,
    /// The time of saying.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The statement that contains this one.
    pub parent: Option<RecordId>,
    /// The quote to which the statement belongs, if other reports give the utterance too.
    pub quote: Option<RecordId>,
}

/// An utterance with quoted words, in all its wordings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The statement with the fullest wording.
    #[serde(flatten)]
    pub best: StatementRow,
    /// The other wordings.
    pub wordings: Vec<Wording>,
    /// The number of outlets that give the utterance. A report that is mostly a copy counts with the report that it
    /// copies.
    pub outlets: usize,
}

/// One more wording of an utterance.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Wording {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The content, in this report's words.
    pub content: String,
    /// The words of the fullest wording that this one lacks.
    pub missing: String,
    /// The words of this wording that the fullest one lacks.
    pub added: String,
}

/// Returns one row for each statement of a report, in the order of the reports and of their texts.
pub fn statements(contents: &Contents, filter: &Filter) -> Vec<StatementRow> {
    let selection = Selection::new(contents, filter);
    selection
        .each(|it| &it.statements)
        .filter(|it| shown(&selection, it))
        .map(|it| statement_row(&selection, it))
        .collect()
}

/// Returns one row for each utterance in quoted words or in several reports, with all its wordings.
///
/// Rows are in the order in which the reports first give them. A filter that fits one wording shows all of them.
pub fn quotes(contents: &Contents, filter: &Filter) -> Vec<QuoteRow> {
    let selection = Selection::new(contents, filter);
    utterances(&selection)
        .into_iter()
        .filter(|group| group.iter().any(|it| shown(&selection, it)))
        .filter(|group| group.len() > 1 || group.iter().any(|it| it.mode != Mode::Indirect))
        .filter_map(|group| quote_row(&selection, &group))
        .collect()
}

/// The kind of row of a statement of which the report says that it was not made.
pub const NEGATED: &str = "negated";

pub(crate) fn shown(selection: &Selection<'_>, it: &Statement) -> bool {
    let negated = if it.negated { NEGATED } else { "" };
    selection.parties(&[&it.speaker], &[&it.addressee])
        && selection.kinds(&["statement", it.mode.as_str(), it.act.as_deref().unwrap_or_default(), negated])
        && selection.times(it.time.as_ref(), &it.evidence.doc)
        && selection.words(&[&it.evidence.id], &[&it.evidence.text, &it.content_text])
}

pub(crate) fn statement_row(selection: &Selection<'_>, it: &Statement) -> StatementRow {
    let words = |span: Option<CharSpan>| {
        span.map(|span| selection.words_at(&it.evidence.doc, span)).filter(|text| !text.is_empty())
    };
    let is_named = |id: &ActorId| selection.names.kind(id).is_some_and(|kind| kind != ActorKind::Unnamed);
    StatementRow {
        citation: selection.citation(&it.evidence),
        speaker: selection.actors(&it.speaker),
        source: words(it.source).unwrap_or_default(),
        named: it.speaker.iter().any(is_named),
        cue: words(it.cue),
        act: it.act.clone(),
        addressee: selection.actors(&it.addressee),
        via: selection.actors(&it.via),
        mode: it.mode,
        negated: it.negated,
        content: it.content_text.clone(),
        time: it.time.clone(),
        day: day_of(it.time.as_ref()),
        parent: it.parent.clone(),
        quote: it.quote.clone(),
    }
}

/// Groups statements by utterance, in the order in which the reports give them. The fullest wording comes first.
pub(crate) fn utterances<'c>(selection: &Selection<'c>) -> Vec<Vec<&'c Statement>> {
    let quotes = &selection.contents.quotes;
    let best: BTreeMap<&str, &str> =
        quotes.iter().map(|it| (it.id.as_str(), it.best_member.as_str())).collect();
    let mut groups: Vec<Vec<&Statement>> = Vec::new();
    let mut by_quote: BTreeMap<&str, usize> = BTreeMap::new();
    for it in selection.each(|it| &it.statements) {
        let group = it.quote.as_deref().map(|quote| *by_quote.entry(quote).or_insert(groups.len()));
        match group.and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    for group in &mut groups {
        let fullest = group.first().and_then(|it| it.quote.as_deref()).and_then(|quote| best.get(quote));
        if let Some(at) = group.iter().position(|it| Some(&it.evidence.id.as_str()) == fullest) {
            group[..=at].rotate_right(1);
        }
    }
    groups
}

pub(crate) fn quote_row(selection: &Selection<'_>, group: &[&Statement]) -> Option<QuoteRow> {
    let (best, others) = group.split_first()?;
    let quote = best.quote.as_deref().and_then(|id| selection.quote(id));
    let wording = |it: &&Statement| {
        let difference =
            quote.and_then(|quote| quote.differences.iter().find(|of| of.member == it.evidence.id));
        let (missing, added) =
            difference.map(|of| (of.missing.clone(), of.added.clone())).unwrap_or_default();
        Wording {
            citation: selection.citation(&it.evidence),
            content: it.content_text.clone(),
            missing,
            added,
        }
    };
    let wordings: Vec<Wording> = others.iter().map(wording).collect();
    let best = statement_row(selection, best);
    let outlet = |citation: &crate::Citation| selection.origin(&citation.doc);
    let outlets: BTreeSet<String> =
        std::iter::once(&best.citation).chain(wordings.iter().map(|it| &it.citation)).map(outlet).collect();
    Some(QuoteRow { best, wordings, outlets: outlets.len() })
}
