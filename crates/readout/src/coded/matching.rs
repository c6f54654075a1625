//! Which report, passage and actor a coded statement means.

use readout_exchange::{CodedReport, CodedStatement, Positions, Unit};
use readout_record::{Actor, Document, Stance, ids};
use readout_text::CharSpan;
use readout_views::{Contents, locate};

use super::stances::CodedStance;

/// Returns the report that `report` is, and whether it has the same text.
pub(super) fn find_report<'c>(contents: &'c Contents, report: &CodedReport) -> Option<(&'c Document, bool)> {
    let hash = ids::sha256(report.text.as_bytes());
    let all = || contents.documents.iter();
    let same = all().filter(|it| it.text_sha256 == hash);
    // Reports that are copies have one text: the notes may say which it is.
    let found = same.clone().find(|it| it.id.as_str() == report.notes).or_else(|| same.clone().next());
    if let Some(it) = found {
        return Some((it, true));
    }
    let by_id = all().find(|it| it.id.as_str() == report.notes);
    let title =
        |it: &&Document| it.title.as_deref().is_some_and(|title| folded(title) == folded(&report.title));
    let mut titled = all().filter(title);
    by_id.or_else(|| titled.next().filter(|_| titled.next().is_none())).map(|it| (it, false))
}

/// Returns the place of a statement's words in `document`, in code points.
pub(super) fn place(
    document: &Document,
    is_same: bool,
    there: &Positions<'_>,
    statement: &CodedStatement,
) -> Option<CharSpan> {
    let start = there.to_code_points(statement.start, Unit::Utf16);
    let span = CharSpan::new(start, there.to_code_points(statement.stop, Unit::Utf16));
    if span.start >= span.end {
        return None;
    }
    match is_same {
        true => Some(span),
        false => locate(document, there.words(span))?.0.spans.first().copied(),
    }
}

/// Returns the name of who has the stance: the person, else the organization.
pub(super) fn name(statement: &CodedStatement) -> &str {
    if statement.person.is_empty() { &statement.organization } else { &statement.person }
}

pub(super) const fn stance(statement: &CodedStatement) -> Stance {
    if statement.agreement { Stance::For } else { Stance::Against }
}

pub(super) fn theirs(statement: &CodedStatement) -> CodedStance {
    CodedStance {
        actor: name(statement).to_owned(),
        issue: statement.concept.clone(),
        stance: stance(statement).as_str().to_owned(),
    }
}

/// Whether `actor` goes by `name`.
pub(super) fn is_named(actor: &Actor, name: &str) -> bool {
    let name = folded(name);
    !name.is_empty() && (folded(&actor.name) == name || actor.aliases.iter().any(|it| folded(it) == name))
}

/// Returns words in lower case with one space between them.
pub(super) fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns the share of the shorter of a span and a passage that both have, 0 to 1.
pub(crate) fn shared(span: CharSpan, passage: &[CharSpan]) -> f64 {
    let (Some(first), Some(last)) = (passage.first(), passage.last()) else { return 0.0 };
    let common = span.end.min(last.end).saturating_sub(span.start.max(first.start));
    let shorter = (span.end - span.start).min(last.end.saturating_sub(first.start)).max(1);
    f64::from(common) / f64::from(shorter)
}
