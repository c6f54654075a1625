//! The filters that every view knows.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Evidence, Happening, Quote, RecordId, Statement, Time};
use readout_text::{ByteSpan, CharSpan, Offsets, paragraphs};
use serde::{Deserialize, Serialize};

use crate::rows::{ActorName, Citation};
use crate::when::When;
use crate::{Contents, Names};

/// A filter of a view's rows. A row is shown if it fits every field. An empty filter shows everything.
///
/// Dates are ISO 8601 days, months or years. A row has the day of its event or, if the report leaves that open, the day
/// of the report's publication. A row with neither is shown only if no date is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// The actors who act or speak: an id, a name or alias in full, or words of one. A row fits if any of them does.
    pub actor: Vec<String>,
    /// The actors to whom it is done or said; for a row without a direction (a meeting, an agreement), other
    /// participants.
    pub to: Vec<String>,
    /// The first day to show.
    pub since: Option<String>,
    /// The first day that is no longer shown.
    pub until: Option<String>,
    /// The story of the reports, by its id or the first digits of it.
    pub story: Option<String>,
    /// The outlets of the reports; upper and lower case are the same.
    pub outlet: Vec<String>,
    /// The kinds of row: of record (`meeting`), of act (`deny`, `CONSULT`), of form (`direct`, `call`), of tone
    /// (`threat`), of stance, status or actor (`person`), as the view has it.
    pub kind: Vec<String>,
    /// The issue that rows bear on: an issue of the positions, or words.
    pub issue: Option<String>,
    /// Words that a row must contain, all of them.
    pub text: Option<String>,
    /// The day against which deadlines are overdue. `None`: the day of the newest report shown; never today.
    pub as_of: Option<String>,
}

/// Checks that `text` is a day, month or year of ISO 8601 that exists in the calendar.
///
/// # Errors
/// Says what is allowed.
pub fn check_date(text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, long: usize| part.len() == long && part.bytes().all(|it| it.is_ascii_digit());
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let days = |year: u32, month: u32| match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let month = |part: &str| digits(part, 2) && (1..=12).contains(&number(part));
    let sound = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, of_year] => digits(year, 4) && month(of_year),
        [year, of_year, day] => {
            digits(year, 4)
                && month(of_year)
                && digits(day, 2)
                && (1..=days(number(year), number(of_year))).contains(&number(day))
        }
        _ => false,
    };
    if sound { Ok(()) } else { Err("not a day, month or year like 2015-11-16".to_owned()) }
}

/// Contents under a filter, with indexes that all views use.
pub(crate) struct Selection<'c> {
    pub(crate) contents: &'c Contents,
    pub(crate) names: Names,
    /// The numbers of the documents that the filter lets through, in the order of reading: by date, the undated last.
    pub(crate) order: Vec<usize>,
    /// The number in the contents of each document let through, by its id.
    numbers: BTreeMap<&'c str, usize>,
    /// The place in the order of reading of each document let through, by its id.
    places: BTreeMap<&'c str, usize>,
    offsets: Vec<Offsets<'c>>,
    /// The ends of each text's paragraphs, in code points.
    paragraphs: Vec<Vec<u32>>,
    /// The evidence of every record of the documents let through, by the record's id.
    evidence: BTreeMap<&'c str, &'c Evidence>,
    /// The statements of the documents let through, and the links, by their ids.
    statements: BTreeMap<&'c str, &'c Statement>,
    happenings: BTreeMap<&'c str, &'c Happening>,
    quotes: BTreeMap<&'c str, &'c Quote>,
    actor: Option<BTreeSet<ActorId>>,
    to: Option<BTreeSet<ActorId>>,
    /// The records that show a position on the issue.
    on_issue: BTreeSet<&'c str>,
    issue: Vec<String>,
    words: Vec<String>,
    filter: &'c Filter,
}

