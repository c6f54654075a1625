//! What the passages that the rules found mean: a span on the calendar, a length, a repetition.
//!
//! Relative words yield candidates before, at and after the anchor; the tense of the governing clause chooses
//! (see `tense.rs`). Nothing is resolved without an anchor.

use jiff::civil::Date;
use readout_record::{Anchor, Grain};

use super::TimeKind;
use super::calendar::{self, PARTS, SEASONS, Unit, When, add_days, days_between, monday_of};
use super::rules::Match;
use super::tense::{self, Tense};
use super::words::{self, Amount, Class, Hedge, Shape, Word};
use crate::labels::{EntityLabel, Pos, Tag};
use crate::syntax::Syntax;

/// What the reading of a text knows so far.
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
    pub(super) minutes: Option<(Option<u32>, Option<u32>)>,
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
];

/// What `found` means; `None` if it is no time expression after all.
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
        "relative" => reading.relative(),
        "weekend" => Some(reading.weekend(None)),
        "ago" => reading.ago(),
        "year-end" => Some(Meaning::maybe(
            reading.published_year().map(When::Year),
            Anchor::Published,
            "XXXX",
            Grain::Year,
        )),
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
        context.narrative = Some(match when {
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

    fn date(&self) -> Option<Meaning> {
        if let Some(word) = self.word(self.found.start) {
            match word.shape {
                Shape::IsoDate(year, month, day) => {
                    return Some(Meaning::on(When::Day(Date::new(year, month, day).ok()?), Anchor::None));
                }
                Shape::SlashDate(a, b, year) => return self.slash_date(a, b, year),
                _ => {}
            }
        }
        if let Some(decade) = self.first(&[Class::Decade]) {
            // `thirties` is an age more often than a decade; words need the article.
            let by_digits = self.found.caught.values.iter().any(|value| {
                value.0 == Class::Decade && self.word(value.2).is_some_and(|word| word.shape != Shape::Word)
            });
            if !by_digits && self.word(self.found.start).is_none_or(|word| word.lower != "the") {
                return None;
            }
            return Some(Meaning::on(When::Decade(i16::try_from(decade).ok()?), Anchor::None));
        }
        let year = self.year();
        if let Some(season) = self.first(&[Class::Season]) {
            return self.season(season, year);
        }
        let day = self.first(&[Class::Day, Class::OrdinalDay]);
        let Some(month) = self.first(MONTH) else {
            return match (day, year) {
                (None, Some(year)) => self.bare_year(year),
                (Some(day), _) => self.day_of_month(day),
                _ => None,
            };
        };
        let month = i8::try_from(month).ok()?;
        let Some(day) = day else { return self.month(month, year) };
        let day = i8::try_from(day).ok()?;
        if let Some(year) = year {
            return Some(Meaning::on(When::Day(Date::new(year, month, day).ok()?), Anchor::None));
        }
        // A leap year in which the day exists shows that the words are a date at all.
        Date::new(2016, month, day).ok()?;
        let when = self.years_around(|year| Date::new(year, month, day).ok().map(When::Day));
        Some(Meaning::maybe(when, Anchor::Published, format!("XXXX-{month:02}-{day:02}"), Grain::Day))
    }

    /// `10/31/2015` one way or the other; where both are dates, the month is first unless publication says otherwise.
    fn slash_date(&self, a: u8, b: u8, year: i16) -> Option<Meaning> {
        let american = Date::new(year, a as i8, b as i8).ok();
        let european = Date::new(year, b as i8, a as i8).ok();
        let day = match (american, european) {
            (Some(american), Some(european)) => match self.context.published {
                Some(published)
                    if days_between(european, published).abs() < days_between(american, published).abs() =>
                {
                    european
                }
                Some(_) => american,
                None => {
                    return Some(Meaning::unknown(
                        TimeKind::Date,
                        format!("{year:04}-XX-XX"),
                        Some(Grain::Day),
                    ));
                }
            },
            (Some(day), None) | (None, Some(day)) => day,
            (None, None) => return None,
        };
        Some(Meaning::on(When::Day(day), Anchor::None))
    }

    fn month(&self, month: i8, year: Option<i16>) -> Option<Meaning> {
        if let Some(year) = year {
            return Some(Meaning::on(When::Month(year, month), Anchor::None));
        }
        if self.inside_a_name() {
            return None;
        }
        let alone = self.found.end == self.found.start + 1;
        let verb = self
            .token()
            .is_some_and(|token| matches!(self.syntax.token(token).tag, Tag::Md | Tag::Vb | Tag::Vbp));
        // May and March are verbs, May, April and June people.
        if alone && (month == 5 || month == 3) {
            let led = matches!(
                self.before(),
                "in" | "since"
                    | "until"
                    | "till"
                    | "last"
                    | "next"
                    | "this"
                    | "early"
                    | "late"
                    | "mid"
                    | "from"
                    | "through"
                    | "to"
                    | "by"
                    | "-"
            );
            if !(led || self.labelled_date() && !verb) {
                return None;
            }
        } else if alone && matches!(month, 4 | 6 | 8) && !self.labelled_date() && self.before().is_empty() {
            return None;
        }
        if self.direction().is_none() && self.after() == "'s" && month == 5 {
            return None;
        }
        let when = match self.direction() {
            Some(0) => self.published_year().map(|year| When::Month(year, month)),
            Some(direction) => self.years_directed(direction, |year| Some(When::Month(year, month))),
            None => self.years_around(|year| Some(When::Month(year, month))),
        };
        Some(Meaning::maybe(when, Anchor::Published, format!("XXXX-{month:02}"), Grain::Month))
    }

    /// `Tuesday the 15th`: the month of publication or the one beside it where the weekday falls so.
    fn day_of_month(&self, day: i32) -> Option<Meaning> {
        let weekday = self.first(WEEKDAY)?;
        let published = self.context.published;
        let when = published.and_then(|published| {
            let months = (-2..=2).filter_map(|count| calendar::shift_day(published, count, Unit::Month));
            self.choose(
                months
                    .filter_map(|near| Date::new(near.year(), near.month(), i8::try_from(day).ok()?).ok())
                    .filter(|day| i32::from(day.weekday().to_monday_one_offset()) == weekday)
                    .map(When::Day),
            )
        });
        Some(Meaning::maybe(when, Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    fn bare_year(&self, year: i16) -> Option<Meaning> {
        let marked = self.found.end > self.found.start + 1;
        let token = self.token()?;
        if !marked && self.first(&[Class::ShortYear]).is_none() {
            if self.inside_a_name() && !self.labelled_date()
                || matches!(self.before(), "$" | "£" | "€" | "#" | "no." | "flight" | "-")
            {
                return None;
            }
            let head = self.syntax.head(token).map(|head| self.syntax.token(head));
            let counts = self.syntax.token(token).dep == crate::Dep::Nummod
                && head.is_some_and(|head| matches!(head.tag, Tag::Nns | Tag::Nnps));
            let led = matches!(
                self.before(),
                "in" | "since"
                    | "until"
                    | "till"
                    | "by"
                    | "from"
                    | "to"
                    | "before"
                    | "after"
                    | "during"
                    | "through"
                    | "throughout"
                    | "of"
                    | "between"
                    | "and"
                    | "for"
                    | "the"
                    | ","
                    | "("
                    | "than"
                    | "'s"
            );
            if counts && !self.labelled_date()
                || !led && !self.labelled_date() && !self.before().is_empty()
                || matches!(
                    self.after(),
                    "%" | "percent" | "people" | "dollars" | "miles" | "troops" | "km" | "meters"
                )
                || self.word(self.found.end).is_some_and(|word| words::value(word, Class::Unit).is_some())
                || (year % 100 == 0 && year != 2000 && !self.labelled_date())
            {
                return None;
            }
        }
        // Two digits after an apostrophe: `'80` but not `'24 hours'`.
        if self.first(&[Class::ShortYear]).is_some()
            && (!self.labelled_date() || words::value(self.word(self.found.end)?, Class::Unit).is_some())
        {
            return None;
        }
        Some(Meaning::on(When::Year(year), Anchor::None))
    }

    fn season(&self, season: i32, year: Option<i16>) -> Option<Meaning> {
        let number = u8::try_from(season).ok()?;
        let code = SEASONS.get(usize::from(number))?.1;
        if let Some(year) = year {
            return Some(Meaning::on(When::Season(year, number), Anchor::None));
        }
        // `fall` and `spring` are verbs and springs too.
        let noun = self
            .token()
            .is_some_and(|token| matches!(self.syntax.token(token).pos, Pos::Noun | Pos::Propn | Pos::None));
        if !noun {
            return None;
        }
        let when = match self.direction() {
            Some(direction) => self.years_directed(direction, |year| Some(When::Season(year, number))),
            None => self.years_around(|year| Some(When::Season(year, number))),
        };
        Some(Meaning::maybe(when, Anchor::Published, format!("XXXX-{code}"), Grain::Season))
    }

    fn edge(&self) -> Option<Meaning> {
        if self.first(MONTH).is_some() {
            return self.month(i8::try_from(self.first(MONTH)?).ok()?, self.year());
        }
        if let Some(year) = self.year() {
            return Some(Meaning::on(When::Year(year), Anchor::None));
        }
        if let Some(season) = self.first(&[Class::Season]) {
            return self.season(season, None);
        }
        let unit = self.unit()?;
        let when = self
            .context
            .published
            .and_then(|day| When::Day(day).shifted(i64::from(self.direction().unwrap_or(0)), unit));
        Some(Meaning::maybe(when, Anchor::Published, "XXXX", unit.grain()))
    }

    fn century(&self) -> Option<Meaning> {
        let number = self.first(&[Class::Ordinal])?;
        (1..=21).contains(&number).then(|| Meaning::on(When::Century(number as i16 - 1), Anchor::None))
    }

    fn quarter(&self) -> Option<Meaning> {
        let number =
            i8::try_from(self.first(&[Class::Ordinal])?).ok().filter(|number| (1..=4).contains(number))?;
        if let Some(year) = self.year() {
            return Some(Meaning::on(When::Quarter(year, number), Anchor::None));
        }
        let when = match self.direction() {
            Some(direction) => {
                self.published_year().map(|year| When::Quarter(year.saturating_add(direction as i16), number))
            }
            None => self.years_around(|year| Some(When::Quarter(year, number))),
        };
        Some(Meaning::maybe(when, Anchor::Published, format!("XXXX-Q{number}"), Grain::Quarter))
    }

    fn half(&self) -> Option<Meaning> {
        let number =
            i8::try_from(self.first(&[Class::Ordinal])?).ok().filter(|number| (1..=2).contains(number))?;
        let year =
            self.year().or_else(|| Some(self.published_year()?.saturating_add(self.direction()? as i16)));
        let anchor = if self.year().is_some() { Anchor::None } else { Anchor::Published };
        Some(Meaning::maybe(
            year.map(|year| When::Half(year, number)),
            anchor,
            format!("XXXX-H{number}"),
            Grain::HalfYear,
        ))
    }

    /// The day of a bare or directed weekday.
    fn weekday_date(&self, weekday: i32) -> Option<Date> {
        let published = self.context.published?;
        let ahead =
            i64::from((weekday - i32::from(published.weekday().to_monday_one_offset())).rem_euclid(7));
        let behind = if ahead == 0 { 0 } else { 7 - ahead };
        let days = match self.direction() {
            Some(-1) => -if behind == 0 { 7 } else { behind },
            Some(1) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Some(_) => match self.tense() {
                Tense::Past => -behind,
                _ => ahead,
            },
            None => match self.tense() {
                Tense::Future => ahead,
                _ => -behind,
            },
        };
        add_days(published, days)
    }

    fn weekday(&self) -> Option<Meaning> {
        let weekday = self.first(WEEKDAY)?;
        if self.inside_a_name() {
            return None;
        }
        let weeks = match (self.word(self.found.start)?.lower.as_str(), self.found.end - self.found.start) {
            ("a", 4) if self.word(self.found.start + 2)?.lower == "from" => 7,
            ("a", 4) => -7,
            _ => 0,
        };
        let day = self.weekday_date(weekday).and_then(|day| add_days(day, weeks));
        Some(Meaning::maybe(day.map(When::Day), Anchor::Published, format!("XXXX-WXX-{weekday}"), Grain::Day))
    }

    fn part_of(day: Option<Date>, part: i32, anchor: Anchor, open: &str) -> Option<Meaning> {
        let number = u8::try_from(part).ok()?;
        let code = PARTS.get(usize::from(number))?.1;
        Some(match day {
            Some(day) => Meaning::on(When::Part(day, number), anchor),
            None => Meaning::unknown(TimeKind::Time, format!("{open}{code}"), Some(Grain::PartOfDay)),
        })
    }

    fn weekday_part(&self) -> Option<Meaning> {
        let weekday = self.first(WEEKDAY)?;
        if self.inside_a_name() {
            return None;
        }
        let day = self.weekday_date(weekday);
        let open = format!("XXXX-WXX-{weekday}");
        if let Some(hour) = self.first(&[Class::Noon]) {
            return Some(at_hour(day, hour, &open, Anchor::Published));
        }
        Self::part_of(day, self.first(&[Class::Part])?, Anchor::Published, &open)
    }

    fn day(&self) -> Option<Meaning> {
        let offset = self.first(&[Class::DayWord])?;
        // A newspaper's name: `USA Today`.
        if self.inside_a_name() {
            return None;
        }
        let day = self.context.published.and_then(|day| add_days(day, i64::from(offset)));
        Some(Meaning::maybe(day.map(When::Day), Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    fn day_part(&self) -> Option<Meaning> {
        let part = self.first(&[Class::Part]).unwrap_or(4);
        if let (Some(month), Some(day)) = (self.first(MONTH), self.first(&[Class::Day])) {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            let (date, anchor) = match self.year() {
                Some(year) => (Date::new(year, month, day).ok(), Anchor::None),
                None => (
                    self.years_around(|year| Date::new(year, month, day).ok().map(When::Day))
                        .and_then(When::days)
                        .map(|days| days.0),
                    Anchor::Published,
                ),
            };
            return Self::part_of(date, part, anchor, &format!("XXXX-{month:02}-{day:02}"));
        }
        let first = self.word(self.found.start)?;
        let that = first.lower == "that";
        if that {
            let day = self.context.narrative.and_then(|when| match when {
                When::Day(day) | When::Minute(day, ..) => Some(day),
                _ => None,
            });
            return Self::part_of(day, part, Anchor::Narrative, "XXXX-XX-XX");
        }
        let offset = match first.lower.as_str() {
            "last" => -1,
            _ => self.first(&[Class::DayWord]).unwrap_or(0),
        };
        let day = self.context.published.and_then(|day| add_days(day, i64::from(offset)));
        Self::part_of(day, part, Anchor::Published, "XXXX-XX-XX")
    }

    fn day_beyond(&self) -> Option<Meaning> {
        let days = if self.word(self.found.start + 2)?.lower == "after" { 2 } else { -2 };
        let day = self.context.published.and_then(|day| add_days(day, days));
        Some(Meaning::maybe(day.map(When::Day), Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    fn weekend(&self, direction: Option<i32>) -> Meaning {
        let when = self.context.published.and_then(|published| {
            let saturday = add_days(monday_of(published)?, 5)?;
            let inside = published >= saturday;
            let weeks = match (direction, self.tense()) {
                (Some(-1), _) => -1,
                (Some(1), _) => i64::from(inside),
                (_, Tense::Past) if !inside => -1,
                (None, Tense::Unknown) if !inside => -1,
                _ => 0,
            };
            Some(When::Weekend(add_days(saturday, weeks * 7)?))
        });
        Meaning::maybe(when, Anchor::Published, "XXXX-WXX-WE", Grain::Weekend)
    }

    fn relative(&self) -> Option<Meaning> {
        let direction = self.direction()?;
        let Some(unit) = self.unit() else {
            let years = self.found.caught.values.is_empty() || self.after() == "years";
            return (!years)
                .then(|| self.weekend(Some(direction)))
                .filter(|_| self.word(self.found.end - 1).is_some_and(|word| word.lower == "weekend"))
                .or_else(|| self.year_of(direction));
        };
        // `the last year of the war`, `the past year`: a stretch, not a calendar year.
        if self.before() == "the" && direction != 0 && self.after() == "of" {
            return None;
        }
        // `the next year`, told of another time, follows it.
        if self.before() == "the"
            && direction == 1
            && let Some(narrative) = self.context.narrative
            && self
                .context
                .published
                .is_some_and(|day| narrative.days().is_some_and(|days| days_between(days.1, day) > 400))
        {
            return Some(Meaning::maybe(narrative.shifted(1, unit), Anchor::Narrative, "XXXX", unit.grain()));
        }
        let when = self.context.published.and_then(|day| When::Day(day).shifted(i64::from(direction), unit));
        Some(Meaning::maybe(when, Anchor::Published, open_value(unit), unit.grain()))
    }

    /// `this fiscal year`.
    fn year_of(&self, direction: i32) -> Option<Meaning> {
        let last = self.word(self.found.end.checked_sub(1)?)?;
        if last.lower != "year" && !(last.lower == "years" && direction == 0) {
            return None;
        }
        let year = self.published_year().map(|year| year.saturating_add(direction as i16));
        Some(Meaning::maybe(year.map(When::Year), Anchor::Published, "XXXX", Grain::Year))
    }

    fn ago(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let amount = self.found.caught.amount.as_ref()?;
        let back = self.word(self.found.end - 1)?.lower == "ago";
        let Some(count) = amount.number() else {
            let value = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Meaning::unknown(TimeKind::Date, value, Some(unit.grain())));
        };
        // `a year ago` beside a reporting period is that period of the year before.
        if back
            && unit == Unit::Year
            && (count - 1.0).abs() < 0.01
            && let Some(period) = self.context.period
        {
            return Some(Meaning::maybe(
                period.shifted(-1, Unit::Year),
                Anchor::Narrative,
                "XXXX",
                Grain::Quarter,
            ));
        }
        let when = self.context.published.and_then(|day| shifted(When::Day(day), count, unit, back));
        Some(Meaning::maybe(when, Anchor::Published, open_value(unit), unit.grain()))
    }

    fn holiday(&self) -> Option<Meaning> {
        if self.inside_a_name() {
            return None;
        }
        let rule = words::holiday_rule(self.first(&[Class::Holiday])?)?;
        if let Some(day) = calendar::parse_date(rule) {
            return Some(Meaning::on(When::Day(day), Anchor::None));
        }
        let in_year = |year: i16| named_day(rule, year).map(When::Day);
        if let Some(year) = self.year() {
            return Some(Meaning::on(in_year(year)?, Anchor::None));
        }
        let when = match self.direction() {
            Some(direction) => self.years_directed(direction, in_year),
            None => self.years_around(in_year),
        };
        Some(Meaning::maybe(when, Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    fn chain(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let first = self.word(self.found.start)?.lower.as_str();
        let second = self.word(self.found.start + 1)?.lower.as_str();
        let last = self.word(self.found.end - 1)?.lower.as_str();
        let count = match (first, second, last) {
            (_, _, "before") | (_, "previous" | "preceding" | "prior", _) => -1,
            (_, _, "after") | (_, "next" | "following", _) => 1,
            _ => 0,
        };
        let narrative = self.context.narrative.filter(|when| {
            // A day does not follow from a year: the anchor must be at least as fine as the step.
            when.grain() <= unit.grain() || unit == Unit::Year
        });
        let when = narrative
            .and_then(|when| if count == 0 { when.widened(unit) } else { when.shifted(count, unit) });
        if when.is_none() && count == 0 {
            return None;
        }
        Some(Meaning::maybe(when, Anchor::Narrative, open_value(unit), unit.grain()))
    }

    fn later(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let amount = self.found.caught.amount.as_ref()?;
        let back =
            matches!(self.word(self.found.end - 1)?.lower.as_str(), "earlier" | "previously" | "before");
        let Some(count) = amount.number() else {
            let value = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Meaning::unknown(TimeKind::Date, value, Some(unit.grain())));
        };
        let year = unit == Unit::Year && (count - 1.0).abs() < 0.01;
        if back
            && year
            && let Some(period) = self.context.period
        {
            return Some(Meaning::maybe(
                period.shifted(-1, Unit::Year),
                Anchor::Narrative,
                "XXXX",
                Grain::Quarter,
            ));
        }
        let anchor = self.context.narrative.filter(|when| when.grain() <= unit.grain());
        let (anchor, against) = match anchor {
            Some(anchor) => (Some(anchor), Anchor::Narrative),
            None if back => (self.context.published.map(When::Day), Anchor::Published),
            None => (None, Anchor::None),
        };
        let when = anchor.and_then(|anchor| shifted(anchor, count, unit, back));
        Some(Meaning::maybe(when, against, open_value(unit), unit.grain()))
    }

    fn year_earlier(&self) -> Option<Meaning> {
        if let Some(period) = self.context.period {
            return Some(Meaning::maybe(
                period.shifted(-1, Unit::Year),
                Anchor::Narrative,
                "XXXX",
                Grain::Quarter,
            ));
        }
        let year = self.published_year().map(|year| year - 1);
        Some(Meaning::maybe(year.map(When::Year), Anchor::Published, "XXXX", Grain::Year))
    }

    fn this_period(&self) -> Option<Meaning> {
        let period = self.context.period?;
        Some(Meaning::on(period, Anchor::Narrative))
    }

    /// The day that a time of day belongs to when none is named beside it.
    fn day_of_clock(&self) -> (Option<Date>, Anchor) {
        match self.context.narrative {
            Some(When::Day(day) | When::Minute(day, ..)) => (Some(day), Anchor::Narrative),
            _ => (self.context.published, Anchor::Published),
        }
    }

    fn clock(&self) -> Option<Meaning> {
        let (mut hour, minute) = if let Some(clock) = self.first(&[Class::Clock]) {
            (clock / 60, clock % 60)
        } else if let Some(four) = self.first(&[Class::HourFour]) {
            (four / 100, four % 100)
        } else {
            (self.first(&[Class::Hour])?, 0)
        };
        if let Some(half) = self.first(&[Class::Meridiem]) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half;
        } else if let Some(part) = self.first(&[Class::Part]) {
            let morning = matches!(part, 0 | 5);
            if !morning && hour < 12 {
                hour += 12;
            }
        }
        if hour > 24 {
            return None;
        }
        let (day, anchor) = self.day_of_clock();
        Some(at_minute(day, hour, minute, "XXXX-XX-XX", anchor))
    }

    fn noon(&self) -> Option<Meaning> {
        let hour = self.first(&[Class::Noon])?;
        let (day, anchor) = self.day_of_clock();
        Some(at_hour(day, hour, "XXXX-XX-XX", anchor))
    }

    fn duration(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let amount = self.found.caught.amount.as_ref()?;
        let words = self.words.get(self.found.start..self.found.end)?;
        let article = words.iter().any(|word| matches!(word.lower.as_str(), "a" | "an"))
            && amount.number().is_some_and(|number| (number - 1.0).abs() < 0.01);
        // `the 2018 day`: a year before a noun, no count.
        let year = words.iter().any(|word| matches!(word.shape, Shape::Digits(1500..=2100, 4)));
        if year && words.last().is_some_and(|word| !word.lower.ends_with('s')) {
            return None;
        }
        // An age is no time of anything; in `a day-long strike` the article is the strike's.
        if self.after() == "old"
            || self.after() == "-"
                && self.word(self.found.end + 1).is_some_and(|word| {
                    word.lower == "old"
                        || article && matches!(word.lower.as_str(), "long" | "earlier" | "ago")
                })
        {
            return None;
        }
        // `a second`, `a quarter`, `a day of mourning`: one of something, rarely a length.
        if matches!(unit, Unit::Weekend | Unit::Night) && article {
            return None;
        }
        if matches!(unit, Unit::Second | Unit::Quarter) && amount.number().is_none_or(|number| number < 2.0) {
            return None;
        }
        // `500 a year` is a rate.
        if article && words.len() == 2 && self.rate() {
            return Some(Meaning::unknown(TimeKind::Set, period_value(amount, unit), Some(unit.grain())));
        }
        let mut meaning = period(amount, unit, self.found.caught.hedge);
        let within = self.before() == "within"
            || self.before() == "the"
                && self.found.start >= 2
                && self.word(self.found.start - 2)?.lower == "within";
        if within
            && let (Some(published), Some(count)) = (self.context.published, amount.high)
            && let Some(When::Day(end)) = span_end(published, count, unit)
        {
            meaning.interval = Some((Some(published.to_string()), Some(end.to_string())));
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    /// Whether the words before are an amount or a frequency: `$5 million a year`, `three times a week`.
    fn rate(&self) -> bool {
        let Some(before) = self.found.start.checked_sub(1).and_then(|at| self.word(at)) else { return false };
        matches!(before.shape, Shape::Digits(..) | Shape::Amount(_))
            || matches!(
                before.lower.as_str(),
                "million"
                    | "billion"
                    | "thousand"
                    | "hundred"
                    | "times"
                    | "time"
                    | "once"
                    | "twice"
                    | "percent"
                    | "%"
                    | "dollars"
                    | "tons"
                    | "barrels"
                    | "people"
                    | "hours"
                    | "days"
                    | "cases"
            )
    }

    fn running(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let one = Amount { low: Some(1.0), high: Some(1.0) };
        let vague = Amount { low: None, high: None };
        let plural = self.first(&[Class::Units]).is_some() && self.found.caught.amount.is_none();
        let amount = self.found.caught.amount.as_ref().unwrap_or(if plural { &vague } else { &one });
        let words = self.words.get(self.found.start..self.found.end)?;
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.lower.as_str()));
        if self.found.caught.amount.is_none()
            && !plural
            && has(&["last", "previous", "next"])
            && !matches!(unit, Unit::Decade | Unit::Century)
        {
            return None;
        }
        let mut meaning = period(amount, unit, self.found.caught.hedge);
        meaning.grain = Some(unit.grain());
        let (back, ahead) = (has(&["past", "last", "previous"]), has(&["next", "coming"]));
        if let Some(published) = self.context.published.filter(|_| back || ahead) {
            let tomorrow = add_days(published, 1);
            let count = amount.number();
            meaning.interval = Some(if back {
                let start = count
                    .and_then(|count| shifted(When::Day(published), count, unit, true))
                    .and_then(|_| span_start(published, count?, unit));
                (start.map(|day| day.to_string()), tomorrow.map(|day| day.to_string()))
            } else {
                let end = count.and_then(|count| span_end(published, count, unit)).and_then(When::days);
                (Some(published.to_string()), end.map(|days| days.0.to_string()))
            });
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    fn elliptic(&self) -> Option<Meaning> {
        let (sentence, unit) = self.context.counted?;
        let token = self.first_token()?;
        let next = self.word(self.found.end);
        let noun_follows = next.is_some_and(|next| {
            !next.breaks
                && next.token < self.syntax.len()
                && matches!(self.syntax.token(next.token).pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num)
        });
        if self.syntax.token(token).sentence != sentence || noun_follows || self.before() != "within" {
            return None;
        }
        let amount = self.found.caught.amount.as_ref()?;
        let mut meaning = period(amount, unit, None);
        if let (Some(published), Some(count)) = (self.context.published, amount.high)
            && let Some(When::Day(end)) = span_end(published, count, unit)
        {
            meaning.interval = Some((Some(published.to_string()), Some(end.to_string())));
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    fn vague(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let plural = self.first(&[Class::Units]).is_some();
        let amount = if plural {
            Amount { low: None, high: None }
        } else {
            Amount { low: Some(1.0), high: Some(1.0) }
        };
        Some(period(&amount, unit, None))
    }

    fn set(&self) -> Option<Meaning> {
        let value = if let Some(weekday) = self.first(WEEKDAY) {
            format!("XXXX-WXX-{weekday}")
        } else if let Some(month) = self.first(MONTH) {
            format!("XXXX-{month:02}")
        } else if let Some(season) = self.first(&[Class::Season]) {
            format!("XXXX-{}", SEASONS.get(usize::try_from(season).ok()?)?.1)
        } else if let Some(part) = self.first(&[Class::Part]) {
            format!("XXXX-XX-XX{}", PARTS.get(usize::try_from(part).ok()?)?.1)
        } else {
            period_value(&Amount { low: Some(1.0), high: Some(1.0) }, self.unit()?)
        };
        // A paper's name: `Daily Star`.
        if self.inside_a_name() {
            return None;
        }
        Some(Meaning::unknown(TimeKind::Set, value, None))
    }

    fn range(&self) -> Option<Meaning> {
        let second = |classes: &[Class]| self.found.caught.second(classes);
        let (first_day, last_day) = if let (Some(first), Some(last)) = (self.first(WEEKDAY), second(WEEKDAY))
        {
            let Some(from) = self.weekday_date(first) else {
                return Some(Meaning::unknown(TimeKind::Date, "XXXX-XX-XX", Some(Grain::Day)));
            };
            (from, add_days(from, i64::from((last - first).rem_euclid(7)))?)
        } else if let (Some(first), Some(last)) = (self.first(&[Class::Day]), second(&[Class::Day])) {
            let month = i8::try_from(self.first(MONTH)?).ok()?;
            let end_month = second(MONTH).and_then(|month| i8::try_from(month).ok()).unwrap_or(month);
            let (first, last) = (i8::try_from(first).ok()?, i8::try_from(last).ok()?);
            if end_month == month && last <= first {
                return None;
            }
            let days = |year: i16| {
                let end_year = if end_month < month { year.checked_add(1)? } else { year };
                Some(When::Days(
                    Date::new(year, month, first).ok()?,
                    Date::new(end_year, end_month, last).ok()?,
                ))
            };
            return match self.year() {
                Some(year) => Some(Meaning::on(days(year)?, Anchor::None)),
                None => Some(Meaning::maybe(
                    self.years_around(days),
                    Anchor::Published,
                    format!("XXXX-{month:02}-{first:02}"),
                    Grain::Day,
                )),
            };
        } else if let (Some(first), Some(last)) = (self.first(MONTH), second(MONTH)) {
            let year = self.year()?;
            let first = When::Month(year, i8::try_from(first).ok()?).days()?.0;
            let last = When::Month(year, i8::try_from(last).ok()?).days()?.1;
            (first, last)
        } else {
            let (first, last) = (i16::try_from(self.first(YEAR)?).ok()?, i16::try_from(second(YEAR)?).ok()?);
            // `2000 - 2050` in running text names two years.
            let tight = self.word(self.found.start)?.span.end == self.word(self.found.start + 1)?.span.start;
            if !tight {
                return None;
            }
            if !(first < last && last - first < 200 && (1500..2100).contains(&first)) {
                return None;
            }
            (When::Year(first).days()?.0, When::Year(last).days()?.1)
        };
        if last_day < first_day {
            return None;
        }
        let anchor = if self.year().is_some() { Anchor::None } else { Anchor::Published };
        Some(Meaning::on(When::Days(first_day, last_day), anchor))
    }
}

/// Puts a time of day on the day named beside it: `9 p.m.` and `Sunday`.
pub(super) fn join(time: &Meaning, day: &Meaning) -> Option<Meaning> {
    let When::Day(date) = day.when? else { return None };
    let when = match time.when {
        Some(When::Minute(_, hour, minute)) => When::Minute(date, hour, minute),
        Some(When::Part(_, part)) => When::Part(date, part),
        _ => return None,
    };
    Some(Meaning::on(when, day.anchor))
}

fn at_hour(day: Option<Date>, hour: i32, open: &str, anchor: Anchor) -> Meaning {
    at_minute(day, hour, 0, open, anchor)
}

fn at_minute(day: Option<Date>, hour: i32, minute: i32, open: &str, anchor: Anchor) -> Meaning {
    match day {
        Some(day) => Meaning::on(When::Minute(day, hour as u8, minute as u8), anchor),
        None => {
            Meaning::unknown(TimeKind::Time, format!("{open}T{hour:02}:{minute:02}"), Some(Grain::Minute))
        }
    }
}

/// The day that a rule of `holidays.tsv` names in `year`.
fn named_day(rule: &str, year: i16) -> Option<Date> {
    if let Some(days) = rule.strip_prefix("easter") {
        return add_days(calendar::easter(year)?, days.parse().ok()?);
    }
    let (month, day) = rule.split_once('-')?;
    let month = month.parse().ok()?;
    match day.split_once('#') {
        Some((weekday, number)) => {
            calendar::nth_weekday(year, month, weekday.parse().ok()?, number.parse().ok()?)
        }
        None => Date::new(year, month, day.parse().ok()?).ok(),
    }
}

const fn open_value(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// `anchor` moved by a count that may hold a half.
fn shifted(anchor: When, count: f64, unit: Unit, back: bool) -> Option<When> {
    if !(0.0..100_000.0).contains(&count) {
        return None;
    }
    let (count, unit) = whole(count, unit);
    anchor.shifted(if back { -count } else { count }, unit)
}

/// A count with a half in the next smaller unit.
fn whole(count: f64, unit: Unit) -> (i64, Unit) {
    if (count - count.round()).abs() < 0.01 {
        return (count.round() as i64, unit);
    }
    match unit {
        Unit::Year => ((count * 12.0).round() as i64, Unit::Month),
        Unit::Decade => ((count * 10.0).round() as i64, Unit::Year),
        Unit::Century => ((count * 100.0).round() as i64, Unit::Year),
        Unit::Month => ((count * 30.0).round() as i64, Unit::Day),
        Unit::Week => ((count * 7.0).round() as i64, Unit::Day),
        Unit::Day => ((count * 24.0).round() as i64, Unit::Hour),
        Unit::Hour => ((count * 60.0).round() as i64, Unit::Minute),
        _ => (count.round() as i64, unit),
    }
}

/// The day after the last of the `count` units that start on `day`.
fn span_end(day: Date, count: f64, unit: Unit) -> Option<When> {
    let (count, unit) = whole(count.clamp(0.0, 100_000.0), unit);
    let end = calendar::shift_day(day, count, unit)?;
    add_days(end, 1).map(When::Day)
}

/// The first of the `count` units that end on `day`.
fn span_start(day: Date, count: f64, unit: Unit) -> Option<Date> {
    let (count, unit) = whole(count.clamp(0.0, 100_000.0), unit);
    calendar::shift_day(day, -count, unit)
}

/// The TIMEX3 value of a length.
fn period_value(amount: &Amount, unit: Unit) -> String {
    let (prefix, letter, factor) = unit.period();
    let Some(number) = amount.number().or(amount.low) else { return format!("{prefix}X{letter}") };
    if (number - number.round()).abs() > 0.01 {
        let (count, smaller) = whole(number, unit);
        if smaller != unit {
            let (prefix, letter, factor) = smaller.period();
            return format!("{prefix}{}{letter}", count * factor);
        }
    }
    format!("{prefix}{}{letter}", number.round() as i64 * factor)
}

/// A length. `more than 30 minutes` has no upper bound; `nearly two hours` no lower one that the words give.
fn period(amount: &Amount, unit: Unit, hedge: Option<Hedge>) -> Meaning {
    let bound = |count: Option<f64>| {
        let minutes = count? * unit.seconds()? / 60.0;
        (0.0..1e9).contains(&minutes).then(|| libm_ceil(minutes))
    };
    let (low, high) = match hedge {
        Some(Hedge::More) => (amount.low, None),
        Some(Hedge::Less) => (None, amount.high),
        Some(Hedge::About) | None => (amount.low, amount.high),
    };
    let mut meaning = Meaning::unknown(TimeKind::Duration, period_value(amount, unit), Some(unit.grain()));
    meaning.minutes = unit.seconds().map(|_| (bound(low), bound(high)));
    meaning
}

/// Minutes begun count in full.
fn libm_ceil(minutes: f64) -> u32 {
    minutes.ceil() as u32
}
