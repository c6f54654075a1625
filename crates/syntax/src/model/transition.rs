//! The shared part of the parser and the entity recogniser: moves in order, features of tokens, scores of a state.

use std::collections::BTreeMap;

use readout_nn::{Dense, InstructionSet, max_of_sums};

use super::msgpack;
use super::thinc::Layers;

/// The labels of each kind of move, in the order of class numbers. Kinds are numbered as in spaCy's file.
pub(super) fn moves(file: &[u8]) -> Option<Vec<(usize, Vec<String>)>> {
    let value = msgpack::read(file)?;
    let kinds: BTreeMap<String, BTreeMap<String, i64>> =
        serde_json::from_str(value.get("moves")?.text()?).ok()?;
    let mut found = Vec::new();
    for (kind, labels) in kinds {
        let mut labels: Vec<_> = labels.into_iter().map(|(label, count)| (count, label)).collect();
        labels.sort_unstable_by(|a, b| b.cmp(a));
        found.push((kind.parse().ok()?, labels.into_iter().map(|(_, label)| label).collect()));
    }
    found.sort_by_key(|(kind, _)| *kind);
    Some(found)
}

/// The network over states: each slot of a state adds what its token contributes to the hidden layer.
#[derive(Debug)]
pub(super) struct StateScorer {
    /// From token rows to the width of the hidden layer.
    reduce: Dense,
    /// By slot: from a reduced row to its contributions in it, as `[piece][hidden]`.
    lower: Vec<Dense>,
    /// The contribution of a missing token, as `[slot][piece][hidden]`.
    missing: Vec<f32>,
    bias: Vec<f32>,
    upper: Dense,
    hidden: usize,
}

impl StateScorer {
    pub(super) fn read(
        layers: &Layers<'_>,
        instructions: InstructionSet,
        slots: usize,
        classes: usize,
        token_width: usize,
    ) -> Result<Self, &'static str> {
        let node = *layers.named("precomputable_affine").first().ok_or("no precomputable_affine layer")?;
        let weights = layers.array(node, "W", 4).ok_or("the state layer has no weights")?;
        let [found_slots, hidden, pieces, inputs] = weights.shape[..] else { return Err("no weights") };
        let bias = layers.array(node, "b", 2).ok_or("the state layer has no bias")?.data;
        let missing = layers.array(node, "pad", 4).ok_or("the state layer has no padding")?.data;
        if found_slots != slots
            || pieces == 0
            || hidden == 0
            || hidden % 16 != 0
            || inputs == 0
            || bias.len() != hidden * pieces
            || missing.len() != slots * hidden * pieces
        {
            return Err("the state layer has another size");
        }
        // Pieces are moved outwards, so that their maximum is taken number by number.
        let mut turned = vec![0.0; weights.data.len()];
        let mut turned_missing = vec![0.0; missing.len()];
        let mut turned_bias = vec![0.0; bias.len()];
        for slot in 0..slots {
            for output in 0..hidden {
                for piece in 0..pieces {
                    let from = (slot * hidden + output) * pieces + piece;
                    let to = (slot * pieces + piece) * hidden + output;
                    turned[to * inputs..(to + 1) * inputs]
                        .copy_from_slice(&weights.data[from * inputs..(from + 1) * inputs]);
                    turned_missing[to] = missing[from];
                    turned_bias[piece * hidden + output] = bias[output * pieces + piece];
                }
            }
        }
        let lower = turned
            .chunks_exact(pieces * hidden * inputs)
            .map(|weights| Dense::linear(instructions, weights, &[], pieces * hidden, inputs))
            .collect::<Option<Vec<_>>>();
        let linear = |outputs: usize, inputs: usize| {
            layers.named("linear").into_iter().find_map(|node| {
                let weights = layers.array(node, "W", 2)?;
                let bias = layers.array(node, "b", 1)?;
                (weights.shape == [outputs, inputs]).then_some((weights.data, bias.data))
            })
        };
        let (weights, bias_of_reduce) =
            linear(inputs, token_width).ok_or("the layer from tokens to states is missing")?;
        let reduce = Dense::linear(instructions, &weights, &bias_of_reduce, inputs, token_width);
        let (weights, bias_of_upper) =
            linear(classes, hidden).ok_or("the layer from states to moves is missing")?;
        let upper = Dense::linear_for_single_rows(instructions, &weights, &bias_of_upper, classes, hidden);
        Ok(Self {
            reduce: reduce.ok_or("the layer from tokens to states has another size")?,
            lower: lower.ok_or("the state layer has another size")?,
            missing: turned_missing,
            bias: turned_bias,
            upper: upper.ok_or("the layer from states to moves has another size")?,
            hidden,
        })
    }
}

/// Tokens whose contributions are computed together, and as many times so many are kept.
const BLOCK: usize = 64;
const KEPT: usize = 4 * BLOCK;