impl<'c> Selection<'c> {
    pub(crate) fn new(contents: &'c Contents, filter: &'c Filter) -> Self {
        let in_story: Option<BTreeSet<&str>> = filter.story.as_ref().map(|story| {
            let stories = contents.stories.iter().filter(|it| is_or_starts(&it.id, story));
            stories.flat_map(|it| it.documents.iter().map(String::as_str)).collect()
        });
        let outlets: Vec<String> = filter.outlet.iter().map(|it| it.trim().to_lowercase()).collect();
        let mut order: Vec<usize> = (0..contents.documents.len())
            .filter(|&at| {
                let it = &contents.documents[at];
                let outlet = it.outlet.as_deref().unwrap_or_default().to_lowercase();
                in_story.as_ref().is_none_or(|story| story.contains(it.id.as_str()))
                    && (outlets.is_empty() || outlets.contains(&outlet))
            })
            .collect();
        let key = |&at: &usize| {
            let it = &contents.documents[at];
            (it.published.is_none(), &it.published, &it.path, &it.id)
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let numbers = order.iter().map(|&at| (contents.documents[at].id.as_str(), at)).collect();
        let places = order.iter().enumerate();
        let places = places.map(|(place, &at)| (contents.documents[at].id.as_str(), place)).collect();
        let offsets: Vec<Offsets<'_>> = contents.documents.iter().map(|it| Offsets::new(&it.text)).collect();
        let ends = |(text, offsets): (&str, &Offsets<'_>)| -> Vec<u32> {
            paragraphs(text).into_iter().map(|span: ByteSpan| offsets.to_chars(span).end).collect()
        };
        let paragraphs =
            contents.documents.iter().map(|it| it.text.as_str()).zip(&offsets).map(ends).collect();
        let mut evidence = BTreeMap::new();
        for &at in &order {
            evidence.extend(contents.evidence(at).into_iter().map(|(_, it)| (it.id.as_str(), it)));
        }
        let statements = order.iter().filter_map(|&at| contents.records.get(at));
        let statements =
            statements.flat_map(|it| &it.statements).map(|it| (it.evidence.id.as_str(), it)).collect();
        let names = contents.names();
        let issue = filter.issue.as_deref().map(folded).unwrap_or_default();
        let on_issue = match issue.is_empty() {
            true => BTreeSet::new(),
            false => (contents.positions.iter().filter(|it| has_all(&folded(&it.issue), &issue)))
                .flat_map(|it| it.evidence.iter().map(String::as_str))
                .collect(),
        };
        Self {
            actor: wanted(contents, &names, &filter.actor),
            to: wanted(contents, &names, &filter.to),
            contents,
            names,
            order,
            numbers,
            places,
            offsets,
            paragraphs,
            evidence,
            statements,
            happenings: contents.happenings.iter().map(|it| (it.id.as_str(), it)).collect(),
            quotes: contents.quotes.iter().map(|it| (it.id.as_str(), it)).collect(),
            on_issue,
            issue,
            words: filter.text.as_deref().map(folded).unwrap_or_default(),
            filter,
        }
    }

    /// Returns the records of all documents let through, in the order of reading, each kind in the order of the text.
    pub(crate) fn each<T: 'c>(
        &self,
        of: impl Fn(&'c readout_record::DocumentRecords) -> &'c [T],
    ) -> impl Iterator<Item = &'c T> {
        let contents = self.contents;
        let lists: Vec<&'c [T]> =
            self.order.iter().filter_map(|&at| contents.records.get(at)).map(of).collect();
        lists.into_iter().flatten()
    }

