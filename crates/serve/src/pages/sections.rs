//! The parts of which the pages of stories and actors are made.

use crate::address::Addresses;
use crate::templates::value_of;
use minijinja::Value;
use readout::record::ActorId;
use readout::views::figures::{self, NetworkWanted};
use readout::views::{self, Contents, Filter, Grid, ListKind, Rows};
use serde::Serialize;

/// The most ties of a network that a page shows among other parts.
pub(crate) const TIES: usize = 12;

/// The parts of a story's page, with how many lines of each it shows.
pub(crate) const STORY: [(ListKind, usize); 10] = [
    (ListKind::Timeline, 12),
    (ListKind::Meetings, 8),
    (ListKind::Quotes, 10),
    (ListKind::Agreements, 6),
    (ListKind::Commitments, 8),
    (ListKind::Conditions, 6),
    (ListKind::Issues, 8),
    (ListKind::Differences, 8),
    (ListKind::Compare, 8),
    (ListKind::Sources, 12),
];

/// One part of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Section {
    pub(crate) name: String,
    /// The name of its place on the page, where another part has the same name.
    pub(crate) anchor: Option<&'static str>,
    pub(crate) title: String,
    pub(crate) total: usize,
    pub(crate) rows: Value,
    /// True if there may be more than `total` lines, since not all reports were looked at.
    pub(crate) least: bool,
    /// The address of the whole part.
    pub(crate) more: Option<String>,
    /// A picture of it, as SVG.
    pub(crate) figure: Option<String>,
    /// The grid of stances, where it is one.
    pub(crate) grid: Option<Grid>,
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
        figure: figure(&rows, contents.days(), links),
        grid: grid(&rows),
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

/// Returns the grid of the stances in the lines; `None` where no two actors have one on the same issue.
pub(crate) fn grid(rows: &Rows) -> Option<Grid> {
    let Rows::Issues(rows) = rows else { return None };
    Some(views::grid(rows)).filter(|it| !it.rows.is_empty())
}

/// Returns a picture of the lines, where there is one of their kind; a timeline keeps to the days around those of the
/// reports.
pub(crate) fn figure(rows: &Rows, days: Option<(i64, i64)>, links: &dyn Addresses) -> Option<String> {
    let of = |id: &str| links.of(id);
    let drawn = match rows {
        Rows::Timeline(rows) => figures::timeline_figure(rows, days, &|row| {
            row.linked.as_deref().map_or_else(|| links.passage(&row.citation), of)
        }),
        Rows::Compare(rows) => figures::outlets_figure(rows, &of),
        _ => String::new(),
    };
    (!drawn.is_empty()).then_some(drawn)
}

/// Returns the network of who talks to whom and stands with whom, with its picture and the first `most` ties as lines.
pub(crate) fn network(
    contents: &Contents,
    wanted: &NetworkWanted,
    most: usize,
    links: &dyn Addresses,
) -> Option<Section> {
    network_section(&figures::network(contents, &contents.names(), wanted), most, links)
}

/// Returns the part that shows a network, with its first `most` ties as lines. `None` without ties.
pub(crate) fn network_section(
    network: &figures::Network,
    most: usize,
    links: &dyn Addresses,
) -> Option<Section> {
    let drawn = network.svg(&|id| links.of(id));
    (!drawn.is_empty()).then(|| Section {
        name: "network".to_owned(),
        title: "Who talks to whom".to_owned(),
        total: network.ties.len(),
        rows: value_of(ties(network, most)),
        figure: Some(drawn),
        note: Some(
            "What was said to somebody, who met or called, and on which issues two stand together or apart. Several \
             reports of one count once.",
        ),
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
