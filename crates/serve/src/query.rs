use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The most names with values that are read of one query. A form of Readout has a dozen fields.
const PAIRS: usize = 100;

/// The characters that are percent-encoded in a path. Colons are not, since ids have them.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');

/// Encodes `part` as one part of a path.
pub(crate) fn path_part(part: &str) -> String {
    utf8_percent_encode(part, PATH).to_string()
}

/// Names and values, as an address or a form has them, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=b&c=d`; what is more than [`PAIRS`] is left out.
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(text)
                .take(PAIRS)
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// Returns the first value of `name` that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(key, value)| key == name && !value.trim().is_empty());
        values.next().map(|(_, value)| value.trim())
    }

    /// Returns all values of `name` that are not empty.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(key, value)| key == name && !value.trim().is_empty());
        values.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// Returns all values of `name`, also empty ones.
    pub(crate) fn every(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim()).collect()
    }

    /// Returns the query of these names and values; what is more than [`PAIRS`] is left out.
    pub(crate) fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(pairs.into_iter().take(PAIRS).map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// Returns all names and values, in their order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the query with `name` set to `value`, or without it, as `?a=b&c=d`; empty for no pair at all.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        let kept = self.0.iter().filter(|(key, _)| key != name);
        write(kept.map(|(key, it)| (key.as_str(), it.as_str())).chain(value.map(|it| (name, it))))
    }

    /// Returns the query with one more pair, from the first page on.
    pub(crate) fn and(&self, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(key, _)| key != "after");
        write(kept.map(|(key, it)| (key.as_str(), it.as_str())).chain([(name, value)]))
    }

    /// Returns the query without a pair, from the first page on.
    pub(crate) fn without(&self, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(key, it)| key != "after" && !(key == name && it.trim() == value));
        write(kept.map(|(key, it)| (key.as_str(), it.as_str())))
    }
}

fn write<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let mut out = String::new();
    for (key, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        let mark = if out.is_empty() { '?' } else { '&' };
        let encode = |it| utf8_percent_encode(it, PATH);
        let _ = write!(out, "{mark}{}={}", encode(key), encode(value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_and_written() {
        let query = Query::parse(b"q=%22safe+zone%22&kind=&cursor=9&outlet=A%26B");
        assert_eq!(query.get("q"), Some("\"safe zone\""));
        assert_eq!(query.get("kind"), None);
        assert_eq!(query.with("cursor", None), "?q=%22safe%20zone%22&outlet=A%26B");
        assert_eq!(query.with("cursor", Some("1")), "?q=%22safe%20zone%22&outlet=A%26B&cursor=1");
        assert_eq!(query.pairs().nth(2), Some(("cursor", "9")));
        assert_eq!(path_part("doc:1/../\"<"), "doc:1%2F..%2F%22%3C");
    }
}
