//! The affair that reports tell of, and the weight of what each passage tells of it.
//!
//! One measure for the brief, the story page, the lists and assistants, so that all of them put the same things first.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::{WordSet, is_function_word, stem, times_in_a_million};
use readout_record::{ActorId, Factuality, MONTHS, Time};
use readout_text::{ByteSpan, CharSpan};

use crate::column::is_column;
use crate::days::number;
use crate::judged::{AGO, AHEAD_OF_YEAR, LAST, LONG, SEASONS, SUBORDINATORS, UTTERANCES};
use crate::selection::Selection;
use crate::sentences::{Sentence, depths, sentences};
use crate::when::When;

/// The rate of a word in English texts, in a million words, at which it says half of what a rare word says. Set by hand
/// so that `said` and `would` say little, `president` most of it.
const HALF: f64 = 700.0;
/// The paragraphs at the head of a report that tell its news. Set by hand.
const HEAD: usize = 5;
/// The sentences at the head of a report that tell its news, where a paragraph has many of them. Set by hand.
const HEAD_SENTENCES: usize = 10;
/// The days before the first report that still belong to the affair. Set by hand: a week and the days around it.
const BEFORE: i64 = 10;

/// The days before the first report from which a time that lasts is background. Set by hand: a year, so that the name of a
/// year is none.
const RUNNING: i64 = 366;

/// The words by which a sentence is taken to be longer than it is, so that a few telling words are no whole sentence. Set
/// by hand.
const FEW_WORDS: f64 = 8.0;

/// The part of its weight that a word loses which stands in the news of every origin. Set by hand.
const EVERYWHERE: f64 = 0.7;

/// The share of origins, less for common words, that have two words of a headline in their news if it is that of all. Set
/// by hand.
const SHARED: f64 = 0.5;

/// Words with which the headline of an explainer begins, that tells no news.
const ASKING: [&str; 6] = ["Why", "What", "How", "Who", "Where", "When"];

/// The reports beside columns from which columns are left out, however many they are. Set by hand.
const ENOUGH: usize = 3;

/// Words right before a clause that only says who or which.
const RELATIVES: [&str; 4] = ["who", "which", "whose", "where"];

/// Whether a headline asks or explains, and tells no news.
pub(crate) fn asks(title: &str) -> bool {
    let first = title.split(' ').next().unwrap_or_default();
    title.contains('?') || ASKING.contains(&first)
}

/// The parts of a weight, of 100 in all. Set by hand, after reading briefs of affairs line by line.
const CENTRAL: f64 = 40.0;
const PLACE: f64 = 12.0;
const HEADLINE: f64 = 10.0;
const MAIN: f64 = 8.0;
const ORIGINS: f64 = 12.0;
const PARTIES: f64 = 10.0;
const DONE: f64 = 5.0;
const DATED: f64 = 3.0;

/// A report as its sentences.
#[derive(Debug, Default)]
pub(crate) struct ReportSentences {
    pub(crate) sentences: Vec<Sentence>,
    /// The part of the affair's news that each sentence tells, 0 to 1.
    central: Vec<f64>,
    /// The part of the headline's words that each sentence has, 0 to 1.
    headline: Vec<f64>,
    /// The number of paragraphs of prose before that of each sentence.
    depth: Vec<usize>,
    /// Whether its author speaks for himself: a column, no report of what happened.
    is_column: bool,
}

/// The affair that reports tell of: its words, its parties and its days.
#[derive(Debug, Default)]
pub(crate) struct Affair {
    reports: BTreeMap<String, ReportSentences>,
    /// The share of independent origins that name each actor at the head of a report, 0 to 1.
    parties: BTreeMap<ActorId, f64>,
    /// How far each word tells the affair's news, 0 to 1: the share of independent origins that have it in theirs, less for
    /// common words.
    news: BTreeMap<String, f64>,
    /// The part of the news in the sentence that tells most of it, before all are measured by it.
    most: f64,
    /// Whether most reports are columns, and hardly any others are there.
    are_columns: bool,
    /// The first and the last day, as numbers; `None` if no report is dated.
    days: Option<(i64, i64)>,
}

/// A passage to be weighed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told<'t> {
    pub(crate) doc: &'t str,
    pub(crate) spans: &'t [CharSpan],
    /// Those who act.
    pub(crate) actors: &'t [ActorId],
    /// The number of independent origins.
    pub(crate) origins: usize,
    pub(crate) factuality: Factuality,
    pub(crate) time: Option<&'t Time>,
}

