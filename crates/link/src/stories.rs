//! Stories: reports on the same running affair, and in them episodes of a day or a few.
//!
//! Reports are compared by the words of headline and opening (TF-IDF, cosine) and gathered by average link, twice:
//! first into episodes, where days that lie apart weaken a likeness; then, with a lower bar, episodes into stories,
//! where only what happens within about a week still counts. Average link over the whole pool keeps a chain of
//! look-alikes from growing into one lump, and its result does not depend on the order of arrival: reports are
//! sorted by day and id first.
//!
//! A pool is at most 2,500 reports: time is halved until no half holds more, so that a report that comes changes
//! its own pool and no other, however many there are. No story goes over the border of two pools.
//!
//! Dates gate softly in the first round because crawled dates are often wrong: a report whose words agree well with
//! an episode joins it even if its date does not. A report without a date is judged by its words and by what its
//! records share with those of others: a meeting of the same people at the same place, a quotation, a day named in
//! the text, the sides of an attack. Meetings of the same people at different places speak against.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use readout_record::{Document, DocumentRecords, Episode, Record, RecordId, Story, ids};
use rustc_hash::FxHashMap;

pub use crate::outline::Outline;
use crate::outline::{day_number, iso, stem};
use crate::report::rank;
use crate::shelf::Shelf;
use crate::story_day::main_day;
use crate::story_evidence::StoryEvidence;
use crate::story_links::{Links, dot_product};

/// Average likeness from which reports are one episode.
const EPISODE: f64 = 0.2;
/// Weight of a name, where another word has one: reports on different affairs that look alike share what happened
/// (`rebels leave the town`), and differ in who and where.
const NAME_WEIGHT: f64 = 1.5;
/// Average likeness from which episodes are one story.
const STORY: f64 = 0.085;
/// Number of reports below which a pool is too small to distinguish common words from rare ones.
pub(crate) const SMALL_POOL: usize = 50;
/// Reports of a pool at most.
const MAX_POOL: u64 = 2500;
/// Days after the one that a story is about for which its headlines are about it too.
const TIMELY: i64 = 2;
/// Keywords of a story.
const KEYWORDS: usize = 8;

/// The places on the line of time of all reports.
const LINE: Range<i64> = 0..1 << 55;

/// One report as it is compared.
pub(crate) struct Report<'d> {
    pub(crate) outline: &'d Outline,
    /// Day of publication, counted from 1970.
    pub(crate) day: Option<i64>,
    /// Word number and weight, by number; the weights' squares sum to one.
    pub(crate) words: Vec<(u32, f64)>,
}

/// Returns the place of a report on the line of time: by its day, and within the day by its id. Undated reports are in
/// the second half.
fn place(day: Option<i64>, id: &str) -> i64 {
    let within = (rank(id) as u64) >> 32;
    match day {
        Some(day) => ((day.clamp(-(1 << 20), (1 << 20) - 1) + (1 << 20)) << 32) + within as i64,
        None => (1 << 54) + ((within as i64) << 22),
    }
}

/// Returns the pool around the place `at`: the line of time, halved until it has at most [`MAX_POOL`] reports.
fn pool<S: Shelf>(shelf: &mut S, at: i64) -> Result<Range<i64>, S::Error> {
    let mut range = LINE;
    while range.end - range.start > 1 && shelf.outline_count(range.clone(), MAX_POOL + 1)? > MAX_POOL {
        let middle = range.start + (range.end - range.start) / 2;
        range = if at < middle { range.start..middle } else { middle..range.end };
    }
    Ok(range)
}

/// Returns the pools within `range`.
fn pools<S: Shelf>(shelf: &mut S, range: Range<i64>) -> Result<Vec<Range<i64>>, S::Error> {
    let mut todo = vec![range];
    let mut found = Vec::new();
    while let Some(range) = todo.pop() {
        if range.end - range.start > 1 && shelf.outline_count(range.clone(), MAX_POOL + 1)? > MAX_POOL {
            let middle = range.start + (range.end - range.start) / 2;
            todo.extend([middle..range.end, range.start..middle]);
        } else {
            found.push(range);
        }
    }
    Ok(found)
}

