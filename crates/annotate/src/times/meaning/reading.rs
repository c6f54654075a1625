//! A match of a rule with the text around it, and the form of its meaning.

use jiff::civil::Date;
use readout_record::{Anchor, Bounds, Grain};
use readout_syntax::{EntityLabel, Syntax};

use crate::times::calendar::{Unit, When, days_between};
use crate::times::kind::TimeKind;
use crate::times::rules::Match;
use crate::times::tense::{self, Tense};
use crate::times::words::{Class, Word};

/// The publication day and the times that the text has named so far.
#[derive(Debug, Default)]
pub(in crate::times) struct Context {
    /// Day of publication.
    pub(in crate::times) published: Option<Date>,
    /// The last date that the text named.
    pub(in crate::times) narrative: Option<When>,
    /// The last quarter or other reporting period that the text named.
    pub(in crate::times) period: Option<When>,
    /// Sentence and unit of the last duration: what `18` in `within six months … within 18` counts.
    pub(in crate::times) counted: Option<(u32, Unit)>,
}

/// The meaning of one passage.
#[derive(Debug)]
pub(in crate::times) struct Meaning {
    pub(in crate::times) kind: TimeKind,
    pub(in crate::times) value: String,
    pub(in crate::times) when: Option<When>,
    /// Interval where it is not that of [`Meaning::when`].
    pub(in crate::times) interval: Option<(Option<String>, Option<String>)>,
    pub(in crate::times) grain: Option<Grain>,
    pub(in crate::times) anchor: Anchor,
    pub(in crate::times) minutes: Option<Bounds>,
}

impl Meaning {
    pub(super) fn on(when: When, anchor: Anchor) -> Self {
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

    pub(super) fn unknown(kind: TimeKind, value: impl Into<String>, grain: Option<Grain>) -> Self {
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
    pub(super) fn maybe(when: Option<When>, anchor: Anchor, open: impl Into<String>, grain: Grain) -> Self {
        match when {
            Some(when) => Self::on(when, anchor),
            None => Self::unknown(TimeKind::Date, open, Some(grain)),
        }
    }
}

/// A match with the text around it.
pub(super) struct Reading<'r> {
    pub(super) found: &'r Match,
    pub(super) words: &'r [Word<'r>],
    pub(super) syntax: &'r Syntax,
    pub(super) context: &'r Context,
}

pub(super) const WEEKDAY: &[Class] = &[Class::Weekday, Class::WeekdayShort, Class::Weekdays];
pub(super) const MONTH: &[Class] = &[Class::Month, Class::MonthName];
pub(super) const YEAR: &[Class] = &[Class::Year, Class::YearName];
pub(super) const UNIT: &[Class] = &[
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

impl Reading<'_> {
    pub(super) fn first(&self, classes: &[Class]) -> Option<i32> {
        self.found.caught.first(classes)
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        Unit::from_number(self.first(UNIT)?)
    }

    pub(super) fn word(&self, at: usize) -> Option<&Word<'_>> {
        self.words.get(at)
    }

    pub(super) fn before(&self) -> &str {
        let broken = self.word(self.found.start).is_some_and(|word| word.breaks);
        match self.found.start.checked_sub(1).filter(|_| !broken).and_then(|at| self.word(at)) {
            Some(word) => &word.lower,
            None => "",
        }
    }

    pub(super) fn after(&self) -> &str {
        self.word(self.found.end).filter(|word| !word.breaks).map_or("", |word| word.lower.as_str())
    }

    pub(super) fn token(&self) -> Option<u32> {
        // The last word heads most time expressions (`last Tuesday`), and its head leads to the clause.
        let word = self.word(self.found.end.checked_sub(1)?)?;
        (word.token < self.syntax.len()).then_some(word.token)
    }

    pub(super) fn first_token(&self) -> Option<u32> {
        let word = self.word(self.found.start)?;
        (word.token < self.syntax.len()).then_some(word.token)
    }

    pub(super) fn tense(&self) -> Tense {
        // `effective Feb. 1`, `due Friday`
        if matches!(self.before(), "effective" | "due" | "starting" | "beginning") {
            return Tense::Future;
        }
        self.first_token().map_or(Tense::Unknown, |token| tense::of(self.syntax, token))
    }

    pub(super) fn direction(&self) -> Option<i32> {
        self.first(&[Class::Direction])
    }

    pub(super) fn published_year(&self) -> Option<i16> {
        self.context.published.map(Date::year)
    }

    /// Whether a name that is no date covers the match and more.
    pub(super) fn inside_a_name(&self) -> bool {
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

    pub(super) fn labelled_date(&self) -> bool {
        self.first_token()
            .and_then(|token| self.syntax.entity_at(token))
            .is_some_and(|entity| matches!(entity.label, EntityLabel::Date))
    }

    /// The candidate nearest to publication, where one against the tense counts `penalty` times its distance.
    pub(super) fn choose(&self, candidates: impl IntoIterator<Item = When>) -> Option<When> {
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

    pub(super) fn years_around(&self, make: impl Fn(i16) -> Option<When>) -> Option<When> {
        let year = self.published_year()?;
        self.choose([year - 1, year, year + 1].into_iter().filter_map(make))
    }

    /// By direction from publication: the last one that is over, this one, the next to begin.
    pub(super) fn years_directed(&self, direction: i32, make: impl Fn(i16) -> Option<When>) -> Option<When> {
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

    pub(super) fn year(&self) -> Option<i16> {
        if let Some(year) = self.first(YEAR) {
            return i16::try_from(year).ok();
        }
        self.first(&[Class::ShortYear])
            .map(|short| if short < 40 { 2000 + short as i16 } else { 1900 + short as i16 })
    }
}