impl Affair {
    /// Returns the affair of the reports that `selection` lets through.
    pub(crate) fn new(selection: &Selection<'_>) -> Self {
        let documents = || selection.order.iter().map(|&at| &selection.contents.documents[at]);
        let mut reports: BTreeMap<String, ReportSentences> = BTreeMap::new();
        let mut words: BTreeMap<&str, Vec<BTreeSet<String>>> = BTreeMap::new();
        // Which origins, and paragraphs of a report that is alone, have each word in their news.
        let mut having: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut origins: BTreeSet<String> = BTreeSet::new();
        let alone = selection.order.len() < 2;
        for document in documents() {
            let found = sentences(&document.text);
            let depth = depths(&document.text, &found);
            let told: Vec<BTreeSet<String>> =
                found.iter().map(|it| content_words(it.span.slice(&document.text))).collect();
            let origin = selection.origin(&document.id);
            for (at, (sentence, told)) in found.iter().zip(&told).enumerate() {
                if !alone && !is_head(at, depth[at]) {
                    break;
                }
                let unit = if alone { sentence.paragraph.to_string() } else { origin.clone() };
                for word in told {
                    having.entry(word.clone()).or_default().insert(unit.clone());
                }
                origins.insert(unit);
            }
            for word in content_words(document.title.as_deref().unwrap_or_default()) {
                having.entry(word).or_default().insert(origin.clone());
            }
            words.insert(document.id.as_str(), told);
            let is_column = is_column(document, &found);
            reports.insert(
                document.id.to_string(),
                ReportSentences { sentences: found, depth, is_column, ..ReportSentences::default() },
            );
        }
        let others = origins.len().saturating_sub(1).max(1) as f64;
        let news: BTreeMap<String, f64> = having
            .into_iter()
            .map(|(word, units)| {
                let share = (units.len() - 1) as f64 / others;
                let told = share.min(1.0) * rarity(&word);
                (word, told)
            })
            .collect();
        let mut most = 0.0_f64;
        for document in documents() {
            let (Some(report), Some(words)) =
                (reports.get_mut(document.id.as_str()), words.get(document.id.as_str()))
            else {
                continue;
            };
            let title = content_words(document.title.as_deref().unwrap_or_default());
            for told in words {
                let sum: f64 = told.iter().filter_map(|word| news.get(word)).sum();
                let central = sum / (told.len() as f64 + FEW_WORDS);
                most = most.max(central);
                report.central.push(central);
                let shared = title.intersection(told).count() as f64;
                report.headline.push(shared / (title.len() as f64).max(1.0));
            }
        }
        for report in reports.values_mut() {
            report.central.iter_mut().for_each(|it| *it /= most.max(1e-9));
        }
        let others = reports.values().filter(|it| !it.is_column).count();
        let are_columns = others < ENOUGH && 2 * others < reports.len();
        let published = || documents().filter_map(|it| it.published.as_deref().and_then(number));
        let days = published().min().zip(published().max());
        Self { parties: parties(selection, &reports), reports, news, most: most.max(1e-9), are_columns, days }
    }

    /// Returns the sentences of the report `doc`.
    pub(crate) fn report(&self, doc: &str) -> Option<&ReportSentences> {
        self.reports.get(doc)
    }

    /// Returns the share of independent origins that name one of `actors` at the head of a report, 0 to 1: that of the
    /// actor with the greatest share.
    pub(crate) fn party(&self, actors: &[ActorId]) -> f64 {
        actors.iter().filter_map(|it| self.parties.get(it)).copied().fold(0.0, f64::max)
    }

    /// Returns the share of independent origins that name the second of the greatest among `actors`, 0 to 1: how far two
    /// parties of the affair have to do with one another.
    pub(crate) fn second_party(&self, actors: &[ActorId]) -> f64 {
        let mut shares: Vec<f64> =
            actors.iter().map(|it| self.parties.get(it).copied().unwrap_or(0.0)).collect();
        shares.sort_by(f64::total_cmp);
        shares.iter().rev().nth(1).copied().unwrap_or(0.0)
    }

