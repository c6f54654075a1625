//! Finds the records of different reports that are worth comparing, and those to be decided again when reports come or
//! go.
//!
//! A record has *block keys* (a run of words, two sides and a week). Two records are compared if they share enough
//! keys; of a long list of records with one key only its head counts: two records further down do not meet through it,
//! so that a new record costs the same in a collection of a million. The head is by day of publication, so a report
//! of today changes nobody's head.
//!
//! What a comparison finds is an *edge*. What is linked is decided within a connected *component* of edges and
//! depends on nothing else: so a report that comes or goes has its own component decided again, no other, and the
//! result is the same as from scratch, in whatever order the reports came.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::report::Report;
use crate::shelf::{Edge, Entry, Item, Shelf};

/// Number of documents from which a mark that all of them have is common.
pub(crate) const COMMON: usize = 3;

/// The difference between a kind's number and the number under which its marks are listed.
const MARKS: u8 = 64;

/// A kind of link: its records, their keys, and the comparison of two records.
pub(crate) trait LinkKind {
    /// The number of the kind on the shelf.
    const NUMBER: u8;
    /// Votes of shared keys from which two records are compared.
    const VOTES: u32;
    /// Number of records at the head of a list that are compared with all records of the list.
    const HEAD: usize = 32;
    /// True if the kind needs only the day, the agreements and the positions of a report. Many hundred reports may
    /// speak of one treaty, and all are read again when one more does.
    const BRIEF: bool = false;
    /// True if an edge may bind its two records within one story only.
    const BY_STORY: bool = false;
    /// One record, prepared.
    type Record;

    /// Returns the marks of a report: keys that change its records once [`COMMON`] documents have them.
    fn marks(&self, _report: &Rc<Report>) -> Vec<u64> {
        Vec::new()
    }
    /// Returns the records of a report, always in the same order. `common` are the marks of the report that are common.
    fn records(&self, report: &Rc<Report>, common: &BTreeSet<u64>) -> Vec<Self::Record>;
    /// Returns the keys of a record, each with its votes.
    fn keys(&self, record: &Self::Record) -> Vec<(u64, u32)>;
    /// Returns the size of a record, if the number of votes that a comparison takes depends on it.
    fn size(&self, _record: &Self::Record) -> Option<u32> {
        None
    }
    /// Whether `votes`, at least [`LinkKind::VOTES`], are enough for two records, the smaller of which has this size.
    fn enough(&self, _votes: u32, _smaller: u32) -> bool {
        true
    }
    /// Compares two records. Returns the strength and the note of their edge; `None` if they are not alike.
    fn compare(&self, earlier: &Self::Record, later: &Self::Record) -> Option<(f64, String)>;
    /// Returns how an edge with `note` binds its two records. `one_story` is whether their reports are in one story;
    /// `None` if one is in none.
    fn reach(_note: &str, _one_story: Option<bool>) -> Reach {
        Reach::Together
    }
}

/// The effect of an edge on its two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Both records are in one component: they are decided together.
    Together,
    /// The records may be in different components, but what is decided of one may name the other.
    Beside,
    /// The edge has no effect for now.
    Nowhere,
}

/// Records that edges join, and the guests beside them.
pub(crate) struct Component<R> {
    /// The records, in the order of their reports' days (the undated last), then of the reports' ids.
    pub(crate) records: Vec<Member<R>>,
    /// The edges between them, as places in `records`.
    pub(crate) edges: Vec<(usize, usize, f64, String)>,
}

/// A record in a component.
pub(crate) struct Member<R> {
    pub(crate) item: Item,
    pub(crate) report: Rc<Report>,
    /// True if the record belongs to another component, and is here only because an edge leads to it.
    pub(crate) guest: bool,
    prepared: Rc<Vec<R>>,
}

impl<R> std::ops::Deref for Member<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.prepared[self.item.number as usize]
    }
}

/// A report and its records of one kind.
type Prepared<R> = (Rc<Report>, Rc<Vec<R>>);

/// One kind of link at work on a shelf.
pub(crate) struct Blocks<'s, S: Shelf, K: LinkKind> {
    shelf: &'s mut S,
    kind: &'s K,
    prepared: BTreeMap<i64, Prepared<K::Record>>,
}

impl<'s, S: Shelf, K: LinkKind> Blocks<'s, S, K> {
    pub(crate) fn new(shelf: &'s mut S, kind: &'s K) -> Self {
        Self { shelf, kind, prepared: BTreeMap::new() }
    }

    fn report(&mut self, document: i64) -> Result<Rc<Report>, S::Error> {
        if K::BRIEF { self.shelf.brief(document) } else { self.shelf.report(document) }
    }

