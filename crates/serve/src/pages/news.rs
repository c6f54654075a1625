//! What is new since a reading: a page, and a feed for programs that ask again and again.

use minijinja::context;
use readout::views::safe;
use readout::views::{NewsKind, NewsRow};
use readout::{Newly, Since};

use crate::Result;
use crate::address::{address, passage_of};
use crate::layout::page;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;

/// The parameters of the page.
pub(crate) const TAKES: Takes = Takes::only(|_| vec!["since"]);

/// Rows of one sort that the page shows.
const ROWS: usize = 60;

/// Entries of the feed.
const ENTRIES: usize = 200;

/// Answers with what is new since the last reading, or since the moment that is asked for.
pub(crate) fn new(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.newly(&Since::parse(asked.query.get("since").unwrap_or_default())?)?;
    let sorts = NewsKind::ALL.into_iter().filter_map(|sort| {
        let rows: Vec<&NewsRow> = found.rows.iter().filter(|it| it.news == sort).collect();
        let total = rows.len();
        let shown = rows.into_iter().take(ROWS).map(|it| {
            context! { row => value_of(it), about => address(&it.about), passage => passage_of(&it.citation) }
        });
        let shown: Vec<_> = shown.collect();
        (total > 0).then(|| context! { name => sort.as_str(), title => sort.title(), total, rows => shown })
    });
    let content = context! {
        sorts => sorts.collect::<Vec<_>>(),
        reports => found.reports,
        is_first => found.is_first,
        after => found.after,
        at => found.at,
        since => asked.query.get("since"),
    };
    page(view.site, "new.html", "What is new", "new", content)
}

/// Answers with the news of the last readings as an Atom feed.
pub(crate) fn feed(view: &View<'_>, _: &Asked) -> Result<Answer> {
    let readings = view.corpus.news_of_readings()?;
    let file = view
        .site
        .connections
        .file()
        .file_stem()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let updated = readings.iter().find_map(|it| it.at.clone()).unwrap_or_else(|| NEVER.to_owned());
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>Readout: what is new in {}</title>\n<id>urn:readout:{}</id>\n<updated>{}</updated>\n\
         <author><name>Readout</name></author>\n<link rel=\"self\" href=\"/feed.atom\"/>\n<link href=\"/new\"/>\n",
        safe::html(&file),
        safe::html(&file),
        safe::html(&updated)
    );
    let told = readings.iter().flat_map(|reading| reading.rows.iter().map(move |row| (reading, row)));
    told.take(ENTRIES).for_each(|(reading, row)| feed.push_str(&entry(reading, row)));
    feed.push_str("</feed>\n");
    Ok(Answer::of("application/atom+xml; charset=utf-8", feed))
}

/// The time of a feed whose log has no times.
const NEVER: &str = "1970-01-01T00:00:00Z";

fn entry(reading: &Newly, row: &NewsRow) -> String {
    let change = [row.before.as_deref(), row.after.as_deref()];
    let change = change.into_iter().flatten().collect::<Vec<_>>().join(" → ");
    let title = match change.is_empty() {
        true => format!("{}: {}", row.news.title(), row.title),
        false => format!("{}: {}: {change}", row.news.title(), row.title),
    };
    let outlet = row.citation.outlet.as_deref().unwrap_or("report");
    let about = format!("“{}” ({outlet} ¶{})", row.citation.text, row.citation.paragraph);
    format!(
        "<entry><title>{}</title><id>urn:readout:{}:{}:{}</id><updated>{}</updated><link href=\"{}\"/>\
         <category term=\"{}\"/><summary>{}</summary></entry>\n",
        safe::html(&title),
        reading.until,
        row.news.as_str(),
        safe::html(&row.about),
        safe::html(reading.at.as_deref().unwrap_or(NEVER)),
        safe::html(&passage_of(&row.citation)),
        row.news.as_str(),
        safe::html(&about)
    )
}