    /// Returns the weight of what a passage tells, 0 to 100.
    ///
    /// It counts: how much of the affair's news the passage's words tell, its place in the report, the headline's words,
    /// whether it heads its sentence, the independent origins, whether the affair's parties act, whether it is done, and whether its day is known.
    pub(crate) fn weight(&self, selection: &Selection<'_>, told: Told<'_>) -> usize {
        let range = self.sentences_of(selection, told.doc, told.spans);
        let Some((report, range)) = self.reports.get(told.doc).zip(range) else { return 0 };
        let best = |of: &[f64]| of.get(range.clone()).unwrap_or_default().iter().copied().fold(0.0, f64::max);
        let depth = report.depth.get(range.start).map_or(usize::MAX, |it| *it.max(&(range.start / 2)));
        let place = match depth {
            0 => 1.0,
            1 | 2 => 0.8,
            3..=5 => 0.5,
            6..=9 => 0.2,
            _ => 0.0,
        };
        let origins = told.origins.saturating_sub(1).min(3) as f64 / 3.0;
        let done = matches!(told.factuality, Factuality::Happened | Factuality::Ongoing);
        let dated = told.time.and_then(When::of).is_some() && !self.is_stale(told.time, "", false);
        let weight = CENTRAL * best(&report.central)
            + PLACE * place
            + HEADLINE * best(&report.headline)
            + MAIN * f64::from(u8::from(self.heads_sentence(selection, told.doc, told.spans)))
            + ORIGINS * origins
            + PARTIES * self.party(told.actors)
            + DONE * f64::from(u8::from(done))
            + DATED * f64::from(u8::from(dated));
        weight.round() as usize
    }

    /// Whether the author of the report `doc` speaks for himself: a column, no report of what happened. Where hardly
    /// any others are there, none is left out for it.
    pub(crate) fn is_column(&self, doc: &str) -> bool {
        !self.are_columns && self.reports.get(doc).is_some_and(|it| it.is_column)
    }

    /// Returns the number of paragraphs of prose before that of sentence number `at` of the report `doc`: by-lines and
    /// labels are none.
    pub(crate) fn depth(&self, doc: &str, at: usize) -> usize {
        self.reports.get(doc).and_then(|it| it.depth.get(at)).copied().unwrap_or(usize::MAX)
    }

    /// Returns the part of the affair's news that `words` tell and `told` do not, 0 to 1, of what the sentence tells that tells most.
    pub(crate) fn untold(&self, words: &BTreeSet<String>, told: &BTreeSet<String>) -> f64 {
        let sum: f64 = words.difference(told).filter_map(|word| self.news.get(word)).sum();
        sum / (words.len() as f64 + FEW_WORDS) / self.most
    }

