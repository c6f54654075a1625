//! A report, or a passage of one, as others cite it: in the forms of the Chicago Manual, BibTeX and CSL-JSON.

use readout_record::{Document, DocumentId, MONTHS, RecordId};
use serde::Serialize;

use crate::cite::Citation;

/// All that a footnote needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Footnote {
    /// The permanent id of the record or report that is cited.
    pub id: RecordId,
    /// The report.
    pub document: DocumentId,
    /// The authors of the by-line.
    pub authors: Vec<String>,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day, or day and time, of publication, ISO 8601.
    pub published: Option<String>,
    /// The web address.
    pub url: Option<String>,
    /// The number of the paragraph in which the passage starts, from 1; `None` for a whole report.
    pub paragraph: Option<usize>,
    /// The passage; `None` for a whole report.
    pub passage: Option<String>,
    /// SHA-256 of the report's text, by which the passage can be checked.
    pub text_sha256: String,
}

/// A form of footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationStyle {
    /// A note as in the Chicago Manual of Style, one a line.
    Chicago,
    /// Entries of BibTeX.
    Bibtex,
    /// One array of items of CSL-JSON.
    CslJson,
}

impl CitationStyle {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Chicago, Self::Bibtex, Self::CslJson];

    /// Returns the form's name, as it is typed and asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chicago => "chicago",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
        }
    }

    /// Returns the form of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Returns `footnotes` in this form, with a line break at the end.
    ///
    /// # Errors
    /// Never for footnotes as they are made; the form of CSL-JSON asks for it.
    pub fn write(self, footnotes: &[Footnote]) -> serde_json::Result<String> {
        Ok(match self {
            Self::Chicago => footnotes.iter().map(|it| it.chicago() + "\n").collect(),
            Self::Bibtex => footnotes.iter().map(Footnote::bibtex).collect(),
            Self::CslJson => {
                let items: Vec<CslItem> = footnotes.iter().map(Footnote::csl).collect();
                serde_json::to_string_pretty(&items)? + "\n"
            }
        })
    }
}

/// A reference as CSL-JSON has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CslItem {
    id: String,
    #[serde(rename = "type")]
    item_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'static str>,
    note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct CslName {
    literal: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<u32>>,
}

impl Footnote {
    /// Returns the footnote for a whole report.
    pub fn of_report(document: &Document) -> Self {
        Self {
            id: RecordId::from(&document.id),
            document: document.id.clone(),
            authors: document.authors.clone(),
            title: document.title.clone(),
            outlet: document.outlet.clone(),
            published: document.published.clone(),
            url: document.url.clone(),
            paragraph: None,
            passage: None,
            text_sha256: document.text_sha256.clone(),
        }
    }

    /// Returns the footnote for the passage `citation` of `document`.
    pub fn of_passage(document: &Document, citation: &Citation) -> Self {
        Self {
            id: citation.id.clone(),
            paragraph: Some(citation.paragraph),
            passage: Some(citation.text.clone()),
            ..Self::of_report(document)
        }
    }

    /// Returns year, month and day of publication, as many as are known.
    fn date(&self) -> Vec<u32> {
        let published = self.published.as_deref().unwrap_or_default();
        let parts = [published.get(..4), published.get(5..7), published.get(8..10)];
        parts.into_iter().map_while(|it| it?.parse().ok()).collect()
    }

    /// Returns a note in the form of the Chicago Manual of Style: author, headline, outlet, day, address; then the
    /// passage with its paragraph and the permanent id.
    pub fn chicago(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend((!self.authors.is_empty()).then(|| match self.authors.as_slice() {
            [one] => one.clone(),
            [one, other] => format!("{one} and {other}"),
            [first, ..] if self.authors.len() > 3 => format!("{first} et al."),
            all => format!("{}, and {}", all[..all.len() - 1].join(", "), all[all.len() - 1]),
        }));
        parts.extend(self.title.as_ref().map(|title| format!("“{}”", quoted(title))));
        parts.extend(self.outlet.clone());
        let month = |number: u32| MONTHS.get(number.checked_sub(1)? as usize).copied();
        parts.extend(match self.date().as_slice() {
            [year, number, day] => month(*number).map(|it| format!("{it} {day}, {year}")),
            [year, number] => month(*number).map(|it| format!("{it} {year}")),
            [year] => Some(year.to_string()),
            _ => Some("n.d.".to_owned()),
        });
        parts.extend(self.url.clone());
        // A headline in quotation marks has the comma inside them.
        let note = parts.join(", ").replace("”, ", ",” ");
        let at = self.paragraph.map(|it| format!("para. {it}: ")).unwrap_or_default();
        let passage = self.passage.as_ref().map(|it| format!(" {at}“{}”", quoted(it))).unwrap_or_default();
        format!("{}.{passage} [{}]", note.trim_end_matches('.'), self.id)
    }

