//! Texts that no reporter would write, made from sentences by a fixed seed.

/// Marks, brackets and letters that are put between words.
const MARKS: &[&str] = &[
    ",",
    ".",
    ";",
    ":",
    "—",
    "–",
    "-",
    "--",
    "…",
    "...",
    "?",
    "!",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "«",
    "»",
    "„",
    "/",
    "\\",
    "|",
    "*",
    "_",
    "#",
    "@",
    "&",
    "%",
    "$",
    "€",
    "+",
    "=",
    "~",
    "^",
    "`",
    "•",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\u{b}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{202a}",
    "\u{202e}",
    "\u{202c}",
    "\u{2028}",
    "\u{2029}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{fffd}",
    "\u{0}",
    "\u{7f}",
    "\u{301}",
    "e\u{301}\u{323}\u{32d}",
    "\u{e000}",
    "\u{10ffff}",
    "🕊",
    "👩‍👩‍👧",
    "🇫🇷",
    "日本語",
    "العربية",
    "עברית",
    "ภาษาไทย",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "𝐏𝐫𝐞𝐬𝐢𝐝𝐞𝐧𝐭",
    "Ｐｕｔｉｎ",
    "'s",
    "’s",
    "n't",
    "of",
    "and",
    "the",
    "who",
    "said",
    "that",
    "not",
    "killed",
    "at least",
    "between",
    "500",
    "1,000",
    "0",
    "3.5",
    "1/2",
    "No.",
    "U.S.",
    "Mr.",
    "“I",
    "him”",
    "(AP)",
    "http://x.y/z?a=b",
    "a@b.c",
];

