//! What an assistant can ask.

use std::collections::BTreeSet;

use readout::record::{Document, Record};
use readout::store::Narrow;
use readout::text::{Offsets, paragraphs};
use readout::views::{Citation, Filter};
use readout::{Corpus, Page, Scope};
use serde_json::{Map, Value, json};

use crate::ask;
use crate::pages::{address, passage_of};
use crate::rows::Rows;

/// Rows of one answer, if nothing else is asked for, and at most.
const USUAL: usize = 20;
const MOST: usize = 100;

/// Rows of each part of a brief.
const BRIEF: usize = 8;

/// A tool: its name, title, what it is for, and its arguments: name, whether it is a number, what it is.
type Tool = (&'static str, &'static str, &'static str, &'static [(&'static str, bool, &'static str)]);

const STORY: (&str, bool, &str) =
    ("story", false, "Only reports of the story with this id, as search and brief give it");
const SINCE: (&str, bool, &str) = ("since", false, "Not before this day, as 2015-09-28");
const UNTIL: (&str, bool, &str) = ("until", false, "Before this day");
const OUTLET: (&str, bool, &str) = ("outlet", false, "Only reports of this outlet");
const LIMIT: (&str, bool, &str) = ("limit", true, "At most so many rows, 1 to 100");
const CURSOR: (&str, bool, &str) = ("cursor", false, "`next` of the answer before, for the rows after it");

