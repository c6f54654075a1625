//! The stories.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{DocumentId, Episode, RecordId, Story};
use serde::Serialize;

use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::words::folded;

/// A story: reports on one running affair.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StoryRow {
    /// The id.
    pub id: RecordId,
    /// A headline for the story.
    pub title: String,
    /// The words that mark the story.
    pub keywords: Vec<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The day that the story is about.
    pub day: Option<String>,
    /// The story's reports.
    pub documents: Vec<DocumentId>,
    /// The outlets of its reports, sorted.
    pub outlets: Vec<String>,
    /// The episodes: reports that belong together in time.
    pub episodes: Vec<Episode>,
}

/// Returns the running stories. The story with the latest last day comes first.
pub fn stories(contents: &Contents, filter: &Filter) -> Vec<StoryRow> {
    let selection = Selection::new(contents, filter);
    let outlets: BTreeMap<&str, Option<&str>> =
        contents.documents.iter().map(|it| (it.id.as_str(), it.outlet.as_deref())).collect();
    let mut rows: Vec<StoryRow> = Vec::new();
    for it in &contents.stories {
        let dated = it.documents.iter().any(|doc| selection.has(doc) && selection.dates(None, doc));
        if dated && story_fits(it, filter) {
            let names = it.documents.iter().filter_map(|doc| outlets.get(doc.as_str()).copied().flatten());
            rows.push(story_row(it, names));
        }
    }
    rows.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// Whether a story is of the kind, and has the words in its title and keywords, that `filter` asks for. Looks at none
/// of its reports.
pub fn story_fits(story: &Story, filter: &Filter) -> bool {
    let has: Vec<String> =
        std::iter::once(&story.title).chain(&story.keywords).flat_map(|text| folded(text)).collect();
    let asked = [&filter.text, &filter.issue].into_iter().flatten();
    (filter.kind.is_empty() || filter.kind.iter().any(|it| it.eq_ignore_ascii_case("story")))
        && asked.flat_map(|text| folded(text)).all(|word| has.contains(&word))
}

/// Returns the row of a story whose reports are by `outlets`.
pub fn story_row<'o>(story: &Story, outlets: impl IntoIterator<Item = &'o str>) -> StoryRow {
    let outlets: BTreeSet<&str> = outlets.into_iter().collect();
    StoryRow {
        id: story.id.clone(),
        title: story.title.clone(),
        keywords: story.keywords.clone(),
        from: story.from.clone(),
        to: story.to.clone(),
        day: story.day.clone(),
        documents: story.documents.clone(),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        episodes: story.episodes.clone(),
    }
}
