//! The way back from annotation programs: the spans that people marked in brat, in W3C Web Annotation and in CoNLL-U.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Tally;

/// The label of a span that is a name and nothing else.
pub const MENTION: &str = "mention";

/// Spans that a person marked in another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedFile {
    /// The reports, in the order of the file.
    pub reports: Vec<MarkedReport>,
    /// What is no marked span.
    pub tally: Tally,
}

/// A report with the spans that a person marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedReport {
    /// The report's name in the file: its permanent id, its address, or the name of a file.
    pub name: String,
    /// The text, if the file has it; else empty.
    pub text: String,
    /// The spans.
    pub spans: Vec<MarkedSpan>,
}

/// A span with its label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedSpan {
    /// The label: a kind of record, a sort of actor, [`MENTION`], or a word of the person's own.
    pub label: String,
    /// The first code point and one past the last, in the text that the person had; `None` if the file does not tell.
    pub place: Option<(u32, u32)>,
    /// The words, as the file has them.
    pub words: String,
}

impl MarkedFile {
    /// Adds a span to the report `name`.
    fn add(&mut self, name: &str, span: MarkedSpan) {
        match self.reports.iter_mut().rev().find(|it| it.name == name) {
            Some(report) => report.spans.push(span),
            None => self.reports.push(MarkedReport {
                name: name.to_owned(),
                spans: vec![span],
                ..MarkedReport::default()
            }),
        }
    }

    /// Adds the reports and counts of `other`.
    pub fn extend(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.tally.extend(&other.tally);
    }
}

/// Reads annotations of brat. `name` is that of their file without its ending, `text` the text beside it. A span in several
/// pieces counts as one from the first to the last.
pub fn read_brat(name: &str, text: &str, annotations: &str) -> MarkedFile {
    // The files that Readout writes are named by permanent ids, in which a file's name has no colon.
    let id = name.strip_prefix("doc-").map_or_else(|| name.to_owned(), |rest| format!("doc:{rest}"));
    let mut report = MarkedReport { name: id, text: text.to_owned(), spans: Vec::new() };
    let mut tally = Tally::default();
    for line in annotations.lines().filter(|line| !line.trim().is_empty()) {
        let why = match line.chars().next() {
            Some('T') => match brat_span(line) {
                Some(span) => {
                    report.spans.push(span);
                    continue;
                }
                None => "lines that are no annotation left out",
            },
            Some('R' | '*') => "relations of brat left out: a marked span has none",
            Some('E') => "events of brat left out: their triggers are marked spans",
            Some('A' | 'M') => "attributes of brat left out: a marked span has none",
            Some('N' | '#') => "notes of brat left out: a marked span has none",
            _ => "lines that are no annotation left out",
        };
        tally.add(why, 1);
    }
    MarkedFile { reports: vec![report], tally }
}

/// Reads a line such as `T3⇥person 17 24;30 36⇥Ann Lee`.
fn brat_span(line: &str) -> Option<MarkedSpan> {
    let mut parts = line.splitn(3, '\t').skip(1);
    let (label, places) = parts.next()?.split_once(' ')?;
    let mut numbers = places.split([' ', ';']).map(str::parse::<u32>);
    let first = numbers.next()?.ok()?;
    let last = numbers.next_back()?.ok()?;
    let words = parts.next().unwrap_or_default().to_owned();
    Some(MarkedSpan { label: label.to_owned(), place: Some((first, last)), words })
}

/// Reads annotations in the form of W3C Web Annotation: one, a list, a page or a collection. Each tag of an annotation is
/// the label of its passage; its passages in one report count as one from the first to the last.
pub fn read_web_annotations(annotations: &Value) -> MarkedFile {
    let mut file = MarkedFile::default();
    for annotation in items(annotations) {
        let tags = tags(annotation.get("body").unwrap_or(&Value::Null));
        if tags.is_empty() {
            file.tally.add("annotations without a tag left out: nothing says what they are", 1);
            continue;
        }
        let mut passages: Vec<(String, MarkedSpan)> = Vec::new();
        for target in one_or_many(annotation.get("target").unwrap_or(&Value::Null)) {
            let Some((name, span)) = passage(target) else { continue };
            match passages.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => join(known, &span),
                None => passages.push((name, span)),
            }
        }
        if passages.is_empty() {
            file.tally.add("annotations without a passage left out", 1);
        }
        for (name, span) in passages {
            for label in &tags {
                file.add(&name, MarkedSpan { label: label.clone(), ..span.clone() });
            }
        }
    }
    file
}

fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Object(fields) => match (fields.get("items"), fields.get("first")) {
            (Some(Value::Array(all)), _) => all.iter().collect(),
            (_, Some(first)) if first.is_object() => items(first),
            _ => vec![value],
        },
        _ => Vec::new(),
    }
}

fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// Returns the tags of a body: those whose purpose it is, else the words of a body without a purpose.
fn tags(body: &Value) -> Vec<String> {
    let words = |it: &Value| Some(it.as_str().or_else(|| it.get("value")?.as_str())?.trim().to_owned());
    let purpose = |it: &Value| it.get("purpose").and_then(Value::as_str).map(str::to_owned);
    let all = one_or_many(body);
    let of = |wanted: Option<&str>| -> Vec<String> {
        let these = all.iter().filter(|it| purpose(it).as_deref() == wanted);
        these.filter_map(|it| words(it)).filter(|it| !it.is_empty()).collect()
    };
    let tags = of(Some("tagging"));
    if tags.is_empty() { of(None) } else { tags }
}

/// Returns the report and the passage of a target.
fn passage(target: &Value) -> Option<(String, MarkedSpan)> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = text(target.get("readout:document")).or_else(|| text(target.get("source")))?;
    let mut span = MarkedSpan::default();
    for selector in one_or_many(target.get("selector")?) {
        match selector.get("type").and_then(Value::as_str) {
            Some("TextPositionSelector") => {
                let number = |name: &str| selector.get(name)?.as_u64().and_then(|it| it.try_into().ok());
                span.place = number("start").zip(number("end"));
            }
            Some("TextQuoteSelector") => span.words = text(selector.get("exact")).unwrap_or_default(),
            _ => {}
        }
    }
    (span.place.is_some() || !span.words.is_empty()).then_some((name, span))
}

/// Makes `known` reach to `span`, another passage of the same annotation.
fn join(known: &mut MarkedSpan, span: &MarkedSpan) {
    known.place = known.place.zip(span.place).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
    if !span.words.is_empty() {
        known.words = format!("{} {}", known.words, span.words);
    }
}

/// Reads the named entities of a file of CoNLL-U: `ner=B-PERSON` and `start_char`, `end_char` in the last column, as Readout and
/// Stanza write them.
pub fn read_conllu(text: &str) -> MarkedFile {
    let mut file = MarkedFile::default();
    let mut name = String::new();
    let mut open: Option<MarkedSpan> = None;
    let mut gap = "";
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id =") {
            close(&mut file, &name, &mut open);
            id.trim().clone_into(&mut name);
        } else if line.trim().is_empty() {
            close(&mut file, &name, &mut open);
            file.tally.add("sentences whose tags and trees were left out", 1);
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, form, .., last] = columns.as_slice() else { continue };
        // Words of several tokens, such as `2-3`, have their tokens below them.
        if columns.len() != 10 || number.contains(['-', '.']) {
            continue;
        }
        let more: BTreeMap<&str, &str> = last.split('|').filter_map(|it| it.split_once('=')).collect();
        let entity = more.get("ner").or_else(|| more.get("NER")).copied().unwrap_or("O");
        let place = |name: &str| more.get(name).and_then(|it| it.parse::<u32>().ok());
        let place = place("start_char").zip(place("end_char"));
        let goes_on = entity.starts_with("I-") || entity.starts_with("E-");
        match open.as_mut().filter(|_| goes_on) {
            Some(span) => {
                span.place = span.place.zip(place).map(|(a, b)| (a.0, b.1));
                span.words.push_str(gap);
                span.words.push_str(form);
            }
            None => {
                close(&mut file, &name, &mut open);
                if entity.len() > 2 && entity.as_bytes().get(1) == Some(&b'-') {
                    file.tally.add("sorts of named entities left out: names are compared by their places", 1);
                    open = Some(MarkedSpan { label: MENTION.to_owned(), place, words: (*form).to_owned() });
                }
            }
        }
        gap = if more.get("SpaceAfter") == Some(&"No") { "" } else { " " };
    }
    close(&mut file, &name, &mut open);
    file
}

