//! Parts of a network: some actors with those joined to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::network::{Edge, Network};

impl Network {
    /// Returns the part of the network around `actors`: the actors, the nodes joined to them, and the edges among all of
    /// these. In a two-mode network the issues of `actors` are joined to them, and so are all actors of these issues.
    #[must_use]
    pub fn around(&self, actors: &BTreeSet<String>) -> Self {
        let own = |at: usize| self.nodes.get(at).is_some_and(|it| actors.contains(&it.id));
        let mut kept: BTreeSet<usize> = (0..self.nodes.len()).filter(|&at| own(at)).collect();
        let steps = if self.rows > 0 { 2 } else { 1 };
        for _ in 0..steps {
            let before = kept.clone();
            for edge in &self.edges {
                if before.contains(&edge.one) || before.contains(&edge.other) {
                    kept.extend([edge.one, edge.other]);
                }
            }
        }
        let numbers: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(new, &old)| (old, new)).collect();
        let edge = |it: &Edge| {
            let (one, other) = (*numbers.get(&it.one)?, *numbers.get(&it.other)?);
            Some(Edge { one, other, weight: it.weight })
        };
        Self {
            nodes: kept.iter().filter_map(|&at| self.nodes.get(at).cloned()).collect(),
            edges: self.edges.iter().filter_map(edge).collect(),
            rows: kept.iter().filter(|&&at| at < self.rows).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Node;

    fn network(nodes: &[&str], rows: usize, edges: &[(usize, usize)]) -> Network {
        let node = |id: &&str| Node { id: (*id).to_owned(), name: String::new(), kind: "person", stances: 1 };
        let edge = |&(one, other): &(usize, usize)| Edge { one, other, weight: 1.0 };
        Network { nodes: nodes.iter().map(node).collect(), edges: edges.iter().map(edge).collect(), rows }
    }

    fn around(network: &Network, actor: &str) -> (Vec<String>, Vec<(usize, usize)>, usize) {
        let part = network.around(&BTreeSet::from([actor.to_owned()]));
        let edges = part.edges.iter().map(|it| (it.one, it.other)).collect();
        (part.nodes.into_iter().map(|it| it.id).collect(), edges, part.rows)
    }

    #[test]
    fn an_actor_comes_with_those_joined_to_it() {
        let one_mode = network(&["a", "b", "c", "d"], 0, &[(0, 2), (2, 3), (1, 3)]);
        assert_eq!(around(&one_mode, "a"), (vec!["a".to_owned(), "c".to_owned()], vec![(0, 1)], 0));
        let two_mode = network(&["a", "b", "c", "issue:x", "issue:y"], 3, &[(0, 3), (2, 3), (1, 4)]);
        let (nodes, edges, rows) = around(&two_mode, "a");
        assert_eq!((nodes.join(" ").as_str(), edges, rows), ("a c issue:x", vec![(0, 2), (1, 2)], 2));
    }
}
