//! NewsML-G2 and NewsML 1, the envelopes of agencies.

use readout_record::{Document, PublishedFrom};

use super::nitf::{self, basic, first_line, keep, keep_list};
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Format, Holds, Part, Recognised, Source};
use crate::xml::{self, Element};
use crate::{article, characters, decode, page, plain};

pub(crate) static FORMAT: Format = Format {
    name: "NewsML",
    endings: &["newsml"],
    told_by: "its first element: `newsMessage` or `newsItem` of NewsML-G2, `NewsML` of NewsML 1",
    reads: "a report for each item with a text in it, in NITF, XHTML or plain; headline, day and hour, by-line, provider and \
            language; id, slug, urgency, state, subjects, keywords and notes to editors are kept",
    recognise: |start| match xml::root(start).as_deref() {
        Some("newsml" | "newsmessage" | "newsitem") => Recognised::Surely,
        _ => Recognised::No,
    },
    holds: Holds::Several(items),
    read,
};

/// Takes a message apart into its items.
fn items(bytes: &[u8], _: &Options, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    let xml = match decode::html(bytes, mend) {
        Ok(xml) => xml,
        Err(why) => return vec![Part::Refused { number: 0, why }],
    };
    let mut parts = Vec::new();
    for (number, name) in (1..).zip(item_spans(&xml)) {
        let bytes = xml.get(name).unwrap_or_default().as_bytes().to_vec();
        parts.push(Part::Report { number, bytes, known: Box::default() });
    }
    if parts.is_empty() {
        parts.push(Part::Refused { number: 0, why: Fault::empty("no whole item in it (`newsItem`)") });
    }
    parts
}

/// Returns the bytes of each item, with its tags.
fn item_spans(xml: &str) -> Vec<std::ops::Range<usize>> {
    use quick_xml::events::Event;
    let mut reader = xml::reader(xml);
    let (mut found, mut open, mut depth) = (Vec::new(), None, 0_usize);
    loop {
        let before = xml::position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let is_item = tag
                    .name()
                    .as_ref()
                    .rsplit(':')
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case("newsitem"));
                if open.is_none() && is_item {
                    open = Some((before, depth));
                }
                depth += 1;
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                if let Some((from, _)) = open.take_if(|(_, outside)| *outside == depth) {
                    found.push(from..xml::position(&reader));
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let xml = decode::text(&source.bytes, mend)?;
    let item = xml::children(&xml).into_iter().next().ok_or_else(|| Fault::empty("no item"))?;
    let mut document = (*source.known).clone();
    let text = if item.name == "newsItem" {
        tell_g2(&item, &mut document);
        text_g2(&item)
    } else {
        tell_1(&item, &mut document);
        text_1(&item)
    };
    match text {
        None => Err(Fault::empty("the item has no text in it (a picture, or a text that stands elsewhere)")),
        Some(Text { nitf: Some(nitf), text }) => {
            nitf::tell(&nitf, &mut document);
            page::fragment(&text, document, options, mend)
        }
        Some(Text { nitf: None, text }) if xml::is_markup(&text) => {
            // Agencies put lines of 72 letters into one paragraph of HTML; such lines are paragraphs where they start with blanks.
            let text = text.replace("\n   ", "<p>").replace("\n\t", "<p>");
            page::fragment(&text, document, options, mend)
        }
        Some(Text { nitf: None, text }) => {
            article::check_length(text.len(), options)?;
            Ok(article::finish(plain::blocks(&characters::clean(&text)), document, mend))
        }
    }
}

/// A text of an item: plain, or the source of HTML, and the NITF that it stood in.
struct Text {
    nitf: Option<String>,
    text: String,
}

impl Text {
    /// Returns the text of what stands in an item, if it is one.
    fn of(element: &Element<'_>) -> Option<Self> {
        if let Some(text) = nitf::body(element.inner) {
            return Some(Self { nitf: Some(element.inner.to_owned()), text });
        }
        let text = if element.inner.contains("<![CDATA[") || !xml::is_markup(element.inner) {
            let content = element.content();
            // NITF may stand in the item as text too.
            if let Some(text) = nitf::body(&content) {
                return Some(Self { nitf: Some(content), text });
            }
            content
        } else {
            match xml::first(element.inner, "body") {
                Some(body) => body.inner.to_owned(),
                None => element.inner.to_owned(),
            }
        };
        page::words(&text).chars().any(char::is_alphanumeric).then_some(Self { nitf: None, text })
    }
}

/// Returns the text of an item of NewsML-G2: of several forms, the first with a text.
fn text_g2(item: &Element<'_>) -> Option<Text> {
    let set = xml::first(item.inner, "contentSet")?;
    let inline =
        ["inlineXML", "inlineData"].iter().flat_map(|name| xml::all(set.inner, name)).collect::<Vec<_>>();
    inline.iter().find_map(Text::of)
}

fn tell_g2(item: &Element<'_>, document: &mut Document) {
    let inner = item.inner;
    let meta = xml::first(inner, "contentMeta").map(|meta| meta.inner).unwrap_or_default();
    let around = xml::first(inner, "itemMeta").map(|meta| meta.inner).unwrap_or_default();
    let line = |xml: &str, name: &str| first_line(&xml::all(xml, name));
    let called = |element: &Element<'_>| {
        let name = first_line(&xml::all(element.inner, "name"));
        name.or_else(|| element.attribute("literal").map(str::to_owned))
    };
    let headlines = xml::all(meta, "headline");
    let (main, others): (Vec<_>, Vec<_>) = headlines.into_iter().partition(|headline| {
        headline.attribute("role").is_none_or(|role| role.ends_with("main") || role.ends_with("medium"))
    });
    document.title = first_line(&main).or_else(|| first_line(&others));
    if document.title.is_some() && !main.is_empty() {
        keep(document, "subhead", first_line(&others));
    }
    let days = [line(around, "firstCreated"), line(around, "versionCreated"), line(meta, "contentCreated")];
    document.published = days.into_iter().flatten().find_map(|day| basic(&day));
    document.published_from = document.published.as_ref().map(|_| PublishedFrom::Metadata);
    let provider = xml::first(around, "provider")
        .and_then(|provider| called(&provider).or_else(|| code(provider.attribute("qcode"))));
    let holder = || xml::first(inner, "copyrightHolder").and_then(|holder| called(&holder));
    document.outlet = provider.or_else(holder);
    document.language = xml::first(meta, "language")
        .and_then(|language| language.attribute("tag").and_then(nitf::language))
        .or_else(|| item.attribute("xml:lang").and_then(nitf::language));
    if let Some(byline) = line(meta, "by") {
        nitf::authors(&byline, document);
    }
    if document.authors.is_empty() {
        document.authors = xml::all(meta, "creator")
            .iter()
            .filter_map(called)
            .filter(|name| crate::front::is_person(name))
            .collect();
    }
    keep(document, "id", item.attribute("guid").map(str::to_owned));
    keep(document, "version", item.attribute("version").map(str::to_owned));
    keep(document, "slug", line(meta, "slugline"));
    keep(document, "urgency", line(meta, "urgency"));
    keep(document, "editors", line(around, "edNote"));
    keep(document, "embargoed", line(around, "embargoed"));
    keep(document, "state", xml::first(around, "pubStatus").and_then(|state| code(state.attribute("qcode"))));
    let subjects: Vec<String> = xml::all(meta, "subject").iter().filter_map(called).collect();
    keep_list(document, "subjects", subjects.iter().map(String::as_str));
    let keywords: Vec<String> = xml::all(meta, "keyword").iter().map(Element::line).collect();
    keep_list(document, "keywords", keywords.iter().map(String::as_str));
}