fn close(file: &mut MarkedFile, name: &str, open: &mut Option<MarkedSpan>) {
    if let Some(span) = open.take() {
        file.add(name, span);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn span(label: &str, place: (u32, u32), words: &str) -> MarkedSpan {
        MarkedSpan { label: label.to_owned(), place: Some(place), words: words.to_owned() }
    }

    #[test]
    fn spans_of_brat_are_read_and_the_rest_is_counted() {
        let lines = "T1\tperson 0 7\tAnn Lee\nT2\tmeeting 8 11;15 21\tmet envoys\n#1\tAnnotatorNotes T1\tx\nR1\thas-who Arg1:T2 Arg2:T1\n\
                     A1\tFactuality T2 occurred\nT3\tperson x\nT4\tplace 3 9\n";
        let file = read_brat("doc-12ab", "Ann Lee met the envoys", lines);
        assert_eq!(file.reports[0].name, "doc:12ab");
        let spans = &file.reports[0].spans;
        assert_eq!(
            *spans,
            [
                span("person", (0, 7), "Ann Lee"),
                span("meeting", (8, 21), "met envoys"),
                span("place", (3, 9), "")
            ]
        );
        let told: Vec<usize> = file.tally.iter().map(|(_, number)| number).collect();
        assert_eq!(told, [1, 1, 1, 1], "{:?}", file.tally);
    }

    #[test]
    fn web_annotations_of_any_program_are_read() {
        let quote = |exact: &str| json!({ "type": "TextQuoteSelector", "exact": exact });
        let place =
            |start: u32, end: u32| json!({ "type": "TextPositionSelector", "start": start, "end": end });
        let page = json!({ "type": "AnnotationPage", "items": [
            {
                "body": [
                    { "type": "TextualBody", "purpose": "tagging", "value": "meeting" },
                    { "type": "TextualBody", "purpose": "describing", "value": "Ann Lee meets" },
                ],
                "target": [
                    { "source": "a", "readout:document": "doc:1", "selector": [place(8, 11), quote("met")] },
                    { "source": "a", "readout:document": "doc:1", "selector": [place(15, 21), quote("envoys")] },
                ],
            },
            { "body": "statement", "target": { "source": "https://bay.example/1", "selector": quote("We agree") } },
            { "target": { "source": "a", "selector": quote("We") } },
            { "body": "event", "target": "https://bay.example/1" },
        ]});
        let file = read_web_annotations(&page);
        assert_eq!(file.reports.len(), 2);
        assert_eq!(file.reports[0].spans, [span("meeting", (8, 21), "met envoys")]);
        assert_eq!(file.reports[1].name, "https://bay.example/1");
        assert_eq!(
            (file.reports[1].spans[0].place, file.reports[1].spans[0].words.as_str()),
            (None, "We agree")
        );
        assert_eq!(file.tally.iter().count(), 2);
    }

    #[test]
    fn names_of_conllu_are_read() {
        let row = |number: u32, form: &str, more: &str| {
            format!("{number}\t{form}\t_\tPROPN\t_\t_\t0\troot\t_\t{more}\n")
        };
        let text = format!(
            "# newdoc id = doc:1\n# text = Ann Lee met\n{}{}{}\n# newdoc id = doc:2\n{}",
            row(1, "Ann", "start_char=0|end_char=3|ner=B-PERSON"),
            row(2, "Lee", "start_char=4|end_char=7|ner=I-PERSON"),
            row(3, "met", "start_char=8|end_char=11"),
            row(1, "Oslo", "start_char=0|end_char=4|ner=B-GPE|SpaceAfter=No"),
        );
        let file = read_conllu(&text);
        assert_eq!(file.reports[0].spans, [span(MENTION, (0, 7), "Ann Lee")]);
        assert_eq!((file.reports[1].name.as_str(), file.reports[1].spans.len()), ("doc:2", 1));
        assert_eq!(file.tally.iter().map(|it| it.1).sum::<usize>(), 3);
    }
}
