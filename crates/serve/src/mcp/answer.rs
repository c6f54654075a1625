//! An answer as assistants get it: rows without what is empty, short lines that can be cited, and no more characters than
//! were asked for.

use readout::views::words::shorten;
use serde_json::{Map, Value, json};

/// Characters of an answer, if nothing else is asked for; the fewest and the most that can be asked for.
pub(super) const CHARACTERS: (usize, usize, usize) = (25_000, 2_000, 200_000);

/// The most members of a list within a row that are given. For the others, their number is given.
const MEMBERS: usize = 8;

/// Characters of a passage in a line.
const LINE: usize = 320;

/// Rows of an answer before they are cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) rows: Vec<Value>,
    /// The number of the first row in the whole list; `None` where the answer has no further page.
    pub(super) from: Option<usize>,
    /// Rows of the whole list.
    pub(super) total: usize,
    /// The line before all others; `None` for none.
    pub(super) head: Option<String>,
    /// True if a row is told with all its parts: hours, other passages, what reports differ on.
    pub(super) whole: bool,
    /// Further fields of the answer.
    pub(super) also: Map<String, Value>,
}

/// An answer: short lines, and its rows as data.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) data: Value,
}

impl Told {
    /// Returns as many rows, at least one, as fit in `characters`, lines and data together.
    pub(super) fn within(self, characters: usize) -> Answer {
        let mut lines: Vec<String> = Vec::new();
        let mut rows: Vec<Value> = Vec::new();
        let also = Value::Object(self.also);
        let mut used = also.to_string().chars().count() + 200;
        let given = self.rows.len();
        for mut row in self.rows {
            trim(&mut row);
            let mut line = line(&row, self.whole);
            if self.whole {
                line.extend(parts(&row).iter().map(|it| format!("\n  {it}")));
            }
            used += line.chars().count() + row.to_string().chars().count() + 2;
            if used > characters && !rows.is_empty() {
                break;
            }
            lines.push(line);
            rows.push(row);
        }
        let left = match self.from {
            Some(from) => self.total.saturating_sub(from + rows.len()),
            None => given.max(self.total) - rows.len(),
        };
        let next = self.from.filter(|_| left > 0 && !rows.is_empty()).map(|from| from + rows.len());
        let mut text = lines.join("\n");
        if let Some(head) = &self.head {
            text = format!("{head}\n{text}").trim_end().to_owned();
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&match (rows.len(), next) {
            (0, _) => {
                if self.head.is_some() {
                    String::new()
                } else {
                    "Nothing found.".to_owned()
                }
            }
            (shown, Some(next)) => format!("{shown} of {}; for more: cursor \"{next}\"", self.total),
            (shown, None) if left > 0 => {
                format!("{shown} shown, {left} more left out: ask for more characters, or for less")
            }
            (shown, None) => format!("{shown} of {}", self.total),
        });
        let mut data = also;
        data["rows"] = Value::Array(rows);
        data["total"] = json!(self.total);
        if let Some(next) = next {
            data["next"] = json!(next.to_string());
        } else if left > 0 {
            data["left_out"] = json!(left);
        }
        Answer { text, data }
    }
}

/// Removes empty values, and the members of long lists beyond the first. The number of those is added.
fn trim(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(trim),
        Value::Object(fields) => {
            let mut more = Vec::new();
            for (name, value) in fields.iter_mut() {
                if let Value::Array(members) = value
                    && members.len() > MEMBERS
                    && name != "span"
                {
                    more.push((format!("{name}_more"), json!(members.len() - MEMBERS)));
                    members.truncate(MEMBERS);
                }
                trim(value);
            }
            fields.retain(|_, value| match value {
                Value::Null => false,
                Value::Array(members) => !members.is_empty(),
                Value::String(text) => !text.is_empty(),
                _ => true,
            });
            fields.extend(more);
        }
        _ => {}
    }
}

