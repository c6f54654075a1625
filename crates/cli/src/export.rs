//! `readout export` and `readout codebook`: records in the forms of other programs.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use readout::exchange::{Delimited, Layout, Table, Tally, codebook, tables};
use readout::views::{Contents, Picked};
use readout::{Corpus, ExportFormat, FolderFormat};

use crate::file::{OfFile, open};
use crate::lists::{Filters, tell_unknown};
use crate::model;
use crate::outcome::Outcome;
use crate::output;
use crate::page::tell;
use crate::unclear::Unclear;

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The form
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,
    /// The table, as in readout codebook: statements, events, positions …; may be given several times
    #[arg(long, value_name = "TABLE", value_parser = table_names())]
    pub(crate) table: Vec<String>,
    /// Begin CSV and TSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    pub(crate) bom: bool,
    /// Where to write; - for standard output [default: standard output]
    ///
    /// Several tables of a form that has one table a file go into a new folder of this name.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that stands there; never over a record
    #[arg(long)]
    pub(crate) force: bool,
    /// Leave out what one reader of two alone found (see read --readers)
    #[arg(long)]
    pub(crate) agreed: bool,
    /// The spaCy v3 English model that makes the trees of conllu: a wheel or an unpacked folder
    #[arg(long, env = "READOUT_MODEL", value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) of: OfFile,
    #[command(flatten)]
    pub(crate) filter: Filters,
}

#[derive(Args, Debug)]
pub(crate) struct Codebook {
    /// The form
    #[arg(long, value_enum, default_value_t = CodebookFormat::Md)]
    pub(crate) format: CodebookFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// All records, one JSON object a line, sorted by kind and id
    Jsonl,
    /// A report a line with all that was read out of it, before linking; what readout import takes
    Reports,
    /// The same as rows of Parquet, for engines
    #[cfg(feature = "parquet")]
    ReportsParquet,
    /// Tables of comma-separated values
    Csv,
    /// Tables of tab-separated values
    Tsv,
    /// A workbook with one sheet a table
    Xlsx,
    /// Tables as Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// Tables as Arrow IPC files (Feather)
    #[cfg(feature = "parquet")]
    Arrow,
    /// What took place, in the 40 columns of POLECAT
    Polecat,
    /// What took place between two who are named, in the 20 columns of ICEWS
    Icews,
    /// What took place, each happening once, in the 61 columns of GDELT 2
    GdeltEvents,
    /// Where reports tell it, in the 16 columns of GDELT 2
    GdeltMentions,
    /// Incidents in the 31 columns of ACLED
    Acled,
    /// Incidents in the 49 columns of UCDP's event data
    Ucdp,
    /// Deadlines as iCalendar
    Ics,
    /// What has a time, for TimelineJS
    Timelinejs,
    /// What has a place that the gazetteer knows, as points
    Geojson,
    /// W3C Web Annotations, for Hypothesis and Recogito
    WebAnnotation,
    /// Entities of FollowTheMoney, for Aleph and OpenSanctions
    Ftm,
    /// Stances as a file of Discourse Network Analyzer 3
    Dna,
    /// brat: two files for each report
    Brat,
    /// WebAnno TSV 3.3, for INCEpTION: a file for each report
    Webanno,
    /// Tokens, tags and trees as CoNLL-U, made anew by the language model
    Conllu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodebookFormat {
    /// A Markdown page
    Md,
    /// One row a column
    Csv,
    /// One JSON array of tables
    Json,
}

/// The parser of the names of tables, which lists them where it is asked.
fn table_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(tables().iter().map(|it| it.name))
}

