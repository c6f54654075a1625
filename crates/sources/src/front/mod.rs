//! The parts before the story: headline, by-line, time of the last change, dateline. They move from body to metadata.

mod byline;
mod dateline;

use readout_record::{Document, DropReason};
use serde_json::Value;

use crate::block::{Block, BlockKind};
use crate::junk::{ends_as_sentence, looks_like_headline, plain_letters};
use crate::patterns::patterns;
use crate::whole::SearchPattern;
pub(crate) use byline::byline;
pub(crate) use byline::is_person;
use dateline::{date, date_line, lift_dateline};

/// The number of blocks at the end of a text among which `Updated at` is looked for.
const BLOCKS_AT_END: usize = 3;
/// The number of blocks after a first line among which the body must begin.
const BLOCKS_AHEAD: usize = 6;

patterns! {
    /// A note on the last change. It captures the time.
    static UPDATED: SearchPattern = r"(?i)^\(?(?:(?:last |first )?(?:updated|modified|revised)|letzte änderung|aktualisiert|zuletzt aktualisiert|mis à jour|actualizado|this (?:story|article|post) was (?:last )?updated)\s*(?:at|on|:|,|-|–)?\s*((?:(?:at|on|the)\s+)?[\w ,.:/|–()-]{3,60})\)?\.?$";
}

/// The number of paragraphs at the start of a report in which headline, by-line and date are looked for.
const REACH: usize = 8;

/// Takes headline, by-line and date before the story out of the body, and fills gaps of `document` with them.
pub(crate) fn lift(blocks: &mut [Block], document: &mut Document, mend: &mut dyn FnMut(&str)) {
    lift_title(blocks, document);
    let filled: Vec<usize> = (0..blocks.len()).filter(|&at| !blocks[at].text.is_empty()).collect();
    for (in_front, &at) in filled.iter().take(REACH).enumerate() {
        let follows = filled[in_front + 1..].iter().any(|&at| tells(&blocks[at].text));
        let block = &mut blocks[at];
        let text = block.text.as_str();
        let first_heading = in_front == 0 && !ends_as_sentence(text);
        let headline = |title: &str| same_words(title, text) || first_heading && shares_words(title, text);
        // A post may have itself, whole or cut off, as its title.
        if document.title.as_deref().is_some_and(headline) && follows {
            block.drop_all(DropReason::Title);
        } else if let Some(names) = byline(text) {
            if document.authors.is_empty() {
                document.authors = names;
            }
            block.drop_all(DropReason::Byline);
        } else if let Some(time) = updated(text) {
            document.other.entry("updated".to_owned()).or_insert_with(|| Value::from(time));
            block.drop_all(DropReason::Updated);
        } else if date_line(text) {
            if document.published.is_none() {
                date(text, document, mend);
            }
            block.drop_all(DropReason::Dateline);
        } else if !matches!(block.kind, BlockKind::Heading | BlockKind::Lead)
            && (ends_as_sentence(text) || text.len() > 160)
        {
            lift_dateline(block, document);
            break;
        }
    }
    // "Updated at" may stand at the end too.
    for block in blocks.iter_mut().rev().filter(|block| !block.text.is_empty()).take(BLOCKS_AT_END) {
        if let Some(time) = updated(&block.text) {
            document.other.entry("updated".to_owned()).or_insert_with(|| Value::from(time));
            block.drop_all(DropReason::Updated);
        }
    }
}

/// Whether two texts are the same but for quotation marks, blanks and capitals.
fn same_words(a: &str, b: &str) -> bool {
    a.len().abs_diff(b.len()) < 40 && plain_letters(a) == plain_letters(b)
}

/// Whether a paragraph is a headline with a rubric or a site's name around it, or a part of it.
///
/// A paragraph that goes on for longer after the words of the headline is a text that the headline was cut from.
fn shares_words(title: &str, paragraph: &str) -> bool {
    let (title, paragraph) = (plain_letters(title), plain_letters(paragraph));
    if paragraph.len() > title.len() {
        let goes_on = paragraph.len() * 10 > title.len() * 13;
        title.len() >= 16 && (paragraph.ends_with(&title) || paragraph.starts_with(&title) && !goes_on)
    } else {
        paragraph.len() >= 16 && (title.starts_with(&paragraph) || title.ends_with(&paragraph))
    }
}

/// Whether a paragraph has content: it is no by-line or date, and has words besides tags and addresses.
fn tells(text: &str) -> bool {
    const FEW_LETTERS: usize = 12;
    let plain =
        |word: &&str| !word.starts_with(['#', '@']) && !word.contains("://") && !word.starts_with("www.");
    let letters = text.split_whitespace().filter(plain).flat_map(str::chars).filter(|c| c.is_alphabetic());
    letters.take(FEW_LETTERS).count() == FEW_LETTERS
        && byline(text).is_none()
        && updated(text).is_none()
        && !date_line(text)
}

