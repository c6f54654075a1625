//! The files that commands write: never over the record, over another file only where that is asked for, and whole or
//! not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use readout::Corpus;

/// The reason why nothing is written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("{}: is the record itself, or stands beside it", .0.display())]
    Record(PathBuf),
    #[error("{}: is a record or another database", .0.display())]
    Database(PathBuf),
    #[error("{}: stands there already", .0.display())]
    Stands(PathBuf),
    #[error("{}: is no file that can be written over", .0.display())]
    NoFile(PathBuf),
}

impl Refused {
    /// Returns what may help.
    pub(crate) const fn hint(&self) -> &'static str {
        match self {
            Self::Record(_) | Self::NoFile(_) => "name another file, or - for standard output",
            Self::Database(_) => "name another file; remove this one yourself if it is to go",
            Self::Stands(_) => "name another file, or write over this one with --force",
        }
    }
}

/// Writes what `work` gives to `target`, `-` being standard output. A file that stands there is kept unless `force` says
/// otherwise; the record in `corpus` and what stands beside it, under whatever name, is always kept. The file appears
/// when all of it is written.
pub(crate) fn write(
    target: &Path,
    force: bool,
    corpus: &Corpus,
    work: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if target == Path::new("-") || target == Path::new("/dev/stdout") {
        return through(io::stdout().lock(), work);
    }
    let named = || format!("{}: cannot be written", target.display());
    let path = resolved(target).with_context(named)?;
    if corpus.files().iter().any(|own| is_same(&path, own)) {
        return Err(Refused::Record(target.to_owned()).into());
    }
    let standing = fs::metadata(&path).ok();
    if let Some(data) = &standing {
        if takes_all(data) {
            let pipe = OpenOptions::new().write(true).open(&path).with_context(named)?;
            return through(pipe, work);
        }
        if !data.is_file() {
            return Err(Refused::NoFile(target.to_owned()).into());
        }
        if is_database(&path) {
            return Err(Refused::Database(target.to_owned()).into());
        }
        if !force {
            return Err(Refused::Stands(target.to_owned()).into());
        }
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".readout-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let made = builder.tempfile_in(folder).with_context(named)?;
    through(made.as_file(), work)?;
    if let Some(data) = &standing {
        made.as_file().set_permissions(data.permissions()).with_context(named)?;
    }
    made.as_file().sync_all().with_context(named)?;
    let kept = if standing.is_some() { made.persist(&path) } else { made.persist_noclobber(&path) };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Refused::Stands(target.to_owned()).into())
        }
        Err(error) => Err(error.error).with_context(named),
    }
}

fn through(out: impl Write, work: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(out);
    work(&mut out)?;
    Ok(out.flush()?)
}

/// Whether two paths, of which the second may lead to nothing, lead to one file: by other spellings, links, or in upper
/// and lower case where a file system takes them for the same.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| resolved(path).map(|it| it.to_string_lossy().to_lowercase()).ok();
    place(one).is_some_and(|it| place(other) == Some(it)) || is_one_file(one, other)
}

#[cfg(unix)]
fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |path: &Path| fs::metadata(path).map(|data| (data.dev(), data.ino())).ok();
    identity(one).is_some_and(|it| identity(other) == Some(it))
}

#[cfg(not(unix))]
fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}

/// The path without links and detours; its last part need not be there.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Err(error) };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            Ok(fs::canonicalize(folder)?.join(name))
        }
        found => found,
    }
}

/// Whether it is a pipe or a device that takes whatever is written: nothing in it can be lost.
#[cfg(unix)]
fn takes_all(data: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    data.file_type().is_fifo() || data.file_type().is_char_device()
}

#[cfg(not(unix))]
const fn takes_all(_: &Metadata) -> bool {
    false
}

fn is_database(path: &Path) -> bool {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut start = [0; MAGIC.len()];
    File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut start)).is_ok()
        && start == MAGIC
}
