//! Junk: passages around a story that are no part of it.
//!
//! The rules are data (`data/sources/junk.txt`) and are applied here. Junk that one paragraph alone does not show is
//! found here too: repeats, lists of links, the stray headline of another story at the end.

use std::sync::LazyLock;

use readout_lexicon::WordSet as _;
use readout_record::DropReason;
use rustc_hash::FxHashSet;

use crate::block::{Block, BlockKind};
use crate::whole::{SearchPattern, WholePattern};
use crate::words::{HEADLINE_ENDS, SENTENCE_WORDS};

/// The number of blocks after a linked line among which the story must go on.
const BLOCKS_AHEAD: usize = 12;

/// Paragraphs longer than this, in bytes, are story: no rule is tried on them as a whole.
const LONGEST: usize = 700;
/// The number of paragraphs in the zones `head` and `tail`, from the start and from the end.
const ZONE: usize = 6;

/// A rule of `junk.txt`.
struct Rule {
    reason: DropReason,
    place: Place,
    zone: Option<Zone>,
    list: bool,
}

/// The part of a paragraph that a rule looks at, with its pattern.
enum Place {
    Whole(Box<WholePattern>),
    Start(SearchPattern),
    End(SearchPattern),
    Within(SearchPattern),
}

#[derive(Clone, Copy, PartialEq)]
enum Zone {
    Head,
    Tail,
    /// Before another paragraph.
    Before,
}

static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| parse(SOURCE).filter_map(|fields| rule(&fields)).collect());

const SOURCE: &str = include_str!("../../../data/sources/junk.txt");

/// Reads the rules of a file as `(key, value)` lists.
fn parse(source: &str) -> impl Iterator<Item = Vec<(&str, &str)>> {
    source.split("\n\n").filter_map(|paragraph| {
        let lines = paragraph.lines().filter(|line| !line.starts_with('#'));
        let fields: Vec<_> =
            lines.filter_map(|line| line.split_once(": ").or_else(|| line.split_once(':'))).collect();
        (!fields.is_empty()).then_some(fields)
    })
}

/// Returns the value of `key`.
fn field<'s>(fields: &[(&'s str, &'s str)], key: &str) -> Option<&'s str> {
    fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value.trim())
}

fn rule(fields: &[(&str, &str)]) -> Option<Rule> {
    let pattern = field(fields, "pattern")?;
    let case_insensitive = field(fields, "case") != Some("exact");
    let search = || {
        // The ends of words in any script are slow to find: beside letters of ASCII, the ends of words in ASCII are the same.
        let ascii = if pattern.is_ascii() { pattern.replace(r"\b", r"(?-u:\b)") } else { pattern.to_owned() };
        SearchPattern::with_case(&ascii, case_insensitive)
    };
    let place = match field(fields, "where")? {
        "whole" => Place::Whole(Box::new(WholePattern::new(pattern, case_insensitive)?)),
        "start" => Place::Start(search()?),
        "end" => Place::End(search()?),
        "within" => Place::Within(search()?),
        _ => return None,
    };
    let zone = match field(fields, "zone") {
        Some("head") => Some(Zone::Head),
        Some("tail") => Some(Zone::Tail),
        Some("before") => Some(Zone::Before),
        _ => None,
    };
    let reason = reason(field(fields, "drop")?)?;
    Some(Rule { reason, place, zone, list: field(fields, "list") == Some("yes") })
}

fn reason(name: &str) -> Option<DropReason> {
    serde_json::from_value(name.into()).ok()
}

/// Returns the reason why a paragraph that stands outside of a story is a standing notice of the outlet: of rights, of its
/// rules. `None` if no rule of `junk.txt` says so.
pub(crate) fn standing_notice(text: &str) -> Option<DropReason> {
    let text = text.trim();
    let fits = |rule: &&Rule| {
        matches!(rule.reason, DropReason::Copyright | DropReason::HouseNotice)
            && matches!(&rule.place, Place::Whole(pattern) if text.len() <= LONGEST && pattern.fits(text))
    };
    RULES.iter().find(fits).map(|rule| rule.reason)
}

