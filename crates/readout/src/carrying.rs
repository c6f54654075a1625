//! Reports with all that was read out of them, before linking: the form in which they go from one file to another, and in
//! which other programs may hand them on.

use std::io::Write;

use readout_record::{Change, Document, DocumentId, DocumentRecords, Evidence, ids};
use readout_store::{Operation, Origin, Stored};
use readout_text::{CharSpan, Offsets};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::gathering::TakenIn;
use crate::signing::Signature;
use crate::{Corpus, Error, Result, VERSION};

/// One line of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CarriedLine {
    /// A report with its text, its mentions and its records, as they were read.
    Report {
        /// The report.
        document: Box<Document>,
        /// All that was read out of it.
        records: Box<DocumentRecords>,
    },
    /// A correction in force.
    Correction {
        /// The change that it makes.
        change: Box<Change>,
        /// Who made it, when and why.
        signature: Signature,
    },
}

impl Corpus {
    /// Writes the current reports `documents` with all that was read out of them, then all corrections in force, as one
    /// JSON object a line.
    ///
    /// # Errors
    /// When the file cannot be read, or `out` cannot be written.
    pub fn export_reports(&self, documents: &[DocumentId], out: &mut dyn Write) -> Result<()> {
        self.carry_out(documents, &mut |line| {
            serde_json::to_writer(&mut *out, line)?;
            Ok(out.write_all(b"\n")?)
        })?;
        Ok(out.flush()?)
    }

    /// Writes what [`Corpus::export_reports`] does as a Parquet file with a row a line.
    ///
    /// # Errors
    /// As [`Corpus::export_reports`].
    #[cfg(feature = "parquet")]
    pub fn export_reports_as_parquet(&self, documents: &[DocumentId], out: &mut dyn Write) -> Result<()> {
        readout_exchange::write_bodies(out, |push| {
            self.carry_out(documents, &mut |line| {
                let body = serde_json::to_string(line)?;
                let row = match line {
                    CarriedLine::Report { document, .. } => readout_exchange::Body {
                        kind: "report",
                        id: document.id.to_string(),
                        outlet: document.outlet.clone(),
                        published: document.published.clone(),
                        title: document.title.clone(),
                        body,
                    },
                    CarriedLine::Correction { .. } => readout_exchange::Body {
                        kind: "correction",
                        body,
                        ..readout_exchange::Body::default()
                    },
                };
                Ok(push(row)?)
            })
        })
    }

    fn carry_out(
        &self,
        documents: &[DocumentId],
        each: &mut dyn FnMut(&CarriedLine) -> Result<()>,
    ) -> Result<()> {
        for id in documents {
            let Some(document) = self.document(id)? else { continue };
            // What follows from the other reports of a file is found anew in the next.
            let document = Document { story: None, copies_of: Vec::new(), replaces: None, ..document };
            let records = Box::new(self.store().records_of(id)?);
            each(&CarriedLine::Report { document: Box::new(document), records })?;
        }
        for it in self.corrections()?.into_iter().filter(|it| it.in_force) {
            each(&CarriedLine::Correction { change: Box::new(it.change), signature: it.signature })?;
        }
        Ok(())
    }

    /// Takes in the reports and corrections of `lines`, each with its place for messages, then links. What is here already
    /// stays as it is. `name` is that of the file they come from, for the log.
    ///
    /// # Errors
    /// [`Error::Question`] with the place of a line that is none of the form, or whose passages are not in its text; or
    /// when the file cannot be written. What was taken in before stays.
    pub fn import_reports(
        &mut self,
        name: &str,
        lines: impl Iterator<Item = Result<(String, String)>>,
        signature: &Signature,
    ) -> Result<TakenIn> {
        let detail = signature.onto(crate::reading::detail(json!({ "from": name }), self.knowledge()));
        let mut operation = Operation::new("import", VERSION, detail);
        let forgotten = self.store().forgotten()?;
        let mut found = TakenIn::default();
        let mut corrections = Vec::new();
        for line in lines {
            let (place, line) = line?;
            let wrong = |reason: String| Err(Error::Question { message: format!("{place}: {reason}") });
            let (document, records) = match serde_json::from_str(&line) {
                Ok(CarriedLine::Report { document, records }) => (document, records),
                Ok(CarriedLine::Correction { change, signature }) => {
                    corrections.push((*change, signature));
                    continue;
                }
                Err(error) => {
                    return wrong(format!(
                        "no report with its records, as readout export --format reports writes it: {error}"
                    ));
                }
            };
            if let Err(reason) = check(&document, &records) {
                return wrong(reason);
            }
            if forgotten.binary_search(&document.id).is_ok() {
                found.forgotten += 1;
                continue;
            }
            let origin = Origin { location: format!("{name}#{}", document.id), path: document.path.clone() };
            let stored = self.store_mut().add(&mut operation, &origin, &document, &records)?;
            let is_new = matches!(stored, Stored::New | Stored::NewVersion(_));
            found.added += usize::from(is_new);
            found.known += usize::from(!is_new);
        }
        self.link()?;
        found.corrections = self.apply(corrections.into_iter())?.applied;
        Ok(found)
    }
}

/// Says what is wrong with a report: its text does not have its hash, or a passage is not in it.
fn check(document: &Document, records: &DocumentRecords) -> std::result::Result<(), String> {
    if ids::sha256(document.text.as_bytes()) != document.text_sha256 {
        return Err(format!("the text of {} does not have its hash", document.id));
    }
    let offsets = Offsets::new(&document.text);
    let words = |span: &CharSpan| offsets.to_bytes(*span).map(|it| it.slice(&document.text));
    let is_there = |it: &Evidence| {
        let all: Option<Vec<&str>> = it.spans.iter().map(words).collect();
        it.doc == document.id && all.is_some_and(|all| all.join(" … ") == it.text)
    };
    if let Some(record) = records.iter().find(|it| it.evidence().is_some_and(|it| !is_there(it))) {
        return Err(format!("the passage of {} is not in its report", record.id()));
    }
    let stray = records.mentions.iter().find(|it| it.doc != document.id || words(&it.span) != Some(&it.text));
    match stray {
        Some(it) => Err(format!("{} has no mention “{}” at {}", document.id, it.text, it.span.start)),
        None => Ok(()),
    }
}
