//! The parts before the story: headline, by-line, time of the last change, dateline. They move from body to metadata.

use std::sync::LazyLock;

use readout_record::{Document, DropReason, PublishedFrom};
use regex::Regex;
use serde_json::{Value, json};

use crate::article::{Block, BlockKind};
use crate::dates::{self, Unread};
use crate::junk::{ends_as_sentence, looks_like_headline, plain_letters};

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
        } else if block.kind != BlockKind::Heading && (ends_as_sentence(text) || text.len() > 160) {
            lift_dateline(block, document);
            break;
        }
    }
    // "Updated at" may stand at the end too.
    for block in blocks.iter_mut().rev().filter(|block| !block.text.is_empty()).take(3) {
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
    let body_follows = filled.take(6).any(|at| {
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
    if body_follows && title && blocks[first].kind != BlockKind::Item {
        document.title = Some(text.to_owned());
        blocks[first].drop_all(DropReason::Title);
    }
}

static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?i:by|story by|written by|reported by|report by|posted by|author:|authors:|from))\s+(.{3,140})$").ok()
});
static DESK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:,? ?\b(?:and|(?:the )?associated press|ap|reuters|afp|agence france-presse|bloomberg|staff|staffs?|writers?|reporters?|correspondents?|diplomatic|foreign|political|military|national|senior|chief|special|white house|congressional|editors?|contributors?|columnists?|washington|bureau|press|news|service|post|times|cnn|nbc|abc|cbs|fox|bbc|npr|for .{2,60}|of .{2,60}|at .{2,60}|to .{2,60}|in .{2,60})\b[,.]?)+$").ok()
});

/// Returns the names of a by-line, or `None` if the line is no by-line.
///
/// `By Ann Lee and Bo Ray`, `BY ANN LEE, AP Diplomatic Writer`; not `By Monday, nobody had come.`
pub(crate) fn byline(text: &str) -> Option<Vec<String>> {
    let words = BYLINE.as_ref()?.captures(text)?.get(1)?.as_str();
    if text.to_ascii_lowercase().starts_with("from ") || words.ends_with(['?', '!', ':']) {
        return None;
    }
    let names: Vec<String> = people(words);
    (!names.is_empty()).then_some(names)
}

/// Returns the names in the words after "By", or none if any part is neither a name nor a desk.
fn people(words: &str) -> Vec<String> {
    let words = words.trim().trim_end_matches(['.', ',']);
    let mut names = Vec::new();
    for part in words.split(['|', ';', '•', '/']) {
        for part in part.split(", ") {
            for part in
                part.split(" and ").flat_map(|part| part.split(" AND ")).flat_map(|part| part.split(" & "))
            {
                let part = part.trim().trim_start_matches("and ");
                if part.is_empty() {
                    continue;
                }
                if is_person(part) {
                    names.push(part.to_owned());
                } else if !(names.is_empty() && part.starts_with("for "))
                    && DESK.as_ref().is_some_and(|desk| desk.is_match(part))
                {
                    if names.is_empty() {
                        names.push(part.to_owned());
                    }
                } else {
                    return Vec::new();
                }
            }
        }
    }
    names
}

/// Whether a text has the form of a person's name: two to five words with capitals, perhaps a particle among them.
pub(crate) fn is_person(text: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter",
        "bin", "ibn", "al", "el", "y", "zu", "of", "ten",
    ];
    const NO_NAMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "the",
        "staff",
        "news",
        "press",
        "agency",
        "times",
        "post",
        "reporter",
        "writer",
        "editor",
        "correspondent",
        "associated",
        "reuters",
        "bureau",
        "desk",
        "team",
        "editorial",
    ];
    let words: Vec<&str> = text.split(' ').collect();
    let particles = words.iter().filter(|word| PARTICLES.contains(word)).count();
    (2..=5).contains(&words.len())
        && particles + 2 <= words.len()
        && words.iter().all(|word| {
            PARTICLES.contains(word)
                || word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
                    && !NO_NAMES.contains(&word.to_lowercase().as_str())
        })
}

static UPDATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\(?(?:(?:last |first )?(?:updated|modified|revised)|letzte änderung|aktualisiert|zuletzt aktualisiert|mis à jour|actualizado|this (?:story|article|post) was (?:last )?updated)\s*(?:at|on|:|,|-|–)?\s*((?:(?:at|on|the)\s+)?[\w ,.:/|–()-]{3,60})\)?\.?$").ok()
});

/// Returns the time in `Updated at 1:23 p.m.`, or `None` for a note that says what was changed.
fn updated(text: &str) -> Option<String> {
    let time = UPDATED.as_ref()?.captures(text)?.get(1)?.as_str().trim();
    let changed = ["with", "to reflect", "to add", "to include", "to correct", "after"];
    let told = time.split(' ').any(|word| changed.contains(&word)) || time.contains(" to ");
    (time.bytes().any(|byte| byte.is_ascii_digit()) && !told).then(|| time.to_owned())
}

static DATE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:published|posted|first published|publication date|date|created|issued)\s*(?:at|on|:|,|-)?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?(?:\d{4}[-/.]\d\d?[-/.]\d\d?(?:T\S{4,})?|\d{8}|\d\d?[-/.]\d\d?[-/.]\d{4}|\d\d?(?:st|nd|rd|th)?[ -](?:of )?[a-z]{3,9}\.?,?[ -]\d{4}|[a-z]{3,9}\.?[ -]\d\d?(?:st|nd|rd|th)?(?:,|,?[ -])\d{4})(?:[,|@ –-]+(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?)?)?\.?$").ok()
});

/// Whether a line is a date and nothing else: `September 5, 2016`, `Published: 5 Sept 2016, 14:03 GMT`, `05/09/2016`.
fn date_line(text: &str) -> bool {
    text.len() <= 90
        && DATE_LINE.as_ref().is_some_and(|line| line.is_match(text))
        && !matches!(dates::given(text, None), Err(Unread::Form))
}

/// Takes the day from a line that is a date, or notes why the date cannot be read.
fn date(line: &str, document: &mut Document, mend: &mut dyn FnMut(&str)) {
    let usage = dates::usage_of(document.url.as_deref(), document.outlet.as_deref());
    match dates::given(line, usage.as_ref()) {
        Ok(given) => {
            // The line stands in the report: its hour is that of the report's place, which is not known.
            document.published = Some(given.date.chars().take("2016-09-05".len()).collect());
            document.published_from = Some(PublishedFrom::Text);
            if let Some(why) = given.why {
                mend(&why);
            }
        }
        Err(unread) => mend(&unread.note(line)),
    }
}