pub(crate) fn run(arguments: &Export) -> anyhow::Result<Outcome> {
    let format = arguments.format;
    let name = format.name();
    let mut asked: Vec<Table> = tables();
    if !arguments.table.is_empty() {
        asked.retain(|it| arguments.table.iter().any(|name| name == it.name));
        if !format.has_tables() {
            return Err(Unclear::NoTables { form: name }.into());
        }
    }
    let out = arguments.out.as_deref().unwrap_or_else(|| Path::new("-"));
    let is_stream = out == Path::new("-");
    let in_folder = format.files().is_some() || format.has_one_table_a_file() && asked.len() > 1;
    match in_folder && is_stream {
        true if format.has_tables() => return Err(Unclear::OneTable { form: name }.into()),
        true => return Err(Unclear::Folder { form: name }.into()),
        false => {}
    }
    if format.is_binary() && is_stream && io::stdout().is_terminal() {
        anyhow::bail!("{name} is nothing for a terminal: name a file, or send it on to another program");
    }
    let corpus = open(&arguments.of)?;
    let (mut contents, mut picked) = match corpus.pick(&arguments.filter.filter())? {
        Ok(found) => found,
        Err(name) => {
            tell_unknown(&name);
            return Ok(Outcome::Nothing);
        }
    };
    if arguments.agreed {
        contents.keep_agreed();
        if !picked.is_all() {
            picked = Picked::of(&contents, &arguments.filter.filter());
        }
    }
    let writer = Writer { corpus: &corpus, force: arguments.force, picked: &picked };
    if arguments.agreed && format.is_of_reports() {
        anyhow::bail!("--agreed is for records, and {name} has reports as they were read");
    }
    let tally = if format.is_of_reports() {
        let documents: Vec<_> =
            contents.documents.iter().map(|it| it.id.clone()).filter(|it| picked.has(it)).collect();
        output::write(out, arguments.force, &corpus, |out| {
            match format {
                Format::Reports => corpus.export_reports(&documents, out)?,
                #[cfg(feature = "parquet")]
                _ => corpus.export_reports_as_parquet(&documents, out)?,
                #[cfg(not(feature = "parquet"))]
                _ => {}
            }
            Ok(())
        })?;
        Tally::default()
    } else if format == Format::Conllu {
        let model = model::open(arguments.model.as_deref())?;
        let mut tally = Tally::default();
        output::write(out, arguments.force, &corpus, |out| {
            tally = readout::export_trees(&contents, &picked, &model, out)?;
            Ok(())
        })?;
        tally
    } else if let Some(form) = format.files() {
        let (files, tally) = readout::export_files(&contents, &picked, form);
        writer.make_folder(out)?;
        for file in files {
            output::write(&out.join(&file.name), arguments.force, &corpus, |out| {
                Ok(out.write_all(file.content.as_bytes())?)
            })?;
        }
        tally
    } else if in_folder {
        writer.make_folder(out)?;
        let mut tally = Tally::default();
        for table in &asked {
            let file = out.join(format!("{}.{name}", table.name));
            let form = format.of(std::slice::from_ref(table), arguments.bom);
            tally.extend(&writer.file(&file, form, contents.clone())?);
        }
        tally
    } else {
        writer.file(out, format.of(&asked, arguments.bom), contents)?
    };
    tell_tally(&tally);
    Ok(Outcome::Done)
}

/// Tells what did not fit into a form.
pub(crate) fn tell_tally(tally: &Tally) {
    for (why, number) in tally.iter() {
        tell(&format!("{number} {why}"));
    }
    if !tally.empty().is_empty() {
        tell(&format!(
            "columns left empty, since the record has nothing for them: {}",
            tally.empty().join(", ")
        ));
    }
}

