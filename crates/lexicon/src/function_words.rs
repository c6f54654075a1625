//! The function words of English: articles, pronouns, prepositions, auxiliaries.

/// Words without a meaning of their own, so that any two sentences may share them, in lower case and sorted.
pub const FUNCTION_WORDS: &[&str] = &[
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

/// Whether `word`, in any case, has no meaning of its own.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
        || word.bytes().any(|byte| byte.is_ascii_uppercase())
            && FUNCTION_WORDS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("The"));
        assert!(!is_function_word("treaty"));
    }
}
