//! `.ci/run`: everything that must hold before a change lands. `.ci/run wheel` builds and tests the Python wheel alone.

mod packages;
mod steps;
mod wheel;

use std::process::Command;

use anyhow::bail;

use crate::steps::step;

/// The version of cargo-deny that is fetched where the machine has none.
const DENY: &str = "0.20.2";

fn main() -> anyhow::Result<()> {
    match std::env::args().nth(1).as_deref() {
        None => check_all(),
        Some("wheel") => wheel::run(),
        Some(other) => bail!("unknown check {other}\nusage: .ci/run [wheel]"),
    }
}

/// Runs every check in turn, the quick ones first, and stops at the first that fails.
fn check_all() -> anyhow::Result<()> {
    step("cargo", &["fmt", "--all", "--check"], &[])?;
    step("cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"], &[])?;
    step("cargo", &["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "--deny warnings")])?;
    check_dependencies()?;
    // The test command of the README.
    step("cargo", &["test", "--workspace"], &[])?;
    wheel::run()
}

/// Checks bans, licences and sources of all dependencies with cargo-deny, which is built where the machine has none.
fn check_dependencies() -> anyhow::Result<()> {
    if !is_there("cargo-deny") {
        step("cargo", &["install", "cargo-deny", "--locked", "--quiet", "--version", DENY], &[])?;
    }
    // What is known of weaknesses is looked up over the network, by whoever has it: `cargo deny check advisories`.
    step("cargo", &["deny", "check", "bans", "licenses", "sources"], &[])
}

/// Whether a program of this name is there and runs.
fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}
