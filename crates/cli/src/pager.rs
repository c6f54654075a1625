//! Long pages on a terminal, shown by the user's pager.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

use anstream::ColorChoice;

/// The pager where the user names none, and what it is told: show colours, and end at once what fits on the screen.
const USUAL: &str = "less";
const LESS: &str = "FRX";

/// Writes `text` to standard output: through a pager if that is a terminal with fewer lines. The pager is the one of
/// `READOUT_PAGER` or `PAGER`; an empty name, or `cat`, means none.
pub(crate) fn write(text: &str) -> io::Result<()> {
    let screen = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
    let named = ["READOUT_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let named = named.unwrap_or_else(|| USUAL.to_owned());
    let mut words = named.split_whitespace();
    let program = words.next().filter(|it| *it != "cat");
    let long = io::stdout().is_terminal() && text.lines().count() >= screen;
    if let (true, Some(program)) = (long, program) {
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        // Where there is no such program, the page is simply written.
        if let Ok(mut pager) = command.spawn() {
            if let Some(mut input) = pager.stdin.take() {
                let plain = anstream::AutoStream::choice(&io::stdout()) == ColorChoice::Never;
                let stripped = plain.then(|| anstream::adapter::strip_str(text).to_string());
                // Whoever leaves the pager has seen enough.
                let _ = input.write_all(stripped.as_deref().unwrap_or(text).as_bytes());
            }
            return pager.wait().map(drop);
        }
    }
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
