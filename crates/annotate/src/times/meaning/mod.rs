//! The meaning of the passages that the rules found: a span on the calendar, a length, a repetition.
//!
//! Relative words yield candidates before, at and after the anchor; the tense of the governing clause chooses
//! (see `tense.rs`). Nothing is resolved without an anchor.

mod clock;
mod dates;
mod days;
mod lengths;
mod ranges;
mod relative;
mod repeated;

use jiff::civil::Date;
use readout_record::{Anchor, Bounds, Grain};
use readout_syntax::{EntityLabel, Pos, Syntax, Tag};

use super::TimeKind;
use super::calendar::{self, PARTS, SEASONS, Unit, When, add_days, days_between, monday_of};
use super::pieces::Shape;
use super::rules::Match;
use super::tense::{self, Tense};
use super::words::{self, Amount, Class, Hedge, Word};
use clock::at_hour;
pub(super) use clock::join;
use lengths::{period, period_value, whole};
use relative::shifted;

/// The publication day and the times that the text has named so far.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Day of publication.
    pub(super) published: Option<Date>,
    /// The last date that the text named.
    pub(super) narrative: Option<When>,
    /// The last quarter or other reporting period that the text named.
    pub(super) period: Option<When>,
    /// Sentence and unit of the last duration: what `18` in `within six months … within 18` counts.
    pub(super) counted: Option<(u32, Unit)>,
}

/// The meaning of one passage.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) when: Option<When>,
    /// Interval where it is not that of [`Meaning::when`].
    pub(super) interval: Option<(Option<String>, Option<String>)>,
    pub(super) grain: Option<Grain>,
    pub(super) anchor: Anchor,
    pub(super) minutes: Option<Bounds>,
}

impl Meaning {
    fn on(when: When, anchor: Anchor) -> Self {
        let kind = match when {
            When::Minute(..) | When::Part(..) => TimeKind::Time,
            _ => TimeKind::Date,
        };
        Self {
            kind,
            value: when.value(),
            when: Some(when),
            interval: None,
            grain: Some(when.grain()),
            anchor,
            minutes: None,
        }
    }

    fn unknown(kind: TimeKind, value: impl Into<String>, grain: Option<Grain>) -> Self {
        Self {
            kind,
            value: value.into(),
            when: None,
            interval: None,
            grain,
            anchor: Anchor::None,
            minutes: None,
        }
    }

    /// `when` if it is known, else the open value.
    fn maybe(when: Option<When>, anchor: Anchor, open: impl Into<String>, grain: Grain) -> Self {
        match when {
            Some(when) => Self::on(when, anchor),
            None => Self::unknown(TimeKind::Date, open, Some(grain)),
        }
    }
}

/// A match with the text around it.
struct Reading<'r> {
    found: &'r Match,
    words: &'r [Word<'r>],
    syntax: &'r Syntax,
    context: &'r Context,
}

const WEEKDAY: &[Class] = &[Class::Weekday, Class::WeekdayShort, Class::Weekdays];
const MONTH: &[Class] = &[Class::Month, Class::MonthName];
const YEAR: &[Class] = &[Class::Year, Class::YearName];
const UNIT: &[Class] = &[
    Class::Unit,
    Class::Units,
    Class::CalendarUnit,
    Class::ChainUnit,
    Class::DecadeUnit,
    Class::LongUnit,
    Class::UnitSpan,
    Class::Long,
    Class::Adverb,
    Class::Period,
    Class::WithinUnit,
];

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

