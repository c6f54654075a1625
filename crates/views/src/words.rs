//! Numbers and passages as people read them.

use readout_record::Bounds;
use readout_text::ByteSpan;

/// Returns a number with its noun: `1 report`, `2,345 reports`, `3 stories`.
pub fn count(number: usize, one: &str) -> String {
    let grouped = grouped(number);
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{grouped} {stem}ies"),
        _ => format!("{grouped} {one}s"),
    }
}

/// Returns a number with commas between thousands: `2,345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns a number with its bounds and its noun, as `at least 30 minutes`; `None` if both bounds are open.
pub fn amount_of(bounds: Bounds, one: &str, many: &str) -> Option<String> {
    let single = matches!((bounds.least, bounds.most), (Some(1), None | Some(1)) | (None, Some(1)));
    Some(format!("{} {}", bounds.in_words()?, if single { one } else { many }))
}

/// Returns a name of the export in words: `pull-aside` as `pull aside`, `CONSULT` as `consult`.
pub fn plainly(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    if name.chars().any(char::is_lowercase) { name } else { name.to_lowercase() }
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

/// Returns the bytes of the words of [`folded`].
pub(crate) fn spans_of_words(text: &str) -> Vec<ByteSpan> {
    let mut found: Vec<ByteSpan> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let (start, end) = (at as u32, (at + letter.len_utf8()) as u32);
        match found.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => found.push(ByteSpan::new(start, end)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_bounds_and_nouns() {
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(
            (count(2_345, "story"), count(2, "day")),
            ("2,345 stories".to_owned(), "2 days".to_owned())
        );
        assert_eq!(amount_of(Bounds::at_least(1), "minute", "minutes").unwrap(), "at least 1 minute");
        assert_eq!(amount_of(Bounds::at_most(9), "minute", "minutes").unwrap(), "at most 9 minutes");
        assert_eq!(amount_of(Bounds::default(), "minute", "minutes"), None);
    }

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shorten("We  will talk, and then we will see.", 16), "We will talk …");
        assert_eq!(shorten("Ünïcödewörd", 4), "Ünïc …");
    }
}
