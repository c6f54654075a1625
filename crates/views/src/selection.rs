//! Contents under a filter, with the indexes that all views use.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use readout_record::{
    ActorId, Document, DocumentId, Evidence, Happening, Mention, Quote, RecordId, Statement, Time,
};
use readout_text::{ByteSpan, CharSpan, Offsets};
use rustc_hash::FxHashMap;

use crate::cite::{ActorName, Citation, paragraph_at, paragraph_ends};
use crate::contents::{Contents, Names};
use crate::filter::Filter;
use crate::when::When;
use crate::words::folded;

/// Contents under a filter, with indexes that all views use.
pub(crate) struct Selection<'c> {
    pub(crate) contents: &'c Contents,
    pub(crate) names: Names,
    /// The numbers of the documents that the filter lets through, in the order of reading: by date, the undated last.
    pub(crate) order: Vec<usize>,
    /// The number in the contents of each document let through, by its id.
    numbers: FxHashMap<&'c str, usize>,
    /// The place in the order of reading of each document let through, by its id.
    places: FxHashMap<&'c str, usize>,
    offsets: Vec<Offsets<'c>>,
    /// The ends of each text's paragraphs, in code points, once they are asked for.
    paragraphs: Vec<OnceCell<Vec<u32>>>,
    /// The evidence of every record of the documents let through, by the record's id.
    evidence: FxHashMap<&'c str, &'c Evidence>,
    /// The statements of the documents let through, and the links, by their ids.
    statements: FxHashMap<&'c str, &'c Statement>,
    happenings: FxHashMap<&'c str, &'c Happening>,
    quotes: FxHashMap<&'c str, &'c Quote>,
    actor: Option<BTreeSet<ActorId>>,
    to: Option<BTreeSet<ActorId>>,
    /// The records that show a position on the issue.
    on_issue: BTreeSet<&'c str>,
    issue: Vec<String>,
    words: Vec<String>,
    filter: &'c Filter,
}

/// Two that something is between: all actors that each name means.
pub(crate) struct Sides {
    actor: BTreeSet<ActorId>,
    to: BTreeSet<ActorId>,
}

impl Sides {
    /// Whether the report `doc` mentions one of each, at spans for which `is_there` holds.
    pub(crate) fn are_in(
        &self,
        selection: &Selection<'_>,
        doc: &str,
        is_there: impl Fn(CharSpan) -> bool,
    ) -> bool {
        let has = |side: &BTreeSet<ActorId>| {
            selection.mentions(doc).iter().any(|it| side.contains(&it.actor) && is_there(it.span))
        };
        has(&self.actor) && has(&self.to)
    }
}

