//! Reports of one meeting side by side, as the two sides' readouts of it: what all say, what one alone says, and what
//! they say in other words.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::{is_function_word, stem};
use readout_record::{Document, DocumentId};
use serde::Serialize;

use crate::cite::Citation;
use crate::sentences::sentences;
use crate::words::folded;

/// The share of the words of two sentences that they have in common, from which on they say the same in the same words.
/// Set by hand on pairs of communiqués, as are the next two.
const SAME: f64 = 0.75;
/// The share from which on they say the same in other words.
const ALIKE: f64 = 0.34;
/// The least number of words in common, below which nothing is alike.
const LEAST: usize = 3;
/// The most sentences of a report that are compared.
const SENTENCES: usize = 400;
/// The most reports that are laid side by side.
pub const MOST_READOUTS: usize = 6;

/// The relation of what reports of one meeting say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// Several say it, in the same words.
    Both,
    /// Several say it, in other words.
    OtherWords,
    /// One alone says it.
    #[default]
    OneOnly,
}

impl Agreement {
    /// Returns the relation as people read it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Both => "said by several",
            Self::OtherWords => "in other words",
            Self::OneOnly => "by one only",
        }
    }
}

/// Reports laid side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Readouts {
    /// The reports, in the order asked for.
    pub reports: Vec<ReadoutReport>,
    /// What they say: in the order of the first report that says it.
    pub rows: Vec<ReadoutRow>,
}

/// One of the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadoutReport {
    /// The report.
    pub id: DocumentId,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The date of publication.
    pub published: Option<String>,
    /// The number of its sentences that it alone has.
    pub alone: usize,
    /// The number of its sentences.
    pub sentences: usize,
}

/// A thing that reports say, or that one says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReadoutRow {
    /// The relation of the wordings.
    pub agreement: Agreement,
    /// One cell for each report; `None` for one that does not say it.
    pub cells: Vec<Option<ReadoutCell>>,
}

/// A sentence of one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReadoutCell {
    /// The sentence.
    #[serde(flatten)]
    pub citation: Citation,
    /// The sentence in pieces, each with whether no other report of the row has these words.
    pub pieces: Vec<(String, bool)>,
}

/// A sentence with the stems of its words.
struct Compared {
    report: usize,
    place: usize,
    citation: Citation,
    stems: BTreeSet<String>,
}

