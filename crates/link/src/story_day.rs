//! Which day a story is about.
//!
//! Reports on an event go on for days, so the day of most reports is often too late. What they name in their opening
//! (`on Tuesday`, `June 10`) is the day they look back to.

use std::collections::BTreeMap;

use readout_record::Document;

use crate::gatherings::WEEKDAYS;
use crate::outline::{day_number, iso};
use crate::story_evidence::days_of_year;

/// Words of the opening in which days are looked for.
const OPENING: usize = 200;
/// Days that one report names, the first of them.
const NAMED: usize = 3;
/// Days back to which a report's opening may look.
const BACK: i64 = 14;
/// What the day of publication counts, where a named day counts one.
const PUBLISHED: f64 = 0.5;

/// The day that `documents` are about, ISO 8601: each outlet has a vote, for the days that its reports name and for
/// those of their publication; the earliest of equals.
pub fn main_day(documents: &[&Document]) -> Option<String> {
    let mut outlets: BTreeMap<&str, BTreeMap<i64, f64>> = BTreeMap::new();
    for document in documents {
        let Some(day) = document.published.as_deref().and_then(day_number) else { continue };
        let votes = outlets.entry(document.outlet.as_deref().unwrap_or(&document.id)).or_default();
        *votes.entry(day).or_insert(0.0) += PUBLISHED;
        let named = named_days(&document.text, day);
        for named_day in &named {
            *votes.entry(*named_day).or_insert(0.0) += 1.0 / named.len() as f64;
        }
    }
    let mut days: BTreeMap<i64, f64> = BTreeMap::new();
    for votes in outlets.into_values() {
        // An outlet with many reports says more than one with a single one, but not so many times more.
        let all: f64 = votes.values().sum();
        for (day, vote) in votes {
            *days.entry(day).or_insert(0.0) += vote / all.sqrt();
        }
    }
    days.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(day, _)| iso(day))
}

/// The first days that the opening of `text`, published on `day`, looks back to.
fn named_days(text: &str, day: i64) -> Vec<i64> {
    let words: Vec<&str> = text
        .split_whitespace()
        .take(OPENING)
        .map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()))
        .collect();
    let mut found: Vec<i64> = Vec::new();
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
            let back = (day + 3 - weekday as i64).rem_euclid(7);
            (!ahead).then_some(day - if back == 0 && before == "last" { 7 } else { back })
        } else {
            words.get(at..at + 2).and_then(|pair| days_of_year(pair[0], pair[1])).and_then(
                |(month, of_month)| {
                    let year: i64 = iso(day).get(..4)?.parse().ok()?;
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
    found.truncate(NAMED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(outlet: &str, day: &str, text: &str) -> Document {
        Document {
            outlet: Some(outlet.to_owned()),
            published: Some(day.to_owned()),
            text: text.to_owned(),
            ..Document::default()
        }
    }

    #[test]
    fn a_story_is_about_the_day_that_its_reports_look_back_to() {
        let documents = [
            document("a", "2031-03-04", "A ferry sank off Velm on Sunday."),
            document("b", "2031-03-05", "Divers found the ferry that went down on March 2."),
            document("c", "2031-03-05", "The harbour mourns. Talks open next Friday."),
        ];
        let refs: Vec<&Document> = documents.iter().collect();
        assert_eq!(main_day(&refs).as_deref(), Some("2031-03-02"));
        assert_eq!(main_day(&refs[2..]).as_deref(), Some("2031-03-05"));
        assert_eq!(main_day(&[&Document::default()]), None);
    }

    #[test]
    fn days_are_read_from_the_opening() {
        let day = day_number("2031-03-05").unwrap();
        let named = |text: &str| named_days(text, day).into_iter().map(iso).collect::<Vec<_>>();
        assert_eq!(named("On Monday’s shift, and last Wednesday"), ["2031-03-03", "2031-02-26"]);
        assert_eq!(named("by Monday; in May 2; on 1 March, Dec. 30"), ["2031-03-01"]);
    }
}
