//! Long lists a page at a time, and search with facets.

use std::collections::BTreeMap;

use readout_record::{Actor, Change, Document, DocumentId};
use readout_store::{Facets, Head, Hit, Listed, Narrow, Page, Scope};
use readout_views::{
    ActorRow, Contents, Filter, SourceRow, StatementRow, StoryRow, actor_row, source_row, statements,
    stories, story_row,
};

use crate::correcting::corrections_in_force;
use crate::{Corpus, Error, Result, Wanted};

/// A report that has the words that were looked for.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Found {
    /// The passage, and how well it fits.
    #[serde(flatten)]
    pub hit: Hit,
    /// The statements of the report that have one of the words.
    pub statements: Vec<StatementRow>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Search {
    /// A page of reports, best first.
    pub found: Listed<Found>,
    /// All reports found, counted.
    pub facets: Facets,
}

impl Corpus {
    /// The part of the file that `filter` can let through: what to take a slice of before a view looks at it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn scope(&self, filter: &Filter) -> Result<Scope> {
        if let Some(story) = &filter.story {
            return match self.id(story, Wanted::Story) {
                Ok(story) => Ok(Scope::Story(story)),
                Err(Error::Id(_)) => Ok(Scope::Documents(Vec::new())),
                Err(error) => Err(error),
            };
        }
        if filter.actor.is_empty() {
            return Ok(Scope::All);
        }
        let mut ids = Vec::new();
        for asked in &filter.actor {
            ids.extend(self.actors_named(asked)?.into_iter().map(|it| it.id));
        }
        Ok(Scope::Actors(ids))
    }

    /// Stories with the newest first; `filter` as [`readout_views::stories`] takes it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_stories(&self, filter: &Filter, page: &Page) -> Result<Listed<StoryRow>> {
        let alone = Filter { text: filter.text.clone(), kind: filter.kind.clone(), ..Filter::default() };
        let listed = self.store().list_stories(page, filter.since.as_deref(), |story| {
            let last = story.to.as_deref().or(story.from.as_deref()).unwrap_or_default();
            let first = story.from.as_deref().unwrap_or(last);
            let contents = Contents { stories: vec![story.clone()], ..Contents::default() };
            filter.since.as_deref().is_none_or(|since| since <= last)
                && filter.until.as_deref().is_none_or(|until| !first.is_empty() && first < until)
                && (alone == Filter::default() || !stories_alone(&contents, &alone).is_empty())
        })?;
        let mut rows = Vec::with_capacity(listed.rows.len());
        for story in listed.rows {
            let outlets = self.store().outlets_of(&story.id)?;
            rows.push(story_row(&story, outlets.iter().map(String::as_str)));
        }
        Ok(Listed { rows, next: listed.next })
    }

    /// Actors with those in most reports first; `filter` as [`readout_views::actors`] takes it. Where it asks for dates,
    /// outlets or a story, the reports of an actor are counted within these.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_actors(&self, filter: &Filter, page: &Page) -> Result<Listed<ActorRow>> {
        let corrections = corrections_in_force(self.store())?;
        let mut merged: BTreeMap<&str, &str> = BTreeMap::new();
        for it in &corrections {
            if let Change::Merge { actor, into } = &it.change {
                merged.insert(actor, into);
            }
        }
        let within = Filter { actor: Vec::new(), kind: Vec::new(), ..filter.clone() };
        let Some(narrow) = self.narrow(&within)? else { return Ok(Listed::default()) };
        let words = filter.text.as_deref().map(words_of).unwrap_or_default();
        let keep = |it: &Actor| {
            !merged.contains_key(it.id.as_str())
                && (filter.actor.is_empty() || filter.actor.contains(&it.id))
                && has_name_with(it, &words)
        };
        let listed = self.store().list_actors(page, &filter.kind, &words, &narrow, keep)?;
        let mut rows = Vec::with_capacity(listed.rows.len());
        for (actor, reports) in listed.rows {
            let mut row = actor_row(&actor, reports);
            if narrow == Narrow::default() && merged.values().any(|into| *into == actor.id) {
                let all = self.actors_before(std::slice::from_ref(&actor.id))?;
                let mut contents = Contents::default();
                for id in &all {
                    contents.actors.extend(match self.store().record(id)? {
                        Some(readout_record::Record::Actor(it)) => Some(it),
                        _ => None,
                    });
                }
                self.lay_over(&mut contents)?;
                let reports = self.store().ids_of(&Scope::Actors(all))?.len();
                if let Some(it) = contents.actors.iter().find(|it| it.id == actor.id) {
                    row = actor_row(it, reports);
                }
            }
            rows.push(row);
        }
        Ok(Listed { rows, next: listed.next })
    }

    /// Reports with the newest first, the undated last. [`SourceRow::origins`] stays empty here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_sources(&self, filter: &Filter, page: &Page) -> Result<Listed<SourceRow>> {
        let Some(narrow) = self.narrow(filter)? else { return Ok(Listed::default()) };
        let listed = self.store().list_documents(page, &narrow)?;
        let mut rows = Vec::with_capacity(listed.rows.len());
        let names = readout_views::Names::default();
        for id in listed.rows {
            let Some(Head { document, records }) = self.store().head(&id)? else { continue };
            rows.push(SourceRow { records, ..source_row(&document, None, &names) });
        }
        Ok(Listed { rows, next: listed.next })
    }

    /// The current reports that have all of `words`, best first, with the statements around them, and the facets of
    /// all. `"…"` holds words together, a `*` at a word's end stands for any ending. Of `filter` count the actor, the
    /// dates, story, outlet, and kinds of record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, words: &str, filter: &Filter, page: &Page) -> Result<Search> {
        let Some(narrow) = self.narrow(filter)? else { return Ok(Search::default()) };
        let (listed, facets) = self.store().search(words, &narrow, page)?;
        let ids: Vec<DocumentId> = listed.rows.iter().map(|hit| hit.doc.clone()).collect();
        let contents = self.slice(&Scope::Documents(ids))?;
        let mut by_doc: BTreeMap<String, Vec<StatementRow>> = BTreeMap::new();
        let wanted = folded_words(words);
        for it in statements(&contents, &Filter::default()) {
            let text = folded_words(&format!("{} {}", it.citation.text, it.content));
            let has = text.iter().any(|word| {
                wanted
                    .iter()
                    .any(|it| word == it || (it.ends_with('*') && word.starts_with(it.trim_end_matches('*'))))
            });
            if has {
                by_doc.entry(it.citation.doc.clone()).or_default().push(it);
            }
        }
        let found = |hit: Hit| Found { statements: by_doc.remove(&hit.doc).unwrap_or_default(), hit };
        Ok(Search {
            found: Listed { rows: listed.rows.into_iter().map(found).collect(), next: listed.next },
            facets,
        })
    }

    /// `filter` as the store takes it; `None` if nothing can fit it.
    fn narrow(&self, filter: &Filter) -> Result<Option<Narrow>> {
        let mut actors = Vec::new();
        for asked in &filter.actor {
            actors.extend(self.actors_named(asked)?.into_iter().map(|it| it.id));
        }
        if !filter.actor.is_empty() && actors.is_empty() {
            return Ok(None);
        }
        let story = match self.scope(&Filter { story: filter.story.clone(), ..Filter::default() })? {
            Scope::Story(id) => Some(id),
            Scope::All => None,
            _ => return Ok(None),
        };
        let outlets = self.store().outlets_like(&filter.outlet)?;
        if !filter.outlet.is_empty() && outlets.is_empty() {
            return Ok(None);
        }
        Ok(Some(Narrow {
            since: filter.since.clone(),
            until: filter.until.clone(),
            outlets,
            story,
            kinds: filter.kind.clone(),
            actors: self.actors_before(&actors)?,
        }))
    }
}

fn stories_alone(contents: &Contents, filter: &Filter) -> Vec<StoryRow> {
    let documents = contents
        .stories
        .iter()
        .flat_map(|it| it.documents.first())
        .map(|id| Document { id: id.clone(), ..Document::default() });
    let contents = Contents {
        documents: documents.collect(),
        records: vec![readout_record::DocumentRecords::default()],
        stories: contents.stories.clone(),
        ..Contents::default()
    };
    stories(&contents, filter)
}

/// The words of `text` in lower case, as names are found by them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether one of the names of `actor` has all of `words`.
fn has_name_with(actor: &Actor, words: &[String]) -> bool {
    let has = |name: &String| {
        let own = words_of(name);
        words.iter().all(|word| own.contains(word))
    };
    words.is_empty() || std::iter::once(&actor.name).chain(&actor.aliases).any(has)
}

/// The words of `text`, folded as far as the full-text index folds them for plain English.
fn folded_words(text: &str) -> std::collections::BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '*')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_lowercase)
        .collect()
}
