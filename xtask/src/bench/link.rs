//! `bench link`: a file that grows to 100,000 invented reports. Tells, at each size, the seconds that linking took for
//! each thousand reports before, what one more report costs, and how large the file and the memory have become.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use readout::Corpus;
use readout::store::{Operation, Origin, Store};
use serde_json::json;

use super::reports::report;
use crate::Arguments;

/// Reports after which a row is told.
const SIZES: [u64; 5] = [1_000, 3_000, 10_000, 30_000, 100_000];
/// Reports that come in at a time.
const STEP: u64 = 500;
/// Single reports added at each size.
const SINGLE: u64 = 5;

/// Lets the file `--out` grow; one that is there is replaced.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let path = &arguments.output;
    for ending in ["", "-wal", "-shm"] {
        let old = format!("{}{ending}", path.display());
        if Path::new(&old).exists() {
            fs::remove_file(&old).with_context(|| format!("{old}: cannot be replaced"))?;
        }
    }
    let mut out = std::io::stdout();
    writeln!(out, "reports   link ms/report   one more, ms   file MB   memory MB")?;
    let mut next = 0;
    for size in SIZES {
        let mut seconds = 0.0;
        let mut of = 0;
        while next < size {
            add(path, next..next + STEP)?;
            next += STEP;
            let took = link(path)?;
            // The steps just before the size.
            if next + 2 * STEP > size {
                seconds += took;
                of += STEP;
            }
        }
        let mut single = Vec::new();
        for _ in 0..SINGLE {
            add(path, next..next + 1)?;
            next += 1;
            single.push(link(path)?);
        }
        single.sort_by(f64::total_cmp);
        // Back to whole steps.
        add(path, next..next + STEP - SINGLE)?;
        next += STEP - SINGLE;
        link(path)?;
        let megabytes = fs::metadata(path)?.len() as f64 / 1e6;
        writeln!(
            out,
            "{size:7}   {:14.1}   {:12.0}   {megabytes:7.0}   {:9.0}",
            seconds * 1000.0 / of as f64,
            single[single.len() / 2] * 1000.0,
            memory()
        )?;
        out.flush()?;
    }
    Ok(())
}

/// Stores reports with their records.
fn add(path: &Path, numbers: std::ops::Range<u64>) -> anyhow::Result<()> {
    let mut store = Store::create(path)?;
    let mut operation = Operation::new("read", "bench", json!({}));
    for number in numbers {
        let (document, records) = report(number);
        let origin = Origin { location: format!("/{number}"), path: document.path.clone() };
        store.add(&mut operation, &origin, &document, &records)?;
    }
    Ok(())
}

/// Links what came; gives the seconds.
fn link(path: &Path) -> anyhow::Result<f64> {
    let mut corpus = Corpus::open(path)?;
    #[expect(clippy::disallowed_methods, reason = "how quick it was goes to the person, not to the record")]
    let started = std::time::Instant::now();
    corpus.link()?;
    Ok(started.elapsed().as_secs_f64())
}

/// The most memory that the process has had, in megabytes; 0 where the system does not tell.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1000.0
}
