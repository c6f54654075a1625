//! One question at a time: redirects, `robots.txt`, pauses and limits.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use crate::error::CollectError;
use crate::options::CollectOptions;
use crate::robots::{self, Robots};
use crate::{address, clock};

/// Asks hosts, each after a pause, as their `robots.txt` allows.
pub(crate) struct Client {
    agent: Agent,
    options: CollectOptions,
    hosts: BTreeMap<String, Host>,
}

/// A host, as scheme, name and port.
#[derive(Default)]
struct Host {
    robots: Option<Robots>,
    /// The end of its last answer.
    last: Option<Instant>,
    /// The reason why it is asked no more in this round.
    closed: Option<String>,
}

/// The marks by which a host tells whether something changed since it was asked last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// An answer of status 200.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The address that answered, after redirects.
    pub(crate) url: Url,
    /// The head, as names and values in the order of the answer, without what concerns the connection.
    pub(crate) head: Vec<(String, String)>,
    /// The media type in small letters, without parameters; empty if there is none.
    pub(crate) kind: String,
    pub(crate) marks: Marks,
    /// The content, unpacked.
    pub(crate) bytes: Vec<u8>,
}

/// What came of a question.
#[derive(Debug)]
pub(crate) enum Outcome {
    Answer(Box<Answer>),
    /// Nothing changed since the marks that were sent.
    Unchanged,
    /// The host will say the same next time, or the answer is nothing that is kept.
    Refused(String),
    /// The question may be answered in another round.
    Failed(String),
}

impl Client {
    pub(crate) fn new(options: &CollectOptions) -> Result<Self, CollectError> {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let contact = options.contact.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
        let name = format!("{}/{}{contact}", robots::NAME, env!("CARGO_PKG_VERSION"));
        if !name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(CollectError::Client("the words for the hosts are to be plain letters".to_owned()));
        }
        let config = Config::builder()
            .tls_config(tls)
            // A proxy would resolve names by itself, where private addresses cannot be kept out.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(options.timeout))
            .user_agent(name)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5")
            .build();
        let resolver = PublicNames { private: options.private, system: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Ok(Self { agent, options: options.clone(), hosts: BTreeMap::new() })
    }

    /// Forgets what hosts said in the round before: rules are read anew, and closed hosts are asked again.
    pub(crate) fn start_round(&mut self) {
        for host in self.hosts.values_mut() {
            host.robots = None;
            host.closed = None;
        }
    }

    /// Returns how long the host of `url` is not to be asked yet.
    pub(crate) fn left_to_wait(&self, url: &Url) -> Duration {
        let Some(host) = self.hosts.get(&name_of(url)) else { return Duration::ZERO };
        let asked = host.robots.as_ref().and_then(|robots| robots.pause).unwrap_or_default();
        let pause = asked.min(self.options.max_pause).max(self.options.pause);
        host.last.map_or(Duration::ZERO, |last| pause.saturating_sub(last.elapsed()))
    }

    /// Asks for what is at `url`, and follows redirects. `wanted` tells of a media type whether it is to be kept.
    pub(crate) fn ask(&mut self, url: &Url, marks: &Marks, wanted: &dyn Fn(&str) -> bool) -> Outcome {
        let mut url = url.clone();
        for _ in 0..=self.options.max_redirects {
            if let Err(outcome) = self.allowed(&url) {
                return outcome;
            }
            let answer = match self.ask_host(&url, marks) {
                Ok(answer) => answer,
                Err(outcome) => return outcome,
            };
            let status = answer.status().as_u16();
            match status {
                200 => return self.answer(url, answer, wanted),
                304 => return Outcome::Unchanged,
                301 | 302 | 303 | 307 | 308 => {
                    let Some(to) = header(answer.headers(), "location") else {
                        return Outcome::Refused(format!("answered with status {status}, and no address"));
                    };
                    match address::join(&url, &to, self.options.private) {
                        Ok(to) => url = to,
                        Err(why) => return Outcome::Refused(format!("redirects to {to}, which {why}")),
                    }
                }
                429 | 503 => {
                    let why = "the host is busy, and asked no more in this round".to_owned();
                    self.host(&url).closed = Some(why.clone());
                    return Outcome::Failed(why);
                }
                500.. => return Outcome::Failed(format!("answered with status {status}")),
                _ => return Outcome::Refused(format!("answered with status {status}")),
            }
        }
        Outcome::Refused(format!("more than {} redirects", self.options.max_redirects))
    }

    /// Asks `robots.txt` whether `url` may be asked. The error is what is told if not.
    fn allowed(&mut self, url: &Url) -> Result<(), Outcome> {
        if let Some(why) = &self.host(url).closed {
            return Err(Outcome::Failed(why.clone()));
        }
        if self.host(url).robots.is_none() {
            let robots = self.robots(url)?;
            self.host(url).robots = Some(robots);
        }
        let path = &url[url::Position::BeforePath..];
        let allowed = self.host(url).robots.as_ref().is_none_or(|robots| robots.allows(path));
        if allowed { Ok(()) } else { Err(Outcome::Failed("robots.txt of the host forbids it".to_owned())) }
    }

