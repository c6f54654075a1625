//! The filters that every view knows.

use serde::{Deserialize, Serialize};

/// A filter of a view's rows. A row is shown if it fits every field. An empty filter shows everything.
///
/// Dates are ISO 8601 days, months or years. A row has the day of its event or, if the report leaves that open, the day
/// of the report's publication. A row with neither is shown only if no date is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// The actors who act or speak: an id, a name or alias in full, or words of one. A row fits if any of them does.
    pub actor: Vec<String>,
    /// The actors to whom it is done or said; for a row without a direction (a meeting, an agreement), other
    /// participants.
    pub to: Vec<String>,
    /// The first day to show.
    pub since: Option<String>,
    /// The first day that is no longer shown.
    pub until: Option<String>,
    /// The story of the reports, by its id or the first digits of it.
    pub story: Option<String>,
    /// The outlets of the reports; upper and lower case are the same.
    pub outlet: Vec<String>,
    /// The kinds of row: of record (`meeting`), of act (`deny`, `CONSULT`), of form (`direct`, `call`), of tone
    /// (`threat`), of stance, status or actor (`person`), as the view has it.
    pub kind: Vec<String>,
    /// The issue that rows bear on: an issue of the positions, or words.
    pub issue: Option<String>,
    /// Words that a row must contain, all of them.
    pub text: Option<String>,
    /// The day against which deadlines are overdue. `None`: the day of the newest report shown; never today.
    pub as_of: Option<String>,
}

/// Checks that `text` is a day, month or year of ISO 8601 that exists in the calendar.
///
/// # Errors
/// Says what is allowed.
pub fn check_date(text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, long: usize| part.len() == long && part.bytes().all(|it| it.is_ascii_digit());
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let days = |year: u32, month: u32| match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let month = |part: &str| digits(part, 2) && (1..=12).contains(&number(part));
    let sound = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, of_year] => digits(year, 4) && month(of_year),
        [year, of_year, day] => {
            digits(year, 4)
                && month(of_year)
                && digits(day, 2)
                && (1..=days(number(year), number(of_year))).contains(&number(day))
        }
        _ => false,
    };
    if sound { Ok(()) } else { Err("not a day, month or year like 2015-11-16".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_that_the_calendar_has() {
        for date in ["2015-11-16", "2015-11", "2015", "2016-02-29", "2000-02-29", "0000"] {
            assert!(check_date(date).is_ok(), "{date}");
        }
        for date in
            ["yesterday", "", "9999-99-99", "2015-02-29", "1900-02-29", "2015-04-31", "2015-11-16T10", "15"]
        {
            assert!(check_date(date).is_err(), "{date}");
        }
    }
}
