//! The steps of a check: commands that are run one after the other from the root of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, bail};

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new(".")).to_owned()
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

/// Returns a path as text, for a command's arguments.
///
/// # Errors
/// If the path is not UTF-8.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    Ok(path.to_str().with_context(|| format!("{}: not UTF-8", path.display()))?.to_owned())
}
