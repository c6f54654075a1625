//! `cargo xtask ci`: everything that must hold before a change lands. `.ci/run` calls it.

use std::process::Command;

use crate::steps::step;

/// The version of cargo-deny that is fetched where the machine has none.
const DENY: &str = "0.20.2";

/// Runs every check in turn, the quick ones first, and stops at the first that fails.
pub(crate) fn run() -> anyhow::Result<()> {
    step("cargo", &["fmt", "--all", "--check"], &[])?;
    step("cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"], &[])?;
    step("cargo", &["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "--deny warnings")])?;
    if !is_there("cargo-deny") {
        step("cargo", &["install", "cargo-deny", "--locked", "--quiet", "--version", DENY], &[])?;
    }
    // What is known of weaknesses is looked up over the network, by whoever has it: `cargo deny check advisories`.
    step("cargo", &["deny", "check", "bans", "licenses", "sources"], &[])?;
    // The test command of the README.
    step("cargo", &["test", "--workspace"], &[])?;
    crate::wheel::run()
}

/// Whether `cargo` finds a command of this name.
fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}