impl Format {
    /// The name as it is typed, which is also the ending of the files of tables.
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |it| it.get_name().to_owned())
    }

    fn has_tables(self) -> bool {
        self == Self::Xlsx || self.has_one_table_a_file()
    }

    fn has_one_table_a_file(self) -> bool {
        match self {
            Self::Csv | Self::Tsv => true,
            #[cfg(feature = "parquet")]
            Self::Parquet | Self::Arrow => true,
            _ => false,
        }
    }

    /// Whether the form has whole reports as they were read.
    const fn is_of_reports(self) -> bool {
        match self {
            Self::Reports => true,
            #[cfg(feature = "parquet")]
            Self::ReportsParquet => true,
            _ => false,
        }
    }

    fn is_binary(self) -> bool {
        self == Self::Dna
            || self.is_of_reports() && self != Self::Reports
            || self.has_tables() && !matches!(self, Self::Csv | Self::Tsv)
    }

    /// The form of a folder with files for each report.
    const fn files(self) -> Option<FolderFormat> {
        match self {
            Self::Brat => Some(FolderFormat::Brat),
            Self::Webanno => Some(FolderFormat::WebAnno),
            _ => None,
        }
    }

    /// The export of the first of `tables`, or of all of them where the form has them in one file.
    fn of(self, tables: &[Table], bom: bool) -> ExportFormat {
        let first = tables.first().map_or("", |it| it.name);
        match self {
            // Forms of folders are written file by file, trees by the model, and reports as the file has them.
            Self::Jsonl | Self::Reports | Self::Brat | Self::Webanno | Self::Conllu => {
                ExportFormat::JsonLines
            }
            #[cfg(feature = "parquet")]
            Self::ReportsParquet => ExportFormat::JsonLines,
            Self::Csv => ExportFormat::Delimited(Delimited { delimiter: ',', bom }, first),
            Self::Tsv => ExportFormat::Delimited(Delimited { delimiter: '\t', bom }, first),
            Self::Xlsx => ExportFormat::Workbook((tables.len() == 1).then_some(first)),
            #[cfg(feature = "parquet")]
            Self::Parquet => ExportFormat::Parquet(first),
            #[cfg(feature = "parquet")]
            Self::Arrow => ExportFormat::Arrow(first),
            Self::Polecat => ExportFormat::Layout(Layout::Polecat),
            Self::Icews => ExportFormat::Layout(Layout::Icews),
            Self::GdeltEvents => ExportFormat::Layout(Layout::GdeltEvents),
            Self::GdeltMentions => ExportFormat::Layout(Layout::GdeltMentions),
            Self::Acled => ExportFormat::Layout(Layout::Acled),
            Self::Ucdp => ExportFormat::Layout(Layout::Ucdp),
            Self::Ics => ExportFormat::Deadlines,
            Self::Timelinejs => ExportFormat::TimelineJs,
            Self::Geojson => ExportFormat::GeoJson,
            Self::WebAnnotation => ExportFormat::WebAnnotation,
            Self::Ftm => ExportFormat::FollowTheMoney,
            Self::Dna => ExportFormat::Dna,
        }
    }
}

struct Writer<'c> {
    corpus: &'c Corpus,
    force: bool,
    picked: &'c Picked,
}

impl Writer<'_> {
    fn file(&self, path: &Path, format: ExportFormat, contents: Contents) -> anyhow::Result<Tally> {
        let mut tally = Tally::default();
        output::write(path, self.force, self.corpus, |out| {
            tally = readout::export(contents, self.picked, self.corpus.knowledge(), format, out)?;
            Ok(())
        })?;
        Ok(tally)
    }

    /// Makes the folder `path`, or takes one that stands there where that is asked for.
    fn make_folder(&self, path: &Path) -> anyhow::Result<()> {
        match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                anyhow::ensure!(path.is_dir() && self.force, output::Refused::Stands(path.to_owned()));
                Ok(())
            }
            made => made.with_context(|| format!("{}: cannot be made", path.display())),
        }
    }
}

pub(crate) fn codebook(arguments: &Codebook) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match arguments.format {
        CodebookFormat::Md => out.write_all(codebook::markdown(&tables()).as_bytes())?,
        CodebookFormat::Csv => codebook::write_csv(&tables(), &mut out)?,
        CodebookFormat::Json => codebook::write_json(&tables(), &mut out)?,
    }
    Ok(Outcome::Done)
}