    fn prepare(&mut self, document: i64) -> Result<Prepared<K::Record>, S::Error> {
        if let Some((report, records)) = self.prepared.get(&document) {
            return Ok((Rc::clone(report), Rc::clone(records)));
        }
        let report = self.report(document)?;
        let mut common = BTreeSet::new();
        for mark in self.kind.marks(&report) {
            if self.shelf.entries(K::NUMBER + MARKS, mark, Some(COMMON))?.len() >= COMMON {
                common.insert(mark);
            }
        }
        let records = Rc::new(self.kind.records(&report, &common));
        self.prepared.insert(document, (Rc::clone(&report), Rc::clone(&records)));
        Ok((report, records))
    }

    /// Returns the keys of a record, each once, with its votes.
    fn keys(&self, record: &K::Record) -> Vec<(u64, u32)> {
        let mut keys = self.kind.keys(record);
        keys.sort_unstable();
        keys.dedup_by_key(|(key, _)| *key);
        keys
    }

    /// Returns the entries of the records of `document`, each with its key.
    fn entries(&mut self, document: i64) -> Result<Vec<(u64, Entry)>, S::Error> {
        let (report, records) = self.prepare(document)?;
        let mut entries = Vec::new();
        for (number, record) in records.iter().enumerate() {
            let item = Item { document, number: number as u32 };
            let entry = Entry { day: report.day.unwrap_or(i32::MAX), rank: report.rank, item };
            entries.extend(self.keys(record).into_iter().map(|(key, _)| (key, entry)));
        }
        Ok(entries)
    }

    /// Sets the sizes of the records of `document`, or forgets them.
    fn set_sizes(&mut self, document: i64, add: bool) -> Result<(), S::Error> {
        let (_, records) = self.prepare(document)?;
        for (number, record) in records.iter().enumerate() {
            if let Some(size) = self.kind.size(record) {
                let item = Item { document, number: number as u32 };
                self.shelf.set_size(K::NUMBER, item, add.then_some(size))?;
            }
        }
        Ok(())
    }

    /// Adds or removes the marks of `documents`. Returns the other documents whose records this changes.
    fn mark(&mut self, documents: &[i64], add: bool) -> Result<BTreeSet<i64>, S::Error> {
        let mut changed = BTreeSet::new();
        for &document in documents {
            let report = self.report(document)?;
            let day = report.day.unwrap_or(i32::MAX);
            let entry = Entry { day, rank: report.rank, item: Item { document, number: 0 } };
            for mark in self.kind.marks(&report) {
                let list = self.shelf.entries(K::NUMBER + MARKS, mark, Some(COMMON + 1))?;
                let crosses = if add { list.len() + 1 == COMMON } else { list.len() == COMMON };
                if crosses {
                    changed.extend(list.iter().map(|entry| entry.item.document));
                }
                if add {
                    self.shelf.insert_entry(K::NUMBER + MARKS, mark, entry)?;
                } else {
                    self.shelf.remove_entry(K::NUMBER + MARKS, mark, entry)?;
                }
            }
        }
        changed.retain(|document| !documents.contains(document));
        for document in &changed {
            self.prepared.remove(document);
        }
        Ok(changed)
    }

    /// Compares the records of `documents` again with all that they meet.
    fn meet_again(
        &mut self,
        documents: &BTreeSet<i64>,
        touched: &mut BTreeSet<Item>,
    ) -> Result<(), S::Error> {
        for &document in documents {
            let (_, records) = self.prepare(document)?;
            for number in 0..records.len() as u32 {
                let item = Item { document, number };
                for edge in self.shelf.edges(K::NUMBER, item)? {
                    touched.insert(edge.earlier);
                    touched.insert(edge.later);
                    self.shelf.remove_edge(K::NUMBER, &edge)?;
                }
                touched.insert(item);
            }
        }
        for &document in documents {
            let (_, records) = self.prepare(document)?;
            for number in 0..records.len() as u32 {
                self.meet(Item { document, number }, touched, |_| {})?;
            }
        }
        Ok(())
    }

    /// Takes `documents` off the shelf. Returns the records of other documents that must be decided again.
    pub(crate) fn remove(&mut self, documents: &[i64]) -> Result<BTreeSet<Item>, S::Error> {
        let mut touched = BTreeSet::new();
        let mut risen: BTreeSet<Item> = BTreeSet::new();
        for &document in documents {
            for (key, entry) in self.entries(document)? {
                let head = self.shelf.entries(K::NUMBER, key, Some(K::HEAD + 1))?;
                if head.len() > K::HEAD && head[..K::HEAD].contains(&entry) {
                    risen.insert(head[K::HEAD].item);
                }
                self.shelf.remove_entry(K::NUMBER, key, entry)?;
                for edge in self.shelf.edges(K::NUMBER, entry.item)? {
                    touched.insert(edge.earlier);
                    touched.insert(edge.later);
                    self.shelf.remove_edge(K::NUMBER, &edge)?;
                }
            }
            self.set_sizes(document, false)?;
            self.prepared.remove(&document);
        }
        let gone: BTreeSet<i64> = documents.iter().copied().collect();
        let changed = self.mark(documents, false)?;
        self.meet_again(&changed, &mut touched)?;
        touched.retain(|item| !gone.contains(&item.document));
        risen.retain(|item| !gone.contains(&item.document));
        // A record that has moved up into the head of a list is now compared with the whole list.
        for item in risen {
            self.meet(item, &mut touched, |_| {})?;
        }
        Ok(touched)
    }

