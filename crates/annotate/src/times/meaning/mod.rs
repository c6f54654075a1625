//! The meaning of the passages that the rules found: a span on the calendar, a length, a repetition.
//!
//! Relative words yield candidates before, at and after the anchor; the tense of the governing clause chooses
//! (see `tense.rs`). Nothing is resolved without an anchor.

mod clock;
mod dates;
mod days;
mod lengths;
mod ranges;
mod reading;
mod relative;
mod repeated;

use readout_record::Grain;
use readout_syntax::Syntax;

pub(super) use self::clock::join;
use self::lengths::period;
pub(super) use self::reading::{Context, Meaning};
use self::reading::{Reading, UNIT};
use super::calendar::{Unit, When};
use super::kind::TimeKind;
use super::rules::Match;
use super::words::{Amount, Word};

/// Returns the meaning of `found`; `None` if it is no time expression after all.
pub(super) fn read(found: &Match, words: &[Word<'_>], syntax: &Syntax, context: &Context) -> Option<Meaning> {
    let reading = Reading { found, words, syntax, context };
    match found.rule.meaning {
        "date" => reading.date(),
        "date-edge" => reading.edge(),
        "century" => reading.century(),
        "quarter" => reading.quarter(),
        "half" => reading.half(),
        "weekday" => reading.weekday(),
        "weekday-part" => reading.weekday_part(),
        "day" => reading.day(),
        "day-part" => reading.day_part(),
        "day-beyond" => reading.day_beyond(),
        "part" => reading.part(),
        "relative" => reading.relative(),
        "within" => reading.within(),
        "last-one" => reading.last_one(),
        "weekend" => Some(reading.weekend(None)),
        "ago" => reading.ago(),
        "year-end" => Some(reading.year_end()),
        "holiday" => reading.holiday(),
        "chain-unit" => reading.chain(),
        "later" => reading.later(),
        "year-earlier" => reading.year_earlier(),
        "this-period" => reading.this_period(),
        "clock" => reading.clock(),
        "noon" => reading.noon(),
        "eve" => Some(Meaning::unknown(TimeKind::Date, "XXXX-XX-XX", Some(Grain::Day))),
        "duration" => reading.duration(),
        "running" => reading.running(),
        "elliptic" => reading.elliptic(),
        "vague" => reading.vague(),
        "long" => {
            let unit = reading.unit()?;
            Some(period(&Amount { low: Some(1.0), high: Some(1.0) }, unit, None))
        }
        "set" => reading.set(),
        "present" => Some(Meaning::unknown(TimeKind::Date, "PRESENT_REF", None)),
        "past" => Some(Meaning::unknown(TimeKind::Date, "PAST_REF", None)),
        "future" => Some(Meaning::unknown(TimeKind::Date, "FUTURE_REF", None)),
        "day-range" => reading.range(),
        _ => None,
    }
}

/// Keeps for later passages what this one settled.
pub(super) fn remember(
    meaning: &Meaning,
    found: &Match,
    words: &[Word<'_>],
    syntax: &Syntax,
    context: &mut Context,
) {
    // A comparison (`from 5 million a year earlier`) looks aside; the story stays where it was.
    let aside = matches!(found.rule.meaning, "year-earlier" | "ago")
        || found.rule.meaning == "later"
            && found
                .end
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(|word| word.lower != "later");
    if let Some(when) = meaning.when.filter(|_| !aside) {
        // The year around a day that was named takes the story nowhere: `the 2018 World Cup`.
        let around = context
            .narrative
            .and_then(When::days)
            .zip(when.days())
            .is_some_and(|(last, days)| days.0 <= last.0 && last.1 <= days.1 && days != last);
        context.narrative = Some(match when {
            _ if around => context.narrative.unwrap_or(when),
            When::Part(day, _) | When::Days(day, _) => When::Day(day),
            when => when,
        });
        // What a report compares with is a period that is over, not the one it forecasts.
        let over = match (context.published, when.days()) {
            (Some(published), Some(days)) => days.1 <= published,
            _ => true,
        };
        if over && matches!(when, When::Quarter(..) | When::Half(..)) {
            context.period = Some(when);
        }
    }
    // Figures of six or nine months are compared with those of the year before, not with a quarter's.
    if found.rule.meaning == "duration"
        && found.caught.first(UNIT).and_then(Unit::from_number) == Some(Unit::Month)
        && let Some(amount) = found.caught.amount.as_ref().and_then(Amount::number)
        && (amount - 6.0).abs().min((amount - 9.0).abs()) < 0.01
    {
        context.period = None;
    }
    if meaning.kind == TimeKind::Duration
        && let Some(unit) = found.caught.first(UNIT).and_then(Unit::from_number)
        && let Some(word) = words.get(found.start)
        && word.token < syntax.len()
    {
        context.counted = Some((syntax.token(word.token).sentence, unit));
    }
}
