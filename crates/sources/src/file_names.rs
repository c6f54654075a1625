//! Facts on reports in the names of their files and folders, by a pattern that the caller gives.

use readout_record::{Document, PublishedFrom};
use regex::Regex;

use crate::fault::Fault;
use crate::{characters, dates};

/// The parts that a pattern may name, with what each may be.
const PARTS: [(&str, &str); 6] = [
    ("date", r"(?P<date>\d[^/]*?)"),
    ("outlet", r"(?P<outlet>[^/]+?)"),
    ("title", r"(?P<title>[^/]+?)"),
    ("author", r"(?P<author>[^/]+?)"),
    ("number", r"\d+"),
    ("any", r"[^/]*?"),
];

/// A pattern of names: `{outlet}/{date} {title}` for files such as `Daily Bay/2016-09-05 Quay opens.txt`.
#[derive(Clone, Debug)]
pub(crate) struct NamePattern {
    words: String,
    form: Regex,
    /// The folders that the pattern names.
    folders: usize,
}

impl PartialEq for NamePattern {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for NamePattern {}

impl NamePattern {
    /// Reads a pattern: names of parts in braces, and what stands between them. The ending of the file is no part of it.
    ///
    /// # Errors
    /// If it names no part, one twice, or one that is not known; with what is allowed.
    pub(crate) fn read(words: &str) -> Result<Self, Fault> {
        let known = || {
            let parts: Vec<String> = PARTS.iter().map(|(name, _)| format!("{{{name}}}")).collect();
            format!("there are {}", parts.join(", "))
        };
        let mut form = "^".to_owned();
        let mut named: Vec<&str> = Vec::new();
        let mut rest = words.trim_matches('/');
        let folders = rest.matches('/').count();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(Fault::question(format!("a brace is not closed in {words:?}")));
            };
            let Some((name, part)) = PARTS.iter().find(|(part, _)| *part == name) else {
                return Err(Fault::question(format!("{{{name}}} is no part of a name")).with_hint(known()));
            };
            if !matches!(*name, "any" | "number") && named.contains(name) {
                return Err(Fault::question(format!("{{{name}}} stands twice in {words:?}")));
            }
            named.push(name);
            form += &format!("{}{part}", regex::escape(before));
            rest = after;
        }
        if named.iter().all(|name| matches!(*name, "any" | "number")) {
            return Err(Fault::question(format!("{words:?} names no part of a name")).with_hint(known()));
        }
        form += &format!("{}$", regex::escape(rest));
        let form = Regex::new(&form)
            .map_err(|error| Fault::question("a pattern that cannot be used").because(error))?;
        Ok(Self { words: words.to_owned(), form, folders })
    }

    /// Fills the gaps of a document with what the name of its file tells. Returns a note if the name does not fit.
    pub(crate) fn fill(&self, path: &str, document: &mut Document) -> Option<String> {
        let lacks = document.published.is_none() || document.outlet.is_none();
        let Some(found) = self.form.captures(self.named(path)) else {
            return lacks.then(|| format!("its name does not fit the pattern {:?}", self.words));
        };
        let part = |name: &str| {
            let words = found.name(name)?.as_str().replace('_', " ");
            Some(characters::squeeze(&words)).filter(|words| !words.is_empty())
        };
        let mut note = None;
        if document.published.is_none()
            && let Some(words) = part("date")
        {
            let usage = dates::usage_of(document.url.as_deref(), document.outlet.as_deref());
            match dates::given(&words, usage.as_ref())
                .or_else(|_| dates::given(&words.replace(' ', "-"), usage.as_ref()))
            {
                Ok(given) => {
                    document.published = Some(given.date);
                    document.published_from = Some(PublishedFrom::Metadata);
                    note = given.why;
                }
                Err(unread) => note = Some(unread.note(&words)),
            }
        }
        document.outlet = document.outlet.take().or_else(|| part("outlet"));
        document.title = document.title.take().or_else(|| part("title"));
        if document.authors.is_empty() {
            document.authors.extend(part("author"));
        }
        note
    }

    /// Returns the part of a path that the pattern is about: the file without its ending, and the folders above it.
    fn named<'p>(&self, path: &'p str) -> &'p str {
        let path = match path.rsplit_once('#') {
            Some((file, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => file,
            _ => path,
        };
        let path = path.strip_suffix(".gz").unwrap_or(path);
        let from = path.rmatch_indices(['/', '\\']).nth(self.folders).map_or(0, |(at, _)| at + 1);
        let named = path.get(from..).unwrap_or_default();
        match named.rsplit_once('.') {
            // A full stop inside a date or a name is no ending.
            Some((name, ending)) if ending.len() <= 5 && !ending.contains([' ', '/']) && !name.is_empty() => {
                name
            }
            _ => named,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str, path: &str) -> (Option<String>, Option<String>, Option<String>, Option<String>) {
        let mut document = Document::default();
        let note = NamePattern::read(pattern).unwrap().fill(path, &mut document);
        (document.published, document.outlet, document.title, note)
    }

    #[test]
    fn names_tell_day_outlet_and_title() {
        let some = |text: &str| Some(text.to_owned());
        for (pattern, path, day, outlet, title) in [
            ("{date} {outlet}", "in/2026-03-02 Daily B.txt", "2026-03-02", Some("Daily B"), None),
            ("{outlet}_{date}", "in/Daily_Bay_20160905.html.gz", "2016-09-05", Some("Daily Bay"), None),
            (
                "{outlet}/{date} - {title}",
                "x/Daily Bay/5 Sept 2016 - Quay opens.pdf",
                "2016-09-05",
                Some("Daily Bay"),
                Some("Quay opens"),
            ),
            ("{number}_{date}_{any}", "a/17_05.09.2016_x.rtf", "2016-09-05", None, None),
            ("{date}", "a\\2016_09_05.docx#3", "2016-09-05", None, None),
        ] {
            let told = told(pattern, path);
            assert_eq!(
                told,
                (some(day), outlet.map(str::to_owned), title.map(str::to_owned), None),
                "{path}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let note = told("{date} {outlet}", "in/notes.txt").3.unwrap();
        assert_eq!(note, "its name does not fit the pattern \"{date} {outlet}\"");
        let note = told("{date}", "in/05-09-2016.txt").3.unwrap();
        assert!(note.contains("nothing tells whether the day or the month comes first"), "{note}");
        let mut whole = Document {
            published: Some("2016-09-05".to_owned()),
            outlet: Some("The Bay".to_owned()),
            ..Document::default()
        };
        assert_eq!(
            NamePattern::read("{date} {outlet}").unwrap().fill("2017-01-01 Other.txt", &mut whole),
            None
        );
        assert_eq!(
            (whole.published.as_deref(), whole.outlet.as_deref()),
            (Some("2016-09-05"), Some("The Bay"))
        );
    }

    #[test]
    fn patterns_are_checked() {
        for (pattern, why) in [
            (
                "{day}",
                "{day} is no part of a name; there are {date}, {outlet}, {title}, {author}, {number}, {any}",
            ),
            ("{date} {date}", "{date} stands twice in \"{date} {date}\""),
            ("{date", "a brace is not closed in \"{date\""),
            (
                "{any}",
                "\"{any}\" names no part of a name; there are {date}, {outlet}, {title}, {author}, {number}, {any}",
            ),
        ] {
            assert_eq!(NamePattern::read(pattern).unwrap_err().message(), why);
        }
    }
}
