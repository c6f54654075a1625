//! The outline of a report, made from its headline, opening and records.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::stem;
use readout_record::{Mention, calendar};
use rustc_hash::FxHashSet;

use super::day::days_told;
use super::evidence::facts;
use crate::report::Report;
use crate::shelf::{BETWEEN_WORDS, Outline};

/// The code points that an outline keeps of a report's first line.
const LINE: usize = 120;

/// Number of words of the body that are compared. The rest is background that look-alikes share.
const BODY_WORDS: usize = 160;
/// Number of times that a word of the headline counts.
const TITLE_WEIGHT: u32 = 3;
/// Largest number of names of several words that are kept.
const NAMES: usize = 24;
/// Words that do not show what a report is on: function words, days and months, words of the news trade.
const STOP_WORDS: &str = include_str!("../../../../data/stories/stop_words.txt");

static STOP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    STOP_WORDS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Returns the outline of `report`.
pub(crate) fn outline(report: &Report) -> Outline {
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
        let (count, spellings) = own.entry(stem(lower).into_owned()).or_default();
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
    Outline {
        id: document.id.clone(),
        day: document.published.as_deref().and_then(calendar::day_number),
        title: title.to_owned(),
        line: line.chars().take(LINE).collect(),
        words: words.join(&BETWEEN_WORDS.to_string()),
        names: names(report).join(&BETWEEN_WORDS.to_string()),
        facts: facts(report),
        outlet: document.outlet.clone().unwrap_or_else(|| document.id.to_string()),
        about: days_told(document, &report.records),
    }
}
/// Returns the full names of several words, those that come first.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_as_they_were_counted() {
        let document = readout_record::Document {
            title: Some("Ferries | in Velm".to_owned()),
            text: "Ferry traffic: a ferry, 1,200-strong.".to_owned(),
            ..readout_record::Document::default()
        };
        let outline = outline(&Report::new(document, Default::default(), BTreeMap::new()));
        let words: Vec<(&str, &str, f64)> =
            outline.words().map(|word| (word.stem, word.spelling, word.count)).collect();
        assert_eq!(
            words,
            [
                ("1,200-strong", "1,200-strong", 1.0),
                ("ferri", "Ferries", 5.0),
                ("traffic", "traffic", 1.0),
                ("velm", "Velm", 3.0)
            ]
        );
    }

    #[test]
    fn words_are_cut() {
        assert_eq!(
            words("U.S. envoy’s 1,200-strong “talks”, 2.5").collect::<Vec<_>>(),
            ["U", "S", "envoy’s", "1,200-strong", "talks", "2.5"]
        );
    }
}
