//! The addresses of pages.

use std::fmt::Write as _;

use readout::record::Kind;
use readout::views::Citation;

use crate::query::{Query, path_part};

/// The most spans that an address marks, so that no address is too long for a browser.
const SPANS: usize = 16;

/// Returns the address of what has the id `id`.
pub(crate) fn address(id: &str) -> String {
    let prefix = id.split_once(':').map(|(prefix, _)| prefix);
    // Ids of actors begin with their sort.
    let kind = Kind::ALL.into_iter().find(|kind| prefix.is_some() && kind.id_prefix() == prefix);
    let folder = match kind {
        None | Some(Kind::Actor | Kind::Correction) => "actors",
        Some(Kind::Document) => "documents",
        Some(Kind::Story) => "stories",
        Some(Kind::Quote) => "quotes",
        Some(Kind::Happening) => "happenings",
        Some(_) => "records",
    };
    let mut address = String::new();
    let _ = write!(address, "/{folder}/{}", path_part(id));
    address
}

/// Returns the address of the page of `id`: of a record of one report the record itself.
pub(crate) fn any(id: &str) -> String {
    let own = record_address(id);
    if own.is_empty() { address(id) } else { own }
}

/// Returns the address of the record `id` itself; empty for what is no record of one report.
pub(crate) fn record_address(id: &str) -> String {
    let kind = id.split_once(':').and_then(|(kind, _)| Kind::from_name(kind));
    if kind.is_some_and(Kind::is_passage) { format!("/records/{}", path_part(id)) } else { String::new() }
}

/// Returns the address of a passage: the report, opened at the words.
pub(crate) fn passage_of(it: &Citation) -> String {
    if !record_address(&it.id).is_empty() {
        return in_report(&it.doc, &it.id);
    }
    let spans: Vec<String> =
        it.spans.iter().take(SPANS).map(|span| format!("{}-{}", span.start, span.end)).collect();
    match spans.is_empty() {
        true => address(&it.doc),
        false => format!("{}?spans={}#here", address(&it.doc), spans.join(",")),
    }
}

/// The addresses to which links lead.
pub(crate) trait Addresses {
    /// Returns the address of what has the id `id`.
    fn of(&self, id: &str) -> String;
    /// Returns the address of a passage.
    fn passage(&self, it: &Citation) -> String;
}

/// On the pages of this server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnPages;

impl Addresses for OwnPages {
    fn of(&self, id: &str) -> String {
        address(id)
    }

    fn passage(&self, it: &Citation) -> String {
        passage_of(it)
    }
}

/// Returns the address of a record in its report.
pub(crate) fn in_report(doc: &str, id: &str) -> String {
    match record_address(id).is_empty() {
        true => address(doc),
        false => format!("{}{}#here", address(doc), Query::default().with("record", Some(id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_an_address() {
        assert_eq!(address("doc:0a"), "/documents/doc:0a");
        assert_eq!(address("unnamed:doc:0a:1"), "/actors/unnamed:doc:0a:1");
        assert_eq!(address("meeting:1"), "/records/meeting:1");
    }
}
