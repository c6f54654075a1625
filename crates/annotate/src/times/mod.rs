//! Dates, times, durations and sets (TIMEX3), resolved where they can be.
//!
//! The rules in `data/times/rules.txt` find passages in the words of the text; `meaning` turns them into spans on
//! the calendar against the day of publication or the last date that the text named. What the words do not settle
//! stays open: `Tuesday` in a report of unknown date has no interval.

mod calendar;
mod kind;
mod meaning;
mod pieces;
mod rules;
mod tense;
mod words;

use readout_record::{Anchor, Bounds, PassageTime, Time};
use readout_text::{ByteSpan, Offsets};

pub use kind::TimeKind;
use meaning::{Context, Meaning};
use readout_syntax::Syntax;

/// The number of words after `eve of` among which the noun is looked for.
const WORDS_TO_OBJECT: usize = 6;

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Span in bytes.
    pub span: ByteSpan,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value, as `2015-10-31`, `P6M`, `PRESENT_REF`.
    pub value: String,
    /// The interval, its grain and what it was resolved against; bounds are `None` where they cannot be known.
    pub time: Time,
    /// Length in minutes, at least and at most, of a duration. `nearly two hours` has no lower bound, `more than two
    /// hours` no upper one; `about` leaves the number as it is. Units without a fixed length (months) give none.
    pub minutes: Option<Bounds>,
    /// The rule that fired.
    pub rule: &'static str,
}

/// One passage on the way: its words, its meaning, the rule.
struct Passage {
    start: usize,
    end: usize,
    meaning: Meaning,
    rule: &'static str,
}

/// The time expressions of a text published on `published` (ISO 8601 date or date-time), in order.
pub fn find(syntax: &Syntax, published: Option<&str>) -> Vec<TimeExpression> {
    find_by_parts(syntax, published, &[])
}

/// Returns the time expressions of a text whose parts were written at different times, in order: `today` in an update of a
/// live page is the day of that update. What stands before the first part counts from `published`.
pub fn find_by_parts(syntax: &Syntax, published: Option<&str>, parts: &[PassageTime]) -> Vec<TimeExpression> {
    let offsets = Offsets::new(syntax.text());
    let mut parts = parts
        .iter()
        .filter_map(|part| Some((offsets.byte_at(part.at)?, calendar::parse_date(&part.time)?)))
        .peekable();
    let words = words::words(syntax);
    let mut context = Context { published: published.and_then(calendar::parse_date), ..Context::default() };
    let mut passages: Vec<Passage> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        while let Some((_, day)) = parts.next_if(|(start, _)| *start <= word.span.start) {
            // A day that an earlier part named is not the one that is spoken of here.
            context = Context { published: Some(day), ..Context::default() };
        }
        let read = rules::matches_at(&words, at).into_iter().find_map(|found| {
            let meaning = meaning::read(&found, &words, syntax, &context)?;
            Some((found, meaning))
        });
        let Some((found, meaning)) = read else {
            at += 1;
            continue;
        };
        meaning::remember(&meaning, &found, &words, syntax, &mut context);
        at = found.end;
        let mut end = found.end;
        if found.rule.meaning == "eve" {
            end = eve_end(syntax, &words, end);
            at = end;
        }
        if let Some(day) = dateline(&found, &meaning, &words, syntax.text(), &context) {
            context.published = Some(day);
        }
        let passage = Passage { start: found.start, end, meaning, rule: found.rule.name };
        match passages.last_mut().and_then(|last| joined(last, &passage, &words)) {
            Some(one) => {
                if let (Some(last), Some(calendar::When::Minute(day, ..) | calendar::When::Part(day, _))) =
                    (passages.last_mut(), one.meaning.when)
                {
                    context.narrative = Some(calendar::When::Day(day));
                    *last = one;
                }
            }
            None => passages.push(passage),
        }
    }
    passages.into_iter().filter_map(|passage| expression(syntax, &words, passage)).collect()
}

/// The number of bytes from the start of the text within which a dateline may begin, behind title and byline.
const HEAD: u32 = 600;

