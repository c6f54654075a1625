use std::io;
use std::net::SocketAddr;

/// The result of the functions of this crate.
pub type Result<T> = std::result::Result<T, ServeError>;

/// The reason why the record cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The file of the record.
    #[error(transparent)]
    Corpus(#[from] readout::Error),
    /// An address that cannot be listened on.
    #[error("{address}: cannot be listened on: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The reason.
        source: io::Error,
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
    /// No random numbers, from which the server makes its secrets.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// No threads to answer on.
    #[error("the system gives no threads: {0}")]
    Threads(#[source] io::Error),
    /// An answer or a correction that did not come to its end, since the server stops or met a fault of its own.
    #[error("{what} was cut short")]
    CutShort {
        /// The name of the thing without its end.
        what: &'static str,
    },
    /// A bundle that cannot be packed.
    #[error("the bundle cannot be packed: {0}")]
    Zip(#[from] zip::result::ZipError),
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

impl ServeError {
    /// Returns what may help; `None` if nothing that is known does.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Corpus(error) => error.hint(),
            Self::Listen { .. } => Some("another program may listen there: choose another port with --port"),
            Self::Open { .. } => Some("give one with --token, or listen on this machine alone"),
            _ => None,
        }
    }
}
