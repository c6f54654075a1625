//! The coder's pages: what to look at next, how often the machine was right, where two people differ.

use minijinja::{Value, context};
use readout::views::Contents;
use readout::{Agreeing, BY_HAND};

use super::around::Around;
use crate::address::{any, passage_of};
use crate::layout::page;
use crate::query::Query;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// Records on one page of the queue.
const LINES: usize = 20;

/// The parameters of the queue.
pub(crate) const QUEUE: Takes = Takes {
    names: |_| vec!["kind", "story", "outlet", "actor", "since", "until", "after", "done", "by"],
    rowing: readout::asking::Rowing { usual: LINES, most: LINES },
};

/// Answers with the records to look at next, each with the forms to judge it.
pub(crate) fn queue(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let start = &asked.asking.page;
    let found = view.corpus.queue(&asked.asking.filter, start)?.map_err(ServeError::Unknown)?;
    let rows: Vec<Value> = (found.rows.iter())
        .map(|it| {
            let certainty = format!("{:.2}", it.certainty);
            context! { row => value_of(it), certainty, passage => passage_of(&it.citation), record => any(&it.citation.id) }
        })
        .collect();
    let kinds = readout::queue_kinds().map(|kind| {
        let current = asked.asking.filter.kind.iter().any(|it| it == kind.as_str());
        context! { title => kind.as_str(), href => format!("/queue?kind={kind}"), current }
    });
    let any = context! { title => "all", href => "/queue", current => asked.asking.filter.kind.is_empty() };
    // The name that was given with one judgement stands in the form of the next.
    let unsigned = Query::parse(asked.query.with("by", None).trim_start_matches('?').as_bytes());
    let content = context! {
        rows,
        total => found.total,
        choices => std::iter::once(any).chain(kinds).collect::<Vec<_>>(),
        back => format!("{}{}", asked.path, unsigned.with("done", None)),
        by => asked.query.get("by"),
        seal => view.site.seal("form"),
        done => super::corrections::done(view, asked)?,
        around => value_of(Around::of(asked, start.from(), LINES, found.total)),
    };
    Ok(page(view.site, "queue.html", "To be looked at", "queue", content)?.with_forms())
}

/// Answers with how often the machine was right, how far people agree, and where they differ.
pub(crate) fn coders(view: &View<'_>, _: &Asked) -> Result<Answer> {
    let share = |it: Option<f64>, digits: usize| it.map(|it| format!("{it:.digits$}"));
    let scores = view.corpus.score()?;
    let scores = scores.iter().map(|it| {
        context! { row => value_of(it), precision => share(it.precision, 2), found => share(it.found, 2) }
    });
    let coders = view.corpus.coders()?;
    let rows = |of: &[Agreeing]| -> Vec<Value> {
        of.iter().map(|it| context! { row => value_of(it), alpha => share(it.alpha, 3) }).collect()
    };
    let disputes = coders.disputes.iter().map(|it| context! { row => value_of(it), record => any(&it.id) });
    let content = context! {
        scores => scores.collect::<Vec<_>>(),
        coders => value_of(&coders.coders),
        agreeing => rows(&coders.agreeing),
        values => rows(&coders.values),
        disputes => disputes.collect::<Vec<_>>(),
    };
    page(view.site, "coders.html", "Coders", "coders", content)
}

/// Returns the form by which a record is added to the report `id`, as HTML.
pub(crate) fn adding(view: &View<'_>, id: &str, contents: &Contents) -> Result<Value> {
    let mut fields: Vec<&str> = BY_HAND.iter().flat_map(|it| it.fields()).map(|it| it.name).collect();
    fields.sort_unstable();
    fields.dedup();
    let content = context! {
        seal => view.site.seal("form"),
        id,
        kinds => BY_HAND.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        fields,
        actors => value_of(super::corrections::named(contents)),
    };
    let html = view.site.templates.get_template("adding.html")?.render(content)?;
    Ok(Value::from_safe_string(html))
}