impl Reading<'_> {
    fn first(&self, classes: &[Class]) -> Option<i32> {
        self.found.caught.first(classes)
    }

    fn unit(&self) -> Option<Unit> {
        Unit::from_number(self.first(UNIT)?)
    }

    fn word(&self, at: usize) -> Option<&Word<'_>> {
        self.words.get(at)
    }

    fn before(&self) -> &str {
        let broken = self.word(self.found.start).is_some_and(|word| word.breaks);
        match self.found.start.checked_sub(1).filter(|_| !broken).and_then(|at| self.word(at)) {
            Some(word) => &word.lower,
            None => "",
        }
    }

    fn after(&self) -> &str {
        self.word(self.found.end).filter(|word| !word.breaks).map_or("", |word| word.lower.as_str())
    }

    fn token(&self) -> Option<u32> {
        // The last word heads most time expressions (`last Tuesday`), and its head leads to the clause.
        let word = self.word(self.found.end.checked_sub(1)?)?;
        (word.token < self.syntax.len()).then_some(word.token)
    }

    fn first_token(&self) -> Option<u32> {
        let word = self.word(self.found.start)?;
        (word.token < self.syntax.len()).then_some(word.token)
    }

    fn tense(&self) -> Tense {
        // `effective Feb. 1`, `due Friday`
        if matches!(self.before(), "effective" | "due" | "starting" | "beginning") {
            return Tense::Future;
        }
        self.first_token().map_or(Tense::Unknown, |token| tense::of(self.syntax, token))
    }

    fn direction(&self) -> Option<i32> {
        self.first(&[Class::Direction])
    }

    fn published_year(&self) -> Option<i16> {
        self.context.published.map(Date::year)
    }

    /// Whether a name that is no date covers the match and more.
    fn inside_a_name(&self) -> bool {
        let Some(token) = self.first_token() else { return false };
        let Some(entity) = self.syntax.entity_at(token) else { return false };
        let last = self.token().unwrap_or(token);
        matches!(
            entity.label,
            EntityLabel::Person
                | EntityLabel::Org
                | EntityLabel::WorkOfArt
                | EntityLabel::Facility
                | EntityLabel::Product
                | EntityLabel::Money
                | EntityLabel::Percent
                | EntityLabel::Quantity
        ) && (entity.start < token || entity.end > last + 1 || matches!(entity.label, EntityLabel::Person))
    }

    fn labelled_date(&self) -> bool {
        self.first_token()
            .and_then(|token| self.syntax.entity_at(token))
            .is_some_and(|entity| matches!(entity.label, EntityLabel::Date))
    }

    /// The candidate nearest to publication, where one against the tense counts `penalty` times its distance.
    fn choose(&self, candidates: impl IntoIterator<Item = When>) -> Option<When> {
        let published = self.context.published?;
        let tense = self.tense();
        candidates
            .into_iter()
            .filter_map(|when| {
                let (first, last) = when.days()?;
                let (distance, side) = if last < published {
                    (days_between(last, published), Tense::Past)
                } else if first > published {
                    (days_between(published, first), Tense::Future)
                } else {
                    (0, tense)
                };
                let factor = match (tense, side) {
                    (Tense::Unknown, Tense::Future) => 13,
                    (Tense::Unknown, _) => 10,
                    (tense, side) if tense == side => 10,
                    // What happened is not ahead, however near; but a day so far back would have its year.
                    (Tense::Past, _) if !matches!(when, When::Day(_)) => 150,
                    _ => 60,
                };
                Some((distance * factor, when))
            })
            .min_by_key(|choice| choice.0)
            .map(|choice| choice.1)
    }

    fn years_around(&self, make: impl Fn(i16) -> Option<When>) -> Option<When> {
        let year = self.published_year()?;
        self.choose([year - 1, year, year + 1].into_iter().filter_map(make))
    }

    /// By direction from publication: the last one that is over, this one, the next to begin.
    fn years_directed(&self, direction: i32, make: impl Fn(i16) -> Option<When>) -> Option<When> {
        let published = self.context.published?;
        let year = published.year();
        let spans: Vec<When> = (year - 2..=year + 2).filter_map(make).collect();
        match direction {
            -1 => spans.into_iter().rfind(|when| when.days().is_some_and(|days| days.1 < published)),
            1 => spans.into_iter().find(|when| when.days().is_some_and(|days| days.0 > published)),
            _ => spans
                .into_iter()
                .filter(|when| when.days().is_some_and(|days| days.0.year() == year || days.1.year() == year))
                .min_by_key(|when| {
                    when.days().map_or(i64::MAX, |days| days_between(published, days.0).abs())
                }),
        }
    }

    fn year(&self) -> Option<i16> {
        if let Some(year) = self.first(YEAR) {
            return i16::try_from(year).ok();
        }
        self.first(&[Class::ShortYear])
            .map(|short| if short < 40 { 2000 + short as i16 } else { 1900 + short as i16 })
    }
}
