//! The evidence of records for and against two reports being on one affair: meetings, quotations, incidents, dates and
//! actors. Words alone show little where all reports are on the same people.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use readout_record::{ActorId, DocumentRecords, MONTHS, Mode};
use rustc_hash::FxHashMap;

use crate::gatherings::{larger_place, occasion, place_of_gathering, sentence, weekday};
use crate::hash::mixed_words;
use crate::report::Report;
use crate::shelf::{Facts, Gathering, Outline};
use crate::words::{Words, capped};

/// The most actors on one side of an incident that count for its story.
const SIDES: usize = 4;

/// Largest number of records of a kind that are looked at in one report.
const MAX_RECORDS: usize = 64;
/// Number of words at the beginning of a report in which dates are looked for.
const MAX_WORDS: usize = 4000;
/// Content words that follow one another in two quotations of one utterance.
const RUN: usize = 4;
/// Number of reports with a day or an actor above which that day or actor is no evidence.
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

/// The evidence for two reports being on one affair, in units of likeness; negative if more speaks against it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Weight {
    pub(crate) episode: f64,
    pub(crate) story: f64,
    /// The people met at another place.
    pub(crate) contradicted: bool,
}

/// The evidence of a pool: for each report, in the pool's order, its features as sorted numbers. Features that no other
/// report has, or that too many reports have, are left out.
#[derive(Debug)]
pub(crate) struct StoryEvidence<'a> {
    facts: Vec<&'a Facts>,
    met: Vec<Vec<u32>>,
    quoted: Vec<Vec<u32>>,
    dates: Vec<Vec<u32>>,
    incidents: Vec<Vec<u32>>,
    actors: Vec<Vec<u32>>,
}

impl<'a> StoryEvidence<'a> {
    /// Returns the evidence of `pool`, in its order. Reports without records have none.
    pub(crate) fn of(pool: &[&'a Outline]) -> Self {
        let facts: Vec<&Facts> = pool.iter().map(|outline| &outline.facts).collect();
        let rare = (facts.len() / 2).clamp(2, MAX_SPREAD);
        Self {
            met: numbered(&facts, usize::MAX, |own| own.meetings.iter().flat_map(|(people, _)| people)),
            quoted: numbered(&facts, usize::MAX, |own| own.quoted.iter()),
            dates: numbered(&facts, rare, |own| own.dates.iter()),
            incidents: numbered(&facts, usize::MAX, |own| own.incidents.iter()),
            actors: numbered(&facts, rare, |own| own.actors.iter()),
            facts,
        }
    }

    /// Returns the evidence of the records for the reports with the numbers `a` and `b` being on one affair.
    pub(crate) fn weigh(&self, a: usize, b: usize) -> Weight {
        if a >= self.facts.len() || b >= self.facts.len() {
            return Weight::default();
        }
        let shared = |lists: &[Vec<u32>], most: usize| shared(&lists[a], &lists[b], most);
        let mut out = Weight::default();
        let mut add = |episode: f64, story: f64| {
            out.episode += episode;
            out.story += story;
        };
        // No meeting is compared of which two people are not in both.
        let met = if shared(&self.met, 2) == 2 { meetings(self.facts[a], self.facts[b]) } else { None };
        match met {
            Some(true) => add(SAME_MEETING, SAME_MEETING),
            Some(false) => add(-OTHER_MEETING, -OTHER_MEETING),
            None => {}
        }
        if shared(&self.quoted, 1) == 1 {
            add(SAME_QUOTE.0, SAME_QUOTE.1);
        }
        if shared(&self.dates, 1) == 1 {
            add(SAME_DATE, SAME_DATE);
        }
        if shared(&self.incidents, 1) == 1 {
            add(SAME_INCIDENT, SAME_INCIDENT);
        }
        // Who is named tells of the affair, not of the day.
        add(0.0, shared(&self.actors, 3) as f64 * RARE_ACTOR);
        out.contradicted = met == Some(false);
        out
    }
}

/// Returns, for each report, the sorted numbers of its features that at least two and at most `most` reports have.
fn numbered<'a, T: Eq + Hash + 'a, I: Iterator<Item = &'a T>>(
    facts: &[&'a Facts],
    most: usize,
    of: impl Fn(&'a Facts) -> I,
) -> Vec<Vec<u32>> {
    let mut numbers: FxHashMap<&T, u32> = FxHashMap::default();
    let mut spread: Vec<usize> = Vec::new();
    let mut lists: Vec<Vec<u32>> = Vec::with_capacity(facts.len());
    for own in facts {
        let mut list: Vec<u32> = of(own)
            .map(|feature| {
                let next = numbers.len() as u32;
                *numbers.entry(feature).or_insert(next)
            })
            .collect();
        list.sort_unstable();
        list.dedup();
        spread.resize(numbers.len(), 0);
        list.iter().for_each(|number| spread[*number as usize] += 1);
        lists.push(list);
    }
    for list in &mut lists {
        list.retain(|number| (2..=most).contains(&spread[*number as usize]));
    }
    lists
}

/// Returns the count of the numbers that two sorted lists share, at most `most`.
fn shared(a: &[u32], b: &[u32], most: usize) -> usize {
    let (mut at, mut there, mut found) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(there)) {
        match x.cmp(y) {
            Ordering::Less => at += 1,
            Ordering::Greater => there += 1,
            Ordering::Equal => {
                found += 1;
                if found == most {
                    break;
                }
                (at, there) = (at + 1, there + 1);
            }
        }
    }
    found
}

/// Whether two reports are on one meeting of the same people; `None` if nothing shows it. `Some(false)` if the places
/// differ or, where no places are known, the days of the week.
fn meetings(a: &Facts, b: &Facts) -> Option<bool> {
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

/// Returns the features of `report`; none if it has no records.
pub(crate) fn facts(report: &Report) -> Facts {
    let (document, records) = (&report.document, &report.records);
    let mut out = Facts::default();
    if records == &DocumentRecords::default() {
        return out;
    }
    let text: Vec<char> =
        if records.meetings.is_empty() { Vec::new() } else { document.text.chars().collect() };
    let mut gatherings: BTreeMap<BTreeSet<ActorId>, Gathering> = BTreeMap::new();
    for meeting in records.meetings.iter().take(MAX_RECORDS) {
        let mut people = report.actors(&meeting.participants);
        people.retain(|actor| !actor.is_unnamed());
        if people.len() < 2 {
            continue;
        }
        let own = gatherings.entry(people).or_default();
        if let Some(place) = &meeting.place {
            own.places.insert(place.to_lowercase());
            own.places.extend(larger_place(&document.text, place));
        }
        if let Some(span) = meeting.evidence.spans.first() {
            own.places.extend(place_of_gathering(&sentence(&text, span.start as usize)));
        }
        own.occasions.extend(meeting.occasion.as_deref().map(occasion).unwrap_or_default());
        own.weekdays.extend(meeting.time.as_ref().and_then(|time| weekday(&time.text)));
    }
    out.meetings = gatherings.into_iter().collect();
    for incident in records.incidents.iter().take(MAX_RECORDS) {
        let named = |actors: &[ActorId]| -> Vec<ActorId> {
            report.actors(actors).into_iter().filter(|actor| !actor.is_unnamed()).take(SIDES).collect()
        };
        // A disaster has no type, nor anybody who did it.
        let Some(code) = incident.code else { continue };
        for actor in named(&incident.actor) {
            for recipient in named(&incident.recipient) {
                out.incidents.insert((code, actor.clone(), recipient));
            }
        }
    }
    let quotations = records.statements.iter().filter(|statement| statement.mode != Mode::Indirect);
    for statement in quotations.take(MAX_RECORDS) {
        let words = Words::new(capped(&statement.content_text));
        let content: Vec<u32> = words
            .keys
            .iter()
            .zip(&words.content)
            .filter(|(_, content)| **content)
            .map(|(word, _)| *word)
            .take(MAX_WORDS)
            .collect();
        let runs = content.windows(RUN);
        out.quoted.extend(runs.map(mixed_words));
    }
    out.dates = dates(&document.text);
    out.actors = records
        .mentions
        .iter()
        .filter(|mention| mention.named && !mention.actor.is_unnamed())
        .map(|mention| report.actor(&mention.actor))
        .collect();
    out
}

/// Returns the days of the year that `text` names, `October 31`, `31 Oct.`.
fn dates(text: &str) -> BTreeSet<(usize, u8)> {
    let words: Vec<&str> = text
        .split_whitespace()
        .take(MAX_WORDS)
        .map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()))
        .collect();
    words.array_windows::<2>().filter_map(|[a, b]| days_of_year(a, b)).collect()
}