    /// Returns an entry of BibTeX. Its key is the permanent id without the colon.
    pub fn bibtex(&self) -> String {
        let mut fields: Vec<(&str, String)> = Vec::new();
        if !self.authors.is_empty() {
            let names: Vec<String> = self.authors.iter().map(|it| format!("{{{}}}", bibtex(it))).collect();
            fields.push(("author", names.join(" and ")));
        }
        fields.extend(self.title.as_ref().map(|it| ("title", format!("{{{}}}", bibtex(it)))));
        fields.extend(self.outlet.as_ref().map(|it| ("journal", bibtex(it))));
        fields.extend(["year", "month", "day"].into_iter().zip(self.date().iter().map(u32::to_string)));
        fields.extend(self.url.as_ref().map(|it| ("url", it.replace(['{', '}', '\\'], ""))));
        let passage = self.passage.as_ref().map(|it| {
            let at = self.paragraph.map(|it| format!("para. {it}: ")).unwrap_or_default();
            format!("{at}``{}''. ", bibtex(it))
        });
        let note =
            format!("{}{}, text sha256 {}", passage.unwrap_or_default(), bibtex(&self.id), self.text_sha256);
        fields.push(("note", note));
        let lines: Vec<String> =
            fields.into_iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@article{{{},\n{}\n}}\n", self.id.replace(':', "-"), lines.join(",\n"))
    }

    /// Returns the reference as an item of CSL-JSON, which Zotero, pandoc and others read.
    pub fn csl(&self) -> CslItem {
        let date = self.date();
        let passage = self.passage.as_ref().map(|it| format!("“{}” ", quoted(it))).unwrap_or_default();
        CslItem {
            id: self.id.to_string(),
            item_type: "article-newspaper",
            title: self.title.clone(),
            container: self.outlet.clone(),
            author: self.authors.iter().map(|it| CslName { literal: it.clone() }).collect(),
            issued: (!date.is_empty()).then(|| CslDate { parts: vec![date] }),
            url: self.url.clone(),
            locator: self.paragraph.map(|it| it.to_string()),
            label: self.paragraph.map(|_| "paragraph"),
            note: format!("{passage}{} text sha256 {}", self.id, self.text_sha256),
        }
    }
}

/// Returns words as they stand within quotation marks: without marks around them, on one line.
fn quoted(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = words.trim_matches(['“', '”', '"']);
    inner.replace(['“', '”', '"'], "'")
}

/// Returns words as BibTeX reads them.
fn bibtex(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', letter]),
            '{' | '}' => {}
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            it if it.is_whitespace() => escaped.push(' '),
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footnote() -> Footnote {
        let document = Document {
            id: "doc:0123456789abcdef".into(),
            title: Some("Talks in “Port & Bay” resume".to_owned()),
            authors: vec!["Ann Bell".to_owned(), "Carl Dorn".to_owned()],
            outlet: Some("Island Courier".to_owned()),
            published: Some("2016-09-07T08:30+02:00".to_owned()),
            url: Some("https://example.org/a_b".to_owned()),
            text_sha256: "ab".to_owned(),
            ..Document::default()
        };
        let citation = Citation {
            id: "statement:0123456789ab".into(),
            text: "“We will\ntalk,” she said".to_owned(),
            paragraph: 4,
            ..Citation::default()
        };
        Footnote::of_passage(&document, &citation)
    }

    #[test]
    fn a_passage_is_cited_in_three_forms() {
        let it = footnote();
        assert_eq!(
            it.chicago(),
            "Ann Bell and Carl Dorn, “Talks in 'Port & Bay' resume,” Island Courier, September 7, 2016, \
             https://example.org/a_b. para. 4: “We will talk,' she said” [statement:0123456789ab]"
        );
        assert_eq!(
            it.bibtex(),
            "@article{statement-0123456789ab,\n  author = {{Ann Bell} and {Carl Dorn}},\n  title = {{Talks in “Port \\& Bay” \
             resume}},\n  journal = {Island Courier},\n  year = {2016},\n  month = {9},\n  day = {7},\n  url = \
             {https://example.org/a_b},\n  note = {para. 4: ``“We will talk,” she said''. statement:0123456789ab, text sha256 \
             ab}\n}\n"
        );
        let csl = serde_json::to_value(it.csl()).unwrap();
        assert_eq!(csl["type"], "article-newspaper");
        assert_eq!(csl["issued"]["date-parts"], serde_json::json!([[2016, 9, 7]]));
        assert_eq!((&csl["locator"], &csl["label"]), (&"4".into(), &"paragraph".into()));
    }

    #[test]
    fn every_style_is_found_by_its_name() {
        for style in CitationStyle::ALL {
            assert_eq!(CitationStyle::named(style.name()), Some(style));
            let two = style.write(&[footnote(), footnote()]).unwrap();
            assert_eq!(two.matches("Island Courier").count(), 2, "{two}");
            assert!(two.ends_with('\n'));
        }
        assert_eq!(CitationStyle::named("apa"), None);
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let it = Footnote { id: "doc:1".into(), ..Footnote::default() };
        assert_eq!(it.chicago(), "n.d.. [doc:1]".replace("..", "."));
        assert_eq!(serde_json::to_value(it.csl()).unwrap().get("issued"), None);
    }
}
