//! Stems of words, only for comparing, in two strengths. One strength for both would give other links: the rough one joins
//! `party` and `parts`, too much for stories; the light one leaves `leave` and `leaving` apart, too little for quotes.

/// Returns a rough stem: the word without a plural, verbal or silent ending. For passages that share many words, where a
/// stem too short does little harm.
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

/// Returns the word without its commonest endings. For stories, which rest on few words: `party` and `parts` stay two.
pub(crate) fn light_stem(word: &str) -> String {
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
