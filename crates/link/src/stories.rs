//! Stories: reports on the same running affair, and in them episodes of a day or a few.
//!
//! Reports are compared by the words of headline and opening (TF-IDF, cosine) and gathered by average link, twice:
//! first into episodes, where days that lie apart weaken a likeness; then, with a lower bar, episodes into stories,
//! where only what happens within about a week still counts. Average link over the whole pool keeps a chain of
//! look-alikes from growing into one lump, and its result does not depend on the order of arrival: reports are
//! sorted by day and id first.
//!
//! Dates gate softly in the first round because crawled dates are often wrong: a report whose words agree well with
//! an episode joins it even if its date does not. A report without a date is judged by its words and by what its
//! records share with those of others: a meeting of the same people at the same place, a quotation, a day named in
//! the text, the sides of an attack. Meetings of the same people at different places speak against.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::civil::Date;
use jiff::{Span, Unit};
use readout_record::{Document, DocumentRecords, Episode, Story, ids};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::story_evidence::StoryEvidence;

const EPOCH: Date = Date::constant(1970, 1, 1);
/// Words of the body that are compared; what follows is background that look-alikes share.
const BODY_WORDS: usize = 300;
/// How often a word of the headline counts.
const TITLE_WEIGHT: f64 = 3.0;
/// Average likeness from which reports are one episode.
const EPISODE: f64 = 0.18;
/// Average likeness from which episodes are one story.
const STORY: f64 = 0.085;
/// Likeness below which a pair is not kept at all.
const FLOOR: f64 = 0.02;
/// Days around a report in which every other is compared with it.
const WINDOW: i64 = 31;
/// A word in at most this many reports leads to reports outside the window too.
const RARE: usize = 60;
/// Rare words that a report outside the window must share.
const RARE_SHARED: u32 = 3;
/// Reports below which a pool does not tell common words from rare ones.
const SMALL_POOL: usize = 50;
/// Weight of the records from which a report that is alone joins the story of another.
const ATTACH: f64 = 0.06;
/// Likeness of words from which, in a small pool, an undated one does.
const ATTACH_WORDS: f64 = 0.15;
/// Keywords of a story.
const KEYWORDS: usize = 8;

/// Words that say nothing about what a report is on: function words, the calendar, the trade's own.
const STOP_WORDS: &str = include_str!("../../../data/stories/stop_words.txt");

/// One report as it is compared.
struct Report<'d> {
    document: &'d Document,
    /// Day of publication, counted from 1970.
    day: Option<i64>,
    /// Word number and weight, by number; the weights' squares sum to one.
    words: Vec<(u32, f64)>,
}

/// Days since 1970 of the date at the head of an ISO 8601 date or date-time.
fn day_number(written: &str) -> Option<i64> {
    let date: Date = written.get(..10)?.parse().ok()?;
    EPOCH.until((Unit::Day, date)).ok().map(|span| i64::from(span.get_days()))
}

/// The date of a day counted from 1970.
fn iso(day: i64) -> String {
    let date = Span::new().try_days(day).ok().and_then(|span| EPOCH.checked_add(span).ok());
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The stories of `documents`: two reports or more each, by their first day, then id.
pub fn find(documents: &[(&Document, &DocumentRecords)]) -> Vec<Story> {
    let mut pool = documents.to_vec();
    // Undated ones last; the order decides nothing but ties.
    pool.sort_by(|(a, _), (b, _)| {
        let day = |document: &Document| document.published.as_deref().and_then(day_number);
        let (a_day, b_day) = (day(a), day(b));
        a_day.is_none().cmp(&b_day.is_none()).then(a_day.cmp(&b_day)).then_with(|| a.id.cmp(&b.id))
    });
    let evidence = StoryEvidence::of(&pool);
    let pool: Vec<&Document> = pool.into_iter().map(|(document, _)| document).collect();
    let vocabulary = Vocabulary::of(&pool);
    let reports = vocabulary.reports(&pool);
    let mut links = Links::between(&reports, &vocabulary, &evidence);
    links.gather(|link| link.episode, EPISODE);
    let episodes = links.members.clone();
    links.gather(|link| link.story, STORY);
    links.attach(&evidence);
    let mut stories: Vec<Story> = links
        .members
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| story(members, &episodes, &reports, &vocabulary))
        .collect();
    stories.sort_by(|a, b| {
        a.from
            .is_none()
            .cmp(&b.from.is_none())
            .then_with(|| a.from.cmp(&b.from))
            .then_with(|| a.id.cmp(&b.id))
    });
    stories
}

