//! What the parser and the entity recogniser share: moves in order, features of tokens, scores of a state.

use std::collections::BTreeMap;

use readout_nn::{Dense, InstructionSet};

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
    /// From a reduced row to its contributions in every slot, as `[slot][piece][hidden]`.
    lower: Dense,
    /// What a missing token contributes, in the same order.
    missing: Vec<f32>,
    bias: Vec<f32>,
    upper: Dense,
    slots: usize,
    pieces: usize,
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
        let lower = Dense::linear(instructions, &turned, &[], slots * pieces * hidden, inputs);
        let linear = |outputs: usize, inputs: usize| {
            layers.named("linear").into_iter().find_map(|node| {
                let weights = layers.array(node, "W", 2)?;
                let bias = layers.array(node, "b", 1)?;
                (weights.shape == [outputs, inputs])
                    .then(|| Dense::linear(instructions, &weights.data, &bias.data, outputs, inputs))?
            })
        };
        Ok(Self {
            reduce: linear(inputs, token_width).ok_or("the layer from tokens to states is missing")?,
            lower: lower.ok_or("the state layer has another size")?,
            missing: turned_missing,
            bias: turned_bias,
            upper: linear(classes, hidden).ok_or("the layer from states to moves is missing")?,
            slots,
            pieces,
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
    ring: Vec<f32>,
    /// Tokens whose contributions were computed.
    done: usize,
    old: Vec<f32>,
    sums: Vec<f32>,
    scores: Vec<f32>,
}

impl Scoring {
    /// Starts on a document of `count` tokens with the rows `tokens`.
    pub(super) fn start(&mut self, scorer: &StateScorer, tokens: &[f32], count: usize) {
        let stride = scorer.reduce.inputs();
        self.reduced.resize(count * scorer.reduce.width(), 0.0);
        scorer.reduce.apply(tokens, stride, count, &mut self.reduced);
        self.ring.resize(KEPT * scorer.lower.width(), 0.0);
        self.old.resize(scorer.lower.width(), 0.0);
        self.scores.resize(scorer.upper.width(), 0.0);
        self.done = 0;
    }

    /// The scores of all moves in the state with `slots` (`None`: no such token). Tokens are numbers of the document
    /// that [`Self::start`] was called with.
    pub(super) fn scores(&mut self, scorer: &StateScorer, slots: &[Option<u32>]) -> &[f32] {
        let (reduced, lower) = (scorer.reduce.width(), scorer.lower.width());
        let count = self.reduced.len() / reduced;
        let size = scorer.pieces * scorer.hidden;
        let newest = slots.iter().flatten().max().map_or(0, |&token| token as usize + 1);
        while self.done < newest.min(count) {
            let block = BLOCK.min(count - self.done);
            let place = self.done % KEPT * lower;
            scorer.lower.apply(&self.reduced[self.done * reduced..], reduced, block, &mut self.ring[place..]);
            self.done += block;
        }
        // `done` is a multiple of the block size until the end is reached.
        let first_kept = self.done.div_ceil(BLOCK).saturating_mul(BLOCK).saturating_sub(KEPT);
        self.sums.clear();
        self.sums.resize(size, 0.0);
        for (slot, token) in slots.iter().enumerate().take(scorer.slots) {
            let part = slot * size..(slot + 1) * size;
            let row = match token.map(|token| token as usize) {
                None => &scorer.missing[part],
                Some(token) if token >= first_kept => &self.ring[token % KEPT * lower..][part],
                Some(token) => {
                    scorer.lower.apply(&self.reduced[token * reduced..], reduced, 1, &mut self.old);
                    &self.old[part]
                }
            };
            for (sum, number) in self.sums.iter_mut().zip(row) {
                *sum += number;
            }
        }
        for (sum, bias) in self.sums.iter_mut().zip(&scorer.bias) {
            *sum += bias;
        }
        let (hidden, pieces) = self.sums.split_at_mut(scorer.hidden);
        for piece in pieces.chunks_exact(scorer.hidden) {
            for (best, number) in hidden.iter_mut().zip(piece) {
                if number > best {
                    *best = *number;
                }
            }
        }
        scorer.upper.apply(hidden, scorer.hidden, 1, &mut self.scores);
        &self.scores[..scorer.upper.outputs()]
    }
}

/// The number of the best score among `ranges` (ascending), the lowest on ties.
pub(super) fn best(
    scores: &[f32],
    ranges: impl IntoIterator<Item = std::ops::Range<usize>>,
) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for class in ranges.into_iter().flatten() {
        let score = *scores.get(class)?;
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((class, score));
        }
    }
    best.map(|(class, _)| class)
}
