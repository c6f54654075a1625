//! iCalendar (RFC 5545): the days by which something is due.

use std::io::Write;

use readout_record::calendar::{add_days, day_number};

use crate::source::Source;
use crate::{Result, Tally};

/// The most bytes of a line (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes the deadlines of `source` as a calendar, one entry of a whole day for each commitment. A program that reads
/// it again finds each entry by the record's id.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_deadlines(source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut calendar = Calendar { out };
    calendar.line("BEGIN", "VCALENDAR")?;
    calendar.line("VERSION", "2.0")?;
    calendar.line("PRODID", "-//Readout//Readout//EN")?;
    calendar.line("X-WR-CALNAME", "Deadlines in press reports")?;
    for it in source.each(|it| &it.commitments) {
        if !source.picked.has(&it.evidence.id) {
            continue;
        }
        let due = it.deadline.as_ref().and_then(|it| it.due.as_deref());
        let Some(due) = due.filter(|it| day_number(it).is_some()) else {
            tally.add("commitments left out, since no day is told or can be computed", 1);
            continue;
        };
        let Some(place) = source.place(&it.evidence) else { continue };
        let document = place.document;
        let digits = |day: &str| day.get(..10).unwrap_or(day).replace('-', "");
        let published = document.published.as_deref().filter(|it| day_number(it).is_some()).unwrap_or(due);
        calendar.line("BEGIN", "VEVENT")?;
        calendar.line("UID", &format!("{}@readout", it.evidence.id))?;
        // A stamp must be there; there is no clock here, and the report's day stays the same.
        calendar.line("DTSTAMP", &format!("{}T000000Z", digits(published)))?;
        calendar.line("DTSTART;VALUE=DATE", &digits(due))?;
        calendar.line("DTEND;VALUE=DATE", &digits(&add_days(due, 1).unwrap_or_else(|| due.to_owned())))?;
        let who = source.names_of(&it.debtor).join(", ");
        let who = if who.is_empty() { "Somebody".to_owned() } else { who };
        calendar.text("SUMMARY", &format!("{who}: {}", it.evidence.text))?;
        let mut about = vec![format!("“{}”", place.text)];
        about.extend(document.outlet.clone());
        about.extend(document.published.clone());
        about.push(it.evidence.id.to_string());
        calendar.text("DESCRIPTION", &about.join("\n"))?;
        if let Some(url) = document.url.as_deref().filter(|it| !it.contains(['\n', '\r'])) {
            calendar.line("URL", url)?;
        }
        calendar.line("TRANSP", "TRANSPARENT")?;
        calendar.line("END", "VEVENT")?;
    }
    calendar.line("END", "VCALENDAR")?;
    Ok(tally)
}

struct Calendar<'o> {
    out: &'o mut dyn Write,
}

impl Calendar<'_> {
    /// Writes words of people.
    fn text(&mut self, name: &str, words: &str) -> Result<()> {
        let mut escaped = String::with_capacity(words.len());
        for letter in words.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                it if it.is_control() => escaped.push(' '),
                it => escaped.push(it),
            }
        }
        self.line(name, &escaped)
    }

    /// Writes one line, folded where it is too long.
    fn line(&mut self, name: &str, value: &str) -> Result<()> {
        let mut bytes = 0;
        for letter in format!("{name}:{value}").chars() {
            if bytes + letter.len_utf8() > LINE {
                self.out.write_all(b"\r\n ")?;
                bytes = 1;
            }
            write!(self.out, "{letter}")?;
            bytes += letter.len_utf8();
        }
        Ok(self.out.write_all(b"\r\n")?)
    }
}
