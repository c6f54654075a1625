//! From the lines of one article to its document: the head, the body and what follows it.

use readout_record::{Document, DropReason, Dropped, PublishedFrom};
use serde_json::Value;

use super::layout::{LAYOUTS, Layout, Rule};
use super::{languages, names};
use crate::fault::Fault;
use crate::lines::{self, Line};
use crate::options::Options;
use crate::source::Source;
use crate::{article, characters, dates, outlets, plain};

/// The key of `other` with the name of the layout by which an article is read.
pub(super) const LAYOUT: &str = "layout";
/// The key of `other` with the line at which an article starts.
pub(super) const LINE: &str = "line";

/// Whether a source of which `known` is told is an article of an export.
pub(crate) fn is_article(known: &Document) -> bool {
    known.other.contains_key(LAYOUT)
}

/// The part of an article that is being read.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Head,
    Body,
    Tail,
}

/// Reads the document of one article of an export.
pub(crate) fn read(
    source: &Source,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    let told = |key: &str| source.known.other.get(key);
    let first = told(LINE).and_then(Value::as_u64).and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
    let lines = lines::unpack(&source.bytes, first);
    let layout = told(LAYOUT).and_then(Value::as_str);
    let Some(layout) = layout.and_then(|name| LAYOUTS.iter().find(|layout| layout.name == name)) else {
        return Err(Fault::unsupported("not an article of an export"));
    };
    let mut article = Article::default();
    for line in &lines {
        article.take(line, layout);
    }
    if article.body.is_empty() {
        return Err(Fault::empty(format!("the article of line {first} has no text")));
    }
    let mut document = (*source.known).clone();
    article.tell(layout, &mut document, mend);
    let text = characters::clean(&lines::joined(&article.body));
    article::check_length(text.len(), options)?;
    let blocks = plain::wrapped(&text, layout.width);
    let mut document = article::finish(blocks, document, mend);
    article.leave_out(&mut document);
    Ok(document)
}

/// What was read of an article so far.
#[derive(Default)]
struct Article {
    part: Option<Part>,
    /// The fields in the order in which they were filled, with their values.
    fields: Vec<(String, String)>,
    body: Vec<Line>,
    /// The field that the last line went to.
    last: Option<Last>,
    /// True once a line with a label was read.
    labelled: bool,
    /// Passages that are no part of the story, and whether they stood before it.
    left_out: Vec<(String, DropReason, bool)>,
}

/// The field that the last line went to.
struct Last {
    field: String,
    /// True if joined lines go on with it.
    lines: bool,
    /// True if all lines up to the next label go on with it.
    open: bool,
}

impl Article {
    fn part(&self) -> Part {
        self.part.unwrap_or(Part::Head)
    }

    fn take(&mut self, raw: &Line, layout: &Layout) {
        let line = &raw.squeezed();
        let found = |rules: &'_ [Rule]| rules.iter().position(|rule| rule.test.holds(line));
        if line.has("running") {
            return self.add("notice", &line.text, false);
        }
        if let Some(skipped) = found(&layout.skips).and_then(|at| layout.skips.get(at)) {
            let field = if skipped.field.is_empty() { "notice" } else { &skipped.field };
            return self.add(field, &line.text, false);
        }
        if self.take_label(line, layout) {
            return;
        }
        // The line that ends the head or the body.
        let (rules, next) = match self.part() {
            Part::Head => (&layout.bodies, Part::Body),
            Part::Body => (&layout.tails, Part::Tail),
            Part::Tail => (&layout.tails, Part::Tail),
        };
        if self.part() != Part::Tail
            && let Some(rule) = found(rules).and_then(|at| rules.get(at))
        {
            (self.part, self.last) = (Some(next), None);
            if !rule.is("keep") {
                return;
            }
        }
        match self.part() {
            Part::Body => self.body.push(raw.clone()),
            Part::Head | Part::Tail if self.go_on(line) || self.take_slot(line, layout) => {}
            Part::Head => {
                self.part = Some(Part::Body);
                self.body.push(raw.clone());
            }
            Part::Tail => self.add("notice", &line.text, line.joined),
        }
    }

    /// Takes a line that goes on with the one before it.
    fn go_on(&mut self, line: &Line) -> bool {
        let Some(last) = self.last.as_ref().filter(|last| last.open || last.lines && line.joined) else {
            return false;
        };
        let field = last.field.clone();
        self.add(&field, line.words(), true);
        true
    }

    /// Takes a line that starts with a label. In the body, only labels of what follows it count.
    fn take_label(&mut self, line: &Line, layout: &Layout) -> bool {
        if line.joined && self.part() != Part::Head {
            return false;
        }
        let Some(found) = layout.label(line) else { return false };
        let rule = found.rule;
        if rule.field == "body" {
            if self.part() == Part::Tail {
                return false;
            }
            self.part = Some(Part::Body);
            if !found.value.is_empty() {
                let text = found.value.to_owned();
                self.body.push(Line { text, joined: false, ..line.clone() });
            }
            return true;
        }
        match self.part() {
            Part::Head if rule.is("tail") && !rule.is("head") => self.part = Some(Part::Tail),
            Part::Body if rule.is("tail") => self.part = Some(Part::Tail),
            Part::Body => return false,
            Part::Head | Part::Tail => {}
        }
        self.labelled |= !rule.is("quiet");
        self.last = None;
        if !found.value.is_empty() {
            self.fill(rule, found.value);
        }
        let open = found.alone || found.value.is_empty() && (rule.is("open") || self.part() == Part::Tail);
        self.last = Some(Last { field: rule.field.clone(), lines: true, open });
        true
    }

