//! The cache folder, and the file that a model is kept in.
//!
//! The file: a line that names the format, the length of the header as eight bytes (little end first), the header as
//! JSON (where the model came from, its files with their places, the SHA-256 of what follows), then the files as
//! they are in the wheel, unpacked.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::ModelError;
use crate::files::{Files, hex};

/// The first bytes of a cached model.
pub(crate) const MAGIC: &[u8; 16] = b"readout-model 1\n";

const SUFFIX: &str = "model";
/// Names the model in use.
const CHOICE: &str = "in-use";

#[derive(Serialize, Deserialize)]
struct Header {
    /// SHA-256 of the wheel; empty for a folder.
    source_sha256: String,
    /// Name, first byte, number of bytes.
    files: Vec<(String, u64, u64)>,
    /// SHA-256 of all bytes after the header.
    sha256: String,
}

/// Returns the folder in which models are kept: `$READOUT_MODEL_DIR`, else `readout` in the user's cache folder.
///
/// # Errors
/// When neither is known.
pub fn folder() -> Result<PathBuf, ModelError> {
    if let Some(folder) = env::var_os("READOUT_MODEL_DIR").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let strategy = etcetera::choose_base_strategy().map_err(|_| ModelError::NoCacheFolder)?;
    Ok(strategy.cache_dir().join("readout"))
}

/// Returns the file that the model called `name` is kept in.
pub(crate) fn place(name: &str) -> Result<PathBuf, ModelError> {
    Ok(folder()?.join(format!("{name}.{SUFFIX}")))
}

/// Returns the model in use, if one was added and is still there.
pub(crate) fn chosen() -> Result<Option<PathBuf>, ModelError> {
    let folder = folder()?;
    let choice = fs::read_to_string(folder.join(CHOICE)).unwrap_or_default();
    let name = Path::new(choice.trim()).file_name();
    Ok(name.map(|name| folder.join(name)).filter(|path| path.is_file()))
}

/// Makes `cached` the model in use.
pub(crate) fn choose(cached: &Path) -> Result<(), ModelError> {
    let name = cached.file_name().unwrap_or_default().to_string_lossy();
    write_whole(&folder()?.join(CHOICE), |file| file.write_all(format!("{name}\n").as_bytes()))
}

/// Returns the SHA-256 of a file in hexadecimal digits.
pub(crate) fn sum_of_file(path: &Path) -> Result<String, ModelError> {
    let mut file = File::open(path).map_err(ModelError::io(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hasher.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ModelError::io(path)(error)),
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// Writes `files` to `path`, all or nothing.
pub(crate) fn write(path: &Path, files: &Files, source_sha256: &str) -> Result<(), ModelError> {
    let mut places = Vec::new();
    let mut hasher = Sha256::new();
    let mut start = 0;
    for (name, bytes) in files.iter() {
        places.push((name.to_owned(), start, bytes.len() as u64));
        hasher.update(bytes);
        start += bytes.len() as u64;
    }
    let header =
        Header { source_sha256: source_sha256.to_owned(), files: places, sha256: hex(&hasher.finalize()) };
    let header = serde_json::to_vec(&header).unwrap_or_default();
    write_whole(path, |file| {
        file.write_all(MAGIC)?;
        file.write_all(&(header.len() as u64).to_le_bytes())?;
        file.write_all(&header)?;
        files.iter().try_for_each(|(_, bytes)| file.write_all(bytes))
    })
}

/// Writes a file beside `path` first and moves it there when it is whole and on the disk.
fn write_whole(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), ModelError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    let partial = path.with_file_name(name);
    let written = File::create(&partial)
        .and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // Nothing half-written stays; if that fails too, the first error says what matters.
        let _ = fs::remove_file(&partial);
    }
    written.map_err(ModelError::io(path))
}

/// Returns the error of a cached model that is not as it was written.
pub(crate) fn damaged(path: &Path) -> ModelError {
    let what = "the file is damaged; delete it, and it is made again".to_owned();
    ModelError::NotAModel { path: path.to_owned(), what }
}

/// Reads a cached model. Whether its bytes have their sum is yet to be checked.
pub(crate) fn read(path: &Path) -> Result<Files, ModelError> {
    let damaged = || damaged(path);
    let bytes = fs::read(path).map_err(ModelError::io(path))?;
    let (length, rest) = bytes.get(MAGIC.len()..).and_then(<[u8]>::split_first_chunk).ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (header, body) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let header: Header = serde_json::from_slice(header).map_err(|_| damaged())?;
    let base = bytes.len() - body.len();
    let mut places = BTreeMap::new();
    for (name, start, length) in header.files {
        let start =
            usize::try_from(start).ok().and_then(|start| start.checked_add(base)).ok_or_else(damaged)?;
        let end =
            usize::try_from(length).ok().and_then(|length| start.checked_add(length)).ok_or_else(damaged)?;
        if end > bytes.len() {
            return Err(damaged());
        }
        places.insert(name, start..end);
    }
    Ok(Files::new(bytes, places).with_sum(base, header.sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("readout-model-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn what_is_written_can_be_read_and_damage_is_noticed() {
        let folder = scratch("cache");
        let path = folder.join("some.model");
        let places = BTreeMap::from([("a".to_owned(), 0..3), ("b/c".to_owned(), 3..3)]);
        write(&path, &Files::new(b"xyz".to_vec(), places), "sum").unwrap();
        let files = read(&path).unwrap();
        assert!(files.is_whole());
        assert_eq!(
            (files.get("a"), files.get("b/c"), files.get("d")),
            (Some(&b"xyz"[..]), Some(&b""[..]), None)
        );
        let mut bytes = fs::read(&path).unwrap();
        for at in [20, bytes.len() - 1] {
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            let broken = crate::bundle::read(&path);
            assert!(matches!(broken, Err(ModelError::NotAModel { .. })), "byte {at}");
            let opened = crate::open(&crate::ModelSource::Path(path.clone()));
            assert!(matches!(opened, Err(ModelError::NotAModel { .. })), "byte {at}");
        }
        fs::write(&path, MAGIC).unwrap();
        assert!(read(&path).is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing half-written is left");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_model_is_refused_with_its_path() {
        let folder = scratch("refused");
        let wheel = folder.join("other.whl");
        fs::write(&wheel, b"PK but no archive").unwrap();
        for path in [&wheel, &folder, &folder.join("missing.whl")] {
            let error = crate::open(&crate::ModelSource::Path(path.clone())).unwrap_err();
            assert!(error.to_string().contains("readout-model-refused"), "{error}");
        }
        let error = crate::add(&wheel, false).unwrap_err();
        assert!(error.to_string().contains("--trust"), "{error}");
        // Half a model: the file that is missing is named.
        fs::write(folder.join("tokenizer"), b"").unwrap();
        fs::write(folder.join("config.cfg"), b"[nlp]\npipeline = [\"transformer\"]\n").unwrap();
        let error = crate::open(&crate::ModelSource::Path(folder.clone())).unwrap_err();
        assert!(error.to_string().contains("transformer"), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
