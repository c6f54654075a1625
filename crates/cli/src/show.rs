//! `readout show`: a record in its passage, a report with its records, or what reports share.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use readout::record::{ActorId, Document, DocumentId, Record, RecordId};
use readout::views::safe::terminal;
use readout::views::when::Spelling;
use readout::views::words::shorten;
use readout::views::{
    Filter, Highlight, Names, PartOfRecord, PassageParagraph, SourceRow, chain, facts, line, passage,
};
use readout::{Corpus, Result, Scope, Shown};
use unicode_width::UnicodeWidthChar as _;

use crate::page::{BOLD, DIM, PLAIN, Page};

/// Writes what `shown` is on a page of `width` columns.
pub(crate) fn page(shown: &Shown, corpus: &Corpus, width: usize) -> Result<String> {
    let names = match shown {
        Shown::Document(document) | Shown::Record(_, document) => {
            corpus.slice(&Scope::Documents(vec![document.id.clone()]))?.names()
        }
        Shown::Link(record) => corpus.names_of(match &**record {
            Record::Happening(it) => &it.participants,
            Record::Agreement(it) => &it.parties,
            Record::Position(it) => std::slice::from_ref(&it.actor),
            _ => &[],
        })?,
    };
    let mut writer = Writer { page: Page::new(width), corpus, names };
    match shown {
        Shown::Document(document) => writer.document(document)?,
        Shown::Record(record, document) => writer.record(record, document)?,
        Shown::Link(record) => writer.link(record)?,
    }
    Ok(writer.page.into_text())
}

/// Statements that are shown of an actor, out of so many of the newest reports at most, some reports at a time.
const STATEMENTS: usize = 20;
const MOST_REPORTS: usize = 60;
const REPORTS: usize = 10;

/// Code points of a record in one line.
const LINE: usize = 80;

struct Writer<'c> {
    page: Page,
    corpus: &'c Corpus,
    names: Names,
}

