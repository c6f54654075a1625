//! Ids that people type: whole, without their kind, or their first digits. Every command asks here what one means.

use readout_record::{Actor, Change, Record, RecordId};
use readout_views::words::shorten;

use crate::correcting::corrections_in_force;
use crate::unclear::{Candidate, UnclearId, Wanted};
use crate::{Corpus, Error, Result};

/// The most candidates that are listed.
const LISTED: usize = 20;
/// The most letters of a candidate's words that are shown.
const LETTERS: usize = 70;

impl Corpus {
    /// Returns the id that `typed` means: `typed` itself, the id that has it after its kind, or the only id of the
    /// `wanted` sort that starts with it. Actors without a name have the id of their report in theirs. They are meant
    /// only if nothing else is.
    ///
    /// # Errors
    /// [`Error::Id`] when it means nothing or several things, with what these are; or the file cannot be read.
    pub fn id(&self, typed: &str, wanted: Wanted) -> Result<RecordId> {
        let asked = bare(typed);
        let asks_for_record = matches!(wanted, Wanted::Anything | Wanted::Record);
        if asks_for_record && self.made(asked)?.is_some() {
            return Ok(asked.into());
        }
        let mut found = match wanted.prefixes() {
            Some(prefixes) => self.store().resolve_among(asked, &prefixes, LISTED + 1)?,
            None => self.store().resolve(asked, LISTED + 1)?,
        };
        if let [one] = found.as_slice() {
            return Ok(one.clone());
        }
        if found.is_empty()
            && let Some(now) = self.store().replacement(asked)?
        {
            return Ok(now);
        }
        let more = found.len() > LISTED;
        found.truncate(LISTED);
        let candidates = found.iter().map(|id| self.candidate(id)).collect::<Result<_>>()?;
        Err(Error::Id(UnclearId { typed: asked.to_owned(), wanted, candidates, more }))
    }

    /// Returns the record that a correction made, not a report: the correction itself, or an actor split from another.
    pub(crate) fn made(&self, id: &str) -> Result<Option<Record>> {
        let stored = self.store().record(id)?.is_some();
        if stored || !id.contains(':') {
            return Ok(None);
        }
        Ok(corrections_in_force(self.store())?.into_iter().find_map(|it| match &it.change {
            Change::Split { into, name, .. } if into == id => {
                Some(Record::Actor(Actor { id: into.clone(), name: name.clone(), ..Actor::default() }))
            }
            Change::Add { records } if records.iter().any(|record| record.id() == id) => {
                records.iter().find(|record| record.id() == id).cloned()
            }
            _ if it.id == id => Some(Record::Correction(it)),
            _ => None,
        }))
    }

    fn candidate(&self, id: &RecordId) -> Result<Candidate> {
        let kind = id.split_once(':').map_or("", |(kind, _)| kind);
        let words = match self.store().record(id)? {
            Some(record) => words(&record),
            None => String::new(),
        };
        Ok(Candidate {
            id: id.clone(),
            kind: if kind == "doc" { "report" } else { kind }.to_owned(),
            words: shorten(&words, LETTERS),
        })
    }
}

/// Returns `typed` without the marks that surround an id where it was printed.
fn bare(typed: &str) -> &str {
    typed.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '[' | ']' | '`' | '"' | '\'' | ',')
    })
}

fn words(record: &Record) -> String {
    match record {
        Record::Document(it) => {
            let title = it.title.clone().or_else(|| it.path.clone()).or_else(|| it.url.clone());
            [it.outlet.clone(), title].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Record::Statement(it) => it.content_text.clone(),
        Record::Actor(it) => it.name.clone(),
        Record::Agreement(it) => it.name.clone(),
        Record::Position(it) => it.issue.clone(),
        Record::Quote(it) => it.best.clone(),
        Record::Happening(it) => it.title.clone(),
        Record::Story(it) => it.title.clone(),
        _ => record.evidence().map(|it| it.text.clone()).unwrap_or_default(),
    }
}
