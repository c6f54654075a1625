//! Dates by their place on the calendar: days, months, years, seasons, quarters, named days.

use jiff::civil::Date;
use readout_record::{Anchor, Grain};
use readout_syntax::{EntityLabel, Pos, Tag};

use super::reading::{MONTH, Meaning, Reading, WEEKDAY};
use crate::times::calendar::{self, SEASONS, Unit, When, add_days, days_between};
use crate::times::kind::TimeKind;
use crate::times::pieces::Shape;
use crate::times::words::{self, Class};

impl Reading<'_> {
    pub(super) fn date(&self) -> Option<Meaning> {
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
            // `thirties` and `mid-30s` are an age more often than a decade; they need the article or an apostrophe.
            let with_century = self.found.caught.values.iter().any(|value| {
                value.0 == Class::Decade
                    && self
                        .word(value.2)
                        .is_some_and(|word| word.shape != Shape::Word && word.lower.len() > 3)
            });
            let marked = (self.found.start..self.found.end)
                .filter_map(|at| self.word(at))
                .any(|word| matches!(word.lower.as_str(), "the" | "'" | "’"));
            if !with_century && !marked {
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
    pub(super) fn slash_date(&self, a: u8, b: u8, year: i16) -> Option<Meaning> {
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

    pub(super) fn month(&self, month: i8, year: Option<i16>) -> Option<Meaning> {
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
        // A procession is held yearly: `the annual March for Life`.
        if alone && month == 3 && matches!(self.before(), "annual" | "a") {
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
    pub(super) fn day_of_month(&self, day: i32) -> Option<Meaning> {
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

    pub(super) fn bare_year(&self, year: i16) -> Option<Meaning> {
        let marked = self.found.end > self.found.start + 1;
        let token = self.token()?;
        if !marked && self.first(&[Class::ShortYear]).is_none() {
            if self.inside_a_name() && !self.labelled_date()
                || matches!(self.before(), "$" | "£" | "€" | "#" | "no." | "flight")
                || self.before() == "-" && !self.ends_years()
            {
                return None;
            }
            let head = self.syntax.head(token).map(|head| self.syntax.token(head));
            let counts = self.syntax.token(token).dep == readout_syntax::Dep::Nummod
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
                    | "-"
            ) || self.names_an_event();
            if counts && !self.labelled_date()
                || !led && !self.labelled_date() && !self.before().is_empty()
                || matches!(
                    self.after(),
                    "%" | "percent" | "people" | "dollars" | "miles" | "troops" | "km" | "meters"
                )
                || self.word(self.found.end).is_some_and(|word| words::value(word, Class::Unit).is_some())
                    && !self.names_an_event()
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

    /// `2000 - 2050`, set apart: the second year of two.
    fn ends_years(&self) -> bool {
        self.found
            .start
            .checked_sub(2)
            .and_then(|at| self.word(at))
            .is_some_and(|word| words::value(word, Class::YearName).is_some())
    }

    /// Whether the year is part of an event's name, or ends it: `the 2018 World Cup`, `World Cup 2018`.
    fn names_an_event(&self) -> bool {
        let Some(token) = self.first_token() else { return false };
        let event = |at: u32| {
            self.syntax.entity_at(at).is_some_and(|entity| matches!(entity.label, EntityLabel::Event))
        };
        event(token) || token > 0 && event(token - 1)
    }

    pub(super) fn season(&self, season: i32, year: Option<i16>) -> Option<Meaning> {
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

    /// `the end of October`: the whole span, since nobody can tell where its end begins; as a deadline (`by the end of
    /// October`) its last day.
    pub(super) fn edge(&self) -> Option<Meaning> {
        let whole = self.edged()?;
        let late = self.first(&[Class::Edge]).is_some_and(|edge| edge == words::LATE);
        Some(if late { self.deadline(whole) } else { whole })
    }

    /// `by year end`.
    pub(super) fn year_end(&self) -> Meaning {
        let year = self.published_year().map(When::Year);
        self.deadline(Meaning::maybe(year, Anchor::Published, "XXXX", Grain::Year))
    }

    /// The last day of a span by, before or until whose end something is to be.
    fn deadline(&self, whole: Meaning) -> Meaning {
        let last = whole.when.and_then(When::days).map(|days| When::Day(days.1));
        match last.filter(|_| matches!(self.before(), "by" | "before" | "until" | "till")) {
            Some(last) => Meaning::on(last, whole.anchor),
            None => whole,
        }
    }

    fn edged(&self) -> Option<Meaning> {
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

    pub(super) fn century(&self) -> Option<Meaning> {
        let number = self.first(&[Class::Ordinal])?;
        (1..=21).contains(&number).then(|| Meaning::on(When::Century(number as i16 - 1), Anchor::None))
    }

    pub(super) fn quarter(&self) -> Option<Meaning> {
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
        let earlier = self
            .words
            .get(self.found.start..self.found.end)?
            .iter()
            .any(|word| matches!(word.lower.as_str(), "ago" | "earlier"));
        let when = if earlier { when.and_then(|when| when.shifted(-1, Unit::Year)) } else { when };
        Some(Meaning::maybe(when, Anchor::Published, format!("XXXX-Q{number}"), Grain::Quarter))
    }

    pub(super) fn half(&self) -> Option<Meaning> {
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

    pub(super) fn holiday(&self) -> Option<Meaning> {
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
}

/// The day that a rule of `holidays.tsv` names in `year`.
pub(super) fn named_day(rule: &str, year: i16) -> Option<Date> {
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
