//! `readout show`: a record in its passage, a report with its records, or what reports share.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use readout::record::{Document, Evidence, MeetingFormat, Record, Time};
use readout::views::when::{Spelling, When};
use readout::views::words::{count, shorten};
use readout::views::{Filter, Highlight, Names, PartOfRecord, PassageParagraph, SourceRow, passage};
use readout::{Corpus, Result, Scope, Shown};
use unicode_width::UnicodeWidthChar as _;

use crate::page::{BOLD, DIM, PLAIN, Page, plain};

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

struct Writer<'c> {
    page: Page,
    corpus: &'c Corpus,
    names: Names,
}

impl Writer<'_> {
    fn field(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            let margin = format!("  {name:<13}");
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
        about.push(document.id.clone());
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
        self.fields(record, document)?;
        if let Some(evidence) = record.evidence() {
            self.field("rule", &evidence.rule);
            self.field("certainty", &format!("{:.2}", evidence.certainty));
        }
        Ok(())
    }

    /// The facts of a record of one report.
    fn fields(&mut self, record: &Record, document: &Document) -> Result<()> {
        let list = |names: &Names, ids: &[String]| -> String {
            let named = ids.iter().map(|id| format!("{} [{id}]", names.of(id)));
            named.collect::<Vec<_>>().join(", ")
        };
        match record {
            Record::Statement(it) => {
                let mut chain: Vec<String> =
                    vec![document.outlet.clone().unwrap_or_else(|| "this report".to_owned())];
                chain.extend(it.via.iter().map(|id| self.names.of(id).to_owned()));
                chain.push(match it.speaker.is_empty() {
                    true => "somebody not named".to_owned(),
                    false => self.names.list(&it.speaker),
                });
                self.field("chain", &chain.join(" ← "));
                let speaker = list(&self.names, &it.speaker);
                self.field("speaker", &speaker);
                let addressee = list(&self.names, &it.addressee);
                self.field("to", &addressee);
                let via = list(&self.names, &it.via);
                self.field("by way of", &via);
                self.field("act", it.act.as_deref().unwrap_or_default());
                self.field("mode", it.mode.in_words());
                if it.negated {
                    self.field("negated", "the report says that this was not said");
                }
                self.time(it.time.as_ref());
                self.field("occasion", it.occasion.as_deref().unwrap_or_default());
                self.field("inside", it.parent.as_deref().unwrap_or_default());
                self.field("quote", it.quote.as_deref().unwrap_or_default());
            }
            Record::Event(it) => {
                self.field("code", &it.code);
                self.field("mode", it.mode.as_deref().unwrap_or_default());
                self.field("context", &it.context.join(", "));
                let (actor, recipient) = (list(&self.names, &it.actor), list(&self.names, &it.recipient));
                self.field("who", &actor);
                self.field("to whom", &recipient);
                self.time(it.time.as_ref());
                self.field("place", it.place.as_deref().unwrap_or_default());
                self.factual(it.factuality, it.reported_by.as_deref(), it.happening.as_deref());
            }
            Record::Meeting(it) => {
                let participants = list(&self.names, &it.participants);
                self.field("participants", &participants);
                self.field("format", it.format.map(MeetingFormat::in_words).unwrap_or_default());
                self.field("occasion", it.occasion.as_deref().unwrap_or_default());
                if let Some((low, high)) = it.minutes {
                    let bound = |it: Option<u32>| it.map_or("open".to_owned(), |it| it.to_string());
                    self.field("minutes", &format!("{} to {}", bound(low), bound(high)));
                }
                self.field("topics", &it.topics.join(", "));
                self.time(it.time.as_ref());
                self.field("place", it.place.as_deref().unwrap_or_default());
                self.factual(it.factuality, it.reported_by.as_deref(), it.happening.as_deref());
            }
            Record::Incident(it) => {
                self.field("code", &it.code);
                let count = |range: Option<(Option<u32>, Option<u32>)>| match range {
                    Some((low, high)) => {
                        let bound = |it: Option<u32>| it.map_or("open".to_owned(), |it| it.to_string());
                        format!("{} to {}", bound(low), bound(high))
                    }
                    None => String::new(),
                };
                let (killed, injured) = (count(it.killed), count(it.injured));
                self.field("killed", &killed);
                self.field("hurt", &injured);
                for (name, ids) in [
                    ("who", &it.actor),
                    ("to whom", &it.recipient),
                    ("claimed by", &it.claimed_by),
                    ("blamed on", &it.blamed_on),
                    ("denied by", &it.denied_by),
                ] {
                    let who = list(&self.names, ids);
                    self.field(name, &who);
                }
                self.field("means", it.means.as_deref().unwrap_or_default());
                self.time(it.time.as_ref());
                self.field("place", it.place.as_deref().unwrap_or_default());
                self.factual(it.factuality, it.reported_by.as_deref(), it.happening.as_deref());
            }
            Record::Condition(it) => {
                let (by, to) = (list(&self.names, &it.by), list(&self.names, &it.to));
                self.field("by", &by);
                self.field("to", &to);
                self.field("tone", it.tone.in_words());
                self.field("statement", it.statement.as_deref().unwrap_or_default());
            }
            Record::Commitment(it) => {
                let (debtor, creditor) = (list(&self.names, &it.debtor), list(&self.names, &it.creditor));
                self.field("who", &debtor);
                self.field("for whom", &creditor);
                if let Some(deadline) = &it.deadline {
                    let due = deadline.due.as_ref().map(|due| format!(" (due {due})")).unwrap_or_default();
                    self.field("deadline", &format!("{}{due}", deadline.text));
                }
                self.field("agreement", it.agreement.as_deref().unwrap_or_default());
                self.field("statement", it.statement.as_deref().unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    fn time(&mut self, time: Option<&Time>) {
        let Some(time) = time else { return };
        let told = When::of(time).map(|it| format!(" = {}", it.told(Spelling::Digits))).unwrap_or_default();
        self.field("time", &format!("{}{told}", time.text));
    }

    fn factual(
        &mut self,
        factuality: readout::record::Factuality,
        reported_by: Option<&str>,
        happening: Option<&str>,
    ) {
        let name = factuality.unless_happened();
        self.field("factuality", if name.is_empty() { "happened" } else { name });
        self.field("reported by", reported_by.unwrap_or("the report itself"));
        self.field("happening", happening.unwrap_or_default());
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
        self.field("url", document.url.as_deref().unwrap_or_default());
        self.field("authors", &document.authors.join(", "));
        self.field("replaces", document.replaces.as_deref().unwrap_or_default());
        if let Some(own) = self.corpus.store().reading_of(&document.id)?
            && let Some(own) = own.detail["knowledge"].as_str()
        {
            self.field("knowledge", &format!("one’s own too, {}", own.get(..12).unwrap_or(own)));
        }
        for copy in &document.copies_of {
            self.field("copies", &format!("{:.0} % of it stands in {} too", copy.share * 100.0, copy.doc));
        }
        let records = self.corpus.records_of(&document.id)?;
        let mut found: Vec<(u32, String)> = Vec::new();
        let mut note = |evidence: &readout::record::Evidence, what: String| {
            let at = evidence.spans.first().map_or(0, |span| span.start);
            found.push((at, format!("{} {what}", evidence.id)));
        };
        for it in &records.statements {
            let speaker = self.names.list(&it.speaker);
            note(&it.evidence, format!("{speaker}: {}", shorten(&it.content_text, 60)));
        }
        for it in &records.events {
            let who = [self.names.list(&it.actor), it.code.clone(), self.names.list(&it.recipient)];
            let who = who.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" → ");
            note(&it.evidence, format!("{who}: {}", shorten(&it.evidence.text, 60)));
        }
        for it in &records.meetings {
            note(&it.evidence, self.names.list(&it.participants));
        }
        for it in &records.incidents {
            note(&it.evidence, shorten(&it.evidence.text, 60));
        }
        for it in &records.conditions {
            note(&it.evidence, shorten(&it.evidence.text, 60));
        }
        for it in &records.commitments {
            note(&it.evidence, shorten(&it.evidence.text, 60));
        }
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
        let mut members: Vec<String> = Vec::new();
        match record {
            Record::Actor(it) => {
                self.field("name", &it.name);
                self.field("type", it.actor_kind.in_words());
                self.field("also", &it.aliases.join(", "));
                self.field("state", it.state.as_deref().unwrap_or_default());
                self.field("sector", it.sector.as_deref().unwrap_or_default());
                for role in &it.roles {
                    self.field("role", &role.text);
                }
                self.field("mentions", &it.mentions.to_string());
                return self.statements_by(&it.id);
            }
            Record::Quote(it) => {
                self.field("wording", &it.best);
                for difference in &it.differences {
                    let missing = format!("lacks “{}”", difference.missing);
                    let added = format!("has “{}”", difference.added);
                    let mut told = Vec::new();
                    if !difference.missing.is_empty() {
                        told.push(missing);
                    }
                    if !difference.added.is_empty() {
                        told.push(added);
                    }
                    self.field("differs", &format!("{}: {}", difference.member, told.join("; ")));
                }
                members.clone_from(&it.members);
            }
            Record::Happening(it) => {
                self.field("what", &it.title);
                self.field("code", &it.code);
                let who = self.names.list(&it.participants);
                self.field("who", &who);
                self.time(it.time.as_ref());
                self.field("place", it.place.as_deref().unwrap_or_default());
                self.field("sources", &count(it.sources as usize, "independent source"));
                for disagreement in &it.disagreements {
                    for side in &disagreement.values {
                        let value =
                            format!("{}: {} ({})", disagreement.field, side.value, side.members.join(", "));
                        self.field("differs", &value);
                    }
                }
                members.clone_from(&it.members);
            }
            Record::Agreement(it) => {
                self.field("name", &it.name);
                self.field("also", &it.aliases.join(", "));
                let parties = self.names.list(&it.parties);
                self.field("parties", &parties);
                for step in &it.status {
                    self.field("status", &format!("{}: {}", step.status.in_words(), step.evidence.text));
                }
                for passage in &it.evidence {
                    self.field("passage", &format!("{}: {}", passage.doc, passage.text));
                }
                members.clone_from(&it.terms);
            }
            Record::Position(it) => {
                self.field("who", self.names.of(&it.actor).to_owned().as_str());
                self.field("issue", &it.issue);
                self.field("stance", it.stance.in_words());
                members.clone_from(&it.evidence);
            }
            Record::Story(it) => {
                self.field("title", &it.title);
                self.field("keywords", &it.keywords.join(", "));
                self.field("reports", &it.documents.join(", "));
                for episode in &it.episodes {
                    self.field("episode", &format!("{} ({})", episode.title, episode.documents.join(", ")));
                }
            }
            _ => {}
        }
        let store = self.corpus.store();
        for id in members {
            let Some(record) = store.record(&id)? else { continue };
            let Some(evidence) = record.evidence() else { continue };
            if let Some(head) = store.head(&evidence.doc)? {
                self.member(evidence, &head.document);
            }
        }
        Ok(())
    }

    /// A passage with where it is from.
    fn member(&mut self, evidence: &Evidence, document: &Document) {
        let from = document.outlet.clone().or(document.title.clone()).unwrap_or_else(|| document.id.clone());
        self.page.blank();
        self.page.paragraph("  ", &[(DIM, &evidence.id), (DIM, &format!("  {}", shorten(&from, 60)))]);
        self.page.paragraph("  ", &[(PLAIN, &evidence.text)]);
    }

    /// The newest statements that the actor `id` made, and what lists them all.
    fn statements_by(&mut self, id: &str) -> Result<()> {
        let filter = Filter { actor: vec![id.to_owned()], ..Filter::default() };
        let mut told = 0;
        let (mut looked, mut page) = (0, readout::Page::first(REPORTS));
        loop {
            let Ok(listed) = self.corpus.list_of::<SourceRow>(&filter, &page)? else { return Ok(()) };
            looked += listed.rows.len();
            let reports: Vec<String> = listed.rows.into_iter().map(|it| it.id).collect();
            let contents = self.corpus.slice(&Scope::Documents(reports.clone()))?;
            for report in &reports {
                let Some(at) = contents.documents.iter().position(|it| it.id == *report) else { continue };
                let said = contents.records.get(at).into_iter().flat_map(|it| &it.statements);
                for it in said.filter(|it| it.speaker.iter().any(|speaker| speaker == id)) {
                    if told < STATEMENTS {
                        self.member(&it.evidence, &contents.documents[at]);
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
        .map(|letter| match plain(&letter.to_string()).chars().next() {
            Some('\n' | '\u{a0}') => ' ',
            Some(letter) => letter,
            None => '\u{fffd}',
        })
        .collect()
}

/// Where the line that starts at `start` ends: after a word, within `room` columns.
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
