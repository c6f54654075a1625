use std::collections::BTreeMap;

use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::{DocumentId, RecordId};
use crate::values::DropReason;

/// A report as it was read: its cleaned text, what was dropped from it, and what is known of its origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// A hash of the source.
    pub id: DocumentId,
    /// The file it came from, relative to the path named on the command line, with `#row` in a file of many documents.
    pub path: Option<String>,
    /// The report's web address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors named in the by-line.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The date, or date and time with zone, of publication; `None` if unknown.
    pub published: Option<String>,
    /// The origin of the date of publication.
    pub published_from: Option<PublishedFrom>,
    /// The language as an ISO 639-1 code.
    pub language: Option<String>,
    /// The cleaned body. All spans count its code points. A blank line separates paragraphs.
    pub text: String,
    /// SHA-256 of `text`.
    pub text_sha256: String,
    /// The passages that were taken out of the body, with the reasons.
    pub dropped: Vec<Dropped>,
    /// The reports that it copies or was stitched from.
    pub copies_of: Vec<CopyOf>,
    /// The story it belongs to.
    pub story: Option<RecordId>,
    /// The earlier version of the document, which this one replaces.
    pub replaces: Option<DocumentId>,
    /// The source's keys that Readout does not know, unchanged.
    pub other: DocumentFields,
}

/// The time at which a part of a report was written, such as an update of a live page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageTime {
    /// The code point of the text from which on it holds, up to that of the next part.
    pub at: u32,
    /// The date and time, as in `Document::published`.
    pub time: String,
}

/// The key of `Document::other` under which the times of passages are kept.
const PASSAGE_TIMES: &str = "passage_times";

impl Document {
    /// Returns the times of the parts of a report that were written at different times, in the order of the text. Empty if
    /// all of it was written when it was published.
    pub fn passage_times(&self) -> Vec<PassageTime> {
        let kept = self.other.get(PASSAGE_TIMES).cloned();
        kept.and_then(|times| serde_json::from_value(times).ok()).unwrap_or_default()
    }

    /// Keeps the times of the parts of a report; none are kept if there are none.
    pub fn set_passage_times(&mut self, times: &[PassageTime]) {
        if let (false, Ok(times)) = (times.is_empty(), serde_json::to_value(times)) {
            self.other.insert(PASSAGE_TIMES.to_owned(), times);
        }
    }
}

/// Unknown keys of a source row, by name.
pub type DocumentFields = BTreeMap<String, serde_json::Value>;

/// One stored version of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The version's document.
    pub id: DocumentId,
    /// The version before it.
    pub replaces: Option<DocumentId>,
}

/// The origin of a date of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// Metadata of the source.
    Metadata,
    /// The report's own words, such as a dateline.
    Text,
    /// Another report of the same happening.
    Linked,
}

/// A passage taken out of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The passage.
    pub text: String,
    /// The reason for taking it out.
    pub reason: DropReason,
    /// The passage's former position: the number of code points of the body before it.
    pub at: u32,
}

/// A share of a document's text that another document also has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyOf {
    /// The other document.
    pub doc: DocumentId,
    /// The share of this document's text that the other has, 0 to 1.
    pub share: f64,
    /// The common passages: a span in this document and the matching span in the other, in code points.
    pub spans: Vec<(CharSpan, CharSpan)>,
}