/// A document that goes, and where it stands on the line of time.
pub(crate) struct Leaving {
    document: i64,
    id: RecordId,
    place: i64,
}

/// Returns the documents `removed`, while the shelf still has them as they were.
pub(crate) fn leaving<S: Shelf>(shelf: &mut S, removed: &[i64]) -> Result<Vec<Leaving>, S::Error> {
    let leave = |document: &i64| {
        let report = shelf.report(*document)?;
        let id = report.document.id.clone();
        let day = report.document.published.as_deref().and_then(day_number);
        Ok(Leaving { document: *document, place: place(day, &id), id })
    };
    removed.iter().map(leave).collect()
}

/// Takes the outlines of `leaving` off the shelf and puts those of `added` on it. Gives the documents whose story is
/// another now.
pub(crate) fn update<S: Shelf>(
    shelf: &mut S,
    leaving: &[Leaving],
    added: &[i64],
) -> Result<BTreeSet<i64>, S::Error> {
    let mut gone: BTreeSet<RecordId> = leaving.iter().map(|it| it.id.clone()).collect();
    let mut places: Vec<(i64, i64, Option<Outline>)> =
        leaving.iter().map(|it| (it.document, it.place, None)).collect();
    for &document in added {
        let outline = Outline::of(&*shelf.report(document)?);
        places.push((document, place(outline.day, &outline.id), Some(outline)));
    }
    // What was one pool before or is one now, whichever is larger.
    let mut ranges: Vec<Range<i64>> = Vec::new();
    for (_, at, _) in &places {
        if !ranges.iter().any(|range| range.contains(at)) {
            ranges.push(pool(shelf, *at)?);
        }
    }
    for (document, at, outline) in &places {
        shelf.set_outline(*document, *at, outline.as_ref())?;
    }
    // Pools split or grow together as a whole.
    for before in ranges.clone() {
        let now = pool(shelf, before.start)?;
        if now.start < before.start || before.end < now.end {
            ranges.retain(|range| !(now.start <= range.start && range.end <= now.end));
            ranges.push(now);
        }
    }
    let mut changed = BTreeSet::new();
    for range in ranges {
        let mut members: BTreeSet<RecordId> = std::mem::take(&mut gone);
        let mut records = Vec::new();
        let mut before: Vec<(i64, Option<RecordId>)> = Vec::new();
        let mut homes: BTreeMap<RecordId, RecordId> = BTreeMap::new();
        let mut own: BTreeMap<i64, RecordId> = BTreeMap::new();
        for range in pools(shelf, range)? {
            let outlines = shelf.outlines(range)?;
            for (document, outline) in &outlines {
                before.push((*document, shelf.story(*document)?));
                own.insert(*document, outline.id.clone());
                members.insert(outline.id.clone());
            }
            let outlines: Vec<Rc<Outline>> = outlines.into_iter().map(|(_, outline)| outline).collect();
            for story in find_in_pool(outlines) {
                homes.extend(story.documents.iter().map(|document| (document.clone(), story.id.clone())));
                let documents = story.documents.clone();
                records.push((Record::Story(story), documents));
            }
        }
        for (document, story) in before {
            if own.get(&document).and_then(|id| homes.get(id)) != story.as_ref() {
                changed.insert(document);
            }
        }
        shelf.replace_links("story", &members, records)?;
    }
    Ok(changed)
}

/// Returns the stories of `documents`: two reports or more each, by their first day, then id.
pub fn find(documents: &[(&Document, &DocumentRecords)]) -> Vec<Story> {
    crate::memory::stories(documents)
}

