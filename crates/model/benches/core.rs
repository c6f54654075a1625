//! How fast the language core is, and how much faster than spaCy on the same texts.
//!
//! `cargo bench -p readout-model --bench core -- --in TEXTS.jsonl [--python PYTHON --spacy MODEL_FOLDER]
//! [--model PATH] [--repeat N] [--on portable|avx2|avx512]`. Speeds are tokens for each second of processor time, which other programs on the same
//! machine disturb less than time on the wall; the table of threads shows both. Linux only (reads `/proc`).

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench measures and prints")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use readout_model::ModelSource;
use readout_syntax::{InstructionSet, LanguageModel};

#[derive(Default)]
struct Arguments {
    texts: PathBuf,
    python: Option<String>,
    spacy: Option<String>,
    model: ModelSource,
    repeat: usize,
    /// The only instructions to measure, by their name in lower case.
    only: Option<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = Arguments { repeat: 3, ..Arguments::default() };
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(flag) = words.next() {
        let value = words.next().ok_or("a flag wants a value")?;
        match flag.as_str() {
            "--in" => arguments.texts = value.into(),
            "--python" => arguments.python = Some(value),
            "--spacy" => arguments.spacy = Some(value),
            "--model" => arguments.model = ModelSource::Path(value.into()),
            "--repeat" => arguments.repeat = value.parse()?,
            "--on" => arguments.only = Some(value),
            _ => return Err(format!("unknown flag {flag}").into()),
        }
    }
    if arguments.texts.as_os_str().is_empty() {
        println!("nothing to measure: name texts with --in FILE.jsonl");
        return Ok(());
    }
    let texts: Vec<String> = fs::read_to_string(&arguments.texts)?
        .lines()
        .filter_map(|line| {
            Some(serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str()?.to_owned())
        })
        .collect();

    let mut best = Vec::new();
    for instructions in InstructionSet::available() {
        let name = format!("{instructions:?}").to_lowercase();
        if arguments.only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        // Without fused multiply-add in the target, the portable path calls a function for each; a sixth of the texts do.
        let (texts, repeat) = if instructions == InstructionSet::Portable {
            (&texts[..texts.len() / 6], 1)
        } else {
            (&texts[..], arguments.repeat)
        };
        let model = readout_model::open_on(&arguments.model, instructions)?;
        let mut worker = model.worker();
        let (mut cold, mut warm, mut tokens) = (0.0, f64::INFINITY, 0);
        for round in 0..=repeat {
            let start = processor_seconds("self");
            tokens = texts.iter().map(|text| worker.parse_plain(text).len() as usize).sum();
            let seconds = processor_seconds("self") - start;
            if round == 0 {
                cold = seconds;
            } else {
                warm = seconds.min(warm);
            }
        }
        let (cold, warm) = (tokens as f64 / cold, tokens as f64 / warm);
        println!("{instructions:?}: {tokens} tokens, cold {cold:.0}/s, best of {repeat} warm {warm:.0}/s");
        best.push((instructions, cold, warm, model));
    }
    println!("memory at its highest (all of the above in one process): {} MB", peak_megabytes());
    if let Some((_, _, _, model)) = best.last() {
        for count in [1, 2] {
            let start = Instant::now();
            let (tokens, processor) = on_threads(model, &texts, count);
            let wall = start.elapsed().as_secs_f64();
            println!(
                "{count} thread(s), cold: {:.0}/s on the wall, {:.0}/s for each processor second",
                tokens as f64 / wall,
                tokens as f64 / processor
            );
        }
    }
    let (Some(python), Some(folder)) = (arguments.python, arguments.spacy) else { return Ok(()) };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/spacy_speed.py");
    let output = Command::new(python).args([script, &folder]).arg(&arguments.texts).output()?;
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{}{}", answer, String::from_utf8_lossy(&output.stderr));
    let spacy: f64 = answer.split_whitespace().last().unwrap_or_default().parse()?;
    for (instructions, cold, warm, _) in &best {
        println!("{instructions:?}: {:.1} times spaCy cold, {:.1} times warm", cold / spacy, warm / spacy);
    }
    Ok(())
}

/// Parses all texts on `count` threads with a worker each; tokens and processor seconds.
fn on_threads(model: &LanguageModel, texts: &[String], count: usize) -> (usize, f64) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut worker = model.worker();
        let mut tokens = 0;
        while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
            tokens += worker.parse_plain(text).len() as usize;
        }
        (tokens, processor_seconds("thread-self"))
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .fold((0, 0.0), |(tokens, seconds), (more, spent)| (tokens + more, seconds + spent))
    })
}

/// Seconds that this process's first thread (`self`) or this thread has run.
fn processor_seconds(who: &str) -> f64 {
    let answer = fs::read_to_string(format!("/proc/{who}/schedstat")).unwrap_or_default();
    answer.split_whitespace().next().and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|field| field.parse::<u64>().ok()).unwrap_or(0) / 1024
}