    /// Returns the statement `id` of a document that is let through.
    pub(crate) fn statement(&self, id: &str) -> Option<&'c Statement> {
        self.statements.get(id).copied()
    }

    /// Returns the happening `id`.
    pub(crate) fn happening(&self, id: &str) -> Option<&'c Happening> {
        self.happenings.get(id).copied()
    }

    /// Returns the quote `id`.
    pub(crate) fn quote(&self, id: &str) -> Option<&'c Quote> {
        self.quotes.get(id).copied()
    }

    /// Whether the document is let through.
    pub(crate) fn has(&self, doc: &str) -> bool {
        self.numbers.contains_key(doc)
    }

    /// Returns the passage behind a record.
    pub(crate) fn citation(&self, evidence: &Evidence) -> Citation {
        self.citation_at(&evidence.id, &evidence.doc, &evidence.spans, &evidence.text)
    }

    pub(crate) fn citation_at(&self, id: &str, doc: &str, spans: &[CharSpan], text: &str) -> Citation {
        let number = self.numbers.get(doc).copied();
        let document = number.and_then(|at| self.contents.documents.get(at));
        let start = spans.first().map_or(0, |span| span.start);
        let paragraph = number
            .and_then(|at| self.paragraphs.get(at))
            .map_or(1, |ends| (ends.partition_point(|&end| end <= start) + 1).min(ends.len().max(1)));
        Citation {
            id: id.to_owned(),
            doc: doc.to_owned(),
            spans: spans.to_vec(),
            text: text.to_owned(),
            paragraph,
            outlet: document.and_then(|it| it.outlet.clone()),
            published: document.and_then(|it| it.published.clone()),
        }
    }

    /// Returns the passages behind records that are let through, in the order of reading.
    pub(crate) fn citations(&self, ids: &[RecordId]) -> Vec<Citation> {
        let mut found: Vec<(usize, u32, Citation)> = ids
            .iter()
            .filter_map(|id| self.evidence.get(id.as_str()))
            .map(|it| {
                let start = it.spans.first().map_or(0, |span| span.start);
                (self.place(&it.doc), start, self.citation(it))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        found.dedup_by(|a, b| a.2.id == b.2.id);
        found.into_iter().map(|(_, _, citation)| citation).collect()
    }

    /// Returns the outlet from which a report's words are: that of the report that it mostly copies, else its own.
    ///
    /// Returns the report's id if it has no outlet.
    pub(crate) fn origin(&self, doc: &str) -> String {
        let Some(&at) = self.numbers.get(doc) else { return doc.to_owned() };
        let document = &self.contents.documents[at];
        let copied =
            document.copies_of.iter().filter(|it| it.share >= COPY && self.place(&it.doc) < self.place(doc));
        let original = copied.max_by(|a, b| a.share.total_cmp(&b.share).then_with(|| b.doc.cmp(&a.doc)));
        let document = match original.and_then(|it| self.numbers.get(it.doc.as_str())) {
            Some(&at) => &self.contents.documents[at],
            None => document,
        };
        document.outlet.clone().unwrap_or_else(|| document.id.clone())
    }

    /// Returns the document's place in the order of reading.
    pub(crate) fn place(&self, doc: &str) -> usize {
        self.places.get(doc).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn words_at(&self, doc: &str, span: CharSpan) -> String {
        let Some(&at) = self.numbers.get(doc) else { return String::new() };
        let bytes = self.offsets[at].to_bytes(span).unwrap_or_default();
        bytes.slice(&self.contents.documents[at].text).to_owned()
    }

    /// Returns the sentence, or the rest of the paragraph, in which `citation` starts: from the end of the sentence
    /// before it to the next end of a sentence.
    pub(crate) fn sentence(&self, citation: &Citation) -> String {
        let Some(&at) = self.numbers.get(citation.doc.as_str()) else { return citation.text.clone() };
        let text = &self.contents.documents[at].text;
        let (Some(first), Some(last)) = (citation.spans.first(), citation.spans.last()) else {
            return citation.text.clone();
        };
        let bytes = |span: CharSpan| self.offsets[at].to_bytes(span).unwrap_or_default();
        let (start, end) = (bytes(*first).start as usize, bytes(*last).end as usize);
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
            return citation.text.clone();
        };
        let from = last_sentence(before);
        // A passage may hold its own full stop.
        let ended = text[start..end].ends_with(['.', '!', '?', '”', '"']);
        let to = if ended { end } else { end + sentence_ends(after).next().unwrap_or(after.len()) };
        text.get(from..to).unwrap_or(&citation.text).trim().to_owned()
    }

    /// Returns the word before `span`, or the two words if the last is `that`; empty at the start of a sentence.
    pub(crate) fn words_before(&self, doc: &str, span: CharSpan) -> String {
        let Some(&at) = self.numbers.get(doc) else { return String::new() };
        let text = &self.contents.documents[at].text;
        let start = self.offsets[at].to_bytes(span).unwrap_or_default().start as usize;
        let before = text.get(..start).unwrap_or_default();
        let from = last_sentence(before);
        let words: Vec<&str> = before[from..].split_whitespace().collect();
        let few = if words.last().is_some_and(|word| word.eq_ignore_ascii_case("that")) { 2 } else { 1 };
        words[words.len().saturating_sub(few)..].join(" ")
    }

    pub(crate) fn actors(&self, ids: &[ActorId]) -> Vec<ActorName> {
        let mut seen = BTreeSet::new();
        (ids.iter().filter(|id| seen.insert(*id)))
            .map(|id| ActorName { id: id.clone(), name: self.names.of(id).to_owned() })
            .collect()
    }

    /// Returns the day on which a report was published.
    pub(crate) fn published(&self, doc: &str) -> Option<String> {
        let document = self.numbers.get(doc).and_then(|&at| self.contents.documents.get(at))?;
        document.published.as_deref().and_then(day)
    }

    /// Whether one of the actors asked for acts.
    pub(crate) fn acting(&self, actors: &[&[ActorId]]) -> bool {
        has_any(self.actor.as_ref(), actors)
    }

    /// Whether one of the actors asked for acts, and one of the recipients asked for is among `to`.
    pub(crate) fn parties(&self, actors: &[&[ActorId]], to: &[&[ActorId]]) -> bool {
        self.acting(actors) && has_any(self.to.as_ref(), to)
    }

    /// Whether one of the actors and one of the recipients asked for are among `members`, for a row without a
    /// direction.
    pub(crate) fn together(&self, members: &[ActorId]) -> bool {
        self.parties(&[members], &[members])
    }

    /// Whether a row of `time`, in the report `doc`, is within the dates asked for. The beginning of the time counts.
    pub(crate) fn times(&self, time: Option<&Time>, doc: &str) -> bool {
        self.dates(time.and_then(When::of).map(When::begins).as_deref(), doc)
    }

    /// Whether a row of the day `at`, in the report `doc`, is within the dates asked for.
    pub(crate) fn dates(&self, at: Option<&str>, doc: &str) -> bool {
        if self.filter.since.is_none() && self.filter.until.is_none() {
            return true;
        }
        let Some(day) = at.map(str::to_owned).or_else(|| self.published(doc)) else { return false };
        self.filter.since.as_deref().is_none_or(|since| since <= day.as_str())
            && self.filter.until.as_deref().is_none_or(|until| day.as_str() < until)
    }

    /// Whether one of `kinds` is asked for.
    pub(crate) fn kinds(&self, kinds: &[&str]) -> bool {
        self.filter.kind.is_empty()
            || self
                .filter
                .kind
                .iter()
                .any(|wanted| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(wanted)))
    }

    /// Whether the words and the issue fit the records `ids` with the words `texts`.
    pub(crate) fn words(&self, ids: &[&str], texts: &[&str]) -> bool {
        if self.words.is_empty() && self.issue.is_empty() {
            return true;
        }
        let text: Vec<String> = texts.iter().flat_map(|text| folded(text)).collect();
        has_all(&text, &self.words)
            && (self.issue.is_empty()
                || ids.iter().any(|id| self.on_issue.contains(id))
                || has_all(&text, &self.issue))
    }

    /// Whether `issue` is the one asked for.
    pub(crate) fn is_issue(&self, issue: &str) -> bool {
        has_all(&folded(issue), &self.issue)
    }

    /// Returns the day against which deadlines are overdue.
    pub(crate) fn as_of(&self) -> Option<String> {
        let newest = || {
            let dates = self.order.iter().filter_map(|&at| self.contents.documents[at].published.as_deref());
            dates.filter_map(day).max()
        };
        self.filter.as_of.clone().or_else(newest)
    }
}

