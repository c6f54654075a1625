use minijinja::{Value, context};
use readout::Found;
use readout::asking::{self, Asking, Rowing};
use readout::store::FacetCount;

use super::around::Around;
use super::lists::kept;
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

/// Statements shown with a report.
const STATEMENTS: usize = 3;

/// Answers with the reports that have the words, and with their facets: outlets, stories and kinds of record.
pub(crate) fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, words, page: start } = &asked.asking;
    let readout::Search { found, facets } =
        view.corpus.search(words, filter, start)?.map_err(ServeError::Unknown)?;
    let mut hits = Vec::new();
    for Found { hit, mut statements } in found.rows {
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
    let content = context! {
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
        context! { name => it.name.as_str(), count => it.documents, current, href => format!("/search{query}") }
    });
    values.collect()
}
