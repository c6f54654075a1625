use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};
use readout::Scope;
use readout::record::{Document, Dropped, Record};
use readout::text::CharSpan;
use readout::views::words::count;
use readout::views::{Marked, MarkedParagraph, Names, PartOfRecord, line, marked, parts};
use serde::Serialize;

use super::around::Around;
use super::exits::Exits;
use crate::Result;
use crate::address::address;
use crate::layout::{nothing, page};
use crate::query::Query;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::{View, record_in};

/// Paragraphs on one page: longer reports go on another.
const PARAGRAPHS: usize = 300;

/// Notes at one paragraph.
const NOTES: usize = 24;

/// The parameters of the page: what is to be marked, and which paragraphs are shown.
pub(crate) const TAKES: Takes = Takes::only(|_| vec!["record", "spans", "kind", "after", "done"]);

/// The most letters of a note, roughly.
const NOTE: usize = 110;

/// Spans that can be asked for.
const SPANS: usize = 32;

/// A paragraph as it is laid out.
#[derive(Serialize)]
pub(crate) struct ParagraphLines {
    pub(crate) number: usize,
    pieces: Vec<PieceLine>,
    notes: Vec<Note>,
    dropped: Vec<Dropped>,
}

#[derive(Serialize)]
struct PieceLine {
    text: String,
    /// The innermost record's kind.
    kind: Option<&'static str>,
    /// True if the piece belongs to more than one record.
    deep: bool,
    part: Option<PartOfRecord>,
    /// The anchor at which the page opens; only one piece has it.
    id: Option<&'static str>,
}

#[derive(Serialize)]
struct Note {
    kind: &'static str,
    line: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Choice {
    title: String,
    kind: Option<&'static str>,
    href: String,
    current: bool,
}

/// Answers with the page of a report, with its records in their places.
pub(crate) fn document(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let contents = view.corpus.slice(&Scope::Documents(vec![asked.id.as_str().into()]))?;
    let (Some(document), Some(records)) = (contents.documents.first(), contents.records.first()) else {
        return nothing(view, "no such report");
    };
    let names = contents.names();
    let wanted = asked.query.get("record");
    let spans = asked.query.get("spans").map(read_spans).unwrap_or_default();
    let found = marked(document, records, wanted, &spans);
    let kind =
        asked.query.get("kind").filter(|it| found.records.iter().any(|record| record.kind.as_str() == *it));
    let chosen = wanted.and_then(|id| record_in(&contents, id));
    let picked = chosen.is_some() || !spans.is_empty();

    let first = found.paragraphs.iter().position(|it| it.pieces.iter().any(|it| it.part.is_some()));
    let otherwise = first.map_or(0, |at| at / PARAGRAPHS * PARAGRAPHS);
    let page_asked = &asked.asking.page;
    let from = page_asked.after.as_ref().map_or(otherwise, |_| page_asked.from());
    let total = found.paragraphs.len();
    let base = address(&document.id);
    let by_id = lines(&contents, &found, &names);
    let notes = |paragraph: &MarkedParagraph| -> Vec<Note> {
        let begins = paragraph.begins.iter().filter_map(|at| found.records.get(*at));
        let shown = begins
            .filter(|it| kind.is_none_or(|kind| it.kind.as_str() == kind) || Some(it.id.as_str()) == wanted);
        let note = |it: &readout::views::MarkedRecord| Note {
            kind: it.kind.as_str(),
            line: by_id.get(it.id.as_str()).cloned().unwrap_or_default(),
            href: format!("{base}{}#here", Query::default().with("record", Some(&it.id))),
            current: Some(it.id.as_str()) == wanted,
        };
        shown.take(NOTES).map(note).collect()
    };
    let shown = found.paragraphs.iter().skip(from).take(PARAGRAPHS);
    let mut paragraphs: Vec<ParagraphLines> =
        shown.map(|it| lay_out(it, &found, kind, picked, notes(it))).collect();
    mark_first(&mut paragraphs);

    let copies: Vec<Value> = (document.copies_of.iter())
        .map(|it| {
            let title = view.corpus.headline(&it.doc).ok().flatten();
            context! { doc => it.doc.as_str(), share => it.share, title }
        })
        .collect();
    let picked = chosen.as_ref().map(|record| {
        context! {
            id => record.id(),
            kind => record.kind().as_str(),
            line => line(record.as_ref(), &names, 200),
            parts => value_of(legend(record)),
        }
    });
    let content = context! {
        document => value_of(bare(document)),
        web => document.url.as_deref().filter(|it| is_web(it)),
        story => value_of(contents.stories.first().map(|it| context! { id => it.id.as_str(), title => it.title.as_str() })),
        copies,
        choices => value_of(choices(&found, &base, kind)),
        chosen => picked,
        exits => value_of(Exits::of_one(&document.id, "documents", base.clone())),
        plain => base,
        done => super::corrections::done(view, asked)?,
        adding => super::coding::adding(view, &document.id, &contents)?,
        records => (),
        paragraphs => value_of(&paragraphs),
        around => value_of(Around::of(asked, from, PARAGRAPHS, total)),
    };
    let answer = page(
        view.site,
        "document.html",
        document.title.as_deref().unwrap_or("A report"),
        "sources",
        content,
    )?;
    Ok(answer.with_forms())
}

/// Returns the report without its text.
fn bare(document: &Document) -> Document {
    Document { text: String::new(), dropped: Vec::new(), copies_of: Vec::new(), ..document.clone() }
}

/// Whether an address leads into the web: no other may become a link.
pub(crate) fn is_web(address: &str) -> bool {
    let start = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

/// Reads spans of code points, such as `12-40,51-60`.
fn read_spans(text: &str) -> Vec<CharSpan> {
    let spans = text.split(',').take(SPANS).filter_map(|it| {
        let (start, end) = it.split_once('-')?;
        Some(CharSpan::new(start.parse().ok()?, end.parse().ok()?))
    });
    spans.filter(|it| it.start < it.end).collect()
}

fn lines<'c>(
    contents: &'c readout::views::Contents,
    found: &'c Marked,
    names: &Names,
) -> BTreeMap<&'c str, String> {
    let mut lines = BTreeMap::new();
    let Some(records) = contents.records.first() else { return lines };
    let wanted: BTreeSet<&str> = found.records.iter().map(|it| it.id.as_str()).collect();
    for record in records.passages() {
        if let Some(&id) = wanted.get(record.id()) {
            lines.insert(id, line(record, names, NOTE));
        }
    }
    lines
}

