//! `readout watch`: feeds, sitemaps, pages and folders, looked at again and again.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use readout::collect::{CollectOptions, Collector, FolderState, Round};
use readout::record::{Document, DocumentId, Note};
use readout::syntax::LanguageModel;
use readout::views::safe::terminal;
use readout::views::words::count;
use readout::{Corpus, ReadOptions, Since};

use crate::file::{knowing, knowledge};
use crate::lists;
use crate::outcome::Outcome;
use crate::page::{self, BOLD, DIM, Page, print, tell};
use crate::{model, news, output};

/// The time between two looks at folders, and for which a folder is to be still before it is read.
const LOOK: Duration = Duration::from_secs(2);

#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// Addresses of feeds, sitemaps and pages (https://…), and folders
    #[arg(required = true, value_name = "ADDRESS|FOLDER")]
    watched: Vec<String>,
    /// The file that holds the record; made if there is none
    #[arg(
        long = "into",
        visible_alias = "file",
        short = 'f',
        env = "READOUT_FILE",
        default_value = "readout.readout",
        value_name = "FILE"
    )]
    file: PathBuf,
    /// The folder that keeps what was fetched [default: beside the file, as in readout.captures]
    #[arg(long, value_name = "FOLDER")]
    captures: Option<PathBuf>,
    /// Look once, and end
    #[arg(long)]
    once: bool,
    /// Minutes between two rounds of fetching; folders are looked at all the time
    #[arg(long, default_value_t = 15, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// Seconds between two questions to one host, at least; a host that asks for more gets it
    #[arg(long, default_value_t = 2, value_name = "SECONDS")]
    pause: u64,
    /// The most pages of a round; the rest is left to the next
    #[arg(long, default_value_t = 500, value_name = "NUMBER")]
    limit: usize,
    /// Only pages that feeds and sitemaps give this day or a later one; pages without a day are fetched
    #[arg(long, value_name = "DATE", value_parser = lists::date)]
    since: Option<String>,
    /// Read what feeds say of their items, and fetch no page that they name
    #[arg(long)]
    items: bool,
    /// A program with its arguments that gets what is new, one JSON object a line at its standard input
    #[arg(long = "then", value_name = "PROGRAM")]
    then: Option<String>,
    /// Also ask this machine and private networks
    #[arg(long)]
    private: bool,
    /// Words that tell hosts who asks: an address for complaints
    #[arg(long, value_name = "WORDS")]
    contact: Option<String>,
    /// A folder of tables that add to what Readout knows, or stand in its place (groups.tsv, persons.tsv …)
    #[arg(long, env = "READOUT_KNOWLEDGE", value_name = "FOLDER")]
    knowledge: Option<PathBuf>,
    /// How many reports to work on at a time [default: as many as there are processors]
    #[arg(long, short = 'j', value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    /// A spaCy v3 English model to use: a wheel or an unpacked folder
    #[arg(long, env = "READOUT_MODEL", value_name = "PATH")]
    model: Option<PathBuf>,
}

/// A folder that is watched, with its state when it was read last.
struct Folder {
    path: PathBuf,
    read: Option<FolderState>,
}

/// The record that is kept up to date.
struct Desk {
    corpus: Corpus,
    model: LanguageModel,
    options: ReadOptions,
    /// True once something could not be read or fetched.
    partly: bool,
}

pub(crate) fn run(arguments: &Watch) -> anyhow::Result<Outcome> {
    let (addresses, folders) = watched(arguments)?;
    let mut collector = match addresses.is_empty() {
        true => None,
        false => Some(Collector::open(&captures(arguments), options(arguments))?),
    };
    let mut folders: Vec<Folder> = folders.into_iter().map(|path| Folder { path, read: None }).collect();
    let mut options = ReadOptions::default();
    options.threads = arguments.threads.unwrap_or(options.threads);
    let mut desk = Desk {
        model: model::open(arguments.model.as_deref())?,
        corpus: knowing(Corpus::create(&arguments.file)?, knowledge(arguments.knowledge.as_deref())?),
        options,
        partly: false,
    };
    let every = Duration::from_mins(arguments.every);
    // The time that was slept since the last round.
    let mut slept: Option<Duration> = None;
    loop {
        let before: BTreeSet<DocumentId> = desk.corpus.store().ids()?.into_iter().collect();
        let after = desk.corpus.last_operation()?;
        let mut looked = false;
        if let Some(collector) = &mut collector
            && slept.is_none_or(|slept| slept >= every)
        {
            looked = true;
            // What a run before fetched and did not come to read.
            desk.read_captures(collector, &arguments.file)?;
            desk.tell_round(&fetch(collector, &addresses)?);
            desk.read_captures(collector, &arguments.file)?;
            slept = Some(Duration::ZERO);
        }
        for folder in &mut folders {
            looked |= desk.read_folder(folder, arguments.once)?;
        }
        if desk.corpus.needs_link()? {
            desk.corpus.link()?;
        }
        if looked {
            desk.tell_new(&before, after)?;
            if let Some(program) = &arguments.then
                && let Err(error) = news::hand_on(&desk.corpus, program, &Since::Operation(after))
            {
                desk.partly = true;
                tell(&format!("{error:#}"));
            }
        }
        if arguments.once {
            return Ok(if desk.partly { Outcome::Partly } else { Outcome::Done });
        }
        let left = every.saturating_sub(slept.unwrap_or_default());
        let pause = if folders.is_empty() { left } else { left.min(LOOK) };
        thread::sleep(pause);
        slept = slept.map(|slept| slept + pause);
    }
}

