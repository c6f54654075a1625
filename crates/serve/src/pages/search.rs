use minijinja::{Value, context};
use readout::store::FacetCount;
use readout::{Found, Page};

use super::{Around, page, value_of};
use crate::Result;
use crate::answer::{Answer, Asked, View};

/// How many reports a page has.
const LINES: usize = 20;

/// How many values of a facet are shown.
const VALUES: usize = 10;

/// Statements shown with a report.
const STATEMENTS: usize = 3;

/// Reports that have the words, with what they are by, of and about.
pub(crate) fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let words = asked.query.get("q").unwrap_or_default();
    let start = Page { after: asked.query.get("after").map(str::to_owned), limit: LINES };
    let readout::Search { found, facets } = view.corpus.search(words, &asked.filter(), &start)?;
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
    .map(|(name, title, values)| context! { title, values => facet(asked, name, values) })
    .collect();
    let kept = ["outlet", "story", "kind", "since", "until", "actor"];
    let kept: Vec<Value> = kept
        .iter()
        .flat_map(|name| asked.query.all(name).into_iter().map(move |value| (*name, value)))
        .map(|(name, value)| {
            let href = format!("/search{}", asked.query.without(name, &value));
            context! { name, value, href }
        })
        .collect();
    let content = context! {
        query => words,
        hits,
        groups,
        kept,
        total => facets.documents,
        complete => facets.complete,
        since => asked.query.get("since"),
        until => asked.query.get("until"),
        months => value_of(&facets.months),
        around => value_of(Around::after(asked, found.next)),
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
