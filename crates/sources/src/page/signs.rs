//! Signs that a page gives of itself: `meta` elements, JSON-LD, address, site, and what a reader sees of an element.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use trafilatura::dom::{Document, NodeId};

use crate::characters;
use crate::junk::plain_letters;
use crate::patterns::patterns;

patterns! {
    /// Names of elements that stand beside a story.
    static ASIDE: Regex = r"(?i)comment|related|sidebar|side-bar|widget|recommend|popular|most-read|mostread|trending|teaser|promo|carousel|latest|recent|footer|more-stories|read-next|similar|archive-list|newsticker|ticker|navig|outbrain|taboola|weather|calendar";
    /// Names of lists of other stories and of offers.
    static OFFER: Regex = r"(?i)related|recommend|popular|most-read|mostread|trending|latest|more-stories|read-next|similar|outbrain|taboola|newsletter|sign-?up|access-wall|registration-wall|cookie-|consent|breadcrumb";
    /// Names of boxes within a story that are no part of it.
    static BOX: Regex = r"(?i)modal|dialog|newsletter|subscri|sign-?up|social|share|author|by-?line|copyright|disclaimer|player|paywall-|regwall|banner|advert|sponsor|cookie|consent|caption";
}

/// The signs of one page, such as its `meta` elements and JSON-LD, read once.
pub(super) struct Signs<'p> {
    pub(super) page: &'p Document,
    /// `meta` elements: name, property or itemprop in small letters, and content.
    pub(super) meta: Vec<(String, String)>,
    /// Objects of JSON-LD: articles first, then pages and films.
    pub(super) linked: Vec<Value>,
    /// The number of articles in `linked`.
    pub(super) reports: usize,
    /// The source of the page, for text that the parser does not read.
    pub(super) html: &'p str,
    pub(super) url: Option<String>,
    pub(super) site: Option<String>,
    pub(super) language: Option<String>,
    /// The elements around the headline, which are never beside the story, whatever their names.
    around_title: FxHashSet<NodeId>,
    /// Elements that were asked whether they stand beside the story, with the answers.
    asides: RefCell<FxHashMap<NodeId, bool>>,
}

impl<'p> Signs<'p> {
    /// Reads the signs of a page. `url` is its address, if it is known.
    pub(super) fn read(page: &'p Document, html: &'p str, url: Option<&str>) -> Self {
        let (linked, reports) = linked(page);
        let mut around_title = FxHashSet::default();
        for headline in page.iter(page.root(), &["h1"]) {
            let mut at = page.parent(headline);
            while let Some(node) = at.filter(|node| around_title.insert(*node)) {
                at = page.parent(node);
            }
        }
        let meta = meta(page);
        let mut signs = Signs {
            page,
            meta,
            linked,
            reports,
            html,
            url: None,
            site: None,
            language: None,
            around_title,
            asides: RefCell::default(),
        };
        let canonical = page
            .query_selector(page.root(), "link[rel='canonical']")
            .and_then(|link| page.get_attribute(link, "href"));
        let absolute = |url: &String| url.starts_with("http");
        signs.url = url
            .map(str::to_owned)
            .or_else(|| canonical.filter(absolute))
            .or_else(|| signs.named(&["og:url", "twitter:url"]).map(str::to_owned).find(absolute));
        signs.language = language(&signs);
        signs.site = site(&signs);
        signs
    }
}

impl Signs<'_> {
    /// Returns the contents of the `meta` elements called `names`, in the order of the names.
    pub(super) fn named<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = &'s str> {
        names.iter().flat_map(|name| {
            self.meta.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
        })
    }

    /// Returns the text of an element as one line.
    pub(super) fn text(&self, node: NodeId) -> String {
        let mut text = String::new();
        visible(self.page, node, &mut text);
        line(&text)
    }

    /// Returns the text of an element as one line, or `None` if more than `longest` bytes of it are letters or marks.
    pub(super) fn short_text(&self, node: NodeId, longest: usize) -> Option<String> {
        let mut text = String::new();
        let mut room = longest;
        visible_within(self.page, node, &mut text, &mut room).then(|| line(&text))
    }

    /// Finds the elements that a selector matches, outside of parts that belong to other stories.
    pub(super) fn select(&self, selector: &str) -> impl Iterator<Item = NodeId> {
        let found = self.page.query_selector_all(self.page.root(), selector);
        found.into_iter().filter(|node| !self.is_aside(*node))
    }

    /// Whether an element is in a sidebar, a list of other stories, the comments or the footer.
    pub(super) fn is_aside(&self, node: NodeId) -> bool {
        let mut asides = self.asides.borrow_mut();
        let mut way = Vec::new();
        let mut at = Some(node);
        let answer = loop {
            let Some(node) = at else { break false };
            if let Some(known) = asides.get(&node) {
                break *known;
            }
            way.push(node);
            if self.around_title.contains(&node) {
                break false;
            }
            if self.names_aside(node) {
                break true;
            }
            if matches!(self.page.tag_name(node), "body" | "html") {
                break false;
            }
            at = self.page.parent(node);
        };
        asides.extend(way.into_iter().map(|node| (node, answer)));
        answer
    }

    /// Whether an element's own name says that it is beside the story.
    pub(super) fn names_aside(&self, node: NodeId) -> bool {
        let tag = self.page.tag_name(node);
        if self.around_title.contains(&node) || matches!(tag, "body" | "html") {
            return false;
        }
        let name = format!("{} {}", self.page.class_name(node), self.page.id_attr(node));
        matches!(tag, "aside" | "footer" | "nav")
            // A theme's name on the outer wrapper says nothing.
            || name.len() < 160 && ASIDE.is_match(&name)
    }
}

