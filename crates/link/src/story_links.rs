//! Reports and groups of reports that are alike, and how they are gathered by average link.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::stories::{Report, SMALL_POOL, Vocabulary};
use crate::story_evidence::StoryEvidence;

/// Likeness below which a pair is not kept at all.
const FLOOR: f64 = 0.02;
/// Days around a report in which every other is compared with it.
const WINDOW: i64 = 31;
/// A word in at most this many reports leads to reports outside the window too.
const RARE: usize = 60;
/// Rare words that a report outside the window must share.
const RARE_SHARED: u32 = 3;
/// Weight of the records from which a report that is alone joins the story of another.
const ATTACH: f64 = 0.06;
/// Likeness of words from which, in a small pool, an undated one does.
const ATTACH_WORDS: f64 = 0.15;

/// The likeness of two reports or groups, summed over their pairs: for being one episode and for being one story.
#[derive(Clone, Copy, Default)]
pub(crate) struct Likeness {
    pub(crate) episode: f64,
    pub(crate) story: f64,
}

/// The pool as groups that grow.
pub(crate) struct Links {
    /// The reports of each group, by number; empty once the group has joined another.
    pub(crate) members: Vec<Vec<u32>>,
    /// For each group its neighbours, by number. A neighbour may have joined another group since; see `home`.
    near: Vec<Vec<(u32, Likeness)>>,
    /// For each report, the group that contains it now. A group has the number of one of its reports.
    home: Vec<u32>,
    /// Pairs of reports close enough for one to join the other's story, and how close.
    close: Vec<(f64, u32, u32)>,
}

