//! What the mentions of a story refer to: names in full, descriptions beside names, pronouns.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Gender, Knowledge, WordKind};

use super::document::{GivenDocument, GivenKind, GivenMention};
use super::reading::{Pronoun, Reading};

/// Sentences between a pronoun and what it stands for.
const PRONOUN_REACH: usize = 2;
/// Sentences between `the company` and the company's name.
const DEFINITE_REACH: usize = 3;

/// Reports on one affair, and whom their names and descriptions are of.
pub(super) struct Story<'r> {
    number: usize,
    reports: Vec<StoryReport<'r>>,
    /// The number of times that each name is written.
    names: BTreeMap<&'r [String], usize>,
    /// The names beside each description, as `the president`.
    described: BTreeMap<&'r [String], BTreeSet<&'r [String]>>,
}

struct StoryReport<'r> {
    document: &'r GivenDocument,
    readings: &'r [Reading],
    /// For each mention, the mention whose name stands beside it for the same.
    beside: Vec<Option<usize>>,
}

impl<'r> Story<'r> {
    /// The story `number` of `reports` with what their mentions say.
    pub(super) fn new(number: usize, reports: Vec<(&'r GivenDocument, &'r [Reading])>) -> Self {
        let mut names: BTreeMap<&[String], usize> = BTreeMap::new();
        for name in reports.iter().flat_map(|(_, it)| *it).filter_map(|it| it.name.as_deref()) {
            *names.entry(name).or_default() += 1;
        }
        let mut described: BTreeMap<&[String], BTreeSet<&[String]>> = BTreeMap::new();
        let mut of_story = Vec::new();
        for (document, readings) in reports {
            let beside = appositions(document, readings);
            for (description, &at) in readings.iter().zip(&beside) {
                if let Some(name) = at.and_then(|at| readings[at].name.as_deref()) {
                    described.entry(&description.words).or_default().insert(full(name, &names));
                }
            }
            of_story.push(StoryReport { document, readings, beside });
        }
        Self { number, reports: of_story, names, described }
    }

    /// Returns the labels of the mentions of each report.
    pub(super) fn labels(&self, knowledge: &Knowledge) -> Vec<Vec<String>> {
        self.reports.iter().map(|report| self.labels_of(report, knowledge)).collect()
    }

    fn labels_of(&self, report: &StoryReport<'r>, knowledge: &Knowledge) -> Vec<String> {
        let StoryReport { document, readings, beside } = report;
        let start = |at: usize| document.mentions[at].tokens.first().copied().unwrap_or(0);
        let mut order: Vec<usize> = (0..readings.len()).collect();
        order.sort_by_key(|&at| {
            let mention = &document.mentions[at];
            (mention.sentence, start(at), std::cmp::Reverse(mention.tokens.len()), at)
        });
        let name_beside = |at: usize| {
            let name = readings[beside[at]?].name.as_deref()?;
            Some(full(name, &self.names))
        };
        let mut heads: BTreeMap<(GivenKind, &str), BTreeSet<&[String]>> = BTreeMap::new();
        for (at, reading) in readings.iter().enumerate() {
            if let Some(name) = name_beside(at) {
                heads.entry((document.mentions[at].kind, &reading.head)).or_default().insert(name);
            }
        }
        let mut labels = vec![String::new(); readings.len()];
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut genders: BTreeMap<String, Gender> = BTreeMap::new();
        for at in order {
            let (mention, reading) = (&document.mentions[at], &readings[at]);
            let (kind, sentence, start) = (mention.kind, mention.sentence, start(at));
            let label = match (kind, &reading.name, reading.pronoun) {
                (GivenKind::Event, ..) => {
                    labels[at] = format!("event {} {}", self.number, reading.head);
                    continue;
                }
                (GivenKind::Time, ..) => {
                    labels[at] = format!("time {} {}", self.number, reading.words.join(" "));
                    continue;
                }
                (_, Some(name), _) => {
                    let full = full(name, &self.names);
                    let label = named(full);
                    if let Some(gender) = full.first().and_then(|given| knowledge.gender_of_given_name(given))
                    {
                        genders.entry(label.clone()).or_insert(gender);
                    }
                    label
                }
                (_, None, Some(pronoun)) => {
                    let found = antecedent(pronoun, sentence, start, &earlier, &genders);
                    if let (Some(label), Pronoun::Person(gender)) = (&found, pronoun) {
                        genders.insert(label.clone(), gender);
                    }
                    found.unwrap_or_else(|| format!("pronoun {} {}", self.number, reading.words.join(" ")))
                }
                (_, None, None) => name_beside(at)
                    .or_else(|| only(heads.get(&(kind, reading.head.as_str()))))
                    .or_else(|| only(self.described.get(reading.words.as_slice())))
                    .map(named)
                    .or_else(|| {
                        let first = document.sentences.get(sentence)?.get(start)?;
                        is_the_body(first, reading, kind, knowledge)
                            .then(|| recent(kind, sentence, &earlier))?
                    })
                    .unwrap_or_else(|| format!("description {} {}", self.number, reading.head)),
            };
            labels[at].clone_from(&label);
            earlier.push(Earlier { label, kind, sentence, start });
        }
        labels
    }
}