/// Returns the month (from 0) and day that two words name, in either order.
pub(crate) fn days_of_year(a: &str, b: &str) -> Option<(usize, u8)> {
    // `Sept` is longer than the other short forms.
    let month = |word: &str| {
        let word = if word == "Sept" { "Sep" } else { word };
        MONTHS.iter().position(|name| *name == word || name.get(..3) == Some(word))
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day))
    };
    match (month(a), day(b)) {
        (Some(month), Some(day)) => Some((month, day)),
        _ => Some((month(b)?, day(a)?)),
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Document, Evidence, Meeting, Statement};

    use super::*;

    fn report(text: &str, place: Option<&str>) -> (Document, DocumentRecords) {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let meeting = Meeting {
            evidence: Evidence { spans: vec![readout_text::CharSpan::new(0, 10)], ..Evidence::default() },
            participants: vec!["person:a".into(), "person:b".into()],
            place: place.map(str::to_owned),
            ..Meeting::default()
        };
        (document, DocumentRecords { meetings: vec![meeting], ..DocumentRecords::default() })
    }

    fn weigh(a: &(Document, DocumentRecords), b: &(Document, DocumentRecords)) -> Weight {
        let outline = |report: &(Document, DocumentRecords)| {
            let report = Report::new(report.0.clone(), report.1.clone(), BTreeMap::new());
            Outline { facts: facts(&report), ..Outline::default() }
        };
        StoryEvidence::of(&[&outline(a), &outline(b)]).weigh(0, 1)
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
    fn dates_are_read() {
        assert_eq!(
            dates("On Oct. 31, and on 4 May; Sept. 2nd. They march 3 miles, May said 99."),
            BTreeSet::from([(9, 31), (4, 4), (8, 2)])
        );
    }
}
