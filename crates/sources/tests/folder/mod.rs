//! Folders of files for tests, and what is read of them.

#![allow(dead_code, clippy::unwrap_used)] // Not every test needs all of it; one that cannot go on says where.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use readout_record::Document;
use readout_sources::{Captured, Options, Trouble, read};

pub(crate) const STORY: &str = "Leaders meet on island\n\nThe two leaders met on the island for three hours on Monday, officials said.\n\n“We talked,” one of them said.\n";

/// A folder of its own, gone with the value.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("readout-sources-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn all(paths: &[PathBuf], options: &Options) -> (Vec<Document>, Vec<Trouble>) {
    let (mut documents, mut troubles) = (Vec::new(), Vec::new());
    for captured in read(paths, options) {
        match captured {
            Captured::Document(document) => documents.push(*document),
            Captured::Trouble(trouble) => troubles.push(trouble),
        }
    }
    (documents, troubles)
}

pub(crate) fn name(path: &str) -> &str {
    Path::new(path).file_name().unwrap().to_str().unwrap()
}

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