/// Numbers in a fixed order (splitmix64, Steele et al. 2014).
pub(crate) struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`, which is not 0.
    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most as u64) as usize
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Returns the bytes at which the words and marks of `text` end.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joined = letter.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        if !letter.is_whitespace() && !joined {
            ends.push(at + letter.len_utf8());
        }
    }
    ends
}

/// The text cut after each of its words and marks, but for the whole.
pub(crate) fn prefixes(text: &str) -> Vec<String> {
    ends(text).into_iter().filter(|&end| end < text.len()).map(|end| text[..end].to_owned()).collect()
}

/// The words and marks of `text` with the blanks before them.
fn words(text: &str) -> Vec<String> {
    let mut start = 0;
    let cut = |end| {
        let word = text[start..end].to_owned();
        start = end;
        word
    };
    ends(text).into_iter().map(cut).collect()
}

/// `count` texts: the `sentences` cut at every word from the end and from the start, then `sentences` and `longer` passages,
/// spoiled in every way in turn.
pub(crate) fn texts(sentences: &[String], longer: &[String], count: usize) -> Vec<String> {
    let mut found: Vec<String> = sentences.iter().flat_map(|text| prefixes(text)).collect();
    for text in sentences {
        found.extend(ends(text).into_iter().map(|end| text[end..].trim_start().to_owned()));
    }
    found.extend(longer.iter().flat_map(|text| prefixes(text)));
    // Half of all at most is no more than cut.
    let step = found.len().div_ceil(count / 2).max(1);
    found = found.into_iter().step_by(step).collect();
    let mut dice = Dice(14);
    for way in WAYS.iter().cycle() {
        if found.len() >= count {
            break;
        }
        let text = match dice.below(3) {
            0 => &longer[dice.below(longer.len())],
            _ => &sentences[dice.below(sentences.len())],
        };
        let other = &sentences[dice.below(sentences.len())];
        let mut spoiled = way(text, other, &mut dice);
        // Every second is cut besides.
        if dice.below(2) == 0 {
            let ends = ends(&spoiled);
            if !ends.is_empty() {
                spoiled.truncate(ends[dice.below(ends.len())]);
            }
        }
        found.push(spoiled);
    }
    // A row needs some text; and no two may be one report.
    for (number, text) in found.iter_mut().enumerate() {
        if !text.chars().any(char::is_alphanumeric) {
            *text = format!("{text} {number}");
        }
    }
    found
}

/// A way to spoil a text, with another at hand.
type Way = fn(&str, &str, &mut Dice) -> String;

const WAYS: &[Way] = &[
    deleted,
    doubled,
    shuffled,
    swapped,
    marked,
    marked,
    quoted_or_bracketed,
    |text, _, _| text.to_uppercase(),
    |text, _, _| text.to_lowercase(),
    |text, _, _| text.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect(),
    headline,
    list,
    table,
    post,
    transcript,
    turned,
    stacked,
    wide,
    joined,
    function_words,
    |text, other, dice| marked(&shuffled(text, other, dice), other, dice),
    |text, other, dice| joined(&deleted(text, other, dice), &doubled(other, text, dice), dice),
];

fn deleted(text: &str, _: &str, dice: &mut Dice) -> String {
    let one_in = 2 + dice.below(8);
    words(text).into_iter().filter(|_| dice.below(one_in) != 0).collect()
}

fn doubled(text: &str, _: &str, dice: &mut Dice) -> String {
    words(text)
        .into_iter()
        .flat_map(|word| std::iter::repeat_n(word, 1 + usize::from(dice.below(5) == 0)))
        .collect()
}

fn shuffled(text: &str, _: &str, dice: &mut Dice) -> String {
    let mut words = words(text);
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at + 1));
    }
    words.concat()
}

fn swapped(text: &str, _: &str, dice: &mut Dice) -> String {
    let mut words = words(text);
    for at in 1..words.len() {
        if dice.below(4) == 0 {
            words.swap(at - 1, at);
        }
    }
    words.concat()
}

fn marked(text: &str, _: &str, dice: &mut Dice) -> String {
    let one_in = 1 + dice.below(6);
    let mut found = String::new();
    for word in words(text) {
        found.push_str(&word);
        if dice.below(one_in) == 0 {
            let blank = dice.one_of(&["", " "]);
            found.push_str(blank);
            found.push_str(dice.one_of(MARKS));
        }
    }
    found
}

fn quoted_or_bracketed(text: &str, _: &str, dice: &mut Dice) -> String {
    const PAIRS: &[(&str, &str)] =
        &[("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'"), ("(", ")"), ("[", "]"), ("“‘", "’”"), ("«", "»")];
    let mut found = String::new();
    for word in words(text) {
        let (open, close) = PAIRS[dice.below(PAIRS.len())];
        match dice.below(7) {
            0 => found += &format!(" {open}{}", word.trim()),
            1 => found += &format!("{word}{close}"),
            2 => found += &format!(" {open}{}{close}", word.trim()),
            _ => found += &word,
        }
    }
    found
}

fn headline(text: &str, _: &str, _: &mut Dice) -> String {
    let words = text.split_whitespace().take(12).map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

fn list(text: &str, other: &str, dice: &mut Dice) -> String {
    let mark = dice.one_of(&["- ", "• ", "* ", "1. ", "(a) ", "– "]);
    let items = text.split(", ").chain(other.split(", "));
    format!("The terms include:\n{}", items.map(|item| format!("{mark}{item}\n")).collect::<String>())
}

fn table(text: &str, other: &str, dice: &mut Dice) -> String {
    let between = dice.one_of(&[" | ", "\t", "   ", ";"]);
    let cells: Vec<&str> = text.split_whitespace().chain(other.split_whitespace()).collect();
    cells.chunks(3).map(|row| row.join(between) + "\n").collect()
}

fn post(text: &str, other: &str, dice: &mut Dice) -> String {
    let tag: String = other.split(' ').take(2).collect();
    match dice.below(3) {
        0 => format!("RT @{tag}_1: {text} #{tag} https://t.co/Ab3 🔴"),
        1 => format!("BREAKING: {text} (1/3)\n\n.@{tag} #NOW"),
        _ => format!("{} 👉 {other} @{tag}", text.trim_end_matches('.')),
    }
}

fn transcript(text: &str, other: &str, dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("Q: {text}\n\nA: {other}\n\nQ:"),
        1 => format!("SMITH: {text}\nLEE (voice over): {other}\n[crosstalk]\nSMITH:"),
        _ => format!("MR. PRICE: {text} (Laughter.) QUESTION: {other} MR. PRICE:"),
    }
}

/// Marks that turn the direction of writing, and marks above and below letters.
fn turned(text: &str, _: &str, dice: &mut Dice) -> String {
    let mut found = String::new();
    for letter in text.chars() {
        found.push(letter);
        match dice.below(12) {
            0 => found.push_str(
                dice.one_of(&["\u{202e}", "\u{202d}", "\u{202c}", "\u{2067}", "\u{2069}", "\u{200f}"]),
            ),
            1 if letter.is_alphabetic() => {
                found.push_str(dice.one_of(&["\u{301}", "\u{308}", "\u{323}", "\u{489}"]));
            }
            _ => {}
        }
    }
    found
}

fn stacked(text: &str, other: &str, dice: &mut Dice) -> String {
    let between = dice.one_of(&["\n", "\n\n", " \n ", "\r\n", "\u{2028}"]);
    let words: Vec<&str> = text.split_whitespace().collect();
    let lines = words.chunks(1 + dice.below(6)).map(|line| line.join(" "));
    lines.chain([other.to_owned()]).collect::<Vec<_>>().join(between)
}

/// Letters of full width, and of mathematics.
fn wide(text: &str, _: &str, dice: &mut Dice) -> String {
    let from = dice.one_of(&[&0xff21_u32, &0x1d400]);
    let change = |letter: char| match letter {
        'A'..='Z' => char::from_u32(letter as u32 - u32::from('A') + from).unwrap_or(letter),
        _ => letter,
    };
    text.chars().map(change).collect()
}

fn joined(text: &str, other: &str, dice: &mut Dice) -> String {
    let between = dice.one_of(&[" ", ", and ", "; ", " that ", " because ", " who ", " “", "—", ""]);
    format!("{}{between}{other}", text.trim_end_matches(['.', '”', '!', '?']))
}

fn function_words(_: &str, _: &str, dice: &mut Dice) -> String {
    const WORDS: &[&str] = &[
        "the",
        "a",
        "his",
        "who",
        "that",
        "of",
        "and",
        "said",
        "not",
        "to",
        "between",
        "at",
        "least",
        "killed",
        "was",
        "if",
        "unless",
        "president",
        "man",
        "men",
        "they",
        "it",
        "no",
        "20",
        "500",
        "two",
        "both",
        "American",
        "Russians",
        "Obama",
        "met",
        "told",
        "by",
        "on",
        "in",
        "Monday",
        "2014",
        ",",
        "“",
        "”",
        "(",
        ":",
        "-",
        "’s",
        "talks",
        "agreed",
        "deal",
        "would",
        "attack",
        "leaders",
        "which",
        "for",
        "hours",
        "U.S.",
        "Democrats",
    ];
    (0..1 + dice.below(14)).map(|_| dice.one_of(WORDS)).collect::<Vec<_>>().join(" ")
}
