//! The files of a model, by name.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

/// The file with the model's name and version, which is read beside the files that the language model asks for.
pub(crate) const META: &str = "meta.json";

/// Named files of one model.
pub(crate) struct Files {
    bytes: Vec<u8>,
    places: BTreeMap<String, Range<usize>>,
    sum: Option<Sum>,
}

/// The SHA-256 that the bytes from a place on should have.
struct Sum {
    from: usize,
    digits: String,
}

impl Files {
    /// Makes the files that lie in `bytes` at `places`.
    pub(crate) fn new(bytes: Vec<u8>, places: BTreeMap<String, Range<usize>>) -> Self {
        Self { bytes, places, sum: None }
    }

    /// Returns the files with the SHA-256, in hexadecimal digits, that their bytes from the place `from` on should have.
    pub(crate) fn with_sum(self, from: usize, digits: String) -> Self {
        Self { sum: Some(Sum { from, digits }), ..self }
    }

    /// Whether the bytes have the sum that they should have.
    pub(crate) fn is_whole(&self) -> bool {
        let fits = |sum: &Sum| {
            self.bytes.get(sum.from..).is_some_and(|bytes| hex(&Sha256::digest(bytes)) == sum.digits)
        };
        self.sum.as_ref().is_none_or(fits)
    }

    /// Adds a file.
    pub(crate) fn push(&mut self, name: &str, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.places.insert(name.to_owned(), start..self.bytes.len());
    }

    /// Returns a file by its name relative to the model's root.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.bytes.get(self.places.get(name)?.clone())
    }

    /// Returns all files, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.places.iter().filter_map(|(name, place)| Some((name.as_str(), self.bytes.get(place.clone())?)))
    }

    /// Returns the model's name and version, such as `en_core_web_md-3.8.0`.
    pub(crate) fn name(&self) -> Option<String> {
        let meta: serde_json::Value = serde_json::from_slice(self.get(META)?).ok()?;
        let name =
            format!("{}_{}-{}", meta["lang"].as_str()?, meta["name"].as_str()?, meta["version"].as_str()?);
        // It becomes the name of a file.
        name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)).then_some(name)
    }
}

/// Returns bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
