//! GeoJSON (RFC 7946) and TimelineJS: acts on a map, and on a line of time.

use std::collections::BTreeMap;
use std::io::Write;

use readout_knowledge::Knowledge;
use readout_record::calendar::{day_number, year_month_day};
use readout_record::{Agreement, DocumentId, RecordId};
use readout_views::figures::MapPlace;
use readout_views::when::{Spelling, When, day_of, told};
use serde_json::{Value, json};

use crate::act::Act;
use crate::site::Site;
use crate::source::{Place, Source};
use crate::{Result, Tally};

/// Returns the picked acts with their passages, by day of publication, then in the order of the text.
fn acts<'c>(source: &Source<'c>) -> Vec<(Act<'c>, Place<'c>)> {
    let reports = source.documents_with_records();
    let of_report = |id: &'c str| source.records_of(id).filter_map(Act::of).collect::<Vec<_>>();
    let mut found: Vec<(Act<'c>, Place<'c>)> = Vec::new();
    for report in reports {
        found.extend(of_report(report).into_iter().filter_map(|it| Some((it, source.place(it.evidence())?))));
    }
    found
}

/// Writes the events, meetings and incidents of `source` whose place the gazetteer knows as points.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_geojson(source: &Source<'_>, knowledge: &Knowledge, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut features: Vec<Value> = Vec::new();
    for (act, place) in acts(source) {
        let Some(name) = act.place() else {
            tally.add("records left out, since no place is told", 1);
            continue;
        };
        let Some(site) = Site::find(knowledge, name) else {
            tally.add(
                "records left out, since the gazetteer does not know their place, or several of that name",
                1,
            );
            continue;
        };
        let Some((north, east)) = site.position() else {
            tally.add("records left out, since their place is a whole state, which has no point", 1);
            continue;
        };
        let evidence = act.evidence();
        let mut properties = about(source, act, &place);
        if let Value::Object(fields) = &mut properties {
            fields.insert("place".to_owned(), json!(name));
            fields.insert("place_name".to_owned(), json!(site.name()));
            fields.insert("state".to_owned(), json!(site.state()));
            fields.insert("precision".to_owned(), json!(site.precision().as_str()));
        }
        features.push(json!({
            "type": "Feature",
            "id": evidence.id,
            "geometry": { "type": "Point", "coordinates": [degrees(east), degrees(north)] },
            "properties": properties,
        }));
    }
    serde_json::to_writer_pretty(&mut *out, &json!({ "type": "FeatureCollection", "features": features }))?;
    writeln!(out)?;
    Ok(tally)
}

/// Returns the places of the picked events, meetings and incidents that the gazetteer knows as points: those of which the
/// most is told first.
pub fn places(source: &Source<'_>, knowledge: &Knowledge) -> Vec<MapPlace> {
    /// A place, and how often each of its names is used.
    type Called<'n> = (MapPlace, BTreeMap<&'n str, usize>);
    let mut found: BTreeMap<(&str, Option<&str>), Called<'_>> = BTreeMap::new();
    for (act, _) in acts(source) {
        let Some(name) = act.place() else { continue };
        let Some(site) = Site::find(knowledge, name) else { continue };
        let Some((north, east)) = site.position() else { continue };
        let (place, names) = found.entry((site.name(), site.state())).or_default();
        place.records += 1;
        place.incidents += usize::from(matches!(act, Act::Incident(_)));
        (place.north, place.east) = (degrees(north), degrees(east));
        place.precision = site.precision().as_str();
        *names.entry(name).or_default() += 1;
    }
    let mut places: Vec<MapPlace> = found
        .into_iter()
        .map(|((name, state), (place, names))| MapPlace {
            name: name.to_owned(),
            state: state.map(str::to_owned),
            called: names.into_iter().rev().max_by_key(|(_, many)| *many).map_or("", |(it, _)| it).to_owned(),
            ..place
        })
        .collect();
    places.sort_by(|a, b| {
        b.records.cmp(&a.records).then_with(|| (&a.name, &a.state).cmp(&(&b.name, &b.state)))
    });
    places
}