/// Returns the parts that a record has, each once and sorted.
pub(crate) fn legend(record: &Record) -> Vec<PartOfRecord> {
    let mut used: Vec<PartOfRecord> = parts(record).into_iter().map(|(part, _)| part).collect();
    used.sort_unstable();
    used.dedup();
    used
}

/// Returns the paragraphs of `found` that have a part of what was chosen.
pub(crate) fn chosen_paragraphs(found: &Marked) -> Vec<ParagraphLines> {
    let touched = found.paragraphs.iter().filter(|it| it.pieces.iter().any(|it| it.part.is_some()));
    let mut paragraphs: Vec<ParagraphLines> =
        touched.map(|it| lay_out(it, found, None, true, Vec::new())).collect();
    mark_first(&mut paragraphs);
    paragraphs
}

fn lay_out(
    paragraph: &MarkedParagraph,
    found: &Marked,
    kind: Option<&str>,
    picked: bool,
    notes: Vec<Note>,
) -> ParagraphLines {
    let pieces = paragraph.pieces.iter().map(|piece| {
        let records = piece.records.iter().filter_map(|at| found.records.get(*at));
        let kinds: Vec<&'static str> =
            records.map(|it| it.kind.as_str()).filter(|it| kind.is_none_or(|kind| kind == *it)).collect();
        PieceLine {
            text: piece.text.clone(),
            kind: kinds.last().copied().filter(|_| !picked),
            deep: kinds.len() > 1,
            part: piece.part,
            id: None,
        }
    });
    // Pieces that look alike are one.
    let mut merged: Vec<PieceLine> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last)
                if (last.kind, last.part) == (piece.kind, piece.part)
                    && (last.deep == piece.deep || piece.kind.is_none()) =>
            {
                last.text.push_str(&piece.text);
            }
            _ => merged.push(piece),
        }
    }
    ParagraphLines { number: paragraph.number, pieces: merged, notes, dropped: paragraph.dropped.clone() }
}

/// Marks the first chosen piece as the place where the page opens.
fn mark_first(paragraphs: &mut [ParagraphLines]) {
    let mut pieces = paragraphs.iter_mut().flat_map(|it| &mut it.pieces);
    if let Some(piece) = pieces.find(|it| it.part.is_some()) {
        piece.id = Some("here");
    }
}

/// Returns the choices of kind: all kinds together, then each kind that the report has.
fn choices(found: &Marked, base: &str, current: Option<&str>) -> Vec<Choice> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for record in &found.records {
        *counts.entry(record.kind.as_str()).or_default() += 1;
    }
    let all = Choice {
        title: count(found.records.len(), "record"),
        kind: None,
        href: base.to_owned(),
        current: current.is_none(),
    };
    let each = counts.into_iter().map(|(kind, number)| Choice {
        title: count(number, kind),
        kind: Some(kind),
        href: format!("{base}?kind={kind}"),
        current: current == Some(kind),
    });
    std::iter::once(all).chain(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        assert!(is_web("https://a.example/x") && is_web("HTTP://a.example"));
        for address in
            ["javascript:alert(1)", "data:text/html,x", "//a.example", " https://a.example", "", "https:/"]
        {
            assert!(!is_web(address), "{address}");
        }
    }

    #[test]
    fn spans_are_read() {
        assert_eq!(read_spans("12-40,9-3,x,5-"), [CharSpan::new(12, 40)]);
        assert_eq!(read_spans(&"1-2,".repeat(900)).len(), SPANS);
    }
}
