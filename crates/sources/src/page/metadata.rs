//! The metadata of a page, from JSON-LD, Open Graph, `meta`, mark-up, and the text that a reader sees.
//!
//! The signs are weighed by how well they agree: a headline that both the page's `title` and its `h1` have is the
//! headline; a name in a by-line is an author unless it is the site's own. If no signs agree, the field is empty.

use trafilatura::dom::Document;

use super::live::Updates;
use super::published::{self, Published};
use super::signs::Signs;
use super::{authors, title};
use crate::outlets;

/// The metadata of a page. A field is empty if its signs are missing or contradict each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Published,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// The updates of a live page.
    pub(super) live: Updates,
}

/// Reads the metadata of a page.
pub(super) fn find(page: &Document, html: &str, url: Option<&str>) -> Metadata {
    let signs = Signs::read(page, html, url);
    let known = signs.url.as_deref().and_then(outlets::of_url).map(str::to_owned);
    let title = title::find(&signs);
    Metadata {
        authors: authors::find(&signs),
        published: published::find(&signs, title.as_deref()),
        live: Updates::find(&signs),
        outlet: known.or_else(|| signs.site.clone()),
        title,
        url: signs.url,
        language: signs.language,
    }
}
