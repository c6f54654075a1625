//! ACLED, 31 columns, and UCDP GED, 49 columns: our own incidents in their columns.

use readout_record::calendar::year_month_day;
use readout_record::{ActorId, Bounds, Grain, Incident, MONTHS, calendar};
use readout_views::when::day_of;

use super::column::{LayoutColumn, cell, nothing};
use super::polecat::degrees;
use super::row::{Fact, Field, number};
use crate::act::Act;
use crate::site::Precision;

pub(super) const ACLED: &[LayoutColumn] = &[
    cell("event_id_cnty", |field, it| {
        let state = field.site(it).and_then(|site| site.state()).unwrap_or_default();
        format!("{state}{}", number(&it.id))
    }),
    cell("event_date", |field, it| {
        let Some(day) = field.day(it).as_deref().and_then(calendar::day_number) else { return String::new() };
        let (year, month, of_month) = year_month_day(day);
        let month =
            usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
        format!("{of_month:02} {month} {year}")
    }),
    cell("year", |field, it| field.digits(it, 4)),
    cell("time_precision", |_, it| precision_of_time(it)),
    cell("disorder_type", |_, it| {
        if it.act.code().is_empty() { "" } else { "Political violence" }.to_owned()
    }),
    cell("event_type", |field, it| field.codes.of_type(it.act.code(), it.act.mode(), "acled").to_owned()),
    cell("sub_event_type", |field, it| {
        field.codes.of_type(it.act.code(), it.act.mode(), "acled-sub").to_owned()
    }),
    cell("actor1", |field, it| name(field, doers(it), 0)),
    cell("assoc_actor_1", |field, it| others(field, doers(it))),
    nothing("inter1"),
    cell("actor2", |field, it| name(field, it.act.recipients(), 0)),
    cell("assoc_actor_2", |field, it| others(field, it.act.recipients())),
    nothing("inter2"),
    nothing("interaction"),
    nothing("civilian_targeting"),
    nothing("iso"),
    nothing("region"),
    cell("country", country),
    nothing("admin1"),
    nothing("admin2"),
    nothing("admin3"),
    cell("location", location),
    cell("latitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.0))),
    cell("longitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.1))),
    cell("geo_precision", |field, it| {
        let precision =
            field.site(it).map(|site| if site.precision() == Precision::City { "1" } else { "3" });
        precision.unwrap_or_default().to_owned()
    }),
    cell("source", outlets),
    nothing("source_scale"),
    cell("notes", |_, it| it.place.text.to_owned()),
    cell("fatalities", |_, it| {
        killed(it).and_then(|it| it.least).map(|it| it.to_string()).unwrap_or_default()
    }),
    cell("tags", |_, it| format!("record={}; rule={}", it.act.evidence().id, it.act.evidence().rule)),
    nothing("timestamp"),
];

pub(super) const UCDP: &[LayoutColumn] = &[
    cell("id", |_, it| number(&it.id)),
    cell("relid", |_, it| it.id.to_string()),
    cell("year", |field, it| field.digits(it, 4)),
    nothing("active_year"),
    nothing("code_status"),
    nothing("type_of_violence"),
    nothing("conflict_dset_id"),
    nothing("conflict_new_id"),
    nothing("conflict_name"),
    nothing("dyad_dset_id"),
    nothing("dyad_new_id"),
    cell("dyad_name", |field, it| match (name(field, doers(it), 0), name(field, it.act.recipients(), 0)) {
        (one, other) if !one.is_empty() && !other.is_empty() => format!("{one} - {other}"),
        _ => String::new(),
    }),
    nothing("side_a_dset_id"),
    nothing("side_a_new_id"),
    cell("side_a", |field, it| name(field, doers(it), 0)),
    nothing("side_b_dset_id"),
    nothing("side_b_new_id"),
    cell("side_b", |field, it| name(field, it.act.recipients(), 0)),
    cell("number_of_sources", |_, it| it.happening.map_or(1, |it| it.sources).to_string()),
    cell("source_article", |_, it| {
        let document = it.place.document;
        let parts = [document.outlet.as_deref(), document.published.as_deref(), document.title.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }),
    cell("source_office", outlets),
    cell("source_date", |_, it| {
        let published = it.place.document.published.as_deref().unwrap_or_default();
        published.get(..10).unwrap_or_default().to_owned()
    }),
    cell("source_headline", |_, it| it.place.document.title.clone().unwrap_or_default()),
    cell("source_original", |field, it| {
        let statement = it.act.reported_by().and_then(|id| field.source.record(id));
        let Some(readout_record::RecordRef::Statement(statement)) = statement else { return String::new() };
        field.each(&statement.speaker, |id| field.name(id))
    }),
    cell("where_prec", |field, it| {
        let precision = field.site(it).map(|site| match site.precision() {
            Precision::City => "1",
            Precision::Place => "4",
            Precision::State => "6",
        });
        precision.unwrap_or_default().to_owned()
    }),
    cell("where_coordinates", |field, it| {
        field.site(it).map(|site| site.name().to_owned()).unwrap_or_default()
    }),
    cell("where_description", |_, it| it.act.place().unwrap_or_default().to_owned()),
    nothing("adm_1"),
    nothing("adm_2"),
    cell("latitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.0))),
    cell("longitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.1))),
    cell("geom_wkt", |field, it| {
        let position = field.site(it).and_then(|site| site.position());
        position.map(|(north, east)| format!("POINT ({east} {north})")).unwrap_or_default()
    }),
    nothing("priogrid_gid"),
    cell("country", country),
    cell("country_id", |field, it| {
        field
            .site(it)
            .and_then(|site| site.state())
            .map(|it| field.codes.cow(it))
            .unwrap_or_default()
            .to_owned()
    }),
    nothing("region"),
    cell("event_clarity", |_, it| if day_of(it.act.time()).is_some() { "1" } else { "2" }.to_owned()),
    cell("date_prec", |_, it| precision_of_time(it)),
    cell("date_start", |field, it| {
        let from = it.act.time().and_then(|it| it.from.clone()).or_else(|| field.day(it)).unwrap_or_default();
        from.get(..10).unwrap_or_default().to_owned()
    }),
    cell("date_end", |field, it| {
        // One past the last day, as the record has it, becomes the last day.
        let last = it.act.time().and_then(|it| it.to.as_deref()).and_then(|it| calendar::add_days(it, -1));
        let start = it.act.time().and_then(|it| it.from.clone());
        last.max(start).or_else(|| field.day(it)).unwrap_or_default().get(..10).unwrap_or_default().to_owned()
    }),
    nothing("deaths_a"),
    nothing("deaths_b"),
    nothing("deaths_civilians"),
    cell("deaths_unknown", best),
    cell("best", best),
    cell("high", |_, it| killed(it).and_then(|it| it.most).map(|it| it.to_string()).unwrap_or_default()),
    cell("low", |_, it| killed(it).and_then(|it| it.least).map(|it| it.to_string()).unwrap_or_default()),
    cell("gwnoa", |field, it| state_number(field, doers(it))),
    cell("gwnob", |field, it| state_number(field, it.act.recipients())),
];

const fn incident<'c>(fact: &Fact<'c>) -> Option<&'c Incident> {
    match fact.act {
        Act::Incident(it) => Some(it),
        _ => None,
    }
}

/// Returns who did it: as the report says, else who claims it.
fn doers<'c>(fact: &Fact<'c>) -> &'c [ActorId] {
    match incident(fact) {
        Some(it) if it.actor.is_empty() => &it.claimed_by,
        _ => fact.act.actors(),
    }
}

fn name<'c>(field: &Field<'c>, ids: &'c [ActorId], at: usize) -> String {
    ids.get(at).map(|id| field.name(id)).unwrap_or_default()
}

