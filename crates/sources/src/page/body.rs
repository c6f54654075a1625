//! The body of a page, by the `trafilatura` crate with its focus on precision.
//!
//! The crate holds the body that it found against those that two other extractors find, and reads metadata too: that takes
//! more time than the body. So the body is first looked for without both, and is taken where it is most of the story.

use trafilatura::dom::Document;
use trafilatura::{ExtractResult, ExtractionFocus, HtmlDateMode, Options};

use super::serialize;
use crate::block::Block;

/// The fewest letters of a body that stands by itself. A shorter one may be the first of many parts of a page.
const ENOUGH: usize = 1000;

/// A body stands by itself if the passages of story on the page have so many hundredths of its letters: with more of them it may
/// lack some, with fewer the page is no story that these rules know. Measured on 839 pages of three corpora: the other
/// extractors would change the bodies of 6 of 584 that stand by themselves so, mostly by what is no story.
const STORY: std::ops::RangeInclusive<usize> = 30..=125;

/// Elements that the crate's other extractors leave in a body, or that it has them look at again.
const ODD: &[&str] = &["<aside", "<figure", "<footer", "<label", "<nav", "<select", "<time"];

/// Metadata of no page: the crate looks for what a page does not name by many rules in all of it.
const NAMED: &[(&str, &str)] = &[("author", "Ann Lee"), ("publisher", "The Bay"), ("keywords", "page")];
/// The same as JSON-LD, for what it takes from there alone.
const LINKED: &str = r#"{"@context": "https://schema.org", "@type": "Article", "articleSection": "page"}"#;

/// Finds the paragraphs of the body; none if the extractor finds no body. `story` is the number of letters in passages of the page
/// that look like story, and `again` returns the page once more.
pub(super) fn find(page: Document, story: usize, again: impl FnOnce() -> Document) -> Vec<Block> {
    let found = extract(page, false).filter(|found| stands_alone(found, story));
    let found = found.or_else(|| extract(again(), true));
    found.map(|found| serialize::blocks(&found.content_html)).unwrap_or_default()
}

fn extract(mut page: Document, ask_others: bool) -> Option<ExtractResult> {
    name_metadata(&mut page);
    let options = Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(ask_others)
        .with_exclude_comments(true)
        // It looks at the clock and at the machine's time zone; `published` does neither.
        .with_html_date_mode(HtmlDateMode::Disabled);
    trafilatura::extract_document(page, &options).ok()
}

/// Adds metadata that are not used behind those of the page.
fn name_metadata(page: &mut Document) {
    let root = page.root();
    if let Some(head) = page.iter(root, &["head"]).first().copied() {
        for (name, content) in NAMED {
            let named = page.sub_element(head, "meta");
            // The crate looks attributes up in the order of their names.
            page.set_attribute(named, "content", content);
            page.set_attribute(named, "name", name);
        }
    }
    if let Some(body) = page.body() {
        let linked = page.sub_element(body, "script");
        page.set_attribute(linked, "type", "application/ld+json");
        page.set_text(linked, LINKED);
    }
}

/// Whether a body is most of the story on a page, and of nothing but paragraphs, headings and lists.
fn stands_alone(found: &ExtractResult, story: usize) -> bool {
    let letters = found.content_text.chars().count();
    let count = |tag: &str| found.content_html.matches(tag).count();
    let paragraphs = count("<p>") + count("<p ");
    letters >= ENOUGH
        && STORY.contains(&(story * 100 / letters))
        && paragraphs > 0
        && count("<table") <= paragraphs
        && !ODD.iter().any(|tag| found.content_html.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str, beside: &str) -> String {
        let story = format!("<p>{}</p>", words.repeat(8)).repeat(4);
        format!("<body><article><h1>Envoys meet</h1>{story}</article><div>{beside}</div></body>")
    }

    fn asks_again(html: &str) -> bool {
        let page = || Document::parse(html);
        let read = page();
        let story = super::super::left_out::Passages::read(&read).story();
        let mut asked = false;
        let body = find(read, story, || {
            asked = true;
            page()
        });
        assert!(body.len() >= 4, "{body:?}");
        asked
    }

    #[test]
    fn a_body_that_is_most_of_the_story_stands_by_itself() {
        let sentence = "The two envoys met at the harbour office on Monday. ";
        assert!(!asks_again(&page(sentence, "")));
        let other = format!("<p>{}</p>", "The ferries of both shores will call there again. ".repeat(9));
        assert!(asks_again(&page(sentence, &other.repeat(3))), "there is more story than the body has");
        assert!(asks_again(&page("Talks on quotas go on, ", "")), "it has no sentences");
        assert!(asks_again(&page("They met. ", "")), "it is short");
    }

    #[test]
    fn metadata_are_named_once_more_and_change_no_body() {
        let html = page("The two envoys met at the harbour office on Monday. ", "");
        let mut named = Document::parse(&html);
        name_metadata(&mut named);
        let scripts = named.iter(named.root(), &["script"]);
        assert!(scripts.iter().any(|script| named.text_content(*script) == LINKED));
        let found = extract(Document::parse(&html), false).expect("the page has a body");
        assert!(!found.content_html.contains("articleSection"));
        assert_eq!(found.metadata.author, "Ann Lee");
    }
}