impl Writer<'_> {
    fn field(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            let margin = format!("  {name:<14}");
            self.page.paragraph(&margin, &[(PLAIN, value)]);
        }
    }

    fn header(&mut self, document: &Document) {
        let title = document.title.as_deref().unwrap_or("(no headline)");
        self.page.paragraph("", &[(BOLD, title)]);
        let mut about: Vec<String> = Vec::new();
        about.extend(document.outlet.clone());
        about.push(document.published.clone().unwrap_or_else(|| "undated".to_owned()));
        about.extend(document.path.clone().or_else(|| document.url.clone()));
        about.push(document.id.to_string());
        self.page.paragraph("", &[(DIM, &about.join(" · "))]);
    }

    fn record(&mut self, record: &Record, document: &Document) -> Result<()> {
        self.header(document);
        let passage = passage(record, document);
        for paragraph in &passage.paragraphs {
            self.page.blank();
            self.page.paragraph("", &[(DIM, &format!("¶{}", paragraph.number))]);
            self.highlighted(paragraph);
        }
        self.page.blank();
        let mut used: Vec<PartOfRecord> =
            passage.paragraphs.iter().flat_map(|it| it.highlights.iter().map(|it| it.part)).collect();
        used.sort_unstable();
        used.dedup();
        let legend: Vec<String> = used
            .iter()
            .map(|part| format!("{} {}", mark(*part).to_string().repeat(3), part.name()))
            .collect();
        self.page.paragraph("  ", &[(DIM, &legend.join("   "))]);
        self.page.blank();
        self.page.paragraph("", &[(BOLD, record.id())]);
        self.judged(record.id())?;
        let chain: Vec<String> =
            chain(record, document, &self.names).into_iter().map(|step| step.name).collect();
        self.field("chain", &chain.join(" ← "));
        self.facts(record);
        if let Some(evidence) = record.evidence() {
            self.field("rule", &evidence.rule);
            self.field("certainty", &format!("{:.2}", evidence.certainty));
            if let Some(confidence) = evidence.confidence {
                self.field("confidence", confidence.in_words());
            }
        }
        Ok(())
    }

    /// What people said of the record `id`, as far as it is in force.
    fn judged(&mut self, id: &str) -> Result<()> {
        for it in self.corpus.judgements(id)? {
            let by = it.signature.by.map(|by| format!(" by {by}")).unwrap_or_default();
            let at =
                it.signature.at.and_then(|at| at.get(..10).map(|day| format!(", {day}"))).unwrap_or_default();
            let why = it.signature.reason.map(|why| format!(": {why}")).unwrap_or_default();
            let told = format!("{}{by}{at}{why} (readout correct undo {})", it.told, it.operation);
            self.field(if it.rejected { "left out" } else { "corrected" }, &told);
        }
        Ok(())
    }

    /// The fields of a record; of a side, each name with its id.
    fn facts(&mut self, record: &Record) {
        for fact in facts(record, &self.names, Spelling::Digits) {
            let actors: Vec<String> =
                fact.actors.iter().map(|it| format!("{} [{}]", it.name, it.id)).collect();
            self.field(fact.label, &(actors.join(", ") + &fact.text));
        }
    }

    /// A paragraph, each of its lines followed by one of marks under the parts of the record.
    fn highlighted(&mut self, paragraph: &PassageParagraph) {
        let letters: Vec<char> = plain_letters(&paragraph.text);
        let room = self.page.width().saturating_sub(2);
        let mut start = 0;
        while start < letters.len() {
            let end = line_end(&letters, start, room);
            let (mut line, mut marks) = ("  ".to_owned(), "  ".to_owned());
            let mut style = PLAIN;
            for (at, &letter) in letters.iter().enumerate().take(end).skip(start) {
                let part = part_at(&paragraph.highlights, at as u32);
                let wanted = part.map_or(PLAIN, colors);
                if wanted != style {
                    let _ = write!(line, "{style:#}{wanted}");
                    style = wanted;
                }
                line.push(letter);
                for _ in 0..letter.width().unwrap_or(0) {
                    marks.push(part.map_or(' ', mark));
                }
            }
            let _ = write!(line, "{style:#}");
            self.page.raw(&line);
            if !marks.trim().is_empty() {
                self.page.raw(&format!("{DIM}{}{DIM:#}", marks.trim_end()));
            }
            start = end;
            while letters.get(start) == Some(&' ') {
                start += 1;
            }
        }
    }

    fn document(&mut self, document: &Document) -> Result<()> {
        self.header(document);
        self.judged(&document.id)?;
        self.facts(&Record::Document(document.clone()));
        if let Some(own) = self.corpus.own_knowledge_of(&document.id)? {
            self.field("knowledge", &format!("one’s own too, {}", own.get(..12).unwrap_or(&own)));
        }
        let records = self.corpus.records_of(&document.id)?;
        let mut found: Vec<(u32, String)> = records
            .passages()
            .map(|record| {
                let at = record.evidence().and_then(|it| it.spans.first()).map_or(0, |span| span.start);
                (at, format!("{} {}", record.id(), line(record, &self.names, LINE)))
            })
            .collect();
        found.sort();
        let offsets = readout::text::Offsets::new(&document.text);
        let (mut next, mut dropped) = (0, document.dropped.iter().peekable());
        for (number, span) in readout::text::paragraphs(&document.text).into_iter().enumerate() {
            let chars = offsets.to_chars(span);
            while let Some(it) = dropped.next_if(|it| it.at <= chars.start) {
                self.dropped(it);
            }
            self.page.blank();
            self.page.paragraph(
                &format!("{:>4}  ", format!("¶{}", number + 1)),
                &[(PLAIN, span.slice(&document.text))],
            );
            while let Some((_, line)) = found.get(next).filter(|(at, _)| *at < chars.end) {
                self.page.paragraph("        ", &[(DIM, line)]);
                next += 1;
            }
        }
        for it in dropped {
            self.dropped(it);
        }
        Ok(())
    }

    fn dropped(&mut self, it: &readout::record::Dropped) {
        let reason = it.reason.in_words();
        self.page.blank();
        self.page
            .paragraph("      ", &[(DIM, &format!("[dropped as {reason}: {}]", shorten(&it.text, 200)))]);
    }

    fn link(&mut self, record: &Record) -> Result<()> {
        self.page.paragraph("", &[(BOLD, record.id())]);
        self.judged(record.id())?;
        self.facts(record);
        let members: &[RecordId] = match record {
            Record::Actor(it) => return self.statements_by(&it.id),
            Record::Agreement(it) => {
                for passage in &it.evidence {
                    self.field("passage", &format!("{}: {}", passage.doc, passage.text));
                }
                &it.terms
            }
            Record::Quote(it) => &it.members,
            Record::Happening(it) => &it.members,
            Record::Position(it) => &it.evidence,
            _ => &[],
        };
        for passage in self.corpus.passages(members)? {
            let headline = || self.corpus.headline(&passage.doc).ok().flatten();
            let from = passage.outlet.clone().or_else(headline).unwrap_or_else(|| passage.doc.to_string());
            self.member(&passage.id, &passage.text, &from);
        }
        Ok(())
    }

    /// A passage with where it is from.
    fn member(&mut self, id: &str, text: &str, from: &str) {
        self.page.blank();
        self.page.paragraph("  ", &[(DIM, id), (DIM, &format!("  {}", shorten(from, 60)))]);
        self.page.paragraph("  ", &[(PLAIN, text)]);
    }

    /// The newest statements that the actor `id` made, and what lists them all.
    fn statements_by(&mut self, id: &ActorId) -> Result<()> {
        let filter = Filter { actor: vec![id.to_string()], ..Filter::default() };
        let mut told = 0;
        let (mut looked, mut page) = (0, readout::Page::first(REPORTS));
        loop {
            let Ok(listed) = self.corpus.list_of::<SourceRow>(&filter, &page)? else { return Ok(()) };
            looked += listed.rows.len();
            let reports: Vec<DocumentId> = listed.rows.into_iter().map(|it| it.id).collect();
            let contents = self.corpus.slice(&Scope::Documents(reports.clone()))?;
            for report in &reports {
                let Some(at) = contents.documents.iter().position(|it| it.id == *report) else { continue };
                let said = contents.records.get(at).into_iter().flat_map(|it| &it.statements);
                for it in said.filter(|it| it.speaker.contains(id)) {
                    if told < STATEMENTS {
                        let document = &contents.documents[at];
                        let from = document.outlet.as_deref().or(document.title.as_deref());
                        self.member(&it.evidence.id, &it.evidence.text, from.unwrap_or(&document.id));
                    }
                    told += 1;
                }
            }
            page.after = listed.next;
            if page.after.is_none() || told >= STATEMENTS || looked >= MOST_REPORTS {
                break;
            }
        }
        if page.after.is_some() || told > STATEMENTS {
            self.page.blank();
            let all = format!("the newest alone; all: readout statements --actor {id}");
            self.page.paragraph("  ", &[(DIM, &all)]);
        }
        Ok(())
    }
}

