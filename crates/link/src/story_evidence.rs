//! What the records of two reports say for and against their being on one affair: who met where, what was said, what
//! happened on which day. Words alone tell little where all reports are on the same people.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Document, DocumentRecords, Mode};
use rustc_hash::FxHashMap;

use crate::alignment::Words;
use crate::collection::is_unnamed;

/// Records of a kind that are looked at in one report.
const MAX_RECORDS: usize = 64;
/// Words in which dates are looked for.
const MAX_WORDS: usize = 4000;
/// Content words that follow one another in two quotations of one utterance.
const RUN: usize = 4;
/// Reports with a feature above which it tells nothing.
const MAX_SPREAD: usize = 24;

/// The same people met at the same place or gathering.
const SAME_MEETING: f64 = 0.15;
/// They met elsewhere, or on another day of the week.
const OTHER_MEETING: f64 = 0.15;
/// One utterance, quoted in both. What is quoted again tells of the story more than of the day.
const SAME_QUOTE: (f64, f64) = (0.05, 0.07);
/// One day of one month, named in both.
const SAME_DATE: f64 = 0.03;
/// An attack or disaster with the same sides.
const SAME_INCIDENT: f64 = 0.04;
/// An actor whom at most half of the pool names; counted three times at most.
const RARE_ACTOR: f64 = 0.01;

/// What speaks for two reports being on one affair, in units of likeness; negative if more speaks against.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Weight {
    pub(crate) episode: f64,
    pub(crate) story: f64,
    /// The people met at another place.
    pub(crate) contradicted: bool,
}

/// A meeting of the same people, in all that one report says of it.
#[derive(Debug, Default)]
struct Gathering {
    places: BTreeSet<String>,
    occasions: BTreeSet<String>,
    weekdays: BTreeSet<&'static str>,
}

/// What one report offers for comparing.
#[derive(Debug, Default)]
struct Facts<'a> {
    meetings: BTreeMap<BTreeSet<&'a ActorId>, Gathering>,
    /// Kind, actor and recipient.
    incidents: BTreeSet<(&'a str, &'a ActorId, &'a ActorId)>,
    /// Runs of content words in quotations.
    quoted: BTreeSet<[u32; RUN]>,
    /// Month and day.
    dates: BTreeSet<(usize, u8)>,
    actors: BTreeSet<&'a ActorId>,
}

/// The evidence of a pool.
#[derive(Debug)]
pub(crate) struct StoryEvidence<'a> {
    facts: Vec<Facts<'a>>,
    actors: FxHashMap<&'a ActorId, usize>,
    dates: FxHashMap<(usize, u8), usize>,
}

impl<'a> StoryEvidence<'a> {
    /// For `pool`, in its order. Reports without records offer nothing.
    pub(crate) fn of(pool: &[(&'a Document, &'a DocumentRecords)]) -> Self {
        let facts: Vec<Facts<'a>> = pool.iter().map(|(document, records)| facts(document, records)).collect();
        let (mut actors, mut dates) = (FxHashMap::default(), FxHashMap::default());
        for own in &facts {
            for actor in &own.actors {
                *actors.entry(*actor).or_insert(0) += 1;
            }
            for date in &own.dates {
                *dates.entry(*date).or_insert(0) += 1;
            }
        }
        Self { facts, actors, dates }
    }

    /// What the records say of the reports with these numbers.
    pub(crate) fn weigh(&self, a: usize, b: usize) -> Weight {
        let (Some(a), Some(b)) = (self.facts.get(a), self.facts.get(b)) else { return Weight::default() };
        let rare = |spread: Option<&usize>| {
            spread.is_some_and(|spread| *spread <= (self.facts.len() / 2).clamp(2, MAX_SPREAD))
        };
        let mut out = Weight::default();
        let mut add = |episode: f64, story: f64| {
            out.episode += episode;
            out.story += story;
        };
        let met = meetings(a, b);
        match met {
            Some(true) => add(SAME_MEETING, SAME_MEETING),
            Some(false) => add(-OTHER_MEETING, -OTHER_MEETING),
            None => {}
        }
        if a.quoted.intersection(&b.quoted).next().is_some() {
            add(SAME_QUOTE.0, SAME_QUOTE.1);
        }
        if a.dates.intersection(&b.dates).any(|date| rare(self.dates.get(date))) {
            add(SAME_DATE, SAME_DATE);
        }
        if a.incidents.intersection(&b.incidents).next().is_some() {
            add(SAME_INCIDENT, SAME_INCIDENT);
        }
        let actors = a.actors.intersection(&b.actors).filter(|actor| rare(self.actors.get(*actor))).take(3);
        let actors = actors.count() as f64 * RARE_ACTOR;
        // Who is named tells of the affair, not of the day.
        add(0.0, actors);
        out.contradicted = met == Some(false);
        out
    }
}

