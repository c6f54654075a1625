//! Mentions that are given: which of them, over documents, are of one event, person, organisation or place.
//!
//! For collections whose mentions somebody else has marked. Documents are first gathered into stories by their words
//! (average link over tf-idf), because within a story a word is nearly enough to tell an event: what keeps the events
//! of two shootings apart is that the reports on them have little else in common. Then
//! - an event is its story and its lemma;
//! - a name is the name itself, over all stories, once a surname has been led to the full name of its story;
//! - a description is its story and its head word, a time its story and its words;
//! - a pronoun is the nearest mention before it that it may stand for.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use readout_knowledge::{Gender, Knowledge, Sense};
use rustc_hash::FxHashMap;

use crate::alignment::is_function_word;

/// Words of a document that tell its story.
const MAX_WORDS: usize = 400;
/// Documents that share a word at most, for the word to tell a story.
const MAX_SPREAD: usize = 200;
/// Mean cosine of two groups of documents from which they are one story.
const SAME_STORY: f64 = 0.2;
/// Sentences between a pronoun and what it stands for.
const PRONOUN_REACH: usize = 2;

/// A document whose mentions are given.
#[derive(Clone, Debug, Default)]
pub struct GivenDocument {
    /// Its sentences, as words and marks.
    pub sentences: Vec<Vec<String>>,
    /// What is marked in it.
    pub mentions: Vec<GivenMention>,
}

/// A mention that is given.
#[derive(Clone, Debug)]
pub struct GivenMention {
    /// Number of its sentence.
    pub sentence: usize,
    /// Numbers of its words in the sentence.
    pub tokens: Vec<usize>,
    /// What it is of.
    pub kind: GivenKind,
}

/// What a given mention is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenKind {
    /// Something that happens.
    Event,
    /// A person.
    Person,
    /// An organisation, a group of people.
    Actor,
    /// A place.
    Place,
    /// A time.
    Time,
    /// A thing.
    Other,
}

/// For each mention of each document, a label that it shares with the mentions of the same event or entity.
pub fn link(documents: &[GivenDocument], knowledge: &Knowledge) -> Vec<Vec<String>> {
    let lemmas = Lemmas::new();
    let stories = stories(documents, &lemmas);
    let mut small: FxHashMap<&str, u32> = FxHashMap::default();
    for word in documents.iter().flat_map(|document| document.sentences.iter().flatten()) {
        if word.chars().all(char::is_lowercase) {
            *small.entry(word).or_default() += 1;
        }
    }
    let read: Vec<Vec<Reading>> = documents
        .iter()
        .map(|document| {
            document.mentions.iter().map(|it| read(document, it, knowledge, &small, &lemmas)).collect()
        })
        .collect();
    let mut names: BTreeMap<usize, BTreeMap<&[String], usize>> = BTreeMap::new();
    for (mentions, story) in read.iter().zip(&stories) {
        for name in mentions.iter().filter_map(|it| it.name.as_deref()) {
            *names.entry(*story).or_default().entry(name).or_default() += 1;
        }
    }
    let nothing = BTreeMap::new();
    documents
        .iter()
        .zip(&read)
        .zip(&stories)
        .map(|((document, read), story)| {
            labels(document, read, *story, names.get(story).unwrap_or(&nothing), knowledge)
        })
        .collect()
}

/// What a mention says.
struct Reading {
    /// Its words up to the first that only tells more of it, in lower case.
    words: Vec<String>,
    /// The name in it, in lower case, without titles and legal forms.
    name: Option<Vec<String>>,
    /// The lemma of its head.
    head: String,
}

fn read(
    document: &GivenDocument,
    mention: &GivenMention,
    knowledge: &Knowledge,
    small: &FxHashMap<&str, u32>,
    lemmas: &Lemmas,
) -> Reading {
    let empty = Vec::new();
    let sentence = document.sentences.get(mention.sentence).unwrap_or(&empty);
    let tokens: Vec<&str> =
        mention.tokens.iter().filter_map(|&at| sentence.get(at)).map(String::as_str).collect();
    if mention.kind == GivenKind::Event {
        let first = tokens.first().copied().unwrap_or_default();
        return Reading { words: Vec::new(), name: None, head: lemmas.of(first) };
    }
    let words = core(&tokens);
    let lower: Vec<String> =
        words.iter().map(|word| word.to_lowercase().trim_end_matches('.').to_owned()).collect();
    let head = lower.last().map(|word| lemmas.of(word)).unwrap_or_default();
    let name = (mention.kind != GivenKind::Time).then(|| name(&words, &lower, knowledge, small)).flatten();
    Reading { words: lower, name, head }
}

fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "at" | "in"
            | "on"
            | "of"
            | "for"
            | "from"
            | "by"
            | "with"
            | "to"
            | "near"
            | "inside"
            | "outside"
            | "into"
            | "within"
            | "around"
            | "after"
            | "before"
            | "during"
            | "over"
            | "under"
            | "between"
            | "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "your"
    )
}

/// The words of the mention's own: without an owner before them (`Apple ’s`), an article, or what follows the head.
fn core(tokens: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        let token = token.replace('’', "'");
        let more = number + 1 < tokens.len();
        if token == "'s" || token == "'" {
            if more {
                words.clear();
            }
            continue;
        }
        if !is_word(&token) {
            if !words.is_empty() && matches!(token.as_str(), "," | "(" | ":" | ";" | "--" | "-LRB-") {
                break;
            }
            continue;
        }
        let bare = token.strip_suffix("'s").or_else(|| token.strip_suffix('\''));
        words.push(bare.unwrap_or(&token).to_owned());
        if bare.is_some() && more {
            words.clear();
        }
    }
    let skip = words.iter().take_while(|word| is_particle(&word.to_lowercase())).count();
    words.drain(..skip.min(words.len().saturating_sub(1)));
    let mut end = words.len();
    for at in 1..words.len() {
        let word = words[at].to_lowercase();
        if !is_particle(&word) && !matches!(word.as_str(), "who" | "which" | "and" | "where") {
            continue;
        }
        // `Bank of England`, `Johnson and Johnson`: part of the name.
        let inside = matches!(word.as_str(), "of" | "for" | "and" | "the")
            && starts_large(&words[at - 1])
            && words
                .get(at + 1)
                .is_some_and(|next| starts_large(next) || matches!(next.as_str(), "the" | "and"));
        if !inside {
            end = at;
            break;
        }
    }
    words.truncate(end);
    words
}

/// Legal forms of companies, no part of their names.
const FORMS: [&str; 20] = [
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "inc",
    "jr",
    "limited",
    "llc",
    "ltd",
    "n.v",
    "nv",
    "plc",
    "s.a",
    "sa",
    "se",
    "spa",
    "sr",
];

fn name(
    words: &[String],
    lower: &[String],
    knowledge: &Knowledge,
    small: &FxHashMap<&str, u32>,
) -> Option<Vec<String>> {
    let large = |word: &String| word.chars().any(char::is_uppercase);
    let figure = |word: &String| word.chars().next().is_some_and(|letter| letter.is_ascii_digit());
    if !words.iter().any(large)
        || !words.last().is_some_and(|last| large(last) || figure(last))
        || (words.len() == 1 && pronoun(&lower[0]).is_some())
    {
        return None;
    }
    let mut start = words.len();
    while start > 0 {
        let word = &lower[start - 1];
        let joins =
            matches!(word.as_str(), "of" | "and" | "for" | "the" | "de" | "al" | "bin" | "von" | "van");
        if large(&words[start - 1])
            || figure(&words[start - 1])
            || (joins && start > 1 && large(&words[start - 2]))
        {
            start -= 1;
        } else {
            break;
        }
    }
    let mut name = &lower[start..];
    let written = words[start..].join(" ");
    // One known bearer of the name as it stands: its id is the name.
    let known: BTreeSet<&str> = knowledge
        .named(&written)
        .into_iter()
        .filter(|(_, sense)| *sense == Sense::Itself)
        .map(|(entry, _)| entry.id.as_str())
        .collect();
    if known.len() == 1 {
        return known.first().map(|id| vec![(*id).to_owned()]);
    }
    let is_role = |word: &String| knowledge.title(word).is_some() || knowledge.person_word(word).is_some();
    if let Some(role) = name.iter().rposition(is_role) {
        match name.get(role + 1).map(String::as_str) {
            // `Apple CEO` is a description.
            None => return None,
            Some("of" | "for") => {}
            Some(_) => name = &name[role + 1..],
        }
    }
    let mut kept: Vec<String> =
        name.iter().filter(|word| FORMS.binary_search(&word.as_str()).is_err()).cloned().collect();
    if kept.is_empty() {
        kept = name.to_vec();
    }
    // A common word in capitals, as headlines have it.
    let common = kept.len() == 1
        && small.get(kept[0].as_str()).is_some_and(|&count| count > 20)
        && words.last().is_some_and(|last| last.chars().any(char::is_lowercase));
    (!common).then_some(kept)
}