    /// Returns the headline that tells most of the affair's news, of a report that is no column and explains nothing;
    /// `None` if no headline has two words that many origins have in their news.
    pub(crate) fn headline<'c>(&self, selection: &Selection<'c>) -> Option<&'c str> {
        let documents = selection.order.iter().map(|&at| &selection.contents.documents[at]);
        let titled = documents.filter(|it| !self.is_column(&it.id)).filter_map(|it| it.title.as_deref());
        // A file of many matters has no headline.
        let common = |title: &str| {
            let shared = |word: &String| self.news.get(word).is_some_and(|it| *it >= SHARED);
            content_words(title).iter().filter(|word| shared(word)).count() >= 2
        };
        let titled = titled.filter(|title| !asks(title) && common(title));
        let (value, title) = titled
            .map(|title| (self.untold(&content_words(title), &BTreeSet::new()), title))
            .reduce(|best, it| if it.0 > best.0 { it } else { best })?;
        (value > 0.0).then_some(title)
    }

    /// Returns the share of the shorter list's words that both have, 0 to 1. What all reports have says little of how alike
    /// two sentences are.
    pub(crate) fn likeness(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let sum = |words: &mut dyn Iterator<Item = &String>| {
            words.map(|word| 1.0 - EVERYWHERE * self.news.get(word).copied().unwrap_or(0.0)).sum::<f64>()
        };
        let least = sum(&mut a.iter()).min(sum(&mut b.iter()));
        if least > 0.0 { sum(&mut a.intersection(b)) / least } else { 0.0 }
    }

    /// Whether a passage starts in the first third of its sentence, as its main clause does.
    pub(crate) fn heads_sentence(&self, selection: &Selection<'_>, doc: &str, spans: &[CharSpan]) -> bool {
        let range = self.sentences_of(selection, doc, spans);
        let sentence = self.reports.get(doc).zip(range).and_then(|(it, range)| it.sentences.get(range.start));
        let start = spans.first().and_then(|span| selection.bytes_at(doc, *span));
        let words = selection.document(doc).zip(sentence).map(|(it, sentence)| sentence.span.slice(&it.text));
        sentence.zip(start).zip(words).is_some_and(|((sentence, start), words)| {
            let before = start.start.saturating_sub(sentence.span.start) as usize;
            let opening = words.split(' ').next().unwrap_or_default();
            // “After Orlo announced it, Lee called”: the first clause only says when.
            let aside = SUBORDINATORS.has(opening) && words.find(',').is_none_or(|comma| before < comma);
            // “Orlo, who met Lee, left”: the clause only says who he is.
            let relative = words.get(..before).and_then(|it| it.split_whitespace().next_back());
            // “Orlo left after Lee had met Tosch”: the clause only says when.
            let depends = |it: &str| RELATIVES.contains(&it) || SUBORDINATORS.has(it);
            3 * before <= words.len() && !aside && !relative.is_some_and(depends)
        })
    }

    /// Returns how far a passage is the main thing that its sentence tells, 0 to 1: less the later it starts, and nothing
    /// after the words of somebody's saying: `Orlo said the port was calm after the raid`.
    pub(crate) fn lead(&self, selection: &Selection<'_>, doc: &str, spans: &[CharSpan]) -> f64 {
        let range = self.sentences_of(selection, doc, spans);
        let sentence = self.reports.get(doc).zip(range).and_then(|(it, range)| it.sentences.get(range.start));
        let start = spans.first().and_then(|span| selection.bytes_at(doc, *span));
        let Some(((sentence, start), document)) = sentence.zip(start).zip(selection.document(doc)) else {
            return 0.0;
        };
        let words = sentence.span.slice(&document.text);
        let before = start.start.saturating_sub(sentence.span.start) as usize;
        if words.get(..before).is_some_and(says) {
            return 0.0;
        }
        1.0 - (before as f64 / (words.len() as f64).max(1.0)).min(1.0)
    }

    /// Returns the numbers of the sentences in which `spans` lie.
    pub(crate) fn sentences_of(
        &self,
        selection: &Selection<'_>,
        doc: &str,
        spans: &[CharSpan],
    ) -> Option<std::ops::Range<usize>> {
        let report = self.reports.get(doc)?;
        let (first, last) = (spans.first()?, spans.last()?);
        let first = selection.bytes_at(doc, *first)?;
        let last = selection.bytes_at(doc, *last)?;
        Some(sentence_range(&report.sentences, first.cover(last)))
    }

    /// Whether something lies before the affair: its time ends before the days of the reports, or the `words` of its
    /// sentence lead back to then and its time is not known to be later. For what is `done`, a month that is none of the
    /// affair's leads back too.
    pub(crate) fn is_stale(&self, time: Option<&Time>, words: &str, done: bool) -> bool {
        let Some((first, last)) = self.days else { return false };
        match time.and_then(When::of).map(When::days) {
            Some((_, end)) if end < first - BEFORE => true,
            // “Since 2012” goes on to this day and is no news of it.
            Some((begin, _)) if begin <= last => begin < first - RUNNING,
            _ => leads_back(words, year_of(first)) || done && names_other_month(words, first - BEFORE, last),
        }
    }
}

/// Whether `text` has a word of saying.
pub(crate) fn says(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        let bare = |ending| word.strip_suffix(ending).is_some_and(|bare| UTTERANCES.has(bare));
        matches!(word, "said" | "told") || UTTERANCES.has(word) || bare("s") || bare("d") || bare("ed")
    })
}

/// Returns the numbers of the sentences that share text with `span`.
pub(crate) fn sentence_range(sentences: &[Sentence], span: ByteSpan) -> std::ops::Range<usize> {
    let first = sentences.partition_point(|it| it.span.end <= span.start);
    let last = sentences.partition_point(|it| it.span.start < span.end);
    first..last.max(first)
}

/// Returns the share of independent origins that name each actor at the head of a report.
fn parties(selection: &Selection<'_>, reports: &BTreeMap<String, ReportSentences>) -> BTreeMap<ActorId, f64> {
    let mut by_actor: BTreeMap<ActorId, BTreeSet<String>> = BTreeMap::new();
    let mut origins: BTreeSet<String> = BTreeSet::new();
    for mention in selection.each(|it| &it.mentions) {
        let head = reports
            .get(mention.doc.as_str())
            .and_then(|it| {
                let head =
                    it.depth.iter().enumerate().take_while(|(at, depth)| is_head(*at, **depth)).count();
                it.sentences.get(head.checked_sub(1)?)
            })
            .map_or(0, |it| it.span.end);
        let at = selection.bytes_at(&mention.doc, mention.span).map_or(u32::MAX, |it| it.start);
        if at < head {
            by_actor.entry(mention.actor.clone()).or_default().insert(selection.origin(&mention.doc));
        }
    }
    for &at in &selection.order {
        origins.insert(selection.origin(&selection.contents.documents[at].id));
    }
    let all = origins.len().max(1) as f64;
    by_actor.into_iter().map(|(actor, of)| (actor, of.len() as f64 / all)).collect()
}