/// Whether two reports tell of one meeting of the same people: `Some(false)` if the places differ or, no places being
/// known, the days of the week.
fn meetings(a: &Facts<'_>, b: &Facts<'_>) -> Option<bool> {
    let mut verdict = None;
    for (left, ours) in &a.meetings {
        for (right, theirs) in &b.meetings {
            if left.intersection(right).nth(1).is_none() {
                continue;
            }
            let known = !ours.places.is_empty() && !theirs.places.is_empty();
            if known && !ours.places.is_disjoint(&theirs.places) {
                return Some(true);
            }
            let one_day = !ours.weekdays.is_empty() && !ours.weekdays.is_disjoint(&theirs.weekdays);
            let other_day = !ours.weekdays.is_empty() && !theirs.weekdays.is_empty() && !one_day;
            let occasion = !ours.occasions.is_disjoint(&theirs.occasions);
            if known || other_day {
                verdict = Some(false);
            } else if verdict.is_none() && (occasion || one_day) {
                verdict = Some(true);
            }
        }
    }
    verdict
}

fn facts<'a>(document: &Document, records: &'a DocumentRecords) -> Facts<'a> {
    let mut out = Facts::default();
    if records == &DocumentRecords::default() {
        return out;
    }
    let text: Vec<char> =
        if records.meetings.is_empty() { Vec::new() } else { document.text.chars().collect() };
    for meeting in records.meetings.iter().take(MAX_RECORDS) {
        let people: BTreeSet<&ActorId> =
            meeting.participants.iter().filter(|actor| !is_unnamed(actor)).collect();
        if people.len() < 2 {
            continue;
        }
        let own = out.meetings.entry(people).or_default();
        if let Some(place) = &meeting.place {
            own.places.insert(place.to_lowercase());
            own.places.extend(larger_place(&document.text, place));
        }
        if let Some(span) = meeting.evidence.spans.first() {
            own.places.extend(place_of_gathering(&sentence(&text, span.start as usize)));
        }
        let occasion = meeting.occasion.as_deref().map(occasion).filter(|name| !name.is_empty());
        own.occasions.extend(occasion);
        let when = meeting.time.as_ref().map(|time| time.text.to_lowercase()).unwrap_or_default();
        own.weekdays.extend(WEEKDAYS.into_iter().filter(|day| when.contains(day)));
    }
    for incident in records.incidents.iter().take(MAX_RECORDS) {
        let named = |actors: &'a [ActorId]| actors.iter().filter(|actor| !is_unnamed(actor)).take(4);
        for actor in named(&incident.actor) {
            for recipient in named(&incident.recipient) {
                out.incidents.insert((&incident.code, actor, recipient));
            }
        }
    }
    let quotations = records.statements.iter().filter(|statement| statement.mode != Mode::Indirect);
    for statement in quotations.take(MAX_RECORDS) {
        let words = Words::new(&statement.content_text);
        let content: Vec<u32> = words
            .keys
            .iter()
            .zip(&words.content)
            .filter(|(_, content)| **content)
            .map(|(word, _)| *word)
            .take(MAX_WORDS)
            .collect();
        out.quoted.extend(content.array_windows::<RUN>().copied());
    }
    out.dates = dates(&document.text);
    out.actors = records
        .mentions
        .iter()
        .filter(|mention| mention.named && !is_unnamed(&mention.actor))
        .map(|mention| &mention.actor)
        .collect();
    out
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Gatherings that stand before their place, `summit in Brenn`.
const GATHERINGS: [&str; 6] = ["summit", "conference", "forum", "assembly", "meeting", "congress"];

/// The days of the year that `text` names, `October 31`, `31 Oct.`.
fn dates(text: &str) -> BTreeSet<(usize, u8)> {
    let words: Vec<&str> = text
        .split_whitespace()
        .take(MAX_WORDS)
        .map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()))
        .collect();
    // `Sept` is longer than the other short forms.
    let month = |word: &str| {
        let word = if word == "Sept" { "Sep" } else { word };
        MONTHS.iter().position(|name| *name == word || name.get(..3) == Some(word))
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day))
    };
    let pairs = words.array_windows::<2>();
    pairs
        .filter_map(|[a, b]| match (month(a), day(b)) {
            (Some(month), Some(day)) => Some((month, day)),
            _ => Some((month(b)?, day(a)?)),
        })
        .collect()
}

/// The larger place named after `place` anywhere in the text, in lower case: `Brenn, Norway`.
fn larger_place(text: &str, place: &str) -> Option<String> {
    if place.is_empty() {
        return None;
    }
    text.match_indices(place).take(MAX_RECORDS).find_map(|(at, _)| {
        let after = text.get(at + place.len()..)?.strip_prefix(", ")?;
        name(after)
    })
}

