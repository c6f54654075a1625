//! Average-link clustering: groups grow by joining the two that are most alike on average.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::AddAssign;

/// Members in groups that grow. `L` is the likeness of two groups, summed over the pairs of their members.
///
/// The result depends on the likenesses alone: of equal pairs the one with the lower numbers joins first, and sums are
/// always made in the same order.
#[derive(Clone, Debug)]
pub struct Groups<L> {
    /// The members of each group, by number; empty once the group has joined another.
    members: Vec<Vec<u32>>,
    /// For each group its neighbours, by number. A neighbour may have joined another group since; see `home`.
    near: Vec<Vec<(u32, L)>>,
    /// For each member, the group that contains it now. A group has the number of one of its members.
    home: Vec<u32>,
}

impl<L: Copy + AddAssign> Groups<L> {
    /// Returns groups of one member each. `near` lists, for each member, the others that are like it, with the
    /// likeness; each pair is listed from both sides.
    pub fn new(near: Vec<Vec<(u32, L)>>) -> Self {
        let count = near.len() as u32;
        Self { members: (0..count).map(|number| vec![number]).collect(), home: (0..count).collect(), near }
    }

    /// Returns the members of each group, sorted. The group with the number of a member that has joined another is
    /// empty.
    pub fn members(&self) -> &[Vec<u32>] {
        &self.members
    }

    /// Joins the two groups that are most alike on average, as long as `bar` is met. `part` returns the part of a
    /// likeness that counts.
    pub fn gather(&mut self, part: impl Fn(&L) -> f64, bar: f64) {
        let mut queue: BinaryHeap<Pair> = BinaryHeap::new();
        for a in 0..self.members.len() as u32 {
            if self.members[a as usize].is_empty() {
                continue;
            }
            let own = std::mem::take(&mut self.near[a as usize]);
            self.near[a as usize] = self.gathered(a, own);
            let after = self.near[a as usize].partition_point(|(other, _)| *other < a);
            let pairs = self.near[a as usize][after..].iter();
            let pairs = pairs.map(|(b, likeness)| self.pair(a, *b, part(likeness)));
            queue.extend(pairs.filter(|pair| pair.alike >= bar));
        }
        while let Some(Pair { a, b, sizes, .. }) = queue.pop() {
            // A group that has grown or gone since has newer pairs in the queue.
            if sizes != self.sizes(a, b) || sizes.0 == 0 || sizes.1 == 0 {
                continue;
            }
            self.join(a, b);
            let pairs = self.near[a as usize].iter();
            let pairs =
                pairs.map(|(other, likeness)| self.pair(a.min(*other), a.max(*other), part(likeness)));
            queue.extend(pairs.filter(|pair| pair.alike >= bar));
        }
    }

    /// Moves the members of the group `b` into the group `a`.
    pub fn join(&mut self, a: u32, b: u32) {
        let gone = std::mem::take(&mut self.members[b as usize]);
        gone.iter().for_each(|member| self.home[*member as usize] = a);
        self.members[a as usize].extend(gone);
        self.members[a as usize].sort_unstable();
        let mut both = std::mem::take(&mut self.near[a as usize]);
        both.append(&mut self.near[b as usize]);
        self.near[a as usize] = self.gathered(a, both);
    }

    fn sizes(&self, a: u32, b: u32) -> (usize, usize) {
        (self.members[a as usize].len(), self.members[b as usize].len())
    }

    /// Returns two groups with the mean of the likenesses of their members, which are `sum` together.
    fn pair(&self, a: u32, b: u32, sum: f64) -> Pair {
        let sizes = self.sizes(a, b);
        Pair { alike: sum / (sizes.0 * sizes.1).max(1) as f64, a, b, sizes }
    }

    /// Returns the neighbours of group `own` as the groups are now, each once.
    fn gathered(&self, own: u32, mut near: Vec<(u32, L)>) -> Vec<(u32, L)> {
        for (other, _) in &mut near {
            *other = self.home[*other as usize];
        }
        near.retain(|(other, _)| *other != own);
        // Stable, so that sums are always made in the same order.
        near.sort_by_key(|(other, _)| *other);
        near.dedup_by(|next, sum| {
            let same = next.0 == sum.0;
            if same {
                sum.1 += next.1;
            }
            same
        });
        near
    }
}

/// Two groups that might join. Groups only grow, so their sizes tell whether the pair is still as it was.
struct Pair {
    alike: f64,
    a: u32,
    b: u32,
    sizes: (usize, usize),
}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.alike.total_cmp(&other.alike).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_look_alikes_does_not_become_one_group() {
        let mut near: Vec<Vec<(u32, f64)>> = vec![Vec::new(); 5];
        for (a, b, likeness) in [(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.8), (3, 4, 0.5)] {
            near[a as usize].push((b, likeness));
            near[b as usize].push((a, likeness));
        }
        let mut groups = Groups::new(near);
        groups.gather(|likeness| *likeness, 0.4);
        assert_eq!(groups.members(), [vec![0, 1], vec![], vec![2, 3], vec![], vec![4]]);
        groups.gather(|likeness| *likeness, 0.2);
        assert_eq!(groups.members(), [vec![0, 1], vec![], vec![2, 3, 4], vec![], vec![]]);
    }
}