/// Returns one line on a row that can be cited: `“…” — Obama, CNN 2013-03-20 ¶36 [statement:84e609…]`.
/// With `whole`, a day is told with its hour.
fn line(row: &Value, whole: bool) -> String {
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    let id = ["position", "happening", "story", "id"].into_iter().find_map(text).unwrap_or_default();
    if let (Some(issue), Some(cells)) = (text("issue"), row.get("cells").and_then(Value::as_array)) {
        let stance = |cell: &Value| {
            let stances = cell["positions"].as_array().into_iter().flatten();
            let stances: Vec<&str> = stances.filter_map(|it| it["stance"].as_str()).collect();
            format!("{}: {}", cell["actor"]["name"].as_str().unwrap_or_default(), stances.join(", then "))
        };
        return format!("{issue} — {}", cells.iter().map(stance).collect::<Vec<_>>().join("; "));
    }
    let name = text("title").or_else(|| text("name"));
    if let Some(told) = differing(row) {
        return format!("{}: {told} [{id}]", clean(name.unwrap_or_default()));
    }
    let words = text("content").or_else(|| text("text"));
    let Some(words) = words else {
        let reports = row.get("reports").and_then(Value::as_u64).map(|it| format!(", in {it} reports"));
        let of: Vec<&str> =
            ["type", "field", "from", "outlet", "published"].into_iter().filter_map(text).collect();
        let of = if of.is_empty() { String::new() } else { format!(", {}", of.join(", ")) };
        let part = text("part").map(|part| format!("{part}: ")).unwrap_or_default();
        let place = if id.is_empty() { String::new() } else { format!(" [{id}]") };
        return format!(
            "{part}{}{of}{}{place}",
            clean(name.unwrap_or_default()),
            reports.unwrap_or_default()
        );
    };
    let people = ["speaker", "participants", "actor", "debtor", "by", "who", "parties"];
    let who = people.iter().find_map(|it| row.get(*it)).map(names).filter(|it| !it.is_empty());
    let mut about: Vec<String> = Vec::new();
    if row.get("history").is_some() {
        about.extend(name.map(clean));
        about.extend(text("status").map(|it| it.replace('-', " ")));
    }
    about.extend(who.or_else(|| text("source").map(|it| format!("“{}”", clean(it)))));
    if let (Some(stance), Some(issue)) = (text("stance"), text("issue")) {
        about.push(format!("{stance}: {}", clean(issue)));
    }
    if let Some(action) = text("action") {
        let due = text("due").map(|due| format!(", due {due} ({})", text("state").unwrap_or_default()));
        about.push(format!("to {}{}", clean(action), due.unwrap_or_default()));
    }
    about.extend(text("what").filter(|it| *it != words).map(clean));
    about.extend(text("factuality").filter(|it| *it != "happened").map(str::to_owned));
    let published = published(row, whole);
    let mut place = format!("{} {published}", text("outlet").unwrap_or("report")).trim().to_owned();
    if let (None, Some(many)) = (text("outlet"), row.get("reports").and_then(Value::as_u64)) {
        place = format!("{many} reports");
    }
    if let Some(paragraph) = row.get("paragraph").and_then(Value::as_u64) {
        place.push_str(&format!(" ¶{paragraph}"));
    }
    about.push(place.clone());
    if let Some(bearing) = text("bearing") {
        about.insert(0, bearing.to_owned());
        about.extend(text("why").map(str::to_owned));
    }
    if let (Some(news), Some(title)) = (text("news"), text("title")) {
        let change = [text("before"), text("after")].into_iter().flatten().collect::<Vec<_>>().join(" → ");
        return format!(
            "{news}: {}{} — “{}” {place} [{}]",
            clean(title),
            if change.is_empty() { change } else { format!(": {change}") },
            clean(words),
            text("about").unwrap_or(id)
        );
    }
    if let Some(share) = row.get("share").and_then(Value::as_f64).filter(|_| text("bearing").is_none()) {
        about.push(format!("nearest, {:.0} % of the words", share * 100.0));
        about.extend(text("missing").filter(|it| !it.is_empty()).map(|it| format!("without “{it}”")));
        about.extend(text("added").filter(|it| !it.is_empty()).map(|it| format!("with “{it}”")));
    }
    let head = match text("part") {
        Some(part) => {
            let of = text("story").and(name).map(|name| format!("{}: ", clean(name))).unwrap_or_default();
            format!("{part}: {of}")
        }
        None => text("story").and(name).map(|name| format!("{}: ", clean(name))).unwrap_or_default(),
    };
    let cited = if head.is_empty() || text("part").is_some() { text("id").unwrap_or(id) } else { id };
    // A sentence has no id of its own: its report has.
    let cited = if cited.is_empty() { text("document").unwrap_or_default() } else { cited };
    format!("{head}“{}” — {} [{cited}]", clean(words), about.join(", "))
}

/// Returns the day of publication, with its hour if that is wanted and known.
fn published(row: &Value, whole: bool) -> &str {
    let told = row.get("published").and_then(Value::as_str).unwrap_or_default();
    told.get(..if whole { 16 } else { 10 }).or_else(|| told.get(..10)).unwrap_or_default()
}

/// Returns what reports differ on in `row`: the field with each value and its outlets; `None` for a row of other things.
fn differing(row: &Value) -> Option<String> {
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned();
    if let (Some(field), Some(values)) = (row.get("field").and_then(Value::as_str), list(row, "values")) {
        let side = |it: &Value| {
            let mut outlets: Vec<String> = (list(it, "citations").unwrap_or_default().iter())
                .map(|it| it.get("outlet").and_then(Value::as_str).unwrap_or("report").to_owned())
                .collect();
            outlets.dedup();
            format!("{} ({})", clean(it["value"].as_str().unwrap_or_default()), outlets.join(", "))
        };
        return Some(format!("{field}: {}", values.iter().map(side).collect::<Vec<_>>().join(" / ")));
    }
    let differences = list(row, "differences").filter(|_| row.get("cells").is_some())?;
    let cells = list(row, "cells").unwrap_or_default();
    let outlets: Vec<&str> = cells.iter().filter_map(|it| it.get("outlet")?.as_str()).collect();
    let told: Vec<String> = differences.iter().filter_map(differing).collect();
    Some(std::iter::once(outlets.join(", ")).chain(told).collect::<Vec<_>>().join("; "))
}

