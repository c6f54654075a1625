//! Single records and reports: by their ids, by their words, and held against the stored text.

use readout_record::{ActorId, Change, Document, DocumentId, Evidence, Record, RecordId, ids};
use readout_store::{MOST_TERMS, Narrow, Page, Scope};
use readout_text::{CharSpan, Offsets, paragraphs};
use readout_views::{Citation, Contents, Footnote, locate};

use crate::{Corpus, Error, Result, Shown, Wanted};

/// The most reports that are looked through for words, those that fit best first.
const REPORTS: usize = 20;

/// A passage of a record, held against the stored text of its report.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CheckedPassage {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// True if the text at the spans is what the record says, and the text has its hash.
    pub holds: bool,
}

impl Corpus {
    /// Returns the record, report or link with the id `id`, as it is stored; `None` if there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record(&self, id: &str) -> Result<Option<Record>> {
        match self.store().record(id)? {
            None => self.made(id),
            found => Ok(found),
        }
    }

    /// Returns the record or link `id` as corrections have it; `None` if it is gone.
    pub(crate) fn corrected(&self, id: &str) -> Result<Option<Record>> {
        Ok(match self.show(id)? {
            Shown::Record(record, _) | Shown::Link(record) => Some(*record),
            Shown::Document(_) => None,
        })
    }

    /// Returns the record, report or link with the id `id`, or with the only id that starts with it, see
    /// [`Corpus::id`]; `None` if there is none or there are several.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, id: &str) -> Result<Option<Record>> {
        if let Some(record) = self.record(id)? {
            return Ok(Some(record));
        }
        match self.id(id, Wanted::Anything) {
            Ok(id) => self.record(&id),
            Err(Error::Id(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the id that has taken the place of the story, quote, happening, agreement or position `former`; `None` if
    /// none has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn replacement(&self, former: &str) -> Result<Option<RecordId>> {
        Ok(self.store().replacement(former)?)
    }

    /// Returns the report with the id `id` and its text; `None` if there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<Document>> {
        Ok(self.store().document(id)?)
    }

    /// Returns the headline of the report `id`; `None` if it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn headline(&self, id: &str) -> Result<Option<String>> {
        Ok(self.store().title(id)?)
    }

    /// Returns the hash of the user's own knowledge with which the report `id` was read; `None` if there was none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn own_knowledge_of(&self, id: &str) -> Result<Option<String>> {
        let reading = self.store().reading_of(id)?;
        Ok(reading.and_then(|it| it.detail["knowledge"].as_str().map(str::to_owned)))
    }

    /// Returns the paragraph that `asked` names, as `doc:3fa9c1:¶4` or `3fa9c1 ¶4`, with its report and the place in
    /// code points; `None` if `asked` is no such name.
    ///
    /// # Errors
    /// [`Error::Question`] when the report has no such paragraph; as [`Corpus::id`] for the report's id.
    pub fn paragraph(&self, asked: &str) -> Result<Option<(Document, CharSpan)>> {
        let Some((id, number)) = paragraph_of_report(asked) else { return Ok(None) };
        let id = self.id(id, Wanted::Report)?;
        let Some(document) = self.document(&id)? else {
            return Err(Error::Question { message: format!("no report has the id {id}") });
        };
        let Some(span) = paragraphs(&document.text).get(number - 1).copied() else {
            return Err(Error::Question { message: format!("{id} has no paragraph {number}") });
        };
        let span = Offsets::new(&document.text).to_chars(span);
        Ok(Some((document, span)))
    }

    /// Returns the passages of those of `records` that rest on one, with their places.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn passages(&self, records: &[RecordId]) -> Result<Vec<Citation>> {
        let mut found = Vec::new();
        for id in records {
            let Some(record) = self.record(id)? else { continue };
            let Some(evidence) = record.evidence() else { continue };
            found.extend(self.document(&evidence.doc)?.map(|document| Citation::of(evidence, &document)));
        }
        Ok(found)
    }

    /// Returns the footnotes of the record, report or link with the id `id`, or with the only id that starts with it: one
    /// for each passage, in the order of publication.
    ///
    /// # Errors
    /// As [`Corpus::id`].
    pub fn footnotes(&self, id: &str) -> Result<Vec<Footnote>> {
        let record = match self.show(id)? {
            Shown::Document(document) => return Ok(vec![Footnote::of_report(&document)]),
            Shown::Record(record, document) => {
                let citation = record.evidence().map(|it| Citation::of(it, &document));
                return Ok(citation.iter().map(|it| Footnote::of_passage(&document, it)).collect());
            }
            Shown::Link(record) => record,
        };
        let mut found: Vec<Footnote> = Vec::new();
        let members = match &*record {
            Record::Quote(it) => &it.members[..],
            Record::Happening(it) => &it.members,
            Record::Position(it) => &it.evidence,
            _ => &[],
        };
        for citation in self.passages(members)? {
            found.extend(self.document(&citation.doc)?.map(|it| Footnote::of_passage(&it, &citation)));
        }
        if let Record::Agreement(it) = &*record {
            for passage in &it.evidence {
                let Some(document) = self.document(&passage.doc)? else { continue };
                let of = Evidence {
                    id: it.id.clone(),
                    doc: passage.doc.clone(),
                    spans: passage.spans.clone(),
                    text: passage.text.clone(),
                    ..Evidence::default()
                };
                found.push(Footnote::of_passage(&document, &Citation::of(&of, &document)));
            }
        }
        if let Record::Story(it) = &*record {
            for id in &it.documents {
                found.extend(self.document(id)?.as_ref().map(Footnote::of_report));
            }
        }
        found.sort_by(|a, b| {
            let key = |it: &Footnote| {
                (it.published.is_none(), it.published.clone(), it.document.clone(), it.paragraph)
            };
            key(a).cmp(&key(b))
        });
        Ok(found)
    }

    /// Checks the passage of the record `id` against the stored text of its report; `None` if it is no record of one
    /// report, or its report is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verify_passage(&self, id: &str) -> Result<Option<CheckedPassage>> {
        let Some(record) = self.find(id)? else { return Ok(None) };
        let Some(evidence) = record.evidence() else { return Ok(None) };
        let Some(document) = self.document(&evidence.doc)? else { return Ok(None) };
        let offsets = Offsets::new(&document.text);
        let slice = |span| offsets.to_bytes(span).map(|it| it.slice(&document.text));
        let slices: Option<Vec<&str>> = evidence.spans.iter().copied().map(slice).collect();
        let is_said = slices.is_some_and(|it| it.join(" … ") == evidence.text);
        let holds = is_said && ids::sha256(document.text.as_bytes()) == document.text_sha256;
        Ok(Some(CheckedPassage { citation: Citation::of(evidence, &document), holds }))
    }

    /// Returns the places where reports have `text`, each with whether it stands there exactly so (`true`) or with other
    /// white space, punctuation and capitals (`false`). Only the report `document` is looked through, or those that a
    /// search finds.
    ///
    /// # Errors
    /// [`Error::Question`] when no report has the id `document`; or the file cannot be read.
    pub fn locate(&self, text: &str, document: Option<&str>) -> Result<Vec<(Citation, bool)>> {
        let ids = match document {
            Some(id) => vec![id.into()],
            None => self.reports_with(
                &format!("\"{}\"", first_words(&text.replace(['"', '“', '”'], " "))),
                REPORTS,
            )?,
        };
        let mut found = Vec::new();
        for id in ids {
            let Some(Record::Document(document)) = self.find(&id)? else {
                return Err(Error::Question { message: format!("no report has the id {id}") });
            };
            found.extend(locate(&document, text));
        }
        Ok(found)
    }

    /// Returns the ids of at most `most` reports that have the words, best first.
    ///
    /// # Errors
    /// [`Error::Question`] when the words are none that a search takes; or the file cannot be read.
    pub fn reports_with(&self, words: &str, most: usize) -> Result<Vec<DocumentId>> {
        Ok(self.store().documents_with(words, &Narrow::default(), most)?)
    }

    /// Returns the reports that mention the actor `id`, the newest `most` if there are more, and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn slice_of_actor(&self, id: &str, most: usize) -> Result<(Contents, usize)> {
        let actors = vec![id.into()];
        let reports = self.store().size_of("actor", id)?;
        let scope = if reports <= most {
            Scope::Actors(actors)
        } else {
            let narrow = Narrow { actors, ..Narrow::default() };
            Scope::Documents(self.store().list_documents(&Page::first(most), &narrow)?.rows)
        };
        Ok((self.slice(&scope)?, reports))
    }

    /// Returns the actor into which a correction in force merges the actor `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn merged_into(&self, id: &str) -> Result<Option<ActorId>> {
        let in_force = self.corrections()?.into_iter().filter(|it| it.in_force);
        let merged = in_force.map(|it| it.change).find_map(|change| match change {
            Change::Merge { actor, into } if actor == id => Some(into),
            _ => None,
        });
        Ok(merged)
    }
}

