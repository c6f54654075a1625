//! The headline of a page.

use serde_json::Value;

use super::signs::{Signs, host_name, line};
use crate::junk::plain_letters;

/// Marks that separate a headline from the site's name, section or rubric in `<title>`.
const PARTS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", " › ", " > ", " ~ ", "｜", " -- ",
];

/// Finds the headline that the page shows and its metadata name.
pub(super) fn find(signs: &Signs<'_>) -> Option<String> {
    let page = signs.page;
    let head =
        page.query_selector(page.root(), "head title").or_else(|| page.query_selector(page.root(), "title"));
    let head = head.map(|title| signs.text(title)).filter(|title| !title.is_empty());
    let linked = signs.linked.iter().find_map(|report| {
        ["headline", "name"].iter().find_map(|key| report.get(*key).and_then(Value::as_str)).map(line)
    });
    let mut said: Vec<String> = Vec::new();
    said.extend(signs.named(&["og:title"]).map(str::to_owned));
    said.extend(linked);
    said.extend(
        signs
            .named(&[
                "twitter:title",
                "parsely-title",
                "sailthru.title",
                "dc.title",
                "dcterms.title",
                "citation_title",
                "title",
                "headline",
                "fulltitle",
            ])
            .map(str::to_owned),
    );
    said.extend(head);
    said.retain(|title| !is_site(title, signs));
    // What the page shows as its headline.
    let mut shown: Vec<String> = Vec::new();
    for selector in [
        "h1[itemprop*='headline']",
        "h1[class*='title'], h1[class*='headline'], h1[class*='heading']",
        "h1",
        "h2[class*='title'], h2[class*='headline'], [itemprop='headline']",
        "h2",
    ] {
        for node in page.query_selector_all(page.root(), selector) {
            let text = signs.text(node);
            if (4..300).contains(&text.len()) && !is_site(&text, signs) && !shown.contains(&text) {
                shown.push(text);
            }
        }
    }
    // A shown headline that the metadata name too; the one named by most.
    let votes = |shown: &String| said.iter().filter(|said| agrees(shown, said)).count();
    let best = shown.iter().enumerate().map(|(at, shown)| (votes(shown), std::cmp::Reverse(at), shown)).max();
    if let Some((1.., _, shown)) = best {
        return Some(shown.clone());
    }
    // Else the one the metadata agree on, without the site's name.
    let cut: Vec<String> =
        said.iter().map(|title| without_site(title, signs)).filter(|title| !title.is_empty()).collect();
    let named = cut.iter().enumerate().map(|(at, title)| {
        let same = cut.iter().filter(|other| plain_letters(other) == plain_letters(title)).count();
        (same, std::cmp::Reverse(at), title)
    });
    if let Some((_, _, title)) = named.max() {
        return Some(title.clone());
    }
    // A page without metadata: its only headline of the first rank.
    let first: Vec<String> =
        signs.select("h1").map(|node| signs.text(node)).filter(|text| text.split(' ').count() > 2).collect();
    <[String; 1]>::try_from(first).ok().map(|[only]| only)
}

/// Whether a shown headline agrees with the metadata's title, which may have a site's name or rubric around it.
fn agrees(shown: &str, said: &str) -> bool {
    let (shown, said) = (plain_letters(shown), plain_letters(said));
    let long = shown.chars().count() >= 12;
    shown == said
        || long && (said.starts_with(&shown) || said.ends_with(&shown))
        || said.chars().count() >= 24 && shown.starts_with(&said) && shown.len() < said.len() + said.len() / 2
}

/// Whether a text is only the name of the site.
fn is_site(text: &str, signs: &Signs<'_>) -> bool {
    let text = plain_letters(text);
    let host = signs.url.as_deref().map(host_name).unwrap_or_default();
    text.is_empty()
        || signs.site.as_deref().is_some_and(|site| plain_letters(site) == text)
        || !host.is_empty()
            && (text == host
                || text.trim_start_matches("www").starts_with(&host) && text.len() < host.len() + 5)
}

/// Returns a title without a site's name before or after it.
fn without_site(title: &str, signs: &Signs<'_>) -> String {
    let mut title = title.to_owned();
    let host = signs.url.as_deref().map(host_name).unwrap_or_default();
    let site = signs.site.as_deref().map(plain_letters).unwrap_or_default();
    let is_name = |part: &str| {
        let letters = plain_letters(part);
        !letters.is_empty()
            && (letters == site
                || !site.is_empty()
                    && letters.len() > 3
                    && (site.contains(&letters) || letters.contains(&site))
                || host.len() > 3
                    && (letters.contains(&host) || letters.len() > 3 && host.contains(&letters)))
    };
    while let Some((at, sign)) = PARTS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign))).max()
    {
        let (before, after) = (&title[..at], &title[at + sign.len()..]);
        let words = |text: &str| text.split_whitespace().count();
        if is_name(after)
            || words(after) <= 3
                && words(before) >= 4
                && matches!(*sign, " | " | " - " | " – " | " — " | " :: " | " » " | "｜" | " • " | " · ")
                && words(before) > 2 * words(after)
        {
            title = before.trim().to_owned();
        } else if is_name(before) {
            title = after.trim().to_owned();
        } else {
            break;
        }
    }
    title
}
