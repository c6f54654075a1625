//! The `readout` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(readout_cli::run(std::env::args_os()))
}
