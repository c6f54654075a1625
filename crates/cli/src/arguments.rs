//! What can be typed. The first line of each text is what a list of commands shows.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::check::Check;
use crate::cite::Cite;
use crate::export::{Codebook, Export};
use crate::file::OfFile;
use crate::lists::agreements::Agreements;
use crate::lists::compare::Compare;
use crate::lists::positions::Positions;
use crate::lists::statements::First;
use crate::lists::{Filters, List};
use crate::model::Model;
use crate::network::Network;
use crate::overview::{OverviewOf, ReadoutsOf};
use crate::{brief, coding, correct, gather, import, news};

/// The help of `readout read`, with the endings of the files that are read.
static READ: LazyLock<String> = LazyLock::new(|| {
    let files = readout::sources::endings();
    format!(
        "Read files and folders into the record\n\nFolders are read with all below them: {files} files. Reading the same \
         again adds nothing; a changed file becomes a new version of its report. Afterwards all reports are linked."
    )
});

/// Read press reports, and keep a record of them that can be checked
///
/// Who said what to whom, on what condition, who met, who agreed to do what by when, and who reports it: every line
/// with the passage that supports it.
///
/// Exit status: 0 done; 1 nothing found, or a passage does not fit its text; 2 an error, or reports that could not be
/// read while the rest was.
#[derive(Debug, Parser)]
#[command(
    name = "readout",
    version,
    propagate_version = true,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read files and folders into the record
    #[command(long_about = READ.as_str())]
    Read(Read),
    /// Watch feeds, sitemaps, pages and folders, and read what is new
    ///
    /// Feeds and sitemaps are asked every few minutes, and the pages that they name are fetched once, as the robots.txt of
    /// the host allows, one every few seconds. Everything fetched is kept with its time and hash in WARC files, which readout
    /// read reads too; a run that is cut short loses nothing. Folders are read when files come to them. The new reports
    /// are printed.
    ///
    /// This and the language model, which is fetched once, are the only ways in which Readout uses the network.
    #[cfg(feature = "watch")]
    Watch(crate::watch::Watch),
    /// List what is new since the last reading: changed tolls, statuses and stances first, then what happened
    ///
    /// New is what only reports have that came since; changed, what they give otherwise than those before them.
    New(news::New),
    /// Print one page on a story: what happened, who met, what was said and agreed, where reports differ
    ///
    /// Every line ends with the passages behind it.
    Brief(brief::Arguments),
    /// Print the file as a whole: how much, by month, its stories, what is due, where reports differ
    Overview(OverviewOf),
    /// Lay reports of one meeting side by side: said by several, in other words, by one only
    ///
    /// Made for the two sides' readouts of a meeting. Sentences are paired by the words that they share; whether two mean
    /// the same is for you to say.
    Readouts(ReadoutsOf),
    /// List what happened, in order of time
    ///
    /// Meetings, incidents, other events, steps of agreements, days by which something is due; with --kind statement
    /// also what was said. What has no known day comes last.
    Timeline(List),
    /// List who said what, one line for each statement of a report
    Statements(List),
    /// List who said something first: statements with these words, the report that was published first on top
    ///
    /// A report that tells its day and no hour comes before those of the same day that do; one without a day comes last.
    First(First),
    /// List what was said in quoted words, each utterance once with all its wordings
    Quotes(List),
    /// List who did what to whom, each happening once
    Events(List),
    /// List who met, when, where and on what, each meeting once
    Meetings(List),
    /// List what hangs on what: promises, threats, demands
    Conditions(List),
    /// List agreements with their terms, and what else somebody is to do by when
    Agreements(Agreements),
    /// List what somebody is to do, and by when: terms of agreements and promises alike
    Commitments(List),
    /// List who is for and against what, or where two stand to each other
    Positions(Positions),
    /// List the issues: who is for, against, and on what condition, one line for each
    Issues(List),
    /// List what outlets have, lack, and have differently
    Compare(Compare),
    /// List the fields on which reports differ, each value with the outlets that give it
    Differences(List),
    /// List who is spoken of
    Actors(List),
    /// List the stories
    Stories(List),
    /// List the reports, with what they copy and through whom they have it
    Sources(List),
    /// Show a record in its passage, or a report with what was read out of it
    ///
    /// An id may be shortened to its first letters or digits, with or without its kind: statement:3fa9c1d20b7e, 3fa9c1.
    Show(Show),
    /// Tell of every verb and event noun of a passage which record it gave, or why it gave none
    WhyNot(WhyNot),
    /// Tell what reports say of a claim: the sentences that say it, say the contrary, or are nearest
    Check(Check),
    /// Find reports and statements by their words
    ///
    /// All words must occur. Quotation marks hold words together, an asterisk stands for any ending: '"safe zone"
    /// sanction*'.
    Find(Find),
    /// Set right what was read: who is who, who said it, what is not so
    ///
    /// Corrections are kept beside the record in the log of the file, hold for all lists, pages and exports, survive
    /// reading and linking again, and can be taken back.
    #[command(subcommand)]
    Correct(correct::Correct),
    /// List the corrections that were made
    Corrections(correct::Corrections),
    /// List the records to look at next: the least certain and most used that nobody judged
    Queue(coding::Queue),
    /// Tell how often the machine was right, by kind of record, from the corrections
    ///
    /// Right: confirmed; mended: a field set; rejected; added. Precision: right of all judged; found: of all that is there, by
    /// what was added.
    Score(coding::OfScore),
    /// Take a report out of the file, with all its versions and records
    ///
    /// The log keeps its id, and it is not read again. What was said, done and agreed elsewhere stays.
    Forget(gather::Forget),
    /// Take in the reports and corrections of another file
    Merge(gather::Merge),
    /// List what was done to the file: readings, corrections, by whom, when and why
    Log(gather::Log),
    /// Write records for other programs
    ///
    /// All records, or those that the filters let through, as the lists have them. What a form cannot hold is told with
    /// its number.
    Export(Export),
    /// Take in reports of another file, or what people coded or marked in another program
    ///
    /// Reports come with all that was read out of them, as readout export --format reports wrote it, and are linked with those
    /// that are here. Statements of a .dna file (Discourse Network Analyzer 3) are held against the stances that were read, with
    /// Krippendorff's alpha, and become corrections of the coder: what is alike is confirmed, what differs is set, what was not
    /// read is added. Spans of annotations are held against the passages of the same kind: what the person alone has is added, and
    /// none confirms a record.
    Import(import::Import),
    /// Write who stands with whom, as a network for other programs
    ///
    /// Made of stances, in the words of Discourse Network Analyzer. Filters make time windows: --since, --until.
    Network(Network),
    /// Print footnotes for a record or a report: Chicago, BibTeX, CSL-JSON
    ///
    /// With outlet, author, day, address, passage and permanent id; one note for each passage.
    Cite(Cite),
    /// Print what each column of the tables means
    Codebook(Codebook),
    /// Check every passage of every record against the stored text
    ///
    /// Also that texts and records have their hashes, that all that is named is there, and the file itself. What is damaged is
    /// named, and the rest is checked.
    Verify(Verify),
    /// Show the record in a browser
    ///
    /// Serves pages, and JSON below /api/v1, to this machine alone. Beyond it, with --listen, a token must be shown: by a
    /// browser as the password it asks for, by a program as bearer token. The pages work without scripts; what they
    /// show can be set right from them.
    Serve(Serve),
    /// Answer an assistant over standard input and output
    ///
    /// Speaks the Model Context Protocol (revision 2026-07-28, and those with a handshake before it) with tools to search, to
    /// list statements, positions and commitments, to compare wordings and reports, and to verify words against the stored text.
    Mcp(Mcp),
    /// Write one story as a zip file to hand on
    ///
    /// The zip file holds the story's part of the record, all cited passages, hashes, and a page that needs no server.
    Bundle(Bundle),
    /// Fetch the language model, or tell where it lies
    #[command(subcommand)]
    Model(Model),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    Man {
        /// The folder: readout.1, readout-read.1 and so on
        #[arg(long, short, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Mcp {
    #[command(flatten)]
    pub(crate) of: OfFile,
    /// Where `readout serve` shows the same file: links in answers lead there
    #[arg(long, default_value = "http://127.0.0.1:8095", value_name = "URL")]
    pub(crate) pages: String,
}