/// Takes the first line for the headline where it looks like one and sentences follow.
fn lift_title(blocks: &mut [Block], document: &mut Document) {
    if document.title.is_some() {
        return;
    }
    let mut filled = (0..blocks.len()).filter(|&at| !blocks[at].text.is_empty());
    let Some(first) = filled.next() else { return };
    let text = blocks[first].text.as_str();
    let body_follows = filled.take(BLOCKS_AHEAD).any(|at| {
        let next = blocks[at].text.as_str();
        ends_as_sentence(next) && next.len() >= 60
    });
    let lead = text.split_once(':').map(|(lead, _)| lead);
    // A turn of an interview is no headline.
    let turn = matches!(lead, Some("Q" | "A"))
        || lead.is_some_and(|lead| lead.contains(' ') && !lead.chars().any(char::is_lowercase));
    let title = blocks[first].kind == BlockKind::Heading
        || looks_like_headline(text)
            && !turn
            && byline(text).is_none()
            && updated(text).is_none()
            && !date_line(text);
    if body_follows && title && !matches!(blocks[first].kind, BlockKind::Item | BlockKind::Lead) {
        document.title = Some(text.to_owned());
        blocks[first].drop_all(DropReason::Title);
    }
}

/// Returns the time in `Updated at 1:23 p.m.`, or `None` for a note that says what was changed.
fn updated(text: &str) -> Option<String> {
    let time = UPDATED.captures(text)?.get(1)?.as_str().trim();
    let told = time.split(' ').any(|word| matches!(word, "with" | "after")) || time.contains(" to ");
    (time.bytes().any(|byte| byte.is_ascii_digit()) && !told).then(|| time.to_owned())
}

#[cfg(test)]
mod tests {
    use readout_record::PublishedFrom;
    use serde_json::json;

    use super::*;

    fn lifted(paragraphs: &[&str]) -> (Document, Vec<String>) {
        let mut blocks: Vec<Block> =
            paragraphs.iter().map(|text| Block::new(*text, BlockKind::Paragraph)).collect();
        let mut document = Document::default();
        lift(&mut blocks, &mut document, &mut |_| {});
        let left = blocks.into_iter().map(|block| block.text).filter(|text| !text.is_empty()).collect();
        (document, left)
    }

    const STORY: &str = "The two leaders met on the island for three hours on Monday, officials said.";

    #[test]
    fn headline_byline_and_dates_are_lifted() {
        let (document, left) = lifted(&[
            "Leaders meet on island",
            "By Ann Lee and Bo de Ray, Associated Press",
            "Published: Monday, 5 September 2016, 14:03",
            "Updated at 3:12 p.m.",
            STORY,
        ]);
        assert_eq!(document.title.as_deref(), Some("Leaders meet on island"));
        assert_eq!(document.authors, ["Ann Lee", "Bo de Ray"]);
        assert_eq!(
            (document.published.as_deref(), document.published_from),
            (Some("2016-09-05"), Some(PublishedFrom::Text))
        );
        assert_eq!(document.other["updated"], "3:12 p.m.");
        assert_eq!(left, [STORY]);
    }

    #[test]
    fn a_story_without_a_headline_has_none() {
        for first in [
            "By Monday, nobody had come.",
            "They met.",
            "Q: Will you go?",
            "and then he left",
            "“We will go,” he said.",
            "Partial transcript as follows:",
        ] {
            let (document, left) = lifted(&[first, STORY]);
            assert_eq!((document.title, left.len()), (None, 2), "{first}");
        }
        assert_eq!(lifted(&["Leaders meet on island", "Ministers too"]).0.title, None);
    }

