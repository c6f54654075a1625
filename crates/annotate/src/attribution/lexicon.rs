//! The cue lexicon: `data/attribution/*.txt`, whose header describes the form of the lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The grammatical forms that the content of a cue may have, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frames(u64);

/// Makes the names of the frames and of their bits.
macro_rules! frames {
    ($($name:ident = $text:literal,)+) => {
        #[derive(Clone, Copy)]
        #[repr(u8)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name,)+ }

        impl Frames {
            $(pub(crate) const $name: Self = Self(1 << Bit::$name as u8);)+

            /// The frame that the data calls `name`.
            fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

frames! {
    QUOTE = "quote", THAT = "that", TO = "to", OBJ_TO = "obj-to", ASK_TO = "ask-to", ING = "ing", NP = "np",
    AS = "as", WH = "wh",
    FOR = "for", OF = "of", ABOUT = "about", ON = "on", TO_NP = "to-np", AGAINST = "against", WITH = "with",
    FROM = "from", OVER = "over", UPON = "upon", AT = "at", BY = "by", IN = "in",
    NP_FOR = "np+for", NP_OF = "np+of", NP_AS = "np+as", NP_WITH = "np+with", NP_ON = "np+on", NP_TO = "np+to",
    NP_ABOUT = "np+about", NP_OVER = "np+over", ON_TO = "on+to",
    TO_OBJECT = "@obj", TO_TO = "@to", TO_WITH = "@with", TO_ON = "@on",
}

impl Frames {
    /// Whether any of `other` is among these.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// These and `other`.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The frame of a content that the preposition `word` leads.
    pub(crate) fn of_preposition(word: &str) -> Self {
        match word {
            "to" => Self::TO_NP,
            _ => ["for", "of", "about", "on", "against", "with", "from", "over", "upon", "at", "by", "in"]
                .contains(&word)
                .then(|| Self::from_name(word))
                .flatten()
                .unwrap_or_default(),
        }
    }

    /// The frame of an object with an object of the preposition `word`.
    pub(crate) fn of_object_and(word: &str) -> Self {
        match word {
            "for" => Self::NP_FOR,
            "of" => Self::NP_OF,
            "as" => Self::NP_AS,
            "with" => Self::NP_WITH,
            "on" => Self::NP_ON,
            "to" => Self::NP_TO,
            "about" => Self::NP_ABOUT,
            "over" => Self::NP_OVER,
            _ => Self::default(),
        }
    }
}

/// The kind of act or attitude that a cue reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Speech,
    Belief,
    Wish,
    Plan,
    Stance,
    Evidence,
}

/// A cue word in one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    /// The speech act.
    pub(crate) act: &'static str,
    pub(crate) kind: Kind,
    pub(crate) frames: Frames,
}

/// The cue words of one part of speech.
pub(crate) type Table = BTreeMap<&'static str, Vec<Sense>>;

/// Cue words by part of speech and dictionary form.
pub(crate) struct Lexicon {
    pub(crate) verbs: Table,
    pub(crate) nouns: Table,
    pub(crate) adjectives: Table,
}

/// The lexicon that Readout ships.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    verbs: table(include_str!("../../../../data/attribution/verbs.txt")),
    nouns: table(include_str!("../../../../data/attribution/nouns.txt")),
    adjectives: table(include_str!("../../../../data/attribution/adjectives.txt")),
});

/// Returns the speech acts that cues have, in the order of their names.
pub fn acts() -> impl Iterator<Item = &'static str> {
    let tables = [&LEXICON.verbs, &LEXICON.nouns, &LEXICON.adjectives];
    let senses = tables.into_iter().flat_map(|table| table.values().flatten());
    senses.map(|sense| sense.act).collect::<BTreeSet<_>>().into_iter()
}

/// Reads one file; lines that it does not know are left out (a test sees to it that there are none).
fn table(text: &'static str) -> Table {
    let mut found = Table::new();
    let mut class = None;
    for line in text.lines() {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        match word {
            "class" => class = rest.split_once(' ').and_then(|(act, kind)| Some((act, kind_of(kind)?))),
            "verbs" | "nouns" | "adjectives" => {
                let (Some((act, kind)), Some((names, lemmas))) = (class, rest.split_once(':')) else {
                    continue;
                };
                let frames = names
                    .split_whitespace()
                    .filter_map(Frames::from_name)
                    .fold(Frames::default(), Frames::with);
                for lemma in lemmas.split_whitespace() {
                    let senses: &mut Vec<Sense> = found.entry(lemma).or_default();
                    match senses.iter_mut().find(|sense| sense.act == act && sense.kind == kind) {
                        Some(sense) => sense.frames = sense.frames.with(frames),
                        None => senses.push(Sense { act, kind, frames }),
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "speech" => Kind::Speech,
        "belief" => Kind::Belief,
        "wish" => Kind::Wish,
        "plan" => Kind::Plan,
        "stance" => Kind::Stance,
        "evidence" => Kind::Evidence,
        _ => return None,
    })
}

/// The first sense of `lemma` that has one of `frames`.
pub(crate) fn sense(table: &Table, lemma: &str, frames: Frames) -> Option<Sense> {
    table.get(lemma)?.iter().find(|sense| sense.frames.has(frames)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood_and_every_class_gives_its_reason() {
        for text in [
            include_str!("../../../../data/attribution/verbs.txt"),
            include_str!("../../../../data/attribution/nouns.txt"),
            include_str!("../../../../data/attribution/adjectives.txt"),
        ] {
            let lines = || text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            for line in lines() {
                let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
                match word {
                    "class" => assert!(kind_of(rest.split_once(' ').unwrap().1).is_some(), "{line}"),
                    "reason" | "example" | "counter" => assert!(rest.ends_with('.'), "{line}"),
                    "verbs" | "nouns" | "adjectives" => {
                        for frame in rest.split_once(':').unwrap().0.split_whitespace() {
                            assert!(Frames::from_name(frame).is_some(), "{line}: {frame}");
                        }
                    }
                    _ => panic!("{line}"),
                }
            }
            let count = |word: &str| lines().filter(|line| line.starts_with(word)).count();
            assert_eq!(count("class "), count("reason "));
            assert_eq!(count("class "), count("example "));
            assert_eq!(count("class "), count("counter "));
        }
    }

    #[test]
    fn a_verb_has_the_sense_of_its_frame() {
        let act = |lemma, frame| sense(&LEXICON.verbs, lemma, frame).map(|sense| sense.act);
        assert_eq!(act("say", Frames::THAT), Some("say"));
        assert_eq!(act("argue", Frames::AGAINST), Some("claim"));
        assert_eq!(act("vote", Frames::FOR), Some("support"));
        assert_eq!(act("vote", Frames::THAT), None);
        assert_eq!(act("try", Frames::TO), None);
    }
}