/// Returns a code without its scheme: `REUTERS` of `nprov:REUTERS`.
fn code(qcode: Option<&str>) -> Option<String> {
    Some(qcode?.rsplit(':').next()?.to_owned()).filter(|code| !code.is_empty())
}

/// Returns the text of an item of NewsML 1: that of the first component with one.
fn text_1(item: &Element<'_>) -> Option<Text> {
    xml::all(item.inner, "DataContent").iter().find_map(Text::of)
}

fn tell_1(item: &Element<'_>, document: &mut Document) {
    let inner = item.inner;
    let line = |name: &str| first_line(&xml::all(inner, name));
    let formal = |name: &str| {
        xml::first(inner, name).and_then(|element| element.attribute("FormalName").map(str::to_owned))
    };
    document.title = line("HeadLine").or_else(|| line("NameLabel"));
    let days = [line("FirstCreated"), line("ThisRevisionCreated"), line("DateId")];
    document.published = days.into_iter().flatten().find_map(|day| basic(&day));
    document.published_from = document.published.as_ref().map(|_| PublishedFrom::Metadata);
    let party = xml::first(inner, "Provider").and_then(|provider| xml::first(provider.inner, "Party"));
    document.outlet = party
        .and_then(|party| party.attribute("FormalName").map(str::to_owned))
        .or_else(|| line("ProviderId"));
    document.language = formal("Language")
        .as_deref()
        .and_then(nitf::language)
        .or_else(|| item.attribute("xml:lang").and_then(nitf::language));
    if let Some(byline) = line("ByLine") {
        nitf::authors(&byline, document);
    }
    keep(document, "id", line("PublicIdentifier"));
    keep(document, "version", line("RevisionId"));
    keep(document, "slug", line("SlugLine"));
    keep(document, "dateline", line("DateLine"));
    keep(document, "subhead", line("SubHeadLine"));
    keep(document, "urgency", formal("Urgency"));
    keep(document, "state", formal("Status"));
    let properties = xml::all(inner, "Property");
    let keywords = properties.iter().filter(|property| property.attribute("FormalName") == Some("Keyword"));
    keep_list(document, "keywords", keywords.filter_map(|property| property.attribute("Value")));
}
