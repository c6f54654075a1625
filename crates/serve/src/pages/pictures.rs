//! Pictures of the file as a whole: who talks to and stands with whom, where it happened, reports side by side.

use minijinja::{Value, context};
use readout::asking;
use readout::record::{DocumentId, Record};
use readout::views::ListKind;
use readout::views::figures::{NetworkWanted, TieKind, map_figure};
use readout::{Error, Pictured, Scope};

use super::exits::Exits;
use super::lists::{form_of, kept};
use super::sections::network_section;
use crate::address::{OwnPages, address};
use crate::layout::{nothing, page};
use crate::query::{Query, path_part};
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The parameters of the network: filters of reports, one actor for the middle, sorts of tie, the least weight.
pub(crate) const NETWORK: Takes =
    Takes::only(|_| asking::OVERVIEW.iter().copied().chain(["story", "tie", "least"]).collect());

/// The parameters of the map.
pub(crate) const MAP: Takes = Takes::only(|_| asking::takes(ListKind::Events).to_vec());

/// The parameters of reports side by side: their ids, or that of a story or happening to choose from.
pub(crate) const BESIDE: Takes = Takes::only(|_| vec!["report", "of"]);

/// The ties and places that are listed below a picture.
const LISTED: usize = 60;

/// The greatest least weight that can be asked for.
const HEAVIEST: u32 = 1_000;

/// The most reports from which some can be chosen to be laid side by side.
const CHOICES: usize = 60;

/// Returns the question for a network that the address asks.
///
/// # Errors
/// For a sort of tie or a weight that is none.
pub(crate) fn network_wanted(asked: &Asked) -> Result<NetworkWanted> {
    let mut wanted = NetworkWanted::default();
    for name in asked.query.all("tie") {
        let names = || TieKind::ALL.map(|(_, it)| it).join(", ");
        let Some(kind) = TieKind::named(&name) else {
            let message = format!("tie is to be one of {}, not {name}", names());
            return Err(Error::Question { message }.into());
        };
        wanted.ties.push(kind);
    }
    if let Some(least) = asked.query.get("least") {
        match least.parse() {
            Ok(least) if (1..=HEAVIEST).contains(&least) => wanted.least = least,
            _ => {
                let message = format!("least is to be a whole number from 1 to {HEAVIEST}, not {least}");
                return Err(Error::Question { message }.into());
            }
        }
    }
    Ok(wanted)
}

/// Returns the query of a picture without what only pictures take.
fn drawn_of(asked: &Asked) -> String {
    let bare = Query::parse(asked.query.with("least", None).trim_start_matches('?').as_bytes());
    bare.with("tie", None)
}

/// Answers with the network of the newest reports that the filter lets through.
pub(crate) fn network(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let wanted = network_wanted(asked)?;
    let found = view.corpus.ties(&asked.asking.filter, &wanted)?.map_err(ServeError::Unknown)?;
    let Pictured { found, reports, total } = found;
    let section = network_section(&found, LISTED, &OwnPages);
    let choices: Vec<Value> = [
        ("said", "Said to each other"),
        ("met", "Met"),
        ("together", "Stand together"),
        ("apart", "Stand apart"),
    ]
    .map(|(name, title)| {
        let current = asked.query.all("tie").iter().any(|it| it == name);
        let query = if current { asked.query.without("tie", name) } else { asked.query.and("tie", name) };
        context! { title, current, href => format!("/network{query}") }
    })
    .to_vec();
    let weights: Vec<Value> = [1, 2, 3, 5]
        .map(|least: u32| {
            let current = wanted.least.max(1) == least;
            let query = asked.query.with("least", (least > 1).then(|| least.to_string()).as_deref());
            context! { title => format!("{least} or more"), current, href => format!("/network{query}") }
        })
        .to_vec();
    let content = context! {
        section => value_of(section),
        more => found.more,
        reports,
        total,
        choices,
        weights,
        kept => kept(asked),
        form => form_of(asked, NETWORK),
        exits => value_of(Exits {
            json: Some(format!("/api/v1/network{}", asked.query.with("", None))),
            graphml: Some(format!("/tables/{}{}", super::exits::STANCES, drawn_of(asked))),
            link: Some(format!("/network{}", asked.query.with("", None))),
            ..Exits::default()
        }),
    };
    page(view.site, "network.html", "Who talks to whom", "network", content)
}

/// Answers with the places of what the newest reports that the filter lets through tell.
pub(crate) fn map(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.places(&asked.asking.filter)?.map_err(ServeError::Unknown)?;
    let Pictured { found, reports, total } = found;
    let towns = readout::exchange::towns(view.corpus.knowledge());
    let link = |called: &str| format!("/events{}", asked.query.with("text", Some(called)));
    let figure = map_figure(&found, &towns, &|it| link(&it.called));
    let rows: Vec<Value> = (found.iter().take(LISTED))
        .map(|it| context! { it => value_of(it), href => link(&it.called) })
        .collect();
    let content = context! {
        figure,
        rows,
        places => found.len(),
        reports,
        total,
        kept => kept(asked),
        form => form_of(asked, MAP),
        exits => value_of(Exits {
            json: Some(format!("/api/v1/places{}", asked.query.with("", None))),
            geojson: Some(format!("/tables/{}{}", super::exits::PLACES, drawn_of(asked))),
            link: Some(format!("/map{}", asked.query.with("", None))),
            ..Exits::default()
        }),
    };
    page(view.site, "map.html", "Where it happened", "map", content)
}

/// Answers with reports of one meeting side by side, or with those from which some can be chosen.
pub(crate) fn beside(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let reports = asked.query.all("report");
    let of = asked.query.get("of");
    let found = view.corpus.readouts(&reports)?;
    let mut choices = Vec::new();
    let mut back = Value::from(());
    if let Some(of) = of {
        let ids: Vec<DocumentId> = match view.corpus.record(of)? {
            Some(Record::Story(it)) => it.documents,
            Some(record @ (Record::Happening(_) | Record::Quote(_))) => {
                let contents = view.corpus.slice(&Scope::Link(record.id().into()))?;
                contents.documents.into_iter().map(|it| it.id).collect()
            }
            _ => return nothing(view, "nothing with that id whose reports could be laid side by side"),
        };
        back = context! { href => address(of), title => "Back" };
        for row in view.corpus.rows_of_reports(ids.get(..CHOICES).unwrap_or(&ids))? {
            let chosen = reports.iter().any(|it| *it == *row.id);
            choices.push(context! { row => value_of(&row), chosen });
        }
    }
    if reports.is_empty() && choices.is_empty() {
        return nothing(
            view,
            "nothing to lay side by side: open a story or a meeting, and choose its reports",
        );
    }
    // The passage of a cell is the sentence.
    let rows: Vec<Value> = (found.rows.iter())
        .map(|row| {
            let cells: Vec<Value> = (row.cells.iter())
                .map(|cell| match cell {
                    Some(it) => context! { pieces => value_of(&it.pieces), at => value_of(&it.citation) },
                    None => Value::from(()),
                })
                .collect();
            context! { agreement => value_of(row.agreement), cells }
        })
        .collect();
    let together: Vec<String> = reports.iter().map(|it| format!("report={}", path_part(it))).collect();
    let content = context! {
        reports => value_of(&found.reports),
        rows,
        choices,
        of,
        back,
        most => readout::views::MOST_READOUTS,
        exits => value_of(Exits {
            json: (!together.is_empty()).then(|| format!("/api/v1/readouts?{}", together.join("&"))),
            ..Exits::default()
        }),
    };
    page(view.site, "beside.html", "Reports side by side", "", content)
}
