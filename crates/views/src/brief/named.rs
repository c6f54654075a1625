//! First names for a surname whose full name no line of the page has yet: `[Ann] Bell`.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, ActorKind};

use super::maker::Maker;
use super::page::{BriefLine, BriefSection};

/// Words before a surname that leave open who is meant.
const HONORIFICS: [&str; 6] = ["Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms"];
/// The most words of first names that are put before a surname.
const FIRST_NAMES: usize = 2;

impl Maker<'_> {
    /// Puts the first names before the first surname of each person whom the lines before do not name in full.
    pub(super) fn name_in_full(&self, sections: &mut [BriefSection]) {
        let mut known: BTreeSet<ActorId> = BTreeSet::new();
        // The initials of those who have a surname in any of the reports; a name may be spelt in several ways.
        let mut bearers: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
        let persons = self.selection.each(|it| &it.mentions).filter(|it| it.actor_kind == ActorKind::Person);
        for it in persons.filter(|it| it.named) {
            if let Some((first, surname)) = it.name.rsplit_once(' ') {
                bearers.entry(surname).or_default().extend(first.chars().next());
            }
        }
        for line in sections.iter_mut().flat_map(|it| it.lines.iter_mut()) {
            self.name_in_line(line, &bearers, &mut known);
        }
    }

    fn name_in_line(
        &self,
        line: &mut BriefLine,
        bearers: &BTreeMap<&str, BTreeSet<char>>,
        known: &mut BTreeSet<ActorId>,
    ) {
        let Some(doc) = line.told.as_ref().map(|it| it.doc.clone()) else { return };
        let Some(part) = line.parts.first_mut() else { return };
        let persons = || {
            let named = self.selection.mentions(&doc).iter().filter(|it| it.named);
            named.filter(|it| it.actor_kind == ActorKind::Person && it.name.contains(' '))
        };
        known.extend(persons().filter(|it| part.text.contains(&it.name)).map(|it| it.actor.clone()));
        // A surname of two persons of one report says of neither who is meant.
        let mut surnames: BTreeMap<&str, BTreeMap<&ActorId, &str>> = BTreeMap::new();
        for it in persons().filter(|it| !it.text.contains(' ')) {
            surnames.entry(&it.text).or_default().insert(&it.actor, &it.name);
        }
        let is_another = |surname: &str, person: &ActorId| {
            self.selection.mentions(&doc).iter().any(|it| it.text == surname && it.actor != *person)
        };
        for (surname, of) in surnames {
            let mut of = of.into_iter();
            let (Some((actor, name)), None) = (of.next(), of.next()) else { continue };
            // `Jordan`, the state, in a report that calls Jim Jordan so; two of one family, whom a report may mix up.
            if is_another(surname, actor) || bearers.get(surname).is_some_and(|it| it.len() > 1) {
                continue;
            }
            let Some(first) = name.strip_suffix(surname).and_then(|it| it.strip_suffix(' ')) else {
                continue;
            };
            let Some(at) = bare_surname(&part.text, surname).filter(|_| !known.contains(actor)) else {
                continue;
            };
            known.insert(actor.clone());
            let is_name = |word: &str| word.starts_with(char::is_uppercase);
            if first.split(' ').count() <= FIRST_NAMES && first.split(' ').all(is_name) {
                part.text.insert_str(at, &format!("[{first}] "));
            }
        }
    }
}

/// Returns the byte at which `surname` first stands in `text`, if it does so outside quotation marks and without a name or an
/// office before it.
fn bare_surname(text: &str, surname: &str) -> Option<usize> {
    let is_word = |it: char| it.is_alphanumeric() || it == '-';
    let at = text.match_indices(surname).map(|(at, _)| at).find(|&at| {
        let (before, after) = (&text[..at], &text[at + surname.len()..]);
        !before.ends_with(is_word) && !after.starts_with(is_word)
    })?;
    let before = &text[..at];
    let quoted =
        before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1;
    // “President Bell”, “Sen. Bell”, “Ann Bell”: the word before says who is meant.
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let word = word.trim_start_matches(|it: char| !it.is_alphanumeric());
    let titled = word.starts_with(char::is_uppercase)
        && word.ends_with(|it: char| it.is_alphanumeric() || it == '.')
        && !HONORIFICS.contains(&word);
    // “The Bell plan”: the name of a thing.
    let of_thing = ["the", "The"].contains(&word);
    let after = text[at + surname.len()..].trim_start_matches(' ');
    let goes_on = text[at + surname.len()..].starts_with(' ') && after.starts_with(char::is_uppercase);
    let bracketed = before.ends_with('[') || before.ends_with("] ");
    (!quoted && !titled && !of_thing && !goes_on && !bracketed).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_bare_without_a_name_or_an_office() {
        for (text, at) in [
            ("Bell left the port.", Some(0)),
            ("On Monday, Bell left.", Some(11)),
            ("Mr. Bell left.", Some(4)),
            ("The port is open, Bell’s office said.", Some(18)),
        ] {
            assert_eq!(bare_surname(text, "Bell"), at, "{text}");
        }
        for text in [
            "President Bell left the port.",
            "Then Senator Bell left.",
            "“We asked Bell,” Orlo said.",
            "Bell Harbour is shut.",
            "Bellamy left.",
            "Orlo left the Bell administration.",
            "The port [Ann Bell] left.",
        ] {
            assert_eq!(bare_surname(text, "Bell"), None, "{text}");
        }
    }
}
