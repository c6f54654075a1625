//! The record of one file in a browser, by HTTP, for assistants, and as a bundle to hand on.
//!
//! [`Server`] answers with pages and, below `/api/v1`, with JSON; [`mcp`] speaks with an assistant over a pipe;
//! [`bundle`] writes the slice of one story with its passages as a zip file. All of them only lay out what
//! `readout::views` says; none computes anything about the record.
//!
//! What stands in a report is hostile here: no page runs a script or a style that is not this crate's own, every word
//! of a report is escaped, and marks that turn the direction of writing are left out. The server listens on this
//! machine alone unless it is given a token, answers only to names that are its own, and takes corrections only from
//! its own pages.

mod address;
pub mod api;
mod assets;
mod bundle;
mod cache;
mod connections;
mod error;
mod guard;
mod json;
mod layout;
pub mod mcp;
mod options;
mod pages;
mod query;
mod respond;
mod response;
mod server;
mod site;
mod templates;
mod view;
mod words;

pub use bundle::{bundle, record_of_bundle};
pub use error::{Result, ServeError};
pub use options::Options;
pub use server::Server;