    /// Fetches the rules of a host. A host that has none allows everything, one that cannot tell them nothing.
    fn robots(&mut self, url: &Url) -> Result<Robots, Outcome> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Robots::closed()) };
        let mut left = self.options.max_redirects;
        loop {
            let answer = match self.ask_host(&at, &Marks::default()) {
                Ok(answer) => answer,
                Err(outcome) => {
                    if let Outcome::Failed(why) = &outcome {
                        self.host(url).closed = Some(why.clone());
                    }
                    return Err(outcome);
                }
            };
            return Ok(match answer.status().as_u16() {
                200 => {
                    let mut bytes = Vec::new();
                    let read =
                        answer.into_body().into_reader().take(robots::MOST as u64).read_to_end(&mut bytes);
                    if read.is_ok() { Robots::read(&bytes) } else { Robots::closed() }
                }
                301 | 302 | 303 | 307 | 308 => {
                    let to = header(answer.headers(), "location");
                    match to.and_then(|to| address::join(&at, &to, self.options.private).ok()) {
                        Some(to) if left > 0 => {
                            left -= 1;
                            at = to;
                            continue;
                        }
                        _ => Robots::default(),
                    }
                }
                429 | 500.. => {
                    let why = "the host does not tell its robots.txt".to_owned();
                    self.host(url).closed = Some(why.clone());
                    return Err(Outcome::Failed(why));
                }
                _ => Robots::default(),
            });
        }
    }

    fn host(&mut self, url: &Url) -> &mut Host {
        self.hosts.entry(name_of(url)).or_default()
    }

    /// Asks a host once, after its pause.
    fn ask_host(&mut self, url: &Url, marks: &Marks) -> Result<ureq::http::Response<Body>, Outcome> {
        thread::sleep(self.left_to_wait(url));
        let mut question = self.agent.get(url.as_str());
        for (name, value) in [("If-None-Match", &marks.etag), ("If-Modified-Since", &marks.modified)] {
            if let Some(value) = value {
                question = question.header(name, value);
            }
        }
        let answer = question.call();
        self.host(url).last = Some(clock::instant());
        answer.map_err(|error| Outcome::Failed(self.reason(&error)))
    }

    fn reason(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(_) => format!("took longer than {} seconds", self.options.timeout.as_secs()),
            ureq::Error::HostNotFound => "the host was not found".to_owned(),
            ureq::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        }
    }

    /// Reads an answer of status 200.
    fn answer(&self, url: Url, answer: ureq::http::Response<Body>, wanted: &dyn Fn(&str) -> bool) -> Outcome {
        let head: Vec<(String, String)> = answer
            .headers()
            .iter()
            .filter(|(name, _)| !OF_CONNECTION.contains(&name.as_str()))
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let kind = header(answer.headers(), "content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !wanted(&kind) {
            return Outcome::Refused(format!("is of the kind {kind:?}, which holds no report"));
        }
        let marks = Marks {
            etag: header(answer.headers(), "etag"),
            modified: header(answer.headers(), "last-modified"),
        };
        let limit = self.options.max_bytes;
        let mut bytes = Vec::new();
        match answer.into_body().into_reader().take(limit + 1).read_to_end(&mut bytes) {
            Err(error) => {
                Outcome::Failed(match error.get_ref().and_then(|it| it.downcast_ref::<ureq::Error>()) {
                    Some(error) => self.reason(error),
                    None => format!("broke off ({error})"),
                })
            }
            Ok(_) if bytes.len() as u64 > limit => {
                Outcome::Refused(format!("larger than {} MB, the limit for one answer", limit >> 20))
            }
            Ok(_) => Outcome::Answer(Box::new(Answer { url, head, kind, marks, bytes })),
        }
    }
}

/// Headers that concern the connection, or how the content was packed for it, or the one who asked.
const OF_CONNECTION: [&str; 9] = [
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-encoding",
    "content-length",
    "trailer",
    "upgrade",
    "set-cookie",
    "alt-svc",
];

fn header(head: &HeaderMap, name: &str) -> Option<String> {
    head.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Returns the scheme, name and port of the host of an address.
pub(crate) fn name_of(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}

/// Finds the addresses of names, and leaves out those of private networks.
///
/// What is connected to is what was checked, so that a name cannot change its address in between.
#[derive(Debug)]
struct PublicNames {
    private: bool,
    system: DefaultResolver,
}

impl Resolver for PublicNames {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for socket in found.iter().filter(|socket| self.private || address::is_public(socket.ip())) {
            kept.push(*socket);
        }
        if kept.is_empty() { Err(io::Error::other(address::PRIVATE).into()) } else { Ok(kept) }
    }
}
