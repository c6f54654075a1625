//! The actors, the stories and the reports.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Actor, ActorKind, Document, DocumentRecords, Mention, Story};

use crate::filter::{Filter, Selection, folded, matching_actors};
use crate::{ActorName, ActorRow, Citation, Contents, CopyRow, Names, SourceRow, StoryRow};

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
        sector: actor.sector.clone(),
        roles: actor.roles.clone(),
        mentions: actor.mentions,
        reports,
        statements: None,
        first: None,
    }
}

/// Returns the running stories. The story with the latest last day comes first.
pub fn stories(contents: &Contents, filter: &Filter) -> Vec<StoryRow> {
    let selection = Selection::new(contents, filter);
    let outlets: BTreeMap<&str, Option<&str>> =
        contents.documents.iter().map(|it| (it.id.as_str(), it.outlet.as_deref())).collect();
    let mut rows: Vec<StoryRow> = Vec::new();
    for it in &contents.stories {
        let dated = it.documents.iter().any(|doc| selection.has(doc) && selection.dates(None, doc));
        if dated && story_fits(it, filter) {
            let names = it.documents.iter().filter_map(|doc| outlets.get(doc.as_str()).copied().flatten());
            rows.push(story_row(it, names));
        }
    }
    rows.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// Whether a story is of the kind, and has the words in its title and keywords, that `filter` asks for. Looks at none
/// of its reports.
pub fn story_fits(story: &Story, filter: &Filter) -> bool {
    let has: Vec<String> =
        std::iter::once(&story.title).chain(&story.keywords).flat_map(|text| folded(text)).collect();
    let asked = [&filter.text, &filter.issue].into_iter().flatten();
    (filter.kind.is_empty() || filter.kind.iter().any(|it| it.eq_ignore_ascii_case("story")))
        && asked.flat_map(|text| folded(text)).all(|word| has.contains(&word))
}

/// Returns the row of a story whose reports are by `outlets`.
pub fn story_row<'o>(story: &Story, outlets: impl IntoIterator<Item = &'o str>) -> StoryRow {
    let outlets: BTreeSet<&str> = outlets.into_iter().collect();
    StoryRow {
        id: story.id.clone(),
        title: story.title.clone(),
        keywords: story.keywords.clone(),
        from: story.from.clone(),
        to: story.to.clone(),
        day: story.day.clone(),
        documents: story.documents.clone(),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        episodes: story.episodes.clone(),
    }
}

/// Returns the reports, sorted by date. The undated come last.
pub fn sources(contents: &Contents, filter: &Filter) -> Vec<SourceRow> {
    let selection = Selection::new(contents, filter);
    let speaks = |records: &DocumentRecords| {
        filter.actor.is_empty()
            || records.mentions.iter().any(|it| selection.acting(&[std::slice::from_ref(&it.actor)]))
    };
    let mut rows = Vec::new();
    for &at in &selection.order {
        let (document, records) = (&contents.documents[at], &contents.records[at]);
        let title = document.title.as_deref().unwrap_or_default();
        let texts = [title, document.text.as_str()];
        if speaks(records)
            && selection.kinds(&["document"])
            && selection.dates(None, &document.id)
            && selection.words(&[], &texts)
        {
            rows.push(source_row(document, Some(records), &selection.names));
        }
    }
    rows
}

/// Returns the row of a report.
pub fn source_row(document: &Document, records: Option<&DocumentRecords>, names: &Names) -> SourceRow {
    let mut via: BTreeMap<&str, usize> = BTreeMap::new();
    for it in records.into_iter().flat_map(|it| &it.statements).flat_map(|it| &it.via) {
        *via.entry(it).or_default() += 1;
    }
    let mut via: Vec<(&str, usize)> = via.into_iter().collect();
    via.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    SourceRow {
        id: document.id.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        authors: document.authors.clone(),
        path: document.path.clone(),
        url: document.url.clone(),
        published: document.published.clone(),
        story: document.story.clone(),
        copies: document
            .copies_of
            .iter()
            .map(|it| CopyRow { doc: it.doc.clone(), share: it.share })
            .collect(),
        origins: via
            .into_iter()
            .map(|(id, _)| ActorName { id: id.to_owned(), name: names.of(id).to_owned() })
            .collect(),
        records: records.map_or(0, |it| {
            it.statements.len()
                + it.events.len()
                + it.meetings.len()
                + it.incidents.len()
                + it.conditions.len()
                + it.commitments.len()
        }),
    }
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

impl SourceRow {
    /// Returns the report itself as a passage: the text of its headline, with no span.
    pub fn citation(&self) -> Citation {
        Citation {
            id: self.id.clone(),
            doc: self.id.clone(),
            text: self.title.clone().unwrap_or_default(),
            paragraph: 1,
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            ..Citation::default()
        }
    }
}
