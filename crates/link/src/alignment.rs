//! Which sentences of one text stand in another, word for word or reworded.
//!
//! A text is cut into units (sentences, at most [`MAX_UNIT`] words). Two units are the same if enough of their words
//! come in the same order: the longest common subsequence over the mean length. A rewording tool changes a third of
//! the words and keeps their order, while two unrelated sentences share little but `the … of … to`. Unit pairs are
//! looked for through words they share, so that the cost grows with the length of the texts, not with its square.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_text::{ByteSpan, CharSpan, Offsets};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words of a unit at most; longer sentences are cut, so that one unit fits one machine word of the subsequence count.
const MAX_UNIT: usize = 48;
/// A word that stands in more units of a text than this does not lead from one text to the other.
const MAX_UNITS_PER_WORD: usize = 12;
/// Unit pairs compared for one unit at most.
const MAX_TRIED: usize = 6;

/// Words of a statement that are compared.
pub(crate) const MAX_WORDS: usize = 300;

/// A text as numbered words and sentences.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// A hash of each word in lower case.
    pub(crate) keys: Vec<u32>,
    /// The span of each word, in bytes.
    pub(crate) spans: Vec<ByteSpan>,
    /// Whether the word carries meaning of its own.
    pub(crate) content: Vec<bool>,
    /// Whether the word stands in quotation marks.
    pub(crate) quoted: Vec<bool>,
    /// Sentences: first word, one past the last.
    pub(crate) units: Vec<Unit>,
}

/// A sentence, or a piece of a long one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// First word.
    pub(crate) start: u32,
    /// One past the last word.
    pub(crate) end: u32,
    /// The passage with its quotation marks and full stop, in bytes.
    pub(crate) span: ByteSpan,
    /// Whether it takes part in alignment.
    pub(crate) used: bool,
}

impl Unit {
    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Returns the first [`MAX_WORDS`] words of `text`.
pub(crate) fn capped(text: &str) -> &str {
    let mut seen = 0;
    for (at, _) in text.match_indices(char::is_whitespace) {
        seen += 1;
        if seen == MAX_WORDS {
            return &text[..at];
        }
    }
    // A text without white space has few words too.
    if text.len() > MAX_WORDS * 40 {
        let end = (0..=MAX_WORDS * 40).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        return &text[..end];
    }
    text
}

impl Words {
    /// Cuts `text` into words and units in one pass.
    pub(crate) fn new(text: &str) -> Self {
        let mut out = Self::default();
        let mut at = 0usize;
        for line in text.split('\n') {
            out.line(text, at, at + line.len());
            at += line.len() + 1;
        }
        out
    }

    fn line(&mut self, text: &str, from: usize, to: usize) {
        let line = text.get(from..to).unwrap_or_default();
        let first = self.keys.len();
        let mut quoted = false;
        let mut word: Option<usize> = None;
        // Word numbers before which a new unit starts, with the byte where it does.
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        let mut ended = false;
        let mut chars = line.char_indices().peekable();
        while let Some((at, letter)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let joins = matches!(letter, '\'' | '’') && next.is_some_and(char::is_alphanumeric);
            if letter.is_alphanumeric() || (joins && word.is_some()) {
                if word.is_none() {
                    if ended && (letter.is_uppercase() || letter.is_numeric()) {
                        let start = line.get(..at).map_or(at, |before| {
                            before.trim_end_matches(|mark: char| "\"“‘'([".contains(mark)).len()
                        });
                        cuts.push((self.keys.len(), from + start));
                    }
                    ended = false;
                    word = Some(at);
                }
                continue;
            }
            if let Some(start) = word.take() {
                self.push(line, from, start, at, quoted);
                if matches!(letter, '.' | '!' | '?') {
                    ended = letter != '.' || !abbreviation(line.get(start..at).unwrap_or_default());
                }
            } else if matches!(letter, '.' | '!' | '?') {
                ended = true;
            }
            match letter {
                '“' | '„' | '«' => quoted = true,
                '”' | '»' => quoted = false,
                '"' => quoted = !quoted,
                _ => {}
            }
        }
        if let Some(start) = word.take() {
            self.push(line, from, start, line.len(), quoted);
        }
        let last = self.keys.len();
        let mut start = first;
        let mut start_byte = from;
        for (number, byte) in cuts.into_iter().chain([(last, to)]) {
            self.unit(text, start, number, start_byte, byte);
            start = number;
            start_byte = byte;
        }
    }

