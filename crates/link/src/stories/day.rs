//! The day that a story is about.
//!
//! Reports on an event go on for days, so the day of most reports is often too late. They look back to days that they
//! name in their opening (`on Tuesday`, `June 10`) and to the days of events that took place.

use std::collections::BTreeMap;

use readout_record::calendar::{day_number, iso_day};
use readout_record::{Document, DocumentRecords, Evidence, Factuality, Time};

use super::evidence::days_of_year;
use crate::gatherings::WEEKDAYS;
use crate::shelf::Outline;

/// Words of the opening in which a day is looked for.
const OPENING: usize = 200;
/// Days back to which a report may look.
const BACK: i32 = 14;
/// Weight of the day of publication; a day that the report names has weight one.
const PUBLISHED: f64 = 0.5;
/// Weight of a day before that of publication: a later report is proof that the day mattered.
const LOOKED_BACK: f64 = 2.0;
/// Share of the weight of a neighbouring day that is added to a day: events of an evening are reported the next day.
const BESIDE: f64 = 0.3;
/// Number of code points into a report after which an event counts half.
const HALF: f64 = 1000.0;

/// Returns the days that a report is about, counted from 1 January 1970, each with its weight: the day of publication,
/// the first day that its opening names, and the days of events that took place. An undated report has none.
pub(crate) fn days_told(document: &Document, records: &DocumentRecords) -> Vec<(i32, f64)> {
    let Some(published) = document.published.as_deref().and_then(day_number) else { return Vec::new() };
    let looked = |day: i32| if day < published { LOOKED_BACK } else { 1.0 };
    let mut days: BTreeMap<i32, f64> = BTreeMap::from([(published, PUBLISHED)]);
    let title = document.title.as_deref().unwrap_or_default();
    if let Some(day) = named_days([title, ".", &document.text], published).first() {
        *days.entry(*day).or_insert(0.0) += looked(*day);
    }
    let done = done(records, published);
    let all: f64 = done.values().sum();
    for (day, weight) in done {
        *days.entry(day).or_insert(0.0) += looked(day) * weight / all;
    }
    days.into_iter().collect()
}

/// Returns the days of a report's events that took place, each with its weight. Early events weigh more than late ones.
fn done(records: &DocumentRecords, published: i32) -> BTreeMap<i32, f64> {
    let told = (records.events.iter().map(|it| (it.factuality, &it.time, &it.evidence)))
        .chain(records.meetings.iter().map(|it| (it.factuality, &it.time, &it.evidence)))
        .chain(records.incidents.iter().map(|it| (it.factuality, &it.time, &it.evidence)));
    let mut days = BTreeMap::new();
    for (factuality, time, evidence) in told {
        let happened = matches!(factuality, Factuality::Happened | Factuality::Ongoing);
        let day = time.as_ref().filter(|_| happened).and_then(single_day);
        if let Some(day) = day.filter(|day| (0..=BACK).contains(&(published - day))) {
            *days.entry(day).or_insert(0.0) += HALF / (HALF + start(evidence));
        }
    }
    days
}

fn start(evidence: &Evidence) -> f64 {
    evidence.spans.first().map_or(0.0, |span| f64::from(span.start))
}

/// Returns the day that `time` is, if it is one.
fn single_day(time: &Time) -> Option<i32> {
    let (from, to) = (day_number(time.from.as_deref()?)?, day_number(time.to.as_deref()?)?);
    (to - from <= 1).then_some(from)
}

/// Returns the day that the reports are about, ISO 8601. Each outlet has a vote; of equals the earliest day wins.
pub(crate) fn main_day<'o>(reports: impl Iterator<Item = &'o Outline>) -> Option<String> {
    let mut outlets: BTreeMap<&str, BTreeMap<i32, f64>> = BTreeMap::new();
    for report in reports {
        let votes = outlets.entry(&report.outlet).or_default();
        for (day, vote) in &report.about {
            *votes.entry(*day).or_insert(0.0) += vote;
        }
    }
    let mut days: BTreeMap<i32, f64> = BTreeMap::new();
    for votes in outlets.into_values() {
        // An outlet with many reports says more than one with a single one, but not so many times more.
        let all: f64 = votes.values().sum();
        for (day, vote) in votes {
            *days.entry(day).or_insert(0.0) += vote / all.sqrt();
        }
    }
    let beside = |day: i32| days.get(&day).copied().unwrap_or_default();
    let weight = |day: i32, own: f64| own + BESIDE * (beside(day - 1) + beside(day + 1));
    let days = days.iter().map(|(day, own)| (*day, weight(*day, *own)));
    days.rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(day, _)| iso_day(day))
}

