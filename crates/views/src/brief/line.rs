//! The words of a line.

use readout_record::Time;

use super::page::{BriefLine, BriefPart, Emphasis, Reference};
use crate::ActorName;
use crate::when::{Spelling, When};

/// A line being written.
#[derive(Default)]
pub(super) struct LineWriter {
    line: BriefLine,
}

impl LineWriter {
    fn push(mut self, text: &str, emphasis: Emphasis) -> Self {
        if !text.is_empty() {
            self.line.parts.push(BriefPart { text: text.to_owned(), emphasis });
        }
        self
    }

    pub(super) fn plain(self, text: &str) -> Self {
        self.push(text, Emphasis::Plain)
    }

    pub(super) fn strong(self, text: &str) -> Self {
        self.push(text, Emphasis::Strong)
    }

    pub(super) fn faint(self, text: &str) -> Self {
        self.push(text, Emphasis::Faint)
    }

    pub(super) fn facts(self, facts: &[String]) -> Self {
        match facts.is_empty() {
            true => self,
            false => self.plain(" — ").plain(&facts.join(" · ")),
        }
    }

    pub(super) fn nested(mut self) -> Self {
        self.line.nested = true;
        self
    }

    pub(super) fn cite(mut self, references: Vec<Reference>) -> BriefLine {
        self.line.references = references;
        self.line
    }
}

/// Returns the names, as `a, b and c`.
pub(super) fn names(actors: &[ActorName]) -> String {
    let names: Vec<&str> = actors.iter().map(|it| it.name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Returns the words of the report. The time in digits follows if it is known and the words do not contain it.
pub(super) fn when(time: &Time) -> String {
    let told = When::of(time).map(|it| it.told(Spelling::Digits));
    match (told, time.text.trim()) {
        (Some(told), "") => told,
        (Some(told), text) if text.contains(&told) => text.to_owned(),
        (Some(told), text) => format!("{text} ({told})"),
        (None, text) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_beside_the_words_once() {
        let time = |text: &str, from: Option<&str>| Time {
            text: text.to_owned(),
            from: from.map(str::to_owned),
            to: from.map(|_| "2015-11-17".to_owned()),
            ..Time::default()
        };
        assert_eq!(when(&time("on Monday", Some("2015-11-16"))), "on Monday (2015-11-16)");
        assert_eq!(when(&time("2015-11-16", Some("2015-11-16"))), "2015-11-16");
        assert_eq!(when(&time("on Monday", None)), "on Monday");
        let spring = Time {
            to: Some("2012-06-01".to_owned()),
            grain: Some(readout_record::Grain::Season),
            ..time("last spring", Some("2012-03-01"))
        };
        assert_eq!(when(&spring), "last spring (spring 2012)");
    }
}
