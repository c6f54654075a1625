//! `wordnet`: the table of words that mean alike, made of the database files of WordNet (`dict/data.*`, `dict/index.sense`).
//!
//! The formats are those of the manual pages wndb(5WN) and senseidx(5WN).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::Context as _;
use readout_lexicon::{stem, times_in_a_million};

use crate::arguments::Arguments;

/// Senses of a word that are kept, those used most in WordNet's tagged texts, and the least share of its uses that a sense has.
const SENSES: usize = 7;
const SHARE: f64 = 0.02;

/// Senses of a phrase that are kept.
const OF_PHRASE: usize = 8;

/// The most direct hyponyms of a meaning that still says something of each: `person` and `move` have hundreds.
const HYPONYMS: usize = 150;

const HEAD: &str = "\
# Words that mean alike, by number of meaning. `parts`: the share of its uses as noun, verb, adjective and adverb, in percent. `senses`: the
# meanings that the word has most often. `broader`: what those are a sort of, or bring about. `opposite`: their contraries. `derived`: the
# meanings of words made from it. Derived from WordNet 3.1, Princeton University, by `cargo xtask wordnet`; licence: see NOTICE.
word\tparts\tsenses\tbroader\topposite\tderived
";

/// The number of a meaning in its file, with the file's letter.
type Meaning = (char, u64);

/// A pointer of a meaning to another: the symbol, the target, and the numbers of the two words, 0 for all.
struct Pointer {
    symbol: String,
    to: Meaning,
    from_word: usize,
    to_word: usize,
}

/// A meaning: its words and pointers.
struct Synset {
    words: Vec<String>,
    pointers: Vec<Pointer>,
}

/// A sense of a word: how often it stands in tagged texts, its rank, and its meaning.
type Sense = (u64, u64, Meaning);

/// A line of the table.
struct Line {
    parts: String,
    columns: [BTreeSet<Meaning>; 4],
}

/// Writes the table to `--out`, made of the folder `--in`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let read = |name: &str| -> anyhow::Result<String> {
        let path = arguments.input.join(name);
        let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let mut synsets: BTreeMap<Meaning, Synset> = BTreeMap::new();
    for (letter, name) in [('n', "noun"), ('v', "verb"), ('a', "adj"), ('r', "adv")] {
        let text = read(&format!("data.{name}"))?;
        let lines = text.lines().filter(|it| !it.starts_with(' '));
        synsets.extend(lines.filter_map(|it| synset(letter, it)));
    }
    let senses = senses(&read("index.sense")?);
    let mut hyponyms: BTreeMap<Meaning, usize> = BTreeMap::new();
    for pointer in synsets.values().flat_map(|it| &it.pointers).filter(|it| it.symbol == "@") {
        *hyponyms.entry(pointer.to).or_default() += 1;
    }
    let is_narrow = |it: &Meaning| hyponyms.get(it).is_none_or(|many| *many <= HYPONYMS);
    let mut lines: BTreeMap<&str, Line> = BTreeMap::new();
    for (word, all) in &senses {
        if let Some(kept) = kept(word, all) {
            lines.insert(word, line(word, &kept, all, &synsets, &is_narrow));
        }
    }
    // A meaning that one word alone has matches nothing.
    let mut uses: BTreeMap<Meaning, usize> = BTreeMap::new();
    for meaning in lines.values().flat_map(|it| it.columns.iter().flatten().collect::<BTreeSet<_>>()) {
        *uses.entry(*meaning).or_default() += 1;
    }
    uses.retain(|_, many| *many > 1);
    let numbers: BTreeMap<Meaning, usize> = uses.keys().copied().zip(1..).collect();
    let mut table = HEAD.to_owned();
    for (word, line) in &lines {
        let cells = line.columns.iter().map(|of| {
            of.iter().filter_map(|it| numbers.get(it)).map(usize::to_string).collect::<Vec<_>>().join(" ")
        });
        let cells = cells.collect::<Vec<_>>();
        if cells.iter().any(|it| !it.is_empty()) {
            writeln!(table, "{word}\t{}\t{}", line.parts, cells.join("\t"))?;
        }
    }
    fs::write(&arguments.output, table)?;
    Ok(())
}

/// Reads a line of a data file.
fn synset(letter: char, line: &str) -> Option<(Meaning, Synset)> {
    let cells: Vec<&str> = line.split(" | ").next()?.split_whitespace().collect();
    let meaning = (letter, cells.first()?.parse().ok()?);
    let many = usize::from_str_radix(cells.get(3)?, 16).ok()?;
    let words = (0..many).filter_map(|it| cells.get(4 + 2 * it));
    let words = words.map(|it| it.split('(').next().unwrap_or_default().to_lowercase()).collect();
    let from = 5 + 2 * many;
    let pointers = cells.get(from..)?.chunks_exact(4).take(cells.get(from - 1)?.parse().ok()?);
    let pointers = pointers.filter_map(|it| {
        let [symbol, offset, part, numbers] = it else { return None };
        let part = if *part == "s" { 'a' } else { part.chars().next()? };
        Some(Pointer {
            symbol: (*symbol).to_owned(),
            to: (part, offset.parse().ok()?),
            from_word: usize::from_str_radix(numbers.get(..2)?, 16).ok()?,
            to_word: usize::from_str_radix(numbers.get(2..)?, 16).ok()?,
        })
    });
    let pointers = pointers.collect();
    Some((meaning, Synset { words, pointers }))
}