    fn push(&mut self, line: &str, from: usize, start: usize, end: usize, quoted: bool) {
        let word = line.get(start..end).unwrap_or_default();
        let key = key(word);
        self.keys.push(key);
        self.spans.push(ByteSpan::new((from + start) as u32, (from + end) as u32));
        self.content.push(!is_function_key(key));
        self.quoted.push(quoted);
    }

    fn unit(&mut self, text: &str, start: usize, end: usize, from: usize, to: usize) {
        if end <= start {
            return;
        }
        // Even pieces: 50 words make 25 and 25, not 48 and 2.
        let pieces = (end - start).div_ceil(MAX_UNIT);
        let size = (end - start).div_ceil(pieces);
        let mut at = start;
        while at < end {
            let stop = (at + size).min(end);
            let first = if at == start { from } else { self.spans[at].start as usize };
            let last = if stop == end { to } else { self.spans[stop].start as usize };
            let span = ByteSpan::new(first as u32, last as u32).trim(text);
            self.units.push(Unit { start: at as u32, end: stop as u32, span, used: true });
            at = stop;
        }
    }
}

/// Whether `word` is an abbreviation before a full stop that ends no sentence.
fn abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return true;
    }
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Sen"
            | "Rep"
            | "Gov"
            | "Gen"
            | "Lt"
            | "Col"
            | "Sgt"
            | "St"
            | "Jr"
            | "Sr"
            | "Prof"
            | "Rev"
            | "No"
            | "Jan"
            | "Feb"
            | "Aug"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
    )
}

/// Returns the FNV-1a hash (Fowler, Noll, Vo) of the word in lower case, curly apostrophes made straight.
pub(crate) fn key(word: &str) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
        }
        return hash;
    }
    for letter in word.chars().flat_map(char::to_lowercase) {
        let letter = if letter == '’' { '\'' } else { letter };
        for byte in u32::from(letter).to_le_bytes() {
            if byte != 0 {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
    }
    hash
}

/// Whether `word` has no meaning of its own, so that any two sentences may share it.
pub(crate) fn is_function_word(word: &str) -> bool {
    is_function_key(key(word))
}

/// Whether the word with this [`key`] is a function word.
fn is_function_key(key: u32) -> bool {
    static KEYS: LazyLock<FxHashSet<u32>> =
        LazyLock::new(|| FUNCTION_WORDS.iter().map(|word| self::key(word)).collect());
    KEYS.contains(&key)
}

const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "am", "amid", "among", "an", "and",
    "any", "are", "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by",
    "can", "could", "did", "do", "does", "down", "during", "each", "even", "ever", "few", "for", "from",
    "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it",
    "it's", "its", "just", "many", "may", "me", "might", "more", "most", "mr", "mrs", "ms", "must", "my",
    "no", "nor", "not", "now", "of", "off", "on", "one", "only", "or", "other", "our", "out", "over", "own",
    "per", "s", "said", "same", "say", "says", "shall", "she", "should", "since", "so", "some", "such", "t",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though",
    "through", "to", "too", "toward", "towards", "under", "until", "up", "upon", "us", "very", "via", "was",
    "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "would", "yet", "you", "your",
];

/// Two units found to be the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Unit of the first text.
    pub(crate) here: u32,
    /// Unit of the second.
    pub(crate) there: u32,
    /// Words in common over the mean length, 0 to 1.
    pub(crate) likeness: f32,
}

/// A text prepared to be compared with many.
#[derive(Debug)]
pub(crate) struct Side<'w> {
    words: &'w Words,
    /// Units by word, ascending; words in too many units left out.
    units: FxHashMap<u32, Vec<u32>>,
}

