//! What the stories need to know of a report: its day, its headline, the words of headline and opening, and what its
//! records tell. Small enough that a thousand are read in no time.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Span, Unit};
use readout_record::{DocumentId, Mention};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::story_day::days_told;
use crate::story_evidence::Facts;

const EPOCH: Date = Date::constant(1970, 1, 1);
/// Words of the body that are compared; what follows is background that look-alikes share.
const BODY_WORDS: usize = 160;
/// Number of times that a word of the headline counts.
const TITLE_WEIGHT: u32 = 3;
/// Names of several words that are kept.
const NAMES: usize = 24;
/// The separator between words. No word contains it, or a space.
const BETWEEN_WORDS: char = '|';

/// Words that say nothing about what a report is on: function words, the calendar, the trade's own.
const STOP_WORDS: &str = include_str!("../../../data/stories/stop_words.txt");

static STOP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    STOP_WORDS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// One report as stories compare it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub(crate) id: DocumentId,
    /// Day of publication, counted from 1970.
    pub(crate) day: Option<i64>,
    /// The headline; empty if there is none.
    pub(crate) title: String,
    /// The first line of the text.
    pub(crate) line: String,
    /// See [`Outline::words`]; one string, since a pool reads half a million of them.
    words: String,
    /// See [`Outline::names`].
    names: String,
    pub(crate) facts: Facts,
    /// The outlet; the id of the document if it is unknown.
    pub(crate) outlet: String,
    /// The days that the report is about, counted from 1970, and how much it is; see [`crate::story_day`].
    pub(crate) about: Vec<(i64, f64)>,
}

/// A word of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Word<'o> {
    pub(crate) stem: &'o str,
    /// The spelling that the report mostly uses.
    pub(crate) spelling: &'o str,
    /// The number of times that the report has the word. Those in the headline count more.
    pub(crate) count: f64,
}

impl Outline {
    /// Returns the words, each once, by their stems.
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        self.words.split(BETWEEN_WORDS).filter_map(|word| {
            let mut parts = word.split(' ');
            let (stem, spelling, count) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Word { stem, spelling, count: count.parse().ok()? })
        })
    }

    /// Returns the full names of several words that the report has, those that come first in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.split(BETWEEN_WORDS).filter(|name| !name.is_empty())
    }

    /// Returns the outline of `report`.
    pub(crate) fn of(report: &Report) -> Self {
        let document = &report.document;
        // Some collections have the address where the headline should be.
        let title = document.title.as_deref().map(str::trim).filter(|title| !title.contains("://"));
        let title = title.unwrap_or_default();
        let mut own: BTreeMap<String, (u32, BTreeMap<&str, u32>)> = BTreeMap::new();
        let of_title = words(title).map(|word| (word, TITLE_WEIGHT));
        let of_body = words(&document.text).take(BODY_WORDS).map(|word| (word, 1));
        for (word, weight) in of_title.chain(of_body) {
            let lower = word.to_lowercase().replace('’', "'");
            let lower = lower.strip_suffix("'s").unwrap_or(&lower);
            let digit = lower.bytes().all(|byte| byte.is_ascii_digit());
            if STOP.contains(lower) || lower.chars().nth(1).is_none() && !digit {
                continue;
            }
            let plain = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let (count, spellings) = own.entry(stem(lower)).or_default();
            *count += weight;
            *spellings.entry(plain).or_default() += 1;
        }
        let words: Vec<String> = own
            .into_iter()
            .map(|(stem, (count, spellings))| {
                let best = spellings.into_iter().rev().max_by_key(|spelling| spelling.1);
                format!("{stem} {} {count}", best.map_or("", |best| best.0))
            })
            .collect();
        let line = document.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        Self {
            id: document.id.clone(),
            day: document.published.as_deref().and_then(day_number),
            title: title.to_owned(),
            line: line.chars().take(120).collect(),
            words: words.join(&BETWEEN_WORDS.to_string()),
            names: names(report).join(&BETWEEN_WORDS.to_string()),
            facts: Facts::of(report),
            outlet: document.outlet.clone().unwrap_or_else(|| document.id.clone()),
            about: days_told(document, &report.records),
        }
    }
}

/// Returns the number of days from 1 January 1970 to the date at the head of an ISO 8601 date or date-time.
pub(crate) fn day_number(written: &str) -> Option<i64> {
    let date: Date = written.get(..10)?.parse().ok()?;
    EPOCH.until((Unit::Day, date)).ok().map(|span| i64::from(span.get_days()))
}

/// Returns the ISO 8601 date of a day, counted from 1 January 1970.
pub(crate) fn iso(day: i64) -> String {
    let date = Span::new().try_days(day).ok().and_then(|span| EPOCH.checked_add(span).ok());
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn names(report: &Report) -> Vec<&str> {
    let mut mentions: Vec<&Mention> = report.records.mentions.iter().filter(|it| it.named).collect();
    mentions.sort_by_key(|it| (it.span.start, it.span.end));
    let mut names: Vec<&str> = Vec::new();
    for name in mentions.into_iter().map(|it| it.name.as_str()) {
        if (2..=4).contains(&name.split(' ').count())
            && !name.contains(BETWEEN_WORDS)
            && !names.contains(&name)
        {
            names.push(name);
        }
        if names.len() == NAMES {
            break;
        }
    }
    names
}

/// Returns the words and numbers of `text`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-' | ',' | '.')))
        .flat_map(|piece| {
            // Stops and commas stay inside numbers only.
            let number = piece.starts_with(|first: char| first.is_ascii_digit());
            piece.split(move |letter: char| !number && matches!(letter, ',' | '.'))
        })
        .map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Returns a word without its commonest endings; only for comparing.
pub(crate) fn stem(word: &str) -> String {
    let long = |letters: usize| word.chars().count() > letters;
    if let Some(root) = word.strip_suffix("ies").filter(|_| long(5)) {
        return format!("{root}y");
    }
    let plural = long(4) && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let word = if plural { word.strip_suffix('s').unwrap_or(word) } else { word };
    let long = |letters: usize| word.chars().count() > letters;
    match word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")) {
        Some(root) if long(5) => root.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_numbers() {
        assert_eq!(day_number("1969-12-31"), Some(-1));
        assert_eq!(day_number("no date"), None);
        assert_eq!(iso(0), "1970-01-01");
    }

    #[test]
    fn words_are_read_back_as_they_were_counted() {
        let document = readout_record::Document {
            title: Some("Ferries | in Velm".to_owned()),
            text: "Ferry traffic: a ferry, 1,200-strong.".to_owned(),
            ..readout_record::Document::default()
        };
        let outline = Outline::of(&Report::new(document, Default::default(), BTreeMap::new()));
        let words: Vec<(&str, &str, f64)> =
            outline.words().map(|word| (word.stem, word.spelling, word.count)).collect();
        assert_eq!(
            words,
            [
                ("1,200-strong", "1,200-strong", 1.0),
                ("ferry", "Ferries", 5.0),
                ("traffic", "traffic", 1.0),
                ("velm", "Velm", 3.0)
            ]
        );
    }

    #[test]
    fn words_are_cut_and_stemmed() {
        assert_eq!(
            words("U.S. envoy’s 1,200-strong “talks”, 2.5").collect::<Vec<_>>(),
            ["U", "S", "envoy’s", "1,200-strong", "talks", "2.5"]
        );
        assert_eq!(stem("parties"), "party");
        assert_eq!(stem("talks"), "talk");
        assert_eq!(stem("crisis"), "crisis");
    }
}
