//! Calls of the tools, answered from the record.

use readout::asking::{self, Asking};
use readout::record::{Record, RecordId};
use readout::views::{BriefLength, Citation, Filter, ListKind, Rows, best_paragraph};
use readout::{Checked, Corpus, Page, Scope, Since};
use serde_json::{Map, Value, json};

use super::answer::{Answer, Told};
use super::arguments::{Arguments, Made, USUAL, told, wrong};
use super::catalog::TOOLS;
use crate::address::{address, passage_of};
use crate::json::{link, linked, rows, sorted_rows};
use crate::query::path_part;
use crate::view::record_in;

/// Reports in which the words of a quote or happening are looked for, the best first.
const REPORTS: usize = 12;

/// The first line of an answer on words that stand in a report.
const HOLDS: &str = "verified: the stored text has these words";

/// Rows of each part of a brief.
const BRIEF: usize = 8;

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
            "check" => self.check(&arguments),
            "read" => self.read(&arguments),
            "who_said_first" => self.who_said_first(&arguments),
            "differences" => self.view(ListKind::Differences, &arguments),
            "actors" => self.actors(&arguments),
            "new" => self.newly(&arguments),
            "overview" => self.overview(&arguments),
            "readouts" => self.readouts(&arguments),
            _ => self.verify(&arguments),
        };
        Ok(told?.within(characters))
    }

    fn search(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let names = asking::SEARCH.iter().copied().chain(["q"]).chain(asking::PAGING);
        let Asking { filter, words, page, .. } = arguments.asking(&names.collect::<Vec<_>>())?;
        if words.is_empty() {
            return Err(wrong("search needs words"));
        }
        let found = self.corpus.search(&words, &filter, &page).map_err(told)?;
        let readout::Search { found, facets } = found.map_err(told)?;
        let mut rows = Vec::new();
        for found in &found.rows {
            let Some(document) = self.corpus.document(&found.hit.doc).map_err(told)? else {
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
        Ok(Told { rows, from: Some(page.from()), total: found.total, also, ..Told::default() })
    }

    fn view(&self, kind: ListKind, arguments: &Arguments<'_>) -> Made<Told> {
        let takes = asking::takes(kind).iter().copied().chain([asking::SORT]).chain(asking::PAGING);
        let Asking { filter, page, sort, .. } = arguments.asking(&takes.collect::<Vec<_>>())?;
        let found = sorted_rows(&self.corpus, kind, &filter, &page, sort).map_err(told)?;
        let rows = found.rows.into_iter().map(|row| self.row(row)).collect();
        Ok(Told { rows, from: Some(page.from()), total: found.total, ..Told::default() })
    }

    /// Lists actors; where nobody has the name that was asked for, says so, with names like it.
    fn actors(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let found = self.view(ListKind::Actors, arguments)?;
        if let Some(asked) = arguments.text("name").filter(|_| found.total == 0)
            && let Some(nobody) = self.corpus.nobody_called(asked).map_err(told)?
        {
            return Err(told(nobody));
        }
        Ok(found)
    }

    /// Finds one quote or happening by its id or that of a member, or those with some words.
    fn linked(&self, kind: ListKind, arguments: &Arguments<'_>) -> Made<Told> {
        let key = if kind == ListKind::Quotes { "quote" } else { "happening" };
        let slice = |scope: &Scope| self.corpus.slice(scope).map_err(told);
        let (contents, filter, id) = match (arguments.text("id"), arguments.text("words")) {
            (Some(id), _) => {
                let record = self.corpus.find(id).map_err(told)?;
                let record = record.ok_or_else(|| wrong(&format!("nothing has the id {id}")))?;
                let wanted = RecordId::from(record.id());
                match record.evidence() {
                    None => (slice(&Scope::Link(wanted.clone()))?, Filter::default(), Some(wanted)),
                    Some(evidence) => {
                        let contents = slice(&Scope::Documents(vec![evidence.doc.clone()]))?;
                        match record_in(&contents, &wanted).and_then(|it| link_of(&it)) {
                            Some(link) => (slice(&Scope::Link(link.clone()))?, Filter::default(), Some(link)),
                            None => (contents, Filter::default(), Some(wanted)),
                        }
                    }
                }
            }
            (None, Some(words)) => {
                let ids = self.corpus.reports_with(words, REPORTS).map_err(told)?;
                let words = words.replace(['"', '*', '“', '”'], " ");
                let filter = Filter { text: Some(words), ..Filter::default() };
                (slice(&Scope::Documents(ids))?, filter, None)
            }
            _ => return Err(wrong(&format!("{key} needs an id or words"))),
        };
        let all = readout::views::differences(&contents, &Filter::default());
        let is = |row: &Value, id: &str| row["id"] == id || row[key] == id;
        let rows: Vec<Value> = linked(&Rows::list(kind, &contents, &filter))
            .into_iter()
            .filter(|row| id.as_deref().is_none_or(|id| is(row, id)))
            .map(|mut row| {
                if let Some(Value::String(happening)) = row.get("happening") {
                    let of: Vec<_> = all.iter().filter(|it| it.id == happening.as_str()).collect();
                    row["disagreements"] = json!(of);
                    link(&mut row["disagreements"]);
                }
                self.row(row)
            })
            .collect();
        if rows.is_empty() {
            return Err("nothing like it is in the record".to_owned());
        }
        Ok(Told { total: rows.len(), rows, whole: true, ..Told::default() })
    }

    fn brief(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let Some(story) = arguments.text("story") else {
            let found = rows(&self.corpus, ListKind::Stories, &Filter::default(), &Page::first(USUAL));
            let found = found.map_err(told)?;
            let mut rows = Vec::new();
            for story in found.rows {
                // A story's passage is the headline's line of its first report.
                let first = story["documents"][0].as_str().unwrap_or_default();
                let Some(document) = self.corpus.document(first).map_err(told)? else { continue };
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
            totals.insert(kind.name().to_owned(), json!(Rows::list(kind, &contents, &filter).len()));
        }
        let brief = readout::views::brief(&contents, &filter, BriefLength::PAGE);
        for section in &brief.sections {
            for line in &section.lines {
                let Some(told) = &line.told else { continue };
                let mut row = json!(told);
                link(&mut row);
                let mut row = self.row(row);
                row["part"] = json!(section.heading.to_lowercase());
                row["content"] = json!(line.words());
                rows.push(row);
            }
        }
        let differences = readout::views::differences(&contents, &filter);
        totals.insert("differences".to_owned(), json!(differences.len()));
        for difference in differences.into_iter().take(BRIEF) {
            let Some(first) = difference.values.first().and_then(|it| it.citations.first()) else { continue };
            let mut row = json!(first);
            let mut told = json!(difference);
            link(&mut told);
            row["part"] = json!("differences");
            row["difference"] = told;
            rows.push(self.row(row));
        }
        let also = [("totals".to_owned(), Value::Object(totals))].into_iter().collect();
        Ok(Told { total: rows.len(), rows, also, ..Told::default() })
    }

    fn verify(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let answer = |rows: Vec<Value>, head: &str| {
            let holds = head == HOLDS;
            let also = [("verified".to_owned(), json!(holds))].into_iter().collect();
            Ok(Told { total: rows.len(), rows, head: Some(head.to_owned()), also, ..Told::default() })
        };
        if let Some(id) = arguments.text("id") {
            let checked = self.corpus.verify_passage(id).map_err(told)?;
            let checked = checked
                .ok_or("nothing has that id, or it is no record of one report: verify its passages")?;
            let altered = "NOT verified: the stored text does not have these words, or was altered";
            return answer(
                vec![self.row(json!(checked.citation))],
                if checked.holds { HOLDS } else { altered },
            );
        }
        let text = arguments.text("text").ok_or("verify needs text or an id")?;
        let found = self.corpus.locate(text, arguments.text("document")).map_err(told)?;
        if found.is_empty() {
            // What is nearest, with the words that differ, so that a citation can be mended.
            let near = self.corpus.nearest(text, arguments.text("document")).map_err(told)?;
            let head = match near.is_empty() {
                true => "NOT verified: no report has these words",
                false => "NOT verified: no report has these words; the nearest",
            };
            return answer(near.into_iter().map(|it| self.row(json!(it))).collect(), head);
        }
        let rows: Vec<Value> = found
            .into_iter()
            .map(|(citation, exact)| {
                let mut row = self.row(json!(citation));
                row["exact"] = json!(exact);
                row
            })
            .collect();
        answer(rows, HOLDS)
    }

    fn check(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let claim = arguments.text("claim").ok_or_else(|| wrong("check needs a claim"))?;
        let found = self.corpus.check_claim(claim).map_err(told)?;
        let (answer, compared) = (found.answer(), found.compared());
        let Checked { rows, supporting, contrary, looked_through, by_trees } = found;
        let also = json!({
            "answer": answer, "supporting": supporting, "contrary": contrary, "looked_through": looked_through,
            "by_trees": by_trees,
        });
        let rows: Vec<Value> = rows.iter().map(|it| self.row(json!(it))).collect();
        let also = also.as_object().cloned().unwrap_or_default();
        Ok(Told {
            total: rows.len(),
            rows,
            head: Some(format!("{answer} ({looked_through} reports looked through, {compared})")),
            also,
            ..Told::default()
        })
    }

    fn read(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let id = arguments.text("document").ok_or_else(|| wrong("read needs a document"))?;
        let from = arguments.number("from")?.unwrap_or(1);
        let to = arguments.number("to")?.unwrap_or(from + 9);
        let (document, found, total) = self.corpus.read_paragraphs(id, from, to).map_err(told)?;
        let rows: Vec<Value> = found.into_iter().map(|it| self.row(json!(it))).collect();
        let also = json!({ "title": document.title, "paragraphs": total });
        let also = also.as_object().cloned().unwrap_or_default();
        Ok(Told { total: rows.len(), rows, also, ..Told::default() })
    }

    fn who_said_first(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let words = arguments.text("words").ok_or_else(|| wrong("who_said_first needs words"))?;
        let limit = arguments.number("limit")?.unwrap_or(USUAL);
        let found = self.corpus.who_said_first(words).map_err(told)?;
        let total = found.len();
        let rows = linked(&found).into_iter().take(limit).map(|row| self.row(row)).collect();
        Ok(Told { rows, total, whole: true, ..Told::default() })
    }

    fn newly(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let since = Since::parse(arguments.text("since").unwrap_or_default()).map_err(told)?;
        let found = self.corpus.newly(&since).map_err(told)?;
        let rows: Vec<Value> = linked(&found.rows).into_iter().map(|row| self.row(row)).collect();
        let also =
            [("reports".to_owned(), json!(found.reports)), ("first".to_owned(), json!(found.is_first))];
        let head = found.is_first.then(|| format!("first reading: {} reports, all new", found.reports));
        Ok(Told { total: rows.len(), rows, head, also: also.into_iter().collect(), ..Told::default() })
    }

    /// Returns the report `document` as a resource: its head and its paragraphs.
    pub(crate) fn resource(&self, document: &str) -> Made<Option<String>> {
        let Some(document) = self.corpus.document(document).map_err(told)? else { return Ok(None) };
        let head = [document.title.as_deref(), document.outlet.as_deref(), document.published.as_deref()];
        let head: Vec<&str> = head.into_iter().flatten().collect();
        Ok(Some(format!("{}\n\n{}", head.join(" · "), document.text)))
    }

    /// Returns the newest reports as resources: name, title and address.
    pub(crate) fn resources(&self, page: &Page) -> Made<(Vec<Value>, Option<String>)> {
        let found = rows(&self.corpus, ListKind::Sources, &Filter::default(), page).map_err(told)?;
        let resource = |row: &Value| {
            let id = row["id"].as_str().unwrap_or_default();
            let about = [row["outlet"].as_str(), row["published"].as_str()];
            json!({
                "uri": format!("readout:///documents/{id}"),
                "name": id,
                "title": row["title"],
                "description": about.into_iter().flatten().collect::<Vec<_>>().join(", "),
                "mimeType": "text/plain",
            })
        };
        Ok((found.rows.iter().map(resource).collect(), found.next))
    }

    /// Returns a row as assistants get it: with document, span, text and a whole link.
    pub(super) fn row(&self, mut row: Value) -> Value {
        self.absolute(&mut row);
        let Some(fields) = row.as_object_mut() else { return row };
        let doc = fields.remove("doc").unwrap_or_default();
        let spans = fields.remove("spans").unwrap_or_else(|| json!([]));
        if !fields.contains_key("link") {
            let text = |name: &Value| name.as_str().unwrap_or_default().to_owned();
            let citation = Citation {
                id: fields.get("id").map(text).unwrap_or_default().into(),
                doc: text(&doc).into(),
                spans: serde_json::from_value(spans.clone()).unwrap_or_default(),
                ..Citation::default()
            };
            let link = match fields.get("issue").and_then(Value::as_str) {
                Some(issue) if citation.id.is_empty() => format!("/issues?issue={}", path_part(issue)),
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

/// Returns the quote or happening of a record.
fn link_of(record: &Record) -> Option<RecordId> {
    match record {
        Record::Statement(it) => it.quote.clone(),
        Record::Event(it) => it.happening.clone(),
        Record::Meeting(it) => it.happening.clone(),
        Record::Incident(it) => it.happening.clone(),
        _ => None,
    }
}