/// The fuller name in the story that `name` is short for, or the name itself.
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    Person(Gender),
    Thing,
    Many,
    Relative,
    Place,
    /// Stands for somebody whom words alone do not tell, as `I`.
    Speaker,
}

fn pronoun(word: &str) -> Option<Pronoun> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Pronoun::Person(Gender::Male),
        "she" | "her" | "hers" | "herself" => Pronoun::Person(Gender::Female),
        "it" | "its" | "itself" => Pronoun::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" | "we" | "us" | "our" | "ours" => Pronoun::Many,
        "who" | "whom" | "whose" | "which" | "that" => Pronoun::Relative,
        "where" | "there" => Pronoun::Place,
        "i" | "me" | "my" | "you" | "your" => Pronoun::Speaker,
        _ => return None,
    })
}

/// A mention that a later pronoun may stand for.
struct Earlier {
    label: String,
    kind: GivenKind,
    sentence: usize,
    start: usize,
    gender: Option<Gender>,
}

fn labels(
    document: &GivenDocument,
    read: &[Reading],
    story: usize,
    names: &BTreeMap<&[String], usize>,
    knowledge: &Knowledge,
) -> Vec<String> {
    let start = |at: usize| document.mentions[at].tokens.first().copied().unwrap_or(0);
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by_key(|&at| {
        let mention = &document.mentions[at];
        (mention.sentence, start(at), std::cmp::Reverse(mention.tokens.len()), at)
    });
    let mut out = vec![String::new(); read.len()];
    let mut earlier: Vec<Earlier> = Vec::new();
    let mut genders: BTreeMap<String, Gender> = BTreeMap::new();
    for at in order {
        let (mention, reading) = (&document.mentions[at], &read[at]);
        let (kind, sentence, start) = (mention.kind, mention.sentence, start(at));
        let single = match reading.words.as_slice() {
            [one] => pronoun(one),
            _ => None,
        };
        let label = match (kind, &reading.name, single) {
            (GivenKind::Event, ..) => {
                out[at] = format!("event {story} {}", reading.head);
                continue;
            }
            (GivenKind::Time, ..) => {
                out[at] = format!("time {story} {}", reading.words.join(" "));
                continue;
            }
            (_, Some(name), _) => {
                let full = full(name, names);
                let label = format!("name {}", full.join(" "));
                if let Some(gender) = full.first().and_then(|given| knowledge.gender_of_given_name(given)) {
                    genders.entry(label.clone()).or_insert(gender);
                }
                label
            }
            (_, None, Some(pronoun)) => {
                let fits = |it: &&Earlier| match pronoun {
                    Pronoun::Person(gender) => {
                        let known = it.gender.or_else(|| genders.get(&it.label).copied());
                        it.kind == GivenKind::Person && known.is_none_or(|known| known == gender)
                    }
                    Pronoun::Thing => matches!(it.kind, GivenKind::Actor | GivenKind::Other),
                    Pronoun::Many => matches!(it.kind, GivenKind::Actor | GivenKind::Person),
                    Pronoun::Relative => it.sentence == sentence && it.start < start,
                    Pronoun::Place => it.kind == GivenKind::Place,
                    Pronoun::Speaker => false,
                };
                let found = earlier
                    .iter()
                    .rev()
                    .take_while(|it| it.sentence + PRONOUN_REACH >= sentence)
                    .find(fits)
                    .map(|it| it.label.clone());
                if let (Some(label), Pronoun::Person(gender)) = (&found, pronoun) {
                    genders.insert(label.clone(), gender);
                }
                found.unwrap_or_else(|| format!("pronoun {story} {}", reading.words.join(" ")))
            }
            (_, None, None) => format!("description {story} {}", reading.head),
        };
        out[at].clone_from(&label);
        earlier.push(Earlier { gender: None, label, kind, sentence, start });
    }
    out
}

