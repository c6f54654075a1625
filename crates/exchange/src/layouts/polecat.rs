//! POLECAT, 40 columns. Lists within a cell are joined by `;`.

use readout_record::{ActorId, ActorKind, DocumentRecords};

use super::column::{LayoutColumn, cell, nothing};
use super::row::{Fact, Field};

pub(super) const COLUMNS: &[LayoutColumn] = &[
    cell("Event ID", |_, it| it.id.to_string()),
    cell("Event Date", |field, it| field.day(it).unwrap_or_default()),
    cell("Event Type", |_, it| it.act.code().to_owned()),
    cell("Event Mode", |_, it| it.act.mode().unwrap_or_default().to_owned()),
    cell("Intensity", |field, it| field.codes.goldstein(field.cameo(it.act)).to_owned()),
    cell("Quad Code", |field, it| field.codes.of_type(it.act.code(), it.act.mode(), "quad").to_owned()),
    cell("Contexts", |_, it| it.act.contexts().join(";")),
    cell("Actor Name", |field, it| field.each(it.act.actors(), |id| field.name(id))),
    cell("Actor Country", |field, it| countries(field, it.act.actors())),
    cell("Actor COW", |field, it| cow(field, it.act.actors())),
    cell("Primary Actor Sector", |field, it| primary(field, it.act.actors())),
    cell("Actor Sectors", |field, it| sectors(field, it.act.actors())),
    cell("Actor Title", |field, it| titles(field, it.act.actors())),
    cell("Actor Name Raw", |_, it| raw(it, true)),
    nothing("Wikipedia Actor ID"),
    cell("Recipient Name", |field, it| field.each(it.act.recipients(), |id| field.name(id))),
    cell("Recipient Country", |field, it| countries(field, it.act.recipients())),
    cell("Recipient COW", |field, it| cow(field, it.act.recipients())),
    cell("Primary Recipient Sector", |field, it| primary(field, it.act.recipients())),
    cell("Recipient Sectors", |field, it| sectors(field, it.act.recipients())),
    cell("Recipient Title", |field, it| titles(field, it.act.recipients())),
    cell("Recipient Name Raw", |_, it| raw(it, false)),
    nothing("Wikipedia Recipient ID"),
    cell("Placename", |field, it| field.site(it).map(|site| site.name().to_owned()).unwrap_or_default()),
    cell("City", |field, it| {
        let city = field.site(it).filter(|site| site.precision() == crate::site::Precision::City);
        city.map(|site| site.name().to_owned()).unwrap_or_default()
    }),
    nothing("District"),
    nothing("Province"),
    cell("Country", |field, it| field.site(it).and_then(|site| site.state()).unwrap_or_default().to_owned()),
    cell("Latitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.0))),
    cell("Longitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.1))),
    nothing("GeoNames ID"),
    cell("Raw Placename", |_, it| it.act.place().unwrap_or_default().to_owned()),
    cell("Feature Type", |field, it| {
        field.site(it).map(|site| site.precision().as_str().to_owned()).unwrap_or_default()
    }),
    cell("Source", |_, it| it.place.document.outlet.clone().unwrap_or_default()),
    cell("Publication Date", |_, it| {
        let published = it.place.document.published.as_deref().unwrap_or_default();
        published.get(..10).unwrap_or_default().to_owned()
    }),
    cell("Story People", |field, it| named(field, it, |kind| kind == ActorKind::Person)),
    cell("Story Organizations", |field, it| {
        named(field, it, |kind| matches!(kind, ActorKind::Organisation | ActorKind::ArmedGroup))
    }),
    cell("Story Locations", |field, it| {
        named(field, it, |kind| matches!(kind, ActorKind::State | ActorKind::Place))
    }),
    cell("Language", |_, it| it.place.document.language.clone().unwrap_or_default()),
    cell("Version", |_, _| concat!("Readout ", env!("CARGO_PKG_VERSION")).to_owned()),
];

fn countries<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    field.each(ids, |id| field.state(id).unwrap_or_default().to_owned())
}

fn cow<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    field.each(ids, |id| field.state(id).map(|it| field.codes.cow(it).to_owned()).unwrap_or_default())
}

fn sectors<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    field.each(ids, |id| field.sector(id).unwrap_or_default().to_owned())
}

fn primary<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    ids.iter().find_map(|id| field.sector(id)).unwrap_or_default().to_owned()
}

fn titles<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    field.each(ids, |id| field.title(id).unwrap_or_default().to_owned())
}

/// Returns the report's words for the actors or the recipients.
fn raw(fact: &Fact<'_>, actors: bool) -> String {
    let (of_actors, of_recipients) = fact.act.side_spans();
    let spans = if actors { of_actors } else { of_recipients };
    let text = &fact.place.document.text;
    let words = spans.iter().map(|span| {
        let length = span.end.saturating_sub(span.start) as usize;
        text.chars().skip(span.start as usize).take(length).collect::<String>()
    });
    words.collect::<Vec<_>>().join(";")
}

/// Returns the names of those of a kind whom the report names, in the order of the text.
fn named<'c>(field: &Field<'c>, fact: &Fact<'c>, is_kind: fn(ActorKind) -> bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    let records = field.source.all_of(&fact.place.document.id);
    for mention in records.map(|it: &'c DocumentRecords| it.mentions.as_slice()).unwrap_or_default() {
        if mention.named && is_kind(mention.actor_kind) && !names.contains(&mention.name.as_str()) {
            names.push(&mention.name);
        }
    }
    names.join(";")
}

/// Returns degrees as they are written.
pub(super) fn degrees(value: Option<f32>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}
