//! The Python wheel: built, installed into a fresh environment, and tested there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::packages::{environment, install, install_tool, tools};
use crate::steps::{root, step, text};

/// The version of maturin that builds the wheel.
const MATURIN: &str = "maturin==1.16.0";
/// The packages that the tests of the wheel open its tables with.
const PACKAGES: &str = "crates/python/tests/requirements.txt";
/// The packages of a Spark Connect client and a server for it.
const ENGINE: &str = "crates/python/tests/requirements-spark.txt";

/// The manifest of the crate, which is a workspace of its own.
const MANIFEST: &str = "crates/python/Cargo.toml";
/// The folder of what is built of it.
const BUILT: &str = "target/wheel/build";

/// Checks the crate, then builds and tests the wheel. Without Python, or without the packages that are needed, it says so
/// and builds nothing.
#[expect(clippy::print_stdout, reason = "whoever waits for the checks wants to see what was left out")]
pub(crate) fn run() -> anyhow::Result<()> {
    step("cargo", &["fmt", "--manifest-path", MANIFEST, "--check"], &[])?;
    let lints = ["clippy", "--manifest-path", MANIFEST, "--target-dir", BUILT, "--quiet", "--locked"];
    step("cargo", &[&lints[..], &["--", "--deny", "warnings"]].concat(), &[])?;
    let folder = root().join("target/wheel");
    let maturin = tools().join("bin/maturin");
    if !maturin.is_file() && !install_tool(MATURIN)? {
        println!("\n== skipped: the wheel, since there is no Python with venv and pip, or no package index");
        return Ok(());
    }
    let dist = folder.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let build = ["build", "--profile", "dev", "--locked", "--manifest-path", MANIFEST];
    let build = [&build[..], &["--target-dir", BUILT, "--out", "target/wheel/dist"]].concat();
    step(&text(&maturin)?, &build, &[])?;
    let wheel = wheel_in(&dist)?;
    let fresh = folder.join("fresh");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    if !environment(&fresh, &[&text(&wheel)?, "-r", PACKAGES])? {
        println!("\n== skipped: the tests of the wheel, since the packages of {PACKAGES} cannot be had");
        return Ok(());
    }
    let python = text(&fresh.join("bin/python"))?;
    step(&python, &["crates/python/tests/check.py"], &[])?;
    if !install(&fresh, &["-r", ENGINE])? {
        println!("\n== skipped: the wheel on Sail, since the packages of {ENGINE} cannot be had");
        return Ok(());
    }
    step(&python, &["crates/python/tests/engines.py"], &[])
}

/// Returns the one wheel in `folder`.
fn wheel_in(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut wheels: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{}: no wheel was built", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "whl"))
        .collect();
    match (wheels.pop(), wheels.is_empty()) {
        (Some(wheel), true) => Ok(wheel),
        _ => bail!("{}: one wheel was expected", folder.display()),
    }
}
