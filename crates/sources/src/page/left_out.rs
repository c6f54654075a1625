//! Passages of a page that the extractor left out: those of the story are put back, and the others are kept as dropped.

use readout_record::DropReason;
use rustc_hash::{FxHashMap, FxHashSet};
use trafilatura::dom::{Document, NodeId};

use super::serialize;
use super::signs::Names;
use crate::block::{Block, BlockKind};
use crate::junk::{self, ends_as_sentence, plain_letters};

/// The blocks from the place reached on that a passage is looked for in.
const AHEAD: usize = 4;

/// Shorter passages are labels and links, and not kept, in bytes.
const PASSAGE: usize = 40;
/// Shorter passages among those of the story are labels and links, in bytes: a sentence may be short there.
const WITHIN: usize = 25;
/// Longer passages are not looked for in others, in letters: a paragraph of a story is shorter.
const LETTERS: usize = 60;
/// An element with this many paragraphs of the body is one that holds the story.
const PARAGRAPHS: usize = 3;
/// The most passages of a page that are kept as dropped, and the most blocks that are tried for passages glued in them.
const MOST: usize = 200;
/// The longest block that is tried for passages glued in it, in letters.
const GLUED: usize = 4000;
/// The passages of a page among which those glued in a block are looked for.
const AMONG: usize = 2000;

/// Lists of other stories and offers that make up more than one part of this many of a body are the story itself.
const FURNITURE_SHARE: usize = 3;

/// The fewest letters of a sentence with which a story has begun for certain.
const BEGUN: usize = 50;

/// The passages of a page before the extractor took it apart.
pub(super) struct Passages {
    /// The passages in order.
    all: Vec<Passage>,
    /// The number of passages before the headline, if the page has just one.
    before_headline: Option<usize>,
}

struct Passage {
    block: Block,
    letters: String,
    /// The element around that of the passage, and the one around that.
    around: [Option<NodeId>; 2],
    /// The element that is called what stands beside a story: its own, or one close around it.
    aside: Option<NodeId>,
    /// True if its element, or one close around it, is called a list of other stories or an offer.
    furniture: bool,
    /// True if it is a headline of the first rank.
    headline: bool,
}

impl Passages {
    /// Reads the passages of a page in order.
    pub(super) fn read(page: &Document) -> Self {
        let names = Names::new(page);
        let passages = serialize::placed(page).into_iter().map(|(block, element)| {
            let parent = page.parent(element);
            let around = [parent, parent.and_then(|parent| page.parent(parent))];
            let aside = names.beside(element);
            let furniture = names.is_furniture(element);
            let headline = page.tag_name(element) == "h1";
            Passage { letters: plain_letters(&block.text), block, around, aside, furniture, headline }
        });
        let all: Vec<Passage> = passages.filter(|passage| !passage.letters.is_empty()).collect();
        let mut headlines = all.iter().enumerate().filter(|(_, passage)| passage.headline).map(|(at, _)| at);
        let before_headline = headlines.next().filter(|_| headlines.next().is_none());
        Self { all, before_headline }
    }

    /// Returns the number of letters in paragraphs that end as sentences and do not stand beside the story.
    pub(super) fn story(&self) -> usize {
        let is_story = |passage: &&Passage| {
            passage.block.kind == BlockKind::Paragraph
                && passage.block.text.len() >= PASSAGE
                && passage.aside.is_none()
                && !passage.furniture
                && ends_as_sentence(&passage.block.text)
        };
        self.all.iter().filter(is_story).map(|passage| passage.block.text.chars().count()).sum()
    }

