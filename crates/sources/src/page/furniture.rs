//! Elements that are never part of a story, taken out of a page before its body is looked for.
//!
//! Elements that are part of a story but do not look so are made ready here too.

use trafilatura::dom::Document;

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

/// Makes a page ready for the extractor.
pub(super) fn prepare(page: &mut Document) {
    let root = page.root();
    for selector in FURNITURE {
        for node in page.query_selector_all(root, selector) {
            page.remove(node, true);
        }
    }
    // The extractor drops what calls itself embedded: quoted posts lose that name, and so do the boxes around them.
    for node in page.query_selector_all(root, POSTS) {
        let mut at = Some(node);
        for _ in 0..3 {
            let Some(node) = at else { break };
            if page.text_content(node).len() > 1200 {
                break;
            }
            page.remove_attribute(node, "class");
            page.remove_attribute(node, "id");
            at = page.parent(node);
        }
    }
}
