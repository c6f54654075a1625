//! The first day of a stance, as far as its sentence tells.

use readout_annotate::times::{TimeExpression, TimeKind};
use readout_syntax::{Dep, Tag};

use crate::clause::reach::TIMES;
use crate::clause::reading::Reading;
use crate::words::stances;

/// The most steps up the tree from the word of a stance to the verb that says when it was taken.
const STEPS: usize = 6;
/// The most steps up the tree from a time to the verb whose time it is.
const STEPS_FROM_TIME: usize = 6;
/// The first tokens of a sentence among which the date that it opens with begins: `But in 2003`.
const OPENING: u32 = 3;
/// Bytes of a year in the form of a value, and of a month.
const YEAR: usize = 4;
const MONTH: usize = 7;

/// What a sentence tells of the time of a stance.
enum Told {
    /// A day, ISO 8601.
    On(String),
    /// A time before the report that no day is known of.
    Earlier,
    /// Nothing.
    Nothing,
}

/// Returns the day from which the report tells of the stance that the word `at` shows: an earlier one that its sentence
/// names, or that of the report. `None` where the stance was taken on an earlier day that nothing tells.
pub(super) fn since(reading: &Reading<'_>, at: u32) -> Option<String> {
    let published = reading.document.published.as_deref().and_then(day);
    let earlier = |told: &String| published.as_ref().is_none_or(|published| told < published);
    match told(reading, at) {
        Told::On(day) if earlier(&day) => Some(day),
        Told::Earlier => None,
        Told::On(_) | Told::Nothing => {
            let said = reading.statement_by_cue(at).or_else(|| reading.statement_of(at));
            let said = said.and_then(|it| day(it.time.as_ref()?.from.as_deref()?));
            said.filter(earlier).or(published)
        }
    }
}

/// Returns the day of the ISO 8601 `date`.
fn day(date: &str) -> Option<String> {
    date.get(..10).map(str::to_owned)
}

/// Returns when the stance of `at` was taken, by its own words, those above it, the clauses of time beside them, and the date
/// that its sentence opens with.
fn told(reading: &Reading<'_>, at: u32) -> Told {
    let mut verbs = vec![at];
    for up in reading.ancestors(at).take(STEPS) {
        let below = verbs.last().copied().unwrap_or(at);
        // `the envoy who opposed the deal resigned in May`: the deed above has its own time.
        if matches!(reading.dep(below), Dep::Relcl | Dep::Advcl | Dep::Parataxis | Dep::Conj) {
            break;
        }
        verbs.push(up);
    }
    for &verb in &verbs {
        if let Some(told) = beside(reading, verb) {
            return told;
        }
    }
    for &verb in &verbs {
        match by_clause(reading, verb) {
            Told::Nothing => {}
            told => return told,
        }
    }
    match by_opening(reading, at) {
        Told::Nothing
            if verbs.iter().any(|&verb| is_before(reading, verb) || is_background(reading, verb)) =>
        {
            Told::Earlier
        }
        told => told,
    }
}

/// Returns what the times that hang on the word `at` tell, the one of the finest grain.
fn beside(reading: &Reading<'_>, at: u32) -> Option<Told> {
    let sentence = reading.sentence_of(at);
    let span = reading.trimmed(sentence);
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    let here = times.get(from..).unwrap_or_default().iter();
    let here = here.take_while(|time| time.span.start < span.end).take(TIMES);
    if here.clone().any(|time| is_end(reading, time, at)) {
        return Some(Told::Earlier);
    }
    let own = here
        .filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time) && hangs_on(reading, time, at));
    let best = own.max_by_key(|time| time.value.len().min(MONTH + 3))?;
    match best.value.as_str() {
        "PAST_REF" => Some(Told::Earlier),
        value if value.ends_with("_REF") => None,
        _ => match best.time.from.as_deref().and_then(day) {
            // `this year` is no day to count from.
            Some(_) if is_of_now(reading, best) => Some(Told::Nothing),
            Some(day) => Some(Told::On(day)),
            None => None,
        },
    }
}

