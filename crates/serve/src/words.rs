//! The words for things on a page.

use minijinja::Value;
use readout::record::{Bounds, Time};
use readout::views::when::{Spelling, When, told};

/// Returns a record's time as exactly as its words are: `20 March 2013`, `January 2013`, `spring 2012`; the words, in
/// quotation marks, where its days are not known; empty for none.
pub(crate) fn when(time: &Value) -> String {
    let time = serde_json::to_value(time).and_then(serde_json::from_value::<Time>);
    match time {
        Ok(time) if When::of(&time).is_some() => told(&time, Spelling::Words),
        Ok(time) if !time.text.trim().is_empty() => format!("“{}”", time.text.trim()),
        _ => String::new(),
    }
}

/// Returns a number with its bounds, as a template has them: `3 to 5`, `at least 30`.
pub(crate) fn amount(bounds: &Value) -> String {
    let bounds = serde_json::to_value(bounds).and_then(serde_json::from_value::<Bounds>);
    bounds.ok().and_then(Bounds::in_words).unwrap_or_default()
}

/// Returns `text` with a capital at its start.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use readout::record::Grain;

    use super::*;
    use crate::templates::value_of;

    #[test]
    fn a_vague_time_is_told_as_such() {
        let last = |text: &str, from: Option<&str>, to: Option<&str>, grain| {
            let bound = |it: Option<&str>| it.map(str::to_owned);
            let time =
                Time { text: text.to_owned(), from: bound(from), to: bound(to), grain, ..Time::default() };
            when(&value_of(&time))
        };
        let spring = last("last spring", Some("2012-03-01"), Some("2012-06-01"), Some(Grain::Season));
        assert_eq!(spring, "spring 2012");
        let month = last("in January", Some("2013-01-01"), Some("2013-02-01"), Some(Grain::Month));
        assert_eq!(month, "January 2013");
        assert_eq!(last("one day", None, None, Some(Grain::Day)), "“one day”");
        assert_eq!(when(&Value::from(())), "");
        assert_eq!(amount(&value_of(Bounds::at_least(3))), "at least 3");
    }
}
