//! Lexemes: the features of a word that its letters alone give.

use rustc_hash::FxHashMap;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

use super::strings::string_id;

/// The letters' part of the embedding features, as spaCy's string numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Features {
    pub(super) orth: u64,
    pub(super) lower: u64,
    pub(super) norm: u64,
    pub(super) prefix: u64,
    pub(super) suffix: u64,
    pub(super) shape: u64,
    pub(super) is_space: bool,
}

/// spaCy's spellings that mean the same: `lexeme_norm` from the model's files, before the language's own table.
pub(super) type Norms = FxHashMap<u64, u64>;

/// English base norms, exact spellings.
const BASE_NORMS: [(&str, &[&str]); 12] = [
    ("'s", &["'s", "'S", "’s", "’S"]),
    ("'", &["’", "‘", "´", "`"]),
    ("\"", &["”", "“", "''", "´´", "„", "»", "«", "‘‘", "’’", "``"]),
    ("?", &["？"]),
    ("!", &["！"]),
    (",", &["，"]),
    (";", &["；"]),
    (":", &["："]),
    (".", &["。", "।"]),
    ("...", &["…"]),
    ("-", &["—", "–", "-", "--", "---", "——"]),
    ("$", &["€", "£", "¥", "฿", "US$", "C$", "A$", "₺", "₹", "৳", "₩", "Mex$", "₣", "E£"]),
];

impl Features {
    /// The features of `text`; `norm` is what a tokenizer exception says instead of the word's own norm.
    pub(super) fn new(text: &str, norm: Option<u64>, norms: &Norms) -> Self {
        let orth = string_id(text);
        let lower = string_id(&text.to_lowercase());
        let own_norm = || {
            norms.get(&orth).copied().unwrap_or_else(|| {
                BASE_NORMS
                    .iter()
                    .find(|(_, spellings)| spellings.contains(&text))
                    .map_or(lower, |(norm, _)| string_id(norm))
            })
        };
        let first = text.chars().next().map_or("", |first| &text[..first.len_utf8()]);
        let last = text.char_indices().rev().nth(2).map_or(text, |(at, _)| &text[at..]);
        Self {
            orth,
            lower,
            norm: norm.unwrap_or_else(own_norm),
            prefix: string_id(first),
            suffix: string_id(last),
            shape: string_id(&shape(text)),
            is_space: text.chars().all(is_space),
        }
    }
}

/// Python's `str.isspace` of one character.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Python's `str.isalpha` of one character; Rust's `is_alphabetic` is wider.
pub(super) fn is_letter(c: char) -> bool {
    use GeneralCategory::{LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter};
    c.is_ascii_alphabetic()
        || !c.is_ascii()
            && matches!(
                c.general_category(),
                UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
            )
}

/// Python's `str.isdigit` of one character: decimal digits, and those of Unicode's numeric type "Digit".
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && (c.general_category() == GeneralCategory::DecimalNumber
                || matches!(c,
                    '\u{b2}'..='\u{b3}' | '\u{b9}' | '\u{1369}'..='\u{1371}' | '\u{19da}' | '\u{2070}'
                    | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}'
                    | '\u{2474}'..='\u{247c}' | '\u{2488}'..='\u{2490}' | '\u{24ea}' | '\u{24f5}'..='\u{24fd}'
                    | '\u{24ff}' | '\u{2776}'..='\u{277e}' | '\u{2780}'..='\u{2788}' | '\u{278a}'..='\u{2792}'
                    | '\u{10a40}'..='\u{10a43}' | '\u{10e60}'..='\u{10e68}' | '\u{11052}'..='\u{1105a}'
                    | '\u{1f100}'..='\u{1f10a}'))
}

/// The word's shape: `Xxxxx`, `dd`, `$d.d`.
fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let mut run = ('\0', 0);
    for (number, c) in text.chars().enumerate() {
        let kind = match c {
            _ if is_letter(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(c) => 'd',
            _ => c,
        };
        run = if number > 0 && run.0 == kind { (kind, run.1 + 1) } else { (kind, 0) };
        if run.1 < 4 {
            shape.push(kind);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_spacy() {
        assert_eq!(shape("Parliament"), "Xxxxx");
        assert_eq!(shape("4.5bn"), "d.dxx");
        assert_eq!(shape("½²٣ǅ"), "½ddx");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn features_know_norms_and_edges() {
        let norms = Norms::from_iter([(string_id("cos"), string_id("because"))]);
        assert_eq!(Features::new("cos", None, &norms).norm, string_id("because"));
        assert_eq!(Features::new("“", None, &norms).norm, string_id("\""));
        assert_eq!(Features::new("Zürich", None, &norms).norm, string_id("zürich"));
        let features = Features::new("Zürich", Some(7), &norms);
        assert_eq!((features.norm, features.prefix, features.suffix), (7, string_id("Z"), string_id("ich")));
        assert!(Features::new("\u{1c}\u{a0}\n", None, &norms).is_space);
    }
}
