//! What an assistant can ask.

use readout::asking::{self, Asking, Rowing};
use readout::record::Record;
use readout::store::{MOST_TERMS, Narrow};
use readout::text::Offsets;
use readout::views::{Citation, Filter, ListKind, Rows};
use readout::{Corpus, Page, Scope};
use serde_json::{Map, Value, json};

use super::checking::{best_paragraph, locate};
use super::told::{Answer, CHARACTERS, Told};
use crate::ask;
use crate::pages::{address, passage_of};
use crate::query::path_part;

/// Rows of one answer, if nothing else is asked for, and at most.
const USUAL: usize = 20;
const ROWING: Rowing = Rowing { usual: USUAL, most: 100 };

/// Reports in which the words of a quote or happening are looked for, the best first.
const REPORTS: usize = 12;

/// Rows of each part of a brief.
const BRIEF: usize = 8;

/// A tool: its name, title, what it is for, and its arguments: name, whether it is a number, what it is.
type Tool = (&'static str, &'static str, &'static str, &'static [(&'static str, bool, &'static str)]);

const STORY: (&str, bool, &str) = (
    "story",
    false,
    "Only reports of the story with this id, as search and brief give it; none for those of no story",
);
const SINCE: (&str, bool, &str) = ("since", false, "Not before this day, as 2015-09-28");
const UNTIL: (&str, bool, &str) = ("until", false, "Before this day");
const OUTLET: (&str, bool, &str) = ("outlet", false, "Only reports of this outlet");
const LIMIT: (&str, bool, &str) = ("limit", true, "At most so many rows, 1 to 100");
const CURSOR: (&str, bool, &str) = ("cursor", false, "`next` of the answer before, for the rows after it");
const CHARACTERS_OF: (&str, bool, &str) =
    ("characters", true, "At most so many characters, 2000 to 200000; 25000 if nothing is said");

