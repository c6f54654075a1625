//! The pages that a feed or a sitemap names, for those who fetch them.

use std::io::Read as _;

use serde_json::Value;

use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::xml::{self, Element, children};
use crate::{dates, decode, feed};

/// What a file that names pages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesKind {
    /// A feed: RSS, RDF, Atom, CDF or JSON Feed. Its items may be reports themselves.
    Feed,
    /// A sitemap, also one of news.
    Sitemap,
    /// A sitemap that names sitemaps.
    SitemapIndex,
}

/// The pages that a file names, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// What the file is.
    pub kind: NamesKind,
    /// The pages, or the sitemaps.
    pub pages: Vec<NamedPage>,
}

/// A page that a feed or a sitemap names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPage {
    /// The address as it is written; it may be one that is relative to that of the file.
    pub address: String,
    /// The time of its last change, or else of its publication, as it is written.
    pub stamp: Option<String>,
    /// That time as ISO 8601, if it can be read.
    pub day: Option<String>,
}

/// Returns the pages that a feed or a sitemap names, packed or not; `None` if the bytes are of neither.
///
/// # Errors
/// If the file is packed and larger than the limit for a file, or its characters cannot be told.
pub fn named_pages(bytes: &[u8], options: &Options) -> Result<Option<Names>, Fault> {
    let limit = options.max_file_bytes;
    let mut unpacked = Vec::new();
    let opened = Content::Memory(bytes.into()).open(options)?;
    opened.content().take(limit + 1).read_to_end(&mut unpacked)?;
    if unpacked.len() as u64 > limit {
        return Err(Fault::too_large(format!("larger than {} MB when unpacked", limit >> 20)));
    }
    if unpacked.trim_ascii_start().starts_with(b"{") {
        return Ok(of_json(&unpacked));
    }
    let kind = match xml::root(&unpacked).as_deref() {
        Some("urlset") => NamesKind::Sitemap,
        Some("sitemapindex") => NamesKind::SitemapIndex,
        Some(root) if feed::is_root(root) => NamesKind::Feed,
        _ => return Ok(None),
    };
    let xml = decode::html(&unpacked, &mut |_| {})?;
    let pages = match kind {
        NamesKind::Sitemap => xml::all(&xml, "url").iter().filter_map(of_sitemap).collect(),
        NamesKind::SitemapIndex => xml::all(&xml, "sitemap").iter().filter_map(of_sitemap).collect(),
        NamesKind::Feed => ["item", "entry"]
            .iter()
            .flat_map(|name| xml::all(&xml, name))
            .filter_map(|item| of_item(&item))
            .collect(),
    };
    Ok(Some(Names { kind, pages }))
}

fn page(address: String, stamp: Option<String>) -> Option<NamedPage> {
    let day = stamp.as_deref().and_then(|stamp| dates::given(stamp, None).ok()).map(|given| given.date);
    Some(NamedPage { address, stamp, day }).filter(|page| !page.address.is_empty())
}

/// Returns the page of an entry of a sitemap. News have their day in an element of their own.
fn of_sitemap(entry: &Element<'_>) -> Option<NamedPage> {
    let line = |name: &str| xml::first(entry.inner, name).map(|it| it.line()).filter(|it| !it.is_empty());
    let address = children(entry.inner).iter().find(|it| it.name == "loc").map(Element::line)?;
    page(address, line("lastmod").or_else(|| line("publication_date")))
}

/// Returns the page of an item of a feed.
fn of_item(item: &Element<'_>) -> Option<NamedPage> {
    let elements = children(item.inner);
    let line = |name: &str| elements.iter().find(|it| it.name == name).map(Element::line);
    let stamp =
        ["updated", "dcterms:modified", "pubDate", "published", "dc:date"].iter().find_map(|name| line(name));
    let relative = || line("link").filter(|address| !address.is_empty());
    let named = || item.attribute("href").or_else(|| item.attribute("rdf:about")).map(str::to_owned);
    page(feed::link(&elements).or_else(relative).or_else(named)?, stamp.filter(|stamp| !stamp.is_empty()))
}

fn of_json(bytes: &[u8]) -> Option<Names> {
    let feed: Value = serde_json::from_slice(bytes).ok()?;
    feed.get("version")?.as_str().filter(|version| version.contains("jsonfeed"))?;
    let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let pages = feed.get("items")?.as_array()?.iter().filter_map(|item| {
        let address = text(item, "url").or_else(|| text(item, "external_url"))?;
        page(address, text(item, "date_modified").or_else(|| text(item, "date_published")))
    });
    Some(Names { kind: NamesKind::Feed, pages: pages.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<(NamesKind, Vec<String>)> {
        let names = named_pages(text.as_bytes(), &Options::default()).unwrap()?;
        let told = |page: &NamedPage| format!("{} {}", page.address, page.day.as_deref().unwrap_or("-"));
        Some((names.kind, names.pages.iter().map(told).collect()))
    }

    #[test]
    fn feeds_and_sitemaps_name_pages() {
        let rss = "<rss><channel><link>https://a.example/</link><item><link>https://a.example/1</link><pubDate>Mon, 05 Sep 2016 \
                   10:00:00 GMT</pubDate></item><item><title>No link</title></item></channel></rss>";
        assert_eq!(
            names(rss),
            Some((NamesKind::Feed, vec!["https://a.example/1 2016-09-05T10:00:00Z".to_owned()]))
        );
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/2'/><published>2016-09-05</published>\
                    <updated>2016-09-06</updated></entry></feed>";
        assert_eq!(names(atom), Some((NamesKind::Feed, vec!["/2 2016-09-06".to_owned()])));
        let news = "<?xml version='1.0'?><urlset xmlns:news='n' xmlns:image='i'><url><loc> https://a.example/3?a=1&amp;b=2 </loc>\
                    <image:image><image:loc>https://a.example/3.jpg</image:loc></image:image><news:news><news:publication_date>\
                    2016-09-07</news:publication_date></news:news></url></urlset>";
        assert_eq!(
            names(news),
            Some((NamesKind::Sitemap, vec!["https://a.example/3?a=1&b=2 2016-09-07".to_owned()]))
        );
        let index = "<sitemapindex><sitemap><loc>https://a.example/s.xml.gz</loc></sitemap></sitemapindex>";
        assert_eq!(
            names(index),
            Some((NamesKind::SitemapIndex, vec!["https://a.example/s.xml.gz -".to_owned()]))
        );
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/4"}]}"#;
        assert_eq!(names(json), Some((NamesKind::Feed, vec!["https://a.example/4 -".to_owned()])));
        assert_eq!(names("<html><body><item>x</item></body></html>"), None);
    }
}
