//! Disjoint sets (union-find).

/// Sets that grow together, as links are found.
#[derive(Debug)]
pub(crate) struct Clusters {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Clusters {
    /// Returns `count` sets of one.
    pub(crate) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
    }

    /// Returns the number of the set of `at`.
    pub(crate) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Returns the members of the set with the number `root`.
    pub(crate) fn members(&self, root: usize) -> &[usize] {
        &self.members[root]
    }

    /// Makes one set of two, both given by their numbers.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        if a == b {
            return;
        }
        let (kept, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[gone]);
        self.members[kept].extend(moved);
        self.members[kept].sort_unstable();
        self.parent[gone] = kept;
    }

    /// Returns the sets of two and more, in the order of their first members.
    pub(crate) fn sets(self) -> impl Iterator<Item = Vec<usize>> {
        self.members.into_iter().filter(|members| members.len() > 1)
    }
}
