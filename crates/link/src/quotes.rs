//! Quotes: one utterance in all its wordings (cut, corrected, translated, retold), over documents and within one.
//!
//! Two statements give the same utterance if the speaker may be the same, the days do not speak against it, and
//! - a long run of words is the same in both, or
//! - a quoted fragment stands whole in the other, or
//! - most content words of the shorter come in the other in the same order, with the same numbers and the same `not`.
//!
//! A quote has at least two members. Members come in the order of their reports' days, so the first gave it first.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_record::{ActorId, Mode, Quote, RecordId, Statement, WordDifference, ids};
use readout_text::CharSpan;

use crate::alignment::{Words, capped, key};
use crate::blocks::{Component, Kind, mix};
use crate::clusters::Clusters;
use crate::report::{Report, chain, is_unnamed};

/// Days between two reports of one utterance, unless it is given word for word.
const MAX_DAYS: i32 = 10;
/// Content words of a statement by which it is looked for among those of the same speaker.
const SPEAKER_WORDS: usize = 8;
/// Runs of content words by which a statement in the reporter's words is looked for.
const INDIRECT_RUNS: usize = 6;

/// One statement, prepared.
pub(crate) struct Wording {
    report: Rc<Report>,
    /// Its place among the statements of the report.
    at: usize,
    /// Named speakers, over all documents.
    speakers: BTreeSet<ActorId>,
    words: Words,
    /// Stems of the content words, in order.
    content: Vec<u32>,
    /// Whether each content word starts with a small letter.
    plain: Vec<bool>,
    /// Words with a digit, each with the number of the content word that it is.
    numbers: Vec<(usize, u32)>,
    /// The content words that a `not` stands before.
    negations: Vec<usize>,
    day: Option<i32>,
    /// The statements around it, itself first.
    chain: Vec<RecordId>,
}

impl Wording {
    pub(crate) fn statement(&self) -> &Statement {
        &self.report.records.statements[self.at]
    }
}

/// Statements as a kind of records to be linked.
pub(crate) struct Quotes;

impl Kind for Quotes {
    const NUMBER: u8 = 1;
    const VOTES: u32 = 3;
    type Record = Wording;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Wording> {
        wordings(report)
    }

    fn keys(&self, wording: &Wording) -> Vec<(u64, u32)> {
        let mut runs: Vec<u64> = wording
            .content
            .windows(3)
            .map(|run| run.iter().fold(0u64, |hash, &word| mix(hash ^ u64::from(word))))
            .collect();
        if wording.statement().mode == Mode::Indirect {
            runs.sort_unstable();
            runs.truncate(INDIRECT_RUNS);
        }
        let mut keys: Vec<(u64, u32)> = runs.into_iter().map(|run| (run, 3)).collect();
        let mut words: Vec<u64> = wording.content.iter().map(|&word| mix(u64::from(word))).collect();
        words.sort_unstable();
        words.dedup();
        words.truncate(SPEAKER_WORDS);
        // Two windows of time, so that days that lie close share one.
        let windows = match wording.day {
            Some(day) => vec![day.div_euclid(MAX_DAYS), day.div_euclid(MAX_DAYS) + 1],
            None => vec![i32::MAX],
        };
        for speaker in &wording.speakers {
            for window in &windows {
                let block = mix(u64::from(key(speaker)) << 32 ^ u64::from(*window as u32));
                keys.extend(words.iter().map(|word| (mix(block ^ word), 2)));
            }
        }
        keys
    }

    fn compare(&self, earlier: &Wording, later: &Wording) -> Option<(f64, String)> {
        same_utterance(earlier, later).map(|strength| (f64::from(strength), String::new()))
    }
}

/// Returns the quotes of a component.
pub(crate) fn decide(component: &Component<Wording>) -> Vec<Quote> {
    let wordings: Vec<&Wording> = component.records.iter().map(|member| &**member).collect();
    let mut links: Vec<(f64, usize, usize)> =
        component.edges.iter().map(|(a, b, strength, _)| (*strength, *a, *b)).collect();
    links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut clusters = Clusters::new(wordings.len());
    for (_, a, b) in links {
        let (a, b) = (clusters.root(a), clusters.root(b));
        let fits = a != b
            && clusters.members(a).iter().take(16).all(|&left| {
                clusters.members(b).iter().take(16).all(|&right| may_be_one(wordings[left], wordings[right]))
            });
        if fits {
            clusters.join(a, b);
        }
    }
    clusters.sets().map(|members| quote(&wordings, &members)).collect()
}