/// A state scorer at work on one document. Contributions are computed as the reading goes on, and only those of the
/// last few hundred tokens are kept; an older one is computed again when it is asked for.
#[derive(Debug, Default)]
pub(super) struct Scoring {
    reduced: Vec<f32>,
    /// By slot, the contributions of the last tokens.
    ring: Vec<f32>,
    /// Tokens whose contributions were computed.
    done: usize,
    /// By slot, the contributions of an older token that was asked for.
    old: Vec<f32>,
    hidden: Vec<f32>,
    scores: Vec<f32>,
}

impl Scoring {
    /// Starts on a document of `count` tokens with the rows `tokens`.
    pub(super) fn start(&mut self, scorer: &StateScorer, tokens: &[f32], count: usize) {
        let stride = scorer.reduce.inputs();
        self.reduced.resize(count * scorer.reduce.width(), 0.0);
        scorer.reduce.apply(tokens, stride, count, &mut self.reduced);
        let rows: usize = scorer.lower.iter().map(Dense::width).sum();
        self.ring.resize(KEPT * rows, 0.0);
        self.old.resize(rows, 0.0);
        self.hidden.resize(scorer.hidden, 0.0);
        self.scores.resize(scorer.upper.width(), 0.0);
        self.done = 0;
    }

    /// The scores of all moves in the state with `slots` (`None`: no such token), as many as `scorer` was read with.
    /// Tokens are numbers of the document that [`Self::start`] was called with.
    pub(super) fn scores<const SLOTS: usize>(
        &mut self,
        scorer: &StateScorer,
        slots: [Option<u32>; SLOTS],
    ) -> &[f32] {
        let (reduced, size) = (scorer.reduce.width(), scorer.bias.len());
        let (count, width) = (self.reduced.len() / reduced, scorer.lower.first().map_or(0, Dense::width));
        let newest = slots.iter().flatten().max().map_or(0, |&token| token as usize + 1);
        while self.done < newest.min(count) {
            let block = BLOCK.min(count - self.done);
            for (slot, lower) in scorer.lower.iter().enumerate() {
                let place = (slot * KEPT + self.done % KEPT) * width;
                lower.apply(&self.reduced[self.done * reduced..], reduced, block, &mut self.ring[place..]);
            }
            self.done += block;
        }
        // `done` is a multiple of the block size until the end is reached.
        let first_kept = self.done.div_ceil(BLOCK).saturating_mul(BLOCK).saturating_sub(KEPT);
        for ((slot, token), lower) in slots.iter().enumerate().zip(&scorer.lower) {
            if let Some(token) = token.map(|token| token as usize).filter(|&token| token < first_kept) {
                lower.apply(&self.reduced[token * reduced..], reduced, 1, &mut self.old[slot * width..]);
            }
        }
        let rows: [&[f32]; SLOTS] =
            std::array::from_fn(|slot| match slots[slot].map(|token| token as usize) {
                None => &scorer.missing[slot * size..][..size],
                Some(token) if token < first_kept => &self.old[slot * width..][..size],
                Some(token) => &self.ring[(slot * KEPT + token % KEPT) * width..][..size],
            });
        max_of_sums(scorer.upper.instructions(), rows, &scorer.bias, &mut self.hidden);
        scorer.upper.apply(&self.hidden, scorer.hidden, 1, &mut self.scores);
        &self.scores[..scorer.upper.outputs()]
    }
}

/// The number of the best score among `ranges` (ascending), the lowest on ties.
pub(super) fn best(
    scores: &[f32],
    ranges: impl IntoIterator<Item = std::ops::Range<usize>>,
) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for range in ranges {
        let start = range.start;
        let scores = scores.get(range)?;
        let highest = maximum(scores);
        if best.is_some_and(|(_, before)| highest <= before) {
            continue;
        }
        if let Some(at) = scores.iter().position(|&score| score >= highest) {
            best = Some((start + at, highest));
        }
    }
    best.map(|(class, _)| class)
}

/// The highest of `scores`, found side by side, without a jump for each.
fn maximum(scores: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let mut chunks = scores.chunks_exact(LANES);
    let higher = |a: f32, b: f32| if a > b { a } else { b };
    for chunk in &mut chunks {
        for (lane, score) in lanes.iter_mut().zip(chunk) {
            *lane = higher(*score, *lane);
        }
    }
    chunks.remainder().iter().chain(&lanes).copied().fold(f32::NEG_INFINITY, higher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_score_is_the_first_among_those_allowed() {
        let scores: Vec<f32> = (0..40).map(|n| ((n * 7) % 13) as f32).collect();
        assert_eq!(best(&scores, [0..11, 11..40]), Some(11));
        assert_eq!(best(&scores, [0..0, 3..11, 12..12]), Some(9));
        assert_eq!(best(&scores, [5..6, 11..20, 24..25]), Some(11), "the lowest number on a tie");
        assert_eq!(best(&scores, [4..4, 9..9]), None);
        assert_eq!(best(&[f32::NEG_INFINITY; 3], [0..0, 1..3]), Some(1));
    }
}
