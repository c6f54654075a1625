//! The authors in the by-line of a database.

use crate::front::is_person;
use crate::words::{BY_LINE_OPENINGS, spaced};

/// Words between two names.
const BETWEEN: &[&str] = &[" and ", " und ", " et ", " y ", " e ", " en ", " & ", " og ", " och "];

/// Returns the names in a by-line: `Ann Lee and Bo Ray, Staff Writers`, `LEE, ANN; RAY, BO`. What is no name is left out.
pub(super) fn authors(byline: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in byline.split([';', '/', '|']) {
        let part = plain(part);
        // `Ann Lee in Port Alva`
        let part = part.split_once(" in ").map_or(part.as_str(), |(names, _)| names).to_owned();
        match turned(&part) {
            Some(name) => names.push(name),
            None => {
                let mut words = part;
                for between in BETWEEN {
                    words = words.replace(between, ", ");
                }
                names.extend(
                    words.split(',').map(str::trim).filter(|name| is_person(name)).map(str::to_owned),
                );
            }
        }
    }
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    names
}

/// Returns a part of a by-line without what stands in brackets and without the word before the names.
fn plain(part: &str) -> String {
    let mut depth = 0_usize;
    let outside = part.chars().filter(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    let outside: String = outside.collect();
    let words = outside.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
    let small = words.to_lowercase();
    let leads =
        |opening: &String| small.strip_prefix(opening.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let opening = spaced(&BY_LINE_OPENINGS)
        .iter()
        .find(|opening| leads(opening))
        .map_or(0, |opening| opening.len() + 1);
    words.get(opening..).unwrap_or_default().trim_end_matches([',', '.']).to_owned()
}

/// Returns the name whose surname stands first: `Lee, Ann M.`.
fn turned(words: &str) -> Option<String> {
    let (surname, given) = words.split_once(", ")?;
    let few = |words: &str, most| words.split(' ').count() <= most && !given.contains(',');
    let name = format!("{given} {surname}");
    (few(surname, 2) && few(given, 3) && !is_person(surname) && !is_person(given) && is_person(&name))
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_by_lines() {
        for (byline, names) in [
            ("Ann Lee", &["Ann Lee"][..]),
            ("By ANN LEE and BO RAY", &["ANN LEE", "BO RAY"]),
            ("Ann Lee (now), Bo Ray (earlier)", &["Ann Lee", "Bo Ray"]),
            ("Ann Lee, island.example", &["Ann Lee"]),
            ("Ann Lee in Port Alva and Bo Ray", &["Ann Lee"]),
            ("Lee-Marsh, Ann", &["Ann Lee-Marsh"]),
            ("LEE, ANN", &["ANN LEE"]),
            ("Lee, Ann; Ray, Bo", &["Ann Lee", "Bo Ray"]),
            ("Von Ann Lee und Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Report brought to you by the island's news service.", &[]),
        ] {
            assert_eq!(authors(byline), names, "{byline}");
        }
    }
}
