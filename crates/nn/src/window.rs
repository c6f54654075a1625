use crate::{Dense, InstructionSet, max_of_sums};

/// A maxout layer over a row and its two neighbours, taken apart: what a row contributes to its right neighbour, to
/// itself and to its left neighbour can be computed once and kept for as long as the row is the same.
///
/// `y[o] = max over p of (((W₀·x₋₁) + (W₁·x₀)) + (W₂·x₊₁) + b)[o, p]`, in this order.
#[derive(Clone, Debug)]
pub struct Window {
    /// Outputs are `[place][piece][output]`.
    parts: Dense,
    /// `[piece][output]`.
    bias: Vec<f32>,
    /// The part of a row of zeros.
    zeros: Vec<f32>,
    outputs: usize,
}

impl Window {
    /// Makes the layer from the weights `[output][piece][3 × width]` and bias `[output][piece]` of a maxout layer.
    /// `None` if the sizes do not fit together.
    pub fn new(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        pieces: usize,
        width: usize,
    ) -> Option<Self> {
        let rows = outputs.checked_mul(pieces)?;
        if weights.len() != rows.checked_mul(3)?.checked_mul(width)? || bias.len() != rows || pieces == 0 {
            return None;
        }
        let mut turned = Vec::with_capacity(weights.len());
        for place in 0..3 {
            for piece in 0..pieces {
                for output in 0..outputs {
                    let row = (output * pieces + piece) * 3 + place;
                    turned.extend_from_slice(&weights[row * width..(row + 1) * width]);
                }
            }
        }
        let turned_bias =
            (0..rows).map(|row| bias[row % outputs * pieces + row / outputs]).collect::<Vec<_>>();
        let parts = Dense::linear(instructions, &turned, &[], 3 * rows, width)?;
        Some(Self { parts, bias: turned_bias, zeros: vec![0.0; rows], outputs })
    }

    /// Returns the count of numbers in the parts of a row.
    pub fn width(&self) -> usize {
        self.parts.width()
    }

    /// Computes the parts of `rows` rows that lie side by side in `x`.
    ///
    /// # Panics
    /// If `x` or `out` are too short.
    pub fn parts(&self, x: &[f32], rows: usize, out: &mut [f32]) {
        self.parts.apply(x, self.parts.inputs(), rows, out);
    }

    /// Adds up an output row from the parts of the row before, the row itself and the row after. `None` means the parts
    /// of a row of zeros.
    ///
    /// # Panics
    /// If parts are shorter than [`Self::width`].
    pub fn combine(&self, rows: [Option<&[f32]>; 3], out: &mut [f32]) {
        let size = self.bias.len();
        let part = |place: usize| match rows[place] {
            Some(parts) => &parts[place * size..(place + 1) * size],
            None => &self.zeros,
        };
        max_of_sums(
            self.parts.instructions(),
            [part(0), part(1), part(2)],
            &self.bias,
            &mut out[..self.outputs],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_apart_it_is_the_maxout_layer() {
        let (outputs, pieces, width, rows) = (32, 3, 16, 5);
        let numbers = |count: usize, seed: usize| -> Vec<f32> {
            (0..count).map(|n| ((n * 7919 + seed) % 2003) as f32 / 1001.5 - 1.0).collect()
        };
        let (weights, bias) = (numbers(outputs * pieces * 3 * width, 1), numbers(outputs * pieces, 2));
        let x = numbers(rows * width, 3);
        let mut found = Vec::new();
        for set in InstructionSet::available() {
            let layer = Dense::maxout(set, &weights, &bias, outputs, pieces, 3 * width).unwrap();
            let mut expected = vec![0.0; (rows - 2) * layer.width()];
            layer.apply(&x, width, rows - 2, &mut expected);
            let window = Window::new(set, &weights, &bias, outputs, pieces, width).unwrap();
            let mut parts = vec![0.0; rows * window.width()];
            window.parts(&x, rows, &mut parts);
            let part = |row: usize| Some(&parts[row * window.width()..][..window.width()]);
            let mut out = vec![0.0; (rows - 2) * outputs];
            for (row, out) in out.chunks_exact_mut(outputs).enumerate() {
                window.combine([part(row), part(row + 1), part(row + 2)], out);
            }
            assert!(out.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4));
            found.push(out);
        }
        assert!(found.iter().all(|out| out == &found[0]), "all paths give the same bits");
    }
}
