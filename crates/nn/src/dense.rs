//! Matrix times rows.

use crate::InstructionSet;
use crate::packed::{Packed, Rows, end};

/// A dense layer: `y = W·x + b`, or the maximum over several such pieces.
#[derive(Clone, Debug)]
pub struct Dense {
    packed: Packed,
    outputs: usize,
    maxout: bool,
}

/// Vectors side by side for one row at a time: enough chains of sums to keep the multipliers busy.
const SINGLE_ROW_VECTORS: usize = 8;

impl Dense {
    /// Makes the layer `y[o] = Σ W[o, i]·x[i] + b[o]`; an empty `bias` is zero. `None` if the sizes do not fit
    /// together, or a row has more than 65,536 inputs.
    pub fn linear(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        inputs: usize,
    ) -> Option<Self> {
        let vectors = instructions.or_portable().linear_vectors();
        Self::linear_of(instructions, weights, bias, outputs, inputs, vectors)
    }

    /// As [`Self::linear`], with the same results, for a layer that is asked for one row at a time.
    pub fn linear_for_single_rows(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        inputs: usize,
    ) -> Option<Self> {
        Self::linear_of(instructions, weights, bias, outputs, inputs, SINGLE_ROW_VECTORS)
    }

    fn linear_of(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        inputs: usize,
        vectors: usize,
    ) -> Option<Self> {
        let lanes = instructions.or_portable().lanes();
        if weights.len() != outputs.checked_mul(inputs)? || !(bias.is_empty() || bias.len() == outputs) {
            return None;
        }
        let groups = outputs.div_ceil(vectors * lanes);
        let packed = Packed::new(instructions, inputs, vectors, groups, |group, vector, lane| {
            let output = (group * vectors + vector) * lanes + lane;
            (output < outputs).then(|| {
                (&weights[output * inputs..(output + 1) * inputs], bias.get(output).copied().unwrap_or(0.0))
            })
        })?;
        Some(Self { packed, outputs, maxout: false })
    }

    /// Makes the layer `y[o] = max over p of (Σ W[o, p, i]·x[i] + b[o, p])`, two to four pieces. `None` if the sizes do
    /// not fit.
    pub fn maxout(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        pieces: usize,
        inputs: usize,
    ) -> Option<Self> {
        let lanes = instructions.or_portable().lanes();
        if weights.len() != outputs.checked_mul(pieces)?.checked_mul(inputs)?
            || bias.len() != outputs * pieces
            || !(2..=4).contains(&pieces)
        {
            return None;
        }
        let groups = outputs.div_ceil(lanes);
        let packed = Packed::new(instructions, inputs, pieces, groups, |group, piece, lane| {
            let output = group * lanes + lane;
            (output < outputs).then(|| {
                let row = output * pieces + piece;
                (&weights[row * inputs..(row + 1) * inputs], bias[row])
            })
        })?;
        Some(Self { packed, outputs, maxout: true })
    }

    /// Returns the instructions that the layer runs on.
    pub fn instructions(&self) -> InstructionSet {
        self.packed.instructions
    }

    /// Returns the count of numbers in an input row.
    pub fn inputs(&self) -> usize {
        self.packed.inputs
    }

    /// Returns the count of numbers in an output row that mean something.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Returns the count of numbers that are written for each row: the outputs, filled up to whole vectors.
    pub fn width(&self) -> usize {
        self.packed.groups * self.group_width()
    }

    fn group_width(&self) -> usize {
        self.packed.instructions.lanes() * if self.maxout { 1 } else { self.packed.vectors }
    }

    /// Runs the layer on `rows` rows: row `r` reads `x[r * stride..][..inputs]` and writes `out[r * width..][..width]`.
    ///
    /// A stride below the number of inputs makes rows overlap, which is how a window over neighbouring rows is read
    /// without copying.
    ///
    /// # Panics
    /// If `x` or `out` are too short: sizes are the caller's own, not those of a text.
    pub fn apply(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        let (width, group_width) = (self.width(), self.group_width());
        let x = Rows { numbers: x, stride, count: rows };
        for group in 0..self.packed.groups {
            let mut row = 0;
            while row < rows {
                let out = &mut out[row * width + group * group_width..];
                row += if self.maxout {
                    self.packed.run::<{ end::MAXOUT }>(group, x.from(row), out, width, &mut [])
                } else {
                    self.packed.run::<{ end::LINEAR }>(group, x.from(row), out, width, &mut [])
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
    }

    /// Chains of fused multiply-adds, written down plainly.
    fn expected(
        w: &[f32],
        b: &[f32],
        x: &[f32],
        (outputs, pieces, inputs): (usize, usize, usize),
    ) -> Vec<f32> {
        (0..outputs)
            .map(|o| {
                (0..pieces)
                    .map(|p| {
                        let row = &w[(o * pieces + p) * inputs..][..inputs];
                        row.iter().zip(x).fold(0.0f32, |sum, (w, x)| w.mul_add(*x, sum)) + b[o * pieces + p]
                    })
                    .fold(f32::NEG_INFINITY, f32::max)
            })
            .collect()
    }

    #[test]
    fn all_paths_give_the_same_bits() {
        for (outputs, pieces, inputs) in [(96, 3, 288), (50, 1, 96), (64, 2, 33), (16, 4, 80), (106, 1, 64)] {
            let w = numbers(outputs * pieces * inputs, 1);
            let b = numbers(outputs * pieces, 2);
            for rows in [1, 2, 3, 7, 8, 29] {
                let stride = inputs / 3;
                let x = numbers((rows - 1) * stride + inputs, 3);
                for set in InstructionSet::available() {
                    let layers = match pieces {
                        1 => vec![
                            Dense::linear(set, &w, &b, outputs, inputs),
                            Dense::linear_for_single_rows(set, &w, &b, outputs, inputs),
                        ],
                        _ => vec![Dense::maxout(set, &w, &b, outputs, pieces, inputs)],
                    };
                    for layer in layers.into_iter().map(Option::unwrap) {
                        let mut out = vec![f32::NAN; rows * layer.width()];
                        layer.apply(&x, stride, rows, &mut out);
                        for row in 0..rows {
                            let want = expected(&w, &b, &x[row * stride..], (outputs, pieces, inputs));
                            assert_eq!(out[row * layer.width()..][..outputs], want, "{set:?}, row {row}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let set = InstructionSet::Portable;
        assert!(Dense::linear(set, &[0.0; 5], &[], 2, 3).is_none());
        assert!(Dense::maxout(set, &[0.0; 6], &[0.0; 2], 2, 1, 3).is_none());
        assert!(Dense::maxout(set, &[0.0; 12], &[0.0; 3], 2, 2, 3).is_none());
    }
}