/// Whether a line is the head of a list of other stories.
pub(crate) fn heads_other_stories(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '…', ':']);
    let heads = |rule: &Rule| rule.list && matches!(&rule.place, Place::Whole(pattern) if pattern.fits(text));
    text.len() <= LONGEST && RULES.iter().any(heads)
}

/// Takes words out of sentences that do not belong to them, by the rules of `junk.txt`. Done last, since the places of what
/// is taken out are those in the paragraphs as they stay.
pub(crate) fn drop_within(blocks: &mut [Block]) {
    for rule in RULES.iter() {
        let Place::Within(pattern) = &rule.place else { continue };
        for block in blocks.iter_mut().filter(|block| !block.text.is_empty()) {
            let junk = |found: &regex::Captures<'_>| {
                found.name("junk").or_else(|| found.get(0)).map(|it| it.range())
            };
            let found: Vec<_> = pattern.captures_iter(&block.text).filter_map(|it| junk(&it)).collect();
            if !found.is_empty() {
                block.drop_within(&found, rule.reason);
            }
        }
    }
}

/// Takes out the text that the rules of `junk.txt` match.
pub(crate) fn drop_junk(blocks: &mut [Block]) {
    let filled: Vec<usize> = (0..blocks.len()).filter(|&at| !blocks[at].text.is_empty()).collect();
    let count = filled.len();
    // Inside a list of links: the paragraphs that may belong to it.
    let mut in_list = false;
    for (number, &at) in filled.iter().enumerate() {
        let block = &mut blocks[at];
        let is_item = block.kind == BlockKind::Item && !ends_as_statement(&block.text);
        let listed = in_list && (is_item || looks_like_headline(&block.text));
        in_list = false;
        let zone = |zone: Zone| match zone {
            Zone::Head => number < ZONE,
            Zone::Tail => number + ZONE >= count,
            Zone::Before => number + 1 < count,
        };
        for rule in RULES.iter().filter(|rule| rule.zone.is_none_or(zone)) {
            if block.text.is_empty() {
                break;
            }
            match &rule.place {
                Place::Whole(pattern) => {
                    if block.text.len() <= LONGEST && pattern.fits(&block.text) {
                        block.drop_all(rule.reason);
                        in_list = rule.list;
                    }
                }
                Place::Start(pattern) => {
                    if let Some(found) = pattern.find(&block.text).filter(|found| found.start() == 0) {
                        let end = found.end();
                        block.drop_start(end, rule.reason);
                    }
                }
                // See `drop_within`.
                Place::Within(_) => {}
                Place::End(pattern) => {
                    // Only the last part of a long paragraph is searched.
                    let from = block.text.floor_char_boundary(block.text.len().saturating_sub(LONGEST));
                    let text = &block.text[from..];
                    let found = pattern.captures(text);
                    let found = found.and_then(|found| found.name("junk").or_else(|| found.get(0)));
                    let end = found.filter(|found| found.end() == text.len());
                    if let Some(start) = end.map(|found| from + found.start()) {
                        block.drop_end(start, rule.reason);
                    }
                }
            }
        }
        if listed && !block.text.is_empty() {
            block.drop_all(DropReason::RelatedLink);
            in_list = true;
        }
    }
}

/// Takes out paragraphs that are nothing but a link: the headlines of other stories.
///
/// A subhead that is a link is a subhead still, and a sentence that is a link is a sentence: both stay, and so does a
/// list of links with story after it (documents, names).
pub(crate) fn drop_links(blocks: &mut [Block]) {
    drop_headings_in_a_row(blocks);
    for at in 0..blocks.len() {
        let block = &blocks[at];
        if !block.linked || block.kind == BlockKind::Heading || !looks_like_headline(&block.text) {
            continue;
        }
        // Between paragraphs of story a few linked words may name a thing; a headline is longer.
        let words = block.text.split_whitespace().count();
        let story_follows =
            blocks[at + 1..].iter().take(BLOCKS_AHEAD).any(|block| block.text.len() >= 80 && !block.linked);
        if !story_follows || block.kind != BlockKind::Item && words >= 5 {
            blocks[at].drop_all(DropReason::RelatedLink);
        }
    }
}

