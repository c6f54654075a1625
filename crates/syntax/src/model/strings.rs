//! The numbers that spaCy gives to strings.

/// spaCy's reserved names that texts can contain, with their numbers: a symbol has a small number instead of a hash.
/// Left out are only the generated runs `FLAG19`…`FLAG63` and `DEPRECATED001`…`DEPRECATED276`, see [`string_id`].
const SYMBOLS: [(u64, &[&str]); 4] = [
    (
        1,
        &[
            "IS_ALPHA",
            "IS_ASCII",
            "IS_DIGIT",
            "IS_LOWER",
            "IS_PUNCT",
            "IS_SPACE",
            "IS_TITLE",
            "IS_UPPER",
            "LIKE_URL",
            "LIKE_NUM",
            "LIKE_EMAIL",
            "IS_STOP",
            "IS_OOV_DEPRECATED",
            "IS_BRACKET",
            "IS_QUOTE",
            "IS_LEFT_PUNCT",
            "IS_RIGHT_PUNCT",
            "IS_CURRENCY",
        ],
    ),
    (
        64,
        &[
            "ID",
            "ORTH",
            "LOWER",
            "NORM",
            "SHAPE",
            "PREFIX",
            "SUFFIX",
            "LENGTH",
            "CLUSTER",
            "LEMMA",
            "POS",
            "TAG",
            "DEP",
            "ENT_IOB",
            "ENT_TYPE",
            "HEAD",
            "SENT_START",
            "SPACY",
            "PROB",
            "LANG",
            "ADJ",
            "ADP",
            "ADV",
            "AUX",
            "CONJ",
            "CCONJ",
            "DET",
            "INTJ",
            "NOUN",
            "NUM",
            "PART",
            "PRON",
            "PROPN",
            "PUNCT",
            "SCONJ",
            "SYM",
            "VERB",
            "X",
            "EOL",
            "SPACE",
        ],
    ),
    (
        380,
        &[
            "PERSON",
            "NORP",
            "FACILITY",
            "ORG",
            "GPE",
            "LOC",
            "PRODUCT",
            "EVENT",
            "WORK_OF_ART",
            "LANGUAGE",
            "LAW",
            "DATE",
            "TIME",
            "PERCENT",
            "MONEY",
            "QUANTITY",
            "ORDINAL",
            "CARDINAL",
            "acomp",
            "advcl",
            "advmod",
            "agent",
            "amod",
            "appos",
            "attr",
            "aux",
            "auxpass",
            "cc",
            "ccomp",
            "complm",
            "conj",
            "cop",
            "csubj",
            "csubjpass",
            "dep",
            "det",
            "dobj",
            "expl",
            "hmod",
            "hyph",
            "infmod",
            "intj",
            "iobj",
            "mark",
            "meta",
            "neg",
            "nmod",
            "nn",
            "npadvmod",
            "nsubj",
            "nsubjpass",
            "num",
            "number",
            "oprd",
            "obj",
            "obl",
            "parataxis",
            "partmod",
            "pcomp",
            "pobj",
            "poss",
            "possessive",
            "preconj",
            "prep",
            "prt",
            "punct",
            "quantmod",
            "relcl",
            "rcmod",
            "root",
            "xcomp",
            "acl",
        ],
    ),
    (452, &["ENT_KB_ID", "MORPH", "ENT_ID", "IDX", "_"]),
];

/// The reserved name with number `id`, such as the `65` for `ORTH` in some files.
pub(super) fn symbol_name(id: u64) -> Option<&'static str> {
    SYMBOLS
        .iter()
        .find_map(|(first, names)| names.get(usize::try_from(id.checked_sub(*first)?).ok()?).copied())
}

fn symbol(text: &str) -> Option<u64> {
    // No reserved name is longer, and most words are told apart by their length and letters at once.
    if text.len() > 17 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let generated = |prefix: &str, digits: usize, first: u64, last: u64, base: u64| {
        let rest = text.strip_prefix(prefix)?;
        let number = rest.parse::<u64>().ok()?;
        (rest.len() == digits && (first..=last).contains(&number)).then(|| base + number - first)
    };
    SYMBOLS
        .iter()
        .find_map(|(first, names)| Some(first + names.iter().position(|name| *name == text)? as u64))
        .or_else(|| generated("FLAG", 2, 19, 63, 19))
        .or_else(|| generated("DEPRECATED", 3, 1, 276, 104))
}

/// spaCy's number of `text`: a symbol's own, else MurmurHash64A with seed 1; 0 for the empty string.
pub(super) fn string_id(text: &str) -> u64 {
    if text.is_empty() { 0 } else { symbol(text).unwrap_or_else(|| murmur(text.as_bytes())) }
}

fn murmur(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        let mut word = u64::from_le_bytes(*word).wrapping_mul(MULTIPLIER);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
    }
    if !tail.is_empty() {
        let word = tail.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        hash = (hash ^ word).wrapping_mul(MULTIPLIER);
    }
    hash = (hash ^ hash >> 47).wrapping_mul(MULTIPLIER);
    hash ^ hash >> 47
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_spacy() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("apple"), 8_566_208_034_543_834_098);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("acl"), 451);
        assert_eq!(string_id("_"), 456);
        assert_eq!(string_id("FLAG19"), 19);
        assert_eq!(string_id("DEPRECATED276"), 379);
        assert_eq!(string_id("adj"), 12_401_032_943_472_870_168);
        assert_eq!(symbol_name(65), Some("ORTH"));
    }
}