impl<'c> Selection<'c> {
    pub(crate) fn new(contents: &'c Contents, filter: &'c Filter) -> Self {
        let in_story: Option<BTreeSet<&str>> = filter.story.as_ref().map(|story| {
            let stories = contents.stories.iter().filter(|it| is_or_starts(&it.id, story));
            stories.flat_map(|it| it.documents.iter().map(DocumentId::as_str)).collect()
        });
        let outlets: Vec<String> = filter.outlet.iter().map(|it| it.trim().to_lowercase()).collect();
        let mut order: Vec<usize> = (0..contents.documents.len())
            .filter(|&at| {
                let it = &contents.documents[at];
                let outlet = it.outlet.as_deref().unwrap_or_default().to_lowercase();
                in_story.as_ref().is_none_or(|story| story.contains(it.id.as_str()))
                    && (outlets.is_empty() || outlets.contains(&outlet))
            })
            .collect();
        let key = |&at: &usize| {
            let it = &contents.documents[at];
            (it.published.is_none(), &it.published, &it.path, &it.id)
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let numbers = order.iter().map(|&at| (contents.documents[at].id.as_str(), at)).collect();
        let places = order.iter().enumerate();
        let places = places.map(|(place, &at)| (contents.documents[at].id.as_str(), place)).collect();
        let offsets: Vec<Offsets<'_>> = contents.documents.iter().map(|it| Offsets::new(&it.text)).collect();
        let paragraphs = vec![OnceCell::new(); contents.documents.len()];
        let records = order.iter().filter_map(|&at| contents.records.get(at)).flat_map(|it| it.iter());
        let evidence = records.filter_map(|it| it.evidence()).map(|it| (it.id.as_str(), it)).collect();
        let statements = order.iter().filter_map(|&at| contents.records.get(at));
        let statements =
            statements.flat_map(|it| &it.statements).map(|it| (it.evidence.id.as_str(), it)).collect();
        let names = contents.names();
        let issue = filter.issue.as_deref().map(folded).unwrap_or_default();
        let on_issue = match issue.is_empty() {
            true => BTreeSet::new(),
            false => (contents.positions.iter().filter(|it| has_all(&folded(&it.issue), &issue)))
                .flat_map(|it| it.evidence.iter().map(RecordId::as_str))
                .collect(),
        };
        Self {
            actor: wanted(contents, &names, &filter.actor),
            to: wanted(contents, &names, &filter.to),
            contents,
            names,
            order,
            numbers,
            places,
            offsets,
            paragraphs,
            evidence,
            statements,
            happenings: contents.happenings.iter().map(|it| (it.id.as_str(), it)).collect(),
            quotes: contents.quotes.iter().map(|it| (it.id.as_str(), it)).collect(),
            on_issue,
            issue,
            words: filter.text.as_deref().map(folded).unwrap_or_default(),
            filter,
        }
    }

    /// Leaves only the documents for which `is_kept` holds.
    pub(crate) fn keep(&mut self, is_kept: impl Fn(&DocumentId) -> bool) {
        let documents = &self.contents.documents;
        self.order.retain(|&at| is_kept(&documents[at].id));
        self.numbers = self.order.iter().map(|&at| (documents[at].id.as_str(), at)).collect();
        self.places =
            self.order.iter().enumerate().map(|(place, &at)| (documents[at].id.as_str(), place)).collect();
    }

    /// Returns the actors asked for and those to whom it is done, if both are asked for.
    pub(crate) fn sides(&self) -> Option<Sides> {
        self.actor.clone().zip(self.to.clone()).map(|(actor, to)| Sides { actor, to })
    }

    /// Returns the records of all documents let through, in the order of reading, each kind in the order of the text.
    pub(crate) fn each<T: 'c>(
        &self,
        of: impl Fn(&'c readout_record::DocumentRecords) -> &'c [T],
    ) -> impl Iterator<Item = &'c T> {
        let contents = self.contents;
        let lists: Vec<&'c [T]> =
            self.order.iter().filter_map(|&at| contents.records.get(at)).map(of).collect();
        lists.into_iter().flatten()
    }

