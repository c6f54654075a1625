//! Elements that are never part of a story, taken out of a page before its body is looked for.
//!
//! Elements that are part of a story but do not look so are made ready here too.

use readout_record::DropReason;
use regex::Regex;
use rustc_hash::FxHashSet;
use trafilatura::dom::{Document, NodeId};

use super::signs::line;
use crate::junk::{self, ends_as_sentence};
use crate::patterns::patterns;

/// Shorter passages are labels, and not kept, in bytes.
const PASSAGE: usize = 40;
/// The most passages that are kept.
const MOST: usize = 100;
/// The number of boxes around a quoted post that call themselves embedded too.
const BOXES: usize = 3;

patterns! {
    /// Classes of elements that never contain story: cards that open over a name in a sentence, with the person's other
    /// appearances, and links to other stories inside the text.
    static FURNITURE: Regex = r"(?s)hovercard|hover-card|popover|tooltip-content|rollover.*block|block.*rollover|related-articles|related-stories|relatedStories|read-more-box";
    /// Classes of elements that only those hear who have the page read out.
    static UNSEEN: Regex = r"(?:^|\s)(?:visually-hidden|visuallyhidden|sr-only|screen-reader-text)(?:\s|$)";
    /// Classes of posts by actors that a story quotes in whole.
    static POST: Regex = r"twitter-|instagram-media|tiktok-embed";
    /// Styles of elements that are not shown.
    static NOT_SHOWN: Regex = "display: ?none";
}

/// Returns the reason why an element is no part of a story, by what it says of itself.
fn no_story(page: &Document, node: NodeId) -> Option<DropReason> {
    let attribute = |name: &str| page.get_attribute(node, name);
    let class = attribute("class").unwrap_or_default();
    if FURNITURE.is_match(&class)
        || attribute("role").is_some_and(|role| role == "tooltip")
        || attribute("data-component").is_some_and(|component| component == "related")
    {
        return Some(DropReason::RelatedLink);
    }
    let is_hidden = attribute("hidden").is_some()
        || UNSEEN.is_match(&class)
        || attribute("style").is_some_and(|style| NOT_SHOWN.is_match(&style))
        || matches!(page.tag_name(node), "div" | "section" | "p" | "ul")
            && attribute("aria-hidden").is_some_and(|hidden| hidden == "true");
    is_hidden.then_some(DropReason::Hidden)
}

/// A hidden element is taken out if it has no more of the text of the page than one part of this many: a page
/// whose story is hidden shows it by a script.
const STORY_SHARE: usize = 4;

/// The longest heading of a list of other stories, in bytes.
const HEADING: usize = 80;

/// Finds the articles that follow a heading of other stories (`You may also like`) beside it: each is a story of its own,
/// though it may stand within the element of the one before.
fn other_articles(page: &Document) -> Vec<NodeId> {
    let headings = page.iter(page.root(), &["h2", "h3", "h4", "h5", "h6"]).into_iter().filter(|heading| {
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
    let told: Vec<_> =
        page.iter(root, &[]).into_iter().filter_map(|node| Some((node, no_story(page, node)?))).collect();
    let all_of = |wanted: DropReason| told.iter().copied().filter(move |(_, reason)| *reason == wanted);
    let others = other_articles(page).into_iter().map(|node| (node, DropReason::RelatedLink));
    let nodes = all_of(DropReason::RelatedLink).chain(others).chain(all_of(DropReason::Hidden));
    let nodes: Vec<_> = nodes.collect();
    let mut gone: FxHashSet<NodeId> = FxHashSet::default();
    for (node, reason) in nodes {
        // What stands in an element that was taken out went with it.
        if std::iter::successors(Some(node), |node| page.parent(*node)).any(|node| gone.contains(&node)) {
            continue;
        }
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
        gone.insert(node);
    }
    // The extractor drops what calls itself embedded: quoted posts lose that name, and so do the boxes around them.
    let quoted = page.iter(root, &["blockquote"]).into_iter();
    let posts: Vec<_> = quoted.filter(|node| POST.is_match(&page.class_name(*node))).collect();
    for node in posts {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_taken_out_once() {
        let card = "The envoy has led three rounds of talks on the island since June.";
        let hidden = "The map shows the harbours at which the ferries of both sides call.";
        let html = format!(
            "<body><p>{}</p><div class='hovercard'><div class='hovercard-text' hidden>{card}</div></div>\
             <div hidden><p hidden>{hidden}</p></div></body>",
            "The talks on the island went on until the evening. ".repeat(12)
        );
        let taken = prepare(&mut Document::parse(&html));
        assert_eq!(
            taken,
            [(card.to_owned(), DropReason::RelatedLink), (hidden.to_owned(), DropReason::Hidden)]
        );
    }
}