impl<'w> Side<'w> {
    /// Indexes the units of `words` that are in use.
    pub(crate) fn new(words: &'w Words) -> Self {
        let mut units: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, unit) in words.units.iter().enumerate().filter(|(_, unit)| unit.used) {
            for at in unit.range() {
                let list = units.entry(words.keys[at]).or_default();
                if list.last() != Some(&(number as u32)) && list.len() <= MAX_UNITS_PER_WORD {
                    list.push(number as u32);
                }
            }
        }
        Self { words, units }
    }

    /// Returns the pairs of units that this text (`here`) and `other` (`there`) share, in the order of this text.
    pub(crate) fn align(&self, other: &Words) -> Vec<Pair> {
        let here = self.words;
        let mut best: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        // From either side the best partner, so that a sentence cut in two on one side keeps both halves.
        let mut for_here: Vec<Option<(f32, u32)>> = vec![None; here.units.len()];
        let mut for_there: Vec<Option<(f32, u32)>> = vec![None; other.units.len()];
        let mut votes: BTreeMap<u32, u32> = BTreeMap::new();
        for (there_number, unit) in other.units.iter().enumerate().filter(|(_, unit)| unit.used) {
            votes.clear();
            for at in unit.range() {
                let Some(list) = self.units.get(&other.keys[at]) else { continue };
                if list.len() > MAX_UNITS_PER_WORD {
                    continue;
                }
                let weight = if other.content[at] { 2 } else { 1 };
                for &number in list {
                    *votes.entry(number).or_default() += weight;
                }
            }
            let mut tried: Vec<(u32, u32)> =
                votes.iter().filter(|&(_, &n)| n >= 3).map(|(&unit, &n)| (n, unit)).collect();
            tried.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            tried.truncate(MAX_TRIED);
            for (_, here_number) in tried {
                let match_ = compare(here, here.units[here_number as usize], other, *unit);
                if !match_.same() {
                    continue;
                }
                let likeness = match_.likeness();
                best.insert((here_number, there_number as u32), likeness);
                keep_best(&mut for_here[here_number as usize], likeness, there_number as u32);
                keep_best(&mut for_there[there_number], likeness, here_number);
            }
        }
        self.neighbours(other, &mut for_here, &mut for_there, &mut best);
        best.into_iter()
            .filter(|&((here, there), _)| {
                for_here[here as usize].is_some_and(|(_, best)| best == there)
                    || for_there[there as usize].is_some_and(|(_, best)| best == here)
            })
            .map(|((here, there), likeness)| Pair { here, there, likeness })
            .collect()
    }

    /// Takes in short or much reworded units that stand next to a pair in both texts.
    fn neighbours(
        &self,
        other: &Words,
        for_here: &mut [Option<(f32, u32)>],
        for_there: &mut [Option<(f32, u32)>],
        best: &mut BTreeMap<(u32, u32), f32>,
    ) {
        let here = self.words;
        let mut todo: Vec<(u32, u32)> = best.keys().copied().collect();
        while let Some((a, b)) = todo.pop() {
            for (x, y) in [(a.wrapping_add(1), b.wrapping_add(1)), (a.wrapping_sub(1), b.wrapping_sub(1))] {
                let (Some(left), Some(right)) = (here.units.get(x as usize), other.units.get(y as usize))
                else {
                    continue;
                };
                if !left.used
                    || !right.used
                    || for_here[x as usize].is_some()
                    || for_there[y as usize].is_some()
                {
                    continue;
                }
                let match_ = compare(here, *left, other, *right);
                if match_.same_by_context() {
                    let likeness = match_.likeness();
                    for_here[x as usize] = Some((likeness, y));
                    for_there[y as usize] = Some((likeness, x));
                    best.insert((x, y), likeness);
                    todo.push((x, y));
                }
            }
        }
    }
}

fn keep_best(slot: &mut Option<(f32, u32)>, likeness: f32, unit: u32) {
    if slot.is_none_or(|(best, _)| likeness > best) {
        *slot = Some((likeness, unit));
    }
}

/// The comparison of two units.
#[derive(Clone, Copy, Debug)]
struct Match {
    common: usize,
    content: usize,
    here: usize,
    there: usize,
}

