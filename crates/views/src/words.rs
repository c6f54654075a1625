//! Numbers and passages as people read them.

/// Returns the number with the thing, as `1 report`, `2 reports`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Returns at most about `most` code points of `text`, cut between words, with single spaces.
pub fn shorten(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let kept = cut.rfind(' ').filter(|at| *at > 0).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} …", kept.trim_end_matches([',', ';', ':', ' ', '…']))
}

/// Returns the words of `text` in lower case, without punctuation.
pub fn folded(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shorten("We  will talk, and then we will see.", 16), "We will talk …");
        assert_eq!(shorten("Ünïcödewörd", 4), "Ünïc …");
    }
}
