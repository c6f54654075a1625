//! Weekdays, days counted from publication, parts of the day, weekends.

use jiff::civil::Date;
use readout_record::{Anchor, Grain};
use readout_syntax::Tag;

use super::clock::at_hour;
use super::reading::{MONTH, Meaning, Reading, WEEKDAY};
use crate::times::calendar::{PARTS, When, add_days, monday_of};
use crate::times::kind::TimeKind;
use crate::times::tense::Tense;
use crate::times::words::{self, Class};

/// The most words between `today's` and the noun that tells an era: `today's personal computers`.
const WORDS_BETWEEN: usize = 2;

impl Reading<'_> {
    /// The day of a bare or directed weekday.
    pub(super) fn weekday_date(&self, weekday: i32) -> Option<Date> {
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

    pub(super) fn weekday(&self) -> Option<Meaning> {
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

    pub(super) fn part_of(day: Option<Date>, part: i32, anchor: Anchor, open: &str) -> Option<Meaning> {
        let number = u8::try_from(part).ok()?;
        let code = PARTS.get(usize::from(number))?.1;
        Some(match day {
            Some(day) => Meaning::on(When::Part(day, number), anchor),
            None => Meaning::unknown(TimeKind::Time, format!("{open}{code}"), Some(Grain::PartOfDay)),
        })
    }

    pub(super) fn weekday_part(&self) -> Option<Meaning> {
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

    pub(super) fn day(&self) -> Option<Meaning> {
        let offset = self.first(&[Class::DayWord])?;
        // A newspaper's name: `USA Today`.
        if self.inside_a_name() {
            return None;
        }
        // `today's world`, `as strong today as it was`, `the cities of tomorrow`: an age, not a day.
        if offset >= 0 && self.names_an_age() {
            let value = if offset == 0 { "PRESENT_REF" } else { "FUTURE_REF" };
            return Some(Meaning::unknown(TimeKind::Date, value, None));
        }
        let day = self.context.published.and_then(|day| add_days(day, i64::from(offset)));
        Some(Meaning::maybe(day.map(When::Day), Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    /// Whether `today` or `tomorrow` stands for the age.
    fn names_an_age(&self) -> bool {
        let lower = |at: usize| self.word(at).map_or("", |word| word.lower.as_str());
        let end = self.found.end;
        if matches!(self.after(), "'s" | "’s") {
            // Adjectives and a first noun may stand between: `today's personal computers`.
            let token = self.token().and_then(|token| self.syntax.head(token));
            return self
                .words
                .iter()
                .skip(end + 1)
                .take(WORDS_BETWEEN + 1)
                .take_while(|word| !word.breaks)
                .any(|word| {
                    words::value(word, Class::Era).is_some() && token.is_none_or(|head| head >= word.token)
                });
        }
        if self.after() == "as" {
            return matches!(lower(end + 1), "it" | "they" | "he" | "she" | "we" | "when" | "ever");
        }
        self.before() == "of"
            && lower(end.wrapping_sub(1)) == "tomorrow"
            && self.found.start.checked_sub(2).and_then(|at| self.word(at)).is_some_and(|word| {
                word.token < self.syntax.len()
                    && matches!(self.syntax.token(word.token).tag, Tag::Nns | Tag::Nnps)
            })
    }

    /// `by mid-afternoon`: of the day of which the text speaks.
    pub(super) fn part(&self) -> Option<Meaning> {
        let (day, anchor) = self.day_of_clock();
        Self::part_of(day, self.first(&[Class::Part])?, anchor, "XXXX-XX-XX")
    }

    pub(super) fn day_part(&self) -> Option<Meaning> {
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

    pub(super) fn day_beyond(&self) -> Option<Meaning> {
        let days = if self.word(self.found.start + 2)?.lower == "after" { 2 } else { -2 };
        let day = self.context.published.and_then(|day| add_days(day, days));
        Some(Meaning::maybe(day.map(When::Day), Anchor::Published, "XXXX-XX-XX", Grain::Day))
    }

    pub(super) fn weekend(&self, direction: Option<i32>) -> Meaning {
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
}
