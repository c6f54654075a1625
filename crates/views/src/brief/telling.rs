//! A record told in its report's own words: the sentence that carries it, with names for pronouns in brackets.

use std::collections::BTreeSet;

use readout_lexicon::WordSet;
use readout_text::{ByteSpan, CharSpan};

use super::alone::{can_stand, is_credit, open_nouns};
use super::brackets::{bracketed, is_closed};
use crate::affair::{Affair, content_words, sentence_range};
use crate::judged::{CLAUSE_STARTS, CONNECTIVES};
use crate::selection::Selection;

/// The fewest code points of a sentence that can tell something by itself. Set by hand.
const SHORT: usize = 50;

/// The words of a report that carry a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling {
    /// The words, on one line.
    pub(super) text: String,
    /// The numbers of the sentences of the report that they are from.
    pub(super) sentences: std::ops::Range<usize>,
    /// The stems of the words that say something.
    pub(super) words: BTreeSet<String>,
    /// The stems of nouns that stand for a thing which the report told of before: `the letter`.
    pub(super) open: BTreeSet<String>,
    /// Whether they can stand alone: a whole sentence or clause in which everybody has a name.
    pub(super) stands: bool,
    /// Whether a name in brackets stands for a pronoun.
    pub(super) bracketed: bool,
}

