//! `cargo xtask diff OLD NEW [--out PAGE.html]`: the differences between two exports of the
//! same reports, by kind of record and with the passages. It shows the effect of a change of rules before a score does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value as Json;

/// Fields that say how a record is linked to others. A change in these alone is no change of the reading.
const LINKS: [&str; 7] = ["quote", "happening", "story", "copies_of", "members", "evidence", "replaces"];
/// Fields that the passage itself shows, or that are no part of the reading.
const HIDDEN: [&str; 6] = ["id", "kind", "doc", "spans", "text", "content_text"];
/// The records of a kind that an export does not contain.
static NONE: BTreeMap<String, Json> = BTreeMap::new();
/// Code points shown before and after a record's words.
const AROUND: usize = 160;

/// An export: documents' texts by id, and the other records by kind and id.
#[derive(Default)]
struct ExportFile {
    texts: BTreeMap<String, String>,
    records: BTreeMap<String, BTreeMap<String, Json>>,
}

/// One record before and after. At least one of the two is present.
struct Difference<'e> {
    old: Option<&'e Json>,
    new: Option<&'e Json>,
}

/// The differences between the records of one kind in two exports.
#[derive(Default)]
struct Differences<'e> {
    old: usize,
    new: usize,
    /// The number of records of which only the links differ.
    relinked: usize,
    lost: Vec<Difference<'e>>,
    gained: Vec<Difference<'e>>,
    changed: Vec<Difference<'e>>,
}

/// Compares the exports `old` and `new`: prints counts by kind, and writes `page` with every difference.
#[expect(clippy::print_stdout, reason = "a chore reports on standard output")]
pub(crate) fn run(old: &Path, new: &Path, page: Option<&Path>) -> anyhow::Result<()> {
    let (old, new) = (read(old)?, read(new)?);
    let found = compare(&old, &new);
    println!(
        "{:<12} {:>7} {:>7} {:>6} {:>6} {:>7} {:>8}",
        "kind", "old", "new", "lost", "gained", "changed", "relinked"
    );
    for (kind, it) in &found {
        println!(
            "{kind:<12} {:>7} {:>7} {:>6} {:>6} {:>7} {:>8}",
            it.old,
            it.new,
            it.lost.len(),
            it.gained.len(),
            it.changed.len(),
            it.relinked
        );
    }
    if let Some(page) = page {
        fs::write(page, as_page(&old, &new, &found)).with_context(|| format!("{}", page.display()))?;
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<ExportFile> {
    let file = File::open(path).with_context(|| format!("{}: cannot be opened", path.display()))?;
    let mut export = ExportFile::default();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{}:{}", path.display(), number + 1);
        let record: Json = serde_json::from_str(&line.with_context(place)?).with_context(place)?;
        let (kind, id) = (text(&record, "kind").to_owned(), text(&record, "id").to_owned());
        if kind == "document" {
            export.texts.insert(id.clone(), text(&record, "text").to_owned());
        }
        export.records.entry(kind).or_default().insert(id, record);
    }
    Ok(export)
}

fn compare<'e>(old: &'e ExportFile, new: &'e ExportFile) -> BTreeMap<&'e str, Differences<'e>> {
    let kinds: std::collections::BTreeSet<&str> =
        old.records.keys().chain(new.records.keys()).map(String::as_str).collect();
    let of_kind = |kind: &'e str| {
        let (before, after) =
            (old.records.get(kind).unwrap_or(&NONE), new.records.get(kind).unwrap_or(&NONE));
        let mut found = Differences { old: before.len(), new: after.len(), ..Differences::default() };
        let mut lost: Vec<&Json> = Vec::new();
        for (id, old) in before {
            match after.get(id) {
                None => lost.push(old),
                Some(new) if old == new => {}
                Some(new) if fields(old, new).is_empty() => found.relinked += 1,
                Some(new) => found.changed.push(Difference { old: Some(old), new: Some(new) }),
            }
        }
        // A record whose words are others now has another id.
        let mut gained: Vec<&Json> =
            after.iter().filter(|(id, _)| !before.contains_key(*id)).map(|(_, it)| it).collect();
        for old in lost {
            match gained.iter().position(|new| overlap(old, new)) {
                Some(at) => found.changed.push(Difference { old: Some(old), new: Some(gained.remove(at)) }),
                None => found.lost.push(Difference { old: Some(old), new: None }),
            }
        }
        found.gained = gained.into_iter().map(|new| Difference { old: None, new: Some(new) }).collect();
        (kind, found)
    };
    kinds.into_iter().map(of_kind).collect()
}

