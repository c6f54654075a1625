//! The arguments of a call, checked.

use readout::asking::{self, Asking, Rowing};
use serde_json::{Map, Value};

use super::answer::CHARACTERS;

/// Rows of one answer, if nothing else is asked for, and at most.
pub(super) const USUAL: usize = 20;
const ROWING: Rowing = Rowing { usual: USUAL, most: 100 };

/// The result of a call, or the reason why there is none.
pub(super) type Made<T> = std::result::Result<T, String>;

/// Returns an error as a client is told it.
pub(super) fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Returns the message to a call that cannot be answered as it is.
pub(super) fn wrong(message: &str) -> String {
    format!("invalid params: {message}")
}

/// The arguments of a call, each known and of its kind.
pub(super) struct Arguments<'a>(&'a Map<String, Value>);

impl<'a> Arguments<'a> {
    /// Checks the arguments against those that are `known`.
    pub(super) fn read(arguments: &'a Value, known: &[(&str, bool, &str)]) -> Made<Self> {
        let Value::Object(fields) = arguments else { return Err(wrong("arguments are an object")) };
        for (name, value) in fields {
            let Some((_, number, _)) = known.iter().find(|(it, _, _)| it == name) else {
                let names: Vec<&str> = known.iter().map(|(name, _, _)| *name).collect();
                return Err(wrong(&format!(
                    "{name} is no argument of this tool; it takes {}",
                    names.join(", ")
                )));
            };
            let fits = if *number { value.is_i64() || value.is_u64() } else { value.is_string() };
            if !fits {
                let kind = if *number { "a whole number" } else { "a string" };
                return Err(wrong(&format!("{name} is to be {kind}, not {value}")));
            }
        }
        Ok(Self(fields))
    }

    /// Returns a text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty())
    }

    /// Returns a number from 1 on.
    pub(super) fn number(&self, name: &str) -> Made<Option<usize>> {
        let Some(asked) = self.0.get(name) else { return Ok(None) };
        let number = asked.as_u64().and_then(|it| usize::try_from(it).ok()).filter(|it| *it > 0);
        number
            .map(Some)
            .ok_or_else(|| wrong(&format!("{name} is to be a whole number from 1 on, not {asked}")))
    }

    /// Returns the filter, words and page that a call asks for, checked as the query of an address is.
    pub(super) fn asking(&self, takes: &[&str]) -> Made<Asking> {
        let pairs: Vec<(&str, String)> = (self.0.iter())
            .filter(|(name, _)| !["list", "characters"].contains(&name.as_str()))
            .map(|(name, value)| {
                let name = match name.as_str() {
                    "speaker" => "actor",
                    "name" => "text",
                    "words" => "q",
                    name => name,
                };
                (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        asking::asking(pairs, takes, ROWING).map_err(|error| wrong(&error.to_string()))
    }

    /// Returns the most characters that the answer may have.
    pub(super) fn characters(&self) -> Made<usize> {
        let (usual, least, most) = CHARACTERS;
        let Some(asked) = self.0.get("characters") else { return Ok(usual) };
        let number = asked.as_u64().and_then(|it| usize::try_from(it).ok());
        number.filter(|it| (least..=most).contains(it)).ok_or_else(|| {
            wrong(&format!("characters is to be a whole number from {least} to {most}, not {asked}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::catalog::{TOOLS, list};
    use super::*;

    #[test]
    fn arguments_are_checked() {
        let tools = list();
        assert_eq!(tools.len(), 17);
        let known = TOOLS.iter().find(|it| it.0 == "search").unwrap().3;
        assert!(Arguments::read(&json!({ "words": "a", "limit": 3 }), known).is_ok());
        for wrong in [
            json!([]),
            json!({ "word": "a" }),
            json!({ "words": 3 }),
            json!({ "limit": "3" }),
            json!({ "limit": -1 }),
        ] {
            let takes = ["q", "limit"];
            let read = Arguments::read(&wrong, known).and_then(|it| it.asking(&takes));
            assert!(read.is_err_and(|told| told.starts_with("invalid params: ")), "{wrong}");
        }
    }
}
