//! The parts of which the pages of stories and actors are made.

use minijinja::Value;
use readout::views::{self, Contents, Filter, figures};
use serde::Serialize;

use super::{Addresses, value_of};
use crate::rows::{Rows, title};

/// One part of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) total: usize,
    pub(crate) rows: Value,
    /// Where all of it is.
    pub(crate) more: Option<String>,
    /// A picture of it, as SVG.
    pub(crate) figure: Option<String>,
    pub(crate) note: Option<&'static str>,
}

/// The part `name` with its first `most` lines. `None` where there is nothing.
pub(crate) fn section(
    name: &str,
    contents: &Contents,
    filter: &Filter,
    most: usize,
    links: &dyn Addresses,
) -> Option<Section> {
    let rows = Rows::of(name, contents, filter)?;
    let total = rows.len();
    (total > 0).then(|| Section {
        name: name.to_owned(),
        title: title(name).to_owned(),
        total,
        figure: figure(&rows, links),
        rows: value_of(rows.part(0, most)),
        more: None,
        note: None,
    })
}

/// A picture of the lines, where there is one of their kind.
pub(crate) fn figure(rows: &Rows, links: &dyn Addresses) -> Option<String> {
    let of = |id: &str| links.of(id);
    let drawn = match rows {
        Rows::Timeline(rows) => figures::timeline_figure(rows, &|row| {
            row.linked.as_deref().map_or_else(|| links.passage(&row.citation), of)
        }),
        Rows::Issues(rows) => figures::positions_figure(rows, &of),
        Rows::Compare(rows) => figures::outlets_figure(rows, &of),
        _ => String::new(),
    };
    (!drawn.is_empty()).then_some(drawn)
}

/// Who talks to whom, with the picture and the ties as lines.
pub(crate) fn network(contents: &Contents, links: &dyn Addresses) -> Option<Section> {
    let network = figures::network(contents, &contents.names());
    let drawn = network.svg(&|id| links.of(id));
    (!drawn.is_empty()).then(|| Section {
        name: "network".to_owned(),
        title: "Who talks to whom".to_owned(),
        total: network.ties.len(),
        rows: value_of(ties(&network)),
        more: None,
        figure: Some(drawn),
        note: Some("What was said to somebody, and who met or called. Several reports of one count once."),
    })
}

#[derive(Serialize)]
struct TieRow {
    a: views::ActorName,
    b: views::ActorName,
    told: String,
}

fn ties(network: &figures::Network) -> Vec<TieRow> {
    let name = |id: &str| views::ActorName {
        id: id.to_owned(),
        name: network.actors.iter().find(|it| it.id == id).map(|it| it.name.clone()).unwrap_or_default(),
    };
    let rows = network.ties.iter().take(12);
    rows.map(|it| TieRow { a: name(&it.a), b: name(&it.b), told: it.told() }).collect()
}
