//! `hold kill` and `hold disk`: checks of a command that is killed again and again, or runs on too small disks.
//!
//! Afterwards the file must be whole and lists must work. When the reports are read again, the export must be that of
//! an undisturbed run.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

use crate::arguments::Arguments;

/// The sizes of the disks, in megabytes.
const DISKS: [u32; 7] = [1, 2, 3, 4, 8, 16, 31];
/// Room for all that is read, in megabytes.
const ROOM: u32 = 2_000;

/// Runs the loop called `name` over the reports `--in`, in the folder `--out`; `--size` is how many rounds are killed.
///
/// # Errors
/// When a check fails.
pub(crate) fn run(name: &str, arguments: &Arguments) -> anyhow::Result<()> {
    let command = std::env::current_exe()?.with_file_name("readout");
    ensure!(command.exists(), "{}: build the command first: cargo build", command.display());
    fs::create_dir_all(&arguments.output)?;
    let loops = Loops { command, reports: fs::canonicalize(&arguments.input)? };
    let whole = arguments.output.join("whole.readout");
    loops.made(&whole)?;
    let expected = loops.export(&whole)?;
    match name {
        "kill" => loops.kill(&arguments.output, &expected, arguments.size),
        "disk" => loops.disk(&arguments.output, &expected),
        _ => bail!("no loop is called {name}"),
    }
}

struct Loops {
    command: PathBuf,
    reports: PathBuf,
}

impl Loops {
    fn run(&self, command: &str, file: &Path) -> anyhow::Result<Output> {
        let mut run = Command::new(&self.command);
        run.arg(command);
        if command == "read" {
            run.arg(&self.reports);
        }
        Ok(run.arg("--file").arg(file).output()?)
    }

    /// Runs `command`, which must succeed, and returns its output.
    fn done(&self, command: &str, file: &Path) -> anyhow::Result<Vec<u8>> {
        let output = self.run(command, file)?;
        let told = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{command} {}: {told}", file.display());
        Ok(output.stdout)
    }

    fn made(&self, file: &Path) -> anyhow::Result<()> {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", file.display()));
        }
        self.run("read", file).map(drop)
    }

    fn export(&self, file: &Path) -> anyhow::Result<Vec<u8>> {
        self.done("export", file)
    }

    fn kill(&self, folder: &Path, expected: &[u8], rounds: u64) -> anyhow::Result<()> {
        let file = folder.join("killed.readout");
        let mut out = std::io::stdout();
        let (mut times, mut milliseconds) = (0, 0);
        for round in 0..rounds {
            for end in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{end}", file.display()));
            }
            // Longer each time, so that sooner or later one gets through.
            for attempt in 1.. {
                milliseconds = (milliseconds + 397) % (1_500 * attempt);
                let mut child: Child = Command::new(&self.command)
                    .arg("read")
                    .arg(&self.reports)
                    .arg("--file")
                    .arg(&file)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()?;
                thread::sleep(Duration::from_millis(milliseconds));
                if child.try_wait()?.is_some() {
                    break;
                }
                child.kill()?;
                child.wait()?;
                times += 1;
                if fs::metadata(&file).is_ok_and(|data| data.len() > 0) && round % 3 == 0 {
                    self.done("verify", &file)?;
                }
            }
            self.holds(&file, expected).with_context(|| format!("round {round}"))?;
            writeln!(out, "round {round}: killed {times} times so far, same export, no mismatch")?;
        }
        Ok(())
    }

    fn disk(&self, folder: &Path, expected: &[u8]) -> anyhow::Result<()> {
        let mut out = std::io::stdout();
        for size in DISKS {
            let place = folder.join("disk");
            fs::create_dir_all(&place)?;
            let Some(disk) = Disk::mount(&place, size) else {
                writeln!(out, "skipped: no file system can be mounted here")?;
                return Ok(());
            };
            let file = place.join("t.readout");
            let read = self.run("read", &file)?;
            let told = String::from_utf8_lossy(&read.stderr).into_owned();
            let full = told.contains("the disk is full");
            ensure!(full || read.status.success(), "{size} MB: {told}");
            let mut listed = 0;
            if file.exists() && fs::metadata(&file)?.len() > 0 {
                self.done("verify", &file)?;
                for list in ["sources", "actors", "stories", "export"] {
                    let output = self.run(list, &file)?;
                    let told = String::from_utf8_lossy(&output.stderr);
                    ensure!(output.status.code() != Some(2), "{size} MB, {list}: {told}");
                    listed += 1;
                }
            }
            disk.grow()?;
            self.holds(&file, expected).with_context(|| format!("{size} MB"))?;
            writeln!(
                out,
                "{size} MB: full {full}, {listed} lists given; with more room the same export, no mismatch"
            )?;
        }
        Ok(())
    }

    /// Reads the reports again, compares the export with `expected`, and verifies the file.
    fn holds(&self, file: &Path, expected: &[u8]) -> anyhow::Result<()> {
        self.run("read", file)?;
        ensure!(self.export(file)? == expected, "another export");
        let output = Command::new(&self.command).args(["verify", "--deep", "--file"]).arg(file).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }
}

/// A file system in memory; unmounted when dropped.
struct Disk<'p>(&'p Path);

impl<'p> Disk<'p> {
    fn mount(place: &'p Path, megabytes: u32) -> Option<Self> {
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(place))
    }

    fn grow(&self) -> anyhow::Result<()> {
        let size = format!("remount,size={ROOM}m");
        let grown = Command::new("mount").args(["-o", &size]).arg(self.0).status()?;
        ensure!(grown.success(), "{}: does not grow", self.0.display());
        Ok(())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}
