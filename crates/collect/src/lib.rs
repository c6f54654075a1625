//! Feeds, sitemaps and pages over HTTP(S), fetched politely and kept as captures.
//!
//! A [`Collector`] has a folder of captures. [`Collector::round`] asks each address once: a feed or a sitemap for what it
//! names, and what it names for pages that were not fetched before. Every answer is written to a WARC file of the round, with
//! its time, its address and its SHA-256, before anything else is done with it, so that reading the folder gives the same
//! reports at any time, and a run that is cut short loses nothing. A log beside the files says what was asked when.
//!
//! `robots.txt` is kept to; a host is asked once in a while, and no more in a round where it answers that it is busy;
//! what did not change is not sent again (`ETag`, `Last-Modified`). Answers are limited in size and time. Addresses of
//! private networks are refused unless the caller allows them: in an address, behind a name, and after a redirect.
//!
//! This is the only room beside `readout-model` that reaches the network.

mod address;
mod archive;
mod client;
mod clock;
mod error;
mod folder;
mod log;
mod options;
mod robots;
mod round;

pub use error::CollectError;
pub use folder::FolderState;
pub use options::CollectOptions;
pub use round::{Collector, Round, Step};
