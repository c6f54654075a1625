//! Networks of actors and issues out of stances, in the words of Discourse Network Analyzer, as GraphML, GEXF, DL and CSV.
//!
//! Two actors are joined by *congruence* for every issue on which both have one stance, and by *conflict* for every issue
//! on which one is for it and the other against it; *subtract* is the first less the second. In a two-mode network actors
//! are joined to issues. Formulas: Leifeld, "Discourse Network Analysis" (Oxford Handbook of Political Networks, 2017),
//! and DNA's manual.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use readout_record::{ActorKind, Stance, issue_key};
use readout_views::csv;

use crate::source::Source;
use crate::{Result, Tally};

/// The nodes of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nodes {
    /// Actors, joined by issues.
    Actors,
    /// Issues, joined by actors.
    Issues,
    /// Actors and issues.
    Both,
}

/// How stances are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// Any stance on the same issue.
    Ignore,
    /// The same stance.
    Congruence,
    /// Opposite stances.
    Conflict,
    /// Congruence less conflict; in a two-mode network, for less against.
    Subtract,
}

/// How weights are made comparable between busy and quiet nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalization {
    /// Not at all.
    None,
    /// By the mean of the issues of both (one-mode).
    Average,
    /// By the issues of either (one-mode).
    Jaccard,
    /// By the geometric mean of the issues of both (one-mode).
    Cosine,
    /// By the issues of the actor (two-mode).
    Activity,
    /// By the actors of the issue (two-mode).
    Prominence,
}

impl Normalization {
    /// Whether it is for networks with two sorts of nodes; `None` if it is for any.
    pub const fn is_two_mode(self) -> Option<bool> {
        match self {
            Self::None => None,
            Self::Average | Self::Jaccard | Self::Cosine => Some(false),
            Self::Activity | Self::Prominence => Some(true),
        }
    }
}

/// A question for a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkAsked {
    /// The nodes.
    pub nodes: Nodes,
    /// How stances are counted.
    pub qualifier: Qualifier,
    /// How weights are made comparable.
    pub normalization: Normalization,
    /// True if actors without a name have nodes of their own.
    pub unnamed: bool,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The id: an actor's, or `issue:` and the issue's words.
    pub id: String,
    /// The name.
    pub name: String,
    /// The kind: `person`, `state` …, `issue`.
    pub kind: &'static str,
    /// The number of stances.
    pub stances: usize,
}

/// An edge between two nodes, by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The number of one node; the actor in a two-mode network.
    pub one: usize,
    /// The number of the other node.
    pub other: usize,
    /// The weight.
    pub weight: f64,
}

/// A weighted network without direction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The nodes, actors before issues, by id.
    pub nodes: Vec<Node>,
    /// The edges, by the numbers of their nodes; none of the weight 0.
    pub edges: Vec<Edge>,
    /// The number of nodes that are rows of a two-mode network; 0 in a one-mode network.
    pub rows: usize,
}

/// The stances of one actor on one issue: how many are for it and against it.
#[derive(Clone, Copy, Default)]
struct Cell {
    pro: f64,
    contra: f64,
}

impl Cell {
    const fn is_any(self) -> bool {
        self.pro + self.contra > 0.0
    }

    /// Returns the weight of two cells on one issue. Each stance counts once, however often it is shown.
    fn with(self, other: Self, qualifier: Qualifier) -> f64 {
        let once = |count: f64| if count > 0.0 { 1.0 } else { 0.0 };
        let (a, b) = ((once(self.pro), once(self.contra)), (once(other.pro), once(other.contra)));
        let congruence = a.0 * b.0 + a.1 * b.1;
        let conflict = a.0 * b.1 + a.1 * b.0;
        match qualifier {
            Qualifier::Ignore => once(self.pro + self.contra) * once(other.pro + other.contra),
            Qualifier::Congruence => congruence,
            Qualifier::Conflict => conflict,
            Qualifier::Subtract => congruence - conflict,
        }
    }
}