/// Base forms of words: a table of irregular ones, and endings.
struct Lemmas {
    irregular: FxHashMap<&'static str, &'static str>,
}

impl Lemmas {
    fn new() -> Self {
        let table = include_str!("../../../data/link/irregular_verbs.tsv");
        let mut irregular = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some((base, forms)) = line.split_once('\t') {
                irregular.insert(base, base);
                irregular.extend(forms.split_whitespace().map(|form| (form, base)));
            }
        }
        Self { irregular }
    }

    fn of(&self, word: &str) -> String {
        let word = word.to_lowercase();
        if let Some(base) = self.irregular.get(word.as_str()) {
            return (*base).to_owned();
        }
        for (ending, instead) in [
            ("ies", "y"),
            ("sses", "ss"),
            ("ings", ""),
            ("ing", ""),
            ("ied", "y"),
            ("ed", ""),
            ("es", ""),
            ("s", ""),
        ] {
            let Some(root) = word.strip_suffix(ending) else { continue };
            let kept = ending == "s" && (root.ends_with(['s', 'u', 'i']));
            if root.chars().count() < 3 || kept {
                continue;
            }
            let mut root = format!("{root}{instead}");
            if matches!(ending, "ing" | "ed" | "ings") {
                let mut last = root.chars().rev();
                // `stopped` → `stop`, but `killed` → `kill`.
                if let (Some(a), Some(b)) = (last.next(), last.next())
                    && a == b
                    && !matches!(a, 'l' | 's' | 'e')
                    && root.len() >= 4
                {
                    root.pop();
                }
            }
            return root.trim_end_matches('e').to_owned();
        }
        if word.chars().count() > 4 { word.trim_end_matches('e').to_owned() } else { word }
    }
}

/// The story of each document, by the number of its first.
fn stories(documents: &[GivenDocument], lemmas: &Lemmas) -> Vec<usize> {
    let mut counts: Vec<BTreeMap<String, f64>> = Vec::new();
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents {
        let mut words: BTreeMap<String, f64> = BTreeMap::new();
        let mut seen = 0;
        'text: for sentence in &document.sentences {
            for (at, token) in sentence.iter().enumerate().filter(|(_, token)| is_word(token)) {
                seen += 1;
                if seen > MAX_WORDS {
                    break 'text;
                }
                if is_function_word(token) || token.len() < 2 {
                    continue;
                }
                // Names tell one shooting from another.
                let weight = if at > 0 && starts_large(token) { 2.0 } else { 1.0 };
                *words.entry(lemmas.of(token)).or_default() += weight;
            }
        }
        for word in words.keys() {
            *spread.entry(word.clone()).or_default() += 1;
        }
        counts.push(words);
    }
    let mut postings: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (number, words) in counts.iter().enumerate() {
        let weights: Vec<(&str, f64)> = words
            .iter()
            .filter_map(|(word, count)| {
                let spread = *spread.get(word)?;
                let rare = libm::log((documents.len() + 1) as f64 / (spread as f64 + 0.5));
                (spread > 1).then(|| (word.as_str(), (1.0 + libm::log(*count)) * rare))
            })
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (word, weight) in weights {
            if spread.get(word).is_some_and(|&spread| spread <= MAX_SPREAD) && length > 0.0 {
                postings.entry(word).or_default().push((number, weight / length));
            }
        }
    }
    let mut likeness: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); documents.len()];
    for list in postings.values() {
        for (at, &(a, left)) in list.iter().enumerate() {
            for &(b, right) in &list[at + 1..] {
                *likeness[a].entry(b).or_default() += left * right;
                *likeness[b].entry(a).or_default() += left * right;
            }
        }
    }
    average_link(likeness)
}

/// Two groups that may become one.
#[derive(PartialEq)]
struct Merge {
    likeness: f64,
    a: usize,
    b: usize,
}