/// Returns the sentence or sentences in which `spans` of the report `doc` lie, at most about `most` code points of them.
///
/// A longer sentence is cut before a clause. A pronoun whose name the sentence lacks is replaced by the name in brackets, and a
/// description gets it behind.
pub(super) fn telling(
    selection: &Selection<'_>,
    affair: &Affair,
    doc: &str,
    spans: &[CharSpan],
    most: usize,
) -> Option<Telling> {
    let document = selection.document(doc)?;
    let report = affair.report(doc)?;
    let text = document.text.as_str();
    let first = selection.bytes_at(doc, *spans.first()?)?;
    let last = selection.bytes_at(doc, *spans.last()?)?;
    let mut passage = first.cover(last);
    let mut range = sentence_range(&report.sentences, passage);
    let paragraph = report.sentences.get(range.start)?.paragraph;
    // What is quoted is not cut between its marks.
    while quotation_before(text, report.sentences.get(range.clone())?) {
        let before = range.start.checked_sub(1).and_then(|at| report.sentences.get(at));
        if before.is_none_or(|it| it.paragraph != paragraph) {
            break;
        }
        range.start -= 1;
    }
    let span = |range: &std::ops::Range<usize>| -> Option<ByteSpan> {
        let of = report.sentences.get(range.clone())?;
        Some(of.first()?.span.cover(of.last()?.span))
    };
    // Of a long quotation only the sentence with the words of saying is left, or the first.
    if range.len() > 1 && span(&range)?.slice(text).chars().count() > most {
        let kept = sentence_range(&report.sentences, first);
        passage = first;
        range = kept.start..(kept.start + 1).min(range.end);
    }
    // “… But Orlo refused”: what takes back half of it goes with it.
    let next = report.sentences.get(range.end).filter(|it| it.paragraph == paragraph);
    if next.is_some_and(|it| it.span.slice(text).starts_with("But ")) {
        let longer = range.start..range.end + 1;
        if span(&longer)?.slice(text).chars().count() <= most {
            range = longer;
        }
    }
    let whole = span(&range)?;
    let whole = ByteSpan::new(whole.start + dateline(whole.slice(text)) as u32, whole.end);
    let whole = ByteSpan::new(whole.start + hour(whole.slice(text)) as u32, whole.end);
    let tied = connective(whole.slice(text));
    let whole = ByteSpan::new(whole.start + tied as u32, whole.end);
    let mentions = selection.mentions(doc);
    let bracketed =
        bracketed(selection, text, whole, span(&(range.start.saturating_sub(2)..range.end))?, mentions);
    let told = whole.slice(text);
    let (kept, cut) = cut_at_clause(told, passage.end.saturating_sub(whole.start) as usize, most);
    let line = with_names(kept, whole.start, &bracketed.names);
    let line = if tied > 0 { capitalised(&line) } else { line };
    let line = without_also(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    let (line, opened) = balanced(&line, cut);
    let next = report.sentences.get(range.end).filter(|it| it.paragraph == paragraph);
    let stands = !bracketed.open
        && !next.is_some_and(|it| is_credit(it.span.slice(text)))
        && !opened
        && if tied > 0 { can_stand(&capitalised(told)) } else { can_stand(told) }
        && kept.chars().count() >= SHORT
        && kept.chars().count() <= most.saturating_add(most / 6);
    let bracketed = bracketed.has_pronoun;
    let open = open_nouns(kept, &text[..whole.start as usize]);
    Some(Telling { words: content_words(kept), text: line, sentences: range, open, stands, bracketed })
}

/// Whether the sentences close a quotation that they do not open.
fn quotation_before(text: &str, of: &[crate::sentences::Sentence]) -> bool {
    let (Some(first), Some(last)) = (of.first(), of.last()) else { return false };
    let words = first.span.cover(last.span).slice(text);
    let (opened, closed) = (words.find('“'), words.find('”'));
    let curly = closed.is_some_and(|closed| opened.is_none_or(|opened| closed < opened));
    let straight = words.matches('"').count() % 2 == 1
        && words.find("\" ").is_some_and(|at| words[..at].ends_with([',', '.', '?', '!']))
        && !words.starts_with('"');
    curly || straight
}

/// Returns the length of the dateline at the head of `sentence`, in bytes: `OSLO (AP) — `, `(CNN) — `.
fn dateline(sentence: &str) -> usize {
    const LONGEST: usize = 60;
    let Some((at, mark)) = sentence
        .char_indices()
        .take(LONGEST)
        .find(|(at, it)| matches!(it, '—' | '–') || *it == '-' && sentence[..*at].ends_with([' ', ')']))
    else {
        return bracket_at_head(sentence);
    };
    let place = sentence[..at].trim();
    let is_place = place.ends_with(')')
        || !place.is_empty() && place.chars().filter(|it| it.is_alphabetic()).take(4).all(char::is_uppercase);
    let rest = at + mark.len_utf8();
    let rest = sentence[rest..].trim_start_matches(['-', '—', '–', ' ']).len();
    if is_place { sentence.len() - rest } else { bracket_at_head(sentence) }
}

/// Returns the length of the hour at the head of an entry of a running report, in bytes: `UPDATE 2:05 PM ET: `, or what is
/// left of one, `ET: `.
fn hour(sentence: &str) -> usize {
    const LONGEST: usize = 40;
    const WORDS: [&str; 22] = [
        "Updated", "at", "noon", "midnight", "Eastern", "time", "UPDATE", "UPDATED", "AM", "PM", "am", "pm",
        "a", "p", "m", "ET", "EST", "EDT", "GMT", "UTC", "CET", "BST",
    ];
    let spaced = |it: &(usize, char)| it.1 == ':' && sentence[it.0 + 1..].starts_with(char::is_whitespace);
    let Some((end, _)) = sentence.char_indices().take(LONGEST).find(spaced) else { return 0 };
    let mut words = sentence[..end].split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let is_hour = words.all(|word| WORDS.contains(&word) || word.chars().all(|it| it.is_ascii_digit()));
    if is_hour { sentence.len() - sentence[end + 1..].trim_start().len() } else { 0 }
}

/// Returns the length of the word at the head of `sentence` that only ties it to the one before, with its comma, in bytes:
/// `Meanwhile, `.
fn connective(sentence: &str) -> usize {
    let word = sentence.split([',', ' ']).next().unwrap_or_default();
    let rest = sentence.get(word.len()..).and_then(|rest| rest.strip_prefix(", "));
    rest.filter(|_| CONNECTIVES.has(word)).map_or(0, |rest| sentence.len() - rest.len())
}

/// Returns `line` without the `also` of its first clause, which ties it to a sentence that the page does not have: `Orlo also
/// met Lee`. After `but`, or in somebody's words, it stays.
fn without_also(line: &str) -> String {
    const ALSO: &str = " also ";
    let Some(at) = line.find(ALSO) else { return line.to_owned() };
    let before = &line[..at];
    let is_first = !before.contains(['“', '"', '‘', ',', ';', '—']);
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let is_tied = ["but", "and", "or"].contains(&word);
    match is_first && !is_tied {
        true => format!("{before} {}", &line[at + ALSO.len()..]),
        false => line.to_owned(),
    }
}

/// Returns `text` with a capital at its head.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the length of an agency in brackets at the head of `sentence`, in bytes: `(CNN) `, `OSLO (Reuters) `.
fn bracket_at_head(sentence: &str) -> usize {
    let Some(close) = sentence.find(')').filter(|at| *at < 40) else { return 0 };
    let Some(open) = sentence[..close].find('(') else { return 0 };
    let place = sentence[..open].trim();
    match place.chars().all(|it| it.is_uppercase() || matches!(it, ' ' | ',' | '.' | '/')) {
        true => close + 1 + (sentence[close + 1..].len() - sentence[close + 1..].trim_start().len()),
        false => 0,
    }
}

/// Returns `kept`, which starts at byte `from` of its report, with `names` put in.
fn with_names(kept: &str, from: u32, names: &[(ByteSpan, String)]) -> String {
    let mut told = String::new();
    let mut at = 0;
    for (span, name) in names {
        let (start, end) = ((span.start - from) as usize, (span.end - from) as usize);
        // Of two that overlap the first stands.
        if start < at {
            continue;
        }
        let Some(before) = kept.get(at..start).filter(|_| end <= kept.len()) else { break };
        told.push_str(before);
        told.push_str(name);
        at = end;
    }
    told.push_str(kept.get(at..).unwrap_or_default());
    told
}

/// Returns `sentence` cut before a clause, to at most `most` code points, and whether it was cut. What comes before byte
/// `needed` is kept; the whole sentence is returned if no clause starts between.
fn cut_at_clause(sentence: &str, needed: usize, most: usize) -> (&str, bool) {
    if sentence.chars().count() <= most {
        return (sentence, false);
    }
    let limit = sentence.char_indices().nth(most).map_or(sentence.len(), |(at, _)| at);
    let mut best = None;
    for (at, mark) in sentence.char_indices().take_while(|(at, _)| *at < limit) {
        let rest = &sentence[at + mark.len_utf8()..];
        let next = rest.trim_start_matches(' ').split(' ').next().unwrap_or_default();
        let clause = match mark {
            ';' | '—' => true,
            ',' => CLAUSE_STARTS.has(next),
            _ => false,
        };
        let closed = is_closed(&sentence[..at]);
        if clause && closed && at >= needed {
            best = Some(at);
        }
    }
    match best {
        Some(at) => (sentence[..at].trim_end(), true),
        None => (sentence, false),
    }
}

/// Returns the line with the quotation marks that the cut took from it and the sign that it was cut, and whether its
/// quotation began before it.
fn balanced(line: &str, cut: bool) -> (String, bool) {
    let count = |mark: char| line.matches(mark).count();
    let mut told = line.to_owned();
    let mut opened = false;
    if count('”') > count('“') {
        opened = true;
        told = format!("“… {told}");
    }
    let odd = count('"') % 2 == 1;
    if odd && !line.starts_with('"') {
        opened = true;
        told = format!("\"… {told}");
    }
    if cut {
        told.push_str(" …");
    }
    if count('“') > count('”') {
        told.push('”');
    }
    if odd && line.starts_with('"') {
        told.push('"');
    }
    (told, opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_no_part_of_the_news() {
        for (line, news) in [
            ("TORVIK (Harbour Wire) — Envoys met.", "Envoys met."),
            ("(CNN) Envoys met.", "Envoys met."),
            ("TORVIK, Norland - Envoys met.", "Envoys met."),
            ("Envoys — all of them — met.", "Envoys — all of them — met."),
            ("Orlo (64) met them.", "Orlo (64) met them."),
        ] {
            assert_eq!(&line[dateline(line)..], news);
        }
    }

    #[test]
    fn the_hour_of_an_entry_is_no_part_of_the_news() {
        for line in ["UPDATE 2:05 PM ET: Envoys met.", "6:23 p.m.: Envoys met.", "ET: Envoys met."] {
            assert_eq!(&line[hour(line)..], "Envoys met.");
        }
        assert_eq!(hour("Orlo: envoys met."), 0);
    }

    #[test]
    fn a_word_that_only_ties_two_sentences_is_left_out() {
        let told = |text: &str| text[connective(text)..].to_owned();
        assert_eq!(capitalised(&told("Meanwhile, the envoy left.")), "The envoy left.");
        assert_eq!(told("Meanwhile the envoy left."), "Meanwhile the envoy left.");
        assert_eq!(told("Instead, the envoy left."), "Instead, the envoy left.", "it leaves something open");
    }

    #[test]
    fn an_also_that_ties_a_sentence_to_another_is_left_out() {
        for (line, told) in [
            ("Orlo also met Lee.", "Orlo met Lee."),
            ("Orlo said that Lee also met him.", "Orlo said that Lee met him."),
            ("“Lee also met him,” Orlo said.", "“Lee also met him,” Orlo said."),
            ("Orlo met Tosch but also Lee.", "Orlo met Tosch but also Lee."),
            ("Orlo met Tosch, who also met Lee.", "Orlo met Tosch, who also met Lee."),
        ] {
            assert_eq!(without_also(line), told);
        }
    }

    #[test]
    fn a_sentence_is_cut_before_a_clause_and_never_within_a_phrase() {
        let long = "Envoys of the two ports met in Torvik, while shells fell on the road, old and new.";
        assert_eq!(cut_at_clause(long, 10, 60), ("Envoys of the two ports met in Torvik", true));
        assert_eq!(cut_at_clause(long, 50, 60).0, long, "what is needed stays");
        let quoted = "“We will pay, and we will pay soon,” Orlo said on Monday after the talks in Torvik.";
        assert_eq!(cut_at_clause(quoted, 0, 40).0, quoted, "a quotation is not cut");
    }
}
