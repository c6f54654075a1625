//! The `readout` command as a function: arguments, progress, exit codes, hints. What it does is in the library `readout`.

mod arguments;
mod brief;
mod check;
mod cite;
mod coding;
mod correct;
mod examples;
mod export;
mod file;
mod gather;
mod import;
mod lists;
mod model;
mod network;
mod news;
mod outcome;
mod output;
mod overview;
mod page;
mod pager;
mod progress;
mod show;
mod signed;
mod spans;
mod table;
mod told;
mod unclear;
#[cfg(feature = "watch")]
mod watch;
mod why;

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use clap::FromArgMatches as _;
use readout::knowledge::Knowledge;
use readout::record::Note;
use readout::syntax::LanguageModel;
use readout::views::words::{count, shorten};
use readout::{Corpus, Ending, Progress, ReadOptions, Readers, Shown, Since, asking};
use readout_serve::{Options, ServeError, Server};

use crate::arguments::{Arguments, Bundle, Command, Find, Mcp, Read, Serve, Show, Verify};
use crate::file::{OfFile, knowing, knowledge, open};
use crate::outcome::Outcome;
use crate::page::{BOLD, DIM, PLAIN, Page, print, tell};

/// The longest time that a search may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the command with `arguments`, the first of which is the program's name, and returns its exit status.
///
/// It prints as the program does. All that is written has reached standard output when this returns.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let parsed = examples::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let status = match parsed {
        Ok(arguments) => outcome::end(run_command(arguments.command)),
        Err(error) => {
            // Where even that cannot be written, the exit status is all that is left to say.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(2)
        }
    };
    let _ = io::stdout().flush();
    status
}

fn run_command(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Read(arguments) => read(&arguments),
        #[cfg(feature = "watch")]
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Overview(arguments) => overview::run(&arguments),
        Command::Readouts(arguments) => overview::readouts(&arguments),
        Command::Timeline(arguments) => lists::timeline::run(&arguments),
        Command::Statements(arguments) => lists::statements::run(&arguments),
        Command::First(arguments) => lists::statements::first(&arguments),
        Command::Quotes(arguments) => lists::quotes::run(&arguments),
        Command::Events(arguments) => lists::events::run(&arguments),
        Command::Meetings(arguments) => lists::meetings::run(&arguments),
        Command::Conditions(arguments) => lists::conditions::run(&arguments),
        Command::Agreements(arguments) => lists::agreements::run(&arguments),
        Command::Commitments(arguments) => lists::commitments::run(&arguments),
        Command::Positions(arguments) => lists::positions::run(&arguments),
        Command::Issues(arguments) => lists::issues::run(&arguments),
        Command::Compare(arguments) => lists::compare::run(&arguments),
        Command::Differences(arguments) => lists::differences::run(&arguments),
        Command::Actors(arguments) => lists::actors::run(&arguments),
        Command::Stories(arguments) => lists::stories::run(&arguments),
        Command::Sources(arguments) => lists::sources::run(&arguments),
        Command::Correct(arguments) => correct::run(arguments),
        Command::Corrections(arguments) => correct::list(&arguments),
        Command::Queue(arguments) => coding::queue(&arguments),
        Command::Score(arguments) => coding::score(&arguments),
        Command::New(arguments) => news::run(&arguments),
        Command::Forget(arguments) => gather::forget(&arguments),
        Command::Merge(arguments) => gather::merge(&arguments),
        Command::Log(arguments) => gather::log(&arguments),
        Command::Show(arguments) => show(&arguments),
        Command::WhyNot(arguments) => why::why_not(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Find(arguments) => find(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Network(arguments) => network::run(&arguments),
        Command::Cite(arguments) => cite::run(&arguments),
        Command::Codebook(arguments) => export::codebook(&arguments),
        Command::Verify(arguments) => verify(&arguments),
        Command::Serve(arguments) => serve(arguments),
        Command::Mcp(arguments) => mcp(&arguments),
        Command::Bundle(arguments) => bundle(&arguments),
        Command::Model(arguments) => model::run(arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut examples::command(), "readout", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Outcome::Done)
        }
        Command::Man { out: Some(folder) } => {
            fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
            clap_mangen::generate_to(examples::command(), &folder)
                .with_context(|| format!("{}: the pages cannot be written", folder.display()))?;
            Ok(Outcome::Done)
        }
        Command::Man { out: None } => {
            let mut page = Vec::new();
            clap_mangen::Man::new(examples::command()).render(&mut page)?;
            io::stdout().write_all(&page)?;
            Ok(Outcome::Done)
        }
    }
}

