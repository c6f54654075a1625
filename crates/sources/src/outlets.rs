//! Outlets by their addresses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};

static TABLE: ShippedTable = shipped_table!("data/sources/outlets.tsv", ["host", "outlet"], [], ["host"]);

static OUTLETS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| TABLE.rows().map(|row| (row.get("host"), row.get("outlet"))).collect());

/// Returns the host of an address in small letters, or `None` if the address has no host.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// Returns the domains of the outlet called `name`.
pub(crate) fn hosts(name: &str) -> impl Iterator<Item = &'static str> {
    OUTLETS.iter().filter(move |(_, known)| known.eq_ignore_ascii_case(name)).map(|(host, _)| *host)
}

/// Returns the name of the outlet that an address belongs to, if the outlet is a well-known one.
pub(crate) fn of_url(url: &str) -> Option<&'static str> {
    let host = host(url)?;
    // `www.edition.example.co.uk` is looked up whole, then without its first part, and so on.
    let mut host = host.as_str();
    loop {
        if let Some(name) = OUTLETS.get(host) {
            return Some(name);
        }
        host = host.split_once('.')?.1;
    }
}

/// Returns the name of the outlet whose host `words` are, if they are a host, with or without `www`, and well known.
pub(crate) fn of_host(words: &str) -> Option<&'static str> {
    let is_host = words.contains('.') && !words.contains(char::is_whitespace);
    is_host.then(|| of_url(words))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(TABLE.check(), Ok(()));
    }

    #[test]
    fn an_address_names_its_outlet() {
        assert_eq!(of_url("https://www.bbc.co.uk/news/world-1"), Some("BBC"));
        assert_eq!(of_url("http://edition.cnn.com:80/x"), Some("CNN"));
        assert_eq!(of_url("https://notcnn.com/"), None);
        assert_eq!(of_url(""), None);
    }
}
