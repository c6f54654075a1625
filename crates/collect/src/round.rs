//! Rounds: what is asked, in which order, and what is kept of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use readout_record::Note;
use readout_sources::{NamedPage, NamesKind, Options, named_pages};
use url::Url;

use crate::archive::{Archive, Role, digest};
use crate::client::{Answer, Client, Marks, Outcome, name_of};
use crate::error::CollectError;
use crate::log::{Asked, Log};
use crate::options::CollectOptions;
use crate::{address, clock};

/// A folder of captures, and the one who fills it.
pub struct Collector {
    folder: PathBuf,
    options: CollectOptions,
    client: Client,
    log: Log,
    /// The notes of the round before, which are not given twice.
    told: Vec<Note>,
}

/// What came of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Pages and feeds that were kept.
    pub kept: usize,
    /// Pages and feeds that have not changed.
    pub unchanged: usize,
    /// Pages that are left to the next round.
    pub left: usize,
    /// Addresses that gave nothing.
    pub failed: usize,
    /// The reasons why, without those of the round before.
    pub notes: Vec<Note>,
}

/// The news that an address is about to be asked.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s> {
    /// Pages and feeds kept so far.
    pub kept: usize,
    /// Pages that are known to be asked yet.
    pub waiting: usize,
    /// The address.
    pub url: &'s str,
}

/// A round under way.
#[derive(Default)]
struct Work {
    round: Round,
    archive: Option<Archive>,
    /// Feeds whose pages are fetched: kept beside the first page.
    feeds: Vec<(Answer, Timestamp)>,
    /// Feeds and sitemaps that need not be sent again while they are unchanged, once all they name was fetched.
    done: Vec<(String, Asked)>,
    /// The addresses that gave nothing, by reason and host.
    failed: BTreeMap<(String, String), Vec<String>>,
    pages: Vec<Page>,
    met: BTreeSet<Url>,
}

/// A page that is to be fetched.
struct Page {
    url: Url,
    /// True if it was fetched before, and has changed since.
    again: bool,
    day: Option<String>,
}

/// A feed, a sitemap or a page that was given, or a sitemap that another one names.
struct Start {
    url: Url,
    /// Sitemaps above this one.
    depth: usize,
}

/// The most sitemaps above a sitemap.
const MOST_DEPTH: usize = 2;

impl Collector {
    /// Opens the folder of captures, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder or its log cannot be made or read.
    pub fn open(folder: &Path, options: CollectOptions) -> Result<Self, CollectError> {
        fs::create_dir_all(folder).map_err(CollectError::of(folder))?;
        let log = Log::open(folder).map_err(CollectError::of(folder))?;
        Ok(Self { folder: folder.to_owned(), client: Client::new(&options)?, options, log, told: Vec::new() })
    }