/// Returns what is watched: addresses, and folders or files.
fn watched(arguments: &Watch) -> anyhow::Result<(Vec<String>, Vec<PathBuf>)> {
    let (mut addresses, mut folders) = (Vec::new(), Vec::new());
    for name in &arguments.watched {
        let path = Path::new(name);
        if name.starts_with("http://") || name.starts_with("https://") {
            addresses.push(name.clone());
        } else if output::is_same(path, &arguments.file) {
            anyhow::bail!("{name}: is to be read, and cannot hold the record too");
        } else if path.exists() {
            folders.push(path.to_owned());
        } else {
            anyhow::bail!("{name}: no such folder; an address starts with https://");
        }
    }
    Ok((addresses, folders))
}

fn captures(arguments: &Watch) -> PathBuf {
    arguments.captures.clone().unwrap_or_else(|| arguments.file.with_extension("captures"))
}

fn options(arguments: &Watch) -> CollectOptions {
    CollectOptions {
        pause: Duration::from_secs(arguments.pause),
        max_pages: arguments.limit,
        private: arguments.private,
        items: arguments.items,
        since: arguments.since.clone(),
        contact: arguments.contact.clone(),
        ..CollectOptions::default()
    }
}

/// Makes a round, and shows how far it is.
fn fetch(collector: &mut Collector, addresses: &[String]) -> anyhow::Result<Round> {
    // Hidden where stderr is no terminal.
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}  {wide_msg}") {
        bar.set_style(style);
    }
    let round = collector.round(addresses, &mut |step| {
        bar.set_prefix(format!("{} fetched, {} to go", step.kept, step.waiting));
        bar.set_message(terminal(step.url));
        bar.tick();
    });
    bar.finish_and_clear();
    Ok(round?)
}

impl Desk {
    /// Reads the captures that were not read yet.
    fn read_captures(&mut self, collector: &mut Collector, record: &Path) -> anyhow::Result<()> {
        for file in collector.unread(record)? {
            self.read(&file)?;
            collector.note_read(&file, record)?;
        }
        Ok(())
    }

    /// Reads a folder if files came to it or changed. One that is still changing is left to the next look, unless
    /// there is none.
    fn read_folder(&mut self, folder: &mut Folder, last_look: bool) -> anyhow::Result<bool> {
        let state = match FolderState::of(&folder.path) {
            Ok(state) => state,
            Err(error) if last_look => anyhow::bail!("{}: {error}", folder.path.display()),
            // A folder on a disk or in a network that comes back.
            Err(_) => return Ok(false),
        };
        if folder.read == Some(state) {
            return Ok(false);
        }
        if !last_look {
            thread::sleep(LOOK);
            if FolderState::of(&folder.path).ok() != Some(state) {
                return Ok(false);
            }
        }
        self.read(&folder.path)?;
        folder.read = Some(state);
        Ok(true)
    }

    fn read(&mut self, path: &Path) -> anyhow::Result<()> {
        let reading = self.corpus.read(&[path.to_owned()], &self.model, &self.options, &mut |_| {})?;
        self.partly |= reading.unread > 0;
        tell_notes(&reading.notes);
        Ok(())
    }

    fn tell_round(&mut self, round: &Round) {
        self.partly |= round.failed > 0;
        tell_notes(&round.notes);
        if round.left > 0 {
            tell(&format!("{} left to the next round", count(round.left, "page")));
        }
    }

    /// Prints the reports that came after number `after` of the log, by their days, the undated first, and what they brought.
    fn tell_new(&self, before: &BTreeSet<DocumentId>, after: u64) -> anyhow::Result<()> {
        let store = self.corpus.store();
        let mut new: Vec<Document> = Vec::new();
        for id in store.ids()?.iter().filter(|id| !before.contains(*id)) {
            new.extend(store.document(id)?);
        }
        new.sort_by(|a, b| a.published.cmp(&b.published).then_with(|| a.id.cmp(&b.id)));
        tell(&count(new.len(), "new report"));
        let mut page = Page::new(page::width());
        for report in &new {
            let title = report.title.as_deref().unwrap_or("(no headline)");
            let outlet = report.outlet.as_ref().or(report.url.as_ref()).or(report.path.as_ref());
            let outlet = outlet.map_or("unnamed", String::as_str);
            let day = report.published.as_deref().unwrap_or("undated");
            let about = format!("  {outlet} · {day} · {}", lists::short(&report.id));
            page.paragraph("", &[(BOLD, title), (DIM, &about)]);
        }
        print(&page.into_text())?;
        news::since(&self.corpus, new.len() as u64, &Since::Operation(after))
    }
}

fn tell_notes(notes: &[Note]) {
    for Note { about, message } in notes {
        tell(&format!("{about}: {message}"));
    }
}
