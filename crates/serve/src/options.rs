use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// The options of a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file of the record.
    pub file: PathBuf,
    /// The address to listen on. An address that other machines reach takes a token.
    pub address: SocketAddr,
    /// The token that a client must show, as `Bearer` token or as the password of a browser's prompt.
    pub token: Option<String>,
    /// Names by which this server may be called, besides `localhost` and addresses in digits.
    pub hosts: Vec<String>,
}

impl Options {
    /// Serves `file` on this machine alone, at a port that is free.
    pub fn new(file: PathBuf) -> Self {
        Self {
            file,
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            token: None,
            hosts: Vec::new(),
        }
    }
}
