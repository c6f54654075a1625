//! `bench link`: the cost of linking as a file grows to 100,000 invented reports.
//!
//! At each size it prints the milliseconds of processor time that storing and linking took for each of the last
//! reports, and that linking the first thousand takes at the same time in a second file. The speed of a machine varies,
//! so only the ratio shows whether the cost grows. It also prints the cost of one new report and of one changed
//! report, and the size of the file and of the memory.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use readout::Corpus;
use readout::store::{Operation, Origin, Store};
use serde_json::json;

use super::reports::report;
use crate::arguments::Arguments;

/// The numbers of reports after which a row is printed.
const SIZES: [u64; 6] = [1_000, 3_000, 10_000, 30_000, 60_000, 100_000];
/// The number of reports that are added at a time.
const STEP: u64 = 500;
/// The most reports before each size whose cost is measured.
const MEASURED: u64 = 3_000;
/// The number of reports in the second file.
const FIRST: u64 = 1_000;
/// Single reports added at each size, and changed.
const SINGLE: u64 = 5;

/// Grows the file `--out` to `--size` reports and prints the costs. An existing file is replaced.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let path = &arguments.output;
    let beside = path.with_extension("first");
    remove(path)?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "reports   store, ms   link, ms   the first 1,000, ms   ratio   one more, ms   one changed, ms   file MB   memory MB"
    )?;
    let mut next = 0;
    for size in SIZES.into_iter().filter(|size| *size <= arguments.size) {
        while next + MEASURED < size {
            grow(path, &mut next)?;
        }
        let mut costs = Costs::default();
        let mut first = Costs::default();
        let (mut of, mut of_first) = (0, 0);
        while next < size {
            // The other file in between, so that both have the same quick and slow moments.
            remove(&beside)?;
            let mut number = 0;
            for _ in 0..FIRST / STEP {
                if next < size {
                    costs.add(&grow(path, &mut next)?);
                    of += STEP;
                }
                first.add(&grow(&beside, &mut number)?);
                of_first += STEP;
            }
        }
        remove(&beside)?;
        let link = costs.link / of as f64;
        let first = first.link / of_first as f64;
        let mut more = Vec::new();
        let mut changed = Vec::new();
        for single in 0..SINGLE {
            add(path, next..next + 1, 0)?;
            next += 1;
            more.push(link_new(path)?);
            // A report from the middle of the file has another version.
            let old = size / 2 + single;
            add(path, old..old + 1, 1)?;
            changed.push(link_new(path)?);
        }
        // Back to whole steps.
        add(path, next..next + STEP - SINGLE, 0)?;
        next += STEP - SINGLE;
        link_new(path)?;
        let megabytes = fs::metadata(path)?.len() as f64 / 1e6;
        writeln!(
            out,
            "{size:7}   {:9.1}   {:8.1}   {:19.1}   {:5.2}   {:12.0}   {:15.0}   {megabytes:7.0}   {:9.0}",
            costs.store * 1000.0 / of as f64,
            link * 1000.0,
            first * 1000.0,
            link / first,
            middle(more) * 1000.0,
            middle(changed) * 1000.0,
            memory()
        )?;
        out.flush()?;
    }
    Ok(())
}

/// Processor time, in seconds.
#[derive(Default)]
struct Costs {
    store: f64,
    link: f64,
}

impl Costs {
    fn add(&mut self, other: &Self) {
        self.store += other.store;
        self.link += other.link;
    }
}

/// Adds one more step of reports, from report number `next` on.
fn grow(path: &Path, next: &mut u64) -> anyhow::Result<Costs> {
    let before = processor()?;
    add(path, *next..*next + STEP, 0)?;
    *next += STEP;
    let store = processor()? - before;
    Ok(Costs { store, link: link_new(path)? })
}

/// Removes the file with what SQLite keeps beside it.
fn remove(path: &Path) -> anyhow::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let old = format!("{}{ending}", path.display());
        if Path::new(&old).exists() {
            fs::remove_file(&old).with_context(|| format!("{old}: cannot be replaced"))?;
        }
    }
    Ok(())
}

/// Returns the median.
fn middle(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Stores reports with their records.
fn add(path: &Path, numbers: std::ops::Range<u64>, version: u64) -> anyhow::Result<()> {
    let mut store = Store::create(path)?;
    let mut operation = Operation::new("read", "bench", json!({}));
    for number in numbers {
        let (document, records) = report(number, version);
        let origin = Origin { location: format!("/{number}"), path: document.path.clone() };
        store.add(&mut operation, &origin, &document, &records)?;
    }
    Ok(())
}

/// Links the new reports and returns the seconds of processor time.
fn link_new(path: &Path) -> anyhow::Result<f64> {
    let mut corpus = Corpus::open(path)?;
    let before = processor()?;
    corpus.link()?;
    Ok(processor()? - before)
}

/// Returns the processor time of this thread, in seconds.
///
/// The thread does all the work, so other programs on the machine do not count.
fn processor() -> anyhow::Result<f64> {
    let told =
        fs::read_to_string("/proc/thread-self/schedstat").context("only Linux tells a thread's time")?;
    let nanoseconds: f64 = told.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

/// Returns the most memory that the process has had, in megabytes, or 0 if the system does not report it.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1000.0
}