    /// Returns the files of captures that were not read into the record at `record`, in the order of their rounds.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn unread(&self, record: &Path) -> Result<Vec<PathBuf>, CollectError> {
        let into = place(record);
        let names = Archive::names(&self.folder).map_err(CollectError::of(&self.folder))?;
        let unread = names.into_iter().filter(|name| !self.log.is_read(&name.display().to_string(), &into));
        Ok(unread.map(|name| self.folder.join(name)).collect())
    }

    /// Notes that a file of captures was read into the record at `record`.
    ///
    /// # Errors
    /// If the log cannot be written.
    pub fn note_read(&mut self, file: &Path, record: &Path) -> Result<(), CollectError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        self.log.note_read(&name, &place(record)).map_err(CollectError::of(&self.folder))
    }

    /// Asks each of `addresses` once, and fetches the pages that they name and that were not fetched before.
    ///
    /// # Errors
    /// If captures cannot be written. What was written before is kept.
    pub fn round(
        &mut self,
        addresses: &[String],
        progress: &mut dyn FnMut(&Step<'_>),
    ) -> Result<Round, CollectError> {
        self.client.start_round();
        let mut work = Work::default();
        self.ask_starts(addresses, &mut work, progress)?;
        self.fetch_pages(&mut work, progress)?;
        // What is left, or failed for now, is asked for again: so the feed must name it again.
        if work.round.left == 0 {
            for (url, asked) in std::mem::take(&mut work.done) {
                self.note(&url, asked)?;
            }
        }
        Ok(self.finish(work))
    }

    /// Asks what was given, and the sitemaps that are named.
    fn ask_starts(
        &mut self,
        addresses: &[String],
        work: &mut Work,
        progress: &mut dyn FnMut(&Step<'_>),
    ) -> Result<(), CollectError> {
        let mut starts = VecDeque::new();
        for words in addresses {
            match address::read(words, self.options.private) {
                Ok(url) => starts.push_back(Start { url, depth: 0 }),
                Err(why) => work.fail(why, words, words),
            }
        }
        let mut sitemaps = 0;
        while let Some(start) = starts.pop_front() {
            if !work.met.insert(start.url.clone()) {
                continue;
            }
            let url = start.url.as_str();
            progress(&Step { kept: work.round.kept, waiting: work.pages.len() + starts.len(), url });
            let marks = self.log.asked(url).map(Asked::marks).unwrap_or_default();
            let wanted = |kind: &str| is_page(kind) || may_name(kind);
            let Some(answer) = self.ask(&start.url, &marks, &wanted, work)? else { continue };
            let now = clock::now();
            let names = match named_pages(&answer.bytes, &Options::default()) {
                Ok(names) => names,
                Err(fault) => {
                    work.fail(fault.message(), &name_of(&start.url), url);
                    continue;
                }
            };
            let Some(names) = names else {
                if start.depth == 0 && is_page(&answer.kind) {
                    self.keep_page(&start.url, &answer, now, work)?;
                } else {
                    work.fail("neither a feed nor a sitemap".to_owned(), &name_of(&start.url), url);
                }
                continue;
            };
            let (mut asked, base) = (asked(&answer, now), answer.url.clone());
            match names.kind {
                NamesKind::SitemapIndex => {
                    let mut within = names.pages;
                    within.sort_by(|a, b| b.day.cmp(&a.day));
                    for named in within {
                        let Some(url) = self.wanted(&base, &named, work) else { continue };
                        if start.depth >= MOST_DEPTH || sitemaps >= self.options.max_sitemaps {
                            work.round.left += 1;
                        } else {
                            sitemaps += 1;
                            starts.push_back(Start { url, depth: start.depth + 1 });
                        }
                    }
                    // The sitemaps that it names are asked each time.
                    asked.etag = None;
                    asked.modified = None;
                }
                NamesKind::Feed if self.options.items => {
                    let json = answer.bytes.trim_ascii_start().starts_with(b"{");
                    let media = if json { "application/feed+json" } else { "application/rss+xml" };
                    self.keep(&start.url, &answer, Role::Feed(media), now, work)?;
                    continue;
                }
                NamesKind::Feed | NamesKind::Sitemap => {
                    for named in names.pages {
                        self.plan(&base, &named, work);
                    }
                    if names.kind == NamesKind::Feed {
                        work.feeds.push((answer, now));
                    }
                }
            }
            work.done.push((start.url.to_string(), asked));
        }
        Ok(())
    }

    /// Returns the address of a page that is named, unless it is older than what is wanted.
    fn wanted(&self, base: &Url, named: &NamedPage, work: &mut Work) -> Option<Url> {
        if let (Some(since), Some(day)) = (&self.options.since, &named.day)
            && day.as_str() < since.as_str()
        {
            return None;
        }
        match address::join(base, &named.address, self.options.private) {
            Ok(url) => Some(url),
            Err(why) => {
                work.fail(why, &name_of(base), &named.address);
                None
            }
        }
    }

    /// Adds a page to those that are fetched, if it is new or has changed.
    fn plan(&self, base: &Url, named: &NamedPage, work: &mut Work) {
        let Some(url) = self.wanted(base, named, work) else { return };
        let before = self.log.asked(url.as_str());
        if before.is_some_and(|asked| !has_changed(named, asked)) || !work.met.insert(url.clone()) {
            return;
        }
        work.pages.push(Page { url, again: before.is_some(), day: named.day.clone() });
    }

    /// Fetches the pages of a round: new ones first, of each host in turn, the latest first.
    fn fetch_pages(
        &mut self,
        work: &mut Work,
        progress: &mut dyn FnMut(&Step<'_>),
    ) -> Result<(), CollectError> {
        let mut pages = std::mem::take(&mut work.pages);
        pages.sort_by(|a, b| a.again.cmp(&b.again).then_with(|| b.day.cmp(&a.day)));
        if pages.len() > self.options.max_pages {
            work.round.left += pages.len() - self.options.max_pages;
            pages.truncate(self.options.max_pages);
        }
        let mut waiting = pages.len();
        let mut hosts: BTreeMap<String, VecDeque<Page>> = BTreeMap::new();
        for page in pages {
            hosts.entry(name_of(&page.url)).or_default().push_back(page);
        }
        // The host that may be asked first is asked next.
        while let Some(next) = hosts
            .values_mut()
            .filter_map(|pages| Some((self.client.left_to_wait(&pages.front()?.url), pages)))
            .min_by_key(|(wait, _)| *wait)
            .and_then(|(_, pages)| pages.pop_front())
        {
            if work.archive.as_ref().is_some_and(|it| it.bytes >= self.options.max_round_bytes) {
                work.round.left += waiting;
                break;
            }
            waiting -= 1;
            progress(&Step { kept: work.round.kept, waiting, url: next.url.as_str() });
            let marks = self.log.asked(next.url.as_str()).map(Asked::marks).unwrap_or_default();
            if let Some(answer) = self.ask(&next.url, &marks, &is_page, work)? {
                self.keep_page(&next.url, &answer, clock::now(), work)?;
            }
        }
        Ok(())
    }

    /// Asks for one address, and notes where it gives nothing.
    fn ask(
        &mut self,
        url: &Url,
        marks: &Marks,
        wanted: &dyn Fn(&str) -> bool,
        work: &mut Work,
    ) -> Result<Option<Answer>, CollectError> {
        match self.client.ask(url, marks, wanted) {
            Outcome::Answer(answer) => return Ok(Some(*answer)),
            Outcome::Unchanged => {
                work.round.unchanged += 1;
                let at = clock::now().to_string();
                let before = self.log.asked(url.as_str()).cloned().unwrap_or_default();
                self.note(url.as_str(), Asked { at, ..before })?;
            }
            Outcome::Refused(why) => {
                let at = clock::now().to_string();
                self.note(url.as_str(), Asked { at, refused: Some(why.clone()), ..Asked::default() })?;
                work.fail(why, &name_of(url), url.as_str());
            }
            Outcome::Failed(why) => {
                work.round.left += 1;
                work.fail(why, &name_of(url), url.as_str());
            }
        }
        Ok(None)
    }

    fn keep_page(
        &mut self,
        url: &Url,
        answer: &Answer,
        now: Timestamp,
        work: &mut Work,
    ) -> Result<(), CollectError> {
        for (feed, at) in std::mem::take(&mut work.feeds) {
            self.archive(work, now)?.keep(&feed, Role::Names, at).map_err(CollectError::of(&self.folder))?;
        }
        self.keep(url, answer, Role::Page, now, work)
    }

    /// Keeps an answer, unless it is the very content that was kept before, and then logs it.
    fn keep(
        &mut self,
        url: &Url,
        answer: &Answer,
        role: Role,
        now: Timestamp,
        work: &mut Work,
    ) -> Result<(), CollectError> {
        let mut asked = asked(answer, now);
        match self.log.asked(url.as_str()).filter(|before| before.sha256 == asked.sha256) {
            Some(before) => {
                asked.file.clone_from(&before.file);
                work.round.unchanged += 1;
            }
            None => {
                let archive = self.archive(work, now)?;
                archive.keep(answer, role, now).map_err(CollectError::of(&self.folder))?;
                asked.file = Some(archive.name.clone());
                work.round.kept += 1;
            }
        }
        if answer.url != *url && self.log.asked(answer.url.as_str()).is_none() {
            self.note(answer.url.as_str(), asked.clone())?;
        }
        self.note(url.as_str(), asked)
    }

    fn archive<'w>(&self, work: &'w mut Work, now: Timestamp) -> Result<&'w mut Archive, CollectError> {
        let archive = match work.archive.take() {
            Some(archive) => archive,
            None => Archive::create(&self.folder, now).map_err(CollectError::of(&self.folder))?,
        };
        Ok(work.archive.insert(archive))
    }

    fn note(&mut self, url: &str, asked: Asked) -> Result<(), CollectError> {
        self.log.note(url, asked).map_err(CollectError::of(&self.folder))
    }

    /// Returns the round with its notes.
    fn finish(&mut self, work: Work) -> Round {
        let mut round = work.round;
        let notes: Vec<Note> = work
            .failed
            .into_iter()
            .map(|((why, host), urls)| match urls.as_slice() {
                [url] => Note::new(url.clone(), why),
                [url, ..] => Note::new(host, format!("{} addresses, such as {url}: {why}", urls.len())),
                [] => Note::new(host, why),
            })
            .collect();
        round.notes = notes.iter().filter(|note| !self.told.contains(note)).cloned().collect();
        self.told = notes;
        round
    }
}