fn wordings(report: &Rc<Report>) -> Vec<Wording> {
    let mut out = Vec::new();
    let statements = &report.records.statements;
    let parents: BTreeMap<&RecordId, &RecordId> = statements
        .iter()
        .filter_map(|statement| Some((&statement.evidence.id, statement.parent.as_ref()?)))
        .collect();
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by(|&a, &b| statements[a].evidence.id.cmp(&statements[b].evidence.id));
    for at in order {
        let statement = &statements[at];
        let text = capped(&statement.content_text);
        let words = Words::new(text);
        let mut content = Vec::new();
        let mut plain = Vec::new();
        let (mut numbers, mut negations) = (Vec::new(), Vec::new());
        for (at, span) in words.spans.iter().enumerate() {
            let word = span.slice(text);
            if is_negation(word) {
                negations.push(content.len());
                continue;
            }
            if word.contains(|letter: char| letter.is_ascii_digit()) {
                numbers.push((content.len(), words.keys[at]));
            }
            if words.content[at] {
                content.push(key(stem(&word.to_lowercase())));
                plain.push(word.chars().next().is_some_and(char::is_lowercase));
            }
        }
        if content.len() < 3 {
            continue;
        }
        out.push(Wording {
            report: Rc::clone(report),
            at,
            speakers: report
                .actors(&statement.speaker)
                .into_iter()
                .filter(|speaker| !is_unnamed(speaker))
                .collect(),
            words,
            content,
            plain,
            numbers,
            negations,
            day: crate::report::days(statement.time.as_ref()).map(|(from, _)| from).or(report.day),
            chain: chain(&statement.evidence.id, &parents).into_iter().cloned().collect(),
        });
    }
    out
}

/// Returns a rough stem: the word without a plural or verbal ending.
pub(crate) fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    for ending in ["ies", "ing", "ed", "es", "s"] {
        if let Some(root) = word.strip_suffix(ending)
            && root.len() >= 4
            && !(ending == "s" && root.ends_with('s'))
        {
            return root.strip_suffix('e').unwrap_or(root);
        }
    }
    word.strip_suffix(['e', 'y']).filter(|root| root.len() >= 4).unwrap_or(word)
}

fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    matches!(word.as_str(), "not" | "no" | "never" | "neither" | "nor" | "cannot" | "without")
        || word.ends_with("n't")
}

/// Whether nothing speaks against the two being one utterance.
fn may_be_one(a: &Wording, b: &Wording) -> bool {
    let (one, other) = (a.statement(), b.statement());
    if a.report.document.id == b.report.document.id {
        let overlap =
            one.content.iter().any(|left| other.content.iter().any(|right: &CharSpan| left.overlaps(*right)));
        // A statement and the one around it are two, though they share their words.
        if overlap || a.chain.contains(&other.evidence.id) || b.chain.contains(&one.evidence.id) {
            return false;
        }
    }
    one.negated == other.negated
}

#[derive(PartialEq, Eq)]
enum Speakers {
    Same,
    Unknown,
    Different,
}

fn speakers(a: &Wording, b: &Wording) -> Speakers {
    if a.speakers.is_empty() || b.speakers.is_empty() {
        Speakers::Unknown
    } else if a.speakers.intersection(&b.speakers).next().is_some() {
        Speakers::Same
    } else {
        Speakers::Different
    }
}

