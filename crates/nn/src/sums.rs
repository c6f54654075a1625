use crate::InstructionSet;
use crate::instructions::on_vectors;

on_vectors! {
    /// Adds up rows `[piece][output]` and a bias of the same form, and takes the maximum over the pieces:
    /// `out[o] = max over p of (((rows₀ + rows₁) + …) + bias)[p, o]`, in this order.
    ///
    /// # Panics
    /// If a row or the bias is not as long as `out`, times the number of pieces.
    pub fn max_of_sums<const ROWS: usize>(rows: [&[f32]; ROWS], bias: &[f32], out: &mut [f32]) = sum_rows
}

const LANES: usize = 16;

#[inline(always)]
fn sum_rows<const ROWS: usize>(rows: [&[f32]; ROWS], bias: &[f32], out: &mut [f32]) {
    let size = bias.len();
    let outputs = out.len();
    if outputs == 0 || ROWS == 0 {
        return;
    }
    let rows = rows.map(|row| &row[..size]);
    let pieces = size / outputs;
    let mut places = out.chunks_exact_mut(LANES);
    let mut start = 0;
    for place in &mut places {
        let mut best = [0.0f32; LANES];
        for piece in 0..pieces {
            let at = piece * outputs + start;
            let mut sums = [0.0f32; LANES];
            sums.copy_from_slice(&rows[0][at..at + LANES]);
            for row in &rows[1..] {
                for (sum, number) in sums.iter_mut().zip(&row[at..at + LANES]) {
                    *sum += number;
                }
            }
            for (sum, number) in sums.iter_mut().zip(&bias[at..at + LANES]) {
                *sum += number;
            }
            for (best, sum) in best.iter_mut().zip(sums) {
                *best = if piece == 0 || sum > *best { sum } else { *best };
            }
        }
        place.copy_from_slice(&best);
        start += LANES;
    }
    for (lane, place) in places.into_remainder().iter_mut().enumerate() {
        for piece in 0..pieces {
            let at = piece * outputs + start + lane;
            let sum = rows[1..].iter().fold(rows[0][at], |sum, row| sum + row[at]) + bias[at];
            if piece == 0 || sum > *place {
                *place = sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_paths_give_the_same_sums() {
        let row = |seed: usize| -> Vec<f32> {
            (0..3 * 37).map(|n| ((n * 7919 + seed * 31) % 2003) as f32 * 0.013 - 11.0).collect()
        };
        let (a, b, c, bias) = (row(1), row(2), row(3), row(4));
        for set in InstructionSet::available() {
            let mut out = [f32::NAN; 37];
            max_of_sums(set, [&a, &b, &c], &bias, &mut out);
            for (at, found) in out.iter().enumerate() {
                let sums =
                    [0, 37, 74].map(|piece| a[piece + at] + b[piece + at] + c[piece + at] + bias[piece + at]);
                assert_eq!(*found, sums.into_iter().fold(f32::MIN, f32::max), "{set:?}, {at}");
            }
        }
    }
}
