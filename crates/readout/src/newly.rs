//! What is new since a reading: one face for the command line, the pages, the feed, the API and assistants.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, DocumentId, Position, Record};
use readout_store::{LoggedOperation, Scope};
use readout_views::{Contents, NewsKind, NewsRow, check_date, news};

use crate::signing::Signature;
use crate::{Corpus, Error, Result};

/// The most readings that the news of a feed goes back.
const READINGS: usize = 8;

/// The rows of each sort of news that are told of a first reading, which brought the file itself.
const OF_FIRST: usize = 8;

/// The moment since which something is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// Before the last reading that brought reports.
    #[default]
    LastReading,
    /// After the operation with this number in the log.
    Operation(u64),
    /// From this day on, by the times in the log; ISO 8601.
    Day(String),
}

impl Since {
    /// Reads the number of an operation, or a day, month or year; an empty text is the last reading.
    ///
    /// # Errors
    /// [`Error::Question`] that says what is allowed.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        match text.trim_start_matches('#').parse::<u64>() {
            _ if text.is_empty() => Ok(Self::LastReading),
            // A year is a day's beginning: nobody has read two thousand times.
            Ok(number) if text.len() < 4 || text.starts_with('#') => Ok(Self::Operation(number)),
            _ if check_date(text).is_ok() => Ok(Self::Day(text.to_owned())),
            _ => {
                let message = format!(
                    "since is to be a day like 2015-11-16, or the number of an operation like #12 (readout log \
                     lists them), not {text}"
                );
                Err(Error::Question { message })
            }
        }
    }
}

/// What some readings brought.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Newly {
    /// The number of the operation after which something counts as new.
    pub after: u64,
    /// The number of the last operation that is looked at.
    pub until: u64,
    /// The time of that operation, where the log has it.
    pub at: Option<String>,
    /// The number of reports that came.
    pub reports: usize,
    /// True if no report was there before, and nobody asked since when: then all is new, and the rows are the weightiest.
    pub is_first: bool,
    /// The news, what changed first.
    pub rows: Vec<NewsRow>,
}

impl Newly {
    /// Keeps of each sort of a first reading's news what the most sources tell, in its order.
    fn keep_weightiest(&mut self) {
        self.is_first = self.reports > 0;
        let mut of: BTreeMap<NewsKind, Vec<(Reverse<usize>, usize)>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            of.entry(row.news).or_default().push((Reverse(row.sources), at));
        }
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        for rows in of.values_mut() {
            rows.sort_unstable();
            kept.extend(rows.iter().take(OF_FIRST).map(|(_, at)| *at));
        }
        let mut at = 0..;
        self.rows.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
    }
}

impl Corpus {
    /// Returns what is new `since` a moment.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newly(&self, since: &Since) -> Result<Newly> {
        let _still = self.store().snapshot()?;
        let last = self.store().readings(1)?.pop();
        let after = match since {
            Since::Operation(number) => *number,
            Since::LastReading => last.as_ref().map_or(0, |it| it.number.saturating_sub(1)),
            Since::Day(day) => {
                let all = self.store().operations()?;
                let from = all
                    .iter()
                    .find(|it| Signature::of(&it.detail).at.is_some_and(|at| at.as_str() >= day.as_str()));
                from.or(all.last()).map_or(0, |it| it.number - u64::from(from.is_some()))
            }
        };
        let until = last.map_or(0, |it| it.number);
        let mut found = self.brought(after, until)?;
        if *since == Since::LastReading && found.reports == self.count()? {
            found.keep_weightiest();
        }
        Ok(found)
    }

    /// Returns the news of the last readings, each by itself, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn news_of_readings(&self) -> Result<Vec<Newly>> {
        let _still = self.store().snapshot()?;
        let readings = self.store().readings(READINGS + 1)?;
        let first = readings.len() <= READINGS;
        let told = readings.iter().enumerate();
        // What the first reading brought is the file itself.
        let told = told.filter(|(at, _)| at + 1 < readings.len() || (first && readings.len() == 1));
        let told = told.map(|(_, it)| self.brought(it.number.saturating_sub(1), it.number));
        let mut told: Vec<Newly> = told.collect::<Result<_>>()?;
        if let ([only], true) = (told.as_mut_slice(), readings.len() == 1) {
            only.keep_weightiest();
        }
        Ok(told)
    }

    fn brought(&self, after: u64, until: u64) -> Result<Newly> {
        let fresh = self.store().brought(after, until)?;
        let at = self.store().operation(until)?.and_then(|it: LoggedOperation| Signature::of(&it.detail).at);
        let mut found = Newly { after, until, at, reports: fresh.len(), ..Newly::default() };
        if fresh.is_empty() {
            return Ok(found);
        }
        let as_of = self.store().newest_days(after, until)?;
        let mut reports: BTreeSet<DocumentId> = fresh.iter().cloned().collect();
        for happening in self.store().links_with("happening", &fresh)? {
            reports.extend(self.store().ids_of(&Scope::Link(happening))?);
        }
        if let (Some(from), Some(to)) = &as_of {
            reports.extend(self.store().with_deadlines(from, to)?);
        }
        // Reports that came later are not known yet.
        let mut known = Vec::with_capacity(reports.len());
        for id in reports {
            if self.store().brought_by(&id)?.is_some_and(|number| number <= until) {
                known.push(id);
            }
        }
        let mut contents = self.slice(&Scope::Documents(known))?;
        self.add_positions(&mut contents)?;
        let fresh = fresh.into_iter().collect();
        found.rows = news(&contents, &fresh, (as_of.0.as_deref(), as_of.1.as_deref()));
        Ok(found)
    }

    /// Adds the other positions of the actors of `contents`, against which a new stance is held.
    fn add_positions(&self, contents: &mut Contents) -> Result<()> {
        let actors: BTreeSet<ActorId> = contents.positions.iter().map(|it| it.actor.clone()).collect();
        let actors: Vec<ActorId> = actors.into_iter().collect();
        let mut others = Contents::default();
        for record in self.store().positions_of(&actors)? {
            let has = |it: &Position| contents.positions.iter().any(|own| own.id == it.id);
            if let Record::Position(it) = record
                && !has(&it)
            {
                others.positions.push(it);
            }
        }
        self.lay_over(&mut others)?;
        contents.positions.append(&mut others.positions);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_or_an_operation() {
        assert_eq!(Since::parse("").unwrap(), Since::LastReading);
        assert_eq!(Since::parse("12").unwrap(), Since::Operation(12));
        assert_eq!(Since::parse("#2015").unwrap(), Since::Operation(2015));
        assert_eq!(Since::parse("2015").unwrap(), Since::Day("2015".to_owned()));
        assert_eq!(Since::parse("2015-11-16").unwrap(), Since::Day("2015-11-16".to_owned()));
        for wrong in ["yesterday", "2015-13-01", "-3", "12x"] {
            assert!(Since::parse(wrong).unwrap_err().is_question(), "{wrong}");
        }
    }
}