/// Returns the certainty, 1 to 100, that the two wordings give one utterance; `None` if they do not.
fn same_utterance(a: &Wording, b: &Wording) -> Option<u32> {
    if !may_be_one(a, b) {
        return None;
    }
    let run = longest_run(&a.words, &b.words);
    let (short, long) = (a.content.len().min(b.content.len()), a.content.len().max(b.content.len()));
    let matched = common_in_order(&a.content, &b.content);
    let common = matched.len();
    let of_short = common as f64 / short as f64;
    let of_long = common as f64 / long as f64;
    if run.words >= 12 && run.content >= 5 && of_short >= 0.3 {
        return Some(95);
    }
    let close = match (a.day, b.day) {
        (Some(a), Some(b)) => (a - b).abs() <= MAX_DAYS,
        _ => true,
    };
    let speakers = speakers(a, b);
    if speakers == Speakers::Different {
        return None;
    }
    // Reported speech has the reporters' words, so `would sign` and `would not sign` are two utterances. In quotation
    // marks such a difference means that one outlet garbled the words.
    let reported = [a, b].iter().all(|it| it.statement().mode == Mode::Indirect);
    let contradicts = contradict(a, b, &matched);
    let verbatim = run.words >= 8 && run.content >= 4 && of_short >= 0.4 && !(reported && contradicts);
    if speakers == Speakers::Unknown {
        return verbatim.then_some(80);
    }
    if verbatim {
        return Some(90);
    }
    if !close {
        return None;
    }
    if fragment(a, b) || fragment(b, a) {
        return Some(75);
    }
    if run.words >= 5 && run.content >= 3 && of_short >= 0.6 && !contradicts {
        return Some(85);
    }
    let retold = (common >= 6 && of_short >= 0.65 && of_long >= 0.25)
        || (common >= 4 && of_short >= 0.8 && of_long >= 0.5);
    (retold && !contradicts).then_some(60)
}

/// Whether all content of `part`, a quotation of some words, stands in a row in `whole`.
fn fragment(part: &Wording, whole: &Wording) -> bool {
    let size = part.content.len();
    part.statement().mode != Mode::Indirect
        && size >= 3
        // Names alone (`Russian Foreign Minister Sergei Lavrov`) are in many utterances.
        && part.plain.iter().filter(|plain| **plain).count() >= 2
        && whole.content.windows(size).any(|window| window == part.content)
}

struct Run {
    words: usize,
    content: usize,
}

/// Returns the longest run of words that `a` and `b` share.
fn longest_run(a: &Words, b: &Words) -> Run {
    let mut best = Run { words: 0, content: 0 };
    let mut previous = vec![(0usize, 0usize); b.keys.len() + 1];
    for (left, &word) in a.keys.iter().enumerate() {
        let mut row = vec![(0, 0); b.keys.len() + 1];
        for (right, &other) in b.keys.iter().enumerate() {
            if word == other {
                let (words, content) = previous[right];
                let here = (words + 1, content + usize::from(a.content[left]));
                row[right + 1] = here;
                if here > (best.words, best.content) {
                    best = Run { words: here.0, content: here.1 };
                }
            }
        }
        previous = row;
    }
    best
}

/// Whether a `not` or a number stands in what the two share on one side only. `matched` are the numbers of their common
/// content words; what one of them says before and after is its own.
fn contradict(a: &Wording, b: &Wording, matched: &[(usize, usize)]) -> bool {
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return true };
    let negated =
        |it: &Wording, from: usize, to: usize| it.negations.iter().any(|at| (from..=to).contains(at));
    let numbers = |it: &Wording, from: usize, to: usize| -> BTreeSet<u32> {
        it.numbers.iter().filter(|(at, _)| (from..=to).contains(at)).map(|(_, number)| *number).collect()
    };
    let (left, right) = (numbers(a, first.0, last.0), numbers(b, first.1, last.1));
    negated(a, first.0, last.0) != negated(b, first.1, last.1)
        || (left.difference(&right).next().is_some() && right.difference(&left).next().is_some())
}

