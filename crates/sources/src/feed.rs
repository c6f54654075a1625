//! Feeds in RSS, RDF and Atom: a report for each item.

use quick_xml::events::{BytesStart, Event};
use readout_record::{Document, PublishedFrom};
use serde_json::Value;

use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Format, Holds, Part, Recognised, Source};
use crate::xml::{self, Element, children, is_markup, position, reader};
use crate::{article, characters, dates, decode, fields, outlets, page, plain};

pub(crate) static FORMAT: Format = Format {
    name: "feed",
    endings: &["rss", "atom", "rdf", "xml"],
    told_by: "its first element: `rss`, `feed`, `rdf:RDF`, or `CHANNEL` of CDF",
    reads: "a report for each item, with title, link, day, authors and the item's text or summary; the outlet is that of \
            the link, or else the feed's title; `guid`, categories and `source` (the wire behind the item) are kept. The posts of a WordPress export are such items",
    recognise,
    holds: Holds::Several(items),
    read: item,
};

/// The names of the elements that are reports.
const ITEMS: [&str; 2] = ["item", "entry"];

/// Elements that hold the text of an item, the fullest first.
const TEXTS: [&str; 6] =
    ["content:encoded", "content", "description", "summary", "abstract", "media:description"];

/// Elements that give the day of an item, the surest first.
const DAYS: [&str; 6] = ["pubDate", "published", "dc:date", "dcterms:issued", "issued", "updated"];

fn recognise(start: &[u8]) -> Recognised {
    match xml::root(start).as_deref() {
        Some("urlset" | "sitemapindex") => Recognised::Surely,
        Some(root) if is_root(root) => Recognised::Surely,
        _ => Recognised::No,
    }
}

/// Whether the first element of a file, in small letters, is that of a feed; `CHANNEL` is that of CDF, the feeds of 1997.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(name, "rss" | "feed" | "atom:feed" | "rdf:rdf" | "channel")
}

/// Takes a feed apart. What is broken ends it: the items before that are read.
fn items(bytes: &[u8], _options: &Options, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    let xml = match decode::html(bytes, mend) {
        Ok(xml) => xml,
        Err(why) => return vec![Part::Refused { number: 0, why }],
    };
    let refused = |why: Fault| vec![Part::Refused { number: 0, why }];
    match xml::root(xml.as_bytes()).as_deref() {
        Some("urlset" | "sitemapindex") => {
            let count = xml::all(&xml, "loc").len();
            return refused(
                Fault::empty(format!("a sitemap: it names {count} pages and holds none of them")).with_hint(
                    "readout watch ADDRESS fetches the pages that the sitemap at an address names",
                ),
            );
        }
        _ if recognise(xml.as_bytes()) == Recognised::Surely => {}
        Some(name) => {
            return refused(Fault::unsupported(format!(
                "XML of no format that is read (its first element is `{name}`)"
            )));
        }
        None => return refused(Fault::damaged("no XML that can be read")),
    }
    let mut reader = reader(&xml);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut known = Document::default();
    // The elements that are open, with the byte at which their content starts.
    let mut open: Vec<(BytesStart<'static>, usize)> = Vec::new();
    let mut item = None;
    let fault = loop {
        let before = position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if item.is_none() && ITEMS.contains(&Element::new(&tag, "").name.as_str()) {
                    item = Some((open.len(), before));
                }
                open.push((tag.into_owned(), position(&reader)));
            }
            Ok(Event::End(_)) => {
                let Some((tag, from)) = open.pop() else { continue };
                match item {
                    Some((depth, from)) if depth == open.len() => {
                        found.push((from, position(&reader)));
                        item = None;
                    }
                    Some(_) => {}
                    None if open.last().is_some_and(|(tag, _)| is_feed(tag)) => {
                        tell(&Element::new(&tag, xml.get(from..before).unwrap_or_default()), &mut known);
                    }
                    None => {}
                }
            }
            Ok(Event::Eof) if open.is_empty() => break None,
            Ok(Event::Eof) => break Some((xml.len(), Fault::damaged("cut off"))),
            Err(error) => break Some((before, Fault::damaged("broken XML").because(error))),
            Ok(_) => {}
        }
    };
    let mut parts: Vec<Part> = Vec::new();
    for (from, to) in found {
        let bytes = xml.get(from..to).unwrap_or_default().as_bytes().to_vec();
        parts.push(Part::Report { number: parts.len() + 1, bytes, known: Box::new(known.clone()) });
    }
    if let Some((at, what)) = fault {
        let line = xml.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let why = what.at(format!("at line {line} of the feed")).with_hint("what may follow was not read");
        parts.push(Part::Refused { number: parts.len() + 1, why });
    } else if parts.is_empty() {
        parts.push(Part::Refused { number: 0, why: Fault::empty("the feed has no items") });
    }
    parts
}

