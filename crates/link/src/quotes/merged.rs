//! A quote made of its wordings, with the differences between them.

use std::cmp::Reverse;

use readout_record::{Mode, Quote, RecordId, WordDifference, ids};

use super::subsequence::common_after;
use super::wording::Wording;

/// Returns the quote of `members`, which are numbers of `wordings`.
pub(super) fn quote(wordings: &[&Wording], members: &[usize]) -> Quote {
    let best = members
        .iter()
        .copied()
        .max_by_key(|&at| {
            let wording = wordings[at];
            let first = Reverse(&wording.statement().evidence.id);
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
        id: ids::linked_id("quote", ids.iter().map(RecordId::as_str)),
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
