//! Outlets side by side: what each has, lacks, and has differently.

use std::collections::{BTreeMap, BTreeSet};

use crate::filter::{Filter, Selection};
use crate::{
    Citation, CompareRow, Contents, DifferenceRow, DifferenceValue, OutletCell, agreements, events, quotes,
};

/// One line for each happening, utterance and agreement that at least one outlet shown has; one cell an outlet, in the
/// order of their names. A report without an outlet's name stands for itself, by its headline. What outlets give
/// differently comes first, then what only some have, then what all have, each in the order of the reports.
pub fn compare(contents: &Contents, filter: &Filter) -> Vec<CompareRow> {
    let selection = Selection::new(contents, filter);
    let outlets: BTreeSet<String> =
        selection.order.iter().map(|&at| outlet_name(contents, &contents.documents[at].id)).collect();
    let cells = |citations: Vec<Citation>| -> Vec<OutletCell> {
        let mut by_outlet: BTreeMap<&str, Vec<Citation>> =
            outlets.iter().map(|outlet| (outlet.as_str(), Vec::new())).collect();
        for citation in citations {
            let name = outlet_name(contents, &citation.doc);
            if let Some(cell) = by_outlet.get_mut(name.as_str()) {
                cell.push(citation);
            }
        }
        let cell =
            |(outlet, citations): (&str, Vec<Citation>)| OutletCell { outlet: outlet.to_owned(), citations };
        by_outlet.into_iter().map(cell).collect()
    };
    let mut rows: Vec<CompareRow> = Vec::new();
    for it in events(contents, filter) {
        let id = it.happening.clone().unwrap_or_else(|| it.citation.id.clone());
        let happening = it.happening.as_deref().and_then(|id| selection.happening(id));
        let title = happening.map(|it| it.title.clone()).filter(|it| !it.is_empty());
        rows.push(CompareRow {
            differences: differences_of(&selection, &id),
            id,
            kind: "happening",
            title: title.unwrap_or_else(|| it.citation.text.clone()),
            cells: cells(std::iter::once(it.citation).chain(it.also).collect()),
        });
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
        rows.push(CompareRow {
            id,
            kind: "quote",
            title: it.best.content,
            cells: cells(std::iter::once(it.best.citation).chain(others).collect()),
            differences,
        });
    }
    for it in agreements(contents, filter) {
        rows.push(CompareRow {
            id: it.citation.id.clone(),
            kind: "agreement",
            title: it.name,
            cells: cells(std::iter::once(it.citation).chain(it.also).collect()),
            differences: Vec::new(),
        });
    }
    rows.sort_by_cached_key(|row| {
        let have = row.cells.iter().filter(|it| !it.citations.is_empty()).count();
        let first = row
            .cells
            .iter()
            .flat_map(|it| &it.citations)
            .map(|it| (selection.place(&it.doc), it.spans.first().map_or(0, |span| span.start)));
        (row.differences.is_empty(), have < 2, have == row.cells.len(), first.min(), row.kind, row.id.clone())
    });
    rows
}

/// How a wording differs from the fullest.
fn words(it: &crate::Wording) -> String {
    let missing = if it.missing.is_empty() { String::new() } else { format!("without “{}”", it.missing) };
    let added = if it.added.is_empty() { String::new() } else { format!("with “{}”", it.added) };
    [missing, added].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Fields on which reports of one happening differ, in the order of the reports.
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
                value: side.value.clone(),
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

/// The outlet of the report `doc`, or what stands for one.
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