/// Returns the words of `text` that say something, each as its stem.
pub(crate) fn content_words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(|word| !is_function_word(word))
        .map(|word| stem(&word).into_owned())
        .collect()
}

/// Returns how much a word with this stem says, 0 to 1: a word that stands in every text says nothing.
pub(crate) fn rarity(stem: &str) -> f64 {
    HALF / (HALF + times_in_a_million(stem))
}

/// Whether sentence number `at` of a report, with so many paragraphs of prose before its own, is at its head.
fn is_head(at: usize, depth: usize) -> bool {
    depth < HEAD && at < HEAD_SENTENCES
}

/// Whether `text` says `in` with a month that none of the days from `first` to `last` is in.
fn names_other_month(text: &str, first: i64, last: i64) -> bool {
    if last - first > 300 {
        return false;
    }
    let months: BTreeSet<i64> =
        (first..=last).map(|day| readout_record::calendar::year_month_day(day).1).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let name = pair[1].trim_matches(|it: char| !it.is_alphanumeric());
        let month = MONTHS.iter().position(|month| *month == name);
        matches!(pair[0], "in" | "In" | "since" | "late" | "early")
            && month.is_some_and(|month| !months.contains(&(month as i64 + 1)))
    })
}

/// Returns the year of a day's number.
fn year_of(day: i64) -> i64 {
    readout_record::calendar::year_month_day(day).0
}

/// Whether `text` says that it tells of a time long before the year `now`: `in 2002`, `a decade ago`, `last summer`.
fn leads_back(text: &str, now: i64) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    // “For years, envoys have met.”
    let lasting = word(0) == "for" && LONG.has(word(1)) && word(1).ends_with('s');
    // “Since taking office”, “since Orlo came to power”; what is so since a raid is news.
    let began = (1..5).any(|at| ["took", "came", "became", "won"].contains(&word(at)));
    let lasting = lasting || word(0) == "since" && (began || word(1).ends_with("ing"));
    lasting
        || (0..words.len()).any(|at| {
            let before = at.checked_sub(1).map(word).unwrap_or_default();
            let earlier = at.checked_sub(2).map(word).unwrap_or_default();
            let year =
                |it: &str| it.len() == 4 && it.parse::<i64>().is_ok_and(|it| (1800..now).contains(&it));
            let day = |it: &str| it.len() <= 2 && it.parse::<u8>().is_ok();
            year(word(at)) && (AHEAD_OF_YEAR.has(before) || day(before) && SEASONS.has(earlier))
                || AGO.has(word(at)) && LONG.has(before)
                || ["long", "previously", "repeatedly"].contains(&word(at))
                    && ["has", "have", "had"].contains(&before)
                || LAST.has(before) && (LONG.has(word(at)) || SEASONS.has(word(at)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_sentence_lead_back() {
        for text in [
            "Torvik closed the strait in 2002.",
            "The pact of May 3, 1999, fell.",
            "A decade ago they met.",
            "They met last summer.",
            "Orlo has long asked for it.",
            "For years, envoys have met.",
            "Since taking office, Orlo has closed two ports.",
            "Orlo has previously ruled out talks.",
        ] {
            assert!(leads_back(text, 2018), "{text}");
        }
        for text in [
            "Torvik left the 2015 accord.",
            "It was the first call since 1979.",
            "They will meet in 2018.",
            "They met last week.",
            "He left days before the vote.",
            "Since Tuesday, two ports have been shut.",
            "Since the raid, two ports have been shut.",
        ] {
            assert!(!leads_back(text, 2018), "{text}");
        }
    }

    #[test]
    fn a_month_outside_the_affair_is_another() {
        let days = |day: &str| number(day).unwrap_or_default();
        let (first, last) = (days("2018-03-01"), days("2018-04-02"));
        assert!(names_other_month("They met in September.", first, last));
        assert!(!names_other_month("They met in March.", first, last));
        assert!(!names_other_month("They may meet.", first, last));
    }

    #[test]
    fn forms_of_a_word_meet_and_common_words_say_nothing() {
        assert_eq!(content_words("The signed treaties"), content_words("they were signing a treaty"));
        assert!(content_words("and then of the").is_empty());
        assert!(rarity("time") < 0.5 && rarity("ceasefire") > 0.9);
    }
}
