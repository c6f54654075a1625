//! GDELT 2: events, 61 columns, and their mentions, 16 columns; neither has a header.

use std::collections::BTreeSet;

use readout_record::ActorId;

use super::column::{LayoutColumn, cell, nothing};
use super::polecat::degrees;
use super::row::{Fact, Field, address, number, sentence, stamp};
use crate::codes::quad_class;
use crate::site::Precision;

pub(super) const EVENTS: &[LayoutColumn] = &[
    cell("GlobalEventID", |_, it| number(&it.id)),
    cell("Day", |field, it| field.digits(it, 8)),
    cell("MonthYear", |field, it| field.digits(it, 6)),
    cell("Year", |field, it| field.digits(it, 4)),
    cell("FractionDate", fraction),
    cell("Actor1Code", |field, it| code(field, it.actor)),
    cell("Actor1Name", |field, it| it.actor.map(|id| field.name(id).to_uppercase()).unwrap_or_default()),
    cell("Actor1CountryCode", |field, it| {
        it.actor.and_then(|id| field.state(id)).unwrap_or_default().to_owned()
    }),
    nothing("Actor1KnownGroupCode"),
    nothing("Actor1EthnicCode"),
    nothing("Actor1Religion1Code"),
    nothing("Actor1Religion2Code"),
    cell("Actor1Type1Code", |field, it| sector(field, it.actor)),
    nothing("Actor1Type2Code"),
    nothing("Actor1Type3Code"),
    cell("Actor2Code", |field, it| code(field, it.recipient)),
    cell("Actor2Name", |field, it| it.recipient.map(|id| field.name(id).to_uppercase()).unwrap_or_default()),
    cell("Actor2CountryCode", |field, it| {
        it.recipient.and_then(|id| field.state(id)).unwrap_or_default().to_owned()
    }),
    nothing("Actor2KnownGroupCode"),
    nothing("Actor2EthnicCode"),
    nothing("Actor2Religion1Code"),
    nothing("Actor2Religion2Code"),
    cell("Actor2Type1Code", |field, it| sector(field, it.recipient)),
    nothing("Actor2Type2Code"),
    nothing("Actor2Type3Code"),
    cell("IsRootEvent", |_, it| u8::from(it.place.paragraph == 1).to_string()),
    cell("EventCode", |field, it| field.cameo(it.act).to_owned()),
    cell("EventBaseCode", |field, it| begins(field.cameo(it.act), 3)),
    cell("EventRootCode", |field, it| begins(field.cameo(it.act), 2)),
    cell("QuadClass", |field, it| quad_class(field.cameo(it.act)).to_owned()),
    cell("GoldsteinScale", |field, it| field.codes.goldstein(field.cameo(it.act)).to_owned()),
    cell("NumMentions", |_, it| it.members.len().to_string()),
    cell("NumSources", |_, it| it.happening.map_or(1, |it| it.sources).to_string()),
    cell("NumArticles", |_, it| {
        let reports: BTreeSet<&str> = it.members.iter().map(|it| it.evidence().doc.as_str()).collect();
        reports.len().to_string()
    }),
    nothing("AvgTone"),
    nothing("Actor1Geo_Type"),
    nothing("Actor1Geo_Fullname"),
    nothing("Actor1Geo_CountryCode"),
    nothing("Actor1Geo_ADM1Code"),
    nothing("Actor1Geo_ADM2Code"),
    nothing("Actor1Geo_Lat"),
    nothing("Actor1Geo_Long"),
    nothing("Actor1Geo_FeatureID"),
    nothing("Actor2Geo_Type"),
    nothing("Actor2Geo_Fullname"),
    nothing("Actor2Geo_CountryCode"),
    nothing("Actor2Geo_ADM1Code"),
    nothing("Actor2Geo_ADM2Code"),
    nothing("Actor2Geo_Lat"),
    nothing("Actor2Geo_Long"),
    nothing("Actor2Geo_FeatureID"),
    cell("ActionGeo_Type", |field, it| {
        field.site(it).map_or_else(
            || "0".to_owned(),
            |site| match site.precision() {
                Precision::State => "1".to_owned(),
                Precision::City => "4".to_owned(),
                Precision::Place => "5".to_owned(),
            },
        )
    }),
    cell("ActionGeo_Fullname", |field, it| {
        let Some(site) = field.site(it) else { return String::new() };
        match site.state().filter(|_| site.precision() != Precision::State) {
            Some(state) => format!("{}, {}", site.name(), field.state_name(state)),
            None => site.name().to_owned(),
        }
    }),
    cell("ActionGeo_CountryCode", |field, it| {
        field
            .site(it)
            .and_then(|site| site.state())
            .map(|it| field.codes.fips(it))
            .unwrap_or_default()
            .to_owned()
    }),
    nothing("ActionGeo_ADM1Code"),
    nothing("ActionGeo_ADM2Code"),
    cell("ActionGeo_Lat", |field, it| {
        degrees(field.site(it).and_then(|site| site.position()).map(|it| it.0))
    }),
    cell("ActionGeo_Long", |field, it| {
        degrees(field.site(it).and_then(|site| site.position()).map(|it| it.1))
    }),
    nothing("ActionGeo_FeatureID"),
    cell("DATEADDED", |_, it| stamp(it.place.document)),
    cell("SOURCEURL", |_, it| address(it.place.document)),
];

