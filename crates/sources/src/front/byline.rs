//! By-lines: who wrote a report, on a line of its own.

use readout_lexicon::WordSet as _;
use regex::Regex;

use crate::patterns::patterns;
use crate::words::{NAME_PARTICLES, NO_NAMES};

patterns! {
    /// A line that starts as a by-line does. It captures the rest.
    static BYLINE: Regex = r"^(?:(?i:by|story by|written by|reported by|report by|posted by|author:|authors:|from))\s+(.{3,140})$";
    /// Words for the desk or the post of who wrote a report.
    static DESK: Regex = r"(?i)^(?:,? ?\b(?:and|(?:the )?associated press|ap|reuters|afp|agence france-presse|bloomberg|staff|staffs?|writers?|reporters?|correspondents?|diplomatic|foreign|political|military|national|senior|chief|special|white house|congressional|editors?|contributors?|columnists?|washington|bureau|press|news|service|post|times|cnn|nbc|abc|cbs|fox|bbc|npr|for .{2,60}|of .{2,60}|at .{2,60}|to .{2,60}|in .{2,60})\b[,.]?)+$";
}

/// Returns the names of a by-line, or `None` if the line is no by-line.
///
/// `By Ann Lee and Bo Ray`, `BY ANN LEE, AP Diplomatic Writer`; not `By Monday, nobody had come.`
pub(crate) fn byline(text: &str) -> Option<Vec<String>> {
    let words = BYLINE.captures(text)?.get(1)?.as_str();
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
                } else if !(names.is_empty() && part.starts_with("for ")) && DESK.is_match(part) {
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
    let words: Vec<&str> = text.split(' ').collect();
    let is_particle = |word: &str| word.starts_with(char::is_lowercase) && NAME_PARTICLES.has(word);
    let particles = words.iter().filter(|word| is_particle(word)).count();
    (2..=5).contains(&words.len())
        && particles + 2 <= words.len()
        && words.iter().all(|word| {
            is_particle(word)
                || word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
                    && !NO_NAMES.has(&word.to_lowercase())
        })
}
