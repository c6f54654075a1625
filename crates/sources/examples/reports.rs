//! Prints what reports become: `cargo run -p readout-sources --example reports -- PATH…`.

#![allow(clippy::print_stdout)]

use readout_sources::{Captured, Options, read};

fn main() {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    for captured in read(&paths, &Options::default()) {
        match captured {
            Captured::Trouble(trouble) => println!("! {}: {}\n", trouble.note.about, trouble.note.message),
            Captured::Document(mut document) => {
                let text = std::mem::take(&mut document.text);
                let dropped = std::mem::take(&mut document.dropped);
                println!("{document:#?}");
                println!("{text}\n");
                for passage in dropped {
                    println!("- {:?} at {}: {}", passage.reason, passage.at, passage.text);
                }
                println!();
            }
        }
    }
}