/// Returns, for each mention that describes whom a name beside it names, as in `the president, Ines Korda` and
/// `President Ines Korda`, the number of that name's mention.
fn appositions(document: &GivenDocument, readings: &[Reading]) -> Vec<Option<usize>> {
    let mut of_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, mention) in document.mentions.iter().enumerate() {
        of_sentence.entry(mention.sentence).or_default().push(at);
    }
    let beside = |(at, mention): (usize, &GivenMention)| {
        let reading = &readings[at];
        if reading.name.is_some()
            || reading.pronoun.is_some()
            || matches!(mention.kind, GivenKind::Event | GivenKind::Time)
        {
            return None;
        }
        let (first, last) = (*mention.tokens.first()?, *mention.tokens.last()?);
        let sentence = document.sentences.get(mention.sentence)?;
        let comma = |at: usize| sentence.get(at).is_some_and(|token| token == ",");
        let names_it = |&other: &usize| {
            let name = &document.mentions[other];
            let (Some(&start), Some(&end)) = (name.tokens.first(), name.tokens.last()) else { return false };
            // `President` and `Ines Korda`, or `President` and `President Ines Korda`.
            let before = start == last + 1 || (start == first && end > last && !comma(last + 1));
            // `the president, Ines Korda,`: with a comma behind, no list.
            let between = start == last + 2 && comma(last + 1) && comma(end + 1);
            // `Ines Korda` and `the president`, or the whole of `Ines Korda, the president` and its end.
            let after = first >= 2
                && comma(first - 1)
                && start < first
                && (end == first - 2 || end >= last)
                && !(start..first - 1).any(comma);
            name.kind == mention.kind && readings[other].name.is_some() && (before || between || after)
        };
        of_sentence.get(&mention.sentence)?.iter().copied().find(names_it)
    };
    document.mentions.iter().enumerate().map(beside).collect()
}

/// Returns the fuller name in the story that `name` is short for, or the name itself.
fn full<'n>(name: &'n [String], names: &BTreeMap<&'n [String], usize>) -> &'n [String] {
    // The most frequent that fits; of those the shortest.
    let most = |fits: &dyn Fn(&[String]) -> bool| -> Option<&'n [String]> {
        names
            .iter()
            .filter(|(other, _)| other.len() > 1 && fits(other))
            .max_by_key(|(other, count)| (**count, std::cmp::Reverse(other.len()), **other))
            .map(|(other, _)| *other)
    };
    let found = match name {
        [one] => {
            let surname = most(&|other| other.len() <= 4 && other.last() == Some(one));
            let given = || {
                let own = names.get(name).copied().unwrap_or(0);
                let mut first = names.iter().filter(|(other, count)| {
                    other.len() == 2 && other.first() == Some(one) && **count >= own
                });
                let (&other, _) = first.next()?;
                first.next().is_none().then_some(other)
            };
            let letters = one.replace('.', "");
            let initials = || most(&|other| initials(other) == letters);
            surname.or_else(given).or_else(initials)
        }
        [first, _, last] => {
            most(&|other| other.len() == 2 && other.first() == Some(first) && other.last() == Some(last))
        }
        _ => None,
    };
    found.unwrap_or(name)
}

fn initials(name: &[String]) -> String {
    name.iter()
        .filter(|word| !matches!(word.as_str(), "of" | "and" | "for" | "the"))
        .filter_map(|word| word.chars().next())
        .collect()
}

fn named(name: &[String]) -> String {
    format!("name {}", name.join(" "))
}

fn only<'n>(names: Option<&BTreeSet<&'n [String]>>) -> Option<&'n [String]> {
    names.filter(|names| names.len() == 1)?.first().copied()
}

/// A mention that a later one may stand for.
struct Earlier {
    label: String,
    kind: GivenKind,
    sentence: usize,
    start: usize,
}

/// Returns the label of the nearest mention before the word `start` of `sentence` that `pronoun` may stand for.
fn antecedent(
    pronoun: Pronoun,
    sentence: usize,
    start: usize,
    earlier: &[Earlier],
    genders: &BTreeMap<String, Gender>,
) -> Option<String> {
    let fits = |it: &&Earlier| match pronoun {
        Pronoun::Person(gender) => {
            it.kind == GivenKind::Person && genders.get(&it.label).is_none_or(|known| *known == gender)
        }
        Pronoun::Thing => matches!(it.kind, GivenKind::Actor | GivenKind::Other),
        Pronoun::Many => matches!(it.kind, GivenKind::Actor | GivenKind::Person),
        Pronoun::Relative => it.sentence == sentence && it.start < start,
        Pronoun::Place => it.kind == GivenKind::Place,
        Pronoun::Speaker => false,
    };
    let mut near = earlier.iter().rev().take_while(|it| it.sentence + PRONOUN_REACH >= sentence);
    near.find(fits).map(|it| it.label.clone())
}

/// Whether a mention that begins with the word `first` is no more than `the company`, `the ministry`: a body that was
/// named just before. `The president` is not: of persons, reports name too many at a time.
fn is_the_body(first: &str, reading: &Reading, kind: GivenKind, knowledge: &Knowledge) -> bool {
    let body =
        |word: &String| knowledge.person_word(word).is_some_and(|word| word.kind == WordKind::Organisation);
    kind == GivenKind::Actor
        && first.eq_ignore_ascii_case("the")
        && matches!(reading.words.as_slice(), [one] if body(one))
}

/// Returns the label of the last name of `kind` in the sentences just before.
fn recent(kind: GivenKind, sentence: usize, earlier: &[Earlier]) -> Option<String> {
    let mut near = earlier.iter().rev().take_while(|it| it.sentence + DEFINITE_REACH >= sentence);
    near.find(|it| it.kind == kind && it.label.starts_with("name ")).map(|it| it.label.clone())
}
