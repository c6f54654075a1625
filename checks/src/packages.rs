//! Packages of Python's index, each set in an environment of its own below `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::steps::{root, text};

/// Returns the environment of the tools that checks run.
pub(crate) fn tools() -> PathBuf {
    root().join("target/checks/tools")
}

/// Installs a tool. Returns `false` if there is no Python with venv and pip, or the package cannot be had.
pub(crate) fn install_tool(package: &str) -> anyhow::Result<bool> {
    let folder = tools();
    if folder.join("bin/python").is_file() {
        install(&folder, &[package])
    } else {
        environment(&folder, &[package])
    }
}

/// Makes a fresh environment with `packages`. Returns `false` if there is no Python or a package cannot be had.
pub(crate) fn environment(folder: &Path, packages: &[&str]) -> anyhow::Result<bool> {
    let made = Command::new("python3").args(["-m", "venv", &text(folder)?]).status();
    Ok(made.is_ok_and(|status| status.success()) && install(folder, packages)?)
}

/// Installs `packages` into an environment. Returns `false` if one cannot be had.
pub(crate) fn install(folder: &Path, packages: &[&str]) -> anyhow::Result<bool> {
    let status = Command::new(folder.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"])
        .args(packages)
        .current_dir(root())
        .status()
        .context("pip cannot be started")?;
    Ok(status.success())
}
