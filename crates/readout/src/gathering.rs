//! Reports that are taken out of the file, and those of another file that are taken in.

use readout_record::{DocumentId, RecordId};
use readout_store::{Operation, Scope, Stored};
use serde_json::json;

use crate::excerpt::excerpt;
use crate::signing::Signature;
use crate::{Corpus, Error, Result, VERSION, Wanted};

/// The result of [`Corpus::take_in`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Reports that were not there before.
    pub added: usize,
    /// Reports that were there already.
    pub known: usize,
    /// Reports that were forgotten here, and stay out.
    pub forgotten: usize,
    /// Corrections that were not there before.
    pub corrections: usize,
}

impl Corpus {
    /// Takes the report `id`, with all its versions, out of the file: its text, its records and what rests on them. The log
    /// keeps its id, and it is not read again until [`Corpus::remember`]. Returns the ids of the versions.
    ///
    /// # Errors
    /// As [`Corpus::id`]; and when the file cannot be written.
    pub fn forget(&mut self, id: &str, signature: &Signature) -> Result<Vec<DocumentId>> {
        let id = self.id(id, Wanted::Report)?;
        let versions = self.store().versions(&id)?;
        let detail = signature.onto(json!({ "reports": versions }));
        let mut operation = Operation::new("forget", VERSION, detail);
        self.store().withdraw(&mut operation, &versions)?;
        self.link()?;
        self.store().erase_withdrawn(&mut operation)?;
        Ok(versions)
    }

    /// Lets the forgotten report `id` be read again.
    ///
    /// # Errors
    /// [`Error::Question`] when it was not forgotten; or the file cannot be written.
    pub fn remember(&mut self, id: &str, signature: &Signature) -> Result<DocumentId> {
        let forgotten = self.store().forgotten()?;
        let bare = id.trim().trim_start_matches("doc:");
        let found: Vec<&DocumentId> = forgotten
            .iter()
            .filter(|it| !bare.is_empty() && it.trim_start_matches("doc:").starts_with(bare))
            .collect();
        let [one] = found.as_slice() else {
            let message = format!("{id} is no report that was forgotten; readout log lists those that were");
            return Err(Error::Question { message });
        };
        let detail = signature.onto(json!({ "report": one }));
        self.store().remember(&mut Operation::new("remember", VERSION, detail), one)?;
        Ok((*one).clone())
    }

    /// Takes in the current reports of `other` with their records, and its corrections in force with their signatures. What
    /// is here already stays as it is.
    ///
    /// # Errors
    /// When a file cannot be read or written. What was taken in before stays.
    pub fn take_in(&mut self, other: &Self, signature: &Signature) -> Result<TakenIn> {
        let _still = other.store().snapshot()?;
        let name = other.store().path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut operation = merging(&name, other, signature);
        self.gather(&mut operation, other, other.store().ids_of(&Scope::All)?, false)
    }

    /// Takes in the reports of one story of `other`, as [`Corpus::take_in`] does. With `passages_only`, of each report only
    /// the passages that its records cite: the rest of its text is blank, and the hash of the full text is kept.
    ///
    /// # Errors
    /// As [`Corpus::take_in`].
    pub fn take_story(&mut self, other: &Self, story: &RecordId, passages_only: bool) -> Result<TakenIn> {
        let _still = other.store().snapshot()?;
        let mut operation = merging(story, other, &Signature::default());
        let ids = other.store().ids_of(&Scope::Story(story.clone()))?;
        self.gather(&mut operation, other, ids, passages_only)
    }

    fn gather(
        &mut self,
        operation: &mut Operation,
        other: &Self,
        ids: Vec<DocumentId>,
        passages_only: bool,
    ) -> Result<TakenIn> {
        let forgotten = self.store().forgotten()?;
        let mut found = TakenIn::default();
        for id in ids {
            if forgotten.binary_search(&id).is_ok() {
                found.forgotten += 1;
                continue;
            }
            let Some(mut document) = other.document(&id)? else { continue };
            let mut records = other.store().records_of(&id)?;
            if passages_only {
                // What people added has its passage too.
                let shown = other.slice(&Scope::Documents(vec![id.clone()]))?.records.into_iter().next();
                (document, records) = excerpt(document, records, &shown.unwrap_or_default())?;
            }
            let mut is_new = false;
            for origin in other.store().origins(&id)? {
                let stored = self.store_mut().add(operation, &origin, &document, &records)?;
                is_new |= matches!(stored, Stored::New | Stored::NewVersion(_));
            }
            found.added += usize::from(is_new);
            found.known += usize::from(!is_new);
        }
        self.link()?;
        let theirs = other.corrections()?.into_iter().filter(|it| it.in_force);
        found.corrections = self.apply(theirs.map(|it| (it.change, it.signature)))?.applied;
        Ok(found)
    }
}

/// Returns the entry of the log on reports that come from `name` in `other`.
fn merging(name: &str, other: &Corpus, signature: &Signature) -> Operation {
    let detail = signature.onto(crate::reading::detail(json!({ "from": name }), other.knowledge()));
    Operation::new("merge", VERSION, detail)
}