/// The day that `documents` are about, as far as their dates of publication tell: the one with the most reports, the
/// earliest of equals. ISO 8601.
pub fn main_day(documents: &[&Document]) -> Option<String> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for day in documents.iter().filter_map(|document| day_number(document.published.as_deref()?)) {
        *counts.entry(day).or_insert(0) += 1;
    }
    counts.into_iter().rev().max_by_key(|count| count.1).map(|count| iso(count.0))
}

/// The words of a pool, how many reports have them, and how they are written.
struct Vocabulary {
    /// For each report of the pool its words' numbers and counts.
    counts: Vec<BTreeMap<u32, f64>>,
    /// In how many reports.
    spread: Vec<u32>,
    /// The commonest spelling.
    spelling: Vec<String>,
}

impl Vocabulary {
    fn of(pool: &[&Document]) -> Self {
        let stop: FxHashSet<&str> = STOP_WORDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut spellings: Vec<BTreeMap<String, u32>> = Vec::new();
        let mut spread: Vec<u32> = Vec::new();
        let mut counts = Vec::with_capacity(pool.len());
        for document in pool {
            let mut own: BTreeMap<u32, f64> = BTreeMap::new();
            let title = document.title.as_deref().unwrap_or_default();
            let words = words(title).map(|word| (word, TITLE_WEIGHT));
            for (word, weight) in
                words.chain(self::words(&document.text).take(BODY_WORDS).map(|word| (word, 1.0)))
            {
                let lower = word.to_lowercase().replace('’', "'");
                let lower = lower.strip_suffix("'s").unwrap_or(&lower);
                let digit = lower.bytes().all(|byte| byte.is_ascii_digit());
                if stop.contains(lower) || lower.chars().nth(1).is_none() && !digit {
                    continue;
                }
                let next = numbers.len() as u32;
                let number = *numbers.entry(stem(lower)).or_insert(next);
                if number == next && spellings.len() == next as usize {
                    spellings.push(BTreeMap::new());
                    spread.push(0);
                }
                *own.entry(number).or_insert(0.0) += weight;
                if let Some(spellings) = spellings.get_mut(number as usize)
                    && spellings.len() < 16
                {
                    let plain = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                    *spellings.entry(plain.to_owned()).or_insert(0) += 1;
                }
            }
            for number in own.keys() {
                if let Some(spread) = spread.get_mut(*number as usize) {
                    *spread += 1;
                }
            }
            counts.push(own);
        }
        let spelling = spellings
            .into_iter()
            .map(|spellings| {
                let best = spellings.into_iter().rev().max_by_key(|spelling| spelling.1);
                best.map(|spelling| spelling.0).unwrap_or_default()
            })
            .collect();
        Self { counts, spread, spelling }
    }

    fn spread(&self, number: u32) -> usize {
        self.spread.get(number as usize).map_or(0, |spread| *spread as usize)
    }

    fn reports<'d>(&self, pool: &[&'d Document]) -> Vec<Report<'d>> {
        let size = pool.len() as f64;
        pool.iter()
            .zip(&self.counts)
            .map(|(document, counts)| {
                // A word that no other report has cannot link, and would only blur. In a small pool it still tells
                // how little two reports share: five reports on the same two men need not be one story.
                let least = if pool.len() < SMALL_POOL { 1 } else { 2 };
                let mut words: Vec<(u32, f64)> = counts
                    .iter()
                    .filter(|(number, _)| self.spread(**number) >= least)
                    .map(|(number, count)| {
                        let rarity = libm::log((size + 1.0) / (self.spread(*number) as f64 + 0.5));
                        (*number, (1.0 + libm::log(count.max(1.0))) * rarity.max(0.0))
                    })
                    .collect();
                let length = words.iter().map(|word| word.1 * word.1).sum::<f64>().sqrt();
                if length > 0.0 {
                    for word in &mut words {
                        word.1 /= length;
                    }
                }
                let day = document.published.as_deref().and_then(day_number);
                Report { document, day, words }
            })
            .collect()
    }
}

