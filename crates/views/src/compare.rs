//! Outlets side by side: the facts that each has, lacks, and gives differently.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::RecordId;
use serde::Serialize;

use crate::agreements::agreements;
use crate::cite::Citation;
use crate::contents::Contents;
use crate::events::events;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::statements::quotes;

/// One fact as the outlets give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CompareRow {
    /// The happening, quote or agreement.
    pub id: RecordId,
    /// `happening`, `quote` or `agreement`.
    pub kind: &'static str,
    /// One line of text on the fact.
    pub title: String,
    /// One cell for each outlet that has the fact, in the order of the outlets' names.
    pub cells: Vec<OutletCell>,
    /// The first outlets that lack the fact, in the order of their names.
    pub lack: Vec<String>,
    /// The number of outlets that lack the fact.
    pub lacking: usize,
    /// The fields that outlets give differently.
    pub differences: Vec<DifferenceRow>,
}

/// The passages in which one outlet gives a fact.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OutletCell {
    /// The outlet.
    pub outlet: String,
    /// The outlet's passages.
    pub citations: Vec<Citation>,
}

/// A field on which reports of one fact differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceRow {
    /// The happening or quote.
    pub id: RecordId,
    /// One line of text on the happening or quote.
    pub title: String,
    /// The name of the field.
    pub field: String,
    /// Each value with the passages that give it.
    pub values: Vec<DifferenceValue>,
}

/// One side of a difference.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceValue {
    /// The value as people write it.
    pub value: String,
    /// The passages that give the value.
    pub citations: Vec<Citation>,
}

/// The greatest number of outlets without a fact that a row names: of a thousand outlets nobody reads all the names.
const LACK: usize = 24;

/// Returns one row for each happening, utterance and agreement that at least one of the shown outlets has.
///
/// A row has one cell for each outlet that has the fact, in the order of the outlets' names. A report without an
/// outlet's name counts as an outlet, under its headline. Facts that outlets give differently come first, then those
/// that only some have, then those that all have, each in the order of the reports.
pub fn compare(contents: &Contents, filter: &Filter) -> Vec<CompareRow> {
    let selection = Selection::new(contents, filter);
    let outlets: BTreeSet<String> =
        selection.order.iter().map(|&at| outlet_name(contents, &contents.documents[at].id)).collect();
    let row = |id: RecordId, kind: &'static str, title: String, citations: Vec<Citation>, differences| {
        let mut by_outlet: BTreeMap<String, Vec<Citation>> = BTreeMap::new();
        for citation in citations {
            by_outlet.entry(outlet_name(contents, &citation.doc)).or_default().push(citation);
        }
        let lack = outlets.iter().filter(|outlet| !by_outlet.contains_key(*outlet));
        let lack: Vec<String> = lack.take(LACK).cloned().collect();
        let lacking = outlets.len() - by_outlet.len();
        let cells = by_outlet.into_iter().map(|(outlet, citations)| OutletCell { outlet, citations });
        CompareRow { id, kind, title, cells: cells.collect(), lack, lacking, differences }
    };
    let mut rows: Vec<CompareRow> = Vec::new();
    for it in events(contents, filter) {
        let id = it.happening.clone().unwrap_or_else(|| it.citation.id.clone());
        let happening = it.happening.as_deref().and_then(|id| selection.happening(id));
        let title = happening.map(|it| it.title.clone()).filter(|it| !it.is_empty());
        let title = title.unwrap_or_else(|| it.citation.text.clone());
        let differences = differences_of(&selection, &id);
        rows.push(row(
            id,
            "happening",
            title,
            std::iter::once(it.citation).chain(it.also).collect(),
            differences,
        ));
    }
    for it in quotes(contents, filter) {
        let id = it.best.quote.clone().unwrap_or_else(|| it.best.citation.id.clone());
        let differs: Vec<&crate::Wording> =
            it.wordings.iter().filter(|it| !it.missing.is_empty() || !it.added.is_empty()).collect();
        let mut differences = Vec::new();
        if !differs.is_empty() {
            let value = |value: String, citation: &Citation| DifferenceValue {
                value,
                citations: vec![citation.clone()],
            };
            let mut values = vec![value(it.best.content.clone(), &it.best.citation)];
            values.extend(differs.iter().map(|it| value(words(it), &it.citation)));
            differences.push(DifferenceRow {
                id: id.clone(),
                title: it.best.content.clone(),
                field: "wording".to_owned(),
                values,
            });
        }
        let others = it.wordings.into_iter().map(|it| it.citation);
        let citations = std::iter::once(it.best.citation).chain(others).collect();
        rows.push(row(id, "quote", it.best.content, citations, differences));
    }
    for it in agreements(contents, filter) {
        let id = it.citation.id.clone();
        let citations = std::iter::once(it.citation).chain(it.also).collect();
        rows.push(row(id, "agreement", it.name, citations, Vec::new()));
    }
    rows.sort_by_cached_key(|row| {
        let have = row.cells.len();
        let first = row
            .cells
            .iter()
            .flat_map(|it| &it.citations)
            .map(|it| (selection.place(&it.doc), it.spans.first().map_or(0, |span| span.start)));
        (row.differences.is_empty(), have < 2, row.lacking == 0, first.min(), row.kind, row.id.clone())
    });
    rows
}

