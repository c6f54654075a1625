//! Names as keys, and where they stand in a text.

use readout_record::ids::slug;
use readout_text::ByteSpan;
use rustc_hash::{FxHashMap, FxHashSet};

/// The most words that a name may have.
const LONGEST: usize = 9;

/// The relation of a name to the entry that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The name of the entry itself: `Russia`, `NATO`, `Barack Obama`.
    Itself,
    /// An adjective or a citizen of it: `Russian`, `Kurdish`.
    Adjective,
    /// Its people: `Russians`, `the French`.
    People,
    /// A place whose name means the entry where it acts: `Moscow`, `Brussels`.
    Seat,
    /// A short form that means the entry only in a report that also names it in another way: `the North`,
    /// `the Brotherhood`.
    Short,
}

/// A name that leads to an entry.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) written: Box<str>,
    pub(crate) entry: u32,
    pub(crate) sense: Sense,
}

/// All names by their key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    names: Vec<Name>,
    by_key: FxHashMap<Box<str>, Vec<u32>>,
    /// Full names of persons by how their sounds are written in plain letters.
    romanised: FxHashMap<Box<str>, Vec<u32>>,
    /// First words of names that start with a small letter.
    small_firsts: FxHashSet<Box<str>>,
    /// For each first word the most words of a name that starts so.
    longest: FxHashMap<Box<str>, usize>,
}

/// A run of tokens that is a name.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Number of its first token.
    pub(crate) start: u32,
    /// One past its last token.
    pub(crate) end: u32,
    /// Numbers of the names.
    pub(crate) names: Vec<u32>,
}

impl Names {
    pub(crate) fn add(&mut self, written: &str, entry: u32, sense: Sense) {
        let written = written.strip_prefix("the ").or(written.strip_prefix("The ")).unwrap_or(written);
        let key = slug(written);
        if key.is_empty() {
            return;
        }
        let numbers = self.by_key.entry(key.as_str().into()).or_default();
        if numbers.iter().any(|&number| {
            let name = &self.names[number as usize];
            name.entry == entry && name.sense == sense && *name.written == *written
        }) {
            return;
        }
        numbers.push(self.names.len() as u32);
        let first = key.split('-').next().unwrap_or_default();
        let count = key.split('-').count();
        if written.chars().next().is_some_and(|letter| !letter.is_uppercase()) {
            self.small_firsts.insert(first.into());
        }
        // `Moody's` begins with the token `Moody`.
        let stem =
            written.split_once(['\'', '’']).map(|(stem, _)| slug(stem)).filter(|stem| !stem.contains('-'));
        for first in [Some(first), stem.as_deref()].into_iter().flatten() {
            match self.longest.get_mut(first) {
                Some(longest) => *longest = (*longest).max(count),
                None => {
                    self.longest.insert(first.into(), count);
                }
            }
        }
        self.names.push(Name { written: written.into(), entry, sense });
    }

    /// Has a person whose full name was added found under other spellings of its sounds too: `Mohammed Morsy` for
    /// `Mohamed Morsi`.
    pub(crate) fn add_sound(&mut self, written: &str, entry: u32) {
        let key = slug(written);
        let number = self.by_key.get(key.as_str()).and_then(|numbers| {
            numbers.iter().copied().find(|&number| self.get(number).is_some_and(|name| name.entry == entry))
        });
        if let Some(number) = number.filter(|_| key.contains('-')) {
            self.romanised.entry(romanised(&key).into()).or_default().push(number);
        }
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Name> {
        self.names.get(number as usize)
    }

    /// Returns the names that are written like `surface`.
    pub(crate) fn like<'n>(&'n self, surface: &'n str) -> impl Iterator<Item = &'n Name> {
        self.alike(&slug(surface), surface).into_iter().filter_map(|number| self.get(number))
    }

    /// Returns the longest names among the tokens `spans` of `text`, from left to right, none overlapping another.
    pub(crate) fn runs(&self, text: &str, spans: &[ByteSpan]) -> Vec<Run> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < spans.len() {
            match self.run_at(text, spans, at) {
                Some(run) => {
                    at = run.end as usize;
                    found.push(run);
                }
                None => at += 1,
            }
        }
        found
    }

    fn run_at(&self, text: &str, spans: &[ByteSpan], at: usize) -> Option<Run> {
        let first = spans.get(at)?.slice(text);
        let letter = first.chars().next()?;
        let capital = letter.is_uppercase() || letter.is_ascii_digit();
        if !capital && (!letter.is_lowercase() || !self.small_firsts.contains(first.split('-').next()?)) {
            return None;
        }
        let mut key = slug(first);
        let most = self.longest.get(key.split('-').next()?).copied()?.min(LONGEST);
        let mut best = None;
        for (end, span) in spans.iter().enumerate().skip(at) {
            if end > at {
                let word = span.slice(text);
                let part = if word.chars().any(char::is_alphanumeric) { slug(word) } else { String::new() };
                let gap = ByteSpan::new(spans[end - 1].end, span.start).slice(text);
                // A line break, or a mark that no name has, ends the name.
                if gap.contains('\n')
                    || part.is_empty() && !matches!(word, "-" | "–" | "/" | "(" | ")" | "&" | "," | "+")
                {
                    break;
                }
                if !part.is_empty() {
                    // `Moody` `'s` is written `Moody's`.
                    if !word.starts_with(['\'', '’']) {
                        key.push('-');
                    }
                    key.push_str(&part);
                }
                if key.split('-').count() > most || end - at > 2 * LONGEST {
                    break;
                }
                if part.is_empty() && word != "+" {
                    continue;
                }
            }
            let surface = ByteSpan::new(spans[at].start, span.end).slice(text);
            let mut names = self.alike(&key, surface);
            // "America's" is not the Americas.
            if end > at && span.slice(text).starts_with(['\'', '’']) {
                names.retain(|&number| {
                    self.get(number).is_some_and(|name| name.written.contains(['\'', '’']))
                });
            }
            if !names.is_empty() {
                best = Some(Run { start: at as u32, end: end as u32 + 1, names });
            }
        }
        best
    }