/// Returns the further passages of a row, and what its reports differ on, a line each.
fn parts(row: &Value) -> Vec<String> {
    let list = |name: &str| row.get(name).and_then(Value::as_array).into_iter().flatten();
    let passages = list("wordings").chain(list("also")).map(|it| format!("also: {}", line(it, true)));
    let more: u64 = ["wordings_more", "also_more"].iter().filter_map(|it| row.get(*it)?.as_u64()).sum();
    let more = (more > 0).then(|| format!("and {more} more"));
    let differ = list("disagreements").filter_map(differing).map(|it| format!("reports differ on {it}"));
    passages.chain(more).chain(differ).collect()
}

/// Returns `text` on one line, cut short, without quotation marks around it.
fn clean(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = text.trim_matches(['“', '”', '"']).trim();
    shorten(if bare.contains(['“', '”', '"']) { &text } else { bare }, LINE)
}

/// Returns the names of an actor, or of several.
fn names(value: &Value) -> String {
    let name = |it: &Value| it.get("name").and_then(Value::as_str).map(str::to_owned);
    match value {
        Value::Array(several) => several.iter().filter_map(name).collect::<Vec<_>>().join(" and "),
        one => name(one).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize) -> Value {
        json!({
            "id": format!("statement:{number:012}"), "document": "doc:1", "span": [[0, 9]], "text": "x".repeat(300),
            "content": "We will\n talk.", "speaker": [{ "id": "person:ann-lee", "name": "Ann Lee" }], "outlet": "Coast News",
            "published": "2020-03-03T10:00", "paragraph": 3, "cue": null, "via": [],
        })
    }

    #[test]
    fn an_answer_keeps_to_its_characters() {
        let told = Told { rows: (0..100).map(row).collect(), from: Some(40), total: 500, ..Told::default() };
        let answer = told.clone().within(10_000);
        let shown = answer.data["rows"].as_array().unwrap().len();
        assert!(shown > 5 && shown < 100, "{shown}");
        assert!(answer.text.chars().count() + answer.data.to_string().chars().count() <= 10_000);
        assert_eq!(answer.data["next"], json!((40 + shown).to_string()), "the first that was left out");
        assert_eq!(answer.data["total"], 500);
        assert!(answer.text.ends_with(&format!("{shown} of 500; for more: cursor \"{}\"", 40 + shown)));
        assert_eq!(told.within(2).data["rows"].as_array().unwrap().len(), 1, "never nothing");
        let whole =
            Told { rows: vec![row(1)], from: Some(499), total: 500, ..Told::default() }.within(10_000);
        assert!(whole.data.get("next").is_none(), "the last");
        let parts =
            Told { rows: (0..9).map(row).collect(), from: None, total: 9, ..Told::default() }.within(2_000);
        assert!(parts.data["left_out"].as_u64().unwrap() > 0 && parts.text.contains("more left out"));
    }

    #[test]
    fn what_reports_differ_on_is_told_with_its_values_and_outlets() {
        let side = |value: &str, outlet: &str| json!({ "value": value, "citations": [{ "outlet": outlet }] });
        let values = [side("3", "Coast News"), side("5", "The Harbour Post")];
        let row = json!({ "id": "happening:1", "title": "A shelling", "field": "killed", "values": values });
        let told = "A shelling: killed: 3 (Coast News) / 5 (The Harbour Post) [happening:1]";
        assert_eq!(line(&row, false), told);
        let row = json!({ "id": "event:1", "text": "A shell fell.", "published": "2020-03-03T10:00", "disagreements": [row] });
        assert!(line(&row, true).contains("2020-03-03T10:00"));
        assert_eq!(parts(&row), ["reports differ on killed: 3 (Coast News) / 5 (The Harbour Post)"]);
    }

    #[test]
    fn a_line_can_be_cited_and_nothing_empty_is_told() {
        let answer = Told { rows: vec![row(1)], from: Some(0), total: 1, ..Told::default() }.within(9_000);
        let first = answer.text.lines().next().unwrap();
        assert_eq!(first, "“We will talk.” — Ann Lee, Coast News 2020-03-03 ¶3 [statement:000000000001]");
        let told = &answer.data["rows"][0];
        assert!(told.get("cue").is_none() && told.get("via").is_none(), "{told}");
        let mut many = json!({ "also": vec![json!({ "id": "x" }); 30] });
        trim(&mut many);
        assert_eq!((many["also"].as_array().unwrap().len(), &many["also_more"]), (8, &json!(22)));
    }
}