impl Network {
    /// Returns the network of the picked positions. Stances that are neither for nor against are counted and left out.
    pub fn of(source: &Source<'_>, asked: NetworkAsked) -> (Self, Tally) {
        let mut tally = Tally::default();
        let mut cells: BTreeMap<(String, String), Cell> = BTreeMap::new();
        let mut issues: BTreeMap<String, String> = BTreeMap::new();
        for it in source.contents.positions.iter().filter(|it| source.picked.has(&it.id)) {
            if !asked.unnamed && source.names.kind(&it.actor) == Some(ActorKind::Unnamed) {
                tally.add("stances left out: of actors without a name", 1);
                continue;
            }
            let key = (it.actor.to_string(), issue_key(&it.issue));
            let shown = it.evidence.len().max(1) as f64;
            match it.stance {
                Stance::For => cells.entry(key.clone()).or_default().pro += shown,
                Stance::Against => cells.entry(key.clone()).or_default().contra += shown,
                Stance::Conditional | Stance::Unclear => {
                    tally.add("stances left out: on a condition, or unclear", 1);
                    continue;
                }
            }
            issues.entry(key.1).or_insert_with(|| it.issue.clone());
        }
        let actors: BTreeSet<&str> = cells.keys().map(|(actor, _)| actor.as_str()).collect();
        let count = |fits: &dyn Fn(&(String, String)) -> bool| cells.keys().filter(|key| fits(key)).count();
        let actor_nodes = actors.iter().map(|id| Node {
            id: (*id).to_owned(),
            name: source.names.of(id).to_owned(),
            kind: source.names.kind(id).map_or("actor", ActorKind::as_str),
            stances: count(&|key| key.0 == *id),
        });
        let issue_nodes = issues.iter().map(|(key, name)| Node {
            id: format!("issue:{key}"),
            name: name.clone(),
            kind: "issue",
            stances: count(&|of| of.1 == *key),
        });
        let of = |actor: &str, issue: &str| {
            cells.get(&(actor.to_owned(), issue.to_owned())).copied().unwrap_or_default()
        };
        let actors: Vec<&str> = actors.iter().copied().collect();
        let issues: Vec<&str> = issues.keys().map(String::as_str).collect();
        let network = match asked.nodes {
            Nodes::Both => Self {
                rows: actors.len(),
                edges: two_mode(asked, &cells, &actors, &issues),
                nodes: actor_nodes.chain(issue_nodes).collect(),
            },
            Nodes::Actors => {
                Self { rows: 0, edges: one_mode(asked, &actors, &issues, &of), nodes: actor_nodes.collect() }
            }
            Nodes::Issues => Self {
                rows: 0,
                edges: one_mode(asked, &issues, &actors, &|issue, actor| of(actor, issue)),
                nodes: issue_nodes.collect(),
            },
        };
        (network, tally)
    }