/// The longest name of a part of a page, in bytes; longer ones are made of the words of a headline.
const NAME: usize = 40;

/// The most elements around one that are asked for their names.
const AROUND: usize = 5;

/// The names of the elements of a page, each looked at once: many passages stand in the same elements.
pub(super) struct Names<'p> {
    page: &'p Document,
    known: RefCell<FxHashMap<NodeId, Says>>,
}

/// What the name of an element says.
#[derive(Clone, Copy)]
struct Says {
    /// True if the element stands beside a story.
    beside: bool,
    /// True if the element lists other stories or offers a newsletter.
    furniture: bool,
}

impl<'p> Names<'p> {
    pub(super) fn new(page: &'p Document) -> Self {
        Self { page, known: RefCell::default() }
    }

    /// Returns the element whose name says that it stands beside the story: `node`, or one close around it.
    pub(super) fn beside(&self, node: NodeId) -> Option<NodeId> {
        self.around(node).find(|node| self.says(*node).beside)
    }

    /// Whether the name of an element, or of one close around it, says that it lists other stories or offers a newsletter: what
    /// stands in such an element is no part of a story, even if an extractor took it for one.
    pub(super) fn is_furniture(&self, node: NodeId) -> bool {
        self.around(node).any(|node| self.says(node).furniture)
    }

    /// Returns an element and those close around it, up to one that holds the story.
    fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let around = std::iter::successors(Some(node), |node| self.page.parent(*node)).take(AROUND);
        around.take_while(|node| !matches!(self.page.tag_name(*node), "body" | "html" | "main" | "article"))
    }

    fn says(&self, node: NodeId) -> Says {
        *self.known.borrow_mut().entry(node).or_insert_with(|| {
            let tag = self.page.tag_name(node);
            let name = format!("{} {}", self.page.class_name(node), self.page.id_attr(node));
            let is_named = name.len() < 160;
            let offers = |name: &str| name.len() <= NAME && OFFER.is_match(name);
            Says {
                beside: matches!(
                    tag,
                    "aside" | "footer" | "nav" | "form" | "label" | "button" | "a" | "figure"
                ) || is_named && (ASIDE.is_match(&name) || BOX.is_match(&name)),
                furniture: matches!(tag, "footer" | "nav") || is_named && name.split(' ').any(offers),
            }
        })
    }
}

/// Adds the text that a reader sees to `text`, with blanks where elements meet.
fn visible(page: &Document, node: NodeId, text: &mut String) {
    let mut room = usize::MAX;
    visible_within(page, node, text, &mut room);
}

/// Adds the text that a reader sees, as long as there is `room` for its bytes without blanks. Returns whether all of it was
/// added.
fn visible_within(page: &Document, node: NodeId, text: &mut String, room: &mut usize) -> bool {
    if page.is_text(node) {
        let here = page.text_content(node);
        let letters = here.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
        text.push_str(&here);
        *room = match room.checked_sub(letters) {
            Some(left) => left,
            None => return false,
        };
    } else if !matches!(
        page.tag_name(node),
        "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "option"
    ) {
        text.push(' ');
        for child in page.child_nodes(node) {
            if !visible_within(page, child, text, room) {
                return false;
            }
        }
        text.push(' ');
    }
    true
}

/// Returns a text as one clean line.
pub(super) fn line(text: &str) -> String {
    let once = characters::clean(text);
    let text = if once.contains('&') { characters::decode_entities(&once) } else { once };
    characters::squeeze(&text)
}

