//! A record told in its report's own words: the sentence that carries it, with names for pronouns in brackets.

use std::collections::BTreeSet;

use readout_lexicon::WordSet;
use readout_record::{ActorKind, Mention};
use readout_text::{ByteSpan, CharSpan};

use super::alone::{can_stand, is_credit, open_nouns};
use crate::affair::{Affair, content_words, sentence_range};
use crate::judged::{CLAUSE_STARTS, CONNECTIVES, OWNERS, PERSONS};
use crate::selection::Selection;
use crate::sentences::words_of;

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
    let (line, opened) = balanced(&line.split_whitespace().collect::<Vec<_>>().join(" "), cut);
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
    const LONGEST: usize = 30;
    const WORDS: [&str; 16] = [
        "UPDATE", "UPDATED", "AM", "PM", "am", "pm", "a", "p", "m", "ET", "EST", "EDT", "GMT", "UTC", "CET",
        "BST",
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

/// The names to put for pronouns and descriptions of a sentence.
#[derive(Default)]
struct Bracketed {
    names: Vec<(ByteSpan, String)>,
    /// Whether one of them stands for a pronoun.
    has_pronoun: bool,
    /// Whether a pronoun is left whose name nobody can tell.
    open: bool,
}

/// Finds the names for the pronouns and descriptions of the sentence `whole`, given its neighbourhood `around` with the sentences before.
///
/// A pronoun needs none if somebody of its actor is named before it in the sentence. A name is taken only if the
/// sentences right before have it.
fn bracketed(
    selection: &Selection<'_>,
    text: &str,
    whole: ByteSpan,
    around: ByteSpan,
    mentions: &[Mention],
) -> Bracketed {
    let mut found = Bracketed::default();
    // Mentions are in the order of the text: those of the neighbourhood stand together.
    let start_of = |it: &Mention| selection.bytes_at(&it.doc, it.span).map_or(u32::MAX, |span| span.start);
    let near = mentions.get(mentions.partition_point(|it| start_of(it) < around.start)..).unwrap_or_default();
    let placed: Vec<(ByteSpan, &Mention)> = near
        .iter()
        .take_while(|it| start_of(it) < around.end)
        .filter_map(|it| Some((selection.bytes_at(&it.doc, it.span)?, it)))
        .filter(|(span, _)| around.start <= span.start && span.end <= around.end)
        .collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut somebody = false;
    let words = words_of(text, whole);
    found.names.extend(described(selection, text, whole, &placed));
    let is_quoted = |of: ByteSpan| words.iter().any(|(span, _, quoted)| *quoted && span.start == of.start);
    for &(span, word, quoted) in &words {
        let at = placed.iter().filter(|(of, _)| *of == span);
        let before =
            placed.iter().filter(|(of, it)| of.end <= span.start && of.start >= whole.start && it.named);
        for (_, mention) in before {
            known.insert(&mention.actor);
            somebody |= mention.actor_kind == ActorKind::Person || is_many(word);
        }
        // A person, or for `they` anybody, who is named or described before.
        let somebody = somebody
            || placed.iter().any(|(of, it)| {
                // Whom somebody speaks of in quotation marks is not the one who speaks.
                let heard = quoted || !is_quoted(*of);
                let person = heard
                    && matches!(it.actor_kind, ActorKind::Person | ActorKind::Unnamed | ActorKind::Office);
                of.start >= whole.start
                    && of.end <= span.start
                    && !PERSONS.has(&it.text)
                    && (person || heard && is_many(word))
            });
        let owner = OWNERS.has(word);
        if !PERSONS.has(word) {
            continue;
        }
        let actors: Vec<&Mention> = at.map(|(_, it)| *it).collect();
        if !actors.is_empty() && actors.iter().all(|it| known.contains(it.actor.as_str())) {
            continue;
        }
        // Only where the sentences before name nobody else.
        let named_before = |it: &&Mention| {
            let persons = placed.iter().filter(|(of, other)| {
                other.named && of.end <= span.start && other.actor_kind == ActorKind::Person
            });
            let others: BTreeSet<&str> = persons.map(|(_, other)| other.actor.as_str()).collect();
            it.actor_kind == ActorKind::Person && others.len() == 1 && others.contains(it.actor.as_str())
        };
        // “A day after his talks, Lee said”: the sentence names him yet.
        if !is_many(word) && is_ahead_of_name(text, whole, span, &placed) {
            continue;
        }
        match actors.as_slice() {
            [one] if !quoted && !somebody && named_before(one) => {
                let name = selection.names.of(&one.actor);
                let name = if owner && (word != "her" || followed_by_noun(text, span)) {
                    format!("[{}]", owned(name))
                } else {
                    format!("[{name}]")
                };
                found.names.push((span, name));
                found.has_pronoun = true;
                known.insert(&one.actor);
            }
            // Within a sentence that names or describes somebody before, a reader knows who is meant.
            _ if somebody => {}
            // Quoted words about others are clear to those who hear them.
            _ if quoted => {}
            _ => found.open = true,
        }
    }
    found.names.sort_by_key(|(span, _)| span.start);
    found
}

/// Returns the names to put behind descriptions of a person whom the sentence `whole` does not name and the sentences right
/// before do: `the president` becomes `the president [Ila Orr]`. Each is put once, and none within quotation marks.
fn described(
    selection: &Selection<'_>,
    text: &str,
    whole: ByteSpan,
    placed: &[(ByteSpan, &Mention)],
) -> Vec<(ByteSpan, String)> {
    let within: Vec<&(ByteSpan, &Mention)> =
        placed.iter().filter(|(of, _)| whole.start <= of.start && of.end <= whole.end).collect();
    let mut known: BTreeSet<&str> =
        within.iter().filter(|(_, it)| it.named).map(|(_, it)| it.actor.as_str()).collect();
    let mut found = Vec::new();
    for (of, it) in within {
        let is_description =
            !it.named && it.actor_kind == ActorKind::Person && THE.iter().any(|the| it.text.starts_with(the));
        let before = &text[whole.start as usize..of.start as usize];
        // “The head of the guards” says who is meant; “the leaders” are more than one.
        let has_more = text[of.end as usize..whole.end as usize].starts_with(" of ");
        let named_before =
            placed.iter().any(|(at, other)| other.named && at.end <= whole.start && other.actor == it.actor);
        let one = named_before && !has_more && !it.text.ends_with('s');
        if is_description && one && is_closed(before) && known.insert(&it.actor) {
            found.push((*of, format!("{} [{}]", of.slice(text), selection.names.of(&it.actor))));
        }
    }
    found
}

/// The words with which a description begins that stands for somebody told of before.
const THE: [&str; 2] = ["the ", "The "];

/// The bytes after the first comma within which a sentence names whom a pronoun before it stands for.
const NAMED_WITHIN: u32 = 60;

/// Whether the pronoun at `span` stands in the opening of its sentence and the sentence names a person right after it, who
/// is meant: in such openings a pronoun may stand before its name.
fn is_ahead_of_name(text: &str, whole: ByteSpan, span: ByteSpan, placed: &[(ByteSpan, &Mention)]) -> bool {
    let rest = text.get(span.end as usize..whole.end as usize).unwrap_or_default();
    let opening = text.get(whole.start as usize..span.start as usize).unwrap_or_default();
    let Some(comma) = rest.find(',').filter(|_| !opening.contains(',')) else { return false };
    let comma = span.end + comma as u32;
    placed.iter().any(|(of, it)| {
        it.named
            && it.actor_kind == ActorKind::Person
            && of.start > comma
            && of.start <= (comma + NAMED_WITHIN).min(whole.end)
    })
}

/// Whether a pronoun stands for many.
fn is_many(word: &str) -> bool {
    word.to_lowercase().starts_with("the")
}

/// Returns the form of a name before what its bearer has.
fn owned(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Whether `her` at `span` is followed by a word, so that it may say whose that is.
fn followed_by_noun(text: &str, span: ByteSpan) -> bool {
    let rest = text.get(span.end as usize..).unwrap_or_default().trim_start_matches(' ');
    rest.starts_with(char::is_alphabetic)
        && !["to", "for", "with", "and", "that", "in", "on", "at", "as"]
            .contains(&rest.split(' ').next().unwrap_or_default())
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

/// Whether every quotation and bracket of `text` is closed.
fn is_closed(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') == count('”') && count('"') % 2 == 0 && count('(') == count(')')
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
    fn a_sentence_is_cut_before_a_clause_and_never_within_a_phrase() {
        let long = "Envoys of the two ports met in Torvik, while shells fell on the road, old and new.";
        assert_eq!(cut_at_clause(long, 10, 60), ("Envoys of the two ports met in Torvik", true));
        assert_eq!(cut_at_clause(long, 50, 60).0, long, "what is needed stays");
        let quoted = "“We will pay, and we will pay soon,” Orlo said on Monday after the talks in Torvik.";
        assert_eq!(cut_at_clause(quoted, 0, 40).0, quoted, "a quotation is not cut");
    }

    #[test]
    fn a_pronoun_may_stand_before_its_name() {
        let text = "The day after his talks, President Ila Orr said no.";
        let whole = ByteSpan::new(0, text.len() as u32);
        let orr = Mention { named: true, actor_kind: ActorKind::Person, ..Mention::default() };
        let placed = [(ByteSpan::new(35, 42), &orr)];
        assert!(is_ahead_of_name(text, whole, ByteSpan::new(14, 17), &placed));
        // Without a person behind the comma nobody is meant yet.
        assert!(!is_ahead_of_name(text, whole, ByteSpan::new(14, 17), &[]));
    }
}