fn read(arguments: &Read) -> anyhow::Result<Outcome> {
    let paths = told::paths(arguments)?;
    if let Some(input) = paths.iter().find(|path| output::is_same(path, &arguments.file)) {
        anyhow::bail!("{}: is to be read, and cannot hold the record too", input.display());
    }
    let mut options = ReadOptions { signature: signed::now(), ..ReadOptions::default() };
    options.sources.told = told::told(arguments)?;
    if arguments.dry_run {
        return told::dry_run(&paths, &options.sources);
    }
    let (knowledge, readers) = ready(arguments)?;
    let mut corpus = Corpus::create(&arguments.file)?.with_knowledge(knowledge);
    if let Some(threads) = arguments.threads {
        options.threads = threads;
    }
    let mut bar = progress::Bar::new(&paths);
    let mut waiting = told::Waiting::new(&options.sources.told);
    let mut progress = |progress: &Progress<'_>| {
        waiting.meet(progress.path);
        bar.step(progress);
    };
    let reading = corpus.read(&paths, &readers, &options, &mut progress);
    bar.end();
    let reading = reading?;
    // Linking needs no language model, and the memory that it takes.
    drop(readers);
    for Note { about, message } in &reading.notes {
        tell(&format!("{about}: {message}"));
    }
    waiting.tell();
    if corpus.needs_link()? {
        bar.linking();
        let linked = corpus.link();
        bar.end();
        linked?;
    }
    let mut told = vec![count(reading.added as usize, "new report")];
    if reading.new_versions > 0 {
        told.push(count(reading.new_versions as usize, "new version"));
    }
    if reading.known > 0 {
        told.push(format!("{} known already", reading.known));
    }
    if reading.forgotten > 0 {
        told.push(format!("{} forgotten, and left out", reading.forgotten));
    }
    if reading.unread > 0 {
        told.push(format!("{} not read", reading.unread));
    }
    tell(&format!("{}: {}", arguments.file.display(), told.join(", ")));
    let came = reading.added + reading.new_versions;
    if came > 0 {
        news::since(&corpus, came, &Since::LastReading)?;
    }
    let read = reading.added + reading.new_versions + reading.known + reading.forgotten;
    Ok(match (reading.unread, read) {
        (0, 0) => Outcome::Nothing,
        (0, _) => Outcome::Done,
        _ => Outcome::Partly,
    })
}

/// Makes ready what a reading needs, the knowledge in a thread beside the language model.
fn ready(arguments: &Read) -> anyhow::Result<(Knowledge, Readers<LanguageModel>)> {
    let folder = arguments.knowledge.as_deref();
    thread::scope(|scope| {
        let known = scope.spawn(|| anyhow::Ok(knowledge(folder)?.unwrap_or_else(Knowledge::shipped)));
        let readers = model::open(arguments.model.as_deref()).and_then(|first| {
            let second = (arguments.readers == 2).then(model::open_second).transpose()?;
            Ok(Readers { first, second })
        });
        let known = known.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((known?, readers?))
    })
}

fn show(arguments: &Show) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let shown = corpus.show(&arguments.id)?;
    if let Shown::Link(record) = &shown
        && arguments.spans
    {
        anyhow::bail!("{} has no passage of its own: --spans wants a report or a record of one", record.id());
    }
    if arguments.spans
        && let Shown::Document(document) | Shown::Record(_, document) = &shown
    {
        let model = model::open(arguments.model.as_deref())?;
        let seen = corpus.annotate(document, &model);
        let wanted: Option<Vec<usize>> = match &shown {
            Shown::Record(record, _) => Some(
                readout::views::passage(record, document).paragraphs.iter().map(|it| it.number).collect(),
            ),
            _ => None,
        };
        print(&spans::page(document, &seen, wanted.as_deref(), page::width()))?;
        return Ok(Outcome::Done);
    }
    let mut page = show::page(&shown, &corpus, page::width())?;
    if arguments.why
        && let Shown::Record(record, _) = &shown
    {
        page.push_str(&why::page(record, &corpus, page::width())?);
    }
    print(&page)?;
    Ok(Outcome::Done)
}