fn others<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    let rest = ids.get(1..).unwrap_or_default();
    rest.iter().map(|id| field.name(id)).collect::<Vec<_>>().join("; ")
}

/// Returns the number of dead between the least and the most that any report of the incident tells.
fn killed(fact: &Fact<'_>) -> Option<Bounds> {
    let told = fact.members.iter().filter_map(|it| match it {
        Act::Incident(it) => it.killed,
        _ => None,
    });
    told.reduce(|a, b| Bounds {
        least: a.least.zip(b.least).map(|(a, b)| a.min(b)),
        most: a.most.zip(b.most).map(|(a, b)| a.max(b)),
    })
}

/// Returns the number of dead if the reports tell one number.
fn best(_: &Field<'_>, fact: &Fact<'_>) -> String {
    let one = killed(fact).filter(|it| it.least == it.most).and_then(|it| it.least);
    one.map(|it| it.to_string()).unwrap_or_default()
}

/// Returns how exactly the time is known: 1 a day, 2 a week, 3 a month or longer, or the day of publication alone.
fn precision_of_time(fact: &Fact<'_>) -> String {
    let grain = fact.members.iter().find_map(|it| it.time()).and_then(|it| it.grain);
    match grain {
        Some(Grain::Minute | Grain::Hour | Grain::PartOfDay | Grain::Day) => "1",
        Some(Grain::Weekend | Grain::Week) => "2",
        _ => "3",
    }
    .to_owned()
}

fn country(field: &Field<'_>, fact: &Fact<'_>) -> String {
    field.site(fact).and_then(|site| site.state()).map(|it| field.state_name(it)).unwrap_or_default()
}

fn location(field: &Field<'_>, fact: &Fact<'_>) -> String {
    let known = field.site(fact).map(|site| site.name().to_owned());
    known.or_else(|| fact.act.place().map(str::to_owned)).unwrap_or_default()
}

/// Returns the outlets that tell the incident, each once.
fn outlets(field: &Field<'_>, fact: &Fact<'_>) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for member in &fact.members {
        let outlet = field.source.document(&member.evidence().doc).and_then(|it| it.outlet.as_deref());
        if let Some(outlet) = outlet.filter(|it| !outlets.contains(it)) {
            outlets.push(outlet);
        }
    }
    outlets.join("; ")
}

fn state_number<'c>(field: &Field<'c>, ids: &'c [ActorId]) -> String {
    ids.first().and_then(|id| id.state_code()).map(|it| field.codes.cow(it)).unwrap_or_default().to_owned()
}