/// Words and numbers of `text`.
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

/// A word without its commonest endings; only for comparing.
fn stem(word: &str) -> String {
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

/// How alike two reports or groups are, summed over their pairs, under either gate.
#[derive(Clone, Copy, Default)]
struct Likeness {
    episode: f64,
    story: f64,
}

/// The pool as groups that grow.
struct Links {
    /// The reports of each group, by number; empty once the group has joined another.
    members: Vec<Vec<u32>>,
    /// For each group its neighbours.
    near: Vec<BTreeMap<u32, Likeness>>,
    /// Pairs of reports close enough for one to join the other's story, and how close.
    close: Vec<(f64, u32, u32)>,
}

impl Links {
    fn between(reports: &[Report<'_>], vocabulary: &Vocabulary, evidence: &StoryEvidence<'_>) -> Self {
        let mut close_pairs: Vec<(f64, u32, u32)> = Vec::new();
        let mut near: Vec<BTreeMap<u32, Likeness>> = vec![BTreeMap::new(); reports.len()];
        let mut postings: FxHashMap<u32, Vec<(u32, f64)>> = FxHashMap::default();
        let mut dots = vec![0.0f64; reports.len()];
        let mut shared = vec![0u32; reports.len()];
        for (at, report) in reports.iter().enumerate() {
            let mut touched: Vec<u32> = Vec::new();
            let mut far: Vec<u32> = Vec::new();
            for (number, weight) in &report.words {
                let rare = vocabulary.spread(*number) <= RARE;
                for (other, theirs) in postings.get(number).into_iter().flatten().rev() {
                    let slot = *other as usize;
                    let (Some(dot), Some(count), Some(there)) =
                        (dots.get_mut(slot), shared.get_mut(slot), reports.get(slot))
                    else {
                        continue;
                    };
                    let close = apart(report, there).is_some_and(|days| days <= WINDOW);
                    // Reports stand by day, so all before the first far one are far.
                    if !close && !rare {
                        break;
                    }
                    if *dot == 0.0 && *count == 0 {
                        if close { touched.push(*other) } else { far.push(*other) }
                    }
                    *dot += weight * theirs;
                    *count += 1;
                }
            }
            for other in far.iter().chain(&touched) {
                let slot = *other as usize;
                let (Some(dot), Some(count), Some(there)) =
                    (dots.get_mut(slot), shared.get_mut(slot), reports.get(slot))
                else {
                    continue;
                };
                let days = apart(report, there);
                let close = days.is_some_and(|days| days <= WINDOW);
                let alike = if close {
                    *dot
                } else if *count >= RARE_SHARED {
                    dot_product(&report.words, &there.words)
                } else {
                    0.0
                };
                if alike >= FLOOR {
                    let mut likeness = gated(alike, days);
                    let weight = evidence.weigh(at, slot);
                    // A word of the records counts for as much as the days between let it.
                    let by_day = gated(1.0, days);
                    likeness.episode += weight.episode * by_day.episode;
                    likeness.story += weight.story * if days.is_some() { by_day.story } else { 1.0 };
                    let words = days.is_none() && reports.len() < SMALL_POOL && alike >= ATTACH_WORDS;
                    if days.is_none() && !weight.contradicted && (weight.story >= ATTACH || words) {
                        close_pairs.push((weight.story + alike, *other, at as u32));
                    }
                    if let Some(near) = near.get_mut(at) {
                        near.insert(*other, likeness);
                    }
                    if let Some(near) = near.get_mut(slot) {
                        near.insert(at as u32, likeness);
                    }
                }
                (*dot, *count) = (0.0, 0);
            }
            for (number, weight) in &report.words {
                postings.entry(*number).or_default().push((at as u32, *weight));
            }
        }
        Self {
            members: (0..reports.len() as u32).map(|number| vec![number]).collect(),
            near,
            close: close_pairs,
        }
    }

    /// Puts each report that is alone into the story of the report closest to it, unless the records contradict a
    /// member: on average it may be too unlike the story, but they tell of the same thing.
    fn attach(&mut self, evidence: &StoryEvidence<'_>) {
        let mut close = std::mem::take(&mut self.close);
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut home: BTreeMap<u32, usize> = BTreeMap::new();
        for (group, members) in self.members.iter().enumerate().filter(|(_, members)| members.len() > 1) {
            home.extend(members.iter().map(|member| (*member, group)));
        }
        // Only stories as they were found are joined, or a chain of look-alikes would grow.
        let mut joined: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, a, b) in close {
            for (single, other) in [(a, b), (b, a)] {
                let (false, false, Some(group)) =
                    (home.contains_key(&single), joined.contains_key(&single), home.get(&other))
                else {
                    continue;
                };
                let members = self.members.get(*group).map(Vec::as_slice).unwrap_or_default();
                let fits = members
                    .iter()
                    .all(|member| !evidence.weigh(single as usize, *member as usize).contradicted);
                if fits {
                    joined.insert(single, *group);
                }
            }
        }
        for (single, group) in joined {
            if let Some(own) = self.members.get_mut(single as usize) {
                own.clear();
            }
            if let Some(members) = self.members.get_mut(group) {
                members.push(single);
                members.sort_unstable();
            }
        }
    }

    /// Joins the two groups that are most alike on average as long as `bar` is met.
    fn gather(&mut self, part: impl Fn(&Likeness) -> f64, bar: f64) {
        let size = |members: &[Vec<u32>], group: u32| members.get(group as usize).map_or(0, Vec::len);
        let average = |members: &[Vec<u32>], a: u32, b: u32, likeness: &Likeness| {
            part(likeness) / (size(members, a) * size(members, b)).max(1) as f64
        };
        let mut queue: BinaryHeap<Pair> = BinaryHeap::new();
        for (a, near) in self.near.iter().enumerate() {
            let a = a as u32;
            for (b, likeness) in near.range(a + 1..) {
                let alike = average(&self.members, a, *b, likeness);
                if alike >= bar {
                    queue.push(Pair {
                        alike,
                        a,
                        b: *b,
                        sizes: (size(&self.members, a), size(&self.members, *b)),
                    });
                }
            }
        }
        while let Some(Pair { a, b, sizes, .. }) = queue.pop() {
            // A group that has grown or gone since has newer pairs in the queue.
            if sizes != (size(&self.members, a), size(&self.members, b)) || sizes.0 == 0 || sizes.1 == 0 {
                continue;
            }
            let (Some(theirs), Some(gone)) = (
                self.near.get_mut(b as usize).map(std::mem::take),
                self.members.get_mut(b as usize).map(std::mem::take),
            ) else {
                continue;
            };
            if let Some(members) = self.members.get_mut(a as usize) {
                members.extend(gone);
                members.sort_unstable();
            }
            for (other, likeness) in theirs {
                if let Some(near) = self.near.get_mut(other as usize) {
                    near.remove(&b);
                }
                if other == a {
                    continue;
                }
                for (from, to) in [(a, other), (other, a)] {
                    if let Some(near) = self.near.get_mut(from as usize) {
                        let sum = near.entry(to).or_default();
                        sum.episode += likeness.episode;
                        sum.story += likeness.story;
                    }
                }
            }
            let Some(near) = self.near.get(a as usize) else { continue };
            for (other, likeness) in near {
                let alike = average(&self.members, a, *other, likeness);
                if alike >= bar {
                    let (low, high) = (a.min(*other), a.max(*other));
                    queue.push(Pair {
                        alike,
                        a: low,
                        b: high,
                        sizes: (size(&self.members, low), size(&self.members, high)),
                    });
                }
            }
        }
    }
}

/// Two groups that might join. Groups only grow, so their sizes tell whether the pair is still as it was.
struct Pair {
    alike: f64,
    a: u32,
    b: u32,
    sizes: (usize, usize),
}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.alike.total_cmp(&other.alike).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}

