use minijinja::{Value, context};
use readout::Scope;
use readout::record::{Record, Story};
use readout::views::figures::NetworkWanted;
use readout::views::{self, BriefLength, Contents, Filter, ListKind, Rows};

use super::around::{Around, Back};
use super::exits::Exits;
use super::sections::{STORY, Section, TIES, figure, grid, network, section};
use crate::Result;
use crate::address::{OwnPages, address};
use crate::layout::{nothing, page};
use crate::query::path_part;
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::{View, named};

/// Actors at the head of the page.
const PEOPLE: usize = 8;

/// Returns the story `id` with its reports.
fn slice(view: &View<'_>, id: &str) -> Result<Option<(Story, Contents)>> {
    let Some(Record::Story(story)) = view.corpus.record(id)? else { return Ok(None) };
    let contents = view.corpus.slice(&Scope::Story(story.id.clone()))?;
    Ok(Some((story, contents)))
}

/// Answers with a story on one page.
pub(crate) fn story(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some((story, contents)) = slice(view, &asked.id)? else {
        return nothing(view, "no such story");
    };
    let outlets = contents.documents.iter().filter_map(|it| it.outlet.as_deref());
    let row = views::story_row(&story, outlets);
    let contents = named(contents);
    let filter = Filter::default();
    let base = address(&story.id);
    let whole = |it: Section, most: usize| {
        let more = (it.total > most).then(|| format!("{base}/{}", it.name));
        Section { more, ..it }
    };
    let mut sections: Vec<Section> = Vec::new();
    for (kind, most) in STORY {
        sections.extend(section(kind, &contents, &filter, most, &OwnPages).map(|it| whole(it, most)));
        if kind == ListKind::Issues {
            sections.extend(
                network(&contents, &NetworkWanted::default(), TIES, &OwnPages).map(|it| whole(it, TIES)),
            );
        }
    }
    let brief = views::brief(&contents, &filter, BriefLength::PAGE);
    let mut actors = views::actors(&contents, &filter);
    let others = actors.len().saturating_sub(PEOPLE);
    actors.truncate(PEOPLE);
    let content = context! {
        story => value_of(&row),
        actors => value_of(&actors),
        others,
        news => value_of(brief.news()),
        best => value_of(views::highlights(&contents, &filter)),
        sections => value_of(&sections),
        exits => value_of(Exits {
            brief: Some(format!("{base}/brief")),
            csv: Some(format!("/tables/events.csv?story={}", path_part(&story.id))),
            json: Some(format!("/api/v1/stories/{}", path_part(&story.id))),
            cite: Some(format!("/cite/{}", path_part(&story.id))),
            bundle: Some(format!("/bundles/{}.zip", path_part(&story.id))),
            quotes: Some(format!("/bundles/{}.quotes.zip", path_part(&story.id))),
            link: Some(base.clone()),
            ..Exits::default()
        }),
    };
    page(view.site, "story.html", &story.title, "stories", content)
}

/// Answers with all of one part of a story.
pub(crate) fn part(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let name = asked.path.rsplit('/').next().unwrap_or_default();
    let Some((story, contents)) = slice(view, &asked.id)? else {
        return nothing(view, "no such story");
    };
    let contents = named(contents);
    let back = value_of(Back { href: address(&story.id), title: story.title.clone() });
    if name == "network" {
        return ties(view, &contents, &NetworkWanted::default(), back);
    }
    if name == "brief" {
        let brief = views::brief(&contents, &Filter::default(), BriefLength::PAGE);
        let content = context! { brief => value_of(&brief), back };
        return page(view.site, "brief.html", &story.title, "stories", content);
    }
    let Some(kind) = ListKind::named(name) else {
        return nothing(view, "no such part of a story");
    };
    let rows = Rows::list(kind, &contents, &Filter::default());
    let start = &asked.asking.page;
    let (from, total) = (start.from(), rows.len());
    let (picture, grid) = match from {
        0 => (figure(&rows, contents.days(), &OwnPages), grid(&rows)),
        _ => (None, None),
    };
    let content = context! {
        name,
        total,
        figure => picture,
        grid => value_of(grid),
        rows => value_of(rows.part(from, start.limit)),
        back,
        choices => (),
        kept => (),
        otherwise => "Nothing.",
        around => value_of(Around::of(asked, from, start.limit, total)),
    };
    page(view.site, "list.html", kind.title(), "stories", content)
}

/// Answers with everybody who talks to somebody, on a page of its own.
pub(crate) fn ties(
    view: &View<'_>,
    contents: &Contents,
    wanted: &NetworkWanted,
    back: Value,
) -> Result<Answer> {
    let Some(found) = network(contents, wanted, usize::MAX, &OwnPages) else {
        return nothing(view, "nobody who talks to somebody there");
    };
    let content = context! {
        name => "network",
        total => found.total,
        figure => found.figure,
        rows => found.rows,
        back,
        choices => (),
        kept => (),
        otherwise => "Nothing.",
        around => value_of(Around::default()),
    };
    page(view.site, "list.html", &found.title, "", content)
}
