//! The day a page was first published.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::metadata::Signs;
use crate::dates::{self, Order};

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

/// The date with its time where there is one. Every sign is as it is written: no clock and no machine's zone.
pub(super) fn find(signs: &Signs<'_>, title: Option<&str>) -> Option<String> {
    let order = order(signs);
    let read = |text: &str| -> Option<String> {
        let text = text.trim();
        dates::iso(text)
            .or_else(|| dates::in_text(text, order).next().map(|day| day.to_string()))
            .filter(|date| plausible(date))
    };
    let in_meta = signs.named(META).find_map(read);
    let in_linked = |reports: &[Value]| {
        let dated = |report: &Value| {
            ["datePublished", "dateCreated"].iter().find_map(|key| report.get(*key)?.as_str().and_then(read))
        };
        reports.iter().find_map(dated)
    };
    let (reports, pages) = signs.linked.split_at(signs.reports);
    let said = in_linked(reports).or(in_meta).or_else(|| in_linked(pages));
    let in_url = signs.url.as_deref().and_then(in_url);
    if let Some(said) = said {
        return Some(match in_url {
            // The address is made with the story; metadata may be of a later version.
            Some(url) if url < said && !said.starts_with(&url) => url,
            _ => as_local(said, signs, &read),
        });
    }
    in_url
        .or_else(|| in_script(signs).and_then(|date| read(&date)))
        .or_else(|| in_markup(signs, &read))
        .or_else(|| near_title(signs, title, order))
        .or_else(|| signs.named(WEAK).find_map(read))
        .or_else(|| in_sight(signs, order))
}

/// The same moment on the outlet's own calendar, where the metadata tell it in UTC and the page in local time.
fn as_local(said: String, signs: &Signs<'_>, read: &dyn Fn(&str) -> Option<String>) -> String {
    if !said.ends_with('Z') || said.len() < 11 {
        return said;
    }
    match in_markup(signs, read) {
        Some(shown) if !shown.ends_with('Z') && dates::days_apart(&shown, &said) == Some(1) => shown,
        _ => said,
    }
}

fn plausible(date: &str) -> bool {
    date.get(..4).and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| (1994..2040).contains(&year))
}

/// Where 5/9/2016 is in May: in the United States.
fn order(signs: &Signs<'_>) -> Order {
    let root = signs.page.query_selector(signs.page.root(), "html");
    let language =
        root.and_then(|html| signs.page.get_attribute(html, "lang")).unwrap_or_default().to_lowercase();
    let host = signs.url.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or_default();
    let elsewhere =
        [".uk", ".au", ".in", ".nz", ".ie", ".za", ".de", ".at", ".ch", ".fr", ".it", ".es", ".nl"]
            .iter()
            .any(|end| host.ends_with(end));
    let american = language == "en-us" || (language == "en" || language.is_empty()) && !elsewhere;
    if american { Order::MonthFirst } else { Order::DayFirst }
}

fn in_url(url: &str) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"[/_-]((?:19|20)\d\d)(?:[/_-](\d{1,2})[/_-](\d{1,2})|([01]\d)([0-3]\d))(?:[/_.?-]|$)")
            .ok()
    });
    static DAY_FIRST: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"/([0-3]?\d)[-_.]([01]?\d)[-_.]((?:19|20)\d\d)(?:[/_.?-]|$)").ok());
    let Some(found) = DATE.as_ref()?.captures(url) else {
        let found = DAY_FIRST.as_ref()?.captures(url)?;
        let part = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<u32>().ok());
        return Some(dates::Day::new(part(3)?, part(2)?, part(1)?)?.to_string())
            .filter(|date| plausible(date));
    };
    let part = |first: usize, second: usize| {
        found.get(first).or_else(|| found.get(second))?.as_str().parse::<u32>().ok()
    };
    let day = dates::Day::new(found.get(1)?.as_str().parse().ok()?, part(2, 4)?, part(3, 5)?)?;
    Some(day.to_string()).filter(|date| plausible(date))
}

/// A date in a script or in JSON-LD that is broken.
fn in_script(signs: &Signs<'_>) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)["'](?:datePublished|date_published|publishedDate|publish_date|publishDate|published_at|firstPublished|first_published|pubDate|publicationDate|datecreated|page_publish_date|articlePublishedDate)["']\s*:\s*["']([^"']{8,40})["']"#).ok()
    });
    DATE.as_ref()?.captures(signs.html)?.get(1).map(|date| date.as_str().to_owned())
}

/// `<time>`, `<abbr>` and elements whose names say that they hold a date.
fn in_markup(signs: &Signs<'_>, read: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let page = signs.page;
    let first = |selector: &str, attributes: &[&str]| {
        signs.select(selector).into_iter().take(40).find_map(|node| {
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
                if text.chars().count() < 140 { read(&text) } else { None }
            })
        })
    };
    first("[itemprop='datePublished'], [pubdate], [property='datePublished']", &["datetime", "content", "title"])
        .or_else(|| first("time[class*='publ'], time[class*='entry-date'], abbr.published, [class*='entry-date'], [class*='post-date'], [class*='publish'], [class*='pubdate'], [class*='article-date'], [class*='article__date']", &["datetime", "title", "content"]))
        .or_else(|| first("time", &["datetime", "title"]))
        .or_else(|| first("[itemprop='dateCreated'], [class*='date'], [class*='Date'], [id*='date'], [class*='datum'], [class*='fecha'], [class*='publi'], [class*='time'], [class*='byline'], [class*='posted'], [class*='meta'], [class*='info'], [class*='dateline'], [class*='veroeff']", &["datetime", "title", "content"]))
}

/// The first date within a few lines of the headline, where by-lines stand.
fn near_title(signs: &Signs<'_>, title: Option<&str>, order: Order) -> Option<String> {
    let title = title.filter(|title| title.len() >= 10)?;
    let text = signs.text(signs.page.body()?);
    // The last of several: the first may stand in a list of stories above.
    let at = text.rfind(title)?;
    let after = at + title.len();
    let find = |from: usize, to: usize| {
        let part = text.get(text.floor_char_boundary(from)..text.floor_char_boundary(to))?;
        dates::in_text(part, order).map(|day| day.to_string()).find(|date| plausible(date))
    };
    find(after, after + 240).or_else(|| find(at.saturating_sub(120), at))
}

/// A date that a reader sees, introduced as that of publication, or the first one in the page's text.
fn in_sight(signs: &Signs<'_>, order: Order) -> Option<String> {
    static INTRODUCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:published|posted|publication date|created|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|date|datum|fecha|data|stand|vom|am|le|el|on)\s*(?:on|at|am|le|el|il)?\s*:?\s*(?:\w+,\s*)?(.{8,40})").ok()
    });
    let body = signs.page.body()?;
    let text = signs.text(body);
    let introduced = INTRODUCED.as_ref()?.captures_iter(&text).take(200).find_map(|found| {
        let after = found.get(1)?.as_str();
        let day = dates::in_text(after, order).next()?;
        plausible(&day.to_string()).then(|| day.to_string())
    });
    introduced
        .or_else(|| dates::in_text(&text, order).map(|day| day.to_string()).find(|date| plausible(date)))
}