const TOOLS: [Tool; 9] = [
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
            CHARACTERS_OF,
        ],
    ),
    (
        "statements",
        "Who said what",
        "Statements with speaker, addressee, the chain through which they were reported, and the words.",
        &[
            ("speaker", false, "Who said it: an actor's id, a name, or words of a name"),
            ("to", false, "To whom"),
            ("text", false, "Only with all these words"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "quote",
        "All wordings of a quote",
        "One utterance as each outlet gives it, with the words by which the wordings differ.",
        &[
            ("id", false, "The quote's or a statement's id"),
            ("words", false, "Words of it, if the id is not known"),
            CHARACTERS_OF,
        ],
    ),
    (
        "happening",
        "One event in all reports",
        "An event, meeting or incident as each report tells it, and the fields on which reports differ.",
        &[
            ("id", false, "The happening's or an event's id"),
            ("words", false, "Words of it, if the id is not known"),
            CHARACTERS_OF,
        ],
    ),
    (
        "positions",
        "Who is for what",
        "Stances of actors on issues, each with the passages that show it.",
        &[
            ("actor", false, "Whose: an actor's id, a name, or words of a name"),
            ("issue", false, "On what: words"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "commitments",
        "Who is to do what by when",
        "What actors are to do, under which agreement, by which day, and whether that day is past.",
        &[
            ("actor", false, "Who is to act: an actor's id, a name, or words of a name"),
            ("as_of", false, "The day against which deadlines are overdue"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "list",
        "Any list of the record",
        "The rows of one list, with how many there are: timeline, meetings, quotes, statements, agreements, commitments, conditions, issues, positions, events, differences, compare, actors, stories, sources.",
        &[
            ("list", false, "Which list"),
            ("actor", false, "Who acts or speaks: an actor's id, a name, or words of a name"),
            ("to", false, "To whom, or with whom"),
            ("kind", false, "Only rows of a kind, as the list has it: deny, call, threat, against, person"),
            ("issue", false, "Only what bears on this issue: words"),
            ("text", false, "Only with all these words"),
            ("as_of", false, "The day against which deadlines are overdue"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "brief",
        "A story in brief",
        "What happened, who met, what was said, agreed and left open in one story, and where its reports differ. Without a story: the stories there are.",
        &[STORY, CHARACTERS_OF],
    ),
    (
        "verify",
        "Check words against the stored text",
        "Whether a report has these very words, and where; or whether the passage of a record still is what the record says.",
        &[
            ("text", false, "The words as they should stand in the report"),
            ("document", false, "The report's id; without it all reports are looked through"),
            ("id", false, "A record's id, to check its passage"),
            CHARACTERS_OF,
        ],
    ),
];

/// Returns the tools as a client lists them.
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

/// Returns the schema of every answer.
fn output() -> Value {
    let row = json!({
        "type": "object",
        "description": "What is empty is left out; of a long list the first are given, and NAME_more tells how many more there are",
        "required": ["link"],
        "properties": {
            "document": { "type": "string" },
            "span": { "type": "array", "items": { "type": "array", "items": { "type": "integer" } } },
            "text": { "type": "string" },
            "link": { "type": "string" }
        }
    });
    json!({ "type": "object", "required": ["rows", "total"], "properties": {
        "rows": { "type": "array", "items": row },
        "total": { "type": "integer", "description": "Rows of the whole list" },
        "next": { "type": "string", "description": "The cursor of the rows after these" },
        "left_out": { "type": "integer", "description": "Rows for which there was no room" } } })
}

/// The result of a call, or the reason why there is none.
type Made<T> = std::result::Result<T, String>;

pub(crate) struct Tools<'t> {
    pub(crate) corpus: Corpus,
    /// The start of all links.
    pub(crate) base: &'t str,
}

impl Tools<'_> {
    /// Calls a tool; `None` if there is none of that name.
    pub(crate) fn call(&self, name: &str, arguments: &Value) -> Option<Made<Answer>> {
        let (_, _, _, known) = TOOLS.iter().find(|(tool, ..)| *tool == name)?;
        Some(self.answer(name, arguments, known))
    }

    fn answer(&self, name: &str, arguments: &Value, known: &[(&str, bool, &str)]) -> Made<Answer> {
        let arguments = Arguments::read(arguments, known)?;
        let characters = arguments.characters()?;
        let told = match name {
            "search" => self.search(&arguments),
            "statements" => self.view(ListKind::Statements, &arguments),
            "positions" => self.view(ListKind::Positions, &arguments),
            "commitments" => self.view(ListKind::Commitments, &arguments),
            "list" => {
                let names = || ListKind::ALL.map(ListKind::name).join(", ");
                let named =
                    arguments.text("list").ok_or_else(|| format!("list is to be one of {}", names()))?;
                let kind = ListKind::named(named);
                let kind =
                    kind.ok_or_else(|| wrong(&format!("list is to be one of {}, not {named}", names())))?;
                self.view(kind, &arguments)
            }
            "quote" => self.linked(ListKind::Quotes, &arguments),
            "happening" => self.linked(ListKind::Events, &arguments),
            "brief" => self.brief(&arguments),
            _ => self.verify(&arguments),
        };
        Ok(told?.within(characters))
    }

    fn search(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let names = asking::SEARCH.iter().copied().chain(["q"]).chain(asking::PAGING);
        let Asking { filter, words, page } = arguments.asking(&names.collect::<Vec<_>>())?;
        if words.is_empty() {
            return Err(wrong("search needs words"));
        }
        let found = self.corpus.search(&words, &filter, &page).map_err(told)?;
        let readout::Search { found, facets } = found.map_err(told)?;
        let mut rows = Vec::new();
        for found in &found.rows {
            let Some(document) = self.corpus.store().document(&found.hit.doc).map_err(told)? else {
                continue;
            };
            let mut row = self.row(json!(best_paragraph(&document, &words)));
            row["title"] = json!(document.title);
            rows.push(row);
        }
        let stories: Vec<Value> = (facets.stories.iter().take(BRIEF))
            .map(|it| json!({ "story": it.value, "title": it.name, "documents": it.documents }))
            .collect();
        let mut also = Map::new();
        also.insert("documents".to_owned(), json!(facets.documents));
        also.insert("stories".to_owned(), json!(stories));
        also.insert("stories_total".to_owned(), json!(facets.stories.len()));
        Ok(Told { rows, from: Some(page.from()), total: found.total, also })
    }

    fn view(&self, kind: ListKind, arguments: &Arguments<'_>) -> Made<Told> {
        let takes: Vec<&str> = asking::takes(kind).iter().copied().chain(asking::PAGING).collect();
        let Asking { filter, page, .. } = arguments.asking(&takes)?;
        let found = ask::rows(&self.corpus, kind, &filter, &page).map_err(told)?;
        let rows = found.rows.into_iter().map(|row| self.row(row)).collect();
        Ok(Told { rows, from: Some(page.from()), total: found.total, ..Told::default() })
    }

    /// Finds one quote or happening by its id or that of a member, or those with some words.
    fn linked(&self, kind: ListKind, arguments: &Arguments<'_>) -> Made<Told> {
        let key = if kind == ListKind::Quotes { "quote" } else { "happening" };
        let slice = |scope: &Scope| self.corpus.slice(scope).map_err(told);
        let (contents, filter, id) = match (arguments.text("id"), arguments.text("words")) {
            (Some(id), _) => {
                let record = ask::find(&self.corpus, id).map_err(told)?;
                let record = record.ok_or_else(|| wrong(&format!("nothing has the id {id}")))?;
                let wanted = record.id().to_owned();
                match record.evidence() {
                    None => (slice(&Scope::Link(wanted.clone()))?, Filter::default(), Some(wanted)),
                    Some(evidence) => {
                        let contents = slice(&Scope::Documents(vec![evidence.doc.clone()]))?;
                        match crate::pages::record_in(&contents, &wanted).and_then(|it| link_of(&it)) {
                            Some(link) => (slice(&Scope::Link(link.clone()))?, Filter::default(), Some(link)),
                            None => (contents, Filter::default(), Some(wanted)),
                        }
                    }
                }
            }
            (None, Some(words)) => {
                let page = Page::first(REPORTS);
                let (found, _) =
                    self.corpus.store().search(words, &Narrow::default(), &page).map_err(told)?;
                let ids = found.rows.into_iter().map(|it| it.doc).collect();
                let words = words.replace(['"', '*', '“', '”'], " ");
                let filter = Filter { text: Some(words), ..Filter::default() };
                (slice(&Scope::Documents(ids))?, filter, None)
            }
            _ => return Err(wrong(&format!("{key} needs an id or words"))),
        };
        let all = readout::views::differences(&contents, &Filter::default());
        let is = |row: &Value, id: &str| row["id"] == id || row[key] == id;
        let rows: Vec<Value> = ask::linked(&Rows::list(kind, &contents, &filter))
            .into_iter()
            .filter(|row| id.as_deref().is_none_or(|id| is(row, id)))
            .map(|mut row| {
                if let Some(Value::String(happening)) = row.get("happening") {
                    let of: Vec<_> = all.iter().filter(|it| it.id == *happening).collect();
                    row["disagreements"] = json!(of);
                    ask::link(&mut row["disagreements"]);
                }
                self.row(row)
            })
            .collect();
        if rows.is_empty() {
            return Err("nothing like it is in the record".to_owned());
        }
        Ok(Told { total: rows.len(), rows, ..Told::default() })
    }

    fn brief(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let Some(story) = arguments.text("story") else {
            let found = ask::rows(&self.corpus, ListKind::Stories, &Filter::default(), &Page::first(USUAL));
            let found = found.map_err(told)?;
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
            return Ok(Told { rows, total: found.total, ..Told::default() });
        };
        let filter = Filter { story: Some(story.to_owned()), ..Filter::default() };
        let (contents, filter) = self.corpus.reports(&filter).map_err(told)?.map_err(told)?;
        let mut rows = Vec::new();
        let mut totals = Map::new();
        for kind in [
            ListKind::Timeline,
            ListKind::Meetings,
            ListKind::Quotes,
            ListKind::Agreements,
            ListKind::Commitments,
            ListKind::Conditions,
            ListKind::Positions,
        ] {
            let found = Rows::list(kind, &contents, &filter);
            totals.insert(kind.name().to_owned(), json!(found.len()));
            for row in ask::linked(&found.part(0, BRIEF)) {
                let mut row = self.row(row);
                row["part"] = json!(kind.name());
                rows.push(row);
            }
        }
        let differences = readout::views::differences(&contents, &filter);
        totals.insert("differences".to_owned(), json!(differences.len()));
        for difference in differences.into_iter().take(BRIEF) {
            let Some(first) = difference.values.first().and_then(|it| it.citations.first()) else { continue };
            let mut row = json!(first);
            let mut told = json!(difference);
            ask::link(&mut told);
            row["part"] = json!("differences");
            row["difference"] = told;
            rows.push(self.row(row));
        }
        let also = [("totals".to_owned(), Value::Object(totals))].into_iter().collect();
        Ok(Told { total: rows.len(), rows, also, ..Told::default() })
    }

    fn verify(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let answer = |rows: Vec<Value>, holds: bool| {
            let also = [("verified".to_owned(), json!(holds))].into_iter().collect();
            Ok(Told { total: rows.len(), rows, also, ..Told::default() })
        };
        if let Some(id) = arguments.text("id") {
            let record = ask::find(&self.corpus, id).map_err(told)?.ok_or("nothing has that id")?;
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
            let citations = ask::passages(&self.corpus, std::slice::from_ref(&evidence.id)).map_err(told)?;
            return answer(citations.into_iter().map(|it| self.row(json!(it))).collect(), holds);
        }
        let text = arguments.text("text").ok_or("verify needs text or an id")?;
        let ids: Vec<String> = match arguments.text("document") {
            Some(id) => vec![id.to_owned()],
            None => {
                let phrase = format!("\"{}\"", first_words(&text.replace(['"', '“', '”'], " ")));
                let page = Page::first(USUAL);
                let (found, _) =
                    self.corpus.store().search(&phrase, &Narrow::default(), &page).map_err(told)?;
                found.rows.into_iter().map(|it| it.doc).collect()
            }
        };
        let mut rows = Vec::new();
        for id in &ids {
            let Some(Record::Document(document)) = ask::find(&self.corpus, id).map_err(told)? else {
                return Err(format!("no report has the id {id}"));
            };
            if let Some((citation, exact)) = locate(&document, text) {
                let mut row = self.row(json!(citation));
                row["exact"] = json!(exact);
                rows.push(row);
            }
        }
        let holds = !rows.is_empty();
        answer(rows, holds)
    }

    /// Returns a row as assistants get it: with document, span, text and a whole link.
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
            let link = match fields.get("issue").and_then(Value::as_str) {
                Some(issue) if citation.id.is_empty() => format!("/lists/issues?issue={}", path_part(issue)),
                _ if citation.doc.is_empty() => address(&citation.id),
                _ => passage_of(&citation),
            };
            fields.insert("link".to_owned(), json!(format!("{}{link}", self.base)));
        }
        if !doc.is_null() {
            fields.insert("document".to_owned(), doc);
            fields.insert("span".to_owned(), spans);
        }
        row
    }

    /// Puts the start of links before every link in `value`, so that it leads on from any page.
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

/// Returns the message to a call that cannot be answered as it is.
fn wrong(message: &str) -> String {
    format!("invalid params: {message}")
}

/// Returns as many words of `text` as a search takes. The report that has all of them is looked through for the rest.
fn first_words(text: &str) -> String {
    let mut many = 0;
    let few = text.split_whitespace().take_while(|word| {
        many += word.split(|it: char| !it.is_alphanumeric()).filter(|part| !part.is_empty()).count();
        many <= MOST_TERMS
    });
    few.collect::<Vec<_>>().join(" ")
}

/// Returns the quote or happening of a record.
fn link_of(record: &Record) -> Option<String> {
    match record {
        Record::Statement(it) => it.quote.clone(),
        Record::Event(it) => it.happening.clone(),
        Record::Meeting(it) => it.happening.clone(),
        Record::Incident(it) => it.happening.clone(),
        _ => None,
    }
}

/// The arguments of a call, each known and of its kind.
struct Arguments<'a>(&'a Map<String, Value>);

impl<'a> Arguments<'a> {
    fn read(arguments: &'a Value, known: &[(&str, bool, &str)]) -> Made<Self> {
        let Value::Object(fields) = arguments else { return Err(wrong("arguments are an object")) };
        for (name, value) in fields {
            let Some((_, number, _)) = known.iter().find(|(it, _, _)| it == name) else {
                let names: Vec<&str> = known.iter().map(|(name, _, _)| *name).collect();
                return Err(wrong(&format!(
                    "{name} is no argument of this tool; it takes {}",
                    names.join(", ")
                )));
            };
            let fits = if *number { value.is_i64() || value.is_u64() } else { value.is_string() };
            if !fits {
                let kind = if *number { "a whole number" } else { "a string" };
                return Err(wrong(&format!("{name} is to be {kind}, not {value}")));
            }
        }
        Ok(Self(fields))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty())
    }

    /// Returns the filter, words and page that a call asks for, checked as the query of an address is.
    fn asking(&self, takes: &[&str]) -> Made<Asking> {
        let pairs: Vec<(&str, String)> = (self.0.iter())
            .filter(|(name, _)| !["list", "characters"].contains(&name.as_str()))
            .map(|(name, value)| {
                let name = match name.as_str() {
                    "speaker" => "actor",
                    "words" => "q",
                    name => name,
                };
                (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        asking::asking(pairs, takes, ROWING).map_err(|error| wrong(&error.to_string()))
    }

    /// Returns the most characters that the answer may have.
    fn characters(&self) -> Made<usize> {
        let (usual, least, most) = CHARACTERS;
        let Some(asked) = self.0.get("characters") else { return Ok(usual) };
        let number = asked.as_u64().and_then(|it| usize::try_from(it).ok());
        number.filter(|it| (least..=most).contains(it)).ok_or_else(|| {
            wrong(&format!("characters is to be a whole number from {least} to {most}, not {asked}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_checked() {
        let tools = list();
        assert_eq!(tools.len(), 9);
        let known = TOOLS[0].3;
        assert!(Arguments::read(&json!({ "words": "a", "limit": 3 }), known).is_ok());
        for wrong in [
            json!([]),
            json!({ "word": "a" }),
            json!({ "words": 3 }),
            json!({ "limit": "3" }),
            json!({ "limit": -1 }),
        ] {
            let takes = ["q", "limit"];
            let read = Arguments::read(&wrong, known).and_then(|it| it.asking(&takes));
            assert!(read.is_err_and(|told| told.starts_with("invalid params: ")), "{wrong}");
        }
    }
}