    /// Puts `documents` on the shelf. Returns the records that must be decided again.
    pub(crate) fn add(&mut self, documents: &[i64]) -> Result<BTreeSet<Item>, S::Error> {
        let mut displaced: BTreeSet<Item> = BTreeSet::new();
        let new: BTreeSet<i64> = documents.iter().copied().collect();
        let changed = self.mark(documents, true)?;
        for &document in documents {
            for (key, entry) in self.entries(document)? {
                self.shelf.insert_entry(K::NUMBER, key, entry)?;
            }
            self.set_sizes(document, true)?;
        }
        let items = self.items(&new)?;
        let mut touched = items.clone();
        for item in items {
            self.meet(item, &mut touched, |list| {
                let before = list.iter().enumerate().filter(|(_, entry)| !new.contains(&entry.item.document));
                let pushed = before.take(K::HEAD).filter(|(place, _)| *place >= K::HEAD);
                displaced.extend(pushed.map(|(_, entry)| entry.item));
            })?;
        }
        self.meet_again(&changed, &mut touched)?;
        // A record that was pushed out of the head of a list no longer meets those below the head through that key.
        for item in displaced {
            for edge in self.shelf.edges(K::NUMBER, item)? {
                if !self.meets(edge.earlier, edge.later)? {
                    touched.insert(edge.earlier);
                    touched.insert(edge.later);
                    self.shelf.remove_edge(K::NUMBER, &edge)?;
                }
            }
        }
        Ok(touched)
    }

    /// Compares `item` with all records that it meets. `seen` gets the list of each key: the whole list if `item` is in
    /// its head, else the head.
    fn meet(
        &mut self,
        item: Item,
        touched: &mut BTreeSet<Item>,
        mut seen: impl FnMut(&[Entry]),
    ) -> Result<(), S::Error> {
        let (report, records) = self.prepare(item.document)?;
        let Some(record) = records.get(item.number as usize) else { return Ok(()) };
        let entry = Entry { day: report.day.unwrap_or(i32::MAX), rank: report.rank, item };
        let size = self.kind.size(record);
        let mut votes: FxHashMap<Item, u32> = FxHashMap::default();
        for (key, weight) in self.keys(record) {
            let mut list = self.shelf.entries(K::NUMBER, key, Some(K::HEAD))?;
            if list.len() == K::HEAD && list.contains(&entry) {
                list = self.shelf.entries(K::NUMBER, key, None)?;
            }
            seen(&list);
            for other in list {
                if other.item != item {
                    *votes.entry(other.item).or_default() += weight;
                }
            }
        }
        let mut met: Vec<(Item, u32)> = votes.into_iter().filter(|(_, votes)| *votes >= K::VOTES).collect();
        met.sort_unstable();
        for (other, counted) in met {
            if !self.enough(counted, size, other)? {
                continue;
            }
            let (other_report, other_records) = self.prepare(other.document)?;
            let Some(there) = other_records.get(other.number as usize) else { continue };
            let this_first = (report.order(), item.number) < (other_report.order(), other.number);
            let (first, second) = if this_first { (record, there) } else { (there, record) };
            let found = self.kind.compare(first, second);
            if let Some((strength, note)) = found {
                let (earlier, later) = if this_first { (item, other) } else { (other, item) };
                self.shelf.insert_edge(K::NUMBER, &Edge { earlier, later, strength, note })?;
                touched.insert(earlier);
                touched.insert(later);
            }
        }
        Ok(())
    }

    /// Whether `votes` are enough for a record of this size and another.
    fn enough(&mut self, votes: u32, size: Option<u32>, other: Item) -> Result<bool, S::Error> {
        let Some(size) = size else { return Ok(true) };
        if self.kind.enough(votes, size) {
            return Ok(true);
        }
        let theirs = self.shelf.size(K::NUMBER, other)?;
        Ok(theirs.is_some_and(|theirs| self.kind.enough(votes, theirs.min(size))))
    }