    /// Returns the full names that sound like `key`, if all are of one person.
    fn sounding(&self, key: &str) -> &[u32] {
        let numbers = match key.contains('-') {
            true => self.romanised.get(romanised(key).as_str()).map_or(&[][..], Vec::as_slice),
            false => &[],
        };
        let entry = |number: &u32| self.get(*number).map(|name| name.entry);
        let is_one = numbers.windows(2).all(|pair| entry(&pair[0]) == entry(&pair[1]));
        if is_one { numbers } else { &[] }
    }

    fn alike(&self, key: &str, surface: &str) -> Vec<u32> {
        let numbers = self.by_key.get(key).map_or_else(|| self.sounding(key), Vec::as_slice);
        let alike =
            |number: &u32| self.get(*number).is_some_and(|name| spelled_alike(&name.written, surface));
        let mut found: Vec<u32> = numbers.iter().copied().filter(alike).collect();
        // Two spellings of one name lead to the same place.
        let place = |number: &u32| self.get(*number).map(|name| (name.entry, name.sense));
        let mut seen = FxHashSet::default();
        found.retain(|number| seen.insert(place(number)));
        found
    }
}

/// Writes the sounds of a key in plain letters: `mohammed-morsy` and `mohamed-morsi`, `qandil` and `kandil` become one.
/// These are the letters in which romanisations of Arabic, Persian and Russian names differ without another sound.
fn romanised(key: &str) -> String {
    let mut plain = String::with_capacity(key.len());
    let key =
        key.replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("kh", "k").replace("gh", "g");
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = letters.peek().is_none_or(|next| *next == '-');
        let letter = match letter {
            'q' => 'k',
            'y' if ends => 'i',
            other => other,
        };
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    plain
}

/// Whether `surface` may stand for the name `written`, which has the same key: capitals must be where the name has
/// them, and short names in capitals (`US`, `WHO`, `IS`) must be written so.
fn spelled_alike(written: &str, surface: &str) -> bool {
    let bare = |name: &str| name.chars().filter(|letter| *letter != '.').collect::<String>();
    let capitals = written.chars().filter(|letter| letter.is_uppercase()).count();
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters <= 5 && capitals >= 2 {
        return bare(written) == bare(surface);
    }
    let capital = |word: &str| word.chars().next().is_some_and(|letter| !letter.is_lowercase());
    let words = |name: &str| -> Vec<bool> {
        name.split([' ', '-', '–', '/', '(']).filter(|word| !word.is_empty()).map(capital).collect()
    };
    let (wanted, given) = (words(written), words(surface));
    if wanted.len() != given.len() {
        return given.iter().any(|&is| is) || !wanted.iter().any(|&is| is);
    }
    wanted.iter().zip(&given).all(|(wanted, given)| *given || !*wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<ByteSpan> {
        let mut out = Vec::new();
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            if letter == ' ' {
                if let Some(from) = start.take() {
                    out.push(ByteSpan::new(from, at as u32));
                }
            } else if start.is_none() {
                start = Some(at as u32);
            }
        }
        out
    }

    #[test]
    fn full_names_of_persons_are_found_as_they_sound() {
        let mut names = Names::default();
        let mut add = |written: &str, entry: u32| {
            names.add(written, entry, Sense::Itself);
            names.add_sound(written, entry);
        };
        add("Mohamed Morsi", 0);
        add("Mohammed Morsi", 0);
        add("Hisham Kandil", 1);
        add("Lee Brown", 2);
        add("Li Brown", 3);
        let found = |surface: &str| names.like(surface).map(|name| name.entry).collect::<Vec<_>>();
        assert_eq!((found("Mohamed Morsy"), found("Mohammed Morsy")), (vec![0], vec![0]));
        assert_eq!(found("Hisham Qandil"), [1]);
        assert!(found("Morsy").is_empty(), "a surname alone says too little");
        assert!(found("Lie Brown").is_empty());
        assert_eq!((found("Lee Brown"), found("Li Brown")), (vec![2], vec![3]));
        assert!(found("Lii Brown").is_empty(), "two persons sound so");
        assert!(found("Mohamed Morris").is_empty());
    }

    #[test]
    fn the_longest_name_wins_and_capitals_count() {
        let mut names = Names::default();
        names.add("Korea", 0, Sense::Itself);
        names.add("North Korea", 1, Sense::Itself);
        names.add("WHO", 2, Sense::Itself);
        names.add("al-Shabaab", 3, Sense::Itself);
        names.add("U.S.", 4, Sense::Itself);
        names.add("America", 5, Sense::Itself);
        names.add("Americas", 6, Sense::Itself);
        names.add("Moody's", 7, Sense::Itself);
        let found = |text: &str| -> Vec<(u32, u32, u32)> {
            names
                .runs(text, &spans(text))
                .into_iter()
                .map(|run| (run.start, run.end, names.names[run.names[0] as usize].entry))
                .collect()
        };
        assert_eq!(found("North Korea and Korea"), [(0, 2, 1), (3, 4, 0)]);
        assert_eq!(found("those who left the WHO"), [(4, 5, 2)]);
        assert_eq!(found("said al - Shabaab in Al-Shabaab"), [(1, 4, 3), (5, 6, 3)]);
        assert_eq!(found("told us that the U.S. and US"), [(4, 5, 4), (6, 7, 4)]);
        assert_eq!(found("America 's and Moody 's"), [(0, 1, 5), (3, 5, 7)]);
    }
}
