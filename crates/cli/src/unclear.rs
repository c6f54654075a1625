//! What a wanted export leaves unclear, with what may help.

/// The reason why an export is not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unclear {
    #[error("{form} has one table a file")]
    OneTable { form: String },
    #[error("--table is for tables, which {form} does not have")]
    NoTables { form: String },
    #[error("{form} has files for each report")]
    Folder { form: String },
}

impl Unclear {
    /// Returns what may help.
    pub(crate) const fn hint(&self) -> &'static str {
        match self {
            Self::OneTable { .. } => {
                "name one with --table (statements, events, positions …), or a new folder for all with -o"
            }
            Self::Folder { .. } => "name a new folder with -o",
            Self::NoTables { .. } => "take --format csv, tsv, xlsx, parquet or arrow",
        }
    }
}
