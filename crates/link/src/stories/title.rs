//! The headline and the keywords of a story.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use readout_lexicon::stem;
use readout_record::calendar;
use rustc_hash::FxHashMap;

use super::vocabulary::{Report, SMALL_POOL, Vocabulary, dot_product};

/// Number of days after the story's day on which headlines are still about it.
const TIMELY: i32 = 2;
/// Largest number of keywords of a story.
const KEYWORDS: usize = 8;

/// Returns the weights of the members' words, summed, by number.
pub(super) fn centre(members: &[usize], reports: &[Report<'_>]) -> Vec<(u32, f64)> {
    let own = members.iter().filter_map(|member| reports.get(*member));
    let mut sums: FxHashMap<u32, f64> = FxHashMap::default();
    for (number, weight) in own.flat_map(|report| &report.words) {
        *sums.entry(*number).or_default() += weight;
    }
    let mut centre: Vec<(u32, f64)> = sums.into_iter().collect();
    centre.sort_unstable_by_key(|(number, _)| *number);
    centre
}

/// Returns the headline of the report nearest to the centre; the first line of the text where no member has a headline.
/// Reports of `day`, which the story is about, and of the [`TIMELY`] days after it come before all others.
pub(super) fn title(
    members: &[usize],
    centre: &[(u32, f64)],
    day: Option<&str>,
    reports: &[Report<'_>],
) -> String {
    let day = day.and_then(calendar::day_number);
    let timely = |report: &&Report<'_>| {
        day.zip(report.day).is_some_and(|(day, own)| (day..=day + TIMELY).contains(&own))
    };
    let all: Vec<&Report<'_>> = members.iter().filter_map(|member| reports.get(*member)).collect();
    let titled: Vec<&Report<'_>> =
        all.iter().copied().filter(|report| !report.outline.title.is_empty()).collect();
    let own: Vec<&Report<'_>> = titled.iter().copied().filter(timely).collect();
    let own = [own, titled, all].into_iter().find(|reports| !reports.is_empty()).unwrap_or_default();
    let mut best: Option<(f64, &Report<'_>)> = None;
    for report in own {
        let near = dot_product(&report.words, centre);
        // The earliest of equals.
        if best.is_none_or(|best| near > best.0) {
            best = Some((near, report));
        }
    }
    let Some((_, Report { outline, .. })) = best else { return String::new() };
    if outline.title.is_empty() { outline.line.clone() } else { outline.title.clone() }
}

/// Returns the heaviest words that most of the members have, in their commonest spelling. A word of a name becomes the
/// whole name.
pub(super) fn keywords(
    members: &[usize],
    centre: Vec<(u32, f64)>,
    reports: &[Report<'_>],
    vocabulary: &Vocabulary,
) -> Vec<String> {
    let mut having: FxHashMap<u32, usize> = FxHashMap::default();
    for (number, _) in
        members.iter().filter_map(|member| reports.get(*member)).flat_map(|report| &report.words)
    {
        *having.entry(*number).or_insert(0) += 1;
    }
    let mut words: Vec<(u32, f64)> = centre
        .into_iter()
        .filter(|(number, _)| having.get(number).is_some_and(|count| count * 2 > members.len()))
        .collect();
    if reports.len() < SMALL_POOL {
        // Few reports do not tell rare words from common ones: names come first, and what all members have.
        for (number, weight) in &mut words {
            let count = having.get(number).copied().unwrap_or_default();
            let often: f64 = members
                .iter()
                .filter_map(|member| vocabulary.count(*member, *number))
                .map(|count| 1.0 + libm::log(count.max(1.0)))
                .sum();
            let rarity = libm::log((reports.len() as f64 + 1.0) / (vocabulary.spread(*number) as f64 + 0.5));
            let share = count as f64 / members.len().max(1) as f64;
            *weight =
                often * share * (0.5 + rarity.max(0.0)) * if vocabulary.is_name(*number) { 2.0 } else { 1.0 };
        }
    }
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for name in members.iter().filter_map(|member| reports.get(*member)).flat_map(|it| it.outline.names()) {
        *names.entry(name).or_default() += 1;
    }
    let mut keywords: Vec<&str> = Vec::new();
    for (number, _) in words {
        let Some(word) = vocabulary.spelling(number) else { continue };
        if !vocabulary.is_name(number) {
            keywords.push(word);
        } else if !keywords.iter().any(|keyword| has_word(keyword, word)) {
            let count = having.get(&number).copied().unwrap_or_default();
            let name = full_name(word, count, &names).unwrap_or(word);
            keywords.retain(|keyword| !has_word(name, keyword));
            keywords.push(name);
        }
        if keywords.len() == KEYWORDS {
            break;
        }
    }
    keywords.into_iter().map(str::to_owned).collect()
}

/// Returns the name that `word` is part of in most of the `count` members that have the word: `Hong Kong` for `Kong`.
/// `names` are the names of the members, each with the number of members that have it.
fn full_name<'d>(word: &str, count: usize, names: &BTreeMap<&'d str, usize>) -> Option<&'d str> {
    let (name, own) = names
        .iter()
        .filter(|(name, _)| has_word(name, word))
        .max_by_key(|(name, count)| (**count, Reverse(name.len()), Reverse(**name)))?;
    (own * 2 > count).then_some(*name)
}

/// Whether `name` is or has `word`, as `Abu Bakr al-Baghdadi` has `Baghdadi` and `al-Baghdadi`.
fn has_word(name: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    let word = stem(&lower);
    let is = |part: &str| stem(&part.to_lowercase()) == word;
    name.split(' ').any(|part| is(part) || part.split('-').any(is))
}