/// Returns the longest common subsequence of `a` and `b`, as pairs of places.
fn common_in_order(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let table = common_after(a, b);
    let width = b.len() + 1;
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Returns the lengths of the longest common subsequence of what is left of both from each pair of places on, row by
/// row of `a`.
fn common_after(a: &[u32], b: &[u32]) -> Vec<u16> {
    let width = b.len() + 1;
    let mut table = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i] == b[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    table
}

fn quote(wordings: &[&Wording], members: &[usize]) -> Quote {
    let best = members
        .iter()
        .copied()
        .max_by_key(|&at| {
            let wording = wordings[at];
            let first = std::cmp::Reverse(&wording.statement().evidence.id);
            (wording.statement().mode == Mode::Direct, wording.content.len(), wording.words.keys.len(), first)
        })
        .unwrap_or_default();
    // Wordings stand in the order of their reports, so the members do too.
    let ids: Vec<RecordId> = members.iter().map(|&at| wordings[at].statement().evidence.id.clone()).collect();
    let differences = members
        .iter()
        .filter(|&&at| at != best)
        .map(|&at| {
            let (missing, added) = difference(wordings[best], wordings[at]);
            WordDifference { member: wordings[at].statement().evidence.id.clone(), missing, added }
        })
        .filter(|difference| !difference.missing.is_empty() || !difference.added.is_empty())
        .collect();
    Quote {
        id: ids::linked_id("quote", ids.iter().map(String::as_str)),
        members: ids,
        best: wordings[best].statement().content_text.clone(),
        best_member: wordings[best].statement().evidence.id.clone(),
        differences,
    }
}

/// Returns the words of `best` that `other` lacks, and the words of `other` that `best` lacks.
fn difference(best: &Wording, other: &Wording) -> (String, String) {
    let (a, b) = (&best.words.keys, &other.words.keys);
    let table = common_after(a, b);
    let width = b.len() + 1;
    let (mut i, mut j) = (0, 0);
    let (mut missing, mut added) = (Vec::new(), Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            i += 1;
            j += 1;
        } else if j == b.len() || (i < a.len() && table[(i + 1) * width + j] >= table[i * width + j + 1]) {
            missing.push(i);
            i += 1;
        } else {
            added.push(j);
            j += 1;
        }
    }
    (runs(best, &missing), runs(other, &added))
}

/// Returns the words with the numbers `at`, runs joined by ` … `.
fn runs(wording: &Wording, at: &[usize]) -> String {
    let text = &wording.statement().content_text;
    let mut out = String::new();
    for (number, &word) in at.iter().enumerate() {
        if number > 0 {
            out.push_str(if at[number - 1] + 1 == word { " " } else { " … " });
        }
        out.push_str(wording.words.spans[word].slice(text));
    }
    out
}

#[cfg(test)]
mod tests {
    use readout_knowledge::Knowledge;
    use readout_record::{Document, DocumentRecords, Evidence};

    use super::*;
    use crate::alignment::MAX_WORDS;

