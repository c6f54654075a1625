//! The day a page was first published.

use regex::Regex;
use serde_json::Value;
use trafilatura::dom::NodeId;

use super::limits;
use super::signs::{Signs, line};
use crate::dates::{self, Order, Usage};
use crate::junk::ends_as_sentence;
use crate::patterns::patterns;

/// The most elements marked as a date that are looked at.
const MARKED: usize = 40;
/// The number of lines after the headline among which a date is looked for.
const LINES_AFTER: usize = 8;
/// The number of lines before the headline among which a date is looked for.
const LINES_BEFORE: usize = 2;

patterns! {
    /// A day with the year first in an address.
    static IN_URL: Regex = r"[/_-]((?:19|20)\d\d)(?:[/_-](\d{1,2})[/_-](\d{1,2})|([01]\d)([0-3]\d))(?:[/_.?-]|$)";
    /// A day with the day first in an address.
    static IN_URL_DAY_FIRST: Regex = r"/([0-3]?\d)[-_.]([01]?\d)[-_.]((?:19|20)\d\d)(?:[/_.?-]|$)";
    /// A field of a script whose value is the day of publication.
    static IN_SCRIPT: Regex = r#"(?i)["'](?:datePublished|date_published|publishedDate|publish_date|publishDate|published_at|firstPublished|first_published|pubDate|publicationDate|datecreated|page_publish_date|articlePublishedDate)["']\s*:\s*["']([^"']{8,40})["']"#;
    /// Words that call a date the day of publication.
    static INTRODUCED: Regex = r"(?i)(?:^|\W)(?:published|posted|publication date|created|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|date|datum|fecha|data|stand)\b";
}

/// Names of `meta` elements that give the time of publication, the surest first.
const META: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "publication_date",
    "date.published",
    "published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "originalpublicationdate",
    "displaydate",
    "ptime",
    "rnews:datepublished",
    "citation_publication_date",
    "citation_date",
    "article_date_original",
    "firstpublished",
    "date_published",
    "bt:pubdate",
    "video:release_date",
    "shareaholic:article_published_time",
];
/// Names that some systems use for the last change: weaker than what the reader sees.
const WEAK: &[&str] = &[
    "date",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "article.created",
    "datecreated",
    "created",
    "doc_date",
    "timestamp",
];

/// The date on which a page was published, and the place where it was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Published {
    /// The date with its time where there is one.
    pub(super) date: Option<String>,
    /// True if the date is on a line that a reader sees, and not in the metadata.
    pub(super) seen: bool,
    /// A note on a date that could not be read, or that was read by the usual order of day and month.
    pub(super) note: Option<String>,
}

/// Finds the date on which a page was published.
///
/// Signs are read as they are written, without a clock or the machine's zone. Dates in running text are no sign.
pub(super) fn find(signs: &Signs<'_>, title: Option<&str>) -> Published {
    let usage = usage(signs);
    let order = usage.as_ref().map(|usage| usage.order);
    let given = |text: &str| dates::given(text, usage.as_ref()).ok().filter(|given| plausible(&given.date));
    let read = |text: &str| -> Option<String> {
        let in_text = || dates::in_text(text, order).map(|day| day.to_string()).find(|day| plausible(day));
        given(text).map(|given| given.date).or_else(in_text)
    };
    let stated = signs.named(META).find_map(|text| Some((read(text)?, text.to_owned())));
    let in_linked = |reports: &[Value]| {
        let dated = |report: &Value| {
            ["datePublished", "dateCreated"].iter().find_map(|key| {
                let text = report.get(*key)?.as_str()?;
                Some((read(text)?, text.to_owned()))
            })
        };
        reports.iter().find_map(dated)
    };
    let (reports, pages) = signs.linked.split_at(signs.reports);
    let said = in_linked(reports).or(stated).or_else(|| in_linked(pages));
    let in_url = signs.url.as_deref().and_then(in_url);
    let metadata = |date: String, note: Option<String>| Published { date: Some(date), seen: false, note };
    if let Some((said, words)) = said {
        return match in_url {
            // The address is made with the story; metadata may be of a later version.
            Some(url) if url < said && !said.starts_with(&url) => metadata(url, None),
            _ => metadata(as_local(said, signs, &read, order), given(&words).and_then(|given| given.why)),
        };
    }
    let marked = in_url
        .or_else(|| in_script(signs).and_then(|date| read(&date)))
        .or_else(|| in_markup(signs, &read, order));
    if let Some(date) = marked {
        return metadata(date, None);
    }
    let lines = lines(signs);
    let weak = || signs.named(WEAK).find_map(read);
    if let Some(date) = near_title(&lines, title, order) {
        return Published { date: Some(date), seen: true, note: None };
    }
    if let Some(date) = weak() {
        return metadata(date, None);
    }
    if let Some(date) = agreed(signs, &read) {
        return metadata(date, None);
    }
    let date = in_sight(&lines, order);
    let unread = || {
        let mut words = signs.named(META).filter(|words| !words.is_empty());
        words.find_map(|words| Some(dates::given(words, usage.as_ref()).err()?.note(words)))
    };
    let note = if date.is_none() { unread() } else { None };
    Published { seen: date.is_some(), date, note }
}