fn find(arguments: &Find) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    arguments.filter.checked("find", &asking::SEARCH)?;
    let filter = arguments.filter.filter();
    let words = arguments.words.join(" ");
    let page = readout::Page::first(arguments.limit);
    let search = match corpus.until(&Ending::after(PATIENCE), |it| it.search(&words, &filter, &page))? {
        Ok(search) => search,
        Err(name) => {
            lists::tell_unknown(&name);
            return Ok(Outcome::Nothing);
        }
    };
    let found = &search.found.rows;
    let mut page = Page::new(page::width());
    for it in found {
        let title = it.hit.title.as_deref().unwrap_or("(no headline)");
        let mut about: Vec<&str> = Vec::new();
        about.extend(it.hit.outlet.as_deref());
        about.push(it.hit.published.as_deref().unwrap_or("undated"));
        about.push(&it.hit.doc);
        page.paragraph("", &[(BOLD, title), (DIM, &format!("  {}", about.join(" · ")))]);
        let snippet: Vec<_> =
            it.hit.snippet.iter().map(|it| (if it.found { BOLD } else { PLAIN }, it.text.as_str())).collect();
        page.paragraph("    ", &snippet);
        for statement in &it.statements {
            let content = shorten(&statement.content, page.width() * 2);
            page.paragraph(
                "  · ",
                &[
                    (BOLD, &lists::statements::speaker(statement)),
                    (PLAIN, ": "),
                    (PLAIN, &content),
                    (DIM, &format!("  {}", statement.citation.id)),
                ],
            );
        }
        page.blank();
    }
    if arguments.facets && !found.is_empty() {
        let facets = &search.facets;
        for (name, counts) in [
            ("outlet", &facets.outlets),
            ("story", &facets.stories),
            ("month", &facets.months),
            ("kind", &facets.kinds),
        ] {
            let told: Vec<String> =
                counts.iter().map(|it| format!("{} {}", shorten(&it.name, 40), it.documents)).collect();
            page.paragraph(&format!("{name:<8}"), &[(PLAIN, &told.join(" · "))]);
        }
    }
    // An id is no word of a report.
    if let ([], [id]) = (found.as_slice(), arguments.words.as_slice())
        && let Ok(shown) = corpus.show(id)
    {
        print(&show::page(&shown, &corpus, page::width())?)?;
        return Ok(Outcome::Done);
    }
    if found.is_empty() {
        match corpus.nobody_called(&words)? {
            Some(nobody) => lists::tell_unknown(&nobody),
            None => lists::nothing(&filter),
        }
        return Ok(Outcome::Nothing);
    }
    print(&page.into_text())?;
    let left = search.facets.documents.saturating_sub(found.len());
    if left > 0 {
        let bound = if search.facets.complete { "" } else { "at least " };
        tell(&format!("{bound}{left} more: --limit {}", search.facets.documents));
    }
    Ok(Outcome::Done)
}

fn verify(arguments: &Verify) -> anyhow::Result<Outcome> {
    let OfFile { file, knowledge: folder } = &arguments.of;
    let corpus = knowing(Corpus::open(file)?, knowledge(folder.as_deref())?);
    let found = if arguments.deep { corpus.verify_deep()? } else { corpus.verify()? };
    for problem in &found.problems {
        tell(problem);
    }
    let problems = match found.problems.len() {
        0 => "no mismatch".to_owned(),
        1 => "1 mismatch".to_owned(),
        number => format!("{number} mismatches"),
    };
    print(&format!(
        "{} reports, {} records, {} passages checked: {problems}\n",
        found.documents, found.records, found.passages
    ))?;
    Ok(if found.problems.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

fn serve(arguments: Serve) -> anyhow::Result<Outcome> {
    // Brings an older file up to date and links what is new; the server itself only reads.
    drop(open(&arguments.of)?);
    let server = Server::bind(Options {
        address: SocketAddr::new(arguments.listen, arguments.port),
        token: arguments.token,
        hosts: arguments.hosts,
        ..Options::new(arguments.of.file)
    })?;
    tell(&format!("http://{}/", server.address()));
    server.run()?;
    Ok(Outcome::Done)
}

fn mcp(arguments: &Mcp) -> anyhow::Result<Outcome> {
    drop(open(&arguments.of)?);
    let base = arguments.pages.trim_end_matches('/');
    readout_serve::mcp::run(&arguments.of.file, base, io::stdin().lock(), io::stdout())?;
    Ok(Outcome::Done)
}

fn bundle(arguments: &Bundle) -> anyhow::Result<Outcome> {
    if arguments.out == Path::new("-") && io::stdout().is_terminal() {
        anyhow::bail!("a zip file is nothing for a terminal: name a file, or send it on to another program");
    }
    let corpus = open(&arguments.of)?;
    let mut bytes = io::Cursor::new(Vec::new());
    readout_serve::bundle(&corpus, &arguments.story, arguments.quotes_only, &mut bytes).map_err(|error| {
        match error {
            ServeError::Corpus(error) => anyhow::Error::from(error),
            error => error.into(),
        }
    })?;
    let bytes = bytes.into_inner();
    output::write(&arguments.out, arguments.force, &corpus, |out| Ok(out.write_all(&bytes)?))?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::fmt::Write as _;

    use super::*;

    /// The help of every command, as the reference page has it.
    fn reference() -> String {
        let mut page = String::from(
            "# The `readout` command\n\n<!-- Written by `READOUT_UPDATE=1 cargo test -p readout-cli`. -->\n",
        );
        let mut command = examples::command().term_width(100);
        command.build();
        write_help(&mut page, &mut command, "readout");
        page
    }

    fn write_help(page: &mut String, command: &mut clap::Command, name: &str) {
        let help = command.render_long_help().to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        write!(page, "\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n").trim()).unwrap();
        for sub in command.get_subcommands_mut() {
            let name = format!("{name} {}", sub.get_name());
            write_help(page, sub, &name);
        }
    }

    #[test]
    fn the_arguments_are_well_formed() {
        examples::command().debug_assert();
    }

    #[test]
    fn the_reference_page_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/cli.md");
        let page = reference();
        if env::var_os("READOUT_UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &page).unwrap();
        }
        let stored = fs::read_to_string(&path).unwrap_or_default();
        assert!(stored == page, "docs/reference/cli.md is stale: READOUT_UPDATE=1 cargo test -p readout-cli");
    }
}