pub(super) const MENTIONS: &[LayoutColumn] = &[
    cell("GlobalEventID", |_, it| number(&it.id)),
    cell("EventTimeDate", |field, it| {
        let first = it.members.first().and_then(|it| field.source.document(&it.evidence().doc));
        first.map(stamp).unwrap_or_default()
    }),
    cell("MentionTimeDate", |_, it| stamp(it.place.document)),
    cell("MentionType", |_, it| if it.place.document.url.is_some() { "1" } else { "2" }.to_owned()),
    cell("MentionSourceName", |_, it| {
        let document = it.place.document;
        let domain =
            document.url.as_deref().and_then(|it| it.split("//").nth(1)).and_then(|it| it.split('/').next());
        let domain = domain.map(|it| it.trim_start_matches("www.").to_owned());
        domain.or_else(|| document.outlet.clone()).unwrap_or_default()
    }),
    cell("MentionIdentifier", |_, it| address(it.place.document)),
    cell("SentenceID", |_, it| sentence(&it.place)),
    cell("Actor1CharOffset", |_, it| offset(it, true)),
    cell("Actor2CharOffset", |_, it| offset(it, false)),
    cell("ActionCharOffset", |_, it| it.place.spans.first().map_or(0, |span| span.start).to_string()),
    cell("InRawText", |_, _| "1".to_owned()),
    cell("Confidence", |_, it| ((it.act.evidence().certainty * 10.0).round() * 10.0).to_string()),
    cell("MentionDocLen", |_, it| it.place.document.text.chars().count().to_string()),
    nothing("MentionDocTone"),
    nothing("MentionDocTranslationInfo"),
    cell("Extras", |_, it| it.act.evidence().id.to_string()),
];

/// Returns the year with the fraction of it that is over, as GDELT counts it: thirty days to every month.
fn fraction(field: &Field<'_>, fact: &Fact<'_>) -> String {
    let day = field.day(fact).unwrap_or_default();
    let part = |from: usize, to: usize| day.get(from..to).and_then(|it| it.parse::<u32>().ok());
    let (Some(year), Some(month), Some(of_month)) = (part(0, 4), part(5, 7), part(8, 10)) else {
        return String::new();
    };
    format!("{:.4}", f64::from(year) + f64::from(month * 30 + of_month).min(364.9) / 365.0)
}

fn sector<'c>(field: &Field<'c>, id: Option<&'c ActorId>) -> String {
    id.and_then(|id| field.sector(id)).map(|it| field.codes.sector_cameo(it).to_owned()).unwrap_or_default()
}

fn code<'c>(field: &Field<'c>, id: Option<&'c ActorId>) -> String {
    let state = id.and_then(|id| field.state(id)).unwrap_or_default();
    // A state as a whole has its code alone.
    let whole = id.is_some_and(|id| id.state_code().is_some());
    if whole { state.to_owned() } else { format!("{state}{}", sector(field, id)) }
}

fn begins(code: &str, letters: usize) -> String {
    code.get(..letters).unwrap_or(code).to_owned()
}

/// Returns the place of the words for a side, in code points; -1 where there are none, as GDELT has it.
fn offset(fact: &Fact<'_>, actor: bool) -> String {
    let (actors, recipients) = fact.act.side_spans();
    let side = if actor { fact.actor } else { fact.recipient };
    // Who meets is on either side.
    let named = fact.act.recipients().iter().zip(recipients).chain(fact.act.actors().iter().zip(actors));
    let found = named.into_iter().find(|(id, _)| side == Some(*id));
    found.map_or_else(|| "-1".to_owned(), |(_, span)| span.start.to_string())
}
