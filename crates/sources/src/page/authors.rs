//! The authors of a page: persons, agencies and desks as its by-line gives them.

use std::sync::LazyLock;

use readout_lexicon::WordSet as _;
use serde_json::Value;

use super::signs::{Signs, host_name, line};
use crate::front::is_person;
use crate::junk::plain_letters;
use crate::words::{AUTHOR_LABELS, BY_LINE_OPENINGS, BY_LINE_STARTS, NO_AUTHORS, PRESS_ROLES, spaced};

/// The most elements marked as an author that are looked at.
const MARKED: usize = 8;
/// The most lines of a page among which a by-line is looked for. Articles begin earlier.
const LINES: usize = 1500;

/// The most bytes of an element's text, without blanks, among which a by-line is looked for. Entities and invisible characters
/// make a by-line no longer than this.
const LONGEST_SOURCE: usize = 1000;

static OPENINGS: LazyLock<Vec<String>> = LazyLock::new(|| spaced(&BY_LINE_OPENINGS));
static STARTS: LazyLock<Vec<String>> = LazyLock::new(|| spaced(&BY_LINE_STARTS));

/// Finds the authors: the names that most sources give, or else those of the first source that gives any.
pub(super) fn find(signs: &Signs<'_>) -> Vec<String> {
    let mut sources: Vec<Vec<String>> = Vec::new();
    let add = |sources: &mut Vec<Vec<String>>, names: Vec<String>| {
        let names = usable(names, signs);
        if !names.is_empty() {
            sources.push(names);
        }
    };
    for report in signs
        .linked
        .iter()
        .filter(|report| report.get("headline").is_some() || report.get("author").is_some())
    {
        add(&mut sources, report.get("author").map(named).unwrap_or_default());
    }
    for name in [
        "author",
        "byl",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "dc.author",
        "parsely-author",
        "sailthru.author",
        "citation_author",
        "article:author_name",
        "og:author",
        "cxenseparse:author",
        "creator",
        "byline",
    ] {
        add(&mut sources, signs.named(&[name]).flat_map(split).collect());
    }
    // The label and value of a card that WordPress pages carry.
    for (label, value) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        if signs.named(&[label]).any(|label| AUTHOR_LABELS.has(&label.to_lowercase())) {
            add(
                &mut sources,
                signs
                    .named(&[value])
                    .flat_map(|names| split(names.split(" @").next().unwrap_or(names)))
                    .collect(),
            );
        }
    }
    // What the page shows cannot outdo what its metadata say at first and say again.
    if let [first, others @ ..] = sources.as_slice()
        && first.iter().all(|name| is_person(name))
        && others.iter().any(|other| key(other) == key(first))
    {
        return first.clone();
    }
    for (selector, marked) in [
        ("[rel='author'], [rel~='author'], .author.vcard .fn, .vcard .fn, .byline .fn", true),
        (
            "[itemprop='author'] [itemprop='name'], [itemprop='author'], [property='author'], [class*='author-name'], [class*='authorname'], [class*='author__name'], [class*='author_name']",
            true,
        ),
        (
            "[class*='byline'] a, [class*='c-author'], [class*='article-author'], [class*='articleauthor'], [class*='post-author'], [class*='entry-author'], [class*='author'] a, .post-meta a[href*='author'], a[href*='/author/'], a[href*='/autor/'], a[href*='/autoren/']",
            true,
        ),
        (
            "[class*='byline'], [class*='Byline'], [class*='author'], [class*='Author'], [id*='author'], [class*='autor'], [class*='writer'], [class*='verfasser']",
            false,
        ),
    ] {
        let mut names: Vec<String> = Vec::new();
        // Names after the first one count where they stand beside it.
        let mut beside = None;
        for node in signs.select(selector).take(MARKED) {
            let place = signs.page.parent(node).and_then(|parent| signs.page.parent(parent));
            let Some(text) = signs.short_text(node, LONGEST_SOURCE) else { continue };
            if text.len() >= 120 || beside.is_some() && beside != place {
                continue;
            }
            let introduced = introduced(&text);
            let found: Vec<String> = split(&text)
                .into_iter()
                // A mark-up that says whose name it is may hold an alias; elsewhere only what looks like a name is one.
                .filter(|name| is_person(name) || (marked || introduced) && name.split(' ').count() <= 3)
                .collect();
            if !usable(found.clone(), signs).is_empty() {
                beside = place;
                names.extend(found);
            }
        }
        add(&mut sources, names);
    }
    if let Some(names) = shown(signs) {
        add(&mut sources, names);
    }
    // Agreement: a list that two kinds of sources give is right more often than any one of them.
    let best = sources.iter().enumerate().max_by_key(|(at, names)| {
        let votes = sources.iter().filter(|other| key(other) == key(names)).count();
        let persons = names.iter().all(|name| is_person(name));
        (votes.min(2), persons, std::cmp::Reverse(*at))
    });
    best.map(|(_, names)| names.clone()).unwrap_or_default()
}

