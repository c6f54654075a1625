//! The state that all answers share.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::response::Response;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::address::OwnPages;
use crate::cache::Cache;
use crate::connections::Connections;
use crate::options::Options;
use crate::response::Answer;
use crate::{Result, templates};

/// The state that all answers share.
pub(crate) struct Site {
    pub(crate) connections: Connections,
    pub(crate) templates: minijinja::Environment<'static>,
    pub(crate) cache: Mutex<Cache>,
    pub(crate) hosts: Vec<String>,
    /// The hash of the token that clients must show.
    token: Option<[u8; 32]>,
    /// Wrong tokens that came since the last right one.
    failures: AtomicU32,
    /// A secret of this process, from which the seals in its forms are made.
    secret: [u8; 32],
}

impl Site {
    pub(crate) fn open(options: Options) -> Result<Self> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        Ok(Self {
            connections: Connections::open(options.file)?,
            templates: templates::templates(OwnPages)?,
            cache: Mutex::new(Cache::default()),
            hosts: options.hosts.iter().map(|it| it.to_ascii_lowercase()).collect(),
            token: options.token.map(|it| Sha256::digest(it.as_bytes()).into()),
            failures: AtomicU32::new(0),
            secret,
        })
    }

    /// Returns `answer` as it is sent, with its entity tag. One with forms brings the cookie that goes with them.
    pub(crate) fn send(&self, answer: Answer, tag: Option<&str>) -> Response {
        let cookie = format!("readout={}; HttpOnly; SameSite=Strict; Path=/", self.seal("cookie"));
        answer.into_response(tag, Some(&cookie))
    }

    /// Whether clients need a token.
    pub(crate) const fn wants_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whether `shown` is the token. Takes the same time whatever is shown, but for its length.
    pub(crate) fn is_token(&self, shown: &str) -> bool {
        let shown: [u8; 32] = Sha256::digest(shown.as_bytes()).into();
        let right = self.token.is_some_and(|token| bool::from(token.ct_eq(&shown)));
        if right {
            self.failures.store(0, Ordering::Relaxed);
        }
        right
    }

    /// Counts a wrong token, and returns how many came since the last right one.
    pub(crate) fn count_failure(&self) -> u32 {
        let before = self.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_add(1));
        before.map_or(u32::MAX, |it| it + 1)
    }

    /// Returns a secret of this process for one `purpose`, in hexadecimal digits.
    pub(crate) fn seal(&self, purpose: &str) -> String {
        // A fixed-size secret before the purpose, which is ours: nothing can be appended.
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(purpose.as_bytes());
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether `shown` is the seal for `purpose`, in the same time whatever is shown.
    pub(crate) fn is_seal(&self, purpose: &str, shown: &str) -> bool {
        self.seal(purpose).as_bytes().ct_eq(shown.as_bytes()).into()
    }
}
