//! The parts of which the pages of stories and actors are made.

use crate::address::Addresses;
use crate::templates::value_of;
use minijinja::Value;
use readout::record::ActorId;
use readout::views::{self, Contents, Filter, ListKind, Rows, figures};
use serde::Serialize;

/// The most ties of a network that a page shows among other parts.
pub(crate) const TIES: usize = 12;

/// One part of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) total: usize,
    pub(crate) rows: Value,
    /// True if there may be more than `total` lines, since not all reports were looked at.
    pub(crate) least: bool,
    /// The address of the whole part.
    pub(crate) more: Option<String>,
    /// A picture of it, as SVG.
    pub(crate) figure: Option<String>,
    pub(crate) note: Option<&'static str>,
}

/// Returns the part `kind` with the `most` lines of the greatest weight. `None` where there is nothing.
pub(crate) fn section(
    kind: ListKind,
    contents: &Contents,
    filter: &Filter,
    most: usize,
    links: &dyn Addresses,
) -> Option<Section> {
    let rows = Rows::list(kind, contents, filter);
    let total = rows.len();
    (total > 0).then(|| Section {
        name: kind.name().to_owned(),
        title: kind.title().to_owned(),
        total,
        figure: figure(&rows, links),
        rows: value_of(rows.weightiest(contents, filter, most)),
        ..Section::default()
    })
}

/// Returns the part `kind` with its last `most` lines, the last first. `None` where there is nothing.
pub(crate) fn newest(kind: ListKind, contents: &Contents, filter: &Filter, most: usize) -> Option<Section> {
    let rows = Rows::list(kind, contents, filter);
    let total = rows.len();
    (total > 0).then(|| Section {
        name: kind.name().to_owned(),
        title: kind.title().to_owned(),
        total,
        rows: value_of(rows.last(most)),
        note: (total > most).then_some("The latest reports first."),
        ..Section::default()
    })
}

/// Returns a picture of the lines, where there is one of their kind.
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

/// Returns the network of who talks to whom, with its picture and the first `most` ties as lines.
pub(crate) fn network(contents: &Contents, most: usize, links: &dyn Addresses) -> Option<Section> {
    let network = figures::network(contents, &contents.names());
    let drawn = network.svg(&|id| links.of(id));
    (!drawn.is_empty()).then(|| Section {
        name: "network".to_owned(),
        title: "Who talks to whom".to_owned(),
        total: network.ties.len(),
        rows: value_of(ties(&network, most)),
        figure: Some(drawn),
        note: Some("What was said to somebody, and who met or called. Several reports of one count once."),
        ..Section::default()
    })
}

#[derive(Serialize)]
struct TieRow {
    a: views::ActorName,
    b: views::ActorName,
    told: String,
}

fn ties(network: &figures::Network, most: usize) -> Vec<TieRow> {
    let name = |id: &ActorId| views::ActorName {
        id: id.clone(),
        name: network.actors.iter().find(|it| it.id == *id).map(|it| it.name.clone()).unwrap_or_default(),
    };
    let rows = network.ties.iter().take(most);
    rows.map(|it| TieRow { a: name(&it.a), b: name(&it.b), told: it.told() }).collect()
}
