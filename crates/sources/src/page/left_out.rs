//! Passages of a page that the extractor left out: those of the story are put back, and the others are kept as dropped.

use readout_record::DropReason;
use rustc_hash::{FxHashMap, FxHashSet};
use trafilatura::dom::{Document, NodeId};

use super::serialize;
use super::signs::is_beside;
use crate::block::{Block, BlockKind};
use crate::junk::{self, ends_as_sentence, plain_letters};

/// The blocks from the place reached on that a passage is looked for in.
const AHEAD: usize = 4;

/// Shorter passages are labels and links, and not kept, in bytes.
const PASSAGE: usize = 40;
/// Longer passages are not looked for in others, in letters: a paragraph of a story is shorter.
const LETTERS: usize = 60;
/// An element with this many paragraphs of the body is one that holds the story.
const PARAGRAPHS: usize = 3;
/// The most passages of a page that are kept as dropped.
const MOST: usize = 200;

/// The passages of a page before the extractor took it apart.
pub(super) struct Passages(Vec<Passage>);

struct Passage {
    block: Block,
    letters: String,
    /// The element around that of the passage, and the one around that.
    around: [Option<NodeId>; 2],
    /// True if its element, or one of the two around it, is called what stands beside a story.
    aside: bool,
}

impl Passages {
    /// Reads the passages of a page in order.
    pub(super) fn read(page: &Document) -> Self {
        let passages = serialize::placed(page).into_iter().map(|(block, element)| {
            let parent = page.parent(element);
            let around = [parent, parent.and_then(|parent| page.parent(parent))];
            let aside = is_beside(page, element);
            Passage { letters: plain_letters(&block.text), block, around, aside }
        });
        Self(passages.filter(|passage| !passage.letters.is_empty()).collect())
    }

    /// Puts passages back that stand among those of the body, and adds the others as dropped where they stood.
    pub(super) fn put_back(self, body: &mut Vec<Block>) {
        let places = self.places(body);
        let mut stories: FxHashMap<NodeId, usize> = FxHashMap::default();
        for (passage, _) in self.0.iter().zip(&places).filter(|(_, place)| place.is_some()) {
            if let Some(node) = passage.around[0] {
                *stories.entry(node).or_default() += 1;
            }
        }
        let holds_story = |passage: &Passage| {
            passage
                .around
                .iter()
                .flatten()
                .any(|node| stories.get(node).is_some_and(|count| *count >= PARAGRAPHS))
        };
        let (first, last) = (places.iter().flatten().min().copied(), places.iter().flatten().max().copied());
        let linked: FxHashSet<String> =
            body.iter().filter(|block| block.linked).map(|block| plain_letters(&block.text)).collect();
        // The block of the body before which each passage goes, in the order of the page.
        let mut additions: Vec<(usize, Block)> = Vec::new();
        let mut next = 0;
        let mut kept = 0;
        for (passage, place) in self.0.into_iter().zip(places) {
            if let Some(place) = place {
                next = place + 1;
                continue;
            }
            let is_told = ends_as_sentence(&passage.block.text) && passage.block.text.len() >= PASSAGE;
            let within = first.is_some_and(|first| next > first) && last.is_some_and(|last| next <= last);
            let is_heading = passage.block.kind == BlockKind::Heading;
            let story = within
                && !passage.aside
                && (is_told || is_heading)
                && holds_story(&passage)
                && !linked.contains(&passage.letters);
            let mut block = passage.block;
            if !story {
                // A standing notice, such as that of rights, says itself why it is no story.
                let notice = junk::standing_notice(&block.text);
                if !is_told && notice.is_none() || kept == MOST {
                    continue;
                }
                kept += 1;
                block.drop_all(notice.unwrap_or(DropReason::Aside));
            }
            additions.push((next, block));
        }
        for (at, block) in additions.into_iter().rev() {
            body.insert(at.min(body.len()), block);
        }
    }

    /// Returns the block of the body that each passage is in, the blocks in order.
    fn places(&self, body: &[Block]) -> Vec<Option<usize>> {
        let letters: Vec<String> = body.iter().map(|block| plain_letters(&block.text)).collect();
        let mut by_letters: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, letters) in letters.iter().enumerate() {
            by_letters.entry(letters).or_default().push(at);
        }
        let mut next = 0;
        let mut places = Vec::new();
        for passage in &self.0 {
            let exact = by_letters.get(passage.letters.as_str());
            let exact =
                exact.and_then(|places| places.iter().find(|at| **at >= next).or(places.first()).copied());
            // The extractor may join paragraphs, or cut one: the start of the passage is in the block, or that of the block in it.
            let start =
                passage.letters.get(..passage.letters.floor_char_boundary(LETTERS)).unwrap_or_default();
            let near = || {
                let from = next.saturating_sub(1);
                let blocks = letters.iter().enumerate().skip(from).take(AHEAD);
                blocks
                    .filter(|(_, letters)| {
                        letters.contains(start)
                            || letters.len() >= LETTERS && passage.letters.contains(letters.as_str())
                    })
                    .map(|(at, _)| at)
                    .next()
            };
            let place = exact.or_else(|| (start.len() >= LETTERS / 2).then(near)?);
            if let Some(place) = place {
                next = next.max(place + 1);
            }
            places.push(place);
        }
        places
    }
}