/// Days between two reports, if both are dated.
fn apart(a: &Report<'_>, b: &Report<'_>) -> Option<i64> {
    Some((a.day? - b.day?).abs())
}

/// A likeness weakened by the days between. In an episode it falls by half over a month and no further; in a story
/// it is as good as gone after ten days. Without dates the words must do: in a story, twice as well.
fn gated(alike: f64, days: Option<i64>) -> Likeness {
    let falling = |free: f64, over: f64, floor: f64| match days {
        Some(days) => (1.0 - (days as f64 - free).max(0.0) / over * (1.0 - floor)).max(floor),
        None => 1.0,
    };
    Likeness {
        episode: alike * falling(1.0, 30.0, 0.5),
        story: alike * if days.is_some() { falling(3.0, 7.0, 0.1) } else { 0.5 },
    }
}

/// The sum of products of the weights of shared words; both lists are sorted by number.
fn dot_product(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut at, mut there, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(there)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => at += 1,
            Ordering::Greater => there += 1,
            Ordering::Equal => {
                sum += x.1 * y.1;
                (at, there) = (at + 1, there + 1);
            }
        }
    }
    sum
}

fn story(members: &[u32], episodes: &[Vec<u32>], reports: &[Report<'_>], vocabulary: &Vocabulary) -> Story {
    let within = |numbers: &[u32]| -> Vec<usize> { numbers.iter().map(|number| *number as usize).collect() };
    let own = within(members);
    let (from, to) = first_and_last(&own, reports);
    // An episode's reports all stand in the same story.
    let mut parts: Vec<Episode> = episodes
        .iter()
        .filter(|episode| episode.first().is_some_and(|first| members.binary_search(first).is_ok()))
        .map(|episode| {
            let own = within(episode);
            let (from, to) = first_and_last(&own, reports);
            Episode { title: title(&own, reports), documents: documents(&own, reports), from, to }
        })
        .collect();
    parts.sort_by(|a, b| {
        a.from
            .is_none()
            .cmp(&b.from.is_none())
            .then_with(|| a.from.cmp(&b.from))
            .then_with(|| a.documents.cmp(&b.documents))
    });
    let listed = documents(&own, reports);
    Story {
        id: ids::linked_id("story", listed.first().map(String::as_str)),
        title: title(&own, reports),
        keywords: keywords(&own, reports, vocabulary),
        documents: listed,
        from,
        to,
        episodes: parts,
    }
}

/// The reports' ids, by day.
fn documents(members: &[usize], reports: &[Report<'_>]) -> Vec<String> {
    members
        .iter()
        .filter_map(|member| reports.get(*member))
        .map(|report| report.document.id.clone())
        .collect()
}

fn first_and_last(members: &[usize], reports: &[Report<'_>]) -> (Option<String>, Option<String>) {
    let days = || members.iter().filter_map(|member| reports.get(*member)?.day);
    (days().min().map(iso), days().max().map(iso))
}

/// The weights of the members' words, summed.
fn centre(members: &[usize], reports: &[Report<'_>]) -> BTreeMap<u32, f64> {
    let mut centre: BTreeMap<u32, f64> = BTreeMap::new();
    for (number, weight) in
        members.iter().filter_map(|member| reports.get(*member)).flat_map(|report| &report.words)
    {
        *centre.entry(*number).or_insert(0.0) += weight;
    }
    centre
}

/// The headline of the report nearest to the centre; the first line of the text where no member has a headline.
fn title(members: &[usize], reports: &[Report<'_>]) -> String {
    let centre: Vec<(u32, f64)> = centre(members, reports).into_iter().collect();
    let own = || members.iter().filter_map(|member| reports.get(*member));
    let headline =
        |report: &Report<'_>| report.document.title.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let titled = own().any(|report| !headline(report).is_empty());
    let mut best: Option<(f64, &Report<'_>)> = None;
    for report in own().filter(|report| !titled || !headline(report).is_empty()) {
        let near = dot_product(&report.words, &centre);
        // The earliest of equals.
        if best.is_none_or(|best| near > best.0) {
            best = Some((near, report));
        }
    }
    let Some((_, report)) = best else { return String::new() };
    if titled {
        return headline(report);
    }
    let line = report.document.text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or_default().chars().take(120).collect()
}

/// The heaviest words that half of the members have, as they are mostly written.
fn keywords(members: &[usize], reports: &[Report<'_>], vocabulary: &Vocabulary) -> Vec<String> {
    let mut having: BTreeMap<u32, usize> = BTreeMap::new();
    for (number, _) in
        members.iter().filter_map(|member| reports.get(*member)).flat_map(|report| &report.words)
    {
        *having.entry(*number).or_insert(0) += 1;
    }
    let mut words: Vec<(u32, f64)> = centre(members, reports)
        .into_iter()
        .filter(|(number, _)| having.get(number).is_some_and(|count| count * 2 >= members.len()))
        .collect();
    if reports.len() < SMALL_POOL {
        // Few reports do not tell rare words from common ones: names come first, and what all members have.
        for (number, weight) in &mut words {
            let name = vocabulary
                .spelling
                .get(*number as usize)
                .is_some_and(|word| word.starts_with(char::is_uppercase));
            let count = having.get(number).copied().unwrap_or_default();
            let often: f64 = members
                .iter()
                .filter_map(|member| vocabulary.counts.get(*member)?.get(number))
                .map(|count| 1.0 + libm::log(count.max(1.0)))
                .sum();
            let rarity = libm::log((reports.len() as f64 + 1.0) / (vocabulary.spread(*number) as f64 + 0.5));
            let share = count as f64 / members.len().max(1) as f64;
            *weight = often * share * (0.5 + rarity.max(0.0)) * if name { 2.0 } else { 1.0 };
        }
    }
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    words.truncate(KEYWORDS);
    words.into_iter().filter_map(|(number, _)| vocabulary.spelling.get(number as usize).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use readout_record::{Meeting, Mode, Statement};

    use super::*;

    fn document(id: &str, published: Option<&str>, title: &str, text: &str) -> Document {
        Document {
            id: id.into(),
            published: published.map(Into::into),
            title: Some(title.into()),
            text: text.into(),
            ..Document::default()
        }
    }

    fn pool() -> Vec<Document> {
        vec![
            document(
                "a",
                Some("2031-03-02"),
                "Lava closes Hverfell road",
                "Lava from the Hverfell crater closed the coast road and rangers led hikers to Vik harbour.",
            ),
            document(
                "b",
                Some("2031-03-02T21:00:00Z"),
                "Rangers lead hikers off Hverfell",
                "Rangers led forty hikers off Hverfell after lava cut the coast road near Vik.",
            ),
            document(
                "c",
                Some("2031-03-03"),
                "Coast road near Vik buried",
                "The coast road near Vik lies under lava from Hverfell; hikers are safe in the harbour.",
            ),
            document(
                "d",
                Some("2031-03-02"),
                "Grain talks open in Tarrin",
                "Envoys of Ostia and Merania opened talks on grain prices in Tarrin under a truce.",
            ),
            document(
                "e",
                Some("2031-03-03"),
                "Ostia and Merania near grain deal",
                "Envoys in Tarrin said a grain deal between Ostia and Merania was near, the truce holding.",
            ),
            document(
                "f",
                Some("2031-03-02"),
                "Chess final drawn",
                "The chess final ended in a draw after nine hours of play.",
            ),
            document(
                "g",
                None,
                "Hverfell lava spares Vik",
                "Lava from the Hverfell crater spared Vik harbour, rangers told hikers on the coast road.",
            ),
        ]
    }

    fn found(documents: &[Document]) -> Vec<Story> {
        let none = DocumentRecords::default();
        find(&documents.iter().map(|document| (document, &none)).collect::<Vec<_>>())
    }

    #[test]
    fn reports_on_one_happening_are_one_story() {
        let mut stories = found(&pool());
        stories.sort_by(|a, b| a.documents.cmp(&b.documents));
        let members: Vec<Vec<&str>> =
            stories.iter().map(|story| story.documents.iter().map(String::as_str).collect()).collect();
        assert_eq!(members, [vec!["a", "b", "c", "g"], vec!["d", "e"]]);
        assert_eq!(
            (stories[0].from.as_deref(), stories[0].to.as_deref()),
            (Some("2031-03-02"), Some("2031-03-03"))
        );
        assert!(stories[0].keywords.iter().any(|word| word == "Hverfell"), "{:?}", stories[0].keywords);
        assert!(pool().iter().any(|document| document.title.as_deref() == Some(stories[0].title.as_str())));
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let forward = found(&pool());
        let mut documents = pool();
        documents.reverse();
        assert_eq!(forward, found(&documents));
        documents.rotate_left(3);
        assert_eq!(forward, found(&documents));
    }

    #[test]
    fn look_alikes_years_apart_are_kept_apart() {
        let mut documents = pool();
        documents.push(document(
            "h",
            Some("2035-08-20"),
            "Hverfell quiet",
            "Rangers at Hverfell counted seabirds near Vik this summer.",
        ));
        documents.push(document(
            "i",
            Some("2035-08-21"),
            "Seabirds back at Vik",
            "Seabirds counted by rangers at Hverfell are back near Vik this summer.",
        ));
        let stories = found(&documents);
        let of =
            |id: &str| stories.iter().position(|story| story.documents.iter().any(|document| document == id));
        assert_eq!(of("h"), of("i"));
        assert_ne!(of("h"), of("a"));
    }

    /// Undated reports on the same two envoys, who met in two places.
    fn envoys() -> Vec<(Document, DocumentRecords)> {
        let report = |id: &str, title: &str, text: &str, place: Option<&str>, said: &str| {
            let statement =
                Statement { content_text: said.to_owned(), mode: Mode::Direct, ..Statement::default() };
            let meeting = place.map(|place| Meeting {
                participants: vec!["person:orla-brandt".to_owned(), "person:ivo-kessen".to_owned()],
                place: Some(place.to_owned()),
                ..Meeting::default()
            });
            let records = DocumentRecords {
                statements: vec![statement],
                meetings: meeting.into_iter().collect(),
                ..DocumentRecords::default()
            };
            (document(id, None, title, text), records)
        };
        vec![
            report(
                "a",
                "Brandt and Kessen talk in Velm",
                "Envoys Orla Brandt and Ivo Kessen spoke of the river truce in Velm, where a ferry sank on June 3. \
                 Brandt wants fewer patrols upstream.",
                Some("Velm"),
                "",
            ),
            report(
                "b",
                "Kessen meets Brandt on the truce",
                "After the loss of the ferry the envoys Kessen and Brandt met over soup in Velm and promised a truce \
                 along the river before winter.",
                Some("Velm"),
                "",
            ),
            report(
                "c",
                "Divers search for ferry",
                "Divers went down to the ferry that was lost on June 3; Brandt said the river must be kept safe.",
                None,
                "every ferry on this river needs lights, boats and trained pilots",
            ),
            report(
                "d",
                "Brandt, Kessen part without a treaty",
                "In Ostia the envoys Brandt and Kessen talked through the night about tariffs and the truce.",
                Some("Ostia"),
                "",
            ),
            report(
                "e",
                "Night talks of envoys fail",
                "Talks in Ostia between Kessen and Brandt ended at dawn; tariffs on timber kept the envoys apart.",
                Some("Ostia"),
                "",
            ),
        ]
    }

    fn members_of(reports: &[(Document, DocumentRecords)]) -> Vec<Vec<String>> {
        let stories =
            find(&reports.iter().map(|(document, records)| (document, records)).collect::<Vec<_>>());
        let mut members: Vec<Vec<String>> = stories.into_iter().map(|story| story.documents).collect();
        members.sort();
        members
    }

    #[test]
    fn undated_reports_on_two_meetings_of_the_same_people_are_two_stories() {
        let mut reports = envoys();
        reports.remove(2);
        assert_eq!(members_of(&reports), [["a", "b"], ["d", "e"]]);
        reports.reverse();
        assert_eq!(members_of(&reports), [["a", "b"], ["d", "e"]]);
    }

    #[test]
    fn a_report_that_shares_a_quotation_and_a_day_joins_a_story() {
        let mut reports = envoys();
        reports[0].1.statements = reports[2].1.statements.clone();
        let members = members_of(&reports);
        assert_eq!(members, [vec!["a", "b", "c"], vec!["d", "e"]]);
        let alone = &reports[2..3];
        assert!(members_of(alone).is_empty());
    }

    #[test]
    fn odd_input_is_no_story() {
        assert!(found(&[]).is_empty());
        assert!(found(&[document("a", Some("no date"), "", ""), document("b", None, "", "")]).is_empty());
        assert_eq!(day_number("1969-12-31"), Some(-1));
        assert_eq!(iso(0), "1970-01-01");
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
