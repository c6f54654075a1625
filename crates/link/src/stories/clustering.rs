//! Reports and groups of reports that are alike, and how they are gathered by average link.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::evidence::StoryEvidence;
use super::vocabulary::{Report, SMALL_POOL, Vocabulary, dot_product};
use crate::average_link::Groups;

/// Likeness below which a pair is not kept at all.
const FLOOR: f64 = 0.02;
/// Days around a report in which every other is compared with it.
const WINDOW: i32 = 31;
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

impl AddAssign for Likeness {
    fn add_assign(&mut self, other: Self) {
        self.episode += other.episode;
        self.story += other.story;
    }
}

/// The reports of a pool as groups that grow.
pub(crate) struct Links {
    pub(crate) groups: Groups<Likeness>,
    /// Pairs of reports close enough for one to join the other's story, and how close.
    close: Vec<(f64, u32, u32)>,
}

impl Links {
    /// Compares the reports of a pool, which are sorted by day.
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
        Self { groups: Groups::new(near), close: close_pairs }
    }

    /// Puts each report that is alone into the story of the report closest to it, unless the records contradict a
    /// member: on average it may be too unlike the story, but they tell of the same thing.
    pub(crate) fn attach(&mut self, evidence: &StoryEvidence<'_>) {
        let mut close = std::mem::take(&mut self.close);
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut home: BTreeMap<u32, usize> = BTreeMap::new();
        let members = self.groups.members();
        for (group, members) in members.iter().enumerate().filter(|(_, members)| members.len() > 1) {
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
                let fits = members[*group]
                    .iter()
                    .all(|member| !evidence.weigh(single as usize, *member as usize).contradicted);
                if fits {
                    joined.insert(single, *group);
                }
            }
        }
        for (single, group) in joined {
            self.groups.join(group as u32, single);
        }
    }
}

/// Returns the number of days between two reports, if both are dated.
fn apart(a: &Report<'_>, b: &Report<'_>) -> Option<i32> {
    Some((a.day? - b.day?).abs())
}

/// Returns a likeness weakened by the days between. For an episode it falls by half over a month and no further. For a
/// story it falls to a tenth after ten days; without dates it counts half.
fn gated(alike: f64, days: Option<i32>) -> Likeness {
    let falling = |free: f64, over: f64, floor: f64| match days {
        Some(days) => (1.0 - (f64::from(days) - free).max(0.0) / over * (1.0 - floor)).max(floor),
        None => 1.0,
    };
    Likeness {
        episode: alike * falling(1.0, 30.0, 0.5),
        story: alike * if days.is_some() { falling(3.0, 7.0, 0.1) } else { 0.5 },
    }
}
