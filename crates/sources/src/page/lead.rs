//! The lead that a page sets above its body, in a box of its own, where extractors do not look.

use regex::Regex;
use trafilatura::dom::Document;

use super::signs::line;
use crate::block::{Block, BlockKind};
use crate::junk::{ends_as_sentence, plain_letters};
use crate::patterns::patterns;

patterns! {
    /// Names of elements that hold a lead.
    static NAME: Regex = r"(?i)(?:^|[\s_-])(?:lead|lede|standfirst|summary|intro|introtext|introduction|vorspann|einleitung|dek|heading-des|chapo|sumario|bajada|entradilla|article-summary|sapo)(?:$|[\s_-])";
}

/// Finds the lead: an element whose name says so, or whose text the page's description repeats.
pub(super) fn find(page: &Document) -> Option<String> {
    let root = page.root();
    let description =
        ["meta[name='description']", "meta[property='og:description']"].iter().find_map(|selector| {
            let content = page.get_attribute(page.query_selector(root, selector)?, "content")?;
            Some(plain_letters(&line(&content))).filter(|letters| letters.len() >= 60)
        });
    page.query_selector_all(root, "p, div, h2, strong, section").into_iter().take(3000).find_map(|node| {
        if page.children(node).len() > 3 {
            return None;
        }
        let name =
            format!("{} {}", page.class_name(node), page.get_attribute(node, "itemprop").unwrap_or_default());
        let called = NAME.is_match(&name);
        if !called && description.is_none() {
            return None;
        }
        let text = line(&page.text_content(node));
        if !(60..900).contains(&text.len()) || !ends_as_sentence(&text) {
            return None;
        }
        let letters = plain_letters(&text);
        let described = description.as_deref().is_some_and(|description| {
            description == letters
                || letters.len() >= 60
                    && (description.starts_with(&letters) || letters.starts_with(description))
        });
        (called || described).then_some(text)
    })
}

/// Puts the lead before a body that lacks it.
pub(super) fn put_back(lead: Option<String>, blocks: &mut Vec<Block>) {
    let Some(lead) = lead else { return };
    let letters = plain_letters(&lead);
    let start = letters.get(..letters.floor_char_boundary(50)).unwrap_or_default();
    let body: usize = blocks.iter().map(|block| block.text.len()).sum();
    if body > 2 * lead.len() && !blocks.iter().any(|block| plain_letters(&block.text).contains(start)) {
        blocks.insert(0, Block::new(lead, BlockKind::Paragraph));
    }
}
