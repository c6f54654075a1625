//! The speed of a stage, for the person at the terminal.

use std::io::Write as _;

/// Counts tokens and the seconds that a stage takes over them.
#[derive(Default)]
pub(crate) struct Pace {
    seconds: f64,
    tokens: u64,
}

impl Pace {
    /// Runs `work`, which reads `tokens` tokens, and adds the time it took.
    pub(crate) fn of<T>(&mut self, tokens: u32, work: impl FnOnce() -> T) -> T {
        #[expect(
            clippy::disallowed_methods,
            reason = "how quick it was goes to the person, not to the record"
        )]
        let started = std::time::Instant::now();
        let done = work();
        self.seconds += started.elapsed().as_secs_f64();
        self.tokens += u64::from(tokens);
        done
    }

    /// Writes the tokens and the tokens per second to standard error.
    ///
    /// # Errors
    /// When standard error is closed.
    pub(crate) fn tell(&self) -> std::io::Result<()> {
        let Self { seconds, tokens } = self;
        writeln!(std::io::stderr(), "{tokens} tokens, {:.0} tokens a second", *tokens as f64 / seconds)
    }
}