    struct Given(&'static str, &'static str, Mode, &'static str);

    /// One statement a row: document, speaker (empty: unknown), mode, words.
    fn quotes(rows: &[Given]) -> Vec<(Vec<usize>, Quote)> {
        let mut documents: BTreeMap<&str, DocumentRecords> = BTreeMap::new();
        for (number, Given(doc, speaker, mode, words)) in rows.iter().enumerate() {
            let start = number as u32 * 1000;
            documents.entry(doc).or_default().statements.push(Statement {
                evidence: Evidence { id: format!("statement:{number}"), ..Evidence::default() },
                speaker: if speaker.is_empty() { vec![] } else { vec![(*speaker).to_owned()] },
                content: vec![CharSpan::new(start, start + 900)],
                content_text: (*words).to_owned(),
                mode: *mode,
                ..Statement::default()
            });
        }
        let documents: Vec<(Document, DocumentRecords)> = documents
            .into_iter()
            .map(|(id, records)| (Document { id: id.to_owned(), ..Document::default() }, records))
            .collect();
        let refs: Vec<(&Document, &DocumentRecords)> = documents.iter().map(|(a, b)| (a, b)).collect();
        crate::link(&refs, &Knowledge::default())
            .quotes
            .into_iter()
            .map(|quote| {
                let members = quote
                    .members
                    .iter()
                    .filter_map(|id| id.strip_prefix("statement:")?.parse().ok())
                    .collect();
                (members, quote)
            })
            .collect()
    }

    const DIRECT: Mode = Mode::Direct;

    #[test]
    fn a_corrected_and_cut_quotation_is_one_utterance() {
        let found = quotes(&[
            Given(
                "a",
                "person:ines-korda",
                DIRECT,
                "The river have never been so high, and we was not warned by anybody",
            ),
            Given(
                "b",
                "person:ines-korda",
                DIRECT,
                "The river has never been so high, and we were not warned",
            ),
        ]);
        assert_eq!(found.len(), 1);
        let quote = &found[0].1;
        assert_eq!(quote.best_member, "statement:0");
        assert_eq!(quote.differences.len(), 1);
        assert_eq!(quote.differences[0].missing, "have … was … by anybody");
        assert_eq!(quote.differences[0].added, "has … were");
    }

    #[test]
    fn a_quoted_fragment_belongs_to_the_sentence_it_is_from() {
        let found = quotes(&[
            Given(
                "a",
                "person:ines-korda",
                DIRECT,
                "Usually these meetings are stiff, formal, useless, and today was no better",
            ),
            Given("b", "person:ines-korda", Mode::Mixed, "“stiff, formal and useless”"),
            Given("b", "person:marek-tosch", Mode::Mixed, "“stiff, formal and useless”"),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, [0, 1]);
    }

    #[test]
    fn a_retold_utterance_is_found_by_its_content() {
        let found = quotes(&[
            Given(
                "a",
                "person:ines-korda",
                DIRECT,
                "We had useful conversations about what a lasting truce on the river would look like that would allow \
                 both towns to focus on the harvest",
            ),
            Given(
                "b",
                "person:ines-korda",
                Mode::Indirect,
                "they had useful talks on what a lasting truce would look like so both towns could focus on harvest",
            ),
            Given(
                "c",
                "person:ines-korda",
                Mode::Indirect,
                "both towns would get a truce commission of five judges",
            ),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, [0, 1]);
    }

    #[test]
    fn a_pull_quote_without_a_speaker_joins_its_utterance() {
        let found = quotes(&[
            Given(
                "a",
                "person:ines-korda",
                DIRECT,
                "For two years the port has been an honest partner in building this new harbour",
            ),
            Given("a", "", DIRECT, "an honest partner in building this new harbour"),
            Given("a", "", DIRECT, "the harbour is new and the partner is honest"),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, [0, 1]);
    }

    #[test]
    fn contradictions_stay_apart() {
        let pairs = [
            (
                "the port will be closed to tankers from Monday",
                "the port will not be closed to tankers from Monday",
            ),
            (
                "the strike cost firms 20 million crowns a week",
                "the strike cost all firms 35 million crowns per week",
            ),
        ];
        for (left, right) in pairs {
            let found = quotes(&[
                Given("a", "person:marek-tosch", Mode::Indirect, left),
                Given("b", "person:marek-tosch", Mode::Indirect, right),
            ]);
            assert!(found.is_empty(), "{left} | {right}");
        }
    }

    #[test]
    fn a_not_outside_what_is_shared_is_no_contradiction() {
        let found = quotes(&[
            Given(
                "a",
                "person:ines-korda",
                DIRECT,
                "We had honest conversations about what a lasting truce would look like for both towns. But we have \
                 not closed the gaps that remain after so many years of mistrust",
            ),
            Given(
                "b",
                "person:ines-korda",
                DIRECT,
                "We had honest talks about what a lasting truce would look like",
            ),
        ]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_is_said_in_a_statement_is_not_the_statement() {
        let outer = Statement {
            evidence: Evidence { id: "statement:outer".to_owned(), ..Evidence::default() },
            content_text: "the mayor had promised to open the new school before the first of September"
                .to_owned(),
            content: vec![CharSpan::new(0, 80)],
            ..Statement::default()
        };
        let inner = Statement {
            evidence: Evidence { id: "statement:inner".to_owned(), ..Evidence::default() },
            content_text: "to open the new school before the first of September".to_owned(),
            content: vec![CharSpan::new(25, 80)],
            parent: Some("statement:outer".to_owned()),
            ..Statement::default()
        };
        let records = DocumentRecords { statements: vec![outer, inner], ..DocumentRecords::default() };
        let document = Document::default();
        assert!(crate::link(&[(&document, &records)], &Knowledge::default()).quotes.is_empty());
    }

    #[test]
    fn endless_text_is_cut() {
        let long = "very long words ".repeat(20_000);
        assert!(Words::new(capped(&long)).keys.len() <= MAX_WORDS);
        assert!(capped(&"é".repeat(100_000)).len() <= MAX_WORDS * 40);
    }
}
