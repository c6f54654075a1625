//! Web pages, as stored: body and metadata. `--in` is a folder of `ID.html.gz`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use readout_sources::{Captured, Options};
use serde_json::json;

use crate::arguments::Arguments;

/// Reads every page and writes `{"id", "text", "title", "authors", "published", "outlet", "language"}`.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let output = &arguments.output;
    let mut out = BufWriter::new(File::create(output).with_context(|| output.display().to_string())?);
    for captured in readout_sources::read(std::slice::from_ref(&arguments.input), &Options::default()) {
        let document = match captured {
            Captured::Document(document) => document,
            Captured::Trouble(trouble) => {
                writeln!(std::io::stderr(), "{}: {}", trouble.note.about, trouble.note.message)?;
                continue;
            }
        };
        let path = document.path.unwrap_or_default();
        let name = Path::new(&path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let row = json!({
            "id": name.trim_end_matches(".gz").trim_end_matches(".html"),
            "text": document.text,
            "title": document.title,
            "authors": document.authors,
            "published": document.published,
            "outlet": document.outlet,
            "language": document.language,
        });
        writeln!(out, "{row}")?;
    }
    out.flush()?;
    Ok(())
}
