//! The ways out of a page: what else its rows can be had as.

use std::io::Cursor;

use minijinja::{Value, context};
use readout::exchange::{Delimited, NetworkAsked, Nodes, Normalization, Qualifier};
use readout::views::{Citation, CitationStyle, ListKind, Rows, csv};
use readout::{ExportFormat, Page, asking};
use serde::Serialize;

use crate::layout::{nothing, page};
use crate::query::path_part;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::view::View;
use crate::{Result, ServeError, address};

/// The parameters of a table: any filter.
pub(crate) const TABLES: Takes =
    Takes::only(|_| asking::takes(ListKind::Timeline).iter().copied().filter(|it| *it != "as_of").collect());

/// The most footnotes of a page.
const FOOTNOTES: usize = 200;

/// The addresses of what a page shows, in other forms. A page can be printed as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Exits {
    /// As a table of values.
    pub(crate) csv: Option<String>,
    /// As JSON.
    pub(crate) json: Option<String>,
    /// As points of a map.
    pub(crate) geojson: Option<String>,
    /// As a network of stances.
    pub(crate) graphml: Option<String>,
    /// As a brief of one page.
    pub(crate) brief: Option<String>,
    /// As footnotes.
    pub(crate) cite: Option<String>,
    /// As a zip file to hand on.
    pub(crate) bundle: Option<String>,
    /// As a zip file without the full texts of the reports.
    pub(crate) quotes: Option<String>,
    /// The address that always leads here.
    pub(crate) link: Option<String>,
}

impl Exits {
    /// Returns the ways out of the page of one record, report or link at `page`, which is JSON in the list `folder` of the
    /// API.
    pub(crate) fn of_one(id: &str, folder: &str, page: String) -> Self {
        let part = path_part(id);
        Self {
            json: Some(format!("/api/v1/{folder}/{part}")),
            cite: Some(format!("/cite/{part}")),
            link: Some(page),
            ..Self::default()
        }
    }
}

/// Returns the name of the table of values that has the records of a list.
pub(crate) const fn table_of(kind: ListKind, incidents: bool) -> &'static str {
    match kind {
        ListKind::Timeline | ListKind::Events if incidents => "incidents",
        ListKind::Timeline | ListKind::Events => "events",
        ListKind::Meetings => "meetings",
        ListKind::Quotes => "quotes",
        ListKind::Statements => "statements",
        ListKind::Agreements => "agreements",
        ListKind::Commitments => "commitments",
        ListKind::Conditions => "conditions",
        ListKind::Issues | ListKind::Positions => "positions",
        ListKind::Actors => "actors",
        ListKind::Stories => "stories",
        ListKind::Sources => "documents",
        ListKind::Differences | ListKind::Compare => kind.name(),
    }
}

/// The table of events, meetings and incidents as points.
pub(crate) const PLACES: &str = "places.geojson";

/// The table of actors and who of them stands with whom.
pub(crate) const STANCES: &str = "stances.graphml";

/// Answers with the records of one kind under the filter, as comma-separated values; or with places or stances in the form
/// of programs that draw them.
pub(crate) fn table(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let filter = &asked.asking.filter;
    if asked.id == STANCES {
        let (nodes, qualifier) = (Nodes::Actors, Qualifier::Congruence);
        let wanted = NetworkAsked { nodes, qualifier, normalization: Normalization::None, unnamed: false };
        let (network, _) = view.corpus.network(filter, wanted)?.map_err(ServeError::Unknown)?;
        return Ok(Answer::of("application/xml", network.graphml().into_bytes()));
    }
    if asked.id == PLACES {
        let (contents, picked) = view.corpus.pick(filter)?.map_err(ServeError::Unknown)?;
        let mut bytes = Vec::new();
        readout::export(contents, &picked, view.corpus.knowledge(), ExportFormat::GeoJson, &mut bytes)?;
        return Ok(Answer::of("application/geo+json", bytes));
    }
    let name = asked.id.strip_suffix(".csv").unwrap_or_default();
    if let Some(kind @ (ListKind::Differences | ListKind::Compare)) = ListKind::named(name) {
        let list = view.corpus.list(kind, filter, &Page::all())?.map_err(ServeError::Unknown)?;
        return Ok(Answer::of("text/csv; charset=utf-8", compared(&list.rows)?));
    }
    let Some(table) = readout::exchange::table(name) else { return nothing(view, "no such table") };
    let (contents, picked) = view.corpus.pick(&asked.asking.filter)?.map_err(ServeError::Unknown)?;
    let form = ExportFormat::Delimited(Delimited { delimiter: ',', bom: false }, table.name);
    let mut bytes = Vec::new();
    readout::export(contents, &picked, view.corpus.knowledge(), form, &mut bytes)?;
    Ok(Answer::of("text/csv; charset=utf-8", bytes))
}

