//! `eval who`: the actors that names, descriptions and pronouns of real reports mean.
//!
//! Input `{"id", "text", "title", "date"}` a line; output `{"id", "mentions": [[start, end, [actor id, …], words],
//! …], "actors": {id: [name, …]}}`, code points. The first name of an actor is the one under which records show it,
//! the others are those that the report uses.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Context as _;
use readout_annotate::{Annotations, MentionForm, annotate};
use readout_knowledge::Knowledge;
use readout_record::{ActorId, Document};
use readout_text::Offsets;
use serde::{Deserialize, Serialize};

use crate::eval::coref::is_phrase;
use crate::pace::Pace;
use crate::trees::Trees;
use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    title: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct Output<'d> {
    id: &'d str,
    mentions: Vec<(u32, u32, Vec<ActorId>, &'d str)>,
    actors: BTreeMap<ActorId, Vec<String>>,
}

/// Writes who is meant by every mention of every text of `arguments.input`.
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
        let document = Document {
            id: row.id.clone().into(),
            text: row.text.clone(),
            title: row.title.clone(),
            published: row.date.clone(),
            ..Document::default()
        };
        let annotations = pace.of(syntax.len(), || annotate(&document, syntax, &knowledge));
        serde_json::to_writer(&mut out, &answer(&row, &annotations, &knowledge))?;
        writeln!(out)?;
    }
    pace.tell()?;
    out.flush().with_context(|| format!("{}: cannot be written", arguments.output.display()))
}

fn answer<'d>(row: &'d Input, annotations: &Annotations, knowledge: &Knowledge) -> Output<'d> {
    let offsets = Offsets::new(&row.text);
    let chains = &annotations.mentions.chains;
    // A chain of one actor names it; one of several is a group of those that other chains name.
    let mut actors: BTreeMap<ActorId, Vec<String>> = BTreeMap::new();
    for chain in chains.iter().filter(|chain| chain.actors.len() == 1) {
        let known = knowledge.entry(&chain.actors[0]).map_or(&chain.name, |entry| &entry.name);
        actors.entry(chain.actors[0].clone()).or_insert_with(|| vec![known.clone()]);
    }
    let mut mentions = Vec::new();
    for mention in annotations.mentions.mentions.iter().filter(|mention| is_phrase(mention, &row.text)) {
        let chain = &chains[mention.chain as usize];
        let words = mention.words.slice(&row.text);
        let span = offsets.to_chars(mention.words);
        mentions.push((span.start, span.end, chain.actors.clone(), words));
        for id in &chain.actors {
            let known = || knowledge.entry(id).map_or_else(|| id.to_string(), |entry| entry.name.clone());
            let names = actors.entry(id.clone()).or_insert_with(|| vec![known()]);
            let name = mention.form == MentionForm::Name && chain.actors.len() == 1;
            if name && !names.iter().any(|name| name == words) {
                names.push(words.to_owned());
            }
        }
    }
    Output { id: &row.id, mentions, actors }
}
