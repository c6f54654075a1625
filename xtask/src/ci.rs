//! `cargo xtask ci`: everything that must hold before a change lands. `.ci/run` calls it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, bail};

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

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new(".")).to_owned()
}

/// Whether `cargo` finds a command of this name.
fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs one command from the root of the repository and prints how long it took.
#[expect(clippy::print_stdout, reason = "whoever waits for the checks wants to see them go by")]
#[expect(clippy::disallowed_methods, reason = "times of checks are shown, nothing is made of them")]
pub(crate) fn step(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<()> {
    let told = format!("{program} {}", arguments.join(" "));
    println!("\n== {told}");
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root())
        .status()
        .with_context(|| format!("{program} cannot be started"))?;
    if !status.success() {
        bail!("{told}: {status}");
    }
    println!("== {} s", started.elapsed().as_secs());
    Ok(())
}