/// The fewest headings in a row that are other stories.
const HEADINGS_IN_A_ROW: usize = 2;

/// Takes out headings that are links and follow one another: there is no text below them for which they could be the heads.
/// The last one before story stays.
fn drop_headings_in_a_row(blocks: &mut [Block]) {
    let filled: Vec<usize> = (0..blocks.len()).filter(|&at| !blocks[at].text.is_empty()).collect();
    let is_link = |at: &usize| blocks[*at].linked && blocks[*at].kind == BlockKind::Heading;
    let mut drop = Vec::new();
    let mut from = 0;
    for row in filled.chunk_by(|one, other| is_link(one) == is_link(other)) {
        from += row.len();
        if row.first().is_some_and(is_link) && row.len() >= HEADINGS_IN_A_ROW {
            let heads_story = usize::from(from < filled.len());
            drop.extend_from_slice(&row[..row.len() - heads_story]);
        }
    }
    for at in drop {
        blocks[at].drop_all(DropReason::RelatedLink);
    }
}

/// Takes out paragraphs that repeat an earlier one word for word, and summaries cut from the text that follows.
pub(crate) fn drop_repeats(blocks: &mut [Block]) {
    /// The shortest repeat that is dropped, in bytes. Shorter ones may be repeated: an interviewer's "Why?", a slogan.
    const SHORTEST: usize = 60;
    let mut seen: FxHashSet<String> = FxHashSet::default();
    // Items of lists and lines of tables may well be the same.
    let told = |block: &&mut Block| {
        block.kind == BlockKind::Paragraph && block.text.len() >= SHORTEST && ends_as_sentence(&block.text)
    };
    for block in blocks.iter_mut().filter(told) {
        if !seen.insert(plain_letters(&block.text)) {
            block.drop_all(DropReason::Repeat);
        }
    }
    // A summary that is cut off (`The two leaders met on …`) and then told in full.
    for at in 0..blocks.len().min(ZONE) {
        let Some(cut) = blocks[at].text.strip_suffix('…').or_else(|| blocks[at].text.strip_suffix("..."))
        else {
            continue;
        };
        let cut = plain_letters(cut);
        if cut.len() >= SHORTEST / 2
            && blocks[at + 1..].iter().take(ZONE).any(|block| plain_letters(&block.text).starts_with(&cut))
        {
            blocks[at].drop_all(DropReason::Repeat);
        }
    }
}

/// Returns the letters and digits of a text, small: copies that differ only in quotation marks and blanks become equal.
pub(crate) fn plain_letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
        match letter.is_ascii() {
            true => letters.push(letter.to_ascii_lowercase()),
            false => letters.extend(letter.to_lowercase()),
        }
    }
    letters
}

/// Takes out the headline of another story, which the page has below this one.
///
/// It is the last paragraph, it does not end as a sentence does where all others do, and it is in the language of
/// headlines: no article, no auxiliary, no pronoun. A sentence that was cut off has one within a few words.
pub(crate) fn drop_loose_end(blocks: &mut [Block]) {
    let mut filled = blocks.iter_mut().rev().filter(|block| !block.text.is_empty());
    let Some(last) = filled.next().filter(|last| last.kind != BlockKind::Item) else { return };
    let before: Vec<bool> = filled.map(|block| ends_as_sentence(&block.text)).collect();
    let sentences = before.iter().filter(|ends| **ends).count();
    let words = last.text.split_whitespace().count();
    if before.len() >= 4
        && before[..3].iter().all(|ends| *ends)
        && sentences * 10 >= before.len() * 8
        && (4..=18).contains(&words)
        && looks_like_headline(&last.text)
        && !last.text.split_whitespace().any(|word| SENTENCE_WORDS.has(&word.to_lowercase()))
    {
        last.drop_all(DropReason::RelatedLink);
    }
}