    /// Returns the network as GraphML. Labels stand where visone, Gephi and networkx look for them.
    pub fn graphml(&self) -> String {
        let mut page = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
             <key id=\"id\" for=\"node\" attr.name=\"id\" attr.type=\"string\"/>\n\
             <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
             <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n\
             <key id=\"frequency\" for=\"node\" attr.name=\"frequency\" attr.type=\"int\"/>\n\
             <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
             <graph edgedefault=\"undirected\">\n",
        );
        for (number, node) in self.nodes.iter().enumerate() {
            let _ = writeln!(
                page,
                "<node id=\"n{number}\"><data key=\"id\">{}</data><data key=\"label\">{}</data><data \
                 key=\"type\">{}</data><data key=\"frequency\">{}</data></node>",
                xml(&node.id),
                xml(&node.name),
                node.kind,
                node.stances
            );
        }
        for (number, edge) in self.edges.iter().enumerate() {
            let _ = writeln!(
                page,
                "<edge id=\"e{number}\" source=\"n{}\" target=\"n{}\"><data key=\"weight\">{}</data></edge>",
                edge.one, edge.other, edge.weight
            );
        }
        page.push_str("</graph>\n</graphml>\n");
        page
    }

    /// Returns the network as GEXF 1.3, for Gephi.
    pub fn gexf(&self) -> String {
        let mut page = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<graph \
             defaultedgetype=\"undirected\">\n<attributes class=\"node\"><attribute id=\"0\" title=\"id\" \
             type=\"string\"/><attribute id=\"1\" title=\"type\" type=\"string\"/><attribute id=\"2\" \
             title=\"frequency\" type=\"integer\"/></attributes>\n<nodes>\n",
        );
        for (number, node) in self.nodes.iter().enumerate() {
            let _ = writeln!(
                page,
                "<node id=\"{number}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" \
                 value=\"{}\"/><attvalue for=\"2\" value=\"{}\"/></attvalues></node>",
                xml(&node.name),
                xml(&node.id),
                node.kind,
                node.stances
            );
        }
        page.push_str("</nodes>\n<edges>\n");
        for (number, edge) in self.edges.iter().enumerate() {
            let _ = writeln!(
                page,
                "<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\"/>",
                edge.one, edge.other, edge.weight
            );
        }
        page.push_str("</edges>\n</graph>\n</gexf>\n");
        page
    }

    /// Returns the network as a DL file (UCINET), a full matrix.
    pub fn dl(&self) -> String {
        let label = |node: &Node| format!("\"{}\"", node.name.replace('"', "'").replace(['\n', '\r'], " "));
        let labels = |nodes: &[Node]| nodes.iter().map(label).collect::<Vec<_>>().join("\n");
        let (rows, columns) = self.sides();
        let mut page = match self.rows {
            0 => format!("dl n = {}, format = fullmatrix\nlabels:\n{}\n", rows.len(), labels(rows)),
            _ => format!(
                "dl nr = {}, nc = {}, format = fullmatrix\nrow labels:\n{}\ncolumn labels:\n{}\n",
                rows.len(),
                columns.len(),
                labels(rows),
                labels(columns)
            ),
        };
        page.push_str("data:\n");
        for row in self.matrix() {
            let row: Vec<String> = row.iter().map(f64::to_string).collect();
            let _ = writeln!(page, "{}", row.join(" "));
        }
        page
    }

    /// Returns the network as a matrix in CSV: the names of the columns, then a row for each node.
    ///
    /// # Errors
    /// None on memory.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        let (rows, columns) = self.sides();
        let names = std::iter::once(String::new()).chain(columns.iter().map(|it| it.name.clone()));
        csv::row(&mut out, names)?;
        for (node, row) in rows.iter().zip(self.matrix()) {
            csv::field(&mut out, &node.name, ',')?;
            for weight in row {
                out.extend_from_slice(format!(",{weight}").as_bytes());
            }
            out.extend_from_slice(b"\r\n");
        }
        Ok(out)
    }

    /// Returns the nodes of the rows and of the columns of the matrix.
    fn sides(&self) -> (&[Node], &[Node]) {
        if self.rows == 0 { (&self.nodes, &self.nodes) } else { self.nodes.split_at(self.rows) }
    }

    /// Returns the weights, a row for each node.
    fn matrix(&self) -> Vec<Vec<f64>> {
        let (rows, columns) = self.sides();
        let mut matrix = vec![vec![0.0; columns.len()]; rows.len()];
        for edge in &self.edges {
            let mut set = |row: usize, column: usize| {
                if let Some(cell) = matrix.get_mut(row).and_then(|row: &mut Vec<f64>| row.get_mut(column)) {
                    *cell = edge.weight;
                }
            };
            match self.rows {
                0 => {
                    set(edge.one, edge.other);
                    set(edge.other, edge.one);
                }
                rows => set(edge.one, edge.other - rows),
            }
        }
        matrix
    }
}

fn one_mode(
    asked: NetworkAsked,
    nodes: &[&str],
    between: &[&str],
    of: &dyn Fn(&str, &str) -> Cell,
) -> Vec<Edge> {
    let cells: Vec<Vec<Cell>> =
        nodes.iter().map(|node| between.iter().map(|it| of(node, it)).collect()).collect();
    let size = |row: &[Cell]| row.iter().filter(|it| it.is_any()).count() as f64;
    let mut edges = Vec::new();
    for (one, a) in cells.iter().enumerate() {
        for (other, b) in cells.iter().enumerate().skip(one + 1) {
            let weight: f64 = a.iter().zip(b).map(|(a, b)| a.with(*b, asked.qualifier)).sum();
            let shared = a.iter().zip(b).filter(|(a, b)| a.is_any() && b.is_any()).count() as f64;
            let divisor = match asked.normalization {
                Normalization::Average => (size(a) + size(b)) / 2.0,
                Normalization::Jaccard => size(a) + size(b) - shared,
                Normalization::Cosine => (size(a) * size(b)).sqrt(),
                Normalization::None | Normalization::Activity | Normalization::Prominence => 1.0,
            };
            if weight != 0.0 && divisor > 0.0 {
                edges.push(Edge { one, other, weight: weight / divisor });
            }
        }
    }
    edges
}

