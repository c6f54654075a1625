//! `eval copies`: which documents of a generated set are copies of which.

use std::fs;
use std::io::{BufWriter, Write as _};

use anyhow::Context as _;
use readout_record::Document;
use serde::Serialize;

use crate::arguments::Arguments;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    copies_of: Vec<Copy<'a>>,
    group: &'a str,
}

#[derive(Serialize)]
struct Copy<'a> {
    doc: &'a str,
    share: f64,
    spans: Vec<[u32; 4]>,
}

/// Reads rows of `id`, `title`, `outlet`, `published` and `text`; writes what each document copies, and its group.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let input = fs::read_to_string(&arguments.input)
        .with_context(|| format!("cannot read {}", arguments.input.display()))?;
    let mut documents: Vec<Document> = Vec::new();
    for (number, line) in input.lines().enumerate() {
        documents.push(
            serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", arguments.input.display(), number + 1))?,
        );
    }
    let refs: Vec<&Document> = documents.iter().collect();
    let copies = readout_link::copies(&refs);
    let mut out = BufWriter::new(
        fs::File::create(&arguments.output)
            .with_context(|| format!("cannot write {}", arguments.output.display()))?,
    );
    for ((document, of), group) in documents.iter().zip(&copies.of).zip(&copies.origin) {
        let copies_of = of
            .iter()
            .map(|copy| Copy {
                doc: &copy.doc,
                share: copy.share,
                spans: copy.spans.iter().map(|(a, b)| [a.start, a.end, b.start, b.end]).collect(),
            })
            .collect();
        serde_json::to_writer(&mut out, &Row { id: &document.id, copies_of, group })?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