    /// Puts passages back that stand among those of the body, and adds the others as dropped where they stood.
    pub(super) fn put_back(self, body: &mut Vec<Block>) {
        self.part(body);
        let places = self.places(body);
        self.put_right(body, &places);
        self.drop_furniture(body, &places);
        // A story may be parted into boxes of one or two paragraphs: those around the boxes hold it.
        let mut stories: FxHashMap<NodeId, usize> = FxHashMap::default();
        for (passage, _) in self.all.iter().zip(&places).filter(|(_, place)| place.is_some()) {
            for node in passage.around.iter().flatten() {
                *stories.entry(*node).or_default() += 1;
            }
        }
        let holds_story =
            |node: &NodeId| stories.get(node).is_some_and(|paragraphs| *paragraphs >= PARAGRAPHS);
        // Paragraphs directly behind one of the body, in the same box.
        let mut goes_on = vec![false; self.all.len()];
        for (at, pair) in self.all.windows(2).enumerate() {
            let is_kept = places.get(at).is_some_and(Option::is_some);
            if let [before, passage] = pair {
                goes_on[at + 1] = is_kept && before.around[0] == passage.around[0];
            }
        }
        let (first, last) = (places.iter().flatten().min().copied(), places.iter().flatten().max().copied());
        let linked: FxHashSet<String> =
            body.iter().filter(|block| block.linked).map(|block| plain_letters(&block.text)).collect();
        // The block of the body before which each passage goes, in the order of the page.
        let mut additions: Vec<(usize, Block)> = Vec::new();
        let mut next = 0;
        let mut kept = 0;
        for ((passage, place), goes_on) in self.all.into_iter().zip(places).zip(goes_on) {
            if let Some(place) = place {
                next = place + 1;
                continue;
            }
            let is_sentence = ends_as_sentence(&passage.block.text);
            let is_told = is_sentence && passage.block.text.len() >= PASSAGE;
            let within = first.is_some_and(|first| next > first) && last.is_some_and(|last| next <= last);
            let is_heading = passage.block.kind == BlockKind::Heading;
            let story = within
                // A box that holds the story is not beside it, whatever its name.
                && passage.aside.is_none_or(|node| holds_story(&node))
                && (is_sentence && passage.block.text.len() >= WITHIN || is_heading)
                && (goes_on || passage.around.iter().flatten().any(holds_story))
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

    /// Gives blocks of the body the words of the page where they have all its letters. The extractor runs words together at
    /// the ends of elements: `They<b>met</b> on Monday` is `Theymet on Monday` with it.
    fn put_right(&self, body: &mut [Block], places: &[Option<usize>]) {
        for (passage, place) in self.all.iter().zip(places) {
            let Some(block) = place.and_then(|place| body.get_mut(place)) else { continue };
            if block.text != passage.block.text && plain_letters(&block.text) == passage.letters {
                block.text.clone_from(&passage.block.text);
            }
        }
    }

    /// Parts blocks of the body into which the extractor glued passages that follow each other on the page.
    fn part(&self, body: &mut Vec<Block>) {
        let whole: FxHashSet<&str> = self.all.iter().map(|passage| passage.letters.as_str()).collect();
        let mut parted = Vec::new();
        let mut tried = 0;
        for block in std::mem::take(body) {
            let letters = plain_letters(&block.text);
            let try_it = !whole.contains(letters.as_str()) && letters.len() <= GLUED && tried < MOST;
            tried += usize::from(try_it);
            match if try_it { self.run(&letters) } else { None } {
                Some(run) => parted.extend(run.iter().map(|passage| passage.block.clone())),
                None => parted.push(block),
            }
        }
        *body = parted;
    }

    /// Returns the passages that follow each other and have together just the letters of a text.
    fn run(&self, letters: &str) -> Option<&[Passage]> {
        (0..self.all.len().min(AMONG)).find_map(|first| {
            let mut rest = letters;
            let mut last = first;
            while let Some(after) =
                self.all.get(last).and_then(|passage| rest.strip_prefix(passage.letters.as_str()))
            {
                rest = after;
                last += 1;
            }
            (rest.is_empty() && last > first + 1).then(|| &self.all[first..last])
        })
    }

    /// Drops blocks of the body that stand in lists of other stories and in offers, and items and links above the headline,
    /// unless they make up too much of it.
    fn drop_furniture(&self, body: &mut [Block], places: &[Option<usize>]) {
        let mut within = vec![false; body.len()];
        let above = self.above(body, places);
        for (at, (passage, place)) in self.all.iter().zip(places).enumerate() {
            let Some(block) = place.and_then(|place| body.get(place)) else { continue };
            let is_label = passage.block.kind == BlockKind::Item && !ends_as_sentence(&block.text);
            let leads_on = at < above && (is_label || block.linked);
            if let Some(within) = place.and_then(|place| within.get_mut(place)) {
                *within = passage.furniture || leads_on;
            }
        }
        let size =
            |blocks: &mut dyn Iterator<Item = &Block>| blocks.map(|block| block.text.len()).sum::<usize>();
        let all = size(&mut body.iter());
        let lost = size(&mut body.iter().zip(&within).filter(|(_, within)| **within).map(|(block, _)| block));
        if lost * FURNITURE_SHARE > all {
            return;
        }
        for (block, _) in body.iter_mut().zip(within).filter(|(_, within)| *within) {
            block.drop_all(DropReason::Aside);
        }
    }

    /// Returns the number of passages above the headline: none if the story has begun there.
    fn above(&self, body: &[Block], places: &[Option<usize>]) -> usize {
        let above = self.before_headline.unwrap_or_default();
        let begins = |(passage, place): (&Passage, &Option<usize>)| {
            passage.letters.len() >= BEGUN
                && passage.block.kind == BlockKind::Paragraph
                && ends_as_sentence(&passage.block.text)
                && place.and_then(|place| body.get(place)).is_some_and(|block| !block.linked)
        };
        if self.all.iter().zip(places).take(above).any(begins) { 0 } else { above }
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
        for passage in &self.all {
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

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 4] = [
        "The two leaders met on the island for three hours on Monday and left.",
        "Their officials said that the talks had been frank and useful to both.",
        "No agreement was signed, but they will meet again in June, they said.",
        "Fishermen on both shores have waited for two years for a settlement.",
    ];

    fn body(html: &str, blocks: &[&str]) -> Vec<String> {
        let mut body: Vec<Block> =
            blocks.iter().map(|text| Block::new(*text, BlockKind::Paragraph)).collect();
        Passages::read(&Document::parse(html)).put_back(&mut body);
        body.into_iter().map(|block| block.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn other_stories_in_the_body_are_dropped() {
        let story = STORY.map(|text| format!("<p>{text}</p>")).concat();
        let list = |class: &str| {
            format!(
                "<article>{story}</article><div class='{class}'><ul><li><h4>The ferry is late again</h4></li></ul></div>"
            )
        };
        let mut blocks = STORY.to_vec();
        blocks.push("The ferry is late again");
        assert_eq!(body(&list("latest-news-box"), &blocks), STORY);
        assert_eq!(body(&list("story-part"), &blocks), blocks);
        // A name made of the words of a headline says nothing.
        assert_eq!(
            body(&list("a-similar-ferry-is-late-again-on-the-island-of-the-leaders"), &blocks),
            blocks
        );
        // Were the list the story itself, it stays.
        assert_eq!(body(&list("latest-news-box"), &blocks[4..]), ["The ferry is late again"]);
    }

    #[test]
    fn a_story_in_boxes_is_put_back() {
        let boxes = STORY.map(|text| format!("<div class='part'><p>{text}</p></div>")).concat();
        let html = format!("<article>{boxes}</article>");
        assert_eq!(body(&html, &[STORY[0], STORY[2], STORY[3]]), STORY);
        let short = "They were in no hurry.";
        let html = html.replace(STORY[1], short);
        assert_eq!(body(&html, &[STORY[0], STORY[2], STORY[3]]), [STORY[0], STORY[2], STORY[3]]);
        let html = html.replace(short, "They were in no hurry, he said.");
        assert_eq!(body(&html, &[STORY[0], STORY[2], STORY[3]])[1], "They were in no hurry, he said.");
    }

    #[test]
    fn a_box_that_holds_the_story_may_be_called_anything() {
        let story = STORY.map(|text| format!("<p>{text}</p>")).concat();
        let html = |named: &str| format!("<div class='{named}'>{story}</div>");
        let blocks = [STORY[0], STORY[2], STORY[3]];
        assert_eq!(body(&html("page__teaser"), &blocks), STORY);
        // A box within the story that is called so is one.
        let aside = STORY[1].replace("Their", "Our");
        let html =
            html("text").replace(STORY[1], &format!("{}<div class='teaser'><p>{aside}</p></div>", STORY[1]));
        assert_eq!(body(&html, &STORY), STORY);
    }

    #[test]
    fn a_paragraph_goes_on_with_the_one_before_it() {
        let html = format!(
            "<div><div><p>{}</p><p>{}</p></div><div><p>{}</p></div><div><p>{}</p></div></div>",
            STORY[0], STORY[1], STORY[2], STORY[3]
        );
        assert_eq!(body(&html, &[STORY[0], STORY[3]])[..2], STORY[..2]);
    }

    #[test]
    fn the_words_of_the_page_are_the_right_ones() {
        let html = format!("<p>{}</p>", STORY[0].replace("leaders met", "<b>leaders</b> met"));
        let glued = STORY[0].replace("leaders met", "leadersmet");
        assert_eq!(body(&html, &[&glued]), STORY[..1]);
    }

    #[test]
    fn items_and_links_above_the_headline_are_the_way_to_other_pages() {
        let way = "<ul><li><a href=/>Home news</a></li><li>The island</li></ul>";
        let story = STORY.map(|text| format!("<p>{text}</p>")).concat();
        let html = format!("<body>{way}<h1>Leaders meet</h1>{story}</body>");
        let blocks: Vec<&str> =
            ["Home news", "The island", "Leaders meet"].into_iter().chain(STORY).collect();
        assert_eq!(body(&html, &blocks), blocks[2..]);
        // A summary may stand there too.
        let summary = html.replace("The island<", "They met for hours on the island.<");
        let in_summary = "They met for hours on the island.";
        let blocks_there: Vec<&str> =
            ["Home news", in_summary, "Leaders meet"].into_iter().chain(STORY).collect();
        assert_eq!(body(&summary, &blocks_there), blocks_there[1..]);
        // Below the headline a list is one of the story.
        let html = format!("<body><h1>Leaders meet</h1>{way}{story}</body>");
        let blocks: Vec<&str> = ["Home news", "The island"].into_iter().chain(STORY).collect();
        assert_eq!(body(&html, &blocks), blocks);
        // Where the story stands above it, the headline is another's.
        let html = format!("<body>{story}{way}<h1>Leaders meet</h1></body>");
        let blocks: Vec<&str> = STORY.into_iter().chain(["Home news", "The island"]).collect();
        assert_eq!(body(&html, &blocks), blocks);
    }

    #[test]
    fn glued_passages_are_parted() {
        let html = format!("<div><b>Summary</b><p>{}</p><p>{}</p></div>", STORY[0], STORY[1]);
        let glued = format!("Summary{}", STORY[0]);
        assert_eq!(body(&html, &[&glued, STORY[1]]), ["Summary", STORY[0], STORY[1]]);
    }
}
