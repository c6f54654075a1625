//! The front page: the file as a whole.

use minijinja::{Value, context};
use readout::asking::Asking;
use readout::views::Filter;

use super::exits::Exits;
use super::lists::{kept, list_address};
use super::months::months;
use crate::layout::page;
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