/// Returns the positions of the larger towns of the gazetteer, north and east in degrees: the ground of a map.
pub fn towns(knowledge: &Knowledge) -> Vec<(f64, f64)> {
    let large = knowledge.entries().iter().filter(|it| it.population >= TOWN);
    large.filter_map(|it| it.position).map(|(north, east)| (degrees(north), degrees(east))).collect()
}

/// The least number of inhabitants, in thousands, of a town on the ground of a map.
const TOWN: u32 = 200;

/// Returns degrees as the gazetteer has them, to the hundredth.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

/// Returns what a map tells of an act beside its place.
fn about(source: &Source<'_>, act: Act<'_>, place: &Place<'_>) -> Value {
    let document = place.document;
    json!({
        "code": act.code(),
        "mode": act.mode(),
        "factuality": act.factuality(),
        "day": day_of(act.time()),
        "when": act.time().map(|it| told(it, Spelling::Digits)),
        "actor": source.names_of(act.actors()),
        "recipient": source.names_of(act.recipients()),
        "passage": place.text,
        "document": document.id,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
    })
}

/// Writes what has a day or a month as the slides of a TimelineJS: events, meetings, incidents, steps of agreements and
/// days by which something is due.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_timelinejs(source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut slides: Vec<(i32, RecordId, Value)> = Vec::new();
    let mut add = |slide: Option<(i32, RecordId, Value)>| match slide {
        Some(it) => slides.push(it),
        None => tally.add("records left out, since their time is not told or has no beginning", 1),
    };
    for (act, place) in acts(source) {
        let group = if act.factuality().unless_happened().is_empty() { "what happened" } else { "other" };
        let mut words = place.text.to_owned();
        if group == "other" {
            words = format!("({}) {words}", act.factuality().in_words());
        }
        let when = act.time().and_then(|it| Some((it.from.as_deref()?, When::of(it)?.told(Spelling::Words))));
        add(slide(&act.evidence().id, when, &words, group, Some(&place)));
    }
    for it in source.each(|it| &it.commitments) {
        let due = it.deadline.as_ref().and_then(|it| it.due.as_deref());
        if source.picked.has(&it.evidence.id) && due.is_some() {
            let when = due.map(|it| (it, it.to_owned()));
            let place = source.place(&it.evidence);
            add(slide(&it.evidence.id, when, &it.evidence.text, "due", place.as_ref()));
        }
    }
    let agreements = source.contents.agreements.iter().filter(|it| source.picked.has(&it.id));
    for (agreement, step) in
        agreements.flat_map(|it: &Agreement| it.status.iter().map(move |step| (it, step)))
    {
        let when = step.time.as_ref().and_then(|it| Some((it.from.as_deref()?, told(it, Spelling::Words))));
        let words = format!("{}: {}", agreement.name, step.status.in_words());
        let doc: &DocumentId = &step.evidence.doc;
        let place = source.place_at(doc, &step.evidence.spans, &step.evidence.text);
        add(slide(&agreement.id, when, &words, "agreements", place.as_ref()));
    }
    slides.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let events: Vec<Value> = slides.into_iter().map(|(_, _, slide)| slide).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "events": events }))?;
    writeln!(out)?;
    Ok(tally)
}

/// Returns a slide with the number of its day.
fn slide(
    id: &RecordId,
    when: Option<(&str, String)>,
    words: &str,
    group: &str,
    place: Option<&Place<'_>>,
) -> Option<(i32, RecordId, Value)> {
    let (from, told) = when?;
    let day = day_number(from)?;
    let (year, month, of_month) = year_month_day(day);
    let document = place.map(|it| it.document);
    let mut text = vec![format!("“{}”", place.map_or(words, |it| it.text))];
    text.extend(document.and_then(|it| it.outlet.clone()));
    text.push(id.to_string());
    let slide = json!({
        "start_date": { "year": year, "month": month, "day": of_month },
        "display_date": told,
        "text": { "headline": html(words), "text": html(&text.join(" — ")) },
        "group": group,
        "unique_id": id,
    });
    Some((day, id.clone(), slide))
}

/// Returns words as HTML, which TimelineJS takes them for.
fn html(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
