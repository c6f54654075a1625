//! Repetitions: TIMEX3 sets.

use super::lengths::period_value;
use super::reading::{MONTH, Meaning, Reading, WEEKDAY};
use crate::times::calendar::{PARTS, SEASONS};
use crate::times::kind::TimeKind;
use crate::times::words::{Amount, Class};

impl Reading<'_> {
    pub(super) fn set(&self) -> Option<Meaning> {
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
}