impl Work {
    fn fail(&mut self, why: String, host: &str, url: &str) {
        self.round.failed += 1;
        self.failed.entry((why, host.to_owned())).or_default().push(url.to_owned());
    }
}

/// Returns what the log keeps of an answer.
fn asked(answer: &Answer, now: Timestamp) -> Asked {
    let Marks { etag, modified } = answer.marks.clone();
    Asked { at: now.to_string(), etag, modified, sha256: Some(digest(&answer.bytes)), ..Asked::default() }
}

/// Returns the name of a record in the log: its full path.
fn place(record: &Path) -> String {
    fs::canonicalize(record).unwrap_or_else(|_| record.to_owned()).display().to_string()
}

/// Whether a media type is one of those in which pages come.
fn is_page(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml" | "application/pdf")
}

/// Whether a media type is one of those in which hosts send feeds and sitemaps.
fn may_name(kind: &str) -> bool {
    kind.ends_with("+xml") && kind != "image/svg+xml"
        || kind.ends_with("+json")
        || matches!(
            kind,
            "" | "application/xml"
                | "text/xml"
                | "application/json"
                | "text/plain"
                | "application/gzip"
                | "application/x-gzip"
                | "application/octet-stream"
        )
}

/// Whether a page that was fetched has changed since, by what names it. Changes that are yet to come do not count.
fn has_changed(named: &NamedPage, asked: &Asked) -> bool {
    let changed = named.day.as_deref().and_then(instant);
    let (Some(changed), Some(at)) = (changed, instant(&asked.at)) else { return false };
    changed > at && changed <= clock::now()
}

/// Returns the instant of a time of ISO 8601; one without a zone is taken as of UTC.
fn instant(time: &str) -> Option<Timestamp> {
    let civil = || -> Option<DateTime> {
        time.parse()
            .ok()
            .or_else(|| Some(time.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight())))
    };
    time.parse().ok().or_else(|| TimeZone::UTC.to_timestamp(civil()?).ok())
}
