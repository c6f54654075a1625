use std::collections::BTreeSet;

use minijinja::{Value, context};
use readout::Found;
use readout::asking::{self, Asking, Rowing};
use readout::record::RecordId;
use readout::store::FacetCount;

use super::around::Around;
use super::lists::kept;
use crate::address::address;
use crate::layout::page;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The number of reports of a page.
const LINES: usize = 20;

/// The parameters of the page.
pub(crate) const TAKES: Takes = Takes {
    names: |_| asking::SEARCH.iter().copied().chain(["q", "after"]).collect(),
    rowing: Rowing { usual: LINES, most: LINES },
};

/// The most values of a facet that are shown.
const VALUES: usize = 10;

/// The most actors and quotes that are shown above the reports.
const PEOPLE: usize = 6;
const QUOTES: usize = 4;

/// Statements shown with a report.
const STATEMENTS: usize = 3;

/// Answers with the reports that have the words, and with their facets: outlets, stories and kinds of record.
pub(crate) fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, words, page: start, .. } = &asked.asking;
    let readout::Search { found, facets } =
        view.corpus.search(words, filter, start)?.map_err(ServeError::Unknown)?;
    let mut hits = Vec::new();
    // What several reports quote with these words, each once.
    let mut quotes: Vec<Value> = Vec::new();
    let mut quoted: BTreeSet<RecordId> = BTreeSet::new();
    for Found { hit, mut statements } in found.rows.iter().cloned() {
        for it in &statements {
            if let Some(quote) = &it.quote
                && quotes.len() < QUOTES
                && quoted.insert(quote.clone())
            {
                quotes.push(context! { id => quote.as_str(), row => value_of(it) });
            }
        }
        let more = statements.len().saturating_sub(STATEMENTS);
        statements.truncate(STATEMENTS);
        let snippet: Vec<Value> =
            hit.snippet.iter().map(|it| context! { text => it.text.as_str(), found => it.found }).collect();
        hits.push(context! {
            doc => hit.doc.as_str(), title => hit.title.clone(), outlet => hit.outlet.clone(), published => hit.published.clone(), snippet, more,
            statements => value_of(statements),
        });
    }
    let groups: Vec<Value> = [
        ("outlet", "Outlet", &facets.outlets),
        ("story", "Story", &facets.stories),
        ("kind", "Has a", &facets.kinds),
    ]
    .into_iter()
    .filter(|(_, _, values)| !values.is_empty())
    .map(|(name, title, values)| {
        context! { title, values => facet(asked, name, values), more => values.len().saturating_sub(VALUES) }
    })
    .collect();
    let people = view.corpus.actors_called(words, PEOPLE)?;
    let nobody = if found.total == 0 { view.corpus.nobody_called(words)? } else { None };
    let near: Vec<Value> = (nobody.into_iter().flat_map(|it| it.near))
        .map(|it| context! { name => it.name.as_str(), href => address(&it.id) })
        .collect();
    let content = context! {
        people => value_of(&people.rows),
        people_total => people.total,
        quotes,
        near,
        query => words.as_str(),
        hits,
        groups,
        kept => kept(asked),
        total => facets.documents,
        complete => facets.complete,
        since => asked.query.get("since"),
        until => asked.query.get("until"),
        months => value_of(&facets.months),
        around => value_of(Around::of(asked, start.from(), LINES, found.total)),
    };
    let title = if words.is_empty() { "Search".to_owned() } else { format!("Search: {words}") };
    page(view.site, "search.html", &title, "search", content)
}

fn facet(asked: &Asked, name: &str, values: &[FacetCount]) -> Vec<Value> {
    let chosen = asked.query.all(name);
    let values = values.iter().take(VALUES).map(|it| {
        let current = chosen.contains(&it.value);
        let query = match current {
            true => asked.query.without(name, &it.value),
            false => asked.query.and(name, &it.value),
        };
        context! { id => it.value.as_str(), name => it.name.as_str(), count => it.documents, current, href => format!("/search{query}") }
    });
    values.collect()
}
