//! The bar of reports by month, which leads to a page of one month.

use readout::views::MonthCount;
use readout::views::figures;

use crate::query::Query;
use crate::respond::Asked;

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
