//! Public instruments that reports name: `data/agreements/known.tsv`. A mention that names one is that one, whatever else
//! its report tells of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use readout_lexicon::{Row, ShippedTable, shipped_table};
use readout_record::ActorId;
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::Sort;
use super::mention::{Form, Mention};
use super::phrase::is_headline;
use super::sides::state_or_self;
use crate::clause::reading::Reading;

/// The instruments.
static KNOWN: ShippedTable =
    shipped_table!("data/agreements/known.tsv", ["name", "aliases", "parties", "made", "from"], [], ["name"]);

/// Tokens before the noun and behind it that may belong to its name.
const BEFORE: u32 = 14;
const BEHIND: u32 = 9;
/// Nouns for an agreement, which stand for one another in names: `the Paris deal`.
const ANY_NOUN: &[&str] = &["agreement", "deal", "accord", "pact", "treaty"];
/// Words of a name that tell nothing.
const EMPTY: &[&str] =
    &["the", "a", "an", "of", "on", "in", "for", "with", "and", "to", "between", "s", "known", "as"];

/// A name or description of an instrument.
#[derive(Debug)]
struct Alias {
    /// Its words; `*` for any noun for an agreement.
    words: BTreeSet<String>,
    /// The letters that name it without a noun: `NAFTA`.
    letters: Option<&'static str>,
    /// Its last word, where no noun for an agreement is among them: `partnership`.
    last: Option<String>,
    /// Whether a phrase that only brings it in may mean it: `ended with an armistice`.
    brought_in: bool,
    /// Words that the report must have.
    present: Vec<&'static str>,
    /// Words that the report must not have.
    absent: Vec<&'static str>,
}

/// A public instrument.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    aliases: Vec<Alias>,
    /// All words of its names.
    vocabulary: BTreeSet<String>,
    /// Its parties; empty where they are too many to name.
    pub(super) parties: Vec<ActorId>,
    /// The day, month or year in which it was made, ISO 8601.
    made: Option<&'static str>,
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
    fn is_spoken_of(&self, reading: &Reading<'_>) -> bool {
        let published = reading.document.published.as_deref();
        self.from.or(self.made).is_none_or(|from| published.is_none_or(|published| from <= published))
    }
}

/// Returns the instruments of the table.
fn all() -> &'static [Known] {
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
fn parts(text: &str) -> Vec<String> {
    let cut = text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '\'' | '’'));
    let words = cut.map(|word| {
        let word = word.to_lowercase().replace('.', "");
        let word =
            ["'s", "’s", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned();
        let single = word.strip_suffix('s').unwrap_or(&word);
        if ANY_NOUN.contains(&single) { "*".to_owned() } else { single.to_owned() }
    });
    words.filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str())).collect()
}

/// Returns the words of the phrase of the noun `at`, up to a verb or a mark behind it.
fn phrase_words(reading: &Reading<'_>, at: u32) -> BTreeSet<String> {
    let phrase = reading.subtree(at);
    let before = phrase.start.max(at.saturating_sub(BEFORE))..at + 1;
    let behind = (at + 1..phrase.end.min(at + BEHIND)).take_while(|&token| {
        !matches!(reading.pos(token), Pos::Punct | Pos::Verb | Pos::Aux | Pos::Space)
            && !matches!(reading.tag(token), Tag::Wdt | Tag::Wp | Tag::Wrb)
    });
    before.chain(behind).flat_map(|token| parts(reading.word(token))).collect()
}

/// Whether the report has the word `word`, as it is written.
fn has_word(reading: &Reading<'_>, word: &str) -> bool {
    reading.document.text.contains(word)
}

/// Returns the public instrument that `mention` names.
pub(super) fn named(reading: &Reading<'_>, mention: &Mention) -> Option<&'static Known> {
    if mention.form == Form::Negative {
        return None;
    }
    let words = phrase_words(reading, mention.at);
    let states: BTreeSet<ActorId> =
        mention.parties.iter().chain(&mention.owners).map(|it| state_or_self(reading, it)).collect();
    let written =
        reading.word(mention.at).starts_with(char::is_uppercase) && !is_headline(reading, mention.at);
    let fits = |known: &&Known| {
        let told: BTreeSet<String> =
            mention.names.iter().chain(&mention.matter).flat_map(|word| parts(word)).collect();
        let year = known.made.and_then(|made| made.get(..4));
        let years = mention.years.is_empty() || year.is_some_and(|year| mention.years.contains(year));
        let sides = known.parties.is_empty()
            || states.iter().all(|state| known.parties.contains(state) || !state.starts_with("state:"));
        years && sides && known.is_spoken_of(reading) && told.is_subset(&known.vocabulary)
    };
    // Of a new deal nothing is known yet.
    let pointed_at = mention.form == Form::Definite || written || !mention.years.is_empty();
    let length = |known: &Known| {
        let all = known.aliases.iter().filter(|alias| {
            (pointed_at || alias.brought_in)
                && alias.words.is_subset(&words)
                && alias.present.iter().all(|word| has_word(reading, word))
                && !alias.absent.iter().any(|word| has_word(reading, word))
        });
        all.map(|alias| alias.words.len()).max()
    };
    let found = all().iter().filter(fits).filter_map(|known| Some((length(known)?, known)));
    // The fullest name; of two the later instrument.
    found.max_by_key(|(length, known)| (*length, known.made)).map(|(_, known)| known)
}

/// Returns a mention of the public instrument that is named at `at` without a noun for an instrument: `NAFTA`, `the
/// Trans-Pacific Partnership`.
pub(super) fn bare(reading: &Reading<'_>, at: u32) -> Option<Mention> {
    let word = reading.word(at);
    let part = matches!(reading.dep(at), Dep::Compound | Dep::Nmod | Dep::Amod);
    if part || !reading.tag(at).is_proper() || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let last = parts(word);
    let may = |alias: &Alias| {
        alias.letters == Some(word)
            || alias.letters.is_none() && alias.last.is_some() && alias.last.as_ref() == last.last()
    };
    let mut candidates = all().iter().filter(|known| known.aliases.iter().any(may)).peekable();
    candidates.peek()?;
    let words = phrase_words(reading, at);
    let known = candidates.find(|known| {
        let named = |alias: &Alias| may(alias) && alias.words.is_subset(&words);
        known.is_spoken_of(reading) && known.aliases.iter().any(named)
    })?;
    Some(Mention {
        names: BTreeSet::from([known.name.to_lowercase()]),
        words: known.name.to_owned(),
        form: Form::Definite,
        known: Some(known),
        ..Mention::of(at, Sort::Treaty)
    })
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
