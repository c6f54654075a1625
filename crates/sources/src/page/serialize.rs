//! Paragraphs of HTML.

use rustc_hash::FxHashSet;
use trafilatura::dom::{Document, NodeId};

use crate::block::{Block, BlockKind};
use crate::characters;
use crate::junk::plain_letters;

/// Returns the paragraphs of a piece of HTML in order.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    placed(&Document::parse(html)).into_iter().map(|(block, _)| block).collect()
}

/// Returns the paragraphs of a page in order, each with the element whose text it is.
pub(super) fn placed(page: &Document) -> Vec<(Block, NodeId)> {
    let Some(body) = page.body() else { return Vec::new() };
    let mut writer =
        Writer { page, blocks: Vec::new(), open: String::new(), kind: BlockKind::Paragraph, element: body };
    writer.write(body);
    writer.close();
    writer.blocks
}

struct Writer<'p> {
    page: &'p Document,
    blocks: Vec<(Block, NodeId)>,
    /// The paragraph being written.
    open: String,
    kind: BlockKind,
    /// The element that is being written, or the outermost of those on one line.
    element: NodeId,
}

impl Writer<'_> {
    fn write(&mut self, node: NodeId) {
        for child in self.page.child_nodes(node) {
            if self.page.is_text(child) {
                self.open.push_str(&self.page.text_content(child));
                continue;
            }
            let kind = match self.page.tag_name(child) {
                "" | "script" | "style" | "noscript" | "template" | "svg" | "button" | "form" => continue,
                "br" => {
                    self.line_end();
                    continue;
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                "li" | "dt" | "dd" => BlockKind::Item,
                "figcaption" | "caption" => BlockKind::Caption,
                "p" | "div" | "section" | "article" | "main" | "blockquote" | "ul" | "ol" | "dl"
                | "table" | "tbody" | "thead" | "tfoot" | "tr" | "pre" | "figure" | "hr" | "header"
                | "footer" | "aside" | "address" | "details" | "summary" | "center" | "body" => {
                    BlockKind::Paragraph
                }
                "td" | "th" => {
                    // Cells of a row are one line.
                    self.open.push(' ');
                    self.write(child);
                    self.open.push(' ');
                    continue;
                }
                _ => {
                    self.write(child);
                    continue;
                }
            };
            // A paragraph inside an item is that item.
            let inherited = if kind == BlockKind::Paragraph { self.kind } else { kind };
            self.close();
            let before = (self.kind, self.element);
            (self.kind, self.element) = (inherited, child);
            self.write(child);
            self.close();
            (self.kind, self.element) = before;
        }
    }

    /// Adds a line end inside a paragraph. Two line ends part the paragraph, one may only wrap it.
    fn line_end(&mut self) {
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '”' | '"' | ':' | '…' | ')' | '»' | '\u{2029}');
        if self.open.trim_end_matches([' ', '\n', '\t', '\r']).ends_with(ends) {
            self.close();
        } else {
            // Marks one line end: `close` parts the paragraph where the next line does not go on with the sentence.
            self.open.push('\u{2029}');
        }
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        // Line ends of the source are blanks; the marked ones are not.
        let mut text = String::new();
        for line in open.split('\u{2029}') {
            let line = characters::squeeze(&characters::clean(&line.replace(['\n', '\r'], " ")));
            if line.is_empty() {
                self.push(&mut text);
            } else if text.is_empty() {
                text = line;
            } else if line.starts_with(char::is_lowercase) {
                text.push(' ');
                text.push_str(&line);
            } else {
                self.push(&mut text);
                text = line;
            }
        }
        self.push(&mut text);
    }

    fn push(&mut self, text: &mut String) {
        if !text.is_empty() {
            self.blocks.push((Block::new(std::mem::take(text), self.kind), self.element));
        }
    }
}

/// Returns the letters of each link on a page, for links that are long enough to be a headline.
pub(super) fn links(page: &Document) -> FxHashSet<String> {
    let links = page.iter(page.root(), &["a"]).into_iter();
    let links = links.filter(|link| page.get_attribute(*link, "href").is_some());
    links.map(|link| plain_letters(&page.text_content(link))).filter(|letters| letters.len() >= 12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_follow_the_layout() {
        let html = "<h2>What  next</h2>They\nmet <b>on</b> <a href=x>Monday</a>.<ul><li>one<li><p>two</p></ul>\
            <p>Line one<br>goes on.<br>Then<br><br>ends</p><table><tr><td>North</td><td>12</td></tr></table><blockquote>“So.”</blockquote>";
        let blocks = blocks(html);
        let found: Vec<(&str, BlockKind)> =
            blocks.iter().map(|block| (block.text.as_str(), block.kind)).collect();
        use BlockKind::{Heading, Item, Paragraph};
        assert_eq!(
            found,
            [
                ("What next", Heading),
                ("They met on Monday.", Paragraph),
                ("one", Item),
                ("two", Item),
                ("Line one goes on.", Paragraph),
                ("Then", Paragraph),
                ("ends", Paragraph),
                ("North 12", Paragraph),
                ("“So.”", Paragraph),
            ]
        );
    }
}