    /// Takes a line without a label that the first fitting rule of the head, or of what follows the body, says the field of.
    fn take_slot(&mut self, line: &Line, layout: &Layout) -> bool {
        let has = |field: &str| self.fields.iter().any(|(known, _)| known == field);
        let fits = |rule: &&Rule| {
            rule.is("tail") == (self.part() == Part::Tail)
                && (rule.is("again") || rule.field.is_empty() || !has(&rule.field))
                && !(rule.is("unlabelled") && self.labelled)
                && rule.fields("after").all(has)
                && !rule.fields("before").any(has)
                && rule.test.holds(line)
        };
        let Some(rule) = layout.slots.iter().find(fits) else { return false };
        if rule.field.is_empty() {
            if let Some(parts) = rule.test.parts(line) {
                for name in rule.test.names() {
                    self.add(name, parts.name(name).map_or("", |part| part.as_str()), false);
                }
            }
            self.last = None;
        } else if rule.field == "body" {
            self.body.push(line.clone());
            self.last = None;
        } else {
            self.fill(rule, line.words());
            self.last = Some(Last { field: rule.field.clone(), lines: rule.is("lines"), open: false });
        }
        if rule.is("body") {
            self.part = Some(Part::Body);
        }
        true
    }

    /// Adds the value that a rule found. `cut:SIGN` keeps what stands behind the first such sign in a field of its own.
    fn fill(&mut self, rule: &Rule, value: &str) {
        match rule.fields("cut").find_map(|sign| value.split_once(sign)) {
            Some((value, rest)) => {
                self.add(&rule.field, value, false);
                self.add(&format!("{}-rest", rule.field), rest, false);
            }
            None => self.add(&rule.field, value, false),
        }
    }

    /// Adds the value of a field, behind the one before it if the value goes on.
    fn add(&mut self, field: &str, value: &str, goes_on: bool) {
        let value = characters::squeeze(value);
        if value.is_empty() || field == "skip" {
            if field == "skip" {
                self.last = None;
            }
            return;
        }
        if let Some(reason) = reason(field) {
            let before = self.part() == Part::Head;
            match self.left_out.last_mut().filter(|(_, last, _)| goes_on && *last == reason) {
                Some((text, ..)) => {
                    text.push('\n');
                    text.push_str(&value);
                }
                None => self.left_out.push((value, reason, before)),
            }
            // A rule may ask whether the field was filled.
            self.fields.push((field.to_owned(), String::new()));
            return;
        }
        match self.fields.iter_mut().rev().find(|(known, _)| known == field) {
            Some((_, text)) if *text == value && !goes_on => {}
            Some((_, text)) if !text.is_empty() => {
                // An address is broken where the line ends.
                text.push_str(if field == "url" {
                    ""
                } else if goes_on {
                    " "
                } else {
                    "; "
                });
                text.push_str(&value);
            }
            _ => self.fields.push((field.to_owned(), value)),
        }
    }

    /// Puts the fields into the document.
    fn tell(&self, layout: &Layout, document: &mut Document, mend: &mut dyn FnMut(&str)) {
        let mut time = None;
        for (field, value) in self.fields.iter().filter(|(_, value)| !value.is_empty()) {
            match field.as_str() {
                "title" => document.title = Some(value.clone()),
                "outlet" => document.outlet = Some(value.clone()),
                "url" => document.url = Some(value.clone()),
                "date" => date(value, layout, document, mend),
                "time" => time = Some(value.as_str()),
                "language" => document.language = languages::code(value),
                "author" => {
                    document.authors = names::authors(value);
                    if document.authors.as_slice() != [value.as_str()] {
                        document.other.insert("byline".to_owned(), value.as_str().into());
                    }
                }
                other => {
                    document.other.insert(other.to_owned(), value.as_str().into());
                }
            }
        }
        if let (Some(time), Some(day)) = (time, document.published.as_mut().filter(|day| day.len() == 10)) {
            match dates::given(&format!("{day} {time}"), None) {
                Ok(given) => *day = given.date,
                Err(_) => {
                    document.other.insert("time".to_owned(), time.into());
                }
            }
        }
        if document.outlet.is_none() {
            document.outlet = document.url.as_deref().and_then(outlets::of_url).map(str::to_owned);
        }
    }

    /// Adds to the document what was left out of it.
    fn leave_out(self, document: &mut Document) {
        let end = u32::try_from(document.text.chars().count()).unwrap_or(u32::MAX);
        let dropped = |(text, reason, before): (String, DropReason, bool)| Dropped {
            text,
            reason,
            at: if before { 0 } else { end },
        };
        let (before, after): (Vec<_>, Vec<_>) =
            self.left_out.into_iter().map(dropped).partition(|it| it.at == 0);
        let between = std::mem::take(&mut document.dropped);
        document.dropped = before.into_iter().chain(between).chain(after).collect();
    }
}

/// Returns the reason under which the passages of a field are left out, or nothing if the field is metadata.
fn reason(field: &str) -> Option<DropReason> {
    match field {
        "copyright" => Some(DropReason::Copyright),
        "notice" => Some(DropReason::HouseNotice),
        "caption" => Some(DropReason::Caption),
        "contact" => Some(DropReason::Contact),
        _ => None,
    }
}

/// Takes the day, and the hour if there is one.
fn date(words: &str, layout: &Layout, document: &mut Document, mend: &mut dyn FnMut(&str)) {
    match dates::given(words, layout.usage.as_ref()) {
        Ok(given) => {
            document.published = Some(given.date);
            document.published_from = Some(PublishedFrom::Metadata);
        }
        Err(unread) => mend(&unread.note(words)),
    }
}