    /// Returns the statement `id` of a document that is let through.
    pub(crate) fn statement(&self, id: &str) -> Option<&'c Statement> {
        self.statements.get(id).copied()
    }

    /// Returns the happening `id`.
    pub(crate) fn happening(&self, id: &str) -> Option<&'c Happening> {
        self.happenings.get(id).copied()
    }

    /// Returns the quote `id`.
    pub(crate) fn quote(&self, id: &str) -> Option<&'c Quote> {
        self.quotes.get(id).copied()
    }

    /// Whether the document is let through.
    pub(crate) fn has(&self, doc: &str) -> bool {
        self.numbers.contains_key(doc)
    }

    /// Returns the passage behind a record.
    pub(crate) fn citation(&self, evidence: &Evidence) -> Citation {
        self.citation_at(&evidence.id, &evidence.doc, &evidence.spans, &evidence.text)
    }

    /// Returns the citation of `spans` of the report `doc`, with their words, for the record `id`.
    pub(crate) fn citation_at(&self, id: &str, doc: &str, spans: &[CharSpan], text: &str) -> Citation {
        let number = self.numbers.get(doc).copied();
        let document = number.and_then(|at| self.contents.documents.get(at));
        let start = spans.first().map_or(0, |span| span.start);
        let ends = number.map(|at| self.paragraph_ends(at)).unwrap_or_default();
        Citation {
            id: id.into(),
            doc: doc.into(),
            spans: spans.to_vec(),
            text: text.to_owned(),
            paragraph: paragraph_at(ends, start),
            outlet: document.and_then(|it| it.outlet.clone()),
            published: document.and_then(|it| it.published.clone()),
        }
    }

    /// Returns the ends of the paragraphs of document number `at`, in code points.
    fn paragraph_ends(&self, at: usize) -> &[u32] {
        let (Some(ends), Some(document), Some(offsets)) =
            (self.paragraphs.get(at), self.contents.documents.get(at), self.offsets.get(at))
        else {
            return &[];
        };
        ends.get_or_init(|| paragraph_ends(&document.text, offsets))
    }

    /// Returns the passages behind records that are let through, in the order of reading.
    pub(crate) fn citations(&self, ids: &[RecordId]) -> Vec<Citation> {
        let mut found: Vec<(usize, u32, Citation)> = ids
            .iter()
            .filter_map(|id| self.evidence.get(id.as_str()))
            .map(|it| {
                let start = it.spans.first().map_or(0, |span| span.start);
                (self.place(&it.doc), start, self.citation(it))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        found.dedup_by(|a, b| a.2.id == b.2.id);
        found.into_iter().map(|(_, _, citation)| citation).collect()
    }

    /// Returns the outlet from which a report's words are: that of the report that it mostly copies, else its own.
    ///
    /// Returns the report's id if it has no outlet.
    pub(crate) fn origin(&self, doc: &str) -> String {
        let Some(&at) = self.numbers.get(doc) else { return doc.to_owned() };
        let document = &self.contents.documents[at];
        let copied =
            document.copies_of.iter().filter(|it| it.share >= COPY && self.place(&it.doc) < self.place(doc));
        let original = copied.max_by(|a, b| a.share.total_cmp(&b.share).then_with(|| b.doc.cmp(&a.doc)));
        let document = match original.and_then(|it| self.numbers.get(it.doc.as_str())) {
            Some(&at) => &self.contents.documents[at],
            None => document,
        };
        document.outlet.clone().unwrap_or_else(|| document.id.to_string())
    }

    /// Returns the document's place in the order of reading.
    pub(crate) fn place(&self, doc: &str) -> usize {
        self.places.get(doc).copied().unwrap_or(usize::MAX)
    }

    /// Returns `span` of the report `doc` in bytes; `None` if the report is not let through.
    pub(crate) fn bytes_at(&self, doc: &str, span: CharSpan) -> Option<ByteSpan> {
        self.offsets.get(*self.numbers.get(doc)?)?.to_bytes(span)
    }

    /// Returns the document `doc`, if it is let through.
    pub(crate) fn document(&self, doc: &str) -> Option<&'c Document> {
        self.numbers.get(doc).and_then(|&at| self.contents.documents.get(at))
    }

    /// Returns the mentions in the report `doc`, in the order of the text.
    pub(crate) fn mentions(&self, doc: &str) -> &'c [Mention] {
        let at = self.numbers.get(doc).and_then(|&at| self.contents.records.get(at));
        at.map(|it| it.mentions.as_slice()).unwrap_or_default()
    }

    pub(crate) fn words_at(&self, doc: &str, span: CharSpan) -> String {
        let Some(&at) = self.numbers.get(doc) else { return String::new() };
        let bytes = self.offsets[at].to_bytes(span).unwrap_or_default();
        bytes.slice(&self.contents.documents[at].text).to_owned()
    }

    /// Returns the evidence of the record `id` of a document that is let through.
    pub(crate) fn evidence(&self, id: &str) -> Option<&'c Evidence> {
        self.evidence.get(id).copied()
    }

    pub(crate) fn actors(&self, ids: &[ActorId]) -> Vec<ActorName> {
        let mut seen = BTreeSet::new();
        (ids.iter().filter(|id| seen.insert(*id)))
            .map(|id| ActorName { id: id.clone(), name: self.names.of(id).to_owned() })
            .collect()
    }

    /// Returns the day on which a report was published.
    pub(crate) fn published(&self, doc: &str) -> Option<String> {
        let document = self.numbers.get(doc).and_then(|&at| self.contents.documents.get(at))?;
        document.published.as_deref().and_then(day)
    }

    /// Whether one of the actors asked for acts.
    pub(crate) fn acting(&self, actors: &[&[ActorId]]) -> bool {
        has_any(self.actor.as_ref(), actors)
    }

    /// Whether one of the actors asked for acts, and one of the recipients asked for is among `to`.
    pub(crate) fn parties(&self, actors: &[&[ActorId]], to: &[&[ActorId]]) -> bool {
        self.acting(actors) && has_any(self.to.as_ref(), to)
    }

    /// Whether one of the actors and one of the recipients asked for are among `members`, for a row without a
    /// direction.
    pub(crate) fn together(&self, members: &[ActorId]) -> bool {
        self.parties(&[members], &[members])
    }

    /// Whether a row of `time`, in the report `doc`, is within the dates asked for. The beginning of the time counts.
    pub(crate) fn times(&self, time: Option<&Time>, doc: &str) -> bool {
        self.dates(time.and_then(When::of).map(When::begins).as_deref(), doc)
    }

    /// Whether a row of the day `at`, in the report `doc`, is within the dates asked for.
    pub(crate) fn dates(&self, at: Option<&str>, doc: &str) -> bool {
        if self.filter.since.is_none() && self.filter.until.is_none() {
            return true;
        }
        let Some(day) = at.map(str::to_owned).or_else(|| self.published(doc)) else { return false };
        self.filter.since.as_deref().is_none_or(|since| since <= day.as_str())
            && self.filter.until.as_deref().is_none_or(|until| day.as_str() < until)
    }

    /// Whether one of `kinds` is asked for.
    pub(crate) fn kinds(&self, kinds: &[&str]) -> bool {
        self.filter.kind.is_empty()
            || self
                .filter
                .kind
                .iter()
                .any(|wanted| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(wanted)))
    }

    /// Whether the words and the issue fit the records `ids` with the words `texts`.
    pub(crate) fn words(&self, ids: &[&str], texts: &[&str]) -> bool {
        if self.words.is_empty() && self.issue.is_empty() {
            return true;
        }
        let text: Vec<String> = texts.iter().flat_map(|text| folded(text)).collect();
        has_all(&text, &self.words)
            && (self.issue.is_empty()
                || ids.iter().any(|id| self.on_issue.contains(id))
                || has_all(&text, &self.issue))
    }

    /// Whether `issue` is the one asked for.
    pub(crate) fn is_issue(&self, issue: &str) -> bool {
        has_all(&folded(issue), &self.issue)
    }

    /// Returns the day against which deadlines are overdue.
    pub(crate) fn as_of(&self) -> Option<String> {
        let newest = || {
            let dates = self.order.iter().filter_map(|&at| self.contents.documents[at].published.as_deref());
            dates.filter_map(day).max()
        };
        self.filter.as_of.clone().or_else(newest)
    }
}

