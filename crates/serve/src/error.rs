use std::io;
use std::net::SocketAddr;

/// The reason why the record cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The file of the record.
    #[error(transparent)]
    Corpus(#[from] readout::Error),
    /// An address that cannot be listened on.
    #[error("{address}: cannot be listened on: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// An address that other machines reach, without a token.
    #[error("{address} can be reached from other machines: that takes a token")]
    Open {
        /// The address.
        address: SocketAddr,
    },
    /// A token that could be guessed, or that no client can show.
    #[error("a token has at least {least} characters, no blanks, and at least {different} different ones")]
    WeakToken {
        /// The fewest characters that a token may have.
        least: usize,
        /// The fewest different characters that a token may have.
        different: usize,
    },
    /// The system gave no random numbers, or no thread.
    #[error("the system cannot serve: {0}")]
    System(String),
    /// A bundle that cannot be packed.
    #[error("the bundle cannot be packed: {0}")]
    Zip(String),
    /// A name in a filter that means nothing in the file.
    #[error("{0}")]
    Unknown(readout::Unknown),
    /// Reading or writing.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A page that cannot be laid out: a fault of this crate.
    #[error("a page cannot be laid out: {0}")]
    Template(#[from] minijinja::Error),
    /// A value that cannot be written as JSON.
    #[error("cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}