impl Links {
    pub(crate) fn between(
        reports: &[Report<'_>],
        vocabulary: &Vocabulary,
        evidence: &StoryEvidence<'_>,
    ) -> Self {
        let mut close_pairs: Vec<(f64, u32, u32)> = Vec::new();
        let mut near: Vec<Vec<(u32, Likeness)>> = vec![Vec::new(); reports.len()];
        // For each word the reports that have it, by number, and its weight in each.
        let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); vocabulary.len()];
        let mut dots = vec![0.0f64; reports.len()];
        let mut shared = vec![0u32; reports.len()];
        for (at, report) in reports.iter().enumerate() {
            // Reports stand by day, so the close ones are the last of those before this one.
            let close_from = match report.day {
                Some(day) => {
                    reports[..at].partition_point(|there| there.day.is_some_and(|it| it < day - WINDOW))
                }
                None => at,
            };
            let mut far: Vec<u32> = Vec::new();
            for (number, weight) in &report.words {
                let list = &postings[*number as usize];
                let from = list.partition_point(|(other, _)| (*other as usize) < close_from);
                for (other, theirs) in &list[from..] {
                    dots[*other as usize] += weight * theirs;
                }
                if vocabulary.spread(*number) <= RARE {
                    for (other, _) in &list[..from] {
                        shared[*other as usize] += 1;
                        if shared[*other as usize] == RARE_SHARED {
                            far.push(*other);
                        }
                    }
                }
            }
            for slot in far.into_iter().map(|other| other as usize).chain(close_from..at) {
                let there = &reports[slot];
                let other = slot as u32;
                let days = apart(report, there);
                let alike =
                    if slot >= close_from { dots[slot] } else { dot_product(&report.words, &there.words) };
                if alike >= FLOOR {
                    let mut likeness = gated(alike, days);
                    let weight = evidence.weigh(at, slot);
                    // A word of the records counts for as much as the days between let it.
                    let by_day = gated(1.0, days);
                    likeness.episode += weight.episode * by_day.episode;
                    likeness.story += weight.story * if days.is_some() { by_day.story } else { 1.0 };
                    let words = days.is_none() && reports.len() < SMALL_POOL && alike >= ATTACH_WORDS;
                    if days.is_none() && !weight.contradicted && (weight.story >= ATTACH || words) {
                        close_pairs.push((weight.story + alike, other, at as u32));
                    }
                    near[at].push((other, likeness));
                    near[slot].push((at as u32, likeness));
                }
            }
            dots[close_from..at].fill(0.0);
            shared[..close_from].fill(0);
            for (number, weight) in &report.words {
                postings[*number as usize].push((at as u32, *weight));
            }
            near[at].sort_unstable_by_key(|(other, _)| *other);
        }
        Self {
            members: (0..reports.len() as u32).map(|number| vec![number]).collect(),
            home: (0..reports.len() as u32).collect(),
            near,
            close: close_pairs,
        }
    }

    /// Puts each report that is alone into the story of the report closest to it, unless the records contradict a
    /// member: on average it may be too unlike the story, but they tell of the same thing.
    pub(crate) fn attach(&mut self, evidence: &StoryEvidence<'_>) {
        let mut close = std::mem::take(&mut self.close);
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut home: BTreeMap<u32, usize> = BTreeMap::new();
        for (group, members) in self.members.iter().enumerate().filter(|(_, members)| members.len() > 1) {
            home.extend(members.iter().map(|member| (*member, group)));
        }
        // Only stories as they were found are joined, or a chain of look-alikes would grow.
        let mut joined: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, a, b) in close {
            for (single, other) in [(a, b), (b, a)] {
                let (false, false, Some(group)) =
                    (home.contains_key(&single), joined.contains_key(&single), home.get(&other))
                else {
                    continue;
                };
                let members = self.members.get(*group).map(Vec::as_slice).unwrap_or_default();
                let fits = members
                    .iter()
                    .all(|member| !evidence.weigh(single as usize, *member as usize).contradicted);
                if fits {
                    joined.insert(single, *group);
                }
            }
        }
        for (single, group) in joined {
            if let Some(own) = self.members.get_mut(single as usize) {
                own.clear();
            }
            if let Some(members) = self.members.get_mut(group) {
                members.push(single);
                members.sort_unstable();
            }
        }
    }

    /// Joins the two groups that are most alike on average as long as `bar` is met.
    pub(crate) fn gather(&mut self, part: impl Fn(&Likeness) -> f64, bar: f64) {
        let mut queue: BinaryHeap<Pair> = BinaryHeap::new();
        for a in 0..self.members.len() as u32 {
            if self.members[a as usize].is_empty() {
                continue;
            }
            let own = std::mem::take(&mut self.near[a as usize]);
            self.near[a as usize] = self.gathered(a, own);
            let after = self.near[a as usize].partition_point(|(other, _)| *other < a);
            queue.extend(self.near[a as usize][after..].iter().filter_map(|(b, likeness)| {
                let pair = self.pair(a, *b, part(likeness));
                (pair.alike >= bar).then_some(pair)
            }));
        }
        while let Some(Pair { a, b, sizes, .. }) = queue.pop() {
            // A group that has grown or gone since has newer pairs in the queue.
            if sizes != self.sizes(a, b) || sizes.0 == 0 || sizes.1 == 0 {
                continue;
            }
            let gone = std::mem::take(&mut self.members[b as usize]);
            gone.iter().for_each(|member| self.home[*member as usize] = a);
            self.members[a as usize].extend(gone);
            self.members[a as usize].sort_unstable();
            let mut both = std::mem::take(&mut self.near[a as usize]);
            both.append(&mut self.near[b as usize]);
            self.near[a as usize] = self.gathered(a, both);
            queue.extend(self.near[a as usize].iter().filter_map(|(other, likeness)| {
                let pair = self.pair(a.min(*other), a.max(*other), part(likeness));
                (pair.alike >= bar).then_some(pair)
            }));
        }
    }

    fn sizes(&self, a: u32, b: u32) -> (usize, usize) {
        (self.members[a as usize].len(), self.members[b as usize].len())
    }

    /// Two groups whose pairs of reports are alike by `sum` together.
    fn pair(&self, a: u32, b: u32, sum: f64) -> Pair {
        let sizes = self.sizes(a, b);
        Pair { alike: sum / (sizes.0 * sizes.1).max(1) as f64, a, b, sizes }
    }

    /// Returns the neighbours of group `own` as the groups are now, each once.
    fn gathered(&self, own: u32, mut near: Vec<(u32, Likeness)>) -> Vec<(u32, Likeness)> {
        for (other, _) in &mut near {
            *other = self.home[*other as usize];
        }
        near.retain(|(other, _)| *other != own);
        // Stable, so that sums are always made in the same order.
        near.sort_by_key(|(other, _)| *other);
        near.dedup_by(|next, sum| {
            let same = next.0 == sum.0;
            if same {
                sum.1.episode += next.1.episode;
                sum.1.story += next.1.story;
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

/// Returns the number of days between two reports, if both are dated.
fn apart(a: &Report<'_>, b: &Report<'_>) -> Option<i64> {
    Some((a.day? - b.day?).abs())
}

/// A likeness weakened by the days between. In an episode it falls by half over a month and no further; in a story
/// it is as good as gone after ten days. Without dates the words must do: in a story, twice as well.
fn gated(alike: f64, days: Option<i64>) -> Likeness {
    let falling = |free: f64, over: f64, floor: f64| match days {
        Some(days) => (1.0 - (days as f64 - free).max(0.0) / over * (1.0 - floor)).max(floor),
        None => 1.0,
    };
    Likeness {
        episode: alike * falling(1.0, 30.0, 0.5),
        story: alike * if days.is_some() { falling(3.0, 7.0, 0.1) } else { 0.5 },
    }
}

/// Returns the sum of products of the weights of shared words; both lists are sorted by number.
pub(crate) fn dot_product(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut at, mut there, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(there)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => at += 1,
            Ordering::Greater => there += 1,
            Ordering::Equal => {
                sum += x.1 * y.1;
                (at, there) = (at + 1, there + 1);
            }
        }
    }
    sum
}
