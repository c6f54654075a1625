use std::collections::BTreeMap;

use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::DocumentId;
use crate::values::DropReason;

/// A report as it was read: its cleaned text, what was dropped from it, and what is known of its origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// A hash of the source.
    pub id: DocumentId,
    /// The file it came from, and `#row` in a file of many, relative to what was named on the command line.
    pub path: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as the by-line has it.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Date, or date and time with zone; `None` if unknown.
    pub published: Option<String>,
    /// Where the date is from.
    pub published_from: Option<PublishedFrom>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The cleaned body. All spans count its code points. Paragraphs are parted by a blank line.
    pub text: String,
    /// SHA-256 of `text`.
    pub text_sha256: String,
    /// What was taken out of the body, and why.
    pub dropped: Vec<Dropped>,
    /// Reports it copies or was stitched from.
    pub copies_of: Vec<CopyOf>,
    /// The story it belongs to.
    pub story: Option<String>,
    /// The document of which this is a newer version.
    pub replaces: Option<DocumentId>,
    /// Keys of the source that Readout does not know, kept as they were.
    pub other: DocumentFields,
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

/// Where a date of publication is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// Metadata of the source.
    Metadata,
    /// The report's own words, as a dateline.
    Text,
    /// Another report of the same happening.
    Linked,
}

/// A passage taken out of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The passage.
    pub text: String,
    /// Why.
    pub reason: DropReason,
    /// Where it stood: code points of the body before it.
    pub at: u32,
}

/// What of a document stands in another too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyOf {
    /// The other document.
    pub doc: DocumentId,
    /// The share of this document's text that the other has, 0 to 1.
    pub share: f64,
    /// The passages: start and end here, start and end there, in code points.
    pub spans: Vec<(CharSpan, CharSpan)>,
}
