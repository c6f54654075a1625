//! What is known to be no part of any story, taken out of a page before its body is looked for.

use trafilatura::dom::Document;

/// Elements, as CSS selectors, that never hold story.
const FURNITURE: &[&str] = &[
    // Cards that open over a name in a sentence, with the person's other appearances.
    "[class*='hovercard']",
    "[class*='hover-card']",
    "[class*='popover']",
    "[class*='tooltip-content']",
    "[role='tooltip']",
    // Links to other stories inside the text.
    "[class*='related-articles']",
    "[class*='related-stories']",
    "[class*='relatedStories']",
    "[class*='read-more-box']",
    "[data-component='related']",
];

/// Removes it.
pub(super) fn remove(page: &mut Document) {
    let root = page.root();
    for selector in FURNITURE {
        for node in page.query_selector_all(root, selector) {
            page.remove(node, true);
        }
    }
}