/// Returns the local date that the page shows, if `said` is in UTC and one day off, or else `said`.
fn as_local(
    said: String,
    signs: &Signs<'_>,
    read: &dyn Fn(&str) -> Option<String>,
    order: Option<Order>,
) -> String {
    if !said.ends_with('Z') || said.len() < 11 {
        return said;
    }
    match in_markup(signs, read, order) {
        Some(shown) if !shown.ends_with('Z') && dates::days_apart(&shown, &said) == Some(1) => shown,
        _ => said,
    }
}

fn plausible(date: &str) -> bool {
    date.get(..4).and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| (1994..2040).contains(&year))
}

/// Returns the order of day and month that the outlet uses, or that is usual in the language of the page.
fn usage(signs: &Signs<'_>) -> Option<Usage> {
    if let Some(usage) = dates::usage_of(signs.url.as_deref(), signs.site.as_deref()) {
        return Some(usage);
    }
    let root = signs.page.query_selector(signs.page.root(), "html")?;
    let language = signs.page.get_attribute(root, "lang")?.trim().to_lowercase().replace('_', "-");
    let order = match language.as_str() {
        "en-us" => Order::MonthFirst,
        // Spoken where either may come first, or the year.
        "" | "en" | "en-ca" | "en-ph" => return None,
        other
            if ["zh", "ja", "ko", "hu", "lt", "fa"]
                .iter()
                .any(|year_first| other.starts_with(year_first)) =>
        {
            return None;
        }
        _ => Order::DayFirst,
    };
    Some(Usage { order, why: format!("the page is in {language}"), told: false })
}

fn in_url(url: &str) -> Option<String> {
    let Some(found) = IN_URL.captures(url) else {
        let found = IN_URL_DAY_FIRST.captures(url)?;
        let part = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<u32>().ok());
        return Some(dates::day(part(3)?, part(2)?, part(1)?)?.to_string()).filter(|date| plausible(date));
    };
    let part = |first: usize, second: usize| {
        found.get(first).or_else(|| found.get(second))?.as_str().parse::<u32>().ok()
    };
    let day = dates::day(found.get(1)?.as_str().parse().ok()?, part(2, 4)?, part(3, 5)?)?;
    Some(day.to_string()).filter(|date| plausible(date))
}

/// Finds a date in a script or in broken JSON-LD.
fn in_script(signs: &Signs<'_>) -> Option<String> {
    IN_SCRIPT.captures(signs.html)?.get(1).map(|date| date.as_str().to_owned())
}

/// Finds a date in `<time>`, `<abbr>` and elements whose names say that they contain a date.
fn in_markup(
    signs: &Signs<'_>,
    read: &dyn Fn(&str) -> Option<String>,
    order: Option<Order>,
) -> Option<String> {
    let page = signs.page;
    let first = |selector: &str, attributes: &[&str]| {
        signs.select(selector).take(MARKED).find_map(|node| {
            let name = format!(
                "{} {}",
                page.class_name(node),
                page.get_attribute(node, "itemprop").unwrap_or_default()
            )
            .to_lowercase();
            if name.contains("modif") || name.contains("updat") {
                return None;
            }
            let attribute = attributes
                .iter()
                .find_map(|name| page.get_attribute(node, name).and_then(|value| read(&value)));
            attribute.or_else(|| {
                let text = signs.text(node);
                // An element that is called so may hold a sentence all the same.
                if is_prose(&text, order) { None } else { read(&text) }
            })
        })
    };
    first("[itemprop='datePublished'], [pubdate], [property='datePublished']", &["datetime", "content", "title"])
        .or_else(|| first("time[class*='publ'], time[class*='entry-date'], abbr.published, [class*='entry-date'], [class*='post-date'], [class*='publish'], [class*='pubdate'], [class*='article-date'], [class*='article__date']", &["datetime", "title", "content"]))
        .or_else(|| first("time", &["datetime", "title"]))
        .or_else(|| first("[itemprop='dateCreated'], [class*='date'], [class*='Date'], [id*='date'], [class*='datum'], [class*='fecha'], [class*='publi'], [class*='time'], [class*='byline'], [class*='posted'], [class*='meta'], [class*='info'], [class*='dateline'], [class*='veroeff']", &["datetime", "title", "content"]))
}

