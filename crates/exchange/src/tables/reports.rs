//! Reports, actors, and the places where reports name them.

use readout_record::{Actor, Document, Mention, PublishedFrom, Sector};

use super::common::{hour, placed};
use crate::CellType::{Boolean, Date, Integer, List, Number, Text};
use crate::column::{Column, Line, column};
use crate::{Cell, Table};

pub(super) fn documents() -> Table {
    let columns: Vec<Column<Document>> = vec![
        column("id", Text, "The permanent id of the report", "", |it| it.record.id.as_str().into()),
        column("outlet", Text, "The outlet", "no outlet is known", |it| it.record.outlet.as_deref().into()),
        column(
            "published",
            Text,
            "The day, or day and time with zone, of publication, ISO 8601",
            "unknown",
            |it| it.record.published.as_deref().into(),
        ),
        column("published_day", Date, "The day of publication", "unknown", |it| {
            Cell::day(it.record.published.as_deref())
        }),
        column(
            "published_hour",
            Integer,
            "The hour of publication, 0 to 23, in the report's own zone",
            "no time of day is known",
            |it| hour(it.record.published.as_deref()),
        ),
        column(
            "published_from",
            Text,
            "The origin of the date: `metadata`, `text`, `linked`",
            "unknown",
            |it| {
                it.record
                    .published_from
                    .map(|it| match it {
                        PublishedFrom::Metadata => "metadata",
                        PublishedFrom::Text => "text",
                        PublishedFrom::Linked => "linked",
                    })
                    .into()
            },
        ),
        column("title", Text, "The headline", "no headline is known", |it| it.record.title.as_deref().into()),
        column("authors", List, "The authors of the by-line", "no author is named", |it| {
            it.record.authors.clone().into()
        }),
        column("language", Text, "The language, ISO 639-1", "unknown", |it| {
            it.record.language.as_deref().into()
        }),
        column("url", Text, "The web address", "unknown", |it| it.record.url.as_deref().into()),
        column(
            "path",
            Text,
            "The file that the report came from, `#` with its number in a file of many",
            "unknown",
            |it| it.record.path.as_deref().into(),
        ),
        column("story", Text, "The id of the story", "the report is in no story", |it| {
            it.record.story.as_deref().into()
        }),
        column(
            "replaces",
            Text,
            "The id of the earlier version that the report replaces",
            "there is none",
            |it| it.record.replaces.as_deref().into(),
        ),
        column(
            "copies_of",
            List,
            "The ids of reports that share long runs of words with it",
            "there are none",
            |it| Cell::List(it.record.copies_of.iter().map(|it| it.doc.to_string()).collect()),
        ),
        column(
            "copied_share",
            Number,
            "The largest share of its text that one of them has, 0 to 1",
            "there are none",
            |it| it.record.copies_of.iter().map(|it| it.share).max_by(f64::total_cmp).into(),
        ),
        column("letters", Integer, "The length of the text in code points", "", |it| {
            it.record.text.chars().count().into()
        }),
        column("text_sha256", Text, "SHA-256 of the text in UTF-8", "", |it| {
            it.record.text_sha256.as_str().into()
        }),
        column("text", Text, "The cleaned text, to which all spans point", "", |it| {
            it.record.text.as_str().into()
        }),
    ];
    Table::new("documents", "A report", columns, |source| {
        source.documents().map(|record| Line { source, record, part: 0, place: None }).collect()
    })
}

pub(super) fn actors() -> Table {
    let columns: Vec<Column<Actor>> = vec![
        column("id", Text, "The permanent id of the actor", "", |it| it.record.id.as_str().into()),
        column("name", Text, "The fullest name", "nobody names the actor", |it| {
            it.record.name.as_str().into()
        }),
        column(
            "type",
            Text,
            "`person`, `state`, `organisation`, `armed-group`, `outlet`, `office`, `place` or `unnamed`",
            "",
            |it| it.record.actor_kind.as_str().into(),
        ),
        column(
            "state",
            Text,
            "The state that the actor is, acts for or belongs to, ISO 3166-1 alpha-3",
            "none or unknown",
            |it| it.record.state.as_deref().into(),
        ),
        column("sector", Text, "The PLOVER sector", "none or unknown", |it| {
            it.record.sector.map(Sector::as_str).into()
        }),
        column("aliases", List, "Other names and spellings", "there are none", |it| {
            it.record.aliases.clone().into()
        }),
        column("roles", List, "Offices and titles that reports give", "there are none", |it| {
            Cell::List(it.record.roles.iter().map(|it| it.text.clone()).collect())
        }),
        column("mentions", Integer, "The number of mentions in all reports", "", |it| {
            it.record.mentions.into()
        }),
    ];
    Table::new("actors", "An actor, over all reports", columns, |source| {
        let picked = source.contents.actors.iter().filter(|it| source.picked.has(&it.id));
        picked.map(|record| Line { source, record, part: 0, place: None }).collect()
    })
}

pub(super) fn mentions() -> Table {
    let columns: Vec<Column<Mention>> = vec![
        column("actor", Text, "The permanent id of the actor", "", |it| it.record.actor.as_str().into()),
        column("name", Text, "The actor's name over all reports", "", |it| {
            it.source.names.of(&it.record.actor).into()
        }),
        column("type", Text, "The type of actor, as in `actors`", "", |it| {
            it.record.actor_kind.as_str().into()
        }),
        column(
            "named",
            Boolean,
            "True if the words are a name, false for a pronoun or a description",
            "",
            |it| it.record.named.into(),
        ),
        column("role", Text, "The office or title beside the name", "there is none", |it| {
            it.record.role.as_deref().into()
        }),
    ];
    Table::new("mentions", "A place where a report names an actor", placed(columns), |source| {
        let all = source.each(|it| &it.mentions).into_iter().filter(|it| source.picked.has(&it.doc));
        all.map(|record| {
            let place = source.place_at(&record.doc, std::slice::from_ref(&record.span), &record.text);
            Line { source, record, part: 0, place }
        })
        .collect()
    })
}
