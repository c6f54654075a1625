//! The ways out: the whole record, or what a filter lets through, in one of many forms.

use std::collections::BTreeSet;
use std::io::Write;

use readout_exchange::{
    Delimited, ExchangeError, Layout, NamedFile, Network, NetworkAsked, Source, Tally, table, tables,
    write_brat, write_deadlines, write_dna, write_ftm, write_geojson, write_layout, write_timelinejs,
    write_web_annotations, write_webanno, write_workbook,
};
use readout_knowledge::Knowledge;
use readout_record::wire;
use readout_syntax::conllu;
use readout_views::{Contents, Filter, Picked};

use crate::reading::Parser;
use crate::unknown::Unknown;
use crate::{Corpus, Error, Result};

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line, sorted by kind and id.
    JsonLines,
    /// One table as comma- or tab-separated values.
    Delimited(Delimited, &'static str),
    /// One table as Parquet.
    #[cfg(feature = "parquet")]
    Parquet(&'static str),
    /// One table as Arrow IPC.
    #[cfg(feature = "parquet")]
    Arrow(&'static str),
    /// All tables as one workbook, or the one that is named.
    Workbook(Option<&'static str>),
    /// The columns of a data set of the field.
    Layout(Layout),
    /// Deadlines as iCalendar.
    Deadlines,
    /// Dated records as the slides of a TimelineJS.
    TimelineJs,
    /// Events, meetings and incidents as points of GeoJSON.
    GeoJson,
    /// Records as W3C Web Annotations.
    WebAnnotation,
    /// Reports, actors, mentions, events and statements as entities of FollowTheMoney.
    FollowTheMoney,
    /// Stances as a file of Discourse Network Analyzer 3.
    Dna,
}

/// A form of export that has a file or two for each report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderFormat {
    /// brat standoff.
    Brat,
    /// WebAnno TSV 3.3.
    WebAnno,
}

/// Returns the files of the records of `contents` that `picked` has, and what did not fit into the form.
pub fn export_files(contents: &Contents, picked: &Picked, format: FolderFormat) -> (Vec<NamedFile>, Tally) {
    let source = Source::new(contents, picked);
    match format {
        FolderFormat::Brat => write_brat(&source),
        FolderFormat::WebAnno => write_webanno(&source),
    }
}

/// Writes the records of `contents` that `picked` has to `out`. Returns what did not fit into the form.
///
/// # Errors
/// When `out` cannot be written, or no table has the name.
pub fn export(
    contents: Contents,
    picked: &Picked,
    knowledge: &Knowledge,
    format: ExportFormat,
    out: &mut dyn Write,
) -> Result<Tally> {
    if format == ExportFormat::JsonLines {
        wire::write(&mut contents.into_picked(picked), &mut &mut *out)?;
        out.flush()?;
        return Ok(Tally::default());
    }
    let source = Source::new(&contents, picked).with(knowledge);
    let named = |name: &str| {
        table(name).ok_or_else(|| Error::Question { message: format!("there is no table called {name}") })
    };
    let mut tally = Tally::default();
    match format {
        ExportFormat::JsonLines => {}
        ExportFormat::Delimited(form, name) => form.write(&named(name)?, &source, out)?,
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet(name) => readout_exchange::write_parquet(&named(name)?, &source, out)?,
        #[cfg(feature = "parquet")]
        ExportFormat::Arrow(name) => readout_exchange::write_arrow(&named(name)?, &source, out)?,
        ExportFormat::Workbook(name) => {
            let sheets = name.map_or_else(|| Ok(tables()), |name| named(name).map(|it| vec![it]))?;
            tally = write_workbook(&sheets, &source, out)?;
        }
        ExportFormat::Layout(layout) => tally = write_layout(layout, &source, knowledge, out)?,
        ExportFormat::Deadlines => tally = write_deadlines(&source, out)?,
        ExportFormat::TimelineJs => tally = write_timelinejs(&source, out)?,
        ExportFormat::GeoJson => tally = write_geojson(&source, knowledge, out)?,
        ExportFormat::WebAnnotation => tally = write_web_annotations(&source, out)?,
        ExportFormat::Dna => tally = write_dna(&source, out)?,
        ExportFormat::FollowTheMoney => tally = write_ftm(&source, out)?,
    }
    out.flush()?;
    Ok(tally)
}

/// Writes the trees of the reports of `contents` that `picked` has to `out`, as CoNLL-U. The trees are not kept in the file:
/// `parser` makes them anew, as it does for a reading. Returns what did not fit into the form.
///
/// # Errors
/// When `out` cannot be written.
pub fn export_trees(
    contents: &Contents,
    picked: &Picked,
    parser: &impl Parser,
    out: &mut dyn Write,
) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut parse = parser.worker();
    for document in Source::new(contents, picked).documents() {
        let written = conllu(&document.id, &parse(&document.text));
        tally.add("reports without a word, which the form has no place for", usize::from(written.is_empty()));
        out.write_all(written.as_bytes())?;
    }
    out.flush()?;
    Ok(tally)
}

impl Corpus {
    /// Returns what is to be written under `filter`: the contents, and which of their records. A name in the filter that
    /// means nothing in the file gives an `Unknown`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pick(&self, filter: &Filter) -> Result<std::result::Result<(Contents, Picked), Unknown>> {
        if *filter == Filter::default() {
            return Ok(Ok((self.contents()?, Picked::default())));
        }
        Ok(self.reports(filter)?.map(|(contents, resolved)| {
            let picked = Picked::of(&contents, &resolved);
            (contents, picked)
        }))
    }

    /// Returns the network of the stances that `filter` lets through, and what it does not tell. Of a network with actors
    /// in the filter, the part around these is returned.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn network(
        &self,
        filter: &Filter,
        asked: NetworkAsked,
    ) -> Result<std::result::Result<(Network, Tally), Unknown>> {
        let actors: BTreeSet<String> = match self.resolve(filter)? {
            Ok(resolved) => resolved.into_filter().actor.into_iter().collect(),
            Err(unknown) => return Ok(Err(unknown)),
        };
        // Whoever is joined to an actor has stances of their own.
        let found = self.pick(&Filter { actor: Vec::new(), ..filter.clone() })?;
        Ok(found.map(|(contents, picked)| {
            let (network, tally) = Network::of(&Source::new(&contents, &picked), asked);
            (if actors.is_empty() { network } else { network.around(&actors) }, tally)
        }))
    }

    /// Writes all current records to `out`. Returns what did not fit into the form.
    ///
    /// # Errors
    /// When the file cannot be read, or `out` cannot be written.
    pub fn export(&self, format: ExportFormat, out: &mut impl Write) -> Result<Tally> {
        export(self.contents()?, &Picked::default(), self.knowledge(), format, out)
    }
}

impl From<ExchangeError> for Error {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Write(error) => Self::Write(error),
            error => Self::Question { message: error.to_string() },
        }
    }
}
