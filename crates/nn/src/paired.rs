use crate::InstructionSet;
use crate::instructions::on_vectors;
use crate::packed::{Packed, Rows, end};

/// A maxout layer over a row and its two neighbours, for two neighbouring rows at a time with two thirds of the
/// multiplications (Winograd 1980; Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", F(2, 3)).
///
/// With `W₋ W₀ W₊` for the three places, and rows `a b c d` of which `b` and `c` are wanted:
/// `b: ((½(W₋+W₀+W₊)·(b+c) + ½(W₋-W₀+W₊)·(c-b)) + W₋·(a-c)) + bias`,
/// `c: ((½(W₋+W₀+W₊)·(b+c) - ½(W₋-W₀+W₊)·(c-b)) - W₊·(b-d)) + bias`,
/// in this order, each product a chain of fused multiply-adds from zero; then the maximum over the pieces.
#[derive(Clone, Debug)]
pub struct PairedWindow {
    /// For `b+c`, `c-b`, `a-c` and `b-d`; the last two know the bias.
    parts: [Packed; 4],
    outputs: usize,
    width: usize,
}

/// Pairs whose sums and differences are computed together, so that they stay in the nearest cache.
const TILE: usize = 16;

/// Memory of a [`PairedWindow`] at work, used again and again.
#[derive(Clone, Debug, Default)]
pub struct PairedScratch {
    mixed: Vec<f32>,
    kept: Vec<f32>,
}

impl PairedWindow {
    /// Makes the layer from the weights `[output][piece][3 × width]` and bias `[output][piece]` of a maxout layer of
    /// two to four pieces. `None` if the sizes do not fit together, or the outputs do not fill vectors of 16 numbers.
    pub fn new(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        pieces: usize,
        width: usize,
    ) -> Option<Self> {
        let rows = outputs.checked_mul(pieces)?;
        if weights.len() != rows.checked_mul(3)?.checked_mul(width)?
            || bias.len() != rows
            || !(2..=4).contains(&pieces)
            || outputs == 0
            || !outputs.is_multiple_of(16)
            || width == 0
        {
            return None;
        }
        let (mut sums, mut differences) =
            (Vec::with_capacity(rows * width), Vec::with_capacity(rows * width));
        for row in weights.chunks_exact(3 * width) {
            for at in 0..width {
                let [before, own, after] = [0, 1, 2].map(|place| f64::from(row[place * width + at]));
                sums.push(((before + own + after) / 2.0) as f32);
                differences.push(((before - own + after) / 2.0) as f32);
            }
        }
        let lanes = instructions.or_portable().lanes();
        let pack = |weights: &[f32], stride: usize, place: usize| {
            Packed::new(instructions, width, pieces, outputs / lanes, |group, piece, lane| {
                let row = (group * lanes + lane) * pieces + piece;
                Some((&weights[row * stride + place * width..][..width], bias[row]))
            })
        };
        let parts = [
            pack(&sums, width, 0)?,
            pack(&differences, width, 0)?,
            pack(weights, 3 * width, 0)?,
            pack(weights, 3 * width, 2)?,
        ];
        Some(Self { parts, outputs, width })
    }

    /// Computes `pairs` pairs of rows: rows `2n` and `2n + 1` of `out` from the rows `2n` to `2n + 3` of `x`.
    ///
    /// # Panics
    /// If `x` is shorter than two rows more than twice the pairs, or `out` shorter than twice the pairs.
    pub fn apply(&self, x: &[f32], pairs: usize, scratch: &mut PairedScratch, out: &mut [f32]) {
        let (width, outputs) = (self.width, self.outputs);
        let PairedScratch { mixed, kept } = scratch;
        let (instructions, kept_per_row) = (self.parts[0].instructions, self.parts[0].kept_per_row());
        mixed.resize(4 * TILE * width, 0.0);
        kept.resize(kept.len().max(TILE * kept_per_row), 0.0);
        let lanes = instructions.lanes();
        for start in (0..pairs).step_by(TILE) {
            let count = TILE.min(pairs - start);
            let x = &x[2 * start * width..][..(2 * count + 2) * width];
            let out = &mut out[2 * start * outputs..][..2 * count * outputs];
            mix(instructions, x, width, mixed);
            for group in 0..outputs / lanes {
                // Part by part, so that its weights are fetched once for all blocks of rows.
                for (number, part) in self.parts.iter().enumerate() {
                    let x = Rows { numbers: &mixed[number * TILE * width..], stride: width, count };
                    let (mut pair, stride) = (0, 2 * outputs);
                    while pair < count {
                        let (x, kept) = (x.from(pair), &mut kept[pair * kept_per_row..]);
                        let out = &mut out[2 * pair * outputs + group * lanes..];
                        pair += match number {
                            0 => part.run::<{ end::KEEP }>(group, x, out, stride, kept),
                            1 => part.run::<{ end::SPLIT }>(group, x, out, stride, kept),
                            2 => part.run::<{ end::PLUS }>(group, x, out, stride, kept),
                            _ => part.run::<{ end::MINUS }>(group, x, &mut out[outputs..], stride, kept),
                        };
                    }
                }
            }
        }
    }
}

