//! The lead that a page sets above its body, in a box of its own, where extractors do not look.

use regex::Regex;
use trafilatura::dom::{Document, NodeId};

use super::signs::{Names, line};
use crate::block::{Block, BlockKind};
use crate::junk::{ends_as_sentence, plain_letters};
use crate::patterns::patterns;

/// The elements around one that are looked at for a list.
const AROUND: usize = 4;

/// The most lines of a page among which the lead is looked for. Articles begin earlier.
const LINES: usize = 3000;

patterns! {
    /// Names of elements that hold a lead.
    static NAME: Regex = r"(?i)(?:^|[\s_-])(?:lead|lede|standfirst|summary|intro|introtext|introduction|vorspann|einleitung|dek|heading-des|chapo|sumario|bajada|entradilla|article-summary|sapo)(?:$|[\s_-])";
    /// Names of elements that hold a lead right below the headline, and the starts of other stories elsewhere.
    static NAME_BELOW: Regex = r"(?i)(?:^|[\s_-])(?:deck|excerpt|sub-?title|sub-?head(?:line|ing)?|description)(?:$|[\s_-])";
    /// Words that stand in several elements, one of them a line of its own: `a model.Facebook`, `20, 2019Updated`.
    static GLUED: Regex = r"\p{Ll}[.!?]\p{Lu}|\d\p{Lu}\p{Ll}{3}";
}

/// Longer contents of an element are no lead, in bytes with all their blanks.
const LONGEST: usize = 8000;

/// The most elements between a headline and the lead below it: by-lines and pictures stand there too.
const BELOW: usize = 14;

/// Finds the lead: an element whose name says so, or whose text the page's description repeats.
///
/// Right below the headline a lead may be no sentence, and shorter.
pub(super) fn find(page: &Document) -> Option<String> {
    let root = page.root();
    let descriptions: Vec<String> =
        ["meta[name='description']", "meta[property='og:description']", "meta[name='twitter:description']"]
            .iter()
            .filter_map(|selector| page.get_attribute(page.query_selector(root, selector)?, "content"))
            .map(|content| plain_letters(&line(&content)))
            .filter(|letters| letters.len() >= 40)
            .collect();
    let names = Names::new(page);
    let mut since_headline: Option<usize> = None;
    let mut headline = String::new();
    page.iter(root, &["h1", "h2", "h3", "h4", "p", "div", "strong", "section"])
        .into_iter()
        .take(LINES)
        .find_map(|node| {
            if page.tag_name(node) == "h1" && headline.is_empty() {
                since_headline = Some(0);
                headline = plain_letters(&line(&page.text_content(node)));
                return None;
            }
            since_headline = since_headline.map(|count| count + 1);
            let name = format!(
                "{} {}",
                page.class_name(node),
                page.get_attribute(node, "itemprop").unwrap_or_default()
            );
            let below = since_headline.is_some_and(|count| count <= BELOW);
            let called = NAME.is_match(&name) || below && NAME_BELOW.is_match(&name);
            if matches!(page.tag_name(node), "h1" | "h2" | "h3" | "h4") && !called {
                // What follows belongs to another headline.
                since_headline = None;
            }
            if !called && descriptions.is_empty() || page.children(node).len() > 3 {
                return None;
            }
            // Boxes around whole columns: as a line they would be far too long.
            let mut content = String::new();
            if !text_within(page, node, &mut content) {
                return None;
            }
            let text = line(&content);
            let below = since_headline.is_some_and(|count| count <= BELOW)
                && names.beside(node).is_none()
                && !is_item(page, node);
            let shortest = if below { 40 } else { 60 };
            // Words without a full stop are a lead only where they are called so.
            let is_whole = ends_as_sentence(&text) || below && called;
            if !(shortest..900).contains(&text.len()) || !is_whole || GLUED.is_match(&text) {
                return None;
            }
            let letters = plain_letters(&text);
            let described = letters.len() >= shortest
                && descriptions.iter().any(|description| {
                    *description == letters
                        || letters.len() >= 60
                            && (description.starts_with(&letters)
                                || letters.starts_with(description.as_str()))
                });
            (called || described).then_some(text).filter(|_| letters != headline)
        })
}

/// Adds the text of an element to `text`, as long as it is no longer than a lead. Returns whether all of it was added.
fn text_within(page: &Document, node: NodeId, text: &mut String) -> bool {
    if page.is_text(node) {
        let piece = page.text_content(node);
        // What is blank adds nothing to a text that has not begun, and one blank elsewhere.
        if piece.trim().is_empty() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            return true;
        }
        text.push_str(&piece);
        return text.trim().len() <= LONGEST;
    }
    page.child_nodes(node).into_iter().all(|child| text_within(page, child, text))
}

/// Whether an element stands in an item of a list.
fn is_item(page: &Document, node: NodeId) -> bool {
    let mut around = std::iter::successors(page.parent(node), |node| page.parent(*node)).take(AROUND);
    around.any(|node| page.tag_name(node) == "li")
}

/// The number of paragraphs at the start of a body one of which may go on with the words of the lead.
const FIRST: usize = 3;
/// The number of letters that a paragraph shares with a lead that it goes on from.
const SHARED: usize = 50;

/// Puts the lead before a body that lacks it. A body has it if a paragraph contains all its words, or one of the first
/// starts as it does.
pub(super) fn put_back(lead: Option<String>, blocks: &mut Vec<Block>) {
    let Some(lead) = lead else { return };
    let letters = plain_letters(&lead);
    let start = letters.get(..letters.floor_char_boundary(SHARED)).unwrap_or_default();
    let body: usize = blocks.iter().map(|block| block.text.len()).sum();
    let has_it = blocks.iter().filter(|block| !block.text.is_empty()).enumerate().any(|(at, block)| {
        let block = plain_letters(&block.text);
        block.contains(&letters) || at < FIRST && block.contains(start)
    });
    if body > 2 * lead.len() && !has_it {
        blocks.insert(0, Block::new(lead, BlockKind::Lead));
    }
}