#[derive(Args, Debug)]
pub(crate) struct Bundle {
    /// The story's id, or the first digits of it
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    #[command(flatten)]
    pub(crate) of: OfFile,
    /// The zip file to write; - for standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Of the reports only the passages that the record cites, not their full texts
    #[arg(long)]
    pub(crate) quotes_only: bool,
    /// Write over a file that stands there; never over a record
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) of: OfFile,
    /// The port to listen at; 0 for one that is free
    #[arg(long, short, default_value_t = 8095, value_name = "PORT")]
    pub(crate) port: u16,
    /// The address to listen at; one that other machines reach takes a token
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) listen: std::net::IpAddr,
    /// What clients must show, 20 characters or more without blanks; better given by the environment, where other users do not see it
    #[arg(long, env = "READOUT_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,
    /// A name by which clients may call this server, besides localhost and addresses in digits
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Read {
    /// Files and folders of reports; - for standard input
    #[arg(required_unless_present = "list", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A file that names files and folders to read, one a line; - for standard input
    ///
    /// Blank lines and lines that start with # are passed over. Names are those from the folder one stands in.
    #[arg(long, value_name = "FILE")]
    pub(crate) list: Vec<PathBuf>,
    /// The file that holds the record; made if there is none
    #[arg(
        long = "into",
        visible_alias = "file",
        short = 'f',
        env = "READOUT_FILE",
        default_value = "readout.readout",
        value_name = "FILE"
    )]
    pub(crate) file: PathBuf,
    /// A folder of tables that add to what Readout knows, or stand in its place (groups.tsv, persons.tsv …)
    #[arg(long, env = "READOUT_KNOWLEDGE", value_name = "FOLDER")]
    pub(crate) knowledge: Option<PathBuf>,
    /// How many reports to work on at a time [default: as many as there are processors]
    #[arg(long, short = 'j', value_name = "NUMBER")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// The day of reports that tell none: 2016-09-05, 5 Sept 2016
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// The outlet of reports that tell none
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// What the names of files tell of reports that lack it: {outlet}/{date} {title}, without the ending
    ///
    /// The parts are {date} (starts with a digit), {outlet}, {title}, {author}, and {number} and {any}, which tell nothing; a / names folders.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) name_pattern: Option<String>,
    /// A table (CSV) of what is known of files: the column file, and any of date, outlet, title, url, authors
    ///
    /// What it says stands in the place of what a report tells; other columns are kept, and empty cells say nothing.
    /// Reports that are in the record already stay as they are.
    #[arg(long, value_name = "FILE")]
    pub(crate) table: Vec<PathBuf>,
    /// Which column of tables of reports gives a field: text=Body (text, title, date, outlet, url, authors, language)
    ///
    /// Columns that are not named so are told by their heads; --dry-run shows which was taken for what.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) columns: Vec<String>,
    /// How many readers: with 2, another language model reads each report too, and a record tells whether both found it
    ///
    /// The second is fetched the first time (43 MB). Reports that are in the record already stay as they are.
    #[arg(long, value_name = "1|2", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) readers: u8,
    /// Only list what would be read: each report with the format it was taken for, its day, outlet and title
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// A spaCy v3 English model to use: a wheel or an unpacked folder
    #[arg(long, env = "READOUT_MODEL", value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The id of a record, a report, an actor, a quote …
    pub(crate) id: String,
    /// Tell which rules made the record, by which lines of the lexicons, and what led each side to its id
    #[arg(long, conflicts_with = "spans")]
    pub(crate) why: bool,
    /// Show what the language core sees in the passage: tokens, tags, tree, names, chains, times, quotation marks,
    /// attributions
    ///
    /// The text is parsed anew, so this needs the language model. Each word stands as far to the right as it is deep
    /// in the tree; behind it tag, part of speech, lemma, label and head.
    #[arg(long)]
    pub(crate) spans: bool,
    /// A spaCy v3 English model to use: a wheel or an unpacked folder
    #[arg(long, env = "READOUT_MODEL", value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) of: OfFile,
}

#[derive(Args, Debug)]
pub(crate) struct WhyNot {
    /// A passage, or a report and the number of its paragraph: 3fa9c1:¶4
    #[arg(required = true)]
    pub(crate) passage: Vec<String>,
    /// A spaCy v3 English model to use: a wheel or an unpacked folder
    #[arg(long, env = "READOUT_MODEL", value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) of: OfFile,
}

#[derive(Args, Debug)]
pub(crate) struct Find {
    /// Words to find
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) of: OfFile,
    #[command(flatten)]
    pub(crate) filter: Filters,
    /// How many reports to list
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    pub(crate) limit: usize,
    /// Also count the reports by outlet, story, month and kind of record
    #[arg(long)]
    pub(crate) facets: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) of: OfFile,
    /// Also link all reports anew, in memory, and compare that with what is stored
    #[arg(long)]
    pub(crate) deep: bool,
}
