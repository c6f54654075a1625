//! The front page: the file as a whole.

use minijinja::{Value, context};
use readout::asking::Asking;
use readout::views::figures;
use readout::views::{Filter, MonthCount};

use super::exits::Exits;
use super::lists::{kept, list_address};
use crate::layout::page;
use crate::query::Query;
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// Answers with the file as a whole: its reports by month, its stories, and where to look first; under a filter, with
/// the stories and reports that it lets through.
pub(crate) fn front(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, .. } = &asked.asking;
    let found = view.corpus.overview(filter)?.map_err(ServeError::Unknown)?;
    let whole = *filter == Filter::default();
    let figure = months(asked, &found.months);
    let counts: Vec<Value> = (found.counts.iter())
        .filter(|it| it.count != Some(0))
        .map(|it| {
            let here = if it.list == "sources" { asked.query.with("", None) } else { String::new() };
            context! { one => it.one, count => it.count, href => format!("{}{here}", list_address(it.list)) }
        })
        .collect();
    let content = context! {
        it => value_of(&found),
        whole,
        figure,
        counts => if whole { counts } else { Vec::new() },
        kept => kept(asked),
        here => asked.query.with("", None),
        exits => value_of(Exits { json: Some(format!("/api/v1/overview{}", asked.query.with("", None))), ..Exits::default() }),
    };
    page(view.site, "front.html", if whole { "Overview" } else { "A part of the file" }, "overview", content)
}

/// Draws the months of a page's reports. Each leads to the page for that month alone, the one that is shown back to all.
pub(crate) fn months(asked: &Asked, found: &[MonthCount]) -> String {
    let filter = &asked.asking.filter;
    let chosen = |it: &MonthCount| {
        filter.since.as_deref() == Some(it.month.as_str())
            && filter.until.as_deref() == Some(it.next.as_str())
    };
    let month = |it: &MonthCount| {
        format!("{}{}", asked.path, in_days(&asked.query, Some(it).filter(|it| !chosen(it))))
    };
    figures::months_figure(found, &month, &chosen)
}

/// Returns the query of the page for one month, or for all of them.
fn in_days(query: &Query, month: Option<&MonthCount>) -> String {
    let others: Vec<(&str, &str)> =
        query.pairs().filter(|(name, _)| !["since", "until", "after"].contains(name)).collect();
    let days = month.iter().flat_map(|it| [("since", it.month.as_str()), ("until", it.next.as_str())]);
    Query::of(others.into_iter().chain(days)).with("", None)
}
