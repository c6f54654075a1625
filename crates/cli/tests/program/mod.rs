//! The program as tests run it.

use std::process::{Command, Output};

use tempfile::TempDir;

/// Returns the program, to be run in `folder` without settings of the environment.
pub(crate) fn readout(folder: &TempDir) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("readout"));
    command
        .current_dir(folder.path())
        .env_remove("READOUT_FILE")
        .env_remove("READOUT_MODEL")
        .env_remove("READOUT_KNOWLEDGE");
    command
}

/// Runs the program in `folder` to its end.
pub(crate) fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    readout(folder).args(arguments).output().unwrap()
}

/// Returns what the program wrote to standard output.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns what it wrote to standard error.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