on_vectors! {
    /// For each pair of rows `b c` of `x`, and the rows `a` before and `d` after: `b+c`, `c-b`, `a-c`, `b-d`.
    fn mix(x: &[f32], width: usize, mixed: &mut [f32]) = mix_pairs
}

#[inline(always)]
fn mix_pairs(x: &[f32], width: usize, mixed: &mut [f32]) {
    let size = TILE * width;
    let (sums, rest) = mixed.split_at_mut(size);
    let (differences, rest) = rest.split_at_mut(size);
    let (before, after) = rest.split_at_mut(size);
    let places = sums
        .chunks_exact_mut(width)
        .zip(differences.chunks_exact_mut(width))
        .zip(before.chunks_exact_mut(width))
        .zip(after.chunks_exact_mut(width));
    for (number, (((sums, differences), before), after)) in places.enumerate() {
        let Some(rows) = x.get(2 * number * width..(2 * number + 4) * width) else { break };
        let (a, rest) = rows.split_at(width);
        let (b, rest) = rest.split_at(width);
        let (c, d) = rest.split_at(width);
        // Of one length, for the compiler's sake.
        let (sums, differences) = (&mut sums[..width], &mut differences[..width]);
        let (before, after) = (&mut before[..width], &mut after[..width]);
        let (a, b, c, d) = (&a[..width], &b[..width], &c[..width], &d[..width]);
        for at in 0..width {
            sums[at] = b[at] + c[at];
            differences[at] = c[at] - b[at];
            before[at] = a[at] - c[at];
            after[at] = b[at] - d[at];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dense;

    #[test]
    fn pairs_are_the_maxout_layer_on_every_path() {
        let (outputs, pieces, width) = (32, 3, 24);
        let numbers = |count: usize, seed: usize| -> Vec<f32> {
            (0..count).map(|n| ((n * 7919 + seed) % 2003) as f32 / 1001.5 - 1.0).collect()
        };
        let (weights, bias) = (numbers(outputs * pieces * 3 * width, 1), numbers(outputs * pieces, 2));
        for pairs in [1, 2, 7, TILE, 2 * TILE + 9] {
            let x = numbers((2 * pairs + 2) * width, 3);
            let mut found: Vec<Vec<f32>> = Vec::new();
            for set in InstructionSet::available() {
                let layer = Dense::maxout(set, &weights, &bias, outputs, pieces, 3 * width).unwrap();
                let mut expected = vec![0.0; 2 * pairs * outputs];
                layer.apply(&x, width, 2 * pairs, &mut expected);
                let window = PairedWindow::new(set, &weights, &bias, outputs, pieces, width).unwrap();
                let mut out = vec![f32::NAN; 2 * pairs * outputs];
                window.apply(&x, pairs, &mut PairedScratch::default(), &mut out);
                let far = out.iter().zip(&expected).position(|(a, b)| (a - b).abs() > 1e-4);
                assert_eq!(far, None, "{set:?}, {pairs} pairs");
                found.push(out);
            }
            assert!(found.iter().all(|out| out == &found[0]), "{pairs} pairs: other bits");
        }
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let set = InstructionSet::Portable;
        assert!(PairedWindow::new(set, &[0.0; 16 * 2 * 3 * 4], &[0.0; 32], 16, 2, 4).is_some());
        assert!(PairedWindow::new(set, &[0.0; 16 * 2 * 3 * 4], &[0.0; 31], 16, 2, 4).is_none());
        assert!(PairedWindow::new(set, &[0.0; 8 * 2 * 3 * 4], &[0.0; 16], 8, 2, 4).is_none());
        assert!(PairedWindow::new(set, &[0.0; 16 * 3 * 4], &[0.0; 16], 16, 1, 4).is_none());
    }
}