fn meta(page: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in page.iter(page.root(), &["meta"]) {
        let content = page.get_attribute(node, "content").map(|content| line(&content)).unwrap_or_default();
        if content.is_empty() {
            continue;
        }
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.get_attribute(node, attribute) {
                found.push((name.trim().to_lowercase(), content.clone()));
            }
        }
    }
    found
}

/// Types of schema.org that are reports, and those that only speak of one.
const REPORTS: &[&str] =
    &["Article", "NewsArticle", "BlogPosting", "Posting", "Report", "Review", "Recipe", "Story", "LiveBlog"];
const PAGES: &[&str] = &["WebPage", "VideoObject", "Product", "CreativeWork", "ItemPage"];

fn linked(page: &Document) -> (Vec<Value>, usize) {
    let (mut reports, mut pages, mut persons) = (Vec::new(), Vec::new(), Vec::new());
    for script in page.query_selector_all(page.root(), "script[type*='ld+json']") {
        let source = page.text_content(script);
        let source = source
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("]]>")
            .trim_end_matches("//");
        // Line ends inside strings are a common slip.
        let plain: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(plain.trim().trim_end_matches(';')) else { continue };
        collect(value, &mut reports, &mut pages, &mut persons, 0);
    }
    // Authors that are given by their id only.
    let names: BTreeMap<String, Value> = persons
        .into_iter()
        .filter_map(|person| Some((person.get("@id")?.as_str()?.to_owned(), person.get("name")?.clone())))
        .collect();
    for report in &mut reports {
        if let Some(author) = report.get_mut("author") {
            let authors = match author {
                Value::Array(authors) => authors.iter_mut().collect(),
                author => vec![author],
            };
            for author in authors {
                let name = author.get("@id").and_then(Value::as_str).and_then(|id| names.get(id));
                if let (Some(name), None) = (name, author.get("name")) {
                    *author = name.clone();
                }
            }
        }
    }
    let count = reports.len();
    reports.append(&mut pages);
    (reports, count)
}

fn collect(
    value: Value,
    reports: &mut Vec<Value>,
    pages: &mut Vec<Value>,
    persons: &mut Vec<Value>,
    depth: usize,
) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                collect(item, reports, pages, persons, depth + 1);
            }
        }
        Value::Object(mut fields) => {
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"] {
                if inner != "hasPart"
                    && inner != "itemListElement"
                    && let Some(value) = fields.remove(inner)
                {
                    collect(value, reports, pages, persons, depth + 1);
                }
            }
            let types: Vec<String> = match fields.get("@type") {
                Some(Value::String(one)) => vec![one.clone()],
                Some(Value::Array(many)) => {
                    many.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
                }
                _ => Vec::new(),
            };
            let is = |known: &[&str]| types.iter().any(|one| known.iter().any(|name| one.ends_with(name)));
            if is(REPORTS) {
                reports.push(Value::Object(fields));
            } else if is(&["Person"]) {
                persons.push(Value::Object(fields));
            } else if is(PAGES) {
                pages.push(Value::Object(fields));
            }
        }
        _ => {}
    }
}

fn language(signs: &Signs<'_>) -> Option<String> {
    let root = signs.page.query_selector(signs.page.root(), "html");
    let declared = root.and_then(|html| {
        signs.page.get_attribute(html, "lang").or_else(|| signs.page.get_attribute(html, "xml:lang"))
    });
    let declared = declared.or_else(|| {
        signs.named(&["og:locale", "content-language", "dc.language"]).next().map(str::to_owned)
    })?;
    let code: String = declared
        .trim()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    (code.len() == 2).then_some(code)
}

fn site(signs: &Signs<'_>) -> Option<String> {
    let publisher = signs.linked.iter().find_map(|report| match report.get("publisher")? {
        Value::String(name) => Some(line(name)),
        publisher => publisher.get("name")?.as_str().map(line),
    });
    let named = signs.named(&[
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "twitter:site",
    ]);
    let usable =
        |name: &String| (2..60).contains(&name.len()) && !name.starts_with("http") && !name.starts_with('@');
    named.map(str::to_owned).find(usable).or_else(|| publisher.filter(usable))
}

/// Returns the letters of a host's main part: `nytimes` of `https://www.nytimes.com/…`.
pub(super) fn host_name(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let parts: Vec<&str> = host.split('.').filter(|part| part.len() > 3).collect();
    plain_letters(parts.iter().max_by_key(|part| part.len()).copied().unwrap_or_default())
}
