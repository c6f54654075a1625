//! `readout network`: who stands with whom, for programs that draw and measure networks.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use readout::exchange::{NetworkAsked, Nodes, Normalization, Qualifier};

use crate::export::tell_tally;
use crate::file::{OfFile, open};
use crate::lists::{Filters, nothing, tell_unknown};
use crate::outcome::Outcome;
use crate::output;

#[derive(Args, Debug)]
pub(crate) struct Network {
    /// The form
    #[arg(long, value_enum, default_value_t = NetworkFormat::Graphml)]
    pub(crate) format: NetworkFormat,
    /// The nodes
    #[arg(long, value_enum, default_value_t = NodesAsked::Actors)]
    pub(crate) nodes: NodesAsked,
    /// What joins two nodes [default: congruence; in a two-mode network subtract]
    #[arg(long, value_enum)]
    pub(crate) qualifier: Option<QualifierAsked>,
    /// How weights are made comparable between busy and quiet nodes
    #[arg(long, value_enum, default_value_t = NormalizationAsked::None)]
    pub(crate) normalization: NormalizationAsked,
    /// With nodes for actors who have no name: a commander, refugees
    #[arg(long)]
    pub(crate) unnamed: bool,
    /// Where to write; - for standard output [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that stands there; never over a record
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) of: OfFile,
    #[command(flatten)]
    pub(crate) filter: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkFormat {
    /// For visone, Gephi, igraph, networkx
    Graphml,
    /// For Gephi
    Gexf,
    /// For UCINET
    Dl,
    /// A matrix
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NodesAsked {
    /// Actors, joined by issues
    Actors,
    /// Issues, joined by actors
    Issues,
    /// Actors and issues: a two-mode network
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QualifierAsked {
    /// Any stance on one issue; in a two-mode network any stance
    Ignore,
    /// One stance on one issue; in a two-mode network for
    Congruence,
    /// Opposite stances on one issue; in a two-mode network against
    Conflict,
    /// Congruence less conflict; in a two-mode network for less against
    Subtract,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NormalizationAsked {
    /// Not at all
    None,
    /// By the mean of both nodes' issues
    Average,
    /// By the issues of either node
    Jaccard,
    /// By the geometric mean of both nodes' issues
    Cosine,
    /// By the actor's issues, in a two-mode network
    Activity,
    /// By the issue's actors, in a two-mode network
    Prominence,
}

pub(crate) fn run(arguments: &Network) -> anyhow::Result<Outcome> {
    let nodes = match arguments.nodes {
        NodesAsked::Actors => Nodes::Actors,
        NodesAsked::Issues => Nodes::Issues,
        NodesAsked::Both => Nodes::Both,
    };
    let qualifier = match arguments.qualifier {
        Some(QualifierAsked::Ignore) => Qualifier::Ignore,
        Some(QualifierAsked::Congruence) => Qualifier::Congruence,
        Some(QualifierAsked::Conflict) => Qualifier::Conflict,
        Some(QualifierAsked::Subtract) => Qualifier::Subtract,
        None if nodes == Nodes::Both => Qualifier::Subtract,
        None => Qualifier::Congruence,
    };
    let normalization = match arguments.normalization {
        NormalizationAsked::None => Normalization::None,
        NormalizationAsked::Average => Normalization::Average,
        NormalizationAsked::Jaccard => Normalization::Jaccard,
        NormalizationAsked::Cosine => Normalization::Cosine,
        NormalizationAsked::Activity => Normalization::Activity,
        NormalizationAsked::Prominence => Normalization::Prominence,
    };
    if normalization.is_two_mode().is_some_and(|two| two != (nodes == Nodes::Both)) {
        anyhow::bail!(
            "average, jaccard and cosine are for --nodes actors or issues, activity and prominence for --nodes both"
        );
    }
    let asked = NetworkAsked { nodes, qualifier, normalization, unnamed: arguments.unnamed };
    let out = arguments.out.as_deref().unwrap_or_else(|| Path::new("-"));
    write(asked, arguments.format, (out, arguments.force), &arguments.of, &arguments.filter)
}

/// Writes the network `asked` to a file, or over one that stands there.
pub(crate) fn write(
    asked: NetworkAsked,
    format: NetworkFormat,
    (out, force): (&Path, bool),
    of: &OfFile,
    filters: &Filters,
) -> anyhow::Result<Outcome> {
    let corpus = open(of)?;
    let filter = filters.filter();
    let (network, tally) = match corpus.network(&filter, asked)? {
        Ok(found) => found,
        Err(name) => {
            tell_unknown(&name);
            return Ok(Outcome::Nothing);
        }
    };
    if network.nodes.is_empty() {
        nothing(&filter);
        return Ok(Outcome::Nothing);
    }
    let bytes = match format {
        NetworkFormat::Graphml => network.graphml().into_bytes(),
        NetworkFormat::Gexf => network.gexf().into_bytes(),
        NetworkFormat::Dl => network.dl().into_bytes(),
        NetworkFormat::Csv => network.csv().map_err(readout::Error::from)?,
    };
    output::write(out, force, &corpus, |out| Ok(out.write_all(&bytes)?))?;
    tell_tally(&tally);
    Ok(Outcome::Done)
}
