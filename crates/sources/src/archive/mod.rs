//! Files that hold other files: archives, crawls, mailboxes and messages.

mod http;
pub(crate) mod mail;
pub(crate) mod mailbox;
mod passed;
pub(crate) mod wacz;
pub(crate) mod warc;
mod warc_input;
pub(crate) mod zipped;
