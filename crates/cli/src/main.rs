//! The `readout` command.

fn main() {}