/// Returns the stories of one pool.
fn find_in_pool(mut pool: Vec<Rc<Outline>>) -> Vec<Story> {
    // Undated ones last; the order decides nothing but ties.
    pool.sort_by(|a, b| {
        a.day.is_none().cmp(&b.day.is_none()).then(a.day.cmp(&b.day)).then_with(|| a.id.cmp(&b.id))
    });
    let pool: Vec<&Outline> = pool.iter().map(|outline| &**outline).collect();
    let evidence = StoryEvidence::of(&pool);
    let vocabulary = Vocabulary::of(&pool);
    let reports = vocabulary.reports(&pool);
    let mut links = Links::between(&reports, &vocabulary, &evidence);
    links.gather(|link| link.episode, EPISODE);
    let mut episodes = links.members.clone();
    episodes.retain(|episode| !episode.is_empty());
    links.gather(|link| link.story, STORY);
    links.attach(&evidence);
    let mut episode_of = vec![0; reports.len()];
    for (at, episode) in episodes.iter().enumerate() {
        episode.iter().for_each(|member| episode_of[*member as usize] = at);
    }
    links
        .members
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| {
            // An episode's reports all stand in the same story.
            let own: BTreeSet<usize> = members.iter().map(|member| episode_of[*member as usize]).collect();
            let episodes: Vec<&[u32]> = own.into_iter().map(|at| episodes[at].as_slice()).collect();
            story(members, &episodes, &reports, &vocabulary)
        })
        .collect()
}

/// The words of a pool, how many reports have them, and how they are written.
pub(crate) struct Vocabulary {
    /// For each report of the pool its words' numbers and counts, by number.
    counts: Vec<Vec<(u32, f64)>>,
    /// In how many reports.
    spread: Vec<u32>,
    /// The commonest spelling.
    spelling: Vec<String>,
}

impl Vocabulary {
    fn of(pool: &[&Outline]) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut spellings: Vec<Vec<(&str, u32)>> = Vec::new();
        let mut spread: Vec<u32> = Vec::new();
        let mut counts = Vec::with_capacity(pool.len());
        for outline in pool {
            let mut own: Vec<(u32, f64)> = Vec::new();
            for word in outline.words() {
                let number = *numbers.entry(word.stem).or_insert_with(|| {
                    spellings.push(Vec::new());
                    spread.push(0);
                    spread.len() as u32 - 1
                });
                own.push((number, word.count));
                spread[number as usize] += 1;
                let spellings = &mut spellings[number as usize];
                if spellings.len() < 16 {
                    match spellings.iter_mut().find(|(spelling, _)| *spelling == word.spelling) {
                        Some((_, count)) => *count += 1,
                        None => spellings.push((word.spelling, 1)),
                    }
                }
            }
            own.sort_unstable_by_key(|(number, _)| *number);
            counts.push(own);
        }
        // Of equals the first in the alphabet.
        let spelling = spellings
            .into_iter()
            .map(|spellings| {
                let best = spellings.into_iter().max_by_key(|(spelling, count)| (*count, Reverse(*spelling)));
                best.map(|(spelling, _)| spelling.to_owned()).unwrap_or_default()
            })
            .collect();
        Self { counts, spread, spelling }
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.spread.len()
    }

    pub(crate) fn spread(&self, number: u32) -> usize {
        self.spread.get(number as usize).map_or(0, |spread| *spread as usize)
    }

    /// Whether the word is mostly written with a capital.
    fn is_name(&self, number: u32) -> bool {
        self.spelling.get(number as usize).is_some_and(|word| word.starts_with(char::is_uppercase))
    }

    /// Returns the number of times that report `member` of the pool has the word `number`.
    fn count(&self, member: usize, number: u32) -> Option<f64> {
        let own = self.counts.get(member)?;
        let at = own.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        own.get(at).map(|(_, count)| *count)
    }

    fn reports<'d>(&self, pool: &[&'d Outline]) -> Vec<Report<'d>> {
        let size = pool.len() as f64;
        // A word that no other report has cannot link, and would only blur. In a small pool it still tells
        // how little two reports share: five reports on the same two men need not be one story.
        let least = if pool.len() < SMALL_POOL { 1 } else { 2 };
        let rarity: Vec<f64> = (self.spread.iter())
            .map(|spread| libm::log((size + 1.0) / (f64::from(*spread) + 0.5)).max(0.0))
            .collect();
        pool.iter()
            .zip(&self.counts)
            .map(|(outline, counts)| {
                let mut words: Vec<(u32, f64)> = counts
                    .iter()
                    .filter(|(number, _)| self.spread(*number) >= least)
                    .map(|(number, count)| {
                        let often = 1.0 + libm::log(count.max(1.0));
                        let weight = if self.is_name(*number) { NAME_WEIGHT } else { 1.0 };
                        (*number, weight * often * rarity[*number as usize])
                    })
                    .collect();
                let length = words.iter().map(|word| word.1 * word.1).sum::<f64>().sqrt();
                if length > 0.0 {
                    for word in &mut words {
                        word.1 /= length;
                    }
                }
                Report { outline, day: outline.day, words }
            })
            .collect()
    }
}