    #[test]
    fn a_post_is_not_eaten_by_its_title() {
        let post = "The harbour minister says that the new quay will be opened in June and that fishing boats may land there again";
        let cut = "The harbour minister says that the new quay will be op…";
        for (title, paragraphs) in [
            (cut, vec![format!("{post} #harbour")]),
            (cut, vec![format!("{post} https://example.test/x")]),
            (cut, vec![format!("{post} (Example News)")]),
            (post, vec![post.to_owned()]),
            (post, vec![post.to_owned(), "https://example.test/x #harbour @example".to_owned()]),
            (post, vec![post.to_owned(), "By Ann Lee".to_owned()]),
            (cut, vec![post.to_owned(), STORY.to_owned()]),
        ] {
            let mut blocks: Vec<Block> =
                paragraphs.iter().map(|text| Block::new(text.as_str(), BlockKind::Paragraph)).collect();
            let mut document = Document { title: Some(title.to_owned()), ..Document::default() };
            lift(&mut blocks, &mut document, &mut |note| panic!("{note}"));
            assert_eq!(blocks[0].text, paragraphs[0], "{title}");
        }
        // A headline with the name of the site behind it, or a caption before it, goes from above its story.
        for first in [
            "The new quay will be opened in June",
            "The new quay will be opened in June | The Bay",
            "The harbour minister in March. | Example News Agency The new quay will be opened in June",
        ] {
            let title = Some("The new quay will be opened in June".to_owned());
            let mut blocks = [first, STORY].map(|text| Block::new(text, BlockKind::Paragraph));
            lift(&mut blocks, &mut Document { title, ..Document::default() }, &mut |note| panic!("{note}"));
            assert_eq!(blocks.map(|block| block.text), ["", STORY], "{first}");
        }
    }

    #[test]
    fn datelines_are_lifted() {
        let lines = [
            ("WASHINGTON (AP) — ", json!({"place": "WASHINGTON", "agency": "AP"})),
            ("MANCHESTER, N.H. - ", json!({"place": "MANCHESTER, N.H"})),
            ("SEOUL - ", json!({"place": "SEOUL"})),
            (
                "HANGZHOU, China, Sept. 5 (Xinhua) -- ",
                json!({"place": "HANGZHOU, China", "agency": "Xinhua", "day": "Sept. 5"}),
            ),
            (
                "MOSCOW, September 5. /TASS/. ",
                json!({"place": "MOSCOW", "agency": "TASS", "day": "September 5"}),
            ),
            ("Geneva (CNN) ", json!({"place": "Geneva", "agency": "CNN"})),
            ("Washington (CNN)", json!({"place": "Washington", "agency": "CNN"})),
            ("(Reuters) - ", json!({"agency": "Reuters"})),
            ("UNITED NATIONS — ", json!({"place": "UNITED NATIONS"})),
            ("BEIRUT/GENEVA (Reuters) - ", json!({"place": "BEIRUT/GENEVA", "agency": "Reuters"})),
            ("Geneva, 5 Sept 2016 — ", json!({"place": "Geneva", "day": "5 Sept 2016"})),
        ];
        for (line, dateline) in lines {
            let (document, left) = lifted(&[&format!("{line}{STORY}")]);
            assert_eq!(left, [STORY], "{line}");
            assert_eq!(document.other["dateline"], dateline, "{line}");
        }
    }

    #[test]
    fn a_line_that_is_a_date_dates_the_report() {
        for (line, day) in [
            ("25/09/2016", "2016-09-25"),
            ("Published 09/25/2016", "2016-09-25"),
            ("Posted on May 12, 2024 at 14:03", "2024-05-12"),
            ("Sunday, 12 May 2024", "2024-05-12"),
            ("12-May-2024", "2024-05-12"),
            ("2024-05-12T14:03:00Z", "2024-05-12"),
        ] {
            let (document, left) = lifted(&[line, STORY]);
            assert_eq!((document.published.as_deref(), left.len()), (Some(day), 1), "{line}");
        }
        for line in ["05/09/2016", "31 April 2016"] {
            let mut notes = Vec::new();
            let mut blocks = [line, STORY].map(|text| Block::new(text, BlockKind::Paragraph));
            let mut document = Document::default();
            lift(&mut blocks, &mut document, &mut |note| notes.push(note.to_owned()));
            assert_eq!((document.published, blocks[0].text.as_str()), (None, ""), "{line}");
            assert!(notes.len() == 1 && notes[0].contains(line), "{notes:?}");
        }
    }

    #[test]
    fn a_day_with_its_year_dates_the_report() {
        let (document, _) = lifted(&[&format!("BEIJING, Sept. 5, 2016 (Xinhua) -- {STORY}")]);
        assert_eq!(document.published.as_deref(), Some("2016-09-05"));
        assert_eq!(lifted(&[&format!("BEIJING, Sept. 5 (Xinhua) -- {STORY}")]).0.published, None);
    }

    #[test]
    fn what_is_no_dateline_stays() {
        for start in [
            "EXCLUSIVE - ",
            "He is back — ",
            "ISIS — ",
            "The International Monetary Fund (IMF) said so: ",
            "President Obama — ",
            "UPDATE — ",
            "Russia (and Iran) — ",
        ] {
            let text = format!("{start}{STORY}");
            assert_eq!(lifted(&[&text]).1, [text.as_str()]);
        }
    }
}
