//! The page as plain data.

use readout_record::{DocumentId, RecordId};
use serde::Serialize;

use crate::cite::Citation;
use crate::sources::SourceRow;

/// One page as lines of words, for whatever writes it: a terminal, Markdown, HTML.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Brief {
    /// The story's headline; empty if the brief is not on one story.
    pub title: String,
    /// The numbers of reports and outlets, and the days of publication.
    pub summary: String,
    /// The sections. One without lines is left out.
    pub sections: Vec<BriefSection>,
    /// The reports, numbered from 1 by their place here.
    pub sources: Vec<SourceRow>,
    /// One line for each report in the list of sources, in the same order.
    pub source_lines: Vec<BriefLine>,
}

/// Lines of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BriefSection {
    /// The heading of the section.
    pub heading: &'static str,
    /// The lines.
    pub lines: Vec<BriefLine>,
    /// The number of further lines that are not shown.
    pub more: usize,
    /// The name of the view that has all lines.
    pub view: &'static str,
    /// The command that lists all of them, with the options by which the brief was asked for.
    pub command: String,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BriefLine {
    /// The words of the line, piece by piece.
    pub parts: Vec<BriefPart>,
    /// The passages behind the line; empty only for lines on whole reports.
    pub references: Vec<Reference>,
    /// True if the line belongs to the line before.
    pub nested: bool,
    /// The passage whose sentence the line is; `None` for lines that are no report's words.
    pub told: Option<Citation>,
}

impl BriefLine {
    /// Returns the words of the line without those of less importance.
    pub fn words(&self) -> String {
        let parts = self.parts.iter().filter(|it| it.emphasis != Emphasis::Faint);
        parts.map(|it| it.text.as_str()).collect()
    }
}

/// A piece of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BriefPart {
    /// The words.
    pub text: String,
    /// The emphasis of the words.
    pub emphasis: Emphasis,
}

/// The emphasis of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Emphasis {
    /// Words without emphasis.
    #[default]
    Plain,
    /// Names, and the subject of a line.
    Strong,
    /// Words of less importance.
    Faint,
}

/// A passage behind a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reference {
    /// The report's number, from 1.
    pub source: usize,
    /// The paragraph's number, from 1.
    pub paragraph: usize,
    /// The record.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
}

/// The length of a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BriefLength {
    /// The greatest number of lines in a section. Lines that belong to the line before do not count.
    pub lines: usize,
    /// The greatest length of a passage, in code points.
    pub passage: usize,
}

impl BriefLength {
    /// A page that can be read in a few minutes.
    pub const PAGE: Self = Self { lines: 7, passage: 320 };
    /// All lines, with no passage shortened.
    pub const FULL: Self = Self { lines: usize::MAX, passage: usize::MAX };
}