/// The day that a line of its own at the head of the text gives, if it is about that of publication: clocks differ by
/// zone, and the report's words count from the report's day.
fn dateline(
    found: &rules::Match,
    meaning: &Meaning,
    words: &[words::Word<'_>],
    text: &str,
    context: &Context,
) -> Option<jiff::civil::Date> {
    let (Some(calendar::When::Day(day)), Anchor::None) = (meaning.when, meaning.anchor) else { return None };
    let start = words.get(found.start)?.span.start;
    let end = words.get(found.end.checked_sub(1)?)?.span.end;
    let alone = |gap: &str| gap.contains('\n');
    let before = match found.start.checked_sub(1).and_then(|at| words.get(at)) {
        Some(word) => alone(ByteSpan::new(word.span.end, start).slice(text)),
        None => true,
    };
    let after = match words.get(found.end) {
        Some(word) => alone(ByteSpan::new(end, word.span.start).slice(text)),
        None => false,
    };
    let near = calendar::days_between(context.published?, day).abs() <= 2;
    (start < HEAD && before && after && near).then_some(day)
}

/// `9 p.m.` + `Sunday`, `Sunday` + `at 9 p.m.`: one expression.
fn joined(last: &Passage, next: &Passage, words: &[words::Word<'_>]) -> Option<Passage> {
    let between = words.get(last.end..next.start)?;
    let link = between.iter().all(|word| {
        !word.breaks && matches!(word.lower.as_str(), "on" | "at" | "," | "of" | "around" | "about")
    });
    if between.len() > 2 || !link || words.get(next.start)?.breaks {
        return None;
    }
    let meaning = match (last.meaning.kind, next.meaning.kind) {
        (TimeKind::Time, TimeKind::Date) => meaning::join(&last.meaning, &next.meaning)?,
        (TimeKind::Date, TimeKind::Time) => meaning::join(&next.meaning, &last.meaning)?,
        _ => return None,
    };
    Some(Passage { start: last.start, end: next.end, meaning, rule: last.rule })
}

/// The end of the noun phrase after `the eve of`, within the sentence.
fn eve_end(syntax: &Syntax, words: &[words::Word<'_>], end: usize) -> usize {
    let Some(of) = end.checked_sub(1).and_then(|at| words.get(at)).map(|word| word.token) else { return end };
    if of >= syntax.len() {
        return end;
    }
    // The noun itself: what hangs behind it is its own business. Without a tree, the word after the article.
    let article = words
        .get(end)
        .is_some_and(|word| matches!(word.lower.as_str(), "the" | "a" | "his" | "her" | "their" | "its"));
    let object = syntax.child(of, readout_syntax::Dep::Pobj);
    let last = words.iter().enumerate().skip(end).take(WORDS_TO_OBJECT).find(|(at, word)| match object {
        Some(object) => word.token == object,
        None => *at == end + usize::from(article),
    });
    last.filter(|(at, _)| words.get(end..=*at).is_some_and(|words| !words.iter().any(|word| word.breaks)))
        .map_or(end, |(at, _)| at + 1)
}

fn expression(syntax: &Syntax, words: &[words::Word<'_>], passage: Passage) -> Option<TimeExpression> {
    let first = words.get(passage.start)?;
    let last = words.get(passage.end.checked_sub(1)?)?;
    let span = first.span.cover(last.span);
    let Meaning { kind, value, when, interval, grain, anchor, minutes } = passage.meaning;
    let (from, to) = match (interval, when) {
        (Some(interval), _) => interval,
        (None, Some(when)) => when.interval().map_or((None, None), |(from, to)| (Some(from), Some(to))),
        (None, None) => (None, None),
    };
    let anchor = if from.is_none() && to.is_none() { Anchor::None } else { anchor };
    let time = Time { text: span.slice(syntax.text()).to_owned(), from, to, grain, anchor };
    Some(TimeExpression { span, kind, value, time, minutes, rule: passage.rule })
}

#[cfg(test)]
mod tests;