impl Match {
    fn likeness(self) -> f32 {
        2.0 * self.common as f32 / (self.here + self.there) as f32
    }

    /// Returns the share of the shorter unit's words that both units have.
    fn containment(self) -> f32 {
        self.common as f32 / self.here.min(self.there) as f32
    }

    fn same(self) -> bool {
        let short = self.here.min(self.there);
        if short < 4 || self.content < 2 {
            return false;
        }
        let least = if short >= 12 {
            0.42
        } else if short >= 7 {
            0.5
        } else {
            0.7
        };
        self.likeness() >= least || (short >= 7 && self.content >= 4 && self.containment() >= 0.75)
    }

    fn same_by_context(self) -> bool {
        self.common >= 1 && self.likeness() >= 0.3
    }
}

/// Compares two units by their longest common subsequence, counted with one bit a word (Hyyrö 2004).
fn compare(here: &Words, left: Unit, there: &Words, right: Unit) -> Match {
    let left_keys = &here.keys[left.range()];
    let mut row = u64::MAX;
    let mut content = 0;
    for at in right.range() {
        let key = there.keys[at];
        let mut mask = 0u64;
        for (bit, other) in left_keys.iter().enumerate() {
            mask |= u64::from(*other == key) << (bit & 63);
        }
        if mask != 0 && there.content[at] {
            content += 1;
        }
        let step = row & mask;
        row = row.wrapping_add(step) | (row & !mask);
    }
    let used = if left_keys.len() >= 64 { u64::MAX } else { (1u64 << left_keys.len()) - 1 };
    let common = (!row & used).count_ones() as usize;
    Match { common, content, here: left.len(), there: right.len() }
}

/// Mean likeness under which neighbouring units tell of the same thing in words of their own.
///
/// Measured on reports of one event by different hands (0.36 to 0.5) against text reworded by a tool (0.55 and more).
const LEAST_MEAN: f32 = 0.52;

/// Drops units that are alike only in stock phrases (`the poll has a margin of error of …`) or because two reporters
/// tell of the same thing.
///
/// Reworded text comes in runs, so neighbours vouch for each other; a unit that stands alone must be nearly the same
/// word for word, unless much else of the text is shared.
pub(crate) fn trusted(mut pairs: Vec<Pair>, here: &Words) -> Vec<Pair> {
    let length = |pair: &Pair| here.units[pair.here as usize].len() as f32;
    let strong: Vec<bool> = pairs
        .iter()
        .map(|pair| {
            let (mut words, mut common, mut units) = (0.0, 0.0, 0);
            for other in pairs_near(&pairs, *pair) {
                if other.there.abs_diff(pair.there) <= 2 {
                    words += length(other);
                    common += length(other) * other.likeness;
                    units += usize::from(other.here != pair.here && other.there != pair.there);
                }
            }
            pair.likeness >= 0.7 || (units > 0 && common >= LEAST_MEAN * words)
        })
        .collect();
    let sure: f32 =
        pairs.iter().zip(&strong).filter(|(_, strong)| **strong).map(|(pair, _)| length(pair)).sum();
    if sure * 4.0 < here.keys.len() as f32 {
        let mut strong = strong.into_iter();
        pairs.retain(|_| strong.next().unwrap_or(false));
    }
    let words: f32 = pairs.iter().map(length).sum();
    let common: f32 = pairs.iter().map(|pair| length(pair) * pair.likeness).sum();
    if common < LEAST_MEAN * words {
        pairs.clear();
    }
    pairs
}

/// Returns the pairs whose unit of this text is at most two units away.
fn pairs_near(pairs: &[Pair], pair: Pair) -> impl Iterator<Item = &Pair> {
    let from = pairs.partition_point(|other| other.here + 2 < pair.here);
    pairs[from..].iter().take_while(move |other| other.here <= pair.here + 2)
}

/// The passages that two texts share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    /// Passages: here and there, in code points, in the order of this text.
    pub(crate) spans: Vec<(CharSpan, CharSpan)>,
    /// Code points of this text that the other has.
    pub(crate) here: u32,
    /// Code points of the other text that this one has.
    pub(crate) there: u32,
    /// Shared words that stand outside quotation marks in both.
    pub(crate) told: u32,
    /// Shared words.
    pub(crate) words: u32,
}