/// Returns the days that the opening of `texts`, one after the other, published on `day`, looks back to.
fn named_days<'t>(texts: impl IntoIterator<Item = &'t str>, day: i32) -> Vec<i32> {
    let words: Vec<&str> = texts
        .into_iter()
        .flat_map(str::split_whitespace)
        .take(OPENING)
        .map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()))
        .collect();
    let mut found: Vec<i32> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.to_lowercase());
        let before = before.unwrap_or_default();
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let weekday = WEEKDAYS.iter().position(|name| {
            bare.starts_with(|first: char| first.is_ascii_uppercase()) && bare.eq_ignore_ascii_case(name)
        });
        let named = if let Some(weekday) = weekday {
            let ahead = ["next", "this", "until", "by", "every", "each", "coming"].contains(&before.as_str());
            // 1 January 1970 was a Thursday.
            let back = (day + 3 - weekday as i32).rem_euclid(7);
            (!ahead).then_some(day - if back == 0 && before == "last" { 7 } else { back })
        } else {
            words.get(at..at + 2).and_then(|pair| days_of_year(pair[0], pair[1])).and_then(
                |(month, of_month)| {
                    let year: i32 = iso_day(day).get(..4)?.parse().ok()?;
                    [year, year - 1].into_iter().find_map(|year| {
                        let named = day_number(&format!("{year:04}-{:02}-{of_month:02}", month + 1))?;
                        (named <= day).then_some(named)
                    })
                },
            )
        };
        if let Some(named) = named.filter(|named| day - named <= BACK && !found.contains(named)) {
            found.push(named);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use readout_record::Event;

    use super::*;

    fn outline(outlet: &str, day: &str, text: &str) -> Outline {
        let document =
            Document { published: Some(day.to_owned()), text: text.to_owned(), ..Document::default() };
        let about = days_told(&document, &DocumentRecords::default());
        Outline { outlet: outlet.to_owned(), about, ..Outline::default() }
    }

    #[test]
    fn a_story_is_about_the_day_that_its_reports_look_back_to() {
        let reports = [
            outline("a", "2031-03-04", "A ferry sank off Velm on Sunday."),
            outline("b", "2031-03-05", "Divers found the ferry that went down on March 2."),
            outline("c", "2031-03-05", "The harbour mourns. Talks open next Friday."),
        ];
        assert_eq!(main_day(reports.iter()).as_deref(), Some("2031-03-02"));
        assert_eq!(main_day(reports[2..].iter()).as_deref(), Some("2031-03-05"));
        assert_eq!(main_day([].iter()), None);
    }

    #[test]
    fn what_is_told_as_done_has_its_day() {
        let event = |factuality, from: &str, to: &str| Event {
            factuality,
            time: Some(Time { from: Some(from.to_owned()), to: Some(to.to_owned()), ..Time::default() }),
            ..Event::default()
        };
        let records = DocumentRecords {
            events: vec![
                event(Factuality::Happened, "2031-03-01", "2031-03-02"),
                event(Factuality::Planned, "2031-03-04", "2031-03-05"),
                event(Factuality::Happened, "2031-01-01", "2031-03-05"),
            ],
            ..DocumentRecords::default()
        };
        let document = Document { published: Some("2031-03-05".to_owned()), ..Document::default() };
        let (first, fifth) = (day_number("2031-03-01").unwrap(), day_number("2031-03-05").unwrap());
        assert_eq!(days_told(&document, &records), [(first, LOOKED_BACK), (fifth, PUBLISHED)]);
        assert!(days_told(&Document::default(), &records).is_empty());
    }

    #[test]
    fn days_are_read_from_the_opening() {
        let day = day_number("2031-03-05").unwrap();
        let named = |text: &str| named_days([text], day).into_iter().map(iso_day).collect::<Vec<_>>();
        assert_eq!(named("On Monday’s shift, and last Wednesday"), ["2031-03-03", "2031-02-26"]);
        assert_eq!(named("by Monday; in May 2; on 1 March, Dec. 30"), ["2031-03-01"]);
    }
}
