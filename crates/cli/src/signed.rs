//! Who makes an entry in the log, and why.

use std::time::SystemTime;

use clap::Args;
use readout::Signature;

/// The name and reason that go into the log with an entry.
#[derive(Args, Debug, Default)]
pub(crate) struct Signed {
    /// Who says so: a name or sign, for the log
    #[arg(long, env = "READOUT_CODER", value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Why, for the log
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: Option<String>,
}

impl Signed {
    /// Returns the signature of this moment.
    pub(crate) fn signature(&self) -> Signature {
        now().by(self.by.as_deref(), self.reason.as_deref())
    }
}

/// Returns the signature of this moment, without a name.
#[expect(
    clippy::disallowed_methods,
    reason = "the log says when a run was; nothing that is read depends on it"
)]
pub(crate) fn now() -> Signature {
    Signature::at(SystemTime::now())
}