/// Gathers `pairs` (in the order of `here`) into passages.
pub(crate) fn gather(
    pairs: &[Pair],
    here: &Words,
    here_offsets: &Offsets<'_>,
    there: &Words,
    there_offsets: &Offsets<'_>,
) -> Shared {
    let mut runs: Vec<(Unit, Unit, Pair)> = Vec::new();
    let mut shared = Shared::default();
    let mut seen = None;
    for pair in pairs {
        let (left, right) = (here.units[pair.here as usize], there.units[pair.there as usize]);
        if seen != Some(pair.here) {
            shared.words += left.len() as u32;
            let other: Vec<u32> =
                right.range().filter(|&at| !there.quoted[at]).map(|at| there.keys[at]).collect();
            let told = left.range().filter(|&at| !here.quoted[at] && other.contains(&here.keys[at])).count();
            shared.told += told as u32;
            seen = Some(pair.here);
        }
        match runs.last_mut() {
            Some((run_left, run_right, last))
                if pair.here.wrapping_sub(last.here) <= 1 && pair.there.wrapping_sub(last.there) <= 1 =>
            {
                run_left.span.end = left.span.end;
                run_right.span.end = right.span.end;
                *last = *pair;
            }
            _ => runs.push((left, right, *pair)),
        }
    }
    shared.spans = runs
        .iter()
        .map(|(left, right, _)| (here_offsets.to_chars(left.span), there_offsets.to_chars(right.span)))
        .collect();
    shared.here = covered(shared.spans.iter().map(|(here, _)| *here).collect());
    shared.there = covered(shared.spans.iter().map(|(_, there)| *there).collect());
    shared
}

/// Returns the number of code points under the union of `spans`.
pub(crate) fn covered(mut spans: Vec<CharSpan>) -> u32 {
    spans.sort_unstable();
    let (mut total, mut end) = (0, 0);
    for span in spans {
        let start = span.start.max(end);
        if span.end > start {
            total += span.end - start;
            end = span.end;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> Vec<(u32, u32)> {
        let (a, b) = (Words::new(a), Words::new(b));
        Side::new(&a).align(&b).iter().map(|pair| (pair.here, pair.there)).collect()
    }

    #[test]
    fn sentences_end_at_full_stops_and_lines() {
        let text = "Mr. Orlo left. “We go,” he said. U.S. envoys stayed\nThe talks failed! 12 died.";
        let words = Words::new(text);
        let units: Vec<&str> = words.units.iter().map(|unit| unit.span.slice(text)).collect();
        assert_eq!(
            units,
            ["Mr. Orlo left.", "“We go,” he said.", "U.S. envoys stayed", "The talks failed!", "12 died."]
        );
    }

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("The"));
        assert!(!is_function_word("treaty"));
    }

    #[test]
    fn reworded_sentences_are_the_same() {
        let a = "The minister told reporters in Oslo that Norway would send two ships to the strait before winter.";
        let b = "The official in charge informed journalists in Oslo that Norway would dispatch two ships to the strait ahead of winter.";
        assert_eq!(likeness(a, b), [(0, 0)]);
        let c =
            "The minister said in Oslo that the budget of the army would be cut by a third over ten years.";
        assert!(likeness(a, c).is_empty());
    }

    #[test]
    fn order_of_sentences_does_not_matter() {
        let a = "The bridge at Harlan was closed on Friday. Four engineers inspected the northern pier. Trains will run again in May.";
        let b = "Trains will run again in May. The bridge at Harlan was closed on Friday. Four engineers inspected the northern pier.";
        assert_eq!(likeness(a, b), [(0, 1), (1, 2), (2, 0)]);
    }

    #[test]
    fn long_lines_cost_no_square() {
        let long = "word after word and ".repeat(50_000);
        let words = Words::new(&long);
        assert!(words.units.iter().all(|unit| unit.len() <= MAX_UNIT));
        let pairs = Side::new(&words).align(&words);
        assert!(pairs.len() <= words.units.len() * MAX_TRIED);
    }
}