/// Whether what the verb `at` tells in the past was so until `time`: `before the vote of June 23, they were against it`.
fn is_end(reading: &Reading<'_>, time: &TimeExpression, at: u32) -> bool {
    let past =
        reading.is_verb(at) && reading.finite_word(at).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    let day = time.time.from.as_deref().and_then(day);
    let over =
        day.is_some_and(|day| reading.document.published.as_deref().is_some_and(|now| day.as_str() < now));
    let Some(first) = reading.syntax.tokens_in(time.span).next() else { return false };
    let ends = |token: u32| reading.is(token, &["before", "until"]) && reading.head(token) == Some(at);
    past && over && reading.ancestors(first).take(STEPS_FROM_TIME).any(ends)
}

/// Whether `time` is the year or month of the report.
fn is_of_now(reading: &Reading<'_>, time: &TimeExpression) -> bool {
    let coarse = time.value.len() <= MONTH;
    let published = reading.document.published.as_deref();
    coarse && published.is_some_and(|published| published.starts_with(time.value.as_str()))
}

/// Whether `time` says when what `at` tells of was: it hangs on that word by prepositions and nouns alone, and stands before
/// no noun that is something else of that time (`the 1993 convention`).
fn hangs_on(reading: &Reading<'_>, time: &TimeExpression, at: u32) -> bool {
    let mut tokens = reading.syntax.tokens_in(time.span);
    let inside = |token: u32| time.span.contains(reading.token(token).span);
    let Some(top) = tokens.find(|&token| reading.head(token).is_none_or(|head| !inside(head))) else {
        return false;
    };
    // `Friday's speech` dates what is said in it, `Friday's raid` the raid.
    let before = matches!(reading.dep(top), Dep::Compound | Dep::Nummod | Dep::Amod | Dep::Nmod | Dep::Poss);
    if before && !reading.head(top).is_some_and(|noun| reading.is(noun, &stances::OCCASION)) {
        return false;
    }
    let first = reading.token(top).left_edge;
    // `the first since 1979` was not in 1979; `by Friday` is still to come.
    let open = |at: u32| reading.is(at, &["since", "until", "till", "by", "before"]);
    if open(first) || first > 0 && open(first - 1) {
        return false;
    }
    let year = time.value.len() <= YEAR;
    let mut below = top;
    for up in reading.ancestors(top).take(STEPS_FROM_TIME) {
        let dep = reading.dep(below);
        if up == at {
            // A year beside a noun is that noun's: `the accord of 2015`.
            return !(year && reading.is_noun(at) && !reading.is_verb(at));
        }
        let passes = match dep {
            Dep::Prep | Dep::Pobj | Dep::Npadvmod | Dep::Advmod | Dep::Nummod | Dep::Amod => true,
            _ => before && below == top,
        };
        // `rejected the plan on Friday`, where the parser hangs the day on the plan
        let object = matches!(dep, Dep::Dobj) && !year;
        if !passes && !object || reading.is_verb(up) {
            return false;
        }
        // `talks on the war of 2003`
        if year && reading.is_noun(up) && !reading.is(up, &stances::OCCASION) && !before {
            return false;
        }
        below = up;
    }
    false
}

/// Returns what the clauses of time below the verb `at` tell: `when he was mayor`.
fn by_clause(reading: &Reading<'_>, at: u32) -> Told {
    for clause in reading.children_by(at, &[Dep::Advcl]) {
        let opens = |word: u32| word < clause && reading.is(word, &["when", "while", "after"]);
        let opener = reading.children(clause).iter().copied().find(|&word| opens(word));
        let Some(opener) = opener else { continue };
        let past = reading.finite_word(clause).is_some_and(|word| reading.tag(word) == Tag::Vbd);
        if !past {
            continue;
        }
        // `a day after he refused`; `after he refused` alone tells no more than that it was later.
        let after = reading.is(opener, &["after"]);
        let measured = reading.children_by(clause, &[Dep::Npadvmod]).next().is_some()
            || opener > 0 && reading.is(opener - 1, &["day", "week", "month", "year", "hour"]);
        if after {
            if measured {
                return Told::Earlier;
            }
            continue;
        }
        // `when asked`, `while speaking to reporters` is the scene of the report's own day.
        let scene = reading.is(clause, &crate::words::speech::SCENE);
        match beside(reading, clause) {
            Some(Told::On(day)) => return Told::On(day),
            _ if !scene => return Told::Earlier,
            _ => {}
        }
    }
    Told::Nothing
}