/// Lays reports side by side. Of more than [`MOST_READOUTS`] the first are taken.
///
/// Sentences are paired by the words that they have in common but for those of the grammar, the best pair first; a
/// sentence has at most one partner in each other report.
pub fn readouts(documents: &[&Document]) -> Readouts {
    let documents: Vec<&Document> = documents.iter().copied().take(MOST_READOUTS).collect();
    let all: Vec<Compared> = documents
        .iter()
        .enumerate()
        .flat_map(|(report, document)| {
            let found = sentences(&document.text).into_iter().take(SENTENCES).enumerate();
            found.map(move |(place, it)| {
                let citation = Citation::of_span(document, it.span);
                Compared { report, place, stems: stems(&citation.text), citation }
            })
        })
        .filter(|it| !it.stems.is_empty())
        .collect();
    let groups = grouped(&all, documents.len());
    let mut reports: Vec<ReadoutReport> = documents
        .iter()
        .map(|it| ReadoutReport {
            id: it.id.clone(),
            title: it.title.clone(),
            outlet: it.outlet.clone(),
            published: it.published.clone(),
            ..ReadoutReport::default()
        })
        .collect();
    let mut rows: Vec<(f64, usize, ReadoutRow)> = Vec::new();
    for group in groups {
        let members: Vec<&Compared> = group.iter().map(|&at| &all[at]).collect();
        let agreement = match members.as_slice() {
            [_] => Agreement::OneOnly,
            [first, rest @ ..] if rest.iter().all(|it| shared(first, it) >= SAME) => Agreement::Both,
            _ => Agreement::OtherWords,
        };
        let mut cells: Vec<Option<ReadoutCell>> = vec![None; documents.len()];
        for it in &members {
            let others: BTreeSet<&String> =
                members.iter().filter(|of| of.report != it.report).flat_map(|of| &of.stems).collect();
            let pieces = pieces(&it.citation.text, &|stem| members.len() == 1 || others.contains(stem));
            cells[it.report] = Some(ReadoutCell { citation: it.citation.clone(), pieces });
            reports[it.report].sentences += 1;
            reports[it.report].alone += usize::from(agreement == Agreement::OneOnly);
        }
        // A thing stands where the first report that says it has it, by share of its length.
        let Some(first) = members.iter().min_by_key(|it| it.report) else { continue };
        let long = all.iter().filter(|it| it.report == first.report).map(|it| it.place).max().unwrap_or(0);
        rows.push((first.place as f64 / (long + 1) as f64, first.report, ReadoutRow { agreement, cells }));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    Readouts { reports, rows: rows.into_iter().map(|(_, _, row)| row).collect() }
}

/// Returns the sentences that say the same, as numbers in `all`: the best pairs first, one sentence a report.
fn grouped(all: &[Compared], reports: usize) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for (other_at, other) in all.iter().enumerate().skip(at + 1) {
            if one.report != other.report && one.stems.intersection(&other.stems).count() >= LEAST {
                let share = shared(one, other);
                if share >= ALIKE {
                    pairs.push((share, at, other_at));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut group_of: Vec<usize> = (0..all.len()).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = (0..all.len()).map(|at| (at, vec![at])).collect();
    for (_, one, other) in pairs {
        let (into, from) = (group_of[one], group_of[other]);
        if into == from {
            continue;
        }
        let has = |group: usize| -> BTreeSet<usize> {
            members.get(&group).into_iter().flatten().map(|&at| all[at].report).collect()
        };
        if has(into).intersection(&has(from)).next().is_some() || has(into).len() + has(from).len() > reports
        {
            continue;
        }
        for at in members.remove(&from).unwrap_or_default() {
            group_of[at] = into;
            members.entry(into).or_default().push(at);
        }
    }
    members.into_values().collect()
}

/// Returns the share of the words of the shorter sentence that the other has too, tempered by their lengths, 0 to 1.
fn shared(one: &Compared, other: &Compared) -> f64 {
    let common = one.stems.intersection(&other.stems).count() as f64;
    2.0 * common / (one.stems.len() + other.stems.len()).max(1) as f64
}

fn stems(text: &str) -> BTreeSet<String> {
    folded(text).into_iter().filter(|it| !is_function_word(it)).map(|it| stem(&it).into_owned()).collect()
}

/// Cuts `text` into pieces of words that others have too (`false`) and words that they have not (`true`). Words of the
/// grammar go with what is before them.
fn pieces(text: &str, has: &dyn Fn(&String) -> bool) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let stems = stems(word);
        let odd =
            if stems.is_empty() { found.last().is_some_and(|(_, odd)| *odd) } else { !stems.iter().all(has) };
        match found.last_mut() {
            Some((piece, of)) if *of == odd => piece.push_str(word),
            _ => found.push((word.to_owned(), odd)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, text: &str) -> Document {
        Document { id: id.into(), text: text.to_owned(), ..Document::default() }
    }

    #[test]
    fn two_readouts_are_laid_side_by_side() {
        let one = report(
            "doc:1",
            "The two foreign ministers met in Arden on Monday. They agreed to reopen the northern ferry line in May. \
             The minister raised the case of the detained fishermen.",
        );
        let other = report(
            "doc:2",
            "The two foreign ministers met in Arden on Monday. Both sides welcomed that the ferry line in the north is \
             to reopen in May. Trade in timber grew by a tenth last year.",
        );
        let found = readouts(&[&one, &other]);
        let told: Vec<(Agreement, Vec<bool>)> = (found.rows.iter())
            .map(|row| (row.agreement, row.cells.iter().map(Option::is_some).collect()))
            .collect();
        assert_eq!(
            told,
            [
                (Agreement::Both, vec![true, true]),
                (Agreement::OtherWords, vec![true, true]),
                (Agreement::OneOnly, vec![true, false]),
                (Agreement::OneOnly, vec![false, true]),
            ]
        );
        assert_eq!((found.reports[0].alone, found.reports[0].sentences), (1, 3));
        let odd: String = (found.rows[1].cells[1].iter().flat_map(|it| &it.pieces))
            .filter(|(_, odd)| *odd)
            .map(|(piece, _)| piece.as_str())
            .collect();
        assert!(odd.contains("welcomed") && !odd.contains("ferry"), "{odd}");
    }

    #[test]
    fn a_report_beside_itself_says_the_same() {
        let one = report(
            "doc:1",
            "The envoys met on the bridge at noon. The river was high that day, they told us.",
        );
        let found = readouts(&[&one, &one]);
        assert!(found.rows.iter().all(|it| it.agreement == Agreement::Both), "{found:?}");
        assert_eq!(readouts(&[]), Readouts::default());
    }
}
