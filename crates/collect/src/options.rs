//! Limits and manners of fetching.

use std::time::Duration;

/// Limits and manners of fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectOptions {
    /// The time between two questions to one host. A host that asks for more in its `robots.txt` gets it, up to
    /// `max_pause`.
    pub pause: Duration,
    /// The longest time between two questions to one host.
    pub max_pause: Duration,
    /// The longest time that one answer may take, from the name to the last byte.
    pub timeout: Duration,
    /// The largest answer, unpacked, in bytes.
    pub max_bytes: u64,
    /// The most bytes that a round keeps.
    pub max_round_bytes: u64,
    /// The most pages of a round. The rest is left to the next one.
    pub max_pages: usize,
    /// The most sitemaps of a round that other sitemaps name.
    pub max_sitemaps: usize,
    /// The most redirects of one question.
    pub max_redirects: usize,
    /// Whether addresses of this machine and of private networks may be asked.
    pub private: bool,
    /// True if the items of feeds are reports themselves, so that the pages they name are not fetched.
    pub items: bool,
    /// The first day of pages that are fetched, as `2016-09-05`. Pages whose day is not told are fetched.
    pub since: Option<String>,
    /// Words that tell the hosts who asks, such as an address for complaints.
    pub contact: Option<String>,
}

impl Default for CollectOptions {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(2),
            max_pause: Duration::from_mins(5),
            timeout: Duration::from_secs(30),
            max_bytes: 16 << 20,
            max_round_bytes: 1 << 30,
            max_pages: 500,
            max_sitemaps: 50,
            max_redirects: 5,
            private: false,
            items: false,
            since: None,
            contact: None,
        }
    }
}