    /// Whether two records share enough keys through which they meet.
    fn meets(&mut self, a: Item, b: Item) -> Result<bool, S::Error> {
        let (_, here) = self.prepare(a.document)?;
        let (_, there) = self.prepare(b.document)?;
        let (Some(here), Some(there)) = (here.get(a.number as usize), there.get(b.number as usize)) else {
            return Ok(false);
        };
        let theirs: BTreeSet<u64> = self.kind.keys(there).into_iter().map(|(key, _)| key).collect();
        let mut votes = 0;
        for (key, weight) in self.keys(here).into_iter().filter(|(key, _)| theirs.contains(key)) {
            let head = self.shelf.entries(K::NUMBER, key, Some(K::HEAD))?;
            if head.iter().any(|entry| entry.item == a || entry.item == b) {
                votes += weight;
            }
        }
        Ok(votes >= K::VOTES && self.enough(votes, self.kind.size(here), b)?)
    }

    /// Returns the records of `documents`.
    pub(crate) fn items(&mut self, documents: &BTreeSet<i64>) -> Result<BTreeSet<Item>, S::Error> {
        let mut items = BTreeSet::new();
        for &document in documents {
            let (_, records) = self.prepare(document)?;
            items.extend((0..records.len() as u32).map(|number| Item { document, number }));
        }
        Ok(items)
    }

    /// Returns both ends of all edges of `items`.
    pub(crate) fn beside(&mut self, items: &BTreeSet<Item>) -> Result<BTreeSet<Item>, S::Error> {
        let mut beside = BTreeSet::new();
        for &item in items {
            let edges = self.shelf.edges(K::NUMBER, item)?;
            beside.extend(edges.into_iter().flat_map(|edge| [edge.earlier, edge.later]));
        }
        Ok(beside)
    }

    /// Returns the components that contain `items`, if every edge joins its two records.
    pub(crate) fn components(
        &mut self,
        items: &BTreeSet<Item>,
    ) -> Result<Vec<Component<K::Record>>, S::Error> {
        self.components_by(items, |_, _| Ok(Reach::Together))
    }

    /// Returns the components that contain `items`. `reach` returns the effect of each edge.
    pub(crate) fn components_by(
        &mut self,
        items: &BTreeSet<Item>,
        mut reach: impl FnMut(&mut S, &Edge) -> Result<Reach, S::Error>,
    ) -> Result<Vec<Component<K::Record>>, S::Error> {
        let mut seen: BTreeSet<Item> = BTreeSet::new();
        let mut components = Vec::new();
        for &start in items {
            if !seen.insert(start) {
                continue;
            }
            let mut edges: Vec<Edge> = Vec::new();
            let mut loose: BTreeMap<(Item, Item), Edge> = BTreeMap::new();
            let mut members = vec![start];
            let mut at = 0;
            while let Some(&item) = members.get(at) {
                at += 1;
                for edge in self.shelf.edges(K::NUMBER, item)? {
                    let other = if edge.earlier == item { edge.later } else { edge.earlier };
                    match reach(self.shelf, &edge)? {
                        Reach::Together => {
                            if seen.insert(other) {
                                members.push(other);
                            }
                            if edge.earlier == item {
                                edges.push(edge);
                            }
                        }
                        Reach::Beside => {
                            loose.insert((edge.earlier, edge.later), edge);
                        }
                        Reach::Nowhere => {}
                    }
                }
            }
            // A record alone makes no link, and only a link could name the records beside it.
            if members.len() == 1 {
                loose.clear();
            }
            let own: BTreeSet<Item> = members.iter().copied().collect();
            let ends: BTreeSet<Item> = loose.keys().flat_map(|(a, b)| [*a, *b]).collect();
            let guests: Vec<Item> = ends.difference(&own).copied().collect();
            edges.extend(loose.into_values());
            components.push(self.component(&members, &guests, &edges)?);
        }
        Ok(components)
    }

    fn component(
        &mut self,
        items: &[Item],
        guests: &[Item],
        edges: &[Edge],
    ) -> Result<Component<K::Record>, S::Error> {
        let mut records = Vec::with_capacity(items.len() + guests.len());
        let all = items.iter().map(|item| (item, false)).chain(guests.iter().map(|item| (item, true)));
        for (&item, guest) in all {
            let (report, prepared) = self.prepare(item.document)?;
            records.push(Member { item, report, guest, prepared });
        }
        records.sort_by(|a, b| (a.report.order(), a.item.number).cmp(&(b.report.order(), b.item.number)));
        let places: BTreeMap<Item, usize> =
            records.iter().enumerate().map(|(place, member)| (member.item, place)).collect();
        let mut edges: Vec<(usize, usize, f64, String)> = edges
            .iter()
            .map(|edge| (places[&edge.earlier], places[&edge.later], edge.strength, edge.note.clone()))
            .collect();
        edges.sort_by_key(|edge| (edge.0, edge.1));
        Ok(Component { records, edges })
    }
}