const TOOLS: [Tool; 8] = [
    (
        "search",
        "Search the reports",
        "Reports that have all the words, best first, each with the paragraph that has most of them, and the stories they belong to.",
        &[
            ("words", false, "Words; \"…\" holds words together, * stands for any ending"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
        ],
    ),
    (
        "statements",
        "Who said what",
        "Statements with speaker, addressee, the chain through which they were reported, and the words.",
        &[
            ("speaker", false, "Who said it: an actor's id; within a story also a name"),
            ("to", false, "To whom"),
            ("text", false, "Only with all these words"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
        ],
    ),
    (
        "quote",
        "All wordings of a quote",
        "One utterance as each outlet gives it, with the words by which the wordings differ.",
        &[
            ("id", false, "The quote's or a statement's id"),
            ("words", false, "Words of it, if the id is not known"),
        ],
    ),
    (
        "happening",
        "One event in all reports",
        "An event, meeting or incident as each report tells it, and the fields on which reports differ.",
        &[
            ("id", false, "The happening's or an event's id"),
            ("words", false, "Words of it, if the id is not known"),
        ],
    ),
    (
        "positions",
        "Who is for what",
        "Stances of actors on issues, each with the passages that show it.",
        &[
            ("actor", false, "Whose: an actor's id; within a story also a name"),
            ("issue", false, "On what: words"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
        ],
    ),
    (
        "commitments",
        "Who is to do what by when",
        "What actors are to do, under which agreement, by which day, and whether that day is past.",
        &[
            ("actor", false, "Who is to act: an actor's id; within a story also a name"),
            ("as_of", false, "The day against which deadlines are overdue"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
        ],
    ),
    (
        "brief",
        "A story in brief",
        "What happened, who met, what was said, agreed and left open in one story, and where its reports differ. Without a story: the stories there are.",
        &[STORY],
    ),
    (
        "verify",
        "Check words against the stored text",
        "Whether a report has these very words, and where; or whether the passage of a record still is what the record says.",
        &[
            ("text", false, "The words as they should stand in the report"),
            ("document", false, "The report's id; without it all reports are looked through"),
            ("id", false, "A record's id, to check its passage"),
        ],
    ),
];

/// The tools as a client lists them.
pub(crate) fn list() -> Vec<Value> {
    let tools = TOOLS.iter().map(|(name, title, description, arguments)| {
        let properties: Map<String, Value> = arguments
            .iter()
            .map(|(name, number, description)| {
                let kind = if *number { "integer" } else { "string" };
                ((*name).to_owned(), json!({ "type": kind, "description": description }))
            })
            .collect();
        json!({
            "name": name,
            "title": title,
            "description": description,
            "inputSchema": { "type": "object", "properties": properties, "additionalProperties": false },
            "outputSchema": output(),
            "annotations": { "readOnlyHint": true, "openWorldHint": false },
        })
    });
    tools.collect()
}

/// What every answer has.
fn output() -> Value {
    let row = json!({
        "type": "object",
        "required": ["document", "span", "text", "link"],
        "properties": {
            "document": { "type": "string" },
            "span": { "type": "array", "items": { "type": "array", "items": { "type": "integer" } } },
            "text": { "type": "string" },
            "link": { "type": "string" }
        }
    });
    json!({ "type": "object", "required": ["rows"], "properties": {
        "rows": { "type": "array", "items": row }, "next": { "type": ["string", "null"] } } })
}

/// What was made of a call, or why nothing could be.
type Made = std::result::Result<Value, String>;

pub(crate) struct Tools<'t> {
    pub(crate) corpus: &'t Corpus,
    /// What links start with.
    pub(crate) base: &'t str,
}

impl Tools<'_> {
    /// Calls a tool; `None` if there is none of that name.
    pub(crate) fn call(&self, name: &str, arguments: &Value) -> Option<Made> {
        let (_, _, _, known) = TOOLS.iter().find(|(tool, ..)| *tool == name)?;
        let arguments = match Arguments::read(arguments, known) {
            Ok(arguments) => arguments,
            Err(message) => return Some(Err(message)),
        };
        let made = match name {
            "search" => self.search(&arguments),
            "statements" => self.view("statements", &arguments),
            "positions" => self.view("positions", &arguments),
            "commitments" => self.view("commitments", &arguments),
            "quote" => self.linked("quotes", &arguments),
            "happening" => self.linked("events", &arguments),
            "brief" => self.brief(&arguments),
            _ => self.verify(&arguments),
        };
        Some(made)
    }

    fn search(&self, arguments: &Arguments<'_>) -> Made {
        let words = arguments.text("words").ok_or("search needs words")?;
        let filter = Filter {
            since: arguments.owned("since"),
            until: arguments.owned("until"),
            outlet: arguments.owned("outlet").into_iter().collect(),
            story: arguments.owned("story"),
            ..Filter::default()
        };
        let (found, facets) = match self.corpus.search(words, &filter, &arguments.page()) {
            Ok(readout::Search { found, facets }) => (found, facets),
            Err(error) => return Err(told(error)),
        };
        let mut rows = Vec::new();
        for found in &found.rows {
            let Some(document) = self.corpus.store().document(&found.hit.doc).map_err(told)? else {
                continue;
            };
            let mut row = self.row(json!(best_paragraph(&document, words)));
            row["title"] = json!(document.title);
            rows.push(row);
        }
        let stories: Vec<Value> = facets
            .stories
            .iter()
            .map(|it| json!({ "story": it.value, "title": it.name, "documents": it.documents }))
            .collect();
        Ok(json!({ "rows": rows, "next": found.next, "documents": facets.documents, "stories": stories }))
    }

    fn view(&self, name: &str, arguments: &Arguments<'_>) -> Made {
        let one = |name: &str| arguments.owned(name);
        let filter = Filter {
            actor: one("actor").or_else(|| one("speaker")).into_iter().collect(),
            to: one("to").into_iter().collect(),
            since: one("since"),
            until: one("until"),
            story: one("story"),
            outlet: one("outlet").into_iter().collect(),
            issue: one("issue"),
            text: one("text"),
            as_of: one("as_of"),
            ..Filter::default()
        };
        let found = ask::rows(self.corpus, name, &filter, &arguments.page()).map_err(told)?;
        let found = found.ok_or("no story has that id: brief without a story lists them")?;
        let rows: Vec<Value> = found.rows.into_iter().map(|row| self.row(row)).collect();
        Ok(json!({ "rows": rows, "next": found.next }))
    }

    /// One quote or happening by its id or that of a member, or those with some words.
    fn linked(&self, name: &str, arguments: &Arguments<'_>) -> Made {
        let key = if name == "quotes" { "quote" } else { "happening" };
        let (contents, filter, id) = match (arguments.text("id"), arguments.text("words")) {
            (Some(id), _) => {
                let record = ask::find(self.corpus, id).map_err(told)?.ok_or("nothing has that id")?;
                let scope = match record.evidence() {
                    Some(evidence) => Scope::Documents(vec![evidence.doc.clone()]),
                    None => Scope::Link(record.id().to_owned()),
                };
                let mut ids = self.corpus.store().ids_of(&scope).map_err(told)?;
                let mut wanted = record.id().to_owned();
                if record.evidence().is_some() {
                    let contents = self.corpus.slice(&scope).map_err(told)?;
                    let linked = crate::pages::record_in(&contents, &wanted).and_then(|it| link_of(&it));
                    if let Some(linked) = linked {
                        ids = self.corpus.store().ids_of(&Scope::Link(linked.clone())).map_err(told)?;
                        wanted = linked;
                    }
                }
                ids.truncate(60);
                (self.corpus.slice(&Scope::Documents(ids)).map_err(told)?, Filter::default(), Some(wanted))
            }
            (None, Some(words)) => {
                let page = Page::first(12);
                let (found, _) =
                    self.corpus.store().search(words, &Narrow::default(), &page).map_err(told)?;
                let ids = found.rows.into_iter().map(|it| it.doc).collect();
                let words = words.replace(['"', '*', '“', '”'], " ");
                let filter = Filter { text: Some(words), ..Filter::default() };
                (self.corpus.slice(&Scope::Documents(ids)).map_err(told)?, filter, None)
            }
            _ => return Err(format!("{key} needs an id or words")),
        };
        let rows = Rows::of(name, &contents, &filter).map(|rows| ask::linked(&rows)).unwrap_or_default();
        let is = |row: &Value, id: &str| row["id"] == id || row[key] == id;
        let rows: Vec<Value> = rows
            .into_iter()
            .filter(|row| id.as_deref().is_none_or(|id| is(row, id)))
            .take(MOST)
            .map(|mut row| {
                if let Some(Value::String(happening)) = row.get("happening") {
                    let filter = Filter::default();
                    let all = readout::views::differences(&contents, &filter);
                    let of: Vec<_> = all.into_iter().filter(|it| it.id == *happening).collect();
                    row["disagreements"] = json!(of);
                    ask::link(&mut row["disagreements"]);
                }
                self.row(row)
            })
            .collect();
        if rows.is_empty() {
            return Err("nothing like it is in the record".to_owned());
        }
        Ok(json!({ "rows": rows, "next": null }))
    }

    fn brief(&self, arguments: &Arguments<'_>) -> Made {
        let Some(story) = arguments.text("story") else {
            let found = ask::stories(self.corpus, &Filter::default(), &Page::first(USUAL)).map_err(told)?;
            let mut rows = Vec::new();
            for story in found.rows {
                // A story's passage is the headline's line of its first report.
                let first = story["documents"][0].as_str().unwrap_or_default();
                let Some(document) = self.corpus.store().document(first).map_err(told)? else { continue };
                let mut row = self.row(json!(best_paragraph(&document, "")));
                row["story"] = story["id"].clone();
                row["title"] = story["title"].clone();
                row["from"] = story["from"].clone();
                row["to"] = story["to"].clone();
                row["reports"] = json!(story["documents"].as_array().map_or(0, Vec::len));
                rows.push(row);
            }
            return Ok(json!({ "rows": rows, "next": found.next }));
        };
        let contents = ask::story_contents(self.corpus, story).map_err(told)?;
        let contents = contents.ok_or("no story has that id: brief without a story lists them")?;
        let mut rows = Vec::new();
        let mut totals = Map::new();
        for name in ["timeline", "meetings", "quotes", "agreements", "commitments", "conditions", "positions"]
        {
            let Some(found) = Rows::of(name, &contents, &Filter::default()) else { continue };
            totals.insert(name.to_owned(), json!(found.len()));
            for row in ask::linked(&found.part(0, BRIEF)) {
                let mut row = self.row(row);
                row["part"] = json!(name);
                rows.push(row);
            }
        }
        let differences = readout::views::differences(&contents, &Filter::default());
        for difference in differences.into_iter().take(BRIEF) {
            let Some(first) = difference.values.first().and_then(|it| it.citations.first()) else { continue };
            let mut row = json!(first);
            let mut told = json!(difference);
            ask::link(&mut told);
            row["part"] = json!("differences");
            row["difference"] = told;
            rows.push(self.row(row));
        }
        Ok(json!({ "rows": rows, "next": null, "totals": totals }))
    }

    fn verify(&self, arguments: &Arguments<'_>) -> Made {
        if let Some(id) = arguments.text("id") {
            let record = ask::find(self.corpus, id).map_err(told)?.ok_or("nothing has that id")?;
            let evidence = record.evidence().ok_or("that is no record of one report: verify its passages")?;
            let document =
                self.corpus.store().document(&evidence.doc).map_err(told)?.ok_or("its report is gone")?;
            let offsets = Offsets::new(&document.text);
            let slices: Option<Vec<&str>> = evidence
                .spans
                .iter()
                .map(|span| offsets.to_bytes(*span).map(|it| it.slice(&document.text)))
                .collect();
            let hash = readout::record::ids::sha256(document.text.as_bytes());
            let holds =
                slices.is_some_and(|it| it.join(" … ") == evidence.text) && hash == document.text_sha256;
            let row = self.row(json!(Citation {
                id: evidence.id.clone(),
                doc: evidence.doc.clone(),
                spans: evidence.spans.clone(),
                text: evidence.text.clone(),
                ..Citation::default()
            }));
            return Ok(json!({ "rows": [row], "next": null, "verified": holds }));
        }
        let text = arguments.text("text").ok_or("verify needs text or an id")?;
        let ids: Vec<String> = match arguments.text("document") {
            Some(id) => vec![id.to_owned()],
            None => {
                let phrase = format!("\"{}\"", text.replace(['"', '“', '”'], " "));
                let page = Page::first(USUAL);
                let (found, _) =
                    self.corpus.store().search(&phrase, &Narrow::default(), &page).map_err(told)?;
                found.rows.into_iter().map(|it| it.doc).collect()
            }
        };
        let mut rows = Vec::new();
        for id in &ids {
            let Some(Record::Document(document)) = ask::find(self.corpus, id).map_err(told)? else {
                return Err(format!("no report has the id {id}"));
            };
            if let Some((citation, exact)) = locate(&document, text) {
                let mut row = self.row(json!(citation));
                row["exact"] = json!(exact);
                rows.push(row);
            }
        }
        let holds = !rows.is_empty();
        Ok(json!({ "rows": rows, "next": null, "verified": holds }))
    }

    /// A row as assistants get it: with document, span, text and a whole link.
    fn row(&self, mut row: Value) -> Value {
        self.absolute(&mut row);
        let Some(fields) = row.as_object_mut() else { return row };
        let doc = fields.remove("doc").unwrap_or_default();
        let spans = fields.remove("spans").unwrap_or_else(|| json!([]));
        if !fields.contains_key("link") {
            let text = |name: &Value| name.as_str().unwrap_or_default().to_owned();
            let citation = Citation {
                id: fields.get("id").map(text).unwrap_or_default(),
                doc: text(&doc),
                spans: serde_json::from_value(spans.clone()).unwrap_or_default(),
                ..Citation::default()
            };
            let link = if citation.doc.is_empty() { address(&citation.id) } else { passage_of(&citation) };
            fields.insert("link".to_owned(), json!(format!("{}{link}", self.base)));
        }
        fields.insert("document".to_owned(), doc);
        fields.insert("span".to_owned(), spans);
        row
    }

    /// Links that lead on from any page become whole.
    fn absolute(&self, value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(|it| self.absolute(it)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    match value {
                        Value::String(link) if name == "link" => *link = format!("{}{link}", self.base),
                        _ => self.absolute(value),
                    }
                }
            }
            _ => {}
        }
    }
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The quote or happening of a record.
fn link_of(record: &Record) -> Option<String> {
    match record {
        Record::Statement(it) => it.quote.clone(),
        Record::Event(it) => it.happening.clone(),
        Record::Meeting(it) => it.happening.clone(),
        Record::Incident(it) => it.happening.clone(),
        _ => None,
    }
}

/// The paragraph that has most of the words, the first of several.
fn best_paragraph(document: &Document, words: &str) -> Citation {
    let fold = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let wanted: BTreeSet<String> = fold(words).into_iter().collect();
    let all = paragraphs(&document.text);
    let mut best = (0, 0);
    for (at, span) in all.iter().enumerate() {
        let here: BTreeSet<String> = fold(span.slice(&document.text)).into_iter().collect();
        let count = wanted.iter().filter(|word| here.iter().any(|it| it.starts_with(word.as_str()))).count();
        if count > best.0 {
            best = (count, at);
        }
    }
    let span = all.get(best.1).copied().unwrap_or_default();
    Citation {
        id: document.id.clone(),
        doc: document.id.clone(),
        spans: vec![Offsets::new(&document.text).to_chars(span)],
        text: span.slice(&document.text).to_owned(),
        paragraph: best.1 + 1,
        outlet: document.outlet.clone(),
        published: document.published.clone(),
    }
}

/// Where the report has `text`: as it is, or but for white space, the form of quotation marks, and capitals.
fn locate(document: &Document, text: &str) -> Option<(Citation, bool)> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (span, exact) = match document.text.find(text) {
        Some(at) => (readout::text::ByteSpan::new(at as u32, (at + text.len()) as u32), true),
        None => (loosely(&document.text, text)?, false),
    };
    let citation = Citation {
        id: document.id.clone(),
        doc: document.id.clone(),
        spans: vec![Offsets::new(&document.text).to_chars(span)],
        text: span.slice(&document.text).to_owned(),
        paragraph: 1 + paragraphs(&document.text).iter().filter(|it| it.end <= span.start).count(),
        outlet: document.outlet.clone(),
        published: document.published.clone(),
    };
    Some((citation, exact))
}