/// Returns the differences between a wording and the fullest, in words.
fn words(it: &crate::Wording) -> String {
    let missing = if it.missing.is_empty() { String::new() } else { format!("without “{}”", it.missing) };
    let added = if it.added.is_empty() { String::new() } else { format!("with “{}”", it.added) };
    [missing, added].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Returns the fields on which reports of one happening differ, in the order of the reports.
pub fn differences(contents: &Contents, filter: &Filter) -> Vec<DifferenceRow> {
    let selection = Selection::new(contents, filter);
    let mut seen = BTreeSet::new();
    let shown = events(contents, filter).into_iter().filter_map(|it| it.happening);
    shown.filter(|id| seen.insert(id.clone())).flat_map(|id| differences_of(&selection, &id)).collect()
}

fn differences_of(selection: &Selection<'_>, id: &str) -> Vec<DifferenceRow> {
    let Some(happening) = selection.happening(id) else { return Vec::new() };
    let mut rows = Vec::new();
    for it in &happening.disagreements {
        let values: Vec<DifferenceValue> = it
            .values
            .iter()
            .map(|side| DifferenceValue {
                value: value_in_words(selection, &it.field, &side.value),
                citations: selection.citations(&side.members),
            })
            .filter(|side| !side.citations.is_empty())
            .collect();
        // Under a filter one side alone may be left.
        if values.len() > 1 {
            rows.push(DifferenceRow {
                id: happening.id.clone(),
                title: happening.title.clone(),
                field: it.field.clone(),
                values,
            });
        }
    }
    rows
}

/// Returns a value of a disagreement as people read it: of a field of actors their names.
fn value_in_words(selection: &Selection<'_>, field: &str, value: &str) -> String {
    if !matches!(field, "claimed_by" | "blamed_on") {
        return value.to_owned();
    }
    let names = |ids: &str| ids.split(", ").map(|id| selection.names.of(id)).collect::<Vec<_>>().join(", ");
    value.split(" / ").map(names).collect::<Vec<_>>().join(" / ")
}

/// Returns the outlet of the report `doc`; if it has none, the report's title, path or id.
fn outlet_name(contents: &Contents, doc: &str) -> String {
    let Ok(at) = contents.documents.binary_search_by(|it| it.id.as_str().cmp(doc)) else {
        return doc.to_owned();
    };
    let it = &contents.documents[at];
    it.outlet
        .clone()
        .or_else(|| it.title.clone())
        .or_else(|| it.path.clone())
        .unwrap_or_else(|| doc.to_owned())
}