/// The name at the head of `text`, in lower case.
fn name(text: &str) -> Option<String> {
    let words = text.split(' ').take(3).take_while(|word| word.starts_with(char::is_uppercase));
    let mut out = String::new();
    for word in words {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&bare.to_lowercase());
        // A stop or comma ends the name.
        if bare.len() < word.len() {
            break;
        }
    }
    (!out.is_empty() && WEEKDAYS.iter().all(|day| !out.starts_with(day))).then_some(out)
}

/// The sentence, or what a plain look takes for one, around the code point `at`.
fn sentence(text: &[char], at: usize) -> String {
    const REACH: usize = 400;
    let ends = |at: usize| {
        text.get(at).is_none_or(|letter| *letter == '\n')
            || text.get(at) == Some(&'.') && text.get(at + 1).is_none_or(|next| next.is_whitespace())
    };
    let at = at.min(text.len());
    let first = (at.saturating_sub(REACH)..at).rev().find(|place| ends(*place)).map_or(0, |place| place + 1);
    let last = (at..at + REACH).find(|place| ends(*place)).unwrap_or(at + REACH).min(text.len());
    text.get(first.max(at.saturating_sub(REACH))..last).unwrap_or_default().iter().collect()
}

/// Where the gathering takes place that `sentence` names, `the summit in Brenn`.
fn place_of_gathering(sentence: &str) -> Option<String> {
    GATHERINGS.iter().find_map(|gathering| {
        let (_, after) = sentence.split_once(&format!("{gathering} in "))?;
        name(after)
    })
}

/// A gathering's name without what differs between house styles.
fn occasion(name: &str) -> String {
    let name = name.to_lowercase().replace("group of ", "g").replace("g-", "g");
    let words = name.split_whitespace().filter(|word| !matches!(*word, "the" | "annual"));
    let mut words: Vec<&str> = words.collect();
    if words.len() > 1 {
        words.retain(|word| !GATHERINGS.contains(word));
    }
    // A bare `summit` is any summit.
    if words.iter().all(|word| GATHERINGS.contains(word)) { String::new() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use readout_record::{Evidence, Meeting, Statement};

    use super::*;

    fn report(text: &str, place: Option<&str>) -> (Document, DocumentRecords) {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let meeting = Meeting {
            evidence: Evidence { spans: vec![readout_text::CharSpan::new(0, 10)], ..Evidence::default() },
            participants: vec!["person:a".to_owned(), "person:b".to_owned()],
            place: place.map(str::to_owned),
            ..Meeting::default()
        };
        (document, DocumentRecords { meetings: vec![meeting], ..DocumentRecords::default() })
    }

    fn weigh(a: &(Document, DocumentRecords), b: &(Document, DocumentRecords)) -> Weight {
        StoryEvidence::of(&[(&a.0, &a.1), (&b.0, &b.1)]).weigh(0, 1)
    }

    #[test]
    fn a_meeting_at_one_place_speaks_for_and_at_two_against() {
        let town = report("The two spoke in Velm, Norland, over tea.", Some("Velm"));
        let country = report("They met for an hour.", Some("Norland"));
        let summit = report("They spoke at the end of the harbour summit in Ostia.", None);
        assert!(weigh(&town, &country).story > 0.1);
        assert!(weigh(&town, &summit).story < -0.1 && weigh(&summit, &country).contradicted);
    }

    #[test]
    fn a_shared_quotation_speaks_for() {
        let said = |words: &str| {
            let statement =
                Statement { content_text: words.to_owned(), mode: Mode::Direct, ..Statement::default() };
            (
                Document::default(),
                DocumentRecords { statements: vec![statement], ..DocumentRecords::default() },
            )
        };
        let full = said("Our grain ships carried wheat past every harbour mine");
        let cut = said("grain ships carried wheat past");
        assert!(weigh(&full, &cut).story > 0.0);
        assert_eq!(weigh(&full, &said("Nobody will close our harbour")), Weight::default());
    }

    #[test]
    fn dates_and_places_are_read() {
        assert_eq!(
            dates("On Oct. 31, and on 4 May; Sept. 2nd. They march 3 miles, May said 99."),
            BTreeSet::from([(9, 31), (4, 4), (8, 2)])
        );
        assert_eq!(place_of_gathering("at the summit in New Velm, he said").as_deref(), Some("new velm"));
        assert_eq!(place_of_gathering("at the summit in spring"), None);
        assert_eq!(occasion("the G-20 summit"), occasion("Group of 20 summit"));
        assert_eq!(occasion("summit"), "");
    }
}
