//! Public instruments that reports name: `data/agreements/known.tsv`. A mention that names one is that one, whatever else
//! its report tells of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use readout_lexicon::{Row, ShippedTable, shipped_table};
use readout_record::ActorId;

use crate::clause::reading::Reading;

/// The instruments.
static KNOWN: ShippedTable =
    shipped_table!("data/agreements/known.tsv", ["name", "aliases", "parties", "made", "from"], [], ["name"]);

/// Nouns for an agreement, which stand for one another in names: `the Paris deal`.
const ANY_NOUN: &[&str] = &["agreement", "deal", "accord", "pact", "treaty"];
/// Bytes of words that lose no `s`.
const SHORT: usize = 2;
/// Words of a name that tell nothing.
const EMPTY: &[&str] =
    &["the", "a", "an", "of", "on", "in", "for", "with", "and", "to", "between", "s", "known", "as"];

/// A name or description of an instrument.
#[derive(Debug)]
pub(super) struct Alias {
    /// Its words; `*` for any noun for an agreement.
    pub(super) words: BTreeSet<String>,
    /// The letters that name it without a noun: `NAFTA`.
    pub(super) letters: Option<&'static str>,
    /// Its last word, where no noun for an agreement is among them: `partnership`.
    pub(super) last: Option<String>,
    /// Whether a phrase that only brings it in may mean it: `ended with an armistice`.
    pub(super) brought_in: bool,
    /// Words that the report must have.
    pub(super) present: Vec<&'static str>,
    /// Words that the report must not have.
    pub(super) absent: Vec<&'static str>,
}

/// A public instrument.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) aliases: Vec<Alias>,
    /// All words of its names.
    pub(super) vocabulary: BTreeSet<String>,
    /// Its parties; empty where they are too many to name.
    pub(super) parties: Vec<ActorId>,
    /// The day, month or year in which it was made, ISO 8601.
    pub(super) made: Option<&'static str>,
    /// The first day on which its descriptions mean it.
    from: Option<&'static str>,
}

impl Known {
    /// Whether the instrument was made when the report came out.
    pub(super) fn is_made(&self, reading: &Reading<'_>) -> bool {
        let published = reading.document.published.as_deref();
        self.made.is_some_and(|made| published.is_none_or(|published| made <= published))
    }

    /// Whether the report came out when the instrument could be spoken of.
    pub(super) fn is_spoken_of(&self, reading: &Reading<'_>) -> bool {
        let published = reading.document.published.as_deref();
        self.from.or(self.made).is_none_or(|from| published.is_none_or(|published| from <= published))
    }
}

/// Returns the instruments of the table.
pub(super) fn all() -> &'static [Known] {
    static ALL: OnceLock<Vec<Known>> = OnceLock::new();
    ALL.get_or_init(|| KNOWN.rows().map(|row| known(&row)).collect())
}

/// Reads a row of the table.
fn known(row: &Row<'static>) -> Known {
    let name = row.get("name");
    let aliases: Vec<Alias> = std::iter::once(name)
        .chain(row.list("aliases").filter(|alias| *alias != "-"))
        .map(|alias| {
            let (mut words, mut present, mut absent, mut letters) =
                (Vec::new(), Vec::new(), Vec::new(), None);
            for word in alias.split_whitespace() {
                match (word.strip_prefix('@'), word.strip_prefix('~'), word.strip_suffix('!')) {
                    (Some(word), _, _) => present.push(word),
                    (_, Some(word), _) => absent.push(word),
                    (_, _, Some(word)) => {
                        letters = Some(word);
                        words.push(word);
                    }
                    _ => words.push(word),
                }
            }
            let words: Vec<String> = words.into_iter().flat_map(parts).collect();
            let bare = words.len() > 1 && present.is_empty() && !words.iter().any(|word| word == "*");
            let last = words.last().filter(|_| bare).cloned();
            let brought_in = alias.starts_with("a ") || alias.starts_with("an ");
            Alias { words: words.into_iter().collect(), letters, last, brought_in, present, absent }
        })
        .collect();
    let party = |id: &str| match id.contains(':') {
        true => ActorId::from(id),
        false => ActorId::state(id),
    };
    let parties: Vec<ActorId> = row.words("parties").filter(|id| *id != "-").map(party).collect();
    let vocabulary = aliases.iter().flat_map(|alias| alias.words.iter().cloned()).collect();
    Known { name, aliases, vocabulary, parties, made: row.filled("made"), from: row.filled("from") }
}

/// Returns the words of `text` that may name an instrument, in lower case: `us` and `taliban` of `U.S.-Taliban`, `*` of `deals`.
pub(super) fn parts(text: &str) -> Vec<String> {
    let cut = text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '\'' | '’'));
    let words = cut.map(|word| {
        let word = word.to_lowercase().replace('.', "");
        let word =
            ["'s", "’s", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned();
        // `us` is no plural.
        let single = word.strip_suffix('s').filter(|it| it.len() > SHORT).unwrap_or(&word);
        if ANY_NOUN.contains(&single) { "*".to_owned() } else { single.to_owned() }
    });
    words.filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(KNOWN.check(), Ok(()));
        for row in KNOWN.rows() {
            let parties = row.words("parties").filter(|id| *id != "-");
            let known = readout_knowledge::Knowledge::shipped();
            for id in parties {
                let actor = if id.contains(':') { ActorId::from(id) } else { ActorId::state(id) };
                assert!(known.entry(&actor).is_some(), "{id} in {row:?}");
            }
        }
        assert!(all().len() >= 150);
    }

    #[test]
    fn words_of_names_are_cut_and_stripped() {
        assert_eq!(parts("the U.S.-Taliban deals"), ["us", "taliban", "*"]);
    }
}