/// Returns what the date tells with which the sentence of `at` opens, or the one before it in the paragraph where the words of
/// `at` are in the past.
fn by_opening(reading: &Reading<'_>, at: u32) -> Told {
    let sentence = reading.token(at).sentence as usize;
    let own = opening(reading, sentence);
    let past = reading.finite_word(at).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    let before = || {
        let tokens = reading.sentences().get(sentence)?;
        let gap = reading.sentences().get(sentence.checked_sub(1)?)?;
        let (end, start) = (reading.token(gap.end - gap.len().min(1) as u32), reading.token(tokens.start));
        let between = reading.syntax.text().get(end.span.end as usize..start.span.start as usize)?;
        // A sentence with a time of its own is of that time.
        let one = past && !between.contains('\n') && !has_date(reading, sentence);
        opening(reading, sentence - 1).filter(|_| one)
    };
    match own.or_else(before) {
        Some(day) => Told::On(day),
        None => Told::Nothing,
    }
}

/// Whether a date stands in the sentence `number`.
fn has_date(reading: &Reading<'_>, number: usize) -> bool {
    let Some(sentence) = reading.sentences().get(number) else { return false };
    let span = reading.trimmed(sentence.clone());
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    let here = times.get(from..).unwrap_or_default().iter().take_while(|time| time.span.start < span.end);
    here.take(TIMES).any(|time| time.kind == TimeKind::Date && time.time.from.is_some())
}

/// Returns the day of the date with which the sentence `number` opens: `In 1932, …`.
fn opening(reading: &Reading<'_>, number: usize) -> Option<String> {
    let sentence = reading.sentences().get(number)?;
    let start = reading.token(sentence.start).span.start;
    let times = &reading.annotations.times;
    let first = times.get(times.partition_point(|time| time.span.start < start))?;
    let token = reading.syntax.tokens_in(first.span).next()?;
    let end = reading.syntax.tokens_in(first.span).next_back()?;
    let opens = token < sentence.start + OPENING
        && (token == sentence.start || reading.tag(token - 1) == Tag::In || reading.tag(token) == Tag::In)
        && matches!(reading.word(end + 1), ",")
        && first.kind == TimeKind::Date;
    let resolved = first.time.from.as_deref().and_then(day);
    resolved.filter(|_| opens && !is_of_now(reading, first))
}

/// Whether the word `at` tells of the stance beside the news, as of something known: `the envoy, who opposed the deal`, `since they
/// declared war`, `after its recent approval of the deal`, `the previous government refused`, `on the campaign trail`.
fn is_background(reading: &Reading<'_>, at: u32) -> bool {
    let past =
        reading.is_verb(at) && reading.finite_word(at).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    // What somebody opposed, he did for some time; what he condemned may be the news.
    let relative = past && reading.dep(at) == Dep::Relcl && reading.is(at, &stances::LASTING);
    let after = reading.dep(at) == Dep::Advcl
        && reading.children(at).iter().any(|&word| word < at && reading.is(word, &["since"]));
    let recent = !reading.is_verb(at)
        && reading.children_by(at, &[Dep::Amod]).any(|it| reading.is(it, &stances::PAST));
    let former = past
        && reading.subjects(at).iter().any(|&holder| {
            reading.children_by(holder, &[Dep::Amod]).any(|word| reading.is(word, &stances::FORMER))
        });
    let campaign = past
        && reading.after(at, &["on", "during"]).iter().any(|&object| {
            reading.is(object, &["campaign"])
                || reading.is(object, &["trail"])
                    && reading.children_by(object, &[Dep::Compound]).any(|it| reading.is(it, &["campaign"]))
        });
    relative || past && after || recent || former || campaign
}

/// Whether the words of the verb `at` tell that the stance was taken before, on no day that is told: `had opposed`, `has
/// long opposed`.
fn is_before(reading: &Reading<'_>, at: u32) -> bool {
    let aux = |at: u32| reading.word(at).eq_ignore_ascii_case("had");
    reading.is_verb(at)
        && (reading.children_by(at, &[Dep::Aux]).any(aux)
            || reading.children_by(at, &[Dep::Advmod]).any(|word| reading.is(word, &stances::LONG_HELD)))
}