/// Returns as many words of `text` as a search takes. A report that has all of them is looked through for the rest.
fn first_words(text: &str) -> String {
    let mut many = 0;
    let few = text.split_whitespace().take_while(|word| {
        many += word.split(|it: char| !it.is_alphanumeric()).filter(|part| !part.is_empty()).count();
        many <= MOST_TERMS
    });
    few.collect::<Vec<_>>().join(" ")
}

/// Reads `doc:3fa9c1:¶4` or `3fa9c1 ¶4`: the id of a report and the number of its paragraph, from 1.
fn paragraph_of_report(asked: &str) -> Option<(&str, usize)> {
    let (id, number) = asked.rsplit_once('¶')?;
    let id = id.trim_end_matches([':', ' ']);
    let plain = !id.is_empty() && id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ':');
    let number = number.trim().parse().ok().filter(|number| *number > 0)?;
    plain.then_some((id, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_of_a_report_is_told_from_a_passage() {
        assert_eq!(paragraph_of_report("doc:3fa9c1:¶4"), Some(("doc:3fa9c1", 4)));
        assert_eq!(paragraph_of_report("3fa9c1 ¶12"), Some(("3fa9c1", 12)));
        assert_eq!(paragraph_of_report("They left. See ¶4"), None);
        assert_eq!(paragraph_of_report("doc:3fa9c1:¶0"), None);
        assert_eq!(paragraph_of_report("They shelled the town."), None);
    }
}
