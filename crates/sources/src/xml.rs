//! Pieces of XML: elements with their attributes, and the XML that stands in them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{characters, decode, page};

/// An element with its attributes and what stands in it.
pub(crate) struct Element<'x> {
    /// The name as formats know it: `dc:creator`, but `item` for `rss:item`, and small letters for `ITEM`.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// The XML between its tags.
    pub(crate) inner: &'x str,
}

impl<'x> Element<'x> {
    pub(crate) fn new(tag: &BytesStart<'_>, inner: &'x str) -> Self {
        let attributes = tag.html_attributes().flatten().map(|attribute| {
            let value = characters::decode_entities(&attribute.value);
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: plain_name(tag.name().as_ref()), attributes: attributes.collect(), inner }
    }

    /// Returns the value of an attribute, in capitals or not.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        value.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// Whether the content is text, as it is unless a type or mode says that it is data.
    pub(crate) fn is_text(&self) -> bool {
        let kind = self.attribute("type").unwrap_or("text");
        self.attribute("mode") != Some("base64")
            && (matches!(kind, "text" | "html" | "xhtml" | "application/xhtml+xml")
                || kind.starts_with("text/"))
    }

    /// Returns the content: text, or the source of HTML.
    pub(crate) fn content(&self) -> String {
        if self.attribute("type") == Some("xhtml") {
            return self.inner.to_owned();
        }
        let mut content = String::new();
        let mut rest = self.inner;
        while let Some((before, after)) = rest.split_once("<![CDATA[") {
            let (data, behind) = after.split_once("]]>").unwrap_or((after, ""));
            content.push_str(&characters::decode_entities(before));
            content.push_str(data);
            rest = behind;
        }
        content.push_str(&characters::decode_entities(rest));
        content
    }

    /// Returns the content as one line without markup.
    pub(crate) fn line(&self) -> String {
        let content = self.content();
        let words = if is_markup(&content) { page::words(&content) } else { content };
        characters::squeeze(&characters::clean(&words))
    }
}

/// Returns the name of an element without the prefixes of feeds, and in small letters if all are capitals.
fn plain_name(name: &str) -> String {
    let name = ["rss:", "atom:"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    if name.chars().any(char::is_lowercase) { name.to_owned() } else { name.to_lowercase() }
}

/// Whether a text has a tag.
pub(crate) fn is_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!'))
    })
}

/// Returns the elements directly inside a piece of XML. What cannot be read ends them.
pub(crate) fn children(xml: &str) -> Vec<Element<'_>> {
    outermost(xml, &|_| true)
}

/// Returns the elements of a name (without its prefix), wherever they stand, but not those within each other.
pub(crate) fn all<'x>(xml: &'x str, name: &str) -> Vec<Element<'x>> {
    outermost(xml, &|tag| plain_name(tag).rsplit(':').next() == Some(name))
}

/// Returns the first element of a name (without its prefix), wherever it stands.
pub(crate) fn first<'x>(xml: &'x str, name: &str) -> Option<Element<'x>> {
    all(xml, name).into_iter().next()
}

/// Returns the elements that are wanted by their names, but not those within each other.
fn outermost<'x>(xml: &'x str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Element<'x>> {
    let mut found = Vec::new();
    let mut reader = reader(xml);
    // The number of elements that are open, and within how many the wanted one stands.
    let mut depth = 0_usize;
    let mut open = None;
    loop {
        let before = position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if open.is_none() && is_wanted(tag.name().as_ref()) {
                    open = Some((tag.into_owned(), position(&reader), depth));
                }
                depth += 1;
            }
            Ok(Event::Empty(tag)) if open.is_none() && is_wanted(tag.name().as_ref()) => {
                found.push(Element::new(&tag, ""));
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                if let Some((tag, from, _)) = open.take_if(|(_, _, outside)| *outside == depth) {
                    found.push(Element::new(&tag, xml.get(from..before).unwrap_or_default()));
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

pub(crate) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    reader
}

pub(crate) fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Returns the name of the first element of a file in small letters, after the declaration, comments and a doctype.
pub(crate) fn root(start: &[u8]) -> Option<String> {
    let start = decode::start(start);
    let mut rest = start.as_str();
    for (opens, closes) in
        std::iter::repeat_n([("<?", "?>"), ("<!--", "-->"), ("<!doctype", ">")], 8).flatten()
    {
        if let Some((_, after)) = rest.strip_prefix(opens).and_then(|rest| rest.split_once(closes)) {
            rest = after.trim_start();
        }
    }
    let name = rest.strip_prefix('<')?.split([' ', '>', '\n', '\r', '\t', '/']).next()?;
    Some(name.to_owned()).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}
