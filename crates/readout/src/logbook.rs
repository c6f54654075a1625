//! The log in words: what was done to the file, when, by whom and why.

use readout_record::Change;
use readout_store::{Listed, LoggedOperation, Page};
use readout_views::change_in_words;
use readout_views::words::count;
use serde_json::Value;

use crate::signing::Signature;
use crate::{Corpus, Result};

/// Paths of a reading that are named.
const PATHS: usize = 3;

/// An entry of the log as people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LogRow {
    /// The number, from 1.
    pub number: u64,
    /// `read`, `link`, `correct` …
    pub kind: String,
    /// What was done, in words.
    pub told: String,
    /// The program's version.
    pub version: String,
    /// Who did it, when and why, as far as the log has it.
    #[serde(flatten)]
    pub signature: Signature,
}

impl Corpus {
    /// Returns a page of the log in words, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn log(&self, page: &Page) -> Result<Listed<LogRow>> {
        let Listed { rows, total, next } = self.operations(page)?;
        Ok(Listed { rows: rows.into_iter().map(row).collect(), total, next })
    }
}

fn row(it: LoggedOperation) -> LogRow {
    let texts = |name: &str| -> Vec<String> {
        let several = it.detail[name].as_array().into_iter().flatten();
        several.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let told = match it.kind.as_str() {
        "read" => {
            let paths = texts("paths");
            let more = paths.len().saturating_sub(PATHS);
            let named = paths.iter().take(PATHS).cloned().collect::<Vec<_>>().join(", ");
            if more == 0 { format!("read {named}") } else { format!("read {named} and {more} more") }
        }
        "link" => "linked what reports share".to_owned(),
        "correct" => match serde_json::from_value::<Change>(it.detail.clone()) {
            Ok(change) => change_in_words(&change),
            Err(_) => "a correction of another version of Readout".to_owned(),
        },
        "undo" => format!("took back number {}", it.detail["operation"]),
        "forget" => {
            format!("took out {}: {}", count(texts("reports").len(), "report"), texts("reports").join(", "))
        }
        "remember" => format!("{} may be read again", it.detail["report"].as_str().unwrap_or_default()),
        "merge" => format!("took in the reports of {}", it.detail["from"].as_str().unwrap_or_default()),
        "import" => format!("took in what {} holds", it.detail["from"].as_str().unwrap_or_default()),
        other => other.to_owned(),
    };
    LogRow {
        number: it.number,
        signature: Signature::of(&it.detail),
        kind: it.kind,
        told,
        version: it.version,
    }
}