fn story(members: &[u32], episodes: &[&[u32]], reports: &[Report<'_>], vocabulary: &Vocabulary) -> Story {
    let within = |numbers: &[u32]| -> Vec<usize> { numbers.iter().map(|number| *number as usize).collect() };
    let own = within(members);
    let (from, to) = first_and_last(&own, reports);
    let mut parts: Vec<Episode> = episodes
        .iter()
        .map(|episode| {
            let own = within(episode);
            let (from, to) = first_and_last(&own, reports);
            let day = main_day(outlines(&own, reports));
            let centre = centre(&own, reports);
            Episode {
                title: title(&own, &centre, day.as_deref(), reports),
                documents: documents(&own, reports),
                from,
                to,
                day,
            }
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
    let day = main_day(outlines(&own, reports));
    let centre = centre(&own, reports);
    Story {
        id: ids::linked_id("story", listed.first().map(String::as_str)),
        title: title(&own, &centre, day.as_deref(), reports),
        keywords: keywords(&own, centre, reports, vocabulary),
        documents: listed,
        from,
        to,
        day,
        episodes: parts,
    }
}

fn outlines<'r>(members: &'r [usize], reports: &'r [Report<'_>]) -> impl Iterator<Item = &'r Outline> {
    members.iter().filter_map(|member| reports.get(*member)).map(|report| report.outline)
}

/// Returns the reports' ids, by day.
fn documents(members: &[usize], reports: &[Report<'_>]) -> Vec<String> {
    members.iter().filter_map(|member| reports.get(*member)).map(|report| report.outline.id.clone()).collect()
}

fn first_and_last(members: &[usize], reports: &[Report<'_>]) -> (Option<String>, Option<String>) {
    let days = || members.iter().filter_map(|member| reports.get(*member)?.day);
    (days().min().map(iso), days().max().map(iso))
}

/// Returns the weights of the members' words, summed, by number.
fn centre(members: &[usize], reports: &[Report<'_>]) -> Vec<(u32, f64)> {
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
/// What is written on `day`, which the story is about, or soon after comes before a look ahead and a look back.
fn title(members: &[usize], centre: &[(u32, f64)], day: Option<&str>, reports: &[Report<'_>]) -> String {
    let day = day.and_then(day_number);
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

/// Returns the heaviest words that most of the members have, as they are mostly written; of a name the whole.
fn keywords(
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
        let Some(word) = vocabulary.spelling.get(number as usize) else { continue };
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
    let word = stem(&word.to_lowercase());
    let is = |part: &str| stem(&part.to_lowercase()) == word;
    name.split(' ').any(|part| is(part) || part.split('-').any(is))
}

#[cfg(test)]
mod tests {
    use readout_record::{Meeting, Mention, Mode, Statement};

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
    fn keywords_have_names_whole() {
        let said = |id: &str, text: &str| {
            let mut records = DocumentRecords::default();
            records.mentions.push(Mention {
                name: "Orla Brandt-Velin".to_owned(),
                named: true,
                ..Mention::default()
            });
            (document(id, None, "Velin and the truce", text), records)
        };
        let reports = [
            said("a", "Brandt-Velin spoke of the truce on the river. Orla Velin had come by ferry."),
            said("b", "The truce on the river will hold, Orla Brandt-Velin said on the ferry."),
        ];
        let stories =
            find(&reports.iter().map(|(document, records)| (document, records)).collect::<Vec<_>>());
        assert_eq!(stories[0].keywords, ["Orla Brandt-Velin", "truce", "ferry", "river"]);
    }

    #[test]
    fn odd_input_is_no_story() {
        assert!(found(&[]).is_empty());
        assert!(found(&[document("a", Some("no date"), "", ""), document("b", None, "", "")]).is_empty());
    }
}
