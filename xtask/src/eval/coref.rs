//! `eval coref`: who is who inside one report. Input `{"id", "text", "title", "date"}` a line; output `{"id",
//! "char_clusters": [[[start, end), …], …]}`, code points. A row that also asks who a pronoun is (`pronoun` at `p`, `a`
//! at `a_at` or `b` at `b_at`) is answered with `a` and `b`, whether they are in the pronoun's chain.

use std::io::Write as _;

use anyhow::Context as _;
use readout_annotate::{Annotations, Mention, MentionForm, annotate};
use readout_knowledge::Knowledge;
use readout_record::{Document, Sector};
use readout_text::{CharSpan, Offsets};
use serde::{Deserialize, Serialize};

use crate::pace::Pace;
use crate::trees::Trees;
use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    title: Option<String>,
    date: Option<String>,
    p: Option<u32>,
    a: Option<String>,
    a_at: Option<u32>,
    b: Option<String>,
    b_at: Option<u32>,
}

#[derive(Serialize)]
struct Output<'d> {
    id: &'d str,
    char_clusters: Vec<Vec<CharSpan>>,
    chains: Vec<String>,
    a: bool,
    b: bool,
}

/// Writes the chains of every text of `arguments.input`.
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
        serde_json::to_writer(&mut out, &answer(&row, &annotations))?;
        writeln!(out)?;
    }
    pace.tell()?;
    out.flush().with_context(|| format!("{}: cannot be written", arguments.output.display()))
}

/// Whether the mention is a noun phrase, as the key counts them: no adjective for a state, no `who`.
pub(super) fn is_phrase(mention: &Mention, text: &str) -> bool {
    let relative = matches!(
        mention.words.slice(text).to_lowercase().as_str(),
        "who" | "whom" | "whose" | "which" | "that"
    );
    mention.form != MentionForm::Adjective && !(mention.form == MentionForm::Pronoun && relative)
}

/// Whether the mention stands inside a wider one of its own chain, as an apposition does: the key has the wider alone.
fn is_beside(mention: &Mention, chain: &[&Mention]) -> bool {
    mention.form != MentionForm::Pronoun
        && chain.iter().any(|wider| wider.span.contains(mention.span) && wider.span != mention.span)
}

fn answer<'d>(row: &'d Input, annotations: &Annotations) -> Output<'d> {
    let offsets = Offsets::new(&row.text);
    let mentions = &annotations.mentions;
    let spans = |chain: usize| -> Vec<CharSpan> {
        let members: Vec<&Mention> =
            mentions.chains[chain].mentions.iter().map(|&at| &mentions.mentions[at as usize]).collect();
        members
            .iter()
            .filter(|mention| is_phrase(mention, &row.text) && !is_beside(mention, &members))
            .map(|mention| offsets.to_chars(mention.span))
            .collect()
    };
    let char_clusters: Vec<Vec<CharSpan>> = (0..mentions.chains.len()).map(spans).collect();
    let chains = mentions.chains.iter().map(|chain| {
        format!(
            "{:?} | {} | {:?} {} {} {:?}",
            chain.actors,
            chain.name,
            chain.kind,
            chain.state.as_deref().unwrap_or("-"),
            chain.sector.map_or("-", Sector::as_str),
            chain.roles
        )
    });
    let chains = chains.collect();
    // The chain of the innermost mention that starts with the pronoun.
    let of_pronoun = row.p.and_then(|p| {
        let end = |chain: &usize| {
            char_clusters[*chain].iter().filter(|span| span.start == p).map(|span| span.end).min()
        };
        (0..char_clusters.len()).filter(|chain| end(chain).is_some()).min_by_key(end)
    });
    let is_in = |name: &Option<String>, at: Option<u32>| {
        let (Some(name), Some(at), Some(chain)) = (name, at, of_pronoun) else { return false };
        let wanted = CharSpan::new(at, at + name.chars().count() as u32);
        mentions.chains[chain].mentions.iter().any(|&mention| {
            let mention = &mentions.mentions[mention as usize];
            // "Maria's mother" is not Maria.
            let words = match mention.form {
                MentionForm::Name => mention.words,
                _ => annotations.syntax.token(mention.head).span,
            };
            offsets.to_chars(words).overlaps(wanted)
        })
    };
    Output { id: &row.id, chains, a: is_in(&row.a, row.a_at), b: is_in(&row.b, row.b_at), char_clusters }
}