/// Reads the index of senses: the senses of each word, those used most first.
fn senses(text: &str) -> BTreeMap<String, Vec<Sense>> {
    let mut senses: BTreeMap<String, Vec<Sense>> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [key, offset, rank, count] = cells.as_slice() else { continue };
        let Some((word, rest)) = key.split_once('%') else { continue };
        let letter = match rest.chars().next() {
            Some('1') => 'n',
            Some('2') => 'v',
            Some('4') => 'r',
            _ => 'a',
        };
        if let (Ok(offset), Ok(rank), Ok(count)) = (offset.parse(), rank.parse(), count.parse()) {
            senses.entry(word.to_owned()).or_default().push((count, rank, (letter, offset)));
        }
    }
    for of in senses.values_mut() {
        of.sort_by_key(|(count, rank, meaning)| (std::cmp::Reverse(*count), *rank, *meaning));
    }
    senses
}

/// Returns the senses of `word` that are kept; `None` if it is too rare.
fn kept(word: &str, all: &[Sense]) -> Option<BTreeSet<Meaning>> {
    if !word.starts_with(|it: char| it.is_ascii_lowercase())
        || !word.bytes().all(|it| it.is_ascii_lowercase() || it == b'_' || it == b'-')
    {
        return None;
    }
    let total: u64 = all.iter().map(|(count, ..)| count).sum();
    let is_any = |letters: &str| all.iter().any(|(.., (letter, _))| letters.contains(*letter));
    let is_verb = is_any("v");
    let known = total > 0 || times_in_a_million(&stem(word)) > 0.0 || is_any("va");
    if word.contains('_') {
        let is_short = word.split('_').count() <= 3;
        let first = all.iter().take(OF_PHRASE).map(|(.., meaning)| *meaning);
        return (is_short && (total > 0 || is_verb)).then(|| first.collect());
    }
    if total == 0 {
        return known.then(|| all.iter().filter(|it| it.1 == 1).map(|it| it.2).collect());
    }
    let least = (total as f64 * SHARE).max(1.0);
    let often = all.iter().filter(|(count, ..)| *count as f64 >= least);
    Some(often.take(SENSES).map(|it| it.2).collect())
}

/// Returns the line of `word`, whose senses `kept` are kept of `all`.
fn line(
    word: &str,
    kept: &BTreeSet<Meaning>,
    all: &[Sense],
    synsets: &BTreeMap<Meaning, Synset>,
    is_narrow: &dyn Fn(&Meaning) -> bool,
) -> Line {
    let (mut broader, mut opposite, mut derived) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (meaning, synset) in kept.iter().filter_map(|it| synsets.get_key_value(it)) {
        let own = synset.words.iter().position(|it| it == word).map_or(0, |it| it + 1);
        for pointer in synset.pointers.iter().filter(|it| it.from_word == 0 || it.from_word == own) {
            match pointer.symbol.as_str() {
                "@" | ">" | "&" if is_narrow(&pointer.to) => drop(broader.insert(pointer.to)),
                "!" => drop(opposite.insert(pointer.to)),
                "+" | "\\" => drop(derived.insert(pointer.to)),
                _ => {}
            }
            // What is like an adjective has its contrary: `terrible` is like `bad`.
            if let ("&", Some(like)) = (pointer.symbol.as_str(), synsets.get(&pointer.to)) {
                let of = like.pointers.iter().filter(|it| it.symbol == "!" && it.to_word > 0);
                opposite.extend(of.map(|it| it.to));
            }
        }
        opposite.remove(meaning);
    }
    let mut shares = [('n', 0), ('v', 0), ('a', 0), ('r', 0)];
    let total: u64 = all.iter().map(|(count, ..)| count).sum();
    for (count, _, (letter, _)) in all {
        for (part, share) in &mut shares {
            *share += if part == letter { if total > 0 { *count } else { 1 } } else { 0 };
        }
    }
    let total: u64 = shares.iter().map(|(_, many)| many).sum::<u64>().max(1);
    let shares = shares.iter().map(|(part, many)| (part, many * 100 / total)).filter(|(_, it)| *it > 0);
    let parts = shares.map(|(part, share)| format!("{part}{share}")).collect::<Vec<_>>().join(" ");
    Line { parts, columns: [kept.clone(), broader, opposite, derived] }
}
