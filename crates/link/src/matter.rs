//! The matter of a passage: what it is about beside its sides, by which reports of one act find one another though each has
//! its own words for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use readout_lexicon::{Row, ShippedTable, shipped_table, stem};
use readout_record::MONTHS;
use rustc_hash::FxHashMap;

use crate::background::rarity;
use crate::gatherings::WEEKDAYS;
use crate::hash::word_key;
use crate::judged::{ACTS, ANYBODY};
use crate::report::Report;
use crate::words::Words;

/// The table of words for one thing.
static TABLE: ShippedTable = shipped_table!(
    "data/words/synonyms.tsv",
    ["class", "lemmas", "why", "example", "counter"],
    [],
    ["class"]
);

/// One thing that several words name.
#[derive(Clone, Copy)]
struct Concept {
    key: u32,
    /// The rarity of the first of its words.
    rarity: f64,
}

/// The things that several words name, by the stem of each word.
static CONCEPTS: LazyLock<FxHashMap<Cow<'static, str>, Concept>> = LazyLock::new(|| {
    let mut concepts = FxHashMap::default();
    for row in TABLE.rows() {
        let stems: Vec<Cow<'static, str>> = lemmas(&row).map(stem).collect();
        let rarity = stems.first().map_or(0.0, |it| rarity(it));
        let concept = Concept { key: word_key(row.get("class")), rarity };
        concepts.extend(stems.into_iter().map(|it| (it, concept)));
    }
    concepts
});

fn lemmas<'r>(row: &Row<'r>) -> impl Iterator<Item = &'r str> {
    row.get("lemmas").split(' ').filter(|lemma| !lemma.is_empty())
}

/// The hashed stems of words that tell no two acts of one kind apart.
static COMMON: LazyLock<BTreeSet<u32>> = LazyLock::new(|| {
    let words = ACTS.words().chain(ANYBODY.words());
    words.map(|word| word_key(&stem(word))).collect()
});

/// Words after which a passage says why, when or to what end: that is another act.
const ASIDES: [&str; 15] = [
    "after",
    "amid",
    "as",
    "because",
    "before",
    "following",
    "for",
    "over",
    "since",
    "that",
    "to",
    "when",
    "which",
    "while",
    "who",
];
/// Numbers that tell what is counted from other things: not small, and no years.
const COUNTED: std::ops::Range<u32> = 5..1900;
/// What such a number counts beside the rarity of words: less than a rare word. Set by hand.
const NUMBER: f64 = 2.5;
/// Content words from which such a word ends the matter of a passage.
const BEFORE_ASIDE: usize = 3;

/// The matter of a passage: the things that it names, each with its [`rarity`].
pub(crate) type Matter = BTreeMap<u32, f64>;

/// Returns the things that the words of `text` name up to its first aside, without those of `names`, days and months.
pub(crate) fn matter(text: &str, words: &Words, names: &BTreeSet<u32>) -> Matter {
    let mut found = Matter::new();
    let mut told = 0;
    let lower: Vec<String> = words.spans.iter().map(|span| span.slice(text).to_lowercase()).collect();
    let is_month =
        |at: usize| lower.get(at).is_some_and(|word| MONTHS.iter().any(|it| it.eq_ignore_ascii_case(word)));
    for (at, (word, content)) in lower.iter().zip(&words.content).enumerate() {
        if told >= BEFORE_ASIDE && ASIDES.contains(&word.as_str()) {
            break;
        }
        if !content {
            continue;
        }
        told += 1;
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        if WEEKDAYS.contains(&word) || is_month(at) {
            continue;
        }
        if word.contains(|letter: char| letter.is_ascii_digit()) {
            // “23 envoys” are others than “60 envoys”; a small number counts anything, and “May 23” nothing.
            let of_day = is_month(at + 1) || at.checked_sub(1).is_some_and(is_month);
            if !of_day && word.parse::<u32>().is_ok_and(|number| COUNTED.contains(&number)) {
                found.insert(word_key(word), NUMBER);
            }
            continue;
        }
        let bare = stem(word);
        let key = word_key(&bare);
        match CONCEPTS.get(&bare) {
            Some(concept) => found.insert(concept.key, concept.rarity),
            None if names.contains(&key) || COMMON.contains(&key) => None,
            None => found.insert(key, rarity(&bare)),
        };
    }
    found
}

/// Returns the hashed stems of the words by which a report names its actors.
pub(crate) fn names_of_actors(report: &Report) -> BTreeSet<u32> {
    let named = report.records.mentions.iter().filter(|it| it.named && !it.actor.is_unnamed());
    let words = named.flat_map(|it| it.text.split(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(|word| word_key(&stem(&word.to_lowercase()))).collect()
}

/// Returns the summed rarity of what both are about.
pub(crate) fn shared(a: &Matter, b: &Matter) -> f64 {
    a.iter().filter(|(thing, _)| b.contains_key(thing)).map(|(_, rarity)| rarity).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Matter {
        matter(text, &Words::new(text), &BTreeSet::from([word_key("norland")]))
    }

    #[test]
    fn each_word_names_one_thing() {
        assert_eq!(TABLE.check(), Ok(()));
        let mut seen = BTreeSet::new();
        for row in TABLE.rows() {
            let stems: BTreeSet<_> = lemmas(&row).map(stem).collect();
            let example: BTreeSet<String> = row
                .get("example")
                .split([' ', '.'])
                .map(|word| stem(&word.to_lowercase()).into_owned())
                .collect();
            assert!(
                stems.iter().any(|it| example.contains(it.as_ref())),
                "{} has no example",
                row.get("class")
            );
            for it in stems {
                assert!(seen.insert(it.clone()), "{it} stands in two rows");
            }
        }
    }

    #[test]
    fn other_words_for_one_thing_are_shared() {
        let shared =
            shared(&of("Norland downed a warplane on Monday"), &of("the downing of the jet by Norland"));
        assert!(shared > 3.0, "{shared}");
        let struck = of("Norland struck the dam in the valley after sarin fell");
        assert_eq!(super::shared(&struck, &of("the sarin attack")), 0.0, "what it was for is another act");
        let shared = |a: &str, b: &str| super::shared(&of(a), &of(b));
        assert_eq!(shared("Norland hit people on May 12", "Norland fed people on May 12"), 0.0, "a day");
        assert_eq!(shared("Norland expelled 23 people", "23 people were told to leave"), NUMBER);
        assert_eq!(shared("Norland expelled 23 people", "60 people were told to leave"), 0.0);
    }
}