/// Returns the ends of the sentences in `text`, in bytes.
///
/// A sentence ends after a full stop, question or exclamation mark with its closing marks and white space, and after a
/// line. A full stop after a single capital or in a number ends none.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut letters = text.char_indices().peekable();
    let mut word = 0;
    let mut capital = false;
    std::iter::from_fn(move || {
        while let Some((_, letter)) = letters.next() {
            let abbreviated = capital && word == 1;
            (word, capital) = match letter.is_alphanumeric() {
                true => (word + 1, letter.is_uppercase()),
                false => (0, false),
            };
            let ends = match letter {
                '\n' => true,
                '!' | '?' => true,
                '.' => !abbreviated,
                _ => false,
            };
            if !ends {
                continue;
            }
            while letters.next_if(|(_, it)| matches!(it, '”' | '"' | '’' | ')')).is_some() {}
            let spaced = letters.peek().is_none_or(|(_, it)| it.is_whitespace());
            if letter == '\n' || spaced {
                while letters.next_if(|(_, it)| it.is_whitespace()).is_some() {}
                return Some(letters.peek().map_or(text.len(), |(at, _)| *at));
            }
        }
        None
    })
}

/// Returns the beginning of the last sentence of `text`, in bytes.
///
/// A line ends a sentence, so only the last line is looked at, and of a long one the last [`LOOK_BACK`] bytes.
fn last_sentence(text: &str) -> usize {
    let line = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let mut from = line.max(text.len().saturating_sub(LOOK_BACK));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    sentence_ends(&text[from..]).last().map_or(from, |at| from + at)
}

