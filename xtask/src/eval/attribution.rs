//! `eval attribution`: who said what. Input `{"id", "text"}` a line; output `{"id", "attributions": [{"source",
//! "cue", "content"}, …]}`, code points, outermost attributions only.

use std::io::Write as _;

use anyhow::Context as _;
use readout_annotate::{Attribution, attribution, quotations};
use readout_knowledge::Knowledge;
use readout_text::{ByteSpan, CharSpan, Offsets};
use serde::{Deserialize, Serialize};

use crate::pace::Pace;
use crate::trees::Trees;
use crate::{Arguments, lines};

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
    let mut trees = Trees::open(arguments)?;
    let mut out = lines::create(&arguments.output)?;
    let knowledge = Knowledge::shipped();
    let mut pace = Pace::default();
    for row in lines::read::<Input>(&arguments.input)? {
        let syntax = trees.of(&row.id, &row.text)?;
        let found = pace
            .of(syntax.len(), || attribution::find(&syntax, &quotations::find(syntax.text()), &knowledge));
        let offsets = Offsets::new(&row.text);
        let attributions = found
            .iter()
            .filter(|attribution| attribution.parent.is_none())
            .map(|it| outermost(it, &offsets))
            .collect();
        serde_json::to_writer(&mut out, &Output { id: &row.id, attributions })?;
        writeln!(out)?;
    }
    pace.tell()?;
    out.flush().with_context(|| format!("{}: cannot be written", arguments.output.display()))
}

fn outermost(attribution: &Attribution, offsets: &Offsets<'_>) -> Row {
    let chars =
        |spans: &mut dyn Iterator<Item = ByteSpan>| spans.map(|span| offsets.to_chars(span)).collect();
    Row {
        source: chars(&mut attribution.source.into_iter()),
        cue: chars(&mut attribution.cue.into_iter()),
        content: chars(&mut attribution.content.iter().copied()),
        rule: attribution.rule.as_str(),
        act: attribution.act,
    }
}