/// The columns of the tables of what is compared, before those of the passage.
const DIFFERENCES: [&str; 4] = ["id", "what", "field", "value"];
const COMPARED: [&str; 5] = ["id", "kind", "what", "have_it", "lack_it"];

/// The columns of a passage in them.
const PASSAGE: [&str; 6] = ["outlet", "published", "document", "paragraph", "record", "passage"];

/// Returns a table of what is compared, a line for each passage that gives a value or a fact.
fn compared(rows: &Rows) -> Result<Vec<u8>> {
    let mut lines: Vec<(Vec<String>, &Citation)> = Vec::new();
    let mut head: Vec<&str> = Vec::new();
    match rows {
        Rows::Differences(rows) => {
            head.extend(DIFFERENCES);
            for row in rows {
                for value in &row.values {
                    let own =
                        vec![row.id.to_string(), row.title.clone(), row.field.clone(), value.value.clone()];
                    lines.extend(value.citations.iter().map(|it| (own.clone(), it)));
                }
            }
        }
        Rows::Compare(rows) => {
            head.extend(COMPARED);
            for row in rows {
                let (have, lack) = (row.cells.len().to_string(), row.lacking.to_string());
                let own = vec![row.id.to_string(), row.kind.to_owned(), row.title.clone(), have, lack];
                lines.extend(row.cells.iter().flat_map(|it| &it.citations).map(|it| (own.clone(), it)));
            }
        }
        _ => {}
    }
    let mut out = Vec::new();
    csv::row(&mut out, head.into_iter().chain(PASSAGE).map(str::to_owned))?;
    for (own, it) in lines {
        let passage = [
            it.outlet.clone().unwrap_or_default(),
            it.published.clone().unwrap_or_default(),
            it.doc.to_string(),
            it.paragraph.to_string(),
            it.id.to_string(),
            it.text.clone(),
        ];
        csv::row(&mut out, own.into_iter().chain(passage))?;
    }
    Ok(out)
}

/// Answers with footnotes for a record, a report or what reports share.
pub(crate) fn cite(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let mut found = view.corpus.footnotes(&asked.id)?;
    let total = found.len();
    found.truncate(FOOTNOTES);
    if found.is_empty() {
        return nothing(view, "nothing to cite: it rests on no passage of its own");
    }
    let notes: Vec<Value> = (found.iter())
        .map(
            |it| context! { chicago => it.chicago(), id => it.id.as_str(), document => it.document.as_str() },
        )
        .collect();
    let content = context! {
        back => address::any(&asked.id),
        id => asked.id.as_str(),
        notes,
        more => total - found.len(),
        bibtex => CitationStyle::Bibtex.write(&found)?,
        csl => CitationStyle::CslJson.write(&found)?,
    };
    page(view.site, "cite.html", "Footnotes", "", content)
}

/// Answers with a story as a zip file to hand on: `ID.zip`, or `ID.quotes.zip` without full texts.
pub(crate) fn bundle(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some(id) = asked.id.strip_suffix(".zip") else { return nothing(view, "no such bundle") };
    let (id, quotes_only) = id.strip_suffix(".quotes").map_or((id, false), |id| (id, true));
    let mut out = Cursor::new(Vec::new());
    crate::bundle(view.corpus, id, quotes_only, &mut out)?;
    Ok(Answer::of("application/zip", out.into_inner()))
}
