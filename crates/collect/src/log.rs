//! The log of a folder of captures: what was asked when, and which files were read into which record.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::client::Marks;

/// The name of the log in its folder. Readers of folders pass over files of this ending.
pub(crate) const NAME: &str = "captures.log";

/// An open log, and what stands in it.
pub(crate) struct Log {
    file: File,
    asked: BTreeMap<String, Asked>,
    /// Files of captures, and the records that they were read into.
    read: BTreeSet<(String, String)>,
}

/// The last answer of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The time of the answer.
    pub(crate) at: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) sha256: Option<String>,
    /// The file of captures that has the answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) file: Option<String>,
    /// The reason why nothing was kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) refused: Option<String>,
}

impl Asked {
    pub(crate) fn marks(&self) -> Marks {
        Marks { etag: self.etag.clone(), modified: self.modified.clone() }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Asked {
        url: String,
        #[serde(flatten)]
        asked: Asked,
    },
    Read {
        read: String,
        into: String,
    },
}

impl Log {
    /// Opens the log of a folder. A line that was cut off by a kill says nothing.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NAME);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        let mut log = Self { file, asked: BTreeMap::new(), read: BTreeSet::new() };
        for line in text.lines() {
            match serde_json::from_str(line) {
                Ok(Line::Asked { url, asked }) => {
                    log.asked.insert(url, asked);
                }
                Ok(Line::Read { read, into }) => {
                    log.read.insert((read, into));
                }
                Err(_) => {}
            }
        }
        Ok(log)
    }

    pub(crate) fn asked(&self, url: &str) -> Option<&Asked> {
        self.asked.get(url)
    }

    pub(crate) fn note(&mut self, url: &str, asked: Asked) -> io::Result<()> {
        let line = Line::Asked { url: url.to_owned(), asked: asked.clone() };
        self.write(&line)?;
        self.asked.insert(url.to_owned(), asked);
        Ok(())
    }

    /// Whether a file of captures was read into the record at `into`.
    pub(crate) fn is_read(&self, file: &str, into: &str) -> bool {
        self.read.contains(&(file.to_owned(), into.to_owned()))
    }

    pub(crate) fn note_read(&mut self, file: &str, into: &str) -> io::Result<()> {
        self.write(&Line::Read { read: file.to_owned(), into: into.to_owned() })?;
        self.read.insert((file.to_owned(), into.to_owned()));
        Ok(())
    }

    fn write(&mut self, line: &Line) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.file.write_all(&bytes)?;
        self.file.sync_data()
    }
}
