//! ICEWS, 20 columns: one row for each pair of a source and a target.

use readout_record::ActorId;

use super::column::{LayoutColumn, cell, nothing};
use super::polecat::degrees;
use super::row::{Field, number, sentence};
use crate::site::Precision;

pub(super) const COLUMNS: &[LayoutColumn] = &[
    cell("Event ID", |_, it| number(&it.id)),
    cell("Event Date", |field, it| field.day(it).unwrap_or_default()),
    cell("Source Name", |field, it| it.actor.map(|id| field.name(id)).unwrap_or_default()),
    cell("Source Sectors", |field, it| sectors(field, it.actor)),
    cell("Source Country", |field, it| country(field, it.actor)),
    cell("Event Text", |field, it| field.codes.cameo_name(field.cameo(it.act)).to_owned()),
    cell("CAMEO Code", |field, it| field.cameo(it.act).to_owned()),
    cell("Intensity", |field, it| field.codes.goldstein(field.cameo(it.act)).to_owned()),
    cell("Target Name", |field, it| it.recipient.map(|id| field.name(id)).unwrap_or_default()),
    cell("Target Sectors", |field, it| sectors(field, it.recipient)),
    cell("Target Country", |field, it| country(field, it.recipient)),
    cell("Story ID", |_, it| number(&it.place.document.id)),
    cell("Sentence Number", |_, it| sentence(&it.place)),
    cell("Publisher", |_, it| it.place.document.outlet.clone().unwrap_or_default()),
    cell("City", |field, it| {
        let city = field.site(it).filter(|site| site.precision() == Precision::City);
        city.map(|site| site.name().to_owned()).unwrap_or_default()
    }),
    nothing("District"),
    nothing("Province"),
    cell("Country", |field, it| {
        field.site(it).and_then(|site| site.state()).map(|it| field.state_name(it)).unwrap_or_default()
    }),
    cell("Latitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.0))),
    cell("Longitude", |field, it| degrees(field.site(it).and_then(|site| site.position()).map(|it| it.1))),
];

fn sectors<'c>(field: &Field<'c>, id: Option<&'c ActorId>) -> String {
    id.and_then(|id| field.sector(id)).map(|it| field.codes.sector_words(it).to_owned()).unwrap_or_default()
}

fn country<'c>(field: &Field<'c>, id: Option<&'c ActorId>) -> String {
    id.and_then(|id| field.state(id)).map(|it| field.state_name(it)).unwrap_or_default()
}