fn two_mode(
    asked: NetworkAsked,
    cells: &BTreeMap<(String, String), Cell>,
    actors: &[&str],
    issues: &[&str],
) -> Vec<Edge> {
    let mut edges = Vec::new();
    for ((actor, issue), cell) in cells {
        let (Ok(one), Ok(other)) =
            (actors.binary_search(&actor.as_str()), issues.binary_search(&issue.as_str()))
        else {
            continue;
        };
        let weight = match asked.qualifier {
            Qualifier::Ignore => cell.pro + cell.contra,
            Qualifier::Congruence => cell.pro,
            Qualifier::Conflict => cell.contra,
            Qualifier::Subtract => cell.pro - cell.contra,
        };
        let divisor = match asked.normalization {
            Normalization::Activity => cells.keys().filter(|key| key.0 == *actor).count() as f64,
            Normalization::Prominence => cells.keys().filter(|key| key.1 == *issue).count() as f64,
            _ => 1.0,
        };
        if weight != 0.0 {
            edges.push(Edge { one, other: actors.len() + other, weight: weight / divisor });
        }
    }
    edges
}

fn xml(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            it if it.is_control() => escaped.push(' '),
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use readout_record::Position;
    use readout_views::{Contents, Picked};

    use super::*;

    fn contents() -> Contents {
        let position = |id: usize, actor: &str, issue: &str, stance| Position {
            id: format!("position:{id}").into(),
            actor: actor.into(),
            issue: issue.to_owned(),
            stance,
            ..Position::default()
        };
        Contents {
            positions: vec![
                position(1, "person:a", "a truce", Stance::For),
                position(2, "person:a", "sanctions on Norland", Stance::Against),
                position(3, "person:b", "the truce", Stance::For),
                position(4, "person:b", "Norland sanctions", Stance::For),
                position(5, "person:c", "the truce", Stance::Against),
                position(6, "person:c", "the port", Stance::Unclear),
            ],
            ..Contents::default()
        }
    }

    fn weights(nodes: Nodes, qualifier: Qualifier, normalization: Normalization) -> Vec<(usize, usize, f64)> {
        let contents = contents();
        let picked = Picked::default();
        let source = Source::new(&contents, &picked);
        let (network, tally) =
            Network::of(&source, NetworkAsked { nodes, qualifier, normalization, unnamed: true });
        assert_eq!(tally.count("stances left out: on a condition, or unclear"), 1);
        network.edges.iter().map(|it| (it.one, it.other, it.weight)).collect()
    }

    #[test]
    fn actors_are_joined_by_what_they_agree_and_differ_on() {
        use Qualifier::{Conflict, Congruence, Ignore, Subtract};
        let of = |qualifier, normalization| weights(Nodes::Actors, qualifier, normalization);
        assert_eq!(of(Congruence, Normalization::None), [(0, 1, 1.0)]);
        assert_eq!(of(Conflict, Normalization::None), [(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)]);
        assert_eq!(of(Subtract, Normalization::None), [(0, 2, -1.0), (1, 2, -1.0)]);
        assert_eq!(of(Ignore, Normalization::None), [(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]);
        assert_eq!(of(Congruence, Normalization::Average), [(0, 1, 0.5)]);
        assert_eq!(of(Congruence, Normalization::Jaccard), [(0, 1, 0.5)]);
        assert_eq!(of(Conflict, Normalization::Cosine)[1], (0, 2, 1.0 / 2.0_f64.sqrt()));
    }

    #[test]
    fn actors_are_joined_to_issues() {
        let of = |normalization| weights(Nodes::Both, Qualifier::Subtract, normalization);
        // Issues by key: `norland sanction` is 3, `truce` is 4.
        let plain = of(Normalization::None);
        assert_eq!(plain, [(0, 3, -1.0), (0, 4, 1.0), (1, 3, 1.0), (1, 4, 1.0), (2, 4, -1.0)]);
        assert_eq!(of(Normalization::Activity)[0], (0, 3, -0.5));
        assert_eq!(of(Normalization::Prominence)[1], (0, 4, 1.0 / 3.0));
        assert_eq!(weights(Nodes::Issues, Qualifier::Congruence, Normalization::None), [(0, 1, 1.0)]);
    }

    #[test]
    fn a_matrix_has_a_row_for_each_actor() {
        let contents = contents();
        let picked = Picked::default();
        let source = Source::new(&contents, &picked);
        let asked = NetworkAsked {
            nodes: Nodes::Both,
            qualifier: Qualifier::Subtract,
            normalization: Normalization::None,
            unnamed: true,
        };
        let (network, _) = Network::of(&source, asked);
        let csv = String::from_utf8(network.csv().unwrap()).unwrap();
        assert_eq!(csv, ",sanctions on Norland,a truce\r\na,-1,1\r\nb,1,1\r\nc,0,-1\r\n");
        assert!(network.dl().starts_with("dl nr = 3, nc = 2, format = fullmatrix\nrow labels:\n\"a\"\n"));
        assert!(network.graphml().contains("<data key=\"label\">a truce</data>"));
    }
}
