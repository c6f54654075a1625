//! `cargo xtask wheel`: builds the Python wheel, installs it into a fresh environment, and tests it there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::steps::{root, step};

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

/// Checks the crate, then builds and tests the wheel. Without Python, or without the packages that are needed, it says so and builds nothing.
#[expect(clippy::print_stdout, reason = "whoever waits for the checks wants to see what was left out")]
pub(crate) fn run() -> anyhow::Result<()> {
    step("cargo", &["fmt", "--manifest-path", MANIFEST, "--check"], &[])?;
    let lints = ["clippy", "--manifest-path", MANIFEST, "--target-dir", BUILT, "--quiet", "--locked"];
    step("cargo", &[&lints[..], &["--", "--deny", "warnings"]].concat(), &[])?;
    let folder = root().join("target/wheel");
    let tools = folder.join("tools");
    if !tools.join("bin/maturin").is_file() && !environment(&tools, &[MATURIN])? {
        println!("\n== skipped: the wheel, since there is no Python with venv and pip, or no package index");
        return Ok(());
    }
    let dist = folder.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let build = ["build", "--profile", "dev", "--locked", "--manifest-path", MANIFEST];
    let build = [&build[..], &["--target-dir", BUILT, "--out", "target/wheel/dist"]].concat();
    step(&text(&tools.join("bin/maturin"))?, &build, &[])?;
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

/// Makes a fresh environment with `packages`. Returns `false` if there is no Python or a package cannot be had.
fn environment(folder: &Path, packages: &[&str]) -> anyhow::Result<bool> {
    let made = Command::new("python3").args(["-m", "venv", &text(folder)?]).status();
    Ok(made.is_ok_and(|status| status.success()) && install(folder, packages)?)
}

/// Installs `packages` into an environment. Returns `false` if one cannot be had.
fn install(folder: &Path, packages: &[&str]) -> anyhow::Result<bool> {
    let status = Command::new(folder.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"])
        .args(packages)
        .current_dir(root())
        .status()
        .context("pip cannot be started")?;
    Ok(status.success())
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

fn text(path: &Path) -> anyhow::Result<String> {
    Ok(path.to_str().with_context(|| format!("{}: not UTF-8", path.display()))?.to_owned())
}
