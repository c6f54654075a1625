//! Fields of a source that give its day of publication: keys of a JSON row or of front matter.

use readout_record::{Document, PublishedFrom};

use crate::dates::{self, Usage};
use crate::keys;

/// Keys that give the day of publication, without `_` and `-` and in small letters; the surest first.
const DATES: &[&str] = &[
    "date",
    "published",
    "datepublished",
    "publishedat",
    "publisheddate",
    "publishedon",
    "publishedtime",
    "publishdate",
    "publishedtimestamp",
    "publicationdate",
    "datepublish",
    "pubdate",
    "publishtime",
    "publishat",
    "firstpublished",
    "dateposted",
    "postedat",
    "createdat",
    "publishingdate",
    "webpublicationdate",
    "dategmt",
    "publicationdatetime",
    "publisheddatetime",
    "firstpublishedat",
    "firstcreated",
    "versioncreated",
    "contentcreated",
    "datum",
];

/// Returns the index of a key in `DATES`.
pub(crate) fn date_key(key: &str) -> Option<usize> {
    let plain = keys::plain_key(key);
    DATES.iter().position(|known| plain == *known)
}

/// Takes the day of publication from the first of `dates` (place, key, words) that can be read.
///
/// The others stay in `other`. If none can be read, a note gives the words of the first.
pub(crate) fn date(
    mut dates: Vec<(usize, String, String)>,
    usage: Option<&Usage>,
    document: &mut Document,
    mend: &mut dyn FnMut(&str),
) {
    dates.sort();
    let by_outlet = dates::usage_of(document.url.as_deref(), document.outlet.as_deref());
    let usage = usage.or(by_outlet.as_ref());
    let read = dates.iter().find_map(|(_, key, words)| Some((key, dates::given(words, usage).ok()?)));
    match (read, dates.first()) {
        (Some((key, given)), _) => {
            document.other.remove(key);
            document.published = Some(given.date);
            document.published_from = Some(PublishedFrom::Metadata);
            if let Some(why) = given.why {
                mend(&why);
            }
        }
        (None, Some((_, _, words))) => {
            if let Err(unread) = dates::given(words, usage) {
                mend(&unread.note(words));
            }
        }
        (None, None) => {}
    }
}