/// Returns what makes two lists of names equal: their letters, in order.
fn key(names: &[String]) -> Vec<String> {
    let mut letters: Vec<String> = names.iter().map(|name| plain_letters(name)).collect();
    letters.sort();
    letters
}

/// Whether a text starts like a by-line.
fn introduced(text: &str) -> bool {
    let lower = text.to_lowercase();
    let starts = |word: &String| {
        lower.strip_prefix(word.as_str()).is_some_and(|rest| word.ends_with(':') || rest.starts_with(' '))
    };
    STARTS.iter().any(starts)
}

/// Returns the names of a short paragraph that is a by-line and nothing else.
fn shown(signs: &Signs<'_>) -> Option<Vec<String>> {
    signs.select("p, span, div, h3, h4, em, small, address, li").take(LINES).find_map(|node| {
        let page = signs.page;
        if page.children(node).len() > 3 {
            return None;
        }
        let text = signs.short_text(node, LONGEST_SOURCE)?;
        if text.len() > 90 || !introduced(&text) {
            return None;
        }
        let names: Vec<String> = split(&text).into_iter().take_while(|name| is_person(name)).collect();
        (!names.is_empty()).then_some(names)
    })
}

/// Reads names from JSON-LD: a string, an object with a name, or a list of either.
fn named(value: &Value) -> Vec<String> {
    match value {
        Value::String(names) => split(names),
        Value::Array(items) => items.iter().flat_map(named).collect(),
        Value::Object(fields) => fields.get("name").map(named).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Returns the names of a by-line, without the words before them.
fn split(text: &str) -> Vec<String> {
    let text = line(text);
    let mut text = text.as_str();
    loop {
        let lower = text.to_lowercase();
        let found = OPENINGS.iter().find(|word| {
            lower.strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.starts_with([' ', ':', '\u{a0}']) || word.ends_with(':') && !rest.is_empty()
            })
        });
        match found {
            // Lower-casing may change lengths in other scripts: then nothing is cut.
            Some(word) if text.is_char_boundary(word.len()) => {
                text = text[word.len()..].trim_start_matches([' ', ':']);
            }
            _ => break,
        }
    }
    let mut names = Vec::new();
    for part in text.split([',', ';', '|', '/', '•', '·']) {
        for part in part
            .split(" and ")
            .flat_map(|part| part.split(" und "))
            .flat_map(|part| part.split(" & "))
            .flat_map(|part| part.split(" et "))
        {
            let part = part.trim().trim_matches(['-', '–', '.', ':', '(', ')', '"']).trim();
            if !part.is_empty() {
                names.push(part.to_owned());
            }
        }
    }
    names
}

/// Returns the names that may be authors: no addresses, accounts, dates or roles, and not the site itself.
fn usable(names: Vec<String>, signs: &Signs<'_>) -> Vec<String> {
    let site = signs.site.as_deref().map(plain_letters).unwrap_or_default();
    let host = signs.url.as_deref().map(host_name).unwrap_or_default();
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let lower = name.to_lowercase();
        let letters = plain_letters(&name);
        let words = name.split(' ').count();
        let bad = letters.chars().count() < 2
            || words > 6
            || name.chars().count() > 60
            || name.contains(['@', '<', '{', '=', '?', '!'])
            || lower.contains("http")
            || lower.contains("www.")
            || name.bytes().any(|byte| byte.is_ascii_digit())
            || NO_AUTHORS.has(&lower)
            || words > 1 && lower.split(' ').any(|word| PRESS_ROLES.has(word))
            || letters == site
            || host.len() > 3 && letters == host;
        if !bad && !kept.iter().any(|other| plain_letters(other) == letters) {
            kept.push(name);
        }
    }
    kept
}
