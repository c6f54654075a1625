//! Times of day.

use jiff::civil::Date;
use readout_record::{Anchor, Grain};

use super::reading::{Meaning, Reading};
use crate::times::calendar::When;
use crate::times::kind::TimeKind;
use crate::times::words::Class;

impl Reading<'_> {
    /// The day that a time of day belongs to when none is named beside it.
    pub(super) fn day_of_clock(&self) -> (Option<Date>, Anchor) {
        match self.context.narrative {
            Some(When::Day(day) | When::Minute(day, ..)) => (Some(day), Anchor::Narrative),
            _ => (self.context.published, Anchor::Published),
        }
    }

    pub(super) fn clock(&self) -> Option<Meaning> {
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

    pub(super) fn noon(&self) -> Option<Meaning> {
        let hour = self.first(&[Class::Noon])?;
        let (day, anchor) = self.day_of_clock();
        Some(at_hour(day, hour, "XXXX-XX-XX", anchor))
    }
}

/// Puts a time of day on the day named beside it: `9 p.m.` and `Sunday`.
pub(in crate::times) fn join(time: &Meaning, day: &Meaning) -> Option<Meaning> {
    let When::Day(date) = day.when? else { return None };
    let when = match time.when {
        Some(When::Minute(_, hour, minute)) => When::Minute(date, hour, minute),
        Some(When::Part(_, part)) => When::Part(date, part),
        _ => return None,
    };
    Some(Meaning::on(when, day.anchor))
}

pub(super) fn at_hour(day: Option<Date>, hour: i32, open: &str, anchor: Anchor) -> Meaning {
    at_minute(day, hour, 0, open, anchor)
}

pub(super) fn at_minute(day: Option<Date>, hour: i32, minute: i32, open: &str, anchor: Anchor) -> Meaning {
    match day {
        Some(day) => Meaning::on(When::Minute(day, hour as u8, minute as u8), anchor),
        None => {
            Meaning::unknown(TimeKind::Time, format!("{open}T{hour:02}:{minute:02}"), Some(Grain::Minute))
        }
    }
}
