//! Stems of words, only for comparing.

/// Returns a rough stem: the word without a plural or verbal ending.
pub(crate) fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    for ending in ["ies", "ing", "ed", "es", "s"] {
        if let Some(root) = word.strip_suffix(ending)
            && root.len() >= 4
            && !(ending == "s" && root.ends_with('s'))
        {
            return root.strip_suffix('e').unwrap_or(root);
        }
    }
    word.strip_suffix(['e', 'y']).filter(|root| root.len() >= 4).unwrap_or(word)
}

/// Returns a word without its commonest endings; only for comparing.
pub(crate) fn story_stem(word: &str) -> String {
    let long = |letters: usize| word.chars().count() > letters;
    if let Some(root) = word.strip_suffix("ies").filter(|_| long(5)) {
        return format!("{root}y");
    }
    let plural = long(4) && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let word = if plural { word.strip_suffix('s').unwrap_or(word) } else { word };
    let long = |letters: usize| word.chars().count() > letters;
    match word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")) {
        Some(root) if long(5) => root.to_owned(),
        _ => word.to_owned(),
    }
}