/// Whether an element is the one whose children tell of the whole feed.
fn is_feed(tag: &BytesStart<'_>) -> bool {
    matches!(Element::new(tag, "").name.as_str(), "channel" | "feed")
}

/// Takes what an element tells of the whole feed.
fn tell(element: &Element<'_>, known: &mut Document) {
    let slot = match element.name.as_str() {
        "title" => &mut known.outlet,
        "language" | "dc:language" => &mut known.language,
        _ => return,
    };
    let mut line = element.line();
    if element.name != "title" {
        line = line.to_ascii_lowercase().chars().take_while(char::is_ascii_alphabetic).collect();
    }
    if !line.is_empty() && (element.name == "title" || line.len() == 2) {
        *slot = Some(line);
    }
}

/// Reads the document of an item.
fn item(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let xml = decode::text(&source.bytes, mend)?;
    let outer = children(&xml);
    let Some(outer) = outer.first().filter(|outer| ITEMS.contains(&outer.name.as_str())) else {
        return Err(Fault::unsupported("not an item of a feed"));
    };
    let elements = children(outer.inner);
    let called = |name: &'static str| elements.iter().filter(move |element| element.name == name);
    let line = |name: &'static str| called(name).map(Element::line).find(|line| !line.is_empty());
    let mut document = (*source.known).clone();
    document.title = line("title");
    let named = outer
        .attribute("href")
        .or_else(|| outer.attribute("rdf:about"))
        .filter(|address| address.starts_with("http"));
    document.url = link(&elements).or_else(|| named.map(str::to_owned));
    if let Some(outlet) = document.url.as_deref().and_then(outlets::of_url) {
        document.outlet = Some(outlet.to_owned());
    }
    document.authors = authors(&elements);
    if document.published.is_none() {
        document.published = outer.attribute("lastmod").and_then(dates::iso);
        document.published_from = document.published.as_ref().map(|_| PublishedFrom::Metadata);
    }
    for key in ["guid", "id", "wp:post_type", "wp:status"] {
        if let Some(value) = line(key) {
            document.other.insert(key.to_owned(), value.into());
        }
    }
    // The wire or the feed that an item was taken from: RSS gives its name, Atom its head.
    for element in called("source") {
        let inner = children(element.inner);
        let name =
            inner.iter().find(|inner| inner.name == "title").map_or_else(|| element.line(), Element::line);
        if !name.is_empty() {
            document.other.insert("source".to_owned(), name.into());
        }
        if let Some(address) = element.attribute("url").map(str::to_owned).or_else(|| link(&inner)) {
            document.other.insert("source_url".to_owned(), address.into());
        }
    }
    let categories: Vec<Value> = called("category")
        .map(|element| element.attribute("term").map_or_else(|| element.line(), str::to_owned))
        .filter(|name| !name.is_empty())
        .map(Value::from)
        .collect();
    if !categories.is_empty() {
        document.other.insert("categories".to_owned(), categories.into());
    }
    let days = (0..).zip(DAYS).filter_map(|(place, name)| Some((place, name.to_owned(), line(name)?)));
    fields::date(days.collect(), None, &mut document, mend);
    if let Some(kind) = line("wp:post_type").filter(|kind| kind != "post") {
        return Err(Fault::empty(format!("no post, but of the kind `{kind}`")));
    }
    let texts = TEXTS.iter().flat_map(|name| called(name)).filter(|element| element.is_text());
    let Some((element, text)) =
        texts.map(|element| (element, element.content())).find(|(_, text)| !text.trim().is_empty())
    else {
        return Err(Fault::empty("the item has no text"));
    };
    if is_markup(&text) && element.attribute("type") != Some("text") {
        return page::fragment(&with_paragraphs(text), document, options, mend);
    }
    article::check_length(text.len(), options)?;
    Ok(article::finish(plain::blocks(&characters::clean(&text)), document, mend))
}