/// Whether the text ends with a full stop or the like, perhaps inside a closing quote or bracket.
pub(crate) fn ends_as_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“']).ends_with(['.', '!', '?', '…', ':'])
        || text.ends_with(['”', '"']) && text.contains([',', '.'])
}

/// Whether a paragraph could be a headline: short, a capital or a digit first, no full stop at its end.
pub(crate) fn looks_like_headline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let start = text.trim_start_matches(['"', '“', '‘', '\'', '«', '¿', '¡', '(', '[']);
    (2..=30).contains(&words)
        && text.len() <= 300
        && start.starts_with(|c: char| !c.is_lowercase() && c.is_alphanumeric())
        && !ends_as_statement(text)
}

/// Whether the text ends as no headline does: with a full stop, or cut off. Headlines may ask and shout.
fn ends_as_statement(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    bare.ends_with([',', ';', ':', '-', '–', '—'])
        || bare.ends_with('.') && !HEADLINE_ENDS.words().any(|abbreviation| bare.ends_with(abbreviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, zone: Option<Zone>) -> Block {
        // Enough story around it that the zones are clear.
        let story = (0..20).map(|n| {
            Block::new(
                format!("The council met for the {n}th time on Monday and left."),
                BlockKind::Paragraph,
            )
        });
        let mut blocks: Vec<Block> = story.collect();
        let at = match zone {
            Some(Zone::Head) => 0,
            Some(Zone::Tail) => 19,
            Some(Zone::Before) | None => 10,
        };
        blocks.insert(at, Block::new(text, BlockKind::Paragraph));
        drop_junk(&mut blocks);
        drop_within(&mut blocks);
        blocks.swap_remove(at)
    }

    #[test]
    fn every_rule_keeps_its_word() {
        let mut wrong = Vec::new();
        for fields in parse(SOURCE) {
            let Some(rule) = rule(&fields) else {
                wrong.push(format!("cannot be read: {fields:?}"));
                continue;
            };
            let values = |key: &'static str| {
                fields.iter().filter(move |(name, _)| *name == key).map(|(_, value)| value.trim())
            };
            for key in ["why", "example", "keep"] {
                if values(key).count() == 0 {
                    wrong.push(format!("lacks {key}: {fields:?}"));
                }
            }
            for example in values("example") {
                let block = after(example, rule.zone);
                let whole = matches!(rule.place, Place::Whole(_)) && !block.text.is_empty();
                let untouched = block.before.is_empty() && block.after.is_empty() && block.within.is_empty();
                if untouched || whole {
                    wrong.push(format!("stays: {example}"));
                }
            }
            for keep in values("keep") {
                if after(keep, rule.zone).text != keep {
                    wrong.push(format!("goes: {keep}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn story_stays() {
        for keep in [
            "He said he would share the report with his allies.",
            "There was no time for television advertisements, the campaign said.",
            "“We will follow the money.”",
            "Newspapers may subscribe to the service, the agency said.",
            "The related question of the harbour was not raised.",
            "A photo of the meeting was shown on state television.",
            "Q: Will you go?",
            "CHUCK TODD: Do you regret it?",
            "Partial transcript as follows:",
            "9:05 p.m.",
            "What comes next",
            "Coal, steel and timber",
            "North 12,400",
            "CORRECTION: An earlier version gave the wrong year.",
            "Editor's note: This story has been updated to add the ministry's answer.",
            "This story has been updated to reflect the vote.",
            "“I never said that,” she told Reuters.",
            "(French) President (Francois) Hollande will come, he said.",
            "No.",
            "“No.”",
            "Why?",
        ] {
            let block = after(keep, None);
            assert_eq!(block.text, keep, "{:?}", block.before);
        }
    }

    #[test]
    fn text_behind_a_label_on_one_line_stays() {
        assert_eq!(
            after("Share The two leaders met on Monday.", None).text,
            "Share The two leaders met on Monday."
        );
        assert_eq!(after("{mosads}The two leaders met.", None).text, "The two leaders met.");
    }

    #[test]
    fn a_label_with_nothing_below_it_is_the_text() {
        let mut blocks = vec![Block::new("Body", BlockKind::Paragraph)];
        drop_junk(&mut blocks);
        assert_eq!(blocks[0].text, "Body");
        blocks.push(Block::new("They met on Monday.", BlockKind::Paragraph));
        drop_junk(&mut blocks);
        assert_eq!(blocks[0].text, "");
    }

    #[test]
    fn headlines_of_a_list_of_links_go_with_its_head() {
        let mut blocks: Vec<Block> = [
            "It ended.",
            "Most Popular",
            "Minister resigns over letter",
            "Harbour to close in June",
            "The talks go on.",
        ]
        .map(|text| Block::new(text, BlockKind::Paragraph))
        .into();
        drop_junk(&mut blocks);
        let left: Vec<&str> =
            blocks.iter().map(|block| block.text.as_str()).filter(|text| !text.is_empty()).collect();
        assert_eq!(left, ["It ended.", "The talks go on."]);
    }

    #[test]
    fn items_below_the_head_of_a_list_belong_to_it() {
        let items = ["⚓ port to close; plus, who pays", "They met for two hours, the summary says."];
        let mut blocks = vec![Block::new("More stories", BlockKind::Heading)];
        blocks.extend(items.map(|text| Block::new(text, BlockKind::Item)));
        drop_junk(&mut blocks);
        let left: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(left, ["", "", items[1]]);
    }

    #[test]
    fn linked_headings_in_a_row_are_other_stories() {
        let heading = |text: &str| {
            let mut block = Block::new(text, BlockKind::Heading);
            block.linked = true;
            block
        };
        let story = || Block::new("The two leaders met on the island on Monday.", BlockKind::Paragraph);
        let mut blocks = vec![heading("Port to close"), story(), heading("Who pays"), heading("Who went")];
        blocks.insert(2, heading("Why they met"));
        blocks.insert(3, story());
        blocks.insert(4, heading("Fares to rise"));
        blocks.insert(5, heading("The second day"));
        blocks.insert(6, story());
        drop_links(&mut blocks);
        let left: Vec<&str> = blocks.iter().map(|it| it.text.as_str()).filter(|it| !it.is_empty()).collect();
        let story = story().text;
        let kept = ["Port to close", &story, "Why they met", &story, "The second day", &story];
        assert_eq!(left, kept);
    }

    #[test]
    fn a_stray_headline_at_the_end_goes_and_a_cut_sentence_stays() {
        let story = ["One came on Monday.", "Two came later.", "“Three,” he said.", "Four left."];
        let end = |last: &str| {
            let mut blocks: Vec<Block> =
                story.iter().chain([&last]).map(|text| Block::new(*text, BlockKind::Paragraph)).collect();
            drop_loose_end(&mut blocks);
            blocks[4].text.clone()
        };
        assert_eq!(end("Ministers’ new harbour plan not popular with fishermen"), "");
        assert_ne!(end("The ministers told the press that nobody had been"), "");
        assert_ne!(end("Ministers went home."), "");
    }

    #[test]
    fn what_was_said_is_not_said_again() {
        let long = "The ministers of the two countries met for three hours on Friday but did not agree.";
        let mut blocks: Vec<Block> =
            ["The ministers of the two countries met for three hours on…", long, "Why?", "Why?", long]
                .map(|text| Block::new(text, BlockKind::Paragraph))
                .into();
        drop_repeats(&mut blocks);
        let left: Vec<bool> = blocks.iter().map(|block| block.text.is_empty()).collect();
        assert_eq!(left, [true, false, false, false, true]);
    }
}