fn has_any(wanted: Option<&BTreeSet<ActorId>>, lists: &[&[ActorId]]) -> bool {
    wanted.is_none_or(|wanted| lists.iter().any(|list| list.iter().any(|id| wanted.contains(id))))
}

/// The smallest copied share of a report that makes it mostly a copy.
pub(crate) const COPY: f64 = 0.5;

/// Returns the day of an ISO 8601 date or date-time.
pub(crate) fn day(date: &str) -> Option<String> {
    date.get(..10).map(str::to_owned)
}

/// Whether `id` is or begins with `wanted`, with or without its kind.
fn is_or_starts(id: &str, wanted: &str) -> bool {
    let bare = id.split_once(':').map_or(id, |(_, rest)| rest);
    !wanted.is_empty() && (id.starts_with(wanted) || bare.starts_with(wanted))
}

fn has_all(text: &[String], wanted: &[String]) -> bool {
    wanted.iter().all(|word| text.contains(word))
}

/// Returns the ids of the actors that `asked` means; `None` if nobody is asked for.
fn wanted(contents: &Contents, names: &Names, asked: &[String]) -> Option<BTreeSet<ActorId>> {
    if asked.is_empty() {
        return None;
    }
    Some(asked.iter().flat_map(|it| matching_actors(contents, names, it)).collect())
}

/// Returns the ids of the actors that `asked` means: the one with this id, else those with this name or alias, else
/// those whose name contains its words.
pub(crate) fn matching_actors(contents: &Contents, names: &Names, asked: &str) -> BTreeSet<ActorId> {
    let asked = asked.trim();
    if names.kind(asked).is_some() || contents.actors.iter().any(|it| it.id == asked) {
        return BTreeSet::from([asked.into()]);
    }
    let words = folded(asked);
    if words.is_empty() {
        return BTreeSet::new();
    }
    let all_names = |id: &'_ str| -> Vec<Vec<String>> {
        let actor = contents.actors.binary_search_by(|it| it.id.as_str().cmp(id)).ok();
        let aliases = actor.map(|at| contents.actors[at].aliases.as_slice()).unwrap_or_default();
        std::iter::once(names.of(id)).chain(aliases.iter().map(String::as_str)).map(folded).collect()
    };
    let fits = |fit: &dyn Fn(&[String]) -> bool| -> BTreeSet<ActorId> {
        names.ids().filter(|id| all_names(id).iter().any(|name| fit(name))).cloned().collect()
    };
    let whole = fits(&|name| name == words);
    if !whole.is_empty() {
        return whole;
    }
    fits(&|name| has_all(name, &words))
}