/// The length of text before a passage that is searched for the beginning of a sentence, in bytes.
const LOOK_BACK: usize = 4_000;

fn has_any(wanted: Option<&BTreeSet<ActorId>>, lists: &[&[ActorId]]) -> bool {
    wanted.is_none_or(|wanted| lists.iter().any(|list| list.iter().any(|id| wanted.contains(id))))
}

/// The smallest copied share of a report that makes it mostly a copy.
pub(crate) const COPY: f64 = 0.5;

/// Returns the day of an ISO 8601 date or date-time.
pub(crate) fn day(date: &str) -> Option<String> {
    date.get(..10).map(str::to_owned)
}

/// Whether `id` is or begins with `wanted`, with or without its kind.
fn is_or_starts(id: &str, wanted: &str) -> bool {
    let bare = id.split_once(':').map_or(id, |(_, rest)| rest);
    !wanted.is_empty() && (id.starts_with(wanted) || bare.starts_with(wanted))
}

/// Returns the words of `text` in lower case, without punctuation.
pub(crate) fn folded(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn has_all(text: &[String], wanted: &[String]) -> bool {
    wanted.iter().all(|word| text.contains(word))
}

/// Returns the ids of the actors that `asked` means; `None` if nobody is asked for.
fn wanted(contents: &Contents, names: &Names, asked: &[String]) -> Option<BTreeSet<ActorId>> {
    if asked.is_empty() {
        return None;
    }
    Some(asked.iter().flat_map(|it| matching_actors(contents, names, it)).collect())
}

/// Returns the ids of the actors that `asked` means: the one with this id, else those with this name or alias, else
/// those whose name contains its words.
pub(crate) fn matching_actors(contents: &Contents, names: &Names, asked: &str) -> BTreeSet<ActorId> {
    let asked = asked.trim();
    if names.kind(asked).is_some() || contents.actors.iter().any(|it| it.id == asked) {
        return BTreeSet::from([asked.to_owned()]);
    }
    let words = folded(asked);
    if words.is_empty() {
        return BTreeSet::new();
    }
    let all_names = |id: &'_ str| -> Vec<Vec<String>> {
        let actor = contents.actors.binary_search_by(|it| it.id.as_str().cmp(id)).ok();
        let aliases = actor.map(|at| contents.actors[at].aliases.as_slice()).unwrap_or_default();
        std::iter::once(names.of(id)).chain(aliases.iter().map(String::as_str)).map(folded).collect()
    };
    let fits = |fit: &dyn Fn(&[String]) -> bool| -> BTreeSet<ActorId> {
        names.ids().filter(|id| all_names(id).iter().any(|name| fit(name))).map(str::to_owned).collect()
    };
    let whole = fits(&|name| name == words);
    if !whole.is_empty() {
        return whole;
    }
    fits(&|name| has_all(name, &words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_that_the_calendar_has() {
        for date in ["2015-11-16", "2015-11", "2015", "2016-02-29", "2000-02-29", "0000"] {
            assert!(check_date(date).is_ok(), "{date}");
        }
        for date in
            ["yesterday", "", "9999-99-99", "2015-02-29", "1900-02-29", "2015-04-31", "2015-11-16T10", "15"]
        {
            assert!(check_date(date).is_err(), "{date}");
        }
    }

    #[test]
    fn sentences_end_at_their_marks() {
        let text = "The U.S. paid 3.5 million. “We met.” Then?\nEnd";
        let ends: Vec<&str> = sentence_ends(text).map(|at| &text[at..]).collect();
        assert_eq!(ends, ["“We met.” Then?\nEnd", "Then?\nEnd", "End"]);
    }
}