/// One character for each code point of `text`, none of which steers the terminal.
fn plain_letters(text: &str) -> Vec<char> {
    text.chars()
        .map(|letter| match terminal(&letter.to_string()).chars().next() {
            Some('\n' | '\u{a0}') => ' ',
            Some(letter) => letter,
            None => '\u{fffd}',
        })
        .collect()
}

/// Returns the end of the line that starts at `start`: after a word, within `room` columns.
fn line_end(letters: &[char], start: usize, room: usize) -> usize {
    let (mut columns, mut last) = (0, None);
    for (at, letter) in letters.iter().enumerate().skip(start) {
        columns += letter.width().unwrap_or(0);
        if *letter == ' ' {
            last = Some(at);
        }
        if columns > room {
            return last.filter(|last| *last > start).unwrap_or(at.max(start + 1));
        }
    }
    letters.len()
}

/// The innermost part at code point `at`.
fn part_at(highlights: &[Highlight], at: u32) -> Option<PartOfRecord> {
    let here = highlights.iter().filter(|it| it.span.start <= at && at < it.span.end);
    here.min_by_key(|it| it.span.end - it.span.start).map(|it| it.part)
}

const fn mark(part: PartOfRecord) -> char {
    match part {
        PartOfRecord::Evidence | PartOfRecord::Action => '^',
        PartOfRecord::Content => '-',
        PartOfRecord::Cue => '=',
        PartOfRecord::Source => '~',
        PartOfRecord::Premise => '?',
        PartOfRecord::Consequence => '>',
    }
}

const fn colors(part: PartOfRecord) -> Style {
    let color = match part {
        PartOfRecord::Evidence | PartOfRecord::Action | PartOfRecord::Content => AnsiColor::Green,
        PartOfRecord::Cue | PartOfRecord::Consequence => AnsiColor::Yellow,
        PartOfRecord::Source | PartOfRecord::Premise => AnsiColor::Cyan,
    };
    crate::page::colored(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_after_words() {
        let letters: Vec<char> = "They met in Vienna".chars().collect();
        assert_eq!(line_end(&letters, 0, 9), 8);
        assert_eq!(line_end(&letters, 9, 9), 18);
        assert_eq!(line_end(&letters, 12, 3), 15);
    }
}
