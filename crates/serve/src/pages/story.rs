use minijinja::context;
use readout::Scope;
use readout::record::{Record, Story};
use readout::store::Narrow;
use readout::views::{self, Contents, Filter};

use super::sections::{Section, figure, network, section};
use super::{Around, Back, OwnPages, address, named, nothing, page, value_of};
use crate::Result;
use crate::answer::{Answer, Asked, View};
use crate::rows::{Rows, title};

/// From how many of its reports a story's page is made at most, the newest.
const REPORTS: usize = 120;

/// How many lines a page has of a long list.
const LINES: usize = 100;

/// The parts of the page, with how many lines of each it shows.
pub(crate) const PARTS: [(&str, usize); 10] = [
    ("timeline", 12),
    ("meetings", 8),
    ("quotes", 10),
    ("agreements", 6),
    ("commitments", 8),
    ("conditions", 6),
    ("issues", 8),
    ("differences", 8),
    ("compare", 8),
    ("sources", 12),
];

/// The story `id`, its newest reports, and how many these are if they are not all.
fn slice(view: &View<'_>, id: &str) -> Result<Option<(Story, Contents, Option<usize>)>> {
    let Some(Record::Story(story)) = view.record(id)? else { return Ok(None) };
    if story.documents.len() <= REPORTS {
        let contents = view.corpus.slice(&Scope::Story(story.id.clone()))?;
        return Ok(Some((story, contents, None)));
    }
    let newest = view.newest(&Narrow { story: Some(story.id.clone()), ..Narrow::default() }, REPORTS)?;
    let contents = view.corpus.slice(&Scope::Documents(newest))?;
    Ok(Some((story, contents, Some(REPORTS))))
}

/// A story on one page.
pub(crate) fn story(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some((story, contents, capped)) = slice(view, &asked.id)? else {
        return nothing(view, "no such story");
    };
    let outlets = contents.documents.iter().filter_map(|it| it.outlet.as_deref());
    let row = views::story_row(&story, outlets);
    let contents = named(contents);
    let filter = Filter::default();
    let base = address(&story.id);
    let mut sections: Vec<Section> = Vec::new();
    for (name, most) in PARTS {
        let whole = |it: Section| Section { more: (it.total > most).then(|| format!("{base}/{name}")), ..it };
        sections.extend(section(name, &contents, &filter, most, &OwnPages).map(whole));
        if name == "issues" {
            sections.extend(network(&contents, &OwnPages));
        }
    }
    let mut actors = views::actors(&contents, &filter);
    actors.truncate(8);
    let content = context! {
        story => value_of(&row),
        actors => value_of(&actors),
        sections => value_of(&sections),
        capped,
    };
    page(view.site, "story.html", &story.title, "stories", content)
}

/// All of one part of a story.
pub(crate) fn part(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let name = asked.path.rsplit('/').next().unwrap_or_default();
    let Some((story, contents, _)) = slice(view, &asked.id)? else {
        return nothing(view, "no such story");
    };
    let Some(rows) = Rows::of(name, &named(contents), &Filter { story: None, ..asked.filter() }) else {
        return nothing(view, "no such part of a story");
    };
    let (from, total) = (asked.query.number("from", 0, usize::MAX, 0), rows.len());
    let picture = if from == 0 { figure(&rows, &OwnPages) } else { None };
    let content = context! {
        name,
        total,
        figure => picture,
        rows => value_of(rows.part(from, LINES)),
        back => value_of(Back { href: address(&story.id), title: story.title.clone() }),
        choices => (),
        otherwise => "Nothing.",
        around => value_of(Around::of(asked, from, LINES, total)),
    };
    page(view.site, "list.html", title(name), "stories", content)
}