/// The first place where `text` has the letters and digits of `wanted`, whatever stands between them.
fn loosely(text: &str, wanted: &str) -> Option<readout::text::ByteSpan> {
    let fold = |text: &str| -> (String, Vec<(usize, usize)>) {
        let mut folded = String::new();
        let mut places = Vec::new();
        for (at, letter) in text.char_indices().filter(|(_, it)| it.is_alphanumeric()) {
            for lower in letter.to_lowercase() {
                folded.push(lower);
                places.resize(folded.len(), (at, at + letter.len_utf8()));
            }
        }
        (folded, places)
    };
    let ((text, places), (wanted, _)) = (fold(text), fold(wanted));
    if wanted.is_empty() {
        return None;
    }
    let at = text.find(&wanted)?;
    let (start, end) = (places.get(at)?.0, places.get(at + wanted.len() - 1)?.1);
    Some(readout::text::ByteSpan::new(start as u32, end as u32))
}

/// The arguments of a call, each known and of its kind.
struct Arguments<'a>(&'a Map<String, Value>);

impl<'a> Arguments<'a> {
    fn read(arguments: &'a Value, known: &[(&str, bool, &str)]) -> std::result::Result<Self, String> {
        let Value::Object(fields) = arguments else { return Err("arguments are an object".to_owned()) };
        for (name, value) in fields {
            let Some((_, number, _)) = known.iter().find(|(it, _, _)| it == name) else {
                let names: Vec<&str> = known.iter().map(|(name, _, _)| *name).collect();
                return Err(format!("{name} is no argument of this tool; it takes {}", names.join(", ")));
            };
            let fits = if *number { value.is_u64() } else { value.is_string() };
            if !fits {
                return Err(format!(
                    "{name} is to be {}",
                    if *number { "a whole number" } else { "a string" }
                ));
            }
        }
        Ok(Self(fields))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty())
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn page(&self) -> Page {
        let limit = self.0.get("limit").and_then(Value::as_u64).map_or(USUAL, |it| it as usize);
        Page { after: self.owned("cursor"), limit: limit.clamp(1, MOST) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_are_or_nearly() {
        let document = Document {
            text: "Über all.\n\n“We will\ntalk,” she said.".to_owned(),
            ..Document::default()
        };
        let (found, exact) = locate(&document, "she said").unwrap();
        assert_eq!((found.text.as_str(), found.paragraph, exact), ("she said", 3, true));
        let (found, exact) = locate(&document, "\"we will talk\"").unwrap();
        assert_eq!((found.text.as_str(), exact), ("We will\ntalk", false));
        assert!(locate(&document, "we shall talk").is_none() && locate(&document, "…").is_none());
    }

    #[test]
    fn arguments_are_checked() {
        let tools = list();
        assert_eq!(tools.len(), 8);
        let known = TOOLS[0].3;
        assert!(Arguments::read(&json!({ "words": "a", "limit": 3 }), known).is_ok());
        for wrong in [
            json!([]),
            json!({ "word": "a" }),
            json!({ "words": 3 }),
            json!({ "limit": "3" }),
            json!({ "limit": -1 }),
        ] {
            assert!(Arguments::read(&wrong, known).is_err(), "{wrong}");
        }
    }
}