static DATELINE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    const AGENCY: &str = r"(?:AP|Reuters|REUTERS|AFP|UPI|CNN|Xinhua|TASS|Tass|Itar-Tass|ITAR-TASS|Interfax|RIA Novosti|RIA|Sputnik|dpa|DPA|ANSA|EFE|Kyodo|Yonhap|IANS|PTI|ANI|Bloomberg|NYT|AA|Anadolu|MNA|IRNA|FNA|SANA|UN News|JTA|RFE/RL|VOA|BBC|PA|AAP|CP|The Canadian Press|CBS News|NBC News|ABC News|Fox News|USA TODAY|Politico|Tribune News Service|Legal Newsline|KNX|Christian Science Monitor|Thomson Reuters Foundation|Reuters Life!|Agence France-Presse|Associated Press|The Associated Press|[A-Z][A-Z0-9./&]{1,14}(?: [A-Z][A-Za-z.]{1,14}){0,2})";
    const CAPITALS: &str =
        r"(?:[A-Z][A-Z.’'-]*[A-Z](?:[ -](?:[A-Z][A-Z.’'-]*[A-Z]|DE|LA|AL)){0,4}|[A-Z]{3,})";
    const PLACE: &str = r"(?:\p{Lu}[\p{L}.’'-]+(?:[ -](?:\p{Lu}[\p{L}.’'-]+|de|la|al)){0,3})";
    const REGION: &str = r"(?:[,/] ?(?:\p{Lu}[\p{L}.]+\.?)(?: \p{Lu}[\p{L}.]+){0,2})";
    const DAY: &str = r"(?:,? (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?)(?:,? \d{4})?\.?)";
    const DASH: &str = r"(?: ?(?:—|–|--|―)+ ?| - | ?\u{2014} ?|-{2} ?)";
    [
        // WASHINGTON (AP) — ; HANGZHOU, China, Sept. 5 (Xinhua) -- ; Geneva (CNN) — ; (Reuters) -
        format!(r"^(?P<place>{PLACE}{REGION}?(?:/{PLACE}{REGION}?)?)?(?P<day>{DAY})?,? ?[(\[](?P<agency>{AGENCY})[)\]](?:{DASH}|: | ?(?P<lead>\p{{Lu}}|[“‘\x22]))"),
        // MOSCOW, September 5. /TASS/.
        format!(r"^(?P<place>{PLACE}{REGION}?)(?P<day>{DAY})?[.,]? /(?P<agency>{AGENCY})/[.,]?{DASH}? ?(?P<lead>\S)"),
        // SEOUL - ; MANCHESTER, N.H. — ; BEIJING, Sept. 5 —
        format!(r"^(?P<place>{CAPITALS}{REGION}?(?:/{CAPITALS}{REGION}?)?)(?P<day>{DAY})?{DASH}"),
        // Geneva, Sept. 5 —
        format!(r"^(?P<place>{PLACE}{REGION}?)(?P<day>{DAY}){DASH}"),
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// Words in capitals that may come before a dash but are not places.
const NO_PLACES: &[&str] = &[
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "BREAKING NEWS",
    "WATCH",
    "EXCLUSIVE",
    "ANALYSIS",
    "OPINION",
    "CORRECTION",
    "CORRECTED",
    "VIDEO",
    "LIVE",
    "PHOTOS",
    "NEWS",
    "COMMENT",
    "COMMENTARY",
    "EDITORIAL",
    "SPECIAL REPORT",
    "FACTBOX",
    "EXPLAINER",
    "TIMELINE",
    "INTERVIEW",
    "PROFILE",
    "REVIEW",
    "READ",
    "LISTEN",
    "NOTE",
    "QUESTION",
    "ANSWER",
    "RESULTS",
    "SPORT",
    "SPORTS",
    "POLL",
    "FILE",
    "NATO",
    "ISIS",
    "ISIL",
    "CLAIM",
    "FACT",
    "VERDICT",
    "SUMMARY",
    "BACKGROUND",
    "PRESIDENT",
    "WARNING",
    "DEVELOPING",
    "FEATURE",
    "FACTS",
    "WHAT",
    "WHO",
    "WHY",
    "WHEN",
    "WHERE",
    "HOW",
];

/// Takes the dateline from the start of the story: place, agency and day go to `other`.
///
/// A day with a year is the day of the report. A day without one is kept as it is written.
fn lift_dateline(block: &mut Block, document: &mut Document) {
    let start = &block.text[..block.text.floor_char_boundary(160)];
    let Some(found) = DATELINE.iter().find_map(|pattern| pattern.captures(start)) else { return };
    let part = |name: &str| {
        found
            .name(name)
            .map(|part| part.as_str().trim_matches([' ', ',', '.']).to_owned())
            .filter(|part| !part.is_empty())
    };
    let (place, agency, day) = (part("place"), part("agency"), part("day"));
    if place.as_deref().is_some_and(|place| NO_PLACES.contains(&place.to_uppercase().as_str()))
        || place.is_none() && agency.is_none()
    {
        return;
    }
    let end = found.name("lead").map_or_else(|| found.get(0).map_or(0, |all| all.end()), |lead| lead.start());
    if block.text[end..].trim().is_empty() {
        return;
    }
    if let Some(date) = day.as_deref().and_then(dates::written)
        && document.published.is_none()
    {
        document.published = Some(date.to_string());
        document.published_from = Some(PublishedFrom::Text);
    }
    let mut dateline = json!({});
    for (key, value) in [("place", place), ("agency", agency), ("day", day)] {
        if let Some(value) = value {
            dateline[key] = Value::from(value);
        }
    }
    document.other.entry("dateline".to_owned()).or_insert(dateline);
    block.drop_start(end, DropReason::Dateline);
}

#[cfg(test)]
mod tests {
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
