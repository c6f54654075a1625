//! The key by which two names of one issue are recognised.

/// Words that say nothing of what an issue is.
const LOOSE: &[&str] = &[
    "a", "an", "the", "of", "on", "in", "at", "for", "to", "from", "with", "by", "against", "over",
    "between", "and", "or", "that", "this", "its", "their", "his", "her", "any", "is", "are", "be",
];

/// Returns the key of the issue called `name`: its content words without plural endings, sorted.
/// `sanctions on Russia` and `the Russia sanctions` have one key.
pub fn issue_key(name: &str) -> String {
    let name = name.to_lowercase();
    let split = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’'));
    let all = || name.split(split).map(root).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = all().filter(|word| !LOOSE.contains(word)).collect();
    if words.is_empty() {
        words.extend(all());
    }
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// Returns `word` without the endings of the plural and the possessive.
///
/// That is less than a stem: corrections keep the keys, so they stay as they are.
fn root(word: &str) -> &str {
    let word = word.trim_matches(['\'', '’']);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    match word.strip_suffix('s') {
        Some(root) if root.len() >= 3 && !root.ends_with(['s', 'u', 'i']) => root,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_issue_has_one_key() {
        assert_eq!(issue_key("sanctions on Russia"), issue_key("the Russia sanctions"));
        assert_eq!(issue_key("Russia’s sanctions"), "russia sanction");
        assert_ne!(issue_key("talks with Iran"), issue_key("sanctions on Iran"));
        assert_eq!(issue_key("of the"), "of the");
        assert_eq!(issue_key("crisis, crisis"), "crisis");
        assert_eq!(issue_key(""), "");
    }
}
