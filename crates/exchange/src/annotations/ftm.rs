//! FollowTheMoney entities, one JSON object a line: reports, actors, mentions, events, and statements as notes.

use std::collections::BTreeSet;
use std::io::Write;

use readout_record::{Actor, ActorKind, Evidence, RecordRef, Sector, Time};
use readout_views::line;
use serde_json::{Map, Value, json};

use crate::act::Act;
use crate::source::{Place, Source};
use crate::{Result, Tally};

/// The letters of a name in one line.
const LETTERS: usize = 200;

/// Writes the reports of `source`, their actors and mentions, their events, meetings and incidents, and their statements.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_ftm(source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for it in source.contents.actors.iter().filter(|it| source.picked.has(&it.id)) {
        match schema(it) {
            Some(schema) => {
                known.insert(&it.id);
                actor(it, schema, out)?;
            }
            None => tally.add("actors left out: somebody without a name, or a place", 1),
        }
    }
    for document in source.documents() {
        let mut article = Entity::new(&document.id, "Article");
        article.add("title", document.title.as_deref());
        article.add("publisher", document.outlet.as_deref());
        article.add("publishedAt", document.published.as_deref().and_then(|it| it.get(..10)));
        article.add("sourceUrl", document.url.as_deref());
        article.add("fileName", document.path.as_deref());
        article.add("language", document.language.as_deref());
        article.add("bodyText", Some(&document.text));
        document.authors.iter().for_each(|it| article.add("author", Some(it)));
        article.write(out)?;
    }
    for mention in source.each(|it| &it.mentions) {
        if !mention.named || !source.picked.has(&mention.doc) || !known.contains(mention.actor.as_str()) {
            continue;
        }
        let id = format!("mention:{}:{}-{}", mention.doc, mention.span.start, mention.span.end);
        let mut entity = Entity::new(&id, "Mention");
        entity.refer("document", &mention.doc);
        entity.add("name", Some(&mention.text));
        entity.refer("resolved", &mention.actor);
        entity.add("detectedSchema", kind_schema(mention.actor_kind));
        entity.write(out)?;
    }
    for id in source.documents_with_records() {
        for record in source.records_of(id) {
            let Some(place) = record.evidence().and_then(|it| source.place(it)) else { continue };
            match (Act::of(record), record) {
                (Some(act), _) => event(source, record, act, &place, &known, out)?,
                (None, RecordRef::Statement(it)) => {
                    let mut note = Entity::new(&it.evidence.id, "Note");
                    note.add("name", Some(&line(record, &source.names, LETTERS)));
                    note.add("description", Some(&it.content_text));
                    it.speaker
                        .iter()
                        .filter(|id| known.contains(id.as_str()))
                        .for_each(|id| note.refer("entity", id));
                    note.passage(&it.evidence, &place);
                    note.write(out)?;
                }
                _ => tally.add("conditions and commitments left out: no schema has their fields", 1),
            }
        }
    }
    let links = source.contents.agreements.len() + source.contents.positions.len();
    tally.add("agreements and positions left out: no schema has their fields", links);
    Ok(tally)
}

fn event(
    source: &Source<'_>,
    record: RecordRef<'_>,
    act: Act<'_>,
    place: &Place<'_>,
    known: &BTreeSet<&str>,
    out: &mut dyn Write,
) -> Result<()> {
    let evidence = act.evidence();
    let mut entity = Entity::new(&evidence.id, "Event");
    entity.add("name", Some(&line(record, &source.names, LETTERS)));
    entity.add("recordId", Some(&evidence.id));
    entity.add("startDate", act.time().and_then(|it: &Time| it.from.as_deref()).and_then(|it| it.get(..10)));
    entity.add("location", act.place());
    entity.add("keywords", Some(act.code()).filter(|it| !it.is_empty()));
    entity.add("keywords", Some(act.factuality().as_str()));
    for id in act.actors().iter().chain(act.recipients()) {
        if known.contains(id.as_str()) {
            entity.refer("involved", id);
        }
    }
    entity.passage(evidence, place);
    entity.write(out)
}

fn actor(it: &Actor, schema: &'static str, out: &mut dyn Write) -> Result<()> {
    let mut entity = Entity::new(&it.id, schema);
    entity.add("name", Some(&it.name));
    it.aliases.iter().for_each(|alias| entity.add("alias", Some(alias)));
    // Two letters, as the model has countries, come from its own cleaning of the alpha-3 code.
    entity.add("country", it.state.as_deref());
    if schema == "Person" {
        it.roles.iter().for_each(|role| entity.add("position", Some(&role.text)));
    }
    entity.write(out)
}

/// Returns the schema of an actor; `None` for somebody without a name and for places.
fn schema(it: &Actor) -> Option<&'static str> {
    let public = matches!(
        it.sector,
        Some(
            Sector::Government
                | Sector::Legislature
                | Sector::Judiciary
                | Sector::Military
                | Sector::Police
                | Sector::Intelligence
        )
    );
    match it.actor_kind {
        ActorKind::Organisation if public => Some("PublicBody"),
        kind => kind_schema(kind),
    }
}

const fn kind_schema(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::Person => Some("Person"),
        ActorKind::State => Some("PublicBody"),
        ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Outlet => Some("Organization"),
        ActorKind::Office => Some("LegalEntity"),
        ActorKind::Unnamed | ActorKind::Place => None,
    }
}

/// Returns a permanent id as the model takes ids: with full stops in the place of colons.
fn entity_id(id: &str) -> String {
    id.replace(':', ".")
}

/// An entity on its way out.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Map<String, Value>,
}

impl Entity {
    fn new(id: &str, schema: &'static str) -> Self {
        Self { id: entity_id(id), schema, properties: Map::new() }
    }

    /// Adds one more value of a property.
    fn add(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value.filter(|it| !it.trim().is_empty()) else { return };
        let values = self.properties.entry(name.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values
            && !values.iter().any(|it| it == value)
        {
            values.push(json!(value));
        }
    }

    /// Adds the id of another entity.
    fn refer(&mut self, name: &str, id: &str) {
        self.add(name, Some(&entity_id(id)));
    }

    /// Adds the passage: its words, and the report's address with the permanent id behind it.
    fn passage(&mut self, evidence: &Evidence, place: &Place<'_>) {
        self.add("summary", Some(place.text));
        self.add("publisher", place.document.outlet.as_deref());
        let address = place
            .document
            .url
            .as_ref()
            .map(|url| format!("{}#{}", url.split('#').next().unwrap_or(url), evidence.id));
        self.add("sourceUrl", address.as_deref());
        self.refer("proof", &place.document.id);
    }

    fn write(self, out: &mut dyn Write) -> Result<()> {
        let entity = json!({ "id": self.id, "schema": self.schema, "properties": self.properties });
        serde_json::to_writer(&mut *out, &entity)?;
        Ok(writeln!(out)?)
    }
}
