//! The actors.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::is_function_word;
use readout_record::{Actor, ActorId, ActorKind, Mention, Role, Sector};
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::{Selection, matching_actors};

/// An actor with counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ActorRow {
    /// The id.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// The sort of actor.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// The actor's state, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// The PLOVER sector.
    pub sector: Option<Sector>,
    /// The offices and titles.
    pub roles: Vec<Role>,
    /// The number of mentions.
    pub mentions: u32,
    /// The number of reports that mention the actor.
    pub reports: usize,
    /// The number of statements with the actor as a speaker; `None` if they were not counted.
    pub statements: Option<usize>,
    /// The first passage that names the actor; its id is the actor's. `None` if it was not looked up.
    pub first: Option<Citation>,
}

/// Returns the actors. An actor in more reports comes first; among equals, one with more mentions and statements.
/// Places and unnamed people are left out.
pub fn actors(contents: &Contents, filter: &Filter) -> Vec<ActorRow> {
    let selection = Selection::new(contents, filter);
    let mut reports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut mentions: BTreeMap<&str, u32> = BTreeMap::new();
    let mut first: BTreeMap<&str, &Mention> = BTreeMap::new();
    for mention in selection.each(|it| &it.mentions) {
        if !selection.dates(None, &mention.doc) {
            continue;
        }
        reports.entry(&mention.actor).or_default().insert(&mention.doc);
        *mentions.entry(&mention.actor).or_default() += 1;
        if mention.named {
            first.entry(&mention.actor).or_insert(mention);
        }
    }
    let mut statements: BTreeMap<&str, usize> = BTreeMap::new();
    for it in selection.each(|it| &it.statements).filter(|it| selection.dates(None, &it.evidence.doc)) {
        it.speaker.iter().for_each(|speaker| *statements.entry(speaker).or_default() += 1);
    }
    let mut rows: Vec<ActorRow> = Vec::new();
    for it in &contents.actors {
        let Some(reports) = reports.get(it.id.as_str()) else { continue };
        let kind = it.actor_kind.as_str();
        let names: Vec<&str> =
            std::iter::once(it.name.as_str()).chain(it.aliases.iter().map(String::as_str)).collect();
        if matches!(it.actor_kind, ActorKind::Unnamed | ActorKind::Place)
            || !selection.acting(&[std::slice::from_ref(&it.id)])
            || !selection.kinds(&["actor", kind])
            || !selection.words(&[], &names)
        {
            continue;
        }
        let first = first
            .get(it.id.as_str())
            .map(|mention| selection.citation_at(&it.id, &mention.doc, &[mention.span], &mention.text));
        rows.push(ActorRow {
            mentions: mentions.get(it.id.as_str()).copied().unwrap_or(0),
            statements: Some(statements.get(it.id.as_str()).copied().unwrap_or(0)),
            first,
            ..actor_row(it, reports.len())
        });
    }
    rows.sort_by(|a, b| {
        let key = |it: &ActorRow| (it.reports, it.mentions as usize + it.statements.unwrap_or(0));
        key(b).cmp(&key(a)).then_with(|| a.id.cmp(&b.id))
    });
    rows
}

/// Returns the row of an actor that is in `reports` reports.
///
/// The statements are not counted, and the first passage is not looked up.
pub fn actor_row(actor: &Actor, reports: usize) -> ActorRow {
    ActorRow {
        id: actor.id.clone(),
        name: actor.name.clone(),
        actor_kind: actor.actor_kind,
        aliases: actor.aliases.clone(),
        state: actor.state.clone(),
        sector: actor.sector,
        roles: titles(&actor.roles),
        mentions: actor.mentions,
        reports,
        statements: None,
        first: None,
    }
}

/// Returns the roles that are a title, those with most passages first; of equals the one that says more.
///
/// What stands before a name is no title where it counts something (`$2 million Minister`), or where it begins with a word of
/// the grammar: `his sister`, `did Minister`.
fn titles(roles: &[Role]) -> Vec<Role> {
    let is_title = |it: &&Role| {
        let first = it.text.split_whitespace().next().unwrap_or_default();
        let starts = first.chars().next().is_some_and(char::is_alphanumeric);
        let counts = it.text.chars().any(|it| matches!(it, '$' | '€' | '£' | '%'))
            || first.chars().all(|it| it.is_ascii_digit());
        // `Under Secretary`
        let is_rank = first.eq_ignore_ascii_case("under");
        starts && !counts && (is_rank || !is_function_word(&first.to_lowercase()))
    };
    let mut found: Vec<Role> = roles.iter().filter(is_title).cloned().collect();
    found.sort_by_key(|it| std::cmp::Reverse((it.evidence.len(), it.text.chars().count())));
    found
}

/// Returns the actors that `asked` means: the one with this id, else those with this name or alias, else those whose
/// name contains its words.
pub fn find_actors(contents: &Contents, asked: &str) -> Vec<ActorName> {
    let names = contents.names();
    matching_actors(contents, &names, asked)
        .into_iter()
        .map(|id| ActorName { name: names.of(&id).to_owned(), id })
        .collect()
}

#[cfg(test)]
mod tests {
    use readout_record::EvidenceSpan;

    use super::*;

    #[test]
    fn the_title_by_which_most_call_somebody_comes_first() {
        let role = |text: &str, passages: usize| Role {
            text: text.to_owned(),
            evidence: vec![EvidenceSpan::default(); passages],
            ..Role::default()
        };
        let roles = [
            role("$2 million Minister", 1),
            role("-born envoy", 1),
            role("Did Minister", 1),
            role("his sister", 1),
            role("Harbour Minister", 3),
            role("Minister", 3),
            role("Minister of Norland’s harbours", 1),
        ];
        let found = titles(&roles);
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Harbour Minister", "Minister", "Minister of Norland’s harbours"]);
    }
}
