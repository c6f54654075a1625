//! Elements that are never part of a story, taken out of a page before its body is looked for.
//!
//! Elements that are part of a story but do not look so are made ready here too.

use readout_record::DropReason;
use trafilatura::dom::{Document, NodeId};

use super::signs::line;
use crate::junk::{self, ends_as_sentence};

/// Shorter passages are labels, and not kept, in bytes.
const PASSAGE: usize = 40;
/// The most passages that are kept.
const MOST: usize = 100;
/// The number of boxes around a quoted post that call themselves embedded too.
const BOXES: usize = 3;

/// CSS selectors of elements that never contain story.
const FURNITURE: &[&str] = &[
    // Cards that open over a name in a sentence, with the person's other appearances.
    "[class*='hovercard']",
    "[class*='hover-card']",
    "[class*='popover']",
    "[class*='tooltip-content']",
    "[role='tooltip']",
    "[class*='rollover'][class*='block']",
    // Links to other stories inside the text.
    "[class*='related-articles']",
    "[class*='related-stories']",
    "[class*='relatedStories']",
    "[class*='read-more-box']",
    "[data-component='related']",
];

/// Posts by actors that a story quotes in whole.
const POSTS: &str =
    "blockquote[class*='twitter-'], blockquote[class*='instagram-media'], blockquote[class*='tiktok-embed']";

/// CSS selectors of elements that a page hides from its readers, or that only those hear who have the page read out.
const HIDDEN: &[&str] = &[
    "[hidden]",
    "[style*='display:none'], [style*='display: none']",
    "div[aria-hidden='true'], section[aria-hidden='true'], p[aria-hidden='true'], ul[aria-hidden='true']",
    "[class~='visually-hidden'], [class~='visuallyhidden'], [class~='sr-only'], [class~='screen-reader-text']",
];

/// A hidden element is taken out if it has no more of the text of the page than one part of this many: a page
/// whose story is hidden shows it by a script.
const STORY_SHARE: usize = 4;

/// The longest heading of a list of other stories, in bytes.
const HEADING: usize = 80;

/// Finds the articles that follow a heading of other stories (`You may also like`) beside it: each is a story of its own,
/// though it may stand within the element of the one before.
fn other_articles(page: &Document) -> Vec<NodeId> {
    let headings = page.query_selector_all(page.root(), "h2, h3, h4, h5, h6").into_iter().filter(|heading| {
        let text = line(&page.text_content(*heading));
        text.len() <= HEADING && junk::heads_other_stories(&text)
    });
    let mut found = Vec::new();
    for heading in headings {
        let Some(parent) = page.parent(heading) else { continue };
        let below = page.children(parent).into_iter().skip_while(|child| *child != heading).skip(1);
        found.extend(below.take_while(|child| page.tag_name(*child) == "article"));
    }
    found
}

/// Makes a page ready for the extractor. Returns the passages that were taken out, with the reasons.
pub(super) fn prepare(page: &mut Document) -> Vec<(String, DropReason)> {
    let root = page.root();
    let mut taken = Vec::new();
    let whole = page.body().map_or(0, |body| page.text_content(body).len());
    let select = |selectors: &[&str]| page.query_selector_all(root, &selectors.join(", "));
    let lists = [
        (select(FURNITURE), DropReason::RelatedLink),
        (other_articles(page), DropReason::RelatedLink),
        (select(HIDDEN), DropReason::Hidden),
    ];
    for (nodes, reason) in lists {
        for node in nodes {
            if matches!(
                page.tag_name(node),
                "html" | "body" | "head" | "script" | "style" | "noscript" | "template"
            ) {
                continue;
            }
            let text = line(&page.text_content(node));
            if reason == DropReason::Hidden && text.len() * STORY_SHARE > whole {
                continue;
            }
            if text.len() >= PASSAGE && taken.len() < MOST && ends_as_sentence(&text) {
                taken.push((text, reason));
            }
            page.remove(node, true);
        }
    }
    // The extractor drops what calls itself embedded: quoted posts lose that name, and so do the boxes around them.
    for node in page.query_selector_all(root, POSTS) {
        let mut at = Some(node);
        for _ in 0..BOXES {
            let Some(node) = at else { break };
            if page.text_content(node).len() > 1200 {
                break;
            }
            page.remove_attribute(node, "class");
            page.remove_attribute(node, "id");
            at = page.parent(node);
        }
    }
    taken
}