/// Returns the first date of the page's marked times, if all of them are of one day.
fn agreed(signs: &Signs<'_>, read: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let page = signs.page;
    let nodes = page.query_selector_all(page.root(), "time[datetime], [itemprop='datePublished']");
    let mut days = nodes.into_iter().filter_map(|node| {
        let value = ["datetime", "content"].iter().find_map(|name| page.get_attribute(node, name))?;
        read(&value)
    });
    let first = days.next()?;
    days.all(|day| day.get(..10) == first.get(..10)).then_some(first)
}

/// A line of a page as a reader sees it.
struct Line {
    text: String,
    /// True if the line is beside the story: in a footer, a list of other stories, a caption.
    aside: bool,
}

/// Returns the lines of a page: the text between the starts and ends of block elements.
fn lines(signs: &Signs<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = String::new();
    if let Some(body) = signs.page.body() {
        write_lines(signs, body, false, &mut open, &mut lines);
    }
    close_line(&mut open, false, &mut lines);
    lines
}

fn write_lines(signs: &Signs<'_>, node: NodeId, aside: bool, open: &mut String, lines: &mut Vec<Line>) {
    let page = signs.page;
    if page.is_text(node) {
        open.push_str(&page.text_content(node));
        return;
    }
    let tag = page.tag_name(node);
    if matches!(tag, "" | "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "option") {
        return;
    }
    let inline = limits::is_inline(tag);
    let aside = aside || !inline && (tag == "figcaption" || signs.names_aside(node));
    if !inline {
        close_line(open, aside, lines);
    }
    open.push(' ');
    for child in page.child_nodes(node) {
        write_lines(signs, child, aside, open, lines);
    }
    open.push(' ');
    if !inline {
        close_line(open, aside, lines);
    }
}

fn close_line(open: &mut String, aside: bool, lines: &mut Vec<Line>) {
    let text = line(&std::mem::take(open));
    if !text.is_empty() {
        lines.push(Line { text, aside });
    }
}

/// Whether a text is running sentences, and not a line of names, dates and times.
///
/// A sentence has words in small letters on both sides of a day, or is long.
fn is_prose(text: &str, order: Option<Order>) -> bool {
    const LONGEST: usize = 140;
    text.chars().count() >= LONGEST || !dates::stands_alone(text, order)
}

/// Finds the first date within a few lines of the headline, the usual place of by-lines.
fn near_title(lines: &[Line], title: Option<&str>, order: Option<Order>) -> Option<String> {
    let title = title.filter(|title| title.len() >= 10)?;
    // The last of several: the first may stand in a list of stories above.
    let at = lines.iter().rposition(|line| !line.aside && line.text.contains(title))?;
    let day = |line: &Line| {
        let day = dates::in_text(&line.text, order).map(|day| day.to_string()).find(|day| plausible(day));
        day.filter(|_| !is_prose(&line.text, order))
    };
    let after = lines[at + 1..].iter().filter(|line| !line.aside).take(LINES_AFTER);
    let before = lines[..at].iter().rev().filter(|line| !line.aside).take(LINES_BEFORE);
    after.take_while(|line| !is_story(line)).find_map(day).or_else(|| before.into_iter().find_map(day))
}

/// Whether a line is a paragraph of a story.
fn is_story(line: &Line) -> bool {
    line.text.len() >= 100 && ends_as_sentence(&line.text)
}

/// Finds a date on a line that calls it the date of publication, or else the first date by itself above the story.
fn in_sight(lines: &[Line], order: Option<Order>) -> Option<String> {
    let day = |line: &Line| {
        let day = dates::in_text(&line.text, order).map(|day| day.to_string()).find(|day| plausible(day));
        day.filter(|_| !line.aside && !is_prose(&line.text, order))
    };
    let introduced = |line: &&Line| INTRODUCED.is_match(&line.text);
    lines
        .iter()
        .filter(introduced)
        .find_map(day)
        .or_else(|| lines.iter().take_while(|line| !is_story(line)).find_map(day))
}
