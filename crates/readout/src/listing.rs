//! Lists, a page at a time, and search with facets: one face for the command line, the pages, the API and assistants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

use readout_record::{Actor, ActorId, Change, Document, DocumentId, Kind, Record, RecordId, Story};
use readout_store::{ActorsWanted, Facets, Hit, Listed, Narrow, Page, Scope};
use readout_views::words::folded;
use readout_views::{
    ActorRow, Contents, Filter, ListKind, Row, Rows, Sorting, SourceRow, StatementRow, StoryRow, actor_row,
    opening, sources, statements, story_fits, story_row,
};

use crate::asking::{check_kinds, check_kinds_of};
use crate::correcting::corrections_in_force;
use crate::kept::KeptLists;
use crate::unclear::{Candidate, UnclearId};
use crate::unknown::Unknown;
use crate::{Corpus, Error, Result, Wanted};

/// The `story` of a filter that asks for reports of no story.
pub const NO_STORY: &str = "none";

/// The number of reports above which actors are listed from their index alone. Their statements are not counted then.
const MANY: usize = 500;

/// Reports that are looked at together, where many are.
const TOGETHER: usize = 200;

/// The most reports, stories or actors that are sorted by another column than their index has.
const SORTED: usize = 20_000;

/// The most stories with the same words that are named.
const SIMILAR: usize = 5;

/// The pause before a waiting request asks again whether another list is done.
const WAIT: Duration = Duration::from_millis(10);

/// The longest time that a list of all reports may take: two thousandths of a second a report, for 30,000 reports.
const LIST_PATIENCE: Duration = Duration::from_secs(60);

/// A report that has the words that were looked for.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Found {
    /// The passage, and how well it fits.
    #[serde(flatten)]
    pub hit: Hit,
    /// The statements of the report that have one of the words.
    pub statements: Vec<StatementRow>,
}

/// The result of a search.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Search {
    /// A page of reports, best first.
    pub found: Listed<Found>,
    /// All reports found, counted.
    pub facets: Facets,
}

/// One page of a list of any kind.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct List {
    /// The rows of the page.
    pub rows: Rows,
    /// The number of rows of the whole list.
    pub total: usize,
    /// The cursor of the next page; `None` on the last.
    pub next: Option<String>,
}

/// A filter whose names are found in the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    /// The filter with ids in place of names, and without the story: the reports are the story's.
    filter: Filter,
    /// The part of the filter that the store applies.
    narrow: Narrow,
}

impl Resolved {
    /// Returns the filter with ids in place of names.
    pub(crate) fn into_filter(self) -> Filter {
        self.filter
    }

    /// Returns the part of the filter that the store applies, with the days of publication.
    pub(crate) fn dated(&self) -> Narrow {
        Narrow { since: self.filter.since.clone(), until: self.filter.until.clone(), ..self.narrow.clone() }
    }
}