/// Returns the names of the fields in which two records differ, links aside.
fn fields<'e>(old: &'e Json, new: &'e Json) -> Vec<&'e str> {
    let names = old.as_object().into_iter().chain(new.as_object()).flatten().map(|(name, _)| name.as_str());
    let mut found: Vec<&str> =
        names.filter(|name| !LINKS.contains(name) && old.get(name) != new.get(name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two records of one document share words.
fn overlap(a: &Json, b: &Json) -> bool {
    let shares = |(start, end): (usize, usize)| spans(b).iter().any(|other| start < other.1 && other.0 < end);
    a["doc"] == b["doc"] && !a["doc"].is_null() && spans(a).into_iter().any(shares)
}

/// Returns the spans of a record, in code points of its document's text.
fn spans(record: &Json) -> Vec<(usize, usize)> {
    serde_json::from_value(record["spans"].clone()).unwrap_or_default()
}

fn text<'r>(record: &'r Json, field: &str) -> &'r str {
    record[field].as_str().unwrap_or_default()
}

/// Returns one HTML page with all differences.
fn as_page(old: &ExportFile, new: &ExportFile, found: &BTreeMap<&str, Differences<'_>>) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Difference of two exports</title><style>\
         body{font:15px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}\
         article{border-top:1px solid #ccc;padding:.5em 0}mark{background:#fe8}\
         dl{display:grid;grid-template-columns:auto 1fr 1fr;gap:0 1em;font-size:13px;margin:.3em 0}dt{color:#666}\
         dd{margin:0;overflow-wrap:anywhere}small{color:#666}</style>\n",
    );
    for (kind, it) in found {
        for (name, list) in [("lost", &it.lost), ("gained", &it.gained), ("changed", &it.changed)] {
            if list.is_empty() {
                continue;
            }
            let _ = writeln!(page, "<h2>{} {name} ({})</h2>", escaped(kind), list.len());
            for difference in list {
                add_difference(&mut page, old, new, difference);
            }
        }
    }
    page
}

fn add_difference(page: &mut String, old: &ExportFile, new: &ExportFile, difference: &Difference<'_>) {
    let null = Json::Null;
    let (before, after) = (difference.old.unwrap_or(&null), difference.new.unwrap_or(&null));
    page.push_str("<article>");
    let same_words = before["spans"] == after["spans"];
    for (export, record) in [(old, difference.old.filter(|_| !same_words)), (new, difference.new)] {
        if let Some(record) = record {
            add_passage(page, export, record);
        }
    }
    page.push_str("<dl>");
    for name in fields(before, after).into_iter().filter(|name| !HIDDEN.contains(name)) {
        let value = |record: &Json| record.get(name).map_or(String::new(), |it| escaped(&it.to_string()));
        let _ = write!(page, "<dt>{}</dt><dd>{}</dd><dd>{}</dd>", escaped(name), value(before), value(after));
    }
    page.push_str("</dl></article>\n");
}

/// Adds a record's words with the text around them.
fn add_passage(page: &mut String, export: &ExportFile, record: &Json) {
    let id = escaped(text(record, "id"));
    let spans = spans(record);
    let (Some(body), Some(first), Some(last)) =
        (export.texts.get(text(record, "doc")), spans.first(), spans.last())
    else {
        let _ = writeln!(page, "<p>{} <small>{id}</small></p>", escaped(text(record, "text")));
        return;
    };
    let letters: Vec<char> = body.chars().collect();
    let cut = |from: usize, to: usize| -> String {
        let to = to.min(letters.len());
        escaped(&letters[from.min(to)..to].iter().collect::<String>())
    };
    let mut words = String::new();
    let mut at = first.0.saturating_sub(AROUND);
    for (start, end) in &spans {
        let _ = write!(words, "{}<mark>{}</mark>", cut(at, *start), cut(*start, *end));
        at = *end;
    }
    words.push_str(&cut(at, last.1 + AROUND));
    let _ = writeln!(page, "<p>{words} <small>{id}</small></p>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use serde_json::json;

    use super::*;

    fn export(records: &[Json]) -> ExportFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        for record in records {
            writeln!(file, "{record}").unwrap();
        }
        read(file.path()).unwrap()
    }

    #[test]
    fn records_are_lost_gained_changed_and_relinked() {
        let event = |id: &str, spans: Json, code: &str, happening: Json| json!({"kind": "event", "id": id, "doc": "d", "spans": spans, "code": code, "happening": happening});
        let document =
            json!({"kind": "document", "id": "d", "text": "Norway <warned> Iran. Iran left. Mali fell."});
        let old = export(&[
            document.clone(),
            event("a", json!([[0, 15]]), "THREATEN", Json::Null),
            event("b", json!([[22, 31]]), "RETREAT", Json::Null),
            event("c", json!([[33, 42]]), "ASSAULT", Json::Null),
            event("e", json!([[0, 6]]), "REJECT", json!("one")),
        ]);
        let new = export(&[
            document,
            event("a", json!([[0, 15]]), "ACCUSE", Json::Null),
            event("b2", json!([[22, 32]]), "RETREAT", Json::Null),
            event("e", json!([[0, 6]]), "REJECT", json!("two")),
            event("f", json!([[16, 20]]), "AID", Json::Null),
        ]);
        let found = compare(&old, &new);
        let events = &found["event"];
        assert_eq!(
            (events.lost.len(), events.gained.len(), events.changed.len(), events.relinked),
            (1, 1, 2, 1)
        );
        let page = as_page(&old, &new, &found);
        assert!(page.contains("<mark>Norway &lt;warned&gt;</mark>"), "{page}");
        assert!(
            page.contains("<dt>code</dt><dd>&quot;THREATEN&quot;</dd><dd>&quot;ACCUSE&quot;</dd>"),
            "{page}"
        );
    }
}