impl Eq for Merge {}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.likeness.total_cmp(&other.likeness).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Average-link clustering of a sparse matrix of likeness; the group of each by the number of its first member.
fn average_link(mut sums: Vec<BTreeMap<usize, f64>>) -> Vec<usize> {
    let count = sums.len();
    let mut members: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    let mut queue = BinaryHeap::new();
    for (a, row) in sums.iter().enumerate() {
        for (&b, &likeness) in row.range(a + 1..) {
            if likeness >= SAME_STORY {
                queue.push(Merge { likeness, a, b });
            }
        }
    }
    while let Some(Merge { likeness, a, b }) = queue.pop() {
        if members[a].is_empty() || members[b].is_empty() {
            continue;
        }
        let mean = |sum: f64, left: usize, right: usize| sum / (left * right) as f64;
        let now = sums[a].get(&b).map(|&sum| mean(sum, members[a].len(), members[b].len()));
        // Grown since: another entry stands for the pair.
        if now != Some(likeness) {
            continue;
        }
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
        for (other, sum) in std::mem::take(&mut sums[b]) {
            sums[other].remove(&b);
            if other != a {
                *sums[a].entry(other).or_default() += sum;
                let sum = sums[a].get(&other).copied().unwrap_or_default();
                sums[other].insert(a, sum);
            }
        }
        for (&other, &sum) in &sums[a] {
            let likeness = mean(sum, members[a].len(), members[other].len());
            if likeness >= SAME_STORY {
                queue.push(Merge { likeness, a: a.min(other), b: a.max(other) });
            }
        }
    }
    let mut story = vec![0; count];
    for group in &members {
        for &member in group {
            story[member] = group.iter().copied().min().unwrap_or(member);
        }
    }
    story
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(sentences: &[&str], mentions: &[(usize, &[usize], GivenKind)]) -> GivenDocument {
        GivenDocument {
            sentences: sentences
                .iter()
                .map(|sentence| sentence.split_whitespace().map(str::to_owned).collect())
                .collect(),
            mentions: mentions
                .iter()
                .map(|(sentence, tokens, kind)| GivenMention {
                    sentence: *sentence,
                    tokens: tokens.to_vec(),
                    kind: *kind,
                })
                .collect(),
        }
    }

    #[test]
    fn surnames_and_pronouns_lead_to_the_full_name() {
        let documents = [document(
            &[
                "Mayor Ines Korda opened the new harbour .",
                "She thanked Korda ’s rival , Marek Tosch , in Velm .",
            ],
            &[
                (0, &[0, 1, 2], GivenKind::Person),
                (1, &[0], GivenKind::Person),
                (1, &[2], GivenKind::Person),
                (1, &[6, 7], GivenKind::Person),
            ],
        )];
        let labels = link(&documents, &Knowledge::shipped());
        assert_eq!(labels[0], ["name ines korda", "name ines korda", "name ines korda", "name marek tosch"]);
    }

    #[test]
    fn an_owner_is_no_part_of_what_is_owned() {
        assert_eq!(core(&["Tosch", "'s", "old", "boat"]), ["old", "boat"]);
        assert_eq!(core(&["the", "Bank", "of", "Velm", ",", "a", "lender"]), ["Bank", "of", "Velm"]);
        assert_eq!(core(&["a", "strike", "in", "the", "port"]), ["strike"]);
    }

    #[test]
    fn forms_of_a_word_have_one_lemma() {
        let lemmas = Lemmas::new();
        for (form, lemma) in [
            ("shot", "shoot"),
            ("shooting", "shoot"),
            ("stopped", "stop"),
            ("killed", "kill"),
            ("cities", "city"),
        ] {
            assert_eq!(lemmas.of(form), lemma);
        }
    }

    #[test]
    fn forms_of_companies_are_sorted() {
        assert!(FORMS.is_sorted());
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(link(&[], &Knowledge::default()).is_empty());
        let odd = document(&[""], &[(5, &[9], GivenKind::Other), (0, &[], GivenKind::Event)]);
        assert_eq!(link(&[odd], &Knowledge::default())[0].len(), 2);
    }
}
