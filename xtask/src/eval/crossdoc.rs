//! `eval crossdoc`: which given mentions, over documents, are of one event or entity.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write as _};

use anyhow::Context as _;
use flate2::read::GzDecoder;
use readout_knowledge::Knowledge;
use serde::{Deserialize, Serialize};

use super::given::{GivenDocument, GivenKind, GivenMention, link};
use crate::arguments::Arguments;

#[derive(Deserialize)]
struct Row {
    sents: Vec<Vec<String>>,
    mentions: Vec<MentionRow>,
}

#[derive(Deserialize)]
struct MentionRow {
    id: String,
    sent: usize,
    toks: Vec<usize>,
    #[serde(rename = "type")]
    sort: String,
    kind: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    mention: &'a str,
    cluster: &'a str,
}

/// Reads sentences and mentions, without topics; writes a cluster for each mention.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let path = &arguments.input;
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut ids: Vec<Vec<String>> = Vec::new();
    let mut documents: Vec<GivenDocument> = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let row: Row = serde_json::from_str(&line.with_context(place)?).with_context(place)?;
        let mentions = row
            .mentions
            .iter()
            .map(|it| GivenMention {
                sentence: it.sent,
                tokens: it.toks.clone(),
                kind: kind(&it.kind, &it.sort),
            })
            .collect();
        ids.push(row.mentions.into_iter().map(|it| it.id).collect());
        documents.push(GivenDocument { sentences: row.sents, mentions });
    }
    let labels = link(&documents, &Knowledge::shipped());
    let mut out = BufWriter::new(
        File::create(&arguments.output)
            .with_context(|| format!("cannot write {}", arguments.output.display()))?,
    );
    for (ids, labels) in ids.iter().zip(&labels) {
        for (mention, cluster) in ids.iter().zip(labels) {
            serde_json::to_writer(&mut out, &Answer { mention, cluster })?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn kind(kind: &str, sort: &str) -> GivenKind {
    match kind {
        "event" => GivenKind::Event,
        "time" => GivenKind::Time,
        _ if sort.ends_with("PER") => GivenKind::Person,
        "actor" => GivenKind::Actor,
        "loc" => GivenKind::Place,
        _ => GivenKind::Other,
    }
}
