//! `eval attribution`: who said what. Input `{"id", "text"}` a line; output `{"id", "attributions": [{"source",
//! "cue", "content"}, …]}`, code points, outermost attributions only.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read, Write as _};

use anyhow::{Context as _, bail};
use flate2::read::GzDecoder;
use readout_annotate::{Attribution, attribution, quotations};
use readout_knowledge::Knowledge;
use readout_text::{ByteSpan, CharSpan, Offsets};
use serde::{Deserialize, Serialize};

use crate::{Arguments, syntax_file};

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Output<'d> {
    id: &'d str,
    attributions: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    source: Vec<CharSpan>,
    cue: Vec<CharSpan>,
    content: Vec<CharSpan>,
    rule: &'static str,
    act: &'static str,
}

/// Writes the attributions of every text of `arguments.input`.
///
/// # Errors
/// When a file cannot be read or written, or is not of its form.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Some(dump) = &arguments.syntax else { bail!("eval attribution wants --syntax FILE") };
    let input = &arguments.input;
    let file = File::open(input).with_context(|| format!("{}: cannot be opened", input.display()))?;
    let file: Box<dyn Read> = if input.extension().is_some_and(|ending| ending == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut stored = std::collections::BTreeMap::from_iter(syntax_file::read(dump)?);
    let output = &arguments.output;
    let out = File::create(output).with_context(|| format!("{}: cannot be written", output.display()))?;
    let mut out = BufWriter::new(out);
    let knowledge = Knowledge::shipped();
    let (mut seconds, mut tokens) = (0.0, 0u64);
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let row: Input = serde_json::from_str(&line?)
            .with_context(|| format!("{}, line {}: wants id and text", input.display(), number + 1))?;
        let Some(syntax) = stored.remove(&row.id) else {
            bail!("{}: no annotation of {}", dump.display(), row.id)
        };
        if syntax.text() != row.text {
            bail!("{}: the annotation of {} is of another text", dump.display(), row.id);
        }
        let started = std::time::Instant::now();
        let quotations = quotations::find(syntax.text());
        let found = attribution::find(&syntax, &quotations, &knowledge);
        seconds += started.elapsed().as_secs_f64();
        tokens += u64::from(syntax.len());
        let offsets = Offsets::new(&row.text);
        let attributions = found
            .iter()
            .filter(|attribution| attribution.parent.is_none())
            .map(|it| outermost(it, &offsets))
            .collect();
        serde_json::to_writer(&mut out, &Output { id: &row.id, attributions })?;
        writeln!(out)?;
    }
    writeln!(std::io::stderr(), "{tokens} tokens, {:.0} tokens a second", tokens as f64 / seconds)?;
    out.flush().with_context(|| format!("{}: cannot be written", output.display()))
}

fn outermost(attribution: &Attribution, offsets: &Offsets<'_>) -> Row {
    let chars =
        |spans: &mut dyn Iterator<Item = ByteSpan>| spans.map(|span| offsets.to_chars(span)).collect();
    Row {
        source: chars(&mut attribution.source.into_iter()),
        cue: chars(&mut attribution.cue.into_iter()),
        content: chars(&mut attribution.content.iter().copied()),
        rule: attribution.rule,
        act: attribution.act,
    }
}