impl Corpus {
    /// Returns a page of the list `kind` under `filter`. A name in the filter that means nothing in the file does not
    /// give an empty list, but an `Unknown` with names like it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(
        &self,
        kind: ListKind,
        filter: &Filter,
        page: &Page,
    ) -> Result<std::result::Result<List, Unknown>> {
        let resolved = match self.resolve(filter)? {
            Ok(resolved) => resolved,
            Err(unknown) => return Ok(Err(unknown)),
        };
        Ok(Ok(match kind {
            ListKind::Stories => {
                let Listed { rows, total, next } = self.stories_of(&resolved, page)?;
                List { rows: Rows::Stories(rows), total, next }
            }
            ListKind::Actors if self.store().count()? > MANY => {
                let Listed { rows, total, next } = self.actors_of(&resolved, page)?;
                List { rows: Rows::Actors(rows), total, next }
            }
            ListKind::Sources => {
                let Listed { rows, total, next } = self.sources_of(&resolved, page)?;
                List { rows: Rows::Sources(rows), total, next }
            }
            _ => {
                let all = self.made_list(kind, &resolved)?;
                let rows = all.part(page.from(), page.limit);
                let next = page.next(rows.len(), all.len());
                List { total: all.len(), next, rows }
            }
        }))
    }

    /// As [`Corpus::list`], sorted by a column.
    ///
    /// # Errors
    /// [`Error::Question`] for a kind or a column that the list does not have, and for too many rows; or the file cannot
    /// be read.
    pub fn list_sorted(
        &self,
        kind: ListKind,
        filter: &Filter,
        page: &Page,
        sort: Option<Sorting>,
    ) -> Result<std::result::Result<List, Unknown>> {
        check_kinds_of(kind, &filter.kind)?;
        let Some(sort) = sort else { return self.list(kind, filter, page) };
        if !kind.columns().contains(&sort.column) {
            let names: Vec<&str> = kind.columns().iter().map(|it| it.name()).collect();
            let message = format!("{} is sorted by one of {}", kind.name(), names.join(", "));
            return Err(Error::Question { message });
        }
        let _still = self.store().snapshot()?;
        let resolved = match self.resolve(filter)? {
            Ok(resolved) => resolved,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let is_indexed = match kind {
            ListKind::Stories | ListKind::Sources => true,
            ListKind::Actors => self.store().count()? > MANY,
            _ => false,
        };
        let all = if is_indexed {
            let found = match self.list(kind, filter, &Page::first(SORTED))? {
                Ok(found) => found,
                Err(unknown) => return Ok(Err(unknown)),
            };
            if found.total > SORTED {
                let message =
                    format!("{} rows are too many to sort: narrow the list to {SORTED}", found.total);
                return Err(Error::Question { message });
            }
            Arc::new(found.rows)
        } else {
            self.made_list(kind, &resolved)?
        };
        let rows = all.sorted_part(sort, page.from(), page.limit);
        let next = page.next(rows.len(), all.len());
        Ok(Ok(List { total: all.len(), next, rows }))
    }

    /// Returns the row, counted from 0, at which the timeline under `filter` is opened: see
    /// [`opening`](readout_views::opening).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn opening(&self, filter: &Filter) -> Result<usize> {
        let Ok(resolved) = self.resolve(filter)? else { return Ok(0) };
        let all = self.made_list(ListKind::Timeline, &resolved)?;
        Ok(if let Rows::Timeline(rows) = all.as_ref() { opening(rows) } else { 0 })
    }

    /// Returns at most `most` actors that have all of `words` in one of their names, in whatever spelling the file knows,
    /// those in the most reports first; and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actors_called(&self, words: &str, most: usize) -> Result<Listed<ActorRow>> {
        if folded(words).is_empty() {
            return Ok(Listed::default());
        }
        let filter = Filter { text: Some(words.to_owned()), ..Filter::default() };
        self.actors_of(&Resolved { filter, narrow: Narrow::default() }, &Page::first(most))
    }

    /// As [`Corpus::list`], with rows of one kind.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_of<R: Row>(
        &self,
        filter: &Filter,
        page: &Page,
    ) -> Result<std::result::Result<Listed<R>, Unknown>> {
        let list = self.list(R::KIND, filter, page)?;
        Ok(list.map(|List { rows, total, next }| Listed { rows: R::of(rows), total, next }))
    }

    /// Returns the reports that `filter` can let through, with their records and links, and the filter with ids in
    /// place of names. Views are made from both.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports(&self, filter: &Filter) -> Result<std::result::Result<(Contents, Filter), Unknown>> {
        Ok(match self.resolve(filter)? {
            Ok(resolved) => Ok((self.slice(&self.scope(None, &resolved)?)?, resolved.filter)),
            Err(unknown) => Err(unknown),
        })
    }

    /// Returns the whole list `kind`, made of the reports that can have a row in it.
    fn made_list(&self, kind: ListKind, resolved: &Resolved) -> Result<Arc<Rows>> {
        let scope = self.scope(Some(kind), resolved)?;
        let make = || -> Result<Arc<Rows>> {
            let contents = self.slice(&scope)?;
            self.store().go_on()?;
            Ok(Arc::new(Rows::list(kind, &contents, &resolved.filter)))
        };
        let Some(kept) = self.kept() else { return make() };
        // What is kept is of the state that it is kept under.
        let _still = self.store().snapshot()?;
        let state = self.store().state()?;
        let filter = serde_json::to_string(&resolved.filter).unwrap_or_default();
        let of = (&resolved.narrow.story, resolved.narrow.alone);
        let key = format!("{state} {} {of:?} {filter}", kind.name());
        if let Some(rows) = kept.get(&key) {
            return Ok(rows);
        }
        let _one = if scope == Scope::All { Some(self.alone(kept)?) } else { None };
        // One at a time, and kept for those who ask next.
        if scope == Scope::All {
            self.store().put_off(LIST_PATIENCE);
        }
        // Somebody may have made it while we waited.
        if let Some(rows) = kept.get(&key) {
            return Ok(rows);
        }
        self.store().go_on()?;
        let rows = make()?;
        kept.put(key, &rows);
        Ok(rows)
    }

    /// Waits until nobody else makes a list of all reports.
    fn alone<'k>(&self, kept: &'k KeptLists) -> Result<MutexGuard<'k, ()>> {
        loop {
            match kept.making.try_lock() {
                Ok(guard) => return Ok(guard),
                Err(TryLockError::Poisoned(poisoned)) => return Ok(poisoned.into_inner()),
                // Whoever waits may go meanwhile.
                Err(TryLockError::WouldBlock) => {
                    self.store().go_on()?;
                    thread::sleep(WAIT);
                }
            }
        }
    }

    /// Replaces the names of `filter` by ids.
    pub(crate) fn resolve(&self, filter: &Filter) -> Result<std::result::Result<Resolved, Unknown>> {
        check_kinds(&filter.kind)?;
        let mut resolved = Resolved { filter: filter.clone(), ..Resolved::default() };
        let Resolved { filter: ids, narrow } = &mut resolved;
        if let Some(story) = ids.story.take() {
            if story == NO_STORY {
                narrow.alone = true;
            } else {
                match self.id(&story, Wanted::Story) {
                    Ok(one) => narrow.story = Some(one),
                    Err(Error::Id(unclear)) => match self.story_with(&story, unclear)? {
                        Ok(one) => narrow.story = Some(one),
                        Err(unclear) => return Ok(Err(self.unknown_story(&unclear)?)),
                    },
                    Err(error) => return Err(error),
                }
            }
        }
        for asked in &filter.outlet {
            let found = self.store().outlets_like(std::slice::from_ref(asked))?;
            if found.is_empty() {
                return Ok(Err(self.unknown_outlet(asked)?));
            }
            narrow.outlets.extend(found);
        }
        for names in [&mut ids.actor, &mut ids.to] {
            let mut all = Vec::new();
            for asked in names.iter() {
                let found = self.actors_named(asked)?;
                if found.is_empty() {
                    return Ok(Err(self.unknown_actor(asked)?));
                }
                all.extend(found.into_iter().map(|it| it.id.into_string()));
            }
            *names = all;
        }
        narrow.actors = self.actors_before(&actor_ids(&ids.actor))?;
        Ok(Ok(resolved))
    }

    /// Returns the only story that has all of `words` in its headline or among its keywords; or else `unclear`, with the
    /// stories that have them.
    fn story_with(
        &self,
        words: &str,
        mut unclear: UnclearId,
    ) -> Result<std::result::Result<RecordId, UnclearId>> {
        if folded(words).is_empty() || !unclear.candidates.is_empty() {
            return Ok(Err(unclear));
        }
        let filter = Filter { text: Some(words.to_owned()), ..Filter::default() };
        let keep = |story: &Story| story_fits(story, &filter);
        let found = self.store().list_stories(&Page::first(SIMILAR), &Narrow::default(), Some(&keep))?;
        if let ([one], 1) = (found.rows.as_slice(), found.total) {
            return Ok(Ok(one.id.clone()));
        }
        unclear.candidates = found
            .rows
            .into_iter()
            .map(|it| Candidate { id: it.id, kind: "story".to_owned(), words: it.title })
            .collect();
        Ok(Err(unclear))
    }

    /// Returns the reports that can have a row in the list `kind`.
    fn scope(&self, kind: Option<ListKind>, resolved: &Resolved) -> Result<Scope> {
        let mut narrow = resolved.narrow.clone();
        // A stance is to nobody, and who is spoken of does not act.
        let to_somebody = !matches!(
            kind,
            None | Some(
                ListKind::Positions
                    | ListKind::Issues
                    | ListKind::Actors
                    | ListKind::Stories
                    | ListKind::Sources
            )
        );
        if narrow.actors.is_empty() && to_somebody {
            narrow.actors = self.actors_before(&actor_ids(&resolved.filter.to))?;
        }
        if narrow == Narrow::default() {
            return Ok(Scope::All);
        }
        Ok(Scope::Documents(self.store().list_documents(&Page::all(), &narrow)?.rows))
    }

    /// Returns stories that have a report which the filter lets through, the newest first.
    pub(crate) fn stories_of(&self, resolved: &Resolved, page: &Page) -> Result<Listed<StoryRow>> {
        let filter = &resolved.filter;
        let plain = Filter {
            kind: filter.kind.clone(),
            text: filter.text.clone(),
            issue: filter.issue.clone(),
            ..Filter::default()
        };
        let keep = |story: &Story| story_fits(story, &plain);
        let by_words: Option<&dyn Fn(&Story) -> bool> =
            if plain == Filter::default() { None } else { Some(&keep) };
        let listed = self.store().list_stories(page, &resolved.dated(), by_words)?;
        let mut rows = Vec::with_capacity(listed.rows.len());
        for story in listed.rows {
            let outlets = self.store().outlets_of(&story.id)?;
            rows.push(story_row(&story, outlets.iter().map(String::as_str)));
        }
        Ok(Listed { rows, total: listed.total, next: listed.next })
    }

    /// Returns actors from their index, those in most reports first. If the filter asks for dates, outlets or a story,
    /// their reports are counted within these.
    fn actors_of(&self, resolved: &Resolved, page: &Page) -> Result<Listed<ActorRow>> {
        let Resolved { filter, narrow } = resolved;
        let corrections = corrections_in_force(self.store())?;
        let mut merged: BTreeMap<&ActorId, &ActorId> = BTreeMap::new();
        for it in &corrections {
            if let Change::Merge { actor, into } = &it.change {
                merged.insert(actor, into);
            }
        }
        let narrow = Narrow {
            since: filter.since.clone(),
            until: filter.until.clone(),
            actors: Vec::new(),
            ..narrow.clone()
        };
        let words = filter.text.as_deref().map(folded).unwrap_or_default();
        let wanted = ActorsWanted {
            kinds: sorts(&filter.kind),
            words: words.clone(),
            only: actor_ids(&filter.actor),
            but: merged.keys().map(|it| (*it).clone()).collect(),
        };
        // One word is one of a name; several may be of several names of one actor.
        let keep = |it: &Actor| has_name_with(it, &words);
        let several: Option<&dyn Fn(&Actor) -> bool> = if words.len() > 1 { Some(&keep) } else { None };
        let listed = self.store().list_actors(page, &wanted, &narrow, several)?;
        let mut rows = Vec::with_capacity(listed.rows.len());
        for (actor, reports) in listed.rows {
            let mut row = actor_row(&actor, reports);
            if narrow == Narrow::default() && merged.values().any(|into| **into == actor.id) {
                let all = self.actors_before(std::slice::from_ref(&actor.id))?;
                let mut contents = Contents::default();
                for id in &all {
                    contents.actors.extend(match self.store().record(id)? {
                        Some(Record::Actor(it)) => Some(it),
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
        Ok(Listed { rows, total: listed.total, next: listed.next })
    }

    /// Returns reports, the newest first, the undated last. `kind` asks for reports that have records of all these
    /// kinds.
    fn sources_of(&self, resolved: &Resolved, page: &Page) -> Result<Listed<SourceRow>> {
        let Resolved { filter, narrow } = resolved;
        let kinds = filter.kind.iter().map(|it| it.to_lowercase()).filter(|it| it != "document");
        let narrow = Narrow {
            since: filter.since.clone(),
            until: filter.until.clone(),
            kinds: kinds.collect(),
            ..narrow.clone()
        };
        let words = Filter { text: filter.text.clone(), issue: filter.issue.clone(), ..Filter::default() };
        let by_words = words != Filter::default();
        // What the words of a report say is looked at report by report; the rest the store knows.
        let asked = if by_words { Page::all() } else { page.clone() };
        let Listed { rows: ids, total, .. } = self.store().list_documents(&asked, &narrow)?;
        let mut rows: Vec<SourceRow> = Vec::new();
        for some in ids.chunks(TOGETHER) {
            let contents = self.slice(&Scope::Documents(some.to_vec()))?;
            let mut found = sources(&contents, &words);
            found.sort_by_key(|it| some.iter().position(|id| *id == it.id));
            rows.extend(found);
        }
        if !by_words {
            return Ok(Listed::of(rows, total, page));
        }
        let total = rows.len();
        Ok(Listed::of(rows.into_iter().skip(page.from()).take(page.limit).collect(), total, page))
    }

    /// Finds the current reports that have all of `words`, best first, with the statements around them, and the facets
    /// of all. `"…"` keeps words together, a `*` at a word's end means any ending. Only the actor, dates, story, outlet
    /// and kinds of record of `filter` are applied. A name in it that means nothing in the file gives an `Unknown`.
    ///
    /// # Errors
    /// When the file cannot be read, and for more different words than a search takes.
    pub fn search(
        &self,
        words: &str,
        filter: &Filter,
        page: &Page,
    ) -> Result<std::result::Result<Search, Unknown>> {
        let resolved = match self.resolve(filter)? {
            Ok(resolved) => resolved,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let narrow = Narrow {
            since: filter.since.clone(),
            until: filter.until.clone(),
            kinds: filter.kind.clone(),
            ..resolved.narrow
        };
        let (listed, facets) = self.store().search(words, &narrow, page)?;
        let ids: Vec<DocumentId> = listed.rows.iter().map(|hit| hit.doc.clone()).collect();
        let contents = self.slice(&Scope::Documents(ids))?;
        let mut by_doc: BTreeMap<DocumentId, Vec<StatementRow>> = BTreeMap::new();
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
        // As they were set right.
        let heads: BTreeMap<&DocumentId, &Document> =
            contents.documents.iter().map(|it| (&it.id, it)).collect();
        let found = |mut hit: Hit| {
            if let Some(document) = heads.get(&hit.doc) {
                hit.title.clone_from(&document.title);
                hit.outlet.clone_from(&document.outlet);
                hit.published.clone_from(&document.published);
            }
            Found { statements: by_doc.remove(&hit.doc).unwrap_or_default(), hit }
        };
        Ok(Ok(Search {
            found: Listed {
                rows: listed.rows.into_iter().map(found).collect(),
                total: listed.total,
                next: listed.next,
            },
            facets,
        }))
    }
}

/// Returns the sorts of actor that the kinds of a filter ask for, or none if they ask for actors of any sort.
fn sorts(kinds: &[String]) -> Vec<String> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.to_ascii_lowercase()).collect();
    if kinds.iter().any(|kind| kind == Kind::Actor.as_str()) { Vec::new() } else { kinds }
}

/// Returns the ids that a filter has for the names of actors once it is resolved.
fn actor_ids(names: &[String]) -> Vec<ActorId> {
    names.iter().map(|id| ActorId::from(id.as_str())).collect()
}

/// Whether one of the names of `actor` has all of `words`.
fn has_name_with(actor: &Actor, words: &[String]) -> bool {
    let has = |name: &String| {
        let own = folded(name);
        words.iter().all(|word| own.contains(word))
    };
    words.is_empty() || std::iter::once(&actor.name).chain(&actor.aliases).any(has)
}

/// Returns the words of `text`, folded as far as the full-text index folds them for plain English.
fn folded_words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '*')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_lowercase)
        .collect()
}