/// Returns HTML whose paragraphs are marked: WordPress keeps them as blank lines, and marks them when a page is shown.
fn with_paragraphs(html: String) -> String {
    if html.contains("<p") || html.contains("<br") || !html.contains("\n") {
        return html;
    }
    html.replace("\r\n", "\n").replace("\n\n", "<p>").replace('\n', "<br>")
}

/// Returns the address of the report.
pub(crate) fn link(elements: &[Element<'_>]) -> Option<String> {
    let named = |name: &'static str| elements.iter().filter(move |element| element.name == name);
    let written = |element: &Element<'_>| Some(element.line()).filter(|line| line.starts_with("http"));
    let href = |element: &Element<'_>| {
        let alternate = element.attribute("rel").is_none_or(|rel| rel == "alternate");
        element.attribute("href").filter(|_| alternate).map(str::to_owned)
    };
    named("feedburner:origLink")
        .chain(named("link"))
        .find_map(|element| written(element).or_else(|| href(element)))
        .or_else(|| named("guid").find_map(written))
}

/// Returns the names of the authors.
fn authors(elements: &[Element<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for element in elements {
        let name = match element.name.as_str() {
            "dc:creator" => element.line(),
            "author" => {
                let parts = children(element.inner);
                match parts.iter().find(|part| part.name == "name") {
                    Some(name) => name.line(),
                    // RSS has an address with the name in brackets.
                    None => {
                        let line = element.line();
                        match line.split_once('(') {
                            Some((_, name)) => name.trim_end_matches(')').trim().to_owned(),
                            None if line.contains('@') => String::new(),
                            None => line,
                        }
                    }
                }
            }
            _ => continue,
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &str) -> (Vec<Document>, Vec<(usize, String)>) {
        let (mut documents, mut refused) = (Vec::new(), Vec::new());
        for part in items(feed.as_bytes(), &Options::default(), &mut |note| panic!("{note}")) {
            match part {
                Part::Refused { number, why } => refused.push((number, why.message())),
                Part::Report { number, bytes, known } => {
                    let mut source = Source::of(number.to_string(), &FORMAT, bytes);
                    source.known = known;
                    match item(&source, &Options::default(), &mut |note| panic!("{note}")) {
                        Ok(document) => documents.push(document),
                        Err(why) => refused.push((number, why.message())),
                    }
                }
            }
        }
        (documents, refused)
    }

    #[test]
    fn a_feed_that_is_cut_off_gives_the_items_before() {
        let (documents, refused) = read(
            "<rss><channel><title>Bay News</title>\n<item><title>One</title><description>They met.</description></item>\n<item><title>Two",
        );
        assert_eq!(documents.len(), 1);
        assert_eq!(refused, [(2, "cut off at line 3 of the feed; what may follow was not read".to_owned())]);
    }

    #[test]
    fn data_is_no_text() {
        let entry = |content: &str| {
            read(&format!("<feed><entry>{content}<summary>They met.</summary></entry></feed>"))
        };
        for data in [
            "<content type='image/png'>UmVhZG91dA==</content>",
            "<content type='application/octet-stream'>UmVhZG91dA==</content>",
            "<content type='text/html' mode='base64'>UmVhZG91dA==</content>",
        ] {
            assert_eq!(entry(data).0[0].text, "They met.", "{data}");
        }
        assert_eq!(entry("<content type='text/plain'>They left.</content>").0[0].text, "They left.");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for (xml, why) in [
            ("<?xml version='1.0'?><opml/>", "XML of no format that is read (its first element is `opml`)"),
            ("<rss><channel><title>Empty</title></channel></rss>", "the feed has no items"),
        ] {
            assert_eq!(read(xml).1, [(0, why.to_owned())]);
        }
        assert_eq!(
            read("<feed><entry><title>Bare</title></entry></feed>").1,
            [(1, "the item has no text".to_owned())]
        );
    }

    #[test]
    fn a_feed_is_told_by_its_first_element() {
        for feed in [
            "<rss version='2.0'>",
            "\u{feff}<?xml version='1.0'?>\n<!-- a > b -->\n<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<?xml version='1.0'?><!DOCTYPE rdf:RDF><rdf:RDF>",
        ] {
            assert_eq!(recognise(feed.as_bytes()), Recognised::Surely, "{feed}");
        }
        for other in ["<html><body><rss>", "The <rss> element", "<rssfeed>", "", "<?xml"] {
            assert_eq!(recognise(other.as_bytes()), Recognised::No, "{other}");
        }
    }
}
